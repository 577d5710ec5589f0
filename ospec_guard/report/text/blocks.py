"""The one shape that both faces of the text report render: lines of styled pieces, and tables of them.

Owns the shape, the measuring of text in terminal cells, and the plain face. Knows no finding and no terminal.
"""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, east_asian_width

from ospec_guard.values import value


class Piece(NamedTuple):
    """Some text in one style; the text is already `visible`, and in one line."""

    text: str
    style: str = ""
    """A name of `terminal.STYLES`; empty: none."""


@value
class Line:
    """One line of a report; a terminal may wrap it."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    """Cells before the first piece."""
    hang: int = 0
    """Further cells before the parts that wrapping made."""
    wraps: bool = True
    """False for source code, which was cut to fit already."""


@value
class Table:
    """Rows under a head, a piece per cell; columns of numbers are set right."""

    head: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    right: tuple[int, ...] = ()
    """Indices of the columns set right."""
    indent: int = 2


Block = Line | Table

BLANK = Line()
_GAP = 2
"""Cells between two columns."""


def line(*pieces: str | Piece, indent: int = 0, hang: int = 0) -> Line:
    """A Line of pieces; bare strings have no style."""
    return Line(tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces), indent, hang)


def cell_width(character: str) -> int:
    """Terminal cells of one visible character: 0 for those that combine with the one before, 2 for wide ones."""
    if character.isascii():
        return 1
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1


def text_width(text: str) -> int:
    """Terminal cells of a visible text."""
    return len(text) if text.isascii() else sum(map(cell_width, text))


def plain(blocks: list[Block]) -> str:
    """The report without colour and wrapping: the same bytes wherever it goes."""
    lines: list[str] = []
    for block in blocks:
        lines += _table(block) if isinstance(block, Table) else [_plain_line(block)]
    return "".join(f"{text.rstrip()}\n" for text in lines)


def _plain_line(block: Line) -> str:
    return " " * block.indent + "".join(piece.text for piece in block.pieces)


def _table(table: Table) -> list[str]:
    rows = [table.head, *(tuple(piece.text for piece in row) for row in table.rows)]
    widths = [max(text_width(row[column]) for row in rows) for column in range(len(table.head))]
    return [" " * table.indent + _row(row, widths, table.right) for row in rows]


def _row(row: tuple[str, ...], widths: list[int], right: tuple[int, ...]) -> str:
    cells = []
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        fill = " " * (width - text_width(text))
        cells.append(fill + text if column in right else text + fill)
    return (" " * _GAP).join(cells)
