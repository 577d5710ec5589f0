"""What patterns mean in Swift."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    import Harbor
    @objc class Boat: Vessel, Sails {
      private let name: String = "Gull"
      var log = "wind \\(force) knots"
      init(length: Int) { self.length = length }
      func sail(_ to: Port, with crew: Int = 2) -> Bool { return to.open == true }
    }
    struct Buoy { }
    func dock(boat: Boat) {
      let rope = Rope(9)
      rope.tie(boat, knot: "bowline")
      guard let pier = free else { return }
      if let berth = pier.berth, berth > 1 { moor(berth) } else { drift() }
      Radio.shared.send("ahoy") { hear() }
      let mate = crew!.first?.mate as! Sailor
      for wave in 0..<3 { bob += 1 }
      do { try board() } catch { sink() }
      let cargo = ["fish": 1, "salt": 2]
      let sorted = [1, 2].map { $0 + 1 }
      anchor.weight = true
      hold["fish"] = wet ? dry : damp
      dock(boat)
    }
"""

REPORTS = [
    pytest.param("import Harbor", [1], id="an import"),
    pytest.param("class $C: Vessel { ... }", [2], id="a class by what it inherits"),
    pytest.param("@objc class $C { ... }", [2], id="an attribute"),
    pytest.param("struct $S { ... }", [8], id="a struct"),
    pytest.param("class $C { ... }", [2, 8], id="classes, structs too"),
    pytest.param("dock(($B: Boat))", [22], id="an argument by its type"),
    pytest.param("class $C {\n  ...\n  func $F(...) -> Bool { ... }\n  ...\n}", [2], id="a class by a method"),
    pytest.param('let $X: String = "..."', [3], id="a constant by its type"),
    pytest.param("private let $X = $V", [3], id="a modifier"),
    pytest.param('"...\\($X)..."', [4], id="an expression in a text"),
    pytest.param("init(...) { ... }", [5], id="an initialiser"),
    pytest.param("func $F(...) { ... }", [5, 6, 9], id="functions"),
    pytest.param("$X = Rope(...)", [10], id="a value, declared or assigned"),
    pytest.param("$R.tie(..., knot: $K)", [11], id="a label"),
    pytest.param("guard let $X = $Y else { ... }", [12], id="guard"),
    pytest.param("if let $X = $Y, $C { ... } else { ... }", [13], id="if with a binding"),
    pytest.param("Radio.shared.send($TEXT) { ... }", [14], id="a closure behind the call"),
    pytest.param("$X as! $T", [15], id="a forced cast"),
    pytest.param("for $X in $Y { ... }", [16], id="a loop"),
    pytest.param("$X += 1", [16], id="an assignment that adds"),
    pytest.param("try $X", [17], id="what may throw"),
    pytest.param('["salt": $V, ...]', [18], id="a dictionary in any order"),
    pytest.param("$LIST.map { ... }", [19], id="a closure as the only argument"),
    pytest.param("$A.weight = true", [20], id="a member assigned"),
    pytest.param('$H["fish"]', [21], id="an element"),
    pytest.param("$C ? $A : $B", [21], id="a choice"),
    pytest.param("let $R = Rope(...)\n...\n$R.tie(...)", [10], id="the same variable later"),
]

LEAVES_ALONE = [
    pytest.param("class $C: Plane { ... }", id="another superclass"),
    pytest.param("var $X = Rope(...)", id="a variable is no constant"),
    pytest.param("$R.tie(..., cord: $K)", id="another label"),
    pytest.param("$R.tie($X)", id="an argument too few"),
    pytest.param("tie", id="a member is no name"),
    pytest.param("Radio.shared.send($TEXT) { $X in ... }", id="a parameter more"),
    pytest.param("enum $E { ... }", id="another sort of class"),
    pytest.param("knot", id="a label is no name"),
    pytest.param('["salt": $V]', id="a pair more"),
    pytest.param("while $C { ... }", id="no loop"),
    pytest.param("struct $S: $T { ... }", id="inherits nothing"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("swift", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("swift", pattern, CODE) == []
