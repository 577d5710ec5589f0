"""Rules in taint mode: what they are read as, and what is malformed in them, told at its line."""

from __future__ import annotations

import pytest
from test_rule_files import load, told

from ospec_guard.ruleset.files import Loaded

HEAD = "rules:\n- id: a\n  languages: [python]\n  message: m\n  severity: ERROR\n  mode: taint\n"
SOURCES = "  pattern-sources: [pattern: source()]\n"
SINKS = "  pattern-sinks: [pattern: sink(...)]\n"


def taint(keys: str, head: str = HEAD) -> Loaded:
    """A file of one rule with the usual keys, and more from its seventh line on."""
    return load(head + keys)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(SOURCES + SINKS, id="sources and sinks"),
        pytest.param(SINKS + SOURCES, id="sinks first"),
        pytest.param(SOURCES + SINKS + "  pattern-sanitizers: [pattern: clean(...)]\n", id="sanitizers"),
        pytest.param(SOURCES + SINKS + "  pattern-propagators: [{pattern: $A.add($B), from: $B, to: $A}]\n", id="propagators"),
        pytest.param("  pattern-sources: [{pattern: f(), label: A, requires: B or not C}]\n" + SINKS, id="labels"),
        pytest.param(SOURCES + "  pattern-sinks: [{pattern: f(), requires: A and (B or not C)}]\n", id="labels of a sink"),
        pytest.param("  pattern-sources: [{pattern: f(), by-side-effect: only, exact: true}]\n" + SINKS, id="side effect only"),
        pytest.param("  pattern-sources: [{pattern: f(), by-side-effect: true}]\n" + SINKS, id="side effect"),
        pytest.param(
            SOURCES + SINKS + "  pattern-sanitizers: [{pattern: f(), by-side-effect: true, not_conflicting: true}]\n",
            id="a sanitizer that gives way",
        ),
        pytest.param(
            "  pattern-sources: [patterns: [pattern: 'f($X)', focus-metavariable: $X]]\n" + SINKS, id="operators in an entry"
        ),
    ],
)
def test_rules_that_are_in_order(keys: str) -> None:
    loaded = taint(keys)
    assert told(loaded) == []
    assert loaded.compiled.gaps == ()
    [rule] = loaded.compiled.rules
    assert rule.options.taint


@pytest.mark.parametrize(
    ("keys", "at", "message"),
    [
        pytest.param(SOURCES, "2:3", "expected 'pattern-sinks'", id="no sinks"),
        pytest.param(SINKS, "2:3", "expected 'pattern-sources'", id="no sources"),
        pytest.param(
            SINKS, "2:3", "says where values come from and where they must not go", id="no sources, and what they are"
        ),
        pytest.param("  pattern-sources: []\n" + SINKS, "7:3", "at least one entry", id="an empty list of sources"),
        pytest.param(SOURCES + "  pattern-sinks: []\n", "8:3", "at least one entry", id="an empty list of sinks"),
        pytest.param(
            SOURCES + SINKS + "  pattern-sanitizers: []\n", "9:3", "at least one entry", id="an empty list of sanitizers"
        ),
        pytest.param("  pattern-sources: f()\n" + SINKS, "7:3", "expected a list", id="sources as text"),
        pytest.param("  pattern-sources: [f()]\n" + SINKS, "7:21", "- pattern: f(...)", id="an entry as text"),
        pytest.param(
            "  pattern-sources:\n  - pattern: f()\n    by-side-effect: maybe\n" + SINKS,
            "9:5",
            "expected true, false or only, got 'maybe'",
            id="an unknown side effect",
        ),
        pytest.param(
            SOURCES + "  pattern-sinks:\n  - pattern: f()\n    requires: A and\n",
            "10:5",
            "'A and' is no expression of labels",
            id="half an expression of labels",
        ),
        pytest.param(
            SOURCES + "  pattern-sinks:\n  - pattern: f()\n    requires: A + B\n",
            "10:5",
            "only names, 'and', 'or', 'not' and brackets are",
            id="another operator in an expression of labels",
        ),
        pytest.param(
            SOURCES + "  pattern-sinks:\n  - pattern: f()\n    requires: A(B)\n",
            "10:5",
            "'A and not (B or C)'",
            id="a call in an expression of labels",
        ),
        pytest.param(
            "  pattern-sources:\n  - pattern: f()\n    requires: not\n" + SINKS,
            "9:5",
            "is no expression of labels",
            id="an expression of labels in a source",
        ),
        pytest.param(
            SOURCES + SINKS + "  pattern-propagators:\n  - pattern: $A.add($B)\n    to: $A\n",
            "10:5",
            'missing key "from"',
            id="a propagator without from",
        ),
        pytest.param(
            SOURCES + SINKS + "  pattern-propagators:\n  - pattern: $A.add($B)\n    from: $B\n",
            "10:5",
            'missing key "to"',
            id="a propagator without to",
        ),
        pytest.param("  pattern-sources:\n  - pattern: f()\n    exact: perhaps\n" + SINKS, "9:5", "true", id="exact as text"),
        pytest.param(
            "  pattern-sources:\n  - label: A\n" + SINKS, "8:5", "nothing to look for", id="an entry without a pattern"
        ),
        pytest.param(
            "  pattern-sources:\n  - pattern: f()\n    labl: A\n" + SINKS, "9:5", "did you mean 'label'?", id="a misspelt key"
        ),
    ],
)
def test_what_is_malformed_is_told_at_its_place(keys: str, at: str, message: str) -> None:
    loaded = taint(keys)
    said = told(loaded)
    assert any(problem.startswith(f"r.yaml:{at}: error: ") and message in problem for problem in said), said
    assert loaded.compiled.rules == ()


def test_everything_malformed_is_told_at_once() -> None:
    said = told(taint("  pattern-sources: []\n  pattern-sinks:\n  - pattern: f()\n    requires: A +\n"))
    assert [problem.split(" error: ")[0] for problem in said] == ["r.yaml:7:3:", "r.yaml:10:5:"]


def test_a_pattern_that_does_not_parse_is_a_gap() -> None:
    loaded = taint("  pattern-sources:\n  - pattern: f($x)\n" + SINKS)
    assert told(loaded) == []
    assert loaded.compiled.rules == ()
    [gap] = loaded.compiled.gaps
    assert "the pattern 'f($x)' does not parse as python" in gap.message
