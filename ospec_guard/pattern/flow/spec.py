"""What a rule in taint mode asks for, as frozen values: where taint comes from and must not go, what takes it away or on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ospec_guard.pattern.formula import All, Either, Formula, Leaf, from_plain, plain
from ospec_guard.values import value

if TYPE_CHECKING:
    from ospec_guard.pattern.packing import Packed

PLAIN = "__SOURCE__"
"""The label of taint that has none (Semgrep's name for it)."""


@value
class Source:
    """An entry of `pattern-sources`."""

    formula: Formula
    label: str = PLAIN
    requires: str = ""
    """Labels that must be there already, as written."""
    exact: bool = False
    """Only the whole of a match is a source, not its parts."""
    by_side_effect: str = "false"
    """`true`: the matched variable is tainted from there on; `only`: but not where it is matched."""
    control: bool = False
    """Taint of all that runs afterwards."""


@value
class Sink:
    """An entry of `pattern-sinks`."""

    formula: Formula
    requires: str = PLAIN
    exact: bool = True
    """Only the whole of a match is a sink, not its parts."""
    at_exit: bool = False
    """The matched code is a sink where the function ends."""
    has_focus: bool = False
    """The match is a part of its pattern; else the arguments of a matched call are sinks too."""


@value
class Sanitizer:
    """An entry of `pattern-sanitizers`."""

    formula: Formula
    exact: bool = False
    by_side_effect: bool = False
    """The matched variable is clean from there on."""
    not_conflicting: bool = False
    """What is a source or a sink too sanitizes nothing."""


@value
class Propagator:
    """An entry of `pattern-propagators`."""

    formula: Formula
    from_: str
    """The metavariable whose taint goes on."""
    to: str
    by_side_effect: bool = True
    label: str = ""
    """The label that it has then; empty: as before."""
    replace_labels: tuple[str, ...] | None = None
    """Those that are replaced; None: all."""
    requires: str = ""


@value
class Taint:
    """What a rule in taint mode asks for."""

    sources: tuple[Source, ...] = ()
    sinks: tuple[Sink, ...] = ()
    sanitizers: tuple[Sanitizer, ...] = ()
    propagators: tuple[Propagator, ...] = ()

    @property
    def needed(self) -> Formula:
        """What a file must have for anything to be found: a source and a sink."""
        sources = Either(tuple(one.formula for one in self.sources))
        return All((sources, Either(tuple(one.formula for one in self.sinks))))

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Those of all entries."""
        sides: tuple[tuple[Any, ...], ...] = (self.sources, self.sinks, self.sanitizers, self.propagators)
        return tuple(one.formula for side in sides for one in side)


_PARTS: tuple[tuple[str, type], ...] = (
    ("sources", Source),
    ("sinks", Sink),
    ("sanitizers", Sanitizer),
    ("propagators", Propagator),
)


def encode(taint: Taint, compiled: Callable[[Leaf], dict[str, Packed]] | None = None) -> str:
    """The specification as JSON text, as `formula.encode` writes formulas."""
    return json.dumps([[_entry(one, compiled) for one in getattr(taint, part)] for part, _ in _PARTS], separators=(",", ":"))


def _entry(one: Any, compiled: Callable[[Leaf], dict[str, Packed]] | None) -> list[Any]:
    return [plain(one.formula, compiled), *[getattr(one, name) for name in one.__match_args__[1:]]]


def decode(text: str) -> Taint:
    """The specification in a text that `encode` made."""
    parts = [
        tuple(made(from_plain(formula), *map(_frozen, rest)) for formula, *rest in entries)
        for (_, made), entries in zip(_PARTS, json.loads(text), strict=True)
    ]
    return Taint(*parts)


def _frozen(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given
