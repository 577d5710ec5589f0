"""The rulebook: everything a run obeys — settings, enabled plugins, compiled rules — made once from files, or read back kept.

What a pull request can change, it can loosen: with a commit's `Files` the same code reads the rulebook of that commit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ospec_guard import __version__
from ospec_guard.app.request import Request
from ospec_guard.app.values import Rulebook
from ospec_guard.config.load import find_settings, load_settings
from ospec_guard.config.settings import ANY_ENVIRONMENT, IGNORE_FILE, EnvironmentSettings, Settings
from ospec_guard.document import Document
from ospec_guard.errors import ConfigError, GuardError, Problem, nearest
from ospec_guard.globs import Glob, compile_globs
from ospec_guard.model import Notice, Place, PluginInfo
from ospec_guard.plugins.load import Plugin, load_plugins
from ospec_guard.policy.levels import PluginPolicy, environment_names
from ospec_guard.protocols import Files
from ospec_guard.ruleset.compiled import Compiled
from ospec_guard.ruleset.files import Loaded, load_rules
from ospec_guard.ruleset.native import compile_document, compile_metric, compile_rule, duplicates
from ospec_guard.values import value

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_data")
"""Where a wheel holds built-in rules and bundled plugins; a checkout has them at its top."""


def make_rulebook(files: Files, root: str, request: Request, environ: Mapping[str, str]) -> Rulebook:
    """The rulebook of a root, read through `files`. Raises GuardError with the problems of all that was read."""
    settings, made = Settings(), _Made()
    problems: list[Problem] = []
    ignore: tuple[tuple[Glob, Place], ...] = ()
    if not request.isolated:
        try:
            settings, made = _configured(files, root, request, environ)
        except GuardError as error:
            problems += error.problems
        ignore, wrong = _ignored(files)
        problems += wrong
    loaded = [*made.loaded, *_loaded(files, root, request)]
    compiled = [one.compiled for one in loaded]
    rules = tuple(sorted((rule for one in compiled for rule in one.rules), key=lambda rule: rule.id))
    problems += [problem for one in compiled for problem in one.problems]
    problems += duplicates(rules)
    if problems:
        raise GuardError(*sorted(dict.fromkeys(problems), key=lambda problem: (problem.place or Place(""), problem.message)))
    return Rulebook(
        settings=settings,
        rules=rules,
        gaps=tuple(gap for one in compiled for gap in one.gaps),
        notices=(*made.notices, *(notice for one in loaded for notice in (*one.notices, *one.compiled.notices))),
        plugins=made.plugins,
        policies=made.policies,
        ignore=ignore,
    )


def _loaded(files: Files, root: str, request: Request) -> list[Loaded]:
    """The rules of the built-in packs and of `--rules`."""
    built_in = packs(files) if not request.isolated else ()
    loaded = [load_rules(files, p, os.path.basename(p), shown=f"rules/{os.path.basename(p)}") for p in built_in]
    for path in request.rules:
        full = os.path.normpath(os.path.join(request.cwd, path))
        # As in findings, paths start at the root, wherever the user stands.
        inside = os.path.relpath(full, root).replace(os.sep, "/")
        loaded.append(load_rules(files, full, shown=path if inside.startswith("../") else inside))
    return loaded


def packs(files: Files) -> list[str]:
    """The folders of built-in rules, absolute, sorted."""
    top = builtin("rules")
    return [os.path.join(top, name) for name in files.list(top) if files.is_dir(os.path.join(top, name))]


def builtin(name: str) -> str:
    """The absolute folder of built-in `rules` or bundled `plugins`, in a wheel or in a checkout."""
    shipped = os.path.join(DATA, name)
    return shipped if os.path.isdir(shipped) else os.path.join(os.path.dirname(os.path.dirname(DATA)), name)


@value
class _Made:
    plugins: tuple[PluginInfo, ...] = ()
    policies: tuple[PluginPolicy, ...] = ()
    notices: tuple[Notice, ...] = ()
    loaded: tuple[Loaded, ...] = ()


def _configured(files: Files, root: str, request: Request, environ: Mapping[str, str]) -> tuple[Settings, _Made]:
    """The settings, and what their plugins bring."""
    path = os.path.relpath(os.path.join(request.cwd, request.config), root) if request.config else find_settings(files)
    if path is None:
        return Settings(), _Made()
    settings, document = load_settings(files, path)
    with load_plugins(
        settings.plugins,
        files=files,
        root=root,
        settings_path=path,
        environ=environ,
        engine_version=__version__,
        bundled=[builtin("plugins")],
        config_document=document.at("plugins", "config"),
        judge_entries=entry_problems,
    ) as active:
        # Plugins come in the order in which they are enabled.
        overrides = dict(settings.plugins.overrides)
        written = [name for name, _ in settings.plugins.enabled]
        policies = tuple(_policy(plugin, overrides.get(name, ())) for name, plugin in zip(written, active.plugins, strict=True))
        unknown = _unknown_environments(settings, document, environment_names(settings, policies))
        if unknown:
            raise ConfigError(*unknown)
        return settings, _Made(
            tuple(plugin.info for plugin in active.plugins),
            policies,
            active.notices,
            tuple(_compiled(plugin) for plugin in active.plugins),
        )


def _unknown_environments(settings: Settings, document: Document, known: Sequence[str]) -> list[Problem]:
    """Environments that settings speak of and nobody defines: told once the plugins, which may define some, are known."""
    said: list[tuple[str, tuple[str | int, ...]]] = []
    if settings.default_environment:
        said.append((settings.default_environment, ("default_environment",)))
    for rule in settings.rules:
        said += [(name, ("rules", rule.pattern, "level", name)) for name, _ in rule.levels if name != ANY_ENVIRONMENT]
    for index, waiver in enumerate(settings.waivers):
        said += [(name, ("waivers", index, "environments", item)) for item, name in enumerate(waiver.environments)]
    return [
        Problem(
            f"unknown environment '{name}'",
            document.place(*keys),
            nearest(name, tuple(known)) or f"environments are {', '.join(known)}",
        )
        for name, keys in said
        if name not in known
    ]


def _policy(plugin: Plugin, overrides: tuple[EnvironmentSettings, ...]) -> PluginPolicy:
    said = tuple(EnvironmentSettings(e.name, e.place, e.level, e.fail_on) for e in plugin.environments)
    return PluginPolicy(
        name=plugin.info.name,
        scoped_name=plugin.info.scoped_name,
        place=plugin.info.place,
        environments=said,
        locked=plugin.locked,
        locked_environments=tuple(e.name for e in plugin.environments if e.locked),
        overrides=overrides,
    )


def entry_problems(manifest: Document, plugin: str) -> tuple[Problem, ...]:
    """What is wrong with the rules and metrics of a guardrails plugin."""
    compiled = compile_document(manifest, plugin)
    return compiled.problems + duplicates(compiled.rules)


def _compiled(plugin: Plugin) -> Loaded:
    outcome = Compiled()
    for document in plugin.contribution.rules:
        outcome += compile_rule(document, plugin.info.name)
    for document in plugin.contribution.metrics:
        outcome += compile_metric(document, plugin.info.name)
    return Loaded(outcome)


def _ignored(files: Files) -> tuple[tuple[tuple[Glob, Place], ...], list[Problem]]:
    """The globs of `.ospecguardignore`, and what is wrong with it."""
    if not files.exists(IGNORE_FILE):
        return (), []
    try:
        lines = files.read(IGNORE_FILE).decode(errors="surrogateescape").splitlines()
    except OSError as error:
        return (), [Problem(f"cannot be read: {error.strerror}", Place(IGNORE_FILE))]
    globs: tuple[tuple[Glob, Place], ...] = ()
    problems = []
    for number, line in enumerate(lines, 1):
        try:
            globs += tuple((glob, Place(IGNORE_FILE, number, 1)) for glob in compile_globs([line]))
        except ValueError as error:
            problems.append(Problem(str(error), Place(IGNORE_FILE, number, 1)))
    return globs, problems
