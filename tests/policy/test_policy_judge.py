"""From findings to rulings: who may excuse what at which level, in which order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from policy_world import (
    CRYPTO,
    ENVIRONMENTS,
    EVAL,
    NEXT_YEAR,
    RULES,
    SECRET,
    YESTERDAY,
    about_policy,
    comment,
    finding,
    gap,
    given,
    judged,
    policy_ids,
    ruling,
    waiver,
)

from ospec_guard.config.settings import EnvironmentSettings, RuleSettings, Settings
from ospec_guard.model import ExitCode, Level, Outcome, Place, RuleInfo, Severity
from ospec_guard.policy.baseline import Baseline, entry_of
from ospec_guard.policy.judge import judge
from ospec_guard.policy.levels import PluginPolicy

PATH = ".ospec-guard-baseline"
LEVEL_OF = {"warn": "development", "error": "staging", "block": "production"}


def baseline(*findings):
    return Baseline(PATH, tuple(replace(entry_of(f), line=n) for n, f in enumerate(findings, 3)))


def inline(text, rule=EVAL):
    return {"comments": (comment(f"# ospec-guard: ignore[{rule.id}] {text}"),)}


# What excuses (columns warn, error, block: is it obeyed), for a rule that may be suppressed, and for one that may not.
MATRIX = [
    ("nothing", lambda rule: {}, "---", "---"),
    ("inline with a reason", lambda rule: inline("trusted", rule), "yyn", "nnn"),
    ("inline without a reason", lambda rule: inline("", rule), "ynn", "nnn"),
    ("inline with a reason until next year", lambda rule: inline(f"trusted until {NEXT_YEAR}", rule), "yyn", "nnn"),
    ("inline with a reason until yesterday", lambda rule: inline(f"trusted until {YESTERDAY}", rule), "nnn", "nnn"),
    ("inline with a reason until a malformed day", lambda rule: inline("trusted until=someday", rule), "nnn", "nnn"),
    ("inline with a reason until nothing", lambda rule: inline("trusted until=", rule), "nnn", "nnn"),
    ("inline with only a date", lambda rule: inline(f"until {NEXT_YEAR}", rule), "ynn", "nnn"),
    ("baseline", lambda rule: {"baseline": baseline(finding(rule))}, "yyn", "nnn"),
    ("complete waiver", lambda rule: {"waivers": [waiver(rule.id)]}, "yyy", "yyy"),
    ("waiver without a reason", lambda rule: {"waivers": [waiver(rule.id, reason="")]}, "ynn", "nnn"),
    ("waiver nobody approved", lambda rule: {"waivers": [waiver(rule.id, approved_by="")]}, "yyn", "nnn"),
    ("waiver without an end", lambda rule: {"waivers": [waiver(rule.id, expires="")]}, "yyn", "nnn"),
    ("bare waiver", lambda rule: {"waivers": [waiver(rule.id, reason="", approved_by="", expires="")]}, "ynn", "nnn"),
    ("waiver until yesterday", lambda rule: {"waivers": [waiver(rule.id, expires=YESTERDAY)]}, "nnn", "nnn"),
    ("waiver until a malformed day", lambda rule: {"waivers": [waiver(rule.id, expires="2027-13-01")]}, "nnn", "nnn"),
    ("waiver for another rule", lambda rule: {"waivers": [waiver(CRYPTO.id)]}, "---", "---"),
]


@pytest.mark.parametrize(
    ("rule", "said", "level", "answer"),
    [
        pytest.param(rule, said, level, answers[column], id=f"{level}, {kind}: {name}")
        for name, said, suppressible, unsuppressible in MATRIX
        for kind, rule, answers in (("suppressible", EVAL, suppressible), ("unsuppressible", SECRET, unsuppressible))
        for column, level in enumerate(LEVEL_OF)
    ],
)
def test_who_may_excuse_at_which_level(rule, said, level, answer):
    found = ruling(judged(finding(rule), **said(rule)), finding(rule), LEVEL_OF[level])
    assert found.level.label == level
    obeyed, refused = answer == "y", answer == "n"
    assert (found.excuse is not None) is obeyed
    assert len(found.refused) == refused
    assert all(refusal.why for refusal in found.refused)
    assert found.fails is (not obeyed and level != "warn")


def test_the_matrix_asks_for_every_cell():
    assert {(len(a), len(b)) for _, _, a, b in MATRIX} == {(3, 3)}


@pytest.mark.parametrize(
    ("said", "environment", "why"),
    [
        pytest.param(inline(""), "staging", "level error asks for a reason after the ids", id="no reason"),
        pytest.param(inline("x"), "production", "level block obeys nothing but a complete waiver", id="inline under block"),
        pytest.param(inline("x until 2026-01-01"), "staging", "it expired on 2026-01-01", id="expired"),
        pytest.param(
            inline("x until=friday"), "staging", "'friday' is not a date (YYYY-MM-DD), so it counts as expired", id="malformed"
        ),
        pytest.param(
            {"waivers": [waiver(approved_by="", expires="")]},
            "production",
            "level block asks for approved_by and expires",
            id="waiver",
        ),
        pytest.param(
            {"waivers": [waiver(reason="")]}, "staging", "level error asks for a reason", id="waiver without a reason"
        ),
        pytest.param(
            {"waivers": [waiver(expires="2026-06-14")]}, "development", "it expired on 2026-06-14", id="expired waiver"
        ),
        pytest.param(
            {"baseline": baseline(finding())}, "production", "level block obeys nothing but a complete waiver", id="baseline"
        ),
    ],
)
def test_refusals_say_why(said, environment, why):
    (refusal,) = ruling(judged(finding(), **said), finding(), environment).refused
    assert refusal.why == why


def test_rules_that_may_not_be_suppressed_say_so():
    (refusal,) = ruling(judged(finding(SECRET), **inline("x", SECRET)), finding(SECRET), "development").refused
    assert refusal.why == "the rule may not be suppressed: only a complete waiver excuses it"
    (refusal,) = ruling(judged(finding(SECRET), waivers=[waiver(SECRET.id, reason="")]), finding(SECRET), "development").refused
    assert refusal.why == "the rule may not be suppressed: its waiver needs reason"


def test_excuses_name_their_place_reason_and_end():
    by_comment = ruling(judged(finding(), **inline(f"trusted until {NEXT_YEAR}")), finding(), "staging").excuse
    assert by_comment is not None
    assert (by_comment.kind, by_comment.place, by_comment.reason, by_comment.until) == (
        "inline",
        Place("src/a.py", 1, 23),
        "trusted",
        NEXT_YEAR,
    )
    by_waiver = ruling(judged(finding(), waivers=[waiver()]), finding(), "production").excuse
    assert by_waiver is not None
    assert (by_waiver.kind, by_waiver.place, by_waiver.approved_by, by_waiver.until) == (
        "waiver",
        waiver().place,
        "security",
        NEXT_YEAR,
    )
    by_baseline = ruling(judged(finding(), baseline=baseline(finding())), finding(), "staging").excuse
    assert by_baseline is not None
    assert (by_baseline.kind, by_baseline.place) == ("baseline", Place(PATH, 3))


def test_comments_are_asked_first_then_waivers_then_the_baseline():
    said = {**inline("x"), "waivers": [waiver()], "baseline": baseline(finding())}
    kinds = [ruling(judged(finding(), **said), finding(), name).excuse.kind for name in ENVIRONMENTS]
    assert kinds == ["inline", "inline", "waiver"]
    del said["comments"]
    assert ruling(judged(finding(), **said), finding(), "staging").excuse.kind == "waiver"


def test_what_was_refused_before_the_obeyed_excuse_is_kept():
    said = {**inline(""), "waivers": [waiver(reason="")], "baseline": baseline(finding())}
    found = ruling(judged(finding(), **said), finding(), "staging")
    assert found.excuse.kind == "baseline"
    assert [refusal.excuse.kind for refusal in found.refused] == ["inline", "waiver"]


# --- twins


TWINS = (finding(line=1, ordinal=0), finding(line=2, ordinal=1))


def test_e7_a_suppressed_twin_does_not_use_up_the_baseline_entry_of_the_living():
    """ry#491: suppress first, then the baseline, in every environment and front end."""
    outcome = judged(*TWINS, baseline=baseline(TWINS[0]), **inline("trusted"))
    for environment in ("development", "staging"):
        assert [ruling(outcome, twin, environment).excuse.kind for twin in TWINS] == ["inline", "baseline"]
    assert outcome.verdicts[1].outcome is Outcome.PASSED


def test_e7_where_the_suppression_is_refused_the_twin_needs_an_entry_of_its_own():
    outcome = judged(*TWINS, baseline=baseline(TWINS[0]), **inline(""))
    assert [ruling(outcome, twin, "development").fails for twin in TWINS] == [False, False]
    assert [ruling(outcome, twin, "staging").fails for twin in TWINS] == [False, True]


def test_a_waived_twin_does_not_use_it_up_either():
    only_first = [waiver(fingerprint=TWINS[0].fingerprint)]
    outcome = judged(*TWINS, baseline=baseline(TWINS[0]), waivers=only_first)
    assert [ruling(outcome, twin, "staging").excuse.kind for twin in TWINS] == ["waiver", "baseline"]


@for_all(known=st.integers(0, 3), extra=st.integers(1, 3), environment=st.sampled_from(["staging", "production"]))
def test_one_more_than_the_baseline_counts_always_fails(known, extra, environment):
    twins = [finding(line=n + 1, ordinal=n) for n in range(known + extra)]
    outcome = judged(*twins, baseline=baseline(*twins[:known]), environment=environment)
    assert outcome.exit_code is ExitCode.FAIL
    assert sum(ruling(outcome, twin, "staging").fails for twin in twins) == extra


# --- what a waiver is for


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        pytest.param({}, True, id="full id"),
        pytest.param({"rule": "eval"}, True, id="bare id"),
        pytest.param({"rule": "py-core/*"}, True, id="pattern"),
        pytest.param({"rule": "*"}, True, id="everything"),
        pytest.param({"rule": "other/eval"}, False, id="another pack"),
        pytest.param({"rule": "eva"}, False, id="part of an id"),
        pytest.param({"paths": ["src/"]}, True, id="folder"),
        pytest.param({"paths": ["*.py"]}, True, id="glob"),
        pytest.param({"paths": ["lib/", "src/a.py"]}, True, id="one of several"),
        pytest.param({"paths": ["lib/"]}, False, id="another folder"),
        pytest.param({"paths": ["src/", "!src/a.py"]}, False, id="excepted"),
        pytest.param({"fingerprint": finding().fingerprint}, True, id="this finding"),
        pytest.param({"fingerprint": finding(ordinal=1).fingerprint}, False, id="its twin"),
        pytest.param({"environments": ("staging", "production")}, True, id="this environment"),
        pytest.param({"environments": ("production",)}, False, id="another environment"),
    ],
)
def test_what_a_waiver_is_for(fields, meant):
    found = ruling(judged(finding(), waivers=[waiver(**fields)]), finding(), "staging")
    assert (found.excuse is not None) is meant
    assert found.refused == ()


def test_an_ambiguous_bare_id_waives_nothing():
    other = replace(EVAL, id="js-core/eval")
    outcome = judged(finding(), rules=(*RULES, other), waivers=[waiver("eval")])
    assert ruling(outcome, finding(), "staging").fails


def test_an_expired_waiver_steps_aside_for_one_that_holds():
    found = ruling(judged(finding(), waivers=[waiver(expires=YESTERDAY, line=1), waiver(line=2)]), finding(), "production")
    assert found.excuse.place.line == 2
    assert [refusal.why for refusal in found.refused] == [f"it expired on {YESTERDAY}"]


# --- severity, fail_on, off, existing


@pytest.mark.parametrize(
    ("severity", "fail_on", "fails"),
    [
        pytest.param(Severity.WARNING, None, False, id="a warning does not fail"),
        pytest.param(Severity.ERROR, None, True, id="an error does"),
        pytest.param(Severity.CRITICAL, None, True, id="a critical one does"),
        pytest.param(Severity.WARNING, Severity.WARNING, True, id="unless warnings fail"),
        pytest.param(Severity.ERROR, Severity.CRITICAL, False, id="or errors do not"),
    ],
)
def test_severity_decides_with_fail_on(severity, fail_on, fails):
    rule = replace(EVAL, severity=severity)
    settings = Settings(environments=(EnvironmentSettings("staging", Place("s", 1), fail_on=fail_on),))
    outcome = judged(finding(rule), rules=(rule,), settings=settings)
    assert ruling(outcome, finding(rule), "staging").fails is fails


def setting(pattern=EVAL.id, **fields):
    return Settings(rules=(RuleSettings(pattern, Place("ospec-guard.yaml", 4, 3), **fields),))


def test_settings_change_the_severity_of_findings_and_rule():
    outcome = judged(finding(), settings=setting(severity=Severity.INFO))
    assert outcome.findings[0].finding.severity is Severity.INFO
    assert next(info for info in outcome.rules if info.id == EVAL.id).severity is Severity.INFO
    assert not ruling(outcome, finding(), "production").fails


@pytest.mark.parametrize(
    ("here", "near_miss"),
    [(Severity.CRITICAL, Severity.WARNING), (Severity.WARNING, Severity.WARNING), (Severity.INFO, Severity.INFO)],
)
def test_a_near_miss_is_never_worse_than_a_violation(here, near_miss):
    almost = replace(finding(), severity=Severity.WARNING)
    assert judged(almost, settings=setting(severity=here)).findings[0].finding.severity is near_miss


def test_findings_of_a_rule_that_is_off_are_none():
    assert judged(finding(), settings=setting(off=True)).findings == ()


def test_findings_that_are_at_the_base_fail_nowhere():
    old, new = finding(), finding(tokens="new")
    outcome = judged(old, new, existing=frozenset({old.fingerprint}), environment="staging")
    assert {item.finding: item.existing for item in outcome.findings} == {old: True, new: False}
    assert [ruling(outcome, f, "production").fails for f in (old, new)] == [False, True]
    assert outcome.verdicts[1].reasons == ("1 error: py-core/eval",)


def test_an_old_twin_takes_the_baseline_entry_so_that_the_new_one_shows():
    old, new = finding(line=9, ordinal=1), finding(line=1, ordinal=0)
    outcome = judged(new, old, baseline=baseline(old), existing=frozenset({old.fingerprint}))
    assert ruling(outcome, old, "staging").excuse.kind == "baseline"
    assert ruling(outcome, new, "staging").fails


# --- gaps


@pytest.mark.parametrize(
    ("waivers", "answers"),
    [
        pytest.param([], "npp", id="no waiver"),
        pytest.param([waiver("gap/parse")], "yyy", id="complete waiver"),
        pytest.param([waiver("gap/*")], "yyy", id="pattern"),
        pytest.param([waiver("gap/parse", approved_by="")], "yyn", id="nobody approved"),
        pytest.param([waiver("gap/parse", reason="")], "ynn", id="no reason"),
        pytest.param([waiver("gap/parse", expires=YESTERDAY)], "nnn", id="expired"),
        pytest.param([waiver("gap/size")], "npp", id="another gap"),
        pytest.param([waiver("parse")], "npp", id="gaps have no bare id"),
        pytest.param([waiver("gap/parse", paths=["lib/"])], "npp", id="another path"),
    ],
)
def test_gaps_are_excused_by_waivers_only(waivers, answers):
    outcome = judged(gaps=(gap(),), waivers=waivers, baseline=baseline(finding()), **inline("x"))
    for environment, answer in zip(ENVIRONMENTS, answers, strict=True):
        found = ruling(outcome, gap(), environment)
        assert (found.excuse is not None) is (answer == "y")
        assert found.fails is (answer != "y" and environment != "development")


def test_an_open_gap_makes_the_verdict_incomplete_where_anything_is_enforced():
    outcome = judged(finding(), gaps=(gap(),), environment="production")
    assert [v.outcome for v in outcome.verdicts] == [Outcome.PASSED, Outcome.INCOMPLETE, Outcome.INCOMPLETE]
    assert outcome.exit_code is ExitCode.UNUSABLE
    assert outcome.verdicts[2].reasons == ("1 gap: gap/parse in src/a.py", "blocked by py-core/eval")


LOCKED = PluginPolicy(
    "company_compliance",
    "@company/guard",
    Place("plugins/c.yaml"),
    (EnvironmentSettings("production", Place("plugins/c.yaml", 5), Level.BLOCK),),
    locked=True,
)


def test_settings_cannot_blind_a_locked_plugin_by_making_its_gaps_harmless():
    lenient = Settings(environments=(EnvironmentSettings("production", Place("s", 1), Level.WARN),))
    open_to_all = judged(gaps=(gap(),), settings=lenient)
    assert not ruling(open_to_all, gap(), "production").fails
    locked = judged(gaps=(gap(), gap("gap/timeout", rule_id=EVAL.id)), settings=lenient, plugins=(LOCKED,))
    assert ruling(locked, gap(), "production").level is Level.BLOCK
    assert not ruling(locked, gap("gap/timeout", rule_id=EVAL.id), "production").fails
    for rule_id in ("company_compliance/cannot-run", "@company/guard/cannot-run"):
        unsupported = gap("gap/rule-unsupported", "plugins/c.yaml", rule_id)
        assert ruling(judged(gaps=(unsupported,), settings=lenient, plugins=(LOCKED,)), unsupported, "production").fails


def test_refused_loosenings_are_told_once_without_any_finding():
    lenient = Settings(environments=(EnvironmentSettings("production", Place("s", 1), Level.WARN, Severity.CRITICAL),))
    twice = (CRYPTO, replace(CRYPTO, id="company_compliance/second"))
    notices = judged(rules=twice, settings=lenient, plugins=(LOCKED,)).notices
    assert [n.id for n in notices] == ["notice/locked", "notice/locked"]
    assert len({n.message for n in notices}) == 2


# --- order


SOME = (
    finding(),
    finding(ordinal=1, line=2),
    finding(path="src/b.py"),
    finding(CRYPTO, line=3),
    finding(SECRET, path="src/b.py", tokens="AKIA"),
)
WAIVERS = (
    waiver(line=1),
    waiver("py-core/*", paths=["src/b.py"], line=2),
    waiver(CRYPTO.id, expires=YESTERDAY, line=3),
    waiver("zzz", line=4),
)
COMMENTS = (
    comment("# ospec-guard: ignore[eval]", line=2),
    comment("# ospec-guard: ignore[evall] x", line=5),
    comment("# ospec-guard: ignore", line=6, path="src/b.py"),
    comment("# ospec-guard: ignore[eval] y", line=7, path="src/b.py"),
)
GAPS = (gap(), gap("gap/size", "big.bin"), gap("gap/timeout", "src/b.py", EVAL.id))


@for_all(seed=st.integers(0, 10_000))
def test_judging_does_not_depend_on_any_order(seed):
    shuffle = random.Random(seed)

    def mixed(items):
        return tuple(shuffle.sample(list(items), len(items)))

    known = baseline(*SOME[:2], finding(path="gone.py", tokens="eval ( y )"), finding(CRYPTO, tokens="old"))

    def outcome(mix):
        said = {
            "comments": mix(COMMENTS),
            "baseline": Baseline(PATH, mix(known.entries)),
            "gaps": mix(GAPS),
            "rules": mix(RULES),
        }
        return judged(*mix(SOME), waivers=mix(WAIVERS), existing_paths=frozenset({"src/a.py"}), complete=True, **said)

    assert outcome(mixed) == outcome(tuple)


def test_findings_and_gaps_come_sorted():
    outcome = judged(*reversed(SOME), gaps=tuple(reversed(GAPS)))
    assert [i.finding.sort_key for i in outcome.findings] == sorted(i.finding.sort_key for i in outcome.findings)
    assert [i.gap.sort_key for i in outcome.gaps] == sorted(i.gap.sort_key for i in outcome.gaps)
    assert [r.environment for r in outcome.findings[0].rulings] == list(ENVIRONMENTS)


# --- semgrep


def test_nosemgrep_excuses_semgrep_rules_and_no_others():
    semgrep = RuleInfo("rules/eval", "ast_pattern", Severity.ERROR, "eval", tags=("semgrep",))
    ours = replace(semgrep, id="rules/own", tags=())
    said = {"rules": (semgrep, ours), "comments": (comment("# nosemgrep: eval, own - trusted"),)}
    outcome = judged(finding(semgrep), finding(ours), **said)
    assert ruling(outcome, finding(semgrep), "staging").excuse.kind == "inline"
    assert ruling(outcome, finding(ours), "staging").fails


def test_a_blanket_nosemgrep_is_refused_with_the_right_form():
    semgrep = RuleInfo("rules/eval", "ast_pattern", Severity.ERROR, "eval", tags=("semgrep",))
    outcome = judged(
        finding(semgrep), rules=(semgrep,), comments=(comment("# nosemgrep"), comment("# nosem", 2)), complete=True
    )
    for environment in ENVIRONMENTS:
        (refusal,) = ruling(outcome, finding(semgrep), environment).refused
        assert refusal.why == "it names no rule; write 'nosemgrep: rule-id'"
    assert about_policy(outcome) == []


# --- findings about the policy


def test_findings_about_the_policy_are_excused_by_complete_waivers_only():
    wrong = comment("# ospec-guard: ignore")
    also = comment("# ospec-guard: ignore[policy/blanket-suppression] x", line=1)
    outcome = judged(comments=(wrong, also))
    assert policy_ids(outcome) == ["policy/blanket-suppression", "policy/unknown-rule"]
    assert outcome.verdicts[1].outcome is Outcome.FAILED
    waived = judged(comments=(wrong,), waivers=[waiver("policy/*")])
    assert [v.outcome for v in waived.verdicts] == [Outcome.PASSED] * 3
    assert judged(comments=(wrong,), waivers=[waiver("policy/*", approved_by="")]).verdicts[1].outcome is Outcome.FAILED


def test_only_policy_rules_that_found_something_join_the_rules():
    assert [info.id for info in judged().rules] == sorted(info.id for info in RULES)
    assert "policy/blanket-suppression" in [info.id for info in judged(comments=(comment("# ospec-guard: ignore"),)).rules]


def test_settings_may_change_policy_rules():
    wrong = comment("# ospec-guard: ignore")
    assert policy_ids(judged(comments=(wrong,), settings=setting("policy/blanket-suppression", off=True))) == []


def test_unknown_ids_are_no_error_where_not_all_rules_are_known():
    said = {"comments": (comment("# ospec-guard: ignore[other-pack/rule] x"), comment("# ospec-guard: ignore", line=2))}
    assert policy_ids(judged(**said)) == ["policy/unknown-rule", "policy/blanket-suppression"]
    assert policy_ids(judged(**said, ids_known=False)) == ["policy/blanket-suppression"]


def test_rules_that_did_not_run_are_known():
    said = {"comments": (comment("# ospec-guard: ignore[other/off-rule] x"),), "complete": True}
    assert policy_ids(judged(**said, other_rules=frozenset({"other/off-rule"}))) == []
    assert policy_ids(judged(**said, gaps=(gap("gap/rule-unsupported", "r.yaml", "other/off-rule"),))) == []


def test_the_chosen_environment_must_exist():
    with pytest.raises(ValueError, match="qa"):
        judge(given(environment="qa"))
