"""From the bytes of a file to its text and the places in it, and the words for what any format may have wrong.

Owns DocumentError and the problems that YAML, TOML and JSON share. Knows no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, islice

from ospec_guard.errors import GuardError, Problem
from ospec_guard.model import Place
from ospec_guard.source import Source

PROBLEM_LIMIT = 200
"""Problems of one file that are told one by one; nobody reads more."""

SHOWN = 60
"""Code points of a text that messages show."""

TOO_LONG = "the number has more than 4,000 digits"

_BOM = b"\xef\xbb\xbf"
_BLOCK = 256
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class DocumentError(GuardError):
    """A YAML, TOML or JSON text is not usable. Who knows whose text it is raises an error of its own with the problems."""


class Text:
    """A decoded file: `data` as UTF-8 bytes without byte order mark, `characters` as str. Raises DocumentError if not UTF-8."""

    def __init__(self, path: str, raw: bytes) -> None:
        hint = "save the file as UTF-8"
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DocumentError(Problem("the text is UTF-16, not UTF-8", Place(path, 1, 1), hint))
        self.data = raw.removeprefix(_BOM)
        self._source = Source(path, self.data)
        try:
            self.characters = self.data.decode()
        except UnicodeDecodeError as error:
            message = f"byte 0x{self.data[error.start]:02X} is not UTF-8"
            raise DocumentError(Problem(message, self.place(error.start), hint)) from error
        if self.characters.startswith("\ufeff"):
            raise DocumentError(Problem("two byte order marks", Place(path, 1, 1), "remove one of them"))
        self._ascii = self.data.isascii()

    @property
    def path(self) -> str:
        return self._source.path

    def place(self, offset: int) -> Place:
        """The line and column of a byte offset, clipped to the text."""
        offset = min(offset, len(self.data))
        span = self._source.span(offset, offset)
        return Place(self.path, span.line, span.column)

    def place_of(self, index: int) -> Place:
        """The line and column of a code-point offset, clipped to the text."""
        return self.place(self.byte_of(index))

    def byte_of(self, index: int) -> int:
        """The byte offset of a code-point offset, clipped to the text."""
        if self._ascii:
            return index
        block = min(index, len(self.characters)) // _BLOCK
        return self._blocks[block] + len(self.characters[block * _BLOCK : index].encode())

    @cached_property
    def _blocks(self) -> list[int]:
        """Byte offsets of every 256th code point."""
        text = self.characters
        return list(accumulate((len(text[at : at + _BLOCK].encode()) for at in range(0, len(text), _BLOCK)), initial=0))


def quoted(text: str) -> str:
    """A text as messages show it: in quotes, on one line, at most SHOWN code points of it."""
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else _ESCAPES.get(c) or f"\\u{ord(c):04x}" for c in cut) + '"'


def duplicate_key(key: str, first: Place, again: Place) -> Problem:
    """The problem of a key that a mapping has twice, told at the second."""
    message = f"key {quoted(key)} is given twice; first at line {first.line}, column {first.column}"
    return Problem(message, again, "remove one of the two")


def long_number(text: Text) -> Problem:
    """The problem of the first whole number that Python refuses to read for its length."""
    found = re.search(r"[0-9][0-9_]{4000}", text.characters)
    return Problem(TOO_LONG, text.place_of(found.start() if found else 0), "put it in quotes")


def too_deep(place: Place | None, limit: int) -> Problem:
    """The problem of lists and mappings nested too deep."""
    return Problem(f"lists and mappings are nested deeper than {limit} levels", place, "make the document flatter")


def told(problems: Iterable[Problem]) -> list[Problem]:
    """The first PROBLEM_LIMIT problems; if there are more, another says so."""
    first = list(islice(problems, PROBLEM_LIMIT + 1))
    return first if len(first) <= PROBLEM_LIMIT else [*first[:-1], too_many(first[-2].place)]


def too_many(place: Place | None) -> Problem:
    """The last problem told of a text that has more than PROBLEM_LIMIT."""
    return Problem(f"more than {PROBLEM_LIMIT} problems; the rest is not told", place, "mend these first")
