"""`plugins validate`: one file or folder by itself."""

from __future__ import annotations

import pytest
from plugin_world import MemoryFiles

from ospec_guard.plugins.check import Judgement, judge
from ospec_guard.plugins.manifest import read_manifest
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.types import outcome_type

RULES = "plugin_type: guardrails\nname: r\nrules: [{}]\n"
MICROSERVICE = """plugin_type: outcome_type
schema:
  properties:
    event_bus: {enum: [kafka, redis]}
    mesh: {type: boolean}
"""


def judged(path: str, files: dict[str, str], known: dict[str, outcome_type.Shape] | None = None) -> Judgement:
    return judge(Spot(path, path), MemoryFiles(files), known)


def microservice() -> dict[str, outcome_type.Shape]:
    manifest = read_manifest(MICROSERVICE.encode(), "m.yaml").manifest
    assert manifest is not None
    assert isinstance(manifest.shape, outcome_type.Shape)
    return {"microservice": manifest.shape}


@pytest.mark.parametrize("path", ["p", "p/plugin.yaml"])
def test_a_plugin_by_folder_or_file(path: str) -> None:
    judgement = judged(path, {"p/plugin.yaml": RULES})
    assert (judgement.what, judgement.name, judgement.problems) == ("guardrails plugin 'r'", "r", ())
    assert judgement.document is not None
    assert judgement.document.value["rules"] == [{}]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "configuration: {environments: {a: {locked: true}}}\nengines: {ospec: ^9.0.0}\nospec_version: 9.0.0",
            id="versions are for a run",
        ),
        pytest.param("dependencies: {'@a/b': ^1.0.0}", id="other plugins are for a run"),
    ],
)
def test_what_is_let_pass(text: str) -> None:
    assert judged("p.yaml", {"p.yaml": RULES + text}).problems == ()


def test_variables_are_for_a_run() -> None:
    assert judged("p.yaml", {"p.yaml": "plugin_type: integration\nconfiguration: {a: '${NOT_SET}'}\n"}).problems == ()


@pytest.mark.parametrize(
    ("path", "files", "problem"),
    [
        pytest.param("p", {"p/x": ""}, "p: error: no plugin.yaml in the folder", id="folder without a manifest"),
        pytest.param("p.yaml", {}, "p.yaml: error: the file does not exist", id="no file"),
        pytest.param("p.yaml", {"p.yaml": ""}, "p.yaml:1:1: error: the file is empty", id="empty"),
        pytest.param("p.yaml", {"p.yaml": "a: ["}, "p.yaml:1:5: error:", id="not YAML"),
        pytest.param("p.yaml", {"p.yaml": RULES + "configuration_schema: s.json\n"}, "the schema 's.json' cannot be read", id="no schema"),
        pytest.param("s.yaml", {"s.yaml": "plugins: {enable: []}"}, "s.yaml:1:11: error:", id="settings"),
        pytest.param("p.yaml", {"p.yaml": "registry: {security: {sandbox: true}}"}, 'unknown key "sandbox"', id="registry policy"),
        pytest.param("p.yaml", {"p.yaml": "registry: {security: {resource_limits: {memory_mb: lots}}}"}, "expected a whole number", id="resource limits"),
    ],
)  # fmt: skip
def test_what_is_refused(path: str, files: dict[str, str], problem: str) -> None:
    judgement = judged(path, files)
    (found,) = judgement.problems
    assert problem in str(found)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("outcome_type: microservice\nevent_bus: kafka\nmesh: true\n", [], id="keys of the plugin"),
        pytest.param("outcome_type: api\nname: x\n", [], id="a built-in type"),
        pytest.param("outcome_type: microservice\nevent_bus: rabbit\n", ['o.yaml:2:1: error: event_bus: the value is not one of "kafka" or "redis"'], id="value"),
        pytest.param("outcome_type: microservice\nevnt_bus: kafka\n", ["o.yaml:2:1: error: unknown key 'evnt_bus'\n  hint: did you mean 'event_bus'?"], id="key"),
        pytest.param("outcome_type: api\nevent_bus: kafka\n", ["o.yaml:2:1: error: unknown key 'event_bus'"], id="a plugin's key with a built-in type"),
        pytest.param("outcome_type: microservise\n", ["o.yaml:1:1: error: 'microservise' is neither a built-in outcome type nor one of a plugin\n  hint: did you mean 'microservice'?"], id="type"),
        pytest.param("outcome_type: microservice\nacceptance: {http_endpoints: [{path: /}]}\n", ['o.yaml:2:31: error: missing key "status"'], id="acceptance"),
    ],
)  # fmt: skip
def test_ospec_documents_that_use_a_plugin(text: str, problems: list[str]) -> None:
    assert [str(problem) for problem in judged("o.yaml", {"o.yaml": text}, microservice()).problems] == problems


def test_an_ospec_document_by_itself_may_use_a_plugin_that_is_not_known() -> None:
    assert judged("o.yaml", {"o.yaml": "outcome_type: whatever\nits_key: 1\n"}).problems == ()
