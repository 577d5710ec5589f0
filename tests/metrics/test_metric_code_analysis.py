from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metric_world import View

from ospec_guard.languages import by_name
from ospec_guard.metrics import UNPARSED, code_analysis
from ospec_guard.model import Offender
from ospec_guard.protocols import Tally

SPEC = code_analysis.Options(r"def\s+\w+.*:", r"try:|raise|except:", "block")

SERVICE = '''\
"""A def in_prose(): is none."""


def load(path):
    try:
        return open(path).read()
    except OSError:
        return ""


def save(path, text):
    """Writes, def honestly: it does."""
    open(path, "w").write(text)


class Store:
    # def commented(self):
    def get(self, key):
        raise KeyError(key)

    async def put(self, key, value): self.values[key] = value
'''


def tally(path: str, text: str, options: code_analysis.Options = SPEC) -> Tally | None:
    return code_analysis.measure(options, View(path, text))


def test_the_specifications_metric() -> None:
    found = tally("service.py", SERVICE)
    assert found is not None
    assert (found.good, found.total) == (2, 4)
    says = "nothing in this block matches 'try:|raise|except:'"
    assert found.offenders == (
        Offender("service.py", f"in 'save', {says}", 11, 1),
        Offender("service.py", f"in 'Store.put', {says}", 21, 11),
    )
    assert found.details == ()


@pytest.mark.parametrize(
    ("path", "text", "options", "counts"),
    [
        pytest.param(
            "a.py",
            "def f():\n  try:\n    g()\n  except ValueError:\n    pass\n",
            ("def f", "except:", "block"),
            (0, 1),
            id="as-written",
        ),
        pytest.param(
            "a.py", "def f():\n  g()\n\ndef h():\n  raise X\n", ("def f", "raise", "block"), (0, 1), id="not-the-neighbour"
        ),
        pytest.param("a.py", "def f():\n  g()\n\ndef h():\n  raise X\n", ("def f", "raise", "file"), (1, 1), id="file"),
        pytest.param("a.py", "x = 1  # safe\ny = 1\n", ("= 1", "safe", "line"), (1, 2), id="line"),
        pytest.param(
            "a.py", "# @audited\n@route\ndef f(): pass\n", ("def f", "@audited", "block"), (1, 1), id="leading-comment"
        ),
        pytest.param(
            "a.py", "password = hash(p)\nuser = password\n", ("password", "hash", "assignment"), (1, 1), id="assigned-name"
        ),
        pytest.param(
            "a.py", "password = p  # hash\n", ("password", "hash", "assignment"), (0, 1), id="assignment-without-comments"
        ),
        pytest.param("a.py", "password = hash(p)\n", ("^password$", "hash", "assignment"), (1, 1), id="assignment-anchored"),
        pytest.param(
            "a.js", "function f() { throw 1 }\nfunction g() {}\n", ("function", "throw", "block"), (1, 2), id="javascript"
        ),
        pytest.param(
            "a.r",
            "f <- 1 # ok\n# f <- 2\ng <- 3\n",
            ("<-", "ok", "block"),
            (1, 2),
            id="no-grammar-means-line-and-comments-do-not-count",
        ),
        pytest.param("a.py", "def f(): pass\n", (r"def(?=\s+f)", r"(?<!x)pass", "block"), (1, 1), id="look-around"),
    ],
)
def test_counts(path: str, text: str, options: tuple[str, str, str], counts: tuple[int, int]) -> None:
    found = tally(path, text, code_analysis.Options(*options))
    assert found is not None
    assert (found.good, found.total) == counts
    assert len(found.offenders) == counts[1] - counts[0]


@pytest.mark.parametrize(
    ("path", "text", "options"),
    [
        pytest.param("a.py", "x = 1\n", SPEC, id="nothing-matches"),
        pytest.param("a.py", "# def f():\n", SPEC, id="comment"),
        pytest.param("a.py", '"""def f():"""\n', SPEC, id="docstring"),
        pytest.param(
            "a.py",
            "f(password=1)\nprint(password)\n",
            code_analysis.Options("password", "x", "assignment"),
            id="no-assigned-name",
        ),
        pytest.param("a.py", "", SPEC, id="empty"),
    ],
)
def test_leaves_alone(path: str, text: str, options: code_analysis.Options) -> None:
    assert tally(path, text, options) is None


BROKEN = "def good():\n    raise X\n\n\ndef bad(:\n    = = )\n\n\ndef last():\n    raise X\n"


@pytest.mark.parametrize("context", ["block", "assignment"])
def test_a_match_in_what_did_not_parse_is_told_and_not_counted(context: str) -> None:
    pattern = "bad" if context == "assignment" else "def bad"
    found = tally("a.py", BROKEN, code_analysis.Options(pattern, "raise", context))
    assert found == Tally(0, 0, (), ((UNPARSED, "5"),))


def test_a_region_that_did_not_parse_costs_nothing_without_a_match() -> None:
    assert tally("a.py", BROKEN, code_analysis.Options("def good", "raise", "block")) == Tally(1, 1)


@pytest.mark.parametrize("context", ["line", "file"])
def test_lines_need_no_parse(context: str) -> None:
    assert tally("a.py", BROKEN, code_analysis.Options("def bad", r"\(:", context)) == Tally(1, 1)


def test_offender_at_file_level_shows_the_match() -> None:
    found = tally("a.py", "connect(\n  host)\n", code_analysis.Options(r"connect\([^)]*\)", "tls", "block"))
    assert found is not None
    assert [o.message for o in found.offenders] == ["at 'connect(', nothing in this block matches 'tls'"]


def test_offender_without_grammar_names_the_line_as_context() -> None:
    found = tally("a.r", "a <- 1\n", code_analysis.Options("<-", "ok", "block"))
    assert found is not None
    assert [o.message for o in found.offenders] == ["at '<-', nothing in this line matches 'ok'"]


@pytest.mark.parametrize(
    ("counts", "score", "measured"),
    [
        pytest.param([(2, 4), (1, 1)], 0.6, "3 of 5 matches", id="over-files-not-averages"),
        pytest.param([(4, 5)], 0.8, "4 of 5 matches", id="the-threshold-exactly"),
        pytest.param([(0, 3)], 0.0, "0 of 3 matches", id="none-good"),
        pytest.param([(3, 3), (0, 0)], 1.0, "3 of 3 matches", id="all-good"),
        pytest.param([], None, "", id="no-file"),
        pytest.param([(0, 0)], None, "", id="gaps-alone"),
    ],
)
def test_score(counts: list[tuple[int, int]], score: float | None, measured: str) -> None:
    found = code_analysis.score(SPEC, [(f"f{i}.py", Tally(*count)) for i, count in enumerate(counts)])
    assert (found.score, found.measured) == (score, measured)
    assert found.note == ("" if measured else r"nothing matched 'def\s+\w+.*:'")
    assert found.kind == "code_analysis"


@given(st.permutations([(f"f{i}.py", Tally(i, 2 * i, (Offender(f"f{i}.py", "m", i),))) for i in range(1, 5)]))
def test_the_order_of_files_does_not_matter(tallies: list[tuple[str, Tally]]) -> None:
    found = code_analysis.score(SPEC, tallies)
    assert found == code_analysis.score(SPEC, sorted(tallies))
    assert [o.path for o in found.offenders] == ["f1.py", "f2.py", "f3.py", "f4.py"]


def test_prefilter() -> None:
    assert code_analysis.prefilter(SPEC) == (r"def\s+\w+.*:",)
    assert code_analysis.prefilter(code_analysis.Options("^p$", "x", "assignment")) == ()


@pytest.mark.parametrize(("name", "looks"), [("python", True), ("yaml", True), ("markdown", False)])
def test_applies_to_code(name: str, looks: bool) -> None:
    language = by_name(name)
    assert language is not None
    assert code_analysis.applies(SPEC, "a", language) is looks


def test_is_no_metric_of_the_build() -> None:
    assert code_analysis.folders(SPEC) == ()
    assert code_analysis.measure_assets(SPEC, []) is None
