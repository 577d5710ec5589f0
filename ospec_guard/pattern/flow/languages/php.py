"""PHP: the loops, cases that fall through."""

from __future__ import annotations

from ospec_guard.pattern.flow.ir import Op
from ospec_guard.pattern.flow.languages.loops import counted, parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _foreach(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    if len(parts) > 1:
        body = parts[2] if len(parts) > 2 else None
        made.each(parts[1], parts[0], body)


def _for(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    counted(made, parts[:-1], parts[-1] if parts else None)


def _elvis(made: Lowering, node: Node) -> Op:
    """`a ?: b`."""
    return Op("choice", node.start, node.end, [made.expression(kid) for kid in node.kids if kid is not None])


FLOWS = Flows(
    statements={"foreach_statement": _foreach, "for_statement": _for}, expressions={"cond": _elvis}, falls_through=True
)
