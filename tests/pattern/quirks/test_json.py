"""What patterns mean in JSON."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    {
      "name": "shop",
      "open": true,
      "rent": null,
      "staff": ["ann", {"who": "bob", "age": 40}],
      "till": {"cash": 5, "lock": {"code": 1}},
      "safe": {"cash": 5}
    }
"""

REPORTS = [
    pytest.param('"name": "shop"', [2], id="a pair"),
    pytest.param("name: ...", [2], id="a key without quotes"),
    pytest.param('$K: "..."', [2, 5], id="any key, any text"),
    pytest.param('"$K": 5', [6, 7], id="any key in quotes"),
    pytest.param('"rent": $X', [4], id="any value"),
    pytest.param('{"cash": 5}', [7], id="a whole object"),
    pytest.param('{..., "cash": 5, ...}', [6, 7], id="an object with more"),
    pytest.param('{"age": $A, "who": $B}', [5], id="keys in any order"),
    pytest.param('"till": {..., "lock": {...}, ...,},', [6], id="needless commas"),
    pytest.param('[..., {..., "who": "bob"}]', [5], id="an item that is an object"),
    pytest.param('["ann", ...]', [5], id="the first item"),
    pytest.param('"name": "=~/^sh/"', [2], id="an expression"),
    pytest.param(r'"name": "=~/\w{4}/"', [2], id="a backslash that JSON does not know"),
]

LEAVES_ALONE = [
    pytest.param('"name": "barn"', id="another value"),
    pytest.param('"till": {"cash": 5}', id="an object with more in it"),
    pytest.param('{..., "cash": "5", ...}', id="a text is no number"),
    pytest.param('["bob", ...]', id="an item elsewhere"),
    pytest.param('"till": {..., "code": 1, ...}', id="a key further in"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("json", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("json", pattern, CODE) == []
