"""The command line itself: commands, options, formats, the chosen environment, colour."""

from __future__ import annotations

import pytest
from cli_world import ALONE, ENVIRONMENTS, TRAP, Project

from ospec_guard import __version__
from ospec_guard.cli import COMMANDS
from ospec_guard.report import REPORTS


class TestVersionAndHelp:
    @pytest.mark.parametrize("option", ["--version", "-V"])
    def test_version(self, project: Project, option: str):
        for answer in (project.guard(option), project.program(option)):
            assert (answer.code, answer.out, answer.err) == (0, f"ospec-guard {__version__}\n", "")

    @pytest.mark.parametrize("option", ["--help", "-h", "help"])
    def test_help_lists_every_command(self, project: Project, option: str):
        answer = project.guard(option)
        assert (answer.code, answer.err) == (0, "")
        assert all(f"\n  {name} " in answer.out for name in COMMANDS)

    def test_without_a_command_there_is_help_and_nothing_was_done(self, project: Project):
        assert (project.guard().code, project.guard().out) == (2, project.guard("--help").out)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_help(self, project: Project, command: str):
        answer = project.guard(command, "--help")
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith(f"usage: ospec-guard {command} [-h]")

    def test_help_of_check_lists_every_format(self, project: Project):
        text = " ".join(project.guard("check", "--help").out.split())
        assert ", ".join(["text (default)", *list(REPORTS)[1:]]) in text

    def test_help_does_nothing_else(self, project: Project):
        project.write("ospec-guard.yaml", "not: [settings\n")
        assert project.guard("check", "--help", "none.py").code == 0


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize(
        ("argv", "errors", "hint"),
        [
            pytest.param(("chek",), ["unknown command 'chek'"], "did you mean 'check'?", id="command"),
            pytest.param(("plugin", "list"), ["unknown command 'plugin'"], "did you mean 'plugins'?", id="singular"),
            pytest.param(("xyzzy",), ["unknown command 'xyzzy'"], "commands are check, baseline,", id="far off"),
            pytest.param(("",), ["unknown command ''"], "commands are check,", id="empty"),
            pytest.param(("--verison",), ["unknown option '--verison'"], "did you mean '--version'?", id="option instead of a command"),
            pytest.param(("check", "--fromat=json"), ["unknown option '--fromat=json'"], "did you mean '--format'?", id="option"),
            pytest.param(("check", "--form", "json"), ["unknown option '--form'"], "did you mean '--format'?", id="abbreviation"),
            pytest.param(("check", "--json"), ["unknown option '--json'"], "write it like: --format json", id="format as an option"),
            pytest.param(("check", "--sarif=x"), ["unknown option '--sarif=x'"], "write it like: --format sarif=x", id="and a file"),
            pytest.param(("check", "--baselin", "x", "--zz"), ["unknown option '--baselin'", "unknown option '--zz'"], "--help' lists", id="several"),
            pytest.param(("check", "-x"), ["unknown option '-x'"], "'ospec-guard check --help' lists what it takes", id="short option"),
            pytest.param(("check", "--jobs"), ["argument --jobs: expected one argument"], "--help' lists", id="no value"),
            pytest.param(("check", "--jobs", "0"), ["argument --jobs: expected a number of processes from 1, got '0'"], "", id="no jobs"),
            pytest.param(("check", "--jobs", "many"), ["argument --jobs: expected a number of processes from 1, got 'many'"], "", id="jobs"),
            pytest.param(("check", "--level", "blok"), ["argument --level: expected one of warn, error, block; got 'blok', did you mean 'block'?"], "", id="level"),
            pytest.param(("rules", "lst"), ["argument list|show|explain|test: expected one of list, show, explain, test; got 'lst', did you mean 'list'?"], "", id="rules"),
            pytest.param(("rules",), ["the following arguments are required: list|show|explain|test"], "", id="no action"),
            pytest.param(("plugins", "frob"), ["argument list|show|validate|new: expected one of list, show, validate, new; got 'frob'"], "", id="plugins"),
            pytest.param(("explain",), ["the following arguments are required: RULE|FILE[:LINE]"], "", id="nothing to explain"),
            pytest.param(("init", "here"), ["unexpected argument 'here'"], "'ospec-guard init --help'", id="too much"),
            pytest.param(("check", "--format", "jsn"), ["unknown format 'jsn'"], "did you mean 'json'?", id="format"),
            pytest.param(("check", "--format", "yaml=x"), ["unknown format 'yaml'"], "formats are text, sarif, json,", id="format with a file"),
            pytest.param(("check", "--format", "json="), ["'--format json=' names no file"], "write 'json=FILE', or 'json' alone", id="no file"),
            pytest.param(("check", "--format", "jsn", "--format", "xml", "--format", "vim="), ["unknown format 'jsn'", "unknown format 'xml'", "'--format vim=' names no file", "two reports cannot share standard output"], "", id="formats"),
            pytest.param(("check", "--format", "json", "--format", "text"), ["two reports cannot share standard output"], "give all but one a file: FORMAT=FILE", id="two for the screen"),
            pytest.param(("check", "--format", "json=a", "--format", "vim=./a"), ["two reports would go to 'a'"], "", id="two for a file"),
            pytest.param(("check", "--format", "json=a", "--output", "b"), ["'--output' has no report to write: each format names its file"], "leave it out", id="output too many"),
            pytest.param(("baseline", "--diff", "main"), ["a baseline records the work tree: leave out --diff, --staged and --policy-from"], "", id="baseline"),
        ],
    )  # fmt: skip
    def test_is_told_with_what_was_meant(self, project: Project, argv: tuple[str, ...], errors: list[str], hint: str):
        answer = project.guard(*argv)
        assert (answer.code, answer.out) == (2, "")
        assert answer.errors[: len(errors)] == [f"error: {error}" for error in errors]
        assert hint in answer.err

    def test_a_bug_of_ours_is_a_sentence_and_code_2(self, project: Project, monkeypatch: pytest.MonkeyPatch):
        def broken(*_: object) -> None:
            raise ZeroDivisionError("by nothing")

        monkeypatch.setattr("ospec_guard.app.session.open_session", broken)
        answer = project.guard("check")
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("error: internal error: ZeroDivisionError: by nothing\n  hint: ")
        assert "Traceback" not in answer.err
        assert "Traceback" in project.guard("check", env={"OSPEC_GUARD_TRACEBACK": "1"}).err


class TestFormats:
    @pytest.mark.parametrize("name", REPORTS)
    def test_the_exit_code_is_the_same_in_each(self, trapped: Project, name: str):
        codes = [trapped.guard("check", *ALONE, "--env", environment, "--format", name).code for environment in ENVIRONMENTS]
        assert codes == [0, 1, 1]

    def test_text_is_the_default(self, trapped: Project):
        assert trapped.guard("check", *ALONE).out == trapped.guard("check", *ALONE, "--format", "text").out

    def test_results_go_to_standard_output_and_all_else_to_standard_error(self, trapped: Project):
        answer = trapped.check(*ALONE, "--stats")
        assert answer.found == ["caught ok.py:1"]
        assert answer.err.startswith("caught: ")

    @pytest.mark.parametrize(
        ("env", "width", "coloured"),
        [
            pytest.param({}, 80, True, id="terminal"),
            pytest.param({"NO_COLOR": "1"}, 80, False, id="NO_COLOR"),
            pytest.param({"NO_COLOR": ""}, 80, True, id="NO_COLOR empty"),
            pytest.param({"TERM": "dumb"}, 80, False, id="dumb terminal"),
            pytest.param({}, None, False, id="no terminal"),
        ],
    )
    def test_colour(self, trapped: Project, env: dict[str, str], width: int | None, coloured: bool):
        answer = trapped.guard("check", *ALONE, env=env, terminal_width=width)
        assert ("\x1b[" in answer.out) is coloured
        assert "The word is there" in answer.out

    def test_files_are_never_coloured(self, trapped: Project):
        trapped.guard("check", *ALONE, "--output", "report.txt", terminal_width=80)
        assert "\x1b" not in trapped.read("report.txt")

    def test_progress_shows_on_a_terminal_only_and_vanishes(self, trapped: Project):
        assert trapped.guard("check", *ALONE).err == ""
        shown = trapped.guard("check", *ALONE, progress=True).err
        assert shown.startswith("\r1 of 2 files (50 %)")
        assert shown.endswith("\r\x1b[K")


class TestEnvironment:
    @pytest.mark.parametrize(
        ("option", "variable", "default", "chosen"),
        [
            pytest.param("production", "staging", "nightly", "production", id="--env first"),
            pytest.param(None, "staging", "nightly", "staging", id="then OSPEC_ENV"),
            pytest.param(None, None, "nightly", "nightly", id="then default_environment"),
            pytest.param(None, "", "nightly", "nightly", id="an empty OSPEC_ENV says nothing"),
            pytest.param(None, None, None, "development", id="else development"),
        ],
    )
    def test_who_chooses_it(self, trapped: Project, option: str | None, variable: str | None, default: str | None, chosen: str):
        settings = "environments: {nightly: {enforcement_level: error}}\n"
        trapped.write("ospec-guard.yaml", settings + (f"default_environment: {default}\n" if default else ""))
        argv = ("--env", option) if option else ()
        answer = trapped.check("--rules", "r.yaml", *argv, env={} if variable is None else {"OSPEC_ENV": variable})
        assert answer.json["environment"] == chosen
        assert answer.code == (0 if chosen == "development" else 1)

    def test_one_run_tells_the_verdict_of_each(self, trapped: Project):
        verdicts = trapped.check(*ALONE).json["verdicts"]
        assert [(v["environment"], v["outcome"], v["exit_code"]) for v in verdicts] == [
            ("development", "passed", 0),
            ("staging", "failed", 1),
            ("production", "blocked", 1),
        ]

    @pytest.mark.parametrize(
        ("argv", "env"),
        [
            pytest.param(("--env", "prodction"), {}, id="--env"),
            pytest.param((), {"OSPEC_ENV": "prodction"}, id="OSPEC_ENV"),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "explain", "baseline"])
    def test_one_that_nobody_knows(self, trapped: Project, command: str, argv: tuple[str, ...], env: dict[str, str]):
        answer = trapped.guard(command, *(("ok.py",) if command == "explain" else ()), *argv, env=env)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == (
            "error: unknown environment 'prodction' (--env or OSPEC_ENV)\n  hint: did you mean 'production'?\n"
        )

    def test_one_that_is_far_from_all(self, trapped: Project):
        answer = trapped.check("--env", "moon")
        assert "hint: environments are development, staging, production; settings can add one" in answer.err

    @pytest.mark.parametrize(("level", "codes"), [("warn", [0, 0, 0]), ("error", [1, 1, 1]), ("block", [1, 1, 1])])
    def test_the_level_on_the_command_line_is_that_of_the_chosen_one(self, trapped: Project, level: str, codes: list[int]):
        assert trapped.codes(*ALONE, "--level", level) == codes
        assert [v["level"] for v in trapped.check(*ALONE, "--env", "staging", "--level", level).json["verdicts"]] == [
            "warn",
            level,
            "block",
        ]


class TestWhichSettingsHold:
    STRICT = "environments: {development: block}\n"

    def test_those_of_the_root_wherever_the_user_stands(self, trapped: Project):
        trapped.write("ospec-guard.yaml", self.STRICT)
        trapped.write("a/b/x.py", TRAP)
        for cwd, rules in (("", "r.yaml"), ("a", "../r.yaml"), ("a/b", "../../r.yaml")):
            answer = trapped.check("--rules", rules, cwd=cwd)
            assert (answer.code, answer.found) == (1, ["caught a/b/x.py:1", "caught ok.py:1"])

    def test_nested_ones_are_never_read(self, trapped: Project):
        trapped.write("ospec-guard.yaml", self.STRICT)
        trapped.write("vendored/ospec-guard.yaml", "environments: {development: warn}\nexclude: ['*']\nrules: {'*': off}\n")
        trapped.write("vendored/pyproject.toml", "[tool.ospec-guard]\nexclude = ['*']\n")
        trapped.write("vendored/.ospecguardignore", "*\n")
        trapped.write("vendored/.ospec-guard-baseline", "")
        trapped.write("vendored/x.py", TRAP)
        for paths in ((), ("vendored",), ("vendored/x.py",), ("ok.py", "vendored/x.py")):
            answer = trapped.check("--rules", "r.yaml", *paths)
            assert answer.code == 1
            assert "caught vendored/x.py:1" in answer.found

    def test_pyproject(self, trapped: Project):
        trapped.write("pyproject.toml", '[project]\nname = "x"\n\n[tool.ospec-guard.environments]\ndevelopment = "error"\n')
        assert trapped.check("--rules", "r.yaml").code == 1

    def test_a_pyproject_of_others_is_none_of_our_business(self, trapped: Project):
        trapped.write("pyproject.toml", '[tool.other]\nname = "x"\n')
        assert trapped.check("--rules", "r.yaml").code == 0
        trapped.write("pyproject.toml", "[tool.other\nbroken")
        assert trapped.check("--rules", "r.yaml").code == 0

    @pytest.mark.parametrize("name", ["other.yaml", "conf/other.yml", "conf/pyproject.toml", "conf/other.toml"])
    def test_named_ones_take_the_place_of_the_usual_ones(self, trapped: Project, name: str):
        trapped.write("ospec-guard.yaml", "not: settings\n")
        text = {"pyproject.toml": '[tool.ospec-guard]\ncache = false\nenvironments = {development = "error"}\n'}
        toml = 'environments = {development = "error"}\n'
        base = name.rpartition("/")[2]
        trapped.write(name, text.get(base, toml if base.endswith("toml") else "environments: {development: error}\n"))
        assert trapped.check("--rules", "r.yaml", "--config", name).code == 1

    def test_settings_that_link_to_nothing_are_no_missing_settings(self, trapped: Project):
        import os

        os.symlink("gone.yaml", trapped.path("ospec-guard.yaml"))
        answer = trapped.check("--rules", "r.yaml")
        assert (answer.code, answer.errors) == (2, ["error: there is no settings file 'ospec-guard.yaml'"])
        trapped.write("gone.yaml", self.STRICT)
        assert trapped.check("--rules", "r.yaml").code == 1

    def test_include_and_exclude(self, trapped: Project):
        for name in ("src/a.py", "src/gen/b.py", "docs/c.py"):
            trapped.write(name, TRAP)
        trapped.write("ospec-guard.yaml", "include: [src/]\nexclude: [src/gen/]\n")
        answer = trapped.check("--rules", "r.yaml")
        assert answer.found == ["caught src/a.py:1"]
        assert answer.account("src/gen/b.py") == answer.account("ok.py") == "left-out: excluded"
