"""What Python's grammar calls its parts does not matter to patterns."""

from __future__ import annotations

import pytest
from finding import lines

REPORTS = {
    "names imported beside features of the future": (
        "pickle.loads(...)",
        "from __future__ import annotations\nfrom pickle import loads as thaw\nthaw(x)\n",
        [3],
    ),
    "features of the future, in brackets and renamed": (
        "os.system(...)",
        "from __future__ import (annotations as a, division)\nimport os as o\no.system(x)\n",
        [3],
    ),
    "the import of a feature": ("from __future__ import annotations", "from __future__ import annotations\n", [1]),
    "one feature of several": ("from __future__ import division", "from __future__ import annotations, division\n", [1]),
    "a call over several lines, arguments in another order": ("f(a=1, b=2)", "f(\n    b=2,  # two\n    a=1,\n)\n", [1]),
    "a constant of the module in a function": ("f(0o777)", "MODE = 0o777\n\ndef g():\n    f(MODE)\n", [4]),
    "a call in a comprehension, a lambda, a decorator": (
        "f(...)",
        "x = [f(y) for y in z]\ng = lambda: f(1)\n@f(2)\ndef h(): pass\n",
        [1, 2, 3],
    ),
    "the branch of an elif": ("if $X:\n    f()", "if a:\n    g()\nelif b:\n    f()\n", [3]),
}

LEAVES_ALONE = {
    "another feature": ("from __future__ import division", "from __future__ import annotations\n"),
    "texts and comments": ("f(...)", 's = "f(1)"  # f(2)\n"""f(3)"""\n'),
    "a method of that name": ("f(...)", "x.f(1)\n"),
    "a further argument": ("f(a=1)", "f(a=1, b=2)\n"),
    "a name that two places give a value": ("f(1)", "A = 1\nA = g()\nf(A)\n"),
}


@pytest.mark.parametrize(("pattern", "code", "found"), REPORTS.values(), ids=REPORTS)
def test_reports(pattern: str, code: str, found: list[int]):
    assert lines("python", pattern, code) == found


@pytest.mark.parametrize(("pattern", "code"), LEAVES_ALONE.values(), ids=LEAVES_ALONE)
def test_leaves_alone(pattern: str, code: str):
    assert lines("python", pattern, code) == []
