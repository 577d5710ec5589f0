"""The words of which one stands in whatever a regular expression matches, so that other texts need no look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ospec_guard.pattern.expressions import ExpressionError, Part, parsed
from ospec_guard.pattern.formula import Condition, MatchesRegex
from ospec_guard.values import value

_SHORTEST = 2
"""Characters; what is shorter stands everywhere."""
_MOST = 24
"""Words; looking for many takes longer than it saves."""
_LONGEST = 2000
"""Characters; lists of words as long as that have too many."""
_HARMLESS = frozenset("ims")
"""Options under which characters still mean themselves."""
_OPTIONS = re.compile(r"\?[a-zA-Z^-]+")
_TRANSPARENT = ("", "?:")
"""Openings of groups that match what is in them, names aside."""


@value
class Needles:
    """Words of which one is in every text that matches."""

    words: tuple[str, ...]
    """ASCII, ascending, in small letters where case does not count."""
    caseless: bool = False


@lru_cache(maxsize=4096)
def needles_of(expression: str) -> Needles | None:
    """The needles of an expression in the syntax of PCRE; None where nothing is sure."""
    if len(expression) > _LONGEST:
        return None
    try:
        tree = parsed(expression)
    except (ExpressionError, RecursionError):
        return None
    options = [one.text[1:] for one in _groups(tree) if _OPTIONS.fullmatch(one.text)]
    first = tree.parts[0] if tree.kind == "sequence" and tree.parts else tree
    if options and (len(options) > 1 or first.text[1:] != options[0] or not set(options[0]) <= _HARMLESS):
        return None  # What stands behind `(?i)` has another meaning than what stands before it.
    caseless = bool(options) and "i" in options[0]
    found = _words(tree)
    if found is None or len(found) > _MOST or not all(len(word) >= _SHORTEST and word.isascii() for word in found):
        return None
    return Needles(tuple(sorted({word.lower() for word in found} if caseless else found)), caseless)


def needles_in(conditions: Iterable[Condition]) -> Iterator[tuple[str, Needles]]:
    """What conditions say about the text of metavariables, by their names, before anything is found."""
    for one in conditions:
        if isinstance(one, MatchesRegex) and not one.constants:
            needles = needles_of(one.regex)
            if needles is not None:
                yield one.metavariable, needles


def _groups(part: Part) -> Iterator[Part]:
    if part.kind == "group":
        yield part
    for one in part.parts:
        yield from _groups(one)


def _words(part: Part) -> frozenset[str] | None:
    """The best words that one part gives."""
    if part.kind == "sign":
        return frozenset((part.text,)) if part.text else None
    if part.kind == "choice":
        branches = [_words(branch) for branch in part.parts]
        if any(branch is None for branch in branches):
            return None
        return frozenset().union(*[branch for branch in branches if branch is not None])
    if part.kind == "repeat":
        return _words(part.parts[0]) if part.least else None
    if part.kind == "group":
        named = part.text[:1] == "?" and part.text[-1:] in (">", "'") and part.text[1:2] in ("P", "<", "'")
        return _words(part.parts[0]) if part.text in _TRANSPARENT or named else None
    if part.kind == "sequence":
        return max(_in_sequence(part), key=_strength, default=None)
    return None


def _in_sequence(part: Part) -> list[frozenset[str]]:
    """The runs of single characters, and what the other parts give."""
    found: list[frozenset[str]] = []
    run = ""
    for one in part.parts:
        if one.kind == "sign" and one.text:
            run += one.text
            continue
        words = _words(one) if one.kind != "sign" else None
        found += [frozenset((run,))] if run else []
        found += [words] if words is not None else []
        run = ""
    return [*found, frozenset((run,))] if run else found


def _strength(words: frozenset[str]) -> tuple[int, int]:
    return min(len(word) for word in words), -len(words)
