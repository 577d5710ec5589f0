"""Lua: `for` over iterators and numbers, `repeat`."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    whole = parts_of(node)
    body = whole[-1] if len(whole) > 1 else None
    parts = parts_of(whole[0]) if whole else []
    if len(parts) > 1:
        made.each(parts[0], parts[1], body)
    else:
        made.statement(body)


FLOWS = Flows(statements={"for_statement": _for})
