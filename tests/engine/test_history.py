from __future__ import annotations

import os

import pytest
from git_world import Repo, fake_git, scrub, write

from ospec_guard.engine.git import GitError
from ospec_guard.engine.history import Change, changed_since, find_commit, head_commit, merge_base
from ospec_guard.errors import SurroundingsError, UsageError


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


def since(repo: Repo, base: str = "HEAD", *, staged: bool = False, below: str = "") -> list[tuple[str, str, str | None]]:
    """Changes as (status, path, old path where it is another)."""
    changes = changed_since(repo.path(below), repo.git("rev-parse", base), staged=staged)
    return [(c.status, c.path, c.old_path if c.old_path != c.path else None) for c in changes]


class TestHead:
    def test_of_a_repository(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""})
        assert head_commit(repo.root) == repo.git("rev-parse", "HEAD")

    def test_before_the_first_commit(self, tmp_path):
        assert head_commit(Repo(tmp_path).root) == ""

    def test_outside_of_git(self, tmp_path):
        assert head_commit(str(tmp_path)) == ""

    def test_where_git_refuses(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), "echo 'fatal: detected dubious ownership' >&2; exit 128", monkeypatch)
        assert head_commit(repo.root) == ""


class TestFindCommit:
    def test_names_of_all_sorts(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""})
        repo.git("tag", "--annotate", "v1", "-m", "one")
        head = repo.git("rev-parse", "HEAD")
        for name in ("HEAD", "main", "v1", head, head[:10], "HEAD^0"):
            assert find_commit(repo.root, name, "--policy-from") == head

    @pytest.mark.parametrize("name", ["--all", "-h", "", "--output=/tmp/x"])
    def test_never_takes_an_option(self, tmp_path, monkeypatch, name):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), f'echo "$@" >> "{tmp_path}/asked"', monkeypatch)
        with pytest.raises(UsageError, match=r"--policy-from .*: there is no such commit"):
            find_commit(repo.root, name, "--policy-from")
        with open(tmp_path / "asked") as asked:
            assert not name or name not in asked.read()

    def test_where_git_refuses(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        fake_git(str(tmp_path / "bin"), "echo 'fatal: detected dubious ownership' >&2; exit 128", monkeypatch)
        with pytest.raises(GitError, match="another user"):
            find_commit(repo.root, "main", "--policy-from")


class TestMergeBase:
    def test_of_two_branches(self, tmp_path):
        repo, base = _forked(tmp_path)
        assert merge_base(repo.root, "main") == base

    def test_with_a_detached_head(self, tmp_path):
        repo, base = _forked(tmp_path)
        repo.git("checkout", "--quiet", "--detach")
        assert merge_base(repo.root, "main") == base

    def test_with_a_merge_as_head(self, tmp_path):
        repo, _ = _forked(tmp_path)
        repo.git("merge", "--quiet", "-m", "merge", "main")
        assert merge_base(repo.root, "main") == repo.git("rev-parse", "main")

    def test_an_unknown_name_comes_with_the_command(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""})
        repo.git("remote", "add", "other", "/nowhere")
        repo.git("remote", "add", "origin", "/nowhere")
        with pytest.raises(UsageError) as caught:
            merge_base(repo.root, "main2")
        assert str(caught.value) == (
            "error: --diff main2: there is no such commit, branch or tag here\n"
            "  hint: git fetch origin main2:refs/remotes/origin/main2, and name it origin/main2"
        )

    def test_an_unknown_name_without_any_remote(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""})
        with pytest.raises(UsageError, match="there is no remote to fetch from"):
            merge_base(repo.root, "main2")

    @pytest.mark.parametrize(
        ("ref", "hint"),
        [
            pytest.param("up/main", "git fetch up main:refs/remotes/up/main", id="branch of a remote"),
            pytest.param(
                "feature/x", "git fetch up feature/x:refs/remotes/up/feature/x, and name it up/feature/x", id="with a slash"
            ),
            pytest.param("abcdef1234", "git fetch up abcdef1234", id="commit"),
            pytest.param("HEAD~99", "git fetch up", id="expression"),
            pytest.param("a;rm -rf b", "git fetch up", id="mischief"),
        ],
    )
    def test_the_command_fits_what_was_named(self, tmp_path, ref, hint):
        repo = Repo(tmp_path, {"a.py": ""})
        repo.git("remote", "add", "up", "/nowhere")
        with pytest.raises(UsageError) as caught:
            merge_base(repo.root, ref)
        assert caught.value.problems[0].hint == hint

    def test_before_the_first_commit(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""}, commit=False)
        with pytest.raises(UsageError, match="there is none yet"):
            merge_base(repo.root, "HEAD")

    def test_histories_that_never_met(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": ""})
        repo.git("checkout", "--quiet", "--orphan", "other")
        repo.commit()
        with pytest.raises(UsageError, match="no history in common"):
            merge_base(repo.root, "main")

    def test_outside_of_git(self, tmp_path):
        with pytest.raises(SurroundingsError, match="--diff needs a git repository"):
            merge_base(str(tmp_path), "main")


class TestShallowClones:
    """The commands in the hints are run, for a hint that does not help is worse than none."""

    def test_a_base_that_was_cut_off(self, tmp_path):
        origin, base = _forked(tmp_path / "origin", more=3)
        clone = _clone(origin, tmp_path, "--depth=1", "--no-single-branch")
        with pytest.raises(SurroundingsError, match="the history of this shallow clone ends before") as caught:
            merge_base(clone.root, "origin/main")
        assert caught.value.problems[0].hint == "git fetch --unshallow origin"
        clone.git(*caught.value.problems[0].hint.split()[1:])
        assert merge_base(clone.root, "origin/main") == base

    def test_a_branch_that_was_not_fetched(self, tmp_path):
        origin, base = _forked(tmp_path / "origin", more=3)
        clone = _clone(origin, tmp_path, "--depth=1")
        with pytest.raises(UsageError) as caught:
            merge_base(clone.root, "origin/main")
        assert caught.value.problems[0].hint == "git fetch --unshallow origin main:refs/remotes/origin/main"
        clone.git(*caught.value.problems[0].hint.split()[1:])
        assert merge_base(clone.root, "origin/main") == base

    def test_a_full_clone_of_one_branch(self, tmp_path):
        origin, base = _forked(tmp_path / "origin")
        clone = _clone(origin, tmp_path, "--single-branch")
        with pytest.raises(UsageError) as caught:
            merge_base(clone.root, "origin/main")
        clone.git(*caught.value.problems[0].hint.split()[1:])
        assert merge_base(clone.root, "origin/main") == base

    def test_a_deep_enough_one(self, tmp_path):
        origin, base = _forked(tmp_path / "origin")
        clone = _clone(origin, tmp_path, "--depth=2", "--no-single-branch")
        assert merge_base(clone.root, "origin/main") == base


class TestChanges:
    def test_the_work_tree_with_all_that_is_not_committed(self, tmp_path):
        repo = Repo(tmp_path, {"same.py": "s", "staged.py": "1", "unstaged.py": "1", "gone.py": "g1", ".gitignore": "*.log"})
        base = repo.git("rev-parse", "HEAD")
        repo.write({"committed.py": "c"})
        repo.commit()
        repo.write({"staged.py": "2", "added.py": "a", "mode.py": ""})
        repo.git("add", "staged.py", "added.py")
        repo.write({"unstaged.py": "2", "untracked.py": "u", "d/untracked.py": "v", "x.log": "l"})
        os.unlink(repo.path("gone.py"))
        assert since(repo, base) == [
            ("A", "added.py", None),
            ("A", "committed.py", None),
            ("A", "d/untracked.py", None),
            ("D", "gone.py", None),
            ("A", "mode.py", None),
            ("M", "staged.py", None),
            ("M", "unstaged.py", None),
            ("A", "untracked.py", None),
        ]

    def test_the_index_alone(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "b.py": "1"})
        repo.write({"a.py": "2", "new.py": "n"})
        repo.git("add", "a.py", "new.py")
        repo.write({"a.py": "3", "b.py": "3", "untracked.py": "u"})
        assert since(repo, staged=True) == [("M", "a.py", None), ("A", "new.py", None)]

    def test_the_index_before_the_first_commit(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "b.py": "2"}, commit=False)
        repo.git("add", "a.py")
        assert changed_since(repo.root, "", staged=True) == (Change("a.py", None, "A"),)

    def test_a_file_added_in_intention_only(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1"})
        repo.write({"b.py": "2"})
        repo.git("add", "--intent-to-add", "b.py")
        assert since(repo) == [("A", "b.py", None)]
        assert since(repo, staged=True) == []

    def test_an_unsettled_merge(self, tmp_path):
        repo, _ = _forked(tmp_path, both="clash.py")
        with pytest.raises(AssertionError):  # git merge fails, which is what we want
            repo.git("merge", "--quiet", "main")
        assert ("M", "clash.py", None) in since(repo)
        assert ("M", "clash.py", None) in since(repo, staged=True)

    LONG = "".join(f"line {number}\n" for number in range(40))

    @pytest.mark.parametrize("tell", [pytest.param(True, id="git was told"), pytest.param(False, id="git was not told")])
    def test_a_renamed_file(self, tmp_path, tell):
        repo = Repo(tmp_path, {"old.py": self.LONG})
        os.rename(repo.path("old.py"), repo.path("new name\n.py"))
        if tell:
            repo.git("add", "--all")
        assert since(repo) == [("R", "new name\n.py", "old.py")]

    def test_a_renamed_and_changed_file(self, tmp_path):
        repo = Repo(tmp_path, {"old.py": self.LONG})
        os.rename(repo.path("old.py"), repo.path("new.py"))
        repo.write({"new.py": self.LONG + "more\n"})
        repo.git("add", "--all")
        assert since(repo) == [("R", "new.py", "old.py")]

    def test_two_copies_of_a_file_that_is_gone(self, tmp_path):
        repo = Repo(tmp_path, {"old.py": self.LONG})
        os.rename(repo.path("old.py"), repo.path("one.py"))
        repo.write({"two.py": self.LONG})
        assert since(repo) == [("R", "one.py", "old.py"), ("A", "two.py", None)]

    def test_empty_files_are_not_taken_for_renamed(self, tmp_path):
        repo = Repo(tmp_path, {"old.py": "", "x.py": "x"})
        os.rename(repo.path("old.py"), repo.path("new.py"))
        assert since(repo) == [("A", "new.py", None), ("D", "old.py", None)]

    def test_a_file_git_was_told_to_forget(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "b.py": "1"})
        repo.git("rm", "--quiet", "--cached", "a.py")
        repo.write({"a.py": "2"})
        assert since(repo) == [("M", "a.py", None)]

    def test_a_file_that_became_a_link(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "b.py": "1"})
        os.unlink(repo.path("a.py"))
        os.symlink("b.py", repo.path("a.py"))
        assert since(repo) == [("T", "a.py", None)]

    def test_a_link_that_git_does_not_know_yet(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "gone.py": "a.py"})
        os.unlink(repo.path("gone.py"))
        os.symlink("a.py", repo.path("link"))
        assert since(repo) == [("D", "gone.py", None), ("A", "link", None)]

    def test_submodules_and_other_repositories_are_left_out(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "1"})
        Repo(tmp_path / "r" / "sub", {"inner.py": "x"})
        assert since(repo) == []
        repo.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
        assert since(repo) == []
        assert since(repo, staged=True) == []

    @pytest.mark.parametrize(
        "name", ["a b.py", "line\nfeed.py", "-dash.py", "tab\t.py", os.fsdecode(b"\xff.py"), '"quoted".py']
    )
    def test_names_of_all_sorts(self, tmp_path, name):
        repo = Repo(tmp_path, {"x.py": "x"})
        repo.write({name: "1"})
        assert since(repo) == [("A", name, None)]
        repo.git("add", "--all")
        assert since(repo) == since(repo, staged=True) == [("A", name, None)]

    def test_whatever_the_repository_s_own_settings(self, tmp_path):
        repo = Repo(tmp_path, {"old.py": self.LONG, "d/x.py": "1"})
        for key, value in (
            ("diff.renames", "false"),
            ("diff.relative", "true"),
            ("diff.noprefix", "true"),
            ("status.showUntrackedFiles", "no"),
        ):
            repo.git("config", key, value)
        repo.git("mv", "old.py", "d/new.py")
        repo.write({"d/x.py": "2", "u.py": "u"})
        assert since(repo) == [("R", "d/new.py", "old.py"), ("M", "d/x.py", None), ("A", "u.py", None)]

    def test_as_seen_from_below_the_top(self, tmp_path):
        text = [f"file {n} {self.LONG}" for n in range(4)]
        repo = Repo(
            tmp_path, {"in/a.py": text[0], "in/leaves.py": text[1], "comes.py": text[2], "in/moves.py": text[3], "out.py": "o"}
        )
        repo.git("mv", "in/leaves.py", "left.py")
        repo.git("mv", "comes.py", "in/came.py")
        repo.git("mv", "in/moves.py", "in/moved.py")
        repo.write({"in/a.py": "changed", "out.py": "changed", "in/u.py": "u", "u.py": "u"})
        assert since(repo, below="in") == [
            ("M", "a.py", None),
            ("A", "came.py", None),
            ("D", "leaves.py", None),
            ("R", "moved.py", "moves.py"),
            ("A", "u.py", None),
        ]

    def test_nothing(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1"})
        os.utime(repo.path("a.py"), (1, 1))
        assert since(repo) == []


def _forked(folder, *, more: int = 1, both: str = "") -> tuple[Repo, str]:
    """A repository on branch `feature`, `more` commits from where it left `main`, which went on too; and that place."""
    repo = Repo(folder, {"a.py": "1\n"})
    base = repo.git("rev-parse", "HEAD")
    for branch, changed in (("main", both or "m.py"), ("feature", both or "f.py")):
        if branch == "feature":
            repo.git("switch", "--quiet", "--create", "feature", base)
        for count in range(more):
            repo.write({changed: f"{branch} {count}\n"})
            repo.commit()
    return repo, base


def _clone(origin: Repo, folder, *options: str) -> Repo:
    write(folder / "clone", {})
    clone = Repo.__new__(Repo)
    clone.root = os.path.realpath(folder / "clone")
    origin.git("clone", "--quiet", *options, "--branch=feature", f"file://{origin.root}", clone.root)
    return clone
