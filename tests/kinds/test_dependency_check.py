"""`dependency_check`: what the lists object to in manifests and lock files, what they let pass, and what they cannot mean."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.document import read_yaml, validate
from ospec_guard.ecosystems import ECOSYSTEMS
from ospec_guard.kinds import dependency_check as kind
from ospec_guard.languages import LANGUAGES, Language
from ospec_guard.model import Gap, Match
from ospec_guard.protocols import CompileError
from ospec_guard.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ecosystems"
TEXT = LANGUAGES["text"]


@dataclass
class View:
    """A file that was never on a disk."""

    path: str
    source: Source
    language: Language = TEXT
    structure: None = None


def view(path: str, text: str | bytes) -> View:
    return View(path, Source(path, text if isinstance(text, bytes) else text.encode()))


def options(rule: str) -> kind.Options:
    document = read_yaml(rule.encode(), "rules.yaml")
    raw, problems = validate(document, kind.Schema)
    assert raw is not None, problems
    return kind.compile(raw)


def results(rule: str, path: str, text: str | bytes) -> list[Match | Gap]:
    return list(kind.check(options(rule), view(path, text)))


def details(rule: str, path: str, text: str | bytes) -> list[str]:
    return [each.detail if isinstance(each, Match) else f"{each.id}: {each.message}" for each in results(rule, path, text)]


def in_requirements(rule: str, text: str) -> list[str]:
    return details(rule, "requirements.txt", text)


def in_package(rule: str, **dependencies: str) -> list[str]:
    return details(rule, "package.json", json.dumps({"dependencies": dependencies}))


APPROVED_DATABASES = """
allowed_packages:
  - "psycopg2"  # PostgreSQL
  - "redis"     # Redis
blocked_packages:
  - "mysql-connector-python"  # MySQL not approved
"""


def test_the_rule_of_the_specification() -> None:
    text = (FIXTURES / "python" / "requirements.txt").read_bytes()
    [match] = results(APPROVED_DATABASES, "requirements.txt", text)
    assert isinstance(match, Match)
    assert text[match.start : match.end] == b"MySQL_Connector.Python"
    assert Source("requirements.txt", text).span(match.start, match.end).line == 8
    assert match.detail == "MySQL_Connector.Python 8.3.0 is blocked by 'mysql-connector-python'"
    assert match.tokens == "pypi mysql-connector-python 8.3.0"
    assert match.properties == (
        ("direct", "true"),
        ("ecosystem", "pypi"),
        ("entry", "mysql-connector-python"),
        ("package", "mysql-connector-python"),
        ("purl", "pkg:pypi/mysql-connector-python@8.3.0"),
        ("requirement", "==8.3.0"),
        ("scope", "runtime"),
        ("version", "8.3.0"),
    )


REPORTS = [
    pytest.param("blocked_packages: [django]", "django", ["django is blocked"], id="blocked name"),
    pytest.param(
        "blocked_packages: [django]", "Django>=4", ["Django >=4 is blocked by 'django'"], id="blocked name written otherwise"
    ),
    pytest.param("blocked_packages: ['mysql-*']", "mysql.client", ["mysql.client is blocked by 'mysql-*'"], id="blocked glob"),
    pytest.param(
        "blocked_packages: ['pkg:pypi/django@3.2']",
        "django==3.2.0",
        ["django 3.2.0 is blocked by 'pkg:pypi/django@3.2'"],
        id="blocked purl",
    ),
    pytest.param(
        "blocked_packages: ['django<3']", "django==2.2", ["django 2.2 is blocked by 'django<3'"], id="version in the range"
    ),
    pytest.param(
        "blocked_packages: ['django<3']",
        "django==3.0.dev1\ndjango==2.9a1",
        ["django 2.9a1 is blocked by 'django<3'"],
        id="pre-release in the range",
    ),
    pytest.param(
        "blocked_packages: ['django<3']", "django~=2.0", ["django ~=2.0 is blocked by 'django<3'"], id="range inside the range"
    ),
    pytest.param(
        "blocked_packages: ['django<3']",
        "django>=2",
        ["django >=2 may resolve to a version that is blocked by 'django<3'"],
        id="overlap",
    ),
    pytest.param(
        "blocked_packages: ['django<3']",
        "django",
        ["django may resolve to a version that is blocked by 'django<3'"],
        id="any version",
    ),
    pytest.param(
        "blocked_packages: ['django<3']",
        "django @ git+https://h/x",
        ["django from git may resolve to a version that is blocked by 'django<3'"],
        id="version from git is not known",
    ),
    pytest.param(
        "blocked_packages: [{name: pycrypto, reason: not maintained, use_instead: cryptography}]",
        "pycrypto",
        ["pycrypto is blocked: not maintained; use cryptography instead"],
        id="reason and substitute",
    ),
    pytest.param(
        "blocked_packages: ['django<3', django, 'djang*']",
        "django>=2",
        ["django >=2 is blocked"],
        id="the entry that is sure is named",
    ),
    pytest.param("blocked_packages: [x]", "./x-1.0.tar.gz", ["x 1.0 from an archive is blocked"], id="archive"),
    pytest.param("blocked_packages: [x]", "-e git+https://h/y#egg=x", ["x from git is blocked"], id="git"),
    pytest.param("allowed_packages: [django]", "flask", ["flask is not on the list of allowed packages"], id="not on the list"),
    pytest.param("allowed_packages: []", "flask", ["flask is not on the list of allowed packages"], id="nothing is allowed"),
    pytest.param(
        "allowed_packages: ['django>=4']",
        "django==3.2",
        ["django 3.2 is not an allowed version: allowed is 'django>=4'"],
        id="older than allowed",
    ),
    pytest.param(
        "allowed_packages: ['django>=4,<5']",
        "django>=4",
        ["django >=4 may resolve to a version that is not allowed: allowed is 'django>=4,<5'"],
        id="wider than allowed",
    ),
    pytest.param(
        "allowed_packages: ['django>=4']",
        "django==5.0a1",
        ["django 5.0a1 is not an allowed version: allowed is 'django>=4'"],
        id="pre-release",
    ),
    pytest.param(
        "allowed_packages: [x]\nblocked_packages: ['x<2']", "x==1", ["x 1 is blocked by 'x<2'"], id="a block beats an allowance"
    ),
    pytest.param(
        "allowed_packages: ['my*']\nblocked_packages: ['mysql*']",
        "mysql",
        ["mysql is blocked by 'mysql*'"],
        id="glob against glob",
    ),
    pytest.param(
        "allowed_packages: ['mysql-a<2']\nblocked_packages: ['mysql-*']",
        "mysql-a==3",
        ["mysql-a 3 is blocked by 'mysql-*'"],
        id="other version allowed",
    ),
    pytest.param(
        "allowed_packages: [psycopg2]\nblocked_packages: [x]\ncategory: database",
        "mysqlclient==2.2",
        ["mysqlclient 2.2 is a database package that is not allowed; allowed: psycopg2"],
        id="category makes it strict",
    ),
    pytest.param(
        "allowed_packages: []\ncategory: database",
        "redis",
        ["redis is a database package that is not allowed; allowed: none"],
        id="none of a category",
    ),
    pytest.param("blocked_packages: [x, y]", "x\ny\nz\nx", ["x is blocked", "y is blocked", "x is blocked"], id="every place"),
]


@pytest.mark.parametrize(("rule", "text", "expected"), REPORTS)
def test_reports(rule: str, text: str, expected: list[str]) -> None:
    assert in_requirements(rule, text) == expected


LEAVES_ALONE = [
    pytest.param("blocked_packages: [django]", "flask\n# django\ndjango-extensions", id="other names"),
    pytest.param("blocked_packages: ['django<3']", "django==3.0\nDjango~=4.2\ndjango>=3", id="versions outside the range"),
    pytest.param("blocked_packages: ['pkg:npm/django']", "django", id="another ecosystem"),
    pytest.param("blocked_packages: [{name: django, ecosystem: npm}]", "django", id="entry for another ecosystem"),
    pytest.param("blocked_packages: [django]\nscope: development", "django", id="another scope"),
    pytest.param("allowed_packages: [django, 'flask<3', 'py*']", "Django>=4\nflask==2.0\npytest", id="on the list"),
    pytest.param("allowed_packages: ['django>=4,<5']", "django~=4.2.0", id="narrower than allowed"),
    pytest.param("allowed_packages: ['django>=5.0a1']", "django==5.0a2", id="pre-release that is allowed"),
    pytest.param("allowed_packages: [django]", "-e .\n./lib\nours @ file:///srv/ours", id="own folders are not from others"),
    pytest.param("allowed_packages: [a]\nblocked_packages: [b]", "c", id="on neither list"),
    pytest.param("allowed_packages: [mysql-a]\nblocked_packages: ['mysql-*']", "MySQL_A", id="exact name beats a blocked glob"),
    pytest.param("allowed_packages: [psycopg2]\ncategory: database", "flask\npsycopg2==2.9", id="outside the category"),
]


@pytest.mark.parametrize(("rule", "text"), LEAVES_ALONE)
def test_leaves_alone(rule: str, text: str) -> None:
    assert in_requirements(rule, text) == []


@pytest.mark.parametrize(
    ("rule", "dependencies", "expected"),
    [
        pytest.param(
            "blocked_packages: ['lodash@<4.17.21']",
            {"lodash": "4.17.20"},
            "lodash 4.17.20 is blocked by 'lodash@<4.17.21'",
            id="exact",
        ),
        pytest.param("blocked_packages: ['lodash@<4.17.21']", {"lodash": "^4.17.21"}, "", id="range above"),
        pytest.param(
            "blocked_packages: ['lodash@<4.17.21']",
            {"lodash": "^4.17.0"},
            "lodash ^4.17.0 may resolve to a version that is blocked",
            id="overlap",
        ),
        pytest.param(
            "blocked_packages: ['lodash@<4.17.21']",
            {"lodash": "latest"},
            "lodash latest may resolve to a version that is blocked",
            id="tag",
        ),
        pytest.param(
            "blocked_packages: ['lodash@<4.17.21']", {"lodash": "4.0.0-rc.1"}, "lodash 4.0.0-rc.1 is blocked", id="pre-release"
        ),
        pytest.param(
            "blocked_packages: [left-pad]", {"padding": "npm:left-pad@1.3.0"}, "left-pad 1.3.0 is blocked", id="alias"
        ),
        pytest.param("blocked_packages: [padding]", {"padding": "npm:left-pad@1.3.0"}, "", id="name of an alias"),
        pytest.param(
            "blocked_packages: ['@evil/*']", {"@evil/x": "1.0.0"}, "@evil/x 1.0.0 is blocked by '@evil/*'", id="scope"
        ),
        pytest.param("allowed_packages: [react]", {"@own/ui": "workspace:*", "react": "19"}, "", id="workspace member"),
        pytest.param(
            "blocked_packages: ['@own/ui']",
            {"@own/ui": "workspace:*"},
            "@own/ui from a folder is blocked",
            id="blocked workspace member",
        ),
        pytest.param(
            "allowed_packages: [react]", {"x": "file:x.tgz"}, "x from an archive is not on the list", id="archive on disk"
        ),
        pytest.param(
            "allowed_packages: ['x@^1']",
            {"x": "1.5.0-a"},
            "x 1.5.0-a is not an allowed version",
            id="allowed without pre-releases",
        ),
    ],
)
def test_npm(rule: str, dependencies: dict[str, str], expected: str) -> None:
    found = in_package(rule, **dependencies)
    assert len(found) == bool(expected)
    assert "".join(found).startswith(expected)


def test_two_lists_of_one_file_are_two_findings() -> None:
    text = '{"dependencies": {"x": "1.0.0"}, "devDependencies": {"x": "1.0.0"}}'
    found = results("blocked_packages: [x]", "package.json", text)
    assert [(m.start, m.end) for m in found if isinstance(m, Match)] == [(19, 20), (54, 55)]


def test_scope_may_be_a_list() -> None:
    text = '{"dependencies": {"x": "1"}, "devDependencies": {"x": "2"}, "optionalDependencies": {"x": "3"}}'
    rule = "blocked_packages: [x]\nscope: [runtime, optional]"
    assert details(rule, "package.json", text) == ["x 1 is blocked", "x 3 is blocked"]


def test_lock_files_name_who_pulls_a_package_in() -> None:
    text = (FIXTURES / "npm" / "v3" / "package-lock.json").read_bytes()
    found = results("blocked_packages: [ms, minimist]", "package-lock.json", text)
    source = Source("package-lock.json", text)
    assert [(source.span(m.start, m.end).line, m.detail) for m in found if isinstance(m, Match)] == [
        (49, "ms 2.0.0 is blocked (pulled in by debug)"),
        (66, "minimist 1.2.8 is blocked (pulled in by mkdirp)"),
        (87, "ms 2.1.3 is blocked"),
    ]
    assert [dict(m.properties).get("via") for m in found if isinstance(m, Match)] == ["debug", "mkdirp", None]


def test_constraints_say_that_they_are_not_direct() -> None:
    assert details("blocked_packages: [x]", "constraints.txt", "x<2") == ["x <2 is blocked (not a direct dependency)"]


def test_long_lists_are_cut_in_messages() -> None:
    rule = "allowed_packages: [a, b, c, d, e, f, g]\ncategory: database"
    assert in_requirements(rule, "redis") == [
        "redis is a database package that is not allowed; allowed: a, b, c, d, e and 2 more"
    ]


GAPS = [
    pytest.param("blocked_packages: [x]", "-r deps.txt", "'deps.txt' is not read", id="file elsewhere"),
    pytest.param("blocked_packages: [x]", "git+https://h/y.git", "does not say which package", id="package without a name"),
    pytest.param("blocked_packages: [bad]", "Bad name", "'Bad name' is not a requirement", id="the name occurs"),
    pytest.param("blocked_packages: ['b*e']", "bad name", "'bad name' is not a requirement", id="the glob occurs"),
    pytest.param("allowed_packages: [ok]", "bad name", "'bad name' is not a requirement", id="strict list"),
]


@pytest.mark.parametrize(("rule", "text", "message"), GAPS)
def test_gaps(rule: str, text: str, message: str) -> None:
    [gap] = results(rule, "requirements.txt", f"ok\n{text}\n")
    assert isinstance(gap, Gap)
    assert gap.id == "gap/manifest"
    assert message in gap.message
    assert gap.span is not None
    assert (gap.span.line, gap.span.column, gap.span.end_line) == (2, 1, 2)


def test_no_gap_where_no_blocked_package_can_hide() -> None:
    assert in_requirements("blocked_packages: [x]", "pytz>dev") == []


def test_a_broken_manifest_is_a_gap_for_every_rule() -> None:
    [gap] = results("blocked_packages: [x]", "package.json", '{"dependencies": }')
    assert isinstance(gap, Gap)
    assert gap.span is not None
    assert (gap.span.line, gap.span.column) == (1, 18)


IMPOSSIBLE = [
    pytest.param("{}", (), "expected packages in 'allowed_packages' or 'blocked_packages'", id="no list"),
    pytest.param("blocked_packages: []", ("blocked_packages",), "expected packages", id="empty block-list alone"),
    pytest.param(
        "blocked_packages: [x]\ncategory: database", ("category",), "'category' needs 'allowed_packages'", id="category alone"
    ),
    pytest.param(
        "allowed_packages: [x, Y]\nblocked_packages: [y]",
        ("allowed_packages", 1),
        "'Y' is allowed and blocked",
        id="on both lists",
    ),
    pytest.param(
        "allowed_packages: ['x@1']\nblocked_packages: [{name: x, version: '1'}]",
        ("allowed_packages", 0),
        "'x@1' is allowed and",
        id="range on both",
    ),
    pytest.param(
        "allowed_packages: [{name: x, use_instead: y}]",
        ("allowed_packages", 0, "use_instead"),
        "for blocked packages",
        id="use_instead",
    ),
    pytest.param("blocked_packages: [{reason: x}]", ("blocked_packages", 0), "expected one of 'name' and 'purl'", id="no name"),
    pytest.param(
        "blocked_packages: [{name: x, purl: 'pkg:npm/x'}]", ("blocked_packages", 0), "expected one of", id="two names"
    ),
    pytest.param(
        "blocked_packages: [{purl: x}]", ("blocked_packages", 0, "purl"), "'x' is not a package URL", id="purl that is none"
    ),
    pytest.param(
        "blocked_packages: [{name: x, version: one}]", ("blocked_packages", 0), "'one' is not a range", id="bad version"
    ),
    pytest.param(
        "blocked_packages: ['@s/x']\necosystems: pypi",
        ("blocked_packages", 0),
        "cannot be the name of a package of pypi",
        id="npm's name",
    ),
    pytest.param(
        "blocked_packages: ['pkg:npm/x']\necosystems: [pypi]",
        ("blocked_packages", 0),
        "none of the ecosystems pypi",
        id="npm's purl",
    ),
    pytest.param(
        "blocked_packages: [{name: x, ecosystem: npm}]\necosystems: [pypi]",
        ("blocked_packages", 0, "ecosystem"),
        "for pypi alone",
        id="npm's entry",
    ),
]


@pytest.mark.parametrize(("rule", "keys", "message"), IMPOSSIBLE)
def test_rules_that_can_never_work(rule: str, keys: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(CompileError) as raised:
        options(rule)
    assert raised.value.keys == keys
    assert message in str(raised.value)


REFUSED = [
    pytest.param("blocked_packages: ['']", "the name of a package is empty", id="empty name"),
    pytest.param("blocked_packages: ['a b']", "'a b' is no name, glob or purl", id="two words"),
    pytest.param("blocked_packages: ['django<three']", "is not a range", id="bad range"),
    pytest.param("blocked_packages: [1]", "expected a package or a mapping, got a number (1)", id="number"),
    pytest.param("blocked_packages: x", 'expected a list, got "x"', id="text for a list"),
    pytest.param("blocked_packages: [{name: x, versoin: '1'}]", 'unknown key "versoin"', id="unknown key"),
    pytest.param("blocked_packages: [x]\nscope: runtim", "did you mean 'runtime'?", id="scope"),
    pytest.param("blocked_packages: [x]\necosystems: [npn]", "did you mean 'npm'?", id="ecosystem"),
    pytest.param("allowed_packages: [x]\ncategory: databse", "did you mean 'database'?", id="category"),
]


@pytest.mark.parametrize(("rule", "message"), REFUSED)
def test_schema_refuses(rule: str, message: str) -> None:
    raw, problems = validate(read_yaml(rule.encode(), "rules.yaml"), kind.Schema)
    assert raw is None
    assert message in "\n".join(f"{p.message} {p.hint}" for p in problems)


def test_all_bad_entries_are_told_at_once() -> None:
    _, problems = validate(read_yaml(b"allowed_packages: ['', 'a b']\nblocked_packages: ['x<y']", "rules.yaml"), kind.Schema)
    assert [(p.place.line, p.place.column) for p in problems if p.place] == [(1, 21), (1, 25), (2, 21)]


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("blocked_packages: [x]", "requirements.txt", True),
        ("blocked_packages: [x]", "web/package-lock.json", True),
        ("blocked_packages: [x]", "main.py", False),
        ("blocked_packages: [x]\necosystems: npm", "requirements.txt", False),
        ("blocked_packages: [x]\necosystems: npm", "package.json", True),
    ],
)
def test_applies_to_manifests_of_its_ecosystems(rule: str, path: str, expected: bool) -> None:
    assert kind.applies(options(rule), path, TEXT) is expected


LOOKS = "looks at the dependencies in manifests and lock files of Python and npm"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            "allowed_packages: [psycopg2]\nblocked_packages: [mysql]\ncategory: database\nscope: runtime",
            [f"{LOOKS}, of scope runtime", "reports mysql", "reports every database package but psycopg2"],
            id="category",
        ),
        pytest.param("allowed_packages: []", [LOOKS, "reports every package"], id="strict"),
        pytest.param(
            "allowed_packages: [a]\nblocked_packages: [b]",
            [LOOKS, "reports b", "lets a pass where a blocked glob fits, and whatever is on neither list"],
            id="both",
        ),
    ],
)
def test_explain(rule: str, expected: list[str]) -> None:
    assert list(kind.explain(options(rule), None)) == expected


def test_every_manifest_is_looked_at_whatever_its_text() -> None:
    assert kind.prefilter(options("blocked_packages: [x]")) == ()


@pytest.mark.parametrize(
    ("rule", "entries", "used"),
    [
        pytest.param("allowed_packages: [django, flask, 'py*']", ("django", "flask", "py*"), {"django", "py*"}, id="strict"),
        pytest.param(APPROVED_DATABASES, (), set(), id="nothing to excuse beside a block-list of names"),
        pytest.param(
            "allowed_packages: [pytest, pyx, django]\nblocked_packages: ['py*']",
            ("pytest", "pyx"),
            {"pytest"},
            id="beside a blocked glob",
        ),
        pytest.param("allowed_packages: [django]\nscope: build", ("django",), set(), id="another scope"),
    ],
)
def test_which_entries_excuse_something(rule: str, entries: tuple[str, ...], used: set[str]) -> None:
    compiled = options(rule)
    assert kind.entries(compiled) == entries
    assert kind.used_entries(compiled, view("requirements.txt", "django\npytest\npython-dateutil\n")) == used


def test_options_travel_between_processes() -> None:
    compiled = options(APPROVED_DATABASES)
    assert pickle.loads(pickle.dumps(compiled)) == compiled  # noqa: S301


LINES = ["django==3.2", "Flask>=2", "mysql-connector-python", "redis<5", "x @ git+https://h/x", "bad name", "django"]


@given(
    st.permutations(LINES), st.sampled_from(["allowed_packages: [redis]", "blocked_packages: [django, 'mysql-*', 'flask<3']"])
)
def test_order_of_dependencies_does_not_matter(lines: list[str], rule: str) -> None:
    def identities(text: list[str]) -> list[tuple[Any, ...]]:
        found = results(rule, "requirements.txt", "\n".join(text))
        return sorted((each.tokens, each.detail) if isinstance(each, Match) else (each.id, each.message) for each in found)

    assert identities(lines) == identities(LINES)


def test_every_ecosystem_can_be_chosen() -> None:
    for name in ECOSYSTEMS:
        assert options(f"blocked_packages: [x]\necosystems: {name}").ecosystems == (name,)
