"""How the ellipses of a pattern are likely spelled in a language with braces: as statements, parameters or expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DOTS = "\x00"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
_STATEMENT_BEFORE = re.compile(r"(?:\A|[{};)\n\x00])\s*\Z")
_CALLS = re.compile(r"\b(?:if|while|for|foreach|switch|catch|synchronized|using|lock|new\s+[\w.<>\[\]]+)\s*\Z")
_CLASS_BEFORE = re.compile(r"\b(?:class|interface|struct|union|trait|contract)\b[^(){};]*\Z")
_BODY_AFTER = re.compile(r"\s*(?:throws\b[^{;]*|const\b\s*)?\{")


def spellings(pieces: Sequence[str], dots: Sequence[int], ellipses: Sequence[str]) -> tuple[int, ...] | None:
    """The likely choice of a spelling for each ellipsis, as numbers in `ellipses`; None where statements have no spelling.

    `pieces` make up the pattern's text, those at the positions `dots` are its ellipses.
    """
    if "$;" not in ellipses:
        return None
    first = {spelling: number for number, spelling in reversed([*enumerate(ellipses)])}
    text = "".join(_DOTS if at in dots else piece for at, piece in enumerate(pieces))
    text = _QUOTED.sub(lambda found: "_" * len(found.group()), text)
    made = []
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in "([{":
            opened.append(at)
        elif sign in _PAIRS:
            opened = opened[:-1]
        elif sign == _DOTS:
            wanted = _role(text, at, opened[-1] if opened else -1)
            made.append(first.get(wanted, first.get("$;" if wanted.endswith(";") else "$", 0)))
    return tuple(made) if len(made) == len(dots) else None


def _role(text: str, at: int, opened: int) -> str:
    """The likeliest spelling of the ellipsis at `at`, inside of the bracket at `opened`."""
    inside = text[opened] if opened >= 0 else "{"
    if inside == "{":
        before, after = text[:at], text[at + 1 :].lstrip()
        is_list = opened > 0 and text[:opened].rstrip()[-1:] in ("]", "=", "(", ",")
        if is_list or not _STATEMENT_BEFORE.search(before) or after[:1] == ".":
            return "$"
        bare = "$ $" if opened > 0 and _CLASS_BEFORE.search(text, 0, opened) else "$"
        return bare if after[:1] == ";" else f"{bare};"
    closed = _closing(text, opened)
    if inside == "(" and _BODY_AFTER.match(text, closed + 1) and not _CALLS.search(text, 0, opened):
        return "$ $"
    return "$"


def _closing(text: str, opened: int) -> int:
    depth = 0
    for at in range(opened, len(text)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if not depth:
            return at
    return len(text)
