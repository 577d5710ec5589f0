"""What people write to mean packages: names, globs, purls and ranges, and what they cannot write."""

from __future__ import annotations

import pytest

from ospec_guard.ecosystems import ECOSYSTEMS, Cover, Dependency
from ospec_guard.ecosystems.selectors import parse_selector


def dependency(purl: str, requirement: str = "") -> Dependency:
    ecosystem, _, rest = purl.removeprefix("pkg:").partition("/")
    name, _, version = rest.rpartition("@") if "@" in rest[1:] else (rest, "", "")
    return Dependency(ecosystem, ECOSYSTEMS[ecosystem].normalise(name), name, 0, 0, version=version, requirement=requirement)


MEANS = [
    pytest.param("mysql-connector-python", "pkg:pypi/MySQL_Connector.Python@8.0", id="normalised name"),
    pytest.param("MySQL_Connector.Python", "pkg:pypi/mysql-connector-python", id="name normalised in the list"),
    pytest.param("lodash", "pkg:npm/lodash@4.17.20", id="npm name"),
    pytest.param("@scope/x", "pkg:npm/@scope/x@1.0.0", id="scoped name"),
    pytest.param("mysql-*", "pkg:pypi/MySQL.Connector", id="glob on a normalised name"),
    pytest.param("MySQL_*", "pkg:pypi/mysql-connector", id="glob normalised"),
    pytest.param("@scope/*", "pkg:npm/@scope/x@1.0.0", id="glob in a scope"),
    pytest.param("*", "pkg:npm/@scope/x@1.0.0", id="everything"),
    pytest.param("lodas?", "pkg:npm/lodash@1.0.0", id="one letter"),
    pytest.param("pkg:npm/lodash", "pkg:npm/lodash@4.17.20", id="purl"),
    pytest.param("pkg:npm/lodash@4.17.20", "pkg:npm/lodash@4.17.20", id="purl with version"),
    pytest.param("pkg:npm/%40scope/x@1.0.0", "pkg:npm/@scope/x@1.0.0", id="scoped purl"),
    pytest.param("pkg:pypi/Django@4.2", "pkg:pypi/django@4.2.0", id="purl normalised, version compared"),
    pytest.param("pkg:PyPI/django", "pkg:pypi/django", id="type in capitals"),
    pytest.param("lodash@<4.17.21", "pkg:npm/lodash@4.17.20", id="npm range"),
    pytest.param("lodash@^4", "pkg:npm/lodash@4.17.20", id="caret"),
    pytest.param("@scope/x@1.0 - 2.0 || 3", "pkg:npm/@scope/x@3.1.0", id="scoped name with alternatives"),
    pytest.param("django<3", "pkg:pypi/django@2.2", id="Python range"),
    pytest.param("requests >= 2, <3", "pkg:pypi/requests@2.31", id="Python range with spaces"),
    pytest.param("name@1.2.3", "pkg:pypi/name@1.2.3", id="exact version of a Python package"),
    pytest.param("name@1.2.3", "pkg:npm/name@1.2.3", id="exact version of an npm package"),
    pytest.param("mysql-*@<9", "pkg:npm/mysql-x@8.0.0", id="glob with a range"),
]


@pytest.mark.parametrize(("text", "purl"), MEANS)
def test_means(text: str, purl: str) -> None:
    assert parse_selector(text).cover(dependency(purl), prereleases=True) is Cover.ALL


MEANS_NOT = [
    pytest.param("mysql", "pkg:pypi/mysqlclient", id="longer name"),
    pytest.param("mysql-*", "pkg:pypi/mysql", id="glob needs its dash"),
    pytest.param("JSONStream", "pkg:npm/jsonstream@1.0.0", id="capitals count in npm"),
    pytest.param("@scope/*", "pkg:npm/@scoped/x@1.0.0", id="another scope"),
    pytest.param("pkg:npm/redis", "pkg:pypi/redis@5.0", id="another ecosystem"),
    pytest.param("pkg:npm/lodash@4.17.20", "pkg:npm/lodash@4.17.21", id="another version than the purl's"),
    pytest.param("lodash@<4.17.21", "pkg:npm/lodash@4.17.21", id="outside the npm range"),
    pytest.param("requests>=2,<3", "pkg:pypi/requests@3.0", id="outside the Python range"),
    pytest.param("requests>=2,<3", "pkg:npm/requests@2.1.0", id="Python's words mean nothing in npm"),
    pytest.param("x@1 - 2", "pkg:pypi/x@1.5", id="npm's words mean nothing in Python"),
]


@pytest.mark.parametrize(("text", "purl"), MEANS_NOT)
def test_means_not(text: str, purl: str) -> None:
    assert parse_selector(text).cover(dependency(purl), prereleases=True) is Cover.NONE


def test_a_range_and_a_requirement() -> None:
    selector = parse_selector("lodash@<4.17.21")
    covers = [selector.cover(dependency("pkg:npm/lodash", r), prereleases=True) for r in ("^3.0.0", "^4.17.0", "^4.17.21")]
    assert covers == [Cover.ALL, Cover.SOME, Cover.NONE]


@pytest.mark.parametrize(
    ("text", "versions", "message"),
    [
        pytest.param("", None, "the name of a package is empty", id="empty"),
        pytest.param("  ", None, "the name of a package is empty", id="blank"),
        pytest.param("a b", None, "'a b' is no name, glob or purl", id="two words"),
        pytest.param("lodash@", None, "'lodash@' is no name", id="no range behind the sign"),
        pytest.param("<3", None, "'<3' is no name", id="no name"),
        pytest.param("django<three", None, "'<three' is not a range", id="bad range"),
        pytest.param("django[argon2]", None, "leave out the extra", id="extra"),
        pytest.param("a/b/c", None, "'a/b/c' cannot be the name of a package of pypi or npm", id="slashes"),
        pytest.param("pkg:npm", None, "is not a package URL", id="purl without name"),
        pytest.param("pkg:npm/x@", None, "'pkg:npm/x@' has an empty version", id="purl with empty version"),
        pytest.param("pkg:npm/x?arch=a", None, "is not a package URL", id="purl with qualifiers"),
        pytest.param(
            "pkg:npn/x", None, "'npn' in 'pkg:npn/x' is none of the ecosystems pypi, npm; did you mean 'npm'?", id="purl type"
        ),
        pytest.param("x@1", "2", "'x@1' has a version already, beside '2'", id="two versions"),
        pytest.param("x", "", "the version of 'x' is empty", id="empty version"),
        pytest.param("x", "one", "'one' is not a range", id="bad version"),
    ],
)
def test_what_cannot_be_written(text: str, versions: str | None, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_selector(text, versions)
    assert message in str(raised.value)


def test_only_the_given_ecosystems_are_meant() -> None:
    assert not parse_selector("redis", ecosystems=["npm"]).selects(dependency("pkg:pypi/redis"))
    with pytest.raises(ValueError, match="'@s/x' cannot be the name of a package of pypi"):
        parse_selector("@s/x", ecosystems=["pypi"])
    with pytest.raises(ValueError, match="'>=2,<3' is not a range of npm versions"):
        parse_selector("x>=2,<3", ecosystems=["npm"])


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        pytest.param("mysql-connector-python", "MySQL_connector.python>dev", True, id="written otherwise"),
        pytest.param("mysql-*", "mysql.client>dev", True, id="glob"),
        pytest.param("mysql-connector-python", "pytz>dev", False, id="another name"),
        pytest.param("lodash", '"\\u006codash": 1', True, id="escape"),
    ],
)
def test_what_could_be_in_a_text_nobody_understood(text: str, piece: str, expected: bool) -> None:
    assert parse_selector(text).could_be_in(piece) is expected
