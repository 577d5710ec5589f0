"""`workflow`: an automation flow of stages and jobs, with the events that start it and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem, nearest
from ospec_guard.plugins.types.base import Amount, Head, PlainName
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "workflow"


@dataclass(frozen=True, kw_only=True)
class Trigger:
    event: str
    conditions: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Job:
    name: PlainName
    agent: str
    description: str = ""
    environment: str = ""
    strategy: str = ""
    test_suite: str = ""
    checks: tuple[str, ...] = ()
    dashboards: tuple[str, ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()
    timeout_minutes: Amount | None = None
    timeout_hours: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Approver:
    role: str = ""
    user: str = ""
    team: str = ""


@dataclass(frozen=True, kw_only=True)
class Stage:
    name: PlainName
    type: str
    """`parallel`, `sequential`, `approval`, or what else an orchestrator knows."""
    description: str = ""
    depends_on: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    approvers: tuple[Approver, ...] = ()
    timeout_minutes: Amount | None = None
    timeout_hours: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Rollback:
    triggers: tuple[dict[str, Any], ...] = ()
    procedure: tuple[Job, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flow:
    name: PlainName
    stages: tuple[Stage, ...]
    description: str = ""
    triggers: tuple[Trigger, ...] = ()
    rollback: Rollback = field(default_factory=Rollback)


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    workflow: Flow
    configuration: dict[str, Any] = field(default_factory=dict)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """Stages that stand twice, wait for one that does not come before them, or have nothing to do."""
    names = [stage.name for stage in shape.workflow.stages]
    if not names:
        yield Problem("'stages' needs at least one entry", document.place("workflow", "stages"))
    for index, stage in enumerate(shape.workflow.stages):
        keys = ("workflow", "stages", index)
        if stage.name in names[:index]:
            yield Problem(f"stage '{stage.name}' stands twice", document.place(*keys, "name"))
        if not stage.jobs and not stage.approvers:
            yield Problem(f"stage '{stage.name}' has neither 'jobs' nor 'approvers'", document.place(*keys))
        for position, wanted in enumerate(stage.depends_on):
            place = document.place(*keys, "depends_on", position)
            if wanted not in names:
                yield Problem(f"stage '{stage.name}' depends on '{wanted}', which is no stage", place, nearest(wanted, names))
            elif names.index(wanted) >= index:
                # With every stage after those it waits for, no circle is possible.
                yield Problem(f"stage '{stage.name}' depends on '{wanted}', which does not come before it", place)
    yield from _approver_problems(shape.workflow, document)


def _approver_problems(flow: Flow, document: Document) -> Iterable[Problem]:
    for index, stage in enumerate(flow.stages):
        for position, approver in enumerate(stage.approvers):
            if sum(map(bool, (approver.role, approver.user, approver.team))) != 1:
                place = document.place("workflow", "stages", index, "approvers", position)
                yield Problem("an approver is one of 'role', 'user' and 'team'", place)


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Events, stages and the way back."""
    return [
        ("workflow", shape.workflow.name),
        ("starts on", ", ".join(trigger.event for trigger in shape.workflow.triggers) or "nothing"),
        ("stages", ", ".join(stage.name for stage in shape.workflow.stages)),
        ("rollback", ", ".join(job.name for job in shape.workflow.rollback.procedure) or "none"),
    ]


EXAMPLE = """\
workflow:
  name: "deployment"
  triggers:
    - event: "implementation_completed"
  stages:
    - name: "validation"
      type: "sequential"
      jobs:
        - name: "security_review"
          agent: "security_reviewer"
    - name: "approval_gate"
      type: "approval"
      depends_on: ["validation"]
      approvers:
        - role: "tech_lead"
      timeout_hours: 24
"""
