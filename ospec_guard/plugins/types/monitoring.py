"""`monitoring`: metrics, events and dashboards of an observability platform.

The specification writes it as an `integration` that holds `monitoring` and `dashboards`; both ways of writing mean the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.plugins.types.base import Head, counted
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import no_problems as problems
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = [
    "EXAMPLE",
    "NAME",
    "Dashboard",
    "Monitoring",
    "Shape",
    "configurations",
    "contribute",
    "facts",
    "monitoring_facts",
    "problems",
]

NAME = "monitoring"


@dataclass(frozen=True, kw_only=True)
class Metric:
    name: str
    type: str
    """`counter`, `gauge`, `histogram`, or what else the platform knows."""
    description: str = ""
    unit: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    trigger: str
    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
    alert_type: str = ""


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    metrics: tuple[Metric, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Widget:
    type: str
    metric: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    name: str
    description: str = ""
    widgets: tuple[Widget, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    monitoring: Monitoring
    dashboards: tuple[Dashboard, ...] = ()
    configuration: dict[str, Any] = field(default_factory=dict)


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """What is watched and shown."""
    return monitoring_facts(shape.monitoring, shape.dashboards)


def monitoring_facts(monitoring: Monitoring, dashboards: Sequence[Dashboard]) -> list[tuple[str, str]]:
    """As `facts`, for an integration that monitors."""
    watched = f"{counted(len(monitoring.metrics), 'metric')}, {counted(len(monitoring.events), 'event')}"
    return [("monitors", watched), ("dashboards", ", ".join(dashboard.name for dashboard in dashboards) or "none")]


EXAMPLE = """\
# ${EXAMPLE_API_KEY} is replaced from the environment when the plugin is enabled.
configuration:
  api_key: "${EXAMPLE_API_KEY}"

monitoring:
  metrics:
    - name: "ospec.tasks.completed"
      type: "counter"
      tags: ["project"]

dashboards:
  - name: "Overview"
    widgets:
      - type: "timeseries"
        metric: "ospec.tasks.completed"
        title: "Tasks completed"
"""
