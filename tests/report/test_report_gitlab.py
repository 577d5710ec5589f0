"""The `gitlab` format."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import report_results as results

from ospec_guard.model import Gap, RunResult
from ospec_guard.report import render


def entries(result: RunResult) -> list[dict[str, Any]]:
    return json.loads(render("gitlab", result, results.PLAIN))  # type: ignore[no-any-return]


def test_snapshots(snapshot: object) -> None:
    assert {which: render("gitlab", make(), results.PLAIN) for which, make in results.RESULTS.items()} == snapshot


@pytest.mark.parametrize("which", results.RESULTS)
def test_every_entry_has_what_gitlab_reads(which: str) -> None:
    for entry in entries(results.RESULTS[which]()):
        assert entry["description"].startswith(f"{entry['check_name']}: ")
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
        assert entry["location"]["path"]
        assert not entry["location"]["path"].startswith(("/", "./"))
        assert entry["fingerprint"]


@pytest.mark.parametrize("which", results.RESULTS)
def test_no_two_entries_share_a_fingerprint(which: str) -> None:
    fingerprints = [entry["fingerprint"] for entry in entries(results.RESULTS[which]())]
    assert len(set(fingerprints)) == len(fingerprints)


def test_the_first_of_equal_gaps_keeps_its_fingerprint() -> None:
    gap = results.judged_gap(Gap("gap/parse", "a.py", "did not parse", fingerprint="a" * 32))
    found = entries(replace(results.house(), findings=(), gaps=(gap, gap, gap)))
    assert [entry["fingerprint"] for entry in found] == ["a" * 32, "a" * 32 + ":2", "a" * 32 + ":3"]


def test_severities_and_lines() -> None:
    assert [
        (entry["check_name"], entry["severity"], entry["location"]["lines"]["begin"]) for entry in entries(results.house())
    ] == [
        ("quality_metrics/api_documentation_coverage", "major", 1),
        ("py-core/eval-call", "major", 4),
        ("py-core/eval-call", "major", 7),
        ("todo-note", "info", 10),
        ("py-core/eval-call", "major", 12),
        ("secrets/private-key", "critical", 1),
        ("gap/parse", "blocker", 2),
        ("gap/size", "minor", 1),
    ]


def test_a_gap_that_fails_nothing_here_is_minor() -> None:
    severities = {entry["check_name"]: entry["severity"] for entry in entries(results.house("development"))}
    assert (severities["gap/parse"], severities["gap/size"]) == ("minor", "minor")


def test_what_is_at_the_base_is_in_so_that_gitlab_does_not_take_it_for_fixed() -> None:
    assert [entry["location"]["lines"]["begin"] for entry in entries(results.against_base())] == [4, 7]
