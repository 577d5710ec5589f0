"""Semgrep's rule files: told from native ones by their keys, and accepted wherever a rule file is."""

from __future__ import annotations

import pytest

from ospec_guard.document import read_yaml
from ospec_guard.ruleset.files import Loaded, is_semgrep, load_rules, not_a_rule_file


class OneFile:
    """`protocols.Files` with a single file."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, path: str) -> bytes:
        return self.text.encode()

    def exists(self, path: str) -> bool:
        return True

    def is_dir(self, path: str) -> bool:
        return False

    def real(self, path: str) -> str:
        return path

    def list(self, path: str) -> list[str]:
        raise NotADirectoryError(20, "Not a directory", path)


def load(text: str, plugin: str = "") -> Loaded:
    return load_rules(OneFile(text), "sg.yaml", plugin)


HEAD = "rules:\n- id: a\n  languages: [python]\n  severity: WARNING\n  message: m\n"


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("  pattern: eval(...)\n", id="pattern"),
        pytest.param("  patterns: [{pattern: a}, {pattern-not: b}]\n", id="patterns"),
        pytest.param("  pattern-either: [{pattern: a}]\n", id="pattern-either"),
        pytest.param("  pattern-regex: a+\n", id="pattern-regex"),
        pytest.param("  mode: taint\n  pattern-sources: [{pattern: a}]\n  pattern-sinks: [{pattern: b}]\n", id="taint"),
        pytest.param("  mode: join\n  join: {}\n", id="join"),
        pytest.param("  match: eval(...)\n", id="match"),
        pytest.param("  taint: {sources: [], sinks: []}\n", id="taint, new syntax"),
    ],
)
def test_what_is_recognised(keys: str):
    assert is_semgrep(read_yaml((HEAD + keys).encode(), "x").value)
    loaded = load(HEAD + keys)
    assert loaded.compiled.problems == ()
    assert [rule.id for rule in loaded.compiled.rules] + [gap.rule_id for gap in loaded.compiled.gaps] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "rules:\n- {id: a, type: code_analysis, languages: [python], pattern: x}\n", id="native, with the same keys"
        ),
        pytest.param("rules:\n- {id: a, languages: [python]}\n", id="languages alone"),
        pytest.param("rules:\n- {id: a, pattern: x}\n", id="pattern alone"),
        pytest.param("rules: []\n", id="no rules"),
        pytest.param("metrics:\n- {name: a, languages: [python], pattern: x}\n", id="metrics"),
    ],
)
def test_what_is_not(text: str):
    assert not is_semgrep(read_yaml(text.encode(), "x").value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "top-level 'rules:' or 'metrics:'", id="empty"),
        pytest.param("- a\n", "top-level 'rules:' or 'metrics:'", id="list"),
        pytest.param("services: {}\n", "top-level 'rules:' or 'metrics:'", id="other keys"),
        pytest.param("rules: [a, b]\n", "no mappings", id="list of words"),
        pytest.param("rules:\n- {allow: 1}\n", "'id', 'name' or 'type'", id="rules of something else"),
        pytest.param("rules:\n- {id: a}\n", "", id="half a rule"),
        pytest.param("rules: []\n", "", id="no rules yet"),
        pytest.param("rules: {a: b}\n", "", id="rules as a mapping"),
        pytest.param("metrics:\n- {name: a}\n", "", id="half a metric"),
    ],
)
def test_what_is_no_rule_file_at_all(text: str, why: str):
    said = not_a_rule_file(read_yaml(text.encode(), "x").value)
    assert (why in said) if why else said == ""
