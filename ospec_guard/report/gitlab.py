"""The `gitlab` format: a GitLab Code Quality report.

Excused findings are left out. Findings that `--diff` found at the base too are in: GitLab itself compares this report with
the target branch's, and would take what is missing here for fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.model import Severity
from ospec_guard.report.base import Standing, encodable, gap_message, json_text, one_line, shown_path, standing

if TYPE_CHECKING:
    from ospec_guard.model import Finding, Gap, JudgedGap, RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "gitlab"

_SEVERITIES = {
    Severity.INFO: "info",
    Severity.WARNING: "minor",
    Severity.ERROR: "major",
    Severity.CRITICAL: "critical",
}


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """A JSON array of findings by path and place, then gaps; fingerprints are unique within it."""
    entries = [_finding(judged.finding) for judged in result.findings if standing(result, judged) is not Standing.EXCUSED]
    entries += [_gap(result, judged) for judged in result.gaps]
    return json_text(_told_apart(entries), indent=2)


def _finding(finding: Finding) -> dict[str, object]:
    return _entry(finding, finding.rule_id, finding.message, finding.fingerprint, _SEVERITIES[finding.severity])


def _gap(result: RunResult, judged: JudgedGap) -> dict[str, object]:
    """A gap that fails voids the verdict, hence `blocker`. Waived gaps are listed too: no format hides a gap."""
    fails = standing(result, judged) is Standing.FAILS
    gap = judged.gap
    return _entry(gap, gap.id, gap_message(gap), gap.fingerprint or _digest(gap), "blocker" if fails else "minor")


def _entry(about: Finding | Gap, rule: str, message: str, fingerprint: str, severity: str) -> dict[str, object]:
    line = about.span.line if about.span else 1
    return {
        # GitLab does not show check_name, so the description starts with it.
        "description": one_line(f"{rule}: {message}"),
        "check_name": encodable(rule),
        "fingerprint": encodable(fingerprint),
        "severity": severity,
        "location": {"path": shown_path(about.path), "lines": {"begin": line}},
    }


def _digest(gap: Gap) -> str:
    from hashlib import blake2b

    parts = "\0".join((gap.id, gap.rule_id or "", gap.path, gap.message))
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _told_apart(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """GitLab folds entries of one fingerprint into one; a second gap of the same content gets `:2` behind it."""
    seen: dict[object, int] = {}
    apart = []
    for entry in entries:
        fingerprint = entry["fingerprint"]
        seen[fingerprint] = seen.get(fingerprint, 0) + 1
        apart.append(entry if seen[fingerprint] == 1 else {**entry, "fingerprint": f"{fingerprint}:{seen[fingerprint]}"})
    return apart
