"""What patterns mean in JavaScript and JSX."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    import parcel, { weigh as scale } from "depot";
    import * as crane from "crane/heavy";
    const { hoist, drop: lower } = require("winch");
    const ramp = require("ramp");
    const label = "fragile";
    export const limit = 40;
    function pack(box, { size, ...rest }) {
        const note = "dry";
        let tape = find(box), twine = find("a" + "b");
        box.lid = find(label);
        box.lid += find(note);
        return box.shelf[0];
    }
    const wrap = (box) => box.lid;
    class Shed {
        static doors = 2;
        async open(key) { await turn(key); }
        close = () => { turn(null) };
    }
    scale(1);
    crane.up(2);
    hoist(3);
    lower(4);
    ramp.tilt?.(5);
    new Shed;
    stack({ top: 1, "side": box.lid, [label]: 2 });
    stack({ top });
    stack([1, 2, ...more]);
    if (tape) seal(tape); else toss(tape);
    for (const one of boxes) { seal(one) }
    for (let i = 0; i < 3; i++) { seal(i) }
    try { seal() } catch (error) { toss(error) }
    print(`to ${label} and ${tape}`, /ab+c/g);
    shelf.add(1).sort().trim();
    switch (tape) { case 1: seal(tape); break; default: toss(tape) }
    module.exports = function (app) { app.use(wrap) };
"""

REPORTS = {
    "a call": ("find(...)", [9, 10, 11]),
    "an optional call": ("ramp.tilt(...)", [24]),
    "a statement's expression, deep": ("find(...);", [9, 10, 11]),
    "a new expression without brackets": ("new Shed(...)", [25]),
    "declared functions and members as functions": ("function $F(...) { ... }", [7, 17, 18]),
    "members by their name": ("$F(...) { ... }", [17, 18]),
    "an async member": ("async $F(...) { ... }", [17]),
    "arrows and function expressions alike": ("(...) => { ... }", [14, 36]),
    "an arrow's expression as what it returns": ("return $X.lid", [14]),
    "destructured parameters": ("function $F(..., {$P, ...}, ...) { ... }", [7]),
    "assignments in declarations": ("$X = find(...)", [9, 10]),
    "one keyword of a declaration": ("let $X = $Y", [9, 31]),
    "var as any keyword": ("var $X = '...'", [5, 8]),
    "exported declarations": ("export const $X = $Y", [6]),
    "a field": ("class $C { ... static doors = $N; ... }", [15]),
    "entries in any order, more of them": ("stack({side: $X, top: 1})", [26]),
    "an entry of any name": ("stack({..., $K: 1, ...})", [26]),
    "a shorthand as an entry": ("stack({top: $V})", [26, 27]),
    "an entry alone": ("side: $V", [26]),
    "spread elements": ("stack([..., ...$X])", [28]),
    "a branch without braces": ("if ($X) { seal($X) } else { ... }", [29]),
    "any loop": ("for (...) { ... }", [30, 31]),
    "an iteration": ("for (var $X of $Y) { ... }", [30]),
    "a handler": ("try { ... } catch ($E) { toss($E) }", [32]),
    "pieces of a template": ("`...${$X}...`", [33]),
    "a regular expression": ("/$R/", [33]),
    "a chain": ("shelf. ... .trim()", [34]),
    "some cases": ("switch ($X) { case 1: ... }", [35]),
    "an imported name under another": ("depot.weigh(...)", [20]),
    "a required name under another": ("winch.drop(...)", [23]),
    "a whole required module": ("$X.tilt(...)", [24]),
    "an import of a module by its first components": ('import "crane"', [2]),
    "a requirement as an import": ('import "winch"', [3]),
    "what is imported": ('import { $X } from "depot"', [1]),
    "a default import": ('import $X from "depot"', [1]),
    "a constant from around": ('find("fragile")', [10]),
    "folded texts": ('find("ab")', [9]),
    "any text": ('find("...")', [9, 10, 11]),
    "functions that are given a name": ("$X = function (...) { ... }", [14, 36]),
}
LEAVES_ALONE = {
    "a name that is a member": "lid",
    "another keyword": "const $X = find(...)",
    "an import of another kind": 'import * as $X from "depot"',
    "fewer elements of an array": "stack([1])",
    "an entry with another value": "stack({top: 2})",
    "a name's default is no entry": "({size: $X, rest: $Y})",
    "a template for a plain text": "find(`...`)",
    "what a function inside does": "module.exports = <... app.use ...>",
    "a block that returns nothing": "() => $X",
    "a comparison of another sort": "$X == 3",
}


@pytest.mark.parametrize(("pattern", "expected"), REPORTS.values(), ids=REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("javascript", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE.values(), ids=LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("javascript", pattern, CODE) == []


PAGE = """
    const head = <Title size="big" {...props}>Hello {name}</Title>;
    const row = <Cell wide onClick={() => go()} tip={text} />;
    const all = <ul>{rows.map((one) => <li key={one}>{one}</li>)}</ul>;
    const both = <><p>left</p><p>right</p></>;
"""
ELEMENTS = {
    "any content": ("<Title>...</Title>", [1]),
    "an attribute among others": ('<Title size="..." />', [1]),
    "an attribute without value": ("<$E wide />", [2]),
    "an attribute's code": ("<$E tip={$T} />", [2]),
    "any value": ("<$E onClick=... />", [2]),
    "a bare metavariable as a value": ("<$E tip=$T />", [2]),
    "spread attributes": ("<$E {...$P} />", [1]),
    "code as content": ("<ul>{$X.map(...)}</ul>", [3]),
    "text as content": ("<p>$T</p>", [4]),
    "text as it is": ("<p>left</p>", [4]),
    "no such text": ("<p>up</p>", []),
    "no such attribute": ("<Cell narrow />", []),
}


@pytest.mark.parametrize(("pattern", "expected"), ELEMENTS.values(), ids=ELEMENTS)
def test_elements(pattern: str, expected: list[int]) -> None:
    assert lines("javascript", pattern, PAGE) == expected


def test_statements_in_order() -> None:
    code = """
        function one() { const a = take(); if (a) { give(a) } }
        function two() { const a = take(); const b = 1; give(b) }
        function three() { give(a); const a = take() }
    """
    assert lines("javascript", "$X = take()\n...\ngive($X)", code) == [1]


def test_how_deep_a_statement_is_looked_into() -> None:
    code = """
        give(take());
        const a = take().b;
        if (a) return take();
        a = b || take();
        a = new Box(take());
        a = b ? take() : c;
        while (take()) { }
    """
    assert lines("javascript", "take();", code) == [1, 2, 3, 4]


def test_names_of_different_variables_differ() -> None:
    code = """
        function one(token) { check(token); }
        function two(token) { read(token); }
        function three(token) { check(token); read(token); }
    """
    rule = """
        patterns:
        - pattern: read($T)
        - pattern-not-inside: |
            ...
            check($T)
            ...
    """
    assert lines("javascript", rule, code) == [2]


def test_the_place_of_an_assignment_in_a_declaration_is_its_name() -> None:
    assert texts("javascript", "$X = take()", "const a = take(), b = take();") == ["a = take()", "b = take()"]
    assert texts("javascript", "const $X = take()", "const a = take();") == ["const a = take();"]


def test_what_a_declaration_says_reaches_only_where_it_is_sure() -> None:
    code = """
        function f(q) {
            let m = "s";
            if (q) m = "t";
            use(m);
        }
    """
    assert lines("javascript", 'use("s")', code) == []
    assert lines("javascript", 'use("...")', code) == [4]
