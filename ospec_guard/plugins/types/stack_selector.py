"""`stack_selector`: which stack to recommend under which conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Head, PluginName, Share, counted
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "stack_selector"


@dataclass(frozen=True, kw_only=True)
class SelectionRule:
    conditions: dict[str, Any]
    """Keys of an OSpec document and what they must be; nested as there."""
    recommended_stack: PluginName
    confidence: Share | None = None
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    selection_rules: tuple[SelectionRule, ...]
    configuration: dict[str, Any] = field(default_factory=dict)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """Rules that select nothing, or everything."""
    if not shape.selection_rules:
        yield Problem("'selection_rules' needs at least one entry", document.place("selection_rules"))
    for index, rule in enumerate(shape.selection_rules):
        if not rule.conditions:
            yield Problem(
                "'conditions' is empty, so the rule is about nothing", document.place("selection_rules", index, "conditions")
            )


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """The stacks it chooses from."""
    stacks = sorted({rule.recommended_stack for rule in shape.selection_rules})
    return [("contains", counted(len(shape.selection_rules), "selection rule")), ("stacks", ", ".join(stacks))]


EXAMPLE = """\
selection_rules:
  - conditions:
      outcome_type: "api"
    recommended_stack: "my-stack"
    confidence: 0.8
"""
