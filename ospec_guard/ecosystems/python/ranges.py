"""Ranges of Python versions: PEP 440 specifiers, and Poetry's `^1.2`, `~1.2`, `1.2.*` and `||`, told in PEP 440.

`packaging` does the comparing and is imported when the first range is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ospec_guard.ecosystems.base import Cover, compare

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

_CLAUSE = re.compile(r"\s*(?:(\^|~=|~|===|==|!=|<=|>=|<|>|=)\s*)?((?:\d+!)?[^\s,|<>=!~^]+)\s*(?:,(?=\s*[^\s,]))?")


@lru_cache(maxsize=2048)
def parse_range(text: str) -> tuple[SpecifierSet, ...]:
    """The alternatives of a range, of which a version must satisfy one; the empty text is every version.

    Raises ValueError for what is no range.
    """
    parts = re.split(r"\|\|?", text)
    if len(parts) > 1 and not all(part.strip() for part in parts):
        raise ValueError(f"'{text}' is not a range of Python versions: nothing stands beside a '|'")
    return tuple(_alternative(part) for part in parts)


def exact(text: str) -> str:
    """The one version a range admits because it names it (`==1.0`, a bare `1.0`), or ''."""
    alternatives = parse_range(text)
    if len(alternatives) != 1:
        return ""
    named = [s.version for s in alternatives[0] if s.operator in ("==", "===") and not s.version.endswith(".*")]
    return named[0] if len(named) == 1 else ""


def cover(wanted: str, version: str, requirement: str, *, prereleases: bool) -> Cover:
    """How much of an exact `version`, or else of the range `requirement`, lies in the range `wanted`."""
    from packaging.version import InvalidVersion, Version

    target = parse_range(wanted)
    if version:
        try:
            exact_version = Version(version)
        except InvalidVersion:  # `===` names anything
            return Cover.ALL if any(s.operator == "===" and s.version == version for a in target for s in a) else Cover.SOME
        return Cover.ALL if _admits(target, exact_version, prereleases=prereleases) else Cover.NONE
    asked = parse_range(requirement)
    return compare(
        sorted({Version("0"), *_points(target), *_points(asked)}),
        lambda point: _admits(asked, point, prereleases=False),
        lambda point: _admits(target, point, prereleases=prereleases),
    )


def _alternative(text: str) -> SpecifierSet:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion

    clauses: list[str] = []
    at = 0
    stripped = text.strip()
    while at < len(stripped):
        match = _CLAUSE.match(stripped, at)
        if match is None:
            raise ValueError(f"'{stripped}' is not a range of Python versions")
        try:
            clauses.extend(_clause(match[1] or "", match[2]))
        except InvalidVersion as error:
            raise ValueError(f"'{match[2]}' is not a Python version") from error
        at = match.end()
    try:
        return SpecifierSet(",".join(clauses))
    except InvalidSpecifier as error:
        raise ValueError(f"'{stripped}' is not a range of Python versions") from error


def _clause(operator: str, version: str) -> Iterator[str]:
    """One clause in the words of PEP 440."""
    from packaging.version import Version

    if version == "*":
        if operator not in ("", "==", "="):
            raise ValueError(f"'{operator}*' is not a range of Python versions")
    elif operator in ("", "="):
        yield f"=={version}"
    elif operator in ("^", "~"):
        low = Version(version)
        if operator == "~":
            kept = min(len(low.release), 2) - 1
        else:
            kept = next((i for i, part in enumerate(low.release) if part), len(low.release) - 1)
        yield f">={low}"
        yield f"<{_bumped(low, kept)}"
    else:
        yield operator + version


def _bumped(version: Version, position: int) -> str:
    """The first version after all those that agree with `version` up to the release part at `position`."""
    return _release(version, (*version.release[:position], version.release[position] + 1))


def _release(version: Version, parts: tuple[int, ...]) -> str:
    """The final release of these parts in the epoch of `version`."""
    return (f"{version.epoch}!" if version.epoch else "") + ".".join(map(str, parts))


def _admits(alternatives: tuple[SpecifierSet, ...], version: Version, *, prereleases: bool) -> bool:
    return any(
        specifiers.contains(version, prereleases=True)
        and (prereleases or not version.is_prerelease or bool(specifiers.prereleases))
        for specifiers in alternatives
    )


def _points(alternatives: tuple[SpecifierSet, ...]) -> Iterator[Version]:
    """The boundaries of a range and a final release just above each: every stretch between two boundaries has one of them."""
    from packaging.version import InvalidVersion, Version

    for specifier in (s for specifiers in alternatives for s in specifiers):
        text = specifier.version.removesuffix(".*")
        try:
            version = Version(text)
        except InvalidVersion:
            continue
        boundaries = [version]
        if specifier.version != text:
            boundaries.append(Version(_bumped(version, len(version.release) - 1)))
        elif specifier.operator == "~=":
            boundaries.append(Version(_bumped(version, len(version.release) - 2)))
        for boundary in boundaries:
            yield boundary
            yield Version(_release(boundary, boundary.release))
            yield Version(_release(boundary, (*boundary.release, 0, 0, 1)))
