"""The innermost check: what one file leaves behind, whatever its rules do."""

from __future__ import annotations

import pickle
import time
from random import Random

import pytest
from rule_world import check, rule, rules, selected

from ospec_guard.config.settings import Limits
from ospec_guard.engine.check import Checker
from ospec_guard.engine.plan import Plan
from ospec_guard.languages import LANGUAGES
from ospec_guard.model import FileRecord, FileStatus, Severity
from ospec_guard.source import Source
from ospec_guard.values import replace

RULES = rules("""
rules:
  - {id: call, type: code_analysis, pattern: 'eval\\(', message: 'eval is called.', severity: warning}
  - {id: word, type: code_analysis, pattern: 'eval', severity: critical}
  - {id: secret, type: code_analysis, pattern: 'token', requires: hash, context: assignment, message: 'A secret.'}
  - {id: other, type: code_analysis, pattern: 'nothing of the sort'}
metrics:
  - {name: caught, type: code_analysis, pattern: 'def\\s+\\w+.*:', requires: 'try:', target: 1}
""")

TEXT = """\
token = 'a'
def load(x):
    return eval(x)


load(token)
"""


def test_findings_are_in_order_of_place_whatever_the_order_of_the_rules():
    expected = [("secret", 1, 1), ("word", 3, 12), ("call", 3, 12)]
    random = Random(7)
    for _ in range(6):
        shuffled = list(RULES)
        random.shuffle(shuffled)
        found = check("a.py", TEXT, *shuffled)
        assert [(f.rule_id, f.span.line, f.span.column) for f in found.findings if f.span] == expected
        assert found == check("a.py", TEXT, *RULES)


def test_what_a_finding_carries():
    [finding] = check("src/a.py", TEXT, RULES[0]).findings
    assert (finding.message, finding.severity, finding.definition) == ("eval is called.", Severity.WARNING, "load")
    assert finding.excerpt is not None
    assert finding.excerpt.lines == ("def load(x):", "    return eval(x)", "")
    assert finding.span is not None
    assert TEXT.encode()[finding.span.start : finding.span.end] == b"eval("
    assert (finding.span.column, finding.span.end_column) == (12, 17)
    assert finding.line_hash.endswith(":1")


def test_a_detail_follows_the_message_without_its_full_stop():
    [finding] = check("a.py", TEXT, RULES[2]).findings
    assert finding.message == "A secret: nothing in this assignment matches 'hash'"


def test_a_result_can_travel_between_processes():
    result = check("a.py", TEXT, *RULES)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own


def test_tallies_are_those_of_the_metrics():
    result = check("a.py", TEXT, *RULES)
    assert [(name, tally.good, tally.total) for name, tally in result.tallies] == [("caught", 0, 1)]


def test_an_empty_file_leaves_nothing_behind():
    result = check("a.py", "", *RULES)
    assert (result.findings, result.gaps, result.tallies, result.comments) == ((), (), (), ())


# Comments that may hold a suppression.


@pytest.mark.parametrize(
    ("path", "text", "comments"),
    [
        pytest.param("a.py", "x = 1  # plain\n", [], id="none-speaks-to-us"),
        pytest.param(
            "a.py", "x = 1  # ospec-guard: ignore[r] y\n", [(1, 8, "# ospec-guard: ignore[r] y", False)], id="behind-code"
        ),
        pytest.param("a.py", "  # OSPEC_GUARD: x\nx = 1\n", [(1, 3, "# OSPEC_GUARD: x", True)], id="alone"),
        pytest.param(
            "a.py",
            "# nosemgrep: a\n# plain\n",
            [(1, 1, "# nosemgrep: a", True), (2, 1, "# plain", True)],
            id="with-its-neighbours",
        ),
        pytest.param("a.py", "x = '# ospec-guard: ignore[r] y'\n", [], id="a-text-is-no-comment"),
        pytest.param("a.js", "f(/* nosem */)\n", [(1, 3, "/* nosem */", False)], id="within-code"),
        pytest.param("a.pl", "x  # ospec-guard: y\n", [(1, 4, "# ospec-guard: y", False)], id="without-grammar"),
        pytest.param("a.py", "ä = 1  # nosem\r\n", [(1, 8, "# nosem", False)], id="columns-count-characters"),
    ],
)
def test_comments(path, text, comments):
    found = check(path, text, rule(pattern="never")).comments
    assert [(c.span.line, c.span.column, c.text, c.alone) for c in found] == comments


# Faults.


class Faulty:
    """A kind that behaves as told by its options."""

    NAME = "faulty"

    def prefilter(self, options):
        return ()

    def applies(self, options, path, language):
        return True

    def check(self, options, view):
        if options == "raise":
            raise ValueError("no such thing")
        if options == "raise nothing":
            raise AssertionError
        while options == "hang":
            time.sleep(0.01)
        return []


@pytest.fixture
def faulty(monkeypatch):
    kind = Faulty()
    known = {"faulty": kind}
    from ospec_guard.engine import check as checking
    from ospec_guard.engine import plan

    genuine = plan.module_of
    monkeypatch.setattr(plan, "module_of", lambda each: known.get(each.info.kind) or genuine(each))
    monkeypatch.setattr(checking, "module_of", plan.module_of)

    def make(behaviour):
        base = RULES[0]
        return replace(base, info=replace(base.info, id="f", kind="faulty"), options=behaviour)

    return make


@pytest.mark.parametrize(
    ("behaviour", "gap", "message"),
    [
        pytest.param("raise", "gap/rule-failed", "rule 'f' failed: ValueError: no such thing", id="error"),
        pytest.param("raise nothing", "gap/rule-failed", "rule 'f' failed: AssertionError", id="error-without-words"),
        pytest.param("hang", "gap/timeout", "rule 'f' ran out of time: not done after 0.05 s", id="hang"),
    ],
)
def test_a_fault_costs_the_rule_and_not_the_others(faulty, behaviour, gap, message):
    one = selected("a.py", TEXT)
    plan = Plan((faulty(behaviour), RULES[0]), replace(Limits(), rule_seconds=0.05))
    result = Checker(plan).check(one.source, one.language, one.record)
    assert [(each.id, each.path, each.rule_id, each.message) for each in result.gaps] == [(gap, "a.py", "f", message)]
    assert result.gaps[0].fingerprint
    assert [each.rule_id for each in result.findings] == ["call"]


def test_no_alarm_is_left_behind(faulty):
    one = selected("a.py", TEXT)
    plan = Plan((faulty("fine"), RULES[0]), replace(Limits(), rule_seconds=0.05))
    Checker(plan).check(one.source, one.language, one.record)
    time.sleep(0.1)  # an alarm would end this


def test_the_same_fault_is_the_same_gap_on_another_day(faulty):
    plan = Plan((faulty("raise"),))
    gaps = []
    for text in ("a = 1\n", "\n\na = 2\n"):
        one = selected("a.py", text)
        gaps += Checker(plan).check(one.source, one.language, one.record).gaps
    assert gaps[0].fingerprint == gaps[1].fingerprint


def test_the_gap_of_a_region_moves_with_it():
    keys = rule(pattern="x", requires="y")
    [one] = check("a.py", "a = = x\n", keys).gaps
    [moved] = check("a.py", "\n\nb = 1\na =  = x\n", keys).gaps
    [other] = check("a.py", "a = = x + 1\n", keys).gaps
    assert one.fingerprint == moved.fingerprint != other.fingerprint


# The account of the file.


def test_regions_that_did_not_parse_are_noted_when_somebody_looked():
    keys = rule(pattern="x", requires="y")
    assert check("a.py", "a = = x\n", keys).record.notes == ("1 region did not parse",)
    assert check("a.py", "a = = x\nb = 1\nc = = x\n", keys).record.notes == ("2 regions did not parse",)
    assert check("a.py", "a = = 1\n", keys).record.notes == ()


def test_seconds_are_taken_when_asked_for():
    one = selected("a.py", TEXT)
    assert Checker(Plan(RULES)).check(one.source, one.language, one.record).seconds == ()
    timed = Checker(Plan(RULES), timed=True).check(one.source, one.language, one.record)
    assert [name for name, _ in timed.seconds] == ["call", "word", "secret", "caught"]


def test_wants():
    checker = Checker(Plan((rule(pattern="x", languages=["python"]),)))
    assert checker.wants("a.py", LANGUAGES["python"])
    assert not checker.wants("a.js", LANGUAGES["javascript"])


def test_a_path_that_is_no_text_is_kept():
    path = b"caf\xe9.py".decode(errors="surrogateescape")
    record = FileRecord(path, FileStatus.CHECKED)
    [finding] = Checker(Plan(RULES[:1])).check(Source(path, b"eval(x)\n"), LANGUAGES["python"], record).findings
    assert finding.path == path
