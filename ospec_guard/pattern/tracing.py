"""What each part of a formula finds in a text, and what becomes of it on the way to the result, in words for people.

Every part is evaluated by `evaluate` itself: a step of a conjunction is a conjunction of that step alone, on what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

from ospec_guard.pattern.evaluate import Finder, evaluate
from ospec_guard.pattern.explaining import name_of, shown, told
from ospec_guard.pattern.formula import All, Comparison, Condition, Formula, Leaf
from ospec_guard.pattern.hits import Bindings, Bound, Hit
from ospec_guard.values import replace

_MOST = 12
"""Lines and hits that are listed."""

LineOf = Callable[[int], int]
"""The 1-based line of a byte."""


def traced(formula: Formula, finder: Finder, line_of: LineOf, missing: Callable[[Leaf], str]) -> tuple[str, ...]:
    """What the parts of a formula find in the finder's text, a line each, indented as they are nested.

    `missing` says what a leaf needs that the text lacks; empty: nothing.
    """
    return tuple(_Trace(finder, line_of, missing).of(formula, ""))


class _Trace:
    """The text that is told about."""

    def __init__(self, finder: Finder, line_of: LineOf, missing: Callable[[Leaf], str]) -> None:
        self._finder = finder
        self._line_of = line_of
        self._missing = missing

    def of(self, formula: Formula, role: str) -> Iterator[str]:
        """A part and the parts in it."""
        name = name_of(formula, role)
        if isinstance(formula, Leaf):
            yield f"{name}: {shown(formula.text)}: {self._found(formula)}"
            return
        if not isinstance(formula, All):
            yield f"{name}: {self._places(evaluate(formula, self._finder))}"
            for part in formula.parts:
                yield from _indented(self.of(part, ""))
            return
        yield f"{name}:"
        yield from _indented(self._conjunction(formula))

    def _found(self, leaf: Leaf) -> str:
        lacking = self._missing(leaf)
        if lacking:
            return f"matches nowhere: {lacking}"
        hits = evaluate(leaf, self._finder)
        return self._places(hits) if hits or leaf.is_regex else "matches nowhere: its words are there, but no code of its form"

    def _conjunction(self, formula: All) -> Iterator[str]:
        """One step after the other, until nothing is left."""
        hits: list[Hit] = []
        positives = [*(("parts", one) for one in formula.parts), *(("inside", one) for one in formula.inside)]
        so_far = All()
        for at, (field, part) in enumerate(positives):
            yield from self.of(part, "inside" if field == "inside" else "")
            so_far = replace(so_far, **{field: (*getattr(so_far, field), part)})
            before, hits = hits, evaluate(so_far, self._finder)
            if at:
                yield f"together: {self._places(hits)}" + ("" if hits else self._apart(before, part))
            if not hits:
                break
        negatives = [
            *(("not", part, All(without=(part,))) for part in formula.without),
            *(("not-inside", part, All(outside=(part,))) for part in formula.outside),
        ]
        for role, part, step in negatives:
            if hits:
                yield from self.of(part, role)
                hits = yield from self._step(step, hits)
        for condition in formula.conditions:
            if hits:
                yield told(condition)
                hits = yield from self._step(All(conditions=(condition,)), hits, condition)
        if hits and formula.focus:
            hits = [one for hit in hits for one in evaluate(All(focus=formula.focus), self._finder, context=hit)]
            yield f"focus-metavariable {' and '.join(' or '.join(names) for names in formula.focus)}: {self._places(hits)}"
        if not hits and positives:
            yield "nothing is left"

    def _step(self, step: All, hits: list[Hit], condition: Condition | None = None) -> Generator[str, None, list[Hit]]:
        """What a step leaves of some hits; tells which it takes."""
        left: list[Hit] = []
        taken: list[Hit] = []
        for hit in hits:
            kept = evaluate(step, self._finder, context=hit)
            left += kept
            if not kept:
                taken.append(hit)
        if not taken:
            yield "  takes nothing away" if condition is None else "  holds everywhere"
        elif condition is None:
            yield f"  takes away {self._lines(taken)}; left: {self._lines(left) if left else 'nothing'}"
        else:
            for hit in taken[:_MOST]:
                yield f"  fails for {_values(condition, hit.bindings)} at line {self._line_of(hit.start)}"
            if len(taken) > _MOST:
                yield f"  fails at {len(taken) - _MOST} more places"
            yield f"  left: {self._lines(left) if left else 'nothing'}"
        return left

    def _apart(self, before: Sequence[Hit], part: Formula) -> str:
        """Why what was found before and what a part finds do not go together."""
        others = evaluate(part, self._finder)
        if not others:
            return ""
        for hit in before:
            for other in others:
                if other.start <= hit.start and hit.end <= other.end:
                    for name, bound in other.bindings.items():
                        mine = hit.bindings.get(name)
                        if mine is not None and mine.key != bound.key:
                            line = self._line_of(hit.start)
                            return f": at line {line}, {name} is {_text(mine)} in the one and {_text(bound)} in the other"
        return ": no match of the one lies within one of the other"

    def _places(self, hits: Sequence[Hit]) -> str:
        return f"matches at {self._lines(hits)}" if hits else "matches nowhere"

    def _lines(self, hits: Sequence[Hit]) -> str:
        lines = sorted({self._line_of(hit.start) for hit in hits})
        some = ", ".join(str(line) for line in lines[:_MOST])
        more = f" and {len(lines) - _MOST} more" if len(lines) > _MOST else ""
        return f"line{'s' if len(lines) > 1 else ''} {some}{more}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _values(condition: Condition, bindings: Bindings) -> str:
    """What a condition is about, as it stands in the text."""
    if isinstance(condition, Comparison):
        names = [name for name in bindings if name in condition.expression or name == condition.metavariable]
    else:
        names = [condition.metavariable]
    shown_values = [f"{name} = {_text(bindings[name])}" if name in bindings else f"{name}, which is nothing," for name in names]
    return " and ".join(shown_values) or "what is there"


def _text(bound: Bound) -> str:
    return f"`{shown(bound.text)}`"
