"""Code frames: the lines around a finding with its piece marked, whatever the lines hold.

A frame never hands a character of the source to the terminal that the terminal would obey; see `base.visible`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.report.base import counted, visible
from ospec_guard.report.text.blocks import Line, Piece, cell_width
from ospec_guard.values import value

if TYPE_CHECKING:
    from ospec_guard.model import Excerpt, Span

TAB = 4
"""Cells between tab stops."""
LONGEST = 120
"""Cells of source shown of one line where no terminal says how many it has."""
_NARROWEST = 24


@value
class _Cells:
    """A line of source laid out in cells: for each code point its visible text, its first cell and whether it is an escape."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    """One more than `texts`: the last is the width of the line."""
    escaped: tuple[bool, ...]

    @property
    def width(self) -> int:
        return self.starts[-1]

    def cell(self, column: int) -> int:
        """The cell of a 1-based code-point column, clipped to the line."""
        return self.starts[min(column - 1, len(self.texts))]


def code_frame(excerpt: Excerpt, span: Span, width: int | None, indent: int) -> list[Line]:
    """The excerpt's lines, those of the span marked by `>` and its first and last by carets.

    `width` is the terminal's in cells; lines longer than it allows are cut around the start of the span.
    """
    shown = _shown(excerpt, span)
    gutter = len(str(max(shown, default=0)))
    budget = LONGEST if width is None else max(_NARROWEST, width - indent - gutter - len("> ") - len(" │ "))
    cells = {number: _layout(text) for number, text in shown.items()}
    left = _left(cells, span, budget)
    lines: list[Line] = []
    for number, laid in cells.items():
        marked = span.line <= number <= span.end_line
        code = _window(laid, left, budget)
        lines.append(_row("> " if marked else "  ", f"{number:>{gutter}}", code, indent))
        start, end = _marked_cells(laid, number, span)
        if number in (span.line, span.end_line) and (carets := _carets(start, end, left, budget)):
            lines.append(_row("  ", " " * gutter, [carets], indent))
    hidden = span.end_line - max(shown, default=span.end_line)
    if hidden > 0:
        lines.append(_row("> ", "…".rjust(gutter), [Piece(counted(hidden, "more line"), "dim")], indent))
    if span.line in shown and span.column - 1 > len(shown[span.line]):
        beyond = f"column {span.column} lies beyond what is kept of line {span.line}"
        lines.append(_row("  ", " " * gutter, [Piece(beyond, "dim")], indent))
    return lines


def _shown(excerpt: Excerpt, span: Span) -> dict[int, str]:
    """The lines by number, without blank ones before and after the span."""
    lines = dict(enumerate(excerpt.lines, excerpt.first_line))
    wanted = [number for number, text in lines.items() if text.strip() or span.line <= number <= span.end_line]
    return {number: lines[number] for number in range(wanted[0], wanted[-1] + 1)} if wanted else {}


def _row(mark: str, number: str, code: list[Piece], indent: int) -> Line:
    head = (Piece(mark, "caret"), Piece(f"{number} │", "dim"))
    return Line((*head, *((Piece(" "), *code) if code else ())), indent, wraps=False)


def _layout(text: str) -> _Cells:
    texts, starts, escaped, at = [], [], [], 0
    for character in text:
        shown = " " * (TAB - at % TAB) if character == "\t" else visible(character)
        texts.append(shown)
        starts.append(at)
        escaped.append(character != "\t" and shown != character)  # noqa: PLR1714  # two questions, one word each
        at += len(shown) if len(shown) > 1 else cell_width(shown)
    return _Cells(tuple(texts), (*starts, at), tuple(escaped))


def _left(cells: dict[int, _Cells], span: Span, budget: int) -> int:
    """The first cell shown, the same for all lines so that they stay aligned."""
    first = cells.get(span.line)
    if first is None or first.width <= budget:
        return 0
    start, end = _marked_cells(first, span.line, span)
    return 0 if end < budget else max(0, start - budget // 3)


def _window(laid: _Cells, left: int, budget: int) -> list[Piece]:
    """The pieces of a line that lie in the shown cells; `…` where something is cut."""
    if laid.width == 0:
        return []
    cut_left, cut_right = left > 0, laid.width - left > budget
    begin, end = left + cut_left, left + budget - cut_right
    pieces = [Piece("…", "dim")] if cut_left else []
    at = begin
    for text, start, stop, escaped in zip(laid.texts, laid.starts, laid.starts[1:], laid.escaped, strict=False):
        if start < begin or stop > end:
            continue
        fill = " " * (start - at)  # a wide character that straddles the cut leaves a hole
        at = stop
        style = "escape" if escaped else "code"
        if pieces and pieces[-1].style == style:
            pieces[-1] = Piece(pieces[-1].text + fill + text, style)
        else:
            pieces.append(Piece(fill + text, style))
    return [*pieces, Piece("…", "dim")] if cut_right else pieces


def _marked_cells(laid: _Cells, number: int, span: Span) -> tuple[int, int]:
    """The cells of one line that the span covers; on its later lines from the first character that is not blank."""
    indentation = next((start for text, start in zip(laid.texts, laid.starts, strict=False) if text.strip()), 0)
    start = laid.cell(span.column) if number == span.line else indentation
    end = laid.cell(span.end_column) if number == span.end_line else laid.width
    return start, end


def _carets(start: int, end: int, left: int, budget: int) -> Piece | None:
    """Carets under the covered cells that are shown, one for an empty span; None where nothing of it is shown."""
    first, last = max(start, left), min(max(end, start + 1), left + budget)
    return Piece(" " * (first - left) + "^" * (last - first), "caret") if first < last else None
