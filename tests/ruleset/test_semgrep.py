"""Rules with patterns, Semgrep's and ours: what becomes of their keys besides the patterns, and which of them cannot run."""

from __future__ import annotations

import os

import pytest
from test_rule_files import Folder, load, told

from ospec_guard.document import read_yaml
from ospec_guard.globs import matching
from ospec_guard.model import Place, Severity
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.files import Loaded, load_rules
from ospec_guard.ruleset.native import compile_document

KEYS = {
    "id": "an-id",
    "languages": "[python]",
    "message": "Words",
    "severity": "WARNING",
    "pattern": "eval(...)",
}

RULE = "rules:\n- {id: same, languages: [python], message: m, severity: INFO, pattern: f()}\n"


def semgrep(**keys: str | None) -> Loaded:
    """A file of one rule with the usual keys, changed or (None) left out."""
    written = {**KEYS, **{name.replace("_", "-"): value for name, value in keys.items()}}
    lines = [f"{name}: {value}" for name, value in written.items() if value is not None]
    return load("rules:\n- " + "\n  ".join(lines) + "\n")


def one(loaded: Loaded) -> Rule:
    assert told(loaded) == []
    assert loaded.compiled.gaps == ()
    [rule] = loaded.compiled.rules
    return rule


def gaps(loaded: Loaded) -> list[str]:
    assert told(loaded) == []
    return [f"{gap.place} {gap.rule_id} {gap.message.split(': ', 1)[1]}" for gap in loaded.compiled.gaps]


def test_a_rule_with_every_key():
    rule = one(
        semgrep(
            message="Do not. It is\n    dangerous.",
            severity="HIGH",
            mode="search",
            metadata=(
                "{cwe: 'CWE-95: Injection', owasp: [A03, A01], references: [x], category: security, technology: [django, flask],"
                " confidence: HIGH, likelihood: LOW}"
            ),
            min_version="1.50.0",
            fix="literal_eval()",
            options="{symbolic_propagation: true, generic_ellipsis_max_span: 3}",
        )
    )
    info, options = rule.info, rule.options
    assert (rule.id, info.kind, info.severity, rule.languages) == ("an-id", "ast_pattern", Severity.ERROR, ("python",))
    assert (info.message, info.description) == ("Do not. It is dangerous.", "Do not.")
    assert (info.cwe, info.owasp, info.references) == (("CWE-95: Injection",), ("A03", "A01"), ("x",))
    assert (info.tags, info.confidence) == (("semgrep", "security", "django", "flask"), "high")
    assert info.place == Place("r.yaml", 2, 3)
    assert (options.engine, options.message, options.fix, options.safe_fix) == ("code", "", "literal_eval()", False)
    assert options.settings == (("generic_ellipsis_max_span", 3), ("symbolic_propagation", True))
    assert (options.place, options.line) == ("r.yaml", 2)


@pytest.mark.parametrize("message", ["calls $F", "with $...ARGS", "is $1"])
def test_messages_with_metavariables_are_templates(message: str):
    assert one(semgrep(message=message)).options.message == message


def test_a_message_may_cost_money():
    assert one(semgrep(message="costs $ 5 or US$")).options.message == ""


def test_options_may_be_lists():
    options = one(semgrep(options="{generic_braces: [['<', '>']], generic_caseless: true}")).options
    assert options.settings == (("generic_braces", (("<", ">"),)), ("generic_caseless", True))


def test_a_fix_may_be_empty_and_may_be_an_expression():
    assert one(semgrep()).options.fix is None
    assert one(semgrep(fix="''")).options.fix == ""
    assert one(semgrep(fix_regex="{regex: a, replacement: b, count: 1}")).options.fix_regex == ("a", "b", 1)


@pytest.mark.parametrize(
    ("severity", "meaning"),
    [
        ("INFO", Severity.INFO),
        ("INVENTORY", Severity.INFO),
        ("EXPERIMENT", Severity.INFO),
        ("LOW", Severity.INFO),
        ("MEDIUM", Severity.WARNING),
        ("ERROR", Severity.ERROR),
        ("CRITICAL", Severity.CRITICAL),
    ],
)
def test_severities(severity: str, meaning: Severity):
    assert one(semgrep(severity=severity)).severity is meaning


@pytest.mark.parametrize(
    ("written", "names", "engine"),
    [
        pytest.param("[py]", ("python",), "code", id="an alias"),
        pytest.param("[js, ts, javascript]", ("javascript", "typescript"), "code", id="several, one twice"),
        pytest.param("[tf]", ("hcl",), "code", id="terraform"),
        pytest.param("['C#']", ("csharp",), "code", id="in upper case"),
    ],
)
def test_languages(written: str, names: tuple[str, ...], engine: str):
    rule = one(semgrep(languages=written, pattern=None, pattern_regex="a+"))
    assert (rule.languages, rule.options.languages, rule.options.engine) == (names, names, engine)


@pytest.mark.parametrize(("written", "engine"), [("[generic]", "generic"), ("[regex]", "regex"), ("[none]", "regex")])
def test_rules_for_any_text(written: str, engine: str):
    rule = one(semgrep(languages=written, pattern=None, pattern_regex="a+"))
    assert (rule.languages, rule.options.engine) == (("generic",), engine)


def test_expressions_run_in_languages_without_a_grammar():
    rule = one(semgrep(languages="[vue, python]", pattern=None, pattern_regex="a+"))
    assert (rule.languages, rule.options.engine) == (("vue", "python"), "regex")


def test_what_runs_in_some_languages_is_a_gap_in_the_others():
    loaded = semgrep(languages="[python, dart, gosu]")
    assert [rule.languages for rule in loaded.compiled.rules] == [("python",)]
    assert gaps(loaded) == [
        "r.yaml:3:3 an-id there is no grammar for dart; for its other languages it did",
        "r.yaml:3:3 an-id there is no grammar for gosu; for its other languages it did",
    ]


@pytest.mark.parametrize(
    ("keys", "gap"),
    [
        pytest.param({"mode": "join", "languages": None, "pattern": None}, "r.yaml:5:3 an-id mode 'join' cannot", id="join"),
        pytest.param({"mode": "extract", "message": None, "severity": None}, "r.yaml:5:3 an-id mode 'extract' ", id="extract"),
        pytest.param({"pattern": None, "taint": "{sources: [a]}"}, "r.yaml:6:3 an-id mode 'taint' cannot", id="taint, newer"),
        pytest.param({"mode": "other"}, "r.yaml:7:3 an-id the mode 'other' is unknown", id="a mode nobody knows"),
        pytest.param({"min_version": "1.183.0"}, "r.yaml:7:3 an-id it is for Semgrep 1.183.0 and later", id="too new"),
        pytest.param({"max_version": "1.100.0"}, "r.yaml:7:3 an-id it is for Semgrep 1.100.0 and earlier", id="too old"),
        pytest.param({"languages": "[dart]"}, "r.yaml:3:3 an-id there is no grammar for dart", id="no grammar"),
        pytest.param(
            {"pattern": "f($x)"},
            "r.yaml:6:14 an-id the pattern 'f($x)' does not parse as python: it stops at '$x)', expected ')'; "
            "metavariables have capital letters: '$X'",
            id="a metavariable in small letters",
        ),
        pytest.param(
            {"languages": "[python, java]", "pattern": "'if $X: f()'"},
            "r.yaml:6:13 an-id the pattern 'if $X: f()' does not parse as java; it does as python: make a rule for each way to write it",
            id="a pattern for some of the languages",
        ),
        pytest.param(
            {"pattern": None, "patterns": "[pattern: f($X), metavariable-regex: {metavariable: $X, regex: '(a'}]"},
            "r.yaml:2:3 an-id invalid regular expression: missing )",
            id="a condition whose expression is none",
        ),
        pytest.param(
            {"pattern": None, "patterns": "[pattern: f($X), metavariable-regex: {metavariable: $Y, regex: a}]"},
            "r.yaml:2:3 an-id no pattern binds $Y",
            id="a condition on what nothing binds",
        ),
        pytest.param(
            {"pattern": None, "patterns": "[pattern: f($X), focus-metavariable: [$X, $Z]]"},
            "r.yaml:2:3 an-id no pattern binds $Z",
            id="a focus on what nothing binds",
        ),
        pytest.param(
            {"pattern": None, "pattern_regex": "'(a'"}, "r.yaml:2:3 an-id ", id="an expression that none of our engines takes"
        ),
    ],
)
def test_what_cannot_run_is_a_gap_at_its_line(keys: dict[str, str | None], gap: str):
    loaded = semgrep(**keys)
    [said] = gaps(loaded)
    assert said.startswith(gap)
    assert loaded.compiled.rules == ()


@pytest.mark.parametrize(
    ("keys", "at", "message"),
    [
        pytest.param({"message": None}, "2:3", 'missing key "message"', id="no message"),
        pytest.param({"severity": None}, "2:3", 'missing key "severity"', id="no severity"),
        pytest.param({"languages": None, "mode": "search"}, "2:3", 'missing key "languages"', id="no languages"),
        pytest.param({"languages": "[]"}, "3:3", "at least one language", id="not one language"),
        pytest.param({"languages": "python"}, "3:3", "expected a list", id="languages as text"),
        pytest.param({"languages": "[pyhton]"}, "3:15", "did you mean 'python'?", id="a misspelt language"),
        pytest.param({"languages": "[regex, python]"}, "3:3", "stand alone", id="any text and more"),
        pytest.param({"severity": "WARNIG"}, "5:3", "did you mean 'WARNING'?", id="a misspelt severity"),
        pytest.param({"mode": "serach"}, "7:3", "did you mean 'search'?", id="a misspelt mode"),
        pytest.param({"patern-not": "a"}, "7:3", "did you mean 'pattern-not'?", id="a misspelt key"),
        pytest.param(
            {"message": None, "mesage": "m"}, "6:3", "did you mean 'message'?", id="a misspelt key that must be there"
        ),
        pytest.param({"min_version": "new"}, "7:3", "'new' is no version", id="no version"),
        pytest.param({"paths": "{inclde: [a]}"}, "7:11", "did you mean 'include'?", id="a misspelt key of paths"),
        pytest.param({"id": "a b"}, "2:3", "white space", id="an id in two words"),
        pytest.param({"fix_regex": "{regex: a}"}, "7:3", 'missing key "replacement"', id="half a fix"),
        pytest.param({"options": "[a]"}, "7:3", "expected a mapping", id="options as a list"),
    ],
)
def test_what_is_malformed_is_told_at_its_place(keys: dict[str, str | None], at: str, message: str):
    loaded = semgrep(**keys)
    said = told(loaded)
    assert any(problem.startswith(f"r.yaml:{at}: ") and message in problem for problem in said), said
    assert loaded.compiled.rules == ()


def test_everything_malformed_is_told_at_once():
    said = told(semgrep(languages="[pyhton]", severity="WARNIG", pattern="1", paths="{include: ['[z-a]']}"))
    assert len(said) >= 3


def test_keys_of_others_are_passed_over():
    assert one(semgrep(author="somebody", product="sast")).id == "an-id"


def test_the_rules_beside_a_gap_run():
    loaded = load(
        "rules:\n- {id: a, languages: [python], message: m, severity: INFO, mode: join, join: {}}\n"
        "- {id: b, languages: [python], message: m, severity: INFO, pattern: f()}\n",
        "p",
    )
    assert [rule.id for rule in loaded.compiled.rules] == ["p/b"]
    assert [gap.rule_id for gap in loaded.compiled.gaps] == ["p/a"]


def test_rules_of_both_forms_may_stand_in_one_file():
    loaded = load(RULE + "- {id: ours, type: code_analysis, pattern: a}\n- {id: half, pattern: f()}\n")
    assert [(rule.id, rule.info.kind) for rule in loaded.compiled.rules] == [("same", "ast_pattern"), ("ours", "code_analysis")]
    assert [problem.split(" error: ")[1] for problem in told(loaded)] == [
        f'missing key "{key}"' for key in ("languages", "message", "severity")
    ]


def test_a_plugin_may_have_rules_of_semgreps():
    document = read_yaml(f"plugin_type: guardrails\n{RULE}".encode(), "plugin.yaml")
    compiled = compile_document(document, "p")
    assert [(rule.id, rule.info.tags) for rule in compiled.rules] == [("p/same", ("semgrep",))]


@pytest.mark.parametrize(
    ("glob", "path", "matched"),
    [
        ("*.py", "deep/in/a.py", True),
        ("tests/", "src/tests/a.py", True),
        ("a/b.py", "x/a/b.py", True),
        ("/a/b.py", "a/b.py", True),
        ("/a/b.py", "x/a/b.py", False),
        ("**/a/*.py", "x/a/b.py", True),
        ("./a", "a/b.py", True),
        ("a/b.py", "a/c.py", False),
    ],
)
def test_globs_match_anywhere_unless_they_start_at_the_root(glob: str, path: str, matched: bool):
    rule = one(semgrep(paths=f"{{include: ['{glob}'], exclude: ['{glob}']}}"))
    assert (matching(rule.include, path) is not None) is matched
    assert rule.include == rule.exclude


def test_equal_ids_in_a_folder_are_told_apart_by_their_files():
    folder = Folder({"rules/go/a.yaml": RULE, "rules/b.yaml": RULE, "rules/c.yaml": RULE.replace("same", "other")})
    loaded = load_rules(folder, "rules")
    assert [rule.id for rule in loaded.compiled.rules] == ["b.same", "other", "go.a.same"]
    assert {rule.id for rule in load_rules(folder, "rules", "p").compiled.rules} == {"p/b.same", "p/other", "p/go.a.same"}


def test_equal_ids_in_one_file_are_not():
    folder = Folder({"rules/a.yaml": RULE + RULE.removeprefix("rules:\n")})
    assert [rule.id for rule in load_rules(folder, "rules").compiled.rules] == ["same", "same"]


def test_test_files_beside_rule_files_are_no_rule_files():
    tests = {"rules/a.test.yaml": "kind: Pod\n", "rules/a.fixed.test.yaml": "---\n---\n", "rules/a.fixed.yaml": "a: b\n"}
    loaded = load_rules(Folder({"rules/a.yaml": RULE, **tests}), "rules")
    assert (told(loaded), loaded.notices) == ([], ())


def test_what_is_called_a_test_and_tests_nothing_is_looked_at():
    loaded = load_rules(Folder({"rules/a.yaml": RULE, "rules/b.test.yaml": RULE.replace("same", "b")}), "rules")
    assert [rule.id for rule in loaded.compiled.rules] == ["same", "b"]


OURS = "rules:\n- id: a\n  type: ast_pattern\n  description: Words\n  languages: [py]\n"


def test_our_own_rules_have_the_same_operators_and_more_to_say_of_fixes():
    rule = one(
        load(
            OURS + "  patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a}}]\n"
            "  message: calls f with $X\n  fix: {replace: g($X), safe: true, imports: import g}\n"
            "  enforcement: warn\n  examples: {bad: [f(a)], good: [f(b)]}\n",
            "p",
        )
    )
    assert (rule.id, rule.info.kind, rule.languages, rule.severity) == ("p/a", "ast_pattern", ("python",), Severity.ERROR)
    options = rule.options
    assert (options.message, options.fix, options.safe_fix, options.imports) == (
        "calls f with $X",
        "g($X)",
        True,
        ("import g",),
    )
    assert [example.language for example in rule.examples] == ["python", "python"]
    assert "semgrep" not in rule.info.tags


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param(
            "  pattern: a\n  pattern-either: [{pattern: b}]\n", "r.yaml:7:3: error: 'pattern-either' and", id="two ways"
        ),
        pytest.param("", "r.yaml:2:3: error: nothing to look for", id="no way"),
        pytest.param("  patern: a\n", "r.yaml:6:3: error: unknown key", id="a misspelt key"),
        pytest.param("  pattern: a\n  author: b\n", "r.yaml:7:3: error: unknown key", id="a key of others"),
        pytest.param("  pattern-regex: (a\n", "r.yaml:2:3: error: ", id="no expression"),
        pytest.param("  pattern: a\n  fix: {replce: b}\n", "r.yaml:7:9: error: unknown key", id="a misspelt key of a fix"),
    ],
)
def test_our_own_rules_are_looked_at_closely(keys: str, message: str):
    said = told(load(OURS + keys))
    assert any(problem.startswith(message) for problem in said), said


def test_patterns_of_our_own_need_a_language():
    assert "missing key 'languages'" in told(load("rules:\n- {id: a, type: ast_pattern, pattern: f()}\n"))[0]


def test_ours_cannot_run_either_what_semgreps_cannot():
    loaded = load(OURS + "  patterns: [{pattern: f()}, {pattern-where-python: 'True'}]\n", "p")
    assert [gap.rule_id for gap in loaded.compiled.gaps] == ["p/a"]
    assert gaps(loaded)[0].startswith(f"r.yaml:6:{len('  patterns: [{pattern: f()}, {') + 1} p/a 'pattern-where-python'")
    assert os.path.basename(str(loaded.compiled.gaps[0].path)) == "r.yaml"
