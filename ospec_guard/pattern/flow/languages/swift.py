"""Swift: the loops, `guard`."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import each, parts_of
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _guard(made: Lowering, node: Node) -> None:
    parts = parts_of(node)
    for test in parts[:-1]:
        made.emit(made.expression(test))
    made.branch(made.body(parts[-1] if parts else None), lambda: None)


FLOWS = Flows(
    statements={
        "for": each,
        "guard": _guard,
        "break": lambda made, _: made.jump("", again=False),
        "continue": lambda made, _: made.jump("", again=True),
    },
    binds=True,
)
