"""Rule files: which files are, what their entries become, and the exact answer to what cannot work."""

from __future__ import annotations

import os

import pytest

from ospec_guard.model import Level, Place, Severity
from ospec_guard.ruleset.files import Loaded, load_rules

GOOD = "rules:\n- {id: a, type: code_analysis, pattern: eval, severity: high, description: Words}\n"


class Folder:
    """`protocols.Files` over a dictionary of paths."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def read(self, path: str) -> bytes:
        return self.texts[path].encode()

    def exists(self, path: str) -> bool:
        return path in self.texts or self.is_dir(path)

    def is_dir(self, path: str) -> bool:
        return any(name.startswith(f"{path.rstrip('/')}/") for name in self.texts)

    def real(self, path: str) -> str:
        return os.path.join("/root", path)

    def list(self, path: str) -> list[str]:
        start = f"{path.rstrip('/')}/"
        return sorted({name.removeprefix(start).split("/")[0] for name in self.texts if name.startswith(start)})


def load(text: str, plugin: str = "") -> Loaded:
    return load_rules(Folder({"r.yaml": text}), "r.yaml", plugin)


def told(loaded: Loaded) -> list[str]:
    return [str(problem) for problem in loaded.compiled.problems]


def test_a_rule_with_every_key():
    loaded = load(
        "rules:\n- id: raw\n  type: code_analysis\n  severity: medium\n  message: Words\n  why: Because\n  help: Do that\n"
        "  languages: [py, js]\n  paths: {include: [src/], exclude: ['*_test.py']}\n  pattern: eval\n"
        "  metadata: {cwe: CWE-95, owasp: [A03], references: [x], tags: [y], confidence: High}\n"
        "  enforcement: {staging: warn}\n  suppressible: false\n"
        "  examples: {bad: ['eval(x)'], good: [{code: 'y()', language: javascript, path: a.js}]}\n",
        "mine",
    )
    assert told(loaded) == []
    (rule,) = loaded.compiled.rules
    assert (rule.id, rule.severity, rule.languages) == ("mine/raw", Severity.WARNING, ("python", "javascript"))
    assert (rule.info.message, rule.info.description, rule.info.why, rule.info.help) == ("Words", "Words", "Because", "Do that")
    assert (rule.info.cwe, rule.info.owasp, rule.info.confidence) == (("CWE-95",), ("A03",), "high")
    assert rule.enforcement == (("staging", Level.WARN),)
    assert not rule.info.suppressible
    assert rule.info.place == Place("r.yaml", 2, 3)
    assert [(e.code, e.matches, e.language, e.path) for e in rule.examples] == [
        ("eval(x)", True, "python", ""),
        ("y()", False, "javascript", "a.js"),
    ]


def test_a_metric_is_named_and_bounded():
    (rule,) = load(
        "metrics:\n- {name: m, type: code_analysis, pattern: def, requires: try, target: 1.0, threshold: 0.5}\n", "p"
    ).compiled.rules
    assert (rule.id, rule.metric, rule.target, rule.threshold) == ("p/m", True, 1.0, 0.5)


@pytest.mark.parametrize(
    ("entry", "essentials"),
    [
        pytest.param("{type: code_analysis, pattern: a}", ["r.yaml:2:3", "'id'|\"id\""], id="no id"),
        pytest.param("{id: a, pattern: a}", ["r.yaml:2:3", "type"], id="no type"),
        pytest.param(
            "{id: a, type: code_analisis, pattern: a}", ["r.yaml:2:11", "did you mean 'code_analysis'?"], id="unknown type"
        ),
        pytest.param("{id: a, type: code_analysis, patern: a}", ["r.yaml:2:32", "did you mean 'pattern'?"], id="unknown key"),
        pytest.param("{id: a, type: code_analysis, pattern: '(a'}", ["r.yaml:2:32", "missing )"], id="invalid expression"),
        pytest.param("{id: a, type: code_analysis, pattern: 'a*'}", ["r.yaml:2:32", "empty text"], id="expression of nothing"),
        pytest.param("{id: a, type: code_analysis}", ["r.yaml:2:3", "'pattern' or"], id="nothing to match"),
        pytest.param(
            "{id: a, type: code_analysis, pattern: a, triggers: [{pattern: b}]}", ["exclude each other"], id="two ways at once"
        ),
        pytest.param(
            "{id: a, type: code_analysis, requires: a, triggers: [{pattern: b}]}", ["each trigger"], id="requires of nobody"
        ),
        pytest.param("{id: a, type: code_analysis, pattern: a, severity: bad}", ["r.yaml:2:44", "critical"], id="no severity"),
        pytest.param(
            "{id: a, type: code_analysis, pattern: a, languages: [pyton]}", ["did you mean 'python'?"], id="no language"
        ),
        pytest.param("{id: a, type: code_analysis, pattern: a, context: blok}", ["did you mean 'block'?"], id="no context"),
        pytest.param("{id: 'a b', type: code_analysis, pattern: a}", ["white space"], id="no id of that form"),
        pytest.param("just words", ["r.yaml:2:3", "mapping"], id="no mapping"),
    ],
)
def test_what_cannot_work_is_refused_with_place_and_advice(entry: str, essentials: list[str]):
    said = "\n".join(told(load(f"rules:\n- {entry}\n- {{id: z, type: code_analysis, pattern: z}}\n")))
    assert [e for e in essentials if not any(part in said for part in e.split("|"))] == [], said


def test_all_problems_of_a_file_are_told_at_once():
    problems = told(
        load(
            "rules:\n- {id: a, type: code_analysis, pattern: '(a', severity: bad}\n- {type: nothing}\n"
            "metrics:\n- {name: m, type: documentation, targt: 1}\n"
        )
    )
    assert len(problems) >= 5


def test_rules_that_cannot_run_here_are_gaps_at_their_line():
    loaded = load("rules:\n- {id: a, type: secret, pattern: eval(...)}\n- {id: b, type: code_analysis, pattern: eval}\n", "p")
    assert told(loaded) == []
    assert [rule.id for rule in loaded.compiled.rules] == ["p/b"]
    (gap,) = loaded.compiled.gaps
    assert (gap.id, gap.rule_id, gap.path, gap.span.line if gap.span else 0) == ("gap/rule-unsupported", "p/a", "r.yaml", 2)


def test_in_a_folder_what_is_no_rule_file_is_noted_and_the_others_load():
    folder = Folder(
        {
            "rules/b.yaml": GOOD,
            "rules/ci.yml": "on: push\n",
            "rules/deep/x.yaml": "- 1\n",
            "rules/README.md": "#",
            "rules/.git/x.yaml": "a",
        }
    )
    loaded = load_rules(folder, "rules")
    assert told(loaded) == []
    assert [rule.id for rule in loaded.compiled.rules] == ["a"]
    assert [str(notice.place) for notice in loaded.notices] == ["rules/ci.yml", "rules/deep/x.yaml"]


def test_a_named_file_that_is_no_rule_file_is_refused():
    assert "not a rule file" in told(load("on: push\n"))[0]


def test_a_path_that_is_not_there_is_refused():
    assert "no rule file or folder 'nowhere'" in told(load_rules(Folder({}), "nowhere"))[0]


def test_a_plugins_manifest_is_a_rule_file_too():
    assert [r.id for r in load(f"plugin_type: guardrails\nname: p\n{GOOD}").compiled.rules] == ["a"]


def test_other_keys_beside_the_lists_are_refused():
    assert "unknown key 'rule'" in told(load(f"{GOOD}rule: 1\n"))[0]


def test_shapes_do_not_share_keys():
    """A kind's key that every rule has would never reach the kind."""
    from dataclasses import fields

    from ospec_guard.kinds import KINDS, kind
    from ospec_guard.ruleset.shape import RULE_KEYS

    for name in KINDS:
        assert RULE_KEYS.isdisjoint(f.name for f in fields(kind(name).Schema)), name
    assert os.sep not in "".join(RULE_KEYS)
