"""What patterns mean in Java."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    package cafe.orders;
    import cafe.stock.Shelf;
    import cafe.tools.*;
    import static cafe.Math.round;

    @Menu(value = "day", page = 1)
    public class Bar extends House implements Open, Warm {
        private static final String TEA = "tea";
        protected String juice = "tea";
        private final Kettle kettle;
        @Inject private Shelf shelf;

        public Bar(Kettle kettle) { this.kettle = kettle; }

        @Serve @Cost(2)
        public void pour(@Fresh String leaf, final int... cups) throws Spilled {
            String cup = "tea";
            var pot = new Kettle();
            drink(cup);
            drink(TEA);
            drink(this.TEA);
            drink(juice);
            drink("te" + "a");
            drink(leaf.length() > 1 ? "tea" : "tea");
            kettle.boil(); this.kettle.boil(); pot.boil();
            shelf.boil();
            List<Leaf> leaves = new ArrayList<>();
            round(1);
            for (Leaf one : leaves) { dry(one); }
            for (int at = 0; at < 3; at++) dry(at);
            try (Tap tap = open()) { fill(tap); } catch (Spilled | Dry e) { wipe(e); } finally { close(); }
            Runnable later = () -> drink(leaf);
            later.run(x -> dry(x));
            new Guest() { public void sit() { rest(); } };
            new Guest(leaf);
            if (leaf == null) return; else rest();
            switch (leaf) { case "a": dry(1); rest(); break; default: rest(); }
            Object taken = (String) leaf;
            int a = 1, b = 2;
            throw new Spilled("tea");
        }

        abstract int count();
    }

    interface Open { void close(); }
    enum Size { SMALL }
    record Cup(int size) { }
"""

REPORTS = [
    pytest.param('drink("tea")', [19, 20, 21, 23, 24], id="constants, folded texts and private fields"),
    pytest.param("(Kettle $K).boil()", [25], id="typed metavariables by fields, locals and new"),
    pytest.param("(cafe.stock.Shelf $S).boil()", [26], id="typed metavariables by imported types"),
    pytest.param("cafe.Math.round(...)", [28], id="static imports"),
    pytest.param("$X.boil()", [25, 26], id="methods of any object"),
    pytest.param("new ArrayList(...)", [27], id="types without their arguments"),
    pytest.param("List $X = ...;", [27], id="declared types without their arguments"),
    pytest.param("$X = new $T(...)", [18, 27], id="declarations as assignments"),
    pytest.param("private $T $X;", [10, 11], id="fields with more modifiers"),
    pytest.param("final String $X = $V;", [8], id="modifiers in any number"),
    pytest.param("int $X = $V;", [39], id="several variables of one declaration"),
    pytest.param("$T $F(..., String $P, ...) { ... }", [15], id="parameters by type"),
    pytest.param("@Cost($N)\npublic void $F(...) { ... }", [15], id="annotations of methods"),
    pytest.param("@Menu(..., page = $P, ...)\nclass $C { ... }", [6], id="arguments of annotations in any order"),
    pytest.param("@Inject $T $X;", [11], id="annotations of fields"),
    pytest.param("public $F(...) { ... }", [13, 15, 34], id="constructors and methods without a type"),
    pytest.param("class $C extends House implements Warm { ... }", [6], id="supertypes, more being fine"),
    pytest.param("class $C { ... private final Kettle $K; ... }", [6], id="members of a class"),
    pytest.param("interface $I { ... }", [46], id="interfaces"),
    pytest.param("import cafe.stock.Shelf;", [2], id="imports"),
    pytest.param("for (Leaf $X : $Y) { ... }", [29], id="loops over something"),
    pytest.param("for (...) { ... }", [29, 30], id="any loop"),
    pytest.param("try { ... } catch ($T $E) { ... } finally { ... }", [31], id="handlers with or without resources"),
    pytest.param("(...) -> $X", [32, 33], id="lambdas"),
    pytest.param("new Guest(...) { ... }", [34], id="anonymous classes"),
    pytest.param("dry(1);\n...\nrest();", [37], id="statements in a case"),
    pytest.param("if ($X) return;", [36], id="branches without a block"),
    pytest.param('switch ($X) { case "a": ... }', [37], id="some cases of a switch"),
    pytest.param("(String) $X", [38], id="casts"),
    pytest.param('throw new $E("...");', [40], id="throws"),
    pytest.param("int $F() { ... }", [43], id="abstract methods"),
    pytest.param("record $R(...) { ... }", [48], id="records"),
    pytest.param("$X.length() > $Y", [24], id="operators"),
    pytest.param("public void $F(...)", [15, 34], id="heads without a body"),
]

LEAVES_ALONE = [
    pytest.param("$X.drink(...)", id="methods without an object are of no object"),
    pytest.param("new Guest()", id="other arguments"),
    pytest.param("new Guest(leaf) { ... }", id="an object without a body of its own"),
    pytest.param("(Shelf $S).pour()", id="other methods of a type"),
    pytest.param("import cafe.stock.*;", id="imports of everything"),
    pytest.param("class $C extends Open { ... }", id="interfaces are not extended"),
    pytest.param("class Cup { ... }", id="records are no classes"),
    pytest.param("@Menu(page = 1)\nclass $C { ... }", id="annotations with further arguments"),
    pytest.param("private int $X;", id="other types"),
    pytest.param("$T $X;\n...\nthrow $X;", id="unequal metavariables"),
    pytest.param("try { ... } catch (Dry $E) { ... }", id="a pattern without the finally of the code"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("java", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("java", pattern, CODE) == []


def test_names_of_opened_packages_are_qualified() -> None:
    code = "import cafe.tools.*;\nclass A { void f() { new Spoon(1); Spoon.stir(); stir(); } }"
    assert texts("java", "new cafe.tools.Spoon(...)", code) == ["new Spoon(1)"]
    assert texts("java", "cafe.tools.Spoon.stir()", code) == ["Spoon.stir()"]


def test_methods_of_interfaces_have_no_body() -> None:
    assert lines("java", "$T $F() { ... }", "interface A { void f(); }") == []


def test_ellipses_are_spelled_by_where_they_stand() -> None:
    code = "class A {\n  byte[] k = new byte[]{2, 7};\n  void f(int a, int b) {\n    g();\n    h(k, a);\n    g();\n  }\n}"
    pattern = "class $C { ...\nbyte[] $K = new byte[]{$X, ...};\n...\n$M(...) { ...\n h($K, ...);\n... }\n...}"
    assert lines("java", pattern, code) == [1]
    assert lines("java", "$M(...) {\n ...\n (byte[] $K) = new byte[]{...};\n ...\n}", code) == []


def test_a_statement_that_may_be_any_is_a_whole_one() -> None:
    code = "class A {\n  void f() {\n    int a = 1;\n    g(a);\n  }\n}"
    rule = """
        patterns:
        - pattern: $X;
        - metavariable-regex: {metavariable: $X, regex: 'g.*'}
    """
    assert lines("java", rule, code) == [4]


def test_a_word_of_the_language_is_no_name() -> None:
    code = "class A { void f() { new Guest() { }; } }"
    assert texts("java", "new $T() { ... }", code) == ["new Guest() { }"]
