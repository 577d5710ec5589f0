"""Inline suppressions as they are read from comments."""

from __future__ import annotations

import pytest
from policy_world import EVAL, comment, comments_of

from ospec_guard.policy.directives import read_directives
from ospec_guard.policy.names import rule_names

NAMES = rule_names(["py-core/eval", "py-core/exec", "js-core/exec", "loose", "@acme/compliance/data-class"])


def read(text, **fields):
    return read_directives([comment(text, **fields)], NAMES, semgrep=("rules/eval-detected", "rules/python.lang.exec-used"))


@pytest.mark.parametrize(
    ("text", "ids", "reason", "until"),
    [
        pytest.param(
            "# ospec-guard: ignore[py-core/eval] trusted input", ["py-core/eval"], "trusted input", None, id="full id"
        ),
        pytest.param("# ospec-guard: ignore[eval] trusted", ["py-core/eval"], "trusted", None, id="bare id"),
        pytest.param("# ospec-guard: ignore[loose]", ["loose"], "", None, id="rule of a loose file, no reason"),
        pytest.param("# ospec-guard: ignore[eval, loose] both", ["py-core/eval", "loose"], "both", None, id="two ids"),
        pytest.param(
            "# ospec-guard: ignore[ eval ,loose ] both", ["py-core/eval", "loose"], "both", None, id="spaces at commas"
        ),
        pytest.param("# ospec-guard: ignore[eval,py-core/eval] once", ["py-core/eval"], "once", None, id="the same rule twice"),
        pytest.param(
            "# ospec-guard: ignore[@acme/compliance/data-class] x", ["@acme/compliance/data-class"], "x", None, id="scoped"
        ),
        pytest.param("#ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="no space after the sign"),
        pytest.param("// ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="slashes"),
        pytest.param("/// ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="doc slashes"),
        pytest.param("/* ospec-guard: ignore[eval] x */", ["py-core/eval"], "x", None, id="block"),
        pytest.param("/*ospec-guard: ignore[eval]*/", ["py-core/eval"], "", None, id="tight block"),
        pytest.param("/** ospec-guard: ignore[eval] x **/", ["py-core/eval"], "x", None, id="doc block"),
        pytest.param("<!-- ospec-guard: ignore[eval] x -->", ["py-core/eval"], "x", None, id="markup"),
        pytest.param("-- ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="dashes"),
        pytest.param("; ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="semicolon"),
        pytest.param("% ospec-guard: ignore[eval] x", ["py-core/eval"], "x", None, id="percent"),
        pytest.param("{- ospec-guard: ignore[eval] x -}", ["py-core/eval"], "x", None, id="braces"),
        pytest.param("(* ospec-guard: ignore[eval] x *)", ["py-core/eval"], "x", None, id="parentheses"),
        pytest.param(
            "# noqa  # ospec-guard: ignore[eval] why", ["py-core/eval"], "why", None, id="after another tool's remark"
        ),
        pytest.param(
            "// eslint-disable-line // ospec-guard: ignore[eval] why", ["py-core/eval"], "why", None, id="after slashes"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why  # noqa: S307", ["py-core/eval"], "why # noqa: S307", None, id="before one"
        ),
        pytest.param("# ospec-guard: ignore[eval] -- why", ["py-core/eval"], "why", None, id="dashes before the reason"),
        pytest.param("# ospec-guard: ignore[eval]: why", ["py-core/eval"], "why", None, id="colon before the reason"),
        pytest.param("# ospec-guard: ignore[eval]  # why", ["py-core/eval"], "why", None, id="sign before the reason"),
        pytest.param("# ospec-guard: ignore[eval] ...", ["py-core/eval"], "", None, id="dots are no reason"),
        pytest.param("# ospec-guard: ignore[eval] until=2026-07-01", ["py-core/eval"], "", "2026-07-01", id="until alone"),
        pytest.param(
            "# ospec-guard: ignore[eval] until=2026-07-01 why", ["py-core/eval"], "why", "2026-07-01", id="until first"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why until=2026-07-01", ["py-core/eval"], "why", "2026-07-01", id="until last"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why until: 2026-07-01", ["py-core/eval"], "why", "2026-07-01", id="until colon"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why until 2026-07-01", ["py-core/eval"], "why", "2026-07-01", id="until space"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why (until 2026-07-01).", ["py-core/eval"], "why", "2026-07-01", id="bracketed"
        ),
        pytest.param(
            "/* ospec-guard: ignore[eval] why until 2026-07-01 */", ["py-core/eval"], "why", "2026-07-01", id="in a block"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why UNTIL 2026-07-01", ["py-core/eval"], "why", "2026-07-01", id="upper case"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why, until=2026-07-01.", ["py-core/eval"], "why,", "2026-07-01", id="end of sentence"
        ),
        pytest.param("# ospec-guard: ignore[eval] why until=", ["py-core/eval"], "why", "", id="until nothing"),
        pytest.param("# ospec-guard: ignore[eval] why until=friday", ["py-core/eval"], "why", "friday", id="until a word"),
        pytest.param(
            "# ospec-guard: ignore[eval] why until 2026-13-01", ["py-core/eval"], "why", "2026-13-01", id="no such month"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] why until 1/2/2027", ["py-core/eval"], "why", "1/2/2027", id="another way of dates"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] until 2020-01-01 or until 2030-01-01",
            ["py-core/eval"],
            "or",
            "2020-01-01 and 2030-01-01",
            id="two dates are none",
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] wait until the vendor mends it",
            ["py-core/eval"],
            "wait until the vendor mends it",
            None,
            id="until in prose",
        ),
        pytest.param(
            "# ospec-guard: ignore[eval] until 2.0 is out", ["py-core/eval"], "until 2.0 is out", None, id="until a version"
        ),
    ],
)
def test_reads(text, ids, reason, until):
    reading = read(text)
    assert reading.drafts == ()
    (directive,) = reading.directives
    assert (list(directive.rule_ids), directive.reason, directive.until) == (ids, reason, until)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# use ospec-guard: ignore[eval] to silence it", id="prose"),
        pytest.param("# see `ospec-guard: ignore[eval]`", id="quoted"),
        pytest.param("# `# ospec-guard: ignore[eval] why` is how", id="quoted with its sign"),
        pytest.param("# ospec-guard is run here", id="our name first"),
        pytest.param("# ospec-guard ignores generated files", id="our name and a verb"),
        pytest.param("# ospec-guard ignore files are read by git", id="our name and the word"),
        pytest.param("# ospec-guard: ignored files are listed", id="another word"),
        pytest.param("# ospec-guard: see docs/policy.md", id="our name and a colon"),
        pytest.param("# my-ospec-guard: ignore[eval] x", id="part of another name"),
        pytest.param('"""ospec-guard: ignore[eval] x"""', id="not a comment"),
        pytest.param("ospec_guard_ignore = 1", id="an identifier"),
        pytest.param("// a -- ospec-guard: ignore[eval] x", id="another language's sign"),
        pytest.param("# nosemgrep: somebody-elses-rule", id="unknown to us, known to Semgrep"),
        pytest.param("# this needs no nosemgrep: eval-detected here", id="nosemgrep in prose"),
        pytest.param("# nosemgreps: eval-detected", id="longer word"),
        pytest.param("# nothing at all", id="nothing"),
        pytest.param("", id="empty"),
    ],
)
def test_e6_leaves_alone(text):
    """semgrep#6596, #1053: what only mentions a suppression is none."""
    reading = read(text)
    assert reading.directives == ()
    assert reading.drafts == ()


@pytest.mark.parametrize(
    ("text", "rule_id", "message"),
    [
        pytest.param(
            "# ospec-guard : ignore[eval] x",
            "policy/malformed-suppression",
            "'ospec-guard : ignore[eval]' suppresses nothing, it is not written as it must be; write 'ospec-guard: ignore[eval]'",
            id="space before the colon",
        ),
        pytest.param(
            "# ospec-guard:ignore[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="no space"
        ),
        pytest.param(
            "# ospec-guard:  ignore[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="two spaces"
        ),
        pytest.param(
            "# ospec-guard: ignore [eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="space first"
        ),
        pytest.param(
            "# ospec-guard ignore[eval, loose]", "policy/malformed-suppression", "ignore[eval, loose]'", id="no colon"
        ),
        pytest.param(
            "# ospecguard: ignore[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="no hyphen"
        ),
        pytest.param(
            "# ospec_guard: ignore[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="underscore"
        ),
        pytest.param(
            "# Ospec-Guard: Ignore[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="wrong case"
        ),
        pytest.param(
            "# ospec-guard: ignore(eval) x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="parentheses"
        ),
        pytest.param(
            "# ospec-guard: disable[eval] x", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="another verb"
        ),
        pytest.param(
            "# ospec-guard: ignore-next-line[eval]", "policy/malformed-suppression", "ignore[eval]'", id="another tool's verb"
        ),
        pytest.param(
            "# ospec-guard: ignore[eval because",
            "policy/malformed-suppression",
            "write 'ospec-guard: ignore[eval]'",
            id="never closed",
        ),
        pytest.param(
            "# ospec-guard: ignore[eval,]",
            "policy/malformed-suppression",
            "write 'ospec-guard: ignore[eval]'",
            id="an id missing",
        ),
        pytest.param(
            "# noqa # ospec-guard : ignore[eval]", "policy/malformed-suppression", "ospec-guard: ignore[eval]'", id="inside"
        ),
        pytest.param(
            "# ospec-guard: ignore",
            "policy/blanket-suppression",
            "'ospec-guard: ignore' names no rule and suppresses nothing; write 'ospec-guard: ignore[rule-id] reason'",
            id="blanket",
        ),
        pytest.param(
            "# ospec-guard: ignore this line", "policy/blanket-suppression", "names no rule", id="blanket with a reason"
        ),
        pytest.param("# ospec-guard: ignore eval here", "policy/blanket-suppression", "names no rule", id="no brackets"),
        pytest.param("# ospec-guard: ignore[] x", "policy/blanket-suppression", "names no rule", id="empty brackets"),
        pytest.param("# ospec-guard: ignore[ ] x", "policy/blanket-suppression", "names no rule", id="a space in brackets"),
        pytest.param("# ospec-guard: ignore[*] x", "policy/blanket-suppression", "names no rule", id="star"),
        pytest.param("# ospec-guard: ignore[py-core/*] x", "policy/blanket-suppression", "names no rule", id="star of a pack"),
        pytest.param("# ospec-guard: ignore[eval, *] x", "policy/blanket-suppression", "names no rule", id="star beside an id"),
        pytest.param("# OSPEC-GUARD: IGNORE", "policy/blanket-suppression", "names no rule", id="blanket in upper case"),
        pytest.param(
            "# ospec-guard: ignore[py-core/evil] x",
            "policy/unknown-rule",
            "no rule is called 'py-core/evil'; did you mean 'py-core/eval'?",
            id="misspelt",
        ),
        pytest.param("# ospec-guard: ignore[evall] x", "policy/unknown-rule", "did you mean 'eval'?", id="misspelt bare id"),
        pytest.param(
            "# ospec-guard: ignore[other/eval] x", "policy/unknown-rule", "did you mean 'py-core/eval'?", id="wrong pack"
        ),
        pytest.param(
            "# ospec-guard: ignore[exec] x",
            "policy/unknown-rule",
            "no rule is called 'exec'; it could be js-core/exec or py-core/exec: write the full id",
            id="ambiguous",
        ),
        pytest.param(
            "# ospec-guard: ignore[zzz] x", "policy/unknown-rule", "`ospec-guard rules list` shows the ids", id="nothing near"
        ),
        pytest.param(
            "# ospec-guard: ignore[gap/parse] x", "policy/unknown-rule", "record a waiver in the settings", id="a gap"
        ),
        pytest.param(
            "# ospec-guard: ignore[policy/unknown-rule]", "policy/unknown-rule", "no comment can suppress it", id="policy"
        ),
    ],
)
def test_e6_reports(text, rule_id, message):
    reading = read(text)
    assert reading.directives == ()
    (draft,) = reading.drafts
    assert draft.rule_id == rule_id
    assert message in draft.message


def test_known_ids_beside_unknown_ones_are_suppressed_and_all_unknown_ones_told():
    reading = read("# ospec-guard: ignore[evall, eval, zzz] x")
    assert [d.rule_ids for d in reading.directives] == [("py-core/eval",)]
    assert ["evall" in d.message or "zzz" in d.message for d in reading.drafts] == [True, True]


def test_two_suppressions_in_one_comment_have_their_own_reasons():
    reading = read("# ospec-guard: ignore[eval] first  # ospec-guard: ignore[loose] second")
    assert [(d.rule_ids, d.reason) for d in reading.directives] == [(("py-core/eval",), "first"), (("loose",), "second")]


@pytest.mark.parametrize(
    ("text", "ids", "reason"),
    [
        pytest.param("# nosemgrep: eval-detected", ("rules/eval-detected",), "", id="bare id"),
        pytest.param("# nosemgrep: rules/eval-detected", ("rules/eval-detected",), "", id="full id"),
        pytest.param("# nosem: eval-detected", ("rules/eval-detected",), "", id="short word"),
        pytest.param("# NOSEMGREP: eval-detected", ("rules/eval-detected",), "", id="upper case"),
        pytest.param("// nosemgrep:eval-detected", ("rules/eval-detected",), "", id="no space"),
        pytest.param("# nosemgrep: python.lang.security.eval-detected", ("rules/eval-detected",), "", id="with Semgrep's path"),
        pytest.param("# nosemgrep: python.lang.exec-used", ("rules/python.lang.exec-used",), "", id="id with dots"),
        pytest.param("# nosemgrep: exec-used", ("rules/python.lang.exec-used",), "", id="without the path in the rule's id"),
        pytest.param("# nosemgrep: lang.exec-used", ("rules/python.lang.exec-used",), "", id="with a part of the path"),
        pytest.param("# nosemgrep: eval-detected, other -- trusted", ("rules/eval-detected",), "trusted", id="a reason"),
        pytest.param("# noqa # nosemgrep: eval-detected", ("rules/eval-detected",), "", id="after another remark"),
    ],
)
def test_nosemgrep_is_honoured_for_semgrep_rules(text, ids, reason):
    (directive,) = read(text).directives
    assert (directive.rule_ids, directive.reason, directive.blanket) == (ids, reason, False)


@pytest.mark.parametrize("text", ["# nosemgrep", "# nosem", "# nosemgrep : eval-detected", "# nosemgrep because"])
def test_nosemgrep_without_ids_is_blanket(text):
    (directive,) = read(text).directives
    assert directive.blanket
    assert directive.rule_ids == ("rules/eval-detected", "rules/python.lang.exec-used")


@pytest.mark.parametrize(
    ("written", "rules", "meant"),
    [
        pytest.param("same", ("a.same", "b.other"), ("a.same",), id="the one with a path"),
        pytest.param("same", ("same", "b.same"), ("same",), id="the one without before the one with a path"),
        pytest.param("same", ("a.same", "b.same"), ("a.same", "b.same"), id="all with a path"),
        pytest.param("ame", ("a.same",), None, id="the end of a word"),
    ],
)
def test_nosemgrep_names_rules_by_the_end_of_their_ids(written, rules, meant):
    directives = read_directives([comment(f"# nosemgrep: {written}")], rule_names(rules), semgrep=rules).directives
    assert [directive.rule_ids for directive in directives] == ([meant] if meant else [])


def test_nosemgrep_names_none_of_our_own_rules():
    assert read("# nosemgrep: py-core/eval").directives == ()
    assert read_directives([comment("# nosemgrep")], NAMES, semgrep=()).directives == ()


def lines_covered(text, sign="#"):
    return [(d.first_line, d.last_line) for d in read_directives(comments_of(text, sign=sign), NAMES).directives]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("eval(x)  # ospec-guard: ignore[eval] y", [(1, 1)], id="beside code: that line"),
        pytest.param("# ospec-guard: ignore[eval] y\neval(x)", [(1, 2)], id="alone: the next line too"),
        pytest.param("  # ospec-guard: ignore[eval] y\r\n  eval(x)\r\n", [(1, 2)], id="CRLF"),
        pytest.param("# ospec-guard: ignore[eval] y\n# more\n  # and more\neval(x)\n", [(1, 4)], id="above other comments"),
        pytest.param("# more\n# ospec-guard: ignore[eval] y\neval(x)", [(2, 3)], id="below other comments"),
        pytest.param("# ospec-guard: ignore[eval] y\n\neval(x)", [(1, 2)], id="a blank line ends it"),
        pytest.param("# ospec-guard: ignore[eval] y\n# more\n\n# far\neval(x)", [(1, 3)], id="a blank line ends the run"),
        pytest.param("# ospec-guard: ignore[eval] y\neval(x)  # beside\neval(y)", [(1, 2)], id="comments beside code do not"),
        pytest.param("# ospec-guard: ignore[eval] y\n# ospec-guard: ignore[loose] z\neval(x)", [(1, 3), (2, 3)], id="stacked"),
        pytest.param("# ospec-guard: ignore[eval] y", [(1, 2)], id="last line of the file"),
    ],
)
def test_which_lines_are_covered(text, expected):
    assert lines_covered(text) == expected


def test_a_marker_inside_a_block_comment_stands_where_it_is_written():
    text = "/*\n * é says why\n * ospec-guard: ignore[eval] é y\n */"
    (directive,) = read(text, line=5, alone=True).directives
    assert (directive.first_line, directive.last_line) == (7, 9)
    marker = text.index("ospec")
    assert (directive.span.line, directive.span.column) == (7, 4)
    assert directive.span.start == 520 + len(text[:marker].encode())
    assert directive.span.end - directive.span.start == len("ospec-guard: ignore[eval]")
    assert directive.reason == "é y"


def test_beside_code_a_block_comment_covers_the_markers_line_only():
    (directive,) = read("/* why\n * ospec-guard: ignore[eval] y\n */", line=5, alone=False).directives
    assert (directive.first_line, directive.last_line) == (6, 6)


def test_columns_count_code_points_and_offsets_bytes():
    (directive,) = read_directives(comments_of("s = 'é'  # é # ospec-guard: ignore[eval] y"), NAMES).directives
    assert (directive.span.line, directive.span.column) == (1, 16)
    assert directive.span.start == 17


def test_the_order_of_comments_does_not_matter():
    some = comments_of(
        "# ospec-guard: ignore[eval] y\n# more\nx\n# ospec-guard : ignore[eval]\n# ospec-guard: ignore[loose] z\ny\n"
    )
    more = comments_of("# ospec-guard: ignore[eval] y\n", path="src/b.py")
    assert read_directives([*some, *more], NAMES) == read_directives([*reversed(more), *reversed(some)], NAMES)


def test_rule_of_the_same_bare_name_in_a_loose_file_wins():
    names = rule_names([EVAL.id, "eval"])
    (directive,) = read_directives([comment("# ospec-guard: ignore[eval] y")], names).directives
    assert directive.rule_ids == ("eval",)
