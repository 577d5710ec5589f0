"""Semgrep's operators in both ways of writing: the formula each becomes, and the answer to what becomes none."""

from __future__ import annotations

import pytest

from ospec_guard.document import read_yaml
from ospec_guard.pattern.formula import (
    All,
    Analysis,
    Comparison,
    Either,
    Formula,
    HasName,
    HasType,
    Leaf,
    MatchesFormula,
    MatchesRegex,
    decode,
    encode,
)
from ospec_guard.ruleset.operators import Reader
from ospec_guard.values import replace


def read(text: str) -> tuple[Formula | None, Reader]:
    reader = Reader()
    return reader.formula(read_yaml(text.encode(), "r.yaml")), reader


def p(text: str) -> Leaf:
    return Leaf(text)


def r(text: str) -> Leaf:
    return Leaf(text, is_regex=True)


def without_lines(formula: object) -> object:
    if isinstance(formula, tuple):
        return tuple(without_lines(part) for part in formula)
    if isinstance(formula, Leaf):
        return replace(formula, line=0)
    if isinstance(formula, Either | All | MatchesFormula):
        return type(formula)(*(without_lines(getattr(formula, name)) for name in type(formula).__match_args__))
    return formula


MEANINGS = {
    "pattern": ("pattern: f(...)", p("f(...)")),
    "regex": ("pattern-regex: a+", r("a+")),
    "either": ("pattern-either: [{pattern: a}, {pattern-regex: b}]", Either((p("a"), r("b")))),
    "every operator that restricts": (
        "patterns: [{pattern: a}, {pattern-not: b}, {pattern-inside: c}, {pattern-not-inside: d}, {pattern-not-regex: e}]",
        All((p("a"),), (p("c"),), (p("b"), r("e")), (p("d"),)),
    ),
    "order does not matter": ("patterns: [{pattern-not: b}, {pattern: a}]", All((p("a"),), without=(p("b"),))),
    "nested": (
        "patterns: [{pattern-either: [{patterns: [{pattern: a}, {pattern-inside: b}]}, {pattern: c}]}]",
        All((Either((All((p("a"),), (p("b"),)), p("c"))),)),
    ),
    "operators in a negation": (
        "patterns: [{pattern: a}, {pattern-not: {patterns: [{pattern: b}, {pattern-inside: c}]}}]",
        All((p("a"),), without=(All((p("b"),), (p("c"),)),)),
    ),
    "operators in an enclosure": (
        "patterns: [{pattern: a}, {pattern-inside: {pattern-either: [{pattern: b}, {pattern: c}]}}]",
        All((p("a"),), (Either((p("b"), p("c"))),)),
    ),
    "not inside, in two words": (
        "patterns: [{pattern: a}, {pattern-not: {pattern-inside: b}}]",
        All((p("a"),), outside=(p("b"),)),
    ),
    "one enclosure or another": (
        "patterns: [{pattern: a}, {pattern-either: [{pattern-inside: b}, {pattern-inside: c}]}]",
        All((p("a"),), (Either((p("b"), p("c"))),)),
    ),
    "an enclosure as an alternative": (
        "pattern-either: [{pattern: a}, {pattern-inside: b}]",
        Either((p("a"), All(inside=(p("b"),)))),
    ),
    "metavariable-regex": (
        "patterns: [{pattern: a}, {metavariable-regex: {metavariable: $X, regex: b, constant-propagation: true}}]",
        All((p("a"),), conditions=(MatchesRegex("$X", "b", constants=True),)),
    ),
    "metavariable-pattern": (
        "patterns: [{pattern: a}, {metavariable-pattern: {metavariable: $X, language: generic, patterns: [{pattern-not: b}]}}]",
        All((p("a"),), conditions=(MatchesFormula("$X", All(without=(p("b"),)), "generic"),)),
    ),
    "metavariable-comparison": (
        "patterns: [{pattern: a}, {metavariable-comparison: {metavariable: $X, comparison: $X > 1, strip: true, base: 8}}]",
        All((p("a"),), conditions=(Comparison("$X > 1", "$X", strip=True, base=8),)),
    ),
    "comparison of nothing in particular": (
        "patterns: [{pattern: a}, {metavariable-comparison: {comparison: $X > $Y}}]",
        All((p("a"),), conditions=(Comparison("$X > $Y"),)),
    ),
    "metavariable-analysis": (
        "patterns: [{pattern: a}, {metavariable-analysis: {metavariable: $X, analyzer: entropy}}]",
        All((p("a"),), conditions=(Analysis("$X", "entropy"),)),
    ),
    "metavariable-type": (
        "patterns:\n- pattern: a\n- metavariable-type: {metavariable: $X, type: int}\n- metavariable-type: {metavariable: $Y, types: [A, B]}",
        All((p("a"),), conditions=(HasType("$X", ("int",)), HasType("$Y", ("A", "B")))),
    ),
    "metavariable-name": (
        "patterns: [{pattern: a}, {metavariable-name: {metavariable: $X, module: m}}]",
        All((p("a"),), conditions=(HasName("$X", "", ("m",)),)),
    ),
    "focus": (
        "patterns: [{pattern: a}, {focus-metavariable: $X}, {focus-metavariable: [$Y, $...Z]}]",
        All((p("a"),), focus=(("$X",), ("$Y", "$...Z"))),
    ),
    "match: text": ("match: a", p("a")),
    "match: operators": (
        "match: {all: [a, {not: b}, {inside: c}, {not: {inside: d}}, {any: [e, {regex: f}]}]}",
        All((p("a"), Either((p("e"), r("f")))), (p("c"),), (p("b"),), (p("d"),)),
    ),
    "match: where, beside all": (
        "match: {where: [{focus: $X}, {metavariable: $X, regex: b}, {comparison: $X > 1}], all: [a]}",
        All((p("a"),), conditions=(MatchesRegex("$X", "b"), Comparison("$X > 1")), focus=(("$X",),)),
    ),
    "match: where, beside a pattern": (
        "match: {pattern: a, where: [{metavariable: $X, analyzer: redos}, {metavariable: $X, types: [T]}]}",
        All((p("a"),), conditions=(Analysis("$X", "redos"), HasType("$X", ("T",)))),
    ),
    "match: a pattern within a metavariable": (
        "match: {pattern: a, where: [{metavariable: $X, any: [b, c]}, {metavariable: $Y, language: bash, pattern: d}]}",
        All(
            (p("a"),),
            conditions=(MatchesFormula("$X", Either((p("b"), p("c")))), MatchesFormula("$Y", p("d"), "bash")),
        ),
    ),
    "match: conditions on an enclosure": (
        "match: {all: [a, {inside: b, where: [{metavariable: $X, regex: c}]}]}",
        All((p("a"),), (All((p("b"),), conditions=(MatchesRegex("$X", "c"),)),)),
    ),
}


@pytest.mark.parametrize(("text", "meaning"), MEANINGS.values(), ids=MEANINGS)
def test_what_operators_mean(text: str, meaning: Formula):
    formula, reader = read(text)
    assert (reader.problems, reader.unsupported) == ([], [])
    assert formula is not None
    assert without_lines(formula) == meaning
    assert decode(encode(formula)) == formula


MALFORMED = {
    "nothing to look for": ("message: m", "1:1", "nothing to look for"),
    "two ways at once": ("pattern: a\npatterns: [{pattern: b}]", "2:1", "'patterns' and 'pattern' exclude each other"),
    "a number": ("pattern: 1", "1:1", "expected text, got a number"),
    "empty text": ("pattern: ' '", "1:1", "empty text"),
    "text for a list": ("patterns: f(1)", "1:1", "expected a list"),
    "no alternatives": ("pattern-either: []", "1:1", "an empty list"),
    "text for an operator": ("patterns: [f(x)]", "1:12", "expected an operator"),
    "two operators in one": ("patterns:\n- pattern: a\n  pattern-not: b", "2:3", "got 'pattern', 'pattern-not'"),
    "a misspelt operator": ("patterns: [{pattern: a}, {patern-not: b}]", "1:27", "did you mean 'pattern-not'?"),
    "a misspelt operator of match": ("match: {alll: [a]}", "1:9", "did you mean 'all'?"),
    "only a negation": ("patterns: [{pattern-not: a}]", "1:1", "nothing here says what to find"),
    "a negation as an alternative": ("pattern-either: [{pattern: a}, {pattern-not: b}]", "1:32", "can be no alternative"),
    "a condition as an alternative": (
        "pattern-either: [{pattern: a}, {metavariable-regex: {metavariable: $X, regex: a}}]",
        "1:32",
        "can be no alternative",
    ),
    "match: only a negation": ("match: {not: a}", "1:1", "nothing here says what to find"),
    "match: two operators": ("match: {all: [a], any: [b]}", "1:1", "expected one of"),
    "a condition without its expression": (
        "patterns: [{pattern: a}, {metavariable-regex: {metavariable: $X}}]",
        "1:27",
        'missing key "regex"',
    ),
    "a misspelt key of a condition": (
        "patterns: [{pattern: a}, {metavariable-regex: {metavariabel: $X, regex: b}}]",
        "1:48",
        "did you mean 'metavariable'?",
    ),
    "a type that is none": ("patterns: [{pattern: a}, {metavariable-type: {metavariable: $X}}]", "1:27", "'types'"),
    "a focus on nothing": ("patterns: [{pattern: a}, {focus-metavariable: []}]", "1:27", "an empty list"),
    "two conditions in one": ("match: {pattern: a, where: [{focus: $X, comparison: b}]}", "1:41", "unexpected 'comparison'"),
}


@pytest.mark.parametrize(("text", "at", "message"), MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_is_told_at_its_place(text: str, at: str, message: str):
    _, reader = read(text)
    said = [str(problem) for problem in reader.problems]
    assert any(one.startswith(f"r.yaml:{at}: ") and message in one for one in said), said


def test_everything_malformed_is_told_at_once():
    _, reader = read("patterns:\n- pattern: 1\n- patern: a\n- metavariable-regex: {regex: a}\n")
    assert [problem.place.line if problem.place else 0 for problem in reader.problems] == [2, 3, 4]


UNSUPPORTED = {
    "python in rules": ("patterns: [{pattern: a}, {pattern-where-python: 'True'}]", "1:27", "'pattern-where-python'"),
    "an operator of another version": ("patterns: [{pattern: a}, {probability: b}]", "1:27", "'probability' is unknown"),
    "anywhere": ("match: {all: [a, {anywhere: b}]}", "1:19", "'anywhere' cannot run"),
    "an analyzer nobody knows": (
        "patterns: [{pattern: a}, {metavariable-analysis: {metavariable: $X, analyzer: spelling}}]",
        "1:69",
        "'spelling' is unknown",
    ),
    "no metavariable": ("patterns: [{pattern: a}, {focus-metavariable: X}]", "1:27", "'X' is no metavariable"),
    "a negation beside a pattern": ("pattern: a\npattern-not: b", "2:1", "has no effect in Semgrep"),
    "a negated negation": ("patterns: [{pattern: a}, {pattern-not: {pattern-not: b}}]", "1:27", "the whole of"),
}


@pytest.mark.parametrize(("text", "at", "why"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_what_cannot_run_is_told_at_its_place(text: str, at: str, why: str):
    _, reader = read(text)
    assert reader.problems == []
    [(said, place)] = reader.unsupported
    assert why in said
    assert str(place) == f"r.yaml:{at}"


def test_patterns_know_the_line_their_text_begins_on():
    formula, _ = read(
        "patterns:\n- pattern: a\n- pattern-inside: |\n    b\n    ...\n- pattern-not: '|'\n- pattern-not:\n    c\n"
    )
    assert isinstance(formula, All)
    leaves = [*formula.parts, *formula.inside, *formula.without]
    assert [(leaf.text, leaf.line) for leaf in leaves if isinstance(leaf, Leaf)] == [
        ("a", 2),
        ("b\n...\n", 4),
        ("|", 6),
        ("c", 8),
    ]
