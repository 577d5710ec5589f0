"""`ospec-guard baseline`: records today's findings; later only shrinks, unless told to add."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ospec_guard.cli.output import write_file
from ospec_guard.cli.progress import progress_to
from ospec_guard.cli.selecting import add_selecting, as_request
from ospec_guard.cli.world import World
from ospec_guard.config.settings import BASELINE_FILE
from ospec_guard.errors import Problem, SurroundingsError, UsageError
from ospec_guard.model import ExitCode

if TYPE_CHECKING:
    from ospec_guard.app.recording import Recorded

HELP = (
    "Record today's findings, so that only new ones count. An existing baseline only loses what is gone, unless --add is given."
)


def add_arguments(parser: ArgumentParser) -> None:
    add_selecting(parser)
    parser.add_argument("--output", metavar="FILE", help="the baseline (default: .ospec-guard-baseline at the root)")
    parser.add_argument("--add", action="store_true", help="add new findings to an existing baseline too")


def run(arguments: Namespace, world: World) -> ExitCode:
    """Writes the baseline and says what changed; passes whatever there is to record."""
    from ospec_guard.app.recording import record
    from ospec_guard.app.session import open_session

    if arguments.diff or arguments.staged or arguments.policy_from:
        raise UsageError(Problem("a baseline records the work tree: leave out --diff, --staged and --policy-from"))
    request = as_request(arguments, world)
    path = arguments.output
    session = open_session(request, world.environ)
    if path is None:
        path = os.path.relpath(os.path.join(session.root, BASELINE_FILE), world.cwd)
    exists = os.path.exists(os.path.join(world.cwd, path))
    with progress_to(world) as progress:
        outcome = record(session, path if exists else None, world.today, progress, add=arguments.add or not exists)
    problem = write_file(os.path.join(world.cwd, path), outcome.text, path)
    if problem:
        raise SurroundingsError(problem)
    world.tell("".join(f"{line}\n" for line in (f"{path}: {counted(outcome.entries, 'finding')} recorded", *_remarks(outcome))))
    for gap in outcome.gaps:
        world.say(f"{gap.place}: {gap.id}: {gap.message}")
    return ExitCode.PASS


def _remarks(outcome: Recorded) -> list[str]:
    said = (
        (outcome.added, "added"),
        (outcome.removed, "gone, and removed"),
        (outcome.moved, "moved with their file"),
        (outcome.not_added, "new and not recorded: a baseline only shrinks, unless --add is given"),
        (outcome.never, "of rules whose findings no baseline may hold"),
        (len(outcome.gaps), "gaps: what could not be analysed keeps its entries"),
    )
    return [f"  {count} {what}" for count, what in said if count]


def counted(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
