"""The `github` format: workflow commands that GitHub Actions turns into annotations.

GitHub shows ten annotations of each level per step and drops the rest, in the order printed. So the most important come first,
all are printed (the log keeps them), and a notice at the top says how many will be seen in the log only.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ospec_guard.model import Span
from ospec_guard.report.base import (
    OPEN,
    Standing,
    annotation_level,
    counted,
    excuse_words,
    files_line,
    gap_message,
    notice_message,
    one_line,
    ruling,
    standing,
    verdict,
    verdict_line,
    visible,
    visible_lines,
)

if TYPE_CHECKING:
    from ospec_guard.model import Judged, JudgedGap, RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "github"

SHOWN = 10
"""Annotations of one level that GitHub shows per step."""
_LEVELS = ("error", "warning", "notice")


class _Annotation(NamedTuple):
    level: str
    title: str
    message: str
    path: str = ""
    line: int = 0
    span: Span | None = None


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """One command per line: the verdict, how many annotations stay unseen, then errors, warnings and notices."""
    annotations = [_gap(result, judged) for judged in result.gaps]
    annotations += [_finding(result, judged) for judged in _by_importance(result)]
    annotations += [_Annotation("warning", "policy change", change) for change in result.policy_changes]
    annotations += _notices(result)
    annotations.sort(key=lambda annotation: _LEVELS.index(annotation.level))  # stable: importance decides within a level
    summary = _summary(result)
    unseen = _unseen([*summary, *annotations])
    return "".join(f"{_command(annotation)}\n" for annotation in [*summary, *unseen, *annotations])


def _by_importance(result: RunResult) -> list[Judged]:
    violations = [judged for judged in result.findings if standing(result, judged) in OPEN]
    return sorted(violations, key=lambda judged: -judged.finding.severity)  # stable: then by path and place


def _summary(result: RunResult) -> list[_Annotation]:
    standings = Counter(standing(result, judged) for judged in result.findings)
    violations = sum(standings[standing] for standing in OPEN)
    facts = [f"{counted(violations, 'violation')}, {standings[Standing.FAILS]} failing"]
    facts += [f"{standings[Standing.EXCUSED]} excused and not annotated"] if standings[Standing.EXCUSED] else []
    facts += [f"{standings[Standing.EXISTING]} at the base too and not annotated"] if standings[Standing.EXISTING] else []
    lines = [verdict_line(result), "; ".join(facts), *verdict(result).reasons, f"files: {files_line(result)}"]
    return [_Annotation("notice", "ospec-guard", "\n".join(lines))]


def _unseen(annotations: list[_Annotation]) -> list[_Annotation]:
    """The notice about what GitHub will not show, if there is anything; it takes a place among the notices itself."""
    counts = Counter(annotation.level for annotation in annotations)
    if all(counts[level] <= SHOWN for level in _LEVELS):
        return []
    counts["notice"] += 1
    over = [counted(counts[level] - SHOWN, level) for level in _LEVELS if counts[level] > SHOWN]
    message = f"GitHub shows {SHOWN} annotations of each level per step; only in this step's log: {', '.join(over)}"
    return [_Annotation("notice", "ospec-guard", message)]


def _finding(result: RunResult, judged: Judged) -> _Annotation:
    finding = judged.finding
    level = annotation_level(result, judged).replace("note", "notice")
    line = finding.span.line if finding.span else 1
    return _Annotation(
        level, f"{finding.rule_id} ({finding.severity.label})", finding.message, finding.path, line, finding.span
    )


def _gap(result: RunResult, judged: JudgedGap) -> _Annotation:
    gap, stands, excuse = judged.gap, standing(result, judged), ruling(result, judged).excuse
    level = {Standing.FAILS: "error", Standing.EXCUSED: "notice"}.get(stands, "warning")
    message = f"{gap_message(gap)}\nexcused by {excuse_words(excuse)}" if excuse else gap_message(gap)
    return _Annotation(level, gap.id, message, gap.path, gap.span.line if gap.span else 1, gap.span)


def _notices(result: RunResult) -> list[_Annotation]:
    found = []
    for notice in result.notices:
        path, line = (notice.place.path, notice.place.line or 1) if notice.place else ("", 0)
        found.append(_Annotation("notice", notice.id, notice_message(notice), path, line))
    return found


def _command(annotation: _Annotation) -> str:
    """`::error file=…,line=…,title=…::message`, as the runner reads it."""
    properties = []
    if annotation.path:
        properties += [("file", visible(annotation.path)), ("line", str(annotation.line))]
    if annotation.span:
        properties += _extent(annotation.span)
    properties.append(("title", one_line(annotation.title)))
    written = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{annotation.level} {written}::{_data(annotation.message)}"


def _extent(span: Span) -> list[tuple[str, str]]:
    """The runner takes columns only for a piece of a single line."""
    if span.end_line != span.line:
        return [("endLine", str(span.end_line))]
    return [("endLine", str(span.end_line)), ("col", str(span.column)), ("endColumn", str(span.end_column))]


def _data(text: str) -> str:
    return "%0A".join(line.replace("%", "%25") for line in visible_lines(text))


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
