"""npm's ranges: what each form admits, with and without the rule about pre-releases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.ecosystems import ECOSYSTEMS, Cover, Dependency
from ospec_guard.ecosystems.npm.semver import parse_range, parse_version, satisfies

ALL, SOME, NONE = Cover.ALL, Cover.SOME, Cover.NONE


def admits(text: str, version: str, *, prereleases: bool = False) -> bool:
    parsed = parse_version(version)
    assert parsed is not None, version
    return satisfies(parsed, parse_range(text, prereleases=prereleases), prereleases=prereleases)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        pytest.param("", "0.0.0 1.2.3", "1.0.0-a", id="empty"),
        pytest.param("*", "0.0.0 1.2.3", "1.0.0-a", id="star"),
        pytest.param("1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.3-a", id="exact"),
        pytest.param("=v1.2.3", "1.2.3", "1.2.4", id="decorated"),
        pytest.param("1.2", "1.2.0 1.2.9", "1.3.0 1.1.9", id="partial"),
        pytest.param("1", "1.0.0 1.9.9", "2.0.0 0.9.9", id="major alone"),
        pytest.param("1.x", "1.0.0 1.9.9", "2.0.0 2.0.0-a", id="x"),
        pytest.param("1.2.*", "1.2.9", "1.3.0", id="star for the patch"),
        pytest.param(">1.2.3", "1.2.4 2.0.0", "1.2.3", id="greater"),
        pytest.param(">1.2", "1.3.0", "1.2.9", id="greater than a partial"),
        pytest.param(">1", "2.0.0", "1.9.9", id="greater than a major"),
        pytest.param(">=1.2", "1.2.0 9.0.0", "1.1.9", id="at least a partial"),
        pytest.param("<1.2", "1.1.9", "1.2.0 1.2.0-a", id="less than a partial"),
        pytest.param("<=1.2", "1.2.9", "1.3.0", id="at most a partial"),
        pytest.param("<=1.2.3", "1.2.3", "1.2.4", id="at most"),
        pytest.param("> *", "", "0.0.0 99.0.0", id="beyond everything"),
        pytest.param(">= 1.2.3 < 2", "1.2.3 1.9.9", "2.0.0 1.2.2", id="both ends, with spaces"),
        pytest.param("1.2.3 - 2.3.4", "1.2.3 2.3.4", "2.3.5 1.2.2", id="hyphen"),
        pytest.param("1.2 - 2.3", "1.2.0 2.3.9", "2.4.0 1.1.9", id="hyphen between partials"),
        pytest.param("1.2.3 - 2", "2.9.9", "3.0.0", id="hyphen up to a major"),
        pytest.param("~1.2.3", "1.2.3 1.2.9", "1.3.0 1.2.2", id="tilde"),
        pytest.param("~> 1.2", "1.2.0 1.2.9", "1.3.0", id="tilde of a partial"),
        pytest.param("~1", "1.9.9", "2.0.0", id="tilde of a major"),
        pytest.param("^1.2.3", "1.2.3 1.9.9", "2.0.0 1.2.2", id="caret"),
        pytest.param("^0.2.3", "0.2.9", "0.3.0", id="caret below one"),
        pytest.param("^0.0.3", "0.0.3", "0.0.4", id="caret below a tenth"),
        pytest.param("^0.0", "0.0.9", "0.1.0", id="caret of zeros"),
        pytest.param("^0", "0.9.9", "1.0.0", id="caret of zero"),
        pytest.param("^1.x", "1.0.0 1.9.9", "2.0.0", id="caret of x"),
        pytest.param("<1 || >=2 <3 || 5", "0.9.9 2.5.0 5.1.0", "1.0.0 3.0.0 4.0.0", id="alternatives"),
        pytest.param(
            "^1.2.3-beta.2",
            "1.2.3-beta.2 1.2.3-beta.10 1.2.3 1.5.0",
            "1.2.3-beta.1 1.2.3-alpha 1.5.0-a",
            id="pre-release of the same version",
        ),
        pytest.param(
            ">1.2.3-alpha.7", "1.2.3-alpha.8 1.2.3-alpha.beta", "1.2.3-alpha.7 1.2.3-alpha", id="order of pre-releases"
        ),
        pytest.param("<2.0.0", "1.9.9", "1.9.9-a 2.0.0-a", id="pre-releases stay out"),
    ],
)
def test_what_a_range_admits(text: str, inside: str, outside: str) -> None:
    assert [v for v in inside.split() if not admits(text, v)] == []
    assert [v for v in outside.split() if admits(text, v)] == []


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        pytest.param("*", "1.0.0-a", "", id="star"),
        pytest.param("<2.0.0", "1.9.9-a 2.0.0-a", "2.0.0", id="below a release"),
        pytest.param("<2", "1.9.9-a", "2.0.0-a", id="below a partial"),
        pytest.param(">=1", "1.0.0-a", "0.9.9", id="from a partial"),
        pytest.param("^1.2.3", "1.3.0-a", "1.2.3-a 2.0.0-a", id="caret"),
        pytest.param("1.x", "1.0.0-0 1.9.0-a", "2.0.0-a", id="x"),
    ],
)
def test_pre_releases_by_their_order(text: str, inside: str, outside: str) -> None:
    assert [v for v in inside.split() if not admits(text, v, prereleases=True)] == []
    assert [v for v in outside.split() if admits(text, v, prereleases=True)] == []


@pytest.mark.parametrize(
    "text", ["latest", "a.b.c", "1.2.3.4", ">", "1.2.3 -", "1.x.3", "x.1", "01.2.3", "1,2", "^1 |2", "git:x", "9" * 20]
)
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match="is not a range of npm versions"):
        parse_range(text)


def test_an_empty_text_is_no_range_to_write() -> None:
    with pytest.raises(ValueError, match="the range is empty"):
        ECOSYSTEMS["npm"].check_range("")


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.x", "latest", "1.2.3 ", "v1.2.3"])
def test_only_whole_versions_are_versions(text: str) -> None:
    assert (parse_version(text) is not None) is (text.strip() in {"1.2.3", "v1.2.3"})


IN_ORDER = (
    "0.0.1 0.9.9 1.0.0-0 1.0.0-2 1.0.0-10 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0 1.0.1 1.2.0 1.10.0 2.0.0"
)


@given(st.permutations(IN_ORDER.split()))
def test_versions_have_the_order_of_the_standard(versions: list[str]) -> None:
    assert sorted(versions, key=lambda v: parse_version(v) or ()) == IN_ORDER.split()


@pytest.mark.parametrize(
    ("wanted", "requirement", "expected"),
    [
        pytest.param("<2", "^1.0.0", ALL, id="inside"),
        pytest.param("<4.17.21", "^4.17.0", SOME, id="overlap"),
        pytest.param("<4.17.21", "^4.17.21", NONE, id="side by side"),
        pytest.param("<=4.17.21", ">=4.17.21", SOME, id="one version in common"),
        pytest.param("<4", ">3.9.0", SOME, id="between the boundaries"),
        pytest.param("<4", "*", SOME, id="any version"),
        pytest.param("<4", "latest", SOME, id="tag"),
        pytest.param("*", "latest", ALL, id="every version"),
        pytest.param("1.x || 3.x", "^2.0.0", NONE, id="between the alternatives"),
        pytest.param("1.x || 2.x", "^1.5.0 || ~2.1.0", ALL, id="alternatives inside"),
        pytest.param("<2", "^2.0.0-beta", NONE, id="pre-release of the boundary"),
    ],
)
def test_how_much_of_a_requirement_lies_in_a_range(wanted: str, requirement: str, expected: Cover) -> None:
    dependency = Dependency("npm", "x", "x", 0, 1, requirement=requirement)
    assert ECOSYSTEMS["npm"].cover(wanted, dependency, prereleases=True) is expected


@pytest.mark.parametrize(
    ("wanted", "version", "prereleases", "expected"),
    [
        pytest.param("<4.17.21", "4.17.20", True, ALL, id="inside"),
        pytest.param("<4.17.21", "4.17.21", True, NONE, id="outside"),
        pytest.param("<4.17.21", "4.0.0-rc.1", True, ALL, id="pre-release, by its order"),
        pytest.param("<4.17.21", "4.0.0-rc.1", False, NONE, id="pre-release, cautiously"),
        pytest.param("<4.17.21", "odd", True, SOME, id="version nobody can compare"),
    ],
)
def test_exact_versions(wanted: str, version: str, prereleases: bool, expected: Cover) -> None:
    dependency = Dependency("npm", "x", "x", 0, 1, version=version)
    assert ECOSYSTEMS["npm"].cover(wanted, dependency, prereleases=prereleases) is expected


releases = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
pieces = st.tuples(st.sampled_from(["^", "~", ">=", "<=", ">", "<", ""]), releases).map("".join)
ranges = st.lists(pieces, min_size=1, max_size=2).map(" ".join)


@given(ranges, ranges, st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)))
def test_cover_never_contradicts_a_version(wanted: str, requirement: str, parts: tuple[int, int, int]) -> None:
    version = ".".join(map(str, parts))
    covered = ECOSYSTEMS["npm"].cover(wanted, Dependency("npm", "x", "x", 0, 1, requirement=requirement), prereleases=True)
    if admits(requirement, version):
        assert covered is not (NONE if admits(wanted, version) else ALL)
