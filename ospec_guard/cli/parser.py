"""argparse that raises instead of ending the process."""

from __future__ import annotations

import argparse
from typing import IO, NoReturn

from ospec_guard.errors import Problem, UsageError


class HelpShown(Exception):  # noqa: N818 - no error
    """`--help` was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Parser(argparse.ArgumentParser):
    """Raises UsageError for what cannot be parsed, HelpShown for `--help`."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        raise UsageError(Problem(message, None, f"'{self.prog} --help' lists what it takes"))

    def print_help(self, file: IO[str] | None = None) -> NoReturn:  # type: ignore[override]  # noqa: ARG002
        raise HelpShown(self.format_help())
