r"""Regular expressions that cannot hurt: RE2 first, the `regex` module under a time limit for what RE2 cannot express.

Everywhere in the product an expression is searched in UTF-8 bytes, `^` and `$` match at lines, `.` matches no line feed,
letters count as written. RE2's `\w`, `\d`, `\s`, `\b` are ASCII (https://github.com/google/re2/wiki/Syntax); the fallback
is switched to ASCII too, so that a rule means the same on either engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

import re2

FALLBACK_SECONDS = 1.0
"""How long one search by the fallback engine may take."""


SET_MEMORY = 64 << 20
"""Bytes for the automaton of a set of expressions; it is rebuilt as it runs when it outgrows them."""


Span = tuple[int, int]
"""Byte offsets: first, after the last."""


class RegexTimeoutError(Exception):
    """The fallback engine ran out of time on a text."""


class InvalidRegexError(ValueError):
    """The expression is valid in neither engine; the text says why and where."""


class Regex(Protocol):
    """A compiled expression."""

    @property
    def linear(self) -> bool:
        """True iff RE2 runs it (time linear in the text, whatever the expression)."""

    def search(self, data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The first match in `data[start:end]` as byte offsets into `data`, or None."""

    def finditer(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """All matches that do not overlap, in order, as byte offsets into `data`. Empty matches are left out."""

    def captures(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, dict[str, Span]]]:
        """As `finditer`, each with the spans of the groups that took part, by number ("1") and by name."""


class _Linear:
    linear = True

    def __init__(self, pattern: str) -> None:
        self._compiled = re2.compile(b"(?m)" + pattern.encode(), _options())

    def search(self, data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        match = self._compiled.search(data, start, len(data) if end is None else end)
        return match.span() if match else None

    def finditer(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        for match in self._compiled.finditer(data, start, len(data) if end is None else end):
            first, last = match.span()
            if last > first:
                yield first, last

    def captures(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, dict[str, Span]]]:
        names = _names_of_groups(self._compiled)
        for match in self._compiled.finditer(data, start, len(data) if end is None else end):
            span = match.span()
            if span[1] > span[0]:
                yield span, {name: match.span(number) for name, number in names if match.start(number) >= 0}


class _Limited:
    linear = False

    def __init__(self, pattern: str) -> None:
        import regex

        # VERSION0 keeps Python's meaning of sets; ASCII as RE2.
        flags = regex.MULTILINE | regex.ASCII | regex.VERSION0
        pattern = _respelled(pattern)
        self._of_bytes = regex.compile(pattern.encode(), flags)
        # In bytes a dot or a set would match a part of a character.
        self._of_text = regex.compile(pattern, flags)

    def search(self, data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        try:
            if data.isascii():
                match = self._of_bytes.search(data, start, end, timeout=FALLBACK_SECONDS)
                return match.span() if match else None
            text, first, last = _as_text(data, start, end)
            match = self._of_text.search(text, first, last, timeout=FALLBACK_SECONDS)
            return next(_as_bytes(text, [match.span()])) if match else None
        except TimeoutError as error:
            raise RegexTimeoutError(f"no answer in {FALLBACK_SECONDS:g} s") from error

    def finditer(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        try:
            spans: Iterator[tuple[int, int]]
            if data.isascii():
                spans = (match.span() for match in self._of_bytes.finditer(data, start, end, timeout=FALLBACK_SECONDS))
            else:
                text, first, last = _as_text(data, start, end)
                matches = self._of_text.finditer(text, first, last, timeout=FALLBACK_SECONDS)
                spans = _as_bytes(text, (match.span() for match in matches))
            yield from ((first, last) for first, last in spans if last > first)
        except TimeoutError as error:
            raise RegexTimeoutError(f"no answer in {FALLBACK_SECONDS:g} s") from error

    def captures(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, dict[str, Span]]]:
        names = _names_of_groups(self._of_bytes)
        ascii_only = data.isascii()
        text, first, last = ("", start, end) if ascii_only else _as_text(data, start, end)
        subject, compiled = (data, self._of_bytes) if ascii_only else (text, self._of_text)
        seen = offset = 0
        try:
            for match in compiled.finditer(subject, first, last, timeout=FALLBACK_SECONDS):
                spans = {"": match.span()} | {name: match.span(number) for name, number in names if match.start(number) >= 0}
                if not ascii_only:
                    # Ascending from match to match; groups lie near their match.
                    offset += len(text[seen : match.start()].encode())
                    seen = match.start()
                    spans = {
                        name: (_near(text, a, seen, offset), _near(text, b, seen, offset)) for name, (a, b) in spans.items()
                    }
                whole = spans.pop("")
                if whole[1] > whole[0]:
                    yield whole, spans
        except TimeoutError as error:
            raise RegexTimeoutError(f"no answer in {FALLBACK_SECONDS:g} s") from error


def _near(text: str, at: int, known: int, offset: int) -> int:
    """The byte offset of a character, from that of another one."""
    return offset + len(text[known:at].encode()) if at >= known else offset - len(text[at:known].encode())


def _names_of_groups(compiled: Any) -> list[tuple[str, int]]:
    numbered = [(str(number), number) for number in range(1, compiled.groups + 1)]
    return numbered + [(_name(name), number) for name, number in compiled.groupindex.items()]


def _name(name: str | bytes) -> str:
    return name.decode() if isinstance(name, bytes) else name


def _as_text(data: bytes, start: int, end: int | None) -> tuple[str, int, int]:
    """The text, and the two offsets in characters."""
    upto = len(data) if end is None else end
    before, within = data[:start].decode(), data[start:upto].decode()
    return before + within + data[upto:].decode(), len(before), len(before) + len(within)


def _as_bytes(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ascending spans of characters as spans of bytes."""
    seen = offset = 0
    for first, last in spans:
        start = offset + len(text[seen:first].encode())
        offset = start + len(text[first:last].encode())
        seen = last
        yield start, offset


_PIECE = (
    r"\\x\{(?P<code>[0-9A-Fa-f]+)\}|\\Q(?P<literal>.*?)(?:\\E|\Z)|\\(?:(?P<number>[1-9]\d?)|g\{?(?P<given>[1-9]\d?)\}?)|\\."
    r"|(?P<set>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])"
    r"|\(\?(?P<flags>[ims]*(?:-[ims]+)?)\)|(?P<comment>\(\?\#[^)]*\))|(?P<group>\((?!\?|\*)|\(\?(?:P?<(?![=!])|'))|."
)
_SPELLINGS = {"\\e": "\\x1b", "\\Z": "(?=\\n?\\Z)", "\\z": "\\Z"}


def _respelled(pattern: str) -> str:
    """PCRE's spelling of what the `regex` module spells otherwise, or takes for something else.

    Flags in the middle hold from there to the end of their group; a reference to a group from within itself never matches.
    """
    made: list[str] = []
    groups = 0
    # The open groups: their numbers, and the flags that hold in them.
    open_groups: list[tuple[int, list[str]]] = [(0, [])]
    if re.match(r"\(\?[a-zA-Z-]*x", pattern):
        return pattern
    for piece in re.finditer(_PIECE, pattern, re.DOTALL):
        text, flags = piece[0], open_groups[-1][1]
        if piece["code"]:
            text = f"\\U{int(piece['code'], 16):08x}"
        elif piece["literal"] is not None:
            text = re.escape(piece["literal"])
        elif piece["number"] or piece["given"]:
            number = piece["number"] or piece["given"]
            text = "(?!)" if int(number) in (one for one, _ in open_groups) else f"(?:\\{number})" if piece["given"] else text
        elif piece["set"]:
            text = text.replace(r"\h", r" \t").replace(r"\e", r"\x1b")
        elif piece["flags"]:
            text = f"(?{piece['flags']}:"
            flags.append(text)
        elif text.startswith("(") and not piece["comment"]:
            groups += bool(piece["group"])
            open_groups.append((groups if piece["group"] else 0, []))
        elif text == "|":
            text = ")" * len(flags) + "|" + "".join(flags)
        elif text == ")" and len(open_groups) > 1:
            text = ")" * (len(flags) + 1)
            open_groups.pop()
        made.append(_SPELLINGS.get(text, text))
    return "".join(made) + ")" * len(open_groups[0][1])


@lru_cache(maxsize=8192)
def compile_regex(pattern: str) -> Regex:
    """The compiled expression, on RE2 where it can be expressed there. Raises InvalidRegexError."""
    try:
        return _Linear(pattern)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if error.args and isinstance(error.args[0], bytes) else str(error)
    import regex

    try:
        return _Limited(pattern)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        detail = f"{error.msg} at position {error.pos}" if isinstance(error, regex.error) else f"{error}; RE2 says: {reason}"
        raise InvalidRegexError(detail) from error


class RegexSet:
    """Many expressions searched for in one pass: which of them match anywhere in a text.

    Expressions RE2 cannot express count as matching always. Compiled at its first use; where one automaton for all would take
    more than SET_MEMORY, several share the work.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        self._always: list[int] = []
        self._sets: list[tuple[re2.Set, list[int]]] | None = None

    def matching(self, data: bytes) -> list[int]:
        """Positions of the expressions that match in `data` (or may), ascending."""
        if self._sets is None:
            self._sets = self._compiled(range(len(self._patterns)))
        found = list(self._always)
        for compiled, positions in self._sets:
            found += [positions[i] for i in compiled.Match(data) or ()]
        return sorted(found)

    def _compiled(self, wanted: Sequence[int]) -> list[tuple[re2.Set, list[int]]]:
        together = re2.Set.SearchSet(_options(SET_MEMORY))
        positions = []
        for position in wanted:
            try:
                together.Add(b"(?m)" + self._patterns[position].encode())
            except re2.error:
                self._always.append(position)
            else:
                positions.append(position)
        if not positions:
            return []
        try:
            # Matching with a set that failed to compile crashes the interpreter, so that it must not leave this function.
            together.Compile()
        except re2.error:
            if len(positions) == 1:
                self._always += positions
                return []
            middle = len(positions) // 2
            return self._compiled(positions[:middle]) + self._compiled(positions[middle:])
        return [(together, positions)]


def _options(max_mem: int = 8 << 20) -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = max_mem
    return options
