"""`integration`: a connector to an external tool; with `monitoring` and `dashboards`, to an observability platform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Head
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations
from ospec_guard.plugins.types.monitoring import Dashboard, Monitoring, monitoring_facts

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "integration"


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    features: tuple[str, ...] = ()
    configuration: dict[str, Any] = field(default_factory=dict)
    """What the external tool needs: the author's words."""
    workflows: dict[str, tuple[dict[str, dict[str, Any]], ...]] = field(default_factory=dict)
    """By event: actions, each a mapping from the action's name to its arguments."""
    mapping: dict[str, dict[str, str]] = field(default_factory=dict)
    """By what is mapped: OSpec's word and the external tool's."""
    monitoring: Monitoring = field(default_factory=Monitoring)
    dashboards: tuple[Dashboard, ...] = ()


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """Steps of a workflow that name more than one action, or none."""
    for event, steps in shape.workflows.items():
        for index, step in enumerate(steps):
            if len(step) != 1:
                message = f"a step names one action, this one names {len(step)}"
                yield Problem(message, document.place("workflows", event, index), "start each action with '- '")


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Features and events, and what is monitored."""
    found = [
        ("features", ", ".join(shape.features)),
        ("reacts to", ", ".join(sorted(shape.workflows))),
        ("maps", ", ".join(sorted(shape.mapping))),
    ]
    monitors = bool(shape.monitoring.metrics or shape.monitoring.events or shape.dashboards)
    return [(w, t) for w, t in found if t] + (monitoring_facts(shape.monitoring, shape.dashboards) if monitors else [])


EXAMPLE = """\
# ${EXAMPLE_TOKEN} is replaced from the environment when the plugin is enabled.
configuration:
  connection:
    url: "https://tracker.example.com"
    token: "${EXAMPLE_TOKEN}"

features:
  - "task_sync"

# ${task.title} is for the workflow to fill in.
workflows:
  task_created:
    - create_ticket:
        title: "${task.title}"
"""
