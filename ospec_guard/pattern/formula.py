"""What a rule in Semgrep's syntax asks for, as frozen values: patterns combined by operators, conditions on metavariables.

Owns shapes and their JSON form; reading them from a rule file is `ruleset`'s, giving them meaning `evaluate`'s.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ospec_guard.values import field, value

if TYPE_CHECKING:
    from ospec_guard.pattern.packing import Compiled, Packed


@value
class Leaf:
    """One `pattern` or `pattern-regex`."""

    text: str
    """As written; trailing line ends count for nothing."""
    is_regex: bool = False
    line: int = 0
    """1-based line of the rule file, for messages; 0: unknown."""
    compiled: Compiled | None = field(default=None, compare=False, repr=False)
    """Of a pattern that was kept: what it is in the languages of its rule."""


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

_LEAF, _TUPLE = -2, -1
_CLASSES: tuple[type, ...] = (
    Either,
    All,
    MatchesRegex,
    MatchesFormula,
    Comparison,
    Analysis,
    HasType,
    HasName,
)


def encode(formula: Formula, compiled: Callable[[Leaf], dict[str, Packed]] | None = None) -> str:
    """The formula as JSON text; compact, so that a rule nobody needs costs no more than a text.

    `compiled`: gives the patterns of a leaf in the languages of the rule, by grammar, to be kept with it.
    """
    return json.dumps(plain(formula, compiled), separators=(",", ":"))


def decode(text: str) -> Formula:
    """The formula in a text that `encode` made."""
    return from_plain(json.loads(text))


def from_plain(given: Any) -> Formula:
    """The formula in lists that `plain` made."""
    formula: Formula = _value(given)
    return formula


def plain(formula: Formula, compiled: Callable[[Leaf], dict[str, Packed]] | None = None) -> Any:
    """The formula as lists of plain values."""
    return _plain(formula, compiled)


def _plain(given: Any, compiled: Callable[[Leaf], dict[str, Packed]] | None) -> Any:
    if isinstance(given, tuple):
        return [_TUPLE, *[_plain(item, compiled) for item in given]]
    if isinstance(given, Leaf):
        return [_LEAF, given.text, given.is_regex, given.line, compiled(given) if compiled is not None else {}]
    if isinstance(given, MatchesFormula) and given.language:
        compiled = None  # Patterns in another language than the rule's.
    if type(given) in _CLASSES:
        fields = [_plain(getattr(given, name), compiled) for name in given.__match_args__]
        return [_CLASSES.index(type(given)), *fields]
    return given


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    if plain[0] == _LEAF:
        return _leaf(*plain[1:])
    items = [_value(item) for item in plain[1:]]
    return tuple(items) if plain[0] == _TUPLE else _CLASSES[plain[0]](*items)


def _leaf(text: str, is_regex: bool, line: int, packed: dict[str, Packed]) -> Leaf:
    from ospec_guard.pattern.packing import Compiled

    return Leaf(text, is_regex, line, Compiled(packed) if packed else None)
