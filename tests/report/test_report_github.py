"""The `github` format, read back as the runner reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import report_results as results

from ospec_guard.model import Judged, RunResult
from ospec_guard.report import render

COMMAND = re.compile(r"^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.+)$")


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def commands(result: RunResult) -> list[Command]:
    """The report's commands; every line must be one."""
    read = []
    for line in render("github", result, results.PLAIN).split("\n")[:-1]:
        match = COMMAND.match(line)
        assert match, line
        pairs = [pair.split("=", 1) for pair in match[2].split(",")]
        read.append(Command(match[1], {name: unescaped(value) for name, value in pairs}, unescaped(match[3])))
    return read


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_snapshots(snapshot: object) -> None:
    assert {which: render("github", make(), results.PLAIN) for which, make in results.RESULTS.items()} == snapshot


def test_a_piece_of_one_line_has_columns_and_a_longer_one_has_none() -> None:
    by_line = {
        command.properties.get("line"): command
        for command in commands(results.house())
        if "eval" in command.properties["title"]
    }
    assert by_line["4"].properties == {
        "file": "src/app.py",
        "line": "4",
        "endLine": "4",
        "col": "12",
        "endColumn": "31",
        "title": "py-core/eval-call (error)",
    }
    assert by_line["12"].properties == {
        "file": "src/app.py",
        "line": "12",
        "endLine": "17",
        "title": "py-core/eval-call (error)",
    }


def test_what_a_hostile_tree_holds_stays_inside_its_command() -> None:
    read = commands(results.odd())
    assert [command.level for command in read] == ["notice", "error", "error", "error", "error", "warning", "notice"]
    found = read[4]
    assert found.properties["file"] == "src/we ird#100%\\n<&>\\xff'\"é🙂.py"
    assert found.message == 'a "quoted" <tag> & 100% of\n::error::it\\x1b[2J, \\u202ereversed, \\xfe and 🙂'


def test_colons_and_commas_in_names_are_escaped() -> None:
    found = results.judged(results.finding(results.EVAL, "a,b:c%.py", "eval(x)\n", "eval(x)"))
    line = render("github", replace(results.house(), findings=(found,), gaps=()), results.PLAIN).splitlines()[1]
    assert line.startswith("::error file=a%2Cb%3Ac%25.py,line=1,endLine=1,col=1,endColumn=8,title=py-core/eval-call (error)::")


def many(severe: int, mild: int) -> RunResult:
    """That many findings that fail and that many that do not, the mild ones first in report order."""
    rules = [results.LOOSE] * mild + [results.EVAL] * (severe - 1) + [results.KEY]
    findings: list[Judged] = [
        results.judged(results.finding(rule, f"f{number:02}.py", "eval(x)\n", "eval(x)")) for number, rule in enumerate(rules)
    ]
    return replace(results.house(), findings=tuple(findings), gaps=(), notices=(), policy_changes=())


def test_everything_is_printed_and_what_github_will_not_show_is_counted() -> None:
    read = commands(many(severe=13, mild=9))
    assert len(read) == 2 + 13 + 9
    assert read[1].level == "notice"
    assert read[1].message == (
        "GitHub shows 10 annotations of each level per step; only in this step's log: 3 errors, 1 notice"
    )  # 9 notices and the two summaries make 11


def test_nothing_is_said_of_the_limit_while_everything_is_shown() -> None:
    read = commands(many(severe=10, mild=9))
    assert len(read) == 1 + 10 + 9
    assert not any("GitHub shows" in command.message for command in read)


def test_the_worst_come_first() -> None:
    read = commands(many(severe=12, mild=3))
    assert [command.properties["title"] for command in read[2:5]] == [
        "secrets/private-key (critical)",
        "py-core/eval-call (error)",
        "py-core/eval-call (error)",
    ]


def test_what_is_not_annotated_is_counted() -> None:
    assert "6 violations, 5 failing; 2 excused and not annotated" in commands(results.house())[0].message
    assert "1 violation, 1 failing; 1 at the base too and not annotated" in commands(results.against_base())[0].message


def test_the_level_of_a_gap_is_what_it_does_here() -> None:
    def levels(environment: str) -> dict[str, str]:
        return {command.properties["title"]: command.level for command in commands(results.house(environment))}

    assert (levels("production")["gap/parse"], levels("production")["gap/size"]) == ("error", "notice")
    assert (levels("development")["gap/parse"], levels("development")["gap/size"]) == ("warning", "notice")
