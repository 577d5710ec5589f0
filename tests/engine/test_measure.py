"""From counts to scores, from scores to findings: the bounds, what is said, and what could not be measured."""

from __future__ import annotations

import gzip
import os
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_world import check, rule, rules

from ospec_guard.engine.check import FileResult
from ospec_guard.engine.measure import list_assets, measure, percent
from ospec_guard.engine.plan import Plan, as_metric
from ospec_guard.model import Finding, Severity
from ospec_guard.protocols import Rule

CAUGHT = """
metrics:
  - name: caught
    description: functions that catch
    type: code_analysis
    pattern: 'def \\w+'
    requires: 'try:'
    severity: critical
    target: 0.9
    threshold: 0.5
"""

GOOD = "def f():\n    try:\n        pass\n    finally:\n        pass\n\n\n"
BAD = "def g():\n    pass\n\n\n"


def results(metrics: tuple[Rule, ...], *files: str) -> list[FileResult]:
    return [check(f"{number}.py", text, *metrics) for number, text in enumerate(files)]


def found(text: str, *files: str) -> tuple[Finding, ...]:
    metrics = rules(text)
    return measure("/nowhere", Plan(metrics), results(metrics, *files)).findings


@pytest.mark.parametrize(
    ("good", "bad", "severity", "message"),
    [
        pytest.param(10, 0, None, "", id="all"),
        pytest.param(9, 1, None, "", id="the-target-exactly"),
        pytest.param(8, 2, Severity.WARNING, "functions that catch: 80 % is below the target of 90 %", id="below-the-target"),
        pytest.param(
            5, 5, Severity.WARNING, "functions that catch: 50 % is below the target of 90 %", id="the-threshold-exactly"
        ),
        pytest.param(
            4, 6, Severity.CRITICAL, "functions that catch: 40 % is below the threshold of 50 %", id="below-the-threshold"
        ),
        pytest.param(0, 3, Severity.CRITICAL, "functions that catch: 0 % is below the threshold of 50 %", id="none"),
        pytest.param(0, 0, None, "", id="nothing-to-measure"),
    ],
)
def test_bounds(good, bad, severity, message):
    findings = found(CAUGHT, GOOD * good + BAD * bad)
    assert [(f.severity, f.message.partition(" (")[0]) for f in findings] == ([(severity, message)] if severity else [])


@pytest.mark.parametrize(
    ("bounds", "count"),
    [
        pytest.param("target: 1", 1, id="target-alone"),
        pytest.param("threshold: 1", 1, id="threshold-alone"),
        pytest.param("target: 0.1", 0, id="target-met"),
        pytest.param("severity: error", 0, id="no-bound-is-only-shown"),
    ],
)
def test_either_bound_will_do(bounds, count):
    text = f"metrics:\n  - {{name: m, type: code_analysis, pattern: 'def', requires: 'try:', {bounds}}}\n"
    assert len(found(text, GOOD + BAD)) == count


def test_a_finding_points_to_the_worst_place():
    [finding] = found(CAUGHT, GOOD, GOOD + BAD + BAD)
    assert (finding.path, finding.rule_id) == ("1.py", "caught")
    assert finding.span is not None
    assert finding.span.line == 8
    assert dict(finding.properties) == {"score": "0.5000", "target": "0.9"}


def test_a_score_counts_all_files_in_any_order():
    metrics = rules(CAUGHT)
    files = results(metrics, GOOD, BAD, GOOD + BAD, "x = 1\n")
    expected = measure("/nowhere", Plan(metrics), files)
    assert expected.scores[0].score == 0.5
    for seed in range(5):
        shuffled = list(files)
        Random(seed).shuffle(shuffled)
        assert measure("/nowhere", Plan(metrics), shuffled) == expected


def test_a_metric_gets_its_files_by_path(monkeypatch):
    metrics = rules(CAUGHT)
    module = as_metric(metrics[0])
    genuine, seen = module.score, []
    monkeypatch.setattr(
        module, "score", lambda options, parts: seen.append([path for path, _ in parts]) or genuine(options, parts)
    )
    measure("/nowhere", Plan(metrics), results(metrics, GOOD, BAD, GOOD)[::-1])
    assert seen == [["0.py", "1.py", "2.py"]]


def test_the_same_score_is_the_same_finding_wherever_its_worst_place_is():
    [one] = found(CAUGHT, BAD, GOOD)
    [other] = found(CAUGHT, GOOD, BAD)
    [worse] = found(CAUGHT, BAD, BAD, GOOD)
    assert one.path != other.path
    assert one.fingerprint == other.fingerprint != worse.fingerprint


def test_scores_are_named_after_their_rules_and_rules_are_no_metrics():
    metrics = rules(CAUGHT)
    measured = measure("/nowhere", Plan((rule(pattern="x"), *metrics)), results(metrics, GOOD))
    [score] = measured.scores
    assert (score.id, score.description, score.kind) == ("caught", "functions that catch", "code_analysis")
    assert (score.target, score.threshold, score.note) == (0.9, 0.5, "")


def test_without_anything_to_measure_there_is_a_note_and_no_finding():
    metrics = rules(CAUGHT)
    measured = measure("/nowhere", Plan(metrics), results(metrics, "x = 1\n"))
    assert measured.scores[0].score is None
    assert measured.scores[0].note
    assert (measured.findings, measured.gaps) == ((), ())


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_percent_never_reaches_a_bound_that_is_missed(part, whole):
    score = min(part, whole) / whole
    shown = float(percent(score).removesuffix(" %"))
    assert shown / 100 <= score + 1e-12
    assert score * 100 - shown < 0.1 + 1e-9


# What was built.

BUDGET = "metrics: [{name: size, type: build_analysis, limits: {javascript: 100}, threshold: 0.9}]"


@pytest.fixture
def built(tmp_path):
    (tmp_path / "dist" / "js").mkdir(parents=True)
    (tmp_path / "dist" / "js" / "app.js").write_bytes(b"x" * 200)
    (tmp_path / "dist" / "a.css").write_bytes(b"y" * 10)
    return tmp_path


def test_assets_are_the_regular_files_by_path(built):
    (built / "dist" / "link.js").symlink_to(built / "dist" / "js" / "app.js")
    (built / "dist" / "loop").symlink_to(built / "dist")
    assets = list_assets(str(built), "dist")
    assert [(asset.path, asset.size) for asset in assets] == [("dist/a.css", 10), ("dist/js/app.js", 200)]
    # Compressed at level 6 but for the time in the header, which has a fixed length.
    assert assets[1].gzipped == len(gzip.compress(b"x" * 200, 6))


def test_a_build_over_its_budget_is_a_finding(built):
    measured = measure(str(built), Plan(rules(BUDGET)), [])
    [finding] = measured.findings
    assert finding.path == "dist/js/app.js"
    assert measured.scores[0].score == 0.5


def test_no_build_is_no_finding(tmp_path):
    measured = measure(str(tmp_path), Plan(rules(BUDGET)), [])
    assert measured.findings == ()
    assert measured.scores[0].score is None


@pytest.mark.parametrize("unreadable", ["dist/js", "dist/js/app.js"])
def test_a_build_that_cannot_be_read_is_a_gap(built, unreadable, monkeypatch):
    """Tests may run as root, who may read everything, hence an operating system that refuses."""
    refused = os.path.join(built, unreadable)
    for module, name in ((os, "scandir"), (__import__("builtins"), "open")):
        genuine = getattr(module, name)

        def refuse(path, *rest, genuine=genuine, **options):
            if os.fspath(path) == refused:
                raise PermissionError(13, "Permission denied", refused)
            return genuine(path, *rest, **options)

        monkeypatch.setattr(module, name, refuse)
    measured = measure(str(built), Plan(rules(BUDGET)), [])
    [gap] = measured.gaps
    assert gap.id == "gap/metric"
    assert gap.message == f"metric 'size' could not be measured: '{unreadable}' could not be read: Permission denied"
    assert measured.findings == ()
