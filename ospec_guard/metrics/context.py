"""Where around a match the expression `requires` is looked for; shared by the `code_analysis` rule kind and metric.

Owns the words of `context` and what each means as pieces of text. What a match is, and what its absence means, is the caller's.
"""

from __future__ import annotations

from ospec_guard.protocols import FileView

CONTEXTS = ("block", "assignment", "line", "file")


def region(view: FileView, context: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of the text to look in for a match at bytes `start` to `end`, ascending, as byte offsets.

    `block`: the smallest definition or statement around, with the comments and decorators that lead it. `assignment`: the
    given bytes themselves, which are to be those of an assignment or a part of one, without their comments. `line`: the lines
    the match touches, whole. `file`: everything. Where the language has no grammar, `block` and `assignment` mean `line`.
    """
    structure = view.structure if context in {"block", "assignment"} else None
    if structure is not None:
        return [structure.block(start, end)] if context == "block" else _outside(structure.comments, start, end)
    source = view.source
    if context == "file":
        return [(0, len(source.data))]
    first, last = source.line_of(start), source.line_of(max(start, end - 1))
    return [(source.line_bounds(first)[0], source.line_bounds(last)[1])]


def _outside(comments: tuple[tuple[int, int], ...], start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for first, last in comments:
        if start < last and first < end:
            if start < first:
                pieces.append((start, first))
            start = last
    return [*pieces, (start, end)] if start < end else pieces
