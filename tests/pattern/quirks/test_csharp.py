"""What patterns mean in C#."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    using Cafe.Stock;
    using Old = Cafe.Past;
    namespace Cafe
    {
        [Route("bar"), Warm]
        public class Bar : House, IOpen
        {
            private const string Tea = "tea";
            private string juice = "tea";
            public string Name { get; set; } = "bar";
            private readonly Kettle kettle;

            public Bar(Kettle given) { this.kettle = given; }

            [HttpGet("x", Order = 1)]
            public async Task<int> Pour([Body] string leaf, int cups = 1)
            {
                string cup = "tea";
                var pot = new Kettle();
                Drink(cup);
                Drink(Tea);
                Drink(juice);
                Drink("te" + "a");
                Drink($"hot {leaf}");
                kettle.Boil(); this.kettle.Boil(); pot.Boil();
                Shelf.Open("tea");
                using (var tap = new Tap(leaf)) { Fill(tap); }
                using var drain = new Tap(leaf);
                try { Fill(1); } catch (Spilled e) { Wipe(e); } finally { Close(); }
                foreach (Leaf one in leaves) { Dry(one); }
                var order = new Order { Cups = 1, Leaf = leaf };
                var empty = new Order();
                order.Cups = 2;
                leaves.Select(x => Dry(x));
                await kettle.BoilAsync(leaf, until: now);
                List<Leaf> rest = new List<Leaf>();
                if (leaf == null) return 1;
                order?.Send();
                throw new Spilled("tea");
            }

            protected abstract int Count(int a);
            public Bar Self() { var self = this; Keep(this); return this; }
            public int Half() => Drink("half");
            public int Full { get => Drink("full"); }
        }
        interface IOpen { void Close(); }
        enum Size { Small }
    }
"""

ARRAYS = "class A { void B() { var c = new int[] {2, 1};\n var d = new int[] {1, 2};\n var e = new[] {2, 1}; } }"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("new int[] {..., 1}", [1], id="by the last element"),
        pytest.param("new int[] {1, 2}", [2], id="by all elements"),
        pytest.param("new $T[] {...}", [1, 2], id="any type"),
        pytest.param("new[] {..., 1}", [3], id="without a type"),
        pytest.param("new string[] {..., 1}", [], id="of another type"),
    ],
)
def test_arrays(pattern: str, expected: list[int]):
    assert lines("csharp", pattern, ARRAYS) == expected


REPORTS = [
    pytest.param('Drink("tea")', [20, 21, 23], id="constants and folded texts"),
    pytest.param('Drink($"...")', [24], id="interpolated texts"),
    pytest.param("(Kettle $K).Boil()", [25], id="typed metavariables by fields, locals and new"),
    pytest.param("Cafe.Stock.Shelf.Open(...)", [26], id="names of used namespaces"),
    pytest.param("using Cafe;", [1], id="namespaces below one"),
    pytest.param("using (var $X = new Tap(...)) { ... }", [27], id="using statements"),
    pytest.param("using var $X = new Tap(...);", [28], id="using declarations"),
    pytest.param("try { ... } catch ($T $E) { ... } finally { ... }", [29], id="handlers"),
    pytest.param("foreach (Leaf $X in $Y) { ... }", [30], id="loops over something"),
    pytest.param("new Order { ... }", [31, 32], id="objects with any members set"),
    pytest.param("new Order { ..., Leaf = $L, ... }", [31], id="objects with a member set"),
    pytest.param("new Order()", [32], id="objects without members set"),
    pytest.param("Cups = $N", [31], id="members that are set with the object"),
    pytest.param("$O.Cups = $N", [33], id="members that are set later"),
    pytest.param("$X => Dry($X)", [34], id="lambdas"),
    pytest.param("$K.BoilAsync(..., until: $T)", [35], id="named arguments"),
    pytest.param("await $X", [35], id="await"),
    pytest.param("new List(...)", [36], id="types without their arguments"),
    pytest.param("$O.Send()", [38], id="calls of what may be null"),
    pytest.param('throw new $E("...");', [39], id="throws"),
    pytest.param("[HttpGet(...)]\n$T $F(...) { ... }", [15], id="attributes of methods"),
    pytest.param("[Warm]\nclass $C { ... }", [5], id="one attribute of several"),
    pytest.param("class $C : House { ... }", [5], id="base classes, more being fine"),
    pytest.param("public async $T $F(..., string $P, ...) { ... }", [15], id="modifiers and parameters"),
    pytest.param("$T $F(..., $P, ...) { ... }", [15], id="parameters of any type"),
    pytest.param("this.$X = $Y", [13], id="members of this"),
    pytest.param("string $X = $V;", [8, 9, 10, 18], id="fields, properties and locals"),
    pytest.param("int get() => Drink(...);", [45], id="code of properties"),
    pytest.param("return this;", [43], id="this as a result"),
    pytest.param("var $X = this;", [43], id="this as a value"),
    pytest.param("Keep($X)", [43], id="this as an argument"),
    pytest.param("namespace Cafe { ... }", [3], id="namespaces"),
    pytest.param("$T $F() => $X;", [43, 44, 45], id="bodies of any sort"),
    pytest.param("order.Cups = $N;\n...\norder?.Send();", [33], id="statements"),
]

LEAVES_ALONE = [
    pytest.param("using Cafe.Past;", id="names for namespaces"),
    pytest.param("new Order(...) { Cups = 1 }", id="further members set"),
    pytest.param("$T $X = new Kettle();", id="var is no type"),
    pytest.param("class Size { ... }", id="enums are no classes"),
    pytest.param("$T Close() { ... }", id="methods without a body"),
    pytest.param('[HttpGet("x")]\n$T $F(...) { ... }', id="attributes with further arguments"),
    pytest.param("$K.BoilAsync(until: now)", id="further arguments"),
    pytest.param("(Shelf $S).Boil()", id="other types"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("csharp", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("csharp", pattern, CODE) == []


def test_the_type_of_a_typed_metavariable_is_bound() -> None:
    rule = """
        patterns:
        - pattern: ($T $X).Boil()
        - metavariable-pattern:
            metavariable: $T
            pattern: Kettle
    """
    code = "class A { void F(Kettle a, Oven b) { a.Boil(); b.Boil(); } }"
    assert texts("csharp", rule, code) == ["a.Boil()"]


def test_what_is_in_focus_is_where_the_smaller_match_bound_it() -> None:
    rule = """
        patterns:
        - patterns:
          - pattern-inside: |
              var $X = new Order();
              ...
        - pattern: Send($X)
        - focus-metavariable: $X
    """
    assert lines("csharp", rule, "class A { void F() {\n var o = new Order();\n Send(o);\n } }") == [3]
