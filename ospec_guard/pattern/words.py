"""The words that a piece of code must hold for a pattern to match it."""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages.facts import types
from ospec_guard.pattern.node import SPECIAL, Node
from ospec_guard.pattern.tree import Quirks

_TEXTS = types("str... str$ str=")
_SIGNS = types("== === !== ** // << >> =~ ?? ?:")
"""Operators that are in the code as they are in the tree, and rare enough to be worth looking for."""
_LITERALS = _TEXTS | types("str num const regex concat")


def words_of(pattern: Node | None, quirks: Quirks, *, texts: bool = False) -> list[str]:
    """Words that are in every match (or a local name for them is), in the order of the pattern.

    `texts`: the content of text literals too, which is somewhere in the file though it may be outside of the match.
    """
    if pattern is None or (pattern.kind in SPECIAL and pattern.kind != "<...>") or pattern.kind in _TEXTS:
        return []
    if pattern.kind in ("id", "ident"):
        # `*` may be what a grammar's builder says for "all of it".
        return [pattern.text] if pattern.text.strip("*") else []
    if pattern.kind == "str":
        return [kid.text for kid in pattern.kids if kid is not None and kid.kind == "chars"] if texts else []
    if not pattern.kids:
        is_word = pattern.kind not in ("tok", "num", "const", "chars") and pattern.text.isidentifier()
        return [pattern.text] if is_word and texts is False and pattern.kind in quirks.anchors else []
    found = [word for kid in pattern.kids for word in words_of(kid, quirks, texts=texts)]
    return found + _signs_of(pattern)


def _signs_of(pattern: Node) -> list[str]:
    if pattern.kind == "binop":
        return [sign for sign in pattern.text.split() if sign in _SIGNS or sign.isidentifier()]  # `not in` has two
    return [pattern.text] if pattern.kind == "unary" and pattern.text.isidentifier() else []


def names_of(pattern: Node | None) -> Iterator[str]:
    """The metavariables that in every match stand for code inside of the match."""
    if pattern is None or pattern.kind in _LITERALS:
        return
    if pattern.kind in ("$", "typed"):
        yield pattern.text
    for kid in pattern.kids:
        yield from names_of(kid)
