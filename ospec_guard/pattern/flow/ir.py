"""The small language that code is lowered to before values are followed through it.

An `Op` is a piece of code that does something with values. A function is a `Graph` of `Block`s; a block is a list of ops that
run one after the other. Ops, with their kids:

    name        a variable; text is its name
    member      object                       text is the member's name
    index       object, indexes…
    call        callee, arguments…
    new         arguments…                   an object is made from them
    literal
    operator    operands…                    text is the sign
    tuple       elements…                    a value whose elements are known by their positions
    record      values…                      a value whose parts are known by names; text is these, a line each
    any         parts…                       a value that holds all of its parts (text, dictionary, comprehension)
    choice      test, yes, no                one of two values
    same        part                         a value that is another (cast, await)
    assign      target, value                text is the sign of an operator (`+` of `+=`), else empty
    enter       target                       a parameter: its variable is a new one
    clear       target                       a variable that no longer holds what it held
    return      value                        text `throw` where it is thrown

The kinds are those of every language; what a language does in its own way is said by `flow.languages`.
"""

from __future__ import annotations

from collections.abc import Sequence

LVALUES = frozenset(("name", "member", "index"))
"""Ops that stand for a place which may be assigned to."""


class Op:
    """A piece of code that makes or moves a value. Frozen once made."""

    __slots__ = ("end", "kids", "kind", "start", "text", "type")

    def __init__(self, kind: str, start: int, end: int, kids: Sequence[Op] = (), text: str = "", type_: str = "") -> None:
        self.kind = kind
        self.start = start
        """Byte offset."""
        self.end = end
        self.kids = kids
        self.text = text
        self.type = type_
        """`bool` or `number` where that is known."""

    def __repr__(self) -> str:
        inner = " ".join(map(repr, self.kids))
        return f"({self.kind}{' ' + self.text if self.text else ''}{' ' + inner if inner else ''})"


class Block:
    """Ops that run one after the other, and the blocks of which one runs next."""

    __slots__ = ("next", "ops")

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.next: list[int] = []
        """Numbers of blocks, ascending in the order they were linked."""

    def __repr__(self) -> str:
        return f"{self.ops} -> {self.next}"


class Graph:
    """The blocks of a function or of the top level of a file; the first one is where it begins."""

    __slots__ = ("blocks", "end", "is_function", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        """Bytes."""
        self.is_function = False
        """Not the top level of a file or a class."""
        self.blocks: list[Block] = []

    def __repr__(self) -> str:
        return "\n".join(f"{number}: {block}" for number, block in enumerate(self.blocks))
