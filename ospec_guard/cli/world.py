"""What a command may use of the world around the process, as a value: streams, environment, folder, day.

Tests make their own; commands take nothing from anywhere else.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import BinaryIO

from ospec_guard.errors import Problem, SurroundingsError
from ospec_guard.model import ExitCode


class World:
    """The surroundings of one command."""

    def __init__(
        self,
        environ: Mapping[str, str],
        cwd: str,
        out: BinaryIO,
        err: BinaryIO,
        today: date,
        terminal_width: int | None = None,
        progress: bool = False,
    ) -> None:
        self.environ = environ
        self.cwd = cwd
        """Absolute; empty when the folder does not exist any more."""
        self.out = out
        self.err = err
        self.today = today
        """UTC day."""
        self.terminal_width = terminal_width
        """Columns of the terminal that `out` is; None when it is none."""
        self.progress = progress
        """Whether `err` is a terminal."""
        self.code_if_pipe_closes = ExitCode.PASS
        """What to answer when the reader of `out` goes away: the verdict once it is known."""

    @property
    def colour(self) -> bool:
        """Whether results are shown in colour: on terminals, unless NO_COLOR is set (https://no-color.org)."""
        return self.terminal_width is not None and not self.environ.get("NO_COLOR") and self.environ.get("TERM") != "dumb"

    def print(self, text: str) -> None:
        """Writes a result to standard output. Raises SurroundingsError when it does not take it."""
        try:
            self.out.write(text.encode(errors="backslashreplace"))
            self.out.flush()
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise SurroundingsError(Problem(f"standard output cannot be written: {why}")) from error

    def tell(self, text: str) -> None:
        """Writes lines that hold words of others (names of files, texts of rules) to standard output, harmless to terminals."""
        self.print(_harmless(text))

    def report(self, *problems: Problem) -> None:
        """Writes problems to standard error."""
        from ospec_guard.report.base import visible

        for problem in problems:
            place = f"{visible(str(problem.place))}: " if problem.place else ""
            self.say(
                f"{place}error: {visible(problem.message)}" + (f"\n  hint: {visible(problem.hint)}" if problem.hint else "")
            )

    def say(self, text: str) -> None:
        """Writes a message to standard error, harmless to terminals; one that nobody can read is lost."""
        try:
            self.err.write(f"{_harmless(text)}\n".encode(errors="backslashreplace"))
            self.err.flush()
        except (OSError, ValueError):
            return

    def stdout_is_gone(self) -> ExitCode:
        """The answer when the reader of standard output went away (`| head`): not an error of ours."""
        return self.code_if_pipe_closes


def _harmless(text: str) -> str:
    """The lines of a text with everything that a terminal would obey shown as an escape."""
    from ospec_guard.report.base import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def process_world() -> World:
    """The surroundings of this process."""
    width = None
    if sys.stdout is not None and sys.stdout.isatty():
        import shutil

        width = shutil.get_terminal_size().columns
    return World(
        environ=os.environ,
        cwd=_current_folder(),
        out=sys.stdout.buffer if sys.stdout is not None else _closed(),
        err=sys.stderr.buffer if sys.stderr is not None else _closed(),
        today=datetime.now(UTC).date(),
        terminal_width=width,
        progress=sys.stderr is not None and sys.stderr.isatty(),
    )


def _current_folder() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def _closed() -> BinaryIO:
    """What stands for a stream that whoever started us had closed."""
    stream = io.BytesIO()
    stream.close()
    return stream
