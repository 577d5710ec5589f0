"""What does nothing any more is told: all of it, and only when the run can tell."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from policy_world import (
    CRYPTO,
    EVAL,
    NEXT_YEAR,
    RULES,
    SECRET,
    YESTERDAY,
    about_policy,
    comment,
    finding,
    gap,
    judged,
    policy_ids,
    waiver,
)

from ospec_guard.config.settings import RuleSettings, Settings
from ospec_guard.globs import compile_globs
from ospec_guard.model import FileRecord, FileStatus, Outcome, Place, Span
from ospec_guard.policy.baseline import Baseline, entry_of
from ospec_guard.policy.directives import read_directives
from ospec_guard.policy.hygiene import POLICY_RULES, Draft, draft_at, policy_findings
from ospec_guard.policy.names import rule_names
from ospec_guard.policy.unused import unused_globs, unused_suppressions

PATH = ".ospec-guard-baseline"
EXISTING = frozenset({"src/a.py", "src/b.py"})


def baseline(*findings):
    return Baseline(PATH, tuple(replace(entry_of(f), line=n) for n, f in enumerate(findings, 3)))


def globs(*patterns):
    return tuple((glob, Place("ospec-guard.yaml", n, 3)) for n, glob in enumerate(compile_globs(patterns), 20))


def rule_setting(pattern, line=4, **fields):
    return RuleSettings(pattern, Place("ospec-guard.yaml", line, 3), **fields)


UNUSED = [
    pytest.param(
        {"comments": (comment("# ospec-guard: ignore[eval] x", line=9),)}, ["policy/unused-suppression"], id="comment"
    ),
    pytest.param(
        {"comments": (comment("# ospec-guard: ignore[eval, secret] x"),)}, ["policy/unused-suppression"], id="one of its ids"
    ),
    pytest.param({"waivers": [waiver("secret")]}, ["policy/unused-waiver"], id="waiver"),
    pytest.param({"waivers": [waiver("eval", paths=["lib/"])]}, ["policy/unused-waiver"], id="waiver for another path"),
    pytest.param({"waivers": [waiver("no/such-rule")]}, ["policy/unused-waiver"], id="waiver for no rule"),
    pytest.param({"waivers": [waiver("gap/size")]}, ["policy/unused-waiver"], id="waiver for a gap that is none"),
    pytest.param({"baseline": baseline(finding(tokens="gone"))}, ["policy/unused-baseline-entry"], id="baseline entry"),
    pytest.param(
        {"baseline": baseline(finding(), finding(ordinal=1))}, ["policy/unused-baseline-entry"], id="one entry too many"
    ),
    pytest.param(
        {"baseline": baseline(finding(replace(EVAL, id="old/rule")))}, ["policy/unused-baseline-entry"], id="entry of no rule"
    ),
    pytest.param({"settings": Settings(exclude=globs("lib/"))}, ["policy/unused-glob"], id="exclude"),
    pytest.param({"settings": Settings(include=globs("src/", "lib/"))}, ["policy/unused-glob"], id="include"),
    pytest.param(
        {"settings": Settings(rules=(rule_setting("no/such", off=True),))}, ["policy/unused-rule-setting"], id="rule setting"
    ),
    pytest.param(
        {"settings": Settings(rules=(rule_setting("no/*", off=True),))}, ["policy/unused-rule-setting"], id="rule pattern"
    ),
]

USED = [
    pytest.param({"comments": (comment("# ospec-guard: ignore[eval] x"),)}, id="comment"),
    pytest.param({"comments": (comment("# ospec-guard: ignore[eval]"),)}, id="comment refused in some environment"),
    pytest.param({"comments": (comment("# ospec-guard: ignore[eval] x until 2026-01-01"),)}, id="comment refused in all"),
    pytest.param(
        {"comments": (comment("# ospec-guard: ignore[eval] x"),), "waivers": [waiver()]}, id="waiver beside a comment"
    ),
    pytest.param({"waivers": [waiver(line=1), waiver("py-core/*", line=2)]}, id="two waivers for one finding"),
    pytest.param({"waivers": [waiver(environments=("qa",))]}, id="waiver for another environment"),
    pytest.param({"waivers": [waiver("policy/unused-waiver")]}, id="waiver for unused waivers"),
    pytest.param(
        {"waivers": [waiver("policy/*")], "comments": (comment("# ospec-guard: ignore", line=3),)}, id="policy waiver"
    ),
    pytest.param(
        {"waivers": [waiver("policy/unused-glob")], "settings": Settings(exclude=globs("lib/"))}, id="waived unused glob"
    ),
    pytest.param({"baseline": baseline(finding())}, id="baseline entry, refused in production"),
    pytest.param({"settings": Settings(exclude=globs("src/", "*.py"))}, id="globs"),
    pytest.param({"settings": Settings(rules=(rule_setting(EVAL.id), rule_setting("policy/*")))}, id="rule settings"),
    pytest.param(
        {"settings": Settings(rules=(rule_setting("off/rule", off=True),)), "other_rules": frozenset({"off/rule"})}, id="off"
    ),
]


@pytest.mark.parametrize(("said", "expected"), UNUSED)
def test_reports(said, expected):
    assert policy_ids(judged(finding(), **said, existing_paths=EXISTING, complete=True)) == expected


@pytest.mark.parametrize("said", USED)
def test_e16_leaves_alone_what_is_used(said):
    """osv-scanner#2455: used under another name, or beside another excuse, is used."""
    ids = policy_ids(judged(finding(), **said, existing_paths=EXISTING, complete=True))
    assert [rule_id for rule_id in ids if rule_id.startswith("policy/unused")] in ([], ["policy/unused-glob"])
    assert ids == [] or "waivers" in said


@pytest.mark.parametrize(("said", "expected"), UNUSED)
def test_e16_a_filtered_run_reports_nothing_as_unused(said, expected):
    assert policy_ids(judged(finding(), **said, existing_paths=EXISTING, complete=False)) == []


def test_e16_all_unused_ones_are_reported_in_one_run():
    """import-linter#315."""
    outcome = judged(
        comments=(comment("# ospec-guard: ignore[eval] x"), comment("# ospec-guard: ignore[secret] x", line=2)),
        waivers=[waiver(line=1), waiver(CRYPTO.id, line=2)],
        baseline=baseline(finding(tokens="one"), finding(tokens="two")),
        settings=Settings(exclude=globs("lib/", "tmp/"), rules=(rule_setting("a/b"), rule_setting("c/d", line=5))),
        existing_paths=EXISTING,
        complete=True,
    )
    assert sorted(policy_ids(outcome)) == sorted(
        2
        * [
            "policy/unused-suppression",
            "policy/unused-waiver",
            "policy/unused-baseline-entry",
            "policy/unused-glob",
            "policy/unused-rule-setting",
        ]
    )
    assert [v.outcome for v in outcome.verdicts] == [Outcome.PASSED] * 3


CANNOT_TELL = [
    pytest.param({"gaps": (gap(),)}, id="a gap in the file"),
    pytest.param({"gaps": (gap("gap/timeout", rule_id=EVAL.id),)}, id="the rule timed out there"),
    pytest.param({"gaps": (gap("gap/rule-unsupported", "rules.yaml", EVAL.id),)}, id="the rule cannot run"),
    pytest.param({"rules": (CRYPTO, SECRET), "other_rules": frozenset({EVAL.id})}, id="the rule did not run"),
    pytest.param({"files": (FileRecord("src/a.py", FileStatus.LEFT_OUT, "ignored"),)}, id="the file was left out"),
]


@pytest.mark.parametrize("said", CANNOT_TELL)
@pytest.mark.parametrize(
    "excuse",
    [
        pytest.param({"comments": (comment("# ospec-guard: ignore[py-core/eval] x"),)}, id="comment"),
        pytest.param({"baseline": baseline(finding())}, id="baseline entry"),
    ],
)
def test_what_was_not_looked_at_is_not_called_unused(said, excuse):
    assert policy_ids(judged(**said, **excuse, existing_paths=EXISTING, complete=True)) == []


@pytest.mark.parametrize("said", CANNOT_TELL[:4])
def test_waivers_for_what_was_not_looked_at_are_not_called_unused(said):
    assert policy_ids(judged(**said, waivers=[waiver(paths=["src/"])], complete=True)) == []


def test_a_gap_elsewhere_does_not_protect_a_waiver():
    said = {"gaps": (gap(path="lib/x.py"), gap("gap/timeout", rule_id=CRYPTO.id)), "waivers": [waiver(paths=["src/"])]}
    assert policy_ids(judged(**said, complete=True)) == ["policy/unused-waiver"]


def test_messages_say_what_and_where():
    outcome = judged(
        comments=(comment("# ospec-guard: ignore[eval] x", line=7),),
        waivers=[waiver("py-core/evil", line=12)],
        baseline=baseline(finding()),
        settings=Settings(rules=(rule_setting("py-core/evl"),), exclude=globs("lib/")),
        existing_paths=EXISTING,
        complete=True,
        texts={"ospec-guard.yaml": b"  key: value\n" * 30},
    )
    assert [(str(i.finding.place), i.finding.message) for i in about_policy(outcome)] == [
        (
            ".ospec-guard-baseline:3:1",
            "py-core/eval in src/a.py is not found there any more; `ospec-guard baseline` takes the entry out",
        ),
        ("ospec-guard.yaml:4:3", "the settings for 'py-core/evl' name no rule; did you mean 'py-core/eval'?"),
        ("ospec-guard.yaml:12:5", "the waiver for 'py-core/evil' names no rule; did you mean 'py-core/eval'?"),
        ("ospec-guard.yaml:20:3", "'lib/' matches nothing"),
        ("src/a.py:7:23", "py-core/eval finds nothing here to suppress"),
    ]


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("expires", [YESTERDAY, "2027-13-01", "someday"])
def test_an_expired_waiver_is_told_once_whatever_was_run(expires, complete):
    for findings in ((), (finding(),)):
        outcome = judged(*findings, waivers=[waiver(expires=expires)], complete=complete)
        assert policy_ids(outcome) == ["policy/expired-waiver"]
        (item,) = about_policy(outcome)
        assert item.finding.place == waiver().place
        assert expires in item.finding.message


def test_a_waiver_that_expires_soon_is_announced():
    notices = judged(finding(), waivers=[waiver(expires="2026-06-18"), waiver(expires=NEXT_YEAR)]).notices
    assert [n.message for n in notices] == ["the waiver for py-core/eval expires in 3 days, on 2026-06-18"]


# --- globs


FILES = (
    FileRecord("src/a.py", FileStatus.CHECKED),
    FileRecord("docs/logo.png", FileStatus.LEFT_OUT, "binary"),
    FileRecord("node_modules/", FileStatus.LEFT_OUT, "ignored"),
    FileRecord("web/dist/", FileStatus.LEFT_OUT, "ignored"),
)


@pytest.mark.parametrize(
    ("pattern", "used"),
    [
        pytest.param("src/", True, id="folder of a file"),
        pytest.param("*.py", True, id="name"),
        pytest.param("/src/*.py", True, id="anchored"),
        pytest.param("**/a.py", True, id="two stars"),
        pytest.param("*.png", True, id="only what was left out anyway"),
        pytest.param("node_modules/", True, id="a folder left out"),
        pytest.param("node_modules", True, id="a folder left out, without slash"),
        pytest.param("web/dist/generated/**", True, id="inside a folder nobody looked in"),
        pytest.param("!src/a.py", True, id="an exception"),
        pytest.param("lib/", False, id="no such folder"),
        pytest.param("*.js", False, id="no such name"),
        pytest.param("/a.py", False, id="anchored elsewhere"),
        pytest.param("!src/b.py", False, id="an exception for nothing"),
    ],
)
def test_which_globs_are_used(pattern, used):
    assert (unused_globs(globs(pattern), FILES) == []) is used


# --- what findings about the policy are


def test_policy_rules_are_whole():
    ids = [info.id for info in POLICY_RULES]
    assert ids == sorted(set(ids))
    for info in POLICY_RULES:
        assert info.id.startswith("policy/")
        assert info.description.endswith(".")
        assert info.help
        assert info.why
        assert not info.suppressible


def test_fingerprints_are_unique_and_survive_moved_lines():
    def drafts(offset):
        return [draft_at("policy/unused-glob", Place("s.yaml", n + offset, 3), "m", "lib/") for n in (1, 2)]

    first, moved = policy_findings(drafts(0), {}), policy_findings(drafts(50), {})
    assert len({f.fingerprint for f in first}) == 2
    assert {f.identity for f in first} == {f.identity for f in moved}
    assert [f.fingerprint for f in first] == [f.fingerprint for f in moved]


def test_identity_tells_rule_path_and_text_apart():
    drafts = [
        Draft(rule, path, "m", text) for rule in ("policy/unused-glob", "policy/unknown-rule") for path in "ab" for text in "xy"
    ]
    findings = policy_findings(drafts, {})
    assert len({f.identity for f in findings}) == 8
    assert len({f.content for f in findings}) == 4
    assert all(len(f.identity) == len(f.content) == len(f.fingerprint) == 32 for f in findings)


def test_a_place_without_a_line_is_the_whole_file():
    (whole,) = policy_findings([draft_at("policy/unused-glob", Place("s.yaml"), "m", "x")], {"s.yaml": b"text"})
    assert (whole.span, whole.excerpt) == (None, None)


@pytest.mark.parametrize(
    ("text", "place", "span"),
    [
        pytest.param(b"a\n\xc3\xa9: x\r\n", Place("s.yaml", 2, 2), Span(4, 7, 2, 2, 2, 5), id="to the end of the line"),
        pytest.param(b"a\nb\n", Place("s.yaml", 2), Span(2, 3, 2, 1, 2, 2), id="no column"),
        pytest.param(b"a\nbc", Place("s.yaml", 9, 9), Span(4, 4, 2, 3, 2, 3), id="a place the text does not have"),
        pytest.param(None, Place("s.yaml", 9, 4), Span(-1, -1, 9, 4, 9, 4), id="no text"),
    ],
)
def test_places_become_spans_where_the_text_is_known(text, place, span):
    (found,) = policy_findings([draft_at("policy/unused-glob", place, "m", "x")], {"s.yaml": text} if text else {})
    assert found.span == span
    assert (found.excerpt is not None) is (text is not None)


def test_waived_rules_count_in_the_rule_table():
    assert "policy/unused-glob" in [
        i.id for i in judged(settings=Settings(exclude=globs("x/")), complete=True, rules=RULES).rules
    ]


def test_the_guide_lists_every_policy_rule_with_its_severity():
    guide = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "policy.md")
    with open(guide, encoding="utf-8") as stream:
        rows = [line for line in stream if line.startswith("| `policy/")]
    assert sorted(row.split("|")[1:3] for row in rows) == [
        [f" `{info.id}` ", f" {info.severity.label} "] for info in POLICY_RULES
    ]


class Settled:
    """A scope in which every rule has had its say."""

    def settled(self, rule_id, path):
        return True


@pytest.mark.parametrize(
    ("used", "told"),
    [
        pytest.param(["a.same"], [], id="one of the rules that a word names"),
        pytest.param([], ["a.same", "b.same"], id="none of them"),
    ],
)
def test_a_word_for_several_rules_is_used_when_one_of_them_needs_it(used, told):
    rules = ("a.same", "b.same")
    [directive] = read_directives([comment("# nosemgrep: same - x")], rule_names(rules), semgrep=rules).directives
    drafts = unused_suppressions([directive], {(directive, rule) for rule in used}, Settled())
    assert [draft.message.partition(" ")[0] for draft in drafts] == told
