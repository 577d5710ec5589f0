"""Requirements files: what a line means, which lines are reported as not understood, and where everything stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.ecosystems import Manifest, read, reader_for
from ospec_guard.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ecosystems" / "python"


def requirements(text: str, path: str = "requirements.txt") -> Manifest:
    return read(path, text.encode())


UNDERSTOOD = [
    pytest.param("django", ("django", "", "", "registry"), id="bare name"),
    pytest.param("django==4.2", ("django", "4.2", "==4.2", "registry"), id="exact version"),
    pytest.param("django===4.2.dev0+x", ("django", "4.2.dev0+x", "===4.2.dev0+x", "registry"), id="arbitrary equality"),
    pytest.param("django==4.*", ("django", "", "==4.*", "registry"), id="wildcard is a range"),
    pytest.param("django >= 3 , < 4", ("django", "", "<4,>=3", "registry"), id="range with spaces"),
    pytest.param("django (>=3)", ("django", "", ">=3", "registry"), id="range in parentheses"),
    pytest.param("Flask_SQL.Alchemy--X", ("flask-sql-alchemy-x", "", "", "registry"), id="name is normalised"),
    pytest.param("redis[hiredis, ocsp]~=5.0", ("redis", "", "~=5.0", "registry"), id="extras"),
    pytest.param('django<4; python_version < "3.12"', ("django", "", "<4", "registry"), id="marker"),
    pytest.param("django<4 # because # of it", ("django", "", "<4", "registry"), id="comment"),
    pytest.param("django<4 --hash=sha256:ab --hash sha256:cd", ("django", "", "<4", "registry"), id="hashes"),
    pytest.param("django<4 \\\n  --hash=sha256:ab", ("django", "", "<4", "registry"), id="continuation"),
    pytest.param("# head\n\ndjango<4 \\\n  # tail", ("django", "", "<4", "registry"), id="comment ends a continuation"),
    pytest.param("dja\\\nngo<4", ("django", "", "<4", "registry"), id="continuation inside a name"),
    pytest.param("\ufeffdjango\r\n", ("django", "", "", "registry"), id="byte order mark and CRLF"),
    pytest.param("django\f", ("django", "", "", "registry"), id="form feed ends a line"),
    pytest.param("x @ https://h/x-1.2.zip", ("x", "1.2", "", "url"), id="direct address"),
    pytest.param("x @ git+ssh://git@h/x.git@main ; extra == 'a'", ("x", "", "", "git"), id="direct git address with marker"),
    pytest.param("x @ file:///srv/x", ("x", "", "", "path"), id="direct folder"),
    pytest.param("git+https://h/y.git@v1#egg=My_Lib&subdirectory=a", ("my-lib", "", "", "git"), id="git address with egg"),
    pytest.param("git+https://h/y.git#egg=lib==1.0", ("lib", "", "", "git"), id="egg with version"),
    pytest.param("-e git+https://u:${TOKEN}@h/y#egg=lib", ("lib", "", "", "git"), id="editable git address"),
    pytest.param("--pre --editable=git+https://h/y#egg=lib", ("lib", "", "", "git"), id="editable behind another option"),
    pytest.param("https://h/some_lib-1.2.3-py3-none-any.whl", ("some-lib", "1.2.3", "", "url"), id="wheel on the web"),
    pytest.param("https://h/some%5Flib-1.2.3.tar.gz", ("some-lib", "1.2.3", "", "url"), id="escaped archive name"),
    pytest.param("./wheels/some_lib-1.2.3.tar.gz", ("some-lib", "1.2.3", "", "url"), id="archive on disk"),
    pytest.param("https://h/download?x=1#egg=lib", ("lib", "", "", "url"), id="address with egg"),
    pytest.param("some_lib-1.2.3.zip", ("some-lib", "1.2.3", "", "url"), id="archive beside the file"),
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_understands(text: str, expected: tuple[str, str, str, str]) -> None:
    manifest = requirements(text)
    assert manifest.problems == ()
    assert [(d.name, d.version, d.requirement, d.source) for d in manifest.dependencies] == [expected]


NOTHING_NAMED = [
    pytest.param("", id="empty"),
    pytest.param("# django\n\n  \n", id="comments and blank lines"),
    pytest.param("--index-url https://h/simple --extra-index-url=https://h/2 --pre", id="index options"),
    pytest.param("-i https://h/simple\n-f ./wheels\n--no-binary :all:\n--trusted-host h\n--require-hashes", id="other options"),
    pytest.param(
        "-r base-requirements.txt\n--requirement=requirements/web.txt\n-rrequirements.in", id="other requirements files"
    ),
    pytest.param("-c anything.txt\n-c https://h/upper.txt", id="constraints"),
    pytest.param("-e .\n.\n./libs/shelves[dev]\n-e file:///srv/x\n../x ; python_version > '3'", id="folders of the repository"),
    pytest.param("Functional needs of the shop\nIt sells books all day\nand lends some of them\nsoon", id="prose"),
]


@pytest.mark.parametrize("text", NOTHING_NAMED)
def test_leaves_alone(text: str) -> None:
    assert requirements(text) == Manifest()


NOT_UNDERSTOOD = [
    pytest.param("django\nbad name\n", "bad name", "is not a requirement", False, id="two words"),
    pytest.param("pytz>dev", "pytz>dev", "is not a requirement", False, id="version that is none"),
    pytest.param("django==", "django==", "is not a requirement", False, id="no version"),
    pytest.param("the only line", "the only line", "is not a requirement", False, id="one sentence is no prose"),
    pytest.param("==1.0", "==1.0", "is not a requirement", False, id="no name"),
    pytest.param("${NAME}==1", "${NAME}==1", "is not a requirement", True, id="name in a variable"),
    pytest.param("{{ name }}==1", "{{ name }}==1", "is not a requirement", True, id="name in a template"),
    pytest.param(
        "git+https://h/y.git  # fork",
        "git+https://h/y.git  # fork",
        "write 'name @ git+https://h/y.git'",
        True,
        id="git without name",
    ),
    pytest.param("https://h/main.zip", "https://h/main.zip", "does not say which package", True, id="archive without name"),
    pytest.param("-e git+https://h/y", "-e git+https://h/y", "does not say which package", True, id="editable without name"),
    pytest.param("-r deps.txt", "-r deps.txt", "its name does not say", True, id="file that is not read"),
    pytest.param("-r https://h/requirements.txt", "-r https://h/requirements.txt", "on the web", True, id="file on the web"),
    pytest.param("--pre --nope", "--pre --nope", "'--nope' is not an option", True, id="unknown option"),
    pytest.param("-e", "-e", "'-e' is not an option", True, id="option without value"),
    pytest.param('-f "x', '-f "x', "quotation", False, id="open quote"),
]


@pytest.mark.parametrize(("text", "piece", "message", "elsewhere"), NOT_UNDERSTOOD)
def test_reports_what_it_does_not_understand(text: str, piece: str, message: str, elsewhere: bool) -> None:
    [problem] = requirements(text).problems
    assert text.encode()[problem.start : problem.end].decode() == piece
    assert message in problem.message
    assert problem.elsewhere is elsewhere


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("requirements.txt", "runtime", id="plain"),
        pytest.param("deploy/Requirements-Prod.TXT", "runtime", id="capitals"),
        pytest.param("requirements/base.in", "runtime", id="folder"),
        pytest.param("a/requirements/base.pip", "runtime", id="nested folder"),
        pytest.param("requirements-dev.txt", "development", id="dev"),
        pytest.param("requirements/tests.txt", "development", id="tests in the folder"),
        pytest.param("docs/requirements.txt", "development", id="docs folder"),
        pytest.param("test_requirements.txt", "development", id="test first"),
        pytest.param("requirements-latest.txt", "runtime", id="test inside a word"),
    ],
)
def test_scope_follows_the_name_of_the_file(path: str, expected: str) -> None:
    [dependency] = requirements("django", path).dependencies
    assert (dependency.scope, dependency.direct) == (expected, True)


@pytest.mark.parametrize(
    "path", ["requirements.md", "requirements", "notes.txt", "requirements/a/b.txt", "setup.py", "req.txt"]
)
def test_other_files_are_no_requirements(path: str) -> None:
    assert reader_for(path) is None
    assert requirements("django", path) == Manifest()


def test_constraints_are_not_direct() -> None:
    [dependency] = requirements("django<5", "constraints.txt").dependencies
    assert not dependency.direct


def test_fixture() -> None:
    data = (FIXTURES / "requirements.txt").read_bytes()
    source = Source("requirements.txt", data)
    manifest = read("requirements.txt", data)
    places = [
        (source.span(d.start, d.end).line, source.span(d.start, d.end).column, d.written, d.purl) for d in manifest.dependencies
    ]
    assert places == [
        (5, 1, "Django", "pkg:pypi/django"),
        (6, 1, "psycopg2", "pkg:pypi/psycopg2@2.9.9"),
        (8, 1, "MySQL_Connector.Python", "pkg:pypi/mysql-connector-python@8.3.0"),
        (9, 1, "redis", "pkg:pypi/redis"),
        (10, 1, "invoices", "pkg:pypi/invoices"),
        (12, 34, "tills", "pkg:pypi/tills@1.4.0"),
    ]
    assert manifest.problems == ()


def test_offsets_count_bytes() -> None:
    text = "  # öäü\n  djangö-x\n\tdjango"
    manifest = requirements(text)
    assert [(d.start, d.end) for d in manifest.dependencies] == [(24, 30)]
    assert [(p.start, p.end) for p in manifest.problems] == [(13, 22)]


LINES = [
    "django<4",
    "flask==2.0  # web",
    "x @ git+https://h/x",
    "-e .",
    "bad name",
    "# nothing",
    "redis[a]>=1 \\\n --hash=sha256:0",
    "pytz>dev",
]


@given(st.permutations(LINES))
def test_order_of_lines_does_not_matter(lines: list[str]) -> None:
    def facts(text: str) -> list[tuple[str, ...]]:
        manifest = requirements(text)
        found = [(d.purl, d.requirement, text.encode()[d.start : d.end].decode()) for d in manifest.dependencies]
        return sorted(found) + sorted((p.message,) for p in manifest.problems)

    assert facts("\n".join(lines)) == facts("\n".join(LINES))


@given(st.text(max_size=80))
def test_any_text_is_read_and_places_lie_in_it(text: str) -> None:
    data = text.encode(errors="ignore")
    manifest = read("requirements.txt", data)
    assert all(0 <= piece.start <= piece.end <= len(data) for piece in (*manifest.dependencies, *manifest.problems))
