from __future__ import annotations

import random

import pytest

from ospec_guard.engine.sift import VENDORED, Listing, sift
from ospec_guard.engine.trees import Entry, EntryKind
from ospec_guard.globs import compile_globs
from ospec_guard.model import FileRecord, FileStatus, Gap


def files(*paths: str) -> list[Entry]:
    return [Entry(path, EntryKind.FILE) for path in paths]


def reasons(listing: Listing) -> dict[str, str]:
    return {record.path: record.reason for record in listing.records}


@pytest.mark.parametrize(
    ("entry", "record"),
    [
        pytest.param(Entry("l", EntryKind.LINK, "leads to x"), ("l", "link", ("leads to x",)), id="link"),
        pytest.param(Entry("f", EntryKind.SPECIAL), ("f", "special", ()), id="special"),
        pytest.param(Entry("s/", EntryKind.SUBMODULE), ("s/", "submodule", ()), id="submodule"),
        pytest.param(Entry("i/", EntryKind.IGNORED), ("i/", "ignored", ()), id="ignored"),
        pytest.param(Entry("node_modules/", EntryKind.VENDORED), ("node_modules/", "vendored", ()), id="vendored"),
    ],
)
def test_what_stands_there_decides(entry, record):
    path, reason, notes = record
    assert sift([entry]).records == (FileRecord(path, FileStatus.LEFT_OUT, reason, notes=notes),)


def test_what_cannot_be_read_is_a_gap():
    listing = sift([Entry("d/", EntryKind.UNREADABLE, "Permission denied")])
    assert listing.gaps == (Gap("gap/unreadable", "d/", "could not be read: Permission denied"),)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        pytest.param({"exclude": ["*.md"]}, {"a.py", "d/b.py", "d/e/c.py"}, id="by extension"),
        pytest.param({"exclude": ["d/"]}, {"a.py", "r.md"}, id="a folder"),
        pytest.param({"exclude": ["/d/b.py"]}, {"a.py", "d/e/c.py", "r.md"}, id="one file"),
        pytest.param({"exclude": ["d", "!d/e/"]}, {"a.py", "d/e/c.py", "r.md"}, id="taken back below an excluded folder"),
        pytest.param({"ignore_file": ["d/"]}, {"a.py", "r.md"}, id="the ignore file"),
        pytest.param({"include": ["d/"]}, {"d/b.py", "d/e/c.py"}, id="include one folder"),
        pytest.param({"include": ["*.py"], "exclude": ["e/"]}, {"a.py", "d/b.py"}, id="include, then exclude"),
        pytest.param({"include": ["*.py", "!d/"]}, {"a.py"}, id="include with an exception"),
        pytest.param({"exclude": ["*"], "ignore_file": ["!a.py"]}, set(), id="one list does not take back what another takes"),
    ],
)
def test_lists_of_the_user(lists, expected):
    paths = {"a.py", "d/b.py", "d/e/c.py", "r.md"}
    listing = sift(files(*paths), **{name: compile_globs(globs) for name, globs in lists.items()})
    assert set(listing.candidates) == expected
    assert reasons(listing) == dict.fromkeys(paths - expected, "excluded")


def test_who_excluded_a_file_is_told():
    lists = {name: compile_globs([glob]) for name, glob in (("include", "*.py"), ("exclude", "a/"), ("ignore_file", "b/"))}
    listing = sift(files("a/x.py", "b/x.py", "c.md"), **lists)
    assert [record.notes for record in listing.records] == [
        ("by exclude: a/",),
        ("by .ospecguardignore: b/",),
        ("no glob of include matches",),
    ]


def test_globs_that_decided_are_told_from_dead_ones():
    listing = sift(
        [*files("a.py", "b.py", "t/c.py", "vendor/v.js"), Entry("build/", EntryKind.IGNORED)],
        include=compile_globs(["*.py", "*.rb"]),
        exclude=compile_globs(["t/", "!t/keep.py", "build/", "vendor/", "dead/"]),
        ignore_file=compile_globs(["b.py", "t/", "gone.py"]),
    )
    assert listing.used_globs == (
        (".ospecguardignore", "b.py"),
        (".ospecguardignore", "t/"),
        ("exclude", "build/"),
        ("exclude", "t/"),
        ("exclude", "vendor/"),
        ("include", "*.py"),
    )


def test_an_exception_that_takes_something_back_is_not_dead():
    listing = sift(files("t/keep.py", "t/x.py"), exclude=compile_globs(["t/", "!t/keep.py"]))
    assert (listing.candidates, listing.used_globs) == (("t/keep.py",), (("exclude", "!t/keep.py"), ("exclude", "t/")))


@pytest.mark.parametrize("name", ["a\nb.py", "d\nir/x.py", "x.py\n"])
def test_globs_see_through_line_feeds_in_names(name):
    assert reasons(sift(files(name), exclude=compile_globs(["*.py*"]))) == {name: "excluded"}
    assert sift(files("x.py\n"), exclude=compile_globs(["*.py"])).candidates == ("x.py\n",)


class TestVendored:
    @pytest.mark.parametrize("name", sorted(VENDORED))
    def test_by_name_at_any_depth_as_one_record(self, name):
        mark = files(*(f"{top}{name}/{VENDORED[name]}" for top in ("", "a/b/") if VENDORED[name]))
        listing = sift([*mark, *files(f"{name}/x.py", f"a/b/{name}/y/z.py", f"a/{name}.py", "b.py")])
        assert (
            listing.candidates == (f"a/{name}.py", "b.py")
            if name > "b"
            else set(listing.candidates) == {f"a/{name}.py", "b.py"}
        )
        assert reasons(listing) == {f"{name}/": "vendored", f"a/b/{name}/": "vendored"}

    @pytest.mark.parametrize("name", ["venv", "env", "virtualenv"])
    def test_a_common_name_needs_its_mark(self, name):
        assert sift(files(f"{name}/x.py")).candidates == (f"{name}/x.py",)

    def test_a_mark_elsewhere_hides_nothing(self):
        assert sift(files("src/pyvenv.cfg", "src/a.py", "pyvenv.cfg")).candidates == (
            "pyvenv.cfg",
            "src/a.py",
            "src/pyvenv.cfg",
        )

    def test_the_outermost_is_the_record(self):
        assert reasons(sift(files("vendor/a/node_modules/b.js"))) == {"vendor/": "vendored"}

    def test_hides_whatever_else_is_in_it(self):
        entries = [
            Entry("vendor/l", EntryKind.LINK),
            Entry("vendor/b/", EntryKind.IGNORED),
            Entry("vendor/s/", EntryKind.SUBMODULE),
            Entry("vendor/d/", EntryKind.UNREADABLE),
        ]
        listing = sift(entries)
        assert (reasons(listing), listing.gaps) == ({"vendor/": "vendored"}, ())

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            pytest.param(["vendor/a.py"], {"vendor/a.py"}, id="a file in it"),
            pytest.param(["vendor"], {"vendor/a.py", "vendor/x/b.py"}, id="the folder"),
            pytest.param(["vendor/x"], {"vendor/x/b.py"}, id="a folder in it"),
            pytest.param(["vendor/x/node_modules"], {"vendor/x/node_modules/c.js"}, id="one in another"),
            pytest.param(["", "vendor/x"], {"vendor/x/b.py"}, id="with the whole root beside"),
            pytest.param(["other"], set(), id="another"),
        ],
    )
    def test_unless_somebody_asked(self, named, expected):
        listing = sift(files("vendor/a.py", "vendor/x/b.py", "vendor/x/node_modules/c.js"), named=named)
        assert set(listing.candidates) == expected

    @pytest.mark.parametrize(
        ("include", "expected"),
        [
            pytest.param(["*.py"], {"a.py"}, id="a glob that matches but does not name the folder"),
            pytest.param(["*.py", "vendor/ours/"], {"a.py", "vendor/ours/b.py"}, id="one that names it"),
            pytest.param(["vendor/"], {"vendor/ours/b.py", "vendor/theirs/c.py"}, id="the folder itself"),
            pytest.param(["*.py", "!vendor/ours/"], {"a.py"}, id="an exception names it"),
        ],
    )
    def test_unless_include_spells_its_name(self, include, expected):
        listing = sift(files("a.py", "vendor/ours/b.py", "vendor/theirs/c.py"), include=compile_globs(include))
        assert set(listing.candidates) == expected


def test_the_order_of_what_is_found_does_not_matter():
    entries = [
        *files("b.py", "a.py", "vendor/x", "t/a", "ä.py", "venv/pyvenv.cfg"),
        Entry("l", EntryKind.LINK),
        Entry("d/", EntryKind.UNREADABLE),
    ]
    expected = sift(entries, exclude=compile_globs(["t/"]))
    assert expected.candidates == tuple(sorted(expected.candidates))
    for seed in range(5):
        random.Random(seed).shuffle(entries)
        assert sift(entries, exclude=compile_globs(["t/"])) == expected
