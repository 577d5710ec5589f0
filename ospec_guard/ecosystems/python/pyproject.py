"""`pyproject.toml`: dependencies by PEP 621, PEP 735 and PEP 518, and those of Poetry, uv, PDM and Hatch's own tables.

A group that includes another adds nothing of its own; a dependency named in two tables is two dependencies, each at its place.
"""

from __future__ import annotations

import posixpath
from typing import Any

from ospec_guard.document import Document, DocumentError, read_toml
from ospec_guard.ecosystems.base import (
    Dependency,
    Manifest,
    Origin,
    Scope,
    Unread,
    in_order,
    key_region,
    listing,
    mapping,
    undocumented,
    value_region,
)
from ospec_guard.ecosystems.python.names import NAME, normalise, origin, requirement, valid_name
from ospec_guard.ecosystems.python.ranges import exact, parse_range
from ospec_guard.ecosystems.python.requirements import is_requirements


def read(path: str, data: bytes) -> Manifest:
    """The packages a `pyproject.toml` names, and each entry that could not be understood."""
    try:
        document = read_toml(data, path)
    except DocumentError as error:
        return undocumented(path, data, error.problems)
    found: list[Dependency] = []
    problems: list[Unread] = []
    _requirements(document, found, problems, "runtime", "project", "dependencies")
    for extra in mapping(document, problems, "project", "optional-dependencies"):
        _requirements(document, found, problems, "optional", "project", "optional-dependencies", extra)
    groups = mapping(document, problems, "dependency-groups")
    for group in groups:
        _requirements(document, found, problems, "development", "dependency-groups", group, groups=groups)
    _requirements(document, found, problems, "build", "build-system", "requires")
    _requirements(document, found, problems, "development", "tool", "uv", "dev-dependencies")
    for group in mapping(document, problems, "tool", "pdm", "dev-dependencies"):
        _requirements(document, found, problems, "development", "tool", "pdm", "dev-dependencies", group)
    _poetry(document, found, problems)
    _setuptools(document, problems)
    return in_order(found, problems)


def _requirements(
    document: Document,
    found: list[Dependency],
    problems: list[Unread],
    scope: Scope,
    *keys: str,
    groups: dict[str, Any] | None = None,
) -> None:
    """The requirement strings of the list at `keys`; `groups` are those that an entry may include."""
    for index, entry in enumerate(listing(document, problems, *keys)):
        region = value_region(document, *keys, index)
        if isinstance(entry, str):
            one = requirement(document.layout.source.data, region, entry, scope)
            (found if isinstance(one, Dependency) else problems).append(one)  # type: ignore[arg-type]
        elif groups is None or not isinstance(entry, dict) or list(entry) != ["include-group"]:
            problems.append(Unread(*region, f"entry {index + 1} of '{'.'.join(keys)}' is not a requirement", elsewhere=True))
        elif normalise(str(entry["include-group"])) not in {normalise(group) for group in groups}:
            problems.append(Unread(*region, f"there is no dependency group '{entry['include-group']}' to include", elsewhere=True))


def _poetry(document: Document, found: list[Dependency], problems: list[Unread]) -> None:
    tables: list[tuple[Scope, tuple[str, ...]]] = [("runtime", ("dependencies",)), ("development", ("dev-dependencies",))]
    for group in mapping(document, problems, "tool", "poetry", "group"):
        tables.append(("development", ("group", group, "dependencies")))
    for scope, way in tables:
        keys = ("tool", "poetry", *way)
        for name, value in mapping(document, problems, *keys).items():
            if name.lower() == "python":
                continue
            for one in value if isinstance(value, list) and value else [value]:
                _poetry_entry(document, found, problems, scope, (*keys, name), one)


def _poetry_entry(
    document: Document, found: list[Dependency], problems: list[Unread], scope: Scope, keys: tuple[str, ...], value: object
) -> None:
    """One `name = "^1.2"` or `name = {version = …}` of Poetry; `value` is one of a list where the key has several."""
    name, start_end = keys[-1], key_region(document, *keys)
    table = value if isinstance(value, dict) else {"version": value}
    version = table.get("version", "")
    source = _poetry_source(table)
    try:
        if not isinstance(version, str):
            raise ValueError("the version is not a text")  # noqa: TRY301, TRY004 - told like the other mistakes of the entry
        parse_range(version)
    except ValueError as error:
        problems.append(Unread(*start_end, f"'{'.'.join(keys)}': {error}"))
        return
    if not valid_name(name):
        problems.append(Unread(*start_end, f"'{name}' is not the name of a Python package"))
        return
    if "version" not in table and source == "registry":
        problems.append(Unread(*start_end, f"'{'.'.join(keys)}' has neither a version nor a place to come from"))
        return
    if scope == "runtime" and table.get("optional") is True:
        scope = "optional"
    requirement_text = "" if version.strip() == "*" else version.strip()
    found.append(
        Dependency(NAME, normalise(name), name, *start_end, exact(version), requirement_text, scope, source=source)
    )


def _poetry_source(table: dict[str, Any]) -> Origin:
    for key, source in _POETRY_SOURCES:
        if key in table:
            return origin(str(table[key]))[0] if key == "path" else source
    return "registry"


_POETRY_SOURCES: tuple[tuple[str, Origin], ...] = (("git", "git"), ("path", "path"), ("file", "url"), ("url", "url"))


def _setuptools(document: Document, problems: list[Unread]) -> None:
    """Dependencies that setuptools reads from files: those are read too, if their names say what they are."""
    dynamic = ("tool", "setuptools", "dynamic")
    ways: list[tuple[str, ...]] = [(*dynamic, "dependencies")]
    ways += [(*dynamic, "optional-dependencies", extra) for extra in mapping(document, problems, *dynamic, "optional-dependencies")]
    for keys in ways:
        files = document.at(*keys, "file").value
        for file in files if isinstance(files, list) else [files]:
            target = posixpath.join(posixpath.dirname(document.path), file) if isinstance(file, str) else ""
            if target and not is_requirements(target):
                message = f"'{file}' is not read: its name does not say that it is a requirements file"
                problems.append(Unread(*value_region(document, *keys, "file"), message, elsewhere=True))
