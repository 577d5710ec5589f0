from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from git_world import Repo, fake_git, scrub, shut_away, write

from ospec_guard.engine.discover import discover, discover_staged
from ospec_guard.engine.git import GitError
from ospec_guard.engine.sift import Listing
from ospec_guard.engine.trees import IndexTree
from ospec_guard.errors import SurroundingsError, UsageError
from ospec_guard.globs import compile_globs
from ospec_guard.model import FileRecord, FileStatus, Gap, Notice

ODD = os.fsdecode(b"caf\xe9")
ODD_NAMES = [
    "a b.py",
    "line\nfeed.py",
    "#hash.py",
    "-dash.py",
    ":(top)magic.py",
    "*.py",
    "[ab].py",
    f"{ODD}.py",
    "tab\t.py",
    '"q".py',
    "ü/x.py",
    "? x.py",
]


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


def found(root: str, *paths: str, **options) -> set[str]:
    options.setdefault("cwd", root)
    return set(discover(root, paths, **options).candidates)


def reasons(listing: Listing) -> dict[str, str]:
    return {record.path: record.reason for record in listing.records}


class TestInGit:
    def test_tracked_and_untracked_but_not_ignored(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "d/b.py": "", ".gitignore": "*.log\nout/\n", "forced.log": ""}, commit=False)
        repo.git("add", "--force", "forced.log", "a.py")
        repo.commit()
        repo.write({"new.py": "", "x.log": "", "out/a.py": "", "out/d/b.py": "", "d/y.log": ""})
        listing = discover(repo.root)
        assert listing.candidates == (".gitignore", "a.py", "d/b.py", "forced.log", "new.py")
        assert reasons(listing) == {"d/y.log": "ignored", "out/": "ignored", "x.log": "ignored"}
        assert (listing.gaps, listing.notices) == ((), ())

    @pytest.mark.parametrize("name", ODD_NAMES)
    @pytest.mark.parametrize("tracked", [pytest.param(True, id="tracked"), pytest.param(False, id="untracked")])
    def test_names_of_all_sorts(self, tmp_path, name, tracked):
        repo = Repo(tmp_path, {name: "", "plain.py": ""}, commit=tracked)
        assert found(repo.root) == {name, "plain.py"}

    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_ignored_names_of_all_sorts(self, tmp_path, name):
        repo = Repo(tmp_path, {name: "", ".gitignore": "*\n!.gitignore\n"}, commit=False)
        assert set(reasons(discover(repo.root))) == {name.split("/")[0] + "/" if "/" in name else name}

    def test_deleted_files_are_just_absent(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "b.py": "", "d/e/c.py": ""})
        os.unlink(repo.path("b.py"))
        os.unlink(repo.path("d/e/c.py"))
        os.removedirs(repo.path("d/e"))
        assert discover(repo.root) == Listing(candidates=("a.py",))

    def test_submodules_and_repositories_within(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        Repo(tmp_path / "r" / "sub", {"inner.py": ""})
        repo.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
        Repo(tmp_path / "r" / "untracked", {"inner.py": ""})
        listing = discover(repo.root)
        assert listing.candidates == ("a.py",)
        assert reasons(listing) == {"sub/": "submodule", "untracked/": "submodule"}
        assert found(repo.root, "sub") == {"sub/inner.py"}

    def test_an_unsettled_merge_stands_there_once(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "0\n"})
        for branch in ("one", "two"):
            repo.git("switch", "--quiet", "--create", branch, "main")
            repo.write({"a.py": f"{branch}\n"})
            repo.commit()
        with pytest.raises(AssertionError):  # git merge fails, which is what we want
            repo.git("merge", "--quiet", "one")
        assert discover(repo.root) == Listing(candidates=("a.py",))

    def test_links_are_never_followed(self, tmp_path):
        write(tmp_path / "out", {"secret.py": ""})
        repo = Repo(tmp_path / "r", {"a.py": "", "d/b.py": "", "swapped/c.py": "", "file.py": ""})
        os.symlink("d", repo.path("inside"))
        os.symlink("../out", repo.path("outside"))
        repo.git("add", "--all")
        os.rename(repo.path("swapped"), tmp_path / "moved")
        os.symlink("../moved", repo.path("swapped"))
        os.unlink(repo.path("file.py"))
        os.symlink("a.py", repo.path("file.py"))
        os.symlink("untracked", repo.path("untracked"))
        listing = discover(repo.root)
        assert listing.candidates == ("a.py", "d/b.py")
        assert {record.path: record.notes for record in listing.records if record.reason == "link"} == {
            "file.py": ("leads to a.py",),
            "inside": ("leads to d",),
            "outside": ("leads out of the root: ../out",),
            "swapped": ("leads out of the root: ../moved",),
            "untracked": ("leads in a circle: untracked",),
        }

    def test_what_is_no_file_is_told_and_not_opened(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "pipe.py": "", "d/b.py": ""})
        os.unlink(repo.path("pipe.py"))
        os.mkfifo(repo.path("pipe.py"))
        os.mkfifo(repo.path("d", "untracked"))
        listing = discover(repo.root)
        assert (listing.candidates, reasons(listing)) == (("a.py", "d/b.py"), {"d/untracked": "special", "pipe.py": "special"})
        assert reasons(discover(repo.root, ["d"], cwd=repo.root)) == {"d/untracked": "special"}

    def test_folders_that_may_not_be_read_are_gaps(self):
        with shut_away({"a.py": "", "shut/b.py": "", "tracked/c.py": ""}) as root:
            repo = Repo(root)
            repo.git("add", "a.py", "tracked")
            os.chmod(repo.path("shut"), 0)
            os.chmod(repo.path("tracked"), 0)
            listing = discover(repo.root)
            os.chmod(repo.path("shut"), 0o700)
            os.chmod(repo.path("tracked"), 0o700)
        assert listing.candidates == ("a.py",)
        assert listing.gaps == tuple(
            Gap("gap/unreadable", path, "could not be read: Permission denied") for path in ("shut/", "tracked/")
        )

    def test_a_sparse_checkout_says_so(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "in/b.py": "", "out/c.py": "", "out/d.py": ""})
        repo.git("sparse-checkout", "set", "in")
        listing = discover(repo.root)
        assert listing.candidates == ("a.py", "in/b.py")
        message = "2 tracked files are not checked, for they are not checked out (sparse checkout)"
        assert listing.notices == (Notice("notice/sparse", message, None, "git sparse-checkout disable"),)

    def test_a_linked_work_tree(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "", ".gitignore": "x.py"})
        repo.git("worktree", "add", "--quiet", str(tmp_path / "other"))
        write(tmp_path / "other", {"x.py": "", "y.py": ""})
        listing = discover(str(tmp_path / "other"))
        assert (listing.candidates, reasons(listing)) == ((".gitignore", "a.py", "y.py"), {"x.py": "ignored"})

    def test_a_repository_without_commits_or_files(self, tmp_path):
        assert discover(Repo(tmp_path).root) == Listing()

    def test_in_a_commit_hook(self, tmp_path):
        """The real thing: git runs us, with whatever it sets."""
        repo = Repo(tmp_path / "r", {"a.py": "", "sub/b.py": "", ".gitignore": "x.py"})
        script = (
            f"#!/bin/sh\ncd sub && {sys.executable} -c '"
            "from ospec_guard.engine.discover import discover, discover_staged\n"
            "from ospec_guard.engine.trees import IndexTree\n"
            f'root = "{repo.root}"\n'
            "with IndexTree(root) as index:\n"
            "    staged = discover_staged(root, index).candidates\n"
            f'    print(discover(root).candidates, staged, [index.read(p) for p in staged], file=open("{tmp_path}/told", "w"))\n\'\n'
        )
        write(tmp_path, {"r/.git/hooks/pre-commit": script})
        os.chmod(repo.path(".git", "hooks", "pre-commit"), 0o755)
        repo.write({"a.py": "changed", "sub/b.py": "changed too", "x.py": "", "new.py": ""})
        repo.git("commit", "--quiet", "-m", "only one", "a.py", environment={"PYTHONPATH": os.getcwd()})
        with open(tmp_path / "told") as told:
            everything = ".gitignore", "a.py", "new.py", "sub/b.py"
            assert told.read() == f"{everything} ('a.py',) [b'changed']\n"


class TestBelowTheTop:
    """The root is a folder of a repository."""

    def test_lists_what_is_below_the_root(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "in/b.py": "", "in/d/c.py": "", "inner.py": "", ".gitignore": "*.log\nout/"})
        repo.write({"in/x.log": "", "in/out/y.py": "", "y.log": "", "in/new.py": ""})
        listing = discover(repo.path("in"))
        assert listing.candidates == ("b.py", "d/c.py", "new.py")
        assert reasons(listing) == {"out/": "ignored", "x.log": "ignored"}

    def test_a_root_that_is_ignored_says_so(self, tmp_path):
        repo = Repo(tmp_path, {".gitignore": "out/", "out/deep/a.py": ""})
        listing = discover(repo.path("out", "deep"))
        assert listing == Listing(records=(FileRecord("./", FileStatus.LEFT_OUT, "ignored"),))

    def test_through_a_link(self, tmp_path):
        repo = Repo(tmp_path / "r", {"in/a.py": "", ".gitignore": "*.log", "in/x.log": ""})
        os.symlink(repo.path("in"), tmp_path / "way")
        listing = discover(str(tmp_path / "way"))
        assert (listing.candidates, reasons(listing)) == (("a.py",), {"x.log": "ignored"})


class TestOutsideOfGit:
    def test_walks(self, tmp_path):
        files = {"a.py": "", "d/b.py": "", ".gitignore": "*.log\nout/", "x.log": "", "out/c.py": "", "node_modules/m/i.js": ""}
        root = write(tmp_path, files)
        listing = discover(root)
        assert listing.candidates == (".gitignore", "a.py", "d/b.py")
        assert reasons(listing) == {"node_modules/": "vendored", "out/": "ignored", "x.log": "ignored"}

    def test_runs_no_git(self, tmp_path, monkeypatch):
        fake_git(str(tmp_path / "bin"), f"touch {tmp_path}/ran", monkeypatch)
        assert found(write(tmp_path / "plain", {"a.py": ""})) == {"a.py"}
        assert not os.path.exists(tmp_path / "ran")

    def test_enters_repositories(self, tmp_path):
        root = write(tmp_path, {"a.py": ""})
        Repo(tmp_path / "one", {"b.py": "", ".gitignore": "c.py", "c.py": ""})
        assert found(root) == {"a.py", "one/.gitignore", "one/b.py"}

    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_names_of_all_sorts(self, tmp_path, name):
        assert found(write(tmp_path, {name: ""})) == {name}

    def test_folders_that_may_not_be_read_are_gaps(self):
        with shut_away({"a.py": "", "shut/b.py": ""}, "shut") as root:
            listing = discover(root)
        assert listing.candidates == ("a.py",)
        assert listing.gaps == (Gap("gap/unreadable", "shut/", "could not be read: Permission denied"),)

    def test_an_excluded_folder_that_may_not_be_read_is_no_gap(self):
        with shut_away({"a.py": "", "shut/b.py": ""}, "shut") as root:
            listing = discover(root, exclude=compile_globs(["shut/"]))
        assert (listing.gaps, reasons(listing)) == ((), {"shut/": "excluded"})

    def test_include_opens_a_vendored_folder(self, tmp_path):
        root = write(tmp_path, {"a.py": "", "vendor/ours/b.py": "", "vendor/theirs/c.py": ""})
        assert found(root, include=compile_globs(["*", "vendor/ours/"])) == {"a.py", "vendor/ours/b.py"}


class TestWhenGitCannotAnswer:
    def test_without_git_we_walk_and_say_so(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": "", ".gitignore": "*.log", "x.log": ""})
        Repo(tmp_path / "r" / "sub", {"inner.py": ""})
        monkeypatch.setenv("PATH", str(tmp_path))
        listing = discover(repo.root)
        assert (listing.candidates, reasons(listing)) == ((".gitignore", "a.py"), {"sub/": "submodule", "x.log": "ignored"})
        assert [notice.id for notice in listing.notices] == ["notice/no-git"]

    def test_a_repository_of_somebody_else_is_an_error_with_the_command(self, tmp_path, monkeypatch):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        said = f"fatal: detected dubious ownership in repository at '{repo.root}'"
        fake_git(str(tmp_path / "bin"), f'echo "{said}" >&2; exit 128', monkeypatch)
        with pytest.raises(GitError) as caught:
            discover(repo.root)
        assert caught.value.problems[0].hint == f"git config --global --add safe.directory {repo.root}"

    def test_a_bare_repository_with_files_is_an_error(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        repo.git("config", "core.bare", "true")
        with pytest.raises(SurroundingsError, match="is bare"):
            discover(repo.root)

    def test_without_git_ignore_git_is_not_asked(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "", ".gitignore": "x.py", "x.py": ""})
        Repo(tmp_path / "r" / "sub", {"inner.py": ""})
        repo.git("config", "core.bare", "true")
        assert found(repo.root, use_git_ignore=False) == {".gitignore", "a.py", "sub/inner.py", "x.py"}


class TestNamedPaths:
    @pytest.fixture
    def repo(self, tmp_path):
        files = {"a.py": "", "d/b.py": "", "d/e/c.py": "", "z.py": "", ".gitignore": "*.log\nout/", "x.log": "", "out/y.py": ""}
        return Repo(tmp_path / "r", files)

    @pytest.mark.parametrize(
        ("paths", "expected"),
        [
            pytest.param(["a.py"], {"a.py"}, id="file"),
            pytest.param(["d"], {"d/b.py", "d/e/c.py"}, id="folder"),
            pytest.param(["d/"], {"d/b.py", "d/e/c.py"}, id="folder with a slash"),
            pytest.param(["./d/../d/e/./"], {"d/e/c.py"}, id="the long way"),
            pytest.param(["."], {".gitignore", "a.py", "d/b.py", "d/e/c.py", "z.py"}, id="everything"),
            pytest.param(
                ["d", "d/e", "d/b.py", "a.py", "a.py"], {"a.py", "d/b.py", "d/e/c.py"}, id="one in another, and twice"
            ),
            pytest.param(["x.log"], {"x.log"}, id="a file that git ignores"),
            pytest.param(["out/y.py"], {"out/y.py"}, id="a file in a folder that git ignores"),
            pytest.param(
                [".", "x.log"], {".gitignore", "a.py", "d/b.py", "d/e/c.py", "x.log", "z.py"}, id="with the whole beside"
            ),
        ],
    )
    def test_are_listed(self, repo, paths, expected):
        assert found(repo.root, *paths) == expected
        assert found(repo.root, *(os.path.join(repo.root, path) for path in paths), cwd="/") == expected

    def test_are_relative_to_where_one_stands(self, repo, monkeypatch):
        assert found(repo.root, "b.py", "../a.py", cwd=repo.path("d")) == {"a.py", "d/b.py"}
        monkeypatch.chdir(repo.path("d"))
        assert set(discover(repo.root, ["e"]).candidates) == {"d/e/c.py"}

    def test_a_folder_that_git_ignores_stays_ignored(self, repo):
        repo.write({"out/deep/w.py": ""})
        assert discover(repo.root, ["out/deep"], cwd=repo.root) == Listing(
            records=(FileRecord("out/deep/", FileStatus.LEFT_OUT, "ignored"),)
        )

    def test_exclude_holds_for_named_files_too(self, repo):
        listing = discover(
            repo.root, ["a.py", "z.py"], exclude=compile_globs(["a.py"]), ignore_file=compile_globs(["z.py"]), cwd=repo.root
        )
        assert (listing.candidates, reasons(listing)) == ((), {"a.py": "excluded", "z.py": "excluded"})

    def test_a_vendored_file_is_checked_when_it_is_named(self, repo):
        repo.write({"vendor/v.py": "", "vendor/w.py": ""})
        assert found(repo.root, "vendor/v.py") == {"vendor/v.py"}
        assert found(repo.root, "vendor") == {"vendor/v.py", "vendor/w.py"}

    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_names_of_all_sorts(self, repo, name):
        repo.write({name: "", "other/x.py": ""})
        assert found(repo.root, f"./{name}") == {name}
        if "/" in name:
            assert found(repo.root, os.path.dirname(name)) == {name}

    @pytest.mark.parametrize("name", ["*", "[d]", ":(top)", "d*"])
    def test_a_folder_s_name_is_no_glob(self, repo, name):
        repo.write({f"{name}/only.py": ""})
        assert found(repo.root, f"./{name}") == {f"{name}/only.py"}

    def test_a_single_file_needs_neither_git_nor_globs(self, repo):
        code = (
            "import sys\n"
            "from ospec_guard.engine.discover import discover\n"
            f"assert discover({repo.root!r}, ['a.py'], cwd={repo.root!r}).candidates == ('a.py',)\n"
            "print({'subprocess', 'pathspec', 'hashlib', 'tree_sitter'} & set(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert (done.stdout, done.stderr) == (b"set()\n", b"")

    def test_all_that_cannot_be_are_told_at_once(self, repo, tmp_path):
        with pytest.raises(UsageError) as caught:
            discover(repo.root, ["no.py", "a.py", "d/no", "../elsewhere.py", "-", ".git/config", "a.py/b"], cwd=repo.root)
        assert [(problem.message, problem.hint) for problem in caught.value.problems] == [
            ("there is no file or folder 'no.py'", f"paths are relative to {repo.root}"),
            ("there is no file or folder 'd/no'", f"paths are relative to {repo.root}"),
            (f"'../elsewhere.py' lies outside of {repo.root}", "run ospec-guard in the repository that it belongs to"),
            ("standard input cannot be checked", "name a file; write ./- for one of that name"),
            ("'.git/config' is git's own and is never checked", "leave it out"),
            ("there is no file or folder 'a.py/b'", f"paths are relative to {repo.root}"),
        ]

    def test_a_link_inside_of_the_root_stands_for_what_it_leads_to(self, repo):
        os.symlink("d/b.py", repo.path("link.py"))
        os.symlink("d", repo.path("way"))
        listing = discover(repo.root, ["link.py", "way/e", "way/"], cwd=repo.root)
        assert listing.candidates == ("d/b.py", "d/e/c.py")
        assert {record.path: record.notes for record in listing.records} == {
            "link.py": ("leads to d/b.py",),
            "way": ("leads to d",),
        }

    @pytest.mark.parametrize(
        ("target", "note"),
        [
            pytest.param("gone", "broken: leads to 'gone', No such file or directory", id="nowhere"),
            pytest.param("link", "leads in a circle: link", id="itself"),
        ],
    )
    def test_a_link_to_nothing_is_left_out(self, repo, target, note):
        os.symlink(target, repo.path("link"))
        listing = discover(repo.root, ["link"], cwd=repo.root)
        assert listing == Listing(records=(FileRecord("link", FileStatus.LEFT_OUT, "link", notes=(note,)),))

    @pytest.mark.parametrize("path", ["file.py", "folder", "folder/", "folder/secret.py", "twice/secret.py", "git"])
    def test_a_way_out_of_the_root_is_refused(self, repo, tmp_path, path):
        write(tmp_path / "out", {"secret.py": ""})
        os.symlink("../out/secret.py", repo.path("file.py"))
        os.symlink(tmp_path / "out", repo.path("folder"))
        os.symlink("folder", repo.path("twice"))
        os.symlink(".git/config", repo.path("git"))
        with pytest.raises(UsageError) as caught:
            discover(repo.root, [path], cwd=repo.root)
        wanted = "is git's own" if path == "git" else f"'{path}' leads out of {repo.root} through a link"
        assert wanted in caught.value.problems[0].message

    def test_a_root_behind_a_link(self, repo, tmp_path):
        os.symlink(repo.root, tmp_path / "way")
        way = str(tmp_path / "way")
        assert (
            found(way, "a.py", cwd=repo.root)
            == found(way, os.path.join(way, "a.py"))
            == found(repo.root, os.path.join(way, "a.py"))
            == {"a.py"}
        )

    def test_what_is_no_file_is_left_out(self, repo):
        os.mkfifo(repo.path("pipe"))
        with socket.socket(socket.AF_UNIX) as made:
            here = os.getcwd()
            os.chdir(repo.root)  # socket names are short
            made.bind("sock")
            os.chdir(here)
            assert reasons(discover(repo.root, ["pipe", "sock"], cwd=repo.root)) == {"pipe": "special", "sock": "special"}

    def test_a_file_in_a_folder_that_may_not_be_entered_is_a_gap(self):
        with shut_away({"shut/a.py": ""}, "shut") as root:
            listing = discover(root, ["shut/a.py"], cwd=root)
        assert listing == Listing(gaps=(Gap("gap/unreadable", "shut/a.py", "could not be read: Permission denied"),))


class TestStaged:
    @pytest.fixture
    def repo(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "1", "b.py": "1", "d/c.py": "1", "gone.py": "1"})
        repo.write({"a.py": "2", "d/new.py": "n", "vendor/v.py": "v", "b.py": "not staged", "untracked.py": "u"})
        repo.git("add", "a.py", "d", "vendor")
        repo.git("rm", "--quiet", "gone.py")
        return repo

    @staticmethod
    def staged(repo: Repo, *paths: str, **options) -> Listing:
        with IndexTree(repo.root) as index:
            return discover_staged(repo.root, index, paths, cwd=options.pop("cwd", repo.root), **options)

    def test_what_differs_from_head(self, repo):
        listing = self.staged(repo)
        assert (listing.candidates, reasons(listing)) == (("a.py", "d/new.py"), {"vendor/": "vendored"})

    @pytest.mark.parametrize(
        ("paths", "expected"),
        [
            pytest.param(["a.py"], ("a.py",), id="file"),
            pytest.param(["d"], ("d/new.py",), id="folder"),
            pytest.param(["b.py", "untracked.py"], (), id="nothing staged there"),
            pytest.param(["vendor/v.py", "a.py"], ("a.py", "vendor/v.py"), id="a vendored file that is named"),
        ],
    )
    def test_under_named_paths(self, repo, paths, expected):
        assert self.staged(repo, *paths).candidates == expected

    def test_a_path_that_is_in_the_index_alone(self, repo):
        os.unlink(repo.path("d", "new.py"))
        os.unlink(repo.path("d", "c.py"))
        os.rmdir(repo.path("d"))
        assert self.staged(repo, "d/new.py").candidates == self.staged(repo, "d").candidates == ("d/new.py",)

    def test_a_path_that_is_nowhere(self, repo):
        with pytest.raises(UsageError) as caught:
            self.staged(repo, "a.py", "nowhere", "../elsewhere")
        assert [problem.message for problem in caught.value.problems] == [
            "there is no file or folder 'nowhere'",
            f"'../elsewhere' lies outside of {repo.root}",
        ]

    def test_globs_of_the_user(self, repo):
        listing = self.staged(repo, exclude=compile_globs(["d/"]))
        assert (listing.candidates, listing.used_globs) == (("a.py",), (("exclude", "d/"),))

    def test_an_unsettled_merge_is_a_gap(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "0\n"})
        for branch in ("one", "two"):
            repo.git("switch", "--quiet", "--create", branch, "main")
            repo.write({"a.py": f"{branch}\n", f"{branch}.py": ""})
            repo.commit()
        with pytest.raises(AssertionError):  # git merge fails, which is what we want
            repo.git("merge", "--quiet", "one")
        listing = self.staged(repo)
        assert listing.candidates == ("one.py",)
        assert listing.gaps == (Gap("gap/unreadable", "a.py", "could not be read: its merge conflict is not resolved"),)

    def test_before_the_first_commit(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "", "b.py": ""}, commit=False)
        repo.git("add", "a.py")
        assert self.staged(repo).candidates == ("a.py",)

    def test_links_and_submodules(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": ""})
        Repo(tmp_path / "r" / "sub", {"inner.py": ""})
        os.symlink("a.py", repo.path("link"))
        repo.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
        listing = self.staged(repo)
        assert (listing.candidates, reasons(listing)) == ((), {"link": "link"})

    def test_below_the_top(self, tmp_path):
        repo = Repo(tmp_path, {"in/a.py": "", "b.py": ""}, commit=False)
        repo.git("add", "--all")
        with IndexTree(repo.path("in")) as index:
            assert discover_staged(repo.path("in"), index, ["a.py"], cwd=repo.path("in")).candidates == ("a.py",)


def test_the_same_answer_twice(tmp_path):
    repo = Repo(tmp_path, {f"{d}/{n}.py": "" for d in "abc" for n in "xyz"})
    repo.write({"b/new.py": "", "l.log": ""})
    assert discover(repo.root) == discover(repo.root, [".", "a", "b/x.py"], cwd=repo.root)
