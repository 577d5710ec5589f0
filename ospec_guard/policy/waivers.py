"""Waivers: what is missing in one, whether it holds on a day, and what it is meant for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from ospec_guard.config.settings import Waiver
from ospec_guard.globs import matching
from ospec_guard.model import Finding, Gap, Notice
from ospec_guard.policy.expiry import Expiry, expiry, read_day
from ospec_guard.policy.names import RuleNames

SOON = 7
"""Days before its end from which a waiver is announced to expire."""


class WaiverState(StrEnum):
    """What a waiver is worth on a day."""

    ACTIVE = "active"
    """Complete, and its last day is not over: obeyed everywhere."""
    INCOMPLETE = "incomplete"
    """It holds, but lacks a field; obeyed where less is asked for."""
    EXPIRED = "expired"
    MALFORMED = "malformed"
    """Its last day cannot be read; counts as expired."""


def waiver_state(waiver: Waiver, today: date) -> WaiverState:
    """The state of a waiver on the UTC day `today`; the last day is inclusive."""
    if waiver.expires and (state := expiry(waiver.expires, today)) is not Expiry.ACTIVE:
        return WaiverState(state.value)
    return WaiverState.INCOMPLETE if missing_fields(waiver) else WaiverState.ACTIVE


def missing_fields(waiver: Waiver) -> tuple[str, ...]:
    """The fields a complete waiver has and this one lacks, in the order reason, approved_by, expires."""
    fields = (("reason", waiver.reason), ("approved_by", waiver.approved_by), ("expires", waiver.expires))
    return tuple(name for name, value in fields if not value.strip())


def covers(waiver: Waiver, subject: Finding | Gap, names: RuleNames) -> bool:
    """Whether a waiver is meant for a finding or gap, by rule, path and fingerprint, whatever the environment and day."""
    rule_id = subject.rule_id if isinstance(subject, Finding) else subject.id
    if waiver.fingerprint and waiver.fingerprint != subject.fingerprint:
        return False
    return names.matches(waiver.rule, rule_id) and reaches(waiver, subject.path)


def reaches(waiver: Waiver, path: str) -> bool:
    """Whether a waiver's paths include `path`; no paths include all."""
    return not waiver.paths or matching(waiver.paths, path) is not None


def expiring(waivers: Iterable[Waiver], today: date) -> tuple[Notice, ...]:
    """A notice for every waiver whose last day is at most a week away, in the order of places."""
    notices = []
    for waiver in waivers:
        day = read_day(waiver.expires)
        left = (day - today).days if day else -1
        if 0 <= left <= SOON:
            when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days, on {waiver.expires}")
            notices.append(Notice("notice/waiver-expires", f"the waiver for {waiver.rule} expires {when}", waiver.place))
    return tuple(sorted(notices, key=lambda notice: (notice.place or waiver.place, notice.message)))
