"""Python: packages of PyPI, versions by PEP 440, `pyproject.toml` and requirements files."""

from __future__ import annotations

import posixpath

from ospec_guard.ecosystems.base import Cover, Dependency, Manifest, Reader
from ospec_guard.ecosystems.python import ranges, requirements
from ospec_guard.ecosystems.python.names import NAME, normalise, valid_name

__all__ = ["NAME", "TITLE", "check_range", "cover", "normalise", "reader_for", "valid_name"]

TITLE = "Python"


def reader_for(path: str) -> Reader | None:
    """The reader for `pyproject.toml`, requirements and constraints files."""
    if posixpath.basename(path) == "pyproject.toml":
        return Reader(NAME, "pyproject.toml", _read_pyproject)
    return Reader(NAME, "requirements file", requirements.read) if requirements.is_requirements(path) else None


def check_range(text: str) -> None:
    """Raises ValueError for what is neither a PEP 440 range nor one of Poetry's."""
    if not text.strip():
        raise ValueError("the range is empty")
    ranges.parse_range(text)


def cover(wanted: str, dependency: Dependency, *, prereleases: bool) -> Cover:
    """As `base.Ecosystem` has it; a package from git or a folder may have any version."""
    return ranges.cover(wanted, dependency.version, dependency.requirement, prereleases=prereleases)


def _read_pyproject(path: str, data: bytes) -> Manifest:
    from ospec_guard.ecosystems.python import pyproject

    return pyproject.read(path, data)
