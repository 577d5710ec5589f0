"""The terminal face of the text report: colours and wrapping by rich, which only this module knows.

The width and whether there is colour are told; nothing is asked of the surroundings, so equal calls give equal bytes.
"""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from ospec_guard.report.text.blocks import Block, Line, Piece, Table

STYLES = {
    "": "",
    "path": "bold underline",
    "place": "cyan",
    "rule": "bold",
    "critical": "bold red reverse",
    "error": "bold red",
    "warning": "yellow",
    "info": "blue",
    "good": "green",
    "dim": "dim",
    "code": "",
    "caret": "bold red",
    "escape": "reverse",
    "label": "bold",
    "heading": "bold",
    "chosen": "bold",
}
"""The terminal's own sixteen colours, so that a person's theme decides how they look."""

_UNWRAPPED = 100_000
"""Columns where colour is wanted and no width is known: wide enough for anything."""
_NARROWEST = 20


def render_terminal(blocks: list[Block], width: int | None, *, colour: bool) -> str:
    """The blocks for a terminal of `width` columns."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(_NARROWEST, width) if width is not None else _UNWRAPPED,
        height=100,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for block in blocks:
        if isinstance(block, Table):
            console.print(Padding(_table(block), (0, 0, 0, block.indent), expand=False))
        elif not block.wraps or _fits(block, console.width):
            out.write(f"{' ' * block.indent}{_styled(block.pieces, colour=colour)}\n")
        else:
            for part in _wrapped(console, block):
                console.print(part, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


def _fits(block: Line, width: int) -> bool:
    return block.indent + sum(cell_len(piece.text) for piece in block.pieces) <= width


def _styled(pieces: tuple[Piece, ...], *, colour: bool) -> str:
    """What rich would print, without its layout: nearly all lines fit, and printing each through a console takes long."""
    system = ColorSystem.STANDARD if colour else None
    return "".join(Style.parse(STYLES[piece.style]).render(piece.text, color_system=system) for piece in pieces)


def _wrapped(console: Console, block: Line) -> list[Text]:
    room = max(_NARROWEST // 2, console.width - block.indent - block.hang)
    parts = list(_text(*block.pieces).wrap(console, room))
    for part in parts:
        part.rstrip()
    return [Text(" " * (block.indent + (block.hang if place else 0))) + part for place, part in enumerate(parts)]


def _table(table: Table) -> RichTable:
    drawn = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, title in enumerate(table.head):
        drawn.add_column(title, justify="right" if column in table.right else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_text(piece) for piece in row))
    return drawn


def _text(*pieces: Piece) -> Text:
    text = Text()
    for piece in pieces:
        text.append(piece.text, STYLES[piece.style])
    return text
