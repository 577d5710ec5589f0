"""Every YAML block of the specification's page on plugins, byte for byte, is accepted as it stands."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from plugin_world import MemoryFiles, load

from ospec_guard.plugins.check import judge
from ospec_guard.plugins.manifest import read_manifest
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.types import TYPES, outcome_type

FOLDER = Path(__file__).parents[2] / "fixtures" / "spec"
BLOCKS = sorted(path.name for path in FOLDER.glob("*.yaml"))
FILES = MemoryFiles({str(path.relative_to(FOLDER)): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()})

READINGS = {
    "agent-communication.yaml": "agent plugin 'agent-communication'",
    "compliance-guardrails.yaml": "guardrails plugin 'company_compliance'",
    "context-providers.yaml": "context_provider plugin 'context-providers'",
    "datadog-monitoring.yaml": "integration plugin 'datadog_monitoring'",
    "deployment-workflow.yaml": "workflow plugin 'enterprise_deployment'",
    "enterprise-templates.yaml": "templates plugin 'enterprise_patterns'",
    "jira-integration.yaml": "integration plugin 'jira_connector'",
    "microservice-outcome.yaml": "outcome_type plugin 'microservice'",
    "nextjs-supabase-stack.yaml": "stack plugin 'nextjs-supabase'",
    "ospec-usage.yaml": "OSpec document",
    "plugin-manifest.yaml": "outcome_type plugin 'my-custom-outcome'",
    "plugins-block.yaml": "settings file",
    "quality-metrics.yaml": "guardrails plugin 'quality_metrics'",
    "registry-security.yaml": "registry policy",
    "security-reviewer-agent.yaml": "agent plugin 'security_reviewer'",
    "smart-stack-selector.yaml": "stack_selector plugin 'smart-stack-selector'",
}


def _microservice() -> dict[str, outcome_type.Shape]:
    manifest = read_manifest(FILES.read("microservice-outcome.yaml"), "microservice-outcome.yaml").manifest
    assert manifest is not None
    assert isinstance(manifest.shape, outcome_type.Shape)
    return {"microservice": manifest.shape}


def test_the_blocks_are_those_of_the_specification() -> None:
    sums = dict(reversed(line.split("  ")) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())
    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in BLOCKS} == sums
    assert len(sums) == 16


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_accepted(name: str) -> None:
    judgement = judge(Spot(name, name), FILES, _microservice())
    assert judgement.problems == ()
    assert judgement.what == READINGS[name]


def test_every_plugin_type_but_monitoring_has_a_block() -> None:
    # The specification writes monitoring as an integration.
    assert {reading.split(" plugin")[0] for reading in READINGS.values() if " plugin" in reading} == set(TYPES) - {"monitoring"}


@pytest.mark.parametrize(
    ("block", "enabled", "name", "version", "contributes"),
    [
        pytest.param("compliance-guardrails", "@company/compliance-guardrails", "company_compliance", "1.0.0", "3 rules, 0 metrics", id="company_compliance"),
        pytest.param("quality-metrics", "@company/quality-metrics", "quality_metrics", "", "0 rules, 3 metrics", id="quality_metrics"),
    ],
)  # fmt: skip
def test_the_guardrails_blocks_load_unchanged(block: str, enabled: str, name: str, version: str, contributes: str) -> None:
    text = f"plugins: {{local_paths: [plugins], enabled: ['{enabled}']}}"
    (plugin,) = load(text, {f"plugins/{block}.yaml": FILES.read(f"{block}.yaml")}).plugins
    info = plugin.info
    assert (info.name, info.scoped_name, info.version, info.type) == (name, enabled, version, "guardrails")
    assert info.contributes == contributes
    assert info.digest == hashlib.sha256(FILES.read(f"{block}.yaml")).hexdigest()


def test_the_rules_of_a_block_keep_their_places() -> None:
    text = "plugins: {enabled: [plugins/compliance.yaml]}"
    (plugin,) = load(text, {"plugins/compliance.yaml": FILES.read("compliance-guardrails.yaml")}).plugins
    places = [(str(rule.place("id")), rule.value["id"]) for rule in plugin.contribution.rules]
    assert places == [
        ("plugins/compliance.yaml:7:5", "data_classification"),
        ("plugins/compliance.yaml:14:5", "approved_databases"),
        ("plugins/compliance.yaml:24:5", "encryption_required"),
    ]
