"""What patterns mean in Kotlin."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    import cafe.stock.Shelf
    import cafe.tools.*

    @Menu("day")
    class Bar(val kettle: Kettle, private val name: String = "bar") : House(kettle), Open {
        private val tea = "tea"
        private var juice: String = "tea"
        companion object { const val SIZE = 1 }

        @Serve("x", cost = 2)
        fun pour(@Fresh leaf: String, cups: Int = 1): Int {
            val cup = "tea"
            var mug: String = "mug"
            drink(cup)
            drink(tea)
            drink(this.tea)
            drink(leaf)
            drink("hot $leaf")
            drink("cold ${leaf}")
            kettle.boil(leaf)
            kettle?.boil(leaf)
            leaves.forEach { dry(it) }
            leaves.map { x -> dry(x) }
            serve(1) { rest() }
            order(cups = 1, leaf = leaf)
            try { fill(1) } catch (e: Spilled) { wipe(e) } finally { close() }
            for (one in leaves) { dry(one) }
            if (leaf == null) return 1 else rest()
            when (cups) { 1 -> rest(); else -> wipe(2) }
            val found = shelf["tea"] ?: "none"
            val taken = leaf as Tea
            throw Spilled("tea")
        }

        fun half(): Int = drink("half")
        override fun close() { rest() }
    }

    object Till { fun open() { rest() } }
    fun String.brew(): Int { return 1 }
"""

REPORTS = [
    pytest.param('drink("tea")', [14, 15, 16], id="constants and values that never change"),
    pytest.param("$K.boil($X)", [20], id="methods of what is never null"),
    pytest.param("val $X = $V", [6, 8, 12, 30, 31], id="values"),
    pytest.param("var $X: String = $V", [7, 13], id="variables with a type"),
    pytest.param("private val $X = $V", [6], id="modifiers"),
    pytest.param('$X = "tea"', [6, 7, 12], id="declarations as assignments"),
    pytest.param("fun $F(...): Int { ... }", [10, 40], id="functions by their result"),
    pytest.param("fun $F(...) = $X", [35], id="functions that are one expression"),
    pytest.param("fun $F(..., $P: String, ...): $T { ... }", [10], id="parameters by type"),
    pytest.param("@Serve(...)\nfun $F(...): $T { ... }", [10], id="annotations"),
    pytest.param("class $C : House { ... }", [4], id="supertypes"),
    pytest.param("object $O { ... }", [39], id="objects"),
    pytest.param("import cafe.stock", [1], id="imports from a package"),
    pytest.param("$X.forEach { ... }", [22], id="functions behind a call"),
    pytest.param("$X.map { $A -> $B }", [23], id="functions with a parameter"),
    pytest.param("serve(1, ...)", [24], id="a function behind the brackets is an argument"),
    pytest.param("order(..., leaf = $X)", [25], id="named arguments"),
    pytest.param("try { ... } catch ($E: $T) { ... } finally { ... }", [26], id="handlers"),
    pytest.param("for ($X in leaves) { ... }", [27], id="loops"),
    pytest.param("if ($X) return 1 else $Y", [28], id="branches without blocks"),
    pytest.param('$X = shelf[...] ?: "none"', [30], id="values for null"),
    pytest.param("$X as Tea", [31], id="casts"),
    pytest.param("throw Spilled(...)", [32], id="throws"),
    pytest.param("drink(($X: String))", [14, 15, 16, 17, 35], id="typed metavariables"),
    pytest.param("order(...)\n...\nthrow $Y", [25], id="statements"),
]

LEAVES_ALONE = [
    pytest.param("serve(1)", id="a call with a function behind its brackets has one more argument"),
    pytest.param("var cup = $V", id="values are no variables"),
    pytest.param("fun half(...): Int { ... }", id="an expression is no block"),
    pytest.param('drink("hot ...")', id="texts with code in them are unknown"),
    pytest.param("drink(($X: Int))", id="other types"),
    pytest.param("import cafe.past", id="other packages"),
    pytest.param("val cup: Int = $V", id="types that are not written"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("kotlin", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("kotlin", pattern, CODE) == []
