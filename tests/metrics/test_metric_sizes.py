from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.metrics.sizes import UNITS, parse_size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        pytest.param("250KB", 250_000, id="as-in-the-specification"),
        pytest.param("1MB", 1_000_000, id="thousands"),
        pytest.param("1 MiB", 1_048_576, id="powers-of-1024-and-a-space"),
        pytest.param("1.5 MiB", 1_572_864, id="fraction"),
        pytest.param("0.1KB", 100, id="fraction-no-float-holds"),
        pytest.param("1.0009kB", 1000, id="part-of-a-byte-dropped"),
        pytest.param("2gib", 2_147_483_648, id="any-case"),
        pytest.param("300", 300, id="bytes-as-text"),
        pytest.param("300 b", 300, id="bytes-with-unit"),
        pytest.param(" 5 kb ", 5000, id="space-around"),
        pytest.param(0, 0, id="zero"),
        pytest.param(12345, 12345, id="number"),
    ],
)
def test_reads(written: str | int, size: int) -> None:
    assert parse_size(written) == size


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param("", "'' is no size", id="empty"),
        pytest.param("KB", "'KB' is no size", id="unit-alone"),
        pytest.param("-1KB", "'-1KB' is no size", id="negative-text"),
        pytest.param("1,5MB", "'1,5MB' is no size", id="comma"),
        pytest.param("1e3", "'1e3' is no size", id="exponent"),
        pytest.param("٣KB", "'٣KB' is no size", id="digits-of-another-script"),
        pytest.param("10 KBs", "'KBs' is no unit, expected B, KB", id="unknown-unit"),
        pytest.param("10k", "'k' is no unit", id="half-a-unit"),
        pytest.param(-1, "-1 is negative", id="negative"),
        pytest.param(True, "expected a size such as 250KB", id="truth"),
        pytest.param(1.5, "expected a size such as 250KB", id="float"),
        pytest.param(None, "expected a size such as 250KB", id="nothing"),
    ],
)
def test_refuses(written: object, says: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_size(written)
    assert str(caught.value).startswith(says)


@given(st.integers(0, 10**9), st.sampled_from(sorted(UNITS)), st.sampled_from(["", " "]))
def test_whole_numbers_are_exact(number: int, unit: str, gap: str) -> None:
    assert parse_size(f"{number}{gap}{unit}") == number * UNITS[unit]
