"""gitignore globs: what git says, without git."""

from __future__ import annotations

import pickle
import subprocess
from itertools import product
from random import Random

import pytest

from ospec_guard.globs import compile_globs, matching


@pytest.mark.parametrize(
    ("patterns", "path", "decides"),
    [
        pytest.param(["*.py"], "a.py", "*.py", id="name-at-the-root"),
        pytest.param(["*.py"], "b/c/a.py", "*.py", id="name-anywhere"),
        pytest.param(["*.py"], "a.pyc", None, id="a-name-is-whole"),
        pytest.param(["/a.py"], "b/a.py", None, id="anchored"),
        pytest.param(["b/*.py"], "b/a.py", "b/*.py", id="a-slash-anchors"),
        pytest.param(["b/*.py"], "c/b/a.py", None, id="a-slash-anchors-indeed"),
        pytest.param(["b/*.py"], "b/c/a.py", None, id="a-star-stops-at-slashes"),
        pytest.param(["b/**/a.py"], "b/c/d/a.py", "b/**/a.py", id="two-stars-do-not"),
        pytest.param(["**/b/a.py"], "c/b/a.py", "**/b/a.py", id="two-stars-first"),
        pytest.param(["b/**"], "b/c/a.py", "b/**", id="two-stars-last"),
        pytest.param(["tests/"], "tests/a.py", "tests/", id="folder"),
        pytest.param(["tests/"], "b/tests/c/a.py", "tests/", id="folder-anywhere"),
        pytest.param(["tests/"], "tests", None, id="a-file-is-no-folder"),
        pytest.param(["tests"], "b/tests/a.py", "tests", id="below-what-matches"),
        pytest.param(["te?ts"], "tests", "te?ts", id="one-character"),
        pytest.param(["t[a-f]sts"], "tests", "t[a-f]sts", id="a-class"),
        pytest.param([r"\#a"], "#a", r"\#a", id="escaped-hash"),
        pytest.param([r"\!a"], "!a", r"\!a", id="escaped-mark"),
        pytest.param(["*", "!a.py"], "a.py", None, id="taken-back"),
        pytest.param(["*", "!a.py", "a.*"], "a.py", "a.*", id="the-last-decides"),
        pytest.param(["*.py", "a.py"], "b.py", "*.py", id="the-last-that-matches"),
        pytest.param(["é*"], "él.py", "é*", id="beyond-ascii"),
        pytest.param([], "a.py", None, id="none"),
    ],
)
def test_matching(patterns, path, decides):
    found = matching(compile_globs(patterns), path)
    assert (found.pattern if found else None) == decides


def test_blank_lines_and_comments_vanish():
    assert [glob.pattern for glob in compile_globs(["", "# note", "a", "  "])] == ["a"]


def test_globs_say_what_they_are():
    one, other = compile_globs(["a", "!b"])
    assert (one.include, other.include) == (True, False)
    assert pickle.loads(pickle.dumps((one, other))) == (one, other)  # noqa: S301 - our own


@pytest.mark.parametrize("pattern", ["!", "a\\"])
def test_what_is_no_glob_is_named(pattern):
    with pytest.raises(ValueError, match="is not a glob"):
        compile_globs([pattern])


def drawn(random: Random) -> list[str]:
    """A few lines of a .gitignore."""
    lines = []
    for _ in range(random.randint(1, 3)):
        segments = random.choices(["a", "b", "*", "a*", "?", "**", "[ab]", "*b"], k=random.randint(1, 3))
        end = random.choice(["", "", "/"]) if segments[-1].strip("*") else ""  # pathspec takes `a/**/` for `a/**`
        lines.append(random.choice(["", "", "!"]) + random.choice(["", "", "/"]) + "/".join(segments) + end)
    return lines


def test_git_agrees(tmp_path):
    """Save that git takes nothing back below a folder that is left out: where something is taken back, only names are asked."""
    random = Random(1)
    names = ["a", "b", "ab", "c"]
    deep = [*names, *map("/".join, product(names, repeat=2)), *map("/".join, product(names, repeat=3))]
    lists = [drawn(random) for _ in range(150)]
    asked = []
    for number, lines in enumerate(lists):
        folder = tmp_path / f"f{number}"
        folder.mkdir()
        (folder / ".gitignore").write_text("\n".join(lines) + "\n")
        taken_back = any(line.startswith("!") for line in lines)
        asked += [(number, path) for path in (names if taken_back else deep)]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    told = subprocess.run(
        ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "--stdin"],
        input="".join(f"f{number}/{path}\n" for number, path in asked),
        capture_output=True,
        text=True,
        check=True,
    )
    ignored = set(told.stdout.split())
    globs = [compile_globs(lines) for lines in lists]
    differing = [
        (lists[number], path)
        for number, path in asked
        if (matching(globs[number], path) is not None) != (f"f{number}/{path}" in ignored)
    ]
    assert differing == []
