"""What a changed policy would loosen, told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from policy_world import CRYPTO, ENVIRONMENTS, EVAL, RULES, SECRET, finding, waiver

from ospec_guard.config.settings import EnvironmentSettings, Limits, PluginSettings, RuleSettings, Settings
from ospec_guard.globs import compile_globs
from ospec_guard.model import Level, Place, Severity
from ospec_guard.policy.baseline import Baseline, entry_of
from ospec_guard.policy.changes import loosened
from ospec_guard.policy.levels import Authority, PluginPolicy
from ospec_guard.policy.summary import PolicySummary, summarise

HERE = Place("ospec-guard.yaml", 1)


def globs(*patterns):
    return tuple((glob, HERE) for glob in compile_globs(patterns))


def plugins(*enabled, config=(), local_paths=(), registry=""):
    return PluginSettings(
        registry,
        tuple((path, HERE) for path in local_paths),
        tuple((name, HERE) for name in enabled),
        tuple((name, value, HERE) for name, value in config),
    )


def summary(*, settings=None, rules=RULES, own=None, locked=(), entries=(), ignore_lines=(), digests=None, **fields):
    settings = settings or Settings(**fields)
    policies = tuple(PluginPolicy(name, "", HERE, locked="*" in where, locked_environments=where) for name, where in locked)
    return summarise(
        Authority(settings, policies, own or {}),
        rules,
        ENVIRONMENTS,
        baseline=Baseline("b", tuple(entry_of(f) for f in entries)),
        ignore_lines=ignore_lines,
        digests=digests,
    )


def env(name, level=None, fail_on=None):
    return EnvironmentSettings(name, HERE, level, fail_on)


def off(pattern):
    return RuleSettings(pattern, HERE, off=True)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param({}, {"rules": (EVAL, SECRET)}, ["rule company_compliance/encryption_required is turned off or removed"], id="rule removed"),
        pytest.param({}, {"settings": Settings(rules=(off(EVAL.id),))}, ["rule py-core/eval is turned off or removed"], id="rule off"),
        pytest.param(
            {},
            {"settings": Settings(rules=(RuleSettings(SECRET.id, HERE, severity=Severity.INFO),))},
            ["rule py-core/secret: severity lowered from critical to info"],
            id="severity lowered",
        ),
        pytest.param(
            {},
            {"settings": Settings(rules=(RuleSettings("py-core/*", HERE, levels=(("production", Level.WARN),)),))},
            ["level in production lowered from block to warn for py-core/eval, py-core/secret"],
            id="level lowered for a pattern",
        ),
        pytest.param(
            {"own": {EVAL.id: (("development", Level.BLOCK),)}},
            {"own": {EVAL.id: (("development", Level.ERROR),)}},
            ["level in development lowered from block to error for py-core/eval"],
            id="rule's own level lowered",
        ),
        pytest.param(
            {"rules": (EVAL,)},
            {"rules": (EVAL,), "environments": (env("production", Level.WARN),)},
            ["environment production: level lowered from block to warn", "level in production lowered from block to warn for py-core/eval"],
            id="environment lowered",
        ),
        pytest.param(
            {"rules": (EVAL,)},
            {"rules": (EVAL,), "environments": (env("staging", fail_on=Severity.CRITICAL),)},
            ["fail_on in staging raised from error to critical for py-core/eval"],
            id="fail_on raised",
        ),
        pytest.param({"default_environment": "production"}, {}, ["default environment changed from production to development"], id="default"),
        pytest.param(
            {"rules": (SECRET,)},
            {"rules": (replace(SECRET, suppressible=True),)},
            ["rule py-core/secret may now be suppressed"],
            id="suppressible",
        ),
        pytest.param(
            {"rules": (EVAL,), "digests": {EVAL.id: "1"}},
            {"rules": (EVAL,), "digests": {EVAL.id: "2"}},
            ["rule py-core/eval is defined differently; whether more loosely, read for yourself"],
            id="rule rewritten",
        ),
        pytest.param({}, {"waivers": (waiver(),)}, ["waiver for py-core/eval added, until 2027-06-15"], id="waiver added"),
        pytest.param(
            {},
            {"waivers": (waiver("*", paths=["src/", "!src/a.py"], expires="", environments=("staging",)),)},
            ["waiver for * in src/ !src/a.py for staging added, without an end"],
            id="wide waiver added",
        ),
        pytest.param(
            {"waivers": (waiver(),)},
            {"waivers": (waiver(line=1), waiver(fingerprint="f" * 32, line=2))},
            [f"waiver for py-core/eval (finding {'f' * 32}) added, until 2027-06-15"],
            id="one more waiver",
        ),
        pytest.param(
            {"waivers": (waiver(expires="2026-01-01"),)},
            {"waivers": (waiver(),)},
            ["waiver for py-core/eval changed: now until 2027-06-15, approved by security"],
            id="waiver extended",
        ),
        pytest.param(
            {"waivers": (waiver(expires="someday"),)},
            {"waivers": (waiver(),)},
            ["waiver for py-core/eval changed: now until 2027-06-15, approved by security"],
            id="malformed date mended",
        ),
        pytest.param(
            {"waivers": (waiver(),)},
            {"waivers": (waiver(expires=""),)},
            ["waiver for py-core/eval changed: now without an end, approved by security"],
            id="end removed",
        ),
        pytest.param(
            {"waivers": (waiver(expires=""),)},
            {"waivers": (waiver(),)},
            ["waiver for py-core/eval changed: now until 2027-06-15, approved by security"],
            id="completed for level block",
        ),
        pytest.param(
            {"waivers": (waiver(approved_by=""),)},
            {"waivers": (waiver(expires="2027-01-01"),)},
            ["waiver for py-core/eval changed: now until 2027-01-01, approved by security"],
            id="approved, though shorter",
        ),
        pytest.param({}, {"entries": (finding(),)}, ["baseline: 1 entry added for py-core/eval"], id="baseline entry"),
        pytest.param(
            {"entries": (finding(),)},
            {"entries": (finding(), finding(ordinal=1), finding(tokens="b"), finding(CRYPTO))},
            ["baseline: 1 entry added for company_compliance/encryption_required", "baseline: 2 entries added for py-core/eval"],
            id="baseline entries by rule, twins counted",
        ),
        pytest.param({"entries": (finding(),)}, {"entries": (finding(tokens="b"),)}, ["baseline: 1 entry added for py-core/eval"], id="swapped"),
        pytest.param({}, {"exclude": globs("lib/", "src/")}, ["exclude: 'lib/' added", "exclude: 'src/' added"], id="excludes"),
        pytest.param({"exclude": globs("a/", "!a/b")}, {"exclude": globs("a/")}, ["exclude: exception '!a/b' removed"], id="exception"),
        pytest.param(
            {"exclude": globs("a/", "!a/b")},
            {"exclude": globs("!a/b", "a/")},
            ["exclude: the globs are in another order; the last that matches decides"],
            id="reordered",
        ),
        pytest.param({}, {"include": globs("src/")}, ["include: narrowed from everything to src/"], id="include begun"),
        pytest.param(
            {"include": globs("src/", "lib/")},
            {"include": globs("src/", "!src/a.py")},
            ["include: 'lib/' removed", "include: exception '!src/a.py' added"],
            id="include narrowed",
        ),
        pytest.param(
            {"ignore_lines": ((".gitignore", "!b"),)},
            {"ignore_lines": ((".gitignore", "*.py"), ("src/.gitignore", "a.py"))},
            [".gitignore: '*.py' added", ".gitignore: exception '!b' removed", "src/.gitignore: 'a.py' added"],
            id="ignore files",
        ),
        pytest.param(
            {},
            {"limits": Limits(file_size=1, rule_seconds=0.5)},
            ["limits.file_size changed from 5000000 to 1 bytes", "limits.rule_seconds changed from 5 to 0.5"],
            id="limits",
        ),
        pytest.param({"plugins": plugins("./a")}, {"plugins": plugins()}, ["plugin ./a is disabled or removed"], id="plugin disabled"),
        pytest.param(
            {"plugins": plugins("./a", config=[("./a", {"x": 1, "y": 2})])},
            {"plugins": plugins("./a", config=[("./a", {"y": 2, "x": 3})])},
            ["plugin ./a is configured differently"],
            id="plugin configured",
        ),
        pytest.param(
            {},
            {"plugins": plugins(local_paths=["./vendored"], registry="https://example.com")},
            ["plugins are looked for in https://example.com, ./vendored instead of nowhere"],
            id="plugin sources",
        ),
        pytest.param({"locked": [("a", ("*",))]}, {}, ["plugin a was locked in all environments, now in none"], id="unlocked"),
        pytest.param(
            {"locked": [("a", ("production", "staging"))]},
            {"locked": [("a", ("production",))]},
            ["plugin a was locked in production, staging, now in production"],
            id="unlocked in one",
        ),
    ],
)  # fmt: skip
def test_e9_reports(old, new, lines):
    """osv-scanner#2997: whatever a change would loosen is listed, wherever it is written."""
    assert list(loosened(summary(**old), summary(**new))) == lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"rules": (EVAL,)}, {}, id="rules added"),
        pytest.param({"settings": Settings(rules=(off("*"),))}, {}, id="rules turned on"),
        pytest.param({}, {"environments": (env("development", Level.BLOCK),)}, id="level raised"),
        pytest.param({}, {"environments": (env("production", fail_on=Severity.INFO),)}, id="fail_on lowered"),
        pytest.param({}, {"settings": Settings(rules=(RuleSettings(EVAL.id, HERE, severity=Severity.CRITICAL),))}, id="severity raised"),
        pytest.param({"waivers": (waiver(),)}, {}, id="waiver removed"),
        pytest.param({"waivers": (waiver(),)}, {"waivers": (waiver(line=99),)}, id="waiver moved"),
        pytest.param({"waivers": (waiver(),)}, {"waivers": (waiver(expires="2026-07-01"),)}, id="waiver shortened"),
        pytest.param({"waivers": (waiver(),)}, {"waivers": (waiver(expires="never"),)}, id="waiver broken"),
        pytest.param({"waivers": (waiver(),)}, {"waivers": (waiver(approved_by=""),)}, id="approval withdrawn"),
        pytest.param({"waivers": (waiver(),)}, {"waivers": (waiver(reason="better words"),)}, id="waiver reworded"),
        pytest.param({"entries": (finding(), finding(ordinal=1))}, {"entries": (finding(),)}, id="baseline shrunk"),
        pytest.param({"exclude": globs("a/", "b/")}, {"exclude": globs("b/")}, id="exclude removed"),
        pytest.param({"exclude": globs("a/", "b/")}, {"exclude": globs("b/", "a/")}, id="excludes reordered without exceptions"),
        pytest.param({"include": globs("a/")}, {}, id="include given up"),
        pytest.param({"include": globs("a/")}, {"include": globs("a/", "b/")}, id="include widened"),
        pytest.param({}, {"plugins": plugins("./a")}, id="plugin enabled"),
        pytest.param({}, {"locked": [("a", ("*",))]}, id="plugin locked"),
        pytest.param({"locked": [("a", ("staging",))]}, {"locked": [("a", ("*",))]}, id="plugin locked everywhere"),
        pytest.param(
            {"plugins": plugins("./a", config=[("./a", {"x": 1, "y": 2})])},
            {"plugins": plugins("./a", config=[("./a", {"y": 2, "x": 1})])},
            id="configuration in another order",
        ),
    ],
)  # fmt: skip
def test_leaves_alone(old, new):
    assert loosened(summary(**old), summary(**new)) == ()


def test_a_locked_plugin_hides_attempts_that_have_no_effect():
    """They are no loosening; `judge` tells them as notices."""
    locked = [("py-core", ("*",))]
    assert (
        loosened(
            summary(rules=(EVAL,), locked=locked), summary(rules=(EVAL,), locked=locked, settings=Settings(rules=(off("*"),)))
        )
        == ()
    )


def test_a_removed_environment_is_told():
    old = replace(PolicySummary(), environments=(("qa", Level.BLOCK),))
    assert loosened(old, PolicySummary()) == ("environment qa is removed",)


def test_nothing_is_looser_than_itself():
    everything = summary(
        waivers=(waiver(), waiver("*")),
        exclude=globs("a", "!b"),
        include=globs("src/"),
        entries=(finding(), finding()),
        ignore_lines=((".gitignore", "x"),),
        locked=[("a", ("*",))],
        plugins=plugins("./a", config=[("./a", None)]),
    )
    assert loosened(everything, everything) == ()
