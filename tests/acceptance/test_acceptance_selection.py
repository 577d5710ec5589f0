"""Which files are checked: git's list, the user's globs, and what is left out with its reason."""

from __future__ import annotations

import os
import subprocess

import pytest
from acceptance_world import EVAL, SETTINGS, TOOL, Project, guard, write

BAD = "eval(x)\n"
FILES = {
    "a.py": BAD,
    "src/b.py": BAD,
    "src/gen/c.py": BAD,
    "docs/d.py": BAD,
    "docs/keep/e.py": BAD,
}


def paths(done):
    return [found.split(" ")[1].split(":")[0] for found in done.found() if found.startswith(EVAL)]


class TestTheUsersGlobs:
    @pytest.mark.parametrize(
        ("settings", "ignore", "expected"),
        [
            ("exclude: [docs/]", "", ["a.py", "src/b.py", "src/gen/c.py"]),
            ("exclude: ['docs/*', '!docs/keep/']", "", ["a.py", "docs/keep/e.py", "src/b.py", "src/gen/c.py"]),
            ("exclude: ['*.py', '!src/']", "", ["src/b.py", "src/gen/c.py"]),
            ("include: [src/]", "", ["src/b.py", "src/gen/c.py"]),
            ("include: [src/]\nexclude: [gen/]", "", ["src/b.py"]),
            ("include: ['/a.py', 'docs/**']", "", ["a.py", "docs/d.py", "docs/keep/e.py"]),
            ("{}", "docs/\n", ["a.py", "src/b.py", "src/gen/c.py"]),
            ("{}", "# remark\n\n/src\n!docs/d.py\n", ["a.py", "docs/d.py", "docs/keep/e.py"]),
            ("exclude: [docs/]", "src/gen\n", ["a.py", "src/b.py"]),
            ("include: [src/]", "src/\n", []),
        ],
        ids=[
            "exclude a folder", "and take a part back", "all but a folder", "include", "both", "include names",
            "ignore file", "ignore file with remarks", "both lists", "the ignore file takes away what is included",
        ],
    )  # fmt: skip
    def test_decide(self, make, settings, ignore, expected):
        project = make({**FILES, SETTINGS: settings + "\n", **({".ospecguardignore": ignore} if ignore else {})})
        done = project.check()
        assert paths(done) == expected
        left_out = {path for path, reason in done.files().items() if reason == "excluded"}
        assert left_out >= set(FILES) - set(expected)

    def test_hold_for_files_that_are_named(self, make):
        project = make({**FILES, SETTINGS: "exclude: [docs/]\n"})
        done = project.check("docs/d.py", "a.py")
        assert paths(done) == ["a.py"]
        assert done.files()["docs/d.py"] == "excluded"

    def test_everything_given_left_out_passes_and_says_so(self, make):
        project = make({**FILES, SETTINGS: "exclude: [docs/]\n", "picture.png": b"\x89PNG\r\n\x1a\n"})
        done = project.guard("check", "--env", "production", "docs/d.py", "picture.png")
        assert done.code == 0
        assert "left out by policy" in done.text

    def test_say_by_which_glob(self, make):
        project = make({**FILES, SETTINGS: "exclude: [docs/]\n"})
        (record,) = [f for f in project.check().report["files"] if f["path"] == "docs/d.py"]
        assert record["notes"] == ["by exclude: docs/"]

    def test_from_a_subfolder_they_start_at_the_root(self, make):
        project = make({**FILES, SETTINGS: "exclude: [/src/gen/]\n"})
        assert paths(project.check(".", cwd="src")) == ["src/b.py"]
        assert paths(project.check(cwd="src")) == ["a.py", "docs/d.py", "docs/keep/e.py", "src/b.py"]


class TestWhatGitSays:
    @pytest.fixture
    def ignoring(self, make):
        project = make({**FILES, ".gitignore": "*.log.py\nbuild/\n", "src/.gitignore": "local.py\n"})
        project.write({"x.log.py": BAD, "build/y.py": BAD, "src/local.py": BAD, "untracked.py": BAD})
        project.write({"forced.log.py": BAD})
        project.git("add", "--force", "forced.log.py")
        return project

    def test_ignored_files_are_left_out_and_counted(self, ignoring):
        done = ignoring.check()
        assert paths(done) == sorted([*FILES, "forced.log.py", "untracked.py"])
        assert {p for p, reason in done.files().items() if reason == "ignored"} == {"x.log.py", "build/", "src/local.py"}

    def test_unless_nobody_asks_git(self, ignoring):
        done = ignoring.check("--no-git-ignore")
        assert paths(done) == sorted([*FILES, "forced.log.py", "untracked.py", "x.log.py", "build/y.py", "src/local.py"])
        assert not [p for p in done.files() if p.startswith(".git/")]

    def test_or_they_are_named(self, ignoring):
        assert paths(ignoring.check("x.log.py")) == ["x.log.py"]

    def test_the_users_own_ignore_file_counts(self, ignoring):
        ignoring.write({".git/info/exclude": "untracked.py\n"})
        assert "untracked.py" not in paths(ignoring.check())

    def test_another_repository_inside_is_left_alone(self, ignoring, make):
        Project(ignoring.path("nested"), {"n.py": BAD})
        other = make({"o.py": BAD}, name="other")
        ignoring.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "sub")
        done = ignoring.check()
        assert (done.files()["sub/"], done.files()["nested/"]) == ("submodule", "submodule")
        assert not [p for p in done.files() if p.startswith(("sub/o", "nested/n"))]

    def test_inside_a_submodule_it_is_a_repository_like_any(self, ignoring, make):
        other = make({"o.py": BAD}, name="other")
        ignoring.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "sub")
        assert paths(ignoring.check(cwd="sub")) == ["o.py"]
        ignoring.write({"sub/o.py": BAD + "exec(y)\n"})
        assert ignoring.check("--diff", "HEAD", cwd="sub").failing() == [f"{EVAL} o.py:2"]

    def test_a_tracked_file_that_is_gone_is_no_gap(self, ignoring):
        ignoring.remove("a.py")
        done = ignoring.check()
        assert done.gaps() == []
        assert "a.py" not in done.files()

    def test_without_git_on_the_path_the_ignore_files_still_count(self, ignoring, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        done = ignoring.check()
        assert paths(done) == sorted([*FILES, "untracked.py"])
        assert "notice/no-git" in {n["id"] for n in done.report["notices"]}

    def test_a_work_tree_of_its_own(self, ignoring, tmp_path):
        ignoring.git("commit", "--quiet", "-m", "forced")
        ignoring.git("worktree", "add", "--quiet", str(tmp_path / "second"), "-b", "second")
        write(tmp_path / "second", {"x.log.py": BAD, "more.py": BAD})
        done = guard(str(tmp_path / "second"), "check", "--env", "staging", "--format", "json")
        assert paths(done) == sorted([*FILES, "forced.log.py", "more.py"])

    def test_hostile_configuration_of_the_repository_runs_nothing(self, ignoring):
        touch = f"touch {ignoring.path('owned')}"
        for key in (
            "core.fsmonitor",
            "core.sshCommand",
            "diff.external",
            "core.pager",
            "filter.evil.clean",
            "filter.evil.process",
        ):
            ignoring.git("config", key, touch)
        ignoring.write({".gitattributes": "*.py filter=evil diff=evil\n", "a.py": BAD + "\n"})
        ignoring.git("config", "diff.evil.textconv", touch)
        for arguments in ((), ("--staged",), ("--diff", "HEAD"), ("--policy-from", "HEAD")):
            assert ignoring.check(*arguments).code in (0, 1)
        assert not os.path.exists(ignoring.path("owned"))


class TestOutsideOfGit:
    def test_a_folder(self, tmp_path):
        root = write(tmp_path / "plain", {**FILES, ".gitignore": "docs/\n"})
        assert paths(guard(root, "check", "--format", "json")) == ["a.py", "src/b.py", "src/gen/c.py"]

    def test_a_folder_elsewhere_that_is_named(self, tmp_path):
        root = write(tmp_path / "plain", FILES)
        done = guard(write(tmp_path / "here", {}), "check", "--format", "json", root)
        assert paths(done) == sorted(FILES)

    @pytest.mark.parametrize("path", ["nowhere.py", "../outside.py", "/etc/hostname", "-"])
    def test_paths_that_cannot_be(self, make, path):
        done = make(FILES).guard("check", "--", "a.py", path)
        assert (done.code, done.out) == (2, b"")
        assert done.err

    def test_an_empty_folder_passes_and_says_so(self, tmp_path):
        root = write(tmp_path / "empty", {})
        done = guard(root, "check", "--env", "production")
        assert done.code == 0
        assert "there was no file to check" in done.text

    def test_the_program_itself(self, make):
        project = make({"a b.py": BAD, "-x.py": BAD})
        done = subprocess.run(
            (TOOL, "check", "--env", "staging", "--format", "vim", "--", "a b.py", "-x.py"),
            cwd=project.root,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert [line.split(":")[0] for line in done.stdout.decode().splitlines()] == ["-x.py", "a b.py"]
