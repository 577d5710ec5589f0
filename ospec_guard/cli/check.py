"""`ospec-guard check`: the verdict of every environment, and the reports."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ospec_guard.cli.fixing import add_fixing, as_fixing, fix
from ospec_guard.cli.output import deliver, parse_targets
from ospec_guard.cli.progress import progress_to
from ospec_guard.cli.selecting import add_judging, add_selecting, as_request
from ospec_guard.cli.world import World
from ospec_guard.model import ExitCode
from ospec_guard.values import replace

HELP = "Apply the rules to a repository and judge the result for every environment."


def add_arguments(parser: ArgumentParser) -> None:
    add_selecting(parser)
    add_judging(parser)
    parser.add_argument(
        "--format",
        metavar="FORMAT[=FILE]",
        action="append",
        default=[],
        help="text (default), sarif, json, github, gitlab, junit, vim; several at once, each with its file",
    )
    parser.add_argument(
        "--output", metavar="FILE", help="where the report without a file of its own goes, instead of standard output"
    )
    add_fixing(parser)


def run(arguments: Namespace, world: World) -> ExitCode:
    """Checks and reports; the answer is the chosen environment's exit code."""
    from ospec_guard.app.session import open_session

    fixing = as_fixing(arguments)
    targets = parse_targets(arguments.format, arguments.output, taken=fixing is not None and not fixing.write)
    request = replace(as_request(arguments, world), revision=any(target.format in ("sarif", "json") for target in targets))
    session = open_session(request, world.environ)
    with progress_to(world) as progress:
        result = session.check(world.today, progress)
    if fixing is not None:
        result = fix(session, result, fixing, world)
    world.code_if_pipe_closes = result.exit_code
    deliver(result, targets, world)
    for name, figure in result.stats:
        world.say(f"{name}: {figure}")
    if all(target.file for target in targets):
        verdict = next(v for v in result.verdicts if v.environment == result.environment)
        reasons = f": {'; '.join(verdict.reasons)}" if verdict.reasons else ""
        world.say(f"{verdict.environment}: {verdict.outcome.value}{reasons}")
    return result.exit_code
