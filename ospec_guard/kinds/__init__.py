"""Rule kinds: one module each, and the table of them.

Adding a kind costs a module that satisfies `protocols.Kind`, a line here, a test and a paragraph in `docs/rules.md`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from ospec_guard.protocols import Kind

KINDS: dict[str, str] = {
    "ast_pattern": "ospec_guard.kinds.ast_pattern",
    "code_analysis": "ospec_guard.kinds.code_analysis",
    "dependency_check": "ospec_guard.kinds.dependency_check",
}
"""The value of `type` in a rule, and the module that implements it."""

ANNOUNCED: tuple[str, ...] = ("file_policy", "secret")
"""Kinds of the design that this version cannot run: a rule of such a type is a gap, never silence."""


@cache
def kind(name: str) -> Kind:
    """The implementation of a kind in KINDS. Raises KeyError for others."""
    return cast("Kind", import_module(KINDS[name]))
