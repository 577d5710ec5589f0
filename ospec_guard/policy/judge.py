"""From findings and gaps to rulings and verdicts: `judge`, the one pipeline that every front end calls.

Its steps: read suppressions, set severities, rule (suppress, waive, baseline; per environment), tell what is unused, conclude.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ospec_guard.config.settings import Settings
from ospec_guard.globs import Glob
from ospec_guard.model import (
    Comment,
    ExitCode,
    FileRecord,
    Finding,
    Gap,
    Judged,
    JudgedGap,
    Level,
    Notice,
    Place,
    RuleInfo,
    Severity,
    Verdict,
)
from ospec_guard.policy.baseline import Baseline, BaselineEntry
from ospec_guard.policy.directives import Directive, read_directives
from ospec_guard.policy.hygiene import POLICY_RULES, Draft, policy_findings
from ospec_guard.policy.levels import Authority, PluginPolicy, environment_level, fail_on, rule_level, standing
from ospec_guard.policy.names import rule_names
from ospec_guard.policy.rulings import Case, Law, covering, rule_on_findings, rule_on_gaps
from ospec_guard.policy.scope import Scope, scope_of
from ospec_guard.policy.unused import (
    expired_waivers,
    unused_entries,
    unused_globs,
    unused_rule_settings,
    unused_suppressions,
    unused_waivers,
)
from ospec_guard.policy.verdicts import verdict
from ospec_guard.policy.waivers import expiring
from ospec_guard.values import field, replace, value

SEMGREP_TAG = "semgrep"
"""The tag of rules from a Semgrep rule file, for which `nosemgrep` is honoured."""


@value
class PolicyInput:
    """All that a judgement depends on. Only in `environments` and `settings.rules` does order matter."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    rules: tuple[RuleInfo, ...]
    """Those that ran, with the severity their authors gave them. None at all: no environment passes."""
    environments: tuple[str, ...]
    """All of them, in the order of the reports; see `levels.environment_names`."""
    environment: str
    """The chosen one."""
    today: date
    """The UTC day."""
    settings: Settings = field(default_factory=Settings)
    ignore: tuple[tuple[Glob, Place], ...] = ()
    """The lines of the ignore file."""
    plugins: tuple[PluginPolicy, ...] = ()
    enforcement: Mapping[str, tuple[tuple[str, Level], ...]] = field(default_factory=dict)
    """Rule id to the rule's own levels (`protocols.Rule.enforcement`)."""
    level: Level | None = None
    """What the command line says of the chosen environment."""
    comments: tuple[Comment, ...] = ()
    """All comments of every text in which there may be a suppression."""
    baseline: Baseline | None = None
    existing_paths: frozenset[str] = frozenset()
    """Of the paths the baseline names, at least those that exist."""
    files: tuple[FileRecord, ...] = ()
    complete: bool = False
    """The full rule set ran on everything under the root: what is not found is not there, so that dead excuses are told."""
    other_rules: frozenset[str] = frozenset()
    """Ids of rules that exist and did not run (off, or not selected)."""
    ids_known: bool = True
    """False when rules exist that nobody loaded (`--isolated`): an unknown id in a comment is then no error."""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """Settings and baseline by path, decoded: gives what is found in them exact spans and excerpts."""
    existing: frozenset[str] = frozenset()
    """Under `--diff`: fingerprints of the findings that are there at the base too."""


@value
class PolicyOutcome:
    """What became of it all, sorted as in the reports."""

    findings: tuple[Judged, ...]
    """Those of the input, with the severity the settings give them, and those about the policy itself."""
    gaps: tuple[JudgedGap, ...]
    verdicts: tuple[Verdict, ...]
    """In the order of the environments."""
    exit_code: ExitCode
    """The chosen environment's."""
    notices: tuple[Notice, ...]
    rules: tuple[RuleInfo, ...]
    """The input's with their severity here, and those policy rules that found something; by id."""
    scope: Scope
    """What the run can tell; `baseline.update` wants it."""


def judge(given: PolicyInput) -> PolicyOutcome:
    """The rulings of every environment on every finding and gap, and the verdicts.

    Raises ValueError when the chosen environment is none of `environments`.
    """
    if given.environment not in given.environments:
        raise ValueError(f"no environment is called '{given.environment}'")
    chosen = given.environments.index(given.environment)
    command_line = (given.environment, given.level) if given.level else None
    authority = Authority(given.settings, given.plugins, given.enforcement, command_line)
    scope = scope_of(given.rules, given.files, given.gaps, complete=given.complete, other_rules=given.other_rules)
    infos = {info.id: info for info in (*POLICY_RULES, *given.rules)}
    law = Law(authority, given.environments, given.today, rule_names({*scope.known, *infos}))

    semgrep = frozenset(info.id for info in given.rules if SEMGREP_TAG in info.tags)
    reading = read_directives(given.comments, rule_names(scope.known), semgrep)
    wrong = [d for d in reading.drafts if given.ids_known or d.rule_id != "policy/unknown-rule"]
    wrong += expired_waivers(given.settings.waivers, given.today)
    findings = (*given.findings, *policy_findings(wrong, given.texts))
    cases = _cases(law, findings, infos, given.existing, reading.directives)
    judged, left = rule_on_findings(law, cases, given.baseline, given.existing_paths)
    gaps = rule_on_gaps(law, given.gaps, {info.id: info for info in given.rules})
    if given.complete:
        dead = policy_findings(_dead(given, law, scope, reading.directives, cases, left), given.texts)
        judged += rule_on_findings(law, _cases(law, dead, infos, given.existing), None, ())[0]
    judged.sort(key=lambda item: item.finding.sort_key)

    verdicts = tuple(
        verdict(name, environment_level(authority, name).level, judged, gaps, i, no_rules=not given.rules, files=given.files)
        for i, name in enumerate(given.environments)
    )
    found = {item.finding.rule_id for item in judged}
    rules = [*given.rules, *(info for info in POLICY_RULES if info.id in found)]
    return PolicyOutcome(
        findings=tuple(judged),
        gaps=gaps,
        verdicts=verdicts,
        exit_code=verdicts[chosen].exit_code,
        notices=_notices(given, authority),
        rules=tuple(sorted((_effective(authority, info) for info in rules), key=lambda info: info.id)),
        scope=scope,
    )


def _cases(
    law: Law,
    findings: Iterable[Finding],
    infos: Mapping[str, RuleInfo],
    existing: frozenset[str],
    directives: Iterable[Directive] = (),
) -> list[Case]:
    """The findings of rules that are not off, with their severity here and all that is said for them."""
    by_path: dict[str, list[Directive]] = {}
    for directive in directives:
        by_path.setdefault(directive.path, []).append(directive)
    findings = sorted(findings, key=lambda f: f.sort_key)
    unknown = {f.rule_id: RuleInfo(f.rule_id, "", f.severity, "") for f in findings if f.rule_id not in infos}
    table = {rule_id: infos.get(rule_id) or unknown[rule_id] for rule_id in {f.rule_id for f in findings}}
    standings = {rule_id: standing(law.authority, info) for rule_id, info in table.items()}
    cases = []
    for finding in findings:
        info, said = table[finding.rule_id], standings[finding.rule_id]
        if said.off:
            continue
        here = replace(finding, severity=_severity(finding, info, said.severity))
        covering_it = tuple(d for d in by_path.get(finding.path, ()) if d.covers(finding))
        cases.append(Case(here, info, finding.fingerprint in existing, covering_it, covering(law, finding)))
    return cases


def _severity(finding: Finding, info: RuleInfo, here: Severity) -> Severity:
    """A rule's severity here is that of its findings; for those it reports as less severe (near misses) it is the most."""
    return here if finding.severity >= info.severity else min(finding.severity, here)


def _dead(
    given: PolicyInput,
    law: Law,
    scope: Scope,
    directives: Sequence[Directive],
    cases: Sequence[Case],
    left: Sequence[BaselineEntry],
) -> list[Draft]:
    """Everything that is there to excuse or to select and does nothing."""
    settings = given.settings
    used = {(directive, case.finding.rule_id) for case in cases for directive in case.directives}
    drafts = unused_suppressions(directives, used, scope)
    drafts += unused_entries(given.baseline, left, scope, given.existing_paths) if given.baseline else []
    drafts += unused_globs((*settings.include, *settings.exclude, *given.ignore), given.files)
    drafts += unused_rule_settings(settings, law.names)
    waivers = {waiver for case in cases for waiver in case.waivers}
    waivers.update(waiver for gap in given.gaps for waiver in covering(law, gap))
    waivers.update(waiver for finding in policy_findings(drafts, {}) for waiver in covering(law, finding))
    # A waiver for unused waivers is judged by nobody: it would have to be used by its own absence of use.
    waivers.update(w for w in settings.waivers if law.names.resolve(w.rule) == "policy/unused-waiver")
    return drafts + unused_waivers(settings.waivers, waivers, law.names, scope, given.gaps, given.today)


def _effective(authority: Authority, info: RuleInfo) -> RuleInfo:
    severity = standing(authority, info).severity
    return info if severity is info.severity else replace(info, severity=severity)


def _notices(given: PolicyInput, authority: Authority) -> tuple[Notice, ...]:
    """Waivers that end soon, and what locked plugins refused; each once."""
    notices = set(expiring(given.settings.waivers, given.today))
    for info in given.rules:
        if authority.plugin_of(info) is None:
            continue
        notices.update(standing(authority, info).notices)
        for environment in given.environments:
            refusals = (rule_level(authority, info, environment).notice, fail_on(authority, info, environment).notice)
            notices.update(notice for notice in refusals if notice)
    return tuple(sorted(notices, key=lambda n: (n.id, n.message, str(n.place or ""), n.hint)))
