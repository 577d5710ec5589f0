"""What patterns mean in Rust."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    use std::env;
    use shop::{till, goods::Tea as Leaf};

    #[derive(Debug)]
    pub struct Order { name: String, paid: bool }

    impl Order {
        pub fn total(&self, tax: &str) -> Result<u32, Late> {
            let mut sum = 1;
            let note: &str = "tea";
            let (low, high) = self.split();
            brew(note);
            brew(r#"tea"#);
            brew(&sum);
            brew(&mut sum);
            println!("{} cups", sum);
            unsafe { brew(low) }
            env::args();
            till::open(high)?;
            Leaf::new();
            self.goods.iter().map(|one| brew(one)).collect::<Vec<_>>();
            let order = Order { name, paid: true };
            if let Some(rest) = tax { brew(rest) }
            sum = 3;
            Ok(sum as u32)
        }
    }

    #[test]
    fn totals() {}
"""

REPORTS = [
    pytest.param('brew("tea")', [12, 13], id="texts, raw ones and names for them"),
    pytest.param("brew(&$X)", [14, 15], id="references, whether mutable or not"),
    pytest.param("let $X = $Y;", [9, 10, 11, 22], id="variables"),
    pytest.param("let mut $X = $Y;", [9], id="variables that vary"),
    pytest.param("let $X: &str = $Y;", [10], id="variables of a type"),
    pytest.param("let ($A, $B) = $C;", [11], id="several variables"),
    pytest.param("$X = 3", [24], id="assignments"),
    pytest.param("println!(...)", [16], id="macros"),
    pytest.param('println!("...", $X)', [16], id="arguments of macros"),
    pytest.param("unsafe { ... }", [17], id="unsafe code"),
    pytest.param("std::env::args()", [18], id="imported modules"),
    pytest.param("shop::till::open(...)", [19], id="modules imported in a list"),
    pytest.param("shop::goods::Tea::new()", [20], id="types under another name"),
    pytest.param("$X?", [19], id="results passed on"),
    pytest.param("$X.collect()", [21], id="calls without their types"),
    pytest.param("$X.collect::<$T>()", [21], id="calls with their types"),
    pytest.param("$X.iter(). ... .collect()", [21], id="chains"),
    pytest.param("Order { ..., paid: true, ... }", [22], id="fields"),
    pytest.param("if let Some($X) = $Y { ... }", [23], id="conditions that bind"),
    pytest.param("$X as u32", [25], id="casts"),
    pytest.param("fn $F(..., $X: &str, ...) -> $T { ... }", [8], id="functions by a parameter"),
    pytest.param("#[test]\nfn $F(...) { ... }", [29], id="functions by an attribute"),
    pytest.param("#[derive(Debug)]\nstruct $S { ... }", [4], id="types by an attribute"),
    pytest.param("impl $S { ... }", [7], id="implementations"),
    pytest.param("use shop::till;", [2], id="imports in a list"),
]

LEAVES_ALONE = [
    pytest.param("let mut $X = self.split();", id="a variable that does not vary"),
    pytest.param("print!(...)", id="another macro"),
    pytest.param("#[test]\nfn total(...) { ... }", id="a function without the attribute"),
    pytest.param("goods::Tea::new()", id="the middle of a path"),
    pytest.param("Order { paid: true }", id="fields that are not named"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("rust", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("rust", pattern, CODE) == []


def test_types_with_arguments_are_known_by_their_last_name() -> None:
    code = "fn a() -> io::Result<i32> { b() }\nfn c() -> Result<i32> { d() }\nfn e() -> Option<i32> { f() }"
    assert lines("rust", "fn $F(...) -> Result<$T> { ... }", code) == [1, 2]
