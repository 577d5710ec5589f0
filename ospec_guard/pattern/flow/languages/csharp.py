"""C#: the loops, and patterns in conditions."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import counted, each, parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    counted(made, parts[:-1], parts[-1] if parts else None)


FLOWS = Flows(statements={"foreach": each, "for_statement": _for})
