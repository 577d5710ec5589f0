"""The findings part of the text report: violations by file with their code, what is excused or known at the base, gaps."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from ospec_guard.model import Severity
from ospec_guard.report.base import (
    OPEN,
    Standing,
    counted,
    excuse_words,
    failing_environments,
    gap_message,
    one_line,
    refusals,
    ruling,
    shown_path,
    standing,
    visible,
    visible_lines,
)
from ospec_guard.report.text.blocks import BLANK, Block, Line, Piece, line
from ospec_guard.report.text.frame import code_frame

if TYPE_CHECKING:
    from ospec_guard.model import Finding, Gap, Judged, JudgedGap, Place, RuleInfo, RunResult

INDENT = 2
_INNER = 4
"""Where what belongs to one finding stands."""


def violations(result: RunResult, width: int | None) -> list[Block]:
    """Every violation under its file: place, severity, rule, code, message, what to do."""
    found = [judged for judged in result.findings if standing(result, judged) in OPEN]
    rules = {rule.id: rule for rule in result.rules}
    explained: set[str] = set()
    blocks: list[Block] = []
    for path, group in groupby(found, key=lambda judged: judged.finding.path):
        members = list(group)
        blocks += [line(Piece(shown_path(path), "path"), Piece(f"  {_severities(members)}", "dim")), BLANK]
        for judged in members:
            rule = rules.get(judged.finding.rule_id)
            blocks += [*_violation(judged, rule, width, first=judged.finding.rule_id not in explained), BLANK]
            explained.add(judged.finding.rule_id)
    return blocks


def excused(result: RunResult) -> list[Block]:
    """Excused findings, two lines each: what, and who excused it why; refusals of other environments below."""
    found = [judged for judged in result.findings if standing(result, judged) is Standing.EXCUSED]
    if not found:
        return []
    blocks: list[Block] = [heading(f"Excused in {visible(result.environment)}", len(found))]
    for judged in found:
        excuse = ruling(result, judged).excuse
        blocks.append(_compact(judged.finding))
        blocks += [line(Piece(excuse_words(excuse), "dim"), indent=_INNER, hang=2)] if excuse else []
        blocks += _refused(judged)
    return [*blocks, BLANK]


def existing(result: RunResult) -> list[Block]:
    """What `--diff` found at the base too, a line each."""
    found = [judged for judged in result.findings if standing(result, judged) is Standing.EXISTING]
    if not found:
        return []
    title = heading(f"Already at the base {visible(result.diff_base[:12])}".rstrip(), len(found))
    return [title, *(_compact(judged.finding) for judged in found), BLANK]


def gaps(result: RunResult) -> list[Block]:
    """Every gap: where, what was not analysed, where it fails, who excused it."""
    if not result.gaps:
        return []
    blocks: list[Block] = [heading("Not fully analysed", len(result.gaps))]
    for judged in result.gaps:
        gap, excuse = judged.gap, ruling(result, judged).excuse
        label = "error" if standing(result, judged) is Standing.FAILS else "warning"
        blocks.append(_head(gap, Piece(label, label), gap.id, judged))
        blocks += _paragraph(gap_message(gap))
        blocks += [line(Piece(f"excused by {excuse_words(excuse)}", "dim"), indent=_INNER, hang=2)] if excuse else []
        blocks += _refused(judged)
    return [*blocks, BLANK]


def heading(title: str, count: int | None = None) -> Line:
    """The head of a section, with the number of its entries."""
    return line(Piece(title, "heading"), Piece("" if count is None else f" ({count})", "dim"))


def place(place: Place) -> str:
    """A place for people, path escaped."""
    return visible(str(place)) or "."


def _violation(judged: Judged, rule: RuleInfo | None, width: int | None, *, first: bool) -> list[Block]:
    finding = judged.finding
    blocks: list[Block] = [_head(finding, _severity(finding.severity), finding.rule_id, judged)]
    if finding.excerpt and finding.span:
        blocks += code_frame(finding.excerpt, finding.span, width, _INNER)
    blocks += _paragraph(finding.message)
    blocks += _steps(finding)
    if rule and rule.help and rule.help.strip() != finding.message.strip():
        blocks += _paragraph(rule.help, "help")
    if finding.fix:
        options = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        blocks.append(line(Piece("fix: ", "label"), f"available ({options})", indent=_INNER, hang=len("fix: ")))
    if first and rule and rule.why:  # reasons are read once; what to do is wanted at every place
        blocks += _paragraph(rule.why, "why")
    return [*blocks, *_refused(judged)]


def _steps(finding: Finding) -> list[Block]:
    """Where a value came from and what it went through, a line each; of neighbours at one place the first."""
    lines: list[Block] = []
    last = len(finding.steps) - 1
    shown = ("", "")
    for number, step in enumerate(finding.steps):
        where = f"{step.span.line}:{step.span.column}"
        label = "from: " if not number else "to:   " if number == last else "via:  "
        if (where, step.text) != shown:
            text = Piece(one_line(step.text))
            lines.append(line(Piece(label, "label"), Piece(f"{where}  ", "place"), text, indent=_INNER, hang=len(label)))
        shown = where, step.text
    return lines


def _head(about: Finding | Gap, label: Piece, rule: str, judged: Judged | JudgedGap) -> Line:
    failing = failing_environments(judged)
    tail = Piece(f"  fails {', '.join(map(visible, failing))}", "dim") if failing else Piece("")
    where = Piece(place(about.place), "place")
    return line(where, " ", label, " ", Piece(one_line(rule), "rule"), tail, indent=INDENT, hang=2)


def _compact(finding: Finding) -> Line:
    where, rule = Piece(place(finding.place), "place"), Piece(one_line(finding.rule_id), "rule")
    message = Piece(f"  {one_line(finding.message)}")
    return line(where, " ", _severity(finding.severity), " ", rule, message, indent=INDENT, hang=2)


def _paragraph(text: str, label: str = "") -> list[Block]:
    lines = visible_lines(text)
    if not label:
        return [line(each, indent=_INNER) for each in lines]
    below = len(label) + 2
    return [
        line(Piece(f"{label}: ", "label"), lines[0], indent=_INNER, hang=below),
        *(line(each, indent=_INNER + below) for each in lines[1:]),
    ]


def _refused(judged: Judged | JudgedGap) -> list[Block]:
    blocks: list[Block] = []
    for refusal, environments in refusals(judged).items():
        everywhere = len(environments) == len(judged.rulings) > 1
        where = "anywhere" if everywhere else f"in {', '.join(map(visible, environments))}"
        text = f"{excuse_words(refusal.excuse)}; {one_line(refusal.why)}"
        blocks.append(line(Piece(f"not obeyed {where}: ", "label"), text, indent=_INNER, hang=2))
    return blocks


def _severity(severity: Severity) -> Piece:
    return Piece(severity.label, severity.label)


def _severities(members: list[Judged]) -> str:
    counts = Counter(judged.finding.severity for judged in members)
    words = {Severity.INFO: "info", Severity.WARNING: "warning", Severity.ERROR: "error", Severity.CRITICAL: "critical"}
    same = (Severity.INFO, Severity.CRITICAL)  # no plural
    return ", ".join(
        counted(counts[severity], words[severity], words[severity] if severity in same else "")
        for severity in sorted(counts, reverse=True)
    )
