"""`ospec-guard plugins list|show|validate|new`."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from ospec_guard.cli.output import write_file
from ospec_guard.cli.parser import one_of
from ospec_guard.cli.world import World
from ospec_guard.errors import PluginError, Problem, SurroundingsError, UsageError
from ospec_guard.model import ExitCode

HELP = "List the plugins at hand, show one, validate manifests, or make a new plugin."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action", type=one_of("list", "show", "validate", "new"), metavar="list|show|validate|new", help="what to do"
    )
    parser.add_argument(
        "names",
        nargs="*",
        default=[],
        metavar="NAME|PATH",
        help="show: names; validate: files and folders; new: the new plugin's name",
    )
    parser.add_argument("--type", default="guardrails", metavar="TYPE", help="new: the plugin type (default: guardrails)")
    parser.add_argument("--config", metavar="FILE", help="settings file")


def run(arguments: Namespace, world: World) -> ExitCode:
    """Carries out the action."""
    return {"list": _list, "show": _show, "validate": _validate, "new": _new}[arguments.action](arguments, world)


def _list(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.app.plugging import open_shelf
    from ospec_guard.plugins.show import table

    shelf = open_shelf(world.cwd, arguments.config, world.environ)
    world.tell(table(shelf.rows))
    if shelf.selection.problems:
        raise PluginError(*shelf.selection.problems)
    return ExitCode.PASS


def _show(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.app.plugging import open_shelf

    if not arguments.names:
        raise UsageError(Problem("'plugins show' needs the name of a plugin", None, "'ospec-guard plugins list' lists them"))
    shelf = open_shelf(world.cwd, arguments.config, world.environ)
    world.tell("\n".join(shelf.describe(name) for name in arguments.names))
    return ExitCode.PASS


def _validate(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.app.plugging import validate_paths

    code = ExitCode.PASS
    for path, judgement in validate_paths(world.cwd, arguments.names, world.environ):
        if judgement.problems:
            code = ExitCode.UNUSABLE
            world.report(*judgement.problems)
        else:
            world.tell(f"{path}: a valid {judgement.what}\n")
    return code


def _new(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.plugins.scaffold import new_plugin

    if len(arguments.names) != 1:
        raise UsageError(
            Problem("'plugins new' needs one name", None, "for example: ospec-guard plugins new @company/my-rules")
        )
    name = arguments.names[0]
    texts = new_plugin(name, arguments.type)
    folder = name.rpartition("/")[2]
    target = os.path.join(world.cwd, folder)
    if os.path.lexists(target):
        raise UsageError(Problem(f"there is a '{folder}' here already", None, "choose another name, or remove it"))
    try:
        os.makedirs(target)
    except OSError as error:
        raise SurroundingsError(Problem(f"'{folder}' cannot be made: {error.strerror}")) from error
    problems = [write_file(os.path.join(target, path), text.encode(), f"{folder}/{path}") for path, text in texts.items()]
    if any(problems):
        raise SurroundingsError(*(problem for problem in problems if problem))
    world.tell("".join(f"made {folder}/{path}\n" for path in sorted(texts)))
    return ExitCode.PASS
