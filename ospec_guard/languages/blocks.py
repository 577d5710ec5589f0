"""What surrounds a piece of a text: the definition or statement it lies in, with the notes that lead and trail it.

A *unit* is a definition or statement. Its *head* goes up to its body.
"""

from __future__ import annotations

from functools import cached_property

from ospec_guard.languages.facts import BODY_FIELDS, HEAD_FIELDS, Facts
from ospec_guard.languages.node import Node, Step, path_to
from ospec_guard.languages.notes import Note, Notes
from ospec_guard.languages.spans import SPACE, line_end, line_start, skip_back, trimmed


class Blocks:
    """The units of one parsed text and what belongs to them."""

    def __init__(self, root: Node, data: bytes, facts: Facts) -> None:
        self._root = root
        self._data = data
        self._facts = facts
        self._notes = Notes(root, data, facts)
        self._kept_bodies: dict[int, list[tuple[int, int]]] = {}

    def block(self, start: int, end: int) -> tuple[int, int]:
        """See `Structure.block`."""
        first, last = trimmed(self._data, start, end)
        note = self._notes.covering(first, last)
        if note is None:
            first, last = self._notes.bared(first, last)
        path = (note and self._owner(note, last)) or self._to_unit(first, last)
        if path:
            unit = self._outermost(path)[-1][0]
            first, last = self._extended(unit, unit)
        elif note is not None:
            first, last = self._notes.run(note)
        else:
            within = path_to(self._root, first, last)
            if touched := self._touched(within, first, last):
                first, last = self._extended(touched[0], touched[-1])
            elif within[-1][0].type in self._facts.opaque:
                first, last = self._lines(within[-1][0], first, last)
        return min(start, first), max(end, last)

    def statement(self, start: int, end: int) -> tuple[int, int]:
        """See `Structure.statement`."""
        first, last = trimmed(self._data, start, end)
        note = self._notes.covering(first, last)
        if note is not None:
            return note.start, max(note.end, last)
        first, last = self._notes.bared(first, last)
        path = path_to(self._root, first, last)
        if path[-1][0].type in self._facts.opaque:
            return self._lines(path[-1][0], first, last)
        touched = self._touched(path, first, last)
        unit = self._to_unit(first, last, fine=True)
        if unit and len(touched) <= 1:
            return self._head(self._outermost(unit)[-1][0], first, last)
        if touched:
            head = self._head(touched[-1], touched[-1].start_byte, touched[-1].start_byte)
            return min(first, touched[0].start_byte), max(last, head[1])
        return first, last

    # The unit around a piece.

    def _to_unit(self, first: int, last: int, *, fine: bool = False) -> list[Step]:
        """The path down to the smallest unit that holds the piece, or to the only one that it touches; empty: none.

        `fine`: clauses and entries of containers are units too.
        """
        path = path_to(self._root, first, last)
        if self._facts.trailers:
            trailer = next((node for node, _ in path if node.type in self._facts.trailers), None)
            if trailer is not None:
                last = skip_back(self._data, trailer.start_byte)
                path = path_to(self._root, last - 1, last)
        touched = self._touched(path, first, last)
        if len(touched) == 1:
            path = [*path, (touched[0], "")]
        depth = len(path) - 1
        while depth and not self._is_unit(path, depth, fine=fine):
            depth -= 1
        return path[: depth + 1] if depth else []

    def _is_unit(self, path: list[Step], depth: int, *, fine: bool = False) -> bool:
        node, field = path[depth]
        if fine and node.is_named and node.type in self._fine:
            return True
        return self._unit(node, field, path[depth - 1][0])

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

    @cached_property
    def _fine(self) -> frozenset[str]:
        facts = self._facts
        return facts.clauses | {kind for kind, binding in facts.bindings.items() if binding.entry and binding.pairs is None}

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
        low, high = unit.start_byte, unit.end_byte
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
        low, high = trimmed(self._data, low, high)
        return low, self._notes.bared(low, high)[1]

    def _bodies(self, unit: Node) -> list[tuple[int, int]]:
        """The outermost bodies, clauses and units in a unit (save those it wraps), ascending."""
        if unit.id in self._kept_bodies:
            return self._kept_bodies[unit.id]
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
        return self._kept_bodies.setdefault(unit.id, sorted(found))

    # What belongs to a unit.

    def _extended(self, first: Node, last: Node) -> tuple[int, int]:
        """From the notes that lead the one unit to what trails the other."""
        end = trimmed(self._data, last.start_byte, last.end_byte)[1]
        if self._facts.trailers:
            behind = line_end(self._data, end)
            for node, _ in path_to(self._root, behind, behind + 1):
                if node.type in self._facts.trailers and abs(node.start_byte - behind) <= 1:
                    return self._notes.lead(first.start_byte), node.end_byte
        return self._notes.lead(first.start_byte), self._notes.trail(end)

    def _owner(self, note: Note, last: int) -> list[Step]:
        """The path to the unit that a note leads or trails; empty: none."""
        after = self._notes.after(note)
        path = path_to(self._root, after, after)
        starting = [depth for depth in range(1, len(path)) if path[depth][0].start_byte == after and self._is_unit(path, depth)]
        if starting:
            path = path[: starting[0] + 1]
            if self._notes.lead(self._outermost(path)[-1][0].start_byte) <= note.start:
                return path
        before = skip_back(self._data, note.start, SPACE + b";,")
        if before <= line_start(self._data, note.start):
            return []
        path = path_to(self._root, before - 1, before)
        for depth in range(len(path) - 1, 0, -1):
            node = path[depth][0]
            if self._is_unit(path, depth) and self._notes.trail(trimmed(self._data, node.start_byte, node.end_byte)[1]) >= last:
                return path[: depth + 1]
        return []

    def _lines(self, node: Node, first: int, last: int) -> tuple[int, int]:
        """The lines that the piece touches, as far as they lie in the node."""
        start, end = line_start(self._data, first), line_end(self._data, max(first, last - 1))
        return trimmed(self._data, max(node.start_byte, start), min(node.end_byte, end))
