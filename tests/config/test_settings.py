"""Settings: what may be written, what it becomes, and the exact answer to what may not."""

from __future__ import annotations

import os

import pytest

from ospec_guard.config.load import find_settings, load_settings
from ospec_guard.config.settings import EnvironmentSettings, Limits, RuleSettings, Settings
from ospec_guard.errors import GuardError
from ospec_guard.model import Level, Place, Severity

FILE = "ospec-guard.yaml"


class InMemory:
    """`protocols.Files` over a dictionary."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def read(self, path: str) -> bytes:
        if path not in self.texts:
            raise FileNotFoundError(2, "No such file or directory", path)
        return self.texts[path].encode()

    def exists(self, path: str) -> bool:
        return path in self.texts

    def is_dir(self, path: str) -> bool:
        return False

    def real(self, path: str) -> str:
        return os.path.join("/root", path)

    def list(self, path: str) -> list[str]:
        return sorted(os.path.basename(name) for name in self.texts)


def settings_of(text: str, path: str = FILE) -> Settings:
    return load_settings(InMemory({path: text}), path)[0]


def refusal(text: str, path: str = FILE) -> str:
    with pytest.raises(GuardError) as caught:
        settings_of(text, path)
    return str(caught.value)


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "{}\n"], ids=["empty", "comment", "empty mapping"])
def test_nothing_said_is_the_defaults(text: str):
    assert settings_of(text) == Settings(path=FILE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "environments: {staging: {enforcement_level: block, fail_on: warning}}\n",
            EnvironmentSettings("staging", Place(FILE, 1, 16), Level.BLOCK, Severity.WARNING),
            id="a mapping",
        ),
        pytest.param(
            "environments:\n  nightly: warn\n", EnvironmentSettings("nightly", Place(FILE, 2, 3), Level.WARN), id="a bare level"
        ),
        pytest.param(
            "environments: {staging: {fail_on: high}}\n",
            EnvironmentSettings("staging", Place(FILE, 1, 16), None, Severity.ERROR),
            id="an alias of a severity, no level",
        ),
    ],
)
def test_environments(text: str, wanted: EnvironmentSettings):
    assert settings_of(text).environments == (wanted,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("rules: {a/b: off}\n", RuleSettings("a/b", Place(FILE, 1, 9), off=True), id="off"),
        pytest.param(
            "rules: {'a/*': {severity: info}}\n", RuleSettings("a/*", Place(FILE, 1, 10), severity=Severity.INFO), id="severity"
        ),
        pytest.param(
            "rules: {a/b: {level: block}}\n",
            RuleSettings("a/b", Place(FILE, 1, 9), levels=(("*", Level.BLOCK),)),
            id="one level for all",
        ),
        pytest.param(
            "rules: {a/b: {level: {staging: warn, production: error}}}\n",
            RuleSettings("a/b", Place(FILE, 1, 9), levels=(("production", Level.ERROR), ("staging", Level.WARN))),
            id="levels by environment",
        ),
    ],
)
def test_rules(text: str, wanted: RuleSettings):
    assert settings_of(text).rules == (wanted,)


def test_a_waiver_is_kept_as_written():
    (waiver,) = settings_of(
        "waivers:\n- rule: a/b\n  path: old/\n  reason: ' soon gone '\n  approved_by: us\n  expires: 2027-02-30\n"
    ).waivers
    assert (waiver.rule, waiver.reason, waiver.approved_by, waiver.expires) == ("a/b", "soon gone", "us", "2027-02-30")
    assert [glob.pattern for glob in waiver.paths] == ["old/"]
    assert waiver.place == Place(FILE, 2, 3)


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        pytest.param("{file_size: 2MB}", Limits(2_000_000, 5.0), id="megabytes"),
        pytest.param("{file_size: 1KiB, rule_seconds: 0.5}", Limits(1024, 0.5), id="kibibytes and seconds"),
        pytest.param("{file_size: 10}", Limits(10, 5.0), id="plain bytes"),
    ],
)
def test_limits(written: str, limits: Limits):
    assert settings_of(f"limits: {written}\n").limits == limits


def test_levels_in_a_plugins_configuration_are_the_settings_word_and_not_the_plugins():
    plugins = settings_of(
        "plugins:\n  enabled: ['@a/b']\n  config:\n    '@a/b':\n      region: eu\n"
        "      environments: {staging: {enforcement_level: block}}\n"
    ).plugins
    assert [(name, value) for name, value, _ in plugins.config] == [("@a/b", {"region": "eu"})]
    assert [(name, [(e.name, e.level) for e in said]) for name, said in plugins.overrides] == [
        ("@a/b", [("staging", Level.BLOCK)])
    ]


def test_toml_says_the_same():
    text = "[tool.ospec-guard]\ndefault_environment = 'staging'\n[tool.ospec-guard.rules]\n'a/b' = 'off'\n"
    settings = settings_of(text, "pyproject.toml")
    assert settings.default_environment == "staging"
    assert settings.rules == (RuleSettings("a/b", Place("pyproject.toml", 4, 2), off=True),)


@pytest.mark.parametrize(
    ("text", "essentials"),
    [
        pytest.param(
            "enviroments: {}\n", [f"{FILE}:1:1: error: unknown key", "did you mean 'environments'?"], id="unknown key"
        ),
        pytest.param("include: src\n", [f"{FILE}:1:1", "list"], id="text for a list"),
        pytest.param("environments: {staging: loud}\n", [f"{FILE}:1:16", "warn, error or block"], id="no level"),
        pytest.param("rules: {a: quiet}\n", [f"{FILE}:1:9", "'off'"], id="no setting of a rule"),
        pytest.param("rules:\n- id: a\n", [f"{FILE}:1:1", "--rules"], id="rules as in a rule file"),
        pytest.param("limits: {file_size: much}\n", [f"{FILE}:1:10", "much"], id="no size"),
        pytest.param("limits: {rule_seconds: 0}\n", [f"{FILE}:1:10", "more than 0"], id="no time"),
        pytest.param("waivers: [{path: a}]\n", [f"{FILE}:1:11", "rule"], id="a waiver for nothing"),
        pytest.param("waivers: [{rule: a, path: b, paths: [c]}]\n", ["'path' or 'paths'"], id="a waiver with two places"),
        pytest.param(
            "environments: {'*': warn}\n", [f"{FILE}:1:17", "name of an environment"], id="no name for an environment"
        ),
        pytest.param("exclude: ['[z-a]']\n", [f"{FILE}:1:12", "[z-a]"], id="no glob"),
        pytest.param("a: [\n", [f"{FILE}:"], id="no YAML"),
        pytest.param("cache: 'yes'\n", [f"{FILE}:1:1", "true or false"], id="text for a truth"),
    ],
)
def test_refusals_name_place_and_what_was_expected(text: str, essentials: list[str]):
    said = refusal(text)
    assert [essential for essential in essentials if essential not in said] == []


def test_everything_that_is_wrong_is_told_at_once():
    said = refusal("include: 1\nexclud: []\nenvironments: {staging: loud}\nwaivers: [{}]\n")
    assert len([line for line in said.splitlines() if line.startswith(f"{FILE}:")]) == 4


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({FILE: ""}, FILE, id="the YAML file"),
        pytest.param({"pyproject.toml": "[project]\n"}, None, id="a pyproject of others"),
        pytest.param({"pyproject.toml": "[project]\nname = 'ospec-guard'\n"}, None, id="a pyproject that names us"),
        pytest.param({"pyproject.toml": "[tool.ospec-guard]\n"}, "pyproject.toml", id="the table"),
        pytest.param({FILE: "", "pyproject.toml": "[project]\n"}, FILE, id="the YAML file beside a pyproject of others"),
    ],
)
def test_where_settings_are_found(texts: dict[str, str], wanted: str | None):
    assert find_settings(InMemory(texts)) == wanted


def test_settings_in_two_places_are_refused():
    with pytest.raises(GuardError, match="keep one of the two"):
        find_settings(InMemory({FILE: "", "pyproject.toml": "[tool.ospec-guard]\n"}))
