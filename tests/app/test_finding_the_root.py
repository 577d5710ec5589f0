"""Where the repository starts: from where the user stands, never from what is checked, so that nobody's settings get in between."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ospec_guard.app.root import find_root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """`repo` is a repository with `vendored` settings in it, `plain` is nothing, `other` has settings."""
    for folder in ("repo/.git", "repo/src/deep", "repo/vendored/lib", "plain/a", "plain/b", "other/x"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("repo/vendored/ospec-guard.yaml", "other/ospec-guard.yaml", "plain/a/f.py", "plain/b/g.py", "other/x/h.py"):
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("cwd", "paths", "root"),
    [
        pytest.param("repo", [], "repo", id="at the top"),
        pytest.param("repo/src/deep", [], "repo", id="deep inside"),
        pytest.param("repo/src", ["deep"], "repo", id="a path below"),
        pytest.param("repo/src", ["../vendored/lib"], "repo", id="a path beside"),
        pytest.param("repo", ["vendored/lib"], "repo", id="a vendored project does not count"),
        pytest.param("repo/vendored/lib", [], "repo/vendored", id="unless the user stands in it"),
        pytest.param("repo", ["../other/x/h.py"], "repo", id="nor does another project"),
        pytest.param("plain", [], "plain", id="nowhere special"),
        pytest.param("plain", ["a/f.py", "b/g.py"], "plain", id="nowhere special, two files"),
        pytest.param("plain", ["../other/x"], "other", id="from nowhere special to a project"),
        pytest.param("plain/a", ["../b/g.py"], "plain/b", id="from nowhere special to nowhere special"),
        pytest.param("plain/a", ["../b"], "plain/b", id="to a folder"),
        pytest.param("plain", ["gone/x.py"], "plain", id="a path that is not there"),
    ],
)
def test_the_root(home: Path, cwd: str, paths: list[str], root: str):
    assert find_root(str(home / cwd), paths) == str(home / root)


@pytest.mark.parametrize("mark", ["file", "link to nothing", "folder"])
def test_a_worktree_or_broken_settings_mark_a_root_too(tmp_path: Path, mark: str):
    (tmp_path / "top" / "in").mkdir(parents=True)
    if mark == "file":
        (tmp_path / "top" / ".git").write_text("gitdir: elsewhere\n")
    elif mark == "folder":
        (tmp_path / "top" / "ospec-guard.yaml").mkdir()
    else:
        os.symlink("gone", tmp_path / "top" / "ospec-guard.yaml")
    assert find_root(str(tmp_path / "top" / "in"), []) == str(tmp_path / "top")


def test_links_are_resolved(home: Path):
    os.symlink(home / "repo", home / "way")
    assert find_root(str(home / "way" / "src"), []) == str(home / "repo")
