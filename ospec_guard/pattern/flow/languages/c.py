"""C and C++: `for` in its forms, conditions that declare, `switch` that falls through."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import counted, parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    head, body = node.kids[0], node.kids[-1]
    if head is None:
        return
    if head.kind == "for_range_loop":
        parts = parts_of(head)
        made.each(parts[-2], parts[-1], body)
    else:
        counted(made, head.kids, body)


FLOWS = Flows(statements={"for": _for}, falls_through=True)
