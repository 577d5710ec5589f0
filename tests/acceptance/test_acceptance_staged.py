"""`--staged`: what would be committed is checked, not what lies about in the work tree; in every hook that git runs."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from acceptance_world import EVAL, SETTINGS, TOOL, Project, guard

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "def f(a):\n    return int(a)\n"
BAD = "def f(a):\n    return eval(a)\n"
HOOK = f'#!/bin/sh\nexec "{TOOL}" check --staged --env staging --format vim\n'


@pytest.fixture(scope="module")
def _clean(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("clean"), {"a.py": CLEAN, "folder/b.py": CLEAN, "old.py": BAD})


@pytest.fixture
def clean(_clean: Project, tmp_path: Path) -> Project:
    """Nothing is staged."""
    return _clean.copy(tmp_path / "clean")


class TestContent:
    def test_of_the_index_not_of_the_work_tree(self, clean):
        clean.write({"a.py": BAD})
        clean.git("add", "a.py")
        clean.write({"a.py": CLEAN})
        assert clean.check("--staged").failing() == [f"{EVAL} a.py:2"]
        assert clean.check("a.py").failing() == []

    def test_what_is_not_staged_does_not_count(self, clean):
        clean.write({"a.py": BAD, "untracked.py": BAD})
        done = clean.check("--staged")
        assert (done.code, done.files()) == (0, {})

    def test_partially_staged(self, clean):
        clean.write({"a.py": CLEAN + "\n\ndef g(b):\n    return eval(b)\n"})
        clean.git("add", "a.py")
        clean.write({"a.py": CLEAN + "\n\ndef g(b):\n    return eval(b)\n\n\ndef h(c):\n    return eval(c)\n"})
        assert clean.check("--staged").failing() == [f"{EVAL} a.py:6"]

    def test_old_violations_of_a_staged_file_count(self, clean):
        clean.write({"old.py": BAD + "\n"})
        clean.git("add", "old.py")
        assert clean.check("--staged").failing() == [f"{EVAL} old.py:2"]
        assert clean.check("--staged", "--diff", "HEAD").failing() == []

    def test_deleted_from_the_index(self, clean):
        clean.git("rm", "--quiet", "--cached", "old.py")
        assert clean.check("--staged").files() == {}

    def test_deleted_from_the_work_tree_only(self, clean):
        clean.write({"a.py": BAD})
        clean.git("add", "a.py")
        clean.remove("a.py")
        assert clean.check("--staged").failing() == [f"{EVAL} a.py:2"]

    def test_renamed(self, clean):
        clean.git("mv", "old.py", "new.py")
        assert clean.check("--staged").failing() == [f"{EVAL} new.py:2"]
        assert clean.check("--staged", "--diff", "HEAD").failing() == []

    def test_intended_to_be_added(self, clean):
        clean.write({"new.py": BAD})
        clean.git("add", "--intent-to-add", "new.py")
        assert clean.check("--staged").failing() == []

    def test_before_the_first_commit(self, project):
        project.write({"a.py": BAD, "b.py": BAD})
        project.git("add", "a.py")
        assert project.check("--staged").failing() == [f"{EVAL} a.py:2"]

    def test_nothing_is_staged(self, clean):
        done = clean.guard("check", "--staged", "--env", "production")
        assert done.code == 0
        assert "no file to check" in done.text

    def test_links_and_other_repositories(self, clean, make):
        other = make({"c.py": BAD}, name="other")
        os.symlink("old.py", clean.path("link.py"))
        clean.git("add", "link.py")
        clean.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "sub")
        done = clean.check("--staged")
        assert done.files()["link.py"] == "link"
        assert done.found() == []

    def test_a_merge_that_is_not_settled_is_a_gap(self, clean):
        clean.branch("other")
        clean.commit("theirs", {"a.py": BAD})
        clean.git("checkout", "--quiet", "main")
        clean.commit("ours", {"a.py": CLEAN.replace("int", "float")})
        clean.git("merge", "--quiet", "other", code=1)
        done = clean.check("--staged")
        assert (done.code, done.gaps()) == (2, ["gap/unreadable a.py"])

    def test_a_file_that_git_stores_otherwise(self, clean):
        clean.write({".gitattributes": "*.py text eol=crlf\n", "a.py": BAD.replace("\n", "\r\n")})
        clean.git("add", "--all")
        assert clean.check("--staged").failing() == [f"{EVAL} a.py:2"]


class TestSelection:
    def test_from_a_subfolder(self, clean):
        clean.write({"a.py": BAD, "folder/b.py": BAD})
        clean.git("add", "--all")
        assert clean.check("--staged", cwd="folder").failing() == [f"{EVAL} a.py:2", f"{EVAL} folder/b.py:2"]
        assert clean.check("--staged", ".", cwd="folder").failing() == [f"{EVAL} folder/b.py:2"]
        assert clean.check("--staged", "b.py", cwd="folder").failing() == [f"{EVAL} folder/b.py:2"]
        assert clean.check("--staged", "../a.py", cwd="folder").failing() == [f"{EVAL} a.py:2"]

    def test_of_a_project_below_the_top(self, clean):
        clean.write({"folder/b.py": BAD, "a.py": BAD, f"folder/{SETTINGS}": "{}\n"})
        clean.git("add", "--all")
        assert clean.check("--staged", cwd="folder").failing() == [f"{EVAL} b.py:2"]

    def test_excludes_hold(self, clean):
        clean.write(
            {
                "docs/a.py": BAD,
                "gen/a.py": BAD,
                SETTINGS: "exclude: [docs/]\n",
                ".ospecguardignore": "gen/\n",
                "node_modules/a.py": BAD,
            }
        )
        clean.git("add", "--all", "--force")
        done = clean.check("--staged")
        assert done.failing() == []
        left_out = {path: reason for path, reason in done.files().items() if reason not in {"checked", "no-rule"}}
        assert left_out == {"docs/a.py": "excluded", "gen/a.py": "excluded", "node_modules/": "vendored"}

    def test_a_file_that_only_the_index_has_can_be_named(self, clean):
        clean.write({"new.py": BAD})
        clean.git("add", "new.py")
        clean.remove("new.py")
        assert clean.check("--staged", "new.py").failing() == [f"{EVAL} new.py:2"]

    def test_a_name_that_nobody_has_is_an_error(self, clean):
        done = clean.guard("check", "--staged", "typo.py")
        assert (done.code, done.out) == (2, b"")
        assert "typo.py" in done.err

    def test_outside_of_git_is_an_error(self, tmp_path):
        done = guard(str(tmp_path), "check", "--staged")
        assert (done.code, done.out) == (2, b"")
        assert "--staged needs a git repository" in done.err


class TestInsideAHook:
    """git tells hooks by GIT_INDEX_FILE what it is about to commit."""

    @pytest.fixture
    def hooked(self, clean):
        path = clean.path(".git", "hooks", "pre-commit")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(HOOK)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return clean

    def commit(self, project: Project, *options: str, code: int = 0) -> None:
        head = project.git("rev-parse", "HEAD")
        project.git("commit", "--quiet", "-m", "try", *options, code=code)
        assert (project.git("rev-parse", "HEAD") != head) is (code == 0)

    def test_commit(self, hooked):
        hooked.write({"a.py": BAD})
        hooked.git("add", "a.py")
        self.commit(hooked, code=1)
        hooked.write({"a.py": CLEAN + "\n"})
        self.commit(hooked, code=1)  # the violation is still staged
        hooked.git("add", "a.py")
        self.commit(hooked)

    def test_commit_all(self, hooked):
        hooked.write({"a.py": BAD})
        self.commit(hooked, "-a", code=1)
        hooked.write({"a.py": CLEAN + "\n", "untracked.py": BAD})
        self.commit(hooked, "-a")

    def test_commit_some_paths(self, hooked):
        hooked.write({"a.py": BAD, "folder/b.py": CLEAN + "\n"})
        hooked.git("add", "a.py")
        self.commit(hooked, "--", "folder/b.py")
        self.commit(hooked, "--", "a.py", code=1)

    def test_commit_from_a_subfolder(self, hooked):
        hooked.write({"a.py": BAD})
        hooked.git("add", "a.py")
        hooked.git("-C", "folder", "commit", "--quiet", "-m", "try", code=1)

    def test_commit_a_part(self, hooked):
        # What `git commit -p` does with one of two pieces: the index gets it, the work tree has both.
        long = CLEAN + "".join(f"setting_{n} = {n}\n" for n in range(20))
        hooked.commit("long", {"a.py": long})
        hooked.write({"a.py": long.replace("int", "float")})
        hooked.git("add", "a.py")
        hooked.write({"a.py": long.replace("int", "float") + "x = eval(y)\n"})
        self.commit(hooked)
        assert hooked.git("diff", "--name-only") == "a.py"

    def test_commit_interactively(self, hooked):
        long = CLEAN + "".join(f"setting_{n} = {n}\n" for n in range(20))
        hooked.commit("long", {"a.py": long})
        hooked.write({"a.py": long.replace("int", "eval") + "x = int(y)\n"})
        for answers, code in (("y\nn\n", 1), ("n\ny\n", 0)):
            hooked.git("commit", "--quiet", "-p", "-m", "a part", typed=answers, code=code)
        assert hooked.git("diff", "--name-only") == "a.py"

    def test_amend(self, hooked):
        hooked.write({"a.py": BAD})
        hooked.git("add", "a.py")
        hooked.git("commit", "--quiet", "--amend", "-m", "try", code=1)

    def test_in_a_second_work_tree(self, hooked, tmp_path):
        second = str(tmp_path / "second")
        hooked.git("worktree", "add", "--quiet", second, "-b", "second")
        with open(os.path.join(second, "a.py"), "w", encoding="utf-8") as file:
            file.write(BAD)
        hooked.git("-C", second, "commit", "--quiet", "-a", "-m", "try", code=1)

    def test_the_index_of_another_repository_is_not_looked_at(self, clean, make, monkeypatch):
        other = make({"x.py": CLEAN}, name="other")
        other.write({"x.py": BAD})
        other.git("add", "x.py")
        monkeypatch.setenv("GIT_INDEX_FILE", other.path(".git", "index"))
        assert clean.check("--staged").files() == {}

    def test_a_run_writes_nothing_into_the_repository(self, clean):
        clean.write({"a.py": BAD})
        clean.git("add", "a.py")

        def state():
            return {
                os.path.join(folder, name): os.stat(os.path.join(folder, name)).st_mtime_ns
                for folder, _, names in os.walk(clean.root)
                for name in names
            }

        before = state()
        for arguments in ((), ("--staged",), ("--policy-from", "HEAD"), ("--staged", "--diff", "HEAD")):
            clean.check(*arguments)
        assert state() == before
