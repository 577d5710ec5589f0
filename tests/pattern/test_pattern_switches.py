"""Switches in all languages: a pattern names some of the cases, in any order. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = {
    "go": """
        package shop
        func f() {
            switch cup {
            case 1: pour()
            case 2, 3: brew()
            default: rest()
            }
            switch {
            case hot: cool()
            }
            select {
            case <-orders: serve()
            case order := <-late: hurry(order)
            }
            switch kind := cup.(type) {
            case int: count(kind)
            default: rest()
            }
        }
    """,
    "ruby": """
        case cup
        when 1 then pour
        when 2, 3
          brew
          stir
        else
          rest
        end
        case
        when hot then cool
        end
        case cup
        in 1 then pour
        in {size: big} then fill
        end
    """,
    "php": """
        <?php
        switch ($cup) {
            case 1: pour(); break;
            case 2:
            case 3: brew(); break;
            default: rest();
        }
        $tea = match ($cup) { 1 => pour(), 2, 3 => brew(), default => rest() };
    """,
    "swift": """
        switch cup {
        case 1: pour()
        case 2, 3: brew()
        case .big(let size): fill(size)
        default: rest()
        }
    """,
    "kotlin": """
        fun f() {
            when (cup) {
                1 -> pour()
                2, 3 -> brew()
                is Mug -> fill()
                else -> { rest() }
            }
            when { hot -> cool() }
        }
    """,
    "rust": """
        fn f() {
            match cup {
                1 => pour(),
                2 | 3 => brew(),
                Some(n) if hot => fill(n),
                _ => { rest(); }
            }
        }
    """,
    "csharp": """
        class A { void M() {
            switch (cup) {
                case 1: pour(); break;
                case 2:
                case 3: brew(); break;
                default: rest(); break;
            }
            var tea = cup switch { 1 => pour(), _ => rest() };
        } }
    """,
    "python": """
        match cup:
            case 1:
                pour()
            case 2 | 3:
                brew()
            case Mug(size=1) if hot:
                fill()
            case _:
                rest()
    """,
    "ocaml": """
        let f cup = match cup with
          | 1 -> pour ()
          | Some n when hot -> fill n
          | _ -> rest ()
        let g = function 1 -> pour () | _ -> rest ()
    """,
    "bash": """
        case $cup in
          small) pour ;;
          big|huge) fill ;;
        esac
    """,
    "scala": """
        object A {
          def f() = cup match {
            case 1 => pour()
            case Some(n) if hot => fill(n)
            case _ => rest()
          }
        }
    """,
    "java": """
        class A { void m() {
            switch (cup) {
                case 1: pour(); break;
                case 2:
                case 3: brew(); break;
                default: rest();
            }
            int tea = switch (cup) { case 1 -> pour(); case 2, 3 -> brew(); default -> rest(); };
        } }
    """,
    "javascript": """
        switch (cup) {
            case 1: pour(); break;
            case 2:
            case 3: brew(); break;
            default: rest();
        }
    """,
}

REPORTS = [
    pytest.param("go", "switch $X {\ncase 1:\n  ...\n}", [3], id="go, one case of several"),
    pytest.param("go", "switch $X {\ndefault:\n  ...\ncase 2:\n  ...\n}", [3], id="go, any order, the first label"),
    pytest.param("go", "switch {\ncase $C:\n  cool()\n}", [8], id="go, without a value"),
    pytest.param("go", "select {\ncase $V := <-$C:\n  ...\n}", [11], id="go, what is received"),
    pytest.param("go", "switch $X {\ncase $T:\n  count($Y)\n}", [15], id="go, types"),
    pytest.param("ruby", "case $X\nwhen 1\n  ...\nend", [1, 12], id="ruby, when and in"),
    pytest.param("ruby", "case $X\nwhen 2\n  brew\n  stir\nelse\n  ...\nend", [1], id="ruby, what is done"),
    pytest.param("ruby", "case\nwhen $C\n  ...\nend", [9], id="ruby, without a value"),
    pytest.param("php", "switch ($X) { case 2: ... }", [2, 8], id="php, switch and match"),
    pytest.param("php", "switch ($X) { case 3: brew(); break; default: ... }", [2], id="php, each label is a case"),
    pytest.param("swift", "switch $X {\ndefault:\n  ...\ncase 2, 3:\n  brew()\n}", [1], id="swift, any order"),
    pytest.param("swift", "switch $X {\ncase .big(let $S):\n  ...\n}", [1], id="swift, taken apart"),
    pytest.param("kotlin", "when ($X) { else -> ...\n 2, 3 -> brew() }", [2], id="kotlin, any order"),
    pytest.param("kotlin", "when ($X) { is $T -> ... }", [2], id="kotlin, types"),
    pytest.param("kotlin", "when { $C -> cool() }", [8], id="kotlin, without a value"),
    pytest.param("rust", "match $X { _ => $Z, 1 => pour() }", [2], id="rust, any order"),
    pytest.param("rust", "match $X { Some($N) if $C => $Y }", [2], id="rust, guards"),
    pytest.param("csharp", "switch ($X) { default: ... case 1: ... }", [2], id="csharp, any order"),
    pytest.param("csharp", "switch ($X) { case 2: brew(); break; }", [2], id="csharp, several labels"),
    pytest.param("csharp", "$X switch { _ => rest() }", [8], id="csharp, expressions"),
    pytest.param("python", "match $X:\n    case _:\n        ...\n    case 1:\n        pour()", [1], id="python, any order"),
    pytest.param("python", "match $X:\n    case Mug(size=1):\n        ...", [1], id="python, guards left out"),
    pytest.param("ocaml", "match $X with | _ -> ... | 1 -> $Y", [1, 5], id="ocaml, match and function"),
    pytest.param("bash", "case $X in\n  big) fill ;;\nesac", [1], id="bash, the first label"),
    pytest.param("scala", "$X match { ... }", [2], id="scala, any cases"),
    pytest.param("scala", "$X match { case Some($N) if $C => ... }", [2], id="scala, guards"),
    pytest.param("java", "switch ($X) { case 3: brew(); break; case 1: ... }", [2], id="java, any order"),
    pytest.param("javascript", "switch ($X) { default: ... case 3: ... }", [1], id="javascript, any order"),
]

LEAVES_ALONE = [
    pytest.param("ruby", "case $X\nwhen 3\n  ...\nend", id="ruby, a second label"),
    pytest.param("go", "switch $X {\ncase 3:\n  ...\n}", id="go, a second label"),
    pytest.param("go", "switch $X {\ncase 1:\n  brew()\n}", id="go, another body"),
    pytest.param("go", "select {\ncase <-late:\n  ...\n}", id="go, what is received has a name"),
    pytest.param("ruby", "case $X\nwhen 2\n  brew\nend", id="ruby, statements left over"),
    pytest.param("php", "switch ($X) { case 3: brew(); }", id="php, statements left over"),
    pytest.param("php", "switch ($X) { case 4: ... }", id="php, no such case"),
    pytest.param("swift", "switch $X {\ncase 2:\n  ...\n}", id="swift, labels are taken together"),
    pytest.param("kotlin", "when ($X) { 2 -> ... }", id="kotlin, labels are taken together"),
    pytest.param("rust", "match $X { 2 => $Y }", id="rust, labels are taken together"),
    pytest.param("rust", "match $X { Some($N) => $Y }", id="rust, guards count"),
    pytest.param("csharp", "switch ($X) { case 3: ... }", id="csharp, a second label"),
    pytest.param("csharp", "$X switch { 1 => brew() }", id="csharp, another value"),
    pytest.param("python", "match $X:\n    case 2:\n        ...", id="python, labels are taken together"),
    pytest.param("ocaml", "match $X with 1 -> rest ()", id="ocaml, another value"),
    pytest.param("bash", "case $X in\n  huge) fill ;;\nesac", id="bash, a second label"),
    pytest.param("scala", "$X match { case Some($N) => ... }", id="scala, guards count"),
    pytest.param("java", "switch ($X) { case 3: brew(); }", id="java, statements left over"),
    pytest.param("javascript", "switch ($X) { case 4: ... }", id="javascript, no such case"),
]


@pytest.mark.parametrize(("language", "pattern", "expected"), REPORTS)
def test_reports(language: str, pattern: str, expected: list[int]) -> None:
    assert lines(language, pattern, CODE[language]) == expected


@pytest.mark.parametrize(("language", "pattern"), LEAVES_ALONE)
def test_leaves_alone(language: str, pattern: str) -> None:
    assert lines(language, pattern, CODE[language]) == []


def test_what_a_case_does_is_bound() -> None:
    looked_for = "patterns:\n- pattern: |\n    case $X\n    when 2\n      $Y\n    end\n- focus-metavariable: $Y"
    assert texts("ruby", looked_for, CODE["ruby"]) == ["brew\n  stir"]
