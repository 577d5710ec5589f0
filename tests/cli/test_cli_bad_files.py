"""What may stand in a tree besides good files: nothing stops the run, nothing is lost, nothing unread passes for clean."""

from __future__ import annotations

import io
import os
import stat
from typing import Any

import pytest
from cli_world import ALONE, ENVIRONMENTS, TRAP, Answer, Project, unprivileged

from ospec_guard.report import REPORTS

FOUND = "caught ok.py:1"
"""What is found beside whatever else is there."""

GAP_CODES, FOUND_CODES = [0, 2, 2], [0, 1, 1]
"""Exit codes in development, staging and production: with a gap, and with findings alone."""


def checked(project: Project, *argv: str) -> Answer:
    """The check with the one rule, under staging."""
    return project.check("--env", "staging", *ALONE, *argv)


class TestContent:
    @pytest.mark.parametrize(
        ("content", "gap"),
        [
            pytest.param(b"x = 1\0\n", "holds NUL bytes", id="NUL"),
            pytest.param(b"x = 1\n" * 5_000 + b"\0", "holds NUL bytes", id="NUL far down"),
            pytest.param(b"\xff\xfea", "starts like UTF-16-LE and is not", id="half a UTF-16"),
            pytest.param("x".encode("utf-16") + b"\0\0", "holds NUL characters", id="NUL in UTF-16"),
            pytest.param(TRAP.encode("utf-32"), "UTF-32 text is not supported; save it as UTF-8", id="UTF-32"),
        ],
    )
    def test_what_is_no_text_is_a_gap(self, trapped: Project, content: bytes, gap: str):
        trapped.write("odd.py", content)
        assert trapped.codes(*ALONE) == GAP_CODES
        answer = checked(trapped)
        assert (answer.found, answer.gaps) == ([FOUND], ["gap/decode odd.py"])
        assert gap in answer.json["gaps"][0]["message"]
        assert answer.account("odd.py") == "gap: gap/decode"

    @pytest.mark.parametrize(
        ("content", "found", "notes"),
        [
            pytest.param(b"# caf\xe9\n" + TRAP.encode(), ["caught odd.py:2"], ["read as Latin-1"], id="no UTF-8"),
            pytest.param(b"\xef\xbb\xbf" + TRAP.encode(), ["caught odd.py:1"], [], id="BOM"),
            pytest.param(TRAP.encode("utf-16"), ["caught odd.py:1"], [], id="UTF-16"),
            pytest.param(b"\xef\xbb\xbf", [], [], id="only a BOM"),
            pytest.param(b"", [], [], id="empty"),
            pytest.param(b"\r\n\r" + TRAP.encode(), ["caught odd.py:3"], [], id="mixed line ends"),
            pytest.param(b"\x0c\x0b\x1b[31m\n" + TRAP.encode(), ["caught odd.py:2"], ["1 region did not parse"], id="controls"),
        ],
    )
    def test_what_is_text_after_all_is_checked(self, trapped: Project, content: bytes, found: list[str], notes: list[str]):
        trapped.write("odd.py", content)
        assert trapped.codes(*ALONE) == FOUND_CODES
        answer = checked(trapped)
        assert sorted(answer.found) == sorted([*found, FOUND])
        assert (answer.gaps, answer.account("odd.py")) == ([], "checked")
        [record] = [file for file in answer.json["files"] if file["path"] == "odd.py"]
        assert record["notes"] == notes

    def test_a_line_of_a_million_characters(self, trapped: Project):
        trapped.write("long.py", f"text = '{'ä' * 1_000_000}'; {TRAP}")
        assert trapped.codes(*ALONE) == FOUND_CODES
        answer = checked(trapped)
        assert (answer.found, answer.gaps) == (["caught long.py:1", FOUND], [])
        finding = answer.json["findings"][0]
        assert finding["span"]["column"] == len("text = ''; value = ") + 1_000_000 + 1
        assert [len(line) for line in finding["excerpt"]["lines"]] == [400, 0]
        for name in ("text", "sarif", "github", "gitlab", "junit", "vim"):
            assert len(trapped.guard("check", *ALONE, "--format", name).out) < 20_000

    def test_a_file_of_200_megabytes(self, trapped: Project):
        with open(trapped.write("large.py", b"x = 1\n" * 2_000), "r+b") as stream:
            stream.truncate(200_000_000)
        assert trapped.codes(*ALONE) == GAP_CODES
        answer = checked(trapped)
        assert (answer.found, answer.gaps) == ([FOUND], ["gap/size large.py"])
        assert (
            answer.json["gaps"][0]["message"] == "the file has 200000000 bytes, and the limit is 5000000: see limits.file_size"
        )

    def test_large_files_that_are_left_out_anyway_are_no_gaps(self, trapped: Project):
        for name in ("bundle.min.js", "picture.png", "notes.bin"):
            with open(trapped.write(name, b"\x89PNG\0"), "r+b") as stream:
                stream.truncate(200_000_000)
        assert trapped.codes(*ALONE) == FOUND_CODES
        answer = checked(trapped)
        assert answer.account("bundle.min.js") == "left-out: minified"
        assert answer.account("picture.png") == answer.account("notes.bin") == "left-out: binary"


class TestWhatIsNoFile:
    def test_a_fifo_is_not_opened(self, trapped: Project):
        os.mkfifo(trapped.path("pipe.py"))
        assert trapped.codes(*ALONE) == trapped.codes(*ALONE, "pipe.py", "ok.py") == FOUND_CODES
        answer = checked(trapped)
        assert (answer.found, answer.account("pipe.py")) == ([FOUND], "left-out: special")

    def test_a_socket_is_not_opened(self, trapped: Project):
        os.mknod(trapped.path("socket.py"), 0o600 | stat.S_IFSOCK)
        assert checked(trapped).account("socket.py") == "left-out: special"

    def test_a_device_is_not_opened(self, trapped: Project, monkeypatch: pytest.MonkeyPatch):
        made = _device(trapped.path("zero.py"), monkeypatch)
        assert trapped.codes(*ALONE) == FOUND_CODES
        answer = checked(trapped)
        assert (answer.found, answer.account("zero.py")) == ([FOUND], "left-out: special")
        assert made == "device"

    def test_links_are_not_followed(self, trapped: Project):
        for name, target in {
            "a": "b",
            "b": "a",
            "self": ".",
            "up": "..",
            "gone.py": "nowhere",
            "again.py": "ok.py",
            "etc": "/etc",
        }.items():
            os.symlink(target, trapped.path(name))
        assert trapped.codes(*ALONE) == FOUND_CODES
        answer = checked(trapped)
        assert answer.found == [FOUND]
        notes = {file["path"]: file["notes"] for file in answer.json["files"] if file["reason"] == "link"}
        assert notes == {
            "a": ["leads in a circle: b"],
            "again.py": ["leads to ok.py"],
            "b": ["leads in a circle: a"],
            "etc": ["leads out of the root: /etc"],
            "gone.py": ["broken: leads to 'nowhere', No such file or directory"],
            "self": ["leads to ./"],
            "up": ["leads out of the root: .."],
        }

    def test_a_link_loop_that_is_named(self, trapped: Project):
        os.symlink("loop", trapped.path("loop"))
        answer = checked(trapped, "loop", "ok.py")
        assert (answer.code, answer.found, answer.account("loop")) == (1, [FOUND], "left-out: link")

    def test_a_link_loop_above_a_named_file(self, trapped: Project):
        os.symlink("loop", trapped.path("loop"))
        answer = checked(trapped, "loop/ok.py", "ok.py")
        assert (answer.code, answer.errors) == (2, ["error: there is no file or folder 'loop/ok.py'"])

    def test_folders_that_link_to_one_another_among_the_rules(self, trapped: Project):
        os.makedirs(trapped.path("rules/deep"))
        os.rename(trapped.path("r.yaml"), trapped.path("rules/r.yaml"))
        for name, target in {"rules/deep/up": "..", "rules/same": ".", "rules/z.yaml": "r.yaml"}.items():
            os.symlink(target, trapped.path(name))
        answer = trapped.check("--isolated", "--rules", "rules")
        assert (answer.code, answer.err, answer.found) == (0, "", [FOUND])


def _device(path: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A device like /dev/zero, or (where none may be made) a file that passes for one."""
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(path)
    return "device"


class TestPaths:
    def test_all_that_do_not_exist_are_told(self, trapped: Project):
        for name in ENVIRONMENTS:
            answer = trapped.check("--env", name, *ALONE, "none.py", "ok.py", "no/folder", "ok.py/x")
            assert (answer.code, answer.out) == (2, "")
            assert answer.errors == [
                "error: there is no file or folder 'none.py'",
                "error: there is no file or folder 'no/folder'",
                "error: there is no file or folder 'ok.py/x'",
            ]
            assert f"hint: paths are relative to {trapped.root}" in answer.err

    @pytest.mark.parametrize("path", ["/etc/passwd", "..", "../home"])
    def test_outside_of_the_root(self, trapped: Project, path: str):
        trapped.write("ospec-guard.yaml", "")
        answer = trapped.check(*ALONE, path, "ok.py")
        assert answer.code == 2
        assert answer.errors == [f"error: '{path}' lies outside of {trapped.root}"]

    def test_nothing_to_check_passes_and_says_so(self, project: Project):
        os.mkdir(project.path("empty"))
        project.write("r.yaml", "rules: []\n")
        answer = project.check("empty", "--env", "production")
        assert answer.code == 0
        assert [verdict["reasons"] for verdict in answer.json["verdicts"]] == [["there was no file to check"]] * 3

    def test_a_file_of_no_name_we_know_is_accounted_for(self, trapped: Project):
        trapped.write("picture.png", b"\x89PNG\r\n\x1a\n\0")
        answer = checked(trapped, "picture.png")
        assert (answer.code, answer.account("picture.png")) == (0, "left-out: binary")
        verdict = next(v for v in answer.json["verdicts"] if v["environment"] == "staging")
        assert verdict["reasons"] == ["everything given was left out by policy"]


NAMES = [
    pytest.param("with space.py", id="space"),
    pytest.param(" .py", id="leading space"),
    pytest.param("line\nbreak.py", id="line feed"),
    pytest.param("tab\tand\rreturn.py", id="tab and return"),
    pytest.param("#hash.py", id="hash"),
    pytest.param("-rf.py", id="dash"),
    pytest.param("--format=json.py", id="option"),
    pytest.param("a:1.py", id="colon"),
    pytest.param("*?[x].py", id="glob"),
    pytest.param("!bang.py", id="bang"),
    pytest.param("'quo\"tes'.py", id="quotes"),
    pytest.param("back\\slash.py", id="backslash"),
    pytest.param("%41%0a.py", id="percent"),
    pytest.param("\x1b[31mred\x07.py", id="terminal controls"),
    pytest.param("\u202egnp.py", id="right to left"),
    pytest.param("e\u0301.py", id="combining"),
    pytest.param(os.fsdecode(b"\xff\xfe.py"), id="no UTF-8"),
    pytest.param("n" * 252 + ".py", id="longest"),
]


class TestNames:
    @pytest.mark.parametrize("name", NAMES)
    def test_every_format_tells_what_was_found(self, trapped: Project, name: str):
        trapped.write(name, TRAP)
        targets = [f"--format={format_}=../{format_}" for format_ in REPORTS]
        assert trapped.guard("check", "--env", "staging", *ALONE, *targets).code == 1
        for format_ in REPORTS:
            told = trapped.read(f"../{format_}")
            assert told.count("The word is there") >= 2, format_
            assert "\x1b" not in told
            assert "\u202e" not in told

    @pytest.mark.parametrize("name", NAMES)
    def test_nor_do_the_words_around_a_report_reach_a_terminal_raw(self, trapped: Project, name: str):
        trapped.write(name, b"trap\0")
        argv = (*ALONE, "--format", f"json=../{name}", "--env", "staging")
        answers = [trapped.guard("check", *argv), trapped.guard("baseline", *ALONE, "--output", f"../b{name[:200]}")]
        assert [answer.code for answer in answers] == [2, 0]
        for answer in answers:
            assert "gap/decode" in answer.err
            assert not set(answer.out + answer.err) & {"\x1b", "\x07", "\t", "\r", "\u202e"}

    @pytest.mark.parametrize("name", NAMES)
    def test_a_file_of_that_name_can_be_named(self, trapped: Project, name: str):
        trapped.write(name, TRAP)
        answer = checked(trapped, f"./{name}" if name.startswith("-") else name)
        assert (answer.code, len(answer.found)) == (1, 1)
        assert checked(trapped, "--", name).found == answer.found

    @pytest.mark.parametrize("name", NAMES)
    def test_folders_and_rule_files_may_have_it_too(self, project: Project, name: str):
        name = name.replace("n" * 252, "n" * 200)
        project.write(f"{name}/{name}.yaml", "rules: 1\n")
        project.write(f"{name}/ok.py", TRAP)
        answer = project.check(f"--rules={name}")
        assert (answer.code, len(answer.errors)) == (2, 1)
        assert "\x1b" not in answer.err
        assert len(answer.err.splitlines()) == 2


class TestPermissions:
    @pytest.mark.parametrize("name", ["closed.py", "closed"])
    def test_an_unreadable_file_or_folder_is_a_gap(self, shared: Project, name: str):
        os.chmod(shared.write(f"{name}/x.py" if name == "closed" else name, TRAP), 0)
        os.chmod(shared.path(name), 0)
        with unprivileged():
            codes = shared.codes(*ALONE, "--no-cache")
            answer = checked(shared, "--no-cache")
        assert codes == GAP_CODES
        assert answer.found == [FOUND]
        [gap] = answer.json["gaps"]
        assert (gap["id"], gap["path"].rstrip("/")) == ("gap/unreadable", name)
        assert "Permission denied" in gap["message"]
        os.chmod(shared.path(name), 0o755)

    def test_an_unreadable_path_that_is_named(self, shared: Project):
        os.chmod(shared.write("closed/x.py", TRAP), 0o644)
        os.chmod(shared.path("closed"), 0)
        with unprivileged():
            answer = checked(shared, "closed/x.py", "ok.py", "--no-cache")
        assert (answer.code, answer.found, answer.gaps) == (2, [FOUND], ["gap/unreadable closed/x.py"])
        os.chmod(shared.path("closed"), 0o755)

    @pytest.mark.parametrize("name", ["ospec-guard.yaml", "pyproject.toml", ".ospecguardignore", ".ospec-guard-baseline"])
    def test_unreadable_settings_are_no_missing_settings(self, shared: Project, name: str):
        os.chmod(shared.write(name, ""), 0)
        with unprivileged():
            answer = shared.check("--no-cache")
        assert answer.code == 2
        [error] = answer.errors
        assert error.startswith(f"{name}: error: ")
        assert error.endswith("cannot be read: Permission denied")

    def test_unreadable_rules_are_all_told(self, shared: Project):
        for name in ("rules/a.yaml", "rules/b.yaml", "rules/closed/c.yaml"):
            shared.write(name, "")
        for name in ("rules/a.yaml", "rules/b.yaml", "rules/closed"):
            os.chmod(shared.path(name), 0)
        with unprivileged():
            answer = shared.check("--rules", "rules", "--isolated", "--no-cache")
        assert answer.code == 2
        assert answer.errors == [
            "rules/a.yaml: error: cannot be read: Permission denied",
            "rules/b.yaml: error: cannot be read: Permission denied",
            "rules/closed: error: the folder cannot be read: Permission denied",
        ]
        os.chmod(shared.path("rules/closed"), 0o755)

    def test_an_unreadable_plugin(self, shared: Project):
        shared.write("ospec-guard.yaml", "plugins: {enabled: [./p]}\n")
        os.chmod(shared.write("p/plugin.yaml", ""), 0)
        with unprivileged():
            answer = shared.check("--no-cache")
        assert answer.code == 2
        assert answer.errors == ["p/plugin.yaml: error: the manifest cannot be read: Permission denied"]


class OnFirstWrite(io.BytesIO):
    """A terminal that does something when progress is first shown on it: after the first file, before the others."""

    def __init__(self, action: Any) -> None:
        super().__init__()
        self._action = action

    def write(self, data: Any) -> int:
        if self._action is not None:
            action, self._action = self._action, None
            action()
        return super().write(data)


class TestVanishing:
    def test_a_file_that_vanishes_during_the_run_is_a_gap(self, trapped: Project):
        for environment, code in zip(ENVIRONMENTS, GAP_CODES, strict=True):
            path = trapped.write("z.py", TRAP)
            err = OnFirstWrite(lambda path=path: os.unlink(path))
            answer = trapped.check("--env", environment, *ALONE, err=err, progress=True)
            assert (answer.code, answer.found, answer.gaps) == (code, [FOUND], ["gap/vanished z.py"])

    def test_a_folder_takes_its_place(self, trapped: Project):
        path = trapped.write("z.py", TRAP)

        def replace() -> None:
            os.unlink(path)
            os.mkdir(path)

        answer = trapped.check("--env", "staging", *ALONE, err=OnFirstWrite(replace), progress=True)
        assert (answer.code, answer.found, answer.gaps) == (2, [FOUND], ["gap/vanished z.py"])

    def test_a_fifo_takes_its_place(self, trapped: Project):
        path = trapped.write("z.py", TRAP)

        def replace() -> None:
            os.unlink(path)
            os.mkfifo(path)

        answer = trapped.check("--env", "staging", *ALONE, err=OnFirstWrite(replace), progress=True)
        assert (answer.found, answer.account("z.py")) == ([FOUND], "left-out: special")
