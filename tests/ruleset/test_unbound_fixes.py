"""A fix that writes a metavariable which nothing binds: a notice for Semgrep's rules, which run, and a problem in ours."""

from __future__ import annotations

import pytest

from ospec_guard.document import read_yaml
from ospec_guard.ruleset.compiled import Compiled
from ospec_guard.ruleset.native import compile_document

HEAD = "rules:\n- id: r\n  languages: [{language}]\n  severity: INFO\n  message: m says $Z\n"
TYPED = "rules:\n- id: r\n  type: ast_pattern\n  languages: [python]\n"


def read(head: str, rest: str) -> Compiled:
    return compile_document(read_yaml((head + rest).encode(), "r.yaml"), "")


def said(rest: str, language: str = "python") -> list[str]:
    compiled = read(HEAD.format(language=language), rest)
    assert not compiled.problems
    assert [rule.id for rule in compiled.rules] == ["r"]
    return [f"{notice.place} {notice.id} {notice.message}" for notice in compiled.notices]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param("  pattern: brew($X)\n  fix: pour($X, $Z)\n", ["r.yaml:7:17 $Z"], id="by nothing"),
        pytest.param(
            "  pattern: brew($X)\n  fix: |\n    pour($X,\n      $Z, $Z)\n", ["r.yaml:9:7 $Z"], id="in a block, told once"
        ),
        pytest.param("  pattern: brew($X)\n  fix: pour($Z, $Y)\n", ["r.yaml:7:13 $Z", "r.yaml:7:17 $Y"], id="two of them"),
        pytest.param(
            "  patterns: [pattern: brew($X), pattern-not: brew($Z)]\n  fix: $Z\n", ["r.yaml:7:8 $Z"], id="by what must not be"
        ),
        pytest.param(
            "  patterns: [pattern: brew($X), pattern-not-inside: a($Z)]\n  fix: $Z\n",
            ["r.yaml:7:8 $Z"],
            id="by what is not around",
        ),
        pytest.param("  pattern: brew($...ALL)\n  fix: pour($ALL)\n", ["r.yaml:7:13 $ALL"], id="by one for many"),
        pytest.param("  pattern: brew($_)\n  fix: pour($_)\n", ["r.yaml:7:13 $_"], id="what stands for anything"),
    ],
)
def test_reports(rest: str, expected: list[str]):
    shown = [line.partition(" notice/unbound-metavariable no pattern binds ") for line in said(rest)]
    assert [f"{place} {message.partition(',')[0]}" for place, _, message in shown] == expected


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("  pattern: brew($X)\n  fix: pour($X)\n", id="bound"),
        pytest.param("  pattern: brew($...X)\n  fix: pour($...X)\n", id="for many"),
        pytest.param("  pattern: brew($X)\n  fix: pour($XY, $X_1)\n", id="the longest that is bound"),
        pytest.param("  patterns: [pattern: brew(), pattern-inside: 'def $F(): ...']\n  fix: $F()\n", id="by what is around"),
        pytest.param("  pattern-either: [pattern: a($X), pattern: b($Y)]\n  fix: c($X, $Y)\n", id="by either"),
        pytest.param(
            "  patterns: [pattern: brew($X), metavariable-pattern: {metavariable: $X, pattern: a($Y)}]\n  fix: c($Y)\n",
            id="inside of another",
        ),
        pytest.param(
            "  patterns: [pattern: brew($X), metavariable-regex: {metavariable: $X, regex: '(?<Y>a+)'}]\n  fix: c($Y)\n",
            id="by a group of a condition",
        ),
        pytest.param("  pattern-regex: (?<Y>a+)\n  fix: c($Y, $1)\n", id="by a group"),
        pytest.param("  pattern: brew($X)\n  fix: pour($x, $, $1)\n", id="what is no metavariable"),
    ],
)
def test_leaves_alone(rest: str):
    assert said(rest) == []


@pytest.mark.parametrize("language", ["bash", "php", "generic", "dockerfile"])
def test_leaves_alone_what_may_be_code(language: str):
    assert (
        said(
            "  pattern: brew $X\n  fix: pour $HOME\n" if language != "php" else "  pattern: f($X)\n  fix: g($HOME);\n", language
        )
        == []
    )


@pytest.mark.parametrize(
    ("fix", "place"),
    [
        pytest.param("  fix: pour($X, $Z)\n", "r.yaml:6:17", id="a text"),
        pytest.param("  fix: {replace: 'pour($X, $Z)'}\n", "r.yaml:6:28", id="a mapping"),
    ],
)
def test_a_problem_of_our_rules(fix: str, place: str):
    compiled = read(TYPED, f"  pattern: brew($X)\n{fix}")
    [problem] = compiled.problems
    assert (str(problem.place), problem.message) == (place, "no pattern binds $Z, which the fix writes")
    assert compiled.rules == ()
