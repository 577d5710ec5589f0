"""Bash: `for` over words, `while`."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    if len(parts) > 2:
        made.each(parts[0], parts[1], parts[-1])
    else:
        made.statements(parts[1:])


def _while(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    made.loop(made.test(parts[0] if parts else None), made.body(parts[-1] if len(parts) > 1 else None))


FLOWS = Flows(statements={"for_statement": _for, "while_statement": _while})
