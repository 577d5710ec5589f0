"""A pull request cannot loosen its own policy: `--policy-from` judges by another commit, and tells what changed (case E9)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from acceptance_world import BASELINE, EVAL, NEXT_YEAR, SETTINGS, Project, guard, waivers

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """\
plugin_type: "guardrails"
name: "house"
version: "1.0.0"
rules:
  - id: "raw"
    description: "raw() is called"
    type: "code_analysis"
    languages: ["python"]
    pattern: "raw[(]"
    severity: "error"
configuration:
  environments:
    staging:
      enforcement_level: "block"
"""
ENABLED = 'plugins:\n  local_paths: ["./plugins"]\n  enabled: ["./plugins/house"]\n'
BASE = {
    SETTINGS: ENABLED + "exclude: [docs/]\n",
    "plugins/house/plugin.yaml": PLUGIN,
    "old.py": "def old(a):\n    return eval(a)\n",
    "strict.yaml": "rules:\n  - {id: todo, type: code_analysis, languages: [python], pattern: 'TODO', message: left to do, severity: error}\n",
}
BAD = {"bad.py": "eval(x)\nraw(x)\n"}
WANTED = [f"{EVAL} bad.py:1", "house/raw bad.py:2"]


@pytest.fixture(scope="module")
def _pull_request(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("pull_request"), BASE)
    project.baseline()
    project.commit("baseline")
    project.branch("feature")
    project.commit("violations", BAD)
    done = project.check("--policy-from", "main")
    assert (done.code, done.failing(), done.report["policy_changes"]) == (1, WANTED, [])
    return project


@pytest.fixture
def pull_request(_pull_request: Project, tmp_path: Path) -> Project:
    """A branch with new violations, from a main that records the old one in its baseline."""
    return _pull_request.copy(tmp_path / "pull_request")


ALL_WAIVED = json.loads(waivers({"rule": "*"}).removeprefix("waivers: "))
LOOSENED = {
    "settings: a rule off": (
        {SETTINGS: BASE[SETTINGS] + f"rules: {{'{EVAL}': off}}\n"},
        [f"rule {EVAL} is turned off or removed"],
    ),
    "settings: all rules off": ({SETTINGS: BASE[SETTINGS] + "rules: {'*': off}\n"}, [f"rule {EVAL} is turned off or removed"]),
    "settings: a severity lowered": (
        {SETTINGS: BASE[SETTINGS] + "rules: {'*': {severity: info}}\n"},
        [f"rule {EVAL}: severity lowered from error to info"],
    ),
    "settings: a level lowered": (
        {SETTINGS: BASE[SETTINGS] + "rules: {'*': {level: warn}}\n"},
        ["level in staging lowered from error to warn"],
    ),
    "settings: an environment lowered": (
        {SETTINGS: BASE[SETTINGS] + "environments: {staging: warn, production: warn}\n"},
        ["environment staging: level lowered from error to warn", "environment production: level lowered from block to warn"],
    ),
    "settings: fail_on raised": (
        {SETTINGS: BASE[SETTINGS] + "environments: {staging: {fail_on: critical}}\n"},
        ["fail_on in staging raised from error to critical"],
    ),
    "settings: the default environment": (
        {SETTINGS: BASE[SETTINGS] + "default_environment: production\n"},
        ["default environment changed from development to production"],
    ),
    "settings: more excluded": ({SETTINGS: BASE[SETTINGS].replace("docs/", "'*'")}, ["*"]),
    "settings: fewer included": ({SETTINGS: BASE[SETTINGS] + "include: [src/]\n"}, ["src/"]),
    "settings: a waiver": (
        {SETTINGS: BASE[SETTINGS] + f"waivers: {json.dumps(ALL_WAIVED)}\n"},
        [f"waiver for * added, until {NEXT_YEAR}"],
    ),
    "settings: a tiny size limit": ({SETTINGS: BASE[SETTINGS] + "limits: {file_size: 1}\n"}, ["1"]),
    "settings: a plugin disabled": ({SETTINGS: "{}\n"}, ["plugin ./plugins/house is disabled or removed"]),
    "settings: removed": ({SETTINGS: None}, ["plugin ./plugins/house is disabled or removed"]),
    "settings: in the other file": (
        {SETTINGS: None, "pyproject.toml": "[tool.ospec-guard]\nrules = {'*' = 'off'}\n"},
        ["plugin ./plugins/house is disabled or removed"],
    ),
    "settings: unusable": ({SETTINGS: "plugins: [\n"}, ["the working tree's policy is not usable"]),
    "ignore file": ({".ospecguardignore": "*\n"}, ["*"]),
    "plugin: a rule weakened": (
        {"plugins/house/plugin.yaml": PLUGIN.replace("raw[(]", "rawest[(]")},
        ["rule house/raw is defined differently"],
    ),
    "plugin: a rule removed": (
        {"plugins/house/plugin.yaml": PLUGIN.replace('"raw"', '"other"')},
        ["rule house/raw is turned off or removed"],
    ),
    "plugin: a level lowered": (
        {"plugins/house/plugin.yaml": PLUGIN.replace("block", "warn")},
        ["level in staging lowered from block to warn for house/raw"],
    ),
    "plugin: another source": (
        {SETTINGS: BASE[SETTINGS].replace("./plugins", "./theirs", 1), "theirs/house/plugin.yaml": PLUGIN},
        ["plugins are looked for in ./theirs instead of ./plugins"],
    ),
    "plugin: another plugin": (
        {
            SETTINGS: BASE[SETTINGS].replace("./plugins/house", "./theirs/house"),
            "theirs/house/plugin.yaml": PLUGIN.replace("raw[(]", "x[(]"),
        },
        ["plugin ./plugins/house is disabled or removed"],
    ),
}


class TestE09APullRequest:
    @pytest.mark.parametrize("change", LOOSENED)
    def test_e09_cannot_loosen_its_policy_and_it_shows(self, pull_request, change):
        files, said = LOOSENED[change]
        pull_request.write({path: text for path, text in files.items() if text is not None})
        pull_request.remove(*(path for path, text in files.items() if text is None))
        pull_request.commit("loosen")
        done = pull_request.check("--policy-from", "main")
        assert done.code == 1
        assert [f for f in done.failing() if "bad.py" in f] == WANTED
        told = "\n".join(done.report["policy_changes"])
        for expected in said:
            assert expected in told

    def test_e09_without_the_option_it_could(self, pull_request):
        pull_request.write({SETTINGS: "rules: {'*': off}\n", BASELINE: ""})
        assert pull_request.check().failing() == []

    def test_e09_nor_without_a_commit(self, pull_request):
        pull_request.write({SETTINGS: BASE[SETTINGS] + "rules: {'*': off}\n"})
        done = pull_request.check("--policy-from", "main")
        assert done.failing() == WANTED
        assert f"rule {EVAL} is turned off or removed" in done.report["policy_changes"]

    def test_e09_a_baseline_entry(self, pull_request):
        pull_request.baseline("--add")
        pull_request.commit("recorded")
        assert pull_request.check().failing() == ["house/raw bad.py:2"]
        done = pull_request.check("--policy-from", "main")
        assert done.failing() == WANTED
        assert any(EVAL in line and "baseline" in line for line in done.report["policy_changes"])

    def test_e09_a_removed_baseline_only_makes_it_stricter(self, pull_request):
        pull_request.remove(BASELINE)
        done = pull_request.check("--policy-from", "main")
        assert done.failing() == WANTED
        assert done.report["policy_changes"] == []

    @pytest.mark.parametrize("argument", ["strict.yaml", "./strict.yaml"])
    def test_e09_rules_of_the_command_line_come_from_the_commit_too(self, pull_request, argument):
        pull_request.commit("weaken", {"strict.yaml": "rules: []\n", "todo.py": "x = 1  # TODO\n"})
        done = pull_request.check("--policy-from", "main", "--rules", argument)
        assert "todo todo.py:1" in done.failing()
        assert "rule todo is turned off or removed" in done.report["policy_changes"]

    def test_e09_a_link_in_the_place_of_the_settings(self, pull_request):
        pull_request.write({"loose.yaml": "rules: {'*': off}\n"})
        pull_request.remove(SETTINGS)
        os.symlink("loose.yaml", pull_request.path(SETTINGS))
        assert pull_request.check("--policy-from", "main").failing() == WANTED

    def test_e09_the_settings_of_another_name(self, pull_request):
        pull_request.commit("named", {"ci.yaml": BASE[SETTINGS]})
        base = pull_request.git("rev-parse", "HEAD")
        pull_request.commit("loosen", {"ci.yaml": "rules: {'*': off}\n"})
        assert pull_request.check("--policy-from", base, "--config", "ci.yaml").failing() == WANTED

    def test_e09_a_suppression_in_a_comment_still_needs_its_level(self, pull_request):
        pull_request.write(
            {"bad.py": f"eval(x)  # ospec-guard: ignore[{EVAL}] ours\nraw(x)  # ospec-guard: ignore[house/raw] ours\n"}
        )
        done = pull_request.check("--policy-from", "main")
        assert done.failing() == ["house/raw bad.py:2"]

    def test_e09_what_tightens_is_not_listed_and_not_yet_obeyed(self, pull_request):
        pull_request.write({SETTINGS: BASE[SETTINGS] + "environments: {staging: block, development: error}\n"})
        done = pull_request.check("--policy-from", "main")
        assert done.report["policy_changes"] == []
        assert done.outcomes()["development"] == "passed"

    def test_e09_of_a_commit_without_settings(self, project):
        first = project.commit("nothing", {"bad.py": "eval(x)\n"})
        project.commit("loosen", {SETTINGS: "rules: {'*': off}\n", ".ospecguardignore": "*\n"})
        done = project.check("--policy-from", first)
        assert done.failing() == [f"{EVAL} bad.py:1"]
        assert f"rule {EVAL} is turned off or removed" in done.report["policy_changes"]

    @pytest.mark.parametrize("format_", ["text", "sarif", "github"])
    def test_e09_reports_tell_reviewers(self, pull_request, format_):
        pull_request.write({SETTINGS: BASE[SETTINGS] + f"rules: {{'{EVAL}': off}}\n"})
        assert "turned off or removed" in pull_request.guard("check", "--policy-from", "main", "--format", format_).text

    def test_e09_together_with_diff(self, pull_request):
        pull_request.commit("loosen", {SETTINGS: "rules: {'*': off}\n"})
        done = pull_request.check("--policy-from", "main", "--diff", "main")
        assert done.failing() == WANTED
        assert "old.py" not in done.files()

    @pytest.mark.parametrize(
        ("ref", "said"),
        [
            ("nowhere", "there is no such commit, branch or tag here"),
            ("--all", "there is no such commit"),
            ("", "--policy-from is empty"),
        ],
    )
    def test_e09_an_unknown_commit_is_an_error(self, pull_request, ref, said):
        done = pull_request.guard("check", f"--policy-from={ref}")
        assert (done.code, done.out) == (2, b"")
        assert said in done.err

    def test_e09_outside_of_git_is_an_error(self, tmp_path):
        done = guard(str(tmp_path), "check", "--policy-from", "main")
        assert (done.code, done.out) == (2, b"")
        assert "needs a git repository" in done.err


class TestE09Nested:
    """What lies in a folder below does not speak for the root."""

    VENDORED = {
        "lib/their/" + SETTINGS: "rules: {'*': off}\nexclude: ['*']\n",
        "lib/their/pyproject.toml": "[tool.ospec-guard]\nrules = {'*' = 'off'}\n",
        "lib/their/.ospecguardignore": "*\n",
        "lib/their/a.py": "eval(x)\n",
    }

    @pytest.mark.parametrize("arguments", [(), ("lib",), ("lib/their",), ("lib/their/a.py",), ("--rules", "more.yaml")])
    def test_e09_settings_of_a_vendored_project_do_nothing(self, make, arguments):
        project = make({**self.VENDORED, SETTINGS: "{}\n", "more.yaml": BASE["strict.yaml"]})
        assert project.check(*arguments).failing() == [f"{EVAL} lib/their/a.py:1"]

    def test_e09_nor_without_settings_at_the_root(self, make):
        assert make(self.VENDORED).check("lib/their").failing() == [f"{EVAL} lib/their/a.py:1"]

    def test_e09_a_baseline_there_does_nothing(self, make):
        project = make({"lib/a.py": "eval(x)\n"})
        project.baseline("--output", f"lib/{BASELINE}")
        assert project.check().failing() == [f"{EVAL} lib/a.py:1"]

    def test_e09_a_branch_that_adds_settings_where_ci_stands(self, make):
        project = make({SETTINGS: "environments: {staging: block}\n", "service/a.py": "x = 1\n"})
        project.branch("feature")
        project.commit("loosen", {f"service/{SETTINGS}": "rules: {'*': off}\n", "service/a.py": "eval(x)\n"})
        for arguments in ((), ("a.py",), (".",)):
            done = project.check("--policy-from", "main", *arguments, cwd="service")
            assert done.code == 1
            assert done.outcomes()["staging"] == "blocked"
            assert done.failing() == [f"{EVAL} service/a.py:1"]
            assert f"rule {EVAL} is turned off or removed" in done.report["policy_changes"]

    def test_e09_a_branch_that_removes_settings_where_ci_stands(self, make):
        project = make(
            {"a.py": "x = 1\n", "service/a.py": "x = 1\n", f"service/{SETTINGS}": "environments: {staging: block}\n"}
        )
        project.branch("feature")
        project.remove(f"service/{SETTINGS}")
        project.commit("loosen", {"service/a.py": "eval(x)\n"})
        done = project.check("--policy-from", "main", cwd="service")
        assert (done.code, done.failing()) == (1, [f"{EVAL} a.py:1"])
        assert done.outcomes()["staging"] == "blocked"
        assert "environment staging: level lowered from block to error" in done.report["policy_changes"]
