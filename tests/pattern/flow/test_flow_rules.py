"""What a rule in taint mode may say of its sources, sinks, sanitizers and propagators. Every row was put to Semgrep."""

from __future__ import annotations

from typing import Any

import pytest
from flowing import expected, findings, lines, text_of

FOCUS = {"patterns": [{"pattern": "sink($A, $B)"}, {"focus-metavariable": "$A"}]}
TWO = {"sources": ({"pattern": "source()", "label": "A"}, {"pattern": "other()", "label": "B"})}
ONLY_X = {"patterns": [{"pattern": "mark($X)"}, {"focus-metavariable": "$X"}]}
APPEND = {"pattern": "$TO.add($FROM)", "from": "$FROM", "to": "$TO"}
BACK = {"pattern": "copy($TO, $FROM)", "from": "$FROM", "to": "$TO"}


def needs(requires: str) -> dict[str, Any]:
    """Two labels, and a sink that wants some."""
    return {**TWO, "sinks": ({"pattern": "sink(...)", "requires": requires},)}


REPORTS = [
    pytest.param(needs("A"), "sink(source())  # hit\nsink(other())", id="a label"),
    pytest.param(needs("A and B"), "x = source() + other()\nsink(x)  # hit\nsink(source())", id="both labels"),
    pytest.param(needs("A or B"), "sink(source())  # hit\nsink(other())  # hit", id="one of the labels"),
    pytest.param(needs("A and not B"), "sink(source())  # hit\nsink(source() + other())", id="without a label"),
    pytest.param(needs("A and (B or C)"), "sink(source() + other())  # hit\nsink(source())", id="labels in brackets"),
    pytest.param(
        {
            "sources": (
                {"pattern": "source()", "label": "A"},
                {"pattern": "wrap(...)", "label": "B", "requires": "A"},
            ),
            "sinks": ({"pattern": "sink(...)", "requires": "B"},),
        },
        "x = source()\ny = wrap(x)\nsink(y)  # hit\nsink(wrap(1))\nsink(x)",
        id="a source that needs a label",
    ),
    pytest.param({"sources": ({**ONLY_X, "by-side-effect": True},)}, "mark(x)\nsink(x)  # hit", id="source by side effect"),
    pytest.param(
        {"sources": ({**ONLY_X, "by-side-effect": True},)}, "sink(mark(x))  # hit", id="source by side effect, where it is"
    ),
    pytest.param(
        {"sources": ({**ONLY_X, "by-side-effect": "only"},)}, "mark(x)\nsink(x)  # hit", id="source by side effect only"
    ),
    pytest.param({"sources": ({**ONLY_X, "exact": True},)}, "sink(mark(x))  # hit", id="exact source"),
    pytest.param({"sources": ("wrap(...)",)}, "wrap(sink(x))  # hit", id="inside a source that is not exact"),
    pytest.param({"sources": ("wrap(...)",)}, "sink(wrap(x))  # hit", id="a source that is not exact"),
    pytest.param(
        {"sanitizers": ({"pattern": "clean(...)", "not_conflicting": True},), "sinks": ("sink(...)", "clean(...)")},
        "x = source()\nclean(x)  # hit",
        id="a sanitizer that is a sink too gives way",
    ),
    pytest.param(
        {"sanitizers": ({"patterns": [{"pattern": "clean($X)"}, {"focus-metavariable": "$X"}]},)},
        "x = source()\nclean(x)\nsink(x)  # hit",
        id="a sanitizer without side effect",
    ),
    pytest.param({"propagators": (APPEND,)}, "x = A()\nx.add(source())\nsink(x)  # hit", id="propagator"),
    pytest.param({"propagators": (APPEND,)}, "x = A()\ny = source()\nx.add(y)\nsink(x.b)  # hit", id="propagator, a variable"),
    pytest.param({"propagators": (BACK,)}, "copy(x, source())\nsink(x)  # hit", id="propagator from the right to the left"),
    pytest.param(
        {"propagators": ({"pattern": "copy($FROM, $TO)", "from": "$FROM", "to": "$TO"},)},
        "copy(source(), x)\nsink(x)  # hit",
        id="propagator from the left to the right",
    ),
    pytest.param(
        {"propagators": (APPEND,)},
        "def f(c):\n    x = A()\n    if c:\n        x.add(source())\n    sink(x)  # hit",
        id="propagator in a branch",
    ),
    pytest.param({"sinks": (FOCUS,)}, "sink(source(), 1)  # hit", id="focus of a sink"),
    pytest.param({"sinks": (FOCUS,)}, "x = source()\nsink('a' + x, 1)  # hit", id="focus of a sink, with more"),
    pytest.param({"options": {"taint_assume_safe_functions": True}}, "sink(source())  # hit", id="safe functions, at once"),
    pytest.param(
        {"options": {"taint_assume_safe_functions": True}}, "x = source()\nsink(x + 'a')  # hit", id="safe functions, operators"
    ),
    pytest.param(
        {"options": {"taint_assume_safe_indexes": True}}, "x = source()\nsink(x[0])  # hit", id="safe indexes, the object"
    ),
    pytest.param(
        {"options": {"taint_assume_safe_comparisons": True}}, "x = source() + 1\nsink(x)  # hit", id="safe comparisons, a sum"
    ),
    pytest.param(
        {"options": {"taint_assume_safe_booleans": True}}, "x = source()\nsink(x)  # hit", id="safe booleans, no type"
    ),
    pytest.param({"options": {"taint_assume_safe_numbers": True}}, "x = source()\nsink(x)  # hit", id="safe numbers, no type"),
    pytest.param(
        {"sources": ("source($A)",), "sinks": ("sink($A, $B)",), "options": {"taint_unify_mvars": True}},
        "x = source(1)\nsink(1, x)  # hit\nsink(2, x)",
        id="metavariables of source and sink are one",
    ),
    pytest.param(
        {"sources": ("source($A)",), "sinks": ("sink($A, $B)",)},
        "x = source(1)\nsink(1, x)  # hit\nsink(2, x)  # hit",
        id="metavariables of source and sink are two",
    ),
    pytest.param(
        {"options": {"taint_only_propagate_through_assignments": True}},
        "x = source()\ny = x\nsink(y)  # hit",
        id="assignments only",
    ),
    pytest.param({"sinks": ("sink(...)", "drain(...)")}, "x = source()\nsink(x)  # hit\ndrain(x)  # hit", id="several sinks"),
    pytest.param({"sources": ("source()", "other()")}, "sink(source())  # hit\nsink(other())  # hit", id="several sources"),
    pytest.param(
        {"sources": ({"pattern-either": [{"pattern": "source()"}, {"pattern": "other()"}]},)},
        "sink(source())  # hit\nsink(other())  # hit",
        id="a source one way or another",
    ),
    pytest.param({}, "x = source()\nsink(x)  # hit\n\ndef f(x):\n    sink(x)", id="at the top level of a file"),
    pytest.param(
        {}, "def f():\n    x = source()\n    sink(x)  # hit\n\ndef g():\n    x = 1\n    sink(x)", id="one name in two functions"
    ),
    pytest.param(
        {"sources": ({"patterns": [{"pattern": "def $F(..., $X, ...): ..."}, {"focus-metavariable": "$X"}]},)},
        "def f(x, y=1):\n    sink(x)  # hit\n    sink(y)  # hit\n    sink(z)",
        id="parameters as sources",
    ),
    pytest.param({"sources": ("request.$P",)}, "x = request.args\nsink(x['a'])  # hit", id="a member as a source"),
    pytest.param({"sinks": ("return $X",)}, "def f():\n    x = source()\n    return x  # hit", id="return as a sink"),
    pytest.param({"sinks": ("$X.run(...)",)}, "x = source()\nx.run()  # hit", id="object of a call as a sink"),
    pytest.param({"sinks": ("a.b = $X",)}, "a.b = source()  # hit", id="assignment as a sink"),
]

LEAVES_ALONE = [
    pytest.param({"sources": ({"pattern": "wrap(...)", "exact": True},)}, "wrap(sink(x))", id="inside an exact source"),
    pytest.param({"sources": ("source",)}, "clean(sink(source))", id="inside a sanitizer that is not exact"),
    pytest.param(needs("B"), "sink(source())", id="another label"),
    pytest.param(needs("A and B"), "x = source()\ny = other()\nsink(x)\nsink(y)", id="labels in different variables"),
    pytest.param(needs("not A"), "sink(source())", id="the label that must not be"),
    pytest.param({"sources": (ONLY_X,)}, "mark(x)\nsink(x)", id="source without side effect"),
    pytest.param(
        {"sources": ({**ONLY_X, "by-side-effect": "only"},)}, "sink(mark(x))", id="source by side effect only, where it is"
    ),
    pytest.param({"sources": ({**ONLY_X, "by-side-effect": True},)}, "mark(x)\nsink(y)", id="side effect on another"),
    pytest.param(
        {"sources": ({**ONLY_X, "by-side-effect": True},)}, "mark(x)\nx = 1\nsink(x)", id="side effect, then reassignment"
    ),
    pytest.param({"sources": ({**ONLY_X, "by-side-effect": True},)}, "sink(x)\nmark(x)", id="side effect too late"),
    pytest.param(
        {"sanitizers": ({"patterns": [{"pattern": "clean($X)"}, {"focus-metavariable": "$X"}], "by-side-effect": True},)},
        "x = source()\nclean(x)\nsink(x)",
        id="sanitizer by side effect",
    ),
    pytest.param(
        {"sanitizers": ("clean(...)",), "sinks": ("sink(...)", "clean(...)")},
        "x = source()\nclean(x)",
        id="a sanitizer that is a sink too",
    ),
    pytest.param({"propagators": (APPEND,)}, "x = A()\nx.put(source())\nsink(x)", id="no propagator for this"),
    pytest.param({"propagators": (APPEND,)}, "x = A()\ny = A()\nx.add(source())\nsink(y)", id="propagator to another"),
    pytest.param({"propagators": (APPEND,)}, "x = source()\ny = 1\nx.add(y)\nsink(y)", id="propagator the other way"),
    pytest.param({"propagators": (BACK,)}, "y = 1\nx = source()\ncopy(x, y)\nsink(y)", id="propagator, from and to"),
    pytest.param(
        {"propagators": ({**APPEND, "by-side-effect": False},)},
        "x = A()\nx.add(source())\nsink(x)",
        id="propagator without side effect",
    ),
    pytest.param({}, "x = A()\nx.add(source())\nsink(x)", id="a method does not taint its object"),
    pytest.param({"sinks": (FOCUS,)}, "sink(1, source())", id="not in focus"),
    pytest.param({"sinks": ({**FOCUS, "exact": True},)}, "sink(1, source())", id="not in focus, exact"),
    pytest.param({"options": {"taint_assume_safe_functions": True}}, "sink(f(source()))", id="safe functions"),
    pytest.param({"options": {"taint_assume_safe_indexes": True}}, "sink(a[source()])", id="safe indexes"),
    pytest.param({"options": {"taint_assume_safe_comparisons": True}}, "sink(source() == 1)", id="safe comparisons"),
    pytest.param(
        {"options": {"taint_assume_safe_booleans": True}}, "x = source() == 1\nsink(x)", id="safe booleans, a comparison"
    ),
    pytest.param({"options": {"taint_assume_safe_booleans": True}}, "x = source() in y\nsink(x)", id="safe booleans, in"),
    pytest.param(
        {"sources": ("source($A)",), "sinks": ("sink($A, $B)",), "options": {"taint_unify_mvars": True}},
        "x = source(1)\nsink(2, x)",
        id="metavariables of source and sink disagree",
    ),
    pytest.param(
        {"options": {"taint_only_propagate_through_assignments": True}},
        "x = f(source())\nsink(x)",
        id="assignments only, a call",
    ),
    pytest.param(
        {"options": {"taint_only_propagate_through_assignments": True}},
        "x = source() + 1\nsink(x)",
        id="assignments only, a sum",
    ),
    pytest.param({}, "def f():\n    x = source()\n\ndef g():\n    sink(x)", id="one name in two functions, apart"),
    pytest.param({}, "sink(1)\nsource()", id="source and sink without a way"),
    pytest.param({}, "sink(1)", id="no source"),
    pytest.param({}, "x = source()", id="no sink"),
]


@pytest.mark.parametrize(("keys", "code"), REPORTS)
def test_reports(keys: dict[str, Any], code: str) -> None:
    assert lines("python", code, **keys) == expected(code) != []


@pytest.mark.parametrize(("keys", "code"), LEAVES_ALONE)
def test_leaves_alone(keys: dict[str, Any], code: str) -> None:
    assert lines("python", code, **keys) == []


def test_a_message_has_the_metavariables_of_source_and_sink() -> None:
    keys = {"sources": ("source($WHAT)",), "sinks": ("sink($WHERE, $_)",), "message": "from $WHAT to $WHERE"}
    [found] = findings("python", "x = source(a.b)\nsink(c, x)", **keys)
    assert found.message == "from a.b to c"


def test_a_message_has_the_metavariables_of_the_sink_where_both_have_one() -> None:
    keys = {"sources": ("source($A)",), "sinks": ("sink($A, $_)",), "message": "of $A"}
    [found] = findings("python", "x = source(1)\nsink(2, x)", **keys)
    assert found.message == "of 2"


def test_a_finding_is_where_the_sink_is() -> None:
    code = "x = source()\ny = f(sink(x))"
    [found] = findings("python", code)
    assert found.span is not None
    assert (found.span.line, code[found.span.start : found.span.end]) == (2, "sink(x)")


def test_a_finding_in_focus_is_where_the_focus_is() -> None:
    code = "x = source()\nsink(x, 1)"
    [found] = findings("python", code, sinks=(FOCUS,))
    assert found.span is not None
    assert code[found.span.start : found.span.end] == "x"


def test_the_steps_go_from_the_source_to_the_sink() -> None:
    code = text_of("""
        x = source()
        y = x
        sink(y)
    """)
    [found] = findings("python", code)
    assert found.steps[0].text == "source()"
    assert found.steps[-1].text == "sink(y)"
    assert [step.span.line for step in found.steps] == [1, 1, 2, 3]
    assert [code[step.span.start : step.span.end] for step in found.steps] == ["source()", "x", "y", "sink(y)"]
    assert found.steps[-1].span == found.span


def test_a_step_shows_one_line() -> None:
    [found] = findings("python", "sink(\n    source()\n)")
    assert [step.text for step in found.steps] == ["source()", "sink("]


def test_findings_without_taint_have_no_steps() -> None:
    assert findings("python", "sink(1)") == []
    [found] = findings("python", "sink(source())")
    assert len(found.steps) == 2


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("sink(sink(source()))", id="directly"),
        pytest.param("x = source()\nsink(1, f(sink(x)))", id="deeper"),
    ],
)
def test_of_sinks_in_sinks_the_outer_one_is_reported(code: str) -> None:
    [found] = findings("python", code)
    assert found.span is not None
    assert code[found.span.start : found.span.end] == code.splitlines()[-1]


def test_two_sinks_in_one_line_are_two_findings() -> None:
    found = findings("python", "x = source()\nsink(x); sink(x)")
    assert [one.span.column for one in found if one.span] == [1, 10]


def test_two_sources_of_one_sink_are_one_finding() -> None:
    assert len(findings("python", "x = source() + source()\nsink(x)")) == 1
