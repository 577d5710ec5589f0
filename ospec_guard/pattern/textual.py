"""Regular expressions as patterns (`pattern-regex`, `languages: [regex]`)."""

from __future__ import annotations

from collections.abc import Sequence

from ospec_guard.pattern.hits import Bound, Hit
from ospec_guard.regular import Regex, compile_regex


def find_regex(expression: str, data: bytes, within: Sequence[tuple[int, int]] | None = None) -> list[Hit]:
    """Where an expression matches in a text of UTF-8, in order; its groups are bound as `$1`, `$2`, … and `$NAME`.

    `within`: only matches that lie in one of these spans of bytes; the expression still sees the whole text.
    Raises InvalidRegexError and RegexTimeoutError.
    """
    hits = []
    for (start, end), groups in compile_regex(expression).captures(data):
        if within is None or any(first <= start and end <= last for first, last in within):
            hits.append(Hit(start, end, {f"${name}": bound(data, span) for name, span in groups.items()}))
    return hits


def find_inside(expression: str, data: bytes, window: tuple[int, int]) -> list[Hit]:
    """Where an expression matches in a piece of a text that it takes for the whole text; offsets are those of `data`."""
    first, last = window
    hits = []
    for (start, end), groups in compile_regex(expression).captures(data[first:last]):
        spans = {name: (span[0] + first, span[1] + first) for name, span in groups.items()}
        hits.append(Hit(start + first, end + first, {f"${name}": bound(data, span) for name, span in spans.items()}))
    return hits


def bound(data: bytes, span: tuple[int, int]) -> Bound:
    """A piece of a text, as what a metavariable stands for."""
    text = data[span[0] : span[1]].decode(errors="replace")
    return Bound(*span, text, text, value=text)


def anchored(expression: str) -> Regex:
    r"""The expression of a `metavariable-regex`: matches from the first character on; `^` and `$` are the ends of the text."""
    line_end = "\n" if "(?x" in expression else ""
    return compile_regex(rf"\A(?-m:{expression}{line_end})")
