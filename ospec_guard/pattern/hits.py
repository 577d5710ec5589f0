"""What patterns find: a piece of a text, and what the metavariables stand for in it.

Shared by the engines for code, plain text and regular expressions, and by the operators that combine what they find.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Bound:
    """What a metavariable stands for.

    Two are the same to a rule when their `key` is: the tokens of code without white space and comments, or the text.
    """

    __slots__ = ("data", "end", "key", "node", "start", "text", "value")

    text: str
    """As in the file; of a metavariable inside a string literal, the content of the literal."""
    key: str

    def __init__(
        self,
        start: int,
        end: int,
        text: str | None,
        key: str | None,
        node: Any = None,
        value: Any = None,
        data: bytes = b"",
    ) -> None:
        """`text` None: that of `data` from `start` to `end`; `key` None: that of `node`. Both are made when asked for."""
        self.start = start
        """Byte offset into the file; `start == end == -1` where it stands at no place (an implied value)."""
        self.end = end
        if text is not None:
            self.text = text
        if key is not None:
            self.key = key
        self.node = node
        """The code it stands for: a `tree.Node`, a list of them for `$...X`; None in plain text."""
        self.value = value
        """The constant it holds where one is known by propagation or as a literal: str, int, float or bool; else None."""
        self.data = data

    def __getattr__(self, name: str) -> Any:
        if name == "text":
            self.text = self.data[self.start : self.end].decode(errors="replace")
            return self.text
        if name == "key":
            self.key = self.node.key
            return self.key
        raise AttributeError(name)

    is_loose = False

    @property
    def place(self) -> Any:
        """What tells two of them apart when they are listed: where they stand, else what they are."""
        return (self.start, self.end) if self.start >= 0 else self.key

    def __repr__(self) -> str:
        return f"Bound({self.start}, {self.end}, {self.text!r})"


class LooseBound(Bound):
    """What equals any code that is written like it, whatever variables the names in it are."""

    __slots__ = ()

    is_loose = True


Bindings = Mapping[str, Bound]
"""By name with its `$`: `$X`, `$...ARGS`, and `$1` for a group of a regular expression."""


class Hit:
    """A place where a pattern matches: bytes `start` to `end`."""

    __slots__ = ("bindings", "end", "start")

    def __init__(self, start: int, end: int, bindings: Bindings) -> None:
        self.start = start
        self.end = end
        self.bindings = bindings

    def __repr__(self) -> str:
        return f"Hit({self.start}, {self.end}, {dict(self.bindings)!r})"
