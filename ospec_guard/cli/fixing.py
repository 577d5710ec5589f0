"""The part of `check` that changes files: its options, the preview, and what it says it did."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ospec_guard.cli.progress import progress_to
from ospec_guard.cli.world import World
from ospec_guard.errors import Problem, UsageError
from ospec_guard.model import RunResult
from ospec_guard.values import value

if TYPE_CHECKING:
    from ospec_guard.app.mending import MendedFile, Mending
    from ospec_guard.app.session import Session


@value
class Fixing:
    """What is to be done about findings with a fix."""

    write: bool
    """False: only show the changes."""
    unsafe: bool
    """Those that nobody calls safe too."""


def add_fixing(parser: ArgumentParser) -> None:
    """Adds the options about fixes."""
    parser.add_argument("--fix", action="store_true", help="apply the fixes that are called safe, and report what remains")
    parser.add_argument(
        "--show-fixes", action="store_true", help="print what --fix would change as a diff, instead of a report; change nothing"
    )
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --show-fixes: all fixes, for the change to be looked at"
    )


def as_fixing(arguments: Namespace) -> Fixing | None:
    """What the options ask for; None: nothing. Raises UsageError with every problem."""
    problems = []
    if arguments.fix and arguments.show_fixes:
        problems.append(Problem("--show-fixes changes nothing, and --fix does", None, "leave one of them out"))
    if arguments.unsafe_fixes and not (arguments.fix or arguments.show_fixes):
        problems.append(Problem("--unsafe-fixes says which fixes, and none are asked for", None, "add --fix or --show-fixes"))
    if arguments.staged and (arguments.fix or arguments.show_fixes):
        problem = "fixes change the work tree, and --staged checks what is in git's index"
        problems.append(Problem(problem, None, "leave out --staged, then stage what was fixed"))
    if problems:
        raise UsageError(*problems)
    return Fixing(arguments.fix, arguments.unsafe_fixes) if arguments.fix or arguments.show_fixes else None


def fix(session: Session, result: RunResult, fixing: Fixing, world: World) -> RunResult:
    """Fixes or shows, says what was done and what not, and answers with the result of what is there now."""
    from ospec_guard.app.mending import mend

    mending = mend(session, result, unsafe=fixing.unsafe, write=fixing.write)
    if not fixing.write:
        world.print("".join(_diff(file) for file in mending.files))
    _say(mending, fixing, world)
    if not fixing.write or not mending.fixed:
        return result
    with progress_to(world) as progress:
        return session.check(world.today, progress)


def _say(mending: Mending, fixing: Fixing, world: World) -> None:
    for file in mending.files:
        if file.in_the_way:
            world.say(f"{file.path}: not fixed: {file.in_the_way}")
        for finding, why in file.undone:
            world.say(f"{finding.place}: not fixed: {finding.rule_id}: {why}")
    count, files = len(mending.fixed), sum(bool(file.fixed) for file in mending.files)
    done = "fixed" if fixing.write else "would fix"
    if count:
        world.say(f"{done} {_counted(count, 'finding')} in {_counted(files, 'file')}")
    else:
        world.say("nothing was fixed" if fixing.write else "nothing would be fixed")
    if mending.unsafe:
        has = "has a fix that is" if len(mending.unsafe) == 1 else "have fixes that are"
        world.say(f"{_counted(len(mending.unsafe), 'finding')} {has} not called safe; --unsafe-fixes takes them too")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _diff(file: MendedFile) -> str:
    """The change of one file as a unified diff, harmless to terminals; empty where there is none."""
    from difflib import unified_diff

    from ospec_guard.report.base import visible

    changes = unified_diff(_lines(file.before), _lines(file.after), f"a/{file.path}", f"b/{file.path}")
    shown = (("\t".join(map(visible, line.rstrip("\n").split("\t"))), line.endswith("\n")) for line in changes)
    return "".join(f"{text}\n" if whole else f"{text}\n\\ No newline at end of file\n" for text, whole in shown)


def _lines(text: str) -> list[str]:
    """Lines with their ends. Only line feeds end one: what else `splitlines` takes for an end stands in the middle of lines."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]
