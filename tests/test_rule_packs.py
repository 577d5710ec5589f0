"""The tables of rules stay whole: each rule says what, why and what to do, and shows both kinds of example."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from packs_table import rule_files, table, written
from rule_world import plugin, rules

from ospec_guard import cli
from ospec_guard.app.request import Request
from ospec_guard.app.selftest import test_rules as run_examples
from ospec_guard.app.session import open_session
from ospec_guard.cli.world import World
from ospec_guard.document import Document
from ospec_guard.kinds import ast_pattern, code_analysis
from ospec_guard.pattern.formula import Condition, Either, Formula, Leaf, MatchesFormula, MatchesRegex, decode
from ospec_guard.protocols import Rule
from ospec_guard.regular import compile_regex
from ospec_guard.ruleset.native import compile_document

FILES = rule_files()

each_file = pytest.mark.parametrize(("pack", "name", "document"), FILES, ids=[f"{pack}-{name}" for pack, name, _ in FILES])


def compiled(document: Document) -> Rule:
    outcome = compile_document(document, "")
    assert not outcome.problems
    assert not outcome.gaps
    [one] = outcome.rules
    return one


def test_there_are_packs():
    assert {pack for pack, _, _ in FILES} == {"javascript", "python", "secrets"}


@each_file
def test_a_file_holds_the_rule_it_is_named_after(pack, name, document):
    assert compiled(document).id == name


def test_ids_are_unique_in_a_pack_and_names_mean_the_same_in_each():
    ids = [(pack, compiled(document).id) for pack, _, document in FILES]
    assert len(set(ids)) == len(ids)
    facts: dict[str, set[tuple[object, ...]]] = {}
    for _, _, document in FILES:
        info = compiled(document).info
        facts.setdefault(info.id, set()).add((info.cwe, info.severity))
    assert {name: said for name, said in facts.items() if len(said) > 1} == {}


@each_file
def test_an_id_names_the_problem(pack, name, document):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
    assert not re.match(r"(no|use|avoid|prefer|disallow|dont|ban|require|must|check)-", name)


@each_file
def test_a_rule_says_what_why_and_what_to_do(pack, name, document):
    info = compiled(document).info
    assert info.message
    assert not info.message.endswith(".")
    assert len(info.message) <= 80
    for text in (info.why, info.help):
        assert text.endswith(".")
    assert all(re.fullmatch(r"CWE-\d+", cwe) for cwe in info.cwe)
    assert info.cwe
    assert all(re.fullmatch(r"A\d\d:2021", owasp) for owasp in info.owasp)
    assert all(reference.startswith("https://") for reference in info.references)
    assert info.references
    assert "security" in info.tags
    assert len(info.tags) >= 2
    assert info.confidence in ("high", "medium", "low")


@each_file
def test_a_rule_shows_what_it_reports_and_what_it_leaves_alone(pack, name, document):
    examples = compiled(document).examples
    assert sum(example.matches for example in examples) >= 2
    assert sum(not example.matches for example in examples) >= 3
    assert len({(example.code, example.path) for example in examples}) == len(examples)


@each_file
def test_a_rule_about_code_leaves_comments_and_texts_alone(pack, name, document):
    """Patterns cannot match there; expressions must say where they do."""
    rule = compiled(document)
    if rule.languages != ("generic",) and not isinstance(rule.options, ast_pattern.Options):
        assert all(trigger.requires or trigger.context != "file" for trigger in rule.options.triggers)


@each_file
def test_expressions_take_linear_time(pack, name, document):
    options = compiled(document).options
    if isinstance(options, ast_pattern.Options):
        expressions = [one.regex for one in conditions(decode(options.formula)) if isinstance(one, MatchesRegex)]
    else:
        assert isinstance(options, code_analysis.Options)
        expressions = [one for trigger in options.triggers for one in (trigger.pattern, trigger.requires) if one]
    assert [one for one in expressions if not compile_regex(one).linear] == []


def conditions(formula: Formula) -> list[Condition]:
    """All that a formula asks of its metavariables, however deep."""
    if isinstance(formula, Leaf):
        return []
    parts = (
        formula.parts if isinstance(formula, Either) else (*formula.parts, *formula.inside, *formula.without, *formula.outside)
    )
    own = [] if isinstance(formula, Either) else list(formula.conditions)
    within = [one.formula for one in own if isinstance(one, MatchesFormula)]
    return own + [one for part in (*parts, *within) for one in conditions(part)]


@each_file
def test_a_rule_of_patterns_is_known_by_words_that_must_occur(pack, name, document):
    """Else every file would be parsed for it."""
    options = compiled(document).options
    assert not isinstance(options, ast_pattern.Options) or options.required


def test_every_example_behaves(tmp_path):
    """Settings of somebody else's, should there be any above, have no say: the folder is a root."""
    (tmp_path / "ospec-guard.yaml").write_text("cache: false\n")
    outcome = run_examples(open_session(Request(str(tmp_path)), {}))
    assert outcome.failures == ()
    assert outcome.untested == ()
    assert outcome.unsupported == ()
    assert outcome.rules == len(FILES)


def test_an_example_that_misbehaves_is_told(tmp_path):
    """Else the test before proves nothing."""
    (tmp_path / "ospec-guard.yaml").write_text("cache: false\n")
    text = "rules: [{id: r, type: code_analysis, pattern: eval, examples: {bad: ['x = 1'], good: ['eval(x)', 'y']}}]"
    (tmp_path / "r.yaml").write_text(text)
    outcome = run_examples(open_session(Request(str(tmp_path), rules=("r.yaml",), isolated=True), {}))
    assert [(failure.rule_id, failure.example.code) for failure in outcome.failures] == [("r", "x = 1"), ("r", "eval(x)")]
    assert [str(failure).partition("\n")[0].partition(": ")[2] for failure in outcome.failures] == [
        "r: an example must match and does not",
        "r: an example must not match and does",
    ]


FIXED = {
    "a loader of YAML": ("import yaml\nd = yaml.load(s)\n", "import yaml\nd = yaml.safe_load(s)\n"),
    "all documents, with a loader": (
        "import yaml as y\nd = y.load_all(open(p), Loader=y.Loader)\n",
        "import yaml as y\nimport yaml\n\nd = yaml.safe_load_all(open(p))\n",
    ),
    "a loader under another name": (
        "from yaml import unsafe_load as read\n\nd = read(\n    s\n)\n",
        "from yaml import unsafe_load as read\nimport yaml\n\nd = yaml.safe_load(s)\n",
    ),
    "certificates": ("requests.get(u, verify = False)\n", "requests.get(u, verify = True)\n"),
    "host keys": (
        "from paramiko import AutoAddPolicy\nc.set_missing_host_key_policy(AutoAddPolicy())\n",
        "from paramiko import AutoAddPolicy\nimport paramiko\n\nc.set_missing_host_key_policy(paramiko.RejectPolicy())\n",
    ),
    "entities": ("p = etree.XMLParser(resolve_entities=True)\n", "p = etree.XMLParser(resolve_entities=False)\n"),
    "debugging": ("app.run(port=port(), debug=True)\n", "app.run(port=port(), debug=False)\n"),
    "escaping": ("pages = Environment(autoescape=False)\n", "pages = Environment(autoescape=True)\n"),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED)
def test_fixes_are_offered_and_never_applied_unasked(tmp_path, before, after):
    path = tmp_path / "a.py"
    path.write_text(before)
    (tmp_path / "ospec-guard.yaml").write_text("cache: false\n")
    for options in (["--fix"], ["--fix", "--unsafe-fixes"]):
        assert path.read_text() == before
        world = World({"HOME": str(tmp_path)}, str(tmp_path), io.BytesIO(), io.BytesIO(), date(2026, 11, 22))
        cli.run(["check", *options], world)
    assert path.read_text() == after


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        pytest.param(
            "compliance-guardrails", ["data_classification", "approved_databases", "encryption_required"], id="compliance"
        ),
        pytest.param(
            "quality-metrics", ["api_documentation_coverage", "error_handling_coverage", "performance_budget"], id="quality"
        ),
    ],
)
def test_the_specifications_plugins_load_as_they_are(name, ids):
    assert [rule.id for rule in plugin(name)] == ids


def test_the_document_lists_every_rule():
    assert written() == table(), "python tests/packs_table.py"


def test_rules_are_read_by_the_helper_as_by_the_product():
    assert [rule.id for rule in rules("rules: [{id: a, type: code_analysis, pattern: b}]")] == ["a"]
