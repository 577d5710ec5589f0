"""How a formula is looked for, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

from ospec_guard.languages import Language
from ospec_guard.pattern.formula import Formula

_ENGINES = {
    "code": "patterns of code on syntax trees",
    "generic": "patterns of plain text",
    "regex": "regular expressions",
}


def lines(
    formula: Formula, engine: str, required: Sequence[str], languages: Sequence[str], language: Language | None
) -> tuple[str, ...]:
    """What runs, on what, and what a file must hold to be looked at, a line each."""
    needs = " or ".join(required) if required else "nothing: every file of its languages is parsed"
    return (
        f"engine: {_ENGINES.get(engine, engine)}",
        f"languages: {', '.join(languages) or 'any text'}",
        f"a file is looked at when it holds: {needs}",
    )
