"""`pyproject.toml`: every table that names packages, and what in them is reported as not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from ospec_guard.ecosystems import Manifest, read
from ospec_guard.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ecosystems" / "python"


def pyproject(text: str) -> Manifest:
    return read("pyproject.toml", text.encode())


NAMED = [
    pytest.param('[project]\ndependencies = ["Django>=4"]', ("django", "", ">=4", "runtime", "registry"), id="project"),
    pytest.param('[project.optional-dependencies]\na = ["x==1"]', ("x", "1", "==1", "optional", "registry"), id="extra"),
    pytest.param('project = {dependencies = ["x @ git+https://h/x"]}', ("x", "", "", "runtime", "git"), id="inline table, git"),
    pytest.param('[dependency-groups]\ntest = ["x"]', ("x", "", "", "development", "registry"), id="group"),
    pytest.param('[build-system]\nrequires = ["x"]', ("x", "", "", "build", "registry"), id="build"),
    pytest.param('[tool.uv]\ndev-dependencies = ["x"]', ("x", "", "", "development", "registry"), id="uv"),
    pytest.param('[tool.pdm.dev-dependencies]\na = ["x"]', ("x", "", "", "development", "registry"), id="pdm"),
    pytest.param('[tool.hatch.envs.a]\ndependencies = ["x"]', ("x", "", "", "development", "registry"), id="hatch"),
    pytest.param(
        '[tool.hatch.envs.a]\nextra-dependencies = ["x"]', ("x", "", "", "development", "registry"), id="hatch, extra"
    ),
    pytest.param('[tool.poetry.dependencies]\nX_y = "^1.2"', ("x-y", "", "^1.2", "runtime", "registry"), id="poetry"),
    pytest.param('[tool.poetry.dependencies]\nx = "1.2"', ("x", "1.2", "1.2", "runtime", "registry"), id="poetry, exact"),
    pytest.param('[tool.poetry.dependencies]\nx = "*"', ("x", "", "", "runtime", "registry"), id="poetry, any"),
    pytest.param(
        '[tool.poetry.dependencies]\nx = {version = "~1", optional = true}',
        ("x", "", "~1", "optional", "registry"),
        id="poetry, optional",
    ),
    pytest.param('[tool.poetry.dependencies]\nx = {git = "https://h/x"}', ("x", "", "", "runtime", "git"), id="poetry, git"),
    pytest.param('[tool.poetry.dependencies]\nx = {path = "../x"}', ("x", "", "", "runtime", "path"), id="poetry, folder"),
    pytest.param('[tool.poetry.dependencies]\nx = {path = "x-1.whl"}', ("x", "", "", "runtime", "url"), id="poetry, archive"),
    pytest.param(
        '[tool.poetry.dependencies]\nx = {url = "https://h/x.zip"}', ("x", "", "", "runtime", "url"), id="poetry, address"
    ),
    pytest.param(
        '[tool.poetry.group.a.dependencies]\nx = ">1 <2"', ("x", "", ">1 <2", "development", "registry"), id="poetry group"
    ),
    pytest.param('[tool.poetry.dev-dependencies]\nx = "*"', ("x", "", "", "development", "registry"), id="poetry, old dev"),
    pytest.param(
        '[project]\ndependencies = ["x"]\n[tool.uv.sources]\nx = {workspace = true}',
        ("x", "", "", "runtime", "path"),
        id="uv workspace",
    ),
    pytest.param(
        '[project]\ndependencies = ["X>=1"]\n[tool.uv.sources]\nx = {git = "https://h/x"}',
        ("x", "", ">=1", "runtime", "git"),
        id="uv git",
    ),
    pytest.param(
        '[project]\ndependencies = ["x"]\n[tool.poetry.dependencies]\nx = {source = "ours"}',
        ("x", "", "", "runtime", "registry"),
        id="poetry 2",
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names(text: str, expected: tuple[str, ...]) -> None:
    manifest = pyproject(text)
    assert manifest.problems == ()
    assert [(d.name, d.version, d.requirement, d.scope, d.source) for d in manifest.dependencies] == [expected]


LEFT_ALONE = [
    pytest.param("", id="empty"),
    pytest.param('[tool.black]\nline-length = 100\nrequired = ["django"]', id="another tool"),
    pytest.param('[tool.poetry.dependencies]\npython = "^3.11"', id="python itself"),
    pytest.param('[dependency-groups]\na = [{include-group = "B-b"}]\nb_B = []', id="included group"),
    pytest.param('[tool.setuptools.dynamic]\ndependencies = {file = ["requirements.txt"]}', id="requirements file"),
    pytest.param('[tool.setuptools.dynamic]\nversion = {file = "VERSION.txt"}', id="other dynamic files"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_leaves_alone(text: str) -> None:
    assert pyproject(text) == Manifest()


REPORTED = [
    pytest.param('[project]\ndependencies = [\n "a b",\n]', "a b", "is not a requirement", id="two words"),
    pytest.param('[project]\ndependencies = ["./x"]', "./x", "is not a requirement", id="path"),
    pytest.param("[project]\ndependencies = [1]", "1", "entry 1 of 'project.dependencies' is not a requirement", id="number"),
    pytest.param(
        '[project]\ndependencies = "django"', "dependencies", "'project.dependencies' is not a list", id="text for a list"
    ),
    pytest.param(
        '[project]\noptional-dependencies = ["x"]', "optional-dependencies", "is not a mapping", id="list for a table"
    ),
    pytest.param(
        '[dependency-groups]\na = [{include-group = "b"}]',
        '{include-group = "b"}',
        "no dependency group 'b'",
        id="unknown group",
    ),
    pytest.param('[tool.poetry.dependencies]\nx = "^one"', "x", "'one' is not a Python version", id="poetry range"),
    pytest.param("[tool.poetry.dependencies]\nx = 1", "x", "the version of 'x' is not a text", id="poetry number"),
    pytest.param('[tool.poetry.dependencies]\n"x y" = "1"', "x y", "is not the name of a Python package", id="poetry name"),
    pytest.param(
        '[tool.setuptools.dynamic]\ndependencies = {file = ["deps.txt"]}',
        '["deps.txt"]',
        "'deps.txt' is not read",
        id="dynamic file",
    ),
    pytest.param('[project]\nname = "x\n', "", "", id="no TOML"),
]


@pytest.mark.parametrize(("text", "piece", "message"), REPORTED)
def test_reports_what_it_does_not_understand(text: str, piece: str, message: str) -> None:
    manifest = pyproject(text)
    [problem] = manifest.problems
    assert manifest.dependencies == ()
    assert text.encode()[problem.start : problem.end].decode().startswith(piece)
    assert message in problem.message


def test_one_bad_entry_does_not_hide_the_others() -> None:
    manifest = pyproject('[project]\ndependencies = ["a", "b c", "d"]')
    assert [d.name for d in manifest.dependencies] == ["a", "d"]
    assert len(manifest.problems) == 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "pyproject.toml",
            [
                "2:14 hatchling build",
                "8:4 django runtime",
                "9:4 psycopg2@2.9.9 runtime",
                "10:4 shelves runtime",
                "14:11 redis optional",
                "17:10 ruff development",
                "18:10 pytest development",
            ],
        ),
        (
            "poetry/pyproject.toml",
            [
                "7:1 django runtime",
                "8:1 psycopg2@2.9.9 runtime",
                "9:1 redis optional",
                "10:1 invoices runtime",
                "11:1 shelves runtime",
                "12:1 numpy runtime",
                "12:1 numpy runtime",
                "18:1 pytest development",
                "21:1 mypy development",
            ],
        ),
    ],
)
def test_fixtures(path: str, expected: list[str]) -> None:
    data = (FIXTURES / path).read_bytes()
    source = Source(path, data)
    manifest = read(path, data)
    spans = [(source.span(d.start, d.end), d) for d in manifest.dependencies]
    assert [f"{s.line}:{s.column} {d.purl.removeprefix('pkg:pypi/')} {d.scope}" for s, d in spans] == expected
    assert manifest.problems == ()
