"""What reading rule files comes to: rules that run, rules that cannot, and problems."""

from __future__ import annotations

from dataclasses import dataclass

from ospec_guard.errors import Problem
from ospec_guard.model import Gap, Notice, Place, Span
from ospec_guard.protocols import Rule


@dataclass(frozen=True, slots=True)
class Compiled:
    """The outcome of reading one document or more."""

    rules: tuple[Rule, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Well-formed rules that cannot run here."""
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    """What the authors of rules that run should know."""

    def __add__(self, other: Compiled) -> Compiled:
        return Compiled(
            self.rules + other.rules,
            self.gaps + other.gaps,
            self.problems + other.problems,
            self.notices + other.notices,
        )


def unsupported(rule_id: str, place: Place, why: str) -> Gap:
    """The gap of a well-formed rule that cannot run here, at the line it is written on."""
    span = Span(0, 0, place.line, place.column, place.line, place.column) if place.line else None
    return Gap("gap/rule-unsupported", place.path, f"rule '{rule_id}' did not run: {why}", span, rule_id)
