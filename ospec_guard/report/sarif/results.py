"""Results of the SARIF log (§3.27): findings with level, place, fingerprints, suppressions and state against a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.report.base import annotation_level, failing_environments, one_line, ruling
from ospec_guard.report.sarif.objects import om
from ospec_guard.report.sarif.places import artifact_location, exact_region, finding_location, location, place_location
from ospec_guard.report.sarif.rules import SCORES

if TYPE_CHECKING:
    from ospec_guard.model import Excuse, Finding, Fix, Judged, Ruling, RunResult, Step


def results(result: RunResult, rule_index: dict[str, int], artifact_index: dict[str, int]) -> list[om.Result]:
    """Every finding in report order. All have a `baselineState` or none has (§3.27.24)."""
    compared = bool(result.diff_base) or any(_in_baseline(judged) for judged in result.findings)
    return [_result(result, judged, rule_index, artifact_index, compared=compared) for judged in result.findings]


def _result(
    result: RunResult, judged: Judged, rule_index: dict[str, int], artifact_index: dict[str, int], *, compared: bool
) -> om.Result:
    finding, here = judged.finding, ruling(result, judged)
    known = judged.existing or _in_baseline(judged)
    return om.Result(
        rule_id=finding.rule_id,
        rule_index=rule_index[finding.rule_id],
        level=annotation_level(result, judged),
        rank=SCORES[finding.severity] * 10,
        message=om.Message(text=finding.message.strip() or finding.rule_id),
        locations=[finding_location(finding, artifact_index)],
        partial_fingerprints=_fingerprints(finding),
        baseline_state=("unchanged" if known else "new") if compared else None,
        suppressions=_suppressions(here, artifact_index),
        code_flows=_code_flows(finding, artifact_index),
        fixes=[_fix(finding, finding.fix, artifact_index)] if finding.fix else None,
        properties=_properties(judged, here),
    )


def _code_flows(finding: Finding, artifact_index: dict[str, int]) -> list[om.CodeFlow] | None:
    """The way of a value as one flow of one thread (§3.36); its ends are essential, the rest important (§3.38.13)."""
    if not finding.steps:
        return None
    ends = (0, len(finding.steps) - 1)
    places = [
        om.ThreadFlowLocation(
            location=_step(finding.path, step, artifact_index),
            importance="essential" if at in ends else "important",
        )
        for at, step in enumerate(finding.steps)
    ]
    return [om.CodeFlow(thread_flows=[om.ThreadFlow(locations=places)])]


def _step(path: str, step: Step, artifact_index: dict[str, int]) -> om.Location:
    found = location(path, exact_region(step.span), artifact_index)
    found.message = om.Message(text=one_line(step.text))
    return found


def _fix(finding: Finding, fix: Fix, artifact_index: dict[str, int]) -> om.Fix:
    """What `check --fix` does (§3.55); `ospec:safe` says whether it does so unasked."""
    replacements = [
        om.Replacement(
            deleted_region=exact_region(edit.span),
            inserted_content=om.ArtifactContent(text=edit.text) if edit.text else None,
        )
        for edit in fix.edits
        if edit.span
    ]
    where = artifact_location(finding.path, artifact_index)
    return om.Fix(
        description=om.Message(text=f"Apply the fix of rule {one_line(finding.rule_id)}."),
        artifact_changes=[om.ArtifactChange(artifact_location=where, replacements=replacements)],
        properties={"ospec:safe": fix.safe},
    )


def _fingerprints(finding: Finding) -> dict[str, str]:
    github = {"primaryLocationLineHash": finding.line_hash} if finding.line_hash else {}
    return {**github, "ospecGuard/v1": finding.fingerprint}


def _suppressions(here: Ruling, artifact_index: dict[str, int]) -> list[om.Suppression]:
    """Empty, not absent, for a finding without excuse: that none applies is known (§3.27.23).

    An obeyed excuse stands alone: beside it, a refused one would make readers show the result as not suppressed.
    """
    if here.excuse:
        return [_suppression(here.excuse, artifact_index, "accepted", "")]
    unique = dict.fromkeys(here.refused)
    return [_suppression(refusal.excuse, artifact_index, "rejected", refusal.why) for refusal in unique]


def _suppression(excuse: Excuse, artifact_index: dict[str, int], status: str, why: str) -> om.Suppression:
    facts = {
        "ospec:kind": excuse.kind,
        "ospec:approvedBy": excuse.approved_by,
        "ospec:until": excuse.until,
        "ospec:refusedBecause": why,
    }
    return om.Suppression(
        kind="inSource" if excuse.kind == "inline" else "external",
        state=status,
        justification=one_line(excuse.reason) or None,
        location=place_location(excuse.place, artifact_index),
        properties={name: value for name, value in facts.items() if value},
    )


def _properties(judged: Judged, here: Ruling) -> dict[str, object]:
    facts: dict[str, object] = dict(judged.finding.properties)
    facts["ospec:severity"] = judged.finding.severity.label
    facts["ospec:levels"] = {ruling.environment: ruling.level.label for ruling in judged.rulings}
    facts["ospec:fails"] = failing_environments(judged)
    facts["ospec:decidedBy"] = here.decided_by
    if judged.finding.span is None:
        facts["ospec:wholeFile"] = True
    if judged.existing:
        facts["ospec:existing"] = True
    return facts


def _in_baseline(judged: Judged) -> bool:
    """Whether a baseline entry speaks of it, obeyed or not."""
    excuses = [ruling.excuse for ruling in judged.rulings]
    excuses += [refusal.excuse for ruling in judged.rulings for refusal in ruling.refused]
    return any(excuse is not None and excuse.kind == "baseline" for excuse in excuses)
