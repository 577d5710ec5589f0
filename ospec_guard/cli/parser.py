"""argparse that raises instead of ending the process, and says what was meant."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import IO, NoReturn

from ospec_guard.errors import Problem, UsageError, nearest


class HelpShown(Exception):  # noqa: N818 - no error
    """`--help` was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Parser(argparse.ArgumentParser):
    """Raises UsageError for what cannot be parsed, HelpShown for `--help`."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)  # type: ignore[arg-type]

    def parse(self, argv: Sequence[str]) -> argparse.Namespace:
        """The arguments. Raises UsageError with every one that is not known."""
        arguments, unknown = self.parse_known_args(argv)
        if unknown:
            raise UsageError(*(self._unknown(each) for each in unknown))
        return arguments

    def error(self, message: str) -> NoReturn:
        raise UsageError(Problem(message, None, self._help_hint))

    def print_help(self, file: IO[str] | None = None) -> NoReturn:  # type: ignore[override]  # noqa: ARG002
        raise HelpShown(self.format_help())

    @property
    def _help_hint(self) -> str:
        return f"'{self.prog} --help' lists what it takes"

    def _unknown(self, given: str) -> Problem:
        if not given.startswith("-"):
            return Problem(f"unexpected argument '{given}'", None, self._help_hint)
        known = [option for action in self._actions for option in action.option_strings if option.startswith("--")]
        if "--format" in known:
            from ospec_guard.report import REPORTS

            wanted, _, file = given.removeprefix("--").partition("=")
            if wanted in REPORTS:  # as with other tools
                shown = f"{wanted}={file}" if file else wanted
                return Problem(f"unknown option '{given}'", None, f"write it like: --format {shown}")
        return Problem(f"unknown option '{given}'", None, nearest(given.partition("=")[0], known) or self._help_hint)


def one_of(*words: str) -> Callable[[str], str]:
    """A `type` for arguments that are one of some words."""

    def check(text: str) -> str:
        if text not in words:
            hint = nearest(text, words)
            raise argparse.ArgumentTypeError(
                f"expected one of {', '.join(words)}; got '{text}'" + (f", {hint}" if hint else "")
            )
        return text

    return check
