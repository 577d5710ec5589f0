from __future__ import annotations

import os
import pickle
import sys

import pytest
from git_world import Repo, fake_git, scrub, write

from ospec_guard.engine.git import (
    GitError,
    GitMissingError,
    Objects,
    Repository,
    find_repository,
    no_filters,
    relative_to,
    require_repository,
)
from ospec_guard.errors import SurroundingsError


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        pytest.param("/a", "/a", "", id="itself"),
        pytest.param("/a", "/a/b/c", "b/c", id="below"),
        pytest.param("/a", "/ab", None, id="a name that starts alike"),
        pytest.param("/a/b", "/a", None, id="above"),
        pytest.param("/", "/a", "a", id="below the file system's top"),
    ],
)
def test_relative_to(folder, path, expected):
    assert relative_to(folder, path) == expected


class TestFindRepository:
    def test_from_the_top_and_from_below(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a/b/c.py": ""})
        assert find_repository(repo.root) == Repository(repo.root)
        assert find_repository(repo.path("a", "b")) == Repository(repo.root)

    def test_outside_of_any(self, tmp_path):
        assert find_repository(write(tmp_path / "plain", {})) is None

    def test_through_a_link(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        os.symlink(repo.root, tmp_path / "way")
        assert find_repository(str(tmp_path / "way")) == Repository(repo.root)

    def test_of_a_linked_work_tree(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        repo.git("worktree", "add", "--quiet", str(tmp_path / "other"))
        found = find_repository(str(tmp_path / "other"))
        assert found is not None
        assert found.run("ls-files", "-z") == b"a.py\0"

    def test_a_folder_named_git_that_is_none(self, tmp_path):
        assert find_repository(write(tmp_path / "plain", {".git/notes.txt": "mine"})) is None

    def test_inside_of_the_repository_s_own_data(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        assert find_repository(repo.path(".git", "hooks")) is None

    def test_apart_from_its_data_as_the_environment_says(self, tmp_path, monkeypatch):
        home = write(tmp_path / "home", {"dot/rc": "x"})
        data = Repo(tmp_path / "data", {})
        monkeypatch.setenv("GIT_DIR", data.path(".git"))
        monkeypatch.setenv("GIT_WORK_TREE", home)
        found = find_repository(os.path.join(home, "dot"))
        assert found is not None
        assert found.run("ls-files", "-z", "--others") == b"dot/rc\0"

    def test_required_and_missing(self, tmp_path):
        with pytest.raises(SurroundingsError, match=r"--diff needs a git repository, and .*plain is in none\n  hint: git init"):
            require_repository(write(tmp_path / "plain", {}), "--diff")


class TestEnvironment:
    """What a hook, or a user, sets must neither mislead nor be lost."""

    def test_another_repository_s_hook_does_not_mislead(self, tmp_path, monkeypatch):
        ours, other = Repo(tmp_path / "ours", {"a.py": ""}), Repo(tmp_path / "other", {"b.py": ""})
        for name, value in (("GIT_DIR", ".git"), ("GIT_INDEX_FILE", "index"), ("GIT_WORK_TREE", "")):
            monkeypatch.setenv(name, other.path(value) if name != "GIT_INDEX_FILE" else other.path(".git", "index"))
        found = find_repository(ours.root)
        assert found is not None
        assert found.run("ls-files", "-z") == b"a.py\0"

    @pytest.mark.parametrize("absolute", [pytest.param(True, id="absolute"), pytest.param(False, id="relative to the top")])
    def test_our_own_hook_s_index_is_used(self, tmp_path, monkeypatch, absolute):
        repo = Repo(tmp_path / "r", {"a.py": "", "sub/b.py": ""})
        index = repo.path(".git", "next-index-1.lock")
        repo.write({"staged.py": ""})
        repo.git("read-tree", "HEAD", environment={"GIT_INDEX_FILE": index})
        repo.git("add", "staged.py", environment={"GIT_INDEX_FILE": index})
        monkeypatch.setenv("GIT_INDEX_FILE", index if absolute else ".git/next-index-1.lock")
        monkeypatch.setenv("GIT_PREFIX", "sub/")
        monkeypatch.chdir(repo.path("sub"))
        found = find_repository(repo.path("sub"))
        assert found is not None
        assert found.run("ls-files", "-z") == b"a.py\0staged.py\0sub/b.py\0"

    def test_the_index_of_a_linked_work_tree_s_hook_is_used(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        repo.git("worktree", "add", "--quiet", str(tmp_path / "other"))
        index = repo.path(".git", "worktrees", "other", "next-index-1.lock")
        repo.git("read-tree", "--empty", environment={"GIT_INDEX_FILE": index})
        monkeypatch.setenv("GIT_INDEX_FILE", index)
        found = find_repository(str(tmp_path / "other"))
        assert found is not None
        assert found.run("ls-files", "-z") == b""

    def test_the_user_s_own_configuration_stays(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", "me")
        told = Repository(repo.root).run("config", "user.name", settings=(("user.email", "mine"),))
        assert told == b"me\n"
        assert Repository(repo.root).run("config", "user.email", settings=(("user.email", "mine"),)) == b"mine\n"

    def test_git_speaks_the_words_we_know(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), 'echo "$LC_ALL $GIT_TERMINAL_PROMPT" >&2; exit 1', monkeypatch)
        monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
        with pytest.raises(GitError) as caught:
            Repository(repo.root).run("ls-files")
        assert caught.value.said == "C 0\n"

    def test_traces_do_not_reach_us(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        monkeypatch.setenv("GIT_TRACE", "1")
        with pytest.raises(GitError) as caught:
            Repository(repo.root).run("cat-file", "blob", "HEAD")
        assert "trace:" not in caught.value.said


class TestNothingRuns:
    """A repository's own configuration cannot make us run its code."""

    def test_neither_monitor_nor_filter_nor_external_diff(self, tmp_path):
        from ospec_guard.engine.history import changed_since

        repo = Repo(tmp_path / "r", {"a.txt": "1\n", ".gitattributes": "*.txt filter=evil=x diff=evil\n"})
        trap = os.path.join(write(tmp_path / "trap", {"run": f'#!/bin/sh\necho "$0" >> "{tmp_path}/ran"\ncat\n'}), "run")
        os.chmod(trap, 0o755)
        for key in (
            "core.fsmonitor",
            "filter.evil=x.clean",
            "filter.evil=x.process",
            "diff.evil.command",
            "diff.evil.textconv",
        ):
            repo.git("config", key, trap)
        repo.git("config", "diff.external", trap)
        repo.git("config", "filter.evil=x.required", "true")
        repo.write({"a.txt": "2\n"})
        os.utime(repo.path("a.txt"), (1, 1))
        assert [(c.path, c.status) for c in changed_since(repo.root, "HEAD")] == [("a.txt", "M")]
        assert not os.path.exists(tmp_path / "ran")

    def test_no_git_is_run_in_submodules(self, tmp_path):
        from ospec_guard.engine.discover import discover
        from ospec_guard.engine.history import changed_since

        repo = Repo(tmp_path / "r", {"a.py": "1"})
        sub = Repo(tmp_path / "r" / "sub", {"b.py": "1"})
        repo.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
        repo.commit()
        trap = os.path.join(write(tmp_path / "trap", {"run": f'#!/bin/sh\necho "$0" >> "{tmp_path}/ran"\n'}), "run")
        os.chmod(trap, 0o755)
        sub.git("config", "core.fsmonitor", trap)
        sub.write({"b.py": "2"})
        assert changed_since(repo.root, "HEAD") == ()
        assert discover(repo.root).candidates == ("a.py",)
        assert not os.path.exists(tmp_path / "ran")

    def test_filters_are_found_wherever_they_are_set(self, tmp_path):
        repo = Repo(tmp_path / "r", {"more.cfg": '[filter "b"]\n\tclean = x\n'})
        repo.git("config", "filter.a.required", "true")
        repo.git("config", "include.path", "../more.cfg")
        assert no_filters(Repository(repo.root)) == (("filter.a.required", "false"), ("filter.b.clean", ""))

    def test_no_transport_is_opened(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        with pytest.raises(GitError, match="a partial clone"):
            Repository(repo.root).run("fetch", repo.root)


class TestErrors:
    @pytest.mark.parametrize(
        ("said", "message", "hint"),
        [
            pytest.param(
                "fatal: detected dubious ownership in repository at '/x'",
                "belongs to another user",
                "git config --global --add safe.directory ",
                id="dubious ownership",
            ),
            pytest.param(
                "fatal: unsafe repository ('/x' is owned by someone else)", "another user", "safe.directory", id="older words"
            ),
            pytest.param("fatal: this operation must be run in a work tree", "is bare", "--no-git-ignore", id="bare"),
            pytest.param("fatal: not a git repository: /gone", "there is a .git", "git worktree repair", id="broken"),
            pytest.param(
                "fatal: index file corrupt", "git ls-files failed in .*: fatal: index file corrupt", "", id="anything else"
            ),
        ],
    )
    def test_say_what_to_do(self, tmp_path, monkeypatch, said, message, hint):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), f'echo "{said}" >&2; exit 128', monkeypatch)
        with pytest.raises(GitError, match=message) as caught:
            Repository(repo.root).run("ls-files")
        assert hint in caught.value.problems[0].hint
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
        assert (str(copy), copy.said) == (str(caught.value), caught.value.said)

    def test_a_real_broken_repository(self, tmp_path):
        folder = write(tmp_path / "r", {".git": "gitdir: /nowhere/at/all\n"})
        found = find_repository(folder)
        assert found is not None
        with pytest.raises(GitError, match="git does not take it for a repository"):
            found.run("ls-files")

    def test_a_real_bare_repository(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        repo.git("config", "core.bare", "true")
        with pytest.raises(GitError, match="is bare"):
            Repository(repo.root).run("ls-files", "--others")

    def test_no_git(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        monkeypatch.setenv("PATH", str(tmp_path / "empty"))
        with pytest.raises(GitMissingError, match="not installed"):
            Repository(repo.root).run("ls-files")

    def test_a_folder_that_is_gone(self, tmp_path):
        with pytest.raises(SurroundingsError, match="cannot enter"):
            Repository(str(tmp_path / "gone")).run("ls-files")

    def test_a_git_that_hangs(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), "exec sleep 60", monkeypatch)
        monkeypatch.setattr("ospec_guard.engine.git.SECONDS", 0.05)
        with pytest.raises(GitError, match=r"gave no answer in 0\.05 s"):
            Repository(repo.root).run("ls-files")


class TestObjects:
    def test_one_process_reads_many(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "one", "b.py": "", "c.bin": bytes(range(256)) * 100})
        names = [repo.git("rev-parse", f"HEAD:{path}") for path in ("a.py", "b.py", "c.bin", "a.py")]
        objects = Objects(Repository(repo.root))
        try:
            assert [objects.load(name) for name in names] == [
                (b"one", 3),
                (b"", 0),
                (bytes(range(256)) * 100, 25600),
                (b"one", 3),
            ]
        finally:
            objects.close()

    def test_of_a_large_one_only_the_start_is_kept(self, tmp_path):
        repo = Repo(tmp_path / "r", {"large": b"x" * 3_000_000, "small": "s"})
        objects = Objects(Repository(repo.root))
        try:
            data, size = objects.load(repo.git("rev-parse", "HEAD:large"), 1000)
            assert (len(data), size) == (8192, 3_000_000)
            assert objects.load(repo.git("rev-parse", "HEAD:small"), 1000) == (b"s", 1)
        finally:
            objects.close()

    def test_one_that_is_missing_is_an_error_and_the_next_is_read(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "one"})
        objects = Objects(Repository(repo.root))
        try:
            with pytest.raises(GitError, match=r"object 1{40} is missing"):
                objects.load("1" * 40)
            assert objects.load(repo.git("rev-parse", "HEAD:a.py")) == (b"one", 3)
        finally:
            objects.close()

    def test_a_process_that_dies_says_why(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": "one"})
        fake_git(str(tmp_path / "bin"), "echo 'fatal: on strike' >&2; exit 128", monkeypatch)
        with pytest.raises(GitError, match="on strike"):
            Objects(Repository(repo.root)).load("HEAD")

    def test_a_process_that_dies_half_way_is_an_error(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": "one"})
        fake_git(str(tmp_path / "bin"), "read name; echo abc blob 100; echo only this", monkeypatch)
        with pytest.raises(GitError, match="ended in the middle of object abc"):
            Objects(Repository(repo.root)).load("abc")

    def test_a_copy_reads_for_itself(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "one"})
        objects = Objects(Repository(repo.root))
        objects.load("HEAD:a.py")
        copy = pickle.loads(pickle.dumps(objects))  # noqa: S301 - our own
        try:
            assert copy.load("HEAD:a.py") == (b"one", 3)
        finally:
            copy.close()
            objects.close()

    @pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
    def test_a_forked_child_reads_for_itself(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "one", "b.py": "two"})
        objects = Objects(Repository(repo.root))
        objects.load("HEAD:a.py")
        child = os.fork()
        if child == 0:
            right = all(objects.load("HEAD:b.py") == (b"two", 3) for _ in range(50))
            objects.close()
            os._exit(0 if right else 1)
        answers = {objects.load("HEAD:a.py") for _ in range(50)}
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert answers == {(b"one", 3)}
        objects.close()


def test_nothing_heavy_is_imported_before_git_runs():
    import subprocess

    code = "import sys, ospec_guard.engine.git; sys.exit('subprocess' in sys.modules or 'pathspec' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
