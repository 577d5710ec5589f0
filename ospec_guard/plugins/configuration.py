"""What the settings give a plugin: `plugins.config`, `${VAR}` replaced, checked against the manifest's `configuration_schema`.

Values are Secrets throughout: they may have come from the environment. Problems name places and variables, never values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ospec_guard.document import Document, read_json, read_yaml
from ospec_guard.errors import GuardError, Problem
from ospec_guard.model import Notice, Place
from ospec_guard.plugins.discover import ENDINGS, Found
from ospec_guard.plugins.manifest import Manifest
from ospec_guard.plugins.places import inside
from ospec_guard.plugins.schema import schema_problem, violations
from ospec_guard.plugins.variables import Secret, replaced, variables
from ospec_guard.protocols import Files
from ospec_guard.values import value

Keys = tuple[str | int, ...]


@value
class Given:
    """The configuration that the settings write for one plugin; an empty mapping when they write none."""

    value: Any
    """Plain, as written."""
    place: Place
    """Of the configuration, or of the entry that enables the plugin."""
    document: Document | None = None
    """The same with positions, where the caller has them."""

    def at(self, *keys: str | int) -> Place:
        """The place of a value in it, as exactly as it is known."""
        return self.document.place(*keys) if self.document else self.place


@value
class Configured:
    """A configuration that is ready to be handed over, and what is to be said of it."""

    config: Secret
    """A mapping."""
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()


def configure(plugin: Found, given: Given, schema: Any, environ: Mapping[str, str]) -> Configured:
    """What the settings give a plugin. `schema` is the manifest's, or None."""
    if not isinstance(given.value, dict | None):
        return Configured(Secret({}), (Problem(f"the configuration of plugin '{plugin.name}' must be a mapping", given.place),))
    missing = _missing(given.value, environ, given.at)
    if missing:
        return Configured(Secret({}), missing)
    config = replaced(given.value or {}, environ)
    if schema is None:
        message = f"the configuration of plugin '{plugin.name}' is not checked: its manifest has no 'configuration_schema'"
        return Configured(Secret(config), (), (Notice("notice/plugin-config", message, given.place),) if config else ())
    return Configured(Secret(config), tuple(_violation(plugin, given, *each) for each in violations(schema, config)))


def configure_manifest(manifest: Manifest, environ: Mapping[str, str]) -> tuple[dict[str, Secret], tuple[Problem, ...]]:
    """Each configuration in a manifest by its dotted keys (`configuration`), variables replaced; and those that are missing."""
    configs: dict[str, Secret] = {}
    problems: list[Problem] = []
    for keys in manifest.plugin_type.configurations(manifest.shape):
        part = manifest.document.at(*keys)
        if not part.exists:
            continue
        missing = _missing(part.value, environ, part.place)
        problems += missing
        if not missing:
            configs[".".join(keys)] = Secret(replaced(part.value, environ))
    return configs, tuple(problems)


def read_schema(plugin: Found, manifest: Manifest, files: Files) -> tuple[Any, tuple[Problem, ...]]:
    """The manifest's configuration schema, usable, or None when it has none; and what is wrong with it."""
    stated, place = manifest.shape.configuration_schema, manifest.document.place("configuration_schema")
    if stated is None:
        return None, ()
    if isinstance(stated, str):
        spot = inside(plugin.folder, stated)
        if spot is None:
            message = f"'{stated}' leads out of the plugin's folder; expected a relative path within it"
            return None, (Problem(message, place),)
        try:
            read = read_yaml if stated.endswith(ENDINGS) else read_json
            document = read(files.read(spot.path), spot.shown)
        except OSError as error:
            hint = "give the path of a JSON Schema, from the folder of the manifest"
            return None, (Problem(f"the schema '{stated}' cannot be read: {error.strerror or error}", place, hint),)
        except GuardError as error:
            return None, error.problems
        stated, place = document.value, document.place()
    if reason := schema_problem(stated):
        return None, (Problem(f"not a JSON Schema: {reason}", place),)
    return stated, ()


def _missing(value: Any, environ: Mapping[str, str], place: Callable[..., Place]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            f"the environment has no {name}, which stands here as ${{{name}}}",
            place(*keys),
            f"set {name}; to write it plainly, write $${{{name}}}",
        )
        for name, keys in variables(value)
        if name not in environ
    )


def _violation(plugin: Found, given: Given, keys: Sequence[str | int], message: str, hint: str) -> Problem:
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
    where = f"configuration of plugin '{plugin.name}'" + (f", {path}" if path else "")
    return Problem(f"{where}: {message}", given.at(*keys), hint)
