"""`outcome_type`: a kind of project beyond the built-in ones, with the keys it adds to an OSpec document and its defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.schema import schema_problem
from ospec_guard.plugins.types.base import Amount, Count, Head, PlainName, VersionText, counted
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Acceptance", "Shape", "Usage", "configurations", "contribute", "facts", "problems"]

NAME = "outcome_type"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    path: str
    status: Count
    method: str = "GET"
    response_contains: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Flow:
    name: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Test:
    file: str
    type: str = ""
    coverage_threshold: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The `acceptance` block of an OSpec document; plugins may measure performance in words of their own."""

    http_endpoints: tuple[Endpoint, ...] = ()
    ux_flows: tuple[Flow, ...] = ()
    tests: tuple[Test, ...] = ()
    performance: dict[str, Amount] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Template:
    name: PlainName
    path: str
    description: str = ""
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    schema: dict[str, Any] = field(default_factory=dict)
    """JSON Schema of the keys the type adds to an OSpec document."""
    acceptance_defaults: Acceptance = field(default_factory=Acceptance)
    stack_defaults: dict[str, str] = field(default_factory=dict)
    templates: tuple[Template, ...] = ()
    configuration: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Usage:
    """An OSpec document, so far as an outcome type is concerned; the rest of it is not looked at here."""

    outcome_type: str
    ospec_version: VersionText | None = None
    acceptance: Acceptance = field(default_factory=Acceptance)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """A `schema` that is no JSON Schema."""
    if reason := schema_problem(shape.schema):
        yield Problem(f"'schema' is not a JSON Schema: {reason}", document.place("schema"))


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Keys, defaults and templates."""
    keys = shape.schema.get("properties", {})
    return [
        ("OSpec keys", ", ".join(sorted(keys)) or "none"),
        ("stack defaults", ", ".join(f"{key} {value}" for key, value in sorted(shape.stack_defaults.items())) or "none"),
        ("contains", counted(len(shape.templates), "template")),
    ]


EXAMPLE = """\
# Keys that a project of this type may set in its OSpec document.
schema:
  properties:
    event_bus:
      type: "string"
      enum: ["kafka", "rabbitmq"]

acceptance_defaults:
  http_endpoints:
    - path: "/health"
      status: 200

stack_defaults:
  database: "PostgreSQL"
"""
