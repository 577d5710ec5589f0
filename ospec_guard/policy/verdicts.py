"""One environment's verdict from the rulings on findings and gaps: how it ends, with what exit code, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ospec_guard.model import (
    ExitCode,
    FileRecord,
    FileStatus,
    Finding,
    Gap,
    Judged,
    JudgedGap,
    Level,
    Outcome,
    Severity,
    Verdict,
)

_WORDS = {
    Severity.CRITICAL: "critical finding",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def verdict(
    environment: str,
    level: Level,
    findings: Sequence[Judged],
    gaps: Sequence[JudgedGap],
    position: int,
    *,
    no_rules: bool,
    files: Sequence[FileRecord],
) -> Verdict:
    """The verdict of the environment at `position` in every item's rulings; `level` is that of the environment as such."""
    ruled = [(item.finding, item.rulings[position]) for item in findings]
    blocked = [finding for finding, ruling in ruled if ruling.fails and ruling.level is Level.BLOCK]
    failed = [finding for finding, ruling in ruled if ruling.fails and ruling.level is not Level.BLOCK]
    open_gaps = [item.gap for item in gaps if item.rulings[position].fails]
    reasons = [
        *(["no rules were selected"] if no_rules else []),
        *_gap_reasons(open_gaps),
        *(f"blocked by {_times(rule_id, count)}" for rule_id, count in _by_rule(blocked)),
        *_error_reasons(failed),
    ]
    if no_rules or open_gaps:
        return Verdict(environment, level, Outcome.INCOMPLETE, ExitCode.UNUSABLE, tuple(reasons))
    if blocked or failed:
        outcome = Outcome.BLOCKED if blocked else Outcome.FAILED
        return Verdict(environment, level, outcome, ExitCode.FAIL, tuple(reasons))
    return Verdict(environment, level, Outcome.PASSED, ExitCode.PASS, tuple(_remarks(files)))


def _gap_reasons(gaps: Iterable[Gap]) -> list[str]:
    """One reason per kind of gap, the most frequent first."""
    by_id: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_id.setdefault(gap.id, []).append(gap)
    reasons = []
    for gap_id, some in sorted(by_id.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" and {len(some) - 1} more" if len(some) > 1 else ""
        reasons.append(f"{_counted(len(some), 'gap')}: {gap_id} in {some[0].path}{more}")
    return reasons


def _error_reasons(findings: Iterable[Finding]) -> list[str]:
    """One reason per severity, the worst first, naming every rule with its count."""
    by_severity: dict[Severity, list[Finding]] = {}
    for finding in findings:
        by_severity.setdefault(finding.severity, []).append(finding)
    reasons = []
    for severity, some in sorted(by_severity.items(), reverse=True):
        rules = ", ".join(_times(rule_id, count) for rule_id, count in _by_rule(some))
        reasons.append(f"{_counted(len(some), _WORDS[severity])}: {rules}")
    return reasons


def _remarks(files: Sequence[FileRecord]) -> list[str]:
    if not files:
        return ["there was no file to check"]
    if all(record.status is FileStatus.LEFT_OUT for record in files):
        return ["everything given was left out by policy"]
    return []


def _by_rule(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """Rules with the number of their findings, the worst severity first, then the most frequent."""
    findings = list(findings)
    worst: dict[str, Severity] = {}
    for finding in findings:
        worst[finding.rule_id] = max(finding.severity, worst.get(finding.rule_id, finding.severity))
    counts = Counter(finding.rule_id for finding in findings)
    return sorted(counts.items(), key=lambda item: (-worst[item[0]], -item[1], item[0]))


def _times(rule_id: str, count: int) -> str:
    return f"{rule_id} ({count})" if count > 1 else rule_id


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
