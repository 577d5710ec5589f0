"""A pattern that does not parse is told where it stops making sense, and what could stand there."""

from __future__ import annotations

from textwrap import indent

import pytest

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES
from ospec_guard.pattern.stopping import stop_of
from ospec_guard.ruleset.native import compile_document

# `@` marks the place in the pattern.
STOPS = [
    pytest.param("python", "brew(1 @2)", "it stops at '2)', expected ')' or ','", id="two arguments side by side"),
    pytest.param("python", "brew(@", "it is not complete, expected ')'", id="an open bracket"),
    pytest.param("python", "if $X@", "it is not complete, expected ':'", id="a statement without its body"),
    pytest.param("python", "def $F(@:", "it stops at ':', expected ')'", id="an open list of parameters"),
    pytest.param("python", "$X = @= 1", "it stops at '=', expected a name or a value", id="no value"),
    pytest.param(
        "python", "brew(...)\n...\npour($CUP @tea)", "it stops at 'tea)', expected ')' or ','", id="a later statement"
    ),
    pytest.param("python", "brew($...ALL, é @b)", "it stops at 'b)', expected ')' or ','", id="letters of two bytes"),
    pytest.param("javascript", "if ($X) {\n  brew($Y, ...@;\n}", "it stops at ';', expected ')' or ','", id="in a block"),
    pytest.param("javascript", "brew(<... $X ...>, @}", "it stops at '}'", id="after a deep expression"),
    pytest.param("javascript", "($X) => {@", "it is not complete, expected '}'", id="an open block"),
    pytest.param(
        "java", "class $C { void brew() { pour( @} }", "it stops at '}', expected ')'", id="a bracket inside of braces"
    ),
    pytest.param("java", "brew((String $X), @)", "it stops at ')'", id="after a typed metavariable"),
    pytest.param("go", "func $F($X string @{", "it stops at '{', expected ')'", id="go"),
    pytest.param("ruby", "def brew(cup@", "it is not complete, expected ')'", id="ruby"),
    pytest.param("rust", "fn brew(cup: i32 @{", "it stops at '{', expected ')'", id="rust"),
    pytest.param("json", '{"cup": @}', "it stops at '}'", id="json"),
    pytest.param("bash", "if brew; then@", "it is not complete, expected 'fi'", id="what the grammar itself lacks"),
    pytest.param("python", "brew(1)\n" * 20 + "pour(1 @2)\n" + "brew(1)\n" * 20, "it stops at '2)'", id="in the midst of much"),
    pytest.param("python", "brew(" * 60 + "@", "it is not complete, expected ')'", id="at the end of much"),
    pytest.param("php", "brew($CUP @tea)", "it stops at 'tea)', expected ')' or ','", id="php"),
]


@pytest.mark.parametrize(("language", "marked", "what"), STOPS)
def test_stops(language: str, marked: str, what: str):
    stop = stop_of(marked.replace("@", ""), LANGUAGES[language])
    assert (stop.offset, stop.what.removeprefix(": ")[: len(what)]) == (marked.index("@"), what)


def gap(written: str) -> str:
    """Place and reason of the gap of a rule whose `pattern` is written so."""
    text = f"rules:\n- id: r\n  languages: [python]\n  severity: INFO\n  message: m\n  pattern: {written}\n"
    [found] = compile_document(read_yaml(text.encode(), "r.yaml"), "").gaps
    assert found.span
    return f"{found.span.line}:{found.span.column}"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        pytest.param("brew(1 2)", "6:19", id="plain"),
        pytest.param("'brew(1 2)'", "6:20", id="quoted"),
        pytest.param('"brew(é 2)"', "6:20", id="letters of two bytes"),
        pytest.param("|\n" + indent("a()\nbrew(1 2)\n", "    "), "8:12", id="a block"),
        pytest.param("|-\n" + indent("if a:\n    brew(1 2)", "     "), "8:17", id="a block without its last line end"),
        pytest.param("|  # why\n\n    brew(1 2)\n\n", "8:12", id="a block with a comment and empty lines"),
        pytest.param("|\n    brew(", "7:10", id="the end of a block"),
        pytest.param("|2\n     brew(1 2)\n    pour()\n", "7:13", id="a block that says its indentation"),
        pytest.param("|\r\n    brew(1 2)\r\n    a()\r\n", "7:12", id="lines that end as on Windows"),
        pytest.param('"brew(\\"a\\" 2)"', "6:13", id="with escapes, the beginning"),
        pytest.param(">-\n    brew(1\n    2)\n", "7:5", id="folded, the beginning"),
        pytest.param("brew(1\n    2)", "6:12", id="several plain lines, the beginning"),
    ],
)
def test_the_place_in_the_rule_file(written: str, place: str):
    assert gap(written) == place


def test_a_pattern_further_in():
    text = """\
rules:
- id: r
  languages: [python]
  severity: INFO
  message: m
  patterns:
  - pattern: brew($X)
  - metavariable-pattern:
      metavariable: $X
      patterns:
      - pattern-either:
        - pattern: a
        - pattern: |
            b(c d)
"""
    [found] = compile_document(read_yaml(text.encode(), "r.yaml"), "").gaps
    assert (found.span.line, found.span.column) == (14, 17) if found.span else False
    assert found.message.endswith("the pattern 'b(c d)' does not parse as python: it stops at 'd)', expected ')' or ','")
