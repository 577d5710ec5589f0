"""`context_provider`: facts about a project that templates can use. The specification writes it without `plugin_type`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.types.base import Head, PluginName
from ospec_guard.plugins.types.base import contribute_nothing as contribute

__all__ = ["EXAMPLE", "NAME", "Shape", "configurations", "contribute", "facts", "problems"]

NAME = "context_provider"


@dataclass(frozen=True, kw_only=True)
class Provider:
    provider: PluginName
    description: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)
    provides: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    context_providers: dict[str, Provider]
    configuration: dict[str, Any] = field(default_factory=dict)


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """Providers that provide nothing."""
    if not shape.context_providers:
        yield Problem("'context_providers' needs at least one entry", document.place("context_providers"))
    for name, provider in shape.context_providers.items():
        if not provider.provides:
            yield Problem(
                f"context provider '{name}' provides nothing; list what it does under 'provides'",
                document.place("context_providers", name),
            )


def configurations(shape: Shape) -> Iterable[tuple[str, ...]]:
    """The plugin's own, and each provider's."""
    return (("configuration",), *(("context_providers", name, "configuration") for name in shape.context_providers))


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """What each provider provides."""
    return [
        (name, f"{', '.join(each.provides)} (by {each.provider})") for name, each in sorted(shape.context_providers.items())
    ]


EXAMPLE = """\
context_providers:
  api_documentation:
    provider: "@ospec/openapi-provider"
    configuration:
      spec_path: "./api/openapi.yaml"
    provides:
      - "endpoint_definitions"
"""
