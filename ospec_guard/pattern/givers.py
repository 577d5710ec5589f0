"""Where the names of one file are given values and types: assignments, declarations, parameters, heads of loops."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ospec_guard.languages.facts import types
from ospec_guard.pattern.node import Node

if TYPE_CHECKING:
    from ospec_guard.pattern.code import Code

_GIVERS = types("""assign var func class augmented_assignment for foreach for_statement with except for_in_clause
    global_statement nonlocal_statement augmented_assignment_expression""")
"""What may give a name a value."""
_BRANCHING = frozenset(("if", "while", "for"))
_HEADS = frozenset(("for", "with", "except"))
"""What gives a name a value in front of its body."""
ELSEWHERE = frozenset(("global_statement", "nonlocal_statement"))
"""What says that names are variables of a function or module around."""
_FEW = 200
"""Places of names that are looked at one by one; whoever asks for more is served from a list of all that is given."""


class Given:
    """A place where a name gets a value."""

    __slots__ = ("adds", "block", "end", "function", "node", "start", "type", "value")

    def __init__(self, node: Node, value: Node | None, type_: Node | None) -> None:
        self.node, self.value, self.type = node, value, type_
        self.adds = node.kind.startswith("augmented")
        """`+=`: the value is added to the one before."""
        self.start, self.end = node.start, node.end
        self.function: tuple[int, int] = (0, 0)
        self.block: tuple[int, int] = (0, 0)


class Givers:
    """What the names of one file are given."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._known: dict[str, list[Given]] = {}
        self._looked_at = 0

    def of(self, name: str) -> list[Given]:
        """The places that give a name a value or a type, in order."""
        found = self._known.get(name)
        if found is None:
            self._looked_at += len(self._code.uses(name))
            if self._looked_at > _FEW:
                found = self._every.get(name, [])
            else:
                nodes = [node for place in self._code.uses(name) for node in self._around(place)]
                found = self._placed(nodes).get(name, [])
            self._known[name] = found
        return found

    @cached_property
    def values(self) -> list[tuple[int, int, str]]:
        """Where each value that a name is given starts and ends, and the name."""
        found = [(one.value, name) for name, entries in self._every.items() for one in entries]
        return [(value.start, value.end, name) for value, name in found if value is not None]

    def _around(self, place: int) -> Iterator[Node]:
        """What gives names something and holds the byte at `place`."""
        for outer in self._code.above(place, _GIVERS):
            yield from [node for node in _declaring(outer) if node.start <= place < node.end]

    @cached_property
    def _every(self) -> dict[str, list[Given]]:
        return self._placed(node for outer in self._code.nodes(_GIVERS) for node in _declaring(outer))

    def _placed(self, nodes: Iterable[Node]) -> dict[str, list[Given]]:
        """What nodes give, by name, in order."""
        found: dict[str, list[Given]] = {}
        for node in dict.fromkeys(nodes):
            for target, value, type_ in targets(node):
                given = self._given(node, value, type_)
                if given is not None:
                    found.setdefault(target.text, []).append(given)
        for entries in found.values():
            entries.sort(key=lambda one: (one.start, one.end))
        return found

    def _given(self, node: Node, value: Node | None, type_: Node | None) -> Given | None:
        given = Given(node, value, type_)
        given.function = innermost(self._code.spans("func"), node.start)
        given.block = given.function if node.kind == "param" else innermost(self._blocks, node.start)
        if self._code.quirks.scoped:
            if given.block in self._class_bodies:
                return None
            if node.kind in _HEADS:
                given.end = next((kid.start for kid in node.kids if kid is not None and kid.kind == "block"), given.end)
            if node.kind == "for_in_clause" and node.syntax is not None:
                around = node.syntax.parent
                given.function = given.block = (around.start_byte, around.end_byte)
        return given

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """The blocks, and the statements that stand in the place of one."""
        bodies = [kid for node in self._code.nodes(_BRANCHING) for kid in node.kids if kid is not None and kid.kind == "block"]
        return sorted({*self._code.spans("block"), *[(body.start, body.end) for body in bodies]})

    @cached_property
    def _class_bodies(self) -> frozenset[tuple[int, int]]:
        bodies = [node.kids[3] for node in self._code.nodes(frozenset(("class",)))]
        return frozenset((body.start, body.end) for body in bodies if body is not None)


def _declaring(node: Node) -> Iterator[Node]:
    """What a node is made of that gives names a value or a type."""
    if node.kind == "func":
        yield from _params(node)
    elif node.kind == "class":
        yield from (kid for kid in (node.kids[4].kids if len(node.kids) > 4 and node.kids[4] is not None else ()) if kid)
    else:
        yield node
        if node.kind in ("for", "foreach"):
            heads = [kid for kid in node.kids if kid is not None and kid.kind != "block"]
            yield from (one for head in heads for one in (head, *head.kids) if one is not None and one.kind == "param")


def _params(function: Node) -> Iterator[Node]:
    """Parameters; what a method belongs to (Go's receiver) is among the attributes."""
    for part in (function.kids[0], function.kids[2]):
        for param in part.kids if part is not None else ():
            if param is not None and (part is function.kids[2] or param.kind == "param"):
                yield param


def targets(node: Node) -> list[tuple[Node, Node | None, Node | None]]:
    """The names a node gives a value to, with the value where it is the name's own, and the type."""
    if node.kind == "assign":
        target, value = node.kids[0], node.kids[1]
        return _pairs(target, value, None)
    if node.kind == "var":
        return _pairs(node.kids[1], node.kids[3], node.kids[2])
    if node.kind == "param":
        return [(name, None, node.kids[2]) for name in _names(node.kids[1])]
    if node.kind == "with":
        return [(name, None, None) for name in _names(node.kids[2])]
    if node.kind == "except":
        return [(name, None, None) for kid in node.kids if kid is not None and kid.kind == "alias" for name in _names(kid)]
    if node.kind in ELSEWHERE:
        return [(name, None, None) for name in _names(node)]
    left = node.syntax.child_by_field_name("left") if node.syntax is not None else None
    if left is None or node.tree is None:
        return []
    right = node.syntax.child_by_field_name("right") if node.kind.startswith("augmented") else None
    added = node.tree.node(right) if right is not None else None
    return [(name, added, None) for name in _names(node.tree.node(left))]


def _pairs(target: Node | None, value: Node | None, type_: Node | None) -> list[tuple[Node, Node | None, Node | None]]:
    if target is not None and target.kind in ("id", "ident"):
        return [(target, value, type_)]
    if (
        target is not None
        and value is not None
        and target.kind in ("tuple", "array")
        and value.kind in ("tuple", "array")
        and len(target.kids) == len(value.kids)
        and not (target.tree is not None and target.tree.quirks.scoped)
    ):
        return [pair for one, part in zip(target.kids, value.kids, strict=True) for pair in _pairs(one, part, None)]
    return [(name, None, None) for name in _names(target)]


def _names(target: Node | None) -> list[Node]:
    """The names in a target that are given a value: not the objects whose members are."""
    if target is None or target.kind in ("dot", "index", "call"):
        return []
    if target.kind in ("id", "ident"):
        return [target]
    return [name for kid in target.kids for name in _names(kid)]


def innermost(spans: list[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The smallest of sorted, nested spans that holds `offset`; (0, 0) for none."""
    at = bisect_right(spans, (offset, 1 << 62)) - 1
    while at >= 0:
        if spans[at][0] <= offset < spans[at][1]:
            return spans[at]
        at -= 1
    return (0, 0)
