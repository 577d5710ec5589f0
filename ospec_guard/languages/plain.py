"""Comments of languages without a grammar, found by a lexer that knows only comments and strings.

It may take a comment for code (nested comments, odd strings), so nothing that must not be missed may rest on it alone.
"""

from __future__ import annotations

import re
from functools import cache

from ospec_guard.languages.language import CommentStyle, Language


def plain_comments(language: Language, data: bytes) -> tuple[tuple[int, int], ...]:
    """Byte spans of the comments, ascending, line ends left out; nothing for a language whose comments we do not know."""
    lexer = _lexer(language.comments)
    if lexer is None:
        return ()
    found = []
    for match in lexer.finditer(data):
        start, end = match.span("comment")
        if start >= 0:
            text = data[start:end]
            found.append((end - len(text.lstrip()), start + len(text.rstrip())))
    return tuple(found)


@cache
def _lexer(style: CommentStyle) -> re.Pattern[bytes] | None:
    """An expression that matches strings and, in the group `comment`, comments; leftmost wins."""
    comments = [_block(*pair) for pair in style.block] + [_line(opening) for opening in style.line]
    if not comments:
        return None
    alternatives = [*map(_string, style.quotes), rf"(?P<comment>{'|'.join(comments)})"]
    return re.compile("|".join(alternatives).encode(), re.MULTILINE)


def _string(quote: str) -> str:
    mark = re.escape(quote)
    if len(quote) > 1:
        return rf"{mark}(?s:\\.|(?!{mark}).)*+(?:{mark})?"
    return rf"{mark}(?:\\.|[^{mark}\\\n])*+{mark}?"


def _block(opening: str, closing: str) -> str:
    # Unclosed, it reaches to the end of the file.
    return rf"{_opening(opening)}(?s:.)*?(?:{re.escape(closing)}|\Z)"


def _line(opening: str) -> str:
    return rf"{_opening(opening)}[^\n]*+"


def _opening(written: str) -> str:
    if written.startswith("^"):
        return rf"(?:(?<=\n)|\A)[ \t]*{re.escape(written[1:])}"
    if written.startswith(" "):
        return rf"(?:(?<=\s)|\A){re.escape(written[1:])}"
    if written.startswith("\n"):
        return rf"(?:(?<=\n)|\A){re.escape(written[1:])}"
    return re.escape(written)
