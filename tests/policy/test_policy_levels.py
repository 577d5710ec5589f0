"""Who decides about level, severity and `fail_on`, and what a lock protects."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ospec_guard.config.settings import EnvironmentSettings, RuleSettings, Settings
from ospec_guard.model import Level, Place, RuleInfo, Severity
from ospec_guard.policy.levels import (
    Authority,
    PluginPolicy,
    environment_level,
    environment_names,
    fail_on,
    rule_level,
    standing,
)

RULE = RuleInfo(
    "acme/r", "code_analysis", Severity.ERROR, "r", plugin="@acme/guard", place=Place("plugins/acme/plugin.yaml", 9, 5)
)
MANIFEST = Place("plugins/acme/plugin.yaml")


def env(name, level=None, least=None, line=1):
    return EnvironmentSettings(name, Place("ospec-guard.yaml", line, 3), level, least)


def rule(pattern, *levels, line=1, **fields):
    return RuleSettings(pattern, Place("ospec-guard.yaml", line, 3), levels=tuple(levels), **fields)


def plugin(*environments, **fields):
    return PluginPolicy("acme", "@acme/guard", MANIFEST, environments, **fields)


UNLOCKED = plugin()


def authority(*, plugins=(UNLOCKED,), enforcement=(), command_line=None, environments=(), rules=()):
    return Authority(Settings(environments=environments, rules=rules), plugins, {RULE.id: tuple(enforcement)}, command_line)


LADDER = [
    ("built in", {}, Level.BLOCK, "built in"),
    ("manifest", {"plugins": (plugin(env("production", Level.ERROR)),)}, Level.ERROR, "plugin acme at ospec-guard.yaml:1:3"),
    ("rule's own", {"enforcement": [("production", Level.WARN)]}, Level.WARN, "rule acme/r at plugins/acme/plugin.yaml:9:5"),
    (
        "settings environment",
        {"environments": (env("production", Level.BLOCK, line=2),)},
        Level.BLOCK,
        "settings environments.production at ospec-guard.yaml:2:3",
    ),
    (
        "settings plugin",
        {"plugins": (plugin(env("production", Level.ERROR), overrides=(env("production", Level.WARN, line=3),)),)},
        Level.WARN,
        "settings plugins.config.@acme/guard at ospec-guard.yaml:3:3",
    ),
    (
        "settings rule",
        {"rules": (rule("acme/r", ("production", Level.ERROR), line=4),)},
        Level.ERROR,
        "settings rules.acme/r at ospec-guard.yaml:4:3",
    ),
    ("command line", {"command_line": ("production", Level.WARN)}, Level.WARN, "the command line"),
]


@pytest.mark.parametrize("height", range(len(LADDER)), ids=[name for name, *_ in LADDER])
def test_each_authority_beats_all_weaker_ones(height):
    said: dict[str, object] = {}
    for _, more, _, _ in LADDER[: height + 1]:
        said.update(more)
    decision = rule_level(authority(**said), RULE, "production")
    assert (decision.level, decision.decided_by, decision.notice) == (*LADDER[height][2:], None)


@pytest.mark.parametrize(
    ("environment", "level"),
    [("development", Level.WARN), ("staging", Level.ERROR), ("production", Level.BLOCK), ("canary", Level.ERROR)],
)
def test_built_in_levels(environment, level):
    assert environment_level(authority(), environment).level is level
    assert rule_level(authority(), RULE, environment).level is level


@pytest.mark.parametrize(
    ("rules", "level"),
    [
        pytest.param((rule("acme/*", ("staging", Level.BLOCK)),), Level.BLOCK, id="a pattern"),
        pytest.param((rule("acme/r", ("staging", Level.WARN)), rule("acme/*", ("staging", Level.BLOCK))), Level.WARN, id="exact id beats a pattern"),
        pytest.param((rule("acme/*", ("staging", Level.WARN)), rule("*", ("staging", Level.BLOCK))), Level.BLOCK, id="later pattern beats earlier"),
        pytest.param((rule("acme/r", ("*", Level.BLOCK)),), Level.BLOCK, id="all environments"),
        pytest.param((rule("acme/r", ("*", Level.BLOCK), ("staging", Level.WARN)),), Level.WARN, id="own environment beats all"),
        pytest.param((rule("acme/r", ("production", Level.WARN)), rule("acme/*", ("*", Level.BLOCK))), Level.BLOCK, id="a silent entry lets others speak"),
        pytest.param((rule("other/*", ("staging", Level.BLOCK)),), Level.ERROR, id="another rule's"),
    ],
)  # fmt: skip
def test_the_most_specific_rule_setting_wins(rules, level):
    assert rule_level(authority(rules=rules), RULE, "staging").level is level


def test_the_command_line_speaks_for_the_chosen_environment_only():
    said = authority(command_line=("staging", Level.BLOCK))
    assert rule_level(said, RULE, "staging").level is Level.BLOCK
    assert rule_level(said, RULE, "production").decided_by == "built in"
    assert environment_level(said, "staging").level is Level.BLOCK


def test_rules_of_packs_and_loose_files_have_no_plugin():
    named_like_it = RuleInfo("r", "code_analysis", Severity.ERROR, "r")
    said = authority(plugins=(PluginPolicy("", "", MANIFEST, (env("staging", Level.WARN),)),))
    assert rule_level(said, named_like_it, "staging").decided_by == "built in"


@pytest.mark.parametrize("name", ["acme", "@acme/guard"])
def test_a_plugin_is_known_by_both_names(name):
    info = RuleInfo("acme/r", "code_analysis", Severity.ERROR, "r", plugin=name)
    assert rule_level(authority(plugins=(plugin(env("staging", Level.WARN)),)), info, "staging").level is Level.WARN


def test_what_a_plugin_says_of_an_environment_beats_what_it_says_of_all():
    said = authority(plugins=(plugin(env("*", Level.WARN), env("production", Level.ERROR)),))
    assert [rule_level(said, RULE, name).level for name in ("staging", "production")] == [Level.WARN, Level.ERROR]


def test_a_locked_plugin_is_tightened():
    said = authority(plugins=(plugin(env("staging", Level.ERROR), locked=True),), environments=(env("staging", Level.BLOCK),))
    decision = rule_level(said, RULE, "staging")
    assert (decision.level, decision.notice) == (Level.BLOCK, None)


@pytest.mark.parametrize(
    "loosening",
    [
        pytest.param({"environments": (env("production", Level.WARN, line=7),)}, id="environment"),
        pytest.param({"rules": (rule("acme/r", ("production", Level.WARN), line=7),)}, id="rule"),
        pytest.param({"rules": (rule("*", ("*", Level.WARN), line=7),)}, id="pattern"),
        pytest.param({"overrides": (env("production", Level.WARN, line=7),)}, id="plugin"),
    ],
)
@pytest.mark.parametrize("lock", [{"locked": True}, {"locked_environments": ("production",)}], ids=["everywhere", "there"])
def test_a_locked_plugin_is_not_loosened_and_both_places_are_named(loosening, lock):
    said = {"overrides": (), **loosening}
    locked = plugin(env("production", Level.BLOCK), overrides=said.pop("overrides"), **lock)
    said = authority(plugins=(locked,), **said)
    decision = rule_level(said, RULE, "production")
    assert decision.level is Level.BLOCK
    assert decision.decided_by == "plugin acme at ospec-guard.yaml:1:3, locked"
    assert decision.notice is not None
    assert decision.notice.place == Place("ospec-guard.yaml", 7, 3)
    assert "would lower production from block to warn for plugin acme" in decision.notice.message
    assert "plugins/acme/plugin.yaml" in decision.notice.message


def test_the_command_line_cannot_loosen_a_lock_either():
    said = authority(plugins=(plugin(locked=True),), command_line=("production", Level.WARN))
    assert rule_level(said, RULE, "production").level is Level.BLOCK


def test_a_lock_elsewhere_protects_nothing_here():
    said = authority(plugins=(plugin(locked_environments=("production",)),), environments=(env("staging", Level.WARN),))
    assert rule_level(said, RULE, "staging").level is Level.WARN


@pytest.mark.parametrize(
    ("rules", "off", "severity"),
    [
        pytest.param((), False, Severity.ERROR, id="nothing said"),
        pytest.param((rule("acme/r", off=True),), True, Severity.ERROR, id="off"),
        pytest.param((rule("acme/*", off=True),), True, Severity.ERROR, id="off by pattern"),
        pytest.param(
            (rule("acme/*", off=True), rule("acme/r", severity=Severity.INFO)), False, Severity.INFO, id="on again by its id"
        ),
        pytest.param(
            (rule("acme/r", severity=Severity.INFO), rule("*", severity=Severity.CRITICAL)), False, Severity.INFO, id="exact"
        ),
    ],
)
def test_whether_a_rule_runs_and_how_severe_it_is(rules, off, severity):
    found = standing(authority(rules=rules), RULE)
    assert (found.off, found.severity, found.notices) == (off, severity, ())


def test_a_locked_plugin_keeps_its_rules_on_and_as_severe():
    said = authority(plugins=(plugin(locked=True),), rules=(rule("acme/*", off=True, severity=Severity.INFO, line=8),))
    found = standing(said, RULE)
    assert (found.off, found.severity) == (False, Severity.ERROR)
    assert [n.place for n in found.notices] == [Place("ospec-guard.yaml", 8, 3)] * 2
    assert "would turn its rules off" in found.notices[0].message
    assert "would lower a severity from error to info" in found.notices[1].message


def test_a_locked_plugins_rules_may_become_more_severe():
    said = authority(plugins=(plugin(locked=True),), rules=(rule("acme/*", severity=Severity.CRITICAL),))
    assert standing(said, RULE).severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, Severity.ERROR, id="built in"),
        pytest.param({"plugins": (plugin(env("staging", least=Severity.WARNING)),)}, Severity.WARNING, id="manifest"),
        pytest.param({"environments": (env("staging", least=Severity.CRITICAL),)}, Severity.CRITICAL, id="settings"),
        pytest.param(
            {
                "plugins": (plugin(env("staging", least=Severity.WARNING), overrides=(env("staging", least=Severity.INFO),)),),
                "environments": (env("staging", least=Severity.CRITICAL),),
            },
            Severity.INFO,
            id="settings for the plugin",
        ),
        pytest.param({"environments": (env("production", least=Severity.INFO),)}, Severity.ERROR, id="another environment's"),
    ],
)
def test_the_least_severity_that_fails(fields, expected):
    assert fail_on(authority(**fields), RULE, "staging").severity is expected


def test_a_locked_plugin_refuses_a_higher_fail_on_and_takes_a_lower_one():
    locked = (plugin(locked=True),)
    higher = fail_on(
        authority(plugins=locked, environments=(env("staging", least=Severity.CRITICAL, line=5),)), RULE, "staging"
    )
    assert higher.severity is Severity.ERROR
    assert higher.notice is not None
    assert "would raise 'fail_on' of staging from error to critical" in higher.notice.message
    assert higher.notice.place == Place("ospec-guard.yaml", 5, 3)
    lower = fail_on(authority(plugins=locked, environments=(env("staging", least=Severity.INFO),)), RULE, "staging")
    assert (lower.severity, lower.notice) == (Severity.INFO, None)


def test_environments_come_in_the_order_of_the_reports():
    settings = Settings(environments=(env("qa"), env("production"), env("canary")))
    assert environment_names(settings, [plugin(env("preview"), env("*"))]) == (
        "development", "staging", "production", "canary", "preview", "qa",
    )  # fmt: skip


LEVELS = st.sampled_from(Level)
SEVERITIES = st.sampled_from(Severity)
NAMES = st.sampled_from(["development", "staging", "production", "qa", "*"])
SAID = st.builds(env, NAMES, st.none() | LEVELS, st.none() | SEVERITIES)
RULE_SETTINGS = st.builds(
    lambda pattern, off, severity, levels: rule(pattern, *sorted(levels.items()), off=off, severity=severity),
    st.sampled_from(["acme/r", "acme/*", "*", "other/*"]),
    st.booleans(),
    st.none() | SEVERITIES,
    st.dictionaries(NAMES, LEVELS, max_size=2),
)


@for_all(
    manifest=st.lists(SAID, max_size=3),
    overrides=st.lists(SAID, max_size=3),
    environments=st.lists(SAID, max_size=3),
    rules=st.lists(RULE_SETTINGS, max_size=3),
    own=st.dictionaries(NAMES, LEVELS, max_size=2),
    level=st.none() | LEVELS,
    environment=st.sampled_from(["development", "staging", "production", "qa"]),
)
def test_nothing_loosens_a_locked_plugin(manifest, overrides, environments, rules, own, level, environment):
    alone = authority(plugins=(plugin(*manifest, locked=True),), enforcement=own.items())
    said = authority(
        plugins=(plugin(*manifest, locked=True, overrides=tuple(overrides)),),
        enforcement=own.items(),
        environments=tuple(environments),
        rules=tuple(rules),
        command_line=(environment, level) if level else None,
    )
    assert rule_level(said, RULE, environment).level >= rule_level(alone, RULE, environment).level
    assert fail_on(said, RULE, environment).severity <= fail_on(alone, RULE, environment).severity
    assert not standing(said, RULE).off
    assert standing(said, RULE).severity >= RULE.severity
