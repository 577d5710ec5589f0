"""Loops, patterns, labels and types across languages: the shapes that grammars give them differ most there."""

from __future__ import annotations

import pytest
from flowing import lines

LOOPS = {
    "c": "void f() { for (int i = 0; i < 3; i++) { sink(x); x = source(); } }",
    "cpp": "void f() { for (auto x : source()) { sink(x); } }",
    "csharp": "class A { void f() { foreach (var x in source()) { sink(x); } } }",
    "java": "class A { void f() { for (;;) { String x = source(); sink(x); } } }",
    "kotlin": "fun f() { for ((k, x) in source()) { sink(x) } }",
    "lua": "for k, x in pairs(source()) do sink(x) end",
    "php": "<?php foreach (source() as $k => &$x) { sink($k); }",
    "ruby": "for x in source() do sink(x) end",
    "rust": "fn f() { for x in source() { sink(x); } }",
    "scala": "class A { def f() = { for { y <- source(); x <- y } { sink(x) } } }",
    "solidity": "contract A { function f() { for (uint x = source(); x < 3; x++) { sink(x); } } }",
    "swift": "func f() { for x in source() { sink(x) } }",
}


@pytest.mark.parametrize("language", LOOPS)
def test_loops_give_values(language: str) -> None:
    assert lines(language, LOOPS[language]) == [1]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        pytest.param("csharp", "class A { void f() { if (source() is string x) { sink(x); } } }", id="C#: is"),
        pytest.param("go", "package p\nfunc f() { switch x := source().(type) { case string: sink(x) } }", id="Go: types"),
        pytest.param("java", "class A { void f() { if (source() instanceof String x) { sink(x); } } }", id="Java: instanceof"),
        pytest.param(
            "java", "class A { void f() { switch (n) { case 1: x = source(); case 2: sink(x); } } }", id="Java: next case"
        ),
        pytest.param("javascript", "o: for (const i of c) { for (;;) { x = source(); break o; } }\nsink(x);", id="a label"),
        pytest.param("javascript", "switch (a) { case 'default': x = 1; break; default: x = source(); } sink(x);", id="a text"),
        pytest.param("javascript", "const y = <A b={source()}/>; sink(y);", id="markup"),
        pytest.param("javascript", "let x = source(); function f() { sink(x); }", id="the top level"),
        pytest.param("php", "<?php $x = source() ?: 'a'; sink($x);", id="PHP: or else"),
        pytest.param("python", "match source():\n  case [a, x]: sink(x)", id="Python: match"),
        pytest.param("ruby", "x = 'a'\nx << source()\nsink(x)", id="Ruby: appended"),
        pytest.param("rust", "fn f() { if let Some(x) = source() { sink(x); } }", id="Rust: if let"),
        pytest.param("rust", "fn f() { match source() { x => sink(x), } }", id="Rust: match"),
        pytest.param("scala", 'class A { def f() = { var x = "a"; x += source(); sink(x) } }', id="Scala: added to"),
        pytest.param("swift", "func f() { guard let x = source() else { return }\n sink(x) }", id="Swift: guard"),
        pytest.param("typescript", "const f = ({ x }: A) => { sink(source()); }", id="TypeScript: parameters taken apart"),
    ],
)
def test_reports(language: str, code: str) -> None:
    assert len(lines(language, code)) == 1


@pytest.mark.parametrize(
    ("language", "code"),
    [
        pytest.param("java", "class A { void f() { a.setName(source()); sink(a.getOther()); } }", id="another property"),
        pytest.param("javascript", "let x = source(); x = 1; function f() { sink(x); }", id="given another value"),
        pytest.param("javascript", "const x = {a: source(), b: 'c'}; sink(x.b);", id="another member"),
        pytest.param("kotlin", "fun f() { l@ for (i in a) { sink(1) } }", id="a label without a jump"),
        pytest.param("lua", "do end", id="an empty block"),
        pytest.param("cpp", "class S; template<class T> class Q;\nvoid f() { sink(1); }", id="declared only"),
        pytest.param("php", "<?php for(;;); for (;;): endfor; sink(1);", id="PHP: empty loops"),
        pytest.param("solidity", "contract A { function f() { for (uint i;;) break; sink(1); } }", id="Solidity: empty loops"),
    ],
)
def test_leaves_alone(language: str, code: str) -> None:
    assert lines(language, code) == []


NUMBERS = (
    "class A { void f() {\n int x = source(); sink(x);\n boolean y = source(); sink(y);\n String z = source(); sink(z);\n} }"
)


@pytest.mark.parametrize(
    ("option", "expected"),
    [("taint_assume_safe_numbers", [3, 4]), ("taint_assume_safe_booleans", [2, 4]), ("taint_assume_safe_functions", [])],
)
def test_declared_types_are_safe_where_the_rule_says_so(option: str, expected: list[int]) -> None:
    found = lines("java", NUMBERS, options={option: True})
    assert found == (expected or [2, 3, 4])
