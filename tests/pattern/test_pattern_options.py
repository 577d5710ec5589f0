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
        pytest.param("taint_unify_mvars", True, id="of another mode"),
        pytest.param("let_is_var", True, id="not obeyed, as usual"),
    ],
)
def test_takes(name: str, given: object):
    assert refusal(name, given) == ""


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        pytest.param("let_is_var", False, "the option 'let_is_var: false'", id="not obeyed"),
        pytest.param(
            "vardef_asign", True, "the option 'vardef_asign' is not known: did you mean 'vardef_assign'?", id="misspelt"
        ),
        pytest.param("zzz", 1, "the option 'zzz' is not known", id="unknown"),
    ],
)
def test_refuses(name: str, given: object, why: str):
    assert refusal(name, given).startswith(why)


def lines(language: str, pattern: str, option: str, given: object, code: str) -> list[int]:
    rule = {
        "id": "r",
        "message": "m",
        "severity": "INFO",
        "languages": [language],
        "pattern": pattern,
        "options": {option: given},
    }
    compiled = compile_document(read_yaml(json.dumps({"rules": [rule]}).encode(), "rules.yaml"), "")
    assert not compiled.gaps
    result = check(file_in(language), code, *compiled.rules)
    assert not result.gaps
    return sorted({finding.span.line for finding in result.findings if finding.span})


DECORATED = "@foo\n@bar\ndef a(): pass\n@bar\n@foo\ndef b(): pass\n@foo\n@baz\n@bar\ndef c(): pass\n"


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
    ],
)
def test_obeys(language: str, pattern: str, option: str, code: str, on: list[int], off: list[int]):
    assert lines(language, pattern, option, True, code) == on
    assert lines(language, pattern, option, False, code) == off
