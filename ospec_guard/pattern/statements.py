"""The statements of one file: those of each block in order, by what they are, and by the expressions they hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ospec_guard.languages.facts import types
from ospec_guard.pattern.node import NO_VALUE, Kids, Node

if TYPE_CHECKING:
    from ospec_guard.pattern.code import Code

Place = tuple[Node, int]
"""A block, and the position of a statement in it."""

_OPAQUE = frozenset(("func", "cond", "sequence_expression"))
"""Expressions in which the expression of a statement is not looked for."""
_BODIED = types("block func class if while for foreach with try except switch cases case")
"""Kinds that are blocks or have some."""
BLOCKS = frozenset(("block",))


class Statements:
    """Everything is made when first asked for and kept."""

    def __init__(self, code: Code) -> None:
        self._code = code
        # Nodes are keys, so that they live as long as what is known of them.
        self._flat: dict[Node, tuple[Kids, list[int]]] = {}
        self._starts: dict[Node, list[int]] = {}
        self._expressions: dict[Node, dict[str, list[Node]]] = {}
        self._with_one: dict[frozenset[str], list[Place]] = {}

    def with_one(self, kinds: frozenset[str]) -> list[Place]:
        """Where statements stand that may be or hold a node of some kinds, but not in a block inside of them."""
        known = self._with_one.get(kinds)
        if known is None:
            found: dict[Place, None] = {}
            for node in self._code.nodes(kinds):
                around = [one for one in self._code.above(node.start, BLOCKS) if one is not node and one.end >= node.end]
                if around:
                    found.update(dict.fromkeys([(around[-1], at) for at in self.at(around[-1], node.start)]))
            known = self._with_one[kinds] = sorted(found, key=_order)
        return known

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
                for inside in self._blocks_in(statement) if statement is not None else ():
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

    def _blocks_in(self, statement: Node) -> Iterator[Node]:
        """The outermost blocks inside of a statement, or the block that it is."""
        sealed = self._code.quirks.sealed
        work = [statement]
        while work:
            one = work.pop()
            if one.kind == "block":
                yield one
            elif one.kind not in sealed and self._has_bodies(one):
                work.extend([kid for kid in reversed(one.kids) if kid is not None])

    def _has_bodies(self, node: Node) -> bool:
        """Whether something with a body begins in a node; else what is in it need not be made."""
        bodies = self._bodies
        at = bisect_left(bodies, node.start)
        return at < len(bodies) and bodies[at] < node.end

    @cached_property
    def _bodies(self) -> list[int]:
        return sorted({syntax.start_byte for syntax in self._code.syntax_of(self._code.types_of(_BODIED))})


def _order(place: Place) -> tuple[int, int, int]:
    block, at = place
    return block.start, -block.end, at


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
