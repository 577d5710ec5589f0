"""JavaScript and TypeScript: the loops."""

from __future__ import annotations

from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    head, body = node.kids[0], node.kids[1]
    if head is None:
        return
    if head.kind == "each":
        made.each(head.kids[0], head.kids[1], body)
        return
    first, test, update = (*head.kids, None, None, None)[:3]
    made.statement(first)
    made.loop(made.test(test), made.body(body), made.body(update))


FLOWS = Flows(statements={"for": _for})
