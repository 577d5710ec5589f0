"""The options `check` and `baseline` share: what to look at, by which policy, how."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from ospec_guard.app.request import Request
from ospec_guard.cli.parser import one_of
from ospec_guard.cli.world import World
from ospec_guard.model import LEVEL_NAMES


def add_selecting(parser: ArgumentParser) -> None:
    """Adds the shared options."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; the whole repository when none is given")
    parser.add_argument(
        "--env",
        metavar="NAME",
        help="the environment whose verdict is the exit code (default: OSPEC_ENV, settings, development)",
    )
    parser.add_argument(
        "--config", metavar="FILE", help="settings file (default: ospec-guard.yaml or pyproject.toml at the root)"
    )
    parser.add_argument(
        "--rules", metavar="FILE|DIR", action="append", default=[], help="further rules; may be given several times"
    )
    parser.add_argument("--isolated", action="store_true", help="only --rules: no settings, built-in packs or plugins")
    parser.add_argument("--diff", metavar="REF", help="judge only what is new since the merge base with REF")
    parser.add_argument("--staged", action="store_true", help="check what is staged in git's index, with the index's content")
    parser.add_argument("--policy-from", metavar="REF", help="take settings, rules, waivers and baseline from another commit")
    parser.add_argument(
        "--jobs", metavar="N", type=_count, help="worker processes (default: one per core, one for little work)"
    )
    parser.add_argument("--no-cache", action="store_true", help="keep nothing on disk and read nothing kept")
    parser.add_argument("--no-git-ignore", action="store_true", help="check files that git ignores too")
    parser.add_argument("--stats", action="store_true", help="say where the time went, on standard error")


def add_judging(parser: ArgumentParser) -> None:
    """Adds the options that decide what findings do."""
    parser.add_argument("--baseline", metavar="FILE", help="recorded findings (default: .ospec-guard-baseline, if there)")
    parser.add_argument(
        "--level",
        metavar="LEVEL",
        type=one_of(*LEVEL_NAMES),
        help="enforcement level of the chosen environment, over the settings: warn, error or block",
    )


def as_request(arguments: Namespace, world: World) -> Request:
    """The request that parsed options make."""
    level = getattr(arguments, "level", None)
    return Request(
        cwd=world.cwd,
        paths=tuple(arguments.paths),
        environment=(world.environ.get("OSPEC_ENV") or None) if arguments.env is None else arguments.env,
        level=LEVEL_NAMES[level] if level else None,
        config=arguments.config,
        rules=tuple(arguments.rules),
        isolated=arguments.isolated,
        baseline=getattr(arguments, "baseline", None),
        diff=arguments.diff,
        staged=arguments.staged,
        policy_from=arguments.policy_from,
        jobs=arguments.jobs,
        cache=not arguments.no_cache,
        git_ignore=not arguments.no_git_ignore,
        stats=arguments.stats,
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"expected a number of processes from 1, got '{text}'")
    return int(text)
