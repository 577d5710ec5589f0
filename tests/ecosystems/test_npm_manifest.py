"""`package.json`: every list that names packages, every form a version may have, and what is reported as not understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.ecosystems import Manifest, read, reader_for
from ospec_guard.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ecosystems" / "npm"


def package(text: str) -> Manifest:
    return read("package.json", text.encode())


SPECS = [
    pytest.param("^1.2.0", ("x", "", "^1.2.0", "registry"), id="range"),
    pytest.param("1.2.3", ("x", "1.2.3", "1.2.3", "registry"), id="exact"),
    pytest.param("=v1.2.3-b+c", ("x", "1.2.3-b+c", "=v1.2.3-b+c", "registry"), id="decorated exact"),
    pytest.param("", ("x", "", "", "registry"), id="empty"),
    pytest.param("*", ("x", "", "", "registry"), id="star"),
    pytest.param("latest", ("x", "", "latest", "registry"), id="tag"),
    pytest.param("1 || 2", ("x", "", "1 || 2", "registry"), id="alternatives"),
    pytest.param("npm:y@^1", ("y", "", "^1", "registry"), id="alias"),
    pytest.param("npm:@s/y@1.0.0", ("@s/y", "1.0.0", "1.0.0", "registry"), id="scoped alias"),
    pytest.param("npm:@s/y", ("@s/y", "", "", "registry"), id="alias without version"),
    pytest.param("npm:^1.2", ("x", "", "^1.2", "registry"), id="npm protocol"),
    pytest.param("git+ssh://git@h/u/x.git#v1", ("x", "", "", "git"), id="git address"),
    pytest.param("git@h:u/x.git", ("x", "", "", "git"), id="git over ssh"),
    pytest.param("https://h/u/x.git", ("x", "", "", "git"), id="git over https"),
    pytest.param("github:u/x", ("x", "", "", "git"), id="GitHub protocol"),
    pytest.param("u/x#semver:^1", ("x", "", "", "git"), id="GitHub short form"),
    pytest.param("https://h/x.tgz", ("x", "", "", "url"), id="archive on the web"),
    pytest.param("https://h/download?x", ("x", "", "", "url"), id="address"),
    pytest.param("file:../x", ("x", "", "", "path"), id="folder"),
    pytest.param("./x", ("x", "", "", "path"), id="relative folder"),
    pytest.param("link:../x", ("x", "", "", "path"), id="link"),
    pytest.param("workspace:^1.0", ("x", "", "", "path"), id="workspace"),
    pytest.param("file:vendor/x-1.0.tgz", ("x", "", "", "url"), id="archive on disk"),
    pytest.param("catalog:", ("x", "", "", "registry"), id="catalog"),
    pytest.param("patch:x@npm%3A1.0.0#a.patch", ("x", "", "", "registry"), id="patch"),
]


@pytest.mark.parametrize(("spec", "expected"), SPECS)
def test_understands(spec: str, expected: tuple[str, ...]) -> None:
    manifest = package(json.dumps({"dependencies": {"x": spec}}))
    assert manifest.problems == ()
    assert [(d.name, d.version, d.requirement, d.source) for d in manifest.dependencies] == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param({"dependencies": {"x": "1"}}, ["x runtime"], id="dependencies"),
        pytest.param({"devDependencies": {"x": "1"}}, ["x development"], id="development"),
        pytest.param({"optionalDependencies": {"x": "1"}}, ["x optional"], id="optional"),
        pytest.param({"peerDependencies": {"x": "1"}}, ["x runtime"], id="peer"),
        pytest.param(
            {"peerDependencies": {"x": "1"}, "peerDependenciesMeta": {"x": {"optional": True}}},
            ["x optional"],
            id="optional peer",
        ),
        pytest.param({"dependencies": {"x": "1"}, "devDependencies": {"x": "1"}}, ["x runtime", "x development"], id="twice"),
        pytest.param({"dependencies": {"x": "1"}, "bundleDependencies": ["x"]}, ["x runtime"], id="bundled"),
        pytest.param({"bundledDependencies": ["y"]}, ["y runtime"], id="bundled alone"),
        pytest.param({"bundleDependencies": True}, [], id="all bundled"),
        pytest.param({"name": "x", "engines": {"node": ">=20"}, "overrides": {"z": "1"}}, [], id="other lists"),
    ],
)
def test_lists(content: dict[str, object], expected: list[str]) -> None:
    manifest = package(json.dumps(content))
    assert manifest.problems == ()
    assert [f"{d.name} {d.scope}" for d in manifest.dependencies] == expected


NOT_UNDERSTOOD = [
    pytest.param('{"dependencies": {"x": 1}}', "x", "the version of 'x' is not a text", id="number"),
    pytest.param('{"dependencies": {"x": "1,2"}}', 'x": "1,2', "'1,2' is not a range of npm versions", id="bad range"),
    pytest.param('{"dependencies": {"a b": "1"}}', 'a b": "1', "'a b' is not the name of an npm package", id="bad name"),
    pytest.param('{"dependencies": {"x": "odd:y"}}', 'x": "odd:y', "is not a range", id="unknown protocol"),
    pytest.param('{"dependencies": ["x"]}', "dependencies", "'dependencies' is not a mapping", id="list"),
    pytest.param('{"bundleDependencies": "x"}', "bundleDependencies", "is not a list", id="bundle is a text"),
    pytest.param('{"bundleDependencies": [1]}', "1", "is not the name", id="bundled number"),
    pytest.param("[]", "[]", "expected an object", id="no object"),
    pytest.param('{"dependencies": {"x": "1"}', "", "", id="no JSON"),
]


@pytest.mark.parametrize(("text", "piece", "message"), NOT_UNDERSTOOD)
def test_reports_what_it_does_not_understand(text: str, piece: str, message: str) -> None:
    manifest = package(text)
    [problem] = manifest.problems
    assert manifest.dependencies == ()
    assert text.encode()[problem.start : problem.end].decode() == piece
    assert message in problem.message


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param('{"dependencies": {"x": "1"}}', (19, 20), id="key"),
        pytest.param('{"é": 1, "dependencies": {"@s/x": "1"}}', (28, 32), id="scoped key behind two bytes"),
        pytest.param('{"dependencies": {"y": "npm:x@1"}}', (28, 29), id="real name of an alias"),
        pytest.param('{"dependencies": {"y": "npm:\\u0078@1"}}', (24, 36), id="escaped alias: all of it"),
    ],
)
def test_the_place_is_the_name(text: str, where: tuple[int, int]) -> None:
    [dependency] = package(text).dependencies
    assert (dependency.start, dependency.end) == where
    assert dependency.name in {"x", "@s/x"}


def test_fixture() -> None:
    data = (FIXTURES / "v3" / "package.json").read_bytes()
    source = Source("package.json", data)
    spans = [(source.span(d.start, d.end), d) for d in read("package.json", data).dependencies]
    assert [f"{s.line}:{s.column} {d.name} {d.requirement}" for s, d in spans] == [
        "6:6 debug 2.6.9",
        "7:6 ms ^2.1.3",
        "8:21 left-pad ^1.3.0",
        "9:6 @sindresorhus/is ~4.6.0",
        "12:6 mkdirp 0.5.x",
        "15:6 fsevents ^2.3.3",
    ]


@pytest.mark.parametrize("path", ["package.json", "a/b/package.json", "package-lock.json", "npm-shrinkwrap.json"])
def test_files_that_are_manifests(path: str) -> None:
    reader = reader_for(path)
    assert reader is not None
    assert (reader.ecosystem, reader.format) == ("npm", path.rpartition("/")[2])


@pytest.mark.parametrize("path", ["my-package.json", "package.json5", "yarn.lock", "package.json/x"])
def test_files_that_are_none(path: str) -> None:
    assert reader_for(path) is None


@given(st.permutations([("a", "1"), ("b", "npm:c@2"), ("@s/d", "^3"), ("e", "u/e"), ("f", "1,2")]))
def test_order_of_keys_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    manifest = package(json.dumps({"dependencies": dict(pairs)}))
    assert sorted((d.purl, d.requirement) for d in manifest.dependencies) == [
        ("pkg:npm/%40s/d", "^3"),
        ("pkg:npm/a", "1"),
        ("pkg:npm/c", "2"),
        ("pkg:npm/e", ""),
    ]
    assert len(manifest.problems) == 1
