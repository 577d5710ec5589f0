"""`plugins list|show|validate|new`, and the values of variables, which are nobody's business."""

from __future__ import annotations

import os
import re

import pytest
from cli_world import ENABLING, PLUGIN, TRAP, Project

from ospec_guard.plugins.types import TYPES
from ospec_guard.report import REPORTS

SECRET = "hunter2-and-a-half"

SCHEMA = "configuration_schema: {type: object, properties: {token: {type: string, maxLength: 5}, port: {type: integer}}}\n"


@pytest.fixture
def plugged(project: Project) -> Project:
    """A project with a plugin of its own, one that is broken, and a file that the good one finds something in."""
    project.write("ospec-guard.yaml", ENABLING)
    project.write("plugins/mine/plugin.yaml", PLUGIN)
    project.write("plugins/broken/plugin.yaml", "plugin_type: guardrail\n")
    project.write("app.py", TRAP)
    return project


class TestList:
    def test_tells_all_of_them_and_their_state(self, plugged: Project):
        answer = plugged.guard("plugins", "list")
        assert (answer.code, answer.err) == (0, "")
        rows = [line.split() for line in answer.out.splitlines()]
        assert rows[0] == ["TYPE", "NAME", "VERSION", "STATE", "SCOPED", "NAME", "FILE"]
        states = {row[1]: row[-2] if row[-2] in ("enabled", "available", "broken") else row[3] for row in rows[1:]}
        assert states["mine"] == "enabled"
        assert "available" in next(line for line in answer.out.splitlines() if "company_compliance" in line)
        assert "plugins/broken/plugin.yaml" in answer.out

    def test_without_settings(self, project: Project):
        answer = project.guard("plugins", "list")
        assert (answer.code, answer.err) == (0, "")
        assert "@company/quality-metrics" in answer.out

    def test_what_is_enabled_and_missing_is_an_error(self, plugged: Project):
        plugged.write("ospec-guard.yaml", ENABLING.replace("[./plugins/mine]", "[./plugins/mine, '@a/gone']"))
        answer = plugged.guard("plugins", "list")
        assert answer.code == 2
        assert "mine" in answer.out
        assert answer.errors == ["ospec-guard.yaml:3:30: error: plugin '@a/gone' is not there; looked in plugins, (bundled)"]


class TestShow:
    @pytest.mark.parametrize("name", ["mine", "./plugins/mine", "plugins/mine/plugin.yaml"])
    def test_by_name_or_path(self, plugged: Project, name: str):
        answer = plugged.guard("plugins", "show", name)
        assert (answer.code, answer.err) == (0, "")
        lines = dict(line.split(":", 1) for line in answer.out.splitlines())
        assert {key: lines[key].strip() for key in ("plugin", "type", "version", "state", "contributes")} == {
            "plugin": "mine",
            "type": "guardrails",
            "version": "1.0.0",
            "state": "enabled",
            "contributes": "1 rule, 0 metrics",
        }

    @pytest.mark.parametrize(
        ("argv", "error"),
        [
            pytest.param((), "'plugins show' needs the name of a plugin", id="nobody"),
            pytest.param(("nobody",), "no plugin at 'nobody': nobody does not exist", id="unknown"),
        ],
    )
    def test_what_is_not_there(self, plugged: Project, argv: tuple[str, ...], error: str):
        answer = plugged.guard("plugins", "show", *argv)
        assert (answer.code, answer.out, answer.errors) == (2, "", [f"error: {error}"])

    def test_texts_of_others_do_not_reach_the_terminal_raw(self, plugged: Project):
        plugged.write("plugins/mine/plugin.yaml", PLUGIN + 'description: "\\e[31mred\\u202e"\n')
        out = plugged.guard("plugins", "show", "mine").out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "red" in out


class TestValidate:
    @pytest.mark.parametrize("path", ["plugins/mine", "plugins/mine/plugin.yaml"])
    def test_a_good_one(self, plugged: Project, path: str):
        answer = plugged.guard("plugins", "validate", path)
        assert (answer.code, answer.out, answer.err) == (0, f"{path}: a valid guardrails plugin 'mine'\n", "")

    def test_each_is_judged_and_one_bad_one_is_enough(self, plugged: Project):
        answer = plugged.guard("plugins", "validate", "plugins/mine", "plugins/broken", "gone", "ospec-guard.yaml")
        assert answer.code == 2
        assert answer.out == "plugins/mine: a valid guardrails plugin 'mine'\nospec-guard.yaml: a valid settings file\n"
        assert [error.partition(" error:")[0] for error in answer.errors] == ["plugins/broken/plugin.yaml:1:1:", "gone:"]

    def test_nothing_to_judge(self, plugged: Project):
        answer = plugged.guard("plugins", "validate")
        assert (answer.code, answer.errors) == (2, ["error: 'plugins validate' needs a manifest or a folder that holds one"])


class TestNew:
    @pytest.mark.parametrize("type_", TYPES)
    def test_what_it_makes_is_valid_and_can_be_enabled(self, project: Project, type_: str):
        answer = project.guard("plugins", "new", "@company/my-rules", "--type", type_)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.splitlines() == [f"made {name}" for name in project.files()]
        assert project.guard("plugins", "validate", "my-rules").code == 0
        project.write("ospec-guard.yaml", "plugins: {local_paths: [.], enabled: ['@company/my-rules']}\n")
        variables = re.findall(r"\$\{([A-Z0-9_]+)\}", project.read("my-rules/plugin.yaml"))
        answer = project.check(env=dict.fromkeys(variables, "x"))
        assert (answer.code, answer.err) == (0, "")
        assert [plugin["type"] for plugin in answer.json["plugins"]] == [type_]

    @pytest.mark.parametrize(
        ("argv", "error"),
        [
            pytest.param(("new",), "'plugins new' needs one name", id="no name"),
            pytest.param(("new", "a", "b"), "'plugins new' needs one name", id="two names"),
            pytest.param(("new", "../up"), "'../up' is no name for a plugin", id="path"),
            pytest.param(("new", "a b"), "'a b' is no name for a plugin", id="space"),
            pytest.param(("new", "plugins"), "there is a 'plugins' here already", id="there already"),
            pytest.param(("new", "x", "--type", "guardrail"), "'guardrail' is no plugin type; expected one of ", id="type"),
        ],
    )
    def test_what_cannot_be_made(self, plugged: Project, argv: tuple[str, ...], error: str):
        before = plugged.files()
        answer = plugged.guard("plugins", *argv)
        assert answer.code == 2
        assert answer.errors[0].startswith(f"error: {error}")
        assert plugged.files() == before


class TestVariables:
    """`${VAR}` is replaced for the plugin alone: no output and no kept file ever holds the value."""

    @pytest.fixture
    def secretive(self, plugged: Project) -> Project:
        plugged.write("ospec-guard.yaml", ENABLING + "  config:\n    ./plugins/mine: {token: '${TOKEN}', port: '${PORT}'}\n")
        return plugged

    ENV = {"TOKEN": SECRET, "PORT": SECRET + "0"}

    @pytest.mark.parametrize("schema", ["", SCHEMA], ids=["no schema", "a schema the values do not fit"])
    def test_no_command_shows_them(self, secretive: Project, schema: str):
        secretive.write("plugins/mine/plugin.yaml", PLUGIN + schema)
        commands = [
            *(("check", "--format", name) for name in REPORTS),
            ("check", "--stats"),
            ("baseline",),
            ("explain", "mine/caught"),
            ("explain", "app.py"),
            ("rules", "list"),
            ("rules", "show", "mine/caught"),
            ("plugins", "list"),
            ("plugins", "show", "mine"),
            ("plugins", "validate", "plugins/mine", "ospec-guard.yaml"),
        ]
        for command in commands:
            answer = secretive.guard(*command, env={**self.ENV, "OSPEC_GUARD_TRACEBACK": "1"})
            assert answer.out + answer.err != ""
            assert SECRET not in answer.out + answer.err, command
        for folder in (secretive.root, secretive.home, secretive.cache):
            assert _holding(folder, SECRET.encode()) == []

    def test_a_value_that_does_not_fit_is_told_by_its_place(self, secretive: Project):
        secretive.write("plugins/mine/plugin.yaml", PLUGIN + SCHEMA)
        answer = secretive.check(env=self.ENV)
        assert answer.code == 2
        assert [error.partition(" error:")[0] for error in answer.errors] == [
            "ospec-guard.yaml:5:22:",
            "ospec-guard.yaml:5:41:",
        ]

    def test_one_that_is_not_set_is_told_by_its_name(self, secretive: Project):
        answer = secretive.check(env={"TOKEN": "x"})
        assert (answer.code, answer.errors) == (
            2,
            ["ospec-guard.yaml:5:41: error: the environment has no PORT, which stands here as ${PORT}"],
        )

    def test_another_value_is_another_run(self, secretive: Project):
        secretive.write("plugins/mine/plugin.yaml", PLUGIN + SCHEMA)
        secretive.write("ospec-guard.yaml", ENABLING + "  config:\n    ./plugins/mine: {token: '${TOKEN}'}\n")
        assert secretive.check(env={"TOKEN": "short"}).code == 0
        assert secretive.check(env={"TOKEN": "far too long"}).code == 2
        assert secretive.check(env={"TOKEN": "short"}).code == 0


def _holding(folder: str, data: bytes) -> list[str]:
    found = []
    for top, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(top, name), "rb") as stream:
                found += [name] if data in stream.read() else []
    return found
