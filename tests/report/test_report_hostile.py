"""Whatever stands in names and messages, every format stays what it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import report_results as results
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.model import Excuse, Finding, Gap, Notice, Place, RunResult
from ospec_guard.protocols import ReportOptions
from ospec_guard.report import REPORTS, render

ANYTHING = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("\n\r\t\x1b\x9b%:,<&>\"'\\]{}\u202e\u2028\udcff\ud800🙂 a/.#"), max_size=20
)
"""Any text, lone surrogates among them, and texts of what has a meaning somewhere."""
OPTIONS = ReportOptions(colour=True, width=60)
STYLE = re.compile("\x1b\\[[0-9;]*m")


@st.composite
def hostile(draw: st.DrawFn) -> RunResult:
    """A result in which every text that a tree or a person writes can be anything."""
    rule = replace(
        results.EVAL,
        id=draw(ANYTHING),
        help=draw(ANYTHING),
        why=draw(ANYTHING),
        references=(draw(ANYTHING),),
        tags=(draw(ANYTHING),),
    )
    path = draw(ANYTHING)
    excuse = Excuse(
        draw(st.sampled_from(["inline", "waiver", "baseline"])),
        Place(path, 1, 1),
        draw(ANYTHING),
        draw(ANYTHING),
        draw(ANYTHING),
    )
    code = draw(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1, max_size=60))
    found: Finding = results.finding(rule, path, f"x\n{code}\ny\n", None, draw(ANYTHING), definition=draw(ANYTHING))
    source = results.Source(path, f"x\n{code}\ny\n".encode())
    cut = draw(st.integers(0, len(code)))
    span = source.span(2 + len(code[:cut].encode()), 2 + len(code.encode()))
    placed = replace(found, span=span, excerpt=source.excerpt(span), fingerprint="e" * 32)
    gap = Gap("gap/decode", path, draw(ANYTHING), rule_id=draw(st.none() | ANYTHING))
    return replace(
        results.house(),
        rules=(rule,),
        findings=(results.judged(found), results.judged(placed), results.judged(placed, excuse)),
        gaps=(results.judged_gap(gap), results.judged_gap(gap, excuse)),
        notices=(Notice(f"notice/{draw(ANYTHING)}", draw(ANYTHING), Place(path), draw(ANYTHING)),),
        policy_changes=(draw(ANYTHING),),
    )


@given(hostile())
def test_json_formats_parse(result: RunResult) -> None:
    for name in ("sarif", "json", "gitlab"):
        json.loads(render(name, result, results.PLAIN).encode("utf-8"))


@given(hostile())
def test_junit_parses_and_keeps_every_case(result: RunResult) -> None:
    root = ET.fromstring(render("junit", result, results.PLAIN).encode("utf-8"))  # noqa: S314  # our own output
    assert len(list(root.iter("testcase"))) == 5 + len(result.verdicts)


@given(hostile())
def test_github_has_one_command_a_line(result: RunResult) -> None:
    lines = render("github", result, results.PLAIN).encode("utf-8").split(b"\n")[:-1]
    assert len(lines) == 1 + 2 + 2 + 1 + 1
    assert all(re.match(rb"::(error|warning|notice) [^:]*::", line) and b"\r" not in line for line in lines)


@given(hostile())
def test_vim_has_one_entry_a_line(result: RunResult) -> None:
    lines = render("vim", result, results.PLAIN).split("\n")[:-1]
    assert len(lines) == 4
    assert all(re.search(r":[1-9]\d*:[1-9]\d*: [EWI]: \[", line) for line in lines)


@given(hostile())
def test_text_never_holds_what_a_terminal_obeys(result: RunResult) -> None:
    for options in (results.PLAIN, OPTIONS):
        shown = STYLE.sub("", render("text", result, options))
        assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown) is None


@given(hostile())
def test_no_format_holds_raw_what_a_terminal_obeys(result: RunResult) -> None:
    for name in REPORTS:
        assert (
            re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", render(name, result, results.PLAIN)) is None
        ), name
