"""How npm's manifests name a package: names, and what may stand beside one (range, tag, alias, git, archive, folder).

npm's own formats (https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies), and the protocols yarn and pnpm add.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ospec_guard.ecosystems.base import Origin
from ospec_guard.ecosystems.npm.semver import parse_range, parse_version

NAME = "npm"

_NAME = re.compile(r"(?:@[a-z0-9~-][a-z0-9._~-]*/)?[A-Za-z0-9~_-][A-Za-z0-9._~!'()*-]*", re.IGNORECASE)
_NAME_LENGTH = 214
_TAG = re.compile(r"[A-Za-z0-9._~!*'()-]+")
_GIT = re.compile(r"git[+:@]|(?:github|gitlab|bitbucket|gist):|ssh:|https?:.*\.git(?:#|$)|[\w.-]+/[\w.-]+(?:#|$)")
_FOLDER = re.compile(r"(?:file|link|portal|workspace):|\.{1,2}(?:/|$)|~?/|[A-Za-z]:[/\\]")
_ARCHIVES = (".tgz", ".tar.gz", ".tar")


class Spec(NamedTuple):
    """What `name: text` asks for."""

    name: str
    """The package's own name, which an alias hides."""
    source: Origin
    requirement: str
    """A range or a tag; empty where any version will do, or the version is not npm's to choose."""
    version: str
    """The one version that can be meant, or ''."""


def valid_name(name: str) -> bool:
    """Whether the registry has ever let a package be called so; capitals are from its early days."""
    return len(name) <= _NAME_LENGTH and _NAME.fullmatch(name) is not None


def read_spec(name: str, text: str) -> Spec:
    """What a dependency `name` with the value `text` is. Raises ValueError, saying why, for what is none of the formats."""
    text = text.strip()
    if not valid_name(name):
        raise ValueError(f"'{name}' is not the name of an npm package")
    if text.startswith("npm:"):
        real, at, version = text[4:].rpartition("@")
        if not real:
            real, version = at + version, ""
        if not valid_name(real):
            # pnpm and yarn also write npm:^1.2, a range of the package itself
            real, version = name, text[4:]
        return _chosen(real, version)
    if text.startswith(("catalog:", "patch:")):
        return Spec(name, "registry", "", "")
    if _FOLDER.match(text):
        return Spec(name, "url" if text.lower().endswith(_ARCHIVES) else "path", "", "")
    if _GIT.match(text):
        return Spec(name, "git", "", "")
    if text.startswith(("https:", "http:")):
        return Spec(name, "url", "", "")
    return _chosen(name, text)


def _chosen(name: str, text: str) -> Spec:
    """A package from the registry, of a version, in a range, or behind a tag."""
    if parse_version(text) is not None:
        return Spec(name, "registry", text, text.lstrip("v= "))
    if _TAG.fullmatch(text) is None:
        parse_range(text)
    return Spec(name, "registry", "" if text == "*" else text, "")
