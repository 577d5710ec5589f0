"""Rules and code that nobody writes on purpose: what cannot run is named when the rule is read, what can is found."""

from __future__ import annotations

import pytest
from finding import findings, lines, rule_of

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES
from ospec_guard.pattern.parse import parse_pattern
from ospec_guard.pattern.reading import PatternError
from ospec_guard.ruleset.compiled import Compiled
from ospec_guard.ruleset.native import compile_document

_HEAD = "rules:\n- id: r\n  languages: [python]\n  severity: ERROR\n  message: m\n"


def _compiled(body: str) -> Compiled:
    return compile_document(read_yaml((_HEAD + body).encode(), "rules.yaml"), "")


def _condition(text: str) -> str:
    return f"  patterns:\n  - pattern: f($X)\n  - {text}\n"


@pytest.mark.parametrize(
    ("language", "text", "why"),
    [
        ("python", "# a", "nothing but comments"),
        ("python", "# a\n# b", "nothing but comments"),
        ("javascript", "// a", "nothing but comments"),
        ("python", "f(<... ...>)", "nothing between"),
        ("java", "<... ...>;", "nothing between"),
        ("python", "f(" + "[" * 5000 + "]" * 5000 + ")", "nested too deeply"),
        ("python", "f(" + "(" * 5000 + "1" + ")" * 5000 + ")", "nested too deeply"),
    ],
    ids=["comment", "comments", "comment-js", "deep-empty", "deep-empty-java", "brackets", "parentheses"],
)
def test_text_that_is_no_pattern_is_refused(language: str, text: str, why: str) -> None:
    with pytest.raises(PatternError, match=why):
        parse_pattern(text, LANGUAGES[language])


def test_comment_beside_code_counts_for_nothing() -> None:
    assert lines("python", "# a\nf($X)", "f(1)\n") == [1]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("""  pattern: f("=~/(/")\n""", "invalid regular expression"),
        ("""  pattern: f("=~/a/zzz")\n""", "invalid regular expression"),
        (_condition("metavariable-regex: {metavariable: $X, regex: '('}"), "invalid regular expression"),
        (_condition("""metavariable-comparison: {comparison: "re.match('(', $X)"}"""), "invalid regular expression"),
        (_condition("metavariable-comparison: {comparison: '" + "-" * 20000 + "$X > 1'}"), "no expression"),
        ("  pattern: f($X)\n  fix-regex: {regex: '(', replacement: x}\n", "invalid regular expression"),
        ("  pattern: f($X)\n  options: {constant_propagation: 'no'}\n", "must be true or false"),
    ],
    ids=["text", "flags", "metavariable-regex", "comparison", "comparison-deep", "fix-regex", "option"],
)
def test_rule_that_cannot_run_is_named_when_it_is_read(body: str, why: str) -> None:
    compiled = _compiled(body)
    assert not compiled.rules
    assert [why in gap.message for gap in compiled.gaps] == [True]


def test_negative_count_of_a_fix_is_malformed() -> None:
    [problem] = _compiled("  pattern: f($X)\n  fix-regex: {regex: a, replacement: x, count: -1}\n").problems
    assert "how often" in problem.message


def test_statements_on_one_line_are_statements() -> None:
    code = """\
    function g() {
      a();
      zz();
      b();
    }
    """
    assert lines("javascript", "function $F(...) { ... zz(); ... }", code) == [1]


def test_chains_longer_than_pythons_stack_are_matched() -> None:
    code = "x = " + " + ".join(f"a{number}" for number in range(600)) + "\n"
    assert len(findings("python", "$X + $Y", code)) == 599


def test_rule_with_a_thousand_branches_finds_each() -> None:
    branches = "\n".join(f"- pattern: f{number}($X)" for number in range(1000))
    assert rule_of("python", f"pattern-either:\n{branches}")
    assert lines("python", f"pattern-either:\n{branches}", "f7(1)\nf999(2)\ng(3)\n") == [1, 2]
