"""Where reports go: standard output, or files that are written aside and renamed, so that none is ever half written."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from ospec_guard.app.aside import replace_file
from ospec_guard.cli.world import World
from ospec_guard.errors import Problem, SurroundingsError, UsageError, nearest
from ospec_guard.model import RunResult
from ospec_guard.protocols import ReportOptions
from ospec_guard.report import REPORTS, render
from ospec_guard.values import value


@value
class Target:
    """One report: its format, and a file relative to the current folder; empty: standard output."""

    format: str
    file: str = ""


def parse_targets(formats: Sequence[str], output: str | None, *, taken: bool = False) -> tuple[Target, ...]:
    """The reports that `--format FORMAT[=FILE]` and `--output FILE` ask for. Raises UsageError with every problem.

    `taken`: standard output is for something else, so that only reports with a file of their own are made.
    """
    targets = []
    problems = []
    for text in formats or ([] if taken and output is None else ["text"]):
        name, _, file = text.partition("=")
        if name not in REPORTS:
            hint = nearest(name, list(REPORTS)) or f"formats are {', '.join(REPORTS)}"
            problems.append(Problem(f"unknown format '{name}'", None, hint))
        elif "=" in text and not file:
            problems.append(Problem(f"'--format {text}' names no file", None, f"write '{name}=FILE', or '{name}' alone"))
        targets.append(Target(name, file))
    if output is not None:
        bare = [i for i, target in enumerate(targets) if not target.file]
        if bare:
            targets[bare[0]] = Target(targets[bare[0]].format, output)
        else:
            problems.append(Problem("'--output' has no report to write: each format names its file", None, "leave it out"))
    if sum(not target.file for target in targets) > 1:
        problems.append(Problem("two reports cannot share standard output", None, "give all but one a file: FORMAT=FILE"))
    if taken and not all(target.file for target in targets):
        problems.append(Problem("--show-fixes needs standard output for itself", None, "give the report a file: FORMAT=FILE"))
    files = [os.path.normpath(target.file) for target in targets if target.file]
    problems += [Problem(f"two reports would go to '{f}'") for f in sorted({f for f in files if files.count(f) > 1})]
    if problems:
        raise UsageError(*problems)
    return tuple(targets)


def deliver(result: RunResult, targets: Sequence[Target], world: World) -> None:
    """Renders and writes every report, files first. Raises SurroundingsError for what cannot be written."""
    problems = []
    for target in targets:
        if target.file:
            text = render(target.format, result, ReportOptions())
            problem = write_file(os.path.join(world.cwd, target.file), text.encode(errors="backslashreplace"), target.file)
            problems += [problem] if problem else []
    for target in targets:
        if not target.file:
            world.print(render(target.format, result, ReportOptions(colour=world.colour, width=world.terminal_width)))
    if problems:
        raise SurroundingsError(*problems)


def write_file(path: str, data: bytes, shown: str) -> Problem | None:
    """Puts `data` into a file all at once; answers with what prevented it, having left nothing behind."""
    try:
        if _is_special(path):
            with open(path, "wb") as stream:
                stream.write(data)
            return None
        replace_file(os.path.realpath(path), data)  # a link stays, what it leads to is written
    except OSError as error:
        hint = "its folder does not exist" if isinstance(error, FileNotFoundError) else ""
        return Problem(f"'{shown}' cannot be written: {error.strerror}", None, hint)
    return None


def _is_special(path: str) -> bool:
    """Devices and pipes (/dev/stderr) cannot be replaced by renaming."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path)
    except FileNotFoundError:
        return False
