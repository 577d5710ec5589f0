"""Where results go, and what becomes of them when that goes wrong: full disks, closed pipes, Ctrl-C."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cli_world import ALONE, RULE, TRAP, Project

CHECK = ("check", "--env", "staging", *ALONE)

UNWRITABLE = io.BytesIO()
UNWRITABLE.close()


class FullDisk(io.BytesIO):
    def write(self, data: object) -> int:
        raise OSError(28, "No space left on device")


class GonePipe(io.BytesIO):
    def write(self, data: object) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def leftovers(project: Project) -> list[str]:
    """Files of the project that `check` may have left."""
    return [name for name in project.files() if name not in ("r.yaml", "ok.py")]


class TestFiles:
    def test_output_goes_to_a_file(self, trapped: Project):
        answer = trapped.guard(*CHECK, "--output", "report.txt")
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == "staging: failed: 1 error: caught\n"
        assert trapped.read("report.txt").endswith("Exit code 1: staging failed\n")
        assert leftovers(trapped) == ["report.txt"]

    def test_several_formats_at_once(self, trapped: Project):
        alone = {name: trapped.guard(*CHECK, "--format", name).out for name in ("text", "json", "sarif")}
        answer = trapped.guard(*CHECK, "--format", "json=a.json", "--format", "text", "--format", "sarif=out.sarif")
        assert (answer.code, answer.err) == (1, "")
        assert {"text": answer.out, "json": trapped.read("a.json"), "sarif": trapped.read("out.sarif")} == alone

    def test_an_equals_sign_in_the_name(self, trapped: Project):
        assert trapped.guard(*CHECK, "--format", "json=a=b").code == 1
        assert leftovers(trapped) == ["a=b"]

    def test_they_are_relative_to_where_the_user_stands(self, trapped: Project):
        trapped.write("deep/x.py", TRAP)
        trapped.write("ospec-guard.yaml", "")
        trapped.guard("check", "--isolated", "--rules", "../r.yaml", "--output", "report.txt", cwd="deep")
        assert "deep/report.txt" in trapped.files()

    def test_an_older_report_is_replaced(self, trapped: Project):
        trapped.write("report.txt", "old" * 10_000)
        trapped.guard(*CHECK, "--output", "report.txt")
        assert "old" not in trapped.read("report.txt")

    def test_a_link_stays_a_link(self, trapped: Project):
        trapped.write("elsewhere/report.txt", "old")
        os.symlink("elsewhere/report.txt", trapped.path("link.txt"))
        trapped.guard(*CHECK, "--output", "link.txt")
        assert os.path.islink(trapped.path("link.txt"))
        assert trapped.read("elsewhere/report.txt").endswith("staging failed\n")

    @pytest.mark.parametrize(
        ("file", "why", "hint"),
        [
            pytest.param("none/report.txt", "No such file or directory", "its folder does not exist", id="no folder"),
            pytest.param("ok.py/report.txt", "Not a directory", "", id="below a file"),
            pytest.param("folder", "Is a directory", "", id="a folder"),
            pytest.param("x" * 300, "File name too long", "", id="too long"),
            pytest.param("/dev/full", "No space left on device", "", id="full device"),
            pytest.param("/proc/report.txt", "No such file or directory", "", id="no place for files"),
        ],
    )
    def test_one_that_cannot_be_written(self, trapped: Project, file: str, why: str, hint: str):
        os.mkdir(trapped.path("folder"))
        for environment in ("development", "staging"):
            answer = trapped.guard("check", "--env", environment, *ALONE, "--format", f"json={file}", "--format", "text")
            assert (answer.code, answer.errors) == (2, [f"error: '{file}' cannot be written: {why}"])
            assert hint in answer.err
            assert "The word is there" in answer.out
        assert leftovers(trapped) == []

    def test_all_that_cannot_be_written_are_told_and_the_others_are_written(self, trapped: Project):
        answer = trapped.guard(*CHECK, "--format", "json=no/a", "--format", "sarif=no/b", "--format", "vim=good.txt")
        assert (answer.code, len(answer.errors)) == (2, 2)
        assert leftovers(trapped) == ["good.txt"]

    def test_a_disk_that_is_full_leaves_what_was_there(self, trapped: Project):
        trapped.write("report.json", "the old report")

        def nearly_full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        # Else Python would put what it compiles, cut off, where every later run finds it.
        env = {"PYTHONDONTWRITEBYTECODE": "1"}
        answer = trapped.program(*CHECK, "--no-cache", "--format", "json=report.json", env=env, preexec_fn=nearly_full)
        assert answer.code == 2
        assert answer.errors == ["error: 'report.json' cannot be written: File too large"]
        assert trapped.read("report.json") == "the old report"
        assert leftovers(trapped) == ["report.json"]

    def test_a_cache_that_cannot_be_kept_costs_nothing(self, trapped: Project):
        for cache in ("/dev/null", "/proc/nowhere", trapped.path("ok.py")):
            answer = trapped.guard(*CHECK, env={"XDG_CACHE_HOME": cache})
            assert (answer.code, answer.err) == (1, "")


class TestStandardOutput:
    @pytest.mark.parametrize(
        ("out", "why"),
        [
            pytest.param(FullDisk(), "No space left on device", id="full"),
            pytest.param(UNWRITABLE, "I/O operation on closed file.", id="closed"),
        ],
    )
    @pytest.mark.parametrize("environment", ["development", "staging"])
    def test_that_takes_nothing(self, trapped: Project, out: io.BytesIO, why: str, environment: str):
        answer = trapped.guard("check", "--env", environment, *ALONE, out=out)
        assert (answer.code, answer.err) == (2, f"error: standard output cannot be written: {why}\n")

    def test_that_goes_away_is_no_error(self, trapped: Project):
        assert trapped.guard(*CHECK, out=GonePipe()).code == 1
        assert trapped.guard("check", *ALONE, out=GonePipe()).code == 0
        assert trapped.guard("rules", "list", out=GonePipe()).code == 0

    def test_a_standard_error_that_takes_nothing_is_borne(self, trapped: Project):
        assert trapped.guard(*CHECK, "none.py", err=FullDisk()).code == 2

    @pytest.mark.parametrize(
        ("redirection", "code", "err"),
        [
            pytest.param("> /dev/full", 2, "error: standard output cannot be written: No space left on device\n", id="full"),
            pytest.param(">&-", 2, "error: standard output cannot be written: I/O operation on closed file.\n", id="closed"),
            pytest.param("> /dev/null 2> /dev/full", 1, "", id="error stream full"),
            pytest.param("> /dev/null 2>&-", 1, "", id="error stream closed"),
            pytest.param("<&- > /dev/null", 1, "", id="input closed"),
            pytest.param("--format json --output /dev/stdout > file; code=$?; grep -q json-v1 file || echo lost >&2; (exit $code)", 1, "staging: failed: 1 error: caught\n", id="/dev/stdout"),
        ],
    )  # fmt: skip
    def test_of_the_real_process(self, trapped: Project, redirection: str, code: int, err: str):
        answer = _shell(trapped, f"check --env staging {' '.join(ALONE)} {redirection}")
        assert (answer.returncode, answer.stdout, answer.stderr.decode()) == (code, b"", err)

    @pytest.mark.parametrize("argv", ["--version", "--help", "check --help", "rules list"])
    def test_that_is_full_for_short_answers(self, trapped: Project, argv: str):
        answer = _shell(trapped, f"{argv} > /dev/full")
        assert answer.returncode == 2
        assert answer.stderr == b"error: standard output cannot be written: No space left on device\n"

    def test_head(self, trapped: Project):
        for number in range(300):
            trapped.write(f"d/f{number}.py", TRAP)
        for format_ in ("text", "json"):
            answer = _shell(
                trapped, f"check --env staging {' '.join(ALONE)} --format {format_} | head -1; echo ${{PIPESTATUS[0]}}"
            )
            first, status = answer.stdout.decode().splitlines()
            assert first in ("d/f0.py  1 error", "{")
            assert (status, answer.stderr) == ("1", b"")

    def test_a_folder_that_is_gone(self, trapped: Project):
        answer = _shell(trapped, "check", before="mkdir gone; cd gone; rmdir ../gone;")
        assert answer.returncode == 2
        assert answer.stderr.startswith(b"error: the current folder does not exist any more")


def _shell(project: Project, command: str, before: str = "") -> subprocess.CompletedProcess[bytes]:
    line = f"{before} {sys.executable} -m ospec_guard {command}"
    return subprocess.run(
        ["bash", "-c", line], cwd=project.root, env=project.environ, capture_output=True, check=False, timeout=60
    )


SLOW = RULE + "  - {id: slow, type: code_analysis, pattern: '(?=a)(?:a|aa)+$'}\n"
"""A rule that takes a second on each of the files of `slow`."""


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Lets what is started be interrupted, even where whoever started the tests did so with Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def slow(trapped: Project) -> Project:
    """A project that takes long to check, but for the first file."""
    trapped.write("r.yaml", SLOW)
    for number in range(60):
        # The first is so large that no worker is given more than it at once.
        trapped.write(f"d/f{number:02}.py", TRAP + "# \n" * 5_000 if number == 0 else f"{'a' * 40}!\n")
    return trapped


@pytest.mark.usefixtures("interruptible")
class TestCtrlC:
    """The real program, busy with rules that take their time, hit as a terminal hits it: with all its processes."""

    @pytest.mark.parametrize("jobs", ["1", "2"])
    @pytest.mark.parametrize("whom", ["all its processes", "the program alone"])
    def test_ends_the_run_without_a_trace(self, slow: Project, jobs: str, whom: str):
        slow.write("report.json", "the old report")
        before = slow.files()
        terminal, ours = os.openpty()
        argv = (*CHECK, "--jobs", jobs, "--format", "json=report.json", "--format", "text", "d")
        with slow.start(*argv, stderr=ours, start_new_session=True) as process:
            os.close(ours)
            said = _read_until(terminal, b"1 of 60 files")
            (os.killpg if whom == "all its processes" else os.kill)(process.pid, signal.SIGINT)
            out, _ = process.communicate(timeout=30)
            said += _read_until(terminal, None)
        assert process.returncode == 130
        assert b"".join(said).endswith(b"\r\x1b[Kinterrupted\r\n")
        assert out == b""
        assert slow.files() == before
        assert slow.read("report.json") == "the old report"
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)

    def test_before_anything_was_done(self, trapped: Project, monkeypatch: pytest.MonkeyPatch):
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("ospec_guard.app.session.open_session", interrupted)
        answer = trapped.guard(*CHECK, "--output", "report.txt")
        assert (answer.code, answer.out, answer.err) == (130, "", "interrupted\n")
        assert leftovers(trapped) == []

    def test_while_a_lock_was_taken(self, trapped: Project, monkeypatch: pytest.MonkeyPatch):
        def interrupted(*_: object) -> None:
            try:
                raise KeyboardInterrupt
            finally:
                raise RuntimeError("cannot release un-acquired lock")

        monkeypatch.setattr("ospec_guard.app.session.open_session", interrupted)
        assert (trapped.guard(*CHECK).code, trapped.guard(*CHECK).err) == (130, "interrupted\n")

    def test_while_a_report_is_written(self, trapped: Project, monkeypatch: pytest.MonkeyPatch):
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        trapped.write("report.txt", "the old report")
        monkeypatch.setattr("ospec_guard.cli.output.os.replace", interrupted)
        answer = trapped.guard(*CHECK, "--no-cache", "--output", "report.txt")
        assert (answer.code, answer.err) == (130, "interrupted\n")
        assert trapped.read("report.txt") == "the old report"
        assert leftovers(trapped) == ["report.txt"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_do_not_outlive_a_program_that_is_killed(slow: Project, number: signal.Signals):
    terminal, ours = os.openpty()
    argv = (*CHECK, "--jobs", "2", "--output", "report.txt", "d")
    with slow.start(*argv, stderr=ours, start_new_session=True) as process:
        os.close(ours)
        _read_until(terminal, b"1 of 60 files")
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == -number
    _read_until(terminal, None)  # comes to an end when the last process that could write there is gone
    assert leftovers(slow) == [f"d/f{number:02}.py" for number in range(60)]


def _read_until(terminal: int, wanted: bytes | None) -> list[bytes]:
    """What comes from the terminal's other side, until some text has come or nothing more will."""
    pieces: list[bytes] = []
    while wanted is None or wanted not in b"".join(pieces):
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            piece = b""
        if not piece:
            break
        pieces.append(piece)
    return pieces
