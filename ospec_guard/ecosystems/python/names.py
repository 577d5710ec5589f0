"""How Python manifests name a package: requirement strings (PEP 508), and the bare addresses and paths pip takes besides."""

from __future__ import annotations

import posixpath
import re

from ospec_guard.ecosystems.base import Dependency, Origin, Region, Scope, Unread, locate
from ospec_guard.ecosystems.python.ranges import exact

NAME = "pypi"

_NAME = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.IGNORECASE)
_EGG = re.compile(r"[#&]egg=([^&]+)")
_VERSION_CONTROL = ("git+", "hg+", "svn+", "bzr+", "git:", "git@")
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".tar", ".egg")


def valid_name(name: str) -> bool:
    """Whether PEP 508 lets a package be called so."""
    return _NAME.fullmatch(name) is not None


def normalise(name: str) -> str:
    """PEP 503: lower case, and one '-' for every run of '-', '_' and '.'."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement(data: bytes, region: Region, text: str, scope: Scope, *, direct: bool = True) -> Dependency | Unread:
    """The package that `name[extra]>=1; marker` or `name @ address` names; `region` is where the text stands."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        parsed = Requirement(text)
    except InvalidRequirement as error:
        reason = str(error).splitlines()[0]
        templated = "$" in text or "{" in text  # then the name may come from elsewhere
        return Unread(*region, f"'{text}' is not a requirement: {reason[:1].lower()}{reason[1:]}", elsewhere=templated)
    start, end = locate(data, region, parsed.name)
    source, _, version = origin(parsed.url) if parsed.url else ("registry", "", exact(str(parsed.specifier)))
    return Dependency(
        ecosystem=NAME,
        name=normalise(parsed.name),
        written=parsed.name,
        start=start,
        end=end,
        version=version,
        requirement=str(parsed.specifier),
        scope=scope,
        direct=direct,
        source=source,
    )


def pip_requirement(data: bytes, region: Region, text: str, scope: Scope, *, direct: bool = True) -> Dependency | Unread | None:
    """As `requirement`, with the bare addresses and paths of requirements files; None for a folder of the repository's own."""
    found = requirement(data, region, text, scope, direct=direct)
    address = re.split(r"\s*;\s|\s;", text, maxsplit=1)[0].strip()
    bare = isinstance(found, Unread) and re.search(r"[/\\]|^\.|^[\w+]+:|@.*:", address) and " @ " not in address
    if not bare and not address.lower().endswith(_ARCHIVES):
        return found
    source, name, version = origin(address)
    if not name:
        if source == "path":
            return None
        return Unread(*region, f"'{address}' does not say which package it is; write 'name @ {address}'", elsewhere=True)
    start, end = locate(data, locate(data, region, address), name, last=True)
    return Dependency(NAME, normalise(name), name, start, end, version, "", scope, direct, source)


def origin(address: str) -> tuple[Origin, str, str]:
    """Where an address or path leads, and the package's name and version as far as the address tells them, else ''."""
    from urllib.parse import unquote

    egg = _EGG.search(address)
    named = _NAME.match(unquote(egg[1])) if egg else None
    name = named[0] if named else ""
    location = unquote(re.split(r"[#?]", address, maxsplit=1)[0])
    if address.startswith(_VERSION_CONTROL) or location.endswith(".git"):
        return "git", name, ""
    if location.lower().endswith(_ARCHIVES):
        archived, version = _archived(posixpath.basename(location))
        return "url", name or archived, version
    if "://" in location and not location.startswith("file:"):
        return "url", name, ""
    return "path", name, ""


def _archived(filename: str) -> tuple[str, str]:
    """Name and version as the file name of a wheel or source archive tells them, or two empty texts."""
    from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

    try:
        if filename.endswith(".whl"):
            return filename.split("-", maxsplit=1)[0], str(parse_wheel_filename(filename)[1])
        name, version = parse_sdist_filename(filename)
    except (InvalidWheelFilename, InvalidSdistFilename):
        return "", ""
    return filename[: len(name)], str(version)
