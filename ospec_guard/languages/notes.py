"""Comments, and attributes that stand before a definition as its siblings, and which unit they belong to.

The text between a note and a unit tells, not the tree: grammars put comments in all sorts of places. Whether a byte is in a
note is asked of the tree on the way down, so that few questions do not pay for a walk over all of it; many do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from ospec_guard.languages.facts import Facts
from ospec_guard.languages.node import Node, nodes_of, path_to
from ospec_guard.languages.spans import BLANK, SPACE, line_end, line_ends, line_start, skip, skip_back, trimmed
from ospec_guard.values import value

_WALK = 200
"""Bytes that a walk passes in the time of one question on the way down."""


@value
class Note:
    """A comment (False: an attribute), in bytes."""

    start: int
    end: int
    comment: bool


class Notes:
    """The notes of one parsed text."""

    def __init__(self, root: Node, data: bytes, facts: Facts) -> None:
        self._root = root
        self._data = data
        self._facts = facts
        self._asked = 0
        self._leads: dict[int, int] = {}
        self._afters: dict[int, int] = {}

    def at(self, offset: int) -> Note | None:
        """The note that holds the byte at `offset`."""
        self._asked += 1
        if self._asked * _WALK < len(self._data):
            path = path_to(self._root, offset, min(offset + 1, len(self._data)))
            nodes = [node for node, _ in path]
            note = next((note for parent, node in pairwise(nodes) if (note := self._note(node, parent))), None)
        else:
            index = bisect_right(self._all, offset, key=lambda note: note.start) - 1
            note = self._all[index] if index >= 0 else None
        return note if note and note.start <= offset < note.end else None

    def _note(self, node: Node, parent: Node | None) -> Note | None:
        """The node as a note. An attribute inside of its definition needs nobody to tell that it belongs there."""
        facts = self._facts
        comment = node.type in facts.comments
        sibling = parent is not None and parent.type in facts.sequences and node.type in facts.leads
        if comment or (sibling and (facts.is_lead is None or facts.is_lead(node))):
            return Note(*trimmed(self._data, node.start_byte, node.end_byte), comment)
        return None

    @cached_property
    def _all(self) -> list[Note]:
        found: list[Note] = []
        for node, parent, _ in nodes_of(self._root, self._facts.comments | self._facts.leads):
            if (note := self._note(node, parent)) and (not found or note.start >= found[-1].end):
                found.append(note)
        return found

    def covering(self, first: int, last: int) -> Note | None:
        """The note at `first`, if there is nothing but it and notes after it up to `last`."""
        note = self.at(first)
        end = max(note.end, first + 1) if note else 0
        while note and end < last:
            end = skip(self._data, end)
            if end < last:
                following = self.at(end)
                note, end = (note, following.end) if following else (None, end)
        return note

    def bared(self, first: int, last: int) -> tuple[int, int]:
        """The piece without the comments at its ends."""
        while (note := self.at(first)) and note.comment and note.start == first and note.end < last:
            first = skip(self._data, note.end)
        while last > first and (note := self.at(last - 1)) and note.comment and note.end == last and note.start > first:
            last = trimmed(self._data, first, note.start)[1]
        return first, last

    def lead(self, start: int) -> int:
        """Where the notes begin that stand directly above the byte at `start`, or before it on its line."""
        passed = []
        while start not in self._leads:
            passed.append(start)
            end = skip_back(self._data, start)
            note = self.at(end - 1) if end else None
            if note is None or note.end != end or not self._adjoins(note, start):
                self._leads[start] = start
                break
            start = note.start
        first = self._leads[start]
        self._leads.update(dict.fromkeys(passed, first))
        return first

    def trail(self, end: int) -> int:
        """Where the comments end that follow the byte before `end` on its line, with nothing but those behind it."""
        data, last = self._data, end
        while True:
            after = skip(data, last, BLANK + b";,")
            note = self.at(after)
            if note is None or not note.comment or note.start != after:
                break
            last = note.end
        after = skip(data, last, BLANK + b"\r")
        return last if after in (len(data), line_end(data, last)) else end

    def run(self, note: Note) -> tuple[int, int]:
        """The adjacent comments that a comment is one of."""
        *_, last = self._following(note, most_lines=1)
        return self.lead(note.start), last.end

    def after(self, note: Note) -> int:
        """The first byte of code behind a note and the notes that follow it."""
        passed = []
        for following in self._following(note):
            passed.append(following.start)
            if following.start in self._afters:
                after = self._afters[following.start]
                break
            after = skip(self._data, following.end)
        self._afters.update(dict.fromkeys(passed, after))
        return after

    def _following(self, note: Note, most_lines: int | None = None) -> Iterator[Note]:
        """The note and those behind it with nothing but white space between."""
        following: Note | None = note
        while following is not None:
            yield following
            start = skip(self._data, following.end)
            if start >= len(self._data) or (
                most_lines is not None and line_ends(self._data, following.end, start) > most_lines
            ):
                return
            following = self.at(start)

    def _adjoins(self, note: Note, start: int) -> bool:
        """Whether a note, with white space between it and the byte at `start`, belongs to what starts there."""
        lines = line_ends(self._data, note.end, start)
        if not note.comment or not lines:
            return True
        return lines == 1 and not self._trails(note) and not self._further_in(note, start)

    def _trails(self, note: Note) -> bool:
        """Whether code stands before a note on its line."""
        before: Note | None = note
        while before is not None:
            end = skip_back(self._data, before.start, BLANK)
            if end == 0 or self._data[end - 1] in SPACE:
                return False
            before = self.at(end - 1)
        return True

    def _further_in(self, note: Note, unit: int) -> bool:
        """Whether a comment is indented deeper than what follows, where that means something."""
        if not self._facts.indented:
            return False
        return note.start - line_start(self._data, note.start) > unit - line_start(self._data, unit)
