"""npm's lock files: every package of the tree, which are direct, who pulls in the others, and what is not understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.ecosystems import Manifest, read
from ospec_guard.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ecosystems" / "npm"


def lock(packages: object, version: object = 3) -> Manifest:
    return read("package-lock.json", json.dumps({"lockfileVersion": version, "packages": packages}).encode())


def old_lock(dependencies: object) -> Manifest:
    return read("npm-shrinkwrap.json", json.dumps({"lockfileVersion": 1, "dependencies": dependencies}).encode())


def lines(path: str) -> list[str]:
    data = (FIXTURES / path).read_bytes()
    source = Source(path, data)
    manifest = read(path, data)
    assert manifest.problems == ()
    spans = [(source.span(d.start, d.end), d) for d in manifest.dependencies]
    return [
        f"{s.line}:{s.column} {d.purl.removeprefix('pkg:npm/')} {d.scope} {'direct' if d.direct else f'via {d.via}'}"
        for s, d in spans
    ]


def test_version_3() -> None:
    assert lines("v3/package-lock.json") == [
        "26:19 %40bookshop/ui runtime direct",
        "30:19 %40sindresorhus/is@4.6.0 runtime direct",
        "41:19 debug@2.6.9 runtime direct",
        "49:38 ms@2.0.0 runtime via debug",
        "54:19 fsevents@2.3.3 optional direct",
        "66:19 minimist@1.2.8 development via mkdirp",
        "75:19 mkdirp@0.5.6 development direct",
        "87:19 ms@2.1.3 runtime direct",
        "92:19 left-pad@1.3.0 runtime direct",
        "98:19 wrappy@1.0.2 runtime direct",
    ]


def test_version_2_says_the_same() -> None:
    def facts(path: str) -> set[str]:
        return {line.partition(" ")[2] for line in lines(path)}

    workspace = {"%40bookshop/ui runtime direct", "wrappy@1.0.2 runtime direct"}
    assert facts("v2/package-lock.json") == facts("v3/package-lock.json") - workspace


def test_version_1() -> None:
    assert lines("v1/package-lock.json") == [
        "7:6 %40sindresorhus/is@4.6.0 runtime direct",
        "11:6 debug@2.6.9 runtime direct",
        "18:10 ms@2.0.0 runtime via debug",
        "24:6 fsevents@2.3.3 optional direct",
        "29:6 minimist@1.2.8 development via mkdirp",
        "34:6 mkdirp@0.5.6 development direct",
        "42:6 ms@2.1.3 runtime direct",
        "46:6 left-pad@1.3.0 runtime direct",
    ]


ENTRIES: list[Any] = [
    pytest.param("node_modules/x", {"version": "1.0.0"}, "x@1.0.0 runtime registry", id="plain"),
    pytest.param("node_modules/@s/x", {"version": "1.0.0"}, "%40s/x@1.0.0 runtime registry", id="scoped"),
    pytest.param("node_modules/a/node_modules/@s/x", {"version": "1.0.0"}, "%40s/x@1.0.0 runtime registry", id="nested"),
    pytest.param("packages/a/node_modules/x", {"version": "1.0.0"}, "x@1.0.0 runtime registry", id="in a workspace"),
    pytest.param("node_modules/x", {"version": "1.0.0", "name": "y"}, "y@1.0.0 runtime registry", id="alias"),
    pytest.param("node_modules/x", {"version": "1.0.0", "dev": True}, "x@1.0.0 development registry", id="dev"),
    pytest.param("node_modules/x", {"version": "1.0.0", "optional": True}, "x@1.0.0 optional registry", id="optional"),
    pytest.param(
        "node_modules/x",
        {"version": "1.0.0", "dev": True, "optional": True},
        "x@1.0.0 development registry",
        id="optional of dev",
    ),
    pytest.param(
        "node_modules/x", {"version": "1.0.0", "devOptional": True}, "x@1.0.0 optional registry", id="dev and optional"
    ),
    pytest.param("node_modules/x", {"version": "1.0.0", "peer": True}, "x@1.0.0 runtime registry", id="peer"),
    pytest.param("node_modules/x", {"version": "1.0.0", "inBundle": True}, "x@1.0.0 runtime registry", id="bundled"),
    pytest.param(
        "node_modules/x",
        {"version": "1.0.0", "resolved": "https://r/x/-/x-1.0.0.tgz"},
        "x@1.0.0 runtime registry",
        id="resolved",
    ),
    pytest.param("node_modules/x", {"version": "1.0.0", "resolved": "https://h/x.tgz"}, "x@1.0.0 runtime url", id="address"),
    pytest.param("node_modules/x", {"version": "1.0.0", "resolved": "file:x.tgz"}, "x@1.0.0 runtime url", id="archive on disk"),
    pytest.param(
        "node_modules/x", {"version": "1.0.0", "resolved": "git+ssh://git@h/x.git#ab"}, "x@1.0.0 runtime git", id="git"
    ),
    pytest.param("node_modules/x", {"resolved": "packages/x", "link": True}, "x runtime path", id="link"),
]


@pytest.mark.parametrize(("key", "entry", "expected"), ENTRIES)
def test_entries(key: str, entry: dict[str, object], expected: str) -> None:
    manifest = lock({"": {}, key: entry})
    assert manifest.problems == ()
    assert [f"{d.purl.removeprefix('pkg:npm/')} {d.scope} {d.source}" for d in manifest.dependencies] == [expected]


@pytest.mark.parametrize("key", ["", "packages/ui", "../lib"])
def test_own_folders_are_no_dependencies(key: str) -> None:
    assert lock({key: {"name": "own", "version": "1.0.0"}}) == Manifest()


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        pytest.param("git+https://h/x.git#abc", "x git", id="git"),
        pytest.param("file:../x", "x path", id="folder"),
        pytest.param("file:x.tgz", "x url", id="archive"),
        pytest.param("https://h/x.tgz", "x url", id="address"),
        pytest.param("npm:@s/y@1.0.0", "%40s/y@1.0.0 registry", id="alias"),
    ],
)
def test_versions_of_version_1(version: str, expected: str) -> None:
    [dependency] = old_lock({"x": {"version": version}}).dependencies
    assert f"{dependency.purl.removeprefix('pkg:npm/')} {dependency.source}" == expected


def test_the_nearest_folder_above_is_meant() -> None:
    manifest = lock(
        {
            "": {"dependencies": {"a": "1", "b": "1"}},
            "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "2", "c": "1"}},
            "node_modules/a/node_modules/b": {"version": "2.0.0", "dependencies": {"c": "1"}},
            "node_modules/b": {"version": "1.0.0", "peerDependencies": {"missing": "1"}},
            "node_modules/c": {"version": "1.0.0", "dependencies": {"a": "1"}},
            "node_modules/unused": {"version": "1.0.0", "extraneous": True},
        }
    )
    assert [(d.name, d.version, d.direct, d.via) for d in manifest.dependencies] == [
        ("a", "1.0.0", True, ""),
        ("b", "2.0.0", False, "a"),
        ("b", "1.0.0", True, ""),
        ("c", "1.0.0", False, "a"),
        ("unused", "1.0.0", False, ""),
    ]


NOT_UNDERSTOOD: list[Any] = [
    pytest.param({"lockfileVersion": 3, "packages": []}, "'packages' is not a mapping", id="packages is a list"),
    pytest.param({"lockfileVersion": 3}, "has no 'packages'", id="no packages"),
    pytest.param(
        {"lockfileVersion": 4, "packages": {}}, "expected a lock file of version 1, 2 or 3, got 4", id="newer version"
    ),
    pytest.param({"lockfileVersion": True, "packages": {}}, "got True", id="odd version"),
    pytest.param(
        {"lockfileVersion": 3, "packages": {"node_modules/x": 1}}, "the entry of 'node_modules/x' is not an object", id="entry"
    ),
    pytest.param(
        {"lockfileVersion": 3, "packages": {"node_modules/x": {"version": 1}}}, "no version that could be", id="version"
    ),
    pytest.param({"lockfileVersion": 3, "packages": {"node_modules/x": {"name": "a b"}}}, "has no name", id="name"),
    pytest.param({"lockfileVersion": 1, "dependencies": {"x": "1.0.0"}}, "the entry of 'x' is not an object", id="old entry"),
    pytest.param({"lockfileVersion": 1, "dependencies": {"x": {"version": "1,0"}}}, "is not a range", id="old version"),
    pytest.param([], "expected an object", id="no object"),
]


@pytest.mark.parametrize(("content", "message"), NOT_UNDERSTOOD)
def test_reports_what_it_does_not_understand(content: object, message: str) -> None:
    manifest = read("package-lock.json", json.dumps(content).encode())
    [problem] = manifest.problems
    assert manifest.dependencies == ()
    assert message in problem.message


def test_a_lock_file_of_nothing() -> None:
    assert read("package-lock.json", b'{"lockfileVersion": 1}') == Manifest()


def test_no_json_is_reported_at_its_place() -> None:
    [problem] = read("package-lock.json", b'{\n  "packages": {,}\n}').problems
    assert problem.start == 17
    assert problem.elsewhere


PACKAGES: list[tuple[str, dict[str, Any]]] = [
    ("", {"dependencies": {"a": "1", "d": "1"}}),
    ("node_modules/a", {"version": "1.0.0", "dependencies": {"b": "1", "c": "1"}}),
    ("node_modules/b", {"version": "1.0.0", "dependencies": {"c": "1"}}),
    ("node_modules/c", {"version": "1.0.0"}),
    ("node_modules/d", {"version": "1.0.0", "dependencies": {"c": "1"}}),
]


@given(st.permutations(PACKAGES))
def test_order_of_entries_does_not_matter(packages: list[tuple[str, dict[str, Any]]]) -> None:
    found = sorted((d.purl, d.direct, d.via) for d in lock(dict(packages)).dependencies)
    assert found == [
        ("pkg:npm/a@1.0.0", True, ""),
        ("pkg:npm/b@1.0.0", False, "a"),
        ("pkg:npm/c@1.0.0", False, "a"),
        ("pkg:npm/d@1.0.0", True, ""),
    ]
