"""Taint followed through a graph: a worklist over its blocks, until nothing more is tainted anywhere.

The meaning is that of Semgrep's taint mode: what a call is given taints what it returns, what an object holds taints what its
methods return, an assignment of something clean cleans. Beyond it: assignments of something tainted replace what was there.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ospec_guard.pattern.flow.ir import LVALUES, Graph, Op
from ospec_guard.pattern.flow.labels import satisfied
from ospec_guard.pattern.flow.marks import Mark, Marked, Matches
from ospec_guard.pattern.flow.spec import PLAIN, Propagator, Sanitizer, Sink, Source
from ospec_guard.pattern.flow.state import (
    NONE,
    Cell,
    Fields,
    Key,
    Place,
    State,
    Taints,
    Trail,
    gathered,
    joined,
    part,
    place_of,
    step_of,
    union,
)

Value = tuple[Taints, Fields]
"""What an op gives: its own taints, and those of its fields."""

_NOTHING: Value = (NONE, {})
_COMPARISONS = frozenset(
    ["==", "!=", "===", "!==", "<", ">", "<=", ">=", "<=>", "=~", "!~", "in", "is", "instanceof", "eq", "ne"]
)
_GETTER = 3
"""Letters of `get` and `set`."""


class Arrival:
    """A sink that tainted values reach, with the ways they took."""

    __slots__ = ("mark", "taints")

    def __init__(self, mark: Mark[Sink]) -> None:
        self.mark = mark
        self.taints: dict[Key, Trail] = {}


class Analysis:
    """Follows taint through one graph."""

    def __init__(self, graph: Graph, matches: Matches, options: Mapping[str, Any], *, properties: bool = False) -> None:
        """`properties`: `getX` and `setX` without a definition read and write a field `x`."""
        self._graph = graph
        self._matches = matches
        self._marked = Marked(graph, matches)
        self._safe_functions = bool(options.get("taint_assume_safe_functions"))
        self._safe_indexes = bool(options.get("taint_assume_safe_indexes"))
        self._safe_comparisons = bool(options.get("taint_assume_safe_comparisons"))
        self._safe_types = frozenset(
            kind
            for kind, option in (("bool", "taint_assume_safe_booleans"), ("number", "taint_assume_safe_numbers"))
            if options.get(option)
        )
        self._assignments_only = bool(options.get("taint_only_propagate_through_assignments"))
        self._properties = properties
        self._state = State()
        self._waiting: dict[str, Op] = {}
        """By propagator and match, what is to get taint that has not been seen yet."""
        self.arrivals: dict[int, Arrival] = {}
        self._run: dict[str, Callable[[Op], Value]] = {
            "call": self._call,
            "new": self._parts,
            "any": self._parts,
            "operator": self._operator,
            "tuple": self._tuple,
            "record": self._record,
            "choice": self._choice,
            "same": self._same,
            "assign": self._assign,
            "enter": self._enter,
            "clear": self._clear,
            "return": self._return,
            "literal": self._literal,
        }

    def run(self, before: State | None = None) -> State:
        """Follows what is tainted before and in the graph; what is where it ends."""
        blocks = self._graph.blocks
        entering: list[State | None] = [None] * len(blocks)
        entering[0] = before.copy() if before is not None else State()
        order = _order(self._graph)
        pending = [(0, 0)]
        waiting = {0}
        last = State()
        while pending:
            _, number = heapq.heappop(pending)
            waiting.discard(number)
            known = entering[number]
            if known is None:
                continue
            self._state = known.copy()
            for op in blocks[number].ops:
                self.value(op)
                self._waiting.clear()
            for follower in blocks[number].next:
                there = entering[follower]
                if there is None:
                    entering[follower] = self._state.copy()
                elif not there.join(self._state):
                    continue
                if follower not in waiting:
                    waiting.add(follower)
                    heapq.heappush(pending, (order[follower], follower))
            if not blocks[number].next:
                last.join(self._state)
        self._leave(last)
        return last

    def _leave(self, last: State) -> None:
        """Notes the sinks that the whole function is where it ends, for all that is tainted there."""
        marks = [mark for mark in self._matches.sinks.all if mark.spec.at_exit]
        for mark in marks:
            if mark.hit.start <= self._graph.start and self._graph.end <= mark.hit.end:
                taints = last.control
                for cell in last.cells.values():
                    taints = union(union(taints, cell.taints), gathered(cell.fields))
                if taints:
                    self._note(mark, taints)

    def _note(self, mark: Mark[Sink], taints: Taints) -> None:
        arrival = self.arrivals.setdefault(id(mark), Arrival(mark))
        for key, trail in taints.items():
            arrival.taints.setdefault(key, trail)

    # Ops that make values.

    def value(self, op: Op) -> Value:
        """What an op gives; what it does is done to the state."""
        marked = self._marked
        if op.kind in LVALUES:
            taints, fields, _, _ = self._place(op)
        else:
            if marked.sanitizers(op):
                return self._sanitized(op)
            taints, fields = self._run[op.kind](op)
            if marked.sources(op):
                taints = union(taints, self._from_sources(op, taints))
            if self._matches.froms or self._matches.tos:
                taints = union(taints, self._propagated(op, union(taints, gathered(fields))))
        if self._safe_types and op.type in self._safe_types and op.kind != "assign":
            return _NOTHING
        if marked.sinks(op):
            self._arrive(op, union(taints, gathered(fields)))
        return taints, fields

    def _sanitized(self, op: Op) -> Value:
        """What is made clean gives nothing, and what it is given to is clean; its parts are not where the entry is exact."""
        place = place_of(op.kids[0]) if op.kind == "assign" else None
        if place is not None:
            self._state.clear(place)
        elif all(mark.spec.exact for mark in self._marked.sanitizers(op)):
            self._all(op.kids)
        return _NOTHING

    def _all(self, ops: Sequence[Op]) -> Taints:
        """All that some ops give."""
        found = NONE
        for op in ops:
            taints, fields = self.value(op)
            found = union(found, union(taints, gathered(fields)))
        return found

    def _parts(self, op: Op) -> Value:
        found = self._all(op.kids)
        return (NONE if self._assignments_only and op.kind == "new" else found), {}

    def _literal(self, op: Op) -> Value:  # noqa: ARG002 - as all
        return _NOTHING

    def _operator(self, op: Op) -> Value:
        found = self._all(op.kids)
        if self._assignments_only or (self._safe_comparisons and op.text in _COMPARISONS):
            return _NOTHING
        return found, {}

    def _tuple(self, op: Op) -> Value:
        fields: Fields = {}
        for at, kid in enumerate(op.kids):
            taints, inner = self.value(kid)
            if taints or inner:
                fields[f"[{at}]"] = Cell(taints, inner)
        return NONE, fields

    def _record(self, op: Op) -> Value:
        fields: Fields = {}
        whole = NONE
        for name, kid in zip(op.text.split("\n"), op.kids, strict=False):
            taints, inner = self.value(kid)
            if not name:
                whole = union(whole, union(taints, gathered(inner)))
            elif taints or inner:
                fields[f".{name}"] = Cell(taints, inner)
        return whole, fields

    def _choice(self, op: Op) -> Value:
        test, *rest = op.kids
        given = self.value(test)
        # `a ?: b` has two parts only, of which the first is a value too.
        whole = Cell(*given) if len(rest) < 2 else Cell()
        for one in rest:
            whole = joined(whole, Cell(*self.value(one)))
        return whole.taints, whole.fields

    def _same(self, op: Op) -> Value:
        return self.value(op.kids[0])

    def _call(self, op: Op) -> Value:
        callee, arguments = op.kids[0], op.kids[1:]
        given = self._all(arguments)
        held = NONE
        if callee.kind in ("member", "index"):
            own, fields, held, inner = self._place(callee)
            held = union(held, gathered(inner))
            self._arrive(callee, union(own, gathered(fields)))
        else:
            own, _ = self.value(callee)
        self._arrive(op, given, arguments=True)
        found = NONE if self._safe_functions or self._assignments_only else union(given, held)
        if self._properties and callee.kind == "member":
            is_getter = callee.text.startswith("get") and len(callee.text) > _GETTER and not arguments
            found = union(given if is_getter else found, self._property(callee, arguments, given))
        return (found if self._assignments_only else union(own, found)), {}

    def _property(self, callee: Op, arguments: Sequence[Op], given: Taints) -> Taints:
        """What `getX()` reads; `setX(…)` writes."""
        name = callee.text[_GETTER : _GETTER + 1].lower() + callee.text[_GETTER + 1 :]
        place = place_of(Op("member", callee.start, callee.end, callee.kids, name)) if name else None
        if place is None:
            return NONE
        if callee.text.startswith("get") and not arguments:
            cell = self._state.find(place)
            return cell.taints if cell is not None else NONE
        if callee.text.startswith("set") and len(arguments) == 1 and given:
            self._state.put(place, self._went(given, callee), {}, weak=True)
        return NONE

    # Ops that are places.

    def _place(self, op: Op) -> tuple[Taints, Fields, Taints, Fields]:
        """The taints of a place and of its fields; those of what it is a part of, as far as the state has them."""
        new, known, sanitized, fields, held, inner = self._looked_up(op)
        return (NONE if sanitized else union(new, known)), fields, held, inner

    def _looked_up(self, op: Op) -> tuple[Taints, Taints, bool, Fields, Taints, Fields]:
        """New taints, those of the state, whether it is sanitized, its fields, and what the state has of the object."""
        marks = self._marked.sanitizers(op)
        place = place_of(op)
        if marks:
            if place is not None and any(mark.spec.by_side_effect and _is_whole(mark, op) for mark in marks):
                self._state.clear(place)
            return NONE, NONE, True, {}, NONE, {}
        new = held = NONE
        inner: Fields = {}
        sanitized = False
        if op.kind != "name":
            outer = op.kids[0]
            if outer.kind in LVALUES:
                new, held, sanitized, inner, _, _ = self._looked_up(outer)
            else:
                new, inner = self.value(outer)
        if self._assignments_only:
            new = NONE
        known, fields = (NONE, {}) if sanitized else self._known(place, op, held, inner)
        sources = self._by_place(op, union(new, known))
        indexes = self._all(op.kids[1:]) if op.kind == "index" else NONE
        if not self._safe_indexes and not self._assignments_only:
            new = union(new, indexes)
        new = union(new, sources)
        new = union(new, self._propagated(op, union(union(new, known), gathered(fields))))
        self._arrive(op, union(new, known), whole=True)
        return new, known, sanitized, fields, held, inner

    def _known(self, place: Place | None, op: Op, held: Taints, inner: Fields) -> tuple[Taints, Fields]:
        """What the state has of a place: of a part of which nothing is known, what it has of the whole."""
        cell = self._state.find(place) if place is not None else None
        if cell is None and inner:
            cell = part(inner, step_of(op))
        if cell is None:
            return ({} if self._assignments_only else held), {}
        if cell.clean or cell.taints:
            return cell.taints, cell.fields
        return ({} if self._assignments_only else held), cell.fields

    def _by_place(self, op: Op, incoming: Taints) -> Taints:
        """Taints of the sources that a place is; by side effect it is tainted from here on."""
        found = NONE
        for mark in self._marked.sources(op):
            whole = _is_whole(mark, op)
            if mark.spec.by_side_effect != "false" and not whole:
                continue
            taints = self._taint_of(mark, incoming)
            place = place_of(op)
            if mark.spec.by_side_effect != "false" and place is not None and taints:
                self._state.put(place, taints, {}, weak=True)
            if mark.spec.by_side_effect != "only":
                found = union(found, taints)
        return found

    # What the entries of the rule say.

    def _from_sources(self, op: Op, incoming: Taints) -> Taints:
        found = NONE
        for mark in self._marked.sources(op):
            if mark.spec.by_side_effect != "only":
                found = union(found, self._taint_of(mark, incoming))
        return found

    def _taint_of(self, mark: Mark[Source], incoming: Taints) -> Taints:
        spec = mark.spec
        if spec.requires and not satisfied(spec.requires, {key[0] for key in union(incoming, self._state.control)}):
            return NONE
        key = (spec.label, mark.hit.start, mark.hit.end, mark.number)
        before = next(iter(incoming.values()), None) if spec.requires else None
        taints = {key: Trail(mark.hit.start, mark.hit.end, before)}
        if spec.control:
            self._state.control = union(self._state.control, taints)
            return NONE
        return taints

    def _propagated(self, op: Op, taints: Taints) -> Taints:
        """What propagators bring to an op; what they take from it waits in the state."""
        place = (op.start, op.end)
        for name, spec in self._matches.froms.get(place, ()):
            if taints and (not spec.requires or satisfied(spec.requires, {key[0] for key in taints})):
                self._state.sent[name] = _relabelled(taints, spec)
                waiting = self._waiting.pop(name, None)
                if waiting is not None:
                    self._receive(waiting, self._state.sent[name])
        found = NONE
        for name, spec in self._matches.tos.get(place, ()):
            taken = self._state.sent.pop(name, NONE)
            found = union(found, taken)
            if spec.by_side_effect and taken:
                self._receive(op, taken)
            elif spec.by_side_effect:
                self._waiting[name] = op  # Its other end may come later in the same statement.
        return found

    def _receive(self, op: Op, taints: Taints) -> None:
        target = place_of(op)
        if target is not None:
            self._state.put(target, self._went(taints, op), {}, weak=True)

    def _arrive(self, op: Op, taints: Taints, *, arguments: bool = False, whole: bool = False) -> None:
        """Notes the sinks that an op is. `arguments`: the taints are those of a call's arguments; `whole`: of a part of a
        place, which only counts where the match is nothing but that.
        """
        marks = self._marked.sinks(op)
        if not marks:
            return
        taints = union(taints, self._state.control)
        for mark in marks if taints else ():
            if mark.spec.at_exit or (arguments and mark.spec.exact and mark.spec.has_focus):
                continue
            if whole and not _is_whole(mark, op):
                continue
            self._note(mark, taints)

    # Ops that change the state.

    def _assign(self, op: Op) -> Value:
        target, given = op.kids
        place = place_of(target)
        variable = place[0] if place is not None else ""
        before = self._state.cells.get(variable)
        taints, fields = self.value(given)
        taints = union(taints, self._from_sources(op, taints))
        if target.kind not in LVALUES:
            self.value(target)
            return taints, fields
        old, old_fields, _, _ = self._place(target)
        self._arrive(op, union(old, gathered(old_fields)))
        if place is None:
            return taints, fields
        if (taints or fields) and op.type not in self._safe_types:
            self._state.put(place, self._went(taints, target), fields, weak=op.text == "default")
        elif self._state.cells.get(variable) is before and op.text != "default":
            # Nothing happened to it by side effect: it is as clean as what it gets.
            self._state.clear(place)
        return taints, fields

    def _went(self, taints: Taints, op: Op) -> Taints:
        """Taints, one step further."""
        return {
            key: Trail(op.start, op.end, trail) if trail.end != op.end or trail.start != op.start else trail
            for key, trail in taints.items()
        }

    def _enter(self, op: Op) -> Value:
        target = op.kids[0]
        self._state.clear((target.text, ()))
        taints = NONE
        for mark in self._marked.sources(target):
            taints = union(taints, self._taint_of(mark, NONE))
        if taints and op.type not in self._safe_types:
            self._state.put((target.text, ()), taints, {})
        return _NOTHING

    def _clear(self, op: Op) -> Value:
        for target in op.kids:
            place = place_of(target)
            if place is not None and target.kind in LVALUES:
                self._state.clear(place)
                self._place(target)
        return _NOTHING

    def _return(self, op: Op) -> Value:
        return self._all(op.kids), {}


def _order(graph: Graph) -> list[int]:
    """The place of each block in an order in which what comes before another is run first (reverse postorder)."""
    blocks = graph.blocks
    order = [0] * len(blocks)
    left = len(blocks)
    seen = {0}
    work: list[tuple[int, int]] = [(0, 0)]
    while work:
        number, at = work.pop()
        if at < len(blocks[number].next):
            work.append((number, at + 1))
            follower = blocks[number].next[-1 - at]  # The body of a loop comes before what follows the loop.
            if follower not in seen:
                seen.add(follower)
                work.append((follower, 0))
        else:
            left -= 1
            order[number] = left
    return order


def _is_whole(mark: Mark[Source] | Mark[Sink] | Mark[Sanitizer], op: Op) -> bool:
    """Whether an op is all of a match, but for a hundredth (as Semgrep counts)."""
    return op.end - op.start > 0.99 * (mark.hit.end - mark.hit.start)


def _relabelled(taints: Taints, spec: Propagator) -> Taints:
    if not spec.label:
        return taints
    replaced = spec.replace_labels
    return {((spec.label, *key[1:]) if replaced is None or key[0] in replaced else key): trail for key, trail in taints.items()}


def relevant(arrival: Arrival) -> list[tuple[Key, Trail]]:
    """The taints for which a sink is a finding, the most telling first; none where its requirement does not hold."""
    taints = sorted(arrival.taints.items(), key=lambda pair: pair[0][1:])
    requires = arrival.mark.spec.requires
    if requires == PLAIN:
        return [pair for pair in taints if pair[0][0] == PLAIN]
    return taints if satisfied(requires, {key[0] for key, _ in taints}) else []
