"""Compiled patterns as JSON values and back, so that a kept plan spares the next process parsing them again."""

from __future__ import annotations

from typing import Any

from ospec_guard.pattern.node import Node
from ospec_guard.pattern.parse import Pattern

Packed = list[Any]
"""`[is_statement, words, first, names, root]`; a node is `[kind, text, kid…]`, a kid that is not there None."""


def pack(pattern: Pattern) -> Packed:
    """The pattern as lists of texts."""
    return [
        pattern.is_statement,
        list(pattern.words),
        list(pattern.first),
        sorted(pattern.names),
        _packed(pattern.root),
    ]


def unpack(packed: Packed) -> Pattern:
    """The pattern that `pack` was given; its nodes have no places, which matching does not ask for."""
    is_statement, words, first, names, root = packed
    return Pattern(_unpacked(root), is_statement, tuple(words), tuple(first), frozenset(names))


def _packed(node: Node) -> list[Any]:
    return [node.kind, node.text, *[_packed(kid) if kid is not None else None for kid in node.kids]]


def _unpacked(packed: list[Any]) -> Node:
    kind, text, *kids = packed
    return Node(kind, 0, 0, text=text, kids=[_unpacked(kid) if kid is not None else None for kid in kids])


class Compiled:
    """The compiled patterns of one leaf, by grammar; unpacked when a file wants them."""

    __slots__ = ("_made", "packed")

    def __init__(self, packed: dict[str, Packed]) -> None:
        self.packed = packed
        self._made: dict[str, Pattern] = {}

    def get(self, grammar: str) -> Pattern | None:
        """The pattern in a grammar, where it was compiled for it."""
        found = self._made.get(grammar)
        if found is None and grammar in self.packed:
            found = self._made[grammar] = unpack(self.packed[grammar])
        return found
