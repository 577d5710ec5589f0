"""How the verdict of an environment ends, with what exit code and which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from policy_world import CRYPTO, EVAL, RULES, finding, gap, judged, waiver

from ospec_guard.config.settings import EnvironmentSettings, Settings
from ospec_guard.model import ExitCode, FileRecord, FileStatus, Level, Outcome, Place, Severity


def verdicts(*findings, **fields):
    return {v.environment: v for v in judged(*findings, **fields).verdicts}


def test_one_run_gives_every_environments_verdict():
    found = verdicts(finding(), finding(CRYPTO), finding(CRYPTO, line=2, ordinal=1))
    assert [(v.level, v.outcome, v.exit_code) for v in found.values()] == [
        (Level.WARN, Outcome.PASSED, ExitCode.PASS),
        (Level.ERROR, Outcome.FAILED, ExitCode.FAIL),
        (Level.BLOCK, Outcome.BLOCKED, ExitCode.FAIL),
    ]
    assert found["development"].reasons == ()
    assert found["staging"].reasons == (
        "2 critical findings: company_compliance/encryption_required (2)",
        "1 error: py-core/eval",
    )
    assert found["production"].reasons == ("blocked by company_compliance/encryption_required (2)", "blocked by py-core/eval")


@pytest.mark.parametrize(
    ("environment", "code"),
    [("development", ExitCode.PASS), ("staging", ExitCode.FAIL), ("production", ExitCode.FAIL)],
)
def test_the_exit_code_is_the_chosen_environments(environment, code):
    assert judged(finding(), environment=environment).exit_code is code


def test_errors_are_told_by_rule_the_most_frequent_first():
    other = replace(EVAL, id="py-core/exec")
    some = [finding(), finding(other), finding(other, ordinal=1, line=2)]
    assert verdicts(*some, rules=(*RULES, other))["staging"].reasons == ("3 errors: py-core/exec (2), py-core/eval",)


def test_blocked_wins_over_failed_and_both_are_told():
    settings = Settings(environments=(EnvironmentSettings("production", Place("s", 1), Level.ERROR),))
    said = {"settings": settings, "enforcement": {CRYPTO.id: (("staging", Level.BLOCK),)}}
    found = verdicts(finding(), finding(CRYPTO), **said)
    assert (found["staging"].outcome, found["staging"].level) == (Outcome.BLOCKED, Level.ERROR)
    assert found["staging"].reasons == ("blocked by company_compliance/encryption_required", "1 error: py-core/eval")
    assert found["production"].outcome is Outcome.FAILED


def test_gaps_are_counted_by_kind():
    gaps = (gap(), gap(path="src/b.py"), gap("gap/size", "big.bin"))
    assert verdicts(gaps=gaps)["staging"].reasons == ("2 gaps: gap/parse in src/a.py and 1 more", "1 gap: gap/size in big.bin")


def test_incomplete_wins_over_blocked():
    found = verdicts(finding(), gaps=(gap(),))["production"]
    assert (found.outcome, found.exit_code) == (Outcome.INCOMPLETE, ExitCode.UNUSABLE)
    assert verdicts(finding(), gaps=(gap(),), waivers=[waiver("gap/parse")])["production"].outcome is Outcome.BLOCKED


def test_a_run_without_rules_never_passes():
    outcome = judged(rules=())
    assert [(v.outcome, v.exit_code, v.reasons) for v in outcome.verdicts] == [
        (Outcome.INCOMPLETE, ExitCode.UNUSABLE, ("no rules were selected",))
    ] * 3
    assert outcome.exit_code is ExitCode.UNUSABLE


@pytest.mark.parametrize(
    ("files", "reasons"),
    [
        pytest.param([("a.png", FileStatus.LEFT_OUT), ("b.png", FileStatus.LEFT_OUT)], ("everything given was left out by policy",), id="pictures"),
        pytest.param([], ("there was no file to check",), id="nothing"),
        pytest.param([("a.png", FileStatus.LEFT_OUT), ("a.py", FileStatus.CHECKED)], (), id="one checked"),
    ],
)  # fmt: skip
def test_what_passes_with_a_remark(files, reasons):
    for found in verdicts(files=tuple(FileRecord(path, status) for path, status in files)).values():
        assert (found.outcome, found.reasons) == (Outcome.PASSED, reasons)


def test_warnings_do_not_fail():
    mild = replace(EVAL, severity=Severity.WARNING)
    assert verdicts(finding(mild), rules=(mild,))["production"].outcome is Outcome.PASSED
