"""Python: comprehensions, `for … else`, `with`, `del`, patterns of `match`."""

from __future__ import annotations

from ospec_guard.pattern.flow.ir import Op
from ospec_guard.pattern.flow.lowering import Flows, Lowering, names_in
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    _, target, values, body, *rest = node.kids
    made.each(target, values, body, lambda: made.statements(rest))


def _comprehension(made: Lowering, node: Node) -> Op:
    """The clauses give values to their names; then the element is made of them."""
    element, *clauses = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    for clause in clauses:
        parts = [kid for kid in clause.kids if kid is not None and kid.kind != "tok"]
        if clause.kind == "for_in_clause" and len(parts) > 1:
            given = made.expression(parts[1])
            made.give(parts[0], Op("any", given.start, given.end, (given,)), parts[0].start, given.end)
        else:
            for part in parts:
                made.emit(made.expression(part))
    return Op("any", node.start, node.end, (made.expression(element),))


def _delete(made: Lowering, node: Node) -> None:
    for kid in node.kids:
        if kid is not None and kid.kind not in ("id", "tok"):
            made.emit(made.expression(kid))
    for name in [one for kid in node.kids if kid is not None and kid.kind == "id" for one in names_in(kid)]:
        made.emit(Op("clear", node.start, node.end, (made.name(name),)))


FLOWS = Flows(
    statements={"for": _for, "delete_statement": _delete},
    expressions=dict.fromkeys(
        ("list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"), _comprehension
    ),
    binds=True,
)
