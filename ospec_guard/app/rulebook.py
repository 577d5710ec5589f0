"""The rulebook: everything a run obeys — settings, enabled plugins, compiled rules — made once from files, or read back kept.

What a pull request can change, it can loosen: with a commit's `Files` the same code reads the rulebook of that commit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from ospec_guard import __version__
from ospec_guard.app.request import Request
from ospec_guard.app.values import Rulebook
from ospec_guard.config.load import find_settings, load_settings
from ospec_guard.config.settings import EnvironmentSettings, Settings
from ospec_guard.errors import ConfigError, Problem, RuleError
from ospec_guard.globs import Glob, compile_globs
from ospec_guard.model import Notice, Place, PluginInfo
from ospec_guard.plugins.load import Plugin, load_plugins
from ospec_guard.policy.levels import PluginPolicy
from ospec_guard.protocols import Files
from ospec_guard.ruleset.files import Loaded, load_rules
from ospec_guard.ruleset.native import Compiled, compile_metric, compile_rule, duplicates
from ospec_guard.values import value

IGNORE_FILE = ".ospecguardignore"
DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_data")
"""Where a wheel holds built-in rules and bundled plugins; a checkout has them at its top."""


def make_rulebook(files: Files, root: str, request: Request, environ: Mapping[str, str]) -> Rulebook:
    """The rulebook of a root, read through `files`. Raises GuardError with the problems of one reading stage at a time."""
    settings, made = _configured(files, root, request, environ)
    loaded = list(made.loaded)
    if not request.isolated:
        for pack in packs(files):
            loaded.append(load_rules(files, pack, os.path.basename(pack), shown=f"rules/{os.path.basename(pack)}"))
    for path in request.rules:
        loaded.append(load_rules(files, os.path.join(request.cwd, path), shown=path))
    compiled = [one.compiled for one in loaded]
    rules = tuple(sorted((rule for one in compiled for rule in one.rules), key=lambda rule: rule.id))
    problems = [problem for one in compiled for problem in one.problems]
    problems += duplicates(rules)
    if problems:
        raise RuleError(*dict.fromkeys(problems))
    notices = [*made.notices, *(notice for one in loaded for notice in one.notices)]
    return Rulebook(
        settings=settings,
        rules=rules,
        gaps=tuple(gap for one in compiled for gap in one.gaps),
        notices=tuple(notices),
        plugins=made.plugins,
        policies=made.policies,
        ignore=_ignored(files) if not request.isolated else (),
    )


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
    if request.isolated:
        return Settings(), _Made()
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
    ) as active:
        # Plugins come in the order in which they are enabled.
        overrides = dict(settings.plugins.overrides)
        written = [name for name, _ in settings.plugins.enabled]
        return settings, _Made(
            tuple(plugin.info for plugin in active.plugins),
            tuple(_policy(plugin, overrides.get(name, ())) for name, plugin in zip(written, active.plugins, strict=True)),
            active.notices,
            tuple(_compiled(plugin) for plugin in active.plugins),
        )


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


def _compiled(plugin: Plugin) -> Loaded:
    outcome = Compiled()
    for document in plugin.contribution.rules:
        outcome += compile_rule(document, plugin.info.name)
    for document in plugin.contribution.metrics:
        outcome += compile_metric(document, plugin.info.name)
    return Loaded(outcome)


def _ignored(files: Files) -> tuple[Glob, ...]:
    if not files.exists(IGNORE_FILE):
        return ()
    lines = files.read(IGNORE_FILE).decode(errors="surrogateescape").splitlines()
    globs: tuple[Glob, ...] = ()
    problems = []
    for number, line in enumerate(lines, 1):
        try:
            globs += compile_globs([line])
        except ValueError as error:
            problems.append(Problem(str(error), Place(IGNORE_FILE, number, 1)))
    if problems:
        raise ConfigError(*problems)
    return globs
