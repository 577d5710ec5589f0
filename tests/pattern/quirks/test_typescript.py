"""What patterns mean in TypeScript, with JSX and without."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    import { Crate } from "depot";
    import winch = require("winch");
    const first: Crate = find();
    let count: number = 3;
    function pack(box: Crate, lid?: string, ...rest: any[]): boolean {
        seal(box); seal(lid);
        return check<Crate>(box as Crate);
    }
    @Store({ kind: "dry" })
    export class Shed<T> extends Base implements Closable {
        @Input() width: string = "wide";
        private readonly key = "none";
        constructor(private box: Crate, public label: string) { super(); seal(this.box); seal(label) }
        @Get("/boxes")
        async list(@Query("q") query: string): Promise<Crate[]> { return this.repo.all(query!) }
    }
    abstract class Barn extends Shed<string> { abstract door(): void }
    seal(first);
    seal(new Crate(1));
    const turn = <T,>(one: T): T => one;
    interface Closable { close(): void }
    type Key = string | number;
    enum Size { Small = 1 }
    seal("ok" as const);
"""
REPORTS = {
    "a name of a type": ("seal(($X: Crate))", [6, 13, 18, 19]),
    "a text": ("seal(($X: string))", [6, 13, 24]),
    "a type that the pattern leaves out": ("function $F($A, ...) { ... }", [5, 13, 14]),
    "a type that the pattern asks for": ("function $F(..., $P: string, ...) { ... }", [5, 13, 14]),
    "a result's type": ("function $F(...): boolean { ... }", [5]),
    "a declaration's type": ("let $X: $T = $V", [4]),
    "a declaration without its type": ("const $X = find()", [3]),
    "a call with types": ("check($X)", [7]),
    "what is cast": ("check(box)", [7]),
    "a cast": ("$X as Crate", [7]),
    "a class with some supers": ("class $C implements Closable { ... }", [9]),
    "a decorated class": ("@Store(...)\nclass $C { ... }", [9]),
    "an abstract class": ("class $C extends $B { ... }", [9, 17]),
    "a decorated member": ("@Get(...) $F(...) { ... }", [14]),
    "a member in a class": ("class $C { ... @Input(...) $X: $T = $V; ... }", [9]),
    "a decorated parameter": ("$F(..., @Query(...) $Q: $T, ...) { ... }", [14]),
    "a field": ('$X = "none"', [12]),
    "an arrow with types": ("($A) => $B", [20]),
    "an alias of a type": ("type $T = $V", [22]),
    "an interface": ("interface $I { ... }", [21]),
    "an import with an equals sign": ('import "winch"', [2]),
}
LEAVES_ALONE = {
    "a name of another type": "seal(($X: number))",
    "a parameter's other type": "function pack(..., $P: Date, ...) { ... }",
    "another decorator": "@Post(...) $F(...) { ... }",
    "a super that is none": "class $C extends Closable { ... }",
}


@pytest.mark.parametrize(("pattern", "expected"), REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_reports(language: str, pattern: str, expected: list[int]) -> None:
    assert lines(language, pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE.values(), ids=LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("typescript", pattern, CODE) == []


def test_elements_in_a_rule_for_typescript() -> None:
    code = "const a = <Cell tip={text as string} />;\nconst b = <Cell />;\n"
    assert lines("tsx", "<Cell tip={$T} />", code) == [1]


def test_a_pattern_that_only_one_grammar_takes() -> None:
    """Rules for TypeScript hold elements, which its grammar without JSX has not: they are for `.tsx` files."""
    assert lines("typescript", "<Cell tip={$T} />", "const a = 1;\n") == []
