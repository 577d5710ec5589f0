"""What a formula finds in a file: Semgrep's operators over the hits of their patterns.

The order of evaluation is Semgrep's (positives, negatives, conditions, focus); within it, what is cheap or finds nothing goes
first, and patterns that match anything are tried only where the rest of the formula can still match.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ospec_guard.pattern.formula import All, Condition, Either, Formula, Leaf, MatchesFormula, MatchesRegex
from ospec_guard.pattern.hits import Bindings, Bound, Hit
from ospec_guard.pattern.tree import same_variable

Spans = Sequence[tuple[int, int]]


class Finder(Protocol):
    """Finds the leaves of a formula in one text."""

    def find(self, leaf: Leaf, within: Spans | None) -> list[Hit]:
        """The hits of a leaf, those inside one of the spans."""

    def possible(self, leaf: Leaf) -> bool:
        """False where the text lacks a word that the leaf needs."""

    def is_open(self, leaf: Leaf) -> bool:
        """Whether the leaf matches nearly everything, so that it had better be tried last."""

    def holds(self, condition: Condition, bindings: Bindings) -> bool:
        """Whether a condition other than MatchesFormula holds."""

    def within(self, bound: Bound, language: str) -> tuple[Finder, Hit] | None:
        """Where to look for a formula inside of what a metavariable stands for, in a language ('' the same)."""


def evaluate(formula: Formula, finder: Finder, within: Spans | None = None, context: Hit | None = None) -> list[Hit]:
    """The hits of a formula, each place and set of bindings once.

    `context`: what stands for the positive part of a formula that has none.
    """
    if not _possible(formula, finder):
        return []
    return _distinct(_hits(formula, finder, within, context))


def _possible(formula: Formula, finder: Finder) -> bool:
    if isinstance(formula, Leaf):
        return finder.possible(formula)
    if isinstance(formula, Either):
        return any(_possible(part, finder) for part in formula.parts)
    return all(_possible(part, finder) for part in (*formula.parts, *formula.inside))


def _hits(formula: Formula, finder: Finder, within: Spans | None, context: Hit | None) -> list[Hit]:
    if isinstance(formula, Leaf):
        return finder.find(formula, within)
    if isinstance(formula, Either):
        return [hit for part in formula.parts for hit in evaluate(part, finder, within, context)]
    hits = _positive(formula, finder, within, context)
    for negative in formula.without:
        if hits:
            hits = _less_same(hits, negative, finder)
    for negative in formula.outside:
        if hits:
            others = evaluate(negative, finder)
            hits = [hit for hit in hits if not any(_covers(other, hit) and _agree(hit, other) for other in others)]
    for condition in formula.conditions:
        hits = [more for hit in hits for more in _under(condition, hit, finder)]
    return _focused(formula.focus, hits) if formula.focus else hits


def _positive(formula: All, finder: Finder, within: Spans | None, context: Hit | None) -> list[Hit]:
    """What all positive parts find together."""
    closed = [part for part in formula.parts if not _is_open(part, finder)]
    late = [part for part in formula.parts if _is_open(part, finder)]
    hits: list[Hit] | None = None
    for part in closed:
        found = evaluate(part, finder, within, context)
        hits = found if hits is None else _intersected(hits, found)
        if not hits:
            return []
    if hits is None and not late and not formula.inside and context is not None:
        hits = [context]
    insides: list[list[Hit]] = []
    for inside in formula.inside:
        around = evaluate(inside, finder)
        if not around:
            return []
        if hits is not None:
            hits = _inside(hits, around)
            if not hits:
                return []
        else:
            insides.append(around)
    for part in late:
        spans = _narrowed(within, insides, hits)
        found = evaluate(part, finder, spans, context)
        for around in insides:
            found = _inside(found, around)
        insides = []
        hits = found if hits is None else _intersected(hits, found)
        if not hits:
            return []
    if hits is None and insides:
        hits = insides[0]
        for around in insides[1:]:
            hits = _intersected(hits, around)
    return hits or []


def _is_open(formula: Formula, finder: Finder) -> bool:
    if isinstance(formula, Leaf):
        return finder.is_open(formula)
    if isinstance(formula, Either):
        return any(_is_open(part, finder) for part in formula.parts)
    return all(_is_open(part, finder) for part in formula.parts) and not formula.inside


def _narrowed(within: Spans | None, insides: list[list[Hit]], hits: list[Hit] | None) -> Spans | None:
    if insides:
        smallest = min(insides, key=len)
        return _spans(smallest)
    if hits is not None:
        # A later positive may be the larger of two: whatever holds a hit or is held by it lies around these.
        return within
    return within


def _spans(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """The outermost of the places, ascending."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda span: (span[0], -span[1])):
        if not merged or end > merged[-1][1]:
            merged.append((start, end))
    return merged


def _intersected(hits: list[Hit], others: list[Hit]) -> list[Hit]:
    """The smaller of every two places of which one holds the other, its own bindings before those of the larger."""
    made = []
    for hit in hits:
        for other in others:
            if _covers(other, hit):
                smaller, larger = hit, other
            elif _covers(hit, other):
                smaller, larger = other, hit
            else:
                continue
            bindings = _merged(smaller.bindings, larger.bindings)
            if bindings is not None:
                made.append(Hit(smaller.start, smaller.end, bindings))
    return made


def _inside(hits: list[Hit], around: list[Hit]) -> list[Hit]:
    made = []
    for hit in hits:
        for other in around:
            if _covers(other, hit):
                bindings = _merged(hit.bindings, other.bindings)
                if bindings is not None:
                    made.append(Hit(hit.start, hit.end, bindings))
    return _distinct(made)


def _less_same(hits: list[Hit], negative: Formula, finder: Finder) -> list[Hit]:
    """The hits without those that the negative matches as a whole; an expression removes what it overlaps by inclusion."""
    if isinstance(negative, Leaf) and negative.is_regex:
        others = evaluate(negative, finder)
        return [hit for hit in hits if not any((_covers(o, hit) or _covers(hit, o)) and _agree(hit, o) for o in others)]
    others = evaluate(negative, finder, _spans(hits))
    return [hit for hit in hits if not any(o.start == hit.start and o.end == hit.end and _agree(hit, o) for o in others)]


def _under(condition: Condition, hit: Hit, finder: Finder) -> list[Hit]:
    if not isinstance(condition, MatchesFormula):
        if not finder.holds(condition, hit.bindings):
            return []
        if isinstance(condition, MatchesRegex) and "(" in condition.regex:
            from ospec_guard.pattern.conditions import captured

            return [Hit(hit.start, hit.end, {**captured(condition, hit.bindings), **hit.bindings})]
        return [hit]
    bound = hit.bindings.get(condition.metavariable)
    if bound is None:
        return []
    place = finder.within(bound, condition.language)
    if place is None:
        return []
    inner, whole = place
    found = evaluate(condition.formula, inner, [(whole.start, whole.end)], whole)
    made = []
    for other in found:
        if other.start < whole.start or other.end > whole.end:
            continue
        bindings = _merged(hit.bindings, other.bindings)
        if bindings is not None:
            made.append(Hit(hit.start, hit.end, bindings))
    return _distinct(made)


def _focused(focus: tuple[tuple[str, ...], ...], hits: list[Hit]) -> list[Hit]:
    """The places of metavariables instead of the places around them."""
    made = []
    for hit in hits:
        current = [(hit.start, hit.end)]
        for names in focus:
            places = [hit.bindings[name] for name in names if name in hit.bindings and hit.bindings[name].start >= 0]
            if len(focus) == 1:
                current = [(bound.start, bound.end) for bound in places]
            else:
                current = [
                    (max(start, bound.start), min(end, bound.end))
                    for start, end in current
                    for bound in places
                    if max(start, bound.start) < min(end, bound.end) or (bound.start >= start and bound.end <= end)
                ]
        made += [Hit(start, end, hit.bindings) for start, end in current if hit.start <= start and end <= hit.end]
    return made


def _covers(outer: Hit, inner: Hit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _agree(hit: Hit, other: Hit) -> bool:
    """Whether what both bind is the same."""
    mine = hit.bindings
    return all(name not in mine or _same(mine[name], bound) for name, bound in other.bindings.items())


def _same(one: Bound, other: Bound) -> bool:
    if one is other:
        return True
    return (one.key == other.key or _bare(one.key) == _bare(other.key)) and same_variable(one.node, other.node)


def _bare(key: str) -> str:
    """A text literal and its content are the same to rules that bind one here and the other there."""
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key


def _merged(one: Bindings, other: Bindings) -> dict[str, Bound] | None:
    """The bindings of both; None where they contradict each other."""
    for name, bound in other.items():
        known = one.get(name)
        if known is not None and not _same(known, bound):
            return None
    return {**other, **one}


def _distinct(hits: list[Hit]) -> list[Hit]:
    if len(hits) < 2:
        return hits
    found: dict[Any, Hit] = {}
    for hit in hits:
        key = (hit.start, hit.end, tuple(sorted([(name, bound.place) for name, bound in hit.bindings.items()])))
        found.setdefault(key, hit)
    return list(found.values())
