from __future__ import annotations

import pytest
from plugin_world import MemoryFiles, load

from ospec_guard.errors import UsageError
from ospec_guard.plugins.check import judge
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.scaffold import new_plugin
from ospec_guard.plugins.types import TYPES
from ospec_guard.regular import compile_regex

VARIABLES = {"EXAMPLE_API_KEY": "a", "EXAMPLE_TOKEN": "b"}


@pytest.mark.parametrize("type_name", TYPES)
def test_what_is_made_validates_and_loads(type_name: str) -> None:
    files = {f"plugins/my-plugin/{path}": text for path, text in new_plugin("@acme/my-plugin", type_name).items()}
    assert sorted(files) == ["plugins/my-plugin/README.md", "plugins/my-plugin/plugin.yaml"]
    judgement = judge(Spot("plugins/my-plugin", "plugins/my-plugin"), MemoryFiles(files))
    assert (judgement.what, judgement.problems) == (f"{type_name} plugin 'my-plugin'", ())
    settings = "plugins: {local_paths: [plugins], enabled: ['@acme/my-plugin']}"
    (plugin,) = load(settings, files, environ=VARIABLES).plugins
    assert (plugin.info.scoped_name, plugin.info.version, plugin.info.type) == ("@acme/my-plugin", "0.1.0", type_name)


def test_a_plain_name_gets_a_scope() -> None:
    files = new_plugin("my_rules")
    assert files["plugin.yaml"].startswith("# Plugin: @local/my_rules\n")
    assert '- "@local/my_rules"' in files["README.md"]
    assert "ospec-guard rules test" in files["README.md"]
    assert "ospec-guard rules test" not in new_plugin("my_rules", "stack")["README.md"]


def test_the_rule_of_a_new_plugin_has_both_kinds_of_examples() -> None:
    (plugin,) = load("plugins: {enabled: [./p]}", {"p/plugin.yaml": new_plugin("p")["plugin.yaml"]}).plugins
    (rule,) = plugin.contribution.rules
    pattern = compile_regex(rule.value["pattern"])
    found = {
        kind: [pattern.search(code.encode()) is not None for code in codes] for kind, codes in rule.value["examples"].items()
    }
    assert found == {"bad": [True], "good": [False]}


@pytest.mark.parametrize(
    ("name", "type_name", "messages"),
    [
        pytest.param("my plugin", "guardrails", ["'my plugin' is no name for a plugin"], id="a space"),
        pytest.param("../x", "guardrails", ["'../x' is no name"], id="a way out"),
        pytest.param("@acme", "guardrails", ["'@acme' is no name"], id="half a name"),
        pytest.param("x", "guardrail", ["'guardrail' is no plugin type"], id="unknown type"),
        pytest.param("", "stak", ["'' is no name", "'stak' is no plugin type"], id="both at once"),
    ],
)
def test_refused(name: str, type_name: str, messages: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        new_plugin(name, type_name)
    assert len(caught.value.problems) == len(messages)
    for problem, message in zip(caught.value.problems, messages, strict=True):
        assert problem.message.startswith(message)


def test_a_misspelt_type_gets_a_hint() -> None:
    with pytest.raises(UsageError) as caught:
        new_plugin("x", "guardrail")
    assert caught.value.problems[0].hint == "did you mean 'guardrails'?"
