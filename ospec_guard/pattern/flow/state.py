"""What is tainted at a point of a function: variables, their fields and elements, as frozen cells in a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ospec_guard.pattern.flow.ir import Op

Key = tuple[str, int, int, int]
"""What one taint is: label, the first and last byte of its source, the number of the source's entry."""


class Trail:
    """A step on the way of a taint, with the steps before it."""

    __slots__ = ("before", "end", "start")

    def __init__(self, start: int, end: int, before: Trail | None) -> None:
        self.start, self.end, self.before = start, end, before

    def steps(self) -> list[tuple[int, int]]:
        """The bytes of all steps, the source first."""
        found: list[tuple[int, int]] = []
        one: Trail | None = self
        while one is not None:
            found.append((one.start, one.end))
            one = one.before
        return found[::-1]


Taints = Mapping[Key, Trail]
NONE: Taints = {}

Place = tuple[str, tuple[str, ...]]
"""A variable, and the fields and elements that lead to a part of what it holds."""

ANY = "[*]"
"""Some element, nobody knows which."""
_POSITION = re.compile(r"\.(?:_|Item)?[0-9]+")
_DEEPEST = 4
"""Fields of fields that are told apart; below, what is in them is in the last one."""


class Cell:
    """What is known of a place."""

    __slots__ = ("clean", "fields", "taints")

    def __init__(self, taints: Taints = NONE, fields: Fields | None = None, *, clean: bool = False) -> None:
        self.taints = taints
        self.fields: Fields = fields or {}
        self.clean = clean
        """Known not to be tainted, even if what it is a part of is."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Cell)
            and self.clean == other.clean
            and self.taints.keys() == other.taints.keys()
            and self.fields == other.fields
        )

    __hash__ = None  # type: ignore[assignment] # its taints are mappings


Fields = dict[str, Cell]


def union(one: Taints, other: Taints) -> Taints:
    """Both; of a taint that is in both the way of the first."""
    if not other or one is other:
        return one
    if not one:
        return other
    return {**other, **one}


def gathered(fields: Fields) -> Taints:
    """All that is tainted in fields, and in their fields."""
    found = NONE
    for name in fields:
        found = union(union(found, fields[name].taints), gathered(fields[name].fields))
    return found


def part(fields: Fields, step: str) -> Cell | None:
    """What is known of a field or element; None where nothing is. One that nobody knows may be any of them."""
    if not fields:
        return None
    if step == ANY:
        return Cell(gathered(fields))
    known = fields.get(step)
    if known is None and _POSITION.fullmatch(step):
        # `t.1`, `t._2`, `t.Item2`: by which number a tuple's first element goes depends on the language.
        elements = {name: cell for name, cell in fields.items() if name[0] == "["}
        return Cell(gathered(elements)) if elements else None
    if ANY not in fields:
        return known
    return joined(known, fields[ANY]) if known is not None else fields[ANY]


def joined(one: Cell | None, other: Cell | None) -> Cell:
    """What is known of a place that two ways lead to."""
    if one is other:
        return one or Cell()
    if one is None or other is None:
        known = one or other or Cell()
        return Cell(known.taints, known.fields) if known.clean else known
    names = {**one.fields, **other.fields}
    fields = {name: joined(one.fields.get(name), other.fields.get(name)) for name in names}
    return Cell(union(one.taints, other.taints), fields, clean=one.clean and other.clean)


class State:
    """What is tainted at a point; changed as ops run."""

    __slots__ = ("cells", "control", "sent")

    def __init__(
        self, cells: dict[str, Cell] | None = None, sent: dict[str, Taints] | None = None, control: Taints = NONE
    ) -> None:
        self.cells = cells if cells is not None else {}
        self.sent = sent if sent is not None else {}
        """By propagator and match, what waits for its other end."""
        self.control = control
        """What taints everything that runs from here on."""

    def copy(self) -> State:
        return State(dict(self.cells), dict(self.sent), self.control)

    def join(self, other: State) -> bool:
        """Adds what another way leads here with; whether that changed anything."""
        changed = False
        mine, theirs = self.cells, other.cells
        for name, cell in theirs.items():
            known = mine.get(name)
            if known is cell:
                continue
            both = joined(known, cell)
            if known is None or both != known:
                mine[name] = both
                changed = True
        for name in mine.keys() - theirs.keys():
            cell = mine[name]
            if cell.clean:  # There it is not known to be.
                mine[name] = Cell(cell.taints, cell.fields)
                changed = True
        for name, taints in other.sent.items():
            self.sent[name] = union(self.sent.get(name, NONE), taints)
        control = union(self.control, other.control)
        changed = changed or control.keys() != self.control.keys()
        self.control = control
        return changed

    def find(self, place: Place) -> Cell | None:
        """What is known of a place itself; None where nothing is."""
        variable, path = place
        cell = self.cells.get(variable)
        for step in path:
            if cell is None:
                return None
            cell = part(cell.fields, step)
        return cell

    def put(self, place: Place, taints: Taints, fields: Fields, *, weak: bool = False) -> None:
        """A place holds something else from now on; `weak`: besides what it held."""
        variable, path = place
        self.cells[variable] = _put(self.cells.get(variable), path, Cell(taints, _shallow(fields)), weak=weak)

    def clear(self, place: Place) -> None:
        """A place holds nothing that is tainted from now on."""
        variable, path = place
        if variable in self.cells or path:
            self.cells[variable] = _put(self.cells.get(variable), path, Cell(clean=True), weak=False)


def _put(cell: Cell | None, path: tuple[str, ...], new: Cell, *, weak: bool) -> Cell:
    if not path:
        if not weak or cell is None:
            return new
        both = joined(cell, new)
        return Cell(both.taints, both.fields)
    known = cell or Cell()
    step = path[0]
    inner = _put(known.fields.get(step), path[1:], new, weak=weak or step == ANY)
    return Cell(known.taints, {**known.fields, step: inner}, clean=known.clean and not inner.taints and not inner.fields)


def _shallow(fields: Fields, depth: int = 1) -> Fields:
    """The fields, those that are too deep put into the last that is not."""
    if not fields:
        return fields
    if depth >= _DEEPEST:
        return {name: Cell(union(one.taints, gathered(one.fields)), clean=one.clean) for name, one in fields.items()}
    return {name: Cell(one.taints, _shallow(one.fields, depth + 1), clean=one.clean) for name, one in fields.items()}


_SELF = frozenset(("this", "self", "$this", "@"))


def place_of(op: Op) -> Place | None:
    """The place that an op stands for; None where it has none that can be followed."""
    if op.kind == "name":
        return op.text, ()
    if op.kind not in ("member", "index"):
        return place_of(op.kids[0]) if op.kind == "same" else None
    outer = op.kids[0]
    if op.kind == "member" and outer.kind == "name" and outer.text.partition("@")[0] in _SELF:
        return f"this.{op.text}", ()
    above = place_of(outer)
    if above is None or len(above[1]) >= _DEEPEST:
        return above
    return above[0], (*above[1], step_of(op))


def step_of(op: Op) -> str:
    """The field or element that a member or an index is: `.name`, `[0]`, or ANY."""
    if op.kind == "member":
        return f".{op.text}"
    key = op.kids[1] if len(op.kids) == 2 else None
    if key is None or key.kind != "literal" or not key.text:
        return ANY
    if key.type == "number":
        return f"[{key.text}]" if key.text.isdecimal() else ANY  # -1 counts from the end.
    return f".{key.text}"
