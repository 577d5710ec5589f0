"""What every ecosystem has in common: the values its readers return, the contract of its module, positions in manifests.

Owns no format and no version scheme; those are one package per ecosystem beside this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from ospec_guard.values import value

if TYPE_CHECKING:
    from ospec_guard.document import Document
    from ospec_guard.errors import Problem

Scope = Literal["runtime", "development", "optional", "build"]
SCOPES: tuple[Scope, ...] = ("runtime", "development", "optional", "build")

Origin = Literal["registry", "git", "path", "url"]
"""Where a package comes from; `path` is a folder of the repository's own, `url` an archive, on the web or on disk."""

Region = tuple[int, int]
"""Byte offsets, half open."""

Version = TypeVar("Version")


@value
class Dependency:
    """One mention of a package in one manifest. Sorted by place in what readers return."""

    ecosystem: str
    """A key of ECOSYSTEMS, which is the package's type in a purl."""
    name: str
    """Normalised: equal names are the same package."""
    written: str
    """The name as in the file."""
    start: int
    """Byte offset of the name in the decoded file."""
    end: int
    version: str = ""
    """The one version that can be meant, empty where the manifest leaves a choice."""
    requirement: str = ""
    """The range as written, empty where any version will do."""
    scope: Scope = "runtime"
    direct: bool = True
    """False for what only some other package asked for, and for constraints."""
    source: Origin = "registry"
    via: str = ""
    """For a package of a lock file that is not direct: the name of a direct one that pulls it in, where known."""

    @property
    def purl(self) -> str:
        """The package URL, with the version where it is exact: `pkg:npm/%40scope/name@1.0.0`."""
        head = f"pkg:{self.ecosystem}/{_quoted(self.name)}"
        return f"{head}@{_quoted(self.version)}" if self.version else head


@value
class Unread:
    """A piece of a manifest that could not be understood, so that a package may hide in it."""

    start: int
    """Byte offset."""
    end: int
    message: str
    elsewhere: bool = False
    """True when the package's name is not in the piece (another file, an archive without a name)."""


@value
class Manifest:
    """What one file says about packages, in the order of the file."""

    dependencies: tuple[Dependency, ...] = ()
    problems: tuple[Unread, ...] = ()


class Cover(Enum):
    """How much of what a dependency may resolve to lies in a range."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@value
class Reader:
    """A way to read one format of manifest."""

    ecosystem: str
    format: str
    """For people: `package.json`, `requirements file` …"""
    read: Callable[[str, bytes], Manifest]
    """(path, decoded bytes) to the manifest; pure, raises nothing for malformed files."""


class Ecosystem(Protocol):
    """One package registry with its names, versions and manifests: a package of this folder satisfies it as a module."""

    NAME: str
    """The package type in a purl: `pypi`, `npm`."""
    TITLE: str
    """For people: `Python`."""

    def reader_for(self, path: str) -> Reader | None:
        """The reader for a file of that name, if it is a manifest of the ecosystem."""

    def normalise(self, name: str) -> str:
        """The form of a package name, or of a glob over names, in which equal names are the same package."""

    def valid_name(self, name: str) -> bool:
        """Whether a package could be called so."""

    def check_range(self, text: str) -> None:
        """Raises ValueError, saying why, for what is no range of versions."""

    def cover(self, wanted: str, dependency: Dependency, *, prereleases: bool) -> Cover:
        """How much of what the dependency may resolve to lies in the range `wanted`, which passed `check_range`.

        `prereleases`: whether `wanted` takes in pre-releases as their order says, or by the ecosystem's more cautious rule.
        """


def compare(points: Iterable[Version], asked: Callable[[Version], bool], wanted: Callable[[Version], bool]) -> Cover:
    """How much of `asked` lies in `wanted`, told from points that hold one version of every stretch between boundaries."""
    inside = [wanted(point) for point in points if asked(point)]
    if not inside:
        return Cover.SOME
    return Cover.ALL if all(inside) else Cover.SOME if any(inside) else Cover.NONE


def locate(data: bytes, region: Region, name: str, *, last: bool = False) -> Region:
    """Where `name` stands in a region (its first or last occurrence); the region itself if it is written otherwise there."""
    needle = name.encode()
    at = data.rfind(needle, *region) if last else data.find(needle, *region)
    return (at, at + len(needle)) if at >= 0 and needle else region


def key_region(document: Document, *keys: str | int) -> Region:
    """Where a key stands (an item, after an index), quotes left out; the start of the file for keys that lead nowhere."""
    return document.span(*keys) or (0, 0)


def value_region(document: Document, *keys: str | int) -> Region:
    """Where a value stands, quotes left out; its key, where it has no one place."""
    return document.value_span(*keys) or key_region(document, *keys)


def mapping(document: Document, problems: list[Unread], *keys: str | int) -> dict[str, Any]:
    """The mapping at `keys`, empty if there is none; anything else is added to `problems`."""
    value = document.at(*keys).value
    if isinstance(value, dict):
        return value
    if document.at(*keys).exists:
        problems.append(Unread(*key_region(document, *keys), f"'{'.'.join(map(str, keys))}' is not a mapping", elsewhere=True))
    return {}


def listing(document: Document, problems: list[Unread], *keys: str | int) -> list[Any]:
    """The list at `keys`, empty if there is none; anything else is added to `problems`."""
    value = document.at(*keys).value
    if isinstance(value, list):
        return value
    if document.at(*keys).exists:
        problems.append(Unread(*key_region(document, *keys), f"'{'.'.join(map(str, keys))}' is not a list", elsewhere=True))
    return []


def undocumented(path: str, data: bytes, problems: Iterable[Problem]) -> Manifest:
    """The manifest of a file that is no document of its format: a piece per problem, from its place to the end of the line."""
    from ospec_guard.source import Source

    source = Source(path, data)
    pieces = []
    for problem in problems:
        line = problem.place.line if problem.place else 0
        start = source.offset_of(line, problem.place.column) if problem.place and line else 0
        end = source.line_bounds(min(line, len(source.line_starts)))[1] if line else len(data)
        pieces.append(Unread(start, max(start, end), problem.message, elsewhere=True))
    return Manifest(problems=tuple(pieces))


def in_order(dependencies: Iterable[Dependency], problems: Iterable[Unread]) -> Manifest:
    """A manifest with everything in the order of the file."""
    return Manifest(
        tuple(sorted(dependencies, key=lambda d: (d.start, d.end, d.name, d.version, d.requirement, d.scope))),
        tuple(sorted(problems, key=lambda p: (p.start, p.end, p.message))),
    )


def _quoted(text: str) -> str:
    if text.isalnum() and text.isascii():
        return text
    from urllib.parse import quote

    return quote(text, safe="/")
