"""What the reading of one rule in Semgrep's language leaves behind besides the rule: problems, and what cannot run here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ospec_guard.document import Document, validate
from ospec_guard.errors import Problem
from ospec_guard.model import Notice, Place
from ospec_guard.values import value

_NEAR = 0.8
"""How alike a key must be to a known one to be a slip of the pen, and not a key of another version."""


@value
class Term:
    """One operator, read."""

    role: str
    """The field of `formula.All` that it belongs to."""
    value: Any

    @property
    def finds(self) -> bool:
        """Whether it finds something by itself."""
        return self.role in ("parts", "inside")


class Notes:
    """Collects while one rule is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        """What is malformed."""
        self.unsupported: list[tuple[str, Place]] = []
        """What is well formed and cannot run here: why, and where."""
        self.notices: list[Notice] = []
        """What the author should know of a rule that runs."""

    def __len__(self) -> int:
        return len(self.problems) + len(self.unsupported)

    def wrong(self, part: Document, message: str, hint: str = "") -> None:
        """Notes something malformed."""
        self.problems.append(Problem(message, part.place(), hint))

    def cannot(self, part: Document, why: str) -> None:
        """Notes something well formed that cannot run here."""
        self.unsupported.append((why, part.place()))

    def unknown(self, part: Document, key: str, known: Sequence[str], what: str = "operator") -> None:
        """Notes a key nobody here knows: a misspelt one, or one of a later version."""
        close = misspelt(key, known)
        if close:
            self.wrong(part, f"unknown {what} '{key}'", f"did you mean '{close}'?")
        else:
            self.cannot(part, f"the {what} '{key}' is unknown")

    def validated(self, part: Document, shape: Any, also: Sequence[str] = ()) -> Any:
        """The part as an instance of a shape (see `document.validate`); None where it is malformed."""
        made, problems = validate(part, shape, also=also)
        self.problems += problems
        return made


def misspelt(key: str, known: Sequence[str]) -> str:
    """The known key that somebody meant who wrote `key`; empty when they may have meant something else."""
    from difflib import get_close_matches

    close = get_close_matches(key, known, n=1, cutoff=_NEAR)
    return close[0] if close else ""
