"""Whether a regular expression can take exponential time: a repetition in a repetition, and after it something that can fail.

Flags what Semgrep's analyzer `redos` does. Choices that overlap (`(a|aa)*`) are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ospec_guard.values import value

_MANY = 4
"""How often the outer one must be allowed to repeat."""

_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d+)(,?)(\d*)\})([?+]?)")
_GROUP = re.compile(r"\?(?:P?<(?![=!])\w+>|'\w+'|[:=!>|]|<[=!]|[a-zA-Z^-]+:|P[=>]\w+|&\w+|R|[+-]?\d+|[a-zA-Z^-]+(?=\)))")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:[pPx]\{[^}]*\}|[kg](?:<\w+>|\{-?\w+\}|'\w+'|-?\d+)|x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{4}|c.|\d+|.)", re.DOTALL
)


class _SyntaxError(Exception):
    pass


@value
class _Node:
    """A part of an expression."""

    kind: str
    """`sign` (consumes or asserts), `nothing`, `sequence`, `choice`, `repeat`, `group`."""
    parts: tuple[_Node, ...] = ()
    least: int = 1
    most: int | None = 1
    """Of a repetition; None: any number."""
    possessive: bool = False


_SIGN, _NOTHING = _Node("sign"), _Node("nothing")


def may_explode(expression: str) -> bool:
    """Whether an expression in the syntax of PCRE may take exponential time. False for what is no expression."""
    try:
        parser = _Parser(expression)
        tree = parser.choice()
        if parser.at < len(expression):
            return False
        return _vulnerable(tree)
    except (_SyntaxError, RecursionError):
        return False


def _vulnerable(node: _Node) -> bool:
    if node.kind == "sequence":
        loops = [i for i, part in enumerate(node.parts) if _any(part, _is_loop_of_loops)]
        if loops and any(_any(part, lambda each: each.kind == "sign") for part in node.parts[loops[0] + 1 :]):
            return True
    return any(_vulnerable(part) for part in node.parts)


def _any(node: _Node, test: Callable[[_Node], bool]) -> bool:
    return test(node) or any(_any(part, test) for part in node.parts)


def _is_loop_of_loops(node: _Node) -> bool:
    if node.kind != "repeat" or node.possessive or (node.most is not None and node.most < _MANY):
        return False
    return _any(node.parts[0], _matches_more_than_one_length)


def _matches_more_than_one_length(node: _Node) -> bool:
    """A repetition that may be of two lengths at least, not counting none."""
    if node.kind != "repeat" or node.possessive:
        return False
    return node.most is None or node.most > max(1, node.least)


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def choice(self) -> _Node:
        """What stands between two parentheses, or the whole."""
        branches = [self._sequence()]
        while self._text.startswith("|", self.at):
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _Node("choice", tuple(branches))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self.at < len(self._text) and self._text[self.at] not in "|)":
            parts.append(self._repeated(self._single()))
        return parts[0] if len(parts) == 1 else _Node("sequence", tuple(parts)) if parts else _NOTHING

    def _repeated(self, node: _Node) -> _Node:
        while match := _QUANTIFIER.match(self._text, self.at):
            self.at = match.end()
            sign, least, comma, most, mode = match.groups()
            if sign:
                bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
            else:
                bounds = (int(least), int(most) if most else None if comma else int(least))
            node = _Node("repeat", (node,), bounds[0], bounds[1], mode == "+")
        return node

    def _single(self) -> _Node:
        sign = self._text[self.at]
        if sign == "(":
            return self._group()
        if sign in "*+?":
            raise _SyntaxError
        shape = {"[": _CLASS, "\\": _ESCAPE}.get(sign)
        if shape is None:
            self.at += 1
            return _SIGN
        match = shape.match(self._text, self.at)
        if match is None:
            raise _SyntaxError
        self.at = match.end()
        return _NOTHING if match[0] == r"\K" else _SIGN

    def _group(self) -> _Node:
        self.at += 1
        if self._text.startswith("?#", self.at):
            self.at = self._text.find(")", self.at) + 1
            if not self.at:
                raise _SyntaxError
            return _NOTHING
        if self._text.startswith("?", self.at):
            match = _GROUP.match(self._text, self.at)
            if match is None:
                raise _SyntaxError
            self.at = match.end()
        inner = self.choice()
        if not self._text.startswith(")", self.at):
            raise _SyntaxError
        self.at += 1
        return _Node("group", (inner,))
