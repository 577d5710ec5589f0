"""Brackets that a fix puts around what it inserts, and around itself, so that the program means what the fix says."""

from __future__ import annotations

import pytest
from rule_world import check

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES
from ospec_guard.ruleset.native import compile_document


def mended(language: str, pattern: str, fix: str, code: str) -> str:
    """The code with all fixes of a rule."""
    rule = {"id": "r", "languages": [language], "severity": "INFO", "message": "m", "pattern": pattern, "fix": fix}
    compiled = compile_document(read_yaml(repr({"rules": [rule]}).encode(), "r.yaml"), "")
    suffix = LANGUAGES[language].extensions[0]
    data = code.encode()
    for finding in reversed(check(f"a{suffix}", code, *compiled.rules).findings):
        for edit in finding.fix.edits if finding.fix else ():
            data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    return data.decode()


@pytest.mark.parametrize(
    ("language", "pattern", "fix", "code", "expected"),
    [
        pytest.param("javascript", "off($X)", "!$X", "a = off(b && c);\n", "a = !(b && c);\n", id="a negation"),
        pytest.param("javascript", "off($X)", "!$X", "off(b ? c : d);\n", "!(b ? c : d);\n", id="a choice"),
        pytest.param("javascript", "off($X)", "$X.off()", "off(b => c);\n", "(b => c).off();\n", id="a function"),
        pytest.param("javascript", "less($X)", "-$X", "less(-b);\n", "-(-b);\n", id="signs that would join"),
        pytest.param("javascript", "off($X, $Y)", "$X && $Y", "off(a || b, c || d);\n", "(a || b) && (c || d);\n", id="two"),
        pytest.param("javascript", "off($X)", "$X == 0", "a = !off(b);\n", "a = !(b == 0);\n", id="the whole fix"),
        pytest.param(
            "javascript", "off($X)", "$X || 0", "a = off(b ? c : d) * 2;\n", "a = ((b ? c : d) || 0) * 2;\n", id="both"
        ),
        pytest.param("python", "off($X)", "not $X", "a = off(b and c)\n", "a = not (b and c)\n", id="python"),
        pytest.param("python", "off($X)", "$X()", "off(lambda: b)\n", "(lambda: b)()\n", id="a lambda"),
        pytest.param(
            "python",
            "off($X)",
            "2 ** $X",
            "if z:\n    a = off(b + c)\n    d()\n",
            "if z:\n    a = 2 ** (b + c)\n    d()\n",
            id="in a block",
        ),
        pytest.param(
            "python", "add($X, $Y)", "$X - $Y", "add(a - b, c - d)\n", "a - b - (c - d)\n", id="only the one that needs them"
        ),
        pytest.param("python", "off($...X)", "not $...X", "off(a and b)\n", "not (a and b)\n", id="one of possibly many"),
        pytest.param("python", "off($X)", "$X + 1", "a = off(b).c\n", "a = (b + 1).c\n", id="before a member"),
        pytest.param(
            "java",
            "off($X)",
            "!$X",
            "class A { boolean b = off(c && d); }\n",
            "class A { boolean b = !(c && d); }\n",
            id="java",
        ),
        pytest.param("go", "off($X)", "!$X", "package p\n\nvar a = off(b && c)\n", "package p\n\nvar a = !(b && c)\n", id="go"),
        pytest.param("ruby", "off($X)", "!$X", "a = off(b && c)\n", "a = !(b && c)\n", id="ruby"),
        pytest.param("php", "off($X)", "!$X", "<?php $a = off($b && $c);\n", "<?php $a = !($b && $c);\n", id="php"),
        pytest.param("rust", "off($X)", "!$X", "fn a() { b(off(c && d)); }\n", "fn a() { b(!(c && d)); }\n", id="rust"),
    ],
)
def test_adds_brackets(language: str, pattern: str, fix: str, code: str, expected: str):
    assert mended(language, pattern, fix, code) == expected


@pytest.mark.parametrize(
    ("language", "pattern", "fix", "code", "expected"),
    [
        pytest.param("javascript", "off($X)", "!$X", "a = off(b.c());\n", "a = !b.c();\n", id="one piece"),
        pytest.param("javascript", "off($X)", "on($X)", "off(b && c);\n", "on(b && c);\n", id="an argument"),
        pytest.param("javascript", "off($X)", "!($X)", "off(b && c);\n", "!(b && c);\n", id="brackets of the fix"),
        pytest.param("javascript", "off($X)", "!$X", "off((b && c));\n", "!(b && c);\n", id="brackets of the code"),
        pytest.param("python", "off($X)", "$X + 1", "off(a + b)\n", "a + b + 1\n", id="what binds so anyway"),
        pytest.param("python", "off($X)", "$X, True", "on(off(a))\n", "on(a, True)\n", id="two arguments for one"),
        pytest.param("python", "off($...X)", "not on($...X)", "off(a and b, c)\n", "not on(a and b, c)\n", id="many"),
        pytest.param("python", 'off("$X")', 'on("not $X")', "off('a and b')\n", 'on("not a and b")\n', id="in a text"),
        pytest.param("python", "off($X)", "not $X(", "off(a and b)\n", "not a and b(\n", id="what does not parse"),
        pytest.param("python", "off($X)", "a = $X", "if z:\n    off(a and b)\n", "if z:\n    a = a and b\n", id="a statement"),
        pytest.param("javascript", "off($...X)", "on(!$...X)", "off(a && b, c);\n", "on(!a && b, c);\n", id="many, torn"),
        pytest.param("bash", "$X && off", "! $X", "a || b && off\n", "! a || b\n", id="where brackets mean something"),
        pytest.param("yaml", "off: $X", "on: not $X", "off: a and b\n", "on: not a and b\n", id="where there are none"),
    ],
)
def test_adds_none(language: str, pattern: str, fix: str, code: str, expected: str):
    assert mended(language, pattern, fix, code) == expected
