"""The `junit` format: a test report for CI systems that read nothing else.

A suite per file with a case per finding and gap, then a suite with a case per environment: the chosen environment's case fails
exactly when the run does, so that a report without findings still has a case that passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ospec_guard.model import Outcome, Verdict
from ospec_guard.report.base import (
    Standing,
    counted,
    excuse_words,
    files_line,
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
    for path, cases in sorted(_cases_by_path(result).items()):
        suite = SubElement(root, "testsuite", name=path)
        suite.extend(_told_apart(cases))
    verdicts = SubElement(root, "testsuite", name="ospec-guard verdicts")
    verdicts.extend(_verdict(result, verdict) for verdict in result.verdicts)
    SubElement(verdicts, "system-out").text = f"files: {files_line(result)}"
    for suite in root:
        _count(suite)
    _count(root)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _cases_by_path(result: RunResult) -> dict[str, list[Element]]:
    entries: list[Judged | JudgedGap] = [*result.findings, *result.gaps]
    entries.sort(key=lambda judged: _about(judged).sort_key[:2])
    cases: dict[str, list[Element]] = {}
    for judged in entries:
        cases.setdefault(shown_path(_about(judged).path), []).append(_case(result, judged))
    return cases


def _about(judged: Judged | JudgedGap) -> Finding | Gap:
    return judged.gap if hasattr(judged, "gap") else judged.finding


def _case(result: RunResult, judged: Judged | JudgedGap) -> Element:
    about, stands = _about(judged), standing(result, judged)
    rule, severity = (about.id, "gap") if hasattr(about, "id") else (about.rule_id, about.severity.label)
    path, line = shown_path(about.path), about.span.line if about.span else 1
    where = f"{line}:{about.span.column}" if about.span else "file"
    case = Element("testcase", name=one_line(f"{rule} at {where}"), classname=path, file=path, line=str(line), time="0")
    message = one_line(f"{about.message} (rule {about.rule_id})" if severity == "gap" and about.rule_id else about.message)
    text = "\n".join([f"{path}:{where} {severity} {one_line(rule)}", *visible_lines(about.message)])
    if stands is Standing.FAILS:
        failure = SubElement(case, "error" if severity == "gap" else "failure", message=message, type=one_line(rule))
        failure.text = text
    elif excuse := ruling(result, judged).excuse:
        SubElement(case, "skipped", message=f"{message} - excused by {excuse_words(excuse)}")
    elif stands is Standing.EXISTING:
        SubElement(case, "skipped", message=f"{message} - at the base too")
    elif severity == "gap":
        SubElement(case, "skipped", message=f"{message} - not fully analysed, and fails nothing in {result.environment}")
    else:
        SubElement(case, "system-out").text = text
    return case


def _verdict(result: RunResult, verdict: Verdict) -> Element:
    """A case for one environment; those that were not chosen never fail the report, as they do not fail the run."""
    name = one_line(f"{verdict.environment} ({verdict.level.label})")
    case = Element("testcase", name=name, classname="ospec-guard verdicts", time="0")
    message = one_line(f"{verdict.environment} {verdict.outcome}: {'; '.join(verdict.reasons)}".removesuffix(": "))
    if verdict.outcome is Outcome.PASSED:
        return case
    if verdict.environment != result.environment:
        SubElement(case, "skipped", message=f"{message} (not the environment of this run)")
    else:
        tag = "error" if verdict.outcome is Outcome.INCOMPLETE else "failure"
        body = SubElement(case, tag, message=message, type=str(verdict.outcome))
        body.text = "\n".join([one_line(reason) for reason in verdict.reasons] + [f"exit code {int(verdict.exit_code)}"])
    return case


def _told_apart(cases: list[Element]) -> list[Element]:
    """Readers take cases of one name for one; equal names get a number."""
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
