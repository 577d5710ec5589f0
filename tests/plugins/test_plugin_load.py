"""Loading: versions, other plugins, configuration, variables, environments; and that problems come all at once."""

from __future__ import annotations

import copy

import pytest
from plugin_world import HOME, load, refusals

from ospec_guard.errors import PluginError
from ospec_guard.model import Level, Notice, Severity
from ospec_guard.plugins.load import _NoticeLogger
from ospec_guard.plugins.variables import Secret

RULES = "plugin_type: guardrails\nrules: [{}]\n"
P = "plugins: {enabled: [./p.yaml]}"
JIRA = """plugin_type: integration
name: jira
configuration:
  url: "${JIRA_URL}"
  nested: {token: ["Bearer ${JIRA_TOKEN}"]}
workflows:
  task_created:
    - create: {priority: "${task.priority}", by: "${NOT_ASKED_FOR}"}
"""


def test_without_enabled_plugins_nothing_is_read() -> None:
    loaded = load("plugins: {local_paths: [p, ~bob/x]}", {})
    assert (loaded.plugins, loaded.notices) == ((), ())
    loaded.deactivate()


def test_what_is_known_of_a_loaded_plugin() -> None:
    text = "# Plugin: @a/p\n" + RULES + "name: p_name\nversion: 2.0.0\n"
    (plugin,) = load("plugins: {local_paths: [x], enabled: ['@a/p']}", {"x/f.yaml": text}).plugins
    info = plugin.info
    assert (info.name, info.scoped_name, info.version, info.type, str(info.place)) == (
        "p_name",
        "@a/p",
        "2.0.0",
        "guardrails",
        "x/f.yaml",
    )
    assert info.contributes == "1 rule, 0 metrics"
    assert plugin.document.value["version"] == "2.0.0"
    assert len(plugin.contribution.rules) == 1


def test_a_plugin_without_a_name_has_that_of_its_place() -> None:
    (plugin,) = load("plugins: {local_paths: [x], enabled: ['@a/my-rules']}", {"x/my-rules/plugin.yaml": RULES}).plugins
    assert (plugin.info.name, plugin.info.scoped_name) == ("my-rules", "@a/my-rules")


def test_plugins_come_in_the_order_in_which_they_are_enabled() -> None:
    files = {f"{name}.yaml": RULES + f"name: {name}\n" for name in "abc"}
    loaded = load("plugins: {enabled: [./b.yaml, ./c.yaml, ./a.yaml]}", files)
    assert [plugin.info.name for plugin in loaded.plugins] == ["b", "c", "a"]


def test_environments_of_a_guardrails_plugin() -> None:
    text = (
        RULES
        + """configuration:
  environments:
    production: {enforcement_level: block, locked: true}
    development: {fail_on: high}
"""
    )
    (plugin,) = load(P, {"p.yaml": text}).plugins
    assert [(e.name, e.level, e.fail_on, e.locked, str(e.place)) for e in plugin.environments] == [
        ("development", None, Severity.ERROR, False, "p.yaml:6:5"),
        ("production", Level.BLOCK, None, True, "p.yaml:5:5"),
    ]
    assert not plugin.locked


def test_a_lock_on_the_whole_plugin_locks_every_environment() -> None:
    text = RULES + "locked: true\nconfiguration: {environments: {production: {enforcement_level: block}}}\n"
    (plugin,) = load(P, {"p.yaml": text}).plugins
    assert plugin.locked
    assert [e.locked for e in plugin.environments] == [True]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("ospec_version: 2.0.0", "p.yaml:3:1: error: the plugin is written for OSpec 2.0.0, and this is OSpec 1.0.0\n  hint: update ospec-guard", id="a newer OSpec"),
        pytest.param("ospec_version: 1.1.0", "written for OSpec 1.1.0", id="a slightly newer OSpec"),
        pytest.param("ospec_version: 0.9.0", "hint: use a newer version of the plugin", id="an older OSpec"),
        pytest.param("engines: {ospec: '>=1.1.0'}", "p.yaml:3:11: error: the plugin needs OSpec >=1.1.0, and this is OSpec 1.0.0", id="engines: OSpec"),
        pytest.param("engines: {ospec_guard: ^1.0.0}", "p.yaml:3:11: error: the plugin needs ospec-guard ^1.0.0, and this is ospec-guard 0.4.2", id="engines: this engine, newer"),
        pytest.param("engines: {ospec-guard: '<0.4'}", "needs ospec-guard <0.4, and this is ospec-guard 0.4.2", id="engines: this engine, older"),
        pytest.param("dependencies: {ospec_core: ^2.0.0}", "p.yaml:3:16: error: the plugin needs OSpec ^2.0.0, and this is OSpec 1.0.0", id="dependencies: OSpec"),
        pytest.param("dependencies: {'@z/unrelated': ^1.0.0}", "p.yaml:3:17: error: the plugin needs plugin '@z/unrelated' (^1.0.0), which is not enabled\n  hint: add it to plugins.enabled", id="another plugin"),
        pytest.param("dependencies: {'@a/thrid': ^1.0.0}", "hint: did you mean '@a/third'?", id="another plugin, misspelt"),
        pytest.param("dependencies: {'@a/third': ^2.0.0}", "the plugin needs '@a/third' ^2.0.0, and t.yaml is version 1.4.0", id="another plugin, too old"),
        pytest.param("dependencies: {'@a/q': ^2.0.0}", "the plugin needs '@a/q' ^2.0.0, and q.yaml states no version", id="another plugin without a version"),
        pytest.param("dependencies: {'@a/p': ^2.0.0}\nname: '@a/p'", "needs plugin '@a/p' (^2.0.0), which is not enabled", id="itself"),
    ],
)  # fmt: skip
def test_needs_that_are_not_met(text: str, problem: str) -> None:
    files = {"p.yaml": RULES + text, "t.yaml": "# Plugin: @a/third\n" + RULES + "version: 1.4.0\n", "q.yaml": RULES}
    (found,) = refusals("plugins: {enabled: [./p.yaml, ./t.yaml, ./q.yaml]}", files, engine_version="0.4.2")
    assert problem in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ospec_version: 1.0.0", id="this OSpec"),
        pytest.param("engines: {ospec: '>=1.0.0', ospec_guard: ^0.4.0, ospec-guard: 0.x}", id="engines"),
        pytest.param("engines: {node: '>=99'}", id="engines that are not asked"),
        pytest.param("dependencies: {ospec_core: ^1.0.0, left-pad: ^99.0.0}", id="the core, and packages of the plugin's own"),
        pytest.param("dependencies: {'@a/third': ~1.4}", id="another plugin"),
        pytest.param("dev_dependencies: {'@types/node': ^18.0.0}", id="for its development only"),
    ],
)
def test_needs_that_are_met(text: str) -> None:
    files = {"p.yaml": RULES + text, "t.yaml": "# Plugin: @a/third\n" + RULES + "version: 1.4.0\n"}
    assert refusals("plugins: {enabled: [./p.yaml, ./t.yaml]}", files, engine_version="0.4.2.dev3") == []


def test_two_plugins_of_one_name_cannot_both_be_enabled() -> None:
    files = {"a.yaml": RULES + "name: same_name\n", "b.yaml": RULES + "name: Same-Name\n"}
    (problem,) = refusals("plugins: {enabled: [./a.yaml, ./b.yaml]}", files)
    assert problem.startswith("b.yaml:3:1: error: two enabled plugins are called 'Same-Name': a.yaml and b.yaml")


def test_plugins_of_two_types_may_share_a_name() -> None:
    files = {"a.yaml": RULES + "name: same\n", "b.yaml": "plugin_type: stack\nname: same\n"}
    assert refusals("plugins: {enabled: [./a.yaml, ./b.yaml]}", files) == []


def test_every_problem_of_every_plugin_at_once() -> None:
    files = {"a.yaml": "plugin_type: stak\n", "b.yaml": RULES + "ospec_version: 9.0.0\nengines: {ospec: ^9.0.0}\n"}
    text = "plugins:\n  enabled: [./a.yaml, ./b.yaml, ./c.yaml]\n  config: {./d.yaml: {}}\n"
    found = refusals(text, files)
    assert [problem.split(": error")[0] for problem in found] == [
        "ospec-guard.yaml:2:33",
        "ospec-guard.yaml:3:12",
        "a.yaml:1:1",
        "b.yaml:3:1",
        "b.yaml:4:11",
    ]


def test_the_error_can_be_copied_which_is_how_it_is_sent_to_another_process() -> None:
    with pytest.raises(PluginError) as caught:
        load("plugins: {enabled: [./c.yaml]}", {})
    assert str(copy.copy(caught.value)) == str(caught.value)


SCHEMA = """{"type": "object", "required": ["region"], "additionalProperties": false,
 "properties": {"region": {"enum": ["eu", "us"]}, "limits": {"type": "array", "items": {"type": "integer"}}}}"""
INLINE = RULES + f"name: rules\nconfiguration_schema: {SCHEMA}\n".replace("\n ", " ")
BY_PATH = RULES + "name: rules\nconfiguration_schema: schemas/config.json\n"


@pytest.mark.parametrize(
    ("config", "problems"),
    [
        pytest.param("{region: eu, limits: [1]}", [], id="as it should be"),
        pytest.param("{region: moon}", ['ospec-guard.yaml:4:11: error: configuration of plugin \'rules\', region: the value is not one of "eu" or "us"'], id="a wrong value"),
        pytest.param("{region: eu, limits: [1, two]}", ["ospec-guard.yaml:4:35: error: configuration of plugin 'rules', limits[1]: the value is not of type \"integer\""], id="a wrong item"),
        pytest.param("{regoin: eu}", ["ospec-guard.yaml:4:5: error: configuration of plugin 'rules': 'region' is missing", "ospec-guard.yaml:4:11: error: configuration of plugin 'rules', regoin: unknown key 'regoin'\n  hint: did you mean 'region'?"], id="a misspelt key"),
        pytest.param("{}", ["ospec-guard.yaml:4:5: error: configuration of plugin 'rules': 'region' is missing"], id="empty"),
        pytest.param("", ["ospec-guard.yaml:4:5: error: configuration of plugin 'rules': 'region' is missing"], id="nothing"),
        pytest.param("[a]", ["ospec-guard.yaml:4:5: error: the configuration of plugin 'rules' must be a mapping"], id="a list"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("manifest", [pytest.param(INLINE, id="inline"), pytest.param(BY_PATH, id="by path")])
def test_configuration_against_the_schema(manifest: str, config: str, problems: list[str]) -> None:
    files = {"p/plugin.yaml": manifest, "p/schemas/config.json": SCHEMA}
    assert refusals(f"plugins:\n  enabled: [./p]\n  config:\n    ./p: {config}\n", files) == problems


def test_a_schema_may_be_written_in_yaml() -> None:
    files = {"p/plugin.yaml": RULES + "configuration_schema: s.yml\n", "p/s.yml": "required: [a]\n"}
    (problem,) = refusals("plugins: {enabled: [./p], config: {./p: {b: 1}}}", files)
    assert "'a' is missing" in problem


def test_without_positions_the_place_of_the_configuration_has_to_do() -> None:
    text = "plugins:\n  enabled: [./p]\n  config:\n    ./p:\n      region: moon\n"
    (problem,) = refusals(text, {"p/plugin.yaml": INLINE}, positions=False)
    assert problem.startswith("ospec-guard.yaml:4:5: error: configuration of plugin 'rules', region:")


def test_a_required_configuration_that_is_not_given_is_told_where_the_plugin_is_enabled() -> None:
    (problem,) = refusals("plugins: {enabled: [./p]}", {"p/plugin.yaml": INLINE})
    assert problem == "ospec-guard.yaml:1:21: error: configuration of plugin 'rules': 'region' is missing"


@pytest.mark.parametrize(
    ("stated", "files", "problem"),
    [
        pytest.param("s.json", {}, "p/plugin.yaml:3:1: error: the schema 's.json' cannot be read: No such file", id="missing"),
        pytest.param("d", {"p/d/x": ""}, "cannot be read: Is a directory", id="a folder"),
        pytest.param("s.json", {"p/s.json": "{"}, "p/s.json:1:2: error:", id="no JSON"),
        pytest.param("s.json", {"p/s.json": "[1]"}, "p/s.json:1:1: error: not a JSON Schema:", id="a list"),
        pytest.param("s.json", {"p/s.json": '{"properties": {"a": {"type": "objekt"}}}'}, "not a JSON Schema: properties.a.type:", id="a type that is none"),
        pytest.param("s.json", {"p/s.json": '{"$ref": "http://example.com/s.json"}'}, "a '$ref' leads out of the schema", id="a reference to the network"),
        pytest.param("s.json", {"p/s.json": '{"$ref": "file:///etc/passwd"}'}, "a '$ref' leads out of the schema", id="a reference to the disk"),
        pytest.param("s.json", {"p/s.json": '{"$ref": "other.json"}', "p/other.json": "{}"}, "a '$ref' leads out of the schema", id="a reference to another file"),
        pytest.param("s.json", {"p/s.json": '{"$schema": "http://example.com/mine"}'}, "'$schema' names no draft known here", id="a draft that is none"),
        pytest.param("../../etc/passwd", {"/work/etc/passwd": "{}"}, "p/plugin.yaml:3:1: error: '../../etc/passwd' leads out of the plugin's folder", id="path traversal"),
        pytest.param("/etc/passwd", {"/etc/passwd": "{}"}, "leads out of the plugin's folder", id="absolute path"),
    ],
)  # fmt: skip
def test_schemas_that_are_refused(stated: str, files: dict[str, str], problem: str) -> None:
    (found,) = refusals("plugins: {enabled: [./p]}", files | {"p/plugin.yaml": RULES + f"configuration_schema: {stated}\n"})
    assert problem in found


def test_a_configuration_that_nothing_checks_is_noted() -> None:
    loaded = load("plugins: {enabled: [./p.yaml], config: {./p.yaml: {a: 1}}}", {"p.yaml": RULES})
    assert [(n.id, n.message) for n in loaded.notices] == [
        ("notice/plugin-config", "the configuration of plugin 'p' is not checked: its manifest has no 'configuration_schema'")
    ]
    assert loaded.plugins[0].config == Secret({"a": 1})


def test_a_configuration_finds_its_plugin_by_a_name_that_agrees() -> None:
    text = "plugins: {local_paths: [p], enabled: ['@a/b-c'], config: {'@a/b_c': {x: 1}}}"
    assert load(text, {"p/b-c.yaml": RULES}).plugins[0].config == Secret({"x": 1})


def test_a_configuration_without_a_plugin_and_one_too_many() -> None:
    text = (
        "plugins:\n  local_paths: [p]\n  enabled: ['@a/b-c']\n  config:\n    '@a/b_c': {}\n    '@a/b-c': {}\n    '@a/d': {}\n"
    )
    found = refusals(text, {"p/b-c.yaml": RULES})
    assert [problem.split("\n")[0] for problem in found] == [
        "ospec-guard.yaml:6:6: error: plugin '@a/b-c' is configured twice; first at ospec-guard.yaml:5:6",
        "ospec-guard.yaml:7:6: error: configuration for plugin '@a/d', which is not enabled",
    ]


def test_variables_in_the_manifest_and_in_the_settings() -> None:
    text = "plugins: {enabled: [./p.yaml], config: {./p.yaml: {home: '${HOME}', kept: '$${HOME} ${task.id}'}}}"
    environ = {"HOME": HOME, "JIRA_URL": "https://jira", "JIRA_TOKEN": "hunter2"}
    (plugin,) = load(text, {"p.yaml": JIRA}, environ=environ).plugins
    assert plugin.config == Secret({"home": HOME, "kept": "${HOME} ${task.id}"})
    assert plugin.configuration == {"configuration": Secret({"url": "https://jira", "nested": {"token": ["Bearer hunter2"]}})}
    assert plugin.info.contributes == "contributes nothing to a check yet"


def test_missing_variables_are_named_with_their_places_all_at_once() -> None:
    text = "plugins:\n  enabled: [./p.yaml]\n  config:\n    ./p.yaml:\n      a: ['${ONE}', '${TWO}']\n"
    found = refusals(text, {"p.yaml": JIRA}, environ={"TWO": "2"})
    assert [problem.split(", which")[0] for problem in found] == [
        "p.yaml:4:3: error: the environment has no JIRA_URL",
        "p.yaml:5:21: error: the environment has no JIRA_TOKEN",
        "ospec-guard.yaml:5:12: error: the environment has no ONE",
    ]


def test_the_configuration_of_each_context_provider_counts() -> None:
    text = "context_providers: {db: {provider: '@a/b', configuration: {url: '${DATABASE_URL}'}, provides: [x]}}"
    (problem,) = refusals(P, {"p.yaml": text})
    assert problem.startswith("p.yaml:1:60: error: the environment has no DATABASE_URL")
    (plugin,) = load(P, {"p.yaml": text}, environ={"DATABASE_URL": "x"}).plugins
    assert plugin.configuration == {"context_providers.db.configuration": Secret({"url": "x"})}


def test_values_from_the_environment_are_nowhere_to_be_seen() -> None:
    text = "plugins: {enabled: [./p], config: {./p: {region: '${REGION}', limits: ['${REGION}']}}}"
    environ = {"REGION": "hunter2-secret"}
    found = "\n".join(refusals(text, {"p/plugin.yaml": INLINE}, environ=environ))
    assert "region: the value is not one of" in found
    assert "limits[0]: the value is not of type" in found
    assert "hunter2" not in found
    loaded = load(text, {"p/plugin.yaml": RULES}, environ=environ)
    assert "hunter2" not in repr(loaded)
    assert "hunter2" not in repr(loaded.plugins[0].info)


def test_a_value_that_is_no_unicode_is_a_problem() -> None:
    text = "plugins: {enabled: [./p], config: {./p: {region: '${REGION}'}}}"
    (problem,) = refusals(text, {"p/plugin.yaml": INLINE}, environ={"REGION": "\udcff"})
    assert "a text in it is not Unicode" in problem


def test_the_plugins_of_a_run_are_deactivated_at_its_end() -> None:
    with load(P, {"p.yaml": RULES}) as loaded:
        assert len(loaded.plugins) == 1
    loaded.deactivate()


def test_what_a_plugin_says_becomes_a_notice() -> None:
    (plugin,) = load(P, {"p.yaml": RULES}).plugins
    notices: list[Notice] = []
    logger = _NoticeLogger(plugin.found, notices)
    logger.info("hello")
    logger.warning("careful")
    assert [(str(n.place), n.message) for n in notices] == [
        ("p.yaml", "plugin 'p': hello"),
        ("p.yaml", "plugin 'p': warning: careful"),
    ]
