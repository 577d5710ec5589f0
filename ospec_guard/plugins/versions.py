"""Semantic versions and npm-style ranges of them: `^1.0.0`, `~1.2`, `>=1.0.0 <2`, `1.x`, `1.2 - 2`, `a || b`.

The meaning is npm's (https://github.com/npm/node-semver#ranges), pre-releases included: one is allowed only by a
comparator that itself names a pre-release of the same three numbers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from ospec_guard.values import value

_NUMBER = r"(?:0|[1-9]\d{0,14})"
_WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_VERSION = re.compile(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_WORDS}))?(?:\+{_WORDS})?")
_PART = rf"({_NUMBER}|[xX*])"
_COMPARATOR = re.compile(rf"(\^|~>?|>=|<=|>|<|=)?v?{_PART}(?:\.{_PART}(?:\.{_PART}(?:-({_WORDS}))?(?:\+{_WORDS})?)?)?")
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")
_SPACE_AFTER_OPERATOR = re.compile(r"(\^|~>?|>=|<=|>|<|=)\s+")

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


class VersionError(ValueError):
    """A text is no version, or no range of versions; the message says what was expected."""


@value
class Version:
    """A semantic version; build metadata is read and forgotten."""

    release: tuple[int, int, int]
    pre: tuple[str, ...] = ()
    """The identifiers after the hyphen; empty for a release."""

    @property
    def key(self) -> tuple[object, ...]:
        """Orders versions by precedence: a pre-release before its release, numbers before words."""
        words = tuple((0, int(word), "") if word.isdigit() else (1, 0, word) for word in self.pre)
        return (self.release, not self.pre, words)

    def __str__(self) -> str:
        text = ".".join(map(str, self.release))
        return f"{text}-{'.'.join(self.pre)}" if self.pre else text


def parse_version(text: str) -> Version:
    """The version that `text` writes in full (`1.2.3`, `1.2.3-rc.1`). Raises VersionError."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise VersionError(f"'{text}' is not a version; expected three numbers such as 1.2.0")
    major, minor, patch, pre = match.groups()
    return Version((int(major), int(minor), int(patch)), tuple(pre.split(".")) if pre else ())


@value
class Range:
    """A set of versions: alternatives, each of comparators that all must hold."""

    text: str
    alternatives: tuple[tuple[tuple[str, Version], ...], ...]

    def allows(self, version: Version) -> bool:
        """Whether the version lies in the range."""
        return any(_holds(comparators, version) for comparators in self.alternatives)

    def __str__(self) -> str:
        return self.text


def parse_range(text: str) -> Range:
    """The range that `text` writes; an empty text allows every release. Raises VersionError."""
    return Range(text, tuple(_alternative(part.strip(), text) for part in text.split("||")))


def _holds(comparators: tuple[tuple[str, Version], ...], version: Version) -> bool:
    if not all(_COMPARE[sign](version.key, bound.key) for sign, bound in comparators):
        return False
    return not version.pre or any(bound.pre and bound.release == version.release for _, bound in comparators)


def _alternative(part: str, text: str) -> tuple[tuple[str, Version], ...]:
    hyphen = _HYPHEN.fullmatch(part)
    words = [f">={hyphen[1]}", f"<={hyphen[2]}"] if hyphen else _SPACE_AFTER_OPERATOR.sub(r"\1", part).split() or ["*"]
    comparators: list[tuple[str, Version]] = []
    for word in words:
        match = _COMPARATOR.fullmatch(word)
        if match is None:
            raise VersionError(f"'{text}' is not a range of versions; expected for example ^1.0.0, ~1.2, >=1.0.0 or 1.x")
        sign, *parts, pre = match.groups()
        comparators += _comparators(sign or "=", parts, pre)
    return tuple(comparators)


def _comparators(sign: str, parts: list[str | None], pre: str | None) -> list[tuple[str, Version]]:
    """What a sign before a version, perhaps a partial one (`1`, `1.2`, `1.x`), comes down to."""
    known = _known(parts)
    if not known:
        return [("<", _NOTHING)] if sign in {"<", ">"} else [(">=", Version((0, 0, 0)))]
    whole = len(known) == len(parts)
    low = Version(_padded(known), tuple(pre.split(".")) if pre and whole else ())
    if sign == "^":
        first = next((index for index, number in enumerate(known) if number), len(known) - 1)
        return [(">=", low), ("<", _next(known, first))]
    if sign.startswith("~"):
        return [(">=", low), ("<", _next(known, min(1, len(known) - 1)))]
    if whole or sign == ">=":
        return [(sign, low)]
    if sign == "<":
        return [("<", Version(low.release, ("0",)))]
    after = _next(known, len(known) - 1)
    if sign == ">":
        return [(">=", Version(after.release))]
    return [("<", after)] if sign == "<=" else [(">=", low), ("<", after)]


_NOTHING = Version((0, 0, 0), ("0",))
"""Below every release."""


def _known(parts: list[str | None]) -> list[int]:
    """The numbers before the first part that is left open."""
    numbers = []
    for part in parts:
        if part is None or not part.isdigit():
            break
        numbers.append(int(part))
    return numbers


def _padded(numbers: list[int]) -> tuple[int, int, int]:
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return (major, minor, patch)


def _next(numbers: list[int], index: int) -> Version:
    """The first version whose number at `index` is one larger, its own pre-releases included."""
    return Version(_padded([*numbers[:index], numbers[index] + 1]), ("0",))
