"""The rulebook as a value. Imports nothing that reads YAML, so that a warm run does not."""

from __future__ import annotations

from ospec_guard.config.settings import Settings
from ospec_guard.globs import Glob
from ospec_guard.model import Gap, Notice, Place, PluginInfo
from ospec_guard.policy.levels import PluginPolicy
from ospec_guard.protocols import Rule
from ospec_guard.values import field, value


@value
class Rulebook:
    """What a run obeys; plain frozen values throughout."""

    settings: Settings = field(default_factory=Settings)
    rules: tuple[Rule, ...] = ()
    """Those that can run, by id; those the settings turn off included."""
    gaps: tuple[Gap, ...] = ()
    """Rules that cannot run here."""
    notices: tuple[Notice, ...] = ()
    plugins: tuple[PluginInfo, ...] = ()
    policies: tuple[PluginPolicy, ...] = ()
    """Of all plugins, in the order of `plugins`."""
    ignore: tuple[tuple[Glob, Place], ...] = ()
    """The lines of `.ospecguardignore`, and where they stand."""
