"""The baseline file, what it absorbs, and how it shrinks."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from policy_world import CRYPTO, EVAL, RULES, SECRET, comment, finding, gap, judged, waiver

from ospec_guard.errors import ConfigError
from ospec_guard.model import FileRecord, FileStatus, Place
from ospec_guard.policy.baseline import (
    Baseline,
    BaselineEntry,
    absorb,
    entry_of,
    is_present,
    may_enter,
    parse_baseline,
    render_baseline,
    update,
)
from ospec_guard.policy.scope import scope_of

PATH = ".ospec-guard-baseline"
A, B = "a" * 32, "b" * 32


def baseline(*findings):
    return Baseline(PATH, tuple(replace(entry_of(f), line=n) for n, f in enumerate(findings, 3)))


def test_a_line_is_readable_and_holds_nothing_that_changes_by_itself():
    data = render_baseline([BaselineEntry("py-core/eval", "src/a b.py", "Outer.method", A, B)])
    *head, line, end = data.decode().split("\n")
    assert all(text.startswith("# ") for text in head)
    assert line == f"py-core/eval\tsrc/a b.py\tOuter.method\t{A}\t{B}"
    assert end == ""


def test_lines_are_sorted_and_repeated():
    one, two = entry_of(finding(line=1)), entry_of(finding(path="src/Z.py"))
    lines = render_baseline([one, two, one]).splitlines()[2:]
    assert lines == sorted(lines)
    assert len(lines) == 3
    assert len(set(lines)) == 2


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        pytest.param(BaselineEntry("r", "a\tb", "", A, B), b"r\ta%09b\t-\t", id="tab, no definition"),
        pytest.param(BaselineEntry("r", "a\nb\rc", "", A, B), b"r\ta%0Ab%0Dc\t-\t", id="line ends"),
        pytest.param(BaselineEntry("r", "100%", "-", A, B), b"r\t100%25\t%2D\t", id="percent, a definition called '-'"),
        pytest.param(BaselineEntry("r", os.fsdecode(b"\xff.py"), "f", A, B), b"r\t%FF.py\tf\t", id="not UTF-8"),
        pytest.param(BaselineEntry("#r", "#a", "#f", A, B), b"%23r\t%23a\t%23f\t", id="not a comment"),
        pytest.param(
            BaselineEntry("r", "a\u202eb\u2028", "", A, B), b"r\ta%E2%80%AEb%E2%80%A8\t-\t", id="what misleads the eye"
        ),
        pytest.param(BaselineEntry("r", "é/日本.py", "f", A, B), "r\té/日本.py\tf\t".encode(), id="letters stay"),
    ],
)
def test_odd_names_are_encoded(entry, written):
    data = render_baseline([entry])
    assert data.splitlines()[-1].startswith(written)
    assert parse_baseline(data, PATH).entries == (entry,)


def test_comments_blank_lines_carriage_returns_and_a_mark_are_read_over():
    data = b"\xef\xbb\xbf# ours\r\n\r\n" + f"r\tp\t-\t{A}\t{B}\r\n# more\r\n".encode()
    assert parse_baseline(data, PATH).entries == (BaselineEntry("r", "p", "", A, B),)
    assert parse_baseline(data, PATH).entries[0].line == 3
    assert parse_baseline(b"", PATH).entries == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b"<<<<<<< HEAD", "a merge conflict is not solved", id="ours"),
        pytest.param(b"=======", "a merge conflict is not solved", id="middle"),
        pytest.param(b"||||||| 1234567", "a merge conflict is not solved", id="base"),
        pytest.param(b">>>>>>> theirs", "a merge conflict is not solved", id="theirs"),
        pytest.param(
            b"r\tp\t-", "expected 5 fields between tabs (rule, path, definition, identity, content), found 3", id="short"
        ),
        pytest.param(f"r p - {A} {B}".encode(), "found 1", id="spaces for tabs"),
        pytest.param(f"r\tp\t-\t{A}\t{B}\t7".encode(), "found 6", id="long"),
        pytest.param(f"r\t\t-\t{A}\t{B}".encode(), "the path is empty", id="no path"),
        pytest.param(f"\tp\t-\t{A}\t{B}".encode(), "the rule is empty", id="no rule"),
        pytest.param(f"r\tp\t-\tsha\t{B}".encode(), "identity and content are 32 hexadecimal digits", id="identity"),
        pytest.param(f"r\tp\t-\t{A}\t{B.upper()}".encode(), "identity and content are 32 hexadecimal digits", id="upper case"),
        pytest.param(f"r\t100%\t-\t{A}\t{B}".encode(), "a '%' is not followed by two hexadecimal digits", id="bare percent"),
        pytest.param(b"r\t\xff\t-\t" + f"{A}\t{B}".encode(), "not UTF-8 text", id="bytes"),
    ],
)
def test_a_malformed_line_is_a_problem_with_its_place(line, message):
    good = f"r\tp\t-\t{A}\t{B}".encode()
    with pytest.raises(ConfigError) as caught:
        parse_baseline(good + b"\n" + line + b"\n", PATH)
    (problem,) = caught.value.problems
    assert problem.place == Place(PATH, 2)
    assert message in problem.message
    assert problem.hint


def test_all_problems_are_told_at_once():
    with pytest.raises(ConfigError) as caught:
        parse_baseline(b"<<<<<<< a\n\nnonsense\n>>>>>>> b\n", PATH)
    assert [p.place for p in caught.value.problems] == [Place(PATH, n) for n in (1, 3, 4)]


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
ENTRIES = st.builds(
    BaselineEntry,
    TEXTS,
    st.binary(min_size=1, max_size=12).map(os.fsdecode),
    st.just("") | TEXTS,
    st.sampled_from([A, B]),
    st.sampled_from([A, B]),
)


@for_all(st.lists(ENTRIES, max_size=6))
def test_what_is_written_is_read_again(entries):
    data = render_baseline(entries)
    assert sorted(parse_baseline(data, PATH).entries) == sorted(entries)
    assert render_baseline(parse_baseline(data, PATH).entries) == data


@for_all(st.permutations([entry_of(finding(tokens=t)) for t in ("a", "b", "c", "c")]))
def test_the_order_of_entries_does_not_show(entries):
    assert render_baseline(entries) == render_baseline(sorted(entries))


# --- absorbing


def matched(findings, known, existing=("src/a.py", "src/b.py")):
    return [entry is not None for entry in absorb(findings, known, existing).matched]


def test_no_baseline_absorbs_nothing():
    assert absorb([finding()], None, ()).matched == (None,)


def test_e4_fixing_one_and_adding_another_shows():
    """eslint#21226: same rule, same file, same count."""
    assert matched([finding(tokens="eval ( new )")], baseline(finding(tokens="eval ( old )"))) == [False]


def test_e4_the_same_name_in_another_file_shows():
    """checkov#7647."""
    assert matched([finding(path="src/b.py")], baseline(finding(path="src/a.py"))) == [False]


def test_e4_a_third_identical_copy_shows():
    """detekt#8816."""
    twins = [finding(line=n, ordinal=n) for n in range(3)]
    assert matched(twins, baseline(*twins[:2])) == [True, True, False]


def test_e4_a_different_secret_on_the_same_line_shows():
    """gitleaks#2239."""
    assert matched([finding(SECRET, tokens="AKIA2")], baseline(finding(SECRET, tokens="AKIA1"))) == [False]


def test_e5_lines_may_move():
    """gitleaks#979, big-code-analysis#1170: 50 lines inserted above, re-indented, rebased."""
    assert matched([finding(line=51)], baseline(finding(line=1))) == [True]


def test_e5_files_may_be_renamed():
    found = absorb([finding(path="src/new.py")], baseline(finding(path="src/old.py")), ["src/new.py"])
    assert found.matched[0] is not None
    assert found.left == ()


def test_a_renamed_files_entry_absorbs_one_finding_only():
    copies = [finding(path="src/new.py"), finding(path="src/newer.py")]
    assert matched(copies, baseline(finding(path="src/old.py")), ["src/new.py", "src/newer.py"]) == [True, False]


def test_a_renamed_file_takes_its_count_along():
    old = [finding(path="src/old.py", ordinal=n) for n in range(2)]
    new = [finding(path="src/new.py", ordinal=n) for n in range(3)]
    assert matched(new, baseline(*old), ["src/new.py"]) == [True, True, False]


def test_an_entry_that_still_has_its_finding_is_not_taken_for_a_renamed_one():
    known = baseline(finding(path="src/a.py"), finding(path="src/old.py"))
    assert matched([finding(path="src/a.py"), finding(path="src/b.py"), finding(path="src/c.py")], known, ["src/a.py"]) == [
        True,
        True,
        False,
    ]


def test_a_line_that_shows_another_rule_or_path_than_its_identity_absorbs_nothing():
    entry = entry_of(finding(SECRET))
    harmless = Baseline(PATH, (replace(entry, rule_id=EVAL.id), replace(entry, path="docs/a.md")))
    assert matched([finding(SECRET)], harmless, ["src/a.py", "docs/a.md"]) == [False]


@for_all(known=st.integers(0, 4), extra=st.integers(1, 3), moved=st.booleans())
def test_one_more_than_the_baseline_counts_always_surfaces(known, extra, moved):
    old = [finding(path="src/old.py" if moved else "src/a.py", ordinal=n) for n in range(known)]
    now = [finding(line=n + 1, ordinal=n) for n in range(known + extra)]
    assert matched(now, baseline(*old), ["src/a.py"]).count(False) == extra


# --- updating


def scope(*checked, gaps=(), complete=True, rules=RULES, other_rules=()):
    files = [FileRecord(path, FileStatus.CHECKED) for path in checked]
    return scope_of(rules, files, gaps, complete=complete, other_rules=other_rules)


def after(known, present=(), run=None, existing=("src/a.py", "src/b.py"), add=()):
    changed = update(known, present, run or scope("src/a.py", "src/b.py"), existing, add=add)
    assert len(changed.entries) == len(known.entries) - len(changed.removed) + len(changed.added)
    return changed


def test_what_is_gone_is_taken_out():
    changed = after(baseline(finding(), finding(tokens="gone")), [finding()])
    assert changed.entries == (entry_of(finding()),)
    assert changed.removed == (entry_of(finding(tokens="gone")),)


def test_one_of_two_twins_is_taken_out():
    changed = after(baseline(finding(), finding(ordinal=1)), [finding()])
    assert len(changed.entries) == len(changed.removed) == 1


def test_nothing_new_enters_unless_told():
    new = finding(tokens="new")
    assert after(baseline(), [new]).entries == ()
    assert after(baseline(), [new], add=[new]).added == (entry_of(new),)


def test_only_what_exceeds_the_baseline_is_added():
    twins = [finding(ordinal=0), finding(ordinal=1)]
    changed = after(baseline(twins[0]), twins, add=twins)
    assert len(changed.entries) == 2
    assert len(changed.added) == 1


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(scope("src/b.py", complete=False), id="another file was checked"),
        pytest.param(scope("src/a.py", gaps=[gap(path="src/a.py")]), id="a gap in the file"),
        pytest.param(scope("src/a.py", gaps=[gap("gap/timeout", rule_id=EVAL.id)]), id="the rule timed out there"),
        pytest.param(scope("src/a.py", gaps=[gap("gap/rule-unsupported", "rules.yaml", EVAL.id)]), id="the rule cannot run"),
        pytest.param(scope("src/a.py", rules=(CRYPTO,), other_rules=[EVAL.id]), id="the rule is off"),
        pytest.param(scope("src/a.py", rules=(CRYPTO,), complete=False), id="the rule was not loaded"),
    ],
)
def test_entries_nobody_looked_for_stay(run):
    assert after(baseline(finding()), run=run).entries == (entry_of(finding()),)


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(scope("src/a.py"), id="checked"),
        pytest.param(scope("src/a.py", complete=False), id="checked alone"),
        pytest.param(scope("src/a.py", gaps=[gap("gap/timeout", rule_id=CRYPTO.id)]), id="another rule timed out"),
        pytest.param(scope("src/b.py", rules=(CRYPTO,)), id="a rule that does not exist any more"),
    ],
)
def test_entries_that_are_known_to_be_gone_go(run):
    assert after(baseline(finding()), run=run).entries == ()


@pytest.mark.parametrize(
    ("run", "stays"),
    [
        pytest.param(scope("src/b.py"), False, id="everything was checked"),
        pytest.param(scope("src/b.py", complete=False), True, id="its new place may not have been checked"),
        pytest.param(scope("src/b.py", gaps=[gap(path="src/c.py")]), True, id="its new place may be a gap"),
    ],
)
def test_entries_of_deleted_files(run, stays):
    changed = after(baseline(finding()), run=run, existing=["src/b.py"])
    assert bool(changed.entries) is stays


def test_entries_of_renamed_files_get_their_new_path_without_being_added():
    changed = after(baseline(finding(path="src/old.py")), [finding(path="src/a.py")])
    assert changed.entries == (entry_of(finding(path="src/a.py")),)
    assert (changed.added, changed.removed) == ((), ())
    assert [(old.path, new.path) for old, new in changed.moved] == [("src/old.py", "src/a.py")]


def test_updating_twice_changes_nothing_more():
    present = [finding(tokens=t) for t in "abc"]
    once = after(baseline(*present, finding(tokens="gone")), present)
    assert after(Baseline(PATH, once.entries), present).entries == once.entries


@pytest.mark.parametrize(
    ("found", "fields", "enters"),
    [
        pytest.param(finding(), {}, True, id="a plain finding"),
        pytest.param(finding(SECRET), {}, False, id="a rule that may not be suppressed"),
        pytest.param(
            finding(), {"comments": (comment("# ospec-guard: ignore[eval] why"),)}, False, id="suppressed with a reason"
        ),
        pytest.param(
            finding(),
            {"comments": (comment("# ospec-guard: ignore[eval]"),)},
            True,
            id="suppressed where no reason is asked for",
        ),
        pytest.param(finding(), {"waivers": [waiver()]}, False, id="waived everywhere"),
        pytest.param(finding(), {"waivers": [waiver(environments=("production",))]}, True, id="waived in production"),
        pytest.param(finding(), {"environments": ("production",), "environment": "production"}, False, id="blocked everywhere"),
    ],
)
def test_what_may_enter(found, fields, enters):
    outcome = judged(found, **fields)
    infos = {info.id: info for info in RULES}
    assert [may_enter(item, infos[item.finding.rule_id]) for item in outcome.findings] == [enters]


def test_findings_about_the_policy_never_enter():
    outcome = judged(comments=(comment("# ospec-guard: ignore"),))
    (item,) = outcome.findings
    assert is_present(item)
    info = next(info for info in outcome.rules if info.id == "policy/blanket-suppression")
    assert not may_enter(item, info)


def test_what_is_suppressed_everywhere_is_not_present():
    said = {"comments": (comment("# ospec-guard: ignore[eval] why"),), "environments": ("development", "staging")}
    assert not is_present(judged(finding(), **said).findings[0])
    assert is_present(judged(finding(), comments=said["comments"]).findings[0])
