"""The table of formats, and what all formats share."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module

import pytest
import report_results as results

from ospec_guard.errors import UsageError
from ospec_guard.model import Excuse, FileRecord, FileStatus, Place
from ospec_guard.protocols import ReportOptions
from ospec_guard.report import REPORTS, render
from ospec_guard.report.base import (
    Standing,
    annotation_level,
    encodable,
    excuse_words,
    files_line,
    json_text,
    one_line,
    standing,
    verdict_line,
    visible,
    visible_lines,
)

HEAVY = ("rich", "sarif_om", "attr", "jsonschema_rs", "pydantic", "pathspec", "yaml", "regex", "xml.etree.ElementTree")


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_names_itself_as_the_table_does(name: str) -> None:
    assert name == import_module(REPORTS[name]).NAME


def test_an_unknown_format_is_told_with_the_known_ones_and_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        render("sarff", results.clean(), results.PLAIN)
    assert str(caught.value) == (
        "error: there is no format 'sarff'; expected one of text, sarif, json, github, gitlab, junit, vim\n"
        "  hint: did you mean 'sarif'?"
    )


def test_a_plain_text_report_loads_nothing_heavy() -> None:
    program = (
        "import sys, report_results as results\n"
        "heavy = set(sys.modules)\n"
        "from ospec_guard.report import render\n"
        "render('text', results.house(), results.PLAIN)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules and name not in heavy])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert ran.stdout == "\n"


@pytest.mark.parametrize("which", results.RESULTS)
@pytest.mark.parametrize("name", REPORTS)
def test_equal_results_give_equal_bytes_that_end_in_one_line_end(name: str, which: str) -> None:
    report = render(name, results.RESULTS[which](), results.PLAIN)
    assert report.encode("utf-8") == render(name, results.RESULTS[which](), ReportOptions()).encode("utf-8")
    assert report == "" or (report.endswith("\n") and not report.endswith("\n\n"))


@pytest.mark.parametrize("environment", results.ENVIRONMENTS)
@pytest.mark.parametrize("name", REPORTS)
def test_every_format_shows_every_gap_in_every_environment(name: str, environment: str) -> None:
    report = render(name, results.house(environment), results.PLAIN)
    for gap in (
        "gap/parse",
        "src/broken.py",
        "2 lines did not parse",
        "gap/size",
        "src/huge.js",
        "6000000 bytes are more than",
    ):
        assert gap in report


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain text", "plain text", id="text"),
        pytest.param("naïve 漢字 🙂 👩‍👩‍👧", "naïve 漢字 🙂 👩‍👩‍👧", id="letters and emoji of every script"),
        pytest.param("a\nb\tc\r", "a\\nb\\tc\\r", id="white space by name"),
        pytest.param("\x1b[31m\x07\x00", "\\x1b[31m\\x07\\x00", id="controls"),
        pytest.param("\x9b31m\x7f", "\\x9b31m\\x7f", id="C1 controls, which terminals obey too"),
        pytest.param("a\u202eb\u2066c\u200f", "a\\u202eb\\u2066c\\u200f", id="bidi overrides"),
        pytest.param("a\u200bb\ufeff", "a\\u200bb\\ufeff", id="invisible"),
        pytest.param("a\u2028b", "a\\u2028b", id="line separator"),
        pytest.param("\U000e0041", "\\U000e0041", id="tag characters"),
        pytest.param("\udcff\udc80", "\\xff\\x80", id="bytes of a name that was no UTF-8"),
        pytest.param("\ud800\udc7f", "\\ud800\\udc7f", id="surrogates that are no bytes"),
        pytest.param("\uffff", "\\uffff", id="what no XML holds"),
    ],
)
def test_visible_text_shows_what_a_terminal_would_obey(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_visible_text_of_one_line_and_of_many() -> None:
    assert one_line(" a \n\t b\x1b\r\n") == "a b\\x1b"
    assert visible_lines("\n a\tb  \r\nc\rd\x1b\n\n") == ["a    b", "c", "d\\x1b"]


def test_encodable_text_changes_surrogates_alone() -> None:
    assert encodable("a\x1b\u202e\udcff\ud800") == "a\x1b\u202e\\xff\\ud800"


def test_json_escapes_what_a_terminal_obeys_and_loses_nothing() -> None:
    text = "a\x1b\x7f\x9b\u202e\U000e0041é🙂"
    written = json_text({"text": text})
    assert written == '{"text": "a\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41é🙂"}\n'
    assert json.loads(written)["text"] == text


@pytest.mark.parametrize(
    ("excuse", "words"),
    [
        pytest.param(Excuse("inline", Place("a.py", 3, 9)), "inline suppression at a.py:3:9", id="bare"),
        pytest.param(Excuse("baseline", Place("b", 3), "old"), "baseline entry at b:3: old", id="reason"),
        pytest.param(
            Excuse("waiver", Place("g.yaml", 1, 2), "two\nlines", "Jo", "2026-01-01"),
            "waiver at g.yaml:1:2: two lines (approved by Jo, until 2026-01-01)",
            id="everything",
        ),
        pytest.param(
            Excuse("waiver", Place("g\n.yaml"), "", "", "soon\x1b"), "waiver at g\\n.yaml (until soon\\x1b)", id="odd"
        ),
    ],
)
def test_an_excuse_in_words(excuse: Excuse, words: str) -> None:
    assert excuse_words(excuse) == words


def test_standing_and_level_in_the_chosen_environment() -> None:
    stands = {
        environment: [str(standing(result, judged)) for judged in result.findings]
        for environment in ("development", "production")
        for result in [results.house(environment)]
    }
    assert stands == {
        "development": ["reported", "reported", "excused", "excused", "reported", "reported", "excused", "reported"],
        "production": ["fails", "fails", "fails", "excused", "reported", "fails", "excused", "fails"],
    }
    production = results.house("production")
    assert [annotation_level(production, judged) for judged in production.findings] == [
        *("error", "error", "error", "note", "note", "error", "note", "error"),
    ]
    development = results.house("development")
    assert [annotation_level(development, judged) for judged in development.findings] == [
        *("warning", "warning", "note", "note", "note", "warning", "note", "warning"),
    ]


def test_what_is_at_the_base_stands_apart_unless_something_excuses_it() -> None:
    result = results.against_base()
    assert [standing(result, judged) for judged in result.findings] == [Standing.FAILS, Standing.EXISTING]
    excused = replace(results.judged(result.findings[1].finding, results.WAIVER), existing=True)
    assert standing(result, excused) is Standing.EXCUSED


def test_the_line_of_verdicts_starts_with_the_chosen_one() -> None:
    assert verdict_line(results.house("staging")) == (
        "staging incomplete (exit code 2); development passed; production incomplete; nightly incomplete"
    )


@pytest.mark.parametrize(
    ("files", "line"),
    [
        pytest.param((), "0 checked, 0 left out, 0 with gaps", id="no file"),
        pytest.param((FileRecord("a", FileStatus.GAP),), "0 checked, 0 left out, 1 with a gap", id="a gap"),
        pytest.param(
            (
                *(FileRecord(name, FileStatus.LEFT_OUT, "binary") for name in "ab"),
                *(FileRecord(name, FileStatus.LEFT_OUT, "ignored") for name in "cd"),
                FileRecord("e", FileStatus.LEFT_OUT, "excluded"),
                FileRecord("f", FileStatus.CHECKED),
            ),
            "1 checked, 5 left out (2 binary, 2 ignored, 1 excluded), 0 with gaps",
            id="reasons by number, then by name",
        ),
    ],
)
def test_the_account_of_files(files: tuple[FileRecord, ...], line: str) -> None:
    assert files_line(replace(results.clean(), files=files)) == line
