from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.plugins.versions import Version, VersionError, parse_range, parse_version


@pytest.mark.parametrize(
    ("text", "allowed", "refused"),
    [
        pytest.param("1.2.3", ["1.2.3", "1.2.3+build.7"], ["1.2.4", "1.2.3-rc.1"], id="exact"),
        pytest.param("=1.2.3", ["1.2.3"], ["1.2.2"], id="equals"),
        pytest.param("v1.2.3", ["1.2.3"], ["1.2.2"], id="v"),
        pytest.param("^1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0"], id="caret"),
        pytest.param("^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "0.2.2"], id="caret below one"),
        pytest.param("^0.0.3", ["0.0.3"], ["0.0.4", "0.0.2"], id="caret at the last number"),
        pytest.param("^0.0", ["0.0.0", "0.0.9"], ["0.1.0"], id="caret of zeros, partial"),
        pytest.param("^0.x", ["0.0.1", "0.9.9"], ["1.0.0"], id="caret of zero and x"),
        pytest.param("^1", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"], id="caret, partial"),
        pytest.param("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0", "1.2.2"], id="tilde"),
        pytest.param("~1.2", ["1.2.0", "1.2.9"], ["1.3.0", "1.1.9"], id="tilde, partial"),
        pytest.param("~1", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.9"], id="tilde of one number"),
        pytest.param("~>1.2", ["1.2.5"], ["1.3.0"], id="tilde as Ruby writes it"),
        pytest.param("1.x", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.9"], id="x"),
        pytest.param("1.2.*", ["1.2.0", "1.2.9"], ["1.3.0"], id="star"),
        pytest.param("1.x.3", ["1.5.0"], ["2.0.0"], id="numbers after x do not count"),
        pytest.param("*", ["0.0.0", "9.9.9"], ["1.0.0-rc.1"], id="anything"),
        pytest.param("", ["0.0.0", "9.9.9"], ["1.0.0-rc.1"], id="empty"),
        pytest.param(">=1.0.0", ["1.0.0", "2.0.0"], ["0.9.9"], id="at least"),
        pytest.param(">= 1.0.0", ["1.0.0"], ["0.9.9"], id="space after the sign"),
        pytest.param(">=1.2", ["1.2.0"], ["1.1.9"], id="at least, partial"),
        pytest.param(">1.2.3", ["1.2.4"], ["1.2.3"], id="above"),
        pytest.param(">1.2", ["1.3.0"], ["1.2.9"], id="above, partial"),
        pytest.param("<1.2", ["1.1.9"], ["1.2.0", "1.2.0-rc.1"], id="below, partial"),
        pytest.param("<=1.2", ["1.2.9"], ["1.3.0"], id="at most, partial"),
        pytest.param("<=1.2.3", ["1.2.3"], ["1.2.4"], id="at most"),
        pytest.param("<*", [], ["0.0.0", "1.0.0"], id="below anything is nothing"),
        pytest.param(">x", [], ["0.0.0", "1.0.0"], id="above anything is nothing"),
        pytest.param(">=1.0.0 <2.0.0", ["1.5.0"], ["2.0.0", "0.9.0"], id="both must hold"),
        pytest.param("1.2 - 2", ["1.2.0", "2.9.9"], ["1.1.9", "3.0.0"], id="hyphen"),
        pytest.param("1.2.3 - 2.3.4", ["1.2.3", "2.3.4"], ["1.2.2", "2.3.5"], id="hyphen, in full"),
        pytest.param("^1.0.0 || ^3.0.0", ["1.1.0", "3.1.0"], ["2.0.0", "4.0.0"], id="either"),
        pytest.param("^1.0.0||>=4", ["1.0.0", "5.0.0"], ["2.0.0"], id="either, without spaces"),
        pytest.param(">=1.0.0-rc.1", ["1.0.0-rc.1", "1.0.0-rc.2", "1.0.0"], ["1.0.0-beta", "1.1.0-rc.1"], id="pre-releases of its own three numbers only"),
        pytest.param("^1.2.3-beta.2", ["1.2.3-beta.4", "1.2.3", "1.9.0"], ["1.2.3-beta.1", "1.2.4-beta.2"], id="caret of a pre-release"),
        pytest.param("^1.0.0", [], ["2.0.0-rc.1", "1.5.0-rc.1"], id="no pre-release slips in"),
        pytest.param("1.0.0-alpha", ["1.0.0-alpha"], ["1.0.0", "1.0.0-alpha.1"], id="exactly a pre-release"),
    ],
)  # fmt: skip
def test_ranges(text: str, allowed: list[str], refused: list[str]) -> None:
    versions = parse_range(text)
    assert [v for v in allowed if not versions.allows(parse_version(v))] == []
    assert [v for v in refused if versions.allows(parse_version(v))] == []
    assert str(versions) == text


@pytest.mark.parametrize(
    "text",
    [
        "one",
        "^",
        ">=",
        "1.2.3.4",
        "01.2.3",
        "1.2.3-",
        "^1.0.0 ||| 2",
        "latest",
        "1,2",
        "1.2.3 -2 - 3",
        "-1",
        "1.2-beta",
        ">=<1",
    ],
)
def test_no_ranges(text: str) -> None:
    with pytest.raises(VersionError, match="not a range of versions"):
        parse_range(text)


@pytest.mark.parametrize(
    "text", ["1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-a..b", "", "1.2.x", "1.2.3 ", "9" * 16 + ".0.0"]
)
def test_no_versions(text: str) -> None:
    with pytest.raises(VersionError, match="not a version; expected three numbers"):
        parse_version(text)


def test_order_is_that_of_semantic_versioning() -> None:
    ordered = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.1",
    ]
    shuffled = ordered[1::2] + ordered[::2]
    assert sorted(shuffled, key=lambda text: parse_version(text).key) == ordered


def test_a_version_prints_as_it_was_written_without_build_metadata() -> None:
    assert str(parse_version("1.2.3-rc.1+build")) == "1.2.3-rc.1"
    assert parse_version("1.2.3+a") == parse_version("1.2.3+b") == Version((1, 2, 3))


numbers = st.integers(0, 5)
releases = st.builds(lambda a, b, c: Version((a, b, c)), numbers, numbers, numbers)


@given(releases, releases)
def test_tilde_is_within_caret_is_within_at_least(low: Version, other: Version) -> None:
    tilde, caret, least = (parse_range(f"{sign}{low}").allows(other) for sign in ("~", "^", ">="))
    assert caret <= least
    assert tilde <= least
    if low.release[0]:
        assert tilde <= caret


@given(releases, releases)
def test_below_and_at_least_divide_all_releases(bound: Version, other: Version) -> None:
    assert parse_range(f"<{bound}").allows(other) != parse_range(f">={bound}").allows(other)
    assert parse_range(f">{bound}").allows(other) != parse_range(f"<={bound}").allows(other)
