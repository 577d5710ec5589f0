"""`mode: taint` of Semgrep's rules: sources, sinks, sanitizers and propagators, each with operators and settings of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ospec_guard.document import Document
from ospec_guard.model import Notice
from ospec_guard.pattern.flow.labels import parsed
from ospec_guard.pattern.flow.spec import PLAIN, Propagator, Sanitizer, Sink, Source, Taint
from ospec_guard.pattern.formula import All, Either, Formula
from ospec_guard.pattern.requirements import bindable
from ospec_guard.ruleset.operators import TOP, Reader

KEYS = ("pattern-sources", "pattern-sinks", "pattern-sanitizers", "pattern-propagators")
"""The keys of a rule in taint mode; the first two must be there."""

Entry = TypeVar("Entry", Source, Sink, Sanitizer, Propagator)


@dataclass(frozen=True)
class RawSource:
    label: str = PLAIN
    requires: str = ""
    exact: bool = False
    by_side_effect: bool | str = field(default=False, metadata={"alias": "by-side-effect"})
    control: bool = False


@dataclass(frozen=True)
class RawSink:
    requires: str = PLAIN
    exact: bool = True
    at_exit: bool = field(default=False, metadata={"alias": "at-exit"})


@dataclass(frozen=True)
class RawSanitizer:
    exact: bool = False
    by_side_effect: bool = field(default=False, metadata={"alias": "by-side-effect"})
    not_conflicting: bool = False


@dataclass(frozen=True)
class RawPropagator:
    from_: str = field(metadata={"alias": "from"})
    to: str
    by_side_effect: bool = field(default=True, metadata={"alias": "by-side-effect"})
    label: str = ""
    replace_labels: tuple[str, ...] | None = field(default=None, metadata={"alias": "replace-labels"})
    requires: str = ""


def read_taint(reader: Reader, rule: Document) -> Taint | None:
    """What a rule in taint mode asks for; None where that cannot be told, and it is noted why."""
    for key in KEYS[:2]:
        if key not in rule.value:
            reader.wrong(
                rule, f"expected '{key}'", "a rule in taint mode says where values come from and where they must not go"
            )
    for key in TOP:
        if key in rule.value:
            message = f"'{key}' says nothing in a rule in taint mode"
            reader.notices.append(Notice("notice/no-effect", message, rule.at(key).place(), "write it into a source or a sink"))
    taint = Taint(
        _entries(reader, rule, KEYS[0], _source),
        _entries(reader, rule, KEYS[1], _sink),
        _entries(reader, rule, KEYS[2], _sanitizer),
        _entries(reader, rule, KEYS[3], _propagator),
    )
    return taint if not len(reader) else None


def _entries(
    reader: Reader, rule: Document, key: str, read: Callable[[Reader, Document, Formula], Entry | None]
) -> tuple[Entry, ...]:
    if key not in rule.value:
        return ()
    part = rule.at(key)
    if reader.validated(part, tuple[Any, ...]) is None:
        return ()
    if not part.value:
        reader.wrong(part, "expected at least one entry, got an empty list")
    found = []
    for at in range(len(part.value)):
        entry = part.at(at)
        if not isinstance(entry.value, dict):
            reader.wrong(entry, "expected an operator and what it is about", "write it like '- pattern: f(...)'")
            continue
        formula = reader.formula(entry)
        made = read(reader, entry, formula) if formula is not None else None
        if made is not None:
            found.append(made)
    return tuple(found)


def _source(reader: Reader, entry: Document, formula: Formula) -> Source | None:
    raw: RawSource | None = reader.validated(entry, RawSource, TOP)
    if raw is None or not _is_requirement(reader, entry, raw.requires):
        return None
    effect = str(raw.by_side_effect).lower()
    if effect not in ("true", "false", "only"):
        reader.wrong(entry.at("by-side-effect"), f"expected true, false or only, got '{raw.by_side_effect}'")
        return None
    return Source(formula, raw.label, raw.requires, raw.exact, effect, raw.control)


def _sink(reader: Reader, entry: Document, formula: Formula) -> Sink | None:
    raw: RawSink | None = reader.validated(entry, RawSink, TOP)
    if raw is None or not _is_requirement(reader, entry, raw.requires):
        return None
    return Sink(formula, raw.requires, raw.exact, raw.at_exit, _has_focus(formula))


def _sanitizer(reader: Reader, entry: Document, formula: Formula) -> Sanitizer | None:
    raw: RawSanitizer | None = reader.validated(entry, RawSanitizer, (*TOP, "requires"))
    return Sanitizer(formula, raw.exact, raw.by_side_effect, raw.not_conflicting) if raw is not None else None


def _propagator(reader: Reader, entry: Document, formula: Formula) -> Propagator | None:
    raw: RawPropagator | None = reader.validated(entry, RawPropagator, TOP)
    if raw is None or not _is_requirement(reader, entry, raw.requires):
        return None
    known = {name.lstrip("$").removeprefix("...") for name in bindable(formula)}
    for key, name in (("from", raw.from_), ("to", raw.to)):
        if not name.startswith("$") or name.lstrip("$").removeprefix("...") not in known:
            message = f"no pattern of this entry binds '{name}', so that it passes nothing on"
            place = entry.at(key).place()
            reader.notices.append(Notice("notice/unbound-metavariable", message, place, "write a metavariable of its pattern"))
    return Propagator(formula, raw.from_, raw.to, raw.by_side_effect, raw.label, raw.replace_labels, raw.requires)


def _is_requirement(reader: Reader, entry: Document, requires: str) -> bool:
    if "requires" not in entry.value:
        return True
    try:
        parsed(requires)
    except ValueError as error:
        reader.wrong(entry.at("requires"), str(error), "join labels like 'A and not (B or C)'")
        return False
    return True


def _has_focus(formula: Formula) -> bool:
    """Whether the matches of a formula are parts of what its patterns match."""
    if isinstance(formula, Either):
        return any(_has_focus(part) for part in formula.parts)
    return isinstance(formula, All) and (bool(formula.focus) or any(_has_focus(part) for part in formula.parts))
