"""Python ranges: Poetry's words told in PEP 440, and how much of a requirement lies in a range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ospec_guard.ecosystems import ECOSYSTEMS, Cover, Dependency
from ospec_guard.ecosystems.python.ranges import cover, exact, parse_range

ALL, SOME, NONE = Cover.ALL, Cover.SOME, Cover.NONE


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        pytest.param("", "0 1.0 99!1", "", id="empty"),
        pytest.param("*", "0 1.0", "", id="star"),
        pytest.param(">=1, <2", "1 1.9.9", "0.9 2 2.0a1", id="comma"),
        pytest.param(">= 1 < 2", "1 1.9.9", "0.9 2", id="space"),
        pytest.param("~=1.4.2", "1.4.2 1.4.9", "1.4.1 1.5", id="compatible"),
        pytest.param("1.2", "1.2 1.2.0", "1.2.1", id="bare version"),
        pytest.param("1.2.*", "1.2 1.2.9", "1.3", id="bare wildcard"),
        pytest.param("!=1.2", "1.1 1.3", "1.2", id="not"),
        pytest.param("^1.2.3", "1.2.3 1.99", "1.2.2 2.0", id="caret"),
        pytest.param("^0.2.3", "0.2.3 0.2.9", "0.3", id="caret below one"),
        pytest.param("^0.0.3", "0.0.3", "0.0.4 0.0.2", id="caret below a tenth"),
        pytest.param("^0.0", "0.0.9", "0.1", id="caret on zeros"),
        pytest.param("~1.2.3", "1.2.3 1.2.9", "1.3", id="tilde of three"),
        pytest.param("~1.2", "1.2 1.2.9", "1.3", id="tilde of two"),
        pytest.param("~1", "1.0 1.9", "2", id="tilde of one"),
        pytest.param("<1 || ^2", "0.9 2.5", "1 3", id="alternatives"),
        pytest.param("^1!2.0", "1!2.5", "2.5 1!3", id="epoch"),
    ],
)
def test_what_a_range_admits(text: str, inside: str, outside: str) -> None:
    def admits(version: str) -> bool:
        return cover(text, version, "", prereleases=True) is ALL

    assert [v for v in inside.split() if not admits(v)] == []
    assert [v for v in outside.split() if admits(v)] == []


@pytest.mark.parametrize(
    "text", ["a b", "<", "<x", "^", "^1.*", ">*", ">=1,,<2", ",", "1.0,", "foo", "=>1", "<3;x", "1 || 2x", "1 ||", "|1"]
)
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_range(text)


def test_an_empty_text_is_no_range_to_write() -> None:
    with pytest.raises(ValueError, match="the range is empty"):
        ECOSYSTEMS["pypi"].check_range(" ")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("==1.0", "1.0"),
        ("1.0", "1.0"),
        ("===x.y", "x.y"),
        ("==1.0,>=0.5", "1.0"),
        ("==1.*", ""),
        (">=1", ""),
        ("", ""),
        ("1 || 2", ""),
    ],
)
def test_the_exact_version(text: str, version: str) -> None:
    assert exact(text) == version


@pytest.mark.parametrize(
    ("wanted", "requirement", "expected"),
    [
        pytest.param("<3", ">=1,<2", ALL, id="inside"),
        pytest.param("<3", ">=2", SOME, id="overlap"),
        pytest.param("<3", ">=3", NONE, id="side by side"),
        pytest.param("<=3", ">=3", SOME, id="one version in common"),
        pytest.param("<3", ">2.9", SOME, id="between the boundaries"),
        pytest.param("<2.31", "", SOME, id="no requirement"),
        pytest.param("*", "", ALL, id="every version"),
        pytest.param("==2.0", "~=2.0", SOME, id="one version of many"),
        pytest.param("==2.*", "~=2.0", ALL, id="compatible with the wildcard"),
        pytest.param("==2.*", "~=3.0", NONE, id="next wildcard"),
        pytest.param("!=2.0", ">=1", SOME, id="hole in the range"),
        pytest.param("!=2.0", ">=3", ALL, id="hole elsewhere"),
        pytest.param(">=1,<4", "^2.0 || ^3.0", ALL, id="alternatives inside"),
        pytest.param("<1 || >=3", "^2.0", NONE, id="between the alternatives"),
        pytest.param("<2", ">=2.0a1", NONE, id="pre-release of the boundary"),
        pytest.param("===odd", ">=1", NONE, id="version nobody can compare is not in a range"),
        pytest.param("<2", ">1,<1", SOME, id="impossible requirement is not trusted"),
    ],
)
def test_how_much_of_a_requirement_lies_in_a_range(wanted: str, requirement: str, expected: Cover) -> None:
    assert cover(wanted, "", requirement, prereleases=True) is expected


@pytest.mark.parametrize(
    ("wanted", "version", "prereleases", "expected"),
    [
        pytest.param("<3", "3.0a1", True, NONE, id="a pre-release of the boundary is not below it"),
        pytest.param("<3", "2.9a1", True, ALL, id="pre-release, by its order"),
        pytest.param("<3", "2.9a1", False, NONE, id="pre-release, cautiously"),
        pytest.param(">=2.9a1", "2.9a2", False, ALL, id="pre-release that is asked for"),
        pytest.param("==1.0", "1.0+local", True, ALL, id="local version"),
        pytest.param("<3", "not-a-version", True, SOME, id="version nobody can compare"),
        pytest.param("===odd", "odd", True, ALL, id="version that is named"),
    ],
)
def test_exact_versions(wanted: str, version: str, prereleases: bool, expected: Cover) -> None:
    dependency = Dependency("pypi", "x", "x", 0, 1, version=version)
    assert ECOSYSTEMS["pypi"].cover(wanted, dependency, prereleases=prereleases) is expected


releases = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
clauses = st.tuples(st.sampled_from([">=", "<=", ">", "<", "==", "!="]), releases).map("".join)
ranges = st.lists(clauses, min_size=1, max_size=3).map(",".join)


@given(ranges, ranges, releases)
def test_cover_never_contradicts_a_version(wanted: str, requirement: str, text: str) -> None:
    version = Version(text)
    covered = cover(wanted, "", requirement, prereleases=True)
    if version in SpecifierSet(requirement):
        assert covered is not (NONE if version in SpecifierSet(wanted) else ALL)
