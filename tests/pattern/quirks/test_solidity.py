"""What patterns mean in Solidity."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    pragma solidity ^0.8.0;
    contract Jar is Shelf, Lid(2) {
      uint256 public constant FULL = 9;
      mapping(address => uint256) private honey;
      modifier onlyBear(uint8 paws) { require(paws == 4, "no bear"); _; }
      constructor(uint start) Lid(start) payable { level = start; }
      function fill(uint amount) external onlyBear(4) returns (uint) {
        level += amount;
        return level;
      }
      function spill(address to) public view {
        (bool done, ) = to.call{value: 1, gas: 2}("");
        if (!done) revert("stuck");
        emit Spilled(to);
        total = level / jar.size();
        { sweep(); }
        for (uint i = 0; i < 3; i++) { drop(i); }
        unchecked { level--; }
        assembly { let p := mload(0x40) }
      }
      receive() external payable { level++; }
    }
    abstract contract Pot is Jar { }
    interface Kettle { function boil(uint degrees) external; }
"""

REPORTS = [
    pytest.param("contract $C { ... }", [2, 23], id="contracts, abstract ones too"),
    pytest.param("contract $C is ..., Lid, ... { ... }", [2], id="a contract by what it inherits"),
    pytest.param("abstract contract $C { ... }", [23], id="abstract contracts alone"),
    pytest.param("interface $I { ... }", [24], id="an interface"),
    pytest.param("contract $C { ... function spill(...) { ... } ... }", [2], id="a contract by a member"),
    pytest.param("function $F(...) external { ... }", [7, 21], id="a modifier among others"),
    pytest.param("function $F(...) $M(...) { ... }", [6, 7], id="a modifier with arguments"),
    pytest.param("function $F(...) $M { ... }", [6, 11, 21], id="mutability is a modifier, one with arguments another thing"),
    pytest.param("function $F(..., address $A, ...) { ... }", [11], id="a parameter by its type"),
    pytest.param("constructor(...) payable { ... }", [6], id="a constructor"),
    pytest.param("receive() external payable { ... }", [21], id="what receives money"),
    pytest.param("modifier $M(...) { ... }", [5, 6, 7, 11, 21], id="a modifier is a function to patterns"),
    pytest.param("$T $X = 9;", [3], id="a state variable, its modifiers aside"),
    pytest.param("$T constant $X = $V;", [3], id="a state variable by a modifier"),
    pytest.param("mapping(address => $T) $X;", [4], id="a mapping"),
    pytest.param('require(..., "$WHY");', [5], id="a text as argument"),
    pytest.param("$X += $Y", [8], id="an assignment that adds"),
    pytest.param("$TO.call{value: $V, ...}(...)", [12], id="options of a call"),
    pytest.param("$TO.call{gas: $G, value: $V}(...)", [12], id="options in another order"),
    pytest.param("$X = $TO.call{...}(...);", [12], id="a declaration of several variables"),
    pytest.param('revert("...");', [13], id="revert with a text"),
    pytest.param("emit Spilled(...);", [14], id="an event"),
    pytest.param("$X / $Y.size()", [15], id="members bind tighter than operators"),
    pytest.param("emit $E(...);\n...\nsweep();", [14], id="a statement in a block that follows"),
    pytest.param("for (...) { ... }", [17], id="any loop"),
    pytest.param("for ($T $I = 0; ...; ...) { ... }", [17], id="a loop by its first part"),
    pytest.param("$X++", [17, 21], id="counting afterwards"),
    pytest.param("unchecked { ... $X--; ... }", [18], id="without checks"),
    pytest.param("$P = mload(...)", [19], id="assembly"),
    pytest.param("return $X;", [9], id="a value given back"),
]

LEAVES_ALONE = [
    pytest.param("++$X", id="counting before"),
    pytest.param("$TO.call(...)", id="a call with options is not one without"),
    pytest.param("$TO.call{value: $V}(...)", id="more options than named"),
    pytest.param("library $L { ... }", id="no library"),
    pytest.param("function $F(...) internal { ... }", id="another visibility"),
    pytest.param("level += amount;\n...\nsweep();", id="not in one block"),
    pytest.param("amount.level", id="members of something else"),
    pytest.param("size", id="a member is no name"),
    pytest.param("(level / jar).size()", id="operators in brackets"),
    pytest.param("return ...;\n...\nlevel += amount;", id="statements in another order"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("solidity", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("solidity", pattern, CODE) == []


PRECEDENCE = [
    pytest.param("a + b.c() * d", "$X * $Y", ["b.c() * d"], id="times before plus"),
    pytest.param("!a.b(1)", "$F(1)", ["a.b(1)"], id="a call before not"),
    pytest.param("a == b ? c : d.e()", "$F()", ["d.e()"], id="a call in a branch"),
    pytest.param("a < b.c() && d.e() > 1", "$X > 1", ["d.e() > 1"], id="a comparison after a call"),
    pytest.param("a - b[1] - c", "$X[$I]", ["b[1]"], id="an index before minus"),
    pytest.param("(a - b).c()", "$X.c", ["(a - b).c"], id="brackets count"),
    pytest.param("a ** b ** c.d", "$X ** $Y", ["a ** b ** c.d", "b ** c.d"], id="powers from the right"),
]


@pytest.mark.parametrize(("expression", "pattern", "expected"), PRECEDENCE)
def test_operators_bind_as_the_language_says(expression: str, pattern: str, expected: list[str]) -> None:
    code = f"contract A {{ function f() public {{ x = {expression}; }} }}"
    assert texts("solidity", pattern, code) == expected


def test_a_name_in_two_functions_is_two_variables() -> None:
    code = """
        contract A {
          function f(uint x) public { lock(x); open(x); }
          function g(uint x) public { lock(x); }
          function h(uint x) public { open(x); }
        }
    """
    rule = """
        patterns:
        - pattern: open($X)
        - pattern-not-inside: |
            contract $C { ... function $F(...) { ... lock($X); ... } ... }
    """
    assert lines("solidity", rule, code) == [4]
