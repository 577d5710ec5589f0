"""Languages: which one a file is in, and the facts of its grammar.

Adding a language costs a line in LANGUAGES and, where there is a grammar wheel, a module `languages/<name>.py` with `FACTS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ospec_guard.languages.structure import Assignment, Node, Structure

__all__ = ["Assignment", "Language", "Node", "Structure"]


@dataclass(frozen=True, slots=True)
class Language:
    """How files of a language are recognised, and whether we can parse them."""

    name: str
    """Canonical, lower case."""
    grammar: bool
