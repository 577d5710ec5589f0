"""What patterns mean in Lua."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    local note = "tea"
    local low, high = split(2)
    shop.open = 3
    function shop.close(id, ...)
      return id, 1
    end
    local function count(id)
      brew(id)
    end
    local f = function(x) return x end
    if low then brew(2) elseif high then brew(3) end
    for i = 1, 2 do brew(i) end
    brew "tea"
    brew { cups = 1, ["milk"] = 2 }
    brew(note)
    shop:sell(1)
    shop.sell(2)
    os.execute("ls " .. low)
    list[1] = [[tea]]
    return not low
"""

REPORTS = [
    pytest.param('brew("tea")', [13, 15], id="calls without brackets, names with a constant value"),
    pytest.param("brew($X)", [8, 11, 12, 13, 14, 15], id="calls wherever they are"),
    pytest.param("local $X = $Y", [1, 2, 10], id="local variables"),
    pytest.param("$X = $Y", [1, 2, 3, 10, 19], id="assignments are declarations too"),
    pytest.param("shop:sell(...)", [16, 17], id="methods and members"),
    pytest.param('os.execute("..." .. $X)', [18], id="texts put together"),
    pytest.param("function $F(...) ... end", [4, 7], id="functions"),
    pytest.param("local function $F(...) ... end", [7], id="local functions"),
    pytest.param("if $C then ... end", [11], id="conditions"),
    pytest.param("{..., cups = $X, ...}", [14], id="fields of tables"),
    pytest.param("$T[$I] = $V", [19], id="indices"),
    pytest.param('"tea"', [1, 13, 15, 19], id="texts in any quotes, names with a constant value"),
    pytest.param("return ...", [5, 10, 20], id="results"),
    pytest.param('local $X = "tea"\n...\nbrew($X)', [1], id="statements that follow"),
]

LEAVES_ALONE = [
    pytest.param("local $X = 3", id="a member is no local variable"),
    pytest.param("local function close(...) ... end", id="a function that is not local"),
    pytest.param("{cups = $X}", id="fields that are not named"),
    pytest.param("execute(...)", id="the end of a member's name"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("lua", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("lua", pattern, CODE) == []
