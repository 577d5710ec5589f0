"""A real project, and what others say of our report on it: the page that shows it, the official schema, Microsoft's validator."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
import tour

pytestmark = pytest.mark.peer

[FLASK] = [project for project in tour.PROJECTS if project.name == "flask"]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SARIF log of a run over the project, in production."""
    work = tmp_path_factory.mktemp("peer")
    path = work / "flask.sarif"
    code, _ = tour.Checkout(FLASK, work).guard(f"check --env production --format text --format sarif={path}")
    assert code == 2
    return path


def test_the_page_shows_what_the_product_does() -> None:
    seen, page = tour.see(FLASK, tour.multitool()), tour.PAGE.read_text(encoding="utf-8")
    assert seen.section in page
    assert f"{seen.row}\n" in page


def test_the_log_is_what_the_official_schema_wants(log: Path) -> None:
    assert list(jsonschema_rs.validator_for(tour.schema()).iter_errors(json.loads(log.read_bytes()))) == []


def test_microsofts_multitool_finds_no_error_and_no_warning(log: Path) -> None:
    assert tour.validated(log, tour.multitool(), "Error;Warning") == []


def test_every_note_of_microsofts_multitool_is_explained(log: Path) -> None:
    reports = (tour.PAGE.parent / "reports.md").read_text(encoding="utf-8")
    explained = {
        rule for line in reports.splitlines() if line.startswith("| SARIF2") for rule in re.findall(r"SARIF2\d+", line)
    }
    notes = tour.validated(log, tour.multitool(), "Note")
    assert notes
    assert {note["ruleId"].split("/")[0] for note in notes} <= explained
