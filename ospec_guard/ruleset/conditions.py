"""Conditions on metavariables, as written: `metavariable-regex` and its like, and the entries of the newer `where`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document
from ospec_guard.pattern.formula import Analysis, Comparison, Condition, Formula, HasName, HasType, MatchesFormula, MatchesRegex
from ospec_guard.ruleset.reading import Notes, Term

_METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$[0-9]+")
ANALYZERS = ("entropy", "redos")


@dataclass(frozen=True)
class RawRegex:
    metavariable: str
    regex: str
    constant_propagation: bool = field(default=False, metadata={"alias": "constant-propagation"})


@dataclass(frozen=True)
class RawComparison:
    comparison: str
    metavariable: str = ""
    strip: bool = False
    base: int = 0


@dataclass(frozen=True)
class RawAnalysis:
    metavariable: str
    analyzer: str | dict[str, Any]


@dataclass(frozen=True)
class RawType:
    metavariable: str
    type: str = ""
    types: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class RawName:
    metavariable: str
    kind: str = ""
    module: str = ""
    modules: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawWithin:
    """`metavariable-pattern`, the pattern itself left out."""

    metavariable: str
    language: str = ""


def is_metavariable(notes: Notes, part: Document, name: str) -> bool:
    """Whether a name is one that can stand for something; notes that it is not."""
    if _METAVARIABLE.fullmatch(name):
        return True
    notes.cannot(part, f"'{name}' is no metavariable: those are written like $X, $...ARGS or $1")
    return False


def read_condition(notes: Notes, part: Document, key: str) -> Term | None:
    """What stands at one of the keys in CONDITIONS."""
    shape, make = CONDITIONS[key]
    raw = notes.validated(part, shape)
    if raw is None:
        return None
    name = raw.metavariable
    if (name or key != "metavariable-comparison") and not is_metavariable(notes, part.at("metavariable"), name):
        return None
    made = make(notes, part, raw)
    return Term("conditions", made) if made else None


def read_focus(notes: Notes, part: Document) -> Term | None:
    """What stands at `focus-metavariable`: a metavariable or a list of them."""
    written = notes.validated(part, str | tuple[str, ...])
    if written is None:
        return None
    names = (written,) if isinstance(written, str) else written
    if not names:
        notes.wrong(part, "expected a metavariable, got an empty list")
    known = [name for name in names if is_metavariable(notes, part, name)]
    return Term("focus", names) if names and len(known) == len(names) else None


def read_where(notes: Notes, part: Document, formula: Callable[[Document], Formula | None]) -> Term | None:
    """An entry of `where`; `formula` reads the pattern it has for a metavariable."""
    entry = notes.validated(part, dict[str, Any])
    if entry is None:
        return None
    if "focus" in entry:
        _alone(notes, part, ("focus",))
        return read_focus(notes, part.at("focus"))
    for told, key in _TOLD_BY:
        if told in entry and (told != "regex" or set(entry) <= {"metavariable", "regex"}):
            return read_condition(notes, part, key)
    if "metavariable" not in entry:
        first = next(iter(entry), "")
        notes.unknown(part.at(first) if first else part, first, ("focus", "comparison", "metavariable"), "condition")
        return None
    raw = notes.validated(part, RawWithin, also=list(entry))
    if raw is None or not is_metavariable(notes, part.at("metavariable"), raw.metavariable):
        return None
    found = formula(part)
    return Term("conditions", MatchesFormula(raw.metavariable, found, raw.language)) if found else None


def _alone(notes: Notes, part: Document, known: tuple[str, ...]) -> None:
    for key in part.value:
        if key not in known:
            notes.wrong(part.at(key), f"unexpected '{key}' beside '{known[0]}'", "give each condition a '- ' of its own")


def _regex(_notes: Notes, _part: Document, raw: RawRegex) -> Condition:
    return MatchesRegex(raw.metavariable, raw.regex, raw.constant_propagation)


def _comparison(_notes: Notes, _part: Document, raw: RawComparison) -> Condition:
    return Comparison(raw.comparison, raw.metavariable, raw.strip, raw.base)


def _analysis(notes: Notes, part: Document, raw: RawAnalysis) -> Condition | None:
    analyzer = raw.analyzer if isinstance(raw.analyzer, str) else raw.analyzer.get("kind", "")
    if analyzer in ANALYZERS:
        return Analysis(raw.metavariable, analyzer)
    notes.unknown(part.at("analyzer"), str(analyzer), ANALYZERS, "analyzer")
    return None


def _type(notes: Notes, part: Document, raw: RawType) -> Condition | None:
    types = ((raw.type,) if raw.type else ()) + raw.types
    if not types:
        notes.wrong(part, "expected 'type' or a list of 'types'")
    return HasType(raw.metavariable, types) if types else None


def _name(_notes: Notes, _part: Document, raw: RawName) -> Condition:
    return HasName(raw.metavariable, raw.kind, ((raw.module,) if raw.module else ()) + raw.modules)


CONDITIONS: dict[str, tuple[type, Callable[[Notes, Document, Any], Condition | None]]] = {
    "metavariable-regex": (RawRegex, _regex),
    "metavariable-comparison": (RawComparison, _comparison),
    "metavariable-analysis": (RawAnalysis, _analysis),
    "metavariable-type": (RawType, _type),
    "metavariable-name": (RawName, _name),
    "semgrep-internal-metavariable-name": (RawName, _name),
}
"""By operator, the shape of what it takes, and what it means."""

_TOLD_BY = (
    ("comparison", "metavariable-comparison"),
    ("analyzer", "metavariable-analysis"),
    ("type", "metavariable-type"),
    ("types", "metavariable-type"),
    ("regex", "metavariable-regex"),
)
"""The key that tells what sort of condition an entry of `where` is."""
