"""`ospec-guard explain RULE|FILE[:LINE]`, and `explain RULE FILE`."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from ospec_guard.app.request import Request
from ospec_guard.cli.world import World
from ospec_guard.errors import Problem, UsageError
from ospec_guard.model import ExitCode

HELP = (
    "Say what a rule does and who decided its levels, which rules look at a file and what they report there, "
    "or what each part of a rule finds in a file."
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="RULE|FILE[:LINE]", help="the id of a rule, or a file and perhaps a line of it")
    parser.add_argument("file", metavar="FILE", nargs="?", help="after a rule: the file in which each of its parts is tried")
    parser.add_argument("--env", metavar="NAME", help="the environment in question (default: as for check)")
    parser.add_argument("--config", metavar="FILE", help="settings file")
    parser.add_argument("--rules", metavar="FILE|DIR", action="append", default=[], help="further rules")
    parser.add_argument("--isolated", action="store_true", help="only --rules")


def run(arguments: Namespace, world: World) -> ExitCode:
    """Explains; a file wins over a rule of the same name only when there is no such rule."""
    from ospec_guard.app.explaining import explain_place, explain_rule, explain_rule_in, is_rule
    from ospec_guard.app.session import open_session

    environment = arguments.env or world.environ.get("OSPEC_ENV") or None
    request = Request(
        world.cwd, environment=environment, config=arguments.config, rules=tuple(arguments.rules), isolated=arguments.isolated
    )
    session = open_session(request, world.environ)
    if arguments.file is not None:
        world.tell(explain_rule_in(session, arguments.what, file_of(arguments.file, world.cwd)))
        return ExitCode.PASS
    path, line = _place(arguments.what, world.cwd)
    if is_rule(session, arguments.what) or path is None:
        world.tell(explain_rule(session, arguments.what, "rule or file"))
    else:
        world.tell(explain_place(session, path, line))
    return ExitCode.PASS


def file_of(name: str, cwd: str) -> str:
    """A file that is there. Raises UsageError."""
    if os.path.isfile(os.path.join(cwd, name)):
        return name
    raise UsageError(Problem(f"there is no file '{name}'", None, "write it like: ospec-guard explain RULE FILE"))


def _place(what: str, cwd: str) -> tuple[str | None, int | None]:
    """The file and line that are meant; no file when none of that name exists."""
    if os.path.isfile(os.path.join(cwd, what)):
        return what, None
    path, _, line = what.rpartition(":")
    if path and line.isdigit() and os.path.isfile(os.path.join(cwd, path)):
        if int(line) == 0:
            raise UsageError(Problem("lines are counted from 1"))
        return path, int(line)
    if os.sep in what and os.path.isdir(os.path.join(cwd, what)):
        raise UsageError(Problem(f"'{what}' is a folder", None, "name a file, or a file and a line: FILE:LINE"))
    return None, None
