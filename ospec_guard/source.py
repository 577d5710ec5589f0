"""One text under analysis: its bytes, and the way from byte offsets to lines and columns.

Owns decoding and position arithmetic; knows no language and reads no file.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from functools import cached_property

from ospec_guard.model import Excerpt, Span

EXCERPT_LINE = 400
"""Code points of one line kept in an excerpt."""


class DecodeError(ValueError):
    """The bytes are not text in an encoding that their byte order mark promises, or hold NUL bytes."""


def decode(raw: bytes) -> tuple[bytes, str]:
    """The text of a file as UTF-8 bytes without byte order mark, and the name of the encoding it was in.

    Names: `utf-8`, `utf-8-sig`, `utf-16-le`, `utf-16-be`, `latin-1`. UTF-32's marks are told from UTF-16's and refused.
    Raises DecodeError for a UTF-16 mark before something else, and for NUL bytes.
    """
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(raw) % 4 == 0:
        raise DecodeError("UTF-32 text is not supported; save it as UTF-8")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            try:
                data = raw[len(mark) :].decode(encoding).encode()
            except UnicodeError as error:
                raise DecodeError(f"starts like {encoding.upper()} and is not: {error}") from error
            if b"\0" in data:
                raise DecodeError("holds NUL characters")
            return data, encoding
    if b"\0" in raw:
        raise DecodeError("holds NUL bytes")
    encoding = "utf-8"
    if raw.startswith(codecs.BOM_UTF8):
        raw, encoding = raw[len(codecs.BOM_UTF8) :], "utf-8-sig"
    try:
        raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1").encode(), "latin-1"
    return raw, encoding


def with_line_feeds(data: bytes) -> bytes:
    """The text as its author sees it, with one way of ending lines; what rules are given."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


class Source:
    """A decoded text with its line starts. Offsets are bytes into `data`; lines end at LF, CRLF, or a lone CR."""

    def __init__(self, path: str, data: bytes, encoding: str = "utf-8") -> None:
        self.path = path
        self.data = data
        """UTF-8, without byte order mark."""
        self.encoding = encoding
        """What the file was in, as named by `decode`."""

    @cached_property
    def line_starts(self) -> list[int]:
        """Byte offsets at which lines 1, 2, … start; always holds 0."""
        data, starts = self.data, [0]
        lone_cr = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
        if lone_cr:
            import re

            starts += [m.end() for m in re.finditer(rb"\r\n|\n|\r", data)]
            return starts
        at = data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = data.find(b"\n", at + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds the byte at `offset`."""
        return bisect_right(self.line_starts, offset)

    def line_bounds(self, line: int) -> tuple[int, int]:
        """Byte offsets of the first byte of 1-based `line` and of the one past its last, line end left out."""
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.data)
        while end > start and self.data[end - 1] in b"\r\n":
            end -= 1
        return start, end

    def offset_of(self, line: int, column: int) -> int:
        """The byte offset of a 1-based line and 1-based code-point column, clipped to the line."""
        start, end = self.line_bounds(min(max(line, 1), len(self.line_starts)))
        return start + len(self.data[start:end].decode()[: max(column, 1) - 1].encode())

    def span(self, start: int, end: int) -> Span:
        """The span of bytes `start` to `end`; both must lie on code-point boundaries."""
        line, end_line = self.line_of(start), self.line_of(max(start, end - 1) if end > start else start)
        first, last = self.line_starts[line - 1], self.line_starts[end_line - 1]
        column = len(self.data[first:start].decode(errors="replace")) + 1
        end_column = len(self.data[last:end].rstrip(b"\r\n").decode(errors="replace")) + 1
        return Span(start, end, line, column, end_line, max(end_column, column if line == end_line else 1))

    def extent(self, start: int, end: int) -> Span:
        """As `span`, both ends as they are: the end of a whole line, line end included, is column 1 of the next."""
        (line, column), (end_line, end_column) = self._position(start), self._position(end)
        return Span(start, end, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = self.line_of(offset)
        return line, len(self.data[self.line_starts[line - 1] : offset].decode(errors="replace")) + 1

    def excerpt(self, span: Span, around: int = 1, most: int = 8) -> Excerpt:
        """The lines of `span` (at most `most` of them) with `around` lines before and after."""
        first = max(1, span.line - around)
        last = min(len(self.line_starts), min(span.end_line, span.line + most - 1) + around)
        lines = []
        for line in range(first, last + 1):
            start, end = self.line_bounds(line)
            lines.append(self.data[start : min(end, start + 4 * EXCERPT_LINE)].decode(errors="ignore")[:EXCERPT_LINE])
        return Excerpt(first, tuple(lines), self.line_starts[span.line - 1])
