"""JavaScript and TypeScript: the loops."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import counted
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    head, body = node.kids[0], node.kids[-1]
    if head is None:
        return
    if head.kind == "each":
        made.each(head.kids[0], head.kids[1], body)
    else:
        counted(made, head.kids, body)


FLOWS = Flows(statements={"for": _for}, falls_through=True)
