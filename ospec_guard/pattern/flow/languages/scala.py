"""Scala: `for` over several generators."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    generators, body = node.kids[0], node.kids[-1]

    def run() -> None:
        for one in parts_of(generators) if generators is not None else ():
            parts = parts_of(one)
            if len(parts) > 1:
                made.take(parts[0], made.expression(parts[-1]))
            else:
                made.statements(parts)
        made.statement(body)

    made.loop(lambda: None, run)


FLOWS = Flows(statements={"foreach": _for}, binds=True)
