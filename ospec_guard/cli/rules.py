"""`ospec-guard rules list|show|explain|test`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ospec_guard.app.request import Request
from ospec_guard.cli.parser import one_of
from ospec_guard.cli.world import World
from ospec_guard.errors import Problem, UsageError
from ospec_guard.model import ExitCode

if TYPE_CHECKING:
    from ospec_guard.app.selftest import SelfTest

HELP = "List the rules that would run, show or explain one, or test rules on their own examples and annotated files."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        type=one_of("list", "show", "explain", "test"),
        metavar="list|show|explain|test",
        help="list all, show some, explain one (on a file), or test",
    )
    parser.add_argument(
        "names",
        nargs="*",
        default=[],
        metavar="ID|PATH",
        help="show: rule ids; explain: a rule id and perhaps a file; test: rule files and folders (default: all rules)",
    )
    parser.add_argument("--config", metavar="FILE", help="settings file")
    parser.add_argument("--rules", metavar="FILE|DIR", action="append", default=[], help="further rules")
    parser.add_argument("--tests", metavar="DIR", help="test: where the annotated files are, in folders as the rule files are")
    parser.add_argument("--isolated", action="store_true", help="only --rules")


def run(arguments: Namespace, world: World) -> ExitCode:
    """Carries out the action."""
    return {"list": _list, "show": _show, "explain": _explain, "test": _test}[arguments.action](arguments, world)


def _request(arguments: Namespace, world: World) -> Request:
    environment = world.environ.get("OSPEC_ENV") or None
    return Request(
        world.cwd, environment=environment, config=arguments.config, rules=tuple(arguments.rules), isolated=arguments.isolated
    )


def _list(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.app.explaining import list_rules
    from ospec_guard.app.session import open_session

    world.tell(list_rules(open_session(_request(arguments, world), world.environ)))
    return ExitCode.PASS


def _show(arguments: Namespace, world: World) -> ExitCode:
    from ospec_guard.app.explaining import explain_rule
    from ospec_guard.app.session import open_session

    if not arguments.names:
        raise UsageError(Problem("'rules show' needs the id of a rule", None, "'ospec-guard rules list' lists them"))
    session = open_session(_request(arguments, world), world.environ)
    for name in arguments.names:
        world.tell(explain_rule(session, name))
    return ExitCode.PASS


def _explain(arguments: Namespace, world: World) -> ExitCode:
    """As `explain RULE` and `explain RULE FILE`."""
    from ospec_guard.app.explaining import explain_rule, explain_rule_in
    from ospec_guard.app.session import open_session
    from ospec_guard.cli.explain import file_of

    if len(arguments.names) not in (1, 2):
        hint = "write it like: ospec-guard rules explain ID [FILE]"
        raise UsageError(Problem("'rules explain' needs the id of a rule, and takes a file to try it on", None, hint))
    session = open_session(_request(arguments, world), world.environ)
    name, *files = arguments.names
    told = explain_rule_in(session, name, file_of(files[0], world.cwd)) if files else explain_rule(session, name)
    world.tell(told)
    return ExitCode.PASS


def _test(arguments: Namespace, world: World) -> ExitCode:
    from dataclasses import replace

    from ospec_guard.app.selftest import test_rules
    from ospec_guard.app.session import open_session

    request = _request(arguments, world)
    if arguments.names:
        request = replace(request, rules=tuple(arguments.names), isolated=True)
    outcome = test_rules(open_session(request, world.environ), arguments.tests or "")
    for failure in outcome.failures:
        world.tell(f"{failure}\n")
    for gap in outcome.unsupported:
        world.tell(f"{gap.place}: {gap.message}\n")
    for note in outcome.trials.notes:
        world.tell(f"note: {note}\n")
    world.tell(_summary(outcome))
    if outcome.unsupported:
        return ExitCode.UNUSABLE
    return ExitCode.FAIL if outcome.failures else ExitCode.PASS


def _summary(outcome: SelfTest) -> str:
    trials, failed = outcome.trials, len(outcome.failures)
    in_examples = failed - len(trials.failures)
    passed = outcome.examples - in_examples
    text = f"rules: {outcome.rules}, examples: {outcome.examples}, passed: {passed}, failed: {in_examples}\n"
    if trials.files:
        text += f"test files: {trials.files}, annotated lines: {trials.expectations}, wrong lines: {len(trials.failures)}\n"
    if outcome.untested:
        text += f"untested (neither both kinds of example nor a line to report): {', '.join(outcome.untested)}\n"
    if outcome.unsupported:
        text += f"could not run: {len(outcome.unsupported)}\n"
    return text
