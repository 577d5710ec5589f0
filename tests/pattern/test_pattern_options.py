"""`options:` are obeyed, change nothing, or make the rule a gap: none is passed over."""

from __future__ import annotations

import json
import os
import re

import pytest
from rule_world import check, file_in

import ospec_guard.pattern
from ospec_guard.document import read_yaml
from ospec_guard.pattern.options import OBEYED, OPTIONS, refusal
from ospec_guard.ruleset.native import compile_document

FOLDER = os.path.dirname(ospec_guard.pattern.__file__)


def read_by_the_engines() -> set[str]:
    """The options that the code asks for by name."""
    found: set[str] = set()
    for folder, _, names in os.walk(FOLDER):
        for name in names:
            if name.endswith(".py") and name != "options.py":
                with open(os.path.join(folder, name), encoding="utf-8") as stream:
                    text = stream.read()
                found |= {one for one in re.findall(r'"([a-z]+_[a-z_]+)"', text) if one in OPTIONS}
    return found


def test_obeyed_is_what_the_code_asks_for():
    assert read_by_the_engines() == {name for name, option in OPTIONS.items() if option.fate == OBEYED}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param("vardef_assign", False, id="obeyed"),
        pytest.param("generic_braces", (("<", ">"),), id="a list"),
        pytest.param("interfile", True, id="without effect"),
        pytest.param("taint_unify_mvars", True, id="of taint mode"),
        pytest.param("implicit_return", True, id="as usual"),
    ],
)
def test_takes(name: str, given: object):
    assert refusal(name, given) == ""


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        pytest.param("implicit_return", 1, "the option 'implicit_return' must be true or false, not 1", id="no truth value"),
        pytest.param(
            "vardef_asign", True, "the option 'vardef_asign' is not known: did you mean 'vardef_assign'?", id="misspelt"
        ),
        pytest.param("zzz", 1, "the option 'zzz' is not known", id="unknown"),
    ],
)
def test_refuses(name: str, given: object, why: str):
    assert refusal(name, given).startswith(why)


def lines(language: str, looked_for: object, option: str, given: object, code: str) -> list[int]:
    rule = {
        "id": "r",
        "message": "m",
        "severity": "INFO",
        "languages": [language],
        "pattern" if isinstance(looked_for, str) else "patterns": looked_for,
        "options": {option: given},
    }
    compiled = compile_document(read_yaml(json.dumps({"rules": [rule]}).encode(), "rules.yaml"), "")
    assert not compiled.gaps
    result = check(file_in(language), code, *compiled.rules)
    assert not result.gaps
    return sorted({finding.span.line for finding in result.findings if finding.span})


DECORATED = "@foo\n@bar\ndef a(): pass\n@bar\n@foo\ndef b(): pass\n@foo\n@baz\n@bar\ndef c(): pass\n"

FUNCTIONS = """\
class Kettle {
  boil = function (e) { return e }
  pour(e) { return e }
  fill = (e) => e
  cups = 5
  static size = f()
}
o({ a(e) {},
b: function (e) {},
'c': (e) => e, d: 1 })
function top(e) {}
"""

METHODS = """\
class A:
    @b
    def m(self):
        return 1
    c = 2
    if True:
        def n(self): pass
def o(): pass
"""

MARKED = """\
@tap("cold")
def a(): pass
@tap
def b(): pass
@kitchen.tap("hot")
def c(): pass

tap(1)
"""

SHADOWED = """\
def a():
    b = 1
    def c(b):
        use(b)
    use(b)
"""

NESTED = """\
def a(b):
    f(b, lambda c: b)
    f(b, lambda b: b)
"""

CHILDREN = """\
<all>
<a><b/><c/></a>
<a><c/><b/></a>
<a><b/><d/><c/></a>
<a><b/><c/><d/></a>
<a><d/><c/><b/></a>
</all>
"""


@pytest.mark.parametrize(
    ("language", "pattern", "option", "code", "on", "off"),
    [
        pytest.param("python", "b == a", "symmetric_eq", "a == b\na != b\nb == a\n", [1, 3], [3], id="symmetric_eq"),
        pytest.param("python", "b != a", "symmetric_eq", "a != b\n", [], [], id="symmetric_eq is for == alone"),
        pytest.param("python", "b != a", "commutative_compop", "a != b\na == b\n", [1], [], id="commutative_compop"),
        pytest.param("javascript", "$X == null", "commutative_compop", "null == a;\nnull === a;\n", [1], [], id="compop in js"),
        pytest.param("python", "b and a", "commutative_boolop", "a and b\na or b\n", [1], [], id="commutative_boolop"),
        pytest.param("python", "b | a", "ac_matching", "a | b\n", [1], [], id="ac_matching"),
        pytest.param("python", 'f("a")', "constant_propagation", "x = 'a'\nf(x)\n", [2], [], id="constant_propagation"),
        pytest.param("javascript", "$X = f()", "vardef_assign", "const x = f();\ny = f();\n", [1, 2], [2], id="vardef_assign"),
        pytest.param(
            "python",
            "@foo\n@bar\ndef $F(): ...",
            "decorators_order_matters",
            DECORATED,
            [1, 7],
            [1, 4, 7],
            id="decorators_order_matters",
        ),
        pytest.param(
            "javascript",
            "<a b={1} />",
            "xml_attrs_implicit_ellipsis",
            "x = <a b={1} c={2} />;\ny = <a b={1} />;\n",
            [1, 2],
            [2],
            id="xml_attrs_implicit_ellipsis",
        ),
        pytest.param(
            "javascript", "var $X = $V", "let_is_var", "var a = 1;\nlet b = 2;\nconst c = 3;\n", [1, 2, 3], [1], id="let_is_var"
        ),
        pytest.param("javascript", "let $X = $V", "let_is_var", "var a = 1;\nlet b = 2;\n", [2], [2], id="let is let"),
        pytest.param("go", "var $X = $V", "let_is_var", "package p\n\nconst a = 1\nvar b = 1\n", [3, 4], [4], id="const in go"),
        pytest.param("kotlin", "var $X = $V", "let_is_var", "val a = 1\nvar b = 1\n", [2], [2], id="val is never var"),
        pytest.param(
            "javascript", "$X = function (...) { ... }", "flddef_assign", FUNCTIONS, [2, 3, 4, 8, 9, 10], [], id="methods"
        ),
        pytest.param("javascript", "$X = 5", "flddef_assign", FUNCTIONS, [5], [5], id="a field is an assignment anyhow"),
        pytest.param(
            "javascript", "$X = $V", "flddef_assign", FUNCTIONS, [2, 3, 4, 5, 6, 8, 9, 10], [5, 6], id="what has a function"
        ),
        pytest.param("python", "$X = $V", "flddef_assign", METHODS, [3, 5], [5], id="methods in python"),
        pytest.param("python", "m = ...", "flddef_assign", METHODS, [3], [], id="a method by its name"),
        pytest.param("ruby", "$X = $V", "flddef_assign", "class A\n  def m\n  end\n  B = 1\nend\n", [4], [4], id="not in ruby"),
        pytest.param("python", "tap(...)", "attr_expr", MARKED, [1, 3, 8], [8], id="attr_expr"),
        pytest.param("python", "tap", "attr_expr", MARKED, [1, 3, 8], [8], id="names of attributes"),
        pytest.param(
            "python", "kitchen.tap(...)", "attr_expr", MARKED, [5], [5], id="python's dotted decorators are expressions"
        ),
        pytest.param("python", '"..."', "attr_expr", MARKED, [1, 5], [1, 5], id="arguments of attributes"),
        pytest.param(
            "java", "$F(...)", "attr_expr", '@Tap("a")\nclass A {\n  int b = c();\n}\n', [1, 3], [3], id="annotations"
        ),
        pytest.param("kotlin", "Tap(...)", "attr_expr", '@Tap("a")\nclass A\n', [1], [], id="annotations in kotlin"),
        pytest.param("scala", "Tap(...)", "attr_expr", '@Tap("a")\nclass A {}\n', [1], [], id="annotations in scala"),
        pytest.param("php", "Tap(...)", "attr_expr", '<?php\n#[Tap("a")]\nclass A {}\n', [2], [], id="attributes in php"),
        pytest.param("csharp", "Tap(...)", "attr_expr", '[Tap("a")]\nclass A {}\n', [1], [], id="attributes in c#"),
        pytest.param(
            "typescript", "a.$F(...)", "attr_expr", "@a.tap()\nclass B {}\na.tap();\n", [1, 3], [3], id="dotted elsewhere"
        ),
        pytest.param("python", "$X = $V\n...\nuse($X)", "unify_ids_strictly", SHADOWED, [2], [2], id="the same variable"),
        pytest.param("python", "f($X, lambda $Y: $X)", "unify_ids_strictly", NESTED, [2], [2, 3], id="unify_ids_strictly"),
        pytest.param("xml", "<a><b/><c/></a>", "xml_children_ordered", CHILDREN, [2, 5], [2, 3], id="xml_children_ordered"),
        pytest.param(
            "xml", "<a><b/>...<c/></a>", "xml_children_ordered", CHILDREN, [2, 4, 5], [2, 3, 4, 5, 6], id="with an ellipsis"
        ),
        pytest.param(
            "xml", "<a></a>", "xml_children_ordered", CHILDREN, [2, 3, 4, 5, 6], [], id="none but those in the pattern"
        ),
        pytest.param(
            "xml", "<a>$...ALL</a>", "xml_children_ordered", CHILDREN, [2, 3, 4, 5, 6], [2, 3, 4, 5, 6], id="all of them"
        ),
        pytest.param(
            "javascript",
            "<a><b/><c/></a>",
            "xml_children_ordered",
            "x = <a><b/><c/></a>;\ny = <a><c/><b/></a>;\n",
            [1],
            [1, 2],
            id="jsx",
        ),
    ],
)
def test_obeys(language: str, pattern: str, option: str, code: str, on: list[int], off: list[int]):
    assert lines(language, pattern, option, True, code) == on
    assert lines(language, pattern, option, False, code) == off


@pytest.mark.parametrize(("given", "expected"), [(True, [5]), (False, [4, 5])], ids=["strictly", "by name"])
def test_variables_of_two_patterns(given: bool, expected: list[int]):
    looked_for = [{"pattern-inside": "$X = $V\n..."}, {"pattern": "use($X)"}]
    assert lines("python", looked_for, "unify_ids_strictly", given, SHADOWED) == expected
