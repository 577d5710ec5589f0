"""`explain`, `rules` and `init`: what people are told about rules and files."""

from __future__ import annotations

import os

import pytest
from cli_world import RULE, TRAP, Project, unprivileged

RULES = """\
rules:
  - id: raw-password
    type: code_analysis
    severity: critical
    description: Sensitive data must be encrypted
    why: They leak.
    help: Hash them.
    metadata: {cwe: CWE-256, tags: [data], references: ["https://example.org/a"], confidence: HIGH}
    triggers:
      - {pattern: password, requires: hash, context: assignment}
      - {pattern: secret_block, requires: hash}
    examples:
      bad: ["password = raw"]
      good: ["password = hash(raw)"]
    suppressible: false
  - id: later
    type: secret
  - id: web-only
    type: code_analysis
    pattern: "x1"
    languages: [javascript]
    paths: {include: [web/], exclude: [web/gen/]}
    enforcement: {staging: block}
"""

WITH_RULES = ("--isolated", "--rules", "rules.yaml")


@pytest.fixture
def explained(project: Project) -> Project:
    project.write("rules.yaml", RULES)
    project.write("app.py", "password = raw\n\nsecret_block = 1\n")
    return project


class TestExplainRule:
    def test_all_there_is_to_know(self, explained: Project):
        answer = explained.guard("explain", "raw-password", *WITH_RULES)
        assert (answer.code, answer.err) == (0, "")
        for text in (
            "raw-password: Sensitive data must be encrypted\n",
            "rule of type code_analysis, severity critical\n",
            "written at rules.yaml:2:5\n",
            "/password/ in the name of an assignment unless /hash/ is found in the same assignment; runs on RE2\n",
            "/secret_block/",
            "not suppressible: only a complete waiver excuses it\n",
            "  development: warn, by built in\n  staging: error, by built in\n  production: block, by built in\n",
            "why: They leak.\n",
            "what to do: Hash them.\n",
            "cwe: CWE-256\n",
            "tags: data\n",
            "confidence: high\n",
            "references: https://example.org/a\n",
            "reports:\n  password = raw\n",
            "leaves alone:\n  password = hash(raw)\n",
        ):
            assert text in answer.out

    def test_where_it_looks_and_who_decides(self, explained: Project):
        explained.write("ospec-guard.yaml", "rules:\n  web-only: {severity: info, level: {production: warn}}\n")
        out = explained.guard("explain", "web-only", "--rules", "rules.yaml").out
        assert "severity info\n" in out
        assert "languages: javascript\n" in out
        assert "only in: web/\n" in out
        assert "not in: web/gen/\n" in out
        assert "staging: block, by rule web-only at rules.yaml:18:5\n" in out
        assert "production: warn, by settings rules.web-only at ospec-guard.yaml:2:3\n" in out

    def test_one_that_is_off(self, explained: Project):
        explained.write("ospec-guard.yaml", "rules: {raw-*: off}\n")
        assert "off by the settings\n" in explained.guard("explain", "raw-password", "--rules", "rules.yaml").out

    def test_one_that_cannot_run(self, explained: Project):
        answer = explained.guard("explain", "later", *WITH_RULES)
        assert (answer.code, answer.out) == (0, "rule 'later' did not run: rules of type 'secret' cannot run in this version\n")

    def test_what_runs_on_the_slow_engine_says_so(self, explained: Project):
        explained.write("rules.yaml", RULE.replace("tr[a]p", "(?=t)trap"))
        assert "runs on RE2" not in explained.guard("explain", "caught", *WITH_RULES).out

    @pytest.mark.parametrize(
        ("name", "error", "hint"),
        [
            pytest.param("raw-pasword", "there is no rule or file 'raw-pasword'", "did you mean 'raw-password'?", id="near"),
            pytest.param(
                "gone.py",
                "there is no rule or file 'gone.py'",
                "'ospec-guard rules list' lists them; --rules FILE adds those of a file",
                id="file",
            ),
            pytest.param("app.py:x", "there is no rule or file 'app.py:x'", "", id="no line"),
            pytest.param("app.py:0", "lines are counted from 1", "", id="line 0"),
            pytest.param("./", "'./' is a folder", "name a file, or a file and a line: FILE:LINE", id="folder"),
        ],
    )
    def test_what_is_not_there(self, explained: Project, name: str, error: str, hint: str):
        answer = explained.guard("explain", name, *WITH_RULES)
        assert (answer.code, answer.out, answer.errors) == (2, "", [f"error: {error}"])
        assert hint in answer.err

    def test_an_ambiguous_name(self, explained: Project):
        answer = explained.guard("explain", "eval-call")
        assert answer.code == 2
        assert "hint: it could be javascript/eval-call or python/eval-call: write the full id" in answer.err

    def test_a_bare_name_is_enough_where_it_is_one_rules_alone(self, explained: Project):
        assert explained.guard("explain", "pickle-load").out.startswith("python/pickle-load: ")


class TestExplainFile:
    def test_which_rules_look_at_it_and_what_they_report(self, explained: Project):
        answer = explained.guard("explain", "app.py", *WITH_RULES)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith(
            "app.py: python, 33 bytes, parsed with its grammar\nraw-password (critical; development warn, "
        )
        assert (
            "  reports app.py:1:1: Sensitive data must be encrypted: nothing in this assignment matches 'hash'\n" in answer.out
        )
        assert "  reports app.py:3:1: " in answer.out
        assert "web-only" not in answer.out

    def test_a_line_of_it(self, explained: Project):
        assert "reports app.py:3:1" in explained.guard("explain", "app.py:3", *WITH_RULES).out
        assert "reports app.py:1:1" not in explained.guard("explain", "app.py:3", *WITH_RULES).out
        assert explained.guard("explain", "app.py:2", *WITH_RULES).out.endswith(
            "no rule reports anything on line 2; 1 rules look at this file\n"
        )

    @pytest.mark.parametrize(("name", "language"), [("app.zig", "zig"), ("app.pl", "perl"), ("app.ps1", "powershell")])
    def test_the_fall_back_where_there_is_no_grammar(self, explained: Project, name: str, language: str):
        explained.write(name, "const password = raw;\n")
        out = explained.guard("explain", name, *WITH_RULES).out
        assert f"{name}: {language}, 22 bytes, no grammar: contexts 'block' and 'assignment' fall back to the line\n" in out
        assert f"unless /hash/ is found in the same line (no grammar for {language}, so 'assignment' falls back to it)" in out
        assert f"reports {name}:1:7: " in out

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            pytest.param("a.min.js", "x", "left out: minified\n", id="minified"),
            pytest.param("a.png", b"\x89PNG\0", "left out: binary\n", id="binary"),
            pytest.param("gen/a.py", TRAP, "left out: excluded (by exclude: gen/)\n", id="excluded"),
            pytest.param("ignored.py", TRAP, "left out: excluded (by .ospecguardignore: ignored.py)\n", id="ignore file"),
            pytest.param("a.py", b"x\0", "gap/decode: the file cannot be read as text: holds NUL bytes\n", id="no text"),
        ],
    )
    def test_what_no_rule_looks_at(self, explained: Project, name: str, content: str | bytes, told: str):
        explained.write("ospec-guard.yaml", "exclude: [gen/]\n")
        explained.write(".ospecguardignore", "ignored.py\n")
        explained.write("rules.yaml", RULES)
        explained.write(name, content)
        answer = explained.guard("explain", name, "--rules", "rules.yaml")
        assert answer.code == 0
        assert answer.out.startswith(f"{name}: ")
        assert told in answer.out

    def test_prose_is_left_to_rules_that_ask_for_it(self, explained: Project):
        explained.write("README.md", "password = raw\n")
        assert explained.guard("explain", "README.md", *WITH_RULES).out.endswith("no rule looks at this file\n")

    def test_one_outside_of_the_root(self, explained: Project):
        assert explained.guard("explain", "/etc/passwd", *WITH_RULES).errors == [
            f"error: '/etc/passwd' lies outside of {explained.root}"
        ]

    def test_seen_from_a_folder(self, explained: Project):
        explained.write("ospec-guard.yaml", "")
        os.mkdir(explained.path("deep"))
        out = explained.guard("explain", "../app.py", "--rules", "../rules.yaml", cwd="deep").out
        assert out.startswith("app.py: python, ")

    def test_names_do_not_reach_the_terminal_raw(self, explained: Project):
        explained.write("\x1b[31m.py", "password = raw\n")
        out = explained.guard("explain", "\x1b[31m.py", *WITH_RULES).out
        assert out.startswith("\\x1b[31m.py: python")
        assert "\x1b" not in out


class TestRules:
    def test_list(self, explained: Project):
        answer = explained.guard("rules", "list", *WITH_RULES)
        assert (answer.code, answer.err) == (0, "")
        assert [" ".join(line.split()) for line in answer.out.splitlines()] == [
            "RULE SEVERITY DEVELOPMENT STAGING PRODUCTION DESCRIPTION",
            "raw-password critical warn error block Sensitive data must be encrypted",
            "web-only error warn block block web-only",
            "later cannot run cannot run cannot run rule 'later' did not run: rules of type 'secret' cannot run in this version",
        ]

    def test_list_shows_what_is_off(self, explained: Project):
        explained.write("ospec-guard.yaml", "rules: {web-only: off}\n")
        lines = explained.guard("rules", "list", "--rules", "rules.yaml").out.splitlines()
        assert next(line for line in lines if line.startswith("web-only")).split()[2:5] == ["off"] * 3

    def test_list_without_settings_has_the_packs(self, project: Project):
        out = project.guard("rules", "list").out
        assert "python/eval-call " in out
        assert "secrets/private-key " in out

    def test_show(self, explained: Project):
        answer = explained.guard("rules", "show", "raw-password", "web-only", *WITH_RULES)
        assert answer.out == "".join(explained.guard("explain", name, *WITH_RULES).out for name in ("raw-password", "web-only"))

    @pytest.mark.parametrize(
        ("argv", "error"),
        [
            pytest.param(("show",), "'rules show' needs the id of a rule", id="nothing"),
            pytest.param(("show", "nobody"), "there is no rule 'nobody'", id="unknown"),
            pytest.param(("test", "none.yaml"), "no rule file or folder 'none.yaml'", id="no file"),
        ],
    )
    def test_what_is_missing(self, explained: Project, argv: tuple[str, ...], error: str):
        answer = explained.guard("rules", *argv, *(() if "test" in argv else WITH_RULES))
        assert (answer.code, answer.errors) == (2, [f"error: {error}"])

    def test_test_passes(self, project: Project):
        project.write("r.yaml", RULE + "    examples: {bad: ['trap(x)'], good: ['tarp(x)']}\n")
        answer = project.guard("rules", "test", "r.yaml")
        assert (answer.code, answer.out) == (0, "rules: 1, examples: 2, passed: 2, failed: 0\n")

    def test_test_fails(self, project: Project):
        project.write(
            "r.yaml", RULE + "    examples: {bad: ['tarp(x)'], good: ['trap(x)', {code: 'trap', language: markdown}]}\n"
        )
        answer = project.guard("rules", "test", "r.yaml")
        assert answer.code == 1
        assert "r.yaml:2:5: caught: an example must match and does not\n    tarp(x)\n" in answer.out
        assert "r.yaml:2:5: caught: an example must not match and does\n    trap(x)\n" in answer.out
        assert answer.out.endswith("rules: 1, examples: 3, passed: 1, failed: 2\n")

    def test_test_names_rules_that_nobody_tested(self, project: Project):
        project.write("r.yaml", RULE + "    examples: {bad: ['trap(x)']}\n")
        answer = project.guard("rules", "test", "r.yaml")
        assert (answer.code, answer.out.splitlines()[-1]) == (
            0,
            "untested (neither both kinds of example nor a line to report): caught",
        )

    def test_test_never_passes_rules_that_cannot_run(self, explained: Project):
        answer = explained.guard("rules", "test", "rules.yaml")
        assert answer.code == 2
        assert "rules.yaml:16:5: rule 'later' did not run" in answer.out

    def test_test_of_a_malformed_file(self, project: Project):
        project.write("r.yaml", "rules: 1\n")
        assert project.guard("rules", "test", "r.yaml").code == 2


class TestInit:
    def test_writes_settings_that_hold(self, trapped: Project):
        answer = trapped.guard("init")
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith("wrote ospec-guard.yaml\n")
        assert "ospec-guard check " in answer.out
        assert trapped.codes("--rules", "r.yaml") == [0, 1, 1]
        assert trapped.check("--rules", "r.yaml").notices == []

    @pytest.mark.parametrize(("name", "text"), [("ospec-guard.yaml", ""), ("pyproject.toml", "[tool.ospec-guard]\n")])
    def test_leaves_existing_ones_alone(self, project: Project, name: str, text: str):
        project.write(name, text)
        answer = project.guard("init")
        assert (answer.code, answer.errors) == (2, [f"error: there are settings already: {name}"])
        assert (project.files(), project.read(name)) == ([name], text)

    def test_at_the_root_of_a_repository(self, project: Project):
        os.makedirs(project.path(".git"))
        os.makedirs(project.path("deep/er"))
        assert project.guard("init", cwd="deep/er").out.startswith("wrote ../../ospec-guard.yaml\n")
        assert project.files() == ["ospec-guard.yaml"]

    def test_where_nothing_can_be_written(self, shared: Project):
        with unprivileged():
            answer = shared.guard("init")
        assert (answer.code, answer.errors) == (2, ["error: 'ospec-guard.yaml' cannot be written: Permission denied"])
