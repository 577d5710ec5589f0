"""What a formula finds in a file: Semgrep's operators over the hits of their patterns.

The order of evaluation is Semgrep's (positives, negatives, conditions, focus); within it, what is cheap or finds nothing goes
first, and patterns that match anything are tried only where the rest of the formula can still match.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from ospec_guard.pattern.formula import All, Condition, Either, Formula, Leaf, MatchesFormula, MatchesRegex, PlainCondition
from ospec_guard.pattern.hits import Bindings, Bound, Hit
from ospec_guard.pattern.needles import needles_in
from ospec_guard.pattern.node import same_variable
from ospec_guard.pattern.places import Places
from ospec_guard.pattern.scope import EVERYWHERE, Scope


class Finder(Protocol):
    """Finds the leaves of a formula in one text."""

    takes_hints: bool
    """Whether the hints of a scope make it quicker."""

    def find(self, leaf: Leaf, scope: Scope) -> list[Hit]:
        """The hits of a leaf in a scope."""

    def possible(self, leaf: Leaf) -> bool:
        """False where the text lacks a word that the leaf needs."""

    def cost(self, leaf: Leaf, scope: Scope) -> int:
        """About how many places have to be looked at to find a leaf."""

    def holds(self, condition: PlainCondition, bindings: Bindings) -> bool:
        """Whether a condition other than MatchesFormula holds."""

    def within(self, bound: Bound, language: str) -> tuple[Finder, Hit] | None:
        """Where to look for a formula inside of what a metavariable stands for, in a language ('' the same)."""


def evaluate(formula: Formula, finder: Finder, scope: Scope = EVERYWHERE, context: Hit | None = None) -> list[Hit]:
    """The hits of a formula in a scope, each place and set of bindings once.

    `context`: what stands for the positive part of a formula that has none.
    """
    return _found(formula, finder, scope, context) if possible(formula, finder) else []


def _found(formula: Formula, finder: Finder, scope: Scope, context: Hit | None) -> list[Hit]:
    """What `evaluate` gives for a formula that is known to be possible."""
    return _distinct(_hits(formula, finder, scope, context))


def possible(formula: Formula, finder: Finder) -> bool:
    """False where the text lacks a word without which the formula finds nothing."""
    # Asked for every rule and file, hence neither `any` nor `all`, which take twice the time.
    if isinstance(formula, Leaf):
        return finder.possible(formula)
    if isinstance(formula, Either):
        for part in formula.parts:  # noqa: SIM110
            if possible(part, finder):
                return True
        return False
    for part in formula.parts:
        if not possible(part, finder):
            return False
    for part in formula.inside:  # noqa: SIM110
        if not possible(part, finder):
            return False
    return True


def _hits(formula: Formula, finder: Finder, scope: Scope, context: Hit | None) -> list[Hit]:
    if isinstance(formula, Leaf):
        return finder.find(formula, scope)
    if isinstance(formula, Either):
        return [hit for part in formula.parts for hit in evaluate(part, finder, scope, context)]
    hits = _positive(formula, finder, scope, context)
    # Conditions on what is bound take hits one by one, so that the cheap ones may come before the negatives.
    cheap = [one for one in formula.conditions if not isinstance(one, MatchesFormula)]
    for plain in cheap:
        hits = [more for hit in hits for more in _under(plain, hit, finder)]
    for negative in formula.without:
        if hits:
            hits = _less_same(hits, negative, finder)
    for negative in formula.outside:
        if hits:
            others = Places(evaluate(negative, finder, Scope(near=_spans(hits))))
            hits = [hit for hit in hits if not any(agree(hit, other) for other in others.around(hit))]
    for condition in formula.conditions:
        if isinstance(condition, MatchesFormula):
            hits = [more for hit in hits for more in _under(condition, hit, finder)]
    return _focused(formula.focus, hits) if formula.focus else hits


def _positive(formula: All, finder: Finder, scope: Scope, context: Hit | None) -> list[Hit]:
    """What all positive parts find together: the cheapest first, each of the others only around what is left."""
    steps = [(part, _only_inside(part)) for part in formula.parts] + [(part, True) for part in formula.inside]
    if not steps:
        return [context] if context is not None else []
    hints = {**scope.hints, **dict(needles_in(formula.conditions))} if finder.takes_hints else scope.hints
    if len(steps) > 1:
        hinted = Scope(hints=hints)
        steps.sort(key=lambda step: cost_of(step[0], finder, hinted))
    hits: list[Hit] | None = None
    insides: list[list[Hit]] = []
    for part, is_inside in steps:
        around = scope.near if hits is None else _spans(hits)
        if is_inside:
            found = _found(part, finder, Scope(None, around, hints), context)
            if hits is None:
                insides.append(found)
            else:
                hits = _inside(hits, found)
        else:
            within = _spans(_fewest(insides)) if insides else scope.within
            found = _found(part, finder, Scope(within, around, hints), context)
            for outer in insides:
                found = _inside(found, outer)
            hits = found if hits is None else _intersected(hits, found)
        if not (found if hits is None else hits):
            return []
    if hits is None:
        hits = insides[0]
        for outer in insides[1:]:
            hits = _intersected(hits, outer)
    return hits


def _fewest(lists: list[list[Hit]]) -> list[Hit]:
    return min(lists, key=len)


def _only_inside(formula: Formula) -> bool:
    """Whether a formula says nothing but where its matches are to be."""
    if isinstance(formula, Leaf):
        return False
    if isinstance(formula, Either):
        return bool(formula.parts) and all(_only_inside(part) for part in formula.parts)
    return not formula.parts and bool(formula.inside) and not formula.focus


def cost_of(formula: Formula, finder: Finder, scope: Scope = EVERYWHERE) -> int:
    """About how many places have to be looked at to find a formula."""
    if isinstance(formula, Leaf):
        return finder.cost(formula, scope)
    if isinstance(formula, Either):
        return sum(cost_of(part, finder, scope) for part in formula.parts)
    return min((cost_of(part, finder, scope) for part in (*formula.parts, *formula.inside)), default=0)


def _spans(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """The outermost of the places, ascending."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({(hit.start, hit.end) for hit in hits}, key=lambda span: (span[0], -span[1])):
        if not merged or end > merged[-1][1]:
            merged.append((start, end))
    return merged


def _intersected(hits: list[Hit], others: list[Hit]) -> list[Hit]:
    """The smaller of every two places of which one holds the other, its own bindings before those of the larger."""
    places = Places(others)
    made = []
    for hit in hits:
        for other in places.around(hit):
            bindings = _merged(hit.bindings, other.bindings)
            if bindings is not None:
                made.append(Hit(hit.start, hit.end, bindings))
        for other in places.inside(hit):
            bindings = _merged(other.bindings, hit.bindings)
            if bindings is not None:
                made.append(Hit(other.start, other.end, bindings))
    return made


def _inside(hits: list[Hit], around: list[Hit]) -> list[Hit]:
    places = Places(around)
    made = []
    for hit in hits:
        for other in places.around(hit):
            bindings = _merged(hit.bindings, other.bindings)
            if bindings is not None:
                made.append(Hit(hit.start, hit.end, bindings))
    return _distinct(made)


def _less_same(hits: list[Hit], negative: Formula, finder: Finder) -> list[Hit]:
    """The hits without those that the negative matches as a whole; an expression removes what it overlaps by inclusion."""
    if isinstance(negative, Leaf) and negative.is_regex:
        others = evaluate(negative, finder)
        return [hit for hit in hits if not any((_covers(o, hit) or _covers(hit, o)) and agree(hit, o) for o in others)]
    same: dict[tuple[int, int], list[Hit]] = {}
    spans = _spans(hits)
    # What has the place of a hit lies in one of these; a call around them all must not widen where the rest is looked for.
    for other in evaluate(negative, finder, Scope(spans if _is_single(negative) else None, spans)):
        same.setdefault((other.start, other.end), []).append(other)
    return [hit for hit in hits if not any(agree(hit, other) for other in same.get((hit.start, hit.end), ()))]


def _is_single(formula: Formula) -> bool:
    """Whether the hits of a formula are hits of one pattern, not the smaller ones of several."""
    if isinstance(formula, Leaf):
        return True
    if isinstance(formula, Either):
        return all(_is_single(part) for part in formula.parts)
    return len(formula.parts) == 1 and not formula.inside and not formula.focus and _is_single(formula.parts[0])


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
    found = evaluate(condition.formula, inner, Scope([(whole.start, whole.end)]), whole)
    made = []
    for other in found:
        if other.start < whole.start or other.end > whole.end:
            continue
        bindings = _merged(hit.bindings, other.bindings)
        if bindings is not None:
            made.append(Hit(hit.start, hit.end, bindings))
    return _distinct(made)


def _focused(focus: tuple[tuple[str, ...], ...], hits: list[Hit]) -> list[Hit]:
    """What hits and metavariables have in common: of a hit that is inside of what the metavariable stands for, the hit."""
    made = []
    for hit in hits:
        current = [(hit.start, hit.end)]
        for names in focus:
            places = [hit.bindings[name] for name in names if name in hit.bindings and hit.bindings[name].start >= 0]
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


def agree(hit: Hit, other: Hit) -> bool:
    """Whether what both bind is the same."""
    mine = hit.bindings
    return all(name not in mine or _same(mine[name], bound) for name, bound in other.bindings.items())


def _same(one: Bound, other: Bound) -> bool:
    if one is other:
        return True
    return (one.key == other.key or _bare(one.key) == _bare(other.key)) and (
        same_variable(one.node, other.node) or one.is_loose
    )


def _bare(key: str) -> str:
    """A text literal and its content are the same to rules that bind one here and the other there."""
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key


def _merged(one: Bindings, other: Bindings) -> dict[str, Bound] | None:
    """The bindings of both; None where they contradict each other."""
    for name, bound in other.items():
        known = one.get(name)
        if known is not None and not _same(known, bound) and not name[1:].isdigit():
            return None  # The groups of two expressions, `$1` here and there, are not meant to be the same.
    return {**other, **one}


def _distinct(hits: list[Hit]) -> list[Hit]:
    if len(hits) < 2:
        return hits
    found: dict[Any, Hit] = {}
    for hit in hits:
        key = (hit.start, hit.end, tuple(sorted([(name, bound.place) for name, bound in hit.bindings.items()])))
        found.setdefault(key, hit)
    return list(found.values())
