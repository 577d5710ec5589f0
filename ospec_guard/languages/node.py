"""What a node of a syntax tree offers, and the way from the root down to a piece of the text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import tree_sitter


class Node(Protocol):
    """A node of a syntax tree, as tree-sitter gives it; offsets are bytes."""

    @property
    def id(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def is_named(self) -> bool: ...
    @property
    def is_extra(self) -> bool: ...
    @property
    def is_error(self) -> bool: ...
    @property
    def is_missing(self) -> bool: ...
    @property
    def has_error(self) -> bool: ...
    @property
    def start_byte(self) -> int: ...
    @property
    def end_byte(self) -> int: ...
    @property
    def text(self) -> bytes | None: ...
    @property
    def child_count(self) -> int: ...
    @property
    def children(self) -> Sequence[Node]: ...
    @property
    def named_child_count(self) -> int: ...
    @property
    def named_children(self) -> Sequence[Node]: ...
    @property
    def parent(self) -> Node | None: ...
    @property
    def next_sibling(self) -> Node | None: ...
    @property
    def prev_sibling(self) -> Node | None: ...
    def child_by_field_name(self, name: str, /) -> Node | None: ...
    def children_by_field_name(self, name: str, /) -> Sequence[Node]: ...
    def field_name_for_child(self, child_index: int, /) -> str | None: ...
    def walk(self) -> tree_sitter.TreeCursor: ...


Step = tuple[Node, str]
"""A node on the way down and the field it fills in the node above; '' for none."""


def path_to(root: Node, start: int, end: int) -> list[Step]:
    """The nodes that hold bytes `start` to `end`, from the root to the smallest; the root is always there.

    Nodes know no way up that is cheap, so this goes down with a cursor: time grows with the depth alone.
    """
    cursor = root.walk()
    steps: list[Step] = [(root, "")]
    while cursor.goto_first_child_for_byte(start) is not None:
        node = cursor.node
        if node is None or node.start_byte > start or node.end_byte < end:
            break
        steps.append((node, cursor.field_name or ""))
    return steps


def nodes_of(root: Node, wanted: Container[str]) -> Iterator[tuple[Node, Node | None, Node | None]]:
    """Every node of the wanted types with the two nodes above it, in the order of the text, parents first."""
    above: list[Node | None] = [None, None]
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None and node.type in wanted:
            yield node, above[-1], above[-2]
        if cursor.goto_first_child():
            above.append(node)
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            above.pop()


def text_of(node: Node) -> str:
    """The text of a node, white space collapsed."""
    return " ".join((node.text or b"").decode(errors="replace").split())
