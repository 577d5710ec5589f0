"""What surrounds a piece of a text: the definition or statement it lies in, with what leads and trails that.

A *unit* is a definition or statement. A *note* is a comment, or an attribute that stands before its definition as a sibling.
Which note belongs to which unit is told by the text between them, as grammars put comments in all sorts of places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ospec_guard.languages.facts import BODY_FIELDS, HEAD_FIELDS, Facts
from ospec_guard.languages.node import Node, Step, path_to

_SPACE = b" \t\r\n\f\v"
_BLANK = b" \t\f\v"
_GAP = 4096
"""Bytes of white space beyond which nothing belongs together."""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A comment (False: an attribute), in bytes."""

    start: int
    end: int
    comment: bool


class Blocks:
    """The units of one parsed text and what belongs to them."""

    def __init__(self, root: Node, data: bytes, facts: Facts, notes: list[Note], trailers: list[tuple[int, int]]) -> None:
        self._root = root
        self._data = data
        self._facts = facts
        self._notes = notes
        self._trailers = trailers

    def block(self, start: int, end: int) -> tuple[int, int]:
        """See `Structure.block`."""
        first, last = self._trimmed(start, end)
        note = self._note_at(first, last)
        first, last = (first, last) if note is not None else self._bared(first, last)
        path = self._owner(note, last) if note is not None else []
        path = self._outermost(path or self._to_unit(first, last))
        touched = self._touched(path_to(self._root, first, last), first, last)
        if path:
            first, last = self._extended(path[-1][0], path[-1][0])
        elif note is not None:
            first, last = self._run(note)
        elif touched:
            first, last = self._extended(touched[0], touched[-1])
        return min(start, first), max(end, last)

    def statement(self, start: int, end: int) -> tuple[int, int]:
        """See `Structure.statement`."""
        first, last = self._trimmed(start, end)
        note = self._note_at(first, last)
        if note is not None:
            return note.start, max(note.end, last)
        first, last = self._bared(first, last)
        trailer = self._trailer_at(first, last)
        path = path_to(self._root, first, last)
        if trailer or path[-1][0].type in self._facts.opaque:
            return self._lines(trailer or (path[-1][0].start_byte, path[-1][0].end_byte), first, last)
        unit = self._to_unit(first, last, clauses=True)
        touched = self._touched(path, first, last)
        if unit and len(touched) <= 1:
            return self._head(self._outermost(unit)[-1][0], first, last)
        if touched:
            head = self._head(touched[-1], touched[-1].start_byte, touched[-1].start_byte)
            return min(first, touched[0].start_byte), max(last, head[1])
        return first, last

    # The unit around a piece.

    def _to_unit(self, first: int, last: int, *, clauses: bool = False) -> list[Step]:
        """The path down to the smallest unit that holds the piece, or to the only one that it touches; empty: none."""
        trailer = self._trailer_at(first, last)
        if trailer:
            first = last = self._before(trailer[0])
        path = path_to(self._root, first, last)
        touched = self._touched(path, first, last)
        if len(touched) == 1:
            return [*path, (touched[0], "")]
        depth = len(path) - 1
        while depth and not self._is_unit(path, depth, clauses=clauses):
            depth -= 1
        return path[: depth + 1] if depth else []

    def _is_unit(self, path: list[Step], depth: int, *, clauses: bool = False) -> bool:
        node, field = path[depth]
        return self._unit(node, field, path[depth - 1][0]) or (clauses and node.type in self._facts.clauses)

    def _unit(self, node: Node, field: str, parent: Node) -> bool:
        """Whether `node`, which fills `field` of `parent`, is a definition or statement."""
        facts, kind = self._facts, node.type
        if not node.is_named:  # keywords may be called as nodes
            return False
        if kind in facts.units:
            return True
        if kind in facts.definitions:
            name = facts.definitions[kind]
            if not callable(name) or name(node):
                return True
        if node.is_extra or kind in self._never:
            return False
        if kind in facts.leads and (facts.is_lead is None or facts.is_lead(node)):
            return False
        if kind in facts.statements and field in BODY_FIELDS:
            return True
        return (parent.type in facts.sequences or parent.is_error) and field not in HEAD_FIELDS

    @cached_property
    def _never(self) -> frozenset[str]:
        facts = self._facts
        return facts.comments | facts.bodies | facts.asides | facts.clauses | facts.trailers

    def _touched(self, path: list[Step], first: int, last: int) -> list[Node]:
        """The units directly in the last node of a path that the piece touches; not one alone with a part of something else."""
        sequence = path[-1][0]
        if sequence.type not in self._facts.sequences and not sequence.is_error:
            return []
        found: list[Node] = []
        others = False
        cursor = sequence.walk()
        more = cursor.goto_first_child_for_byte(first) is not None
        while more and (node := cursor.node) is not None and node.start_byte < last:
            if self._unit(node, cursor.field_name or "", sequence):
                found.append(node)
            elif node.is_named or node.type.isalnum():
                others |= not (node.is_extra or node.type in self._facts.comments or node.type in self._facts.leads)
            more = cursor.goto_next_sibling()
        return [] if others and len(found) == 1 else found

    def _outermost(self, path: list[Step]) -> list[Step]:
        """The path up to the last of the wrappers around its unit that hold no other."""
        while path[2:] and (wrapper := path[-2][0]).type in self._facts.wrappers:
            if sum(self._unit(child, "", wrapper) for child in wrapper.named_children) > 1:
                break
            path = path[:-1]
        return path

    # The head of a unit.

    def _head(self, unit: Node, first: int, last: int) -> tuple[int, int]:
        """The part of a unit, bounded by its bodies, that the piece lies in; its head, if that is in a body."""
        low, high = unit.start_byte, self._end(unit)
        bodies = self._bodies(unit)
        if any(start <= first and last <= end for start, end in bodies):
            first = last = low
        for start, end in bodies:
            if end <= first:
                low = end
            elif start <= first:
                low = first
            else:
                high = max(start, last)
                break
        return self._bared(*self._trimmed(low, high))

    def _bodies(self, unit: Node) -> list[tuple[int, int]]:
        """The outermost bodies, clauses and units in a unit (save those it wraps), ascending."""
        facts = self._facts
        ends = facts.bodies | facts.clauses
        found: list[tuple[int, int]] = []
        work = [unit]
        while work:
            parent = work.pop()
            cursor = parent.walk()
            more = cursor.goto_first_child()
            while more and (node := cursor.node) is not None:
                wrapped = parent.type in facts.wrappers
                if (node.is_named and node.type in ends) or (not wrapped and self._unit(node, cursor.field_name or "", parent)):
                    found.append((node.start_byte, node.end_byte))
                elif node.child_count:
                    work.append(node)
                more = cursor.goto_next_sibling()
        return sorted(found)

    # What belongs to a unit.

    def _extended(self, first: Node, last: Node) -> tuple[int, int]:
        return self._lead(first.start_byte), self._trail(self._end(last))

    def _lead(self, start: int) -> int:
        """Where the notes begin that stand directly above the byte at `start`, or before it on its line."""
        at = self._notes_until(start - 1)
        while at >= 0:
            note = self._notes[at]
            lines = self._lines_between(note.end, start)
            if lines is None or (note.comment and lines and (lines > 1 or self._trails(at) or self._further_in(note, start))):
                break
            start = note.start
            at -= 1
        return start

    def _run(self, note: Note) -> tuple[int, int]:
        """The adjacent comments that a comment is one of."""
        end = note.end
        for other in self._notes_from(self._notes_until(note.start) + 1):
            if self._lines_between(end, other.start) not in (0, 1):
                break
            end = other.end
        return self._lead(note.start), end

    def _trails(self, at: int) -> bool:
        """Whether code stands before a note on its line."""
        start = self._notes[at].start
        while at and self._lines_between(self._notes[at - 1].end, start) == 0:
            at -= 1
            start = self._notes[at].start
        return bool(self._data[self._line_start(start) : start].strip(_BLANK))

    def _further_in(self, note: Note, unit: int) -> bool:
        """Whether a comment is indented deeper than what follows, where that means something."""
        return self._facts.indented and note.start - self._line_start(note.start) > unit - self._line_start(unit)

    def _trail(self, end: int) -> int:
        """Where the comments end that follow the byte before `end` on its line, with nothing but those behind it."""
        line_end, last = self._line_end(end), end
        for note in self._notes_from(self._notes_until(end - 1) + 1):
            if not note.comment or note.start >= line_end or self._data[last : note.start].strip(_BLANK + b";,"):
                break
            last = note.end
        if not self._data[last : self._line_end(last)].strip(_SPACE):
            end = last
        return next((span[1] for span in self._trailers if span[0] in (line_end, line_end + 1)), end)

    def _note_at(self, first: int, last: int) -> Note | None:
        """The note that holds the start of the piece, if the piece holds nothing but adjacent notes."""
        at = self._notes_until(first)
        if at < 0 or self._notes[at].end <= first:
            return None
        end = self._notes[at].end
        for other in self._notes_from(at + 1):
            if other.start >= last or self._lines_between(end, other.start) is None:
                break
            end = other.end
        return self._notes[at] if last <= end else None

    def _owner(self, note: Note, last: int) -> list[Step]:
        """The path to the unit that a note leads or trails; empty: none."""
        at, after = self._notes_until(note.start), self._skip(note.end)
        while at + 1 < len(self._notes) and self._notes[at + 1].start == after:
            at += 1
            after = self._skip(self._notes[at].end)
        path = path_to(self._root, after, after)
        starting = [depth for depth in range(1, len(path)) if path[depth][0].start_byte == after and self._is_unit(path, depth)]
        if starting:
            path = path[: starting[0] + 1]
            if self._lead(self._outermost(path)[-1][0].start_byte) <= note.start:
                return path
        before = self._before(note.start)
        if before < self._line_start(note.start):
            return []
        path = path_to(self._root, before, before + 1)
        for depth in range(len(path) - 1, 0, -1):
            if self._is_unit(path, depth) and self._trail(self._end(path[depth][0])) >= last:
                return path[: depth + 1]
        return []

    def _bared(self, first: int, last: int) -> tuple[int, int]:
        """The piece without the comments at its ends."""
        for note in self._notes_from(max(0, self._notes_until(first))):
            if note.start != first or note.end >= last or not note.comment:
                break
            first = self._skip(note.end)
        at = self._notes_until(last - 1)
        while at >= 0 and self._notes[at].comment and self._notes[at].end == last and self._notes[at].start > first:
            last = self._trimmed(first, self._notes[at].start)[1]
            at -= 1
        return first, last

    def _trailer_at(self, first: int, last: int) -> tuple[int, int] | None:
        return next((span for span in self._trailers if span[0] <= first and last <= span[1]), None)

    # Text.

    def _notes_from(self, at: int) -> Iterator[Note]:
        return (self._notes[index] for index in range(at, len(self._notes)))

    def _notes_until(self, offset: int) -> int:
        """The index of the last note that starts at or before `offset`; -1: none."""
        return bisect_right(self._notes, offset, key=lambda note: note.start) - 1

    def _lines_between(self, end: int, start: int) -> int | None:
        """How many line ends lie between two places; None where there is more than white space, or nothing."""
        gap = self._data[end : min(start, end + _GAP)]
        if end > start or start > end + _GAP or gap.strip(_SPACE):
            return None
        return gap.count(b"\n") or gap.count(b"\r")

    def _line_start(self, offset: int) -> int:
        return self._data.rfind(b"\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        found = self._data.find(b"\n", offset)
        return len(self._data) if found < 0 else found

    def _lines(self, within: tuple[int, int], first: int, last: int) -> tuple[int, int]:
        """The lines that the piece touches, as far as they lie in `within`."""
        return self._trimmed(max(within[0], self._line_start(first)), min(within[1], self._line_end(max(first, last - 1))))

    def _end(self, node: Node) -> int:
        return self._trimmed(node.start_byte, node.end_byte)[1]

    def _skip(self, offset: int) -> int:
        """The first byte from `offset` on that is not white space."""
        while offset < len(self._data) and self._data[offset] in _SPACE:
            offset += 1
        return offset

    def _before(self, offset: int) -> int:
        """The last byte before `offset` that is neither white space nor a separator."""
        while offset and self._data[offset - 1] in _SPACE + b";,":
            offset -= 1
        return offset - 1

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The span without white space at its ends; an empty one at its start, if there is nothing else."""
        first, last = start, min(end, len(self._data))
        while first < last and self._data[first] in _SPACE:
            first += 1
        while last > first and self._data[last - 1] in _SPACE:
            last -= 1
        return (first, last) if first < last else (start, start)
