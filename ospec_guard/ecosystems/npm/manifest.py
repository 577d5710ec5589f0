"""`package.json`: the dependencies a package asks for."""

from __future__ import annotations

from ospec_guard.document import Document, DocumentError, read_json
from ospec_guard.ecosystems.base import (
    Dependency,
    Manifest,
    Scope,
    Unread,
    in_order,
    key_region,
    listing,
    locate,
    mapping,
    undocumented,
    value_region,
)
from ospec_guard.ecosystems.npm.specs import NAME, read_spec

_SECTIONS: tuple[tuple[str, Scope], ...] = (
    ("dependencies", "runtime"),
    ("devDependencies", "development"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "runtime"),  # npm installs them since version 7
)
_BUNDLES = ("bundleDependencies", "bundledDependencies")


def read(path: str, data: bytes) -> Manifest:
    """The packages a `package.json` names, and each entry that could not be understood."""
    try:
        document = read_json(data, path)
    except DocumentError as error:
        return undocumented(path, data, error.problems)
    found: list[Dependency] = []
    problems: list[Unread] = []
    if not isinstance(document.value, dict):
        return Manifest(problems=(Unread(0, len(data), "expected an object with the facts of a package", elsewhere=True),))
    for section, scope in _SECTIONS:
        for name, text in mapping(document, problems, section).items():
            one = _dependency(document, data, section, name, text, scope)
            if isinstance(one, Dependency):
                found.append(one)
            else:
                problems.append(one)
    known = {dependency.name for dependency in found}
    for key in _BUNDLES:
        if isinstance(document.at(key).value, bool):
            continue  # all, or none, of the dependencies
        for index, name in enumerate(listing(document, problems, key)):
            one = _bundled(document, key, index, name)
            if isinstance(one, Unread):
                problems.append(one)
            elif one.name not in known:
                found.append(one)
    return in_order(found, problems)


def _dependency(document: Document, data: bytes, section: str, name: str, text: object, scope: Scope) -> Dependency | Unread:
    region = key_region(document, section, name)
    if not isinstance(text, str):
        return Unread(*region, f"the version of '{name}' is not a text", elsewhere=True)
    try:
        spec = read_spec(name, text)
    except ValueError as error:
        return Unread(region[0], max(region[1], value_region(document, section, name)[1]), f"'{name}': {error}")
    if spec.name != name:
        region = locate(data, value_region(document, section, name), spec.name)
    if section == "peerDependencies" and document.at("peerDependenciesMeta", name, "optional").value is True:
        scope = "optional"
    return Dependency(NAME, spec.name, spec.name, *region, spec.version, spec.requirement, scope, source=spec.source)


def _bundled(document: Document, key: str, index: int, name: object) -> Dependency | Unread:
    region = value_region(document, key, index)
    try:
        read_spec(name if isinstance(name, str) else "", "*")
    except ValueError as error:
        return Unread(*region, str(error))
    return Dependency(NAME, str(name), str(name), *region)
