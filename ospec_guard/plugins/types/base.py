"""What the plugin types share: the keys of every manifest ("Plugin Manifest" in the specification), and the words in it.

Where authors may add words of their own (features, capabilities, tools …) the shapes take any text; keys are always known ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from ospec_guard.document import Check, Document
from ospec_guard.errors import Problem
from ospec_guard.plugins.lifecycle import Contribution, PluginContext
from ospec_guard.plugins.names import is_plain, parse_scoped
from ospec_guard.plugins.variables import Secret
from ospec_guard.plugins.versions import VersionError, parse_range, parse_version


def _version(text: str) -> None:
    try:
        parse_version(text)
    except VersionError:
        raise ValueError from None  # the check says what was expected


def _range(text: str) -> None:
    try:
        parse_range(text)
    except VersionError:
        raise ValueError from None


def _plain_name(text: str) -> None:
    if not is_plain(text):
        raise ValueError


def _name(text: str) -> None:
    if parse_scoped(text) is None:
        _plain_name(text)


def _scope(text: str) -> None:
    if parse_scoped(f"@{text.removeprefix('@')}/name") is None:
        raise ValueError


def _share(number: float) -> None:
    if not 0 <= number <= 1:
        raise ValueError


def _count(number: float) -> None:
    if not 0 <= number < float("inf"):
        raise ValueError


def _package(text: str) -> None:
    name, at, versions = text.removeprefix("@").partition("@")
    if not name or name != name.strip():
        raise ValueError
    if at:
        _range(versions)


VersionText = Annotated[str, Check(_version, "a version such as 1.2.0")]
RangeText = Annotated[str, Check(_range, "a range of versions such as ^1.0.0")]
PluginName = Annotated[str, Check(_name, "a name: letters, digits, '.', '_' and '-', or @scope/name")]
PlainName = Annotated[str, Check(_plain_name, "a name: letters, digits, '.', '_' and '-'")]
Scope = Annotated[str, Check(_scope, "a scope such as @company")]
Share = Annotated[float, Check(_share, "a number from 0 to 1")]
Count = Annotated[int, Check(_count, "a whole number, 0 or more")]
Amount = Annotated[float, Check(_count, "a number, 0 or more")]
Words = str | tuple[str, ...]
Package = Annotated[str, Check(_package, "a package such as next@^14.0.0")]


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who made a plugin."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The keys that every manifest may have; the types' shapes add their own."""

    ospec_version: VersionText | None = None
    plugin_type: str = ""
    name: PluginName | None = None
    scope: Scope | None = None
    version: VersionText | None = None
    description: str = ""
    author: Author | None = None
    license: str = ""
    repository: str = ""
    homepage: str = ""
    keywords: tuple[str, ...] = ()
    dependencies: dict[str, RangeText | tuple[Package, ...]] = field(default_factory=dict)
    """By name: a range; in stacks, lists of packages as well."""
    dev_dependencies: dict[str, RangeText] = field(default_factory=dict)
    engines: dict[str, RangeText] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    entry_points: dict[str, str] = field(default_factory=dict)
    configuration_schema: str | dict[str, Any] | None = None
    """The path of a JSON Schema in the plugin's folder, or the schema itself."""
    configuration: Any = None
    """Of a form that the type says; `${VAR}` in it is replaced when the plugin is enabled."""


class PluginType(Protocol):
    """A plugin type: a module with the shape of its manifest and functions over it."""

    NAME: str
    """The value of `plugin_type`."""
    Shape: type[Head]
    EXAMPLE: str
    """The keys of its own that a new plugin's manifest starts with, as YAML."""

    def problems(self, shape: Any, document: Document) -> Iterable[Problem]:
        """What is wrong though every key and value has its form."""

    def configurations(self, shape: Any) -> Iterable[tuple[str, ...]]:
        """The keys that lead to each configuration in the manifest, in which `${VAR}` is replaced."""

    def contribute(self, document: Document) -> Contribution:
        """What the plugin brings to a check."""

    def facts(self, shape: Any) -> Sequence[tuple[str, str]]:
        """What the manifest says of its own, for people: (word, text)."""


class Declared:
    """The lifecycle of a plugin that is nothing but its manifest: activation hands on what its type contributes."""

    def __init__(self, plugin_type: PluginType, document: Document) -> None:
        self._plugin_type = plugin_type
        self._document = document

    def initialize(self, context: PluginContext) -> None:
        """Nothing to prepare: there is no code to start."""

    def configure(self, config: Secret) -> None:
        """Nothing to keep: the configuration was checked against the manifest's schema before."""

    def activate(self) -> Contribution:
        return self._plugin_type.contribute(self._document)

    def deactivate(self) -> None:
        """Nothing to give back."""


def no_problems(_shape: Any, _document: Document) -> Iterable[Problem]:
    """For types whose shape says it all."""
    return ()


def own_configuration(_shape: Any) -> Iterable[tuple[str, ...]]:
    """For types whose one configuration is the manifest's `configuration`."""
    return (("configuration",),)


def contribute_nothing(_document: Document) -> Contribution:
    """For types whose behaviour comes later."""
    return Contribution()


def head_problems(shape: Head, document: Document) -> Iterable[Problem]:
    """A scope stated twice; lists of packages where only stacks have them."""
    if shape.scope is not None and shape.name is not None and parse_scoped(shape.name) is not None:
        yield Problem("'scope' and a 'name' that holds one exclude each other", document.place("scope"), "remove 'scope'")
    for name, wanted in shape.dependencies.items():
        if not isinstance(wanted, str) and not (shape.plugin_type == "stack" and name in {"required", "optional"}):
            yield Problem("expected a range of versions such as ^1.0.0, got a list", document.place("dependencies", name))


def counted(count: int, word: str) -> str:
    """`1 rule`, `2 rules`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
