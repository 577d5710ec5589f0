"""Regular expressions as trees, in the syntax of PCRE, as far as questions about them need."""

from __future__ import annotations

import re

from ospec_guard.values import value

_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d+)(,?)(\d*)\})([?+]?)")
_GROUP = re.compile(r"\?(?:P?<(?![=!])\w+>|'\w+'|[:=!>|]|<[=!]|[a-zA-Z^-]+:|P[=>]\w+|&\w+|R|[+-]?\d+|[a-zA-Z^-]+(?=\)))")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:[pPx]\{[^}]*\}|[pP][A-Za-z]|[kg](?:<\w+>|\{-?\w+\}|'\w+'|-?\d+)|x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{4}|c.|\d+|.)",
    re.DOTALL,
)


class ExpressionError(ValueError):
    """The text is no regular expression."""


@value
class Part:
    """A part of an expression."""

    kind: str
    """`sign` (consumes or asserts), `nothing`, `sequence`, `choice`, `repeat`, `group`."""
    parts: tuple[Part, ...] = ()
    least: int = 1
    most: int | None = 1
    """Of a repetition; None: any number."""
    possessive: bool = False
    text: str = ""
    """Of a sign the one character that it stands for, empty for any other; of a group what follows its parenthesis (`?:`)."""


_SIGN, _NOTHING = Part("sign"), Part("nothing")


def parsed(expression: str) -> Part:
    """The tree of an expression. Raises ExpressionError, and RecursionError where it is nested too deeply."""
    parser = _Parser(expression)
    tree = parser.choice()
    if parser.at < len(expression):
        raise ExpressionError(expression)
    return tree


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def choice(self) -> Part:
        """What stands between two parentheses, or the whole."""
        branches = [self._sequence()]
        while self._text.startswith("|", self.at):
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Part("choice", tuple(branches))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self._text) and self._text[self.at] not in "|)":
            parts.append(self._repeated(self._single()))
        return parts[0] if len(parts) == 1 else Part("sequence", tuple(parts)) if parts else _NOTHING

    def _repeated(self, node: Part) -> Part:
        while match := _QUANTIFIER.match(self._text, self.at):
            self.at = match.end()
            sign, least, comma, most, mode = match.groups()
            if sign:
                bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
            else:
                bounds = (int(least), int(most) if most else None if comma else int(least))
            node = Part("repeat", (node,), bounds[0], bounds[1], mode == "+")
        return node

    def _single(self) -> Part:
        sign = self._text[self.at]
        if sign == "(":
            return self._group()
        if sign in "*+?":
            raise ExpressionError(self._text)
        shape = {"[": _CLASS, "\\": _ESCAPE}.get(sign)
        if shape is None:
            self.at += 1
            return _SIGN if sign in ".^$" else Part("sign", text=sign)
        match = shape.match(self._text, self.at)
        if match is None:
            raise ExpressionError(self._text)
        self.at = match.end()
        if match[0] == r"\K":
            return _NOTHING
        is_literal = sign == "\\" and len(match[0]) == 2 and not match[0][1].isalnum()
        return Part("sign", text=match[0][1]) if is_literal else _SIGN

    def _group(self) -> Part:
        self.at += 1
        if self._text.startswith("?#", self.at):
            self.at = self._text.find(")", self.at) + 1
            if not self.at:
                raise ExpressionError(self._text)
            return _NOTHING
        opening = ""
        if self._text.startswith("?", self.at):
            match = _GROUP.match(self._text, self.at)
            if match is None:
                raise ExpressionError(self._text)
            self.at, opening = match.end(), match[0]
        inner = self.choice()
        if not self._text.startswith(")", self.at):
            raise ExpressionError(self._text)
        self.at += 1
        return Part("group", (inner,), text=opening)
