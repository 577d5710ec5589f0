"""The closing part of the text report: metrics, notices, policy changes, counts, files, verdicts and the exit code."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, TypeVar

from ospec_guard.model import Outcome, Place, Severity
from ospec_guard.report.base import OPEN, Standing, counted, files_line, one_line, standing, verdict, visible
from ospec_guard.report.text.blocks import BLANK, Block, Piece, Table, line, text_width
from ospec_guard.report.text.findings import INDENT, heading, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from ospec_guard.model import Judged, MetricScore, Offender, RunResult, Verdict

_WORST = 5
"""Offenders of a metric and notes on files that are listed; the rest is counted, and whole in the `json` format."""
_INNER = 4
_OUTCOMES = {Outcome.PASSED: "good", Outcome.FAILED: "error", Outcome.BLOCKED: "error", Outcome.INCOMPLETE: "error"}


def metrics(result: RunResult) -> list[Block]:
    """A row for each metric, then the worst places of those that miss their target."""
    if not result.metrics:
        return []
    rows = tuple(_metric_row(metric) for metric in result.metrics)
    head = ("metric", "score", "target", "threshold", "state", "measured")
    blocks: list[Block] = [heading("Metrics", len(rows)), Table(head, rows, right=(1, 2, 3))]
    for metric in result.metrics:
        if metric.offenders and _metric_state(metric)[1] != "good":
            blocks.append(line(Piece(one_line(metric.id), "rule"), " is kept down by", indent=INDENT, hang=2))
            blocks += [_offender(offender) for offender in metric.offenders[:_WORST]]
            blocks += _more(len(metric.offenders) - _WORST, "place")
    return [*blocks, BLANK]


def notices(result: RunResult) -> list[Block]:
    """What people should know, with the next action."""
    if not result.notices:
        return []
    blocks: list[Block] = [heading("Notices", len(result.notices))]
    for notice in result.notices:
        where = (Piece(place(notice.place), "place"), " ") if notice.place else ()
        blocks.append(line(*where, Piece(one_line(notice.id), "info"), f" {one_line(notice.message)}", indent=INDENT, hang=2))
        blocks += [line(Piece("hint: ", "label"), one_line(notice.hint), indent=_INNER, hang=6)] if notice.hint else []
    return [*blocks, BLANK]


def policy_changes(result: RunResult) -> list[Block]:
    """What the working tree's policy would loosen; nothing of it was obeyed."""
    if not result.policy_changes:
        return []
    title = heading("Policy changes not obeyed in this run", len(result.policy_changes))
    return [title, *(line("- ", one_line(change), indent=INDENT, hang=2) for change in result.policy_changes), BLANK]


def counts(result: RunResult) -> list[Block]:
    """How many findings of each severity and each rule, and what became of them."""
    if not result.findings:
        return [line(Piece("No findings", "good"), f" from {counted(len(result.rules), 'rule')}."), BLANK]
    standings = [(judged, standing(result, judged)) for judged in result.findings]
    severities = _tally(standings, lambda judged: judged.finding.severity)
    rules = _tally(standings, lambda judged: (judged.finding.rule_id, judged.finding.severity))
    columns = [title for title, wanted in _COLUMNS.items() if any(stands in wanted for _, stands in standings)]
    by_severity = [
        (Piece(severity.label, severity.label), *_numbers(severities[severity], columns))
        for severity in sorted(Severity, reverse=True)
        if severity in severities
    ]
    order = sorted(rules, key=lambda key: (-rules[key][Standing.FAILS], -key[1], -rules[key].total(), key[0]))
    by_rule = [
        (Piece(one_line(rule), "rule"), Piece(severity.label, severity.label), *_numbers(rules[rule, severity], columns))
        for rule, severity in order
    ]
    end = len(columns)
    return [
        heading("By severity"),
        Table(("severity", *columns), tuple(by_severity), right=tuple(range(1, 1 + end))),
        BLANK,
        line(Piece("By rule", "heading"), Piece(f" ({len(rules)} of {counted(len(result.rules), 'rule')})", "dim")),
        Table(("rule", "severity", *columns), tuple(by_rule), right=tuple(range(2, 2 + end))),
        BLANK,
    ]


def files(result: RunResult) -> list[Block]:
    """The account of files in a line, and the first remarks on single files."""
    blocks: list[Block] = [line(Piece("Files: ", "heading"), files_line(result), hang=2)]
    notes = [(record.path, note) for record in result.files for note in record.notes]
    for path, note in notes[:_WORST]:
        blocks.append(line(Piece(visible(path), "place"), f" {one_line(note)}", indent=INDENT, hang=2))
    return [*blocks, *_more(len(notes) - _WORST, "remark"), BLANK]


def stats(result: RunResult) -> list[Block]:
    """The figures of `--stats`."""
    if not result.stats:
        return []
    rows = tuple((Piece(one_line(name)), Piece(one_line(value))) for name, value in result.stats)
    return [Table(("statistic", "value"), rows, right=(1,)), BLANK]


def verdicts(result: RunResult) -> list[Block]:
    """The verdict of every environment with its reasons, the chosen one marked, and the exit code."""
    chosen = verdict(result)
    names = max(text_width(visible(each.environment)) for each in result.verdicts)
    levels = max(len(each.level.label) for each in result.verdicts)
    blocks: list[Block] = [heading("Verdicts")]
    for each in result.verdicts:
        blocks += _verdict(each, names, levels, chosen=each is chosen)
    outcome = f"{visible(chosen.environment)} {chosen.outcome.value}"
    end = line(Piece(f"Exit code {int(result.exit_code)}", "heading"), ": ", Piece(outcome, _OUTCOMES[chosen.outcome]))
    return [*blocks, BLANK, end]


def _verdict(each: Verdict, names: int, levels: int, *, chosen: bool) -> list[Block]:
    name = visible(each.environment)
    fill = " " * (names - text_width(name))
    head = line(
        Piece("> " if chosen else "  ", "caret"),
        Piece(name, "chosen" if chosen else ""),
        Piece(f"{fill}  {each.level.label:{levels}}  ", "dim"),
        Piece(each.outcome.value, _OUTCOMES[each.outcome]),
    )
    return [head, *(line(one_line(reason), indent=_INNER, hang=2) for reason in each.reasons)]


_COLUMNS = {
    "violations": OPEN,
    "failing": (Standing.FAILS,),
    "excused": (Standing.EXCUSED,),
    "at base": (Standing.EXISTING,),
}
"""Column and the standings it counts; a column in which nothing is counted is left away."""


_Key = TypeVar("_Key")


def _tally(standings: list[tuple[Judged, Standing]], key: Callable[[Judged], _Key]) -> dict[_Key, Counter[Standing]]:
    tally: dict[_Key, Counter[Standing]] = {}
    for judged, stands in standings:
        tally.setdefault(key(judged), Counter())[stands] += 1
    return tally


def _numbers(tally: Counter[Standing], columns: list[str]) -> list[Piece]:
    numbers = [sum(tally[stands] for stands in _COLUMNS[title]) for title in columns]
    return [Piece(str(number), "" if number else "dim") for number in numbers]


def _metric_row(metric: MetricScore) -> tuple[Piece, ...]:
    state, style = _metric_state(metric)
    measured = "; ".join(filter(None, (one_line(metric.measured), one_line(metric.note))))
    numbers = [Piece(_number(number)) for number in (metric.target, metric.threshold)]
    return (
        Piece(one_line(metric.id), "rule"),
        Piece(_number(metric.score), style),
        *numbers,
        Piece(state, style),
        Piece(measured),
    )


def _metric_state(metric: MetricScore) -> tuple[str, str]:
    """In words, and the style for it."""
    if metric.score is None:
        return "not measured", "dim"
    if metric.threshold is not None and metric.score < metric.threshold:
        return "below threshold", "error"
    if metric.target is not None and metric.score < metric.target:
        return "below target", "warning"
    return "met", "good"


def _number(number: float | None) -> str:
    """Three decimals, rounded down: 0.8999 must not read as 0.9 where 0.9 is asked for."""
    if number is None:
        return "-"
    rounded = Decimal(repr(number)).quantize(Decimal("0.001"), ROUND_FLOOR)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") or "0"


def _offender(offender: Offender) -> Block:
    where = place(Place(offender.path, offender.line, offender.column))
    return line(Piece(where, "place"), f" {one_line(offender.message)}", indent=_INNER, hang=2)


def _more(number: int, what: str) -> list[Block]:
    if number <= 0:
        return []
    return [line(Piece(f"and {counted(number, f'more {what}')}, in the json report", "dim"), indent=_INNER)]
