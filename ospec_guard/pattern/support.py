"""What of Semgrep's rule language runs here: operators and conditions, and how far they mean what they mean there.

Constructs of patterns differ from language to language and are tried out: `python tests/support_table.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ospec_guard.pattern.formula import Analysis, Condition, HasName, HasType
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.values import value

SUPPORTED, APPROXIMATED, REFUSED = "supported", "approximated", "refused"

_TYPES = "declared types, those of literals, and names of imported types; nothing is inferred"
_NAMES = "names are resolved through the imports of the file alone"
_ENTROPY = "the table of frequencies is our own"
_REDOS = "a repetition in a repetition with something after it that can fail"
_UNTYPED = "nothing has a declared type in this language: it holds for literals alone"


@value
class Support:
    """How far something is supported."""

    state: str
    """SUPPORTED, APPROXIMATED or REFUSED."""
    how: str = ""


_WHOLE = Support(SUPPORTED)

OPERATORS: Mapping[str, Support] = {
    "pattern": _WHOLE,
    "patterns": _WHOLE,
    "pattern-either": _WHOLE,
    "pattern-inside": _WHOLE,
    "pattern-not": _WHOLE,
    "pattern-not-inside": _WHOLE,
    "pattern-regex": _WHOLE,
    "pattern-not-regex": _WHOLE,
    "focus-metavariable": _WHOLE,
    "metavariable-regex": _WHOLE,
    "metavariable-pattern": _WHOLE,
    "metavariable-comparison": _WHOLE,
    "metavariable-analysis": Support(APPROXIMATED, f"`entropy`: {_ENTROPY}; `redos`: {_REDOS}"),
    "metavariable-type": Support(APPROXIMATED, _TYPES),
    "metavariable-name": Support(APPROXIMATED, _NAMES),
    "semgrep-internal-metavariable-name": Support(APPROXIMATED, "as `metavariable-name`"),
    "pattern-where-python": Support(REFUSED, "runs code of the rule"),
    "semgrep-internal-pattern-anywhere": Support(REFUSED),
}
"""By the name in a rule file."""

NEWER: Mapping[str, Support] = {
    "pattern": _WHOLE,
    "regex": _WHOLE,
    "all": _WHOLE,
    "any": _WHOLE,
    "inside": _WHOLE,
    "not": _WHOLE,
    "where": Support(SUPPORTED, "`metavariable`, `focus`, `comparison`, `analyzer`, `type`, `regex`"),
    "anywhere": Support(REFUSED),
    "taint": Support(REFUSED),
}
"""Operators of the newer syntax, below `match`."""

MODES: Mapping[str, Support] = {
    "search": _WHOLE,
    "taint": Support(REFUSED),
    "join": Support(REFUSED),
    "extract": Support(REFUSED),
}
"""Values of `mode`."""


def approximation(condition: Condition, grammar: str) -> str:
    """How a condition differs from Semgrep's in a language; empty: it does not."""
    if isinstance(condition, HasType):
        return _TYPES if quirks_of(grammar).typed else _UNTYPED
    if isinstance(condition, HasName):
        return _NAMES
    if isinstance(condition, Analysis):
        return _ENTROPY if condition.analyzer == "entropy" else _REDOS
    return ""


def traits(grammar: str) -> Mapping[str, Any]:
    """Facts about patterns of a grammar that people who write rules want to know."""
    quirks = quirks_of(grammar)
    return {
        "typed metavariables": quirks.typed,
        "more members without `...`": sorted(quirks.implied),
        "in any order": sorted(quirks.unordered),
        "upper and lower case the same": quirks.caseless,
        "`...x` is an operator": quirks.spread,
        "results without `return`": sorted(quirks.results),
    }
