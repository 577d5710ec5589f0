"""`templates`: code generation templates, and patterns that use several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Head, PlainName
from ospec_guard.plugins.types.base import contribute_nothing as contribute
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "templates"


@dataclass(frozen=True, kw_only=True)
class Variable:
    name: PlainName
    type: str
    """`string`, `boolean`, `array` … as the template engine knows it."""
    required: bool = False
    default: Any = None
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Template:
    path: str
    description: str = ""
    variables: tuple[Variable, ...] = ()
    context_providers: tuple[str, ...] = ()
    post_processors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PatternFile:
    template: str
    """A template of this plugin or of another."""
    output: str


@dataclass(frozen=True, kw_only=True)
class Pattern:
    name: PlainName
    description: str = ""
    files: tuple[PatternFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Configuration:
    template_engine: str = ""
    formatters: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    templates: dict[str, Template] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    configuration: Configuration = field(default_factory=Configuration)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """Nothing to generate from; a variable that is required and has a default, or that stands twice."""
    if not shape.templates and not shape.patterns:
        yield Problem("a templates plugin needs 'templates' or 'patterns'", document.place())
    for name, template in shape.templates.items():
        seen: set[str] = set()
        for index, variable in enumerate(template.variables):
            place = document.place("templates", name, "variables", index)
            if variable.required and variable.default is not None:
                yield Problem(f"variable '{variable.name}' is required, so its default is never used", place)
            if variable.name in seen:
                yield Problem(f"variable '{variable.name}' stands twice", place)
            seen.add(variable.name)


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Templates and patterns."""
    return [
        ("templates", ", ".join(sorted(shape.templates)) or "none"),
        ("patterns", ", ".join(pattern.name for pattern in shape.patterns) or "none"),
        ("engine", shape.configuration.template_engine or "not said"),
    ]


EXAMPLE = """\
templates:
  service:
    path: "templates/service.py.hbs"
    description: "A service with logging"
    variables:
      - name: "service_name"
        type: "string"
        required: true

configuration:
  template_engine: "handlebars"
"""
