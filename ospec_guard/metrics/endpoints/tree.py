"""Reading syntax trees of any language: nodes, their text and place, and the documentation comments that lead them.

Everything goes down: the way up from a node, and to its neighbours, costs a walk from the root.
"""

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
    return (node.text or b"").decode(errors="replace").strip() if node is not None else ""


def field(node: Node, name: str) -> str:
    """The source of what fills a field of a node; empty for nothing."""
    return text(node.child_by_field_name(name))


def position(view: FileView, node: Node) -> tuple[int, int]:
    """Line and column of a node's start."""
    span = view.source.span(node.start_byte, node.start_byte)
    return span.line, span.column


def has_words(comment: Node) -> bool:
    """Whether a comment is one for documentation (`/** … */`) and says something."""
    written = comment.text or b""
    return written.startswith(b"/**") and bool(written.removeprefix(b"/**").removesuffix(b"*/").strip(b"*/ \t\r\n"))


def with_docs(view: FileView, node: Node) -> Iterator[tuple[Node, bool]]:
    """The named children of a node that are no comments, each with whether a documentation comment leads it.

    Between the comment and the child stand only other comments, and no empty line.
    """
    line_of = view.source.line_of
    led_to = None
    """The line that a documentation comment, and the comments below it, end on."""
    for child in node.named_children:
        near = led_to is not None and line_of(child.start_byte) - led_to <= 1
        if child.type not in COMMENTS:
            yield child, near
            led_to = None
        else:
            led_to = line_of(max(child.start_byte, child.end_byte - 1)) if near or has_words(child) else None
