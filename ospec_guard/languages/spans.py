"""White space and lines around pieces of a text: pure functions of bytes and offsets."""

from __future__ import annotations

SPACE = b" \t\r\n\f\v"
BLANK = b" \t\f\v"
"""White space within a line."""


def trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; an empty one at its start, if there is nothing else."""
    first, last = start, min(end, len(data))
    while first < last and data[first] in SPACE:
        first += 1
    while last > first and data[last - 1] in SPACE:
        last -= 1
    return (first, last) if first < last else (start, start)


def skip(data: bytes, offset: int, over: bytes = SPACE) -> int:
    """The first byte from `offset` on that is not one of `over`."""
    while offset < len(data) and data[offset] in over:
        offset += 1
    return offset


def skip_back(data: bytes, offset: int, over: bytes = SPACE) -> int:
    """The end of the text before `offset` that ends with none of `over`."""
    while offset and data[offset - 1] in over:
        offset -= 1
    return offset


def line_start(data: bytes, offset: int) -> int:
    """Where the line of the byte at `offset` starts."""
    return data.rfind(b"\n", 0, offset) + 1


def line_end(data: bytes, offset: int) -> int:
    """Where the line of the byte at `offset` ends, its line feed left out."""
    found = data.find(b"\n", offset)
    return len(data) if found < 0 else found


def line_ends(data: bytes, start: int, end: int) -> int:
    """How many lines end between two places."""
    return data.count(b"\n", start, end) or data.count(b"\r", start, end)
