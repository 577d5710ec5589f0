"""Recording findings in a baseline: what today's run makes of an old baseline, or of none."""

from __future__ import annotations

import os
from datetime import date

from ospec_guard.app.scanning import Progress
from ospec_guard.app.session import Session
from ospec_guard.model import Gap
from ospec_guard.policy.baseline import Baseline, is_present, may_enter, may_enter_ever, render_baseline, update
from ospec_guard.values import replace, value


@value
class Recorded:
    """The new baseline, and how it differs from the old one, in numbers of findings."""

    text: bytes
    entries: int
    added: int
    removed: int
    moved: int
    not_added: int
    """New findings that were not to be added."""
    never: int
    """Findings of rules that no baseline may hold."""
    gaps: tuple[Gap, ...]


def record(session: Session, path: str | None, today: date, progress: Progress | None, *, add: bool) -> Recorded:
    """The baseline at `path` (relative to the request's folder; None: there is none yet) after a run of the session."""
    session = replace(session, request=replace(session.request, baseline=path))
    old = (session.baseline() if path else None) or Baseline("", ())
    scanned = session.scan(progress)
    outcome = session.judge(scanned, old, today)
    infos = {info.id: info for info in outcome.rules}
    present = [judged for judged in outcome.findings if is_present(judged)]
    enterable = [judged.finding for judged in present if may_enter(judged, infos[judged.finding.rule_id])]
    existing = frozenset(e.path for e in old.entries if os.path.lexists(os.path.join(session.root, e.path)))
    findings = [judged.finding for judged in present]
    extended = update(old, findings, outcome.scope, existing, add=enterable)
    new = extended if add else update(old, findings, outcome.scope, existing)
    return Recorded(
        text=render_baseline(new.entries),
        entries=len(new.entries),
        added=len(new.added),
        removed=len(new.removed),
        moved=len(new.moved),
        not_added=0 if add else len(extended.added),
        never=sum(not may_enter_ever(infos[judged.finding.rule_id]) for judged in present),
        gaps=scanned.gaps,
    )
