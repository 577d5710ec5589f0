"""The `text` format, plain and at a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import report_results as results

from ospec_guard.model import ExitCode, FileRecord, FileStatus, MetricScore, Offender
from ospec_guard.protocols import ReportOptions
from ospec_guard.report import render
from ospec_guard.report.text.blocks import text_width

STYLE = re.compile("\x1b\\[[0-9;]*m")


def text(which: str = "house", **options: object) -> str:
    made = results.RESULTS[which]() if which in results.RESULTS else results.house(which)
    return render("text", made, ReportOptions(**options))  # type: ignore[arg-type]


def section(report: str, head: str) -> list[str]:
    """The lines below a heading, up to the next blank one."""
    lines = report.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(head))
    return lines[start + 1 : lines.index("", start)]


@pytest.mark.parametrize("which", results.RESULTS)
def test_plain_snapshots(which: str, snapshot: object) -> None:
    assert text(which) == snapshot


@pytest.mark.parametrize("which", ["house", "odd"])
def test_terminal_snapshots(which: str, snapshot: object) -> None:
    styled = text(which, colour=True, width=72)
    assert STYLE.sub("", styled).isprintable() or "\n" in styled
    assert styled.replace("\x1b[", "⟦").replace("⟦0m", "⟧") == snapshot


@pytest.mark.parametrize("which", results.RESULTS)
@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal(which: str, width: int) -> None:
    lines = STYLE.sub("", text(which, colour=True, width=width)).splitlines()
    assert [line for line in lines if text_width(line.rstrip()) > width] == []


def test_code_is_cut_and_never_wrapped_however_narrow_the_terminal() -> None:
    lines = text(width=22).splitlines()
    assert lines[lines.index("    > 4 │ …return eval(request.qu…") + 1] == "        │         ^^^^^^^^^^^^^^^^"


@pytest.mark.parametrize("which", results.RESULTS)
def test_width_alone_gives_no_colour_and_colour_alone_does_not_wrap(which: str) -> None:
    assert "\x1b" not in text(which, width=72)
    unwrapped = STYLE.sub("", text(which, colour=True))
    assert [line.rstrip() for line in unwrapped.splitlines()] == text(which).splitlines()


@pytest.mark.parametrize("options", [{}, {"width": 72}, {"colour": True, "width": 72}, {"colour": True}], ids=str)
def test_a_hostile_tree_cannot_write_to_the_terminal(options: dict[str, object]) -> None:
    shown = STYLE.sub("", text("odd", **options))
    assert [line for line in shown.split("\n") if not line.isprintable()] == []


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "TERM", "JUPYTER_COLUMNS"])
def test_the_surroundings_decide_nothing(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = text(colour=True, width=72)
    monkeypatch.setenv(variable, "dumb" if variable == "TERM" else "1")
    assert text(colour=True, width=72) == before


def test_a_finding_shows_place_severity_rule_code_message_and_cure() -> None:
    lines = text().splitlines()
    start = lines.index("  src/app.py:4:12 error py-core/eval-call  fails staging, production, nightly")
    assert lines[start + 1 : start + 9] == [
        "      3 │ def handler(request):",
        "    > 4 │     return eval(request.query)",
        "        │            ^^^^^^^^^^^^^^^^^^^",
        "    eval() runs whatever text it is given.",
        "    help: Use ast.literal_eval for literals.",
        "    fix: available (--fix)",
        "    why: Text from outside becomes code of this program.",
        "",
    ]


def test_findings_stand_under_their_file_with_its_counts() -> None:
    heads = [line for line in text().splitlines() if line.endswith((" error", " critical", " info"))]
    assert heads == ["plugins/quality/plugin.yaml  1 error", "src/app.py  3 errors, 1 info", "src/other.pem  1 critical"]


def test_what_to_do_stands_at_every_finding_and_why_at_the_first_of_a_rule() -> None:
    assert text().count("help: Use ast.literal_eval") == 3
    assert text().count("why: Text from outside") == 1


def test_excused_findings_name_who_excused_them_and_who_does_not_obey() -> None:
    assert section(text("staging"), "Excused in staging (3)") == [
        "  src/app.py:7:12 error py-core/eval-call  eval() runs whatever text it is given.",
        "    inline suppression at src/app.py:6:17: legacy, see #12",
        (
            "    not obeyed in production: inline suppression at src/app.py:6:17: legacy, see #12; "
            "inline suppressions are not obeyed at level block"
        ),
        (
            "  src/app.py:9:7 warning @company/compliance-guardrails/data_classification  "
            "Ensure data classification headers are present"
        ),
        "    baseline entry at .ospec-guard-baseline:3",
        "  src/deploy.pem:1:1 critical secrets/private-key  A private key is in the repository.",
        "    waiver at ospec-guard.yaml:14:5: vendored until the rewrite (approved by Jo Doe, until 2026-12-31)",
    ]


def test_an_excuse_that_no_environment_obeys() -> None:
    assert (
        "    not obeyed anywhere: waiver at ospec-guard.yaml:20:5: only for the demo (approved by Jo Doe, until 2025-01-31); "
        "expired on 2025-01-31"
    ) in text().splitlines()


def test_gaps_show_where_they_fail_and_who_waived_them() -> None:
    assert section(text(), "Not fully analysed (2)") == [
        "  src/broken.py:2:1 error gap/parse  fails staging, production, nightly",
        "    2 lines did not parse (rule py-core/eval-call)",
        "  src/huge.js warning gap/size",
        "    6000000 bytes are more than the limit of 5000000",
        "    excused by waiver at ospec-guard.yaml:14:5: vendored until the rewrite (approved by Jo Doe, until 2026-12-31)",
    ]


def test_every_verdict_is_shown_and_the_chosen_one_marked() -> None:
    assert section(text("staging"), "Verdicts") == [
        "  development  warn   passed",
        "> staging      error  incomplete",
        "    gap/parse in src/broken.py",
        "  production   block  incomplete",
        "    gap/parse in src/broken.py",
        "  nightly      error  incomplete",
        "    gap/parse in src/broken.py",
    ]


@pytest.mark.parametrize(
    ("which", "last"),
    [
        ("clean", "Exit code 0: development passed"),
        ("diff", "Exit code 1: staging failed"),
        ("production", "Exit code 2: production incomplete"),
    ],
)
def test_the_last_line_is_the_exit_code(which: str, last: str) -> None:
    assert text(which).splitlines()[-1] == last


def test_an_interrupted_run_says_its_exit_code() -> None:
    report = render("text", replace(results.clean(), exit_code=ExitCode.INTERRUPTED), results.PLAIN)
    assert report.splitlines()[-1] == "Exit code 130: development passed"


def test_counts_by_severity_and_rule() -> None:
    assert section(text(), "By severity") == [
        "  severity  violations  failing  excused",
        "  critical           1        1        1",
        "  error              4        4        0",
        "  warning            0        0        1",
        "  info               1        0        0",
    ]
    assert section(text(), "By rule")[1].split() == ["py-core/eval-call", "error", "3", "3", "0"]


def test_columns_without_a_count_are_left_away() -> None:
    assert section(text("diff"), "By severity") == [
        "  severity  violations  failing  at base",
        "  error              1        1        1",
    ]


@pytest.mark.parametrize(
    ("score", "target", "threshold", "cells"),
    [
        pytest.param(0.8235, 1.0, 0.9, ["0.823", "1", "0.9", "below threshold"], id="below threshold"),
        pytest.param(0.9, 1.0, 0.9, ["0.9", "1", "0.9", "below target"], id="at the threshold"),
        pytest.param(1.0, 1.0, 0.9, ["1", "1", "0.9", "met"], id="at the target"),
        pytest.param(0.89999, 1.0, 0.9, ["0.899", "1", "0.9", "below threshold"], id="never rounded up"),
        pytest.param(0.29, None, None, ["0.29", "-", "-", "met"], id="no bounds"),
        pytest.param(0.0, 1.0, None, ["0", "1", "-", "below target"], id="zero"),
        pytest.param(120.0, 100.0, 80.0, ["120", "100", "80", "met"], id="no share"),
        pytest.param(None, 1.0, 0.9, ["-", "1", "0.9", "not measured"], id="not measured"),
    ],
)
def test_a_row_of_the_metrics_table(
    score: float | None, target: float | None, threshold: float | None, cells: list[str]
) -> None:
    metric = MetricScore("docs/coverage", "Documented", "documentation", score, target, threshold, "seen")
    rows = section(render("text", replace(results.clean(), metrics=(metric,)), results.PLAIN), "Metrics (1)")
    assert re.split(r"\s{2,}", rows[1].strip()) == ["docs/coverage", *cells, "seen"]


@pytest.mark.parametrize(("number", "shown", "more"), [(5, 5, None), (6, 5, "    and 1 more place, in the json report")])
def test_the_worst_offenders_are_listed_and_the_rest_is_counted(number: int, shown: int, more: str | None) -> None:
    offenders = tuple(Offender("a.py", f"number {n}", n) for n in range(1, number + 1))
    metric = MetricScore("docs/coverage", "Documented", "documentation", 0.1, 1.0, 0.9, "", offenders)
    lines = section(render("text", replace(results.clean(), metrics=(metric,)), results.PLAIN), "Metrics (1)")[2:]
    assert lines[0] == "  docs/coverage is kept down by"
    assert lines[1] == "    a.py:1 number 1"
    assert len([line for line in lines if ":" in line]) == shown
    assert (lines[-1] if more else None) == more


def test_remarks_on_files_are_listed_and_the_rest_is_counted() -> None:
    files = tuple(FileRecord(f"f{n}.py", FileStatus.CHECKED, notes=("read as Latin-1",)) for n in range(7))
    assert section(render("text", replace(results.clean(), files=files), results.PLAIN), "Files:") == [
        *(f"  f{n}.py read as Latin-1" for n in range(5)),
        "    and 2 more remarks, in the json report",
    ]


def test_a_rule_that_is_not_described_is_reported_all_the_same() -> None:
    report = render("text", replace(results.house(), rules=()), results.PLAIN)
    assert "src/app.py:4:12 error py-core/eval-call" in report
    assert "help:" not in report


def test_help_that_only_repeats_the_message_is_not_repeated() -> None:
    rule = replace(results.LOOSE, help="The same words.")
    found = results.judged(results.finding(rule, "a.py", "x\n", "x", "The same words."))
    assert (
        render("text", replace(results.house(), rules=(rule,), findings=(found,)), results.PLAIN).count("The same words.") == 1
    )


def test_a_fix_that_nobody_calls_safe_names_both_options() -> None:
    lines = text().splitlines()
    at = next(i for i, shown in enumerate(lines) if "info todo-note" in shown)
    assert "    fix: available (--fix --unsafe-fixes)" in lines[at : at + 8]
