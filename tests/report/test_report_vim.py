"""The `vim` format."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import report_results as results

from ospec_guard.report import render
from ospec_guard.report.vim import byte_column

ERRORFORMAT = re.compile(r"^(?P<f>.+?):(?P<l>[1-9]\d*):(?P<c>[1-9]\d*): (?P<t>[EWI]): \[(?P<rule>[^\]]+)\] (?P<m>\S.*)$")
"""`%f:%l:%c:\\ %t:\\ %m` as an expression."""


def test_snapshots(snapshot: object) -> None:
    assert {which: render("vim", make(), results.PLAIN) for which, make in results.RESULTS.items()} == snapshot


@pytest.mark.parametrize("which", ["house", "odd", "diff"])
def test_every_line_is_what_vim_expects(which: str) -> None:
    lines = render("vim", results.RESULTS[which](), results.PLAIN).splitlines()
    assert lines
    assert [line for line in lines if not ERRORFORMAT.match(line)] == []


def test_nothing_is_written_when_there_is_nothing() -> None:
    assert render("vim", results.clean(), results.PLAIN) == ""


def test_columns_count_bytes() -> None:
    found = results.finding(results.EVAL, "a.py", "é = 1\n漢 = eval(x)\n", "eval(x)")
    assert found.span is not None
    assert found.span.column == 5  # 漢, space, =, space
    assert byte_column(found) == 7  # three bytes for 漢
    assert byte_column(replace(found, excerpt=None)) == 5
    assert byte_column(replace(found, span=None)) == 1


def test_severity_gives_the_letter_and_a_failing_gap_is_an_error() -> None:
    lines = render("vim", results.house("production"), results.PLAIN).splitlines()
    letters = {match["rule"]: match["t"] for line in lines for match in [ERRORFORMAT.match(line)] if match}
    assert letters == {
        "quality_metrics/api_documentation_coverage": "E",
        "py-core/eval-call": "E",
        "todo-note": "I",
        "gap/parse": "E",
        "gap/size": "W",
        "secrets/private-key": "E",
    }


def test_excused_and_known_findings_are_no_work() -> None:
    assert "data_classification" not in render("vim", results.house(), results.PLAIN)
    assert ":7:" not in render("vim", results.against_base(), results.PLAIN)
