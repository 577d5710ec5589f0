"""Adding imports to a Python module: where they go, and that nothing else changes."""

from __future__ import annotations

import ast

import pytest

from ospec_guard.pattern.imports import import_edit

WANTED = ("import shlex", "from a.b import c as d")
ADDED = "import shlex\nfrom a.b import c as d\n"


def with_imports(text: str, wanted: tuple[str, ...] = WANTED) -> str:
    edit = import_edit(text, wanted)
    assert edit is not None
    data = text.encode()
    return (data[: edit.start] + edit.text.encode() + data[edit.end :]).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", ADDED, id="empty"),
        pytest.param("x = 1\n", f"{ADDED}\nx = 1\n", id="no imports"),
        pytest.param("x = 1", f"{ADDED}\nx = 1", id="no line end"),
        pytest.param('"""Doc."""\nx = 1\n', f'"""Doc."""\n\n{ADDED}\nx = 1\n', id="docstring"),
        pytest.param('"""Doc."""', f'"""Doc."""\n\n{ADDED}', id="docstring alone"),
        pytest.param(
            '"""Doc."""\n\nfrom __future__ import annotations\n\nx = 1\n',
            f'"""Doc."""\n\nfrom __future__ import annotations\n{ADDED}\nx = 1\n',
            id="future",
        ),
        pytest.param(
            "import os\nimport sys  # why\n\n\nx = 1\n", f"import os\nimport sys  # why\n{ADDED}\n\nx = 1\n", id="imports"
        ),
        pytest.param("import os\nx = 1\nimport sys\n", f"import os\n{ADDED}\nx = 1\nimport sys\n", id="the first block"),
        pytest.param("from x import (\n    y,  # why\n)\n", f"from x import (\n    y,  # why\n)\n{ADDED}", id="over lines"),
        pytest.param("import os", f"import os\n{ADDED}", id="imports without a line end"),
        pytest.param("#!/usr/bin/python\nx = 1\n", f"#!/usr/bin/python\n{ADDED}\nx = 1\n", id="shebang"),
        pytest.param(
            "# Licence.\n\n# About x.\nx = 1\n",
            f"# Licence.\n\n{ADDED}\n# About x.\nx = 1\n",
            id="a comment about the first statement",
        ),
        pytest.param("import é\n\nx = 'ü'\n", f"import é\n{ADDED}\nx = 'ü'\n", id="offsets are bytes"),
        pytest.param(
            "def f():\n\timport shlex\n", f"{ADDED}\ndef f():\n\timport shlex\n", id="one of a function does not count"
        ),
        pytest.param("import shlex as s\n", f"import shlex as s\n{ADDED}", id="one of another name does not count"),
        pytest.param(
            "import  os, shlex; x = 1\n", "from a.b import c as d\n\nimport  os, shlex; x = 1\n", id="one of many counts"
        ),
        pytest.param(
            "x = 1\nfrom a.b import (z, c as d)\n",
            "import shlex\n\nx = 1\nfrom a.b import (z, c as d)\n",
            id="a late one counts",
        ),
    ],
)
def test_where_they_go(before: str, after: str) -> None:
    assert with_imports(before) == after
    ast.parse(after)
    assert with_imports(after) == after, "they are not added twice"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('"""Doc.\nclass A:\n"""\n', f'"""Doc.\nclass A:\n"""\n\n{ADDED}', id="a string that looks like code"),
        pytest.param("import os\n\n\n@a\ndef f(): pass\n", f"import os\n{ADDED}\n\n@a\ndef f(): pass\n", id="a definition"),
        pytest.param("if a:\n    pass\nimport shlex  # late\nfrom a.b import c as d\n", "", id="imports below a statement"),
        pytest.param(
            "import os\n\nclass A:\n    broken(\n", f"import os\n{ADDED}\nclass A:\n    broken(\n", id="broken code below"
        ),
    ],
)
def test_only_the_start_of_the_module_is_read(before: str, after: str) -> None:
    assert with_imports(before) == (after or before)


def test_what_does_not_parse_has_no_place_for_them() -> None:
    assert import_edit("x =\n", WANTED) is None
