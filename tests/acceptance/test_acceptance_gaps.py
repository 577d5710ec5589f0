"""What could not be looked at: named in every format, never clean, never for ever (cases E1, E2, E3 and E10)."""

from __future__ import annotations

import json
import os
import re

import pytest
from acceptance_world import EVAL, SETTINGS, waivers

RULES = """\
rules:
  - id: eval-without-check
    type: code_analysis
    languages: [python]
    pattern: 'eval\\('
    requires: checked
    message: eval without a check
"""
BROKEN = "def f(:\n    return eval(x\n\n\ndef g():\n    return 1\n"
FORMATS = ("text", "sarif", "json", "github", "gitlab", "junit", "vim")


class TestE01BrokenSyntaxBesideACleanFile:
    @pytest.fixture
    def broken(self, plain):
        return plain({"broken.py": BROKEN, "clean.py": "x = 1\n"})

    @pytest.mark.parametrize("format_", FORMATS)
    def test_e01_every_format_names_it(self, broken, format_):
        done = broken.guard("check", "--env", "production", "--format", format_)
        assert done.code == 2
        assert "gap/parse" in done.text
        assert "broken.py" in done.text

    @pytest.mark.parametrize(("env", "code"), [("development", 0), ("staging", 2), ("production", 2)])
    def test_e01_exit_codes(self, broken, env, code):
        done = broken.check(env=env)
        assert done.code == code
        assert done.gaps() == ["gap/parse broken.py"]
        assert done.outcomes() == {"development": "passed", "staging": "incomplete", "production": "incomplete"}

    def test_e01_the_summary_counts_it(self, broken):
        assert "Files: 2 checked, 0 left out, 1 with a gap" in broken.guard("check", "--env", "staging").text

    def test_e01_sarif_says_that_the_run_was_not_carried_out(self, broken):
        (run,) = json.loads(broken.guard("check", "--env", "production", "--format", "sarif").out)["runs"]
        (invocation,) = run["invocations"]
        assert not invocation["executionSuccessful"]
        (said,) = invocation["toolExecutionNotifications"]
        assert said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.py"
        assert said["level"] == "error"

    def test_e01_a_region_in_which_no_rule_could_match_costs_nobody_a_release(self, plain):
        project = plain({"broken.py": "def f(:\n    return x\n", "clean.py": "x = 1\n"})
        assert project.check(env="production").code == 0

    def test_e01_a_finding_beside_a_gap_still_shows_and_the_gap_decides(self, plain):
        project = plain({"broken.py": BROKEN, "bad.py": "eval(x)\n"})
        done = project.check()
        assert done.code == 2
        assert done.failing() == [f"{EVAL} bad.py:1"]

    def test_e01_a_waiver_excuses_the_gap(self, plain):
        project = plain({"broken.py": BROKEN, SETTINGS: waivers({"rule": "gap/parse", "path": "broken.py"})})
        assert project.check(env="production").code == 0

    def test_e01_a_waiver_without_an_approver_does_not_under_block(self, plain):
        project = plain({"broken.py": BROKEN, SETTINGS: waivers({"rule": "gap/parse", "approved_by": None})})
        assert project.check(env="staging").code == 0
        assert project.check(env="production").code == 2


class TestE02FilesOfEverySort:
    @pytest.fixture
    def strange(self, make):
        project = make(
            {
                "large.py": f"filler = '{'x' * 989}'\n" * 1100 + "eval(x)\n",
                "huge.py": f"filler = '{'x' * 989}'\n" * 5100 + "eval(x)\n",
                "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                "app.min.js": "eval(x);" * 2000,
                "latin.py": "name = 'caf\xe9'\neval(x)\n".encode("latin-1"),
                "garbage.py": b"x = '\xff\xfe\x00\x81'\n\x00eval(x)\n",
                "crlf.py": "x = 1\r\neval(x)\r\n",
                "bom.py": b"\xef\xbb\xbfeval(x)\n",
                "utf16.py": "\ufeffeval(x)\n".encode("utf-16-le"),
                "data_pb2.py": "eval(x)\n",
                "vendor/lib/a.py": "eval(x)\n",
                ".gitignore": "ignored.py\n",
            }
        )
        project.write({"ignored.py": "eval(x)\n", "new.py": "eval(x)\n"})
        os.symlink("loop_b", project.path("loop_a"))
        os.symlink("loop_a", project.path("loop_b"))
        os.symlink("crlf.py", project.path("link.py"))
        os.symlink("..", project.path("up"))
        os.mkfifo(project.path("pipe.py"))
        return project

    @pytest.mark.parametrize("git_or_not", [(), ("--no-git-ignore",)], ids=["as git lists", "without git"])
    def test_e02_each_is_accounted_for(self, strange, git_or_not):
        done = strange.check(*git_or_not)
        files = done.files()
        assert {path: files.get(path) for path in EXPECTED} == EXPECTED
        assert files["ignored.py"] == ("ignored" if not git_or_not else "checked")
        wanted = {"large.py:1101", "latin.py:2", "crlf.py:2", "bom.py:1", "utf16.py:1", "new.py:1"}
        wanted |= {"ignored.py:1"} if git_or_not else set()
        assert {found.split(" ", 1)[1] for found in done.found()} == wanted
        assert done.gaps() == ["gap/decode garbage.py", "gap/size huge.py"]
        assert done.code == 2

    def test_e02_the_text_report_lists_the_gaps(self, strange):
        text = strange.guard("check", "--env", "staging").text
        for said in ("huge.py", "gap/size", "garbage.py", "gap/decode"):
            assert said in text

    def test_e02_what_cannot_be_read_is_a_gap(self, make):
        project = make({"a.py": "x = 1\n", "folder/b.py": "eval(x)\n"})
        # A folder in the place of a tracked file: nobody, root neither, can read it as one.
        project.remove("a.py")
        os.mkdir(project.path("a.py"))
        done = project.check("a.py", "folder")
        assert done.found() == [f"{EVAL} folder/b.py:1"]


EXPECTED = {
    "large.py": "checked",
    "huge.py": "gap/size",
    "picture.png": "binary",
    "app.min.js": "minified",
    "latin.py": "checked",
    "garbage.py": "gap/decode",
    "crlf.py": "checked",
    "bom.py": "checked",
    "utf16.py": "checked",
    "data_pb2.py": "generated",
    "vendor/": "vendored",
    "new.py": "checked",
    "loop_a": "link",
    "loop_b": "link",
    "link.py": "link",
    "up": "link",
    "pipe.py": "special",
}


class TestE03ForeignFilesAmongRules:
    FOREIGN = {
        "rules/ci.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n",
        "rules/fixture.yaml": "- name: some data\n  value: 3\n",
        "rules/eval.yaml": RULES,
        "a.py": "eval(x)\n",
    }

    def test_e03_what_is_no_rule_file_is_noted_and_the_others_load(self, plain):
        done = plain(self.FOREIGN).check("--isolated", "--rules", "rules", "a.py")
        assert done.code == 1
        assert done.failing() == ["eval-without-check a.py:1"]
        assert [n["place"]["path"] for n in done.report["notices"]] == ["rules/ci.yml", "rules/fixture.yaml"]
        assert {n["id"] for n in done.report["notices"]} == {"notice/not-a-rule-file"}

    def test_e03_a_malformed_rule_is_an_error_before_anything_runs(self, plain):
        project = plain(
            {**self.FOREIGN, "rules/typo.yaml": RULES.replace("pattern:", "patern:").replace("eval-without", "other")}
        )
        done = project.guard("check", "--rules", "rules", "--env", "development")
        assert (done.code, done.out) == (2, b"")
        assert re.search(r"^rules/typo.yaml:5:5: error: unknown key .patern.$", done.err, re.MULTILINE)
        assert "did you mean 'pattern'?" in done.err

    def test_e03_all_that_is_wrong_is_told_at_once(self, plain):
        wrong = "rules:\n  - {id: a, type: code_analysis, pattern: 'x('}\n  - {id: b, type: code_analysi, pattern: x}\n  - {id: c, type: code_analysis}\n"
        done = plain({"a.py": "x = 1\n", "one.yaml": wrong, "two.yaml": RULES.replace("python", "pythn")}).guard(
            "check", "--rules", "one.yaml", "--rules", "two.yaml"
        )
        assert done.code == 2
        for place in ("one.yaml:2", "one.yaml:3", "one.yaml:4", "two.yaml:4"):
            assert place in done.err

    def test_e03_a_file_that_was_named_must_be_a_rule_file(self, plain):
        done = plain(self.FOREIGN).guard("check", "--rules", "rules/ci.yml")
        assert done.code == 2
        assert "rules/ci.yml:1:1: error: not a rule file" in done.err

    def test_e03_a_rule_that_cannot_run_here_is_a_gap_and_the_others_run(self, plain):
        semgrep = "rules:\n  - id: sem\n    languages: [python]\n    pattern: eval($X)\n    message: no\n    severity: ERROR\n"
        project = plain({**self.FOREIGN, "rules/taint.yaml": semgrep.replace("pattern: eval($X)", "mode: no-such-mode")})
        done = project.check("--isolated", "--rules", "rules", "a.py")
        assert done.code == 2
        assert done.gaps() == ["gap/rule-unsupported rules/taint.yaml"]
        assert done.failing() == ["eval-without-check a.py:1"]


class TestE10RulesThatWouldHang:
    ATTACK = "text = '" + "a" * 40 + "!'\n"

    @pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    def test_e10_linear_time_makes_the_attack_harmless(self, plain, pattern):
        rule = f"rules:\n  - {{id: slow, type: code_analysis, languages: [python], pattern: '{pattern}', message: m}}\n"
        done = plain({"a.py": self.ATTACK * 50, "slow.yaml": rule}).check("--isolated", "--rules", "slow.yaml", "a.py")
        assert done.code == 0
        assert done.report["findings"] == done.report["gaps"] == []

    def test_e10_what_needs_backtracking_is_stopped_and_named(self, plain):
        rules = (
            "rules:\n"
            "  - {id: slow, type: code_analysis, languages: [python], pattern: '(?=a)(?:a|aa)+$', message: m}\n"
            "  - {id: quick, type: code_analysis, languages: [python], pattern: 'text =', message: m}\n"
        )
        project = plain({"a.py": self.ATTACK, "slow.yaml": rules, "other.py": "text = 1\n"})
        done = project.check("--isolated", "--rules", "slow.yaml", "a.py", "other.py")
        assert done.code == 2
        assert done.found() == ["quick a.py:1", "quick other.py:1"]
        (gap,) = done.report["gaps"]
        assert (gap["id"], gap["path"], gap["rule_id"]) == ("gap/timeout", "a.py", "slow")
        assert "'slow'" in gap["message"]
