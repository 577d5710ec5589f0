"""A text in no particular language as the tokens and blocks that generic patterns are matched against.

Blocks come from indentation (a line indented more than the one before opens one, a line indented less ends it; a tab counts
as eight) and, within a line, from pairs of brackets. All is made when first asked for: most patterns are nowhere in most texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache

WORD = r"[A-Za-z0-9_]+"
# A character beyond ASCII is one token; a carriage return by itself is a character like others.
SIGN = r"[\xc2-\xf4][\x80-\xbf]*|\r(?!\n)|[^ \t\r\n]"
_TOKEN = re.compile(f"{WORD}|{SIGN}".encode("latin-1"))
_INDENTATION = re.compile(rb"^[ \t]*(?=\r(?!\n)|[^ \t\r\n])", re.MULTILINE)
_LINE_END = re.compile(rb"\n")
_PAIRS = {b")": b"(", b"]": b"[", b"}": b"{"}
_OPENING = frozenset(_PAIRS.values())

_IN_WORDS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")

_COMMENTS = {
    "c": rb"(?s:/\*.*?\*/)",
    "cpp": rb"//[^\n]*|(?s:/\*.*?\*/)",
    "shell": rb"#[^\n]*",
}
"""What `generic_comment_style` may be."""


class Blocks:
    """Tokens by position, and where the blocks around them end (as the position after the last token)."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._positions: dict[bytes, list[int]] = {}
        self._ends: dict[int, int] = {}
        self._opens: dict[int, int] = {}
        self._read: set[int] = set()

    @cached_property
    def _tokens(self) -> tuple[list[int], list[bytes]]:
        starts, texts = [], []
        for match in _TOKEN.finditer(self.data):
            starts.append(match.start())
            texts.append(match[0])
        return starts, texts

    @property
    def starts(self) -> list[int]:
        """Byte offsets, ascending."""
        return self._tokens[0]

    @property
    def texts(self) -> list[bytes]:
        return self._tokens[1]

    def end(self, position: int) -> int:
        """The offset after a token."""
        starts, texts = self._tokens
        return starts[position] + len(texts[position])

    def positions(self, text: bytes) -> list[int]:
        """Where a token with this very text stands."""
        if text not in self._positions:
            self._positions[text] = [i for i, token in enumerate(self.texts) if token == text]
        return self._positions[text]

    @cached_property
    def words(self) -> list[int]:
        """Where words stand."""
        return [i for i, token in enumerate(self.texts) if is_word(token)]

    @cached_property
    def beginnings(self) -> list[int]:
        """The first tokens of all blocks."""
        firsts, _, opening = self._lines
        for line in range(len(firsts)):
            self._read_line(line)
        return sorted({0, *opening, *self._opens}) if firsts else []

    def limit(self, offset: int, lines: int) -> int:
        """The position of the first token more than `lines` lines below the one that `offset` is in."""
        line_ends = self._line_ends
        line = bisect_left(line_ends, offset) + lines
        return bisect_right(self.starts, line_ends[line]) if line < len(line_ends) else len(self.starts)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.data)]

    @cached_property
    def _lines(self) -> tuple[list[int], list[int], dict[int, int]]:
        """Of lines that are not blank the first token and the end of the block; ends of blocks by the tokens that open them."""
        starts = self.starts
        firsts: list[int] = []
        ends: list[int] = []
        opening: dict[int, int] = {}
        # Open blocks: indentation, the token that opened it, lines in it.
        stack: list[tuple[int, int, list[int]]] = [(0, -1, [])]

        def close(at: int) -> None:
            _, first, lines = stack.pop()
            opening[first] = at
            for line in lines:
                ends[line] = at

        for match in _INDENTATION.finditer(self.data):
            first = bisect_left(starts, match.end())
            blank = match[0]
            depth = len(blank) + 7 * blank.count(b"\t")
            while stack[-1][0] > depth:
                close(first)
            if depth > stack[-1][0]:
                stack.append((depth, first, []))
            stack[-1][2].append(len(firsts))
            firsts.append(first)
            ends.append(0)
        while stack:
            close(len(starts))
        del opening[-1]
        return firsts, ends, opening

    def block_end(self, position: int) -> int:
        """The end of the innermost block that a token is in."""
        firsts, ends, _ = self._lines
        line = bisect_right(firsts, position) - 1
        self._read_line(line)
        return self._ends.get(position, ends[line])

    def opens_until(self, position: int) -> int:
        """The end of the block that begins with a token; 0: none does."""
        firsts, _, opening = self._lines
        if position in opening:
            return opening[position]
        self._read_line(bisect_right(firsts, position) - 1)
        return self._opens.get(position, 0)

    def _read_line(self, line: int) -> None:
        """Finds the brackets of a line that belong together; a closing one that nothing opened leaves all open ones alone."""
        if line in self._read:
            return
        self._read.add(line)
        firsts, _, _ = self._lines
        texts = self.texts
        first, last = firsts[line], firsts[line + 1] if line + 1 < len(firsts) else len(texts)
        closing: dict[int, int] = {}
        pending: list[int] = []
        for position in range(first, last):
            token = texts[position]
            if token in _OPENING:
                pending.append(position)
            elif token in _PAIRS:
                while pending and texts[pending[-1]] != _PAIRS[token]:
                    pending.pop()
                if pending:
                    closing[pending.pop()] = position
        around: list[int] = []
        for position in range(first, last):
            while around and around[-1] == position:
                around.pop()
            if around:
                self._ends[position] = around[-1]
            until = closing.get(position, 0)
            if until > position + 1:
                around.append(until)
                self._opens[position + 1] = until


def is_word(token: bytes) -> bool:
    """Whether a token is a word."""
    return token[0] in _IN_WORDS


@lru_cache(maxsize=2)
def blocks_of(data: bytes, comment_style: str = "") -> Blocks:
    """The blocks of a text, with its comments blanked out. Kept for the next patterns on the same text."""
    if comment_style in _COMMENTS:
        data = re.sub(_COMMENTS[comment_style], lambda match: re.sub(rb"[^\r\n]", b" ", match[0]), data)
    return Blocks(data)
