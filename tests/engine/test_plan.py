"""Which rules look at a file; and that what is cheaply ruled out could not have matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_world import rule, rules, selected

from ospec_guard.engine.check import Checker
from ospec_guard.engine.plan import Plan, Selector, as_metric
from ospec_guard.languages import LANGUAGES, identify
from ospec_guard.protocols import Rule
from ospec_guard.regular import InvalidRegexError, compile_regex


def looking(path: str, *several: Rule, metrics: bool = True) -> list[str]:
    return [each.id for each in Selector(Plan(several), metrics=metrics).for_file(path, identify(path, b""))]


@pytest.mark.parametrize(
    ("keys", "path", "looks"),
    [
        pytest.param({}, "a.py", True, id="code"),
        pytest.param({}, "a.pl", True, id="code-without-grammar"),
        pytest.param({}, "a.unheard-of", True, id="unknown"),
        pytest.param({}, "a.md", False, id="prose"),
        pytest.param({"languages": ["python"]}, "a.py", True, id="its-language"),
        pytest.param({"languages": ["py"]}, "a.py", True, id="its-language-by-another-name"),
        pytest.param({"languages": ["java", "python"]}, "a.py", True, id="one-of-its-languages"),
        pytest.param({"languages": ["java"]}, "a.py", False, id="another-language"),
        pytest.param({"languages": ["generic"]}, "a.md", True, id="any-text"),
        pytest.param({"languages": ["typescript"]}, "a.tsx", True, id="a-dialect"),
        pytest.param({"paths": {"include": ["src/"]}}, "src/b/a.py", True, id="included"),
        pytest.param({"paths": {"include": ["src/"]}}, "lib/a.py", False, id="not-included"),
        pytest.param({"paths": {"exclude": ["test_*.py"]}}, "b/test_a.py", False, id="excluded"),
        pytest.param({"paths": {"exclude": ["test_*.py"]}}, "b/a.py", True, id="not-excluded"),
        pytest.param(
            {"paths": {"include": ["src/"], "exclude": ["src/b/"]}}, "src/b/a.py", False, id="excluded-of-the-included"
        ),
        pytest.param({"paths": {"exclude": ["*", "!a.py"]}}, "a.py", True, id="excepted-from-the-excluded"),
    ],
)
def test_which_files_a_rule_looks_at(keys, path, looks):
    assert looking(path, rule(pattern="x", **keys)) == (["r"] if looks else [])


def test_rules_come_in_the_order_of_the_plan():
    several = rules("rules:\n" + "".join(f"  - {{id: r{n}, type: code_analysis, pattern: x}}\n" for n in (2, 0, 1)))
    assert looking("a.py", *several) == ["r2", "r0", "r1"]


METRIC = rules("metrics: [{name: m, type: code_analysis, pattern: 'def', requires: 'try', target: 1}]")


def test_metrics_can_be_left_out():
    assert looking("a.py", *METRIC) == ["m"]
    assert looking("a.py", *METRIC, metrics=False) == []


def test_as_metric_takes_metrics_alone():
    assert as_metric(METRIC[0]).NAME == "code_analysis"
    with pytest.raises(TypeError, match="r is no metric"):
        as_metric(rule(pattern="x"))


@pytest.mark.parametrize(
    ("text", "able"),
    [
        pytest.param("a = 1", ["literal", "assigned"], id="one-occurs"),
        pytest.param("b = 1", [], id="none-occurs"),
        pytest.param("cc", ["backward"], id="beyond-re2-cannot-be-ruled-out"),
    ],
)
def test_candidates_are_those_whose_expression_occurs(text, able):
    several = rules(r"""
rules:
  - {id: literal, type: code_analysis, pattern: 'a\b'}
  - {id: assigned, type: code_analysis, pattern: '^a$', context: assignment}
  - {id: backward, type: code_analysis, pattern: '(c)\1'}
""")
    found = {each.id for each in Selector(Plan(several)).candidates("a.py", LANGUAGES["python"], text.encode())}
    assert found - {"backward"} == set(able) - {"backward"}
    assert "backward" in found


def test_a_rule_without_expressions_is_always_able():
    [one] = rules("rules: [{id: d, type: dependency_check, blocked_packages: [a]}]")
    plan = Plan((one, rule(pattern="x")))
    able = Selector(plan).candidates("requirements.txt", identify("requirements.txt", b""), b"b==1\n")
    assert [each.id for each in able] == ["d"]


parts = st.sampled_from(
    ["a", "b", "=", " ", r"\s", r"\w", "[^a]", "^", "$", r"\b", "(?:a|b)", ".", "a+", "b?", "(?i)A", r"\n", "é", "(?=a)"]
)
patterns = st.lists(parts, min_size=1, max_size=5).map("".join)
texts = st.lists(st.sampled_from(["a", "b", "ab", " = ", "\n", "\r\n", "é", "'a'", "# ", "x.a", "(", "A"]), max_size=14).map(
    "".join
)


def usable(pattern: str) -> bool:
    try:
        return compile_regex(pattern).search(b"") is None
    except InvalidRegexError:
        return False


@given(st.lists(st.tuples(patterns, st.sampled_from(["block", "assignment", "line", "file"])), min_size=1, max_size=6), texts)
def test_the_prefilter_never_hides_a_finding_or_gap(written, text):
    chosen = [(pattern, context) for pattern, context in written if usable(pattern)]
    lines = [
        f"  - {{id: r{n}, type: code_analysis, pattern: '{p}', requires: zz, context: {c}}}\n"
        for n, (p, c) in enumerate(chosen)
    ]
    several = rules("rules:\n" + "".join(lines)) if lines else ()
    one = selected("a.py", text)
    able = {each.id for each in Selector(Plan(several)).candidates("a.py", one.language, one.source.data)}
    for each in several:
        if each.id not in able:
            unfiltered = Unfiltered(Plan((each,)))
            result = unfiltered.check(one.source, one.language, one.record)
            assert not result.findings
            assert not result.gaps


class Unfiltered(Checker):
    """Runs every rule on every text."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self._selector = Everything(plan)


class Everything(Selector):
    def candidates(self, path, language, data):
        return self.for_file(path, language)
