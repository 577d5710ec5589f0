r"""The `vim` format: one line per violation and gap for a quickfix list, nothing else.

`path:line:column: E: [rule-id] message`, to be read with `errorformat=%f:%l:%c:\ %t:\ %m`. Columns count bytes, as vim's do.
Excused findings, and under `--diff` those of the base, are not in the list: it holds what is to be worked on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.model import Severity
from ospec_guard.report.base import OPEN, Standing, gap_message, one_line, shown_path, standing

if TYPE_CHECKING:
    from ospec_guard.model import Finding, Gap, Judged, JudgedGap, RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "vim"

_LETTERS = {Severity.INFO: "I", Severity.WARNING: "W", Severity.ERROR: "E", Severity.CRITICAL: "E"}


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """One line per open finding and per gap, by path and line; empty when there are none."""
    findings = [_finding_entry(judged) for judged in result.findings if standing(result, judged) in OPEN]
    gaps = [_gap_entry(result, judged) for judged in result.gaps]
    return "".join(f"{text}\n" for _, text in sorted(findings + gaps))


_Entry = tuple[tuple[str, int, int], str]
"""Path, line and column to sort by, and the text."""


def _finding_entry(judged: Judged) -> _Entry:
    finding = judged.finding
    return _entry(finding, byte_column(finding), _LETTERS[finding.severity], f"[{finding.rule_id}] {finding.message}")


def _gap_entry(result: RunResult, judged: JudgedGap) -> _Entry:
    gap = judged.gap
    column = gap.span.column if gap.span else 1  # a gap has no excerpt to count bytes in
    letter = "E" if standing(result, judged) is Standing.FAILS else "W"
    return _entry(gap, column, letter, f"[{gap.id}] {gap_message(gap)}")


def _entry(about: Finding | Gap, column: int, letter: str, message: str) -> _Entry:
    line = about.span.line if about.span else 1
    path = shown_path(about.path)
    return (path, line, column), f"{path}:{line}:{column}: {letter}: {one_line(message)}"


def byte_column(finding: Finding) -> int:
    """The 1-based column in bytes of the decoded line; in code points where no excerpt tells where the line starts."""
    if finding.span is None:
        return 1
    return finding.span.start - finding.excerpt.line_start + 1 if finding.excerpt else finding.span.column
