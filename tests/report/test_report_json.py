"""The `json` format: nothing of the result is missing, and the schema fixes what is there."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
import report_results as results

from ospec_guard import model
from ospec_guard.model import FileRecord, FileStatus, RunResult
from ospec_guard.report import render

SCHEMA = json.loads(files("ospec_guard.report").joinpath("json-report.schema.json").read_text(encoding="utf-8"))


def report(result: RunResult) -> dict[str, Any]:
    return json.loads(render("json", result, results.PLAIN))  # type: ignore[no-any-return]


@pytest.mark.parametrize("which", results.RESULTS)
def test_snapshots(which: str, snapshot: object) -> None:
    assert render("json", results.RESULTS[which](), results.PLAIN) == snapshot


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(SCHEMA)


@pytest.mark.parametrize("which", results.RESULTS)
def test_the_schema_accepts_the_report(which: str) -> None:
    errors = jsonschema_rs.validator_for(SCHEMA).iter_errors(report(results.RESULTS[which]()))
    assert [(error.instance_path, error.message) for error in errors] == []


SHAPES = {
    "": model.RunResult,
    "finding": model.Finding,
    "gap": model.Gap,
    "ruling": model.Ruling,
    "excuse": model.Excuse,
    "span": model.Span,
    "excerpt": model.Excerpt,
    "place": model.Place,
    "rule": model.RuleInfo,
    "plugin": model.PluginInfo,
    "file": model.FileRecord,
    "metric": model.MetricScore,
    "notice": model.Notice,
    "fix": model.Fix,
    "edit": model.Edit,
    "verdict": model.Verdict,
}
ADDED = {"": {"format"}, "finding": {"rulings", "existing"}, "gap": {"rulings"}}
"""What an object holds beside the fields of its value."""


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape or "report")
def test_the_schema_has_exactly_the_fields_of_the_model_and_requires_them(shape: str) -> None:
    described = SCHEMA["$defs"][shape] if shape else SCHEMA
    fields = {field.name for field in dataclasses.fields(SHAPES[shape])} | ADDED.get(shape, set())
    assert set(described["properties"]) == fields
    assert set(described["required"]) == fields
    assert described["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("severity", [severity.label for severity in model.Severity]),
        ("level", [level.label for level in model.Level]),
    ],
)
def test_the_schema_knows_every_severity_and_level(name: str, values: list[str]) -> None:
    assert SCHEMA["$defs"][name]["enum"] == values


def test_the_schema_knows_every_outcome_status_and_exit_code() -> None:
    verdict = SCHEMA["$defs"]["verdict"]["properties"]
    assert verdict["outcome"]["enum"] == [outcome.value for outcome in model.Outcome]
    assert verdict["exit_code"]["enum"] == SCHEMA["properties"]["exit_code"]["enum"] == [int(code) for code in model.ExitCode]
    assert SCHEMA["$defs"]["file"]["properties"]["status"]["enum"] == [status.value for status in model.FileStatus]


def test_the_format_comes_first_and_the_keys_keep_the_order_of_the_model() -> None:
    assert list(report(results.house())) == ["format", *(field.name for field in dataclasses.fields(RunResult))]
    assert report(results.clean())["format"] == "ospec-guard/json-v1"


def test_a_finding_is_one_object_with_its_rulings() -> None:
    found = report(results.house())["findings"][2]
    # Lines 1 to 6 are 12 + 1 + 22 + 31 + 1 + 73 bytes, and 11 stand before `eval` in line 7.
    assert found["span"] == {"start": 151, "end": 161, "line": 7, "column": 12, "end_line": 7, "end_column": 22}
    assert found["severity"] == "error"
    assert [(ruling["environment"], ruling["level"], ruling["fails"]) for ruling in found["rulings"]] == [
        ("development", "warn", False),
        ("staging", "error", False),
        ("production", "block", True),
        ("nightly", "error", False),
    ]
    assert found["rulings"][1]["excuse"]["place"] == {"path": "src/app.py", "line": 6, "column": 17}
    assert found["rulings"][2]["refused"][0]["why"] == "inline suppressions are not obeyed at level block"


def test_pairs_are_objects_where_names_are_keys_and_lists_where_order_counts() -> None:
    written = report(results.house())
    assert written["findings"][6]["properties"] == {"shape": "pem"}
    assert written["metrics"][2]["details"] == [
        {"name": "javascript", "value": "limit 250000 bytes"},
        {"name": "css", "value": "limit 50000 bytes"},
    ]
    assert written["stats"] == [{"name": "files", "value": "9"}, {"name": "cache hits", "value": "4"}]


def test_undecodable_names_are_shown_and_controls_come_back_whole() -> None:
    written = report(results.odd())
    assert written["gaps"][0]["path"] == "src/\\xe9t\x1b.py"
    assert written["findings"][1]["message"].endswith("it\x1b[2J, \u202ereversed, \\xfe and 🙂")
    assert written["findings"][1]["properties"] == {"päckage": "a\\xffb"}


def test_a_score_that_is_no_number_is_refused() -> None:
    metric = replace(results.house().metrics[0], score=float("nan"))
    with pytest.raises(ValueError, match="not JSON compliant"):
        render("json", replace(results.clean(), metrics=(metric,)), results.PLAIN)


def test_files_left_out_say_why() -> None:
    record = FileRecord("a.png", FileStatus.LEFT_OUT, "binary", size=7)
    assert report(replace(results.clean(), files=(record,)))["files"] == [
        {"path": "a.png", "status": "left-out", "reason": "binary", "language": "", "size": 7, "notes": []},
    ]
