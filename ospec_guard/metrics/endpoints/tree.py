"""Reading syntax trees of any language: nodes, their text and place, and the documentation comments that lead them."""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.protocols import FileView

COMMENTS = frozenset({"comment", "line_comment", "block_comment", "multiline_comment"})


def walk(root: Node) -> Iterator[Node]:
    """All named nodes, parents first, in the order of the text."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.named_children))


def text(node: Node | None) -> str:
    """The source of a node, white space at its ends removed; empty for none."""
    return node.text.decode(errors="replace").strip() if node is not None and node.text is not None else ""


def position(view: FileView, node: Node) -> tuple[int, int]:
    """Line and column of a node's start."""
    span = view.source.span(node.start_byte, node.start_byte)
    return span.line, span.column


def has_words(comment: bytes) -> bool:
    """Whether a comment is a documentation comment with something in it."""
    return comment.startswith(b"/**") and bool(comment.removeprefix(b"/**").removesuffix(b"*/").strip(b"*/ \t\r\n"))


def led_by_doc(node: Node) -> bool:
    """Whether a documentation comment leads a node: only other comments, and no empty line, stand between."""
    below, above = node, node.prev_sibling
    while above is not None and above.type in COMMENTS and below.start_point[0] - above.end_point[0] <= 1:
        if has_words(above.text or b""):
            return True
        below, above = above, above.prev_sibling
    return False
