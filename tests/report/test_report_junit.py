"""The `junit` format, parsed back."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import report_results as results

from ospec_guard.model import RunResult
from ospec_guard.report import render


def parsed(result: RunResult) -> ET.Element:
    return ET.fromstring(render("junit", result, results.PLAIN).encode())  # noqa: S314  # our own output


def outcomes(result: RunResult) -> dict[str, str]:
    """Of each case, by its name: failure, error, skipped or passed."""
    return {
        case.attrib["name"]: next((child.tag for child in case if child.tag != "system-out"), "passed")
        for case in parsed(result).iter("testcase")
    }


def test_snapshots(snapshot: object) -> None:
    assert {which: render("junit", make(), results.PLAIN) for which, make in results.RESULTS.items()} == snapshot


@pytest.mark.parametrize("which", results.RESULTS)
def test_the_counts_are_those_of_the_cases(which: str) -> None:
    root = parsed(results.RESULTS[which]())
    for suite in (root, *root):
        cases = list(suite.iter("testcase"))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[attribute]) == sum(case.find(tag) is not None for case in cases)
        assert int(suite.attrib["tests"]) == len(cases) > 0


@pytest.mark.parametrize("which", results.RESULTS)
def test_no_two_cases_of_a_suite_share_a_name(which: str) -> None:
    for suite in parsed(results.RESULTS[which]()):
        names = [case.attrib["name"] for case in suite.iter("testcase")]
        assert len(set(names)) == len(names)


def test_a_clean_run_has_a_case_that_passes() -> None:
    assert outcomes(results.clean()) == {
        "development (warn)": "passed",
        "staging (error)": "passed",
        "production (block)": "passed",
    }


def test_production_fails_what_it_fails_and_skips_what_is_excused() -> None:
    assert outcomes(results.house("production")) == {
        "quality_metrics/api_documentation_coverage at file": "failure",
        "py-core/eval-call at 4:12": "failure",
        "py-core/eval-call at 7:12": "failure",
        "@company/compliance-guardrails/data_classification at 9:7": "skipped",
        "todo-note at 10:5": "passed",
        "py-core/eval-call at 12:16": "failure",
        "secrets/private-key at 1:1": "failure",
        "gap/parse at 2:1": "error",
        "gap/size at file": "skipped",
        "development (warn)": "passed",
        "staging (error)": "skipped",
        "production (block)": "error",
        "nightly (error)": "skipped",
    }


def test_development_fails_nothing() -> None:
    root = parsed(results.house("development"))
    assert (root.attrib["failures"], root.attrib["errors"]) == ("0", "0")
    assert outcomes(results.house("development"))["gap/parse at 2:1"] == "skipped"


def test_the_chosen_environment_fails_in_its_own_case() -> None:
    assert outcomes(results.against_base())["staging (error)"] == "failure"


def test_odd_characters_arrive_escaped() -> None:
    case = next(
        case
        for case in parsed(results.odd()).iter("testcase")
        if case.find("failure") is not None and ":" in case.attrib["name"]
    )
    assert case.attrib["file"] == "src/we ird#100%\\n<&>\\xff'\"é🙂.py"
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == 'a "quoted" <tag> & 100% of ::error::it\\x1b[2J, \\u202ereversed, \\xfe and 🙂'
