from __future__ import annotations

import os
import tempfile

import pytest
from git_world import Repo, scrub, shut_away, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ospec_guard.engine.discover import discover
from ospec_guard.engine.trees import Entry, EntryKind
from ospec_guard.engine.walk import walk


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    scrub(monkeypatch)


def walked(
    root, start: str = "", *, honour: bool = True, wanted: frozenset[str] = frozenset(), leave: bool = False
) -> dict[str, EntryKind]:
    return {entry.path: entry.kind for entry in walk(str(root), start, honour, wanted, leave=leave)}


def ignored(ignore_files: dict[str, str], paths: list[str], folder) -> set[str]:
    """What the walk says is ignored."""
    write(folder, {**ignore_files, **dict.fromkeys(paths, "x")})
    return {path for path, kind in walked(folder).items() if kind is EntryKind.IGNORED}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("*.o", {"a.o", "d/b.o", "d/e/c.o"}, id="name"),
        pytest.param("/*.o", {"a.o"}, id="anchored"),
        pytest.param("d/*.o", {"d/b.o"}, id="one folder"),
        pytest.param("d/**/*.o", {"d/b.o", "d/e/c.o"}, id="any depth below"),
        pytest.param("**/e", {"d/e/"}, id="any depth above"),
        pytest.param("e/", {"d/e/"}, id="folder"),
        pytest.param("a.o/", set(), id="a file is no folder"),
        pytest.param("d/**", {"d/b.o", "d/e/", "d/k.py"}, id="all in a folder"),
        pytest.param("*\n!*.py\n!*/\n!.git*", {"a.o", "d/b.o", "d/e/c.o"}, id="all but one extension"),
        pytest.param("d\n!d/k.py", {"d/"}, id="no way back from an ignored folder"),
        pytest.param("d/*\n!d/k.py", {"d/b.o", "d/e/"}, id="a way back from a folder's content"),
        pytest.param("*.o\r\n# note\n\n!d/b.o\r\n", {"a.o", "d/e/c.o"}, id="line ends of Windows, comments, blank lines"),
        pytest.param("\ufeff*.o", {"a.o", "d/b.o", "d/e/c.o"}, id="byte order mark"),
        pytest.param("[z-a].o\n***\\\n*.o", {"a.o", "d/b.o", "d/e/c.o"}, id="a line that is no glob spoils nothing"),
        pytest.param("k?py", {"d/k.py", "k.py"}, id="question mark"),
        pytest.param("[jk].py", {"d/k.py", "k.py"}, id="character class"),
        pytest.param("*/", {"d/"}, id="every folder"),
        pytest.param("*/**", {"d/b.o", "d/e/", "d/k.py"}, id="everything in folders"),
        pytest.param("**/*/**", {"d/b.o", "d/e/", "d/k.py"}, id="everything in folders, said at length"),
        pytest.param("d/**/", {"d/e/"}, id="every folder in a folder"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_a_gitignore_file(tmp_path, lines, expected):
    paths = ["a.o", "k.py", "d/b.o", "d/k.py", "d/e/c.o"]
    assert ignored({".gitignore": lines}, paths, tmp_path / "plain") == expected
    # and git agrees
    repo = Repo(tmp_path / "git", {".gitignore": lines, **dict.fromkeys(paths, "x")}, commit=False)
    assert {record.path for record in discover(repo.root).records} == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({".gitignore": "*.o", "d/.gitignore": "!/b.o"}, {"a.o", "d/e/b.o"}, id="the inner one takes back"),
        pytest.param({"d/.gitignore": "/b.o"}, {"d/b.o"}, id="anchored at its own folder"),
        pytest.param({"d/.gitignore": "*.o", "d/e/.gitignore": "!*.o"}, {"d/b.o"}, id="the innermost decides"),
        pytest.param({".gitignore": "d/", "d/.gitignore": "!*"}, {"d/"}, id="one in an ignored folder is not read"),
        pytest.param({"d/.gitignore": "a.o"}, set(), id="it does not reach up"),
        pytest.param({"d/.gitignore": "d/b.o"}, set(), id="its paths are relative to its folder"),
        pytest.param({"d/e/.gitignore": "*"}, {"d/e/.gitignore", "d/e/b.o"}, id="it may ignore itself"),
    ],
)
def test_nested_gitignore_files(tmp_path, files, expected):
    paths = ["a.o", "d/b.o", "d/e/b.o"]
    assert ignored(files, paths, tmp_path / "plain") == expected
    repo = Repo(tmp_path / "git", {**files, **dict.fromkeys(paths, "x")}, commit=False)
    assert {record.path for record in discover(repo.root).records} == expected


def test_line_feeds_in_names_hide_nothing_from_gitignore_files(tmp_path):
    paths = ["new\nline/x.o", "new\nline/y.py", "x.o\n"]
    assert ignored({".gitignore": "x.o"}, paths, tmp_path / "plain") == {"new\nline/x.o"}
    repo = Repo(tmp_path / "git", {".gitignore": "x.o", **dict.fromkeys(paths, "x")}, commit=False)
    assert {record.path for record in discover(repo.root).records} == {"new\nline/x.o"}


def test_a_gitignore_file_does_not_reach_its_neighbours(tmp_path):
    paths = [f"{folder}/{name}" for folder in ("a", "d", "z") for name in ("b.o", "e/b.o")]
    assert ignored({"d/.gitignore": "b.o"}, paths, tmp_path) == {"d/b.o", "d/e/b.o"}


def test_a_folder_in_the_middle_obeys_what_stands_above(tmp_path):
    write(
        tmp_path,
        {".gitignore": "*.o\n/out/", "d/.gitignore": "x.py", "d/e/x.py": "", "d/e/y.o": "", "d/e/z.py": "", "out/a/b.py": ""},
    )
    assert walked(tmp_path, "d/e") == {"d/e/x.py": EntryKind.IGNORED, "d/e/y.o": EntryKind.IGNORED, "d/e/z.py": EntryKind.FILE}
    assert walked(tmp_path, "out/a") == {"out/a/": EntryKind.IGNORED}


def test_without_gitignore_files(tmp_path):
    write(tmp_path, {".gitignore": "*", "a.py": "", "d/.git/config": "", "d/b.py": "", "e/.git": "gitdir: x", ".git/HEAD": ""})
    assert set(walked(tmp_path, honour=False)) == {".gitignore", "a.py", "d/b.py"}


def test_a_linked_gitignore_file_is_not_read(tmp_path):
    write(tmp_path / "r", {"a.py": ""})
    write(tmp_path, {"evil": "*"})
    os.symlink("../evil", tmp_path / "r" / ".gitignore")
    assert walked(tmp_path / "r") == {".gitignore": EntryKind.LINK, "a.py": EntryKind.FILE}


def test_a_gitignore_that_is_a_fifo_does_not_hang(tmp_path):
    write(tmp_path, {"a.py": ""})
    os.mkfifo(tmp_path / ".gitignore")
    assert walked(tmp_path) == {".gitignore": EntryKind.SPECIAL, "a.py": EntryKind.FILE}


def test_other_repositories_are_entered_or_left(tmp_path):
    write(tmp_path, {"a.py": "", "one/.git/HEAD": "", "one/b.py": ""})
    assert set(walked(tmp_path)) == {"a.py", "one/b.py"}
    assert walked(tmp_path, leave=True) == {"a.py": EntryKind.FILE, "one/": EntryKind.SUBMODULE}


def test_vendored_folders_are_not_entered_unless_wanted(tmp_path):
    write(tmp_path, {"node_modules/x/a.js": "", "venv/pyvenv.cfg": "", "env/settings.py": "", "vendor/b.py": ""})
    found = walked(tmp_path, wanted=frozenset({"vendor"}))
    assert found == {
        "node_modules/": EntryKind.VENDORED,
        "venv/": EntryKind.VENDORED,
        "env/settings.py": EntryKind.FILE,
        "vendor/b.py": EntryKind.FILE,
    }
    assert set(walked(tmp_path, "node_modules/x")) == {"node_modules/x/a.js"}


@pytest.mark.parametrize(
    ("target", "note"),
    [
        pytest.param("a.py", "leads to a.py", id="file"),
        pytest.param("d", "leads to d", id="folder"),
        pytest.param(".", "leads to ./", id="the root"),
        pytest.param("/etc", "leads out of the root: /etc", id="out of the root"),
        pytest.param("..", "leads out of the root: ..", id="up"),
        pytest.param("l", "leads in a circle: l", id="itself"),
        pytest.param("nowhere", "broken: leads to 'nowhere', No such file or directory", id="nowhere"),
    ],
)
def test_links_are_told_and_never_followed(tmp_path, target, note):
    write(tmp_path, {"a.py": "", "d/b.py": ""})
    os.symlink(target, tmp_path / "l")
    found = {entry.path: entry for entry in walk(str(tmp_path), "", True, frozenset(), leave=False)}
    assert found["l"] == Entry("l", EntryKind.LINK, note)
    assert set(found) == {"a.py", "d/b.py", "l"}


def test_very_deep_folders(tmp_path):
    deep = "/".join(["d"] * 300)
    write(tmp_path, {f"{deep}/a.py": ""})
    assert walked(tmp_path) == {f"{deep}/a.py": EntryKind.FILE}


def test_what_may_not_be_read():
    files = {"a.py": "", "shut/b.py": "", "open/.gitignore": "*", "open/c.py": ""}
    with shut_away(files, "shut", "open/.gitignore") as root:
        found = list(walk(root, "", True, frozenset(), leave=False))
    assert sorted(found) == [
        Entry("a.py", EntryKind.FILE),
        Entry("open/.gitignore", EntryKind.FILE),
        Entry("open/c.py", EntryKind.FILE),  # an ignore file that cannot be read hides nothing
        Entry("shut/", EntryKind.UNREADABLE, "Permission denied"),
    ]


NAMES = st.sampled_from(["a", "b", "c.o", "d.py", "x y"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
GLOBS = st.sampled_from(
    [
        "*",
        "a",
        "b/",
        "/a",
        "a/b",
        "*.o",
        "!*.o",
        "!a",
        "!*/",
        "**/b",
        "a/**",
        "b/*",
        "!b/",
        "a/**/b",
        "/*",
        "!/a",
        "?",
        "[ab]",
        "*/",
        "x*",
        "d.*",
        "!d.py",
        "*/**",
        "a/*/",
        "# no",
        "",
        "\\!a",
        "**",
        "!**/",
        "a/b/",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paths=st.sets(PATHS, min_size=1, max_size=10),
    ignores=st.dictionaries(st.sampled_from(["", "a/", "b/", "a/b/"]), st.lists(GLOBS, max_size=4), max_size=3),
)
def test_git_and_the_walk_agree(paths, ignores):
    with tempfile.TemporaryDirectory() as folder:
        kept = {p for p in paths if not any(q.startswith(f"{p}/") for q in paths)}
        files = {
            **dict.fromkeys(kept, ""),
            **{f"{at}.gitignore": "\n".join(globs) for at, globs in ignores.items() if not _is_file(at, kept)},
        }
        repo = Repo(folder, files, commit=False)
        asked = discover(repo.root)
        found = set(walk(repo.root, "", True, frozenset(), leave=True))
        assert set(asked.candidates) == {entry.path for entry in found if entry.kind is EntryKind.FILE}
        assert {record.path for record in asked.records} == {entry.path for entry in found if entry.kind is EntryKind.IGNORED}


def _is_file(folder: str, files: set[str]) -> bool:
    """Whether a folder, or one above it, is the name of a file."""
    return any(f"{path}/" == folder or folder.startswith(f"{path}/") for path in files)
