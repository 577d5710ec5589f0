"""The `sarif` format: SARIF 2.1.0 with Errata 01, fit for GitHub, GitLab, Azure DevOps, Jenkins and editors at once.

The only package that knows SARIF and sarif-om. One run with one driver, plugin rules among the driver's (GitHub reads no
extensions). Sections of the standard are cited as §. Same input, same bytes: no time, no GUID, no absolute path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ospec_guard.model import ExitCode, RunResult
from ospec_guard.report.base import json_text, verdict
from ospec_guard.report.sarif.notes import configuration_notifications, execution_notifications
from ospec_guard.report.sarif.objects import om, plain
from ospec_guard.report.sarif.places import ROOT, artifact
from ospec_guard.report.sarif.results import results
from ospec_guard.report.sarif.rules import notification_descriptors, rule_descriptor, unknown_rule

if TYPE_CHECKING:
    from ospec_guard.model import PluginInfo, RuleInfo
    from ospec_guard.protocols import ReportOptions

NAME = "sarif"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://ospec.dev"
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """A log with one run, in one line; findings in report order, excused ones as suppressed results."""
    log = om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[_run(result)])
    return json_text(plain(log))


def _run(result: RunResult) -> om.Run:
    rules = _rules(result)
    rule_index = {rule.id: place for place, rule in enumerate(rules)}
    notes = sorted({judged.gap.id for judged in result.gaps} | {notice.id for notice in result.notices})
    notes += ["policy/loosened"] if result.policy_changes else []
    note_index = {note: place for place, note in enumerate(notes)}
    artifact_index = {record.path: place for place, record in enumerate(result.files)}
    invocation = om.Invocation(
        execution_successful=_carried_out(result),
        exit_code=int(result.exit_code),
        exit_code_description=verdict(result).outcome.value,
        tool_execution_notifications=execution_notifications(result, note_index, rule_index, artifact_index),
        tool_configuration_notifications=configuration_notifications(result, note_index, artifact_index),
    )
    return om.Run(
        tool=om.Tool(driver=_driver(result, rules, notes)),
        # §3.17: an id that ends in '/' names a category whose runs are compared with one another.
        automation_details=om.RunAutomationDetails(id=f"ospec-guard/{result.environment}/"),
        column_kind="unicodeCodePoints",
        newline_sequences=["\r\n", "\n", "\r"],
        # No `uri`: where the root lies on this machine is nobody's business, and equal inputs give equal bytes (§3.14.14).
        original_uri_base_ids={ROOT: om.ArtifactLocation(description=om.Message(text="The root of the checked tree."))},
        invocations=[invocation],
        artifacts=[artifact(record) for record in result.files],
        results=results(result, rule_index, artifact_index),
        properties=_run_properties(result),
    )


def _rules(result: RunResult) -> list[RuleInfo]:
    """The selected rules by id, and a stand-in for any other that a result or gap names."""
    rules = {rule.id: rule for rule in result.rules}
    for judged in result.findings:
        finding = judged.finding
        rules.setdefault(finding.rule_id, unknown_rule(finding.rule_id, finding.severity))
    return sorted(rules.values(), key=lambda rule: rule.id)


def _driver(result: RunResult, rules: list[RuleInfo], notes: list[str]) -> om.ToolComponent:
    version = result.tool_version
    return om.ToolComponent(
        name="ospec-guard",
        version=version,
        semantic_version=version if _SEMANTIC.fullmatch(version) else None,
        information_uri=HOME,
        rules=[rule_descriptor(rule) for rule in rules],
        notifications=notification_descriptors(notes),
        properties={"ospec:plugins": [_plugin(plugin) for plugin in result.plugins]} if result.plugins else None,
    )


def _plugin(plugin: PluginInfo) -> dict[str, object]:
    return {
        "name": plugin.name,
        "scopedName": plugin.scoped_name,
        "version": plugin.version,
        "type": plugin.type,
        "manifest": str(plugin.place),
        "sha256": plugin.digest,
        "contributes": plugin.contributes,
    }


def _carried_out(result: RunResult) -> bool:
    """§3.20.14: whether the run came to a verdict; a gap that the environment minds gives exit code 2 and no verdict."""
    return result.exit_code in (ExitCode.PASS, ExitCode.FAIL)


def _run_properties(result: RunResult) -> dict[str, object]:
    """What SARIF has no place for. The revision stands here because §3.23 would want the repository's address with it."""
    facts: dict[str, object] = {
        "ospec:environment": result.environment,
        "ospec:verdicts": [
            {
                "environment": each.environment,
                "level": each.level.label,
                "outcome": each.outcome.value,
                "exitCode": int(each.exit_code),
                "reasons": list(each.reasons),
            }
            for each in result.verdicts
        ],
        "ospec:metrics": [
            {
                "id": metric.id,
                "score": metric.score,
                "target": metric.target,
                "threshold": metric.threshold,
                "measured": metric.measured,
                "note": metric.note,
            }
            for metric in result.metrics
        ],
        "ospec:revision": result.revision,
        "ospec:diffBase": result.diff_base,
    }
    return {name: value for name, value in facts.items() if value}
