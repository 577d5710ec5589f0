"""Documents that remember where everything stands: values read from a file, and the way from their keys to places.

Owns Document and the marks that readers leave behind. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from ospec_guard.document.text import Text
from ospec_guard.model import Place
from ospec_guard.values import field, value

DEPTH_LIMIT = 64
"""Levels of lists and mappings inside one another that a document may have, so that whoever walks a value may recurse."""


class Absent:
    """The type of ABSENT: false, and itself again after pickling."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT = Absent()
"""The value of a document cut at keys that lead nowhere."""


class Mark(NamedTuple):
    """Where one entry of a mapping or one item of a list stands, in offsets of its Layout. Quotes are left out."""

    start: int
    """Of the key; of the value itself for items and for the root."""
    end: int
    value_start: int
    """-1 where the value has no one place (a TOML table made of headers or dotted keys)."""
    value_end: int
    inner: dict[str, Mark] | list[Mark] | None = None
    """The marks of what the value holds; None for scalars."""


class Layout:
    """A text and the marks of one value in it. All documents cut from the value share it.

    `marks` is the root's mark, or a function that finds it when first asked. Offsets in marks are bytes, or code points where
    `code_points` says so.
    """

    def __init__(self, text: Text, marks: Mark | Callable[[bytes], Mark], *, code_points: bool = False) -> None:
        self.text = text
        self._marks = marks
        self._code_points = code_points

    @cached_property
    def root(self) -> Mark:
        return self._marks if isinstance(self._marks, Mark) else self._marks(self.text.data)

    def find(self, keys: tuple[str | int, ...]) -> tuple[Mark, bool]:
        """The mark at the keys and True, or that of the nearest known parent and False."""
        mark = self.root
        for key in keys:
            inner = _step(mark.inner, key)
            if not isinstance(inner, Mark):
                return mark, False
            mark = inner
        return mark, True

    def byte_of(self, offset: int) -> int:
        """The byte offset of an offset found in a mark."""
        return self.text.byte_of(offset) if self._code_points else offset


@value
class Document:
    """A value read from a file, knowing where it and everything in it stands."""

    path: str
    """As shown to people."""
    value: Any
    """dict (keys are str, in the file's order), list, str, int, float, bool or None; ABSENT if cut where nothing is. Not to
    be changed: parts may be shared."""
    layout: Layout = field(repr=False, compare=False)
    keys: tuple[str | int, ...] = ()
    """The way here from the file's root."""

    @property
    def exists(self) -> bool:
        """False for a document cut where nothing is."""
        return self.value is not ABSENT

    def at(self, *keys: str | int) -> Document:
        """The part at the keys, positions kept. Its value is ABSENT when there is none."""
        value = self.value
        for key in keys:
            value = _step(value, key)
        return Document(self.path, value, self.layout, self.keys + keys)

    def place(self, *keys: str | int) -> Place:
        """Line and column of the key (of the item, after an index; of where the document starts, for the whole of a file).

        Keys that lead nowhere give the place of the nearest parent there is.
        """
        mark, _ = self.layout.find(self.keys + keys)
        return self.layout.text.place(self.layout.byte_of(mark.start))

    def span(self, *keys: str | int) -> tuple[int, int] | None:
        """Bytes from start to end of the key, or of the item after an index, quotes left out; None if there is none.

        Offsets count in the UTF-8 bytes of the file after its byte order mark.
        """
        mark, found = self.layout.find(self.keys + keys)
        return (self.layout.byte_of(mark.start), self.layout.byte_of(mark.end)) if found else None

    def value_span(self, *keys: str | int) -> tuple[int, int] | None:
        """Bytes from start to end of the value, quotes left out; None if there is none, or it has no one place."""
        mark, found = self.layout.find(self.keys + keys)
        if not found or mark.value_start < 0:
            return None
        return self.layout.byte_of(mark.value_start), self.layout.byte_of(mark.value_end)

    def written(self, *keys: str | int) -> str | None:
        """The value exactly as the file has it, quotes left out (`1.10`, not 1.1); None where `value_span` is None."""
        span = self.value_span(*keys)
        return self.layout.text.data[span[0] : span[1]].decode() if span else None


def _step(inside: Any, key: str | int) -> Any:
    """What stands at a key of a dict or an index of a list, ABSENT if nothing does."""
    if isinstance(inside, dict):
        return inside.get(key, ABSENT)
    if isinstance(inside, list) and isinstance(key, int) and 0 <= key < len(inside):
        return inside[key]
    return ABSENT


def is_too_deep(value: object) -> bool:
    """Whether lists and mappings nest deeper than DEPTH_LIMIT, found level by level without recursion."""
    level = [value]
    for _ in range(DEPTH_LIMIT + 1):
        containers = [each for each in level if isinstance(each, (dict, list))]
        if not containers:
            return False
        level = [child for each in containers for child in (each.values() if isinstance(each, dict) else each)]
    return True
