"""What one policy allows that another did not: what `--policy-from` tells reviewers about the working tree.

Compares summaries, not files, so that it does not matter where a loosening is written. What cannot be told (a rule defined
differently) is listed too: silence would call it harmless.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ospec_guard.config.settings import ANY_ENVIRONMENT, Limits, Waiver
from ospec_guard.model import Level, Severity
from ospec_guard.policy.baseline import BaselineEntry
from ospec_guard.policy.expiry import read_day
from ospec_guard.policy.summary import PolicySummary, RuleSummary


def loosened(old: PolicySummary, new: PolicySummary) -> tuple[str, ...]:
    """What `new` would loosen of `old`, a line each, for people; empty when nothing is looser. Order: as in the code below."""
    return (
        *_environments(old, new),
        *_plugins(old, new),
        *_rules(old, new),
        *_waivers(old.waivers, new.waivers),
        *_baseline(old.baseline, new.baseline),
        *_selection(old, new),
        *_limits(old.limits, new.limits),
    )


def _environments(old: PolicySummary, new: PolicySummary) -> list[str]:
    lines = []
    now = dict(new.environments)
    for name, level in sorted(old.environments):
        if name not in now:
            lines.append(f"environment {name} is removed")
        elif now[name] < level:
            lines.append(f"environment {name}: level lowered from {level.label} to {now[name].label}")
    if old.default_environment != new.default_environment:
        before, after = old.default_environment or "development", new.default_environment or "development"
        lines.append(f"default environment changed from {before} to {after}")
    return lines


def _plugins(old: PolicySummary, new: PolicySummary) -> list[str]:
    lines = []
    now, locked_now = dict(new.plugins), dict(new.locked)
    for name, configuration in sorted(old.plugins):
        if name not in now:
            lines.append(f"plugin {name} is disabled or removed")
        elif now[name] != configuration:
            lines.append(f"plugin {name} is configured differently")
    for name, environments in sorted(old.locked):
        after = locked_now.get(name, ())
        if ANY_ENVIRONMENT not in after and set(environments) - set(after):
            lines.append(f"plugin {name} was locked in {_locked(environments)}, now in {_locked(after)}")
    if old.plugin_sources != new.plugin_sources:
        lines.append(f"plugins are looked for in {_shown(new.plugin_sources)} instead of {_shown(old.plugin_sources)}")
    return lines


def _locked(environments: Sequence[str]) -> str:
    return "all environments" if ANY_ENVIRONMENT in environments else ", ".join(environments) or "none"


def _rules(old: PolicySummary, new: PolicySummary) -> list[str]:
    lines: list[str] = []
    now = {rule.id: rule for rule in new.rules}
    levels: dict[tuple[str, Level, Level], list[str]] = {}
    thresholds: dict[tuple[str, Severity, Severity], list[str]] = {}
    for rule in sorted(old.rules, key=lambda r: r.id):
        after = now.get(rule.id)
        if after is None:
            lines.append(f"rule {rule.id} is turned off or removed")
            continue
        lines += _rule_changes(rule, after)
        level_now, threshold_now = dict(after.levels), dict(after.fail_on)
        for name, level in rule.levels:
            if level_now.get(name, level) < level:
                levels.setdefault((name, level, level_now[name]), []).append(rule.id)
        for name, severity in rule.fail_on:
            if threshold_now.get(name, severity) > severity:
                thresholds.setdefault((name, severity, threshold_now[name]), []).append(rule.id)
    for (name, level, lower), ids in sorted(levels.items()):
        lines.append(f"level in {name} lowered from {level.label} to {lower.label} for {', '.join(ids)}")
    for (name, severity, higher), ids in sorted(thresholds.items()):
        lines.append(f"fail_on in {name} raised from {severity.label} to {higher.label} for {', '.join(ids)}")
    return lines


def _rule_changes(rule: RuleSummary, after: RuleSummary) -> list[str]:
    lines = []
    if after.severity < rule.severity:
        lines.append(f"rule {rule.id}: severity lowered from {rule.severity.label} to {after.severity.label}")
    if after.suppressible and not rule.suppressible:
        lines.append(f"rule {rule.id} may now be suppressed")
    if rule.digest and after.digest and rule.digest != after.digest:
        lines.append(f"rule {rule.id} is defined differently; whether more loosely, read for yourself")
    return lines


def _waivers(old: Iterable[Waiver], new: Iterable[Waiver]) -> list[str]:
    """Waivers that are new, last longer, or have been completed. One is known by what it is for, not by its place."""
    before: dict[tuple[object, ...], list[Waiver]] = {}
    for waiver in old:
        before.setdefault(_purpose(waiver), []).append(waiver)
    lines = []
    for waiver in sorted(new, key=lambda w: (w.rule, _scope(w), w.expires, w.place)):
        known = before.get(_purpose(waiver), [])
        if any(_worth(waiver) == _worth(other) for other in known):
            continue
        what = f"waiver for {waiver.rule}{_scope(waiver)}"
        until = f"until {waiver.expires}" if waiver.expires else "without an end"
        if not known:
            lines.append(f"{what} added, {until}")
        elif not any(_no_looser(waiver, other) for other in known):
            lines.append(f"{what} changed: now {until}" + (f", approved by {waiver.approved_by}" if waiver.approved_by else ""))
    return lines


def _purpose(waiver: Waiver) -> tuple[object, ...]:
    return (waiver.rule, tuple(glob.pattern for glob in waiver.paths), waiver.fingerprint, tuple(sorted(waiver.environments)))


def _worth(waiver: Waiver) -> tuple[str, bool, bool]:
    return (waiver.expires, bool(waiver.reason), bool(waiver.approved_by))


def _no_looser(new: Waiver, old: Waiver) -> bool:
    """Whether `new` excuses nothing, on no day and at no level, that `old` does not.

    An end is asked for at level block: adding one to an endless waiver loosens there, what it tightens elsewhere.
    """
    if (new.reason and not old.reason) or (new.approved_by and not old.approved_by):
        return False
    if new.expires == old.expires:
        return True
    new_day, old_day = read_day(new.expires), read_day(old.expires)
    if new.expires and new_day is None:
        return True  # cannot be read: expired
    return new_day is not None and old_day is not None and new_day < old_day


def _scope(waiver: Waiver) -> str:
    parts = [f" in {' '.join(glob.pattern for glob in waiver.paths)}"] if waiver.paths else []
    parts += [f" (finding {waiver.fingerprint})"] if waiver.fingerprint else []
    parts += [f" for {', '.join(sorted(waiver.environments))}"] if waiver.environments else []
    return "".join(parts)


def _baseline(old: Iterable[BaselineEntry], new: Iterable[BaselineEntry]) -> list[str]:
    """Entries more than before, by rule; compared as multisets, so that a swap shows."""
    added = Counter((e.rule_id, e.path, e.identity) for e in new) - Counter((e.rule_id, e.path, e.identity) for e in old)
    by_rule: Counter[str] = Counter()
    for (rule_id, _, _), count in added.items():
        by_rule[rule_id] += count
    entries = {rule_id: "1 entry" if count == 1 else f"{count} entries" for rule_id, count in by_rule.items()}
    return [f"baseline: {counted} added for {rule_id}" for rule_id, counted in sorted(entries.items())]


def _selection(old: PolicySummary, new: PolicySummary) -> list[str]:
    lines = _left_out("exclude", old.exclude, new.exclude)
    if new.include and not old.include:
        lines.append(f"include: narrowed from everything to {_shown(new.include)}")
    elif new.include:
        lines += [f"include: '{glob}' removed" for glob in _more(old.include, new.include) if not glob.startswith("!")]
        lines += [f"include: exception '{glob}' added" for glob in _more(new.include, old.include) if glob.startswith("!")]
        lines += _reordered("include", old.include, new.include)
    for path in sorted({path for path, _ in (*old.ignore_lines, *new.ignore_lines)}):
        before = [line for name, line in old.ignore_lines if name == path]
        lines += _left_out(path, before, [line for name, line in new.ignore_lines if name == path])
    return lines


def _left_out(where: str, old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Of gitignore globs that leave files out: those that are new, and exceptions that are gone."""
    return [
        *(f"{where}: '{glob}' added" for glob in _more(new, old) if not glob.startswith("!")),
        *(f"{where}: exception '{glob}' removed" for glob in _more(old, new) if glob.startswith("!")),
        *_reordered(where, old, new),
    ]


def _reordered(where: str, old: Sequence[str], new: Sequence[str]) -> list[str]:
    common = Counter(old) & Counter(new)
    same = [glob for glob in old if glob in common] == [glob for glob in new if glob in common]
    if same or not any(glob.startswith("!") for glob in common):
        return []
    return [f"{where}: the globs are in another order; the last that matches decides"]


def _limits(old: Limits, new: Limits) -> list[str]:
    lines = []
    if old.file_size != new.file_size:
        lines.append(f"limits.file_size changed from {old.file_size} to {new.file_size} bytes")
    if old.rule_seconds != new.rule_seconds:
        lines.append(f"limits.rule_seconds changed from {old.rule_seconds:g} to {new.rule_seconds:g}")
    return lines


def _more(these: Iterable[str], than: Iterable[str]) -> list[str]:
    return sorted((Counter(these) - Counter(than)).elements())


def _shown(items: Sequence[str]) -> str:
    return ", ".join(items) or "nowhere"
