"""Rust: the loops, and names that patterns bind."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import each, forever
from ospec_guard.pattern.flow.lowering import Flows

FLOWS = Flows(
    statements={
        "for_expression": each,
        "loop_expression": forever,
        "break_expression": lambda made, _: made.jump("", again=False),
        "continue_expression": lambda made, _: made.jump("", again=True),
    },
    binds=True,
)
