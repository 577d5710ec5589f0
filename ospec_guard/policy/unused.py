"""What stands in comments, settings and baseline and does nothing: found, never guessed.

Each function returns drafts of findings for what is dead as far as the run can tell; all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase

from ospec_guard.config.settings import RuleSettings, Settings, Waiver
from ospec_guard.globs import Glob, matching
from ospec_guard.model import GAP_REASONS, FileRecord, Gap, Place
from ospec_guard.policy.baseline import Baseline, BaselineEntry, is_dead
from ospec_guard.policy.directives import Directive
from ospec_guard.policy.expiry import lapse
from ospec_guard.policy.hygiene import Draft, draft_at
from ospec_guard.policy.names import RuleNames, is_pattern
from ospec_guard.policy.scope import Scope
from ospec_guard.policy.waivers import reaches
from ospec_guard.values import replace


def unused_suppressions(directives: Iterable[Directive], used: Collection[tuple[Directive, str]], scope: Scope) -> list[Draft]:
    """The ids of directives that cover no finding of theirs; `used` holds the (directive, rule) pairs that do."""
    drafts = []
    # A comment names rules that differ in the path before their ids (`a.same`, `b.same`) by one word.
    named = {(directive, _last_word(rule_id)) for directive, rule_id in used}
    for directive in directives:
        for rule_id in () if directive.blanket else directive.rule_ids:
            if (directive, _last_word(rule_id)) not in named and scope.settled(rule_id, directive.path):
                message, text = f"{rule_id} finds nothing here to suppress", f"ignore[{rule_id}] {directive.reason}"
                drafts.append(Draft("policy/unused-suppression", directive.path, message, text, directive.span))
    return drafts


def _last_word(rule_id: str) -> str:
    return rule_id.rpartition(".")[2]


def unused_entries(
    baseline: Baseline, left: Iterable[BaselineEntry], scope: Scope, existing_paths: Collection[str]
) -> list[Draft]:
    """The entries among those `left` in every environment that can absorb nothing any more."""
    drafts = []
    for entry in left:
        if is_dead(entry, scope, existing_paths):
            why = "is not found there any more" if entry.rule_id in scope.known else "is no rule"
            message = f"{entry.rule_id} in {entry.path} {why}; `ospec-guard baseline` takes the entry out"
            text = f"{entry.rule_id} {entry.path} {entry.identity}"
            drafts.append(draft_at("policy/unused-baseline-entry", Place(baseline.path, entry.line), message, text))
    return drafts


def expired_waivers(waivers: Iterable[Waiver], today: date) -> list[Draft]:
    """The waivers whose last day has passed or cannot be read."""
    drafts = []
    for waiver in waivers:
        if waiver.expires and (lapsed := lapse(waiver.expires, today)):
            message = f"the waiver for {waiver.rule} excuses nothing: {lapsed}"
            drafts.append(draft_at("policy/expired-waiver", waiver.place, message, _text(waiver)))
    return drafts


def unused_waivers(
    waivers: Iterable[Waiver], used: Collection[Waiver], names: RuleNames, scope: Scope, gaps: Sequence[Gap], today: date
) -> list[Draft]:
    """The waivers that are meant for no finding or gap; what has expired is told by `expired_waivers`."""
    drafts = []
    for waiver in waivers:
        if waiver in used or (waiver.expires and lapse(waiver.expires, today)):
            continue
        named = [r for r in sorted({*names.ids, *GAP_REASONS}) if names.matches(waiver.rule, r)]
        if not named:
            advice = names.advice(waiver.rule) if not is_pattern(waiver.rule) else ""
            message = f"the waiver for '{waiver.rule}' names no rule" + (f"; {advice}" if advice else "")
        elif _undecided(waiver, named, scope, gaps):
            continue
        else:
            message = f"the waiver for {waiver.rule} excuses nothing"
        drafts.append(draft_at("policy/unused-waiver", waiver.place, message, _text(waiver)))
    return drafts


def unused_rule_settings(settings: Settings, names: RuleNames) -> list[Draft]:
    """The entries of `rules` that name no rule."""
    drafts = []
    for entry in settings.rules:
        if not any(_names(entry, rule_id) for rule_id in names.ids):
            advice = names.advice(entry.pattern) if not is_pattern(entry.pattern) else ""
            message = f"the settings for '{entry.pattern}' name no rule" + (f"; {advice}" if advice else "")
            drafts.append(draft_at("policy/unused-rule-setting", entry.place, message, entry.pattern))
    return drafts


def unused_globs(globs: Iterable[tuple[Glob, Place]], files: Sequence[FileRecord]) -> list[Draft]:
    """The globs that match none of the files and folders a walk accounts for.

    A glob for something inside a folder that was left out whole is not judged: nobody looked in there.
    """
    folders = [record.path for record in files if record.path.endswith("/")]
    drafts = []
    for glob, place in globs:
        alone = (replace(glob, include=True),)
        head = glob.pattern.lstrip("!/")
        if any(matching(alone, record.path) for record in files) or any(head.startswith(folder) for folder in folders):
            continue
        drafts.append(draft_at("policy/unused-glob", place, f"'{glob.pattern}' matches nothing", glob.pattern))
    return drafts


def _names(entry: RuleSettings, rule_id: str) -> bool:
    return entry.pattern == rule_id or fnmatchcase(rule_id, entry.pattern)


def _undecided(waiver: Waiver, named: Sequence[str], scope: Scope, gaps: Sequence[Gap]) -> bool:
    """Whether something the waiver is meant for may be there unseen: its rules did not run, or a gap hides where it looks."""
    rules = [rule_id for rule_id in named if rule_id in scope.known]
    if rules and not any(rule_id in scope.ran for rule_id in rules):
        return True
    hiding = [gap for gap in gaps if gap.rule_id is None or gap.rule_id in named]
    return bool(rules) and any(gap.id == "gap/rule-unsupported" or reaches(waiver, gap.path) for gap in hiding)


def _text(waiver: Waiver) -> str:
    paths = " ".join(glob.pattern for glob in waiver.paths)
    return f"{waiver.rule} [{paths}] {waiver.fingerprint} {waiver.expires}".strip()
