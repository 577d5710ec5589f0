"""What functions return without the word: the expressions that run last on the ways through them.

Which functions do is told by `Quirks.results`. Semgrep looks at what runs before the end: of a `try` the part that runs last,
of branches each of them, nothing of loops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Quirks

_NEVER = frozenset(("func", "class", "cond", "switch", "augmented_assignment", "augmented_assignment_expression"))
"""What has a value that is not returned, whatever the language."""
_TRIES = frozenset(("try", "try_statement"))
_LAST = frozenset(("ensure", "finally_clause", "finally_block"))
"""The part of a `try` that runs last."""


def results_of(function: Node, quirks: Quirks) -> Iterator[Node]:
    """The statements (`exprstmt`) whose value a function returns."""
    body = function.kids[4]
    return iter(_Ways(quirks).of(body)) if body is not None else iter(())


class _Ways:
    """The ends of the ways through one function."""

    def __init__(self, quirks: Quirks) -> None:
        self._quirks = quirks
        self._found: list[Node] = []

    def of(self, body: Node) -> list[Node]:
        self._end(body)
        return self._found

    def _ends(self, statements: Sequence[Node | None]) -> bool:
        """Takes what runs last in a sequence; whether nothing did."""
        return all(one is None or self._end(one) for one in reversed(statements))

    def _end(self, node: Node) -> bool:
        """Takes what runs last in a statement; whether what runs before it runs last."""
        kind, kids = node.kind, node.kids
        if kind in self._quirks.voids:
            return False
        if kind == "exprstmt":
            value = kids[0]
            if value is None:
                return True
            if self._is_value(value):
                self._found.append(node)
            return False
        if kind == "block":
            return self._ends(kids)
        if kind == "if":
            self._all(kids[1:])
        elif kind == "switch":
            self._switch(node)
        elif kind in _TRIES:
            self._try(node)
        elif kind == "empty_statement":
            return True
        else:
            rest = [kid for kid in kids if kid is not None and kid.kind != "tok"]
            if len(rest) == 1 and rest[0].kind == "block":
                return self._end(rest[0])
        return False

    def _all(self, nodes: Sequence[Node | None]) -> None:
        for node in nodes:
            if node is not None:
                self._end(node)

    def _switch(self, node: Node) -> None:
        cases = node.kids[1].kids if node.kids[1] is not None else []
        for case in cases:
            body = case.kids[-1] if case is not None and case.kind == "case" else None
            if body is None or body.kind != "block":
                continue
            kids = body.kids
            leaves = bool(kids) and kids[-1] is not None and kids[-1].kind.startswith("break")
            if leaves or case is cases[-1] or not self._quirks.falls_through:
                self._ends(kids[:-1] if leaves else kids)

    def _try(self, node: Node) -> None:
        parts = [kid for kid in node.kids if kid is not None]
        final = [part for part in parts if part.kind in _LAST]
        if final and not self._ends(final[0].kids[-1:]):
            return
        blocks = [part for part in parts if part.kind == "block"]
        self._all(blocks[-1:])  # An `else` runs after what is tried.
        for part in parts:
            handlers = part.kids if part.kind == "handlers" else [part]
            for handler in handlers if part.kind not in ("block", *_LAST) else ():
                self._all(handler.kids[-1:] if handler is not None else ())

    def _is_value(self, value: Node) -> bool:
        if value.kind in _NEVER or value.text in self._quirks.voids:
            return False
        if value.kind == "assign":
            target, given = value.kids
            return target is not None and target.kind == "id" and given is not None and given.kind == "call"
        return value.kind not in self._quirks.voids
