from __future__ import annotations

import os
import pickle
import socket

import pytest
from git_world import Repo, scrub, shut_away, write

from ospec_guard.engine.trees import CommitTree, Entry, EntryKind, IndexTree, IrregularFileError, WorkTree, load_regular
from ospec_guard.errors import SurroundingsError

ODD = os.fsdecode(b"caf\xe9 \xff")
ODD_NAMES = [
    "a b.py",
    "line\nfeed.py",
    "#hash.py",
    "-dash.py",
    ":(top)magic.py",
    "*.py",
    f"{ODD}.py",
    "tab\t.py",
    "sub dir\n/x.py",
    "ü.py",
]


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


def bind(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(os.path.dirname(path))  # socket names are short
        made.bind(os.path.basename(path))
        os.chdir(here)


class TestWorkTree:
    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_reads_names_of_all_sorts(self, tmp_path, name):
        tree = WorkTree(write(tmp_path, {name: "x = 1\n"}))
        assert (tree.read(name), tree.size(name), tree.load(name, 100)) == (b"x = 1\n", 6, (b"x = 1\n", 6))

    @pytest.mark.parametrize(
        ("size", "kept"),
        [
            pytest.param(0, 0, id="empty"),
            pytest.param(9_999, 9_999, id="below the limit"),
            pytest.param(10_000, 10_000, id="at the limit"),
            pytest.param(10_001, 8192, id="above it"),
        ],
    )
    def test_keeps_the_start_of_what_is_too_large(self, tmp_path, size, kept):
        tree = WorkTree(write(tmp_path, {"f": b"x" * size}))
        data, told = tree.load("f", 10_000)
        assert (len(data), told) == (kept, size)

    def test_never_reads_a_large_file_whole(self, tmp_path):
        path = tmp_path / "f"
        with open(path, "wb") as file:
            file.truncate(1 << 42)  # sparse; reading it whole would not end today
        data, size = WorkTree(str(tmp_path)).load("f", 5_000_000)
        assert (len(data), size) == (8192, 1 << 42)

    def test_a_file_that_tells_no_size(self):
        assert load_regular("/proc/self/status")[0].startswith(b"Name:")

    def test_a_file_that_tells_no_size_and_is_too_large(self):
        data, size = load_regular("/proc/self/status", 100)
        assert (len(data) > 100, size > 100) == (True, True)

    @pytest.mark.parametrize(
        ("make", "kind"),
        [
            pytest.param(os.mkfifo, EntryKind.SPECIAL, id="FIFO"),
            pytest.param(bind, EntryKind.SPECIAL, id="socket"),
            pytest.param(lambda path: os.symlink("/etc/hostname", path), EntryKind.LINK, id="link out"),
            pytest.param(lambda path: os.symlink("f", path), EntryKind.LINK, id="loop"),
        ],
    )
    def test_opens_nothing_but_files(self, tmp_path, make, kind):
        make(str(tmp_path / "f"))
        tree = WorkTree(str(tmp_path))
        for ask in (tree.read, tree.size, lambda path: tree.load(path, 10)):
            with pytest.raises(IrregularFileError) as caught:
                ask("f")
            assert caught.value.kind is kind
        assert pickle.loads(pickle.dumps(caught.value)).kind is kind  # noqa: S301 - our own

    def test_opens_no_device(self):
        with pytest.raises(IrregularFileError):
            WorkTree("/dev").read("null")

    def test_a_link_put_there_after_the_look_is_not_followed(self, tmp_path, monkeypatch):
        write(tmp_path, {"f": "safe", "secret": "secret"})
        real = os.lstat(tmp_path / "f")
        os.unlink(tmp_path / "f")
        os.symlink("secret", tmp_path / "f")
        monkeypatch.setattr(os, "lstat", lambda path: real)
        with pytest.raises(OSError, match="symbolic links"):
            load_regular(str(tmp_path / "f"))

    def test_what_is_not_there_or_a_folder(self, tmp_path):
        tree = WorkTree(write(tmp_path, {"d/f": "x"}))
        with pytest.raises(FileNotFoundError):
            tree.read("gone")
        with pytest.raises(NotADirectoryError):
            tree.read("d/f/g")
        with pytest.raises(IsADirectoryError):
            tree.read("d")

    def test_what_may_not_be_read(self):
        with shut_away({"f": "x", "open": "y"}, "f") as root:
            assert WorkTree(root).read("open") == b"y"
            with pytest.raises(PermissionError):
                WorkTree(root).read("f")


class TestIndexTree:
    def test_tells_what_a_commit_would_record(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "old", "d/b.py": "b"})
        repo.write({"a.py": "staged", "new.py": "n"})
        repo.git("add", "--all")
        repo.write({"a.py": "not staged", "untracked.py": "u"})
        with IndexTree(repo.root) as tree:
            assert [entry.path for entry in tree.entries] == ["a.py", "d/b.py", "new.py"]
            assert (tree.read("a.py"), tree.size("a.py"), tree.load("a.py", 3)) == (b"staged", 6, (b"staged", 6))
            with pytest.raises(FileNotFoundError):
                tree.read("untracked.py")

    def test_before_the_first_commit(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "x"}, commit=False)
        repo.git("add", "a.py")
        with IndexTree(repo.root) as tree:
            assert tree.read("a.py") == b"x"

    def test_from_below_the_top(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "sub/a.py": "2", "sub/d/b.py": "3", "subway.py": "4"})
        with IndexTree(repo.path("sub")) as tree:
            assert [entry.path for entry in tree.entries] == ["a.py", "d/b.py"]
            assert tree.read("a.py") == b"2"

    def test_tells_links_and_submodules_from_files(self, tmp_path):
        repo = Repo(tmp_path / "r", {"a.py": "x"})
        Repo(tmp_path / "r" / "sub", {"inner.py": "x"})
        os.symlink("a.py", repo.path("link"))
        repo.git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
        with IndexTree(repo.root) as tree:
            assert tree.entries == (
                Entry("a.py", EntryKind.FILE),
                Entry("link", EntryKind.LINK),
                Entry("sub/", EntryKind.SUBMODULE),
            )
            for path, kind in (("link", EntryKind.LINK), ("sub", EntryKind.SUBMODULE)):
                with pytest.raises(IrregularFileError) as caught:
                    tree.read(path)
                assert caught.value.kind is kind

    def test_an_unsettled_merge_stands_there_once(self, tmp_path):
        repo = _in_conflict(tmp_path)
        with IndexTree(repo.root) as tree:
            assert tree.entries == (
                Entry("a.py", EntryKind.UNREADABLE, "its merge conflict is not resolved"),
                Entry("b.py", EntryKind.FILE),
            )
            with pytest.raises(IrregularFileError):
                tree.read("a.py")

    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_reads_names_of_all_sorts(self, tmp_path, name):
        repo = Repo(tmp_path, {name: "x = 1\n"})
        with IndexTree(repo.root) as tree:
            assert [entry.path for entry in tree.entries] == [name]
            assert tree.read(name) == b"x = 1\n"

    def test_a_copy_for_another_process_reads_on(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "x"})
        with IndexTree(repo.root) as tree, pickle.loads(pickle.dumps(tree)) as copy:  # noqa: S301 - our own
            assert tree.read("a.py") == copy.read("a.py") == b"x"

    def test_outside_of_git(self, tmp_path):
        with pytest.raises(SurroundingsError, match="--staged needs a git repository"):
            IndexTree(str(tmp_path))


class TestCommitTree:
    @pytest.mark.parametrize("name", ODD_NAMES)
    def test_reads_names_of_all_sorts(self, tmp_path, name):
        repo = Repo(tmp_path, {name: "x = 1\n"})
        with CommitTree(repo.root, repo.git("rev-parse", "HEAD")) as tree:
            assert (tree.read(name), tree.size(name), tree.load(name, 2)) == (b"x = 1\n", 6, (b"x = 1\n", 6))

    def test_tells_what_was_not_what_is(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "old", "gone.py": "g"})
        old = repo.git("rev-parse", "HEAD")
        os.unlink(repo.path("gone.py"))
        repo.write({"a.py": "new", "later.py": "l"})
        repo.commit()
        with CommitTree(repo.root, old) as tree:
            assert (tree.read("a.py"), tree.read("gone.py"), tree.kind("later.py")) == (b"old", b"g", None)
            with pytest.raises(FileNotFoundError):
                tree.read("later.py")

    def test_kinds_names_and_links(self, tmp_path):
        repo = Repo(tmp_path / "r", {"d/a.py": "x", "d/e/b.py": "y"})
        Repo(tmp_path / "r" / "sub", {"inner.py": "x"})
        os.symlink("d/a.py", repo.path("link"))
        with CommitTree(repo.root, repo.commit()) as tree:
            kinds = {
                path: tree.kind(path) for path in ("", "d", "d/a.py", "d/a.py/x", "link", "sub", "sub/inner.py", "no/such")
            }
            assert kinds == {
                "": EntryKind.FOLDER,
                "d": EntryKind.FOLDER,
                "d/a.py": EntryKind.FILE,
                "d/a.py/x": None,
                "link": EntryKind.LINK,
                "sub": EntryKind.SUBMODULE,
                "sub/inner.py": None,
                "no/such": None,
            }
            assert (tree.names(""), tree.names("d"), tree.link("link")) == (["d", "link", "sub"], ["a.py", "e"], "d/a.py")
            with pytest.raises(NotADirectoryError):
                tree.names("d/a.py")
            with pytest.raises(FileNotFoundError):
                tree.names("no")
            with pytest.raises(IsADirectoryError):
                tree.read("d")
            with pytest.raises(OSError, match="is not a link"):
                tree.link("d")

    def test_from_below_the_top(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1", "sub/a.py": "2"})
        with CommitTree(repo.path("sub"), repo.git("rev-parse", "HEAD")) as tree:
            assert (tree.read("a.py"), tree.names("")) == (b"2", ["a.py"])

    def test_a_root_that_was_not_there_yet(self, tmp_path):
        repo = Repo(tmp_path, {"a.py": "1"})
        repo.write({"later/b.py": "2"})
        with CommitTree(repo.path("later"), repo.git("rev-parse", "HEAD")) as tree:
            assert (tree.kind(""), tree.kind("b.py")) == (None, None)


def _in_conflict(folder) -> Repo:
    repo = Repo(folder, {"a.py": "0\n", "b.py": "b\n"})
    repo.git("switch", "--quiet", "--create", "other")
    repo.write({"a.py": "1\n"})
    repo.commit()
    repo.git("switch", "--quiet", "main")
    repo.write({"a.py": "2\n"})
    repo.commit()
    with pytest.raises(AssertionError):  # git merge fails, which is what we want
        repo.git("merge", "--quiet", "other")
    return repo
