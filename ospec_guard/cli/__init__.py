"""The command line: parse, look the command up, call one function, answer with an exit code.

Commands are modules with `HELP`, `add_arguments(parser)` and `run(arguments, world)`; only the one asked for is imported.
All errors end here, and nowhere else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from ospec_guard.cli.world import World, process_world
from ospec_guard.errors import GuardError, Problem, SurroundingsError, UsageError, nearest
from ospec_guard.model import ExitCode

COMMANDS: dict[str, str] = {
    "check": "apply the rules to a repository and judge the result for every environment",
    "baseline": "record today's findings, so that only new ones count",
    "init": "write a first settings file",
    "explain": "say what a rule does, or which rules apply to a file and why",
    "rules": "list, show and test rules",
    "plugins": "list, show, validate and make plugins",
}
"""Every command and its one-line help; the command `x` is the module `cli/x.py`."""


def run(argv: Sequence[str], world: World) -> ExitCode:
    """Carries out a command line and answers with its exit code; messages are in `world` afterwards, nothing is raised."""
    try:
        return _dispatch(list(argv), world)
    except GuardError as error:
        world.report(*error.problems)
        return ExitCode.UNUSABLE
    except KeyboardInterrupt:
        return _interrupted(world)
    except BrokenPipeError:
        return world.stdout_is_gone()
    except Exception as error:  # noqa: BLE001 - the other of the two places: whatever happens, people get a sentence and code 2
        if _came_of_interrupt(error):
            return _interrupted(world)
        world.say(f"error: internal error: {type(error).__name__}: {error}")
        if world.environ.get("OSPEC_GUARD_TRACEBACK"):
            import traceback

            world.say(traceback.format_exc())
        else:
            world.say("  hint: this is a bug in ospec-guard; set OSPEC_GUARD_TRACEBACK=1 to see where, and report it")
        return ExitCode.UNUSABLE


def _interrupted(world: World) -> ExitCode:
    world.say("interrupted")
    return ExitCode.INTERRUPTED


def _came_of_interrupt(error: BaseException | None) -> bool:
    """Whether Ctrl-C is behind an error: where it hits while a lock is taken, Python raises another error on top of it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def run_process() -> int:
    """Runs the process's own command line."""
    code = run(sys.argv[1:], process_world())
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            # It was told already, or nobody listens; Python would complain once more while it shuts down, and answer 120.
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    return int(code)


def _dispatch(argv: list[str], world: World) -> ExitCode:
    if not argv or argv[0] in ("-h", "--help", "help"):
        world.print(_overview())
        return ExitCode.PASS if argv else ExitCode.UNUSABLE
    if argv[0] in ("--version", "-V"):
        from ospec_guard import __version__

        world.print(f"ospec-guard {__version__}\n")
        return ExitCode.PASS
    if argv[0] not in COMMANDS:
        hint = nearest(argv[0], [*COMMANDS, "--help", "--version"]) or f"commands are {', '.join(COMMANDS)}"
        what = "option" if argv[0].startswith("-") else "command"
        raise UsageError(Problem(f"unknown {what} '{argv[0]}'", None, hint))
    if not world.cwd:
        raise SurroundingsError(Problem("the current folder does not exist any more", None, "change to one that does"))
    module = import_module(f"ospec_guard.cli.{argv[0]}")
    arguments = _parse(argv[0], module, argv[1:], world)
    return arguments if isinstance(arguments, ExitCode) else ExitCode(module.run(arguments, world))


def _parse(name: str, module: ModuleType, argv: list[str], world: World) -> object:
    """The parsed arguments, or an exit code where `--help` was all there was to do."""
    from ospec_guard.cli.parser import HelpShown, Parser

    parser = Parser(prog=f"ospec-guard {name}", description=module.HELP)
    module.add_arguments(parser)
    try:
        return parser.parse(argv)
    except HelpShown as shown:
        world.print(shown.text)
        return ExitCode.PASS


def _overview() -> str:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:{width}}  {text}" for name, text in COMMANDS.items())
    return (
        "usage: ospec-guard COMMAND [OPTION ...]\n\n"
        f"Guardrails for software, enforced per environment.\n\n{commands}\n\n"
        "'ospec-guard COMMAND --help' tells more of a command; 'ospec-guard --version' tells the version.\n"
    )
