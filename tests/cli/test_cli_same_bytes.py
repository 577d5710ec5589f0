"""Same input, same bytes: whatever the number of workers, the order of files on disk, and whether rules were kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_world import ALONE, ENABLING, PLUGIN, RULE, TRAP, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ospec_guard.report import REPORTS

FILES = {
    "a/one.py": TRAP,
    "a/two.py": "def f():\n    trap()\n    trap()\n",
    "a/three.js": "trap();\n",
    "b/latin.py": b"# caf\xe9\ntrap = 1\n",
    "b/nul.py": b"trap\0",
    "b/broken.py": "def (:\n  trap(\n",
    "b/.hidden.py": TRAP,
    "c d.py": TRAP,
    "z/z/z.rb": "trap\n",
    "README.md": "trap\n",
}


def fill(project: Project, names: list[str]) -> None:
    """Makes the files in that order."""
    project.write("ospec-guard.yaml", ENABLING)
    project.write("plugins/mine/plugin.yaml", PLUGIN)
    project.write("r.yaml", RULE)
    for name in names:
        project.write(name, FILES[name])
    os.symlink("a", project.path("link"))


def reports(project: Project, *argv: str) -> dict[str, str]:
    return {
        name: project.guard("check", "--env", "staging", "--rules", "r.yaml", "--format", name, *argv).out for name in REPORTS
    }


def flip_a_bit(path: str) -> None:
    with open(path, "r+b") as stream:
        data = bytearray(stream.read())
        data[len(data) // 2] ^= 1
        stream.seek(0)
        stream.write(data)


@pytest.fixture
def filled(project: Project) -> Project:
    fill(project, list(FILES))
    return project


@pytest.fixture
def baseline(filled: Project) -> dict[str, str]:
    """What every other run must give too."""
    expected = reports(filled, "--jobs", "1", "--no-cache")
    assert all("caught" in text for text in expected.values())
    return expected


@pytest.mark.parametrize("jobs", ["2", "5"])
def test_any_number_of_workers(filled: Project, baseline: dict[str, str], jobs: str):
    assert reports(filled, "--jobs", jobs) == baseline


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.permutations(list(FILES)), jobs=st.sampled_from(["1", "2"]))
def test_any_order_of_making(filled: Project, baseline: dict[str, str], tmp_path: Path, names: list[str], jobs: str):
    folder = tmp_path / "other"
    other = Project(str(folder))
    try:
        fill(other, names)
        formats = ("json", "sarif")
        made = {
            name: other.guard("check", "--env", "staging", "--rules", "r.yaml", "--format", name, "--jobs", jobs).out
            for name in formats
        }
        assert made == {name: baseline[name] for name in formats}
    finally:
        shutil.rmtree(folder)


def test_any_place_on_disk_and_from_any_folder(filled: Project, baseline: dict[str, str], tmp_path: Path):
    other = Project(str(tmp_path / "far" / "away"))
    fill(other, list(FILES))
    assert reports(other) == baseline
    for name in ("json", "sarif"):
        answer = filled.guard("check", "--env", "staging", "--rules", "../../r.yaml", "--format", name, cwd="a/..//z/z")
        assert answer.out == baseline[name]


def test_paths_in_any_order_and_more_than_once(filled: Project):
    once = filled.check("a", "b", "c d.py").out
    for paths in (("b", "c d.py", "a"), ("a", "a/one.py", "b", "./b", "c d.py", "c d.py", "a")):
        assert filled.check(*paths).out == once


class TestKeptRulebook:
    """The second run reads back what the first has compiled. Nobody must be able to tell."""

    def plan(self, project: Project) -> str:
        """The one kept file."""
        folder = os.path.join(project.cache, "ospec-guard")
        [name] = os.listdir(folder)
        return os.path.join(folder, name)

    def test_a_warm_run_gives_the_same_bytes(self, filled: Project, baseline: dict[str, str], monkeypatch: pytest.MonkeyPatch):
        assert reports(filled) == baseline
        assert os.stat(self.plan(filled)).st_mode & 0o777 == 0o600

        def never(*_: object) -> None:
            raise AssertionError("the rules are read anew")

        monkeypatch.setattr("ospec_guard.app.rulebook.make_rulebook", never)
        assert reports(filled) == baseline

    def test_notices_and_gaps_of_rules_are_kept_too(self, filled: Project):
        filled.write("rules/r.yaml", RULE + "  - {id: later, type: secret}\n")
        filled.write("rules/other.yaml", "services: {}\n")
        argv = ("check", "--env", "staging", "--format", "json", "--isolated", "--rules", "rules")
        cold, warm = filled.guard(*argv), filled.guard(*argv)
        assert (cold.code, cold.out) == (warm.code, warm.out)
        assert (warm.code, warm.gaps[-1], warm.notices) == (
            2,
            "gap/rule-unsupported rules/r.yaml:6",
            ["notice/not-a-rule-file"],
        )

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            pytest.param(lambda p: p.write("rules/r.yaml", RULE.replace("tr[a]p", "tr[u]e")), ["deep"], id="rule edited"),
            pytest.param(lambda p: os.unlink(p.path("rules/r.yaml")), ["deep"], id="rule file removed"),
            pytest.param(lambda p: p.write("rules/s.yaml", RULE.replace("caught", "new")), ["caught", "deep", "new"], id="rule file added"),
            pytest.param(lambda p: p.write("rules/deep/er/s.yaml", RULE.replace("caught", "new")), ["caught", "deep", "new"], id="folder added"),
            pytest.param(lambda p: p.write("rules/deep/r.yaml", RULE.replace("caught", "deeper")), ["caught", "deeper"], id="deep rule edited"),
            pytest.param(lambda p: p.write("ospec-guard.yaml", "rules: {caught: off}\n"), ["deep"], id="settings written"),
            pytest.param(lambda p: p.write(".ospecguardignore", "app.py\n"), [], id="ignore file written"),
            pytest.param(lambda p: p.write("pyproject.toml", "[tool.ospec-guard]\nexclude = ['app.py']\n"), [], id="settings in pyproject"),
        ],
    )  # fmt: skip
    def test_what_changed_is_seen(self, project: Project, change: Callable[[Project], object], found: list[str]):
        project.write("rules/r.yaml", RULE)
        project.write("rules/deep/r.yaml", RULE.replace("caught", "deep"))
        project.write("app.py", TRAP)
        argv = ("--rules", "rules", "app.py")
        before = project.check(*argv)
        assert before.found == ["caught app.py:1", "deep app.py:1"]
        assert project.check(*argv).out == before.out
        change(project)
        after = project.check(*argv)
        assert after.found == [f"{rule} app.py:1" for rule in found]
        assert after.out == project.check(*argv, "--no-cache").out

    def test_a_rule_of_the_same_size_and_time_is_seen(self, trapped: Project):
        assert trapped.check(*ALONE).found == ["caught ok.py:1"]
        stamp = os.stat(trapped.path("r.yaml"))
        trapped.write("r.yaml", RULE.replace("tr[a]p", "tr[u]p"))
        os.utime(trapped.path("r.yaml"), ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        assert trapped.check(*ALONE).found == []

    @pytest.mark.parametrize(
        "spoil",
        [
            pytest.param(lambda path: os.truncate(path, 0), id="empty"),
            pytest.param(lambda path: os.truncate(path, 100), id="cut"),
            pytest.param(flip_a_bit, id="a bit flipped"),
            pytest.param(lambda path: os.chmod(path, 0o644), id="readable by others"),
            pytest.param(lambda path: os.chmod(path, 0o602), id="writable by others"),
            pytest.param(lambda path: (os.unlink(path), os.mkdir(path)), id="a folder in its place"),
        ],
    )
    def test_a_kept_file_that_is_not_as_it_was_is_not_believed(self, trapped: Project, spoil: Callable[[str], object]):
        before = trapped.check(*ALONE)
        spoil(self.plan(trapped))
        after = trapped.check(*ALONE)
        assert (after.code, after.out, after.err) == (before.code, before.out, "")

    def test_a_kept_file_of_somebody_else_is_not_believed(self, trapped: Project, monkeypatch: pytest.MonkeyPatch):
        before = trapped.check(*ALONE)
        plan = self.plan(trapped)
        made = os.stat(plan).st_ino
        trapped.check(*ALONE)
        assert os.stat(plan).st_ino == made
        monkeypatch.setattr(os, "geteuid", lambda: os.stat(plan).st_uid + 1)
        assert trapped.check(*ALONE).out == before.out
        assert os.stat(plan).st_ino != made

    def test_nothing_is_kept_when_that_is_not_wanted(self, trapped: Project):
        trapped.check(*ALONE, "--no-cache")
        assert not os.path.exists(trapped.cache)
        trapped.write("ospec-guard.yaml", "cache: false\n")
        trapped.check("--rules", "r.yaml")
        assert not os.path.exists(trapped.cache)

    def test_nothing_kept_is_read_when_that_is_not_wanted(self, trapped: Project):
        trapped.check(*ALONE)
        assert trapped.check(*ALONE, "--no-cache").found == ["caught ok.py:1"]

    def test_errors_are_not_kept(self, trapped: Project):
        trapped.write("r.yaml", "rules: 1\n")
        first, second = trapped.check(*ALONE), trapped.check(*ALONE)
        assert (first.code, first.err) == (second.code, second.err) == (2, first.err)
        trapped.write("r.yaml", RULE)
        assert trapped.check(*ALONE).found == ["caught ok.py:1"]

    @pytest.mark.parametrize(
        ("env", "folder"),
        [
            pytest.param({}, "cache/ospec-guard", id="XDG_CACHE_HOME"),
            pytest.param({"XDG_CACHE_HOME": ""}, "home/.cache/ospec-guard", id="home"),
            pytest.param({"XDG_CACHE_HOME": "", "HOME": ""}, "", id="nowhere"),
        ],
    )
    def test_where_it_is_kept(self, trapped: Project, env: dict[str, str], folder: str):
        assert trapped.check(*ALONE, env=env).code == 0
        above = os.path.dirname(trapped.root)
        kept = [
            os.path.relpath(top, above) for top, _, names in os.walk(above) if any(name.endswith(".plan") for name in names)
        ]
        assert kept == ([folder] if folder else [])
