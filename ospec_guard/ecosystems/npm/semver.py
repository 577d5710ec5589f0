"""Versions and ranges as npm has them: https://semver.org, and the ranges that npm documents for `package.json`.

`^1.2`, `~1.2`, `1.x`, `1.2 - 2.3`, `>=1 <2`, `||`. A pre-release satisfies a range by npm's rule only where a comparator names
a pre-release of the same version; with `prereleases` it satisfies it wherever its order puts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from typing import NamedTuple

Identifier = tuple[int, int, str]
"""One part of a pre-release: (0, number, '') or (1, 0, text), so that numbers come first and count as numbers."""


class Version(NamedTuple):
    """A version in its order; build metadata is left out."""

    major: int
    minor: int
    patch: int
    final: bool = True
    prerelease: tuple[Identifier, ...] = ()


class Comparator(NamedTuple):
    """One condition of a range."""

    operator: str
    version: Version


Alternatives = tuple[tuple[Comparator, ...], ...]
"""A version must satisfy all comparators of one of them."""

_OPERATORS: dict[str, Callable[[Version, Version], bool]] = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}
_PART = r"(0|[1-9]\d{0,15}|[xX*])"
_TAIL = r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?"
_PARTIAL = re.compile(rf"[v=]*\s*{_PART}(?:\.{_PART}(?:\.{_PART}{_TAIL})?)?")
_OPERATOR = re.compile(r"(\^|~>?|>=|<=|>|<|=)\s*")
_LOWEST: tuple[Identifier, ...] = ((0, 0, ""),)


def parse_version(text: str) -> Version | None:
    """A whole version (`1.2.3-beta.1+build`, also with a leading 'v' or '='), or None for anything else."""
    partial = _partial(text.strip())
    if partial is None or None in partial[:3]:
        return None
    return _version(*partial)


@lru_cache(maxsize=4096)
def parse_range(text: str, *, prereleases: bool = False) -> Alternatives:
    """The alternatives of a range. Raises ValueError for what is no range."""
    return tuple(tuple(_comparators(part.strip(), prereleases=prereleases)) for part in text.split("||"))


def satisfies(version: Version, alternatives: Alternatives, *, prereleases: bool = False) -> bool:
    """Whether a version lies in a range that was parsed with the same `prereleases`."""
    return any(
        all(_OPERATORS[comparator.operator](version, comparator.version) for comparator in comparators)
        and (prereleases or version.final or any(_same_core(version, c.version) for c in comparators))
        for comparators in alternatives
    )


def points(alternatives: Alternatives) -> Iterator[Version]:
    """The boundaries of a range and the next release above each: every stretch between two boundaries has one of them."""
    for comparator in (c for comparators in alternatives for c in comparators):
        boundary = comparator.version
        yield boundary
        yield Version(*boundary[:3])
        yield Version(boundary.major, boundary.minor, boundary.patch + 1)


def _same_core(version: Version, other: Version) -> bool:
    return not other.final and version[:3] == other[:3]


Partial = tuple[int | None, int | None, int | None, str]


def _partial(text: str) -> Partial | None:
    """The parts of a version, of which the last ones may be left open (None)."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    major, minor, patch = (None if part is None or part in "xX*" else int(part) for part in match.groups()[:3])
    if (minor is not None and major is None) or (patch is not None and minor is None):
        return None
    return major, minor, patch, match[4] or "" if patch is not None else ""


def _version(major: int | None, minor: int | None, patch: int | None, prerelease: str = "") -> Version:
    identifiers = tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in prerelease.split(".")) if prerelease else ()
    return Version(major or 0, minor or 0, patch or 0, not identifiers, identifiers)


def _comparators(text: str, *, prereleases: bool) -> Iterator[Comparator]:
    hyphen = re.fullmatch(r"(\S+)\s+-\s+(\S+)", text)
    if hyphen:
        yield from _one(">=", hyphen[1], text, prereleases=prereleases)
        yield from _one("<=", hyphen[2], text, prereleases=prereleases)
        return
    for piece in _OPERATOR.sub(r"\1", text).split():
        match = _OPERATOR.match(piece)
        yield from _one(match[1] if match else "", piece[match.end() :] if match else piece, text, prereleases=prereleases)


def _one(operator: str, text: str, whole: str, *, prereleases: bool) -> Iterator[Comparator]:
    """One piece of a range as plain comparators."""
    partial = _partial(text)
    if partial is None:
        raise ValueError(f"'{whole}' is not a range of npm versions")
    major, minor, patch, _ = partial
    low = _version(*partial)
    if prereleases and patch is None:
        low = _first(low.major, low.minor)
    if major is None:
        if operator in (">", "<"):
            yield Comparator("<", _first(0))  # nothing is beyond every version
        return
    if operator == "^":
        yield Comparator(">=", low)
        yield Comparator("<", _above_caret(partial))
    elif operator in ("~", "~>"):
        yield Comparator(">=", low)
        yield Comparator("<", _first(major + 1) if minor is None else _first(major, minor + 1))
    elif patch is not None:
        yield Comparator(operator or "=", low)
    elif operator in (">=", "<"):
        yield Comparator(operator, _first(low.major, low.minor) if operator == "<" else low)
    else:
        above = _first(major + 1) if minor is None else _first(major, minor + 1)
        if operator == ">":
            yield Comparator(">=", above if prereleases else Version(*above[:3]))
            return
        if operator != "<=":
            yield Comparator(">=", low)
        yield Comparator("<", above)


def _above_caret(partial: Partial) -> Version:
    """The first version that differs in the left-most part that is not zero (or in the last given one)."""
    major, minor, patch, _ = partial
    if major or minor is None:
        return _first((major or 0) + 1)
    if minor or patch is None:
        return _first(0, minor + 1)
    return _first(0, 0, patch + 1)


def _first(major: int, minor: int = 0, patch: int = 0) -> Version:
    """The lowest pre-release of a version, which is below all of its others: `1.0.0-0`."""
    return Version(major, minor, patch, final=False, prerelease=_LOWEST)
