"""Comments that say what rules must report: how they are written, which line they speak of, and what decides a test."""

from __future__ import annotations

import pytest

from ospec_guard.app.annotations import Annotation, compared, fixed_of, read_annotations, trial_files


def shown(text: str) -> list[str]:
    return [f"{a.kind} {a.rule} {a.line}" for a in read_annotations(text)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# ruleid: a", ["ruleid a 2"]),
        ("#ruleid:a", ["ruleid a 2"]),
        ("   // ok: a", ["ok a 2"]),
        ("x = 1  # todook: a", ["todook a 2"]),
        ("/* todoruleid: a */", ["todoruleid a 2"]),
        ("<!-- ruleid: a -->", ["ruleid a 2"]),
        ("{/* ruleid: a */}", ["ruleid a 2"]),
        ("(* ruleid: a *)", ["ruleid a 2"]),
        ("-- ruleid: a", ["ruleid a 2"]),
        ("; ruleid: a", ["ruleid a 2"]),
        ("% ruleid: a", ["ruleid a 2"]),
        ("<%# ruleid: a %>", ["ruleid a %> 2"]),
        ("# ruleid: a, b.c ,d", ["ruleid a 2", "ruleid b.c 2", "ruleid d 2"]),
        ("# ruleid: a\r", ["ruleid a 2"]),
        ("# ruleid: proruleid: a", ["ruleid a 2"]),
        ("# ok: deepok: a", ["ok a 2"]),
    ],
)
def test_ways_to_annotate(line: str, found: list[str]):
    assert shown(line) == found


@pytest.mark.parametrize(
    "line",
    ["ruleid: a", "# proruleid: a", "# deepok: a", "# the ruleid: a", "# ruleid a", "# ruleids: a", "# ruleid:", "# ok"],
)
def test_what_is_no_annotation(line: str):
    assert shown(line) == []


def test_an_annotation_speaks_of_the_next_line_only():
    assert shown("# ruleid: a\n# ruleid: b\nx\n") == ["ruleid a 2", "ruleid b 3"]


@pytest.mark.parametrize(
    ("expected", "reported", "missing", "unexpected", "mended"),
    [
        pytest.param("ruleid 3", [3], [], [], [], id="as it should be"),
        pytest.param("ruleid 3", [], [3], [], [], id="missed"),
        pytest.param("ok 3", [3], [], [3], [], id="reported against a comment"),
        pytest.param("", [3], [], [3], [], id="reported without a comment"),
        pytest.param("ok 3", [], [], [], [], id="left alone"),
        pytest.param("todoruleid 3", [], [], [], [], id="missed, as known"),
        pytest.param("todoruleid 3", [3], [], [], [("todoruleid", 3)], id="not missed any more"),
        pytest.param("todook 3", [3], [], [], [], id="reported, as known"),
        pytest.param("todook 3", [], [], [], [("todook", 3)], id="not reported any more"),
        pytest.param("ruleid 3,todook 3", [3], [], [], [], id="a todo decides nothing"),
    ],
)
def test_how_lines_compare(expected: str, reported: list[int], missing, unexpected, mended):
    annotations = [Annotation(kind, "a", int(line)) for kind, line in (one.split() for one in expected.split(",") if one)]
    verdict = compared(annotations, frozenset(reported))
    assert (list(verdict.missing), list(verdict.unexpected), list(verdict.mended)) == (missing, unexpected, mended)
    assert verdict.passed is (not missing and not unexpected)


NAMES = ["a.yaml", "a.py", "a.test.yaml", "a.fixed.py", "a.fixed.test.yaml", "a.b.js", "ab.py", "b.yaml", "b.py", "a.yml"]


def test_a_rule_file_is_tested_on_files_with_its_stem():
    assert trial_files("a.yaml", NAMES) == ["a.b.js", "a.py", "a.test.yaml"]
    assert trial_files("b.yaml", NAMES) == ["b.py"]


def test_a_test_and_how_it_looks_when_mended():
    assert [fixed_of(name, NAMES) for name in ("a.py", "a.test.yaml", "a.b.js")] == ["a.fixed.py", "a.fixed.test.yaml", None]
