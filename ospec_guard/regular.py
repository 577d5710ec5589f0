r"""Regular expressions that cannot hurt: RE2 first, the `regex` module under a time limit for what RE2 cannot express.

Everywhere in the product an expression is searched in UTF-8 bytes, `^` and `$` match at lines, `.` matches no line feed,
letters count as written. RE2's `\w`, `\d`, `\s`, `\b` are ASCII (https://github.com/google/re2/wiki/Syntax); the fallback
is switched to ASCII too, so that a rule means the same on either engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import re2

FALLBACK_SECONDS = 1.0
"""How long one search by the fallback engine may take."""


SET_MEMORY = 64 << 20
"""Bytes for the automaton of a set of expressions; it is rebuilt as it runs when it outgrows them."""


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


class _Limited:
    linear = False

    def __init__(self, pattern: str) -> None:
        import regex

        # VERSION0 keeps Python's meaning of sets; ASCII as RE2.
        self._compiled = regex.compile(pattern.encode(), regex.MULTILINE | regex.ASCII | regex.VERSION0)

    def search(self, data: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        try:
            match = self._compiled.search(data, start, end, timeout=FALLBACK_SECONDS)
        except TimeoutError as error:
            raise RegexTimeoutError(f"no answer in {FALLBACK_SECONDS:g} s") from error
        return match.span() if match else None

    def finditer(self, data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        try:
            for match in self._compiled.finditer(data, start, end, timeout=FALLBACK_SECONDS):
                first, last = match.span()
                if last > first:
                    yield first, last
        except TimeoutError as error:
            raise RegexTimeoutError(f"no answer in {FALLBACK_SECONDS:g} s") from error


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
        self._always = [p for p, pattern in enumerate(patterns) if not compile_regex(pattern).linear]
        always = set(self._always)
        self._linear = [p for p in range(len(patterns)) if p not in always]
        self._sets: list[tuple[re2.Set, list[int]]] | None = None

    def matching(self, data: bytes) -> list[int]:
        """Positions of the expressions that match in `data` (or may), ascending."""
        if self._sets is None:
            self._sets = self._compiled(self._linear)
        found = list(self._always)
        for compiled, positions in self._sets:
            found += [positions[i] for i in compiled.Match(data) or ()]
        return sorted(found)

    def _compiled(self, positions: list[int]) -> list[tuple[re2.Set, list[int]]]:
        if not positions:
            return []
        together = re2.Set.SearchSet(_options(SET_MEMORY))
        for position in positions:
            together.Add(b"(?m)" + self._patterns[position].encode())
        try:
            # Matching with a set that failed to compile crashes the interpreter, so that it must not leave this function.
            together.Compile()
        except re2.error:
            if len(positions) == 1:
                self._always = sorted([*self._always, *positions])
                return []
            middle = len(positions) // 2
            return self._compiled(positions[:middle]) + self._compiled(positions[middle:])
        return [(together, positions)]


def _options(max_mem: int = 8 << 20) -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = max_mem
    return options
