"""Brackets that the text of a fix needs to mean in its place what it says: `!$X` with `a && b` for `$X` is `!(a && b)`.

The text is parsed where it is going to stand. Where a piece of code in it is torn apart, part of it belonging to what is around
it, it is put in brackets, if that makes it one piece and the brackets are no more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ospec_guard.languages import LANGUAGES, parse
from ospec_guard.languages.facts import types
from ospec_guard.pattern.attempt import faults_in
from ospec_guard.pattern.builders import bracketed
from ospec_guard.pattern.code import Code

_WIDEST = 400
"""Bytes around a match that are looked at: operators reach no further than a statement."""
_CLOSED = types("block file class func stmts")
"""Kinds that nothing inside of which belongs to what is around."""
_MOST_ROUNDS = 4

Piece = tuple[str, bool]
"""A piece of a fix's text, and whether it is one piece of code of the match."""


def fitted(pieces: Sequence[Piece], code: Code, start: int, end: int) -> str:
    """The text that the pieces are, with the brackets it needs in the place of bytes `start` to `end`."""
    plain = "".join([text for text, _ in pieces])
    around = _around(code, start, end)
    if around is None:
        return plain
    inner: frozenset[int] = frozenset()
    outer = False
    for _ in range(_MOST_ROUNDS):
        text, places = _written(pieces, inner, outer=outer)
        root = around.parsed(text)
        if root is None and outer:
            return plain
        if root is None:
            outer = True  # `1.real` is no number and a member, `(1).real` is.
            continue
        here = len(around.before)
        torn = {at for at, (first, last) in places.items() if at not in inner and _is_torn(root, here + first, here + last)}
        if torn:
            inner |= torn
        elif not outer and _is_torn(root, here, here + len(text.encode())):
            outer = True
        else:
            wrapped = [places[at] for at in inner] + ([(0, len(text.encode()))] if outer else [])
            return text if all(_is_bracketed(root, here + first, here + last, code) for first, last in wrapped) else plain
    return plain


class _Around:
    """The code around a match, in which a text can stand in its place."""

    def __init__(self, before: bytes, after: bytes, grammar: str, context: str) -> None:
        opening, closing = context.split("@@")
        self.before, self._after = opening.encode() + before, after + closing.encode() + b"\n"
        self._language = LANGUAGES[grammar]

    def parsed(self, text: str) -> Any | None:
        """The root of the tree; None where the text does not parse there."""
        structure = parse(self._language, self.before + text.encode() + self._after)
        return None if structure.lost or faults_in(structure.root) else structure.root


def _around(code: Code, start: int, end: int) -> _Around | None:
    """The statement around a match, or what of it is short enough; None where that cannot stand alone."""
    root: Any = code.structure.root
    syntax = root.descendant_for_byte_range(start, end)
    while syntax is not None and syntax.parent is not None:
        parent = syntax.parent
        if parent.end_byte - parent.start_byte > max(_WIDEST, end - start) or code.tree.node(parent).kind in _CLOSED:
            break
        syntax = parent
    if syntax is None:
        return None
    first, last = min(syntax.start_byte, start), max(syntax.end_byte, end)
    for context in code.quirks.contexts:
        around = _Around(code.data[first:start], code.data[end:last], code.grammar, context)
        if around.parsed(code.data[start:end].decode(errors="replace")) is not None:
            return around
    return None


def _written(pieces: Sequence[Piece], inner: frozenset[int], *, outer: bool) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text with some pieces in brackets, or all of it, and the bytes where pieces of code are in it."""
    text = "(" if outer else ""
    places = {}
    for at, (piece, is_code) in enumerate(pieces):
        first = len(text.encode())
        text += f"({piece})" if at in inner else piece
        if is_code and piece.strip():
            places[at] = (first, len(text.encode()))
    return text + (")" if outer else ""), places


def _is_torn(root: Any, start: int, end: int) -> bool:
    """Whether some node begins in a piece of the text and ends behind it, or the other way round."""
    node = root.descendant_for_byte_range(start, end)
    return node is not None and any(
        child.start_byte < start < child.end_byte < end or start < child.start_byte < end < child.end_byte
        for child in node.children
    )


def _is_bracketed(root: Any, start: int, end: int, code: Code) -> bool:
    """Whether a piece of the text is something in brackets that are no more than that."""
    node = root.descendant_for_byte_range(start, end)
    while node is not None and (node.start_byte, node.end_byte) == (start, end):
        if code.quirks.rules.get(node.type) is bracketed or node.type in code.quirks.brackets or "parenthesized" in node.type:
            return True
        node = node.parent
    return False
