"""The `junit` format: a test report for CI systems that read nothing else.

A suite per file with a case per finding and gap, then a suite with a case per environment: the chosen environment's case fails
exactly when the run does, so that a report without findings still has a case that passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ospec_guard.model import ExitCode, Outcome, Verdict
from ospec_guard.report.base import (
    Standing,
    excuse_words,
    files_line,
    gap_message,
    one_line,
    ruling,
    shown_path,
    standing,
    visible_lines,
)

if TYPE_CHECKING:
    from ospec_guard.model import Finding, Gap, Judged, JudgedGap, RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "junit"


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """A `testsuites` document: suites by path, cases by line, the verdicts last."""
    root = Element("testsuites", name="ospec-guard")
    for path, cases in _cases_by_path(result).items():
        SubElement(root, "testsuite", name=path).extend(_told_apart(cases))
    verdicts = SubElement(root, "testsuite", name="ospec-guard verdicts")
    verdicts.extend(_verdict_case(result, verdict) for verdict in result.verdicts)
    SubElement(verdicts, "system-out").text = f"files: {files_line(result)}"
    for counted in (*root, root):
        _count(counted)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _cases_by_path(result: RunResult) -> dict[str, list[Element]]:
    cases: list[tuple[Finding | Gap, Element]] = []
    cases += [(judged.finding, _finding_case(result, judged)) for judged in result.findings]
    cases += [(judged.gap, _gap_case(result, judged)) for judged in result.gaps]
    by_path: dict[str, list[Element]] = {}
    for about, case in sorted(cases, key=lambda pair: pair[0].sort_key[:2]):
        by_path.setdefault(shown_path(about.path), []).append(case)
    return by_path


def _finding_case(result: RunResult, judged: Judged) -> Element:
    """Failed when it fails the run, skipped when somebody decided to live with it, else passed with the message as output."""
    finding, stands = judged.finding, standing(result, judged)
    case, text = _case(finding, finding.rule_id, finding.severity.label, finding.message)
    message, excuse = one_line(finding.message), ruling(result, judged).excuse
    if stands is Standing.FAILS:
        SubElement(case, "failure", message=message, type=one_line(finding.rule_id)).text = text
    elif excuse:
        SubElement(case, "skipped", message=f"{message} - excused by {excuse_words(excuse)}")
    elif stands is Standing.EXISTING:
        SubElement(case, "skipped", message=f"{message} - at the base too")
    else:
        SubElement(case, "system-out").text = text
    return case


def _gap_case(result: RunResult, judged: JudgedGap) -> Element:
    """An error when it fails the run, else skipped: what was not analysed has not passed."""
    gap, excuse = judged.gap, ruling(result, judged).excuse
    case, text = _case(gap, gap.id, "gap", gap_message(gap))
    message = one_line(gap_message(gap))
    if standing(result, judged) is Standing.FAILS:
        SubElement(case, "error", message=message, type=gap.id).text = text
    else:
        why = f"excused by {excuse_words(excuse)}" if excuse else f"not fully analysed; fails nothing in {result.environment}"
        SubElement(case, "skipped", message=f"{message} - {one_line(why)}")
    return case


def _case(about: Finding | Gap, rule: str, label: str, message: str) -> tuple[Element, str]:
    """A case without an outcome yet, and the text to put into one."""
    path, line = shown_path(about.path), about.span.line if about.span else 1
    where = f"{line}:{about.span.column}" if about.span else "file"
    name = one_line(f"{rule} at {where}")
    case = Element("testcase", name=name, classname=path, file=path, line=str(line), time="0")
    return case, "\n".join([f"{path}:{where} {label} {one_line(rule)}", *visible_lines(message)])


def _verdict_case(result: RunResult, verdict: Verdict) -> Element:
    """A case for one environment; those that were not chosen never fail the report, as they do not fail the run."""
    name = one_line(f"{verdict.environment} ({verdict.level.label})")
    case = Element("testcase", name=name, classname="ospec-guard verdicts", time="0")
    if verdict.exit_code is ExitCode.PASS:
        return case
    reasons = [one_line(reason) for reason in verdict.reasons]
    message = ": ".join([one_line(f"{verdict.environment} {verdict.outcome}"), *(["; ".join(reasons)] if reasons else [])])
    if verdict.environment != result.environment:
        SubElement(case, "skipped", message=f"{message} (not the environment of this run)")
    else:
        tag = "error" if verdict.outcome is Outcome.INCOMPLETE else "failure"
        body = SubElement(case, tag, message=message, type=verdict.outcome.value)
        body.text = "\n".join([*reasons, f"exit code {int(result.exit_code)}"])
    return case


def _told_apart(cases: list[Element]) -> list[Element]:
    """Readers take cases of one name for one; the second of a name gets ` (2)` behind it."""
    seen: dict[str, int] = {}
    for case in cases:
        name = case.attrib["name"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")
    return cases


def _count(suite: Element) -> None:
    cases = list(suite.iter("testcase"))
    suite.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
