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
from ospec_guard.ecosystems.python.ranges import exact
from ospec_guard.ecosystems.python.requirements import is_requirements
from ospec_guard.values import replace


def read(path: str, data: bytes) -> Manifest:
    """The packages a `pyproject.toml` names, and each entry that could not be understood."""
    try:
        document = read_toml(data, path)
    except DocumentError as error:
        return undocumented(path, data, error.problems)
    found: list[Dependency] = []
    problems: list[Unread] = []
    _requirements(document, data, found, problems, "runtime", "project", "dependencies")
    for extra in mapping(document, problems, "project", "optional-dependencies"):
        _requirements(document, data, found, problems, "optional", "project", "optional-dependencies", extra)
    groups = mapping(document, problems, "dependency-groups")
    for group in groups:
        _requirements(document, data, found, problems, "development", "dependency-groups", group, groups=groups)
    _requirements(document, data, found, problems, "build", "build-system", "requires")
    _requirements(document, data, found, problems, "development", "tool", "uv", "dev-dependencies")
    for environment in mapping(document, problems, "tool", "hatch", "envs"):
        for key in ("dependencies", "extra-dependencies"):
            _requirements(document, data, found, problems, "development", "tool", "hatch", "envs", environment, key)
    for group in mapping(document, problems, "tool", "pdm", "dev-dependencies"):
        _requirements(document, data, found, problems, "development", "tool", "pdm", "dev-dependencies", group)
    found = _with_uv_sources(document, problems, found)
    _poetry(document, found, problems)
    _setuptools(document, problems)
    return in_order(found, problems)


def _requirements(
    document: Document,
    data: bytes,
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
            one = requirement(data, region, entry, scope)
            if isinstance(one, Dependency):
                found.append(one)
            else:
                problems.append(one)
        elif groups is None or not isinstance(entry, dict) or list(entry) != ["include-group"]:
            problems.append(Unread(*region, f"entry {index + 1} of '{'.'.join(keys)}' is not a requirement", elsewhere=True))
        elif normalise(str(entry["include-group"])) not in {normalise(group) for group in groups}:
            message = f"there is no dependency group '{entry['include-group']}' to include"
            problems.append(Unread(*region, message, elsewhere=True))


def _poetry(document: Document, found: list[Dependency], problems: list[Unread]) -> None:
    tables: list[tuple[Scope, tuple[str, ...]]] = [("runtime", ("dependencies",)), ("development", ("dev-dependencies",))]
    groups = mapping(document, problems, "tool", "poetry", "group")
    tables += [("development", ("group", group, "dependencies")) for group in groups]
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
    name, region = keys[-1], key_region(document, *keys)
    table = value if isinstance(value, dict) else {"version": value}
    version = table.get("version", "")
    source = _source(table)
    if "version" not in table and source == "registry" and document.at("project", "dependencies").exists:
        return  # Poetry 2: more about a package that `project.dependencies` names
    if not valid_name(name):
        problems.append(Unread(*region, f"'{name}' is not the name of a Python package"))
        return
    if not isinstance(version, str):
        problems.append(Unread(*region, f"the version of '{name}' is not a text"))
        return
    try:
        only = exact(version)
    except ValueError as error:
        problems.append(Unread(*region, f"'{name}': {error}"))
        return
    if scope == "runtime" and table.get("optional") is True:
        scope = "optional"
    asked = "" if version.strip() == "*" else version.strip()
    found.append(Dependency(NAME, normalise(name), name, *region, only, asked, scope, source=source))


def _source(table: dict[str, Any]) -> Origin:
    """Where a package comes from by a table of Poetry's or uv's."""
    if "git" in table:
        return "git"
    if "url" in table or "file" in table:
        return "url"
    if "path" in table:
        return origin(str(table["path"]))[0]
    return "path" if table.get("workspace") is True else "registry"


def _with_uv_sources(document: Document, problems: list[Unread], found: list[Dependency]) -> list[Dependency]:
    """The dependencies, with the sources that `tool.uv.sources` gives some of them (conditional sources change nothing)."""
    tables = mapping(document, problems, "tool", "uv", "sources")
    sources = {normalise(name): _source(table) for name, table in tables.items() if isinstance(table, dict)}
    return [replace(d, source=sources.get(d.name, d.source)) if d.scope != "build" else d for d in found]


def _setuptools(document: Document, problems: list[Unread]) -> None:
    """Dependencies that setuptools reads from files: those are read too, if their names say what they are."""
    dynamic = ("tool", "setuptools", "dynamic")
    extras = mapping(document, problems, *dynamic, "optional-dependencies")
    ways: list[tuple[str, ...]] = [(*dynamic, "dependencies")]
    ways += [(*dynamic, "optional-dependencies", extra) for extra in extras]
    for keys in ways:
        files = document.at(*keys, "file").value
        for file in files if isinstance(files, list) else [files]:
            target = posixpath.join(posixpath.dirname(document.path), file) if isinstance(file, str) else ""
            if target and not is_requirements(target):
                message = f"'{file}' is not read: its name does not say that it is a requirements file"
                problems.append(Unread(*value_region(document, *keys, "file"), message, elsewhere=True))
