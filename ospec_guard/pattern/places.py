"""Hits by their places: which of them hold another piece of the text, and which are inside of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Protocol

from ospec_guard.pattern.hits import Hit


class Placed(Protocol):
    """Anything that is somewhere in a text."""

    start: int
    """Byte offset."""
    end: int


class Places:
    """Hits, to be asked for by place."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits = sorted(hits, key=lambda hit: (hit.start, -hit.end))
        self._starts = [hit.start for hit in self._hits]
        self._outer: list[int] = []
        """The nearest hit before each that is not over where it starts; -1: none. What is between is over before."""
        open_: list[int] = []
        for at, hit in enumerate(self._hits):
            while open_ and self._hits[open_[-1]].end < hit.start:
                open_.pop()
            self._outer.append(open_[-1] if open_ else -1)
            open_.append(at)

    def around(self, hit: Placed) -> Iterator[Hit]:
        """Those that hold it, the nearest first."""
        at = bisect_right(self._starts, hit.start) - 1
        while at >= 0:
            if self._hits[at].end >= hit.end:
                yield self._hits[at]
            at = self._outer[at]

    def inside(self, hit: Placed) -> Iterator[Hit]:
        """Those that it holds, but for those at the very same place."""
        at = bisect_left(self._starts, hit.start)
        while at < len(self._hits) and self._starts[at] <= hit.end:
            other = self._hits[at]
            if other.end <= hit.end and (other.start, other.end) != (hit.start, hit.end):
                yield other
            at += 1
