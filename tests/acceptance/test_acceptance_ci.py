"""The templates for CI: their shell steps run here under the real bash, as the runners run them."""

from __future__ import annotations

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from acceptance_world import EVAL, SETTINGS, TOOL, Project

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).parents[2]
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
"""What GitHub's runners call for `shell: bash`."""

HOSTILE = [
    "$(touch owned)`touch owned`",
    "main; touch owned && touch owned > owned | touch owned\ntouch owned",
    "'; touch owned; '\"; touch owned; \"",
    "--output=owned",
]


def read_yaml(path: str) -> dict[str, Any]:
    return yaml.safe_load((CHECKOUT / path).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def bash(script: str, cwd: str, environ: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """A script as a runner runs it: from a file, with the step's own variables."""
    path = os.path.join(os.path.dirname(cwd), "step.sh")
    with open(path, "w", encoding="utf-8") as file:
        file.write(script)
    return subprocess.run((*BASH, path), cwd=cwd, env={**os.environ, **environ}, capture_output=True, check=False)


@pytest.fixture
def forked(make) -> Project:
    project = make({"old.py": "eval(x)\n", "sub dir/b.py": "x = 1\n", SETTINGS: "{}\n"})
    project.branch("feature")
    project.commit("feature", {"new.py": "eval(y)\n"})
    return project


class TestAction:
    ACTION = read_yaml("action.yml")
    INSTALL, CHECK = (step for step in ACTION["runs"]["steps"] if "run" in step)

    @pytest.fixture
    def runner(self, tmp_path) -> str:
        """RUNNER_TEMP with a virtual environment that leads to the present program."""
        folder = tmp_path / "temp" / "ospec-guard" / "bin"
        folder.mkdir(parents=True)
        (folder / "ospec-guard").symlink_to(TOOL)
        return str(tmp_path / "temp")

    def check(self, project: Project, runner: str, **inputs: str) -> subprocess.CompletedProcess[bytes]:
        """The last step, with the inputs that were given and the defaults of the others."""
        given = {name: str(said.get("default", "")) for name, said in self.ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        environ = {name: given[source.split("inputs.")[1].split(" ")[0]] for name, source in self.CHECK["env"].items()}
        return bash(self.CHECK["run"], project.root, {**environ, "RUNNER_TEMP": runner})

    def test_it_is_a_composite_action_whose_inputs_are_all_used(self):
        assert self.ACTION["runs"]["using"] == "composite"
        text = (CHECKOUT / "action.yml").read_text(encoding="utf-8")
        for name, said in self.ACTION["inputs"].items():
            assert said["description"]
            assert f"inputs.{name} " in text
        assert all(step.get("shell") == "bash" for step in self.ACTION["runs"]["steps"] if "run" in step)

    def test_no_expression_is_part_of_a_script(self):
        assert [step["run"] for step in self.ACTION["runs"]["steps"] if "${{" in step.get("run", "")] == []

    def test_other_actions_have_a_version(self):
        assert all("@" in step["uses"] for step in self.ACTION["runs"]["steps"] if "uses" in step)

    def test_a_violation_fails_the_step_with_annotations_and_a_log(self, forked, runner):
        done = self.check(forked, runner)
        assert done.returncode == 1, done.stderr
        assert b"::error " in done.stdout
        (run,) = json.loads(Path(forked.path("ospec-guard.sarif")).read_bytes())["runs"]
        assert [r["ruleId"] for r in run["results"]] == [EVAL, EVAL]
        assert run["automationDetails"]["id"] == "ospec-guard/production/"

    @pytest.mark.parametrize(("environment", "code"), [("development", 0), ("staging", 1), ("production", 1), ("nowhere", 2)])
    def test_the_environment_decides(self, forked, runner, environment, code):
        assert self.check(forked, runner, environment=environment).returncode == code

    @pytest.mark.parametrize(
        ("paths", "checked"),
        [
            ("", {"new.py", "old.py", "sub dir/b.py", SETTINGS}),
            ("new.py", {"new.py"}),
            ("new.py old.py", {"new.py", "old.py"}),
            ("  new.py   old.py ", {"new.py", "old.py"}),
            ("new.py\nold.py\n", {"new.py", "old.py"}),
        ],
        ids=["none", "one", "two", "spaces", "lines"],
    )
    def test_paths(self, forked, runner, paths, checked):
        done = self.check(forked, runner, paths=paths)
        assert done.returncode == 1, done.stderr
        (run,) = json.loads(Path(forked.path("ospec-guard.sarif")).read_bytes())["runs"]
        assert {a["location"]["uri"].replace("%20", " ") for a in run["artifacts"]} - {"ospec-guard.sarif"} == checked

    def test_what_is_new_by_the_policy_of_the_base(self, forked, runner):
        forked.commit("loosen", {SETTINGS: "rules: {'*': off}\n"})
        done = self.check(forked, runner, diff="main", policy_from="main")
        assert done.returncode == 1
        (run,) = json.loads(Path(forked.path("ospec-guard.sarif")).read_bytes())["runs"]
        assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]] == ["new.py"]

    def test_missing_history_fails_the_step(self, forked, runner):
        forked.git("remote", "add", "origin", "https://example.org/nowhere.git")
        done = self.check(forked, runner, diff="origin/main")
        assert done.returncode == 2
        assert b"git fetch" in done.stderr

    @pytest.mark.parametrize("name", ["environment", "paths", "policy_from", "diff", "sarif"])
    def test_hostile_inputs_are_only_text(self, forked, runner, name):
        for text in HOSTILE:
            done = self.check(forked, runner, **{name: text})
            assert done.returncode in ((0, 1, 2) if name == "sarif" else (2,)), (text, done.stdout)
            assert not os.path.exists(forked.path("owned"))

    @pytest.mark.parametrize("branch", ["$(touch${IFS}owned)", "`touch${IFS}owned`;touch", "a&&b|c'd\"e", "--x"])
    def test_branches_may_have_such_names(self, forked, runner, branch):
        forked.git("update-ref", f"refs/heads/{branch}", "main")
        done = self.check(forked, runner, diff=branch)
        assert done.returncode == (2 if branch.startswith("-") else 1), done.stderr
        assert not os.path.exists(forked.path("owned"))

    @pytest.mark.parametrize(
        ("version", "wanted"),
        [("", "/the/action path"), ("==0.1.0", "ospec-guard==0.1.0"), (">=0.1,<2", "ospec-guard>=0.1,<2")],
    )
    def test_what_is_installed(self, forked, tmp_path, version, wanted):
        python = tmp_path / "bin" / "python"
        python.parent.mkdir()
        said = tmp_path / "said"
        python.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{said}"\n'
            f'if [ "$2" = venv ]; then mkdir -p "$3/bin"; ln -s "{python}" "$3/bin/python"; fi\n'
        )
        python.chmod(0o755)
        environ = {
            "VERSION": version,
            "ACTION_PATH": "/the/action path",
            "RUNNER_TEMP": str(tmp_path / "with space"),
            "PATH": f"{python.parent}:{os.environ['PATH']}",
        }
        done = bash(self.INSTALL["run"], forked.root, environ)
        assert done.returncode == 0, done.stderr
        assert said.read_text().splitlines() == [
            "-m",
            "venv",
            f"{tmp_path}/with space/ospec-guard",
            "-m",
            "pip",
            "install",
            "--quiet",
            wanted,
        ]


class TestGitLab:
    JOB = read_yaml("ci/gitlab.yml")["ospec-guard"]

    def run(self, project: Project, **variables: str) -> subprocess.CompletedProcess[bytes]:
        environ = {**self.JOB["variables"], **variables, "PATH": f"{os.path.dirname(TOOL)}:{os.environ['PATH']}"}
        return bash("\n".join(self.JOB["script"]), project.root, environ)

    def test_it_is_one_job_with_whole_history(self):
        assert list(read_yaml("ci/gitlab.yml")) == ["ospec-guard"]
        assert self.JOB["variables"]["GIT_DEPTH"] == "0"
        assert self.JOB["artifacts"]["when"] == "always"
        assert all(isinstance(value, str) for value in self.JOB["variables"].values())

    def test_it_writes_the_reports_it_promises(self, forked):
        done = self.run(forked)
        assert done.returncode == 1
        assert b"blocked by python/eval-call" in done.stdout
        reports = self.JOB["artifacts"]["reports"]
        quality = json.loads(Path(forked.path(reports["codequality"])).read_bytes())
        assert [(q["check_name"], q["location"]["path"]) for q in quality] == [(EVAL, "new.py"), (EVAL, "old.py")]
        suites = ET.parse(forked.path(reports["junit"])).getroot()  # noqa: S314 - our own report
        assert len(suites.findall(".//failure")) == 3  # two findings and the environment
        (log,) = self.JOB["artifacts"]["paths"]
        assert len(json.loads(Path(forked.path(log)).read_bytes())["runs"][0]["results"]) == 2

    @pytest.mark.parametrize(("environment", "code"), [("development", 0), ("staging", 1)])
    def test_the_environment_is_a_variable(self, forked, environment, code):
        assert self.run(forked, OSPEC_ENV=environment).returncode == code

    def test_reports_are_written_when_all_is_well(self, make):
        project = make({"a.py": "x = 1\n"})
        assert self.run(project).returncode == 0
        assert json.loads(Path(project.path(self.JOB["artifacts"]["reports"]["codequality"])).read_bytes()) == []

    def test_the_reports_of_the_run_before_are_no_matter(self, forked):
        self.run(forked)
        done = self.run(forked)
        assert done.returncode == 1
        assert b"Files: " in done.stdout

    def test_shell_steps_are_valid(self):
        for step in (*self.JOB["before_script"], *self.JOB["script"]):
            assert subprocess.run(("bash", "-n", "-c", step), capture_output=True, check=False).returncode == 0
