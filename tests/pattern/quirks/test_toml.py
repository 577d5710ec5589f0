"""What patterns mean in TOML."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    name = "shop"
    open = true
    rent = 0.5
    staff = ["ann", "bob", 3]
    till = {cash = 5, lock = "x"}

    [tool.kettle]
    lid = 'shut'
    "cups" = 7

    [[guest]]
    name = "cid"
    seat = 1
"""

REPORTS = [
    pytest.param('name = "shop"', [1], id="a pair"),
    pytest.param('$K = "..."', [1, 5, 8, 12], id="any key, any text"),
    pytest.param("rent = $X", [3], id="any value"),
    pytest.param('name = "$X"', [1, 12], id="what a text says"),
    pytest.param('name = "=~/^s/"', [1], id="an expression"),
    pytest.param("cups = 7", [9], id="a key in quotes"),
    pytest.param('staff = ["ann", ...]', [4], id="the first item"),
    pytest.param("staff = [..., $X]", [4], id="any item"),
    pytest.param('{lock = "x", cash = $C}', [5], id="keys in any order"),
    pytest.param("till = {..., cash = 5}", [5], id="a table with more"),
    pytest.param("[tool.kettle]\n...\ncups = $X", [7], id="a table by its name"),
    pytest.param("[[guest]]\n...", [11], id="a table of many"),
    pytest.param("name = $X\n...\nrent = $Y", [1], id="one after the other"),
    pytest.param("open = true", [2], id="a truth value"),
]

LEAVES_ALONE = [
    pytest.param('name = "barn"', id="another value"),
    pytest.param('rent = "0.5"', id="a text is no number"),
    pytest.param('staff = ["bob", ...]', id="an item elsewhere"),
    pytest.param("till = {cash = 5}", id="a table with more in it"),
    pytest.param("[tool.kettle]\ncups = 7", id="a table with more pairs"),
    pytest.param("rent = $Y\n...\nname = $X", id="the other way round"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]):
    assert lines("toml", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str):
    assert lines("toml", pattern, CODE) == []
