"""`package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3: every package of the tree, direct or pulled in by others.

Version 1 does not say what the project itself asks for: there, what nothing else in the file requires counts as direct.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from ospec_guard.document import Document, DocumentError, read_json
from ospec_guard.ecosystems.base import (
    Dependency,
    Manifest,
    Origin,
    Scope,
    Unread,
    in_order,
    key_region,
    locate,
    mapping,
    undocumented,
    value_region,
)
from ospec_guard.ecosystems.npm.specs import NAME, read_spec, valid_name
from ospec_guard.values import value

_FOLDER = "node_modules/"
_LISTS = ("dependencies", "optionalDependencies", "peerDependencies")
_OWN_LISTS = (*_LISTS, "devDependencies")


@value
class _Entry:
    """One package of the tree, in the terms of version 3."""

    keys: tuple[str, ...]
    """Its way in the document."""
    facts: dict[str, Any]
    requires: tuple[str, ...]
    """Folder names of the packages it asks for."""


def read(path: str, data: bytes) -> Manifest:
    """Every package of a lock file at its key, and each entry that could not be understood."""
    try:
        document = read_json(data, path)
    except DocumentError as error:
        return undocumented(path, data, error.problems)
    problems: list[Unread] = []
    if not isinstance(document.value, dict):
        return Manifest(problems=(Unread(0, len(data), "expected an object with the packages of a tree", elsewhere=True),))
    number = document.value.get("lockfileVersion", 1)
    if number not in (1, 2, 3) or isinstance(number, bool):
        message = f"expected a lock file of version 1, 2 or 3, got {number}"
        return Manifest(problems=(Unread(*value_region(document, "lockfileVersion"), message, elsewhere=True),))
    if number == 1:
        entries = dict(_nested(document, problems, (), ""))
        asked = {resolve(entries, at, name) for at, entry in entries.items() for name in entry.requires}
        direct = {at for at in entries if at.count(_FOLDER) == 1 and at not in asked}
    else:
        if "packages" not in document.value:
            problems.append(Unread(0, 0, "the lock file has no 'packages'", elsewhere=True))
        entries = dict(_flat(document, problems))
        own = {at: entry for at, entry in entries.items() if not _is_package(at)}
        direct = {found for at, entry in own.items() for name in entry.requires if (found := resolve(entries, at, name))}
    via = _pulled_in(entries, direct)
    dependencies: list[Dependency] = []
    for at, entry in entries.items():
        if _is_package(at):
            one = _dependency(document, data, at, entry, direct=at in direct, via=via.get(at, ""))
            if isinstance(one, Dependency):
                dependencies.append(one)
            else:
                problems.append(one)
    return in_order(dependencies, problems)


def resolve(entries: dict[str, _Entry], at: str, name: str) -> str:
    """The folder that `name` means for the package in folder `at`: its own, or that of the nearest above; '' for none."""
    while True:
        folder = f"{at}/{_FOLDER}{name}" if at else _FOLDER + name
        if folder in entries:
            return folder
        if not at:
            return ""
        at = at.rpartition("/" + _FOLDER)[0]


def _flat(document: Document, problems: list[Unread]) -> Iterator[tuple[str, _Entry]]:
    """The entries of versions 2 and 3 by folder; folders outside `node_modules` are the project's own."""
    for at, facts in mapping(document, problems, "packages").items():
        if not isinstance(facts, dict):
            problems.append(Unread(*key_region(document, "packages", at), f"the entry of '{at}' is not an object"))
            continue
        lists = _LISTS if _is_package(at) else _OWN_LISTS
        requires = [name for key in lists for name in (facts[key] if isinstance(facts.get(key), dict) else ())]
        yield at, _Entry(("packages", at), facts, tuple(requires))


def _nested(document: Document, problems: list[Unread], keys: tuple[str, ...], above: str) -> Iterator[tuple[str, _Entry]]:
    """The entries of version 1 by the folder that each has in the tree."""
    for name, facts in mapping(document, problems, *keys, "dependencies").items():
        here = (*keys, "dependencies", name)
        if not isinstance(facts, dict):
            problems.append(Unread(*key_region(document, *here), f"the entry of '{name}' is not an object"))
            continue
        at = f"{above}/{_FOLDER}{name}" if above else _FOLDER + name
        requires = facts.get("requires")
        yield at, _Entry(here, facts, tuple(requires) if isinstance(requires, dict) else ())
        yield from _nested(document, problems, here, at)


def _is_package(at: str) -> bool:
    return at.startswith(_FOLDER) or f"/{_FOLDER}" in at


def _pulled_in(entries: dict[str, _Entry], direct: set[str]) -> dict[str, str]:
    """For every entry that a direct one leads to, the name of the nearest such; the first by folder among equally near ones."""
    via = {at: _folder_name(at) for at in sorted(direct)}
    queue = deque(via)
    while queue:
        at = queue.popleft()
        for name in sorted(entries[at].requires):
            found = resolve(entries, at, name)
            if found and found not in via:
                via[found] = via[at]
                queue.append(found)
    return {at: name for at, name in via.items() if at not in direct}


def _folder_name(at: str) -> str:
    return at.rpartition(_FOLDER)[2]


def _dependency(document: Document, data: bytes, at: str, entry: _Entry, *, direct: bool, via: str) -> Dependency | Unread:
    folder, facts = _folder_name(at), entry.facts
    region = locate(data, key_region(document, *entry.keys), folder, last=True)
    name, version = facts.get("name", folder), facts.get("version", "")
    source: Origin = "registry"
    if not isinstance(name, str) or not isinstance(version, str) or not valid_name(name):
        return Unread(*region, f"the entry of '{at}' has no name or no version that could be understood", elsewhere=True)
    if facts.get("link") is True:
        source, version, direct, via = "path", "", True, ""  # a workspace, or a folder that the project itself names
    elif entry.keys[0] == "packages":
        source = _source(facts.get("resolved"))
    else:
        try:
            spec = read_spec(name, version)
        except ValueError as error:
            return Unread(*region, f"'{name}': {error}")
        name, source, version = spec.name, spec.source, spec.version
    return Dependency(NAME, name, name, *region, version, "", _scope(facts), direct, source, via)


def _source(resolved: object) -> Origin:
    """Where the package was found; registries serve archives below `/-/`, and bundled packages have no address."""
    if not isinstance(resolved, str) or "/-/" in resolved:
        return "registry"
    return "git" if resolved.startswith("git") else "url"


def _scope(facts: dict[str, Any]) -> Scope:
    if facts.get("dev") is True:
        return "development"
    return "optional" if facts.get("optional") is True or facts.get("devOptional") is True else "runtime"
