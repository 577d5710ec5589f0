"""The hooks under the real pre-commit: installed from this checkout, run by hand and by `git commit`.

pre-commit installs the hooks' environment with pip, so that this needs a package index (or a full cache).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from acceptance_world import GIT, SURROUNDINGS, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHECKOUT = Path(__file__).parents[2]
PRE_COMMIT = os.path.join(os.path.dirname(sys.executable), "pre-commit")
BAD, CLEAN = "x = eval(y)\n", "x = int(y)\n"


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of every pre-commit here: one home for all, the user's own cache of packages, nobody's git."""
    packages = SURROUNDINGS.get("PIP_CACHE_DIR") or os.path.join(
        SURROUNDINGS.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "pip"
    )
    kept = {
        name: value for name, value in SURROUNDINGS.items() if not name.startswith(("GIT_", "OSPEC_", "PRE_COMMIT", "COV_"))
    }
    return {
        **kept,
        **GIT,
        "PIP_CACHE_DIR": packages,
        "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")),
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home")),
        "PRE_COMMIT_COLOR": "never",
        # Half of an installation's time would go into compiling what never runs.
        "PIP_NO_COMPILE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """This checkout as it is now, committed to a repository of its own."""
    root = tmp_path_factory.mktemp("hooks")
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".", ":!tests", ":!fixtures"),
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    ).stdout
    for name in os.fsdecode(listed).split("\0")[:-1]:
        if (CHECKOUT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, root / name)
    project = Project(root)
    project.commit("hooks")
    return project


class User(Project):
    """Somebody's repository that uses the hooks."""

    surroundings: Mapping[str, str]

    def pre_commit(self, *arguments: str, env: str = "production") -> tuple[int, str]:
        """Exit code and output of a pre-commit."""
        done = subprocess.run(
            (PRE_COMMIT, *arguments),
            cwd=self.root,
            env={**self.surroundings, "OSPEC_ENV": env},
            capture_output=True,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).decode()

    def try_to_commit(self, *options: str, env: str = "production") -> tuple[bool, str]:
        """Whether `git commit` made a commit, and what it said."""
        environ = {**self.surroundings, "OSPEC_ENV": env, "PATH": f"{os.path.dirname(PRE_COMMIT)}:{self.surroundings['PATH']}"}
        done = subprocess.run(
            ("git", "commit", "-m", "try", *options), cwd=self.root, env=environ, capture_output=True, check=False
        )
        return done.returncode == 0, (done.stdout + done.stderr).decode()


@pytest.fixture
def user(tmp_path: Path, surroundings: dict[str, str], hooks: Project) -> Callable[..., User]:
    """Makes a repository of files, staged, with the hooks in its configuration."""

    def make(files: Mapping[str, str | bytes], *, ids: tuple[str, ...] = ("ospec-guard",), args: tuple[str, ...] = ()) -> User:
        listed = [{"id": name, **({"args": list(args)} if args else {})} for name in ids]
        repos = [{"repo": hooks.root, "rev": hooks.git("rev-parse", "HEAD"), "hooks": listed}]
        made = User(tmp_path / "user")
        made.surroundings = surroundings
        made.commit("configuration", {".pre-commit-config.yaml": json.dumps({"repos": repos})})
        made.write(files)
        made.git("add", "--all")
        return made

    return make


def test_pre_commit_takes_the_manifest_for_valid(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        (PRE_COMMIT, "validate-manifest", CHECKOUT / ".pre-commit-hooks.yaml"),
        env=surroundings,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_hooks_can_be_tried(tmp_path: Path, surroundings: dict[str, str], hooks: Project) -> None:
    tried = User(tmp_path / "user")
    tried.surroundings = surroundings
    tried.write({"with space.py": BAD, "clean.py": CLEAN})
    tried.git("add", "--all")
    code, said = tried.pre_commit("try-repo", hooks.root, "--all-files")
    assert code == 1
    assert [line.rsplit(".", 1)[-1] for line in said.splitlines() if line.startswith("ospec-guard (")] == ["Failed", "Failed"]
    assert said.count("with space.py:1:5 error python/eval-call") == 2


class TestFilesOfTheCommit:
    @pytest.mark.parametrize(("env", "code"), [("development", 0), ("staging", 1), ("production", 1)])
    def test_the_environment_decides(self, user, env, code):
        made = user({"with space.py": BAD})
        assert made.pre_commit("run", env=env)[0] == code

    def test_only_the_files_given_are_checked(self, user):
        made = user({"clean.py": CLEAN})
        made.commit("old violation", {"old.py": BAD})
        assert made.pre_commit("run", "--files", "clean.py")[0] == 0
        assert made.pre_commit("run", "--files", "old.py", "clean.py")[0] == 1
        assert made.pre_commit("run", "--all-files")[0] == 1

    def test_pictures_and_deletions_are_no_work(self, user):
        made = user({"picture.png": b"\x89PNG\r\n\x1a\n\0\0", "old.py": BAD})
        made.git("commit", "--quiet", "-m", "old")
        made.git("rm", "--quiet", "old.py")
        made.write({"other.png": b"\x89PNG\r\n\x1a\n\0\1"})
        made.git("add", "--all")
        code, said = made.pre_commit("run")
        assert (code, "Skipped" in said) == (0, True)

    def test_arguments_of_the_configuration(self, user):
        made = user({"a.py": BAD}, args=("--env", "staging", "--format", "vim"))
        code, said = made.pre_commit("run", env="development")
        assert code == 1
        assert "a.py:1:5: E: [python/eval-call]" in said

    def test_gaps_hold_a_commit_back_too(self, user):
        code, said = user({"a.py": "def f(:\n    eval(x\n"}).pre_commit("run")
        assert code == 1
        assert "- exit code: 2" in said

    def test_names_of_every_sort(self, user):
        names = ["with space.py", "quo'te.py", 'dou"ble.py', "$HOME.py", "naïve.py", "a;b.py", "`x`.py", "sub dir/c.py"]
        code, said = user(dict.fromkeys(names, BAD), args=("--format", "vim")).pre_commit("run")
        assert code == 1
        assert sorted(line.split(":1:5: E:")[0] for line in said.splitlines() if ":1:5: E:" in line) == sorted(names)

    @pytest.mark.parametrize("args", [(), ("--format", "text", "--")], ids=["the hook's", "the user's"])
    def test_files_are_no_options(self, user, args):
        code, said = user({"--env=development": "", "--level=warn": "", "--help": "", "a.py": BAD}, args=args).pre_commit("run")
        assert code == 1
        assert "a.py:1:5 error python/eval-call" in said

    def test_split_into_several_processes_it_finds_the_same(self, user):
        names = [f"f{number:03}{'n' * 230}.py" for number in range(600)]
        bad = set(names[::60])
        made = user({name: BAD if name in bad else CLEAN for name in names})

        def reported(said: str) -> set[str]:
            return {line.split(":")[0].strip() for line in said.splitlines() if "error python/eval-call" in line}

        _, of_all = made.pre_commit("run")
        _, of_the_bad = made.pre_commit("run", "--files", *sorted(bad))
        assert reported(of_all) == reported(of_the_bad) == bad
        assert (of_all.count("Verdicts"), of_the_bad.count("Verdicts")) == (2, 1)


class TestWholeRepository:
    def test_checks_what_was_not_touched(self, user):
        made = user({"old.py": BAD}, ids=("ospec-guard-full",))
        made.git("commit", "--quiet", "-m", "old")
        made.write({"new.py": CLEAN})
        made.git("add", "--all")
        code, said = made.pre_commit("run")
        assert code == 1
        assert "old.py:1:5 error python/eval-call" in said

    def test_before_a_push(self, user):
        made = user({"old.py": BAD}, ids=("ospec-guard-full",))
        assert made.pre_commit("run", "--hook-stage", "pre-push", "--all-files")[0] == 1
        assert made.pre_commit("run", "--hook-stage", "pre-push", "--all-files", env="development")[0] == 0


class TestGitCommit:
    @pytest.fixture
    def installed(self, user):
        made = user({"a.py": CLEAN})
        assert made.pre_commit("install")[0] == 0
        committed, said = made.try_to_commit()
        assert committed, said
        return made

    def test_a_violation_is_refused(self, installed):
        installed.write({"with space.py": BAD})
        installed.git("add", "--all")
        committed, said = installed.try_to_commit()
        assert not committed
        assert "with space.py:1:5 error python/eval-call" in said
        assert installed.try_to_commit(env="development")[0]

    def test_what_is_staged_counts(self, installed):
        installed.write({"a.py": BAD})
        installed.git("add", "a.py")
        installed.write({"a.py": CLEAN + "\n"})
        assert not installed.try_to_commit()[0]
        assert installed.read("a.py") == CLEAN + "\n"
        installed.git("add", "a.py")
        installed.write({"a.py": BAD})
        assert installed.try_to_commit()[0]

    def test_commit_all(self, installed):
        installed.write({"a.py": BAD})
        assert not installed.try_to_commit("--all")[0]
