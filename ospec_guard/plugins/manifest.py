"""One plugin manifest: from bytes to a checked shape, the type deciding which.

Owns what a manifest says by itself. Leaves files it names, other plugins, versions and the environment to `load`.
"""

from __future__ import annotations

from ospec_guard.document import Document, read_yaml, validate
from ospec_guard.errors import GuardError, Problem, nearest
from ospec_guard.model import Place
from ospec_guard.plugins.names import ScopedName, parse_scoped, scoped_in_comment
from ospec_guard.plugins.types import IMPLIED, TYPES, plugin_type
from ospec_guard.plugins.types.base import Head, PluginType, head_problems
from ospec_guard.values import value

MANIFEST_NAMES = ("plugin.yaml", "plugin.yml")
"""What the manifest in a plugin's folder is called."""


@value
class Manifest:
    """A manifest that has its form."""

    type: str
    """A key of `types.TYPES`: what `plugin_type` says, or what the keys imply."""
    shape: Head
    """The validated `Shape` of the type's module."""
    document: Document

    @property
    def plugin_type(self) -> PluginType:
        """The module of the type."""
        return plugin_type(self.type)


@value
class Reading:
    """What came of reading a manifest: the manifest, or problems, and its names as far as they can be told."""

    manifest: Manifest | None
    problems: tuple[Problem, ...]
    name: str = ""
    """The plain name that the manifest states; empty: none."""
    scoped: tuple[ScopedName, ...] = ()
    """Every scoped name that it states: `scope` and `name`, a `name` that is scoped, the comment above it; in this order."""
    document: Document | None = None
    """The whole file, where it is a mapping at all."""

    @property
    def entries(self) -> Document | None:
        """The file if it is to bring rules and metrics: these can be judged, whatever else is wrong with it."""
        return self.document if self.document and self.document.value.get("plugin_type") == "guardrails" else None


def read_manifest(data: bytes, path: str) -> Reading:
    """The manifest in a file's bytes; `path` as shown to people."""
    comment = scoped_in_comment(data)
    stated = (comment,) if comment else ()
    try:
        document = read_yaml(data, path)
    except GuardError as error:
        return Reading(None, error.problems, scoped=stated)
    if not isinstance(document.value, dict):
        return Reading(None, (_not_a_mapping(document),), scoped=stated)
    name, scoped = _names(document.value)
    manifest, problems = check_manifest(document)
    return Reading(manifest, problems, name, tuple(dict.fromkeys((*scoped, *stated))), document)


def check_manifest(document: Document) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """The manifest that a document (its value a mapping) holds, or every problem that it is none for."""
    stated = document.value.get("plugin_type")
    name = implied_type(document) if "plugin_type" not in document.value else stated
    if not isinstance(name, str) or name not in TYPES:
        return None, (_no_type(document, stated),)
    module = plugin_type(name)
    shape, problems = validate(document, module.Shape)
    if shape is None or problems:
        return None, problems
    problems = (*head_problems(shape, document), *module.problems(shape, document))
    return (None, problems) if problems else (Manifest(name, shape, document), ())


def implied_type(document: Document) -> str | None:
    """The plugin type that a mapping without `plugin_type` can only mean, or None."""
    return next((name for key, name in IMPLIED.items() if key in document.value), None)


def _names(value: dict[str, object]) -> tuple[str, tuple[ScopedName, ...]]:
    """The plain and the scoped names stated by `name`, `role` (of agents) and `scope`, as far as they are usable."""
    name, scope = value.get("name", value.get("role")), value.get("scope")
    if not isinstance(name, str):
        return "", ()
    whole = parse_scoped(name)
    if whole is not None:
        return whole.name, (whole,)
    scoped = parse_scoped(f"@{scope.removeprefix('@')}/{name}") if isinstance(scope, str) else None
    return name, (scoped,) if scoped else ()


def _not_a_mapping(document: Document) -> Problem:
    what = "the file is empty" if document.value is None else "a manifest is a mapping of keys"
    return Problem(f"{what}; expected at least 'plugin_type'", document.place(), f"plugin types: {', '.join(TYPES)}")


def _no_type(document: Document, stated: object) -> Problem:
    known = ", ".join(TYPES)
    if "plugin_type" not in document.value:
        near = next((key for key in document.value if nearest(key, ["plugin_type"])), None)
        place: Place = document.place(near) if near else document.place()
        hint = f"did you mean 'plugin_type' for '{near}'?" if near else f"plugin types: {known}"
        return Problem("a manifest needs 'plugin_type'", place, hint)
    hint = nearest(stated, list(TYPES)) if isinstance(stated, str) else ""
    said = f"'{stated}' is no plugin type" if isinstance(stated, str) else "'plugin_type' must be text"
    return Problem(f"{said}; expected one of {known}", document.place("plugin_type"), hint)
