"""Rules that cannot run, fail or take too long, plugins that are not there, and workers that die."""

from __future__ import annotations

import pytest
from cli_world import ALONE, ENABLING, PLUGIN, RULE, TRAP, Project

from ospec_guard.kinds import KINDS

GAP_CODES = [0, 2, 2]


@pytest.fixture
def misbehaving(trapped: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which rules may be of the type `misbehaving`."""
    monkeypatch.setitem(KINDS, "misbehaving", "misbehaving_kind")
    return trapped


def add_rule(project: Project, how: str, where: str = "tra[p]") -> None:
    """Puts a rule that misbehaves before the good one."""
    rule = f"  - {{id: bad, type: misbehaving, description: never seen, how: {how}, where: '{where}'}}\n"
    project.write("r.yaml", RULE.replace("rules:\n", f"rules:\n{rule}"))


class TestRulesThatFail:
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_rule_that_raises_is_a_gap_and_the_others_run(self, misbehaving: Project, jobs: str):
        add_rule(misbehaving, "raise")
        misbehaving.write("other.py", "x = 1\n")
        assert misbehaving.codes(*ALONE, "--jobs", jobs) == GAP_CODES
        answer = misbehaving.check(*ALONE, "--jobs", jobs)
        assert (answer.found, answer.gaps) == (["caught ok.py:1"], ["gap/rule-failed ok.py"])
        [gap] = answer.json["gaps"]
        assert gap["rule_id"] == "bad"
        assert gap["message"] == "rule 'bad' failed: KeyError: \"a mistake in the rule's code\""
        assert answer.account("other.py") == "checked"

    def test_a_rule_that_exhausts_the_stack(self, misbehaving: Project):
        add_rule(misbehaving, "exhaust the stack")
        answer = misbehaving.check("--env", "staging", *ALONE)
        assert (answer.code, answer.found, answer.gaps) == (2, ["caught ok.py:1"], ["gap/rule-failed ok.py"])
        assert "RecursionError" in answer.json["gaps"][0]["message"]

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_rule_that_takes_for_ever_runs_out_of_time(self, misbehaving: Project, jobs: str):
        add_rule(misbehaving, "take for ever")
        misbehaving.write("ospec-guard.yaml", "limits: {rule_seconds: 0.1}\n")
        answer = misbehaving.check("--env", "staging", "--rules", "r.yaml", "--jobs", jobs)
        assert (answer.code, answer.found, answer.gaps) == (2, ["caught ok.py:1"], ["gap/timeout ok.py"])
        assert answer.json["gaps"][0]["message"] == "rule 'bad' ran out of time: not done after 0.1 s"
        assert misbehaving.check("--env", "development", "--rules", "r.yaml", "--jobs", jobs).code == 0

    def test_a_gap_can_be_waived_by_its_id(self, misbehaving: Project):
        add_rule(misbehaving, "raise")
        waiver = "{rule: gap/rule-failed, path: ok.py, reason: known, approved_by: us, expires: 2026-12-31}"
        misbehaving.write("ospec-guard.yaml", f"waivers:\n  - {waiver}\n")
        assert misbehaving.codes("--rules", "r.yaml") == [0, 1, 1]

    @pytest.mark.parametrize("format_", ["text", "json", "sarif", "github", "gitlab", "junit", "vim"])
    def test_every_format_names_the_rule(self, misbehaving: Project, format_: str):
        add_rule(misbehaving, "raise")
        answer = misbehaving.guard("check", "--env", "staging", *ALONE, "--format", format_)
        assert answer.code == 2
        assert "gap/rule-failed" in answer.out
        assert "bad" in answer.out
        assert "The word is there" in answer.out


class TestExpressionsThatExplode:
    RULE = RULE.replace('"tr[a]p"', "'(?=a)(?:a|aa)+$'")
    """RE2 has no look-ahead, so that this runs on the other engine, and there takes time exponential in the run of a's."""

    def test_running_out_of_time_is_a_gap(self, project: Project):
        project.write("r.yaml", self.RULE + RULE.removeprefix("rules:\n").replace("id: caught", "id: other"))
        project.write("ok.py", f"{'a' * 40}!\n{TRAP}")
        project.write("z.py", "aaa\n")
        answer = project.check("--env", "staging", *ALONE, "--jobs", "1")
        assert (answer.code, answer.found) == (2, ["other ok.py:2", "caught z.py:1"])
        assert answer.gaps == ["gap/timeout ok.py"]
        assert answer.json["gaps"][0]["message"] == "rule 'caught' ran out of time: no answer in 1 s"

    def test_the_linear_engine_does_not_mind(self, project: Project):
        project.write("r.yaml", RULE.replace('"tr[a]p"', "'(a+)+!'"))
        project.write("ok.py", f"{'a' * 100_000}\n{'a' * 40}!\n")
        answer = project.check("--env", "staging", *ALONE)
        assert (answer.code, answer.found, answer.gaps) == (1, ["caught ok.py:2"], [])


class TestWorkersThatDie:
    FILES = [f"d/f{number}.py" for number in range(40)]

    @pytest.mark.parametrize("how", ["die", "die in the middle of the answer"])
    def test_the_file_is_a_gap_and_the_others_are_checked(self, misbehaving: Project, how: str):
        add_rule(misbehaving, how, "deadl[y]")
        for name in self.FILES:
            misbehaving.write(name, TRAP)
        misbehaving.write("d/f25.py", f"deadly = {TRAP}")
        answer = misbehaving.check("--env", "staging", *ALONE, "--jobs", "2", "d")
        assert (answer.code, answer.gaps) == (2, ["gap/crash d/f25.py"])
        assert answer.found == [f"caught {name}:1" for name in sorted(self.FILES) if name != "d/f25.py"]
        assert "was ended, by the system or by a crash" in answer.json["gaps"][0]["message"]
        assert answer.account("d/f25.py") == "gap: gap/crash"
        assert answer.account("d/f26.py") == "checked"

    def test_under_warn_it_is_told_and_passes(self, misbehaving: Project):
        add_rule(misbehaving, "die", "deadl[y]")
        misbehaving.write("a.py", "deadly = 1\n")
        assert misbehaving.codes(*ALONE, "--jobs", "2") == GAP_CODES

    def test_all_of_them(self, misbehaving: Project):
        add_rule(misbehaving, "die")
        for name in ("a.py", "b.py", "c.py"):
            misbehaving.write(name, TRAP)
        answer = misbehaving.check("--env", "staging", *ALONE, "--jobs", "2")
        assert (answer.code, answer.found) == (2, [])
        assert answer.gaps == [f"gap/crash {name}.py" for name in ("a", "b", "c", "ok")]


class TestFoldersOfRules:
    def test_what_is_no_rule_file_is_noted_and_the_others_load(self, trapped: Project):
        trapped.write("rules/one.yaml", RULE)
        for name, content in {
            "compose.yaml": "services: {web: {image: x}}\n",
            "list.yml": "- a\n- b\n",
            "text.yaml": "just text\n",
            "firewall.yaml": "rules:\n  - allow: 443\n    from: any\n",
            "words.yaml": "rules: [allow, deny]\n",
            "README.md": "not: looked at\n",
            ".hidden/x.yaml": "rules: 1\n",
        }.items():
            trapped.write(f"rules/{name}", content)
        answer = trapped.check("--env", "staging", "--isolated", "--rules", "rules", "ok.py")
        assert (answer.code, answer.err, answer.found) == (1, "", ["caught ok.py:1"])
        noted = [notice["place"]["path"] for notice in answer.json["notices"]]
        assert sorted(noted) == [
            f"rules/{name}" for name in ("compose.yaml", "firewall.yaml", "list.yml", "text.yaml", "words.yaml")
        ]

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("rules:\n  - id: half\n", id="no type"),
            pytest.param("rules:\n  - {type: code_analysis, pattern: x}\n", id="no id"),
            pytest.param("rules: {a: b}\n", id="no list"),
            pytest.param("rules: [\n", id="no YAML"),
            pytest.param("rules:\n  - {id: x, type: secret, severity: huge}\n", id="malformed rule of a kind to come"),
        ],
    )
    def test_a_malformed_rule_stops_everything(self, trapped: Project, content: str):
        trapped.write("rules/one.yaml", RULE)
        trapped.write("rules/two.yaml", content)
        for environment in ("development", "staging", "production"):
            answer = trapped.check("--env", environment, "--isolated", "--rules", "rules")
            assert (answer.code, answer.out, len(answer.errors)) == (2, "", 1)
            assert answer.errors[0].startswith("rules/two.yaml:")

    @pytest.mark.parametrize("kind", ["file_policy", "secret"])
    def test_a_well_formed_rule_that_cannot_run_here_is_a_gap(self, trapped: Project, kind: str):
        trapped.write("r.yaml", RULE + f"  - id: later\n    type: {kind}\n    anything: goes\n")
        assert trapped.codes(*ALONE) == GAP_CODES
        answer = trapped.check(*ALONE)
        assert (answer.found, answer.gaps) == (["caught ok.py:1"], ["gap/rule-unsupported r.yaml:6"])
        assert f"rules of type '{kind}' cannot run in this version" in answer.json["gaps"][0]["message"]

    def test_a_folder_without_rule_files(self, trapped: Project):
        trapped.write("rules/README.md", "")
        answer = trapped.check("--rules", "rules")
        assert (answer.code, answer.errors) == (2, ["error: no rule file under 'rules'"])

    def test_several_places(self, trapped: Project):
        trapped.write("more/a.yaml", RULE.replace("id: caught", "id: again"))
        answer = trapped.check("--isolated", "--rules", "more", "--rules", "r.yaml")
        assert answer.found == ["again ok.py:1", "caught ok.py:1"]


class TestNoRules:
    def test_a_run_without_a_rule_never_passes(self, trapped: Project):
        trapped.write("r.yaml", "rules: []\n")
        answers = [trapped.check("--env", name, *ALONE) for name in ("development", "staging", "production")]
        assert [answer.code for answer in answers] == [2, 2, 2]
        assert [verdict["reasons"] for verdict in answers[0].json["verdicts"]] == [["no rules were selected"]] * 3

    def test_nor_does_one_in_which_all_are_off(self, trapped: Project):
        trapped.write("ospec-guard.yaml", "rules: {'*': off}\n")
        assert trapped.check("--rules", "r.yaml").code == 2

    def test_isolated_needs_rules(self, trapped: Project):
        answer = trapped.check("--isolated")
        assert (answer.code, answer.errors) == (2, ["error: --isolated runs only --rules, and there are none"])

    def test_isolated_leaves_settings_out(self, trapped: Project):
        trapped.write("ospec-guard.yaml", "this is no settings file\n")
        assert trapped.check(*ALONE).found == ["caught ok.py:1"]
        answer = trapped.check(*ALONE, "--config", "ospec-guard.yaml")
        assert (answer.code, answer.errors) == (2, ["error: --isolated leaves settings out"])


class TestPluginsThatCannotBeUsed:
    def test_missing_ones_name_the_places_looked_at(self, project: Project):
        project.write(
            "ospec-guard.yaml",
            "plugins:\n  local_paths: [./mine, ~/shared]\n  enabled:\n    - '@company/compliance-guardrail'\n"
            "    - '@nobody/nothing'\n    - ./gone\n  config:\n    '@other/one': {a: 1}\n",
        )
        answer = project.check()
        assert answer.code == 2
        looked = "looked in mine (does not exist), ~/shared (does not exist), (bundled)"
        assert answer.errors == [
            f"ospec-guard.yaml:4:8: error: plugin '@company/compliance-guardrail' is not there; {looked}",
            f"ospec-guard.yaml:5:8: error: plugin '@nobody/nothing' is not there; {looked}",
            "ospec-guard.yaml:6:7: error: no plugin at './gone': gone does not exist",
            "ospec-guard.yaml:8:6: error: configuration for plugin '@other/one', which is not enabled",
        ]
        assert "hint: did you mean '@company/compliance-guardrails'?" in answer.err
        assert "hint: put it into one of the local paths, as @nobody/nothing/plugin.yaml" in answer.err

    @pytest.mark.parametrize(
        ("line", "error"),
        [
            pytest.param(
                "engines: {ospec_guard: '>=99'}",
                "9:11: error: the plugin needs ospec-guard >=99, and this is ospec-guard ",
                id="engine",
            ),
            pytest.param("engines: {ospec_guard: newest}", "9:11: error: ", id="no range"),
            pytest.param(
                "ospec_version: '2.0.0'",
                "9:1: error: the plugin is written for OSpec 2.0.0, and this is OSpec 1.0.0",
                id="OSpec",
            ),
            pytest.param(
                "dependencies: {'@a/b': '^1'}",
                "9:17: error: the plugin needs plugin '@a/b' (^1), which is not enabled",
                id="another plugin",
            ),
        ],
    )
    def test_ones_made_for_something_else(self, project: Project, line: str, error: str):
        project.write("ospec-guard.yaml", ENABLING)
        project.write("plugins/mine/plugin.yaml", f"{PLUGIN}{line}\n")
        answer = project.check()
        assert (answer.code, len(answer.errors)) == (2, 1)
        assert answer.errors[0].startswith(f"plugins/mine/plugin.yaml:{error}")

    def test_a_broken_plugin_that_is_not_enabled_hurts_nobody(self, project: Project):
        project.write("ospec-guard.yaml", ENABLING)
        project.write("plugins/mine/plugin.yaml", PLUGIN)
        project.write("plugins/broken/plugin.yaml", "plugin_type: [\n")
        project.write("app.py", TRAP)
        answer = project.check("app.py")
        assert (answer.code, answer.found) == (0, ["mine/caught app.py:1"])

    def test_two_plugins_of_one_name(self, project: Project):
        project.write("ospec-guard.yaml", "plugins: {enabled: [./a, ./b]}\n")
        for name in ("a", "b"):
            project.write(f"{name}/plugin.yaml", PLUGIN)
        answer = project.check()
        assert answer.code == 2
        assert answer.errors == [
            "b/plugin.yaml:2:1: error: two enabled plugins are called 'mine': a/plugin.yaml and b/plugin.yaml"
        ]


def test_a_fix_that_writes_what_nothing_binds(project: Project):
    head = "rules:\n- id: caught\n  languages: [python]\n  severity: ERROR\n  message: m\n"
    project.write("r.yaml", f"{head}  pattern: brew($X)\n  fix: pour($Z)\n")
    project.write("ok.py", "brew(1)\n")
    answer = project.check("--env", "staging", *ALONE)
    assert (answer.code, answer.found) == (1, ["caught ok.py:1"])
    [notice] = answer.json["notices"]
    assert (notice["id"], notice["place"]["line"], notice["place"]["column"]) == ("notice/unbound-metavariable", 7, 13)
