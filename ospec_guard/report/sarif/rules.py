"""Rule and notification descriptors of the SARIF log (§3.49), and what GitHub and GitLab read from their properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ospec_guard.model import GAP_REASONS, RuleInfo, Severity
from ospec_guard.report.sarif.objects import om

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 1024
"""GitHub's limit for descriptions."""
_MOST_TAGS = 10
"""GitHub keeps ten tags of a rule."""

LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error", Severity.CRITICAL: "error"}
SCORES = {Severity.INFO: 2.0, Severity.WARNING: 5.5, Severity.ERROR: 8.0, Severity.CRITICAL: 9.5}
"""GitHub's scale of security severities: low, medium, high, critical."""
_PROBLEM = {Severity.INFO: "recommendation", Severity.WARNING: "warning", Severity.ERROR: "error", Severity.CRITICAL: "error"}
_PRECISIONS = ("very-high", "high", "medium", "low")


def rule_descriptor(rule: RuleInfo) -> om.ReportingDescriptor:
    """What GitHub calls a rule: every text it needs is there and not empty, whatever the author left out."""
    short = _cut(rule.description or rule.message or rule.id)
    link = next(filter(None, map(_uri, rule.references)), None)
    return om.ReportingDescriptor(
        id=rule.id,
        name=_name(rule.id),
        short_description=_text(short),
        full_description=_text(_cut(f"{short} {rule.why}" if rule.why else short)),
        help=om.MultiformatMessageString(text=_help(rule, markdown=False), markdown=_help(rule, markdown=True)),
        help_uri=link,
        default_configuration=om.ReportingConfiguration(level=LEVELS[rule.severity]),
        properties=_properties(rule),
    )


def unknown_rule(rule_id: str, severity: Severity) -> RuleInfo:
    """A stand-in for a rule id that results name and the run does not describe: no result may lack its rule."""
    return RuleInfo(rule_id, "", severity, rule_id)


def notification_descriptors(ids: Iterable[str]) -> list[om.ReportingDescriptor]:
    """The descriptors of the gaps, notices and policy changes in the log, in the given order."""
    return [_notification_descriptor(each) for each in ids]


def _notification_descriptor(note: str) -> om.ReportingDescriptor:
    about = _NOTE_HELP.get(note.partition("/")[0], _NOTE_HELP["notice"])
    short = _SHORT.get(note) or _humanised(note)
    texts = {"short_description": _text(short), "full_description": _text(f"{short}: {about[0]}"), "help": _text(about[1])}
    return om.ReportingDescriptor(id=note, name=_name(note), **texts)


_SHORT = {**GAP_REASONS, "policy/loosened": "the working tree loosens the policy"}
_NOTE_HELP = {
    "gap": (
        "something selected for analysis was not fully analysed",
        "Mend the cause, exclude the file in the settings, or waive the gap with a reason and a date.",
    ),
    "notice": ("something to know that is neither a finding nor a gap", "A notice changes no verdict."),
    "policy": (
        "the working tree's policy would allow more than the policy of this run",
        "The change was not obeyed. Review it as you would review the code that it lets through.",
    ),
}
"""First part of a note's id, and its meaning and what to do about it."""


def _properties(rule: RuleInfo) -> dict[str, object]:
    security = bool(rule.cwe or rule.owasp or rule.kind == "secret" or "security" in rule.tags)
    tags = ["security"] if security else []
    tags += [f"external/cwe/cwe-{number:03}" for number in map(_cwe_number, rule.cwe) if number]
    tags += [tag for tag in (*rule.tags, *rule.owasp) if tag]
    properties: dict[str, object] = {"tags": list(dict.fromkeys(tags))[:_MOST_TAGS]}
    precision = rule.confidence.lower()
    if precision in _PRECISIONS:
        properties["precision"] = precision
    properties["problem.severity"] = _PROBLEM[rule.severity]
    if security:
        properties["security-severity"] = str(SCORES[rule.severity])
    ours = {
        "ospec:kind": rule.kind,
        "ospec:plugin": rule.plugin,
        "ospec:severity": rule.severity.label,
        "ospec:cwe": list(rule.cwe),
        "ospec:owasp": list(rule.owasp),
        "ospec:references": list(rule.references),
    }
    properties |= {name: value for name, value in ours.items() if value}
    properties["ospec:suppressible"] = rule.suppressible
    return properties


def _help(rule: RuleInfo, *, markdown: bool) -> str:
    """What to do, why, and where to read on."""
    heading = "## {}\n\n{}" if markdown else "{}: {}"
    cure = rule.help or rule.message or rule.description or rule.id
    parts = [heading.format("What to do", cure) if rule.help else cure]
    parts += [heading.format("Why", rule.why)] if rule.why else []
    if rule.references:
        links = "\n".join(f"- {reference}" for reference in rule.references)
        parts.append(f"## References\n\n{links}" if markdown else f"References:\n{links}")
    return "\n\n".join(parts)


def _text(text: str) -> om.MultiformatMessageString:
    return om.MultiformatMessageString(text=text)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _name(rule_id: str) -> str | None:
    """The last part of an id in the form the standard suggests: `pack/no-eval` is `NoEval` (§3.49.7)."""
    words = re.findall(r"[A-Za-z0-9]+", rule_id.rpartition("/")[2])
    return "".join(word[0].upper() + word[1:] for word in words)[:255] or None


def _humanised(notice_id: str) -> str:
    return notice_id.rpartition("/")[2].replace("-", " ") or notice_id


def _cwe_number(written: str) -> int:
    """79 for `CWE-79: Cross-site scripting` and for `79`; 0 where no number stands."""
    number = re.search(r"\d{1,5}", written)
    return int(number[0]) if number else 0


def _uri(reference: str) -> str:
    """A web address fit for `helpUri`, empty when it is none."""
    reference = reference.strip()
    if not re.match(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#]|$)", reference):
        return ""
    return quote(reference, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")
