"""Go: `for` in its four forms, channels, slices, the variable of a `switch` over types."""

from __future__ import annotations

from ospec_guard.pattern.flow.ir import Op
from ospec_guard.pattern.flow.languages.loops import counted, parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    body = parts[-1] if parts else None
    head = parts[0] if len(parts) > 1 else None
    if head is not None and head.kind == "range_clause":
        ends = parts_of(head)
        made.each(ends[0] if len(ends) > 1 else None, ends[-1], body)
    elif head is not None and head.kind == "for_clause":
        counted(made, head.kids, body)
    else:
        made.loop(made.test(head), made.body(body))


def _send(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    if len(parts) > 1:
        made.give(parts[0], made.expression(parts[1]), node.start, node.end)


def _slice(made: Lowering, node: Node) -> Op:
    """A part of what is cut."""
    return Op("same", node.start, node.end, (made.expression(node.kids[0]),))


FLOWS = Flows(
    statements={"for_statement": _for, "send_statement": _send},
    expressions={"slice_expression": _slice},
)
