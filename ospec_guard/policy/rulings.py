"""What each environment does with each finding and gap: the ordered steps suppress, waive, baseline.

The order matters, because each step sees only what the one before left: a suppressed twin never uses up the baseline entry of
one that lives. What a step refuses goes on to the next, and is kept as a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ospec_guard.config.settings import Waiver
from ospec_guard.model import Excuse, Finding, Gap, Judged, JudgedGap, Level, Place, Refusal, RuleInfo, Ruling, Severity
from ospec_guard.policy.baseline import Baseline, BaselineEntry, absorb
from ospec_guard.policy.directives import Directive
from ospec_guard.policy.excuses import baseline_refusal, inline_refusal, waiver_refusal
from ospec_guard.policy.levels import Authority, Decision, environment_level, fail_on, rule_level
from ospec_guard.policy.names import RuleNames
from ospec_guard.policy.waivers import covers
from ospec_guard.values import value


@value
class Case:
    """A finding with everything that may be said for it, whatever the environment."""

    finding: Finding
    info: RuleInfo
    existing: bool = False
    """It is there at the base of `--diff` too and fails nowhere."""
    directives: tuple[Directive, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@value
class Law:
    """What all rulings of one judgement share."""

    authority: Authority
    environments: tuple[str, ...]
    today: date
    names: RuleNames
    """Of rules, policy rules included."""


def rule_on_findings(
    law: Law, cases: Sequence[Case], baseline: Baseline | None, existing_paths: Collection[str]
) -> tuple[list[Judged], list[BaselineEntry]]:
    """The cases judged, in their order, and the baseline entries that absorb nothing in any environment."""
    rulings: list[list[Ruling]] = [[] for _ in cases]
    left = dict.fromkeys((e, e.line) for e in baseline.entries) if baseline else {}
    for environment in law.environments:
        in_environment, left_here = _in_environment(law, environment, cases, baseline, existing_paths)
        for so_far, ruling in zip(rulings, in_environment, strict=True):
            so_far.append(ruling)
        still = {(e, e.line) for e in left_here}
        left = {key: None for key in left if key in still}
    judged = [Judged(case.finding, tuple(r), case.existing) for case, r in zip(cases, rulings, strict=True)]
    return judged, [entry for entry, _ in sorted(left)]


def rule_on_gaps(law: Law, gaps: Iterable[Gap], infos: Mapping[str, RuleInfo]) -> tuple[JudgedGap, ...]:
    """The gaps judged, sorted. Only waivers for the gap's own id excuse them."""
    judged = []
    for gap in sorted(gaps, key=lambda gap: gap.sort_key):
        waivers = covering(law, gap)
        rulings = []
        for environment in law.environments:
            decision = gap_level(law.authority, gap, environment, infos.values())
            excuse, refused = _heard(_for_waivers(waivers, environment, decision.level, law.today, suppressible=True))
            fails = excuse is None and decision.level > Level.WARN
            rulings.append(Ruling(environment, decision.level, decision.decided_by, fails, excuse, refused))
        judged.append(JudgedGap(gap, tuple(rulings)))
    return tuple(judged)


def gap_level(authority: Authority, gap: Gap, environment: str, infos: Iterable[RuleInfo]) -> Decision:
    """The environment's level; but not below that of a locked plugin's rule that may have matched in the gap.

    Else a settings file that may not loosen a plugin could make its rules blind instead.
    """
    decision = environment_level(authority, environment)
    table = {info.id: info for info in infos}
    if gap.rule_id and gap.rule_id not in table:  # it cannot run at all: its id still tells whose it is
        table[gap.rule_id] = RuleInfo(gap.rule_id, "", Severity.ERROR, "", plugin=gap.rule_id.rpartition("/")[0])
    for rule_id in [gap.rule_id] if gap.rule_id else sorted(table):
        plugin = authority.plugin_of(table[rule_id])
        if plugin and plugin.is_locked(environment):
            of_rule = rule_level(authority, table[rule_id], environment)
            decision = of_rule if of_rule.level > decision.level else decision
    return decision


def covering(law: Law, subject: Finding | Gap) -> tuple[Waiver, ...]:
    """The waivers meant for a finding or gap, in the order of their places."""
    waivers = [w for w in law.authority.settings.waivers if covers(w, subject, law.names)]
    return tuple(sorted(waivers, key=lambda w: (w.place, w.rule, w.expires, w.reason, w.approved_by)))


def _in_environment(
    law: Law, environment: str, cases: Sequence[Case], baseline: Baseline | None, existing_paths: Collection[str]
) -> tuple[list[Ruling], tuple[BaselineEntry, ...]]:
    infos = {case.info.id: case.info for case in cases}
    decisions = {rule_id: rule_level(law.authority, info, environment) for rule_id, info in infos.items()}
    least = {rule_id: fail_on(law.authority, info, environment).severity for rule_id, info in infos.items()}
    heard = [_heard(_for_case(case, environment, decisions[case.info.id].level, law.today)) for case in cases]

    # Findings that are there at the base come first: where an entry could absorb an old twin or a new one, the new one shows.
    open_cases = [i for i, (excuse, _) in enumerate(heard) if excuse is None]
    open_cases.sort(key=lambda i: (not cases[i].existing, cases[i].finding.sort_key))
    absorption = absorb([cases[i].finding for i in open_cases], baseline, existing_paths)
    for i, entry in zip(open_cases, absorption.matched, strict=True):
        if baseline and entry:
            why = baseline_refusal(decisions[cases[i].info.id].level, suppressible=cases[i].info.suppressible)
            excuse = Excuse("baseline", Place(baseline.path, entry.line))
            heard[i] = (None, (*heard[i][1], Refusal(excuse, why))) if why else (excuse, heard[i][1])

    rulings = []
    for case, (found, refused) in zip(cases, heard, strict=True):
        decision = decisions[case.info.id]
        violation = found is None and not case.existing and case.finding.severity >= least[case.info.id]
        fails = violation and decision.level > Level.WARN
        rulings.append(Ruling(environment, decision.level, decision.decided_by, fails, found, refused))
    return rulings, absorption.left


def _for_case(case: Case, environment: str, level: Level, today: date) -> list[Refusal]:
    """What is said for a finding before the baseline is asked, each with why it is not obeyed (empty: it is)."""
    suppressible = case.info.suppressible
    said = [Refusal(_inline(d), inline_refusal(d, level, today, suppressible=suppressible)) for d in case.directives]
    return said + _for_waivers(case.waivers, environment, level, today, suppressible=suppressible)


def _for_waivers(
    waivers: Iterable[Waiver], environment: str, level: Level, today: date, *, suppressible: bool
) -> list[Refusal]:
    here = [w for w in waivers if not w.environments or environment in w.environments]
    return [Refusal(_waived(w), waiver_refusal(w, level, today, suppressible=suppressible)) for w in here]


def _waived(waiver: Waiver) -> Excuse:
    return Excuse("waiver", waiver.place, waiver.reason, waiver.approved_by, waiver.expires)


def _inline(directive: Directive) -> Excuse:
    return Excuse("inline", directive.place, directive.reason, until=directive.until or "")


def _heard(said: Iterable[Refusal]) -> tuple[Excuse | None, tuple[Refusal, ...]]:
    """The first excuse that is obeyed, and what was refused before it."""
    refused: list[Refusal] = []
    for one in said:
        if not one.why:
            return one.excuse, tuple(refused)
        refused.append(one)
    return None, tuple(refused)
