from __future__ import annotations

import pytest
from plugin_world import ROOT, SETTINGS, MemoryFiles, settings
from test_plugin_fixtures import FILES

from ospec_guard.plugins.discover import Found, find_at
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.selection import select
from ospec_guard.plugins.show import describe, rows, table


def found(name: str, text: str | None = None) -> Found:
    files = FILES if text is None else MemoryFiles({name: text})
    plugin = find_at(Spot(name, name), files)
    assert plugin is not None
    return plugin


def test_a_guardrails_plugin() -> None:
    plugin = found("compliance-guardrails.yaml")
    assert (
        describe(plugin, enabled=True)
        == f"""\
plugin:                  company_compliance
type:                    guardrails
version:                 1.0.0
scoped name:             @company/compliance-guardrails
file:                    compliance-guardrails.yaml
state:                   enabled
digest:                  sha256:{plugin.digest}
contributes:             3 rules, 0 metrics
environment development: warn
environment production:  block
environment staging:     error
CI/CD:                   github_actions, gitlab_ci, jenkins
IDE:                     vscode, intellij, vim
"""
    )


def test_locks_are_shown() -> None:
    text = "plugin_type: guardrails\nrules: [{}]\nlocked: true\nconfiguration: {environments: {prod: {enforcement_level: block, fail_on: warning}}}\n"
    shown = describe(found("p.yaml", text), enabled=False)
    assert "environment prod: block, fails on warning, locked\n" in shown
    assert "locked:           settings cannot loosen this plugin\n" in shown
    assert "state:            available\n" in shown


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("microservice-outcome.yaml", ["OSpec keys: database_per_service, event_bus, service_mesh", "contains: 1 template", "contributes: contributes nothing to a check yet"], id="outcome type"),
        pytest.param("nextjs-supabase-stack.yaml", ["components: backend, deployment, frontend, styling", "packages: 3 required, 2 optional", "contains: 3 files"], id="stack"),
        pytest.param("smart-stack-selector.yaml", ["contains: 3 selection rules", "stacks: nextjs-supabase, rust-axum-postgres, rust-clap"], id="stack selector"),
        pytest.param("security-reviewer-agent.yaml", ["role: security_reviewer", "extends: reviewer", "workflows: review_process"], id="agent"),
        pytest.param("agent-communication.yaml", ["type: agent", "publishes: security_review_completed, vulnerabilities_found, approval_granted"], id="communication"),
        pytest.param("jira-integration.yaml", ["reacts to: spec_deployed, task_completed, task_created", "variables: JIRA_API_TOKEN, JIRA_PROJECT_KEY, JIRA_URL, JIRA_USERNAME"], id="integration"),
        pytest.param("datadog-monitoring.yaml", ["monitors: 3 metrics, 3 events", "dashboards: OSpec Overview", "variables: DATADOG_API_KEY, DATADOG_APP_KEY"], id="monitoring"),
        pytest.param("enterprise-templates.yaml", ["templates: api_controller, database_model", "patterns: service_layer", "engine: handlebars"], id="templates"),
        pytest.param("context-providers.yaml", ["database_schema: table_definitions, relationship_mappings, constraint_information (by @company/schema-provider)"], id="context providers"),
        pytest.param("deployment-workflow.yaml", ["stages: pre_deployment_validation, staging_deployment, approval_gate, production_deployment", "starts on: implementation_completed"], id="workflow"),
        pytest.param("plugin-manifest.yaml", ["author: Development Team <dev-team@company.com>", "needs: node >=18.0.0, ospec >=1.0.0, ospec_core ^1.0.0", "configuration: as in schemas/config.schema.json", "keywords: custom, enterprise, microservice"], id="manifest"),
    ],
)  # fmt: skip
def test_what_each_type_shows(name: str, lines: list[str]) -> None:
    shown = [" ".join(line.split()) for line in describe(found(name), enabled=False).splitlines()]
    assert [line for line in lines if line not in shown] == []


def test_keys_of_an_inline_schema_are_shown() -> None:
    text = "plugin_type: stack\nconfiguration_schema: {properties: {b: {}, a: {}}}\n"
    assert "configuration: a, b\n" in describe(found("p.yaml", text), enabled=False)


def test_values_of_configurations_are_never_shown() -> None:
    text = "plugin_type: integration\nconfiguration: {token: hunter2, url: 'https://${HOST}/hunter2'}\n"
    shown = describe(found("p.yaml", text), enabled=True)
    assert "hunter2" not in shown
    assert "variables:   HOST\n" in shown


def test_a_broken_plugin_shows_its_problems() -> None:
    shown = describe(found("p.yaml", "plugin_type: stak\nname: x\n"), enabled=True)
    assert "state:  broken\n" in shown
    assert "p.yaml:1:1: error: 'stak' is no plugin type" in shown
    assert "did you mean 'stack'?" in shown


def test_a_terminal_is_told_nothing_by_a_manifest() -> None:
    shown = describe(found("p.yaml", 'plugin_type: stack\ndescription: "a\\e[31mred\\nb\\u202e"\n'), enabled=False)
    assert "description: a\\u001b[31mred b\\u202e\n" in shown


def test_rows_and_table() -> None:
    block, _ = settings("plugins: {local_paths: [p], enabled: ['@company/a', ./q/plugin.yaml]}")
    files = MemoryFiles({
        "p/a.yaml": "# Plugin: @company/a\nplugin_type: guardrails\nversion: 1.0.0\nrules: [{}]\n",
        "p/b.yaml": "plugin_type: stack\n",
        "p/c.yaml": "rules: [",
        "q/plugin.yaml": "plugin_type: stack\nname: z\n",
    })  # fmt: skip
    selection = select(block, files=files, root=ROOT, settings_path=SETTINGS, environ={})
    listed = rows(selection)
    assert [(row.name, row.type, row.state) for row in listed] == [
        ("c", "?", "broken"),
        ("a", "guardrails", "enabled"),
        ("b", "stack", "available"),
        ("z", "stack", "enabled"),
    ]
    assert (
        table(listed)
        == """\
TYPE        NAME  VERSION  STATE      SCOPED NAME  FILE
?           c              broken                  p/c.yaml
guardrails  a     1.0.0    enabled    @company/a   p/a.yaml
stack       b              available               p/b.yaml
stack       z              enabled                 q/plugin.yaml
"""
    )


def test_no_rows() -> None:
    assert table(()) == "no plugins\n"
