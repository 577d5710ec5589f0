"""`stack`: a validated combination of technologies, with its packages, files and guardrails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Count, Head, PlainName, Share, Words, counted
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "stack"


@dataclass(frozen=True, kw_only=True)
class FileCopy:
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Configuration:
    files: tuple[FileCopy, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guardrails:
    """The `guardrails` block of an OSpec document."""

    tests_required: bool | None = None
    min_test_coverage: Share | None = None
    lint: bool | None = None
    type_check: bool | None = None
    dependency_check: bool | None = None
    security_scan: bool | None = None
    license_whitelist: tuple[str, ...] = ()
    max_pr_size: Count | None = None
    human_approval_required: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """Names of secrets, never values."""

    provider: str = ""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HealthCheck:
    name: PlainName
    command: str


@dataclass(frozen=True, kw_only=True)
class Validation:
    compatibility: dict[str, Words] = field(default_factory=dict)
    """`<tool>_version: <range>` and lists such as `supported_os`."""
    health_checks: tuple[HealthCheck, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    components: dict[str, dict[str, Words]] = field(default_factory=dict)
    """By part of the system (`frontend`, `backend` …): what it is made of, in the author's words."""
    configuration: Configuration = field(default_factory=Configuration)
    guardrails: Guardrails = field(default_factory=Guardrails)
    secrets_template: Secrets = field(default_factory=Secrets)
    validation: Validation = field(default_factory=Validation)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """One package where a list of them belongs."""
    for key in ("required", "optional"):
        if isinstance(shape.dependencies.get(key), str):
            yield Problem(f"'{key}' must be a list of packages", document.place("dependencies", key), "start each with '- '")


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Components and packages."""
    required, optional = (len(shape.dependencies.get(key, ())) for key in ("required", "optional"))
    return [
        ("components", ", ".join(sorted(shape.components)) or "none"),
        ("packages", f"{required} required, {optional} optional"),
        ("contains", counted(len(shape.configuration.files), "file")),
    ]


EXAMPLE = """\
components:
  backend:
    framework: "FastAPI"
    features: ["openapi"]

dependencies:
  required:
    - "fastapi@^0.115.0"

guardrails:
  tests_required: true
  min_test_coverage: 0.8

validation:
  health_checks:
    - name: "tests"
      command: "pytest"
"""
