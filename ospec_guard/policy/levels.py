"""Whose word counts: the level, the severity and `fail_on` that a rule gets in an environment, and who decided it.

Authority over a level, strongest first: command line; settings for the rule, for its plugin, for the environment; the rule's
own `enforcement`; its plugin's manifest; built in. A plugin that says `locked: true` may be tightened and never loosened: what
would loosen it (`off`, a lower severity, a higher `fail_on`, the command line too) is refused and told in a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from ospec_guard.config.settings import ANY_ENVIRONMENT, EnvironmentSettings, RuleSettings, Settings
from ospec_guard.model import Level, Notice, Place, RuleInfo, Severity
from ospec_guard.values import field, value

BUILT_IN_LEVELS: dict[str, Level] = {"development": Level.WARN, "staging": Level.ERROR, "production": Level.BLOCK}
OTHER_LEVEL = Level.ERROR
"""Of a user's own environment that nobody gives a level."""
FAIL_ON = Severity.ERROR


@value
class PluginPolicy:
    """What a plugin's manifest says of enforcement, and what the settings say of that plugin."""

    name: str
    scoped_name: str
    place: Place
    """The manifest."""
    environments: tuple[EnvironmentSettings, ...] = ()
    """The manifest's `configuration.environments`; the name `*` stands for all."""
    locked: bool = False
    """Settings cannot loosen it anywhere."""
    locked_environments: tuple[str, ...] = ()
    """Settings cannot loosen it in these."""
    overrides: tuple[EnvironmentSettings, ...] = ()
    """The settings' `plugins.config` for it."""

    def is_locked(self, environment: str) -> bool:
        return self.locked or environment in self.locked_environments


@value
class Authority:
    """Everybody who has a say."""

    settings: Settings = field(default_factory=Settings)
    plugins: tuple[PluginPolicy, ...] = ()
    enforcement: Mapping[str, tuple[tuple[str, Level], ...]] = field(default_factory=dict)
    """Rule id to the rule's own levels by environment (`*` for all)."""
    command_line: tuple[str, Level] | None = None
    """The chosen environment and the level the command line gives it."""

    def plugin_of(self, info: RuleInfo) -> PluginPolicy | None:
        """The plugin a rule comes from; None for built-in packs and loose files."""
        return next((p for p in self.plugins if info.plugin and info.plugin in {p.name, p.scoped_name}), None)


@value
class Decision:
    """A level and who decided it, for people; `notice` when somebody else was refused."""

    level: Level
    decided_by: str
    notice: Notice | None = None


@value
class FailOn:
    """The least severity that fails; `notice` when a higher one was refused."""

    severity: Severity
    notice: Notice | None = None


@value
class Standing:
    """Whether a rule runs, and how severe it is here."""

    off: bool
    severity: Severity
    notices: tuple[Notice, ...] = ()


def environment_names(settings: Settings, plugins: Iterable[PluginPolicy] = ()) -> tuple[str, ...]:
    """All environments: development, staging, production, then those of settings and plugins by name."""
    named = {e.name for e in settings.environments} | {e.name for p in plugins for e in p.environments}
    return (*BUILT_IN_LEVELS, *sorted(named - {*BUILT_IN_LEVELS, ANY_ENVIRONMENT}))


def environment_level(authority: Authority, environment: str) -> Decision:
    """The level of an environment as such: of its gaps, and of rules nobody says more about."""
    claims = [*_from_command_line(authority, environment), *_from_environment(authority.settings, environment)]
    return (claims or [_built_in(environment)])[0].decision()


def rule_level(authority: Authority, info: RuleInfo, environment: str) -> Decision:
    """The level of a rule in an environment."""
    plugin = authority.plugin_of(info)
    asked = [*_from_command_line(authority, environment), *_from_settings(authority.settings, info, plugin, environment)]
    base = _base(authority, info, plugin, environment)
    if not asked:
        return base.decision()
    if plugin and plugin.is_locked(environment) and asked[0].level < base.level:
        wish = f"would lower {environment} from {base.level.label} to {asked[0].level.label}"
        notice = _refused(asked[0].who, wish, asked[0].place, plugin)
        return Decision(base.level, f"{base.decision().decided_by}, locked", notice)
    return asked[0].decision()


def fail_on(authority: Authority, info: RuleInfo, environment: str) -> FailOn:
    """The least severity at which a rule's violation fails an environment."""
    plugin = authority.plugin_of(info)
    base, wishes = FAIL_ON, [(e.fail_on, e) for e in _named(authority.settings.environments, environment)]
    if plugin:
        wishes = [(e.fail_on, e) for e in _named(plugin.overrides, environment)] + wishes
        base = next((e.fail_on for e in _named(plugin.environments, environment) if e.fail_on), base)
    severity, source = next(((severity, e) for severity, e in wishes if severity), (base, None))
    if source and plugin and plugin.is_locked(environment) and severity > base:
        wish = f"would raise 'fail_on' of {environment} from {base.label} to {severity.label}"
        return FailOn(base, _refused("settings", wish, source.place, plugin))
    return FailOn(severity)


def standing(authority: Authority, info: RuleInfo) -> Standing:
    """Whether the settings let a rule run, and the severity they leave it with."""
    plugin = authority.plugin_of(info)
    entries = _entries_for(authority.settings, info.id)
    if not entries:
        return Standing(False, info.severity, ())
    off = bool(entries) and entries[0].off
    chosen = next((e for e in entries if e.severity), None)
    severity = (chosen.severity if chosen else None) or info.severity
    if not plugin or not (plugin.locked or plugin.locked_environments):
        return Standing(off, severity)
    notices = []
    if off:
        notices.append(_refused(f"settings rules.{entries[0].pattern}", "would turn its rules off", entries[0].place, plugin))
    if chosen and severity < info.severity:
        wish = f"would lower a severity from {info.severity.label} to {severity.label}"
        notices.append(_refused(f"settings rules.{chosen.pattern}", wish, chosen.place, plugin))
    return Standing(False, max(severity, info.severity), tuple(notices))


@value
class _Claim:
    level: Level
    who: str
    place: Place | None = None

    def decision(self) -> Decision:
        return Decision(self.level, f"{self.who} at {self.place}" if self.place else self.who)


def _from_command_line(authority: Authority, environment: str) -> list[_Claim]:
    if authority.command_line is None or authority.command_line[0] != environment:
        return []
    return [_Claim(authority.command_line[1], "the command line")]


def _from_settings(settings: Settings, info: RuleInfo, plugin: PluginPolicy | None, environment: str) -> list[_Claim]:
    claims = []
    for entry in _entries_for(settings, info.id):
        level = _for_environment(entry.levels, environment)
        if level:
            claims.append(_Claim(level, f"settings rules.{entry.pattern}", entry.place))
    if plugin:
        who = f"settings plugins.config.{plugin.scoped_name or plugin.name}"
        claims += [_Claim(said.level, who, said.place) for said in _named(plugin.overrides, environment) if said.level]
    return claims + _from_environment(settings, environment)


def _from_environment(settings: Settings, environment: str) -> list[_Claim]:
    said = _named(settings.environments, environment)
    return [_Claim(e.level, f"settings environments.{environment}", e.place) for e in said if e.level]


def _base(authority: Authority, info: RuleInfo, plugin: PluginPolicy | None, environment: str) -> _Claim:
    """What holds when neither settings nor command line say anything: what a lock protects."""
    own = _for_environment(authority.enforcement.get(info.id, ()), environment)
    if own:
        return _Claim(own, f"rule {info.id}", info.place)
    for said in _named(plugin.environments if plugin else (), environment):
        if plugin and said.level:
            return _Claim(said.level, f"plugin {plugin.name}", said.place)
    return _built_in(environment)


def _built_in(environment: str) -> _Claim:
    return _Claim(BUILT_IN_LEVELS.get(environment, OTHER_LEVEL), "built in")


def _entries_for(settings: Settings, rule_id: str) -> list[RuleSettings]:
    """The settings for a rule, most specific first: its exact id, then patterns, later ones before earlier ones."""
    if not settings.rules:
        return []
    exact = [e for e in reversed(settings.rules) if e.pattern == rule_id]
    return exact + [e for e in reversed(settings.rules) if e.pattern != rule_id and fnmatchcase(rule_id, e.pattern)]


def _for_environment(levels: Sequence[tuple[str, Level]], environment: str) -> Level | None:
    table = dict(levels)
    return table.get(environment) or table.get(ANY_ENVIRONMENT)


def _named(said: Sequence[EnvironmentSettings], environment: str) -> list[EnvironmentSettings]:
    """What is said of an environment, its own name before `*`."""
    return [e for name in (environment, ANY_ENVIRONMENT) for e in said if e.name == name]


def _refused(who: str, wish: str, place: Place | None, plugin: PluginPolicy) -> Notice:
    message = f"{who} {wish} for plugin {plugin.name}, which is locked (in {plugin.place}): not obeyed"
    return Notice("notice/locked", message, place, "ask the plugin's owner, or record a waiver")
