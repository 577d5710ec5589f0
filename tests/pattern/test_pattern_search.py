"""What patterns find does not depend on how they are looked for: by words, by conditions, by operators, by kinds.

Each row is told twice: in a file that has little else, and in one where other ways to look for it would be shorter.
"""

from __future__ import annotations

import pytest
from finding import lines

REPORTS = [
    pytest.param("$A.$B", "$B", "is_.*", "a.is_open\nb.open\nc.d.is_shut\n", [1, 3], id="the name of a member"),
    pytest.param("$F(...)", "$F", "(?i)log", "LOG(1)\nlogger.x(2)\nother(3)\n", [1, 2], id="a function in any case"),
    pytest.param("$F($X)", "$X", "'abc", "f('abcd')\nf(abc)\nf('xabc')\n", [1], id="a text with its quotes"),
    pytest.param("$X = $Y", "$Y", ".*token", "a = f(token)\nb = g(2)\n", [1], id="a value by what is in it"),
    pytest.param("def $F(...):\n    ...", "$F", "^(get|set)_", "def get_a(): pass\ndef a(): pass\n", [1], id="a definition"),
    pytest.param("import $M", "$M", "os|sys", "import os\nimport re\n", [1], id="an import"),
    pytest.param("$F(..., $K=$V, ...)", "$K", "shell", "f(a, shell=1)\nf(b=2)\n", [1], id="a keyword"),
    pytest.param(
        "@$D\ndef $F(...):\n    ...", "$D", "route", "@route\ndef f(): pass\n@other\ndef g(): pass\n", [1], id="a decorator"
    ),
]

OPERATORS = [
    pytest.param("$A not in $B", "a not  in b\na in b\n", [1], id="of two words"),
    pytest.param("$A is not $B", "a is not b\na is b\nnot a\n", [1], id="of two others"),
    pytest.param("not $A", "not a\nif not b:\n    pass\n-a\n", [1, 2], id="in front"),
    pytest.param("$A ** $B", "a ** 2\na * 2\nf(**b)\n", [1], id="of two signs"),
    pytest.param("$A and $A == 0", "a and a == 0\nb and a == 0\n", [1], id="two of them"),
    pytest.param("$A == $A", "a == b\na.b == a.b\n'=='\n", [2], id="in a text is none"),
]

SEQUENCES = [
    pytest.param("return $X\n$S", "def f():\n    return 1\n    g()\ndef h():\n    return 2\n", [2], id="something follows"),
    pytest.param("$X[$Y] = 1\n$X[$Y] = 2", "a[0] = 1\na[0] = 2\nb[0] = 1\na[0] = 2\n", [1], id="of elements"),
    pytest.param("$X[$Y] = $F", "if c:\n    x = (lambda: a[1])\n    b[2] = 3\n", [3], id="an element that is given a value"),
    pytest.param(
        "$X = []\n...\n$X.append(...)", "if c:\n    a = []\n    for i in r:\n        a.append(i)\n", [2], id="in a block"
    ),
    pytest.param(
        "class $A(...):\n    ...\n...", "x = 1\nclass B(C):\n    pass\ny = 2\n", [2], id="nothing to resume after the last"
    ),
    pytest.param("if $X:\n    $S\nelse:\n    $S", "if a:\n    f()\nelif b:\n    g()\nelse:\n    g()\n", [3], id="in an `elif`"),
    pytest.param("$X = $Y\n...\n$Y = $X", "a = b; c = d; b = a\n", [1], id="on one line"),
    pytest.param(
        "with $A as $B:\n    ...\n    $B.close()", "with a as b:\n    if c:\n        b.close()\n", [1], id="resumed in a block"
    ),
]


@pytest.mark.parametrize(("pattern", "name", "expression", "code", "expected"), REPORTS)
@pytest.mark.parametrize("more", ["", "# is_ log abc token get_ set_ os shell route " * 40 + "\n"], ids=["alone", "crowded"])
def test_conditions(pattern: str, name: str, expression: str, code: str, expected: list[int], more: str) -> None:
    body = "".join(f"      {line}\n" for line in pattern.splitlines())
    quoted = expression.replace("'", "''")
    looked_for = (
        f"patterns:\n  - pattern: |\n{body}  - metavariable-regex:\n      metavariable: {name}\n      regex: '{quoted}'\n"
    )
    assert lines("python", looked_for, code + more) == expected


@pytest.mark.parametrize(("pattern", "code", "expected"), OPERATORS)
def test_operators(pattern: str, code: str, expected: list[int]) -> None:
    assert lines("python", pattern, code) == expected


@pytest.mark.parametrize(("pattern", "code", "expected"), SEQUENCES)
@pytest.mark.parametrize("more", ["", "def filler():\n    a = [0]\n    return a[0]\n" * 60], ids=["alone", "crowded"])
def test_sequences(pattern: str, code: str, expected: list[int], more: str) -> None:
    assert [line for line in lines("python", pattern, code + more) if line <= code.count("\n")] == expected


@pytest.mark.parametrize("count", [1, 400], ids=["few", "many"])
def test_what_names_stand_for_is_known_however_many_there_are(count: int) -> None:
    code = "".join(f"a{number} = 'text'\nuse(a{number})\n" for number in range(count))
    assert lines("python", "use('text')", code) == list(range(2, 2 * count + 1, 2))


@pytest.mark.parametrize("count", [1, 120], ids=["few", "many"])
def test_names_stand_for_expressions_where_a_rule_asks_for_that(count: int) -> None:
    code = "".join(f"def f{number}():\n    a = make({number})\n    b = a\n    use(b)\n" for number in range(count))
    rule = "patterns:\n  - pattern: use(make(...))\noptions:\n  symbolic_propagation: true\n"
    assert lines("python", rule, code) == list(range(4, 4 * count + 1, 4))


def test_an_expression_that_a_constant_matches_is_not_looked_for_in_the_text() -> None:
    looked_for = """
      patterns:
        - pattern: use($X)
        - metavariable-regex:
            metavariable: $X
            regex: .*secret
            constant-propagation: true
    """
    assert lines("python", looked_for, "a = 'my' + '_sec' + 'ret'\nuse(a)\n") == [2]


def test_what_was_found_under_one_condition_is_not_taken_for_all_there_is() -> None:
    looked_for = "pattern-either:\n" + "".join(
        f"  - patterns:\n      - pattern: use($X)\n      - metavariable-regex: {{metavariable: $X, regex: {word}}}\n"
        for word in ("first", "second", "(third|fourth)")
    )
    assert lines("python", looked_for, "use(first)\nuse(second)\nuse(fourth)\nuse(fifth)\n") == [1, 2, 3]


CASES = "switch (k) {\n  case 1:\n    foo(x); sink(x); bar(x); break;\n}"
ELSEWHERE = [
    pytest.param("javascript", "$F($X);\n...\n$G($X);", CASES, [3], id="javascript, in a case"),
    pytest.param("java", "$F($X);\n...\n$G($X);", f"class A {{ void f() {{ {CASES} }} }}", [3], id="java, in a case"),
    pytest.param("c", "$F($X);\n...\n$G($X);", f"void f() {{ {CASES} }}", [3], id="c, in a case"),
    pytest.param("csharp", "$F($X);\n...\n$G($X);", f"class A {{ void f() {{ {CASES} }} }}", [3], id="csharp, in a case"),
    pytest.param(
        "python",
        "if $C:\n    ...\nelse:\n    sink(...)",
        "if a:\n    x()\nelif b:\n    y()\nelse:\n    sink(z)\n",
        [3],
        id="python, in the last else",
    ),
    pytest.param(
        "php",
        "if ($C) {...} else { sink(...); }",
        "<?php\nif ($a) {x();}\nelseif ($b) {y();} else {sink(1);}\n",
        [3],
        id="php, in the last else",
    ),
    pytest.param(
        "lua",
        "if $C then ... else sink(...) end",
        "if a then x()\nelseif b then y() else sink(1) end\n",
        [2],
        id="lua, in the last else",
    ),
    pytest.param(
        "csharp",
        "System.Console.Write(...);",
        "using System;\nclass A { void f() {\nConsole.Write(1); } }\n",
        [3],
        id="csharp, what is opened",
    ),
    pytest.param(
        "java",
        "java.util.List.of(...);",
        "import java.util.*;\nclass A { void f() {\nList.of(1); } }\n",
        [3],
        id="java, what is opened",
    ),
    pytest.param("python", "os.system(...)\n...", "from os import *\nsystem(1)\n", [2], id="python, what is opened"),
    pytest.param("javascript", "return $X;\n...", "const a = (z) => z;\n", [1], id="javascript, returned without the word"),
    pytest.param("ruby", "return $X\n...", "f = ->(x) { x }\n", [1], id="ruby, returned without the word"),
    pytest.param(
        "javascript", "$X = $V;\n$Y = $W;", "function f() {\n  var x = 1, y = 2; }\n", [2], id="javascript, two in one"
    ),
    pytest.param("c", "$X = $V;\n$Y = $W;", "void f() {\n  int x = 1, y = 2; }\n", [2], id="c, two in one"),
    pytest.param(
        "php", "$A && $B", "<?php\nif ($a and $b) {}\nif ($a AND $b) {}\nif ($a or $b) {}\n", [2, 3], id="php, as a word"
    ),
    pytest.param("php", "$A and $B", "<?php\nif ($a && $b) {}\n", [2], id="php, as a sign"),
    pytest.param("php", "$A != $B", "<?php\nif ($a <> $b) {}\n", [2], id="php, in other signs"),
    pytest.param(
        "go",
        "var $X Foo = sink()\n...\nuse($X)",
        "package a\nfunc f() {\n  var (\n    a Foo = x()\n    b Foo = sink()\n  )\n  use(b)\n}\n",
        [5],
        id="go, in a group",
    ),
]


@pytest.mark.parametrize(("language", "pattern", "code", "expected"), ELSEWHERE)
def test_where_the_grammar_has_it_otherwise(language: str, pattern: str, code: str, expected: list[int]) -> None:
    assert lines(language, pattern, code) == expected
