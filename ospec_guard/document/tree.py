"""Documents that remember where everything stands: values read from a file, and the way from their keys to places.

Owns Document, the marks that readers leave behind, and the step from bytes to text. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from ospec_guard.errors import GuardError, Problem
from ospec_guard.model import Place
from ospec_guard.source import Source

DEPTH_LIMIT = 64
"""Levels of lists and mappings inside one another that a document may have, so that whoever walks a value may recurse."""

SHOWN = 60
"""Code points of a text that messages show."""

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BOM = b"\xef\xbb\xbf"
_BLOCK = 256


class DocumentError(GuardError):
    """A YAML, TOML or JSON text is not usable; callers that know whose text it is raise their own error with its problems."""


class Absent:
    """The type of ABSENT, which is false, equal to nothing else, and itself after pickling."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT = Absent()
"""The value of a document cut at keys that are not there."""


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
    """The text of a file and the marks of its values. All documents cut from the file share it.

    `data` is UTF-8 without byte order mark. `marks` is the root's mark, or a function that finds it when first asked.
    Offsets in marks are bytes, or code points where `code_points` says so.
    """

    def __init__(self, path: str, data: bytes, marks: Mark | Callable[[bytes], Mark], *, code_points: bool = False) -> None:
        self.source = Source(path, data)
        self._marks = marks
        self._code_points = code_points and not data.isascii()

    @cached_property
    def root(self) -> Mark:
        return self._marks if isinstance(self._marks, Mark) else self._marks(self.source.data)

    def byte_of(self, offset: int) -> int:
        """The byte offset of an offset found in a mark."""
        if not self._code_points:
            return offset
        block = offset // _BLOCK
        return self._blocks[block] + len(self._text[block * _BLOCK : offset].encode())

    def place(self, offset: int) -> Place:
        """The line and column of an offset found in a mark."""
        return place_of(self.source, self.byte_of(offset))

    def find(self, keys: tuple[str | int, ...]) -> tuple[Mark, bool]:
        """The mark at the keys and True, or that of the nearest known parent and False."""
        mark = self.root
        for key in keys:
            if isinstance(key, str) and isinstance(mark.inner, dict) and key in mark.inner:
                mark = mark.inner[key]
            elif isinstance(key, int) and isinstance(mark.inner, list) and 0 <= key < len(mark.inner):
                mark = mark.inner[key]
            else:
                return mark, False
        return mark, True

    @cached_property
    def _text(self) -> str:
        return self.source.data.decode()

    @cached_property
    def _blocks(self) -> list[int]:
        text = self._text
        return list(accumulate((len(text[at : at + _BLOCK].encode()) for at in range(0, len(text), _BLOCK)), initial=0))


@dataclass(frozen=True, slots=True)
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
            if (isinstance(key, str) and isinstance(value, dict) and key in value) or (
                isinstance(key, int) and isinstance(value, list) and 0 <= key < len(value)
            ):
                value = value[key]
            else:
                value = ABSENT
        return Document(self.path, value, self.layout, self.keys + keys)

    def place(self, *keys: str | int) -> Place:
        """Line and column of the key (of the item, after an index; of the document's value, for no keys at all).

        Keys that lead nowhere give the place of the nearest parent there is.
        """
        return self.layout.place(self.layout.find(self.keys + keys)[0].start)

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
        return self.layout.source.data[span[0] : span[1]].decode() if span else None


def read_text(data: bytes, path: str) -> tuple[bytes, str]:
    """The bytes without byte order mark, and the same as text. Raises DocumentError where they are not UTF-8."""
    hint = "save the file as UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(Problem("the text is UTF-16, not UTF-8", Place(path, 1, 1), hint))
    data = data.removeprefix(_BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = place_of(Source(path, data), error.start)
        raise DocumentError(Problem(f"byte 0x{data[error.start]:02X} is not UTF-8", place, hint)) from error
    if text.startswith("\ufeff"):
        raise DocumentError(Problem("two byte order marks", Place(path, 1, 1), "remove one of them"))
    return data, text


def place_of(source: Source, offset: int) -> Place:
    """The place of a byte offset, clipped to the text."""
    span = source.span(min(offset, len(source.data)), min(offset, len(source.data)))
    return Place(source.path, span.line, span.column)


def problem_at(source: Source, text: str, offset: int, message: str, hint: str = "") -> Problem:
    """A problem at a code-point offset of the text that `source` holds."""
    return Problem(message, place_of(source, len(text[:offset].encode())), hint)


def quoted(text: str) -> str:
    """A text as messages show it: in quotes, on one line, at most SHOWN characters of it."""
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else _ESCAPES.get(c) or f"\\u{ord(c):04x}" for c in cut) + '"'


def duplicate_key(key: str, first: Place, again: Place) -> Problem:
    """The problem of a key that a mapping has twice; it is reported at the second."""
    message = f"key {quoted(key)} is given twice; first at line {first.line}, column {first.column}"
    return Problem(message, again, "remove one of the two")


def too_deep(place: Place | None) -> Problem:
    """The problem of lists and mappings nested beyond DEPTH_LIMIT."""
    return Problem(f"lists and mappings nested deeper than {DEPTH_LIMIT} levels", place, "make the document flatter")


def is_too_deep(value: object) -> bool:
    """Whether a value nests deeper than DEPTH_LIMIT, found level by level without recursion."""
    level = [value]
    for _ in range(DEPTH_LIMIT + 1):
        containers = [each for each in level if isinstance(each, (dict, list))]
        if not containers:
            return False
        level = [child for each in containers for child in (each.values() if isinstance(each, dict) else each)]
    return True
