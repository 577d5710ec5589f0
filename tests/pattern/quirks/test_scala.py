"""What patterns mean in Scala."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    import cafe.stock.{Shelf, Rack => Old}
    import cafe.tools._

    class Bar(val kettle: Kettle, name: String = "bar") extends House with Open {
      private[this] val tea = "tea"
      var juice: String = "tea"
      @Serve("x", cost = 2)
      def pour(leaf: String, cups: Int)(implicit now: Time): Int = {
        val cup = "tea"
        drink(cup)
        drink(tea)
        drink("hot " + leaf)
        drink(s"hot $leaf")
        kettle.boil(leaf)
        kettle boil leaf
        leaves.foreach { dry(_) }
        leaves.map(x => dry(x))
        new Guest(leaf)
        order(cups = 1, leaf = leaf)
        try { fill(1) } catch { case e: Spilled => wipe(e) } finally { close() }
        for (one <- leaves) { dry(one) }
        if (leaf == null) { rest() } else { dry(1) }
        cups match { case 1 => rest(); case _ => wipe(2) }
        throw new Spilled("tea")
      }
      def half: Int = drink("half")
      def later(leaf: String) = Action.async { implicit request => drink(leaf) }
      def run(line: String) = line.!!
    }
    class Shop { def open() = { rest() } }
    object Till extends App { rest() }
    trait Warm { def warm(): Unit }
    case class Cup(size: Int)
"""

REPORTS = [
    pytest.param('drink("tea")', [10, 11], id="constants"),
    pytest.param('drink("..." + $X)', [12], id="operators"),
    pytest.param('s"..."', [13], id="interpolated texts"),
    pytest.param("$K.boil(...)", [14, 15], id="methods between their operands"),
    pytest.param("$X.foreach(...)", [16], id="arguments in braces"),
    pytest.param("$X.map($A => $B)", [17], id="lambdas"),
    pytest.param("new Guest(...)", [18], id="objects"),
    pytest.param("order(..., leaf = $X)", [19], id="named arguments"),
    pytest.param("try { ... } catch { case $E: $T => ... } finally { ... }", [20], id="handlers"),
    pytest.param("for ($X <- leaves) { ... }", [21], id="loops"),
    pytest.param("if ($X) { ... } else { ... }", [22], id="branches"),
    pytest.param("$X match { case 1 => ... }", [23], id="some cases of a match"),
    pytest.param("val $X = $V", [5, 9], id="values"),
    pytest.param("private val $X = $V", [5], id="modifiers, wherever they hold"),
    pytest.param("var $X: String = $V", [6], id="variables with a type"),
    pytest.param('$X = "tea"', [5, 6, 9], id="declarations as assignments"),
    pytest.param("def $F(..., $P: String, ...) = { ... }", [7, 27, 28], id="functions by a parameter"),
    pytest.param("def $F(...) = $A { ... }", [27], id="functions that are a call of braces"),
    pytest.param("class $C (..., $K: Kettle, ...) extends House { ... }", [4], id="parameters of classes"),
    pytest.param("class $C { ... }", [30], id="classes without parameters"),
    pytest.param("object $O { ... }", [31], id="objects that are defined"),
    pytest.param("trait $T { ... }", [32], id="traits"),
    pytest.param("import cafe.stock.$X", [1], id="imports, each of several"),
    pytest.param("import cafe.tools", [2], id="imports of everything"),
    pytest.param("$X.!!", [28], id="methods that are signs"),
    pytest.param("order(...)\n...\nthrow $Y", [19], id="statements"),
]

LEAVES_ALONE = [
    pytest.param("val tea = $V\n...\nrest()", id="statements of other functions"),
    pytest.param("val juice = $V", id="variables are no values"),
    pytest.param('drink("hot ...")', id="texts that are put together from unknown parts"),
    pytest.param("class Cup { ... }", id="classes with parameters"),
    pytest.param("import cafe.past", id="other packages"),
    pytest.param("$X.boil()", id="other arguments"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("scala", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("scala", pattern, CODE) == []
