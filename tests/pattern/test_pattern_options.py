"""`options:` are obeyed, change nothing, or make the rule a gap: none is passed over."""

from __future__ import annotations

import os
import re

import pytest

import ospec_guard.pattern
from ospec_guard.pattern.options import OBEYED, OPTIONS, refusal

FOLDER = os.path.dirname(ospec_guard.pattern.__file__)


def read_by_the_engines() -> set[str]:
    """The options that the code asks for by name."""
    found: set[str] = set()
    for name in os.listdir(FOLDER):
        if name.endswith(".py") and name != "options.py":
            with open(os.path.join(FOLDER, name), encoding="utf-8") as stream:
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
        pytest.param("vardef_asign", True, "the option 'vardef_asign' is not known: did you mean 'vardef_assign'?", id="misspelt"),
        pytest.param("zzz", 1, "the option 'zzz' is not known", id="unknown"),
    ],
)
def test_refuses(name: str, given: object, why: str):
    assert refusal(name, given).startswith(why)
