"""Where in a text a pattern is looked for, and what is known before about what it finds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from ospec_guard.pattern.needles import Needles

Spans = Sequence[tuple[int, int]]
"""Places in bytes, ascending; none is inside of another."""

_FAR = 1 << 62


class Scope:
    """Where in a text to look: inside of spans, and at what touches spans."""

    def __init__(
        self, within: Spans | None = None, near: Spans | None = None, hints: Mapping[str, Needles] | None = None
    ) -> None:
        """`within`: only what is inside of one of these counts; None: anything. `near`: what touches none of these may be left
        out. `hints`: needles of what metavariables must stand for; other hits may be left out.
        """
        self.within = within
        self.near = near
        self.hints = hints or {}

    @cached_property
    def _within(self) -> Spans | None:
        return None if self.within is None else sorted(self.within)

    @cached_property
    def _near(self) -> Spans | None:
        return None if self.near is None else sorted(self.near)

    def holds(self, start: int, end: int) -> bool:
        """Whether a place counts."""
        within = self._within
        if within is not None:
            at = bisect_right(within, (start, _FAR)) - 1
            if at < 0 or end > within[at][1]:
                return False
        return self._near is None or _touches(self._near, start, end)

    def touches(self, start: int, end: int) -> bool:
        """Whether something in a place may count."""
        if self._within is not None and not _touches(self._within, start, end):
            return False
        return self._near is None or _touches(self._near, start, end)

    @property
    def is_everywhere(self) -> bool:
        """Whether no place is left out."""
        return self.within is None and self.near is None


EVERYWHERE = Scope()


def _touches(spans: Spans, start: int, end: int) -> bool:
    at = bisect_left(spans, (end, 0)) - 1
    return at >= 0 and spans[at][1] > start
