"""Java: the loops."""

from __future__ import annotations

from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    head, body = node.kids[0], node.kids[-1]
    if head is None:
        return
    if head.kind == "enhanced_for_statement":
        made.each(head.kids[0], head.kids[-1], body)
        return
    first, *rest = head.kids
    if first is not None and first.kind == "param":
        target, given = first.kids[1], first.kids[3]
        if target is not None and given is not None:
            made.give(target, made.expression(given), first.start, first.end)
    else:
        made.statement(first)
    made.loop(made.test(rest[0] if rest else None), made.body(body), lambda: made.statements(rest[1:]))


FLOWS = Flows(statements={"for": _for})
