"""What patterns mean in CSS."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    kettle {
      color: red;
      margin: 0 2px;
    }
    .cup:hover, #lid {
      background: url("a.png");
      color: #fff;
    }
    @media print {
      kettle { color: black; }
    }
    cup { }
"""

REPORTS = [
    pytest.param("kettle { ... }", [1, 10], id="a rule"),
    pytest.param("$S { ... }", [1, 5, 10, 12], id="any rule"),
    pytest.param("$S { ... color: red; ... }", [1], id="a rule with a declaration"),
    pytest.param("color: $X", [2, 7, 10], id="a declaration"),
    pytest.param("color: red;", [2], id="a declaration with its semicolon"),
    pytest.param("$P: 0 2px", [3], id="any property"),
    pytest.param("margin: $A $B", [3], id="values one by one"),
    pytest.param("url($X)", [6], id="a function"),
    pytest.param('url("=~/png/")', [6], id="a text in a function"),
    pytest.param("#fff", [7], id="a colour"),
    pytest.param("@media print { ... }", [9], id="an at-rule"),
    pytest.param("color: $X; margin: $Y $Z;", [2], id="one after the other"),
]

LEAVES_ALONE = [
    pytest.param(".kettle { ... }", id="a class is no element"),
    pytest.param("color: blue", id="another value"),
    pytest.param("kettle { color: red; }", id="a rule with more in it"),
    pytest.param("margin: $X", id="two values are not one"),
    pytest.param("margin: 2px", id="one of them"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]):
    assert lines("css", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str):
    assert lines("css", pattern, CODE) == []
