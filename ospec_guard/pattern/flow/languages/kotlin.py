"""Kotlin: the loops, and jumps that are written as names."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import each
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _exprstmt(made: Lowering, node: Node) -> None:
    only = node.kids[0]
    if only is not None and only.kind == "id" and only.text in ("break", "continue"):
        made.jump("", again=only.text == "continue")
    else:
        made.statement_of(only)


FLOWS = Flows(statements={"foreach": each, "exprstmt": _exprstmt}, binds=True)
