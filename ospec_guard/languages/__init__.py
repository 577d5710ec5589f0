"""Languages: which one a text is in, and the structure of the text where there is a grammar.

Adding a language costs a line in `table`, and with a grammar a module `languages/<name>.py` with `FACTS`. Nothing here reads
files or knows rules; only this package and `pattern` know tree-sitter, and nothing of it is loaded before the first `parse`.
"""

from __future__ import annotations

from ospec_guard.languages.language import CommentStyle, Language
from ospec_guard.languages.plain import plain_comments
from ospec_guard.languages.structure import Assignment, Node, Structure
from ospec_guard.languages.table import LANGUAGES, by_name, identify

__all__ = [
    "LANGUAGES",
    "Assignment",
    "CommentStyle",
    "Language",
    "Node",
    "Structure",
    "by_name",
    "identify",
    "parse",
    "plain_comments",
]


def parse(language: Language, data: bytes) -> Structure:
    """The structure of a text in a language with a grammar; what does not parse is in its `broken`.

    Raises ValueError for a language without a grammar.
    """
    if not language.grammar:
        raise ValueError(f"there is no grammar for {language.name}")
    structure = _parse(language.facts or language.name, data)
    if structure.facts.fallback and structure.broken:
        other = _parse(structure.facts.fallback, data)
        if _size(other.broken) < _size(structure.broken):
            return other
    return structure


def _parse(name: str, data: bytes) -> Structure:
    from ospec_guard.languages.grammar import facts_of, parser_of, tree_of

    facts = facts_of(name)
    prepared = facts.prepare(data) if facts.prepare else data
    tree = tree_of(name, prepared) if prepared is not None else None
    return Structure(tree or parser_of(name).parse(b""), data, facts, lost=tree is None)


def _size(spans: tuple[tuple[int, int], ...]) -> int:
    return sum(end - start for start, end in spans)
