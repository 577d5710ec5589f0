"""Settings, plugins and rule files that are wrong: every error at once, with its place, what was expected and a hint; exit 2."""

from __future__ import annotations

import re
import shutil

import pytest
from cli_world import ENABLING, PLUGIN, RULE, TRAP, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NINE = "[x, x, x, x, x, x, x, x, x]"
BOMB = f"a: &a {NINE}\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Nine to the ninth values, written out."""

SORTS = {
    "settings": ("ospec-guard.yaml", (), "cache: true\n"),
    "pyproject": ("pyproject.toml", (), "[tool.ospec-guard]\ncache = true\n"),
    "plugin": ("plugins/mine/plugin.yaml", (), PLUGIN),
    "single-file plugin": ("plugins/mine.yaml", (), PLUGIN),
    "rules": ("r.yaml", ("--rules", "r.yaml"), RULE),
    "folder of rules": ("rules/r.yaml", ("--rules", "rules"), RULE),
}
"""Sort of document: its path, how `check` is told of it, and one in order."""

YAML_SORTS = [name for name in SORTS if name != "pyproject"]


def written(project: Project, sort: str, content: str | bytes) -> tuple[str, tuple[str, ...]]:
    """Puts the document where it belongs, beside a file that rules find something in."""
    path, argv, _ = SORTS[sort]
    project.write(path, content)
    project.write("app.py", TRAP)
    if sort.endswith("plugin"):
        project.write("ospec-guard.yaml", ENABLING.replace("./plugins/mine", f"./{path}"))
    return path, argv


@pytest.mark.parametrize("sort", SORTS)
def test_a_document_in_order_is_accepted(project: Project, sort: str):
    _, argv = written(project, sort, SORTS[sort][2])
    answer = project.check(*argv)
    assert (answer.code, answer.err) == (0, "")


YAML_DEFECTS = [
    pytest.param("\ta: 1\n", ["1:1: error: tab used for indentation; YAML wants spaces"], "replace the tab with spaces", id="tab"),
    pytest.param("a:\n  b: 1\n\tc: 2\n", ["3:1: error: tab used for indentation; YAML wants spaces"], "replace the tab", id="tab later"),
    pytest.param(BOMB, ["6:12: error: anchors expand to more than 200,000 values"], "fewer aliases", id="anchors bomb"),
    pytest.param("a: " + "[" * 1_000_000, ["1:67: error: lists and mappings are nested deeper than 64 levels"], "flatter", id="1 MB of brackets"),
    pytest.param("- " * 500_000, ["1:129: error: lists and mappings are nested deeper than 64 levels"], "flatter", id="1 MB of dashes"),
    pytest.param("a\0b: 1\n", ["1:2: error: control character U+0000 is not allowed"], "double quotes", id="NUL"),
    pytest.param(b"a: caf\xe9\n", ["1:7: error: byte 0xE9 is not UTF-8"], "save the file as UTF-8", id="Latin-1"),
    pytest.param("a: 1\n".encode("utf-16"), ["1:1: error: the text is UTF-16, not UTF-8"], "save the file as UTF-8", id="UTF-16"),
    pytest.param("a: 1\nb: [1, 2\n", ["3:1: error: "], "", id="bracket left open"),
    pytest.param("a: 1\na: 2\n", ['2:1: error: key "a" is given twice; first at line 1, column 1'], "remove one", id="key twice"),
    pytest.param("a: 1\n---\nb: 2\n", ["2:1: error: one document expected, a second begins here"], "split the file", id="two documents"),
    pytest.param("a: *nobody\n", ["1:4: error: "], "", id="alias of nothing"),
]  # fmt: skip


@pytest.mark.parametrize("sort", YAML_SORTS)
@pytest.mark.parametrize(("content", "errors", "hint"), YAML_DEFECTS)
def test_what_is_no_yaml(project: Project, sort: str, content: str | bytes, errors: list[str], hint: str):
    path, argv = written(project, sort, content)
    answer = project.check(*argv)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.errors) == len(errors)
    for told, expected in zip(answer.errors, errors, strict=True):
        assert told.startswith(f"{path}:{expected}")
    assert hint in answer.err


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param("[tool.ospec-guard]\ncache = \n", "2:9: error: ", id="no value"),
        pytest.param(
            "[tool.ospec-guard]\ncache = true\ncache = true\n", "3:1: error: this key or table is given twice", id="key twice"
        ),
        pytest.param(
            "[tool.ospec-guard]\nx = " + "[" * 1_000_000,
            "1:1: error: lists and mappings are nested deeper than 64 levels",
            id="1 MB of brackets",
        ),
        pytest.param(b"[tool.ospec-guard]\n# caf\xe9\n", "2:6: error: byte 0xE9 is not UTF-8", id="Latin-1"),
        pytest.param("[tool.ospec-guard]\nx = 'a\0b'\n", "2:", id="NUL"),
    ],
)
def test_what_is_no_toml(project: Project, content: str | bytes, error: str):
    written(project, "pyproject", content)
    answer = project.check()
    assert (answer.code, answer.out) == (2, "")
    [told] = answer.errors
    assert told.startswith(f"pyproject.toml:{error}")


EMPTY = [
    pytest.param("", id="empty"),
    pytest.param(b"\xef\xbb\xbf", id="only a BOM"),
    pytest.param("\n\n  \n", id="white space"),
    pytest.param("# nothing yet\n", id="comments"),
    pytest.param("---\n", id="nothing in it"),
]


class TestEmpty:
    @pytest.mark.parametrize("content", EMPTY)
    @pytest.mark.parametrize("sort", ["settings", "pyproject"])
    def test_settings_are_the_defaults(self, project: Project, sort: str, content: str | bytes):
        written(project, sort, content if sort == "settings" else "")
        assert project.check().code == 0

    @pytest.mark.parametrize("content", EMPTY)
    def test_a_plugin_is_told_what_it_needs(self, project: Project, content: str | bytes):
        path, _ = written(project, "plugin", content)
        answer = project.check()
        assert answer.code == 2
        [told] = answer.errors
        assert told.startswith(f"{path}:")
        assert told.endswith(":1: error: the file is empty; expected at least 'plugin_type'")

    @pytest.mark.parametrize("content", EMPTY)
    def test_a_named_rule_file_is_told_what_it_needs(self, project: Project, content: str | bytes):
        path, argv = written(project, "rules", content)
        answer = project.check(*argv)
        assert answer.code == 2
        [told] = answer.errors
        assert told.startswith(f"{path}:")
        assert told.endswith(":1: error: not a rule file: expected a top-level 'rules:' or 'metrics:' list")

    @pytest.mark.parametrize("content", EMPTY)
    def test_a_file_in_a_folder_of_rules_is_left_alone(self, project: Project, content: str | bytes):
        _, argv = written(project, "folder of rules", content)
        project.write("rules/other.yaml", RULE)
        answer = project.check(*argv)
        assert (answer.code, answer.found) == (0, ["caught app.py:1"])
        assert "notice/not-a-rule-file" in answer.notices


SETTINGS = """\
exclud: []
default_environment: 7
environments:
  staging: {enforcement_level: blok, failon: error}
include: src/
limits: {file_size: 5 parsecs, rule_seconds: 0}
rules:
  python/*: "on"
  a/b: {severity: hihg, level: {staging: strict}}
waivers:
  - rule: a/b
    path: x
    paths: [y]
  - reason: nobody knows
cache: maybe
"""

SETTINGS_TOML = """\
[tool.ospec-guard]
exclud = []
cache = "maybe"

[tool.ospec-guard.environments]
staging = "blok"
"""

RULES = """\
rules:
  - id: a b
    type: code_analysis
    pattern: "("
    severty: error
  - type: code_analysis
    languages: [pyton]
    pattern: x
  - id: odd
    type: code_analisys
    pattern: x
  - just text
ruels: []
"""

PLUGIN_FILE = """\
plugin_type: guardrails
nam: mine
version: 1.0
rules:
  - id: a
    type: code_analysis
    pattern: "("
  - id: b
    type: code_analysis
    pattern: x
    severity: huge
"""


@pytest.mark.parametrize(
    ("sort", "content", "errors"),
    [
        pytest.param(
            "settings",
            SETTINGS,
            [
                '1:1: error: unknown key "exclud"',
                "2:1: error: expected text, got a number (7)",
                '4:13: error: expected a level: warn, error or block, got "blok": did you mean \'block\'?',
                '4:38: error: unknown key "failon"',
                '5:1: error: expected a list, got "src/"',
                '6:10: error: expected a size such as 5MB, got "5 parsecs": \'parsecs\' is no unit, expected B, KB, MB, GB (thousands) or KiB, MiB, GiB (1024)',
                "6:32: error: expected seconds, got a number (0): must be more than 0 and at most 3600",
                "8:3: error: expected 'off' or a mapping with 'severity' and/or 'level', got \"on\"",
                '9:9: error: expected a severity: info, warning, error or critical, got "hihg": did you mean \'high\'?',
                '9:33: error: expected a level: warn, error or block, got "strict"',
                "11:5: error: give 'path' or 'paths', not both",
                '14:5: error: missing key "rule"',
                '15:1: error: expected true or false, got "maybe"',
            ],
            id="settings",
        ),
        pytest.param(
            "pyproject",
            SETTINGS_TOML,
            [
                '2:1: error: unknown key "exclud"',
                '3:1: error: expected true or false, got "maybe"',
                '6:1: error: expected a level: warn, error or block, got "blok": did you mean \'block\'?',
            ],
            id="pyproject",
        ),
        pytest.param(
            "plugin",
            PLUGIN_FILE,
            [
                '2:1: error: unknown key "nam"',
                "3:1: error: expected a version such as 1.2.0, got a number (1.0)",
                '7:5: error: expected a regular expression, got "(": missing ) at position 1',
                '11:5: error: expected a severity: info, warning, error or critical, got "huge"',
            ],
            id="plugin",
        ),
        pytest.param(
            "rules",
            RULES,
            [
                '2:5: error: expected an id, got "a b": an id has no white space, brackets, commas or stars',
                '4:5: error: expected a regular expression, got "(": missing ) at position 1',
                '5:5: error: unknown key "severty"',
                '6:5: error: missing key "id"',
                '7:17: error: expected the name of a language, got "pyton": did you mean \'python\'?',
                "10:5: error: unknown type 'code_analisys', expected one of ast_pattern, code_analysis, dependency_check",
                "12:5: error: expected a mapping with 'id' and 'type', got text",
                "13:1: error: unknown key 'ruels' beside 'rules' and 'metrics'",
            ],
            id="rules",
        ),
    ],
)  # fmt: skip
def test_every_error_of_a_file_is_told_at_once(project: Project, sort: str, content: str, errors: list[str]):
    path, argv = written(project, sort, content)
    answer = project.check(*argv)
    assert answer.code == 2
    assert answer.errors == [f"{path}:{error}" for error in errors]


def test_the_errors_of_all_files_are_told_at_once(project: Project):
    project.write(
        "ospec-guard.yaml", ENABLING.replace("[./plugins/mine]", "[./plugins/mine, ./plugins/nobody]") + "exclude: ['!']\n"
    )
    project.write("plugins/mine/plugin.yaml", PLUGIN.replace("tr[a]p", "tr(ap"))
    project.write("rules/a.yaml", RULE.replace("tr[a]p", "tr(ap"))
    project.write("rules/b.yaml", "rules: 1\n")
    project.write(".ospecguardignore", "fine/\n!\n")
    answer = project.check("--rules", "rules")
    assert answer.code == 2
    assert [error.partition(" error:")[0] for error in answer.errors] == [
        ".ospecguardignore:2:1:",
        "ospec-guard.yaml:4:12:",
        "rules/a.yaml:5:5:",
        "rules/b.yaml:1:1:",
    ]
    project.write("ospec-guard.yaml", ENABLING.replace("[./plugins/mine]", "[./plugins/mine, ./plugins/nobody]"))
    answer = project.check("--rules", "rules")
    assert [error.partition(" error:")[0] for error in answer.errors] == [
        ".ospecguardignore:2:1:",
        "ospec-guard.yaml:3:29:",
        "plugins/mine/plugin.yaml:8:5:",
        "rules/a.yaml:5:5:",
        "rules/b.yaml:1:1:",
    ]


@pytest.mark.parametrize(
    ("sort", "content", "hint"),
    [
        pytest.param("settings", "exclud: []\n", "did you mean 'exclude'?", id="settings: near"),
        pytest.param("settings", "zzz: 1\n", "known keys: cache, default_environment, environments,", id="settings: far"),
        pytest.param("settings", "exclude: docs\n", "write a list, if only of one item", id="settings: one item"),
        pytest.param("settings", "cache: 'true'\n", "remove the quotes", id="settings: quoted"),
        pytest.param("settings", RULE, "rule files are given with --rules or put into a plugin", id="settings: a rule file"),
        pytest.param("plugin", PLUGIN + "locke: true\n", "did you mean 'locked'?", id="plugin: near"),
        pytest.param("plugin", PLUGIN.replace('"1.0.0"', "1.0"), "put it in quotes", id="plugin: version"),
        pytest.param("rules", RULE.replace("pattern", "patern"), "did you mean 'pattern'?", id="rules: near"),
        pytest.param(
            "rules", RULE.replace("code_analysis", "dependency-check"), "did you mean 'dependency_check'?", id="rules: type"
        ),
        pytest.param("rules", "rules: {a: 1}\n", "start each entry with '- '", id="rules: mapping"),
    ],
)
def test_hints(project: Project, sort: str, content: str, hint: str):
    _, argv = written(project, sort, content)
    answer = project.check(*argv)
    assert answer.code == 2
    assert f"\n  hint: {hint}" in answer.err


class TestDuplicateIds:
    def test_within_a_file(self, project: Project):
        written(project, "rules", RULE + RULE.removeprefix("rules:\n"))
        answer = project.check("--rules", "r.yaml")
        assert answer.code == 2
        assert answer.errors == ["r.yaml:6:5: error: duplicate rule id 'caught', first used at r.yaml:2:5"]
        assert "hint: give each rule an id of its own" in answer.err

    def test_across_files(self, project: Project):
        for name in ("a.yaml", "b/c.yaml"):
            project.write(f"rules/{name}", RULE)
        answer = project.check("--rules", "rules")
        assert answer.errors == ["rules/b/c.yaml:2:5: error: duplicate rule id 'caught', first used at rules/a.yaml:2:5"]

    def test_within_a_plugin(self, project: Project):
        written(project, "plugin", PLUGIN + PLUGIN[PLUGIN.index("  - id") :])
        expected = "9:5: error: duplicate rule id 'mine/caught', first used at plugins/mine/plugin.yaml:5:5"
        assert project.check().errors == [f"plugins/mine/plugin.yaml:{expected}"]
        assert project.guard("plugins", "validate", "plugins/mine").errors == [f"plugins/mine/plugin.yaml:{expected}"]

    def test_the_same_id_in_a_plugin_and_a_loose_file_is_two_ids(self, project: Project):
        written(project, "plugin", PLUGIN)
        project.write("r.yaml", RULE)
        answer = project.check("--rules", "r.yaml")
        assert (answer.code, answer.found) == (0, ["caught app.py:1", "mine/caught app.py:1"])


class TestExpressions:
    @pytest.mark.parametrize(
        ("pattern", "why"),
        [
            pytest.param("a(", "missing ) at position 2", id="open group"),
            pytest.param("[z-a]", "bad character range at position 4", id="range"),
            pytest.param("*a", "nothing to repeat at position 0", id="repeat"),
            pytest.param("(?P<a", "missing > at position 5", id="name"),
            pytest.param("x*", "matches the empty text, so it matches everywhere", id="empty match"),
            pytest.param("", "matches the empty text, so it matches everywhere", id="empty"),
            pytest.param("a|", "matches the empty text, so it matches everywhere", id="empty branch"),
            pytest.param("\\", "bad escape (end of pattern) at position 1", id="backslash"),
        ],
    )
    def test_are_refused_with_the_reason(self, project: Project, pattern: str, why: str):
        written(project, "rules", RULE.replace('"tr[a]p"', f"'{pattern}'"))
        answer = project.check("--rules", "r.yaml")
        assert answer.code == 2
        assert answer.errors == [f'r.yaml:5:5: error: expected a regular expression, got "{pattern}": {why}']


class TestSettingsThatCannotBeRead:
    @pytest.mark.parametrize("name", ["ospec-guard.yaml", "pyproject.toml", ".ospecguardignore", ".ospec-guard-baseline"])
    def test_a_folder_of_that_name(self, project: Project, name: str):
        project.write(f"{name}/x", "")
        answer = project.check()
        assert answer.code == 2
        assert answer.errors[0].startswith(f"{name}: error: ")
        assert answer.errors[0].endswith("cannot be read: Is a directory")

    @pytest.mark.parametrize("argv", [("--config", "none.yaml"), ("--rules", "none.yaml"), ("--baseline", "none")])
    def test_a_named_file_that_is_not_there(self, project: Project, argv: tuple[str, str]):
        answer = project.check(*argv)
        assert answer.code == 2
        assert f"'{argv[1]}'" in answer.errors[0]
        assert "hint: " in answer.err

    def test_both_places_hold_settings(self, project: Project):
        project.write("ospec-guard.yaml", "cache: true\n")
        project.write("pyproject.toml", "[tool.ospec-guard]\ncache = true\n")
        answer = project.check()
        assert answer.code == 2
        assert answer.errors == [
            "ospec-guard.yaml: error: settings stand both here and in [tool.ospec-guard] of pyproject.toml"
        ]


@pytest.mark.parametrize(
    ("settings", "place", "name"),
    [
        pytest.param("default_environment: stagin\n", "1:1", "stagin", id="default"),
        pytest.param("rules:\n  a/*: {level: {prodction: block}}\n", "2:17", "prodction", id="level of a rule"),
        pytest.param("waivers:\n  - {rule: a/b, environments: [staging, developmnt]}\n", "2:41", "developmnt", id="waiver"),
    ],
)
def test_settings_that_speak_of_an_environment_nobody_knows(project: Project, settings: str, place: str, name: str):
    project.write("ospec-guard.yaml", settings)
    answer = project.check()
    assert (answer.code, answer.errors) == (2, [f"ospec-guard.yaml:{place}: error: unknown environment '{name}'"])
    assert "hint: did you mean '" in answer.err


def test_an_environment_may_come_from_a_plugin(project: Project):
    plugin = PLUGIN + "configuration: {environments: {nightly: {enforcement_level: block}}}\n"
    written(project, "plugin", plugin)
    project.write("ospec-guard.yaml", ENABLING + "default_environment: nightly\n")
    answer = project.check()
    assert (answer.code, answer.json["environment"]) == (1, "nightly")


PIECES = (
    *(":", "\n", "  ", "- ", "[", "]", "{", "}", "'", '"', "#", "&a ", "*a", "! ", "!!str ", "|\n", ">", "~", "\t", "\0", "\u2028", "\ufeff"),
    *("1e999", ".nan", "-.inf", "0x10", "9" * 5_000, "---\n", "%YAML 1.2\n", "? ", "<<: ", "@", "`", "\\", "(", "*", "${X}", "\udcff"),
)  # fmt: skip
"""What breaks documents."""


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.sampled_from(list(SORTS)),
    which=st.integers(0, 1),
    places=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(PIECES), st.integers(0, 5)), min_size=1, max_size=4),
)
def test_whatever_is_written_the_answer_is_a_verdict_or_errors_with_places(
    project: Project, sort: str, which: int, places: list[tuple[int, str, int]]
):
    bad = {"settings": SETTINGS, "pyproject": SETTINGS_TOML, "plugin": PLUGIN_FILE, "single-file plugin": PLUGIN_FILE}
    text = (SORTS[sort][2], bad.get(sort, RULES))[which]
    for at, piece, cut in places:
        text = text[:at] + piece + text[at + cut :]
    shutil.rmtree(project.root)
    path, argv = written(project, sort, text.encode(errors="surrogateescape"))
    answer = project.check(*argv)
    assert answer.code in (0, 2)
    for error in answer.errors:
        assert re.match(rf"(?:{re.escape(path)}|ospec-guard\.yaml)(?::\d+:\d+)?: error: \S", error), error
    assert bool(answer.out) != bool(answer.errors)
