from __future__ import annotations

import os

import pytest
from git_world import Repo, scrub, shut_away, write

from ospec_guard.engine.disk import CommitFiles, DiskFiles
from ospec_guard.errors import SurroundingsError
from ospec_guard.protocols import Files


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


@pytest.fixture(params=["disk", "commit", "commit, below the top"])
def files(request, tmp_path):
    """The same files, on disk and in a commit."""
    content = {"s.yaml": "s", "d/b.yaml": "b", "d/a.yaml": "a", "d/e/c.yaml": "c", os.fsdecode(b"\xff\n"): "odd"}
    links = {"l.yaml": "d/a.yaml", "way": "d/e", "up": "way/../..", "round": "round", "nowhere": "gone", "abs.yaml": "s.yaml"}
    below = "in" if request.param.endswith("top") else ""
    repo = Repo(tmp_path / "r", {os.path.join(below, path): text for path, text in content.items()})
    root = repo.path(below)
    for name, target in links.items():
        os.symlink(os.path.join(root, target) if name.startswith("abs") else target, os.path.join(root, name))
    commit = repo.commit()
    if request.param == "disk":
        yield root, DiskFiles(root)
        return
    for path in content:
        write(root, {path: "what a pull request wants"})
    write(root, {"d/planted.yaml": "mine"})
    with CommitFiles(root, commit) as made:
        yield root, made


class TestBoth:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            pytest.param("s.yaml", b"s", id="at the root"),
            pytest.param("d/e/c.yaml", b"c", id="below"),
            pytest.param("./d/../d//a.yaml", b"a", id="the long way"),
            pytest.param(os.fsdecode(b"\xff\n"), b"odd", id="odd name"),
            pytest.param("l.yaml", b"a", id="link"),
            pytest.param("abs.yaml", b"s", id="absolute link"),
            pytest.param("way/c.yaml", b"c", id="through a link"),
        ],
    )
    def test_read(self, files, path, expected):
        root, made = files
        assert made.read(path) == made.read(os.path.join(root, path)) == expected
        assert (made.exists(path), made.is_dir(path)) == (True, False)

    @pytest.mark.parametrize(
        ("path", "error"),
        [
            pytest.param("gone.yaml", FileNotFoundError, id="nothing there"),
            pytest.param("gone/a.yaml", FileNotFoundError, id="no folder there"),
            pytest.param("nowhere", FileNotFoundError, id="link to nothing"),
            pytest.param("d", IsADirectoryError, id="folder"),
            pytest.param("round", OSError, id="link in a circle"),
        ],
    )
    def test_read_raises(self, files, path, error):
        with pytest.raises(error):
            files[1].read(path)

    @pytest.mark.parametrize("path", ["gone", "gone/a.yaml", "nowhere", "round", "s.yaml/x"])
    def test_what_does_not_exist(self, files, path):
        assert (files[1].exists(path), files[1].is_dir(path)) == (False, False)

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            pytest.param("d/e", ["c.yaml"], id="folder"),
            pytest.param("way", ["c.yaml"], id="link to a folder"),
            pytest.param("d/e/..", ["a.yaml", "b.yaml", "e"], id="and up again"),
        ],
    )
    def test_list(self, files, path, expected):
        root, made = files
        assert made.list(path) == made.list(os.path.join(root, path)) == expected
        assert (made.exists(path), made.is_dir(path)) == (True, True)

    def test_list_the_root(self, files):
        _, made = files
        assert [name for name in made.list("") if name != ".git"] == sorted(
            ["s.yaml", "d", os.fsdecode(b"\xff\n"), "l.yaml", "way", "up", "round", "nowhere", "abs.yaml"]
        )
        assert made.is_dir("")

    @pytest.mark.parametrize(("path", "error"), [("gone", FileNotFoundError), ("s.yaml", NotADirectoryError)])
    def test_list_raises(self, files, path, error):
        with pytest.raises(error):
            files[1].list(path)

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            pytest.param("", "", id="the root"),
            pytest.param("l.yaml", "d/a.yaml", id="link"),
            pytest.param("way/./c.yaml", "d/e/c.yaml", id="through a link"),
            pytest.param("gone/a.yaml", "gone/a.yaml", id="nothing there"),
        ],
    )
    def test_real(self, files, path, expected):
        root, made = files
        assert made.real(path) == made.real(os.path.join(root, path)) == os.path.join(root, expected).rstrip("/")

    def test_is_what_the_readers_of_settings_expect(self, files):
        made: Files = files[1]
        assert callable(made.read)


class TestDisk:
    def test_a_fifo_does_not_hang(self, tmp_path):
        os.mkfifo(tmp_path / "settings.yaml")
        with pytest.raises(OSError, match="is a special, not a file"):
            DiskFiles(str(tmp_path)).read("settings.yaml")

    def test_a_file_that_may_not_be_read(self):
        with shut_away({"s.yaml": "s"}, "s.yaml") as root, pytest.raises(PermissionError):
            DiskFiles(root).read("s.yaml")

    def test_outside_of_the_root(self, tmp_path):
        write(tmp_path, {"home/p.yaml": "p", "r/s.yaml": ""})
        files = DiskFiles(str(tmp_path / "r"))
        assert files.read("../home/p.yaml") == files.read(str(tmp_path / "home" / "p.yaml")) == b"p"


class TestCommit:
    @pytest.fixture
    def repo(self, tmp_path):
        return Repo(tmp_path / "r", {"s.yaml": "old", "in/t.yaml": "old"})

    def test_the_work_tree_has_no_say(self, repo):
        commit = repo.git("rev-parse", "HEAD")
        repo.write({"s.yaml": "new", "planted.yaml": "new", "in/planted.yaml": "new"})
        repo.commit()
        with CommitFiles(repo.root, commit) as files:
            assert (files.read("s.yaml"), files.exists("planted.yaml"), files.list("in")) == (b"old", False, ["t.yaml"])

    def test_outside_of_the_repository_is_on_disk(self, repo, tmp_path):
        write(tmp_path / "home", {"plugins/p.yaml": "p"})
        with CommitFiles(repo.root, repo.git("rev-parse", "HEAD")) as files:
            home = str(tmp_path / "home")
            assert files.read(f"{home}/plugins/p.yaml") == files.read("../home/plugins/p.yaml") == b"p"
            assert (files.list(home), files.is_dir(home), files.exists(f"{home}/no")) == (["plugins"], True, False)

    def test_in_the_repository_above_the_root_is_the_commit_s(self, repo):
        commit = repo.git("rev-parse", "HEAD")
        repo.write({"s.yaml": "new"})
        with CommitFiles(repo.path("in"), commit) as files:
            assert files.read("../s.yaml") == files.read(repo.path("s.yaml")) == b"old"

    def test_a_way_into_the_repository_from_outside_is_the_commit_s(self, repo, tmp_path):
        commit = repo.git("rev-parse", "HEAD")
        repo.write({"in/t.yaml": "new"})
        write(tmp_path / "home", {})
        os.symlink(repo.path("in"), tmp_path / "home" / "plugins")
        with CommitFiles(repo.root, commit) as files:
            assert files.read(str(tmp_path / "home" / "plugins" / "t.yaml")) == b"old"

    def test_a_committed_link_out_of_the_repository(self, repo, tmp_path):
        write(tmp_path / "home", {"p.yaml": "p"})
        os.symlink("../home", repo.path("shared"))
        with CommitFiles(repo.root, repo.commit()) as files:
            assert (files.read("shared/p.yaml"), files.list("shared")) == (b"p", ["p.yaml"])

    def test_a_link_that_is_not_committed_leads_nowhere(self, repo, tmp_path):
        commit = repo.git("rev-parse", "HEAD")
        write(tmp_path / "home", {"p.yaml": "p"})
        os.symlink("../home", repo.path("shared"))
        with CommitFiles(repo.root, commit) as files:
            assert not files.exists("shared/p.yaml")

    def test_the_root_behind_a_link(self, repo, tmp_path):
        commit = repo.git("rev-parse", "HEAD")
        os.unlink(repo.path("s.yaml"))
        repo.write({"mine.yaml": "new"})
        os.symlink("mine.yaml", repo.path("s.yaml"))
        os.symlink(repo.root, tmp_path / "way")
        with CommitFiles(str(tmp_path / "way"), commit) as files:
            assert files.read("s.yaml") == files.read(str(tmp_path / "way" / "s.yaml")) == b"old"

    def test_outside_of_git(self, tmp_path):
        with pytest.raises(SurroundingsError, match="needs a git repository"):
            CommitFiles(str(tmp_path), "0" * 40)
