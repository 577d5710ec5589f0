"""Notifications of the SARIF log (§3.58): gaps as what went wrong in the run, notices about its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.report.base import Standing, excuse_words, failing_environments, notice_message, ruling, standing
from ospec_guard.report.sarif.objects import om
from ospec_guard.report.sarif.places import location, place_location, region

if TYPE_CHECKING:
    from ospec_guard.model import JudgedGap, RunResult


def execution_notifications(
    result: RunResult, note_index: dict[str, int], rule_index: dict[str, int], artifact_index: dict[str, int]
) -> list[om.Notification]:
    """One for every gap, waived or not; an error where the chosen environment fails because of it."""
    return [_gap(result, judged, note_index, rule_index, artifact_index) for judged in result.gaps]


def _gap(
    result: RunResult,
    judged: JudgedGap,
    note_index: dict[str, int],
    rule_index: dict[str, int],
    artifact_index: dict[str, int],
) -> om.Notification:
    gap, excuse = judged.gap, ruling(result, judged).excuse
    facts: dict[str, object] = {
        "ospec:levels": {ruling.environment: ruling.level.label for ruling in judged.rulings},
        "ospec:fails": failing_environments(judged),
    }
    facts |= {"ospec:excusedBy": excuse_words(excuse)} if excuse else {}
    facts |= {"ospec:fingerprint": gap.fingerprint} if gap.fingerprint else {}
    rule = None
    if gap.rule_id:
        rule = om.ReportingDescriptorReference(id=gap.rule_id, index=rule_index.get(gap.rule_id, -1))
    return om.Notification(
        descriptor=_descriptor(gap.id, note_index),
        associated_rule=rule,
        level="error" if standing(result, judged) is Standing.FAILS else "warning",
        message=om.Message(text=gap.message.strip() or gap.id),
        locations=[location(gap.path, region(gap.span) if gap.span else None, artifact_index)],
        properties=facts,
    )


def configuration_notifications(
    result: RunResult, note_index: dict[str, int], artifact_index: dict[str, int]
) -> list[om.Notification]:
    """The notices, then what the working tree's policy would loosen."""
    found = [
        om.Notification(
            descriptor=_descriptor(notice.id, note_index),
            level="note",
            message=om.Message(text=notice_message(notice).strip() or notice.id),
            locations=[place_location(notice.place, artifact_index)] if notice.place else None,
        )
        for notice in result.notices
    ]
    found += [
        om.Notification(
            descriptor=_descriptor("policy/loosened", note_index),
            level="warning",
            message=om.Message(text=change.strip() or "-"),
        )
        for change in result.policy_changes
    ]
    return found


def _descriptor(note: str, note_index: dict[str, int]) -> om.ReportingDescriptorReference:
    return om.ReportingDescriptorReference(id=note, index=note_index[note])
