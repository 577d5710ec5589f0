"""What a rule in Semgrep's syntax asks for, as frozen values: patterns combined by operators, conditions on metavariables.

Owns shapes and their JSON form; reading them from a rule file is `ruleset`'s, giving them meaning `evaluate`'s.
"""

from __future__ import annotations

import json
from typing import Any

from ospec_guard.values import value


@value
class Leaf:
    """One `pattern` or `pattern-regex`."""

    text: str
    """As written; trailing line ends count for nothing."""
    is_regex: bool = False
    line: int = 0
    """1-based line of the rule file, for messages; 0: unknown."""


@value
class Either:
    """`pattern-either`: what any part finds."""

    parts: tuple[Formula, ...]


@value
class All:
    """`patterns`: what all `parts` find within `inside`, less what `without` and `outside` say, where `conditions` hold.

    Evaluated in the order of the fields, whatever the order in the rule file.
    """

    parts: tuple[Formula, ...] = ()
    """`pattern`, `pattern-regex`, `pattern-either`, nested `patterns`."""
    inside: tuple[Formula, ...] = ()
    """`pattern-inside`."""
    without: tuple[Formula, ...] = ()
    """`pattern-not`, `pattern-not-regex`."""
    outside: tuple[Formula, ...] = ()
    """`pattern-not-inside`."""
    conditions: tuple[Condition, ...] = ()
    focus: tuple[tuple[str, ...], ...] = ()
    """One entry for each `focus-metavariable`: the metavariables it lists, with their `$`."""


@value
class MatchesRegex:
    """`metavariable-regex`: the text of the metavariable matches from its start."""

    metavariable: str
    regex: str
    constants: bool = False
    """`constant-propagation: true`: a name stands for the constant it holds."""


@value
class MatchesFormula:
    """`metavariable-pattern`: within the metavariable the formula finds something."""

    metavariable: str
    formula: Formula
    language: str = ""
    """As written; empty: the rule's own."""


@value
class Comparison:
    """`metavariable-comparison`."""

    expression: str
    """Python syntax over metavariables, as written."""
    metavariable: str = ""
    strip: bool = False
    """Quotes around the metavariable's text are taken away before it is read as a number."""
    base: int = 0
    """Of the number in `metavariable`; 0: by its prefix."""


@value
class Analysis:
    """`metavariable-analysis`."""

    metavariable: str
    analyzer: str
    """`entropy`, `redos`."""


@value
class HasType:
    """`metavariable-type`: the declared type of the metavariable is one of these."""

    metavariable: str
    types: tuple[str, ...]


@value
class HasName:
    """`metavariable-name`: what the metavariable resolves to."""

    metavariable: str
    kind: str = ""
    modules: tuple[str, ...] = ()


Formula = Leaf | Either | All
PlainCondition = MatchesRegex | Comparison | Analysis | HasType | HasName
"""Conditions on what metavariables stand for, whatever is inside of it."""
Condition = PlainCondition | MatchesFormula

_CLASSES: tuple[type, ...] = (
    Leaf,
    Either,
    All,
    MatchesRegex,
    MatchesFormula,
    Comparison,
    Analysis,
    HasType,
    HasName,
)


def encode(formula: Formula) -> str:
    """The formula as JSON text; compact, so that a rule nobody needs costs no more than a text."""
    return json.dumps(_plain(formula), separators=(",", ":"))


def decode(text: str) -> Formula:
    """The formula in a text that `encode` made."""
    formula: Formula = _value(json.loads(text))
    return formula


def _plain(given: Any) -> Any:
    if isinstance(given, tuple):
        return [-1, *(_plain(item) for item in given)]
    if type(given) in _CLASSES:
        return [_CLASSES.index(type(given)), *(_plain(getattr(given, name)) for name in given.__match_args__)]
    return given


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    items = [_value(item) for item in plain[1:]]
    return tuple(items) if plain[0] == -1 else _CLASSES[plain[0]](*items)
