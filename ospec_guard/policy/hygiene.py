"""Findings about the policy itself: suppressions written wrongly, and excuses, globs and settings that do nothing any more.

Owns their ids and identity. `directives` and `unused` say when there is one; they are judged like all findings, and no comment
and no baseline can excuse them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ospec_guard.digests import digest
from ospec_guard.model import Excerpt, Finding, Place, RuleInfo, Severity, Span
from ospec_guard.source import Source
from ospec_guard.values import value

KIND = "policy"

POLICY_RULES: tuple[RuleInfo, ...] = (
    RuleInfo(
        "policy/blanket-suppression",
        KIND,
        Severity.ERROR,
        "A comment would suppress every rule.",
        help="Name the rules: `ospec-guard: ignore[rule-id] reason`.",
        why="What nobody named, nobody decided to allow: it hides the findings of rules that come later, too.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/expired-waiver",
        KIND,
        Severity.WARNING,
        "A waiver's last day has passed, or cannot be read.",
        help="Mend what it excused and remove it, or have it approved again with a new `expires: YYYY-MM-DD`.",
        why="It excuses nothing any more.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/malformed-suppression",
        KIND,
        Severity.ERROR,
        "A comment looks like a suppression and is not written as one.",
        help="Write `ospec-guard: ignore[rule-id] reason`.",
        why="Guessing what was meant suppresses too much or the wrong thing.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unknown-rule",
        KIND,
        Severity.ERROR,
        "A comment suppresses a rule that does not exist.",
        help="Write the id as `ospec-guard rules list` shows it.",
        why="A misspelt suppression protects nobody, and starts to work unseen when such a rule appears.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unused-baseline-entry",
        KIND,
        Severity.WARNING,
        "A baseline entry excuses nothing.",
        help="Run `ospec-guard baseline`, which takes such entries out.",
        why="A dead entry lets the violation come back unseen.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unused-glob",
        KIND,
        Severity.WARNING,
        "An include or exclude glob matches nothing.",
        help="Remove it from the settings, or mend it.",
        why="It excludes whatever gets such a name one day.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unused-rule-setting",
        KIND,
        Severity.WARNING,
        "The settings speak of a rule that does not exist.",
        help="Remove the entry, or write the id as `ospec-guard rules list` shows it.",
        why="Whoever wrote it believes that it has an effect.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unused-suppression",
        KIND,
        Severity.WARNING,
        "A comment suppresses a rule that finds nothing there.",
        help="Remove the comment, or the rule's id from it.",
        why="It hides the next violation on that line.",
        suppressible=False,
    ),
    RuleInfo(
        "policy/unused-waiver",
        KIND,
        Severity.WARNING,
        "A waiver excuses nothing.",
        help="Remove it from the settings.",
        why="It excuses whatever comes to match it.",
        suppressible=False,
    ),
)
"""All of them, by id."""

_SEVERITIES = {rule.id: rule.severity for rule in POLICY_RULES}


@value
class Draft:
    """A finding about the policy before it has an identity."""

    rule_id: str
    path: str
    message: str
    text: str
    """What is written there, whatever the line: makes the identity."""
    span: Span | None = None


def draft_at(rule_id: str, place: Place, message: str, text: str) -> Draft:
    """A draft at a place of which only line and column are known: byte offsets of -1 say so until `policy_findings`."""
    column = max(place.column, 1)
    span = Span(-1, -1, place.line, column, place.line, column) if place.line else None
    return Draft(rule_id, place.path, message, text, span)


def policy_findings(drafts: Iterable[Draft], texts: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The drafts as findings, in report order; equals are numbered from the top of their file.

    `texts`: decoded settings and baseline by path. Where the text of a place is not among them, its byte offsets stay -1.
    """
    seen: Counter[str] = Counter()
    sources = {path: Source(path, data) for path, data in texts.items()}
    findings = []
    for draft in sorted(drafts, key=_sort_key):
        identity = digest(draft.rule_id, draft.path, draft.text)
        span, excerpt = _located(draft, sources)
        findings.append(
            Finding(
                rule_id=draft.rule_id,
                path=draft.path,
                span=span,
                message=draft.message,
                severity=_SEVERITIES[draft.rule_id],
                identity=identity,
                content=digest(draft.rule_id, draft.text),
                fingerprint=digest(identity, str(seen[identity])),
                excerpt=excerpt,
            )
        )
        seen[identity] += 1
    return tuple(sorted(findings, key=lambda f: f.sort_key))


def _located(draft: Draft, sources: Mapping[str, Source]) -> tuple[Span | None, Excerpt | None]:
    """The draft's span, to the end of the line and with byte offsets where there is a text, and the lines around it."""
    source = sources.get(draft.path)
    if source is None or draft.span is None or draft.span.start >= 0:
        return draft.span, None
    start = source.offset_of(draft.span.line, draft.span.column)
    span = source.span(start, source.line_bounds(source.line_of(start))[1])
    return span, source.excerpt(span)


def _sort_key(draft: Draft) -> tuple[str, int, int, str, str, str]:
    line, column = (draft.span.line, draft.span.column) if draft.span else (0, 0)
    return (draft.path, line, column, draft.rule_id, draft.text, draft.message)
