"""A small world to judge: rules, findings, comments and waivers with as little ceremony as a test needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ospec_guard.config.settings import Settings, Waiver
from ospec_guard.globs import compile_globs
from ospec_guard.model import (
    Comment,
    FileRecord,
    FileStatus,
    Finding,
    Gap,
    Judged,
    Place,
    RuleInfo,
    Ruling,
    Severity,
    Span,
)
from ospec_guard.policy.judge import PolicyInput, PolicyOutcome, judge
from ospec_guard.source import Source

TODAY = date(2026, 6, 15)
YESTERDAY, TOMORROW, NEXT_YEAR = "2026-06-14", "2026-06-16", "2027-06-15"
ENVIRONMENTS = ("development", "staging", "production")
SETTINGS = "ospec-guard.yaml"

EVAL = RuleInfo("py-core/eval", "code_analysis", Severity.ERROR, "eval is called", plugin="py-core")
SECRET = RuleInfo("py-core/secret", "secret", Severity.CRITICAL, "a secret", plugin="py-core", suppressible=False)
CRYPTO = RuleInfo(
    "company_compliance/encryption_required", "code_analysis", Severity.CRITICAL, "plain", plugin="company_compliance"
)
RULES = (EVAL, SECRET, CRYPTO)


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()[:32]


def finding(
    rule: RuleInfo = EVAL,
    path: str = "src/a.py",
    line: int = 1,
    tokens: str = "eval ( x )",
    *,
    ordinal: int = 0,
    definition: str = "f",
) -> Finding:
    """A finding on a line; equal rule, path, definition and tokens make equal identities, told apart by the ordinal."""
    identity = digest(rule.id, path, definition, tokens)
    span = Span(line * 100, line * 100 + 5, line, 1, line, 6)
    return Finding(
        rule_id=rule.id,
        path=path,
        span=span,
        message=rule.description,
        severity=rule.severity,
        identity=identity,
        content=digest(rule.id, definition, tokens),
        fingerprint=digest(identity, str(ordinal)),
        definition=definition,
    )


def gap(gap_id: str = "gap/parse", path: str = "src/a.py", rule_id: str | None = None) -> Gap:
    return Gap(gap_id, path, "not looked at", None, rule_id, digest(gap_id, path))


def comments_of(text: str, path: str = "src/a.py", sign: str = "#") -> tuple[Comment, ...]:
    """The comments of a text whose comments run from `sign` to the end of the line (strings are not looked for)."""
    source = Source(path, text.encode())
    found = []
    for number in range(1, len(source.line_starts) + 1):
        start, end = source.line_bounds(number)
        at = source.data.find(sign.encode(), start, end)
        if at >= 0:
            alone = not source.data[start:at].strip()
            found.append(Comment(path, source.span(at, end), source.data[at:end].decode(), alone))
    return tuple(found)


def comment(text: str, line: int = 1, *, path: str = "src/a.py", alone: bool = False) -> Comment:
    """One comment that starts on a line; beside code unless `alone`."""
    last = line + text.count("\n")
    return Comment(path, Span(line * 100 + 20, line * 100 + 20 + len(text.encode()), line, 21, last, 1), text, alone)


def waiver(
    rule: str = EVAL.id,
    *,
    paths: Iterable[str] = (),
    reason: str = "kept until the parser is replaced",
    approved_by: str = "security",
    expires: str = NEXT_YEAR,
    fingerprint: str = "",
    environments: tuple[str, ...] = (),
    line: int = 10,
) -> Waiver:
    return Waiver(rule, Place(SETTINGS, line, 5), compile_globs(paths), fingerprint, reason, approved_by, expires, environments)


def given(*findings: Finding, **fields: object) -> PolicyInput:
    """An input with all rules and environments, on TODAY, in development; every file named by a finding or comment was checked."""
    base = PolicyInput(
        findings=findings, gaps=(), rules=RULES, environments=ENVIRONMENTS, environment="development", today=TODAY
    )
    made = replace(base, **fields)  # type: ignore[arg-type]
    if "files" not in fields:
        paths = {f.path for f in findings} | {c.path for c in made.comments} | {"src/a.py"}
        made = replace(made, files=tuple(FileRecord(path, FileStatus.CHECKED) for path in sorted(paths)))
    return made


def judged(*findings: Finding, waivers: Iterable[Waiver] = (), **fields: object) -> PolicyOutcome:
    """The outcome of `given`, with waivers put into the settings."""
    settings = fields.pop("settings", Settings())
    assert isinstance(settings, Settings)
    return judge(given(*findings, settings=replace(settings, waivers=(*settings.waivers, *waivers)), **fields))


def ruling(outcome: PolicyOutcome, subject: Finding | Gap, environment: str) -> Ruling:
    """What an environment does with a finding or gap."""
    if isinstance(subject, Gap):
        rulings = next(item.rulings for item in outcome.gaps if item.gap == subject)
    else:
        rulings = next(item.rulings for item in outcome.findings if item.finding.fingerprint == subject.fingerprint)
    return next(r for r in rulings if r.environment == environment)


def about_policy(outcome: PolicyOutcome) -> list[Judged]:
    """The findings about the policy itself."""
    return [item for item in outcome.findings if item.finding.rule_id.startswith("policy/")]


def policy_ids(outcome: PolicyOutcome) -> list[str]:
    return [item.finding.rule_id for item in about_policy(outcome)]
