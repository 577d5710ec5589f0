"""What can go wrong that a person must mend, told by who can mend it.

    GuardError
    ├── UsageError        the command line asks for something impossible
    ├── ConfigError       settings, waivers, baseline
    ├── RuleError         a rule file
    ├── PluginError       a plugin's manifest or its place
    └── SurroundingsError git, the file system, the terminal

One error carries *all* problems found in one reading, each with its place and the next action. All are picklable.
"""

from __future__ import annotations

from ospec_guard.model import Place
from ospec_guard.values import value


@value
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    message: str
    """What is wrong and what was expected, in one line."""
    place: Place | None = None
    hint: str = ""
    """The next action; empty when the message already says it."""

    def __str__(self) -> str:
        head = f"{self.place}: error: {self.message}" if self.place else f"error: {self.message}"
        return f"{head}\n  hint: {self.hint}" if self.hint else head


class GuardError(Exception):
    """Something that ends the command with exit code 2 and is told in full on standard error."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UsageError(GuardError):
    """The command line asks for something that cannot be."""


class ConfigError(GuardError):
    """Settings, waivers or a baseline are not usable."""


class RuleError(GuardError):
    """A rule file is not usable."""


class PluginError(GuardError):
    """A plugin cannot be found, read or accepted."""


class SurroundingsError(GuardError):
    """git, the file system or the terminal did not answer as needed."""


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A 'did you mean' hint for `word`, empty when nothing known is near it."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
