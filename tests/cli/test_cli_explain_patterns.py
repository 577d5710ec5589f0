"""`explain` and `rules explain` of rules with patterns: what they are made of, and which of their parts find what."""

from __future__ import annotations

import pytest
from cli_world import Project

RULES = """\
rules:
  - id: shell
    languages: [python]
    severity: ERROR
    message: Shell with $CMD
    fix: run($CMD)
    options: {symbolic_propagation: true}
    patterns:
      - pattern: sub.call($CMD, shell=True)
      - pattern-inside: |
          def $F(...):
            ...
      - pattern-not: sub.call("...", shell=True)
      - pattern-not-inside: |
          with safe():
            ...
      - metavariable-regex: {metavariable: $CMD, regex: us.*}
      - metavariable-type: {metavariable: $CMD, type: str}
      - focus-metavariable: $CMD
  - id: twice
    languages: [python, javascript]
    severity: ERROR
    message: Twice
    fix-regex: {regex: a, replacement: b}
    pattern-either:
      - pattern: foo($X, $X)
      - patterns:
          - pattern: $A
          - pattern-inside: bar($A)
          - pattern-regex: (?=a)ab+
  - id: words
    languages: [generic]
    severity: ERROR
    message: Words
    pattern: the ... word
  - id: apart
    languages: [python]
    severity: ERROR
    message: Apart
    patterns:
      - pattern: foo($X)
      - pattern-inside: 'with $X as $Y: ...'
"""

CODE = """\
import sub
def f(user, other: str):
    sub.call(user, shell=True)
    sub.call(other, shell=True)
    sub.call("ls", shell=True)
    with safe():
        sub.call(user, shell=True)
sub.call(x, shell=True)
bar(abb)
"""

INNER = """\
rules:
  - id: inner
    languages: [python]
    severity: ERROR
    message: m
    patterns:
      - pattern: f($A, $B)
      - metavariable-pattern:
          metavariable: $A
          patterns:
            - pattern: g(...)
            - pattern-not: g(1)
      - metavariable-comparison: {metavariable: $B, comparison: $B > 3}
"""

TYPES = "declared types, those of literals, and names of imported types; nothing is inferred"

WITH_RULES = ("--isolated", "--rules", "r.yaml")


@pytest.fixture
def patterned(project: Project) -> Project:
    project.write("r.yaml", RULES)
    project.write("a.py", CODE)
    return project


class TestWhatARuleIsMadeOf:
    @pytest.mark.parametrize(
        ("rule", "lines"),
        [
            pytest.param(
                "shell",
                [
                    "engine: patterns of code on syntax trees",
                    "patterns:",
                    "  pattern (line 9): sub.call($CMD, shell=True): tried near the rarest of 'sub', 'call', 'shell'",
                    "  pattern-inside (line 11): def $F(...): ⏎ ...: tried at every func",
                    "  pattern-not (line 13): sub.call(\"...\", shell=True): tried near the rarest of 'sub', 'call', 'shell'",
                    "  pattern-not-inside (line 15): with safe(): ⏎ ...: tried near 'safe'",
                    "  metavariable-regex: $CMD matches /us.*/",
                    f"  metavariable-type: $CMD is str (approximated: {TYPES})",
                    "  focus-metavariable: $CMD",
                    "option symbolic_propagation: true",
                    "fix: run($CMD); not called safe: --unsafe-fixes applies it",
                    "languages: python",
                ],
                id="conjunction",
            ),
            pytest.param(
                "twice",
                [
                    "engine: patterns of code on syntax trees",
                    "pattern-either:",
                    "  pattern (line 26): foo($X, $X): tried near 'foo'",
                    "  patterns:",
                    "    pattern (line 28): $A: tried at every expression",
                    "    pattern-regex (line 30): (?=a)ab+: searched for in the whole text, on the slower engine",
                    "    pattern-inside (line 29): bar($A): tried near 'bar'",
                    "fix: /a/ becomes 'b', everywhere in the match; not called safe: --unsafe-fixes applies it",
                    "languages: python, javascript",
                ],
                id="alternatives",
            ),
            pytest.param(
                "words",
                [
                    "engine: patterns of plain text",
                    "pattern (line 35): the ... word: tried in texts that hold the rarest of 'word', 'the'",
                ],
                id="plain text",
            ),
        ],
    )
    def test_rules_explain(self, patterned: Project, rule: str, lines: list[str]):
        answer = patterned.guard("rules", "explain", rule, *WITH_RULES)
        assert (answer.code, answer.err) == (0, "")
        told = answer.out.partition("\n\n")[2].partition("\n\n")[0].splitlines()
        assert [line[2:] for line in told][: len(lines)] == lines

    def test_a_pattern_inside_of_a_metavariable(self, patterned: Project):
        patterned.write("r.yaml", INNER)
        told = patterned.guard("rules", "explain", "inner", *WITH_RULES).out
        assert "    metavariable-pattern: in $A\n      patterns:\n        pattern (line 11): g(...): tried near 'g'\n" in told

    def test_it_is_what_explain_tells(self, patterned: Project):
        answer = patterned.guard("rules", "explain", "shell", *WITH_RULES)
        assert answer.out == patterned.guard("explain", "shell", *WITH_RULES).out

    def test_anchors_that_differ_by_language(self, patterned: Project):
        patterned.write(
            "r.yaml",
            "rules: [{id: a, languages: [python, php], severity: INFO, message: m, pattern: 'return $X'},"
            " {id: b, languages: [python, yaml], severity: INFO, message: m, pattern: 'a: $X'}]",
        )
        assert "tried at every return\n" in patterned.guard("rules", "explain", "a", *WITH_RULES).out
        assert "python: tried near 'a'; yaml: tried " in patterned.guard("rules", "explain", "b", *WITH_RULES).out


class TestWhatItsPartsFind:
    @pytest.mark.parametrize(
        ("rule", "lines"),
        [
            pytest.param(
                "shell",
                [
                    "shell, written at r.yaml:2:5, in a.py (python):",
                    "  reports nothing",
                    "  patterns:",
                    "    pattern (line 9): sub.call($CMD, shell=True): matches at lines 3, 4, 5, 7, 8",
                    "    pattern-inside (line 11): def $F(...): ⏎ ...: matches at line 2",
                    "    together: matches at lines 3, 4, 5, 7",
                    '    pattern-not (line 13): sub.call("...", shell=True): matches at line 5',
                    "      takes away line 5; left: lines 3, 4, 7",
                    "    pattern-not-inside (line 15): with safe(): ⏎ ...: matches at line 6",
                    "      takes away line 7; left: lines 3, 4",
                    "    metavariable-regex: $CMD matches /us.*/",
                    "      fails for $CMD = `other` at line 4",
                    "      left: line 3",
                    "    metavariable-type: $CMD is str",
                    "      fails for $CMD = `user` at line 3",
                    "      left: nothing",
                    "    nothing is left",
                ],
                id="until nothing is left",
            ),
            pytest.param(
                "twice",
                [
                    "twice, written at r.yaml:20:5, in a.py (python):",
                    "  reports a.py:9:5: Twice",
                    "  pattern-either: matches at line 9",
                    "    pattern (line 26): foo($X, $X): matches nowhere: 'foo' is not in the file",
                    "    patterns:",
                    "      pattern (line 28): $A: matches at lines 2, 3, 4, 5, 6, 7, 8, 9",
                    "      pattern-regex (line 30): (?=a)ab+: matches at line 9",
                    "      together: matches at line 9",
                    "      pattern-inside (line 29): bar($A): matches at line 9",
                    "      together: matches at line 9",
                ],
                id="alternatives",
            ),
            pytest.param(
                "words",
                [
                    "words, written at r.yaml:31:5, in a.py (python):",
                    "  reports nothing",
                    "  pattern (line 35): the ... word: matches nowhere: 'word' is not in the file",
                ],
                id="plain text",
            ),
        ],
    )
    def test_a_rule_on_a_file(self, patterned: Project, rule: str, lines: list[str]):
        answer = patterned.guard("explain", rule, "a.py", *WITH_RULES)
        assert (answer.code, answer.err, answer.out.splitlines()) == (0, "", lines)
        assert patterned.guard("rules", "explain", rule, "a.py", *WITH_RULES).out == answer.out

    def test_conditions_that_hold_at_some_places(self, patterned: Project):
        patterned.write("r.yaml", INNER)
        patterned.write("a.py", "f(g(1), 4)\nf(g(2), 1)\nf(g(3), 5)\nf(a, 5)\n")
        assert patterned.guard("explain", "inner", "a.py", *WITH_RULES).out.splitlines() == [
            "inner, written at r.yaml:2:5, in a.py (python):",
            "  reports a.py:3:1: m",
            "  patterns:",
            "    pattern (line 7): f($A, $B): matches at lines 1, 2, 3, 4",
            "    metavariable-pattern: in $A",
            "      fails for $A = `g(1)` at line 1",
            "      fails for $A = `a` at line 4",
            "      left: lines 2, 3",
            "    metavariable-comparison: $B > 3",
            "      fails for $B = `1` at line 2",
            "      left: line 3",
        ]

    def test_what_a_region_that_did_not_parse_may_hide(self, patterned: Project):
        patterned.write("r.yaml", INNER)
        patterned.write("a.py", "f(g(3\n")
        out = patterned.guard("explain", "inner", "a.py", *WITH_RULES).out
        assert "  gap/parse: did not parse, and the rule could match here\n  reports nothing\n" in out

    def test_words_without_the_form(self, patterned: Project):
        patterned.write("a.py", "foo(a, b)\n")
        out = patterned.guard("explain", "twice", "a.py", *WITH_RULES).out
        assert "foo($X, $X): matches nowhere: its words are there, but no code of its form\n" in out

    @pytest.mark.parametrize(
        ("code", "why"),
        [
            pytest.param("foo(a)\nwith b as c: pass\n", "no match of the one lies within one of the other", id="places"),
            pytest.param("with b as c:\n    foo(a)\n", "at line 2, $X is `a` in the one and `b` in the other", id="names"),
        ],
    )
    def test_parts_that_do_not_go_together(self, patterned: Project, code: str, why: str):
        patterned.write("a.py", code)
        assert f"together: matches nowhere: {why}\n" in patterned.guard("explain", "apart", "a.py", *WITH_RULES).out

    def test_a_file_that_it_does_not_look_at(self, patterned: Project):
        patterned.write("a.yaml", "a: 1\n")
        out = patterned.guard("explain", "shell", "a.yaml", *WITH_RULES).out
        assert "the rule does not look at this file: it is for python" in out

    def test_of_a_kind_without_parts(self, patterned: Project):
        patterned.write("r.yaml", 'rules: [{id: w, type: code_analysis, pattern: "sub[.]call"}]')
        out = patterned.guard("explain", "w", "a.py", *WITH_RULES).out
        assert "  reports a.py:3:5: w\n" in out
        assert "/sub[.]call/" in out

    @pytest.mark.parametrize(
        ("argv", "error"),
        [
            pytest.param(("explain", "shell", "gone.py"), "there is no file 'gone.py'", id="no file"),
            pytest.param(("explain", "shel", "a.py"), "there is no rule 'shel'", id="no rule"),
            pytest.param(
                ("rules", "explain"), "'rules explain' needs the id of a rule, and takes a file to try it on", id="none"
            ),
        ],
    )
    def test_what_is_missing(self, patterned: Project, argv: tuple[str, ...], error: str):
        answer = patterned.guard(*argv, *WITH_RULES)
        assert (answer.code, answer.out, answer.errors) == (2, "", [f"error: {error}"])


HEAD = "rules:\n  - id: r\n    languages: [{language}]\n    severity: ERROR\n    message: m\n"


class TestRulesThatCannotRun:
    @pytest.mark.parametrize(
        ("rest", "line", "why"),
        [
            pytest.param(
                "    mode: join\n    join: {}\n",
                6,
                "join",
                id="join",
            ),
            pytest.param(
                "    patterns:\n      - pattern: a()\n      - pattern-inside: |\n          def (:\n",
                9,
                "does not parse",
                id="pattern",
            ),
            pytest.param("    pattern: a()\n    options:\n      implicit_returns: false\n", 8, "implicit_returns", id="option"),
            pytest.param(
                "    pattern: a()\n    options:\n      vardef_asign: true\n", 8, "did you mean 'vardef_assign'?", id="unknown"
            ),
            pytest.param(
                "    patterns:\n      - pattern: a()\n      - pattern-where-python: 1 < 2\n",
                8,
                "pattern-where-python",
                id="operator",
            ),
        ],
    )
    def test_an_error_that_names_the_rule_and_the_line(self, project: Project, rest: str, line: int, why: str):
        project.write("r.yaml", HEAD.format(language="python") + rest)
        project.write("a.py", "a()\n")
        answer = project.guard("check", "--env", "production", "--format", "sarif", *WITH_RULES)
        [run] = answer.json["runs"]
        [notification] = run["invocations"][0]["toolExecutionNotifications"]
        assert answer.code == 2
        assert notification["level"] == "error"
        assert notification["associatedRule"]["id"] == "r"
        assert why in notification["message"]["text"]
        place = notification["locations"][0]["physicalLocation"]
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("r.yaml", line)

    def test_an_option_with_its_usual_value_is_no_gap(self, project: Project):
        project.write("r.yaml", HEAD.format(language="python") + "    pattern: a()\n    options: {let_is_var: true}\n")
        project.write("a.py", "a()\n")
        assert project.check(*WITH_RULES).found == ["r a.py:1"]
