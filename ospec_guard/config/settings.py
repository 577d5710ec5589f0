"""The settings a run obeys: plain values, read and checked elsewhere (`config.load`).

Field by field what `docs/settings.md` explains. Everything carries the place it was written at, so that a decision can name it.
"""

from __future__ import annotations

from typing import Any

from ospec_guard.globs import Glob
from ospec_guard.model import Level, Place, Severity
from ospec_guard.values import field, value

ANY_ENVIRONMENT = "*"
SETTINGS_FILE = "ospec-guard.yaml"
BASELINE_FILE = ".ospec-guard-baseline"
IGNORE_FILE = ".ospecguardignore"
"""The three files of ours, at the root."""


@value
class EnvironmentSettings:
    """What the settings say of one environment; None: nothing."""

    name: str
    place: Place
    level: Level | None = None
    fail_on: Severity | None = None


@value
class RuleSettings:
    """What the settings say of the rules whose full id is or matches `pattern`."""

    pattern: str
    """A full rule id, or an fnmatch pattern over full ids; an exact id beats patterns, a later pattern an earlier one."""
    place: Place
    off: bool = False
    severity: Severity | None = None
    levels: tuple[tuple[str, Level], ...] = ()
    """Environment (or `*`) and level."""


@value
class Waiver:
    """A recorded exception, exactly as written: whether it holds is for policy to say, on a day."""

    rule: str
    """A full rule id, a gap id, or an fnmatch pattern over them."""
    place: Place
    paths: tuple[Glob, ...] = ()
    """Empty: everywhere."""
    fingerprint: str = ""
    """When given, only the finding with this fingerprint."""
    reason: str = ""
    approved_by: str = ""
    expires: str = ""
    environments: tuple[str, ...] = ()
    """Empty: in all."""


@value
class Limits:
    """Bounds beyond which analysis becomes a gap."""

    file_size: int = 5_000_000
    """Bytes."""
    rule_seconds: float = 5.0
    """One rule on one file."""


@value
class PluginSettings:
    """The `plugins:` block, as in the specification."""

    registry: str = ""
    local_paths: tuple[tuple[str, Place], ...] = ()
    """As written, `~` and all."""
    enabled: tuple[tuple[str, Place], ...] = ()
    """Scoped names (`@scope/name`) or paths."""
    config: tuple[tuple[str, Any, Place], ...] = ()
    """Plugin as in `enabled`, its configuration (plain values, `${VAR}` not yet replaced), where it is written."""
    overrides: tuple[tuple[str, tuple[EnvironmentSettings, ...]], ...] = ()
    """Plugin as in `enabled`, and the `environments` of its configuration: what the settings say of its levels."""


@value
class Settings:
    """One settings file, checked. `path` is empty when there is none."""

    path: str = ""
    plugins: PluginSettings = field(default_factory=PluginSettings)
    environments: tuple[EnvironmentSettings, ...] = ()
    default_environment: str = ""
    include: tuple[tuple[Glob, Place], ...] = ()
    exclude: tuple[tuple[Glob, Place], ...] = ()
    rules: tuple[RuleSettings, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    limits: Limits = field(default_factory=Limits)
    cache: bool = True
