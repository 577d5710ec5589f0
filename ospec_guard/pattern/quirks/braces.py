"""Preparing the text of patterns for languages where statements, members and declarations end with a semicolon."""

from __future__ import annotations

import re

_DOTS = re.compile(r"(?<![<$.])\.\.\.(?![>.\w])")
_SKIPPED = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL)
_ANY_LOOP = re.compile(r"\bfor\s*\(\s*\.\.\.\s*\)")
_OWN = re.compile(r"\b(?:assembly|enum\s+[\w$]+)\s*\Z")
"""What stands before braces in which there are no declarations."""
_OPENING = "([{"
_CLOSING = ")]}"


def declared(text: str) -> str:
    """The pattern with every `...` that stands for statements or members written as a declaration (`... ...;`).

    A declaration may stand wherever a statement or a member may; a name with a semicolon is no member. A loop `for (...)` gets
    the three parts that it has.
    """
    text = _ANY_LOOP.sub("for (...; ...; ...)", text)
    made: list[str] = []
    open_: list[str] = []
    before = "{"
    at = 0
    while at < len(text):
        skipped = _SKIPPED.match(text, at)
        if skipped is not None:
            made.append(skipped.group())
            at = skipped.end()
            if not skipped.group().startswith("/"):
                before = '"'
            continue
        dots = _DOTS.match(text, at)
        if dots is not None:
            stands_alone = before in "{};" and (not open_ or open_[-1] == "{") and _ends(text, at + 3)
            made.append("... ...;" if stands_alone else "...")
            at += 3
            if stands_alone and text[at:].lstrip().startswith(";"):
                at = text.index(";", at) + 1
            before = ";" if stands_alone else "."
            continue
        sign = text[at]
        if sign in _OPENING:
            open_.append("call{" if sign == "{" and _is_list(text, at) else sign)
        elif sign in _CLOSING and open_:
            open_.pop()
        if not sign.isspace():
            before = sign
        made.append(sign)
        at += 1
    return "".join(made)


def _ends(text: str, at: int) -> bool:
    """Whether a statement may end here: what follows is no operator that goes on."""
    rest = text[at:]
    follows = rest.lstrip()
    if "\n" in rest[: len(rest) - len(follows)]:
        return True
    return not follows or follows[0] in "};" or follows[0].isalnum() or follows[0] in '_$"'


def _is_list(text: str, at: int) -> bool:
    """Whether braces hold values: `f({a: 1})`, `x.call{value: 1}(y)`, `= {1, 2}`, `enum A {b}`."""
    before = text[:at].rstrip()
    if before[-1:] in ("(", "=", ",", "[") or _OWN.search(before):
        return True
    closed = _closing(text, at)
    return text[closed : closed + 1] == "(" if closed else False


def _closing(text: str, at: int) -> int:
    """The offset behind the bracket that closes the one at `at`, 0 for none."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    return 0
