from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugin_world import manifest_problems

from ospec_guard.document import keys_of
from ospec_guard.plugins.discover import Found
from ospec_guard.plugins.manifest import read_manifest
from ospec_guard.plugins.names import parse_scoped
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.show import describe
from ospec_guard.plugins.types import IMPLIED, TYPES, plugin_type
from ospec_guard.plugins.types.base import Head

RULES = "plugin_type: guardrails\nrules: [{}]\n"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("", ["plugin.yaml:1:1: error: the file is empty; expected at least 'plugin_type'"], id="empty file"),
        pytest.param("# nothing\n", ["plugin.yaml:1:1: error: the file is empty"], id="only a comment"),
        pytest.param("- a\n", ["plugin.yaml:1:1: error: a manifest is a mapping of keys"], id="a list"),
        pytest.param("name: x\n", ["plugin.yaml:1:1: error: a manifest needs 'plugin_type'"], id="no type"),
        pytest.param("rules: []\n", ["plugin.yaml:1:1: error: a manifest needs 'plugin_type'"], id="a rule file is no plugin"),
        pytest.param("a: 1\nplugin_typ: stack\n", ["plugin.yaml:2:1: error: a manifest needs 'plugin_type'\n  hint: did you mean 'plugin_type' for 'plugin_typ'?"], id="type misspelt as key"),
        pytest.param("plugin_type: guardrail\n", ["hint: did you mean 'guardrails'?"], id="unknown type"),
        pytest.param("plugin_type: 3\n", ["'plugin_type' must be text"], id="type no text"),
        pytest.param("plugin_type:\ncontext_providers: {}\n", ["'plugin_type' must be text"], id="an empty type implies nothing"),
        pytest.param(RULES + "naem: x\n", ['plugin.yaml:3:1: error: unknown key "naem"\n  hint: did you mean \'name\'?'], id="unknown key"),
        pytest.param(RULES + "naem: x\nversion: 1\n", ["plugin.yaml:3:1: error: unknown key", "plugin.yaml:4:1: error: expected a version"], id="all at once"),
        pytest.param(RULES + "name: 3\n", ["plugin.yaml:3:1: error: expected a name"], id="name no text"),
        pytest.param(RULES + "name: a b\n", ["expected a name"], id="name with a space"),
        pytest.param(RULES + "name: ../x\n", ["expected a name"], id="name that is a way"),
        pytest.param(RULES + "name: '@a/b'\nscope: c\n", ["plugin.yaml:4:1: error: 'scope' and a 'name' that holds one"], id="two scopes"),
        pytest.param(RULES + "scope: '@'\n", ["expected a scope such as @company"], id="no scope"),
        pytest.param(RULES + "version: 1.0\n", ["expected a version such as 1.2.0, got a number (1.0)"], id="version a number"),
        pytest.param(RULES + "version: '1.0'\n", ['expected a version such as 1.2.0, got "1.0"'], id="version of two numbers"),
        pytest.param(RULES + "engines: {node: eighteen}\n", ["plugin.yaml:3:11: error: expected a range of versions"], id="no range, though not checked further"),
        pytest.param(RULES + "dependencies: {ospec_core: newest}\n", ["plugin.yaml:3:16: error: expected a range of versions"], id="dependency no range"),
        pytest.param(RULES + "dependencies: {required: [a]}\n", ["expected a range of versions such as ^1.0.0, got a list"], id="packages where no stack is"),
        pytest.param(RULES + "dev_dependencies: {jest: x.y}\n", ["expected a range of versions"], id="development dependency no range"),
        pytest.param(RULES + "author: {nam: me}\n", ['missing key "name"', "did you mean 'name'?"], id="author"),
        pytest.param(RULES + "keywords: a\n", ["expected a list of text"], id="keywords no list"),
        pytest.param(RULES + "configuration_schema: [a]\n", ["plugin.yaml:3:1: error: expected text or a mapping, got a list"], id="schema neither path nor mapping"),
        pytest.param(RULES + "\tname: x\n", ["plugin.yaml:3:1: error: tab used for indentation"], id="tab"),
        pytest.param(RULES + "name: a\nname: b\n", ['plugin.yaml:4:1: error: key "name" is given twice'], id="key twice"),
        pytest.param(RULES + "name: [\n", ["plugin.yaml:4:1: error:"], id="not YAML"),
        pytest.param("a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{','.join(['*' + p] * 10)}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)), ["anchors expand to more than"], id="anchors bomb"),
        pytest.param("plugin_type: guardrails\nrules: " + "[" * 5000 + "]" * 5000, ["nested deeper than"], id="deep nesting"),
        pytest.param(RULES + 'description: "\x00"\n', ["control character"], id="NUL"),
    ],
)  # fmt: skip
def test_what_no_manifest_may_hold(text: str, problems: list[str]) -> None:
    found = manifest_problems(text)
    assert len(found) == len(problems), found
    for expected, problem in zip(problems, found, strict=True):
        assert expected in problem


GUARDRAILS = [
    pytest.param("", "needs 'rules' or 'metrics'", id="neither rules nor metrics"),
    pytest.param("rules: []\nmetrics: []", "needs 'rules' or 'metrics'", id="none of either"),
    pytest.param("rules: {a: b}", "plugin.yaml:2:1: error: expected a list", id="rules no list"),
    pytest.param("rules: [1]\nconfiguration: {environments: {prod: {enforcement_level: blok}}}", "did you mean 'block'?", id="level"),
    pytest.param("rules: [1]\nconfiguration: {environments: {prod: {fail_on: wrning}}}", "did you mean 'warning'?", id="severity"),
    pytest.param("rules: [1]\nconfiguration: {environments: {prod: {enforcment_level: block}}}", "did you mean 'enforcement_level'?", id="key of an environment"),
    pytest.param("rules: [1]\nconfiguration: {environments: {prod: {}}}", "environment 'prod' says nothing", id="an environment without anything"),
    pytest.param("rules: [1]\nconfiguration: {environments: {' ': {locked: true}}}", "no name for an environment", id="an environment without a name"),
    pytest.param("rules: [1]\nconfiguration: {region: eu}", 'unknown key "region"', id="configuration of another kind"),
    pytest.param("rules: [1]\nlocked: yes", "plugin.yaml:3:1: error: expected true or false", id="locked no boolean"),
    pytest.param("rules: [1]\nintegration: {ci_cd: [githb_actions]}", "did you mean 'github_actions'?", id="unknown CI system"),
    pytest.param("rules: [1]\nintegration: {ide: [vscod]}", "did you mean 'vscode'?", id="unknown editor"),
    pytest.param("rules: [1]\nintegration: {cicd: []}", "did you mean 'ci_cd'?", id="unknown place to run"),
]  # fmt: skip
OTHERS = [
    pytest.param("outcome_type", "schema: {properties: {a: {type: strin}}}", "plugin.yaml:2:1: error: 'schema' is not a JSON Schema: properties.a.type", id="outcome: schema"),
    pytest.param("outcome_type", "acceptance_defaults: {http_endpoints: [{path: /}]}", 'missing key "status"', id="outcome: endpoint"),
    pytest.param("outcome_type", "acceptance_defaults: {performance: {availability: -1}}", "expected a number, 0 or more", id="outcome: performance"),
    pytest.param("outcome_type", "templates: {a: b}", "expected a list", id="outcome: templates"),
    pytest.param("stack", "components: {frontend: [a]}", "expected a mapping", id="stack: component"),
    pytest.param("stack", "dependencies: {required: [next@newest]}", "expected a package such as next@^14.0.0", id="stack: package"),
    pytest.param("stack", "dependencies: {required: ^1.0.0}", "'required' must be a list of packages", id="stack: packages no list"),
    pytest.param("stack", "dependencies: {requird: [a]}", "expected a range of versions", id="stack: key of packages"),
    pytest.param("stack", "guardrails: {min_test_coverage: 80}", "expected a number from 0 to 1", id="stack: coverage"),
    pytest.param("stack", "guardrails: {test_required: true}", "did you mean 'tests_required'?", id="stack: guardrail"),
    pytest.param("stack", "validation: {health_checks: [{name: a}]}", 'missing key "command"', id="stack: health check"),
    pytest.param("stack_selector", "", 'missing key "selection_rules"', id="selector: no rules"),
    pytest.param("stack_selector", "selection_rules: []", "at least one entry", id="selector: an empty list"),
    pytest.param("stack_selector", "selection_rules: [{conditions: {}, recommended_stack: a}]", "'conditions' is empty", id="selector: no conditions"),
    pytest.param("stack_selector", "selection_rules: [{conditions: {a: 1}, recommended_stack: a, confidence: 2}]", "from 0 to 1", id="selector: confidence"),
    pytest.param("agent", "", "an agent needs a 'role'", id="agent: no role"),
    pytest.param("agent", "role: a\nworkflows: {review: [{stp: a}]}", "did you mean 'step'?", id="agent: step"),
    pytest.param("agent", "role: a\nconfiguration: {thresholds: {max: high}}", "expected a number, 0 or more", id="agent: threshold"),
    pytest.param("agent", "role: a\ncommunication: {events: {subscribe: []}}", "did you mean 'subscribes'?", id="agent: events"),
    pytest.param("integration", "workflows: {a: [{b: {}, c: {}}]}", "a step names one action, this one names 2", id="integration: step"),
    pytest.param("integration", "mapping: {a: {b: [c]}}", "expected text", id="integration: mapping"),
    pytest.param("integration", "monitoring: {metrics: [{name: a}]}", 'missing key "type"', id="integration: metric"),
    pytest.param("monitoring", "", 'missing key "monitoring"', id="monitoring: nothing"),
    pytest.param("monitoring", "monitoring: {}\ndashboards: [{name: a, widgets: [{typ: b, metric: c}]}]", "did you mean 'type'?", id="monitoring: widget"),
    pytest.param("templates", "", "needs 'templates' or 'patterns'", id="templates: nothing"),
    pytest.param("templates", "templates: {a: {path: p, variables: [{name: v, type: t, required: true, default: 1}]}}", "its default is never used", id="templates: default"),
    pytest.param("templates", "templates: {a: {path: p, variables: [{name: v, type: t}, {name: v, type: t}]}}", "stands twice", id="templates: variable twice"),
    pytest.param("templates", "templates: {a: {variables: []}}", 'missing key "path"', id="templates: path"),
    pytest.param("context_provider", "", 'missing key "context_providers"', id="context: nothing"),
    pytest.param("context_provider", "context_providers: {}", "at least one entry", id="context: none"),
    pytest.param("context_provider", "context_providers: {a: {provider: b}}", "provides nothing", id="context: provides nothing"),
    pytest.param("workflow", "", 'missing key "workflow"', id="workflow: nothing"),
    pytest.param("workflow", "workflow: {name: a, stages: []}", "'stages' needs at least one entry", id="workflow: no stages"),
    pytest.param("workflow", "workflow: {name: a, stages: [{name: b, type: c}]}", "neither 'jobs' nor 'approvers'", id="workflow: empty stage"),
    pytest.param("workflow", "workflow: {name: a, stages: [{name: b, type: c, approvers: [{}]}]}", "one of 'role', 'user' and 'team'", id="workflow: approver"),
    pytest.param("workflow", "workflow: {name: a, stages: [{name: b, type: c, approvers: [{role: x}], depends_on: [d]}]}", "depends on 'd', which is no stage", id="workflow: unknown stage"),
    pytest.param("workflow", "workflow: {name: a, stages: [{name: b, type: c, approvers: [{role: x}], depends_on: [b]}]}", "does not come before it", id="workflow: waits for itself"),
    pytest.param("workflow", "workflow: {name: a, stages: [{name: b, type: c, jobs: [{name: j, agnt: x}]}]}", "did you mean 'agent'?", id="workflow: job"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "problem"), GUARDRAILS)
def test_what_guardrails_may_not_hold(body: str, problem: str) -> None:
    assert problem in "\n".join(manifest_problems(f"plugin_type: guardrails\n{body}\n"))


@pytest.mark.parametrize(("type_name", "body", "problem"), OTHERS)
def test_what_the_other_types_may_not_hold(type_name: str, body: str, problem: str) -> None:
    assert problem in "\n".join(manifest_problems(f"plugin_type: {type_name}\n{body}\n"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(RULES + "name: a.b_c-d\nscope: '@acme'\nversion: 1.2.3-rc.1+5\n", id="names and versions"),
        pytest.param(RULES + "locked: true\nconfiguration: {environments: {eu-west: {enforcement_level: warn, fail_on: moderate, locked: true}, prod: {locked: true}}}\n", id="environments of one's own"),
        pytest.param("plugin_type: guardrails\nmetrics: [what, ever, {is: here}]\n", id="entries are not looked at"),
        pytest.param("plugin_type: stack\ndependencies: {required: ['@a/b@^1.0.0', c], optional: [d@1.x], ospec_core: ^1.0.0, '@a/plugin': '*'}\n", id="packages and plugins"),
        pytest.param("plugin_type: monitoring\nmonitoring: {metrics: [{name: a, type: summary}]}\n", id="a metric type of one's own"),
        pytest.param("communication: {}\n", id="an agent's communication alone"),
        pytest.param(RULES + "configuration_schema: {type: object}\n", id="inline schema"),
        pytest.param(RULES + "dependencies: {lodash: '>=4 <5 || ^6'}\n", id="a package of the plugin's own code"),
    ],
)  # fmt: skip
def test_what_manifests_may_hold(text: str) -> None:
    assert manifest_problems(text) == []


@pytest.mark.parametrize(
    ("text", "name", "scoped"),
    [
        pytest.param(RULES + "name: a\n", "a", [], id="plain"),
        pytest.param(RULES + "name: a\nscope: b\n", "a", ["@b/a"], id="scope and name"),
        pytest.param(RULES + "name: a\nscope: '@b'\n", "a", ["@b/a"], id="scope with its sign"),
        pytest.param(RULES + "name: '@b/a'\n", "a", ["@b/a"], id="scoped"),
        pytest.param("# Plugin: @b/c\n" + RULES + "name: a\nscope: d\n", "a", ["@d/a", "@b/c"], id="comment too"),
        pytest.param("# Plugin: @b/a\n" + RULES + "name: '@b/a'\n", "a", ["@b/a"], id="said twice, counted once"),
        pytest.param("plugin_type: agent\nrole: a\n", "a", [], id="an agent's role"),
        pytest.param(RULES, "", [], id="none"),
        pytest.param("# Plugin: @b/c\nname: [\n", "", ["@b/c"], id="a broken file still says who it is"),
    ],
)
def test_names(text: str, name: str, scoped: list[str]) -> None:
    reading = read_manifest(text.encode(), "plugin.yaml")
    assert (reading.name, reading.scoped) == (name, tuple(parse_scoped(each) for each in scoped))


@pytest.mark.parametrize("name", TYPES)
def test_the_table_of_types_is_whole(name: str) -> None:
    module = plugin_type(name)
    assert name == module.NAME
    assert issubclass(module.Shape, Head)
    assert set(IMPLIED.values()) <= set(TYPES)
    for function in (module.problems, module.configurations, module.contribute, module.facts):
        assert callable(function)


words = st.sampled_from(["", "a", "@a/b", "^1.0.0", "1.2.3", "block", "${VAR}", "properties", "required", "é\n"])
scalars = st.none() | st.booleans() | st.integers(-2, 3) | st.floats(allow_nan=False, allow_infinity=False) | words
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)


@given(st.data(), st.sampled_from(sorted(TYPES)))
def test_no_manifest_makes_reading_fail(data: st.DataObject, type_name: str) -> None:
    """Whatever stands under the keys a type knows: it is a manifest that can be shown, or there are problems."""
    keys = st.sampled_from([key for key in keys_of(plugin_type(type_name).Shape) if key != "plugin_type"])
    manifest = data.draw(st.dictionaries(keys, values, max_size=4)) | {"plugin_type": type_name}
    reading = read_manifest(json.dumps(manifest).encode(), "plugin.yaml")
    assert (reading.manifest is None) == bool(reading.problems)
    shown = describe(Found(Spot("plugin.yaml", "plugin.yaml"), Spot(".", "."), "stem", reading, "0"), enabled=True)
    assert ("broken" in shown) == bool(reading.problems)


@pytest.mark.parametrize("name", TYPES)
def test_the_documentation_names_every_type_and_key(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text()
    words = set(re.findall(r"[a-z_]+", text))
    assert f"| `{name}` |" in text
    assert [key for key in keys_of(plugin_type(name).Shape) if key not in words] == []
