"""Loops in the shapes that grammars give them, for the modules of languages."""

from __future__ import annotations

from collections.abc import Sequence

from ospec_guard.pattern.flow.lowering import Lowering
from ospec_guard.pattern.node import Node


def parts_of(node: Node) -> list[Node]:
    """The kids that are no keywords or signs."""
    return [kid for kid in node.kids if kid is not None and kid.kind != "tok"]


def counted(made: Lowering, heads: Sequence[Node | None], body: Node | None, label: str = "") -> None:
    """`for (first; test; update…) body`; of the heads those that are not there are None or missing."""
    first = heads[0] if heads else None
    test = heads[1] if len(heads) > 1 else None
    updates = heads[2:]
    for one in first.kids if first is not None and first.kind == "several" else (first,):
        made.declared(one)
    made.loop(made.test(test), made.body(body), lambda: made.statements(updates), label=label)


def each(made: Lowering, node: Node) -> None:
    """A loop whose parts are target, values, body."""
    parts = parts_of(node)
    if len(parts) > 1:
        body = parts[2] if len(parts) > 2 else None
        made.each(parts[0], parts[1], body)


def forever(made: Lowering, node: Node) -> None:
    """A loop without a test."""
    parts = parts_of(node)
    made.loop(lambda: None, made.body(parts[-1] if parts else None))
