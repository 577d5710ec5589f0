"""A policy in short: everything that decides how strict it is, settled and comparable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ospec_guard.config.settings import ANY_ENVIRONMENT, Limits, Waiver
from ospec_guard.model import Level, RuleInfo, Severity
from ospec_guard.policy.baseline import Baseline, BaselineEntry
from ospec_guard.policy.levels import Authority, environment_level, fail_on, rule_level, standing
from ospec_guard.values import field, value


@value
class RuleSummary:
    """A rule that runs, with everything settled."""

    id: str
    severity: Severity
    levels: tuple[tuple[str, Level], ...]
    """By environment."""
    fail_on: tuple[tuple[str, Severity], ...] = ()
    """By environment."""
    suppressible: bool = True
    digest: str = ""
    """Of the rule as written; empty where it is not known."""


@value
class PolicySummary:
    """Everything that decides how strict a policy is."""

    rules: tuple[RuleSummary, ...] = ()
    environments: tuple[tuple[str, Level], ...] = ()
    default_environment: str = ""
    plugins: tuple[tuple[str, str], ...] = ()
    """Those enabled, as the settings call them, and canonical text of what they are configured with."""
    locked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Plugins and the environments they are locked in, sorted; `*` for all."""
    plugin_sources: tuple[str, ...] = ()
    """The registry and local paths, as written."""
    waivers: tuple[Waiver, ...] = ()
    baseline: tuple[BaselineEntry, ...] = ()
    include: tuple[str, ...] = ()
    """Globs as written; none: everything."""
    exclude: tuple[str, ...] = ()
    ignore_lines: tuple[tuple[str, str], ...] = ()
    """(ignore file, line) in the files' order, without comments."""
    limits: Limits = field(default_factory=Limits)


def summarise(
    authority: Authority,
    rules: Iterable[RuleInfo],
    environments: Sequence[str],
    *,
    baseline: Baseline | None = None,
    ignore_lines: Iterable[tuple[str, str]] = (),
    digests: Mapping[str, str] | None = None,
) -> PolicySummary:
    """The summary of a policy with these rules (whether on or off) in these environments. `digests`: by rule id."""
    settings = authority.settings
    configured = {name: _canonical(value) for name, value, _ in settings.plugins.config}
    sources = [settings.plugins.registry, *(path for path, _ in settings.plugins.local_paths)]
    locks = ((p.name, (ANY_ENVIRONMENT,) if p.locked else tuple(sorted(p.locked_environments))) for p in authority.plugins)
    on = [info for info in rules if not standing(authority, info).off]
    return PolicySummary(
        rules=tuple(_rule(authority, info, environments, (digests or {}).get(info.id, "")) for info in on),
        environments=tuple((name, environment_level(authority, name).level) for name in environments),
        default_environment=settings.default_environment,
        plugins=tuple((name, configured.get(name, "")) for name, _ in settings.plugins.enabled),
        locked=tuple(sorted((name, environments) for name, environments in locks if environments)),
        plugin_sources=tuple(source for source in sources if source),
        waivers=settings.waivers,
        baseline=baseline.entries if baseline else (),
        include=tuple(glob.pattern for glob, _ in settings.include),
        exclude=tuple(glob.pattern for glob, _ in settings.exclude),
        ignore_lines=tuple(ignore_lines),
        limits=settings.limits,
    )


def _rule(authority: Authority, info: RuleInfo, environments: Sequence[str], digest: str) -> RuleSummary:
    return RuleSummary(
        info.id,
        standing(authority, info).severity,
        tuple((name, rule_level(authority, info, name).level) for name in environments),
        tuple((name, fail_on(authority, info, name).severity) for name in environments),
        info.suppressible,
        digest,
    )


def _canonical(value: Any) -> str:
    import json

    return json.dumps(value, sort_keys=True, default=str)
