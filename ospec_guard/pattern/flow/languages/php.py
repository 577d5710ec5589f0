"""PHP: the loops."""

from __future__ import annotations

from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _foreach(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    target = parts[1] if len(parts) > 1 else None
    if target is not None and target.kind == "pair":
        target = target.kids[-1]
    made.each(target, parts[0], parts[-1])


def _for(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    body = parts[-1]
    first, test, update = (*parts[:-1], None, None, None)[:3]
    made.statement(first)
    made.loop(made.test(test), made.body(body), made.body(update))


FLOWS = Flows(statements={"foreach_statement": _foreach, "for_statement": _for})
