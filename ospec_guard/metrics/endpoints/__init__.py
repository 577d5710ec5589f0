"""HTTP endpoints in source code and in OpenAPI files: one recogniser per family of frameworks, and the table of them.

A recogniser tells the facts of one file (`facts`); `join` makes endpoints of the facts of all files. Adding a family costs a
module that satisfies `Recogniser`, a line here, a fixture application and a line in `docs/metrics.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from ospec_guard.metrics.endpoints.facts import Fact
from ospec_guard.protocols import FileView

RECOGNISERS: dict[str, str] = {
    "decorated": "ospec_guard.metrics.endpoints.decorated",
    "django": "ospec_guard.metrics.endpoints.django",
    "express": "ospec_guard.metrics.endpoints.express",
    "openapi": "ospec_guard.metrics.endpoints.openapi",
    "python_views": "ospec_guard.metrics.endpoints.python_views",
    "spring": "ospec_guard.metrics.endpoints.spring",
}
"""Families of frameworks, and the modules that recognise them."""


class Recogniser(Protocol):
    """A family of frameworks."""

    LANGUAGES: frozenset[str]
    """Canonical names of the languages to look at."""
    HINTS: tuple[str, ...]
    """Expressions of which one matches in every file that has facts."""

    def recognise(self, view: FileView) -> Iterable[Fact]:
        """The facts of one file, in any order."""


@cache
def recognisers() -> tuple[Recogniser, ...]:
    """All of them, in the order of the table."""
    return tuple(cast("Recogniser", import_module(module)) for module in RECOGNISERS.values())
