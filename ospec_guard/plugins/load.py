"""The plugins that the settings enable: found, checked, configured and brought to life, or refused with every problem at once.

Owns the order of these steps. What an environment does with a rule of theirs is policy's; what the rules say, ruleset's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Self

from ospec_guard.config.settings import PluginSettings
from ospec_guard.document import Document
from ospec_guard.errors import PluginError, Problem
from ospec_guard.model import Notice, Place, PluginInfo
from ospec_guard.plugins.configuration import Given, configure, configure_manifest, read_schema
from ospec_guard.plugins.discover import Found
from ospec_guard.plugins.lifecycle import OSPEC_VERSION, Activation, Contribution, Life, PluginContext, Runtime, activate_all
from ospec_guard.plugins.manifest import Manifest
from ospec_guard.plugins.names import fold
from ospec_guard.plugins.requirements import plugin_problems, version_problems
from ospec_guard.plugins.selection import Selected, Selection, select
from ospec_guard.plugins.types import guardrails
from ospec_guard.plugins.types.base import Declared
from ospec_guard.plugins.variables import Secret
from ospec_guard.protocols import Files
from ospec_guard.values import field, value


@value
class Plugin:
    """An enabled plugin that lives."""

    info: PluginInfo
    """`info.name` is what the ids of its rules start with."""
    found: Found
    manifest: Manifest
    document: Document
    """The whole manifest with its positions; `contribution` holds the entries of `rules:` and `metrics:` alone."""
    folder: str
    """Where paths in the manifest start, as `Files` takes it."""
    config: Secret
    """What the settings give it: a mapping."""
    configuration: Mapping[str, Secret]
    """What the manifest itself configures, by dotted keys."""
    contribution: Contribution
    environments: tuple[guardrails.PluginEnvironment, ...] = ()
    """Sorted by name; empty for types other than guardrails."""
    locked: bool = False
    """True iff settings cannot loosen what the plugin says of any environment."""


@value
class LoadedPlugins:
    """The plugins of a run, in the order in which they are enabled. A context manager whose end deactivates them."""

    plugins: tuple[Plugin, ...] = ()
    notices: tuple[Notice, ...] = ()
    activation: Activation | None = field(default=None, repr=False, compare=False)

    def deactivate(self) -> None:
        """Ends the plugins' lives, the last first; harmless when repeated."""
        if self.activation is not None:
            self.activation.deactivate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()


@value
class _Ready:
    """A plugin that may be brought to life."""

    found: Found
    manifest: Manifest
    info_scoped: str
    config: Secret
    configuration: Mapping[str, Secret]


def load_plugins(
    settings: PluginSettings,
    *,
    files: Files,
    root: str,
    settings_path: str,
    environ: Mapping[str, str],
    engine_version: str,
    bundled: Sequence[str] = (),
    config_document: Document | None = None,
    judge_entries: Callable[[Document, str], Iterable[Problem]] | None = None,
) -> LoadedPlugins:
    """The enabled plugins, active. Raises PluginError with every problem of all of them.

    `settings_path` is relative to the root; empty: no settings. `bundled` names the folders of plugins that are part of the
    product. `config_document` is the part of the settings at `plugins.config`: with it, problems name exact places.
    `judge_entries` says what is wrong with the rules and metrics of a manifest, given the plugin's name too: where plugins are
    refused anyway, these problems are told together with the others.
    """
    if not settings.enabled and not settings.config:
        return LoadedPlugins()
    selection = select(settings, files=files, root=root, settings_path=settings_path, environ=environ, bundled=bundled)
    given, problems = _given(settings, selection, config_document)
    problems = [*selection.problems, *_duplicate_names(selection), *problems]
    ready: list[_Ready] = []
    notices: list[Notice] = []
    for selected in selection.selected:
        manifest = selected.found.reading.manifest
        if manifest is None:
            problems += selected.found.reading.problems
            continue
        enabled = [other.found for other in selection.selected]
        problems += version_problems(manifest, engine_version)
        problems += plugin_problems(selected.found, manifest, enabled)
        schema, schema_problems = read_schema(selected.found, manifest, files)
        configuration, missing = configure_manifest(manifest, environ)
        # A schema that cannot be used is one problem, not two.
        configured = configure(selected.found, given[selected.written], schema, environ)
        problems += [*schema_problems, *missing, *configured.problems]
        notices += configured.notices if not schema_problems else ()
        scoped = next((str(name) for name in selected.found.scoped), selected.written if selected.by_name else "")
        ready.append(_Ready(selected.found, manifest, scoped, configured.config, configuration))
    if problems:
        if judge_entries:
            found = [selected.found for selected in selection.selected]
            problems += [p for each in found if each.reading.entries for p in judge_entries(each.reading.entries, each.name)]
        raise PluginError(*dict.fromkeys(problems))
    return _activated(ready, notices, engine_version)


def _activated(ready: Sequence[_Ready], notices: list[Notice], engine_version: str) -> LoadedPlugins:
    runtime = Runtime("ospec-guard", engine_version)
    lives = []
    for each in ready:
        logger = _NoticeLogger(each.found, notices)
        context = PluginContext(OSPEC_VERSION, runtime, logger, each.config)
        lives.append((Life(each.found.name, Declared(each.manifest.plugin_type, each.manifest.document)), context))
    activation = activate_all(lives)
    plugins = tuple(_plugin(each, contribution) for each, contribution in zip(ready, activation.contributions, strict=True))
    return LoadedPlugins(plugins, tuple(notices), activation)


def _plugin(ready: _Ready, contribution: Contribution) -> Plugin:
    found, manifest, shape = ready.found, ready.manifest, ready.manifest.shape
    environments: tuple[guardrails.PluginEnvironment, ...] = ()
    locked = False
    if isinstance(shape, guardrails.Shape):
        environments, locked = guardrails.environments(shape, manifest.document), shape.locked
    info = PluginInfo(
        name=found.name,
        scoped_name=ready.info_scoped,
        version=shape.version or "",
        type=manifest.type,
        place=Place(found.spot.shown),
        digest=found.digest,
        contributes=str(contribution),
    )
    return Plugin(
        info=info,
        found=found,
        manifest=manifest,
        document=manifest.document,
        folder=found.folder.path,
        config=ready.config,
        configuration=ready.configuration,
        contribution=contribution,
        environments=environments,
        locked=locked,
    )


class _NoticeLogger:
    """What a plugin says becomes a notice of the run."""

    def __init__(self, found: Found, notices: list[Notice]) -> None:
        self._found = found
        self._notices = notices

    def info(self, message: str) -> None:
        self._notices.append(Notice("notice/plugin", f"plugin '{self._found.name}': {message}", Place(self._found.spot.shown)))

    def warning(self, message: str) -> None:
        self.info(f"warning: {message}")


def _given(settings: PluginSettings, selection: Selection, document: Document | None) -> tuple[dict[str, Given], list[Problem]]:
    """The configuration of each selected plugin by the way it is enabled; and configurations of no enabled plugin."""
    given = {selected.written: Given({}, selected.place) for selected in selection.selected}
    names = {_config_key(written): written for written, _ in settings.enabled}
    problems = []
    seen: dict[str, Place] = {}
    for name, config, place in settings.config:
        written = names.get(_config_key(name))
        if written is None:
            message = f"configuration for plugin '{name}', which is not enabled"
            problems.append(Problem(message, place, "add it to plugins.enabled, or remove its configuration"))
        elif written in seen:
            problems.append(
                Problem(f"plugin '{written}' is configured twice; first at {seen[written]}", place, "keep one of the two")
            )
        else:
            seen[written] = place
            given[written] = Given(config, place, document.at(name) if document else None)
    return given, problems


def _config_key(written: str) -> str:
    return fold(written) if written.startswith("@") else written


def _duplicate_names(selection: Selection) -> Iterator[Problem]:
    """Two plugins of one type and name: their rules could not be told apart."""
    first: dict[tuple[str, str], Selected] = {}
    for selected in selection.selected:
        manifest = selected.found.reading.manifest
        if manifest is None:
            continue
        other = first.setdefault((manifest.type, fold(selected.found.name)), selected)
        if other is not selected:
            place = manifest.document.place("name") if "name" in manifest.document.value else Place(selected.found.spot.shown)
            files = f"{other.found.spot.shown} and {selected.found.spot.shown}"
            message = f"two enabled plugins are called '{selected.found.name}': {files}"
            yield Problem(message, place, "enable one of them, or give one another 'name'")
