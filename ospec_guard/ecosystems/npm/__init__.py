"""npm: packages of the npm registry, versions by semver, `package.json` and npm's lock files."""

from __future__ import annotations

import posixpath

from ospec_guard.ecosystems.base import Cover, Dependency, Manifest, Reader, compare
from ospec_guard.ecosystems.npm import semver
from ospec_guard.ecosystems.npm.specs import NAME, valid_name

__all__ = ["NAME", "TITLE", "check_range", "cover", "normalise", "reader_for", "valid_name"]

TITLE = "npm"


def reader_for(path: str) -> Reader | None:
    """The reader for `package.json`, `package-lock.json` and `npm-shrinkwrap.json`."""
    filename = posixpath.basename(path)
    if filename == "package.json":
        return Reader(NAME, filename, _read_manifest)
    return Reader(NAME, filename, _read_lock) if filename in ("package-lock.json", "npm-shrinkwrap.json") else None


def normalise(name: str) -> str:
    """The name itself: old packages differ from others in nothing but capitals."""
    return name


def check_range(text: str) -> None:
    """Raises ValueError for what is no range of npm's."""
    if not text.strip():
        raise ValueError("the range is empty")
    semver.parse_range(text)


def cover(wanted: str, dependency: Dependency, *, prereleases: bool) -> Cover:
    """As `base.Ecosystem` has it; what comes from git, an archive or behind a tag may have any version."""
    target = semver.parse_range(wanted, prereleases=prereleases)
    if dependency.version:
        version = semver.parse_version(dependency.version)
        if version is None:
            return Cover.SOME
        return Cover.ALL if semver.satisfies(version, target, prereleases=prereleases) else Cover.NONE
    try:
        asked = semver.parse_range(dependency.requirement)
    except ValueError:  # a tag
        asked = semver.parse_range("*")
    return compare(
        sorted({semver.Version(0, 0, 0), *semver.points(target), *semver.points(asked)}),
        lambda point: semver.satisfies(point, asked),
        lambda point: semver.satisfies(point, target, prereleases=prereleases),
    )


def _read_manifest(path: str, data: bytes) -> Manifest:
    from ospec_guard.ecosystems.npm import manifest

    return manifest.read(path, data)


def _read_lock(path: str, data: bytes) -> Manifest:
    from ospec_guard.ecosystems.npm import lock

    return lock.read(path, data)
