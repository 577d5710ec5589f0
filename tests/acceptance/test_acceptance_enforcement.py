"""Level × excuse × severity × lock: the design's table of enforcement, from the settings to the exit code of every environment."""

from __future__ import annotations

import pytest
from acceptance_world import NEXT_YEAR, SETTINGS, YESTERDAY, Project, guard, waivers, write

ENVIRONMENTS = ("development", "staging", "production")
PASSED, FAILED, BLOCKED = "passed", "failed", "blocked"
ALL = (PASSED, FAILED, BLOCKED)
"""What a violation that nothing excuses does."""

PLUGIN = """\
plugin_type: guardrails
name: house
version: 1.0.0
rules:
  - {{id: raw, type: code_analysis, languages: [python], pattern: 'raw[(]', message: raw is called, severity: {severity}{more}}}
configuration: {configuration}
"""
PLAIN = "{environments: {development: {enforcement_level: warn}}}"


def project_of(
    folder: object,
    *,
    settings: str = "",
    severity: str = "error",
    more: str = "",
    configuration: str = PLAIN,
    comment: str = "",
    text: str = "",
) -> Project:
    """A folder with one violation of a plugin's rule."""
    files = {
        SETTINGS: f"plugins:\n  enabled: [./plugins/house]\n{settings}",
        "plugins/house/plugin.yaml": PLUGIN.format(severity=severity, more=more, configuration=configuration),
        "a.py": text or f"raw(x){comment}\n",
    }
    return Project.at(write(str(folder), files))


CODES = {PASSED: 0, FAILED: 1, BLOCKED: 1, "incomplete": 2}


def answers(project: Project, *arguments: str) -> tuple[str, ...]:
    """The outcome of every environment."""
    done = project.check(*arguments)
    assert done.code == CODES[done.outcomes()["staging"]]
    assert [verdict["exit_code"] for verdict in done.report["verdicts"]] == [CODES[o] for o in done.outcomes().values()]
    return tuple(done.outcomes()[name] for name in ENVIRONMENTS)


IGNORE = "  # ospec-guard: ignore[house/raw]"
EXCUSES = {
    "nothing": ({}, ALL),
    "a comment with a reason": ({"comment": f"{IGNORE} ours"}, (PASSED, PASSED, BLOCKED)),
    "a comment without": ({"comment": IGNORE}, ALL),
    "an expired comment": ({"comment": f"{IGNORE} ours until={YESTERDAY}"}, ALL),
    "a complete waiver": ({"settings": waivers({"rule": "house/raw"})}, (PASSED, PASSED, PASSED)),
    "a waiver by bare id": ({"settings": waivers({"rule": "raw"})}, (PASSED, PASSED, PASSED)),
    "a waiver by pattern": ({"settings": waivers({"rule": "house/*"})}, (PASSED, PASSED, PASSED)),
    "a waiver under a path": ({"settings": waivers({"rule": "house/raw", "path": "a.py"})}, (PASSED, PASSED, PASSED)),
    "a waiver elsewhere": ({"settings": waivers({"rule": "house/raw", "path": "src/"})}, ALL),
    "a waiver for another rule": ({"settings": waivers({"rule": "python/eval-call"})}, ALL),
    "a waiver for another finding": ({"settings": waivers({"rule": "house/raw", "fingerprint": "0" * 32})}, ALL),
    "a waiver in one environment": (
        {"settings": waivers({"rule": "house/raw", "environments": ["production"]})},
        (PASSED, FAILED, PASSED),
    ),
    "a waiver without a reason": ({"settings": waivers({"rule": "house/raw", "reason": None})}, ALL),
    "a waiver with an empty reason": ({"settings": waivers({"rule": "house/raw", "reason": "  "})}, ALL),
    "a waiver without approval": ({"settings": waivers({"rule": "house/raw", "approved_by": None})}, (PASSED, PASSED, BLOCKED)),
    "a waiver without an end": ({"settings": waivers({"rule": "house/raw", "expires": None})}, (PASSED, PASSED, BLOCKED)),
    "an expired waiver": ({"settings": waivers({"rule": "house/raw", "expires": YESTERDAY})}, ALL),
    "an unreadable date": ({"settings": waivers({"rule": "house/raw", "expires": "never"})}, ALL),
}


@pytest.mark.parametrize("excuse", EXCUSES)
def test_who_may_excuse_what(tmp_path, excuse):
    given, expected = EXCUSES[excuse]
    project = project_of(tmp_path, **given)
    assert answers(project) == expected
    for chosen, outcome in zip(ENVIRONMENTS, expected, strict=True):
        done = project.check(env=chosen)
        assert (done.code, tuple(done.outcomes().values())) == (CODES[outcome], expected)


def test_a_baseline_entry_excuses_up_to_error(tmp_path):
    project = project_of(tmp_path)
    project.baseline()
    assert answers(project) == (PASSED, PASSED, BLOCKED)
    assert project.check(env="production").refused("production") == [
        "baseline: level block obeys nothing but a complete waiver"
    ]


@pytest.mark.parametrize(
    ("excuse", "expected"),
    [
        ({"comment": f"{IGNORE} ours"}, ALL),
        ({"settings": waivers({"rule": "house/raw", "approved_by": None})}, ALL),
        ({"settings": waivers({"rule": "house/raw"})}, (PASSED, PASSED, PASSED)),
    ],
    ids=["a comment", "an incomplete waiver", "a complete waiver"],
)
def test_a_rule_that_may_not_be_suppressed(tmp_path, excuse, expected):
    project = project_of(tmp_path, more=", suppressible: false", **excuse)
    assert answers(project) == expected
    if expected == ALL:
        assert "may not be suppressed" in " ".join(project.check().refused("development"))


def test_a_rule_that_may_not_be_suppressed_enters_no_baseline(tmp_path):
    project = project_of(tmp_path, more=", suppressible: false")
    project.baseline()
    assert answers(project) == ALL


@pytest.mark.parametrize(
    ("severity", "settings", "expected"),
    [
        ("info", "", (PASSED, PASSED, PASSED)),
        ("warning", "", (PASSED, PASSED, PASSED)),
        ("medium", "", (PASSED, PASSED, PASSED)),
        ("error", "", ALL),
        ("high", "", ALL),
        ("critical", "", ALL),
        ("warning", "environments: {staging: {fail_on: warning}}", (PASSED, FAILED, PASSED)),
        ("info", "environments: {production: {fail_on: info}}", (PASSED, PASSED, BLOCKED)),
        ("error", "environments: {staging: {fail_on: critical}}", (PASSED, PASSED, BLOCKED)),
        ("critical", "environments: {staging: {fail_on: critical}}", ALL),
        ("warning", "rules: {house/raw: {severity: error}}", ALL),
        ("error", "rules: {house/raw: {severity: warning}}", (PASSED, PASSED, PASSED)),
    ],
)
def test_severity_and_fail_on(tmp_path, severity, settings, expected):
    assert answers(project_of(tmp_path, severity=severity, settings=settings)) == expected


MANIFEST = "{environments: {development: {enforcement_level: error}, staging: {enforcement_level: block}, production: {enforcement_level: warn}}}"
LEVELS = {
    "built in": ({}, ALL),
    "the plugin": ({"configuration": MANIFEST}, (FAILED, BLOCKED, PASSED)),
    "the rule over the plugin": (
        {"configuration": MANIFEST, "more": ", enforcement: {staging: warn, production: error}"},
        (FAILED, PASSED, FAILED),
    ),
    "the environment over the rule": (
        {"more": ", enforcement: block", "settings": "environments: {staging: warn}"},
        (BLOCKED, PASSED, BLOCKED),
    ),
    "the plugin's settings over the environment": (
        {
            "settings": "  config:\n    ./plugins/house:\n      environments: {staging: {enforcement_level: block}}\n"
            "environments: {staging: warn}\n"
        },
        (PASSED, BLOCKED, BLOCKED),
    ),
    "the rule's settings over the plugin's": (
        {
            "settings": "  config:\n    ./plugins/house:\n      environments: {staging: {enforcement_level: block}}\n"
            "rules: {house/raw: {level: {staging: warn}}}\n"
        },
        (PASSED, PASSED, BLOCKED),
    ),
    "an exact id over a pattern": ({"settings": "rules: {house/raw: {level: error}, 'house/*': {level: warn}}"}, (FAILED,) * 3),
    "a later pattern over an earlier": ({"settings": "rules: {'house/*': {level: warn}, '*': {level: block}}"}, (BLOCKED,) * 3),
    "off": ({"settings": "rules: {house/raw: off}"}, (PASSED,) * 3),
    "off by pattern, on by id": ({"settings": "rules: {'*': off, house/raw: {severity: error}}"}, ALL),
}


@pytest.mark.parametrize("who", LEVELS)
def test_who_decides_the_level(tmp_path, who):
    given, expected = LEVELS[who]
    assert answers(project_of(tmp_path, **given)) == expected


@pytest.mark.parametrize("env", ENVIRONMENTS)
@pytest.mark.parametrize(("level", "outcome", "code"), [("warn", PASSED, 0), ("error", FAILED, 1), ("block", BLOCKED, 1)])
def test_the_command_line_decides_for_the_chosen_environment(tmp_path, env, level, outcome, code):
    done = project_of(tmp_path, settings="environments: {development: error, staging: error, production: error}").check(
        "--level", level, env=env
    )
    assert done.code == code
    assert done.outcomes() == {**dict.fromkeys(ENVIRONMENTS, FAILED), env: outcome}


LOCKED = "{environments: {staging: {enforcement_level: error}}}\nlocked: true"
LOCKED_ONE = "{environments: {staging: {enforcement_level: error, locked: true}}}"
LOCKS = {
    "a level lowered by the environment": ({"settings": "environments: {staging: warn, production: warn}"}, ALL, True),
    "a level lowered for the rule": ({"settings": "rules: {house/raw: {level: warn}}"}, ALL, True),
    "a level lowered for the plugin": (
        {"settings": "  config:\n    ./plugins/house:\n      environments: {staging: {enforcement_level: warn}}\n"},
        ALL,
        True,
    ),
    "off": ({"settings": "rules: {house/raw: off}"}, ALL, True),
    "a severity lowered": ({"settings": "rules: {house/raw: {severity: info}}"}, ALL, True),
    "fail_on raised": ({"settings": "environments: {staging: {fail_on: critical}}"}, ALL, True),
    "tightened": ({"settings": "environments: {development: error, staging: block}"}, (FAILED, BLOCKED, BLOCKED), False),
    "a severity raised": ({"settings": "rules: {house/raw: {severity: critical}}"}, ALL, False),
    "a comment": ({"comment": f"{IGNORE} ours"}, (PASSED, PASSED, BLOCKED), False),
    "a complete waiver": ({"settings": waivers({"rule": "house/raw"})}, (PASSED, PASSED, PASSED), False),
}


@pytest.mark.parametrize("wish", LOCKS)
def test_a_locked_plugin_may_be_tightened_and_never_loosened(tmp_path, wish):
    given, expected, refused = LOCKS[wish]
    project = project_of(tmp_path, configuration=LOCKED, **given)
    assert answers(project) == expected
    notices = [n for n in project.check().report["notices"] if n["id"] == "notice/locked"]
    assert bool(notices) is refused


@pytest.mark.parametrize("wish", ["a level lowered by the environment", "off", "a severity lowered", "fail_on raised"])
def test_locked_in_one_environment(tmp_path, wish):
    given, _, _ = LOCKS[wish]
    assert answers(project_of(tmp_path, configuration=LOCKED_ONE, **given))[1] == FAILED


def test_a_lock_binds_the_command_line_too(tmp_path):
    done = project_of(tmp_path, configuration=LOCKED).check("--level", "warn")
    assert (done.code, done.outcomes()["staging"]) == (1, FAILED)


def test_gaps_of_a_locked_plugin_cannot_be_loosened_away(tmp_path):
    broken = {"text": "def f(:\n    raw(x\n", "more": ", requires: y", "settings": "environments: {staging: warn}"}
    done = project_of(tmp_path / "locked", configuration=LOCKED, **broken).check()
    # One of the plugin's rule and one of a built-in rule that looks for `raw` too: Django's queries.
    assert (done.code, done.gaps()) == (2, ["gap/parse a.py"] * 2)
    assert project_of(tmp_path / "open", **broken).check().code == 0


@pytest.mark.parametrize("env", [None, "nightly", "staging"])
def test_environments_of_ones_own(tmp_path, env):
    project = project_of(tmp_path, settings="environments: {nightly: {}, audit: block}\ndefault_environment: nightly\n")
    done = project.guard("check", "--format", "json", *(("--env", env) if env else ()))
    assert list(done.outcomes()) == [*ENVIRONMENTS, "audit", "nightly"]
    assert tuple(done.outcomes().values()) == (*ALL, BLOCKED, FAILED)
    assert done.report["environment"] == (env or "nightly")


class TestWhichEnvironment:
    @pytest.mark.parametrize(
        ("option", "variable", "default", "chosen"),
        [
            ("production", "staging", "staging", "production"),
            (None, "production", "staging", "production"),
            (None, "", "staging", "staging"),
            (None, None, "staging", "staging"),
            (None, None, None, "development"),
        ],
    )
    def test_decides(self, tmp_path, option, variable, default, chosen):
        project = project_of(tmp_path, settings=f"default_environment: {default}\n" if default else "")
        environ = {"OSPEC_ENV": variable} if variable is not None else {}
        done = project.guard("check", "--format", "json", *(("--env", option) if option else ()), environ=environ)
        assert done.report["environment"] == chosen
        assert done.code == {"development": 0, "staging": 1, "production": 1}[chosen]

    @pytest.mark.parametrize("how", ["option", "variable", "settings"])
    def test_must_exist(self, tmp_path, how):
        project = project_of(tmp_path, settings="default_environment: prodction\n" if how == "settings" else "")
        options = ("--env", "prodction") if how == "option" else ()
        done = project.guard("check", *options, environ={"OSPEC_ENV": "prodction"} if how == "variable" else {})
        assert (done.code, done.out) == (2, b"")
        assert "did you mean 'production'?" in done.err


def test_two_wins_over_one(tmp_path):
    project = project_of(tmp_path)
    project.write({"b.py": "def f(:\n    eval(x\n"})
    assert answers(project) == (PASSED, "incomplete", "incomplete")


def test_a_run_without_a_rule_never_passes(tmp_path):
    root = write(tmp_path, {"a.py": "eval(x)\n", "none.yaml": "rules: []\n"})
    for env in ENVIRONMENTS:
        done = guard(root, "check", "--env", env, "--isolated", "--rules", "none.yaml", "--format", "json")
        assert done.code == 2
        assert set(done.outcomes().values()) == {"incomplete"}


def test_all_rules_off_never_passes(tmp_path):
    root = write(tmp_path, {"a.py": "eval(x)\n", SETTINGS: "rules: {'*': off}\n"})
    assert guard(root, "check").code == 2


def test_adopting_on_an_old_repository_is_possible_at_every_level(tmp_path):
    project = project_of(tmp_path, settings=waivers({"rule": "*", "path": "legacy/", "expires": NEXT_YEAR}), text="x = 1\n")
    project.write({"legacy/a.py": "raw(x)\neval(x)\n"})
    assert answers(project) == (PASSED, PASSED, PASSED)
    project.write({"new/a.py": "raw(x)\n"})
    assert answers(project) == ALL
