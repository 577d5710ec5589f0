"""The statements of one file: those of each block in order, by what they are, and by the expressions they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from ospec_guard.pattern.tree import NO_VALUE, Kids, Node

Place = tuple[int, Node, int]
"""A running number, a block, the position of a statement in it."""

_OPAQUE = frozenset(("func", "cond", "sequence_expression"))
"""Expressions in which the expression of a statement is not looked for."""


class Statements:
    """Everything is made when first asked for and kept."""

    def __init__(self, blocks: Callable[[], Iterable[Node]], sealed: frozenset[str]) -> None:
        """`blocks` gives those of the file in a fixed order; `sealed`: see `Quirks.sealed`."""
        self._blocks = blocks
        self._sealed = sealed
        # Nodes are keys, so that they live as long as what is known of them.
        self._flat: dict[Node, tuple[Kids, list[int]]] = {}
        self._starts: dict[Node, list[int]] = {}
        self._expressions: dict[Node, dict[str, list[Node]]] = {}

    def of_kinds(self, kinds: frozenset[str]) -> list[Place]:
        """Where statements of some kinds stand."""
        return _of(self._by_kind, kinds)

    def with_expressions(self, kinds: frozenset[str]) -> list[Place]:
        """Where statements stand that have an expression of some kinds, or are one."""
        return _of(self._by_expression, kinds)

    def at(self, block: Node, offset: int) -> Iterator[int]:
        """The positions in a block of the statements that hold the byte at `offset`."""
        kids = block.kids
        starts = self._starts.get(block)
        if starts is None:
            starts = self._starts[block] = [kid.start if kid is not None else -1 for kid in kids]
        at = bisect_right(starts, offset) - 1
        while at >= 0:
            kid = kids[at]
            # Only those that were one in the grammar share bytes (the names of one declaration).
            if kid is not None and kid.end <= offset:
                return
            if kid is not None:
                yield at
            at -= 1

    def flattened(self, block: Node) -> tuple[Kids, list[int]]:
        """The statements of a block with those inside of them, each after the one it is in, and where each of its own is.

        Definitions are gone into, and functions inside of expressions; not what is sealed.
        """
        found = self._flat.get(block)
        if found is None:
            nodes: Kids = []
            starts = []
            for statement in block.kids:
                starts.append(len(nodes))
                nodes.append(statement)
                for inside in _blocks_in(statement, self._sealed) if statement is not None else ():
                    nodes += self.flattened(inside)[0]
            found = self._flat[block] = (nodes, starts)
        return found

    def expressions(self, statement: Node) -> dict[str, list[Node]]:
        """The expressions of a statement by kind, outermost first; not those in statements, functions and classes inside it."""
        found = self._expressions.get(statement)
        if found is None:
            found = self._expressions[statement] = {}
            for one in _expressions_of(statement):
                found.setdefault(one.kind, []).append(one)
        return found

    @cached_property
    def _all(self) -> list[tuple[Place, Node]]:
        found: list[tuple[Place, Node]] = []
        for block in self._blocks():
            found += [((len(found) + at, block, at), kid) for at, kid in enumerate(block.kids) if kid is not None]
        return found

    @cached_property
    def _by_kind(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place, statement in self._all:
            found.setdefault(statement.kind, []).append(place)
        return found

    @cached_property
    def _by_expression(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place, statement in self._all:
            for kind in self.expressions(statement):
                found.setdefault(kind, []).append(place)
        return found


def _of(index: dict[str, list[Place]], kinds: frozenset[str]) -> list[Place]:
    """In the order of the blocks, each once."""
    found = {place[0]: place for kind in kinds for place in index.get(kind, ())}
    return [found[number] for number in sorted(found)]


def _blocks_in(node: Node, sealed: frozenset[str]) -> Iterator[Node]:
    """The outermost blocks inside of a statement, or the block that it is."""
    work = [node]
    while work:
        one = work.pop()
        if one.kind == "block":
            yield one
        elif one.kind not in sealed:
            work.extend([kid for kid in reversed(one.kids) if kid is not None])


def _expressions_of(statement: Node) -> Iterator[Node]:
    work: list[Node] = [statement]
    while work:
        one = work.pop()
        if one.kind not in NO_VALUE and one.kind != "exprstmt":
            yield one
        if one.kind in _OPAQUE and one is not statement:
            continue
        # Of `new A(b) { c = d }` only what stands in braces.
        kids = one.kids[2:] if one.kind == "new" else one.kids
        work.extend([kid for kid in reversed(kids) if kid is not None and kid.kind not in ("block", "class")])
