"""Which ops of a graph are sources, sanitizers, sinks and ends of propagators of a rule.

Told by places, as Semgrep does: an op is one when it lies in a match. Where only the whole of a match is meant (`exact`, the
usual case for sinks), that is the largest op in it: a pattern may be wider than any op, by a semicolon say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from ospec_guard.pattern.evaluate import Finder, cost_of, evaluate, possible
from ospec_guard.pattern.flow.ir import Graph, Op
from ospec_guard.pattern.flow.spec import Propagator, Sanitizer, Sink, Source, Taint
from ospec_guard.pattern.hits import Hit
from ospec_guard.pattern.places import Places

Spec = TypeVar("Spec", Source, Sink, Sanitizer)


class Mark(Generic[Spec]):
    """A match of one entry of a rule."""

    __slots__ = ("hit", "number", "spec")

    def __init__(self, spec: Spec, number: int, hit: Hit) -> None:
        self.spec: Spec = spec
        self.number = number
        """Of the entry, from 0."""
        self.hit = hit


class Marks(Generic[Spec]):
    """The matches of all entries of one sort in a file."""

    def __init__(self, specs: Sequence[Spec], finder: Finder) -> None:
        self.all: list[Mark[Spec]] = []
        for number, spec in enumerate(specs):
            self.all += [Mark(spec, number, hit) for hit in evaluate(spec.formula, finder)]
        self.keep(self.all)

    def keep(self, marks: Iterable[Mark[Spec]]) -> None:
        """Leaves out all others."""
        self.all = list(marks)
        self._of: dict[int, Mark[Spec]] = {id(mark.hit): mark for mark in self.all}
        self._places = Places([mark.hit for mark in self.all])

    def around(self, op: Op) -> list[Mark[Spec]]:
        """The matches that an op lies in, by entry and place."""
        if not self.all:
            return []
        found = [self._of[id(hit)] for hit in self._places.around(op)]
        return sorted(found, key=lambda mark: (mark.number, mark.hit.start, mark.hit.end)) if len(found) > 1 else found

    def touch(self, start: int, end: int) -> bool:
        """Whether any match lies in a piece of the text, or holds it."""
        return any((start <= mark.hit.start < end) or (mark.hit.start <= start and end <= mark.hit.end) for mark in self.all)


class Marked:
    """The ops of one graph with what they are to a rule."""

    def __init__(self, graph: Graph, matches: Matches) -> None:
        self._sources: dict[Op, list[Mark[Source]]] = {}
        self._sinks: dict[Op, list[Mark[Sink]]] = {}
        self._sanitizers: dict[Op, list[Mark[Sanitizer]]] = {}
        ops = [op for block in graph.blocks for one in block.ops for op in ops_in(one)]
        _best(ops, matches.sources, self._sources)
        _best(ops, matches.sinks, self._sinks)
        _best(ops, matches.sanitizers, self._sanitizers)

    def sources(self, op: Op) -> list[Mark[Source]]:
        return self._sources.get(op, [])

    def sinks(self, op: Op) -> list[Mark[Sink]]:
        return self._sinks.get(op, [])

    def sanitizers(self, op: Op) -> list[Mark[Sanitizer]]:
        return self._sanitizers.get(op, [])


def ops_in(op: Op) -> Iterator[Op]:
    """An op and all its parts."""
    work = [op]
    while work:
        one = work.pop()
        yield one
        work += one.kids


def _best(ops: list[Op], marks: Marks[Spec], found: dict[Op, list[Mark[Spec]]]) -> None:
    """Gives each op its marks; of an exact entry the largest ops alone."""
    if not marks.all:
        return
    inside: dict[int, set[tuple[int, int]]] = {}
    for op in ops:
        around = marks.around(op)
        if around:
            found[op] = around
            for mark in around:
                if mark.spec.exact:
                    inside.setdefault(mark.number, set()).add((op.start, op.end))
    largest = {number: _outermost(places) for number, places in inside.items()}
    for op, around in found.items():
        found[op] = [mark for mark in around if not mark.spec.exact or (op.start, op.end) in largest[mark.number]]


def _outermost(places: set[tuple[int, int]]) -> set[tuple[int, int]]:
    kept: set[tuple[int, int]] = set()
    reach = -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if end > reach:
            kept.add((start, end))
            reach = end
    return kept


class Matches:
    """What the entries of a rule match in a file."""

    def __init__(self, taint: Taint, finder: Finder) -> None:
        # Without a sink there is nothing to follow values to, and without a source none to follow: the cheaper comes first.
        able = possible(taint.needed, finder)
        costs = [sum(cost_of(one.formula, finder) for one in side) if able else 0 for side in (taint.sinks, taint.sources)]
        self.sinks: Marks[Sink] = Marks((), finder)
        self.sources: Marks[Source] = Marks(taint.sources if able and costs[1] < costs[0] else (), finder)
        if able and (self.sources.all or costs[1] >= costs[0]):
            self.sinks = Marks(taint.sinks, finder)
            if self.sinks.all and costs[1] >= costs[0]:
                self.sources = Marks(taint.sources, finder)
        self.sources_at: dict[tuple[int, int, int], list[Hit]] = {}
        """By bytes and number of the entry."""
        for mark in self.sources.all:
            self.sources_at.setdefault((mark.hit.start, mark.hit.end, mark.number), []).append(mark.hit)
        some = bool(self.sources.all)
        self.sanitizers: Marks[Sanitizer] = Marks(taint.sanitizers if some else (), finder)
        self.sanitizers.keep([mark for mark in self.sanitizers.all if not self._conflicts(mark)])
        self.froms: dict[tuple[int, int], list[tuple[str, Propagator]]] = {}
        self.tos: dict[tuple[int, int], list[tuple[str, Propagator]]] = {}
        for number, one in enumerate(taint.propagators if some else ()):
            for hit in evaluate(one.formula, finder):
                given, taken = hit.bindings.get(one.from_), hit.bindings.get(one.to)
                if given is None or taken is None or given.start < 0 or taken.start < 0:
                    continue
                name = f"{number}:{given.start}:{given.end}:{taken.start}:{taken.end}"
                self.froms.setdefault((given.start, given.end), []).append((name, one))
                self.tos.setdefault((taken.start, taken.end), []).append((name, one))

    def _conflicts(self, mark: Mark[Sanitizer]) -> bool:
        """Whether what sanitizes is a source or a sink too, and gives way."""
        if not mark.spec.not_conflicting:
            return False
        place = (mark.hit.start, mark.hit.end)
        hits = [*[other.hit for other in self.sinks.all], *[other.hit for other in self.sources.all]]
        return any((hit.start, hit.end) == place for hit in hits)
