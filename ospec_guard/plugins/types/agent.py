"""`agent`: a role beyond the built-in ones, what it can do, and how it speaks with the others.

The specification writes `communication:` on its own, too: such a document is the part of an agent's manifest that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Amount, Count, Head, PlainName, Words
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "agent"


@dataclass(frozen=True, kw_only=True)
class Configuration:
    tools: dict[str, Words] = field(default_factory=dict)
    thresholds: dict[str, Amount] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    step: PlainName
    description: str = ""
    agent: str = ""
    tools: tuple[str, ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()
    required_for: tuple[str, ...] = ()
    reviewers: Count | None = None
    severity_threshold: str = ""
    fail_on_critical: bool = False
    fail_on_high: bool = False
    fail_on_secrets: bool = False
    timeout_minutes: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Events:
    subscribes: tuple[str, ...] = ()
    publishes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Communication:
    input_formats: tuple[str, ...] = ()
    output_formats: tuple[str, ...] = ()
    events: Events = field(default_factory=Events)


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    role: PlainName | None = None
    extends: str = ""
    capabilities: tuple[str, ...] = ()
    specializations: tuple[str, ...] = ()
    configuration: Configuration = field(default_factory=Configuration)
    workflows: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    prompts: dict[str, str] = field(default_factory=dict)
    """By purpose: the path of a text in the plugin's folder."""
    communication: Communication = field(default_factory=Communication)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """An agent without a role, unless the document is but the `communication` of one."""
    if shape.plugin_type and shape.role is None:
        yield Problem("an agent needs a 'role'", document.place())


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Role, abilities and events."""
    events = shape.communication.events
    found = [
        ("role", shape.role or ""),
        ("extends", shape.extends),
        ("capabilities", ", ".join(shape.capabilities)),
        ("specializations", ", ".join(shape.specializations)),
        ("workflows", ", ".join(sorted(shape.workflows))),
        ("subscribes to", ", ".join(events.subscribes)),
        ("publishes", ", ".join(events.publishes)),
    ]
    return [(word, text) for word, text in found if text]


EXAMPLE = """\
role: "example_reviewer"
extends: "reviewer"

capabilities:
  - "compliance_checking"

communication:
  input_formats: ["code_artifact"]
  output_formats: ["review_result"]
  events:
    subscribes: ["code_generated"]
    publishes: ["review_completed"]
"""
