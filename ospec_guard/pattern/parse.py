"""The text of a pattern to a pattern tree: the vocabulary of `tree`, and nodes that only patterns have.

Metavariables and ellipses are spelled as names the grammar takes, the text is parsed by the grammar itself in the first context
that it fits, and the names are turned back into what they stand for:

    $          a metavariable; text is its name with `$`
    $...       a metavariable for a sequence
    ...        an ellipsis
    <...>      deep expression; kid: the expression
    typed      a typed metavariable; text its name; kid: a `type` whose text is the type
    chars$     a metavariable for a piece of text
    str$       a text literal that binds its content; text is the metavariable's name
    str=       a text literal whose content matches the regular expression `text`
    str...     any text literal
    stmts      a sequence of statements
"""

from __future__ import annotations

from functools import lru_cache

from ospec_guard.languages import LANGUAGES, Language
from ospec_guard.pattern.attempt import Attempt
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.pattern.reading import PatternError, read
from ospec_guard.pattern.spelling import Spelled, spelled_of
from ospec_guard.pattern.tree import Quirks
from ospec_guard.pattern.words import names_of, words_of
from ospec_guard.values import value

_MOST_TRIES = 160
"""Parses spent on finding a spelling of a pattern's ellipses."""


@value
class Pattern:
    """A compiled pattern."""

    root: Node
    is_statement: bool
    """Written as a statement, with its semicolon."""
    words: tuple[str, ...]
    """What every match holds, or a local name for it."""
    first: tuple[str, ...]
    """Of a sequence of statements: what the first one holds in every match."""
    names: frozenset[str]
    """The metavariables that in every match stand for code inside of it."""


def parse_pattern(text: str, language: Language) -> Pattern:
    """The pattern in a language, or in a relative of it. Raises PatternError where the grammar takes it in no context."""
    return _kept(text, language.facts or language.name)


@lru_cache(maxsize=8192)
def _kept(text: str, grammar: str) -> Pattern:
    language = LANGUAGES[grammar]
    try:
        return _parsed(text, language)
    except PatternError:
        for relative in quirks_of(language.facts or language.name).relatives:
            try:
                return _parsed(text, LANGUAGES[relative])
            except PatternError:
                continue
        raise
    except RecursionError as error:
        raise PatternError("is nested too deeply") from error


def _parsed(text: str, language: Language) -> Pattern:
    facts = language.facts or language.name
    quirks = quirks_of(facts)
    spelled = spelled_of(text, language)
    best: tuple[int, Attempt] | None = None
    for choice, context in spelled.attempts():
        attempt = Attempt(spelled, choice, context, language)
        if not attempt.faults:
            root, is_statement = read(attempt, quirks)
            return _pattern(root, is_statement, quirks)
        if best is None or attempt.faults < best[0]:
            best = attempt.faults, attempt
    repaired = _repaired(best[1], spelled, language) if best else None
    if repaired is None:
        raise PatternError(f"does not parse as {language.name}")
    root, is_statement = read(repaired, quirks)
    return _pattern(root, is_statement, quirks)


def _pattern(root: Node, is_statement: bool, quirks: Quirks) -> Pattern:
    # What is detached from a node may stand outside of it.
    parts = root.kids[1:] if root.kind in quirks.detached else [root]
    words = tuple([word for part in parts for word in words_of(part, quirks)])
    names = frozenset([name for part in parts for name in names_of(part)])
    return Pattern(root, is_statement, words, _first_words(root, quirks), names)


def _first_words(root: Node, quirks: Quirks) -> tuple[str, ...]:
    return tuple(words_of(root.kids[0], quirks)) if root.kind == "stmts" else ()


def _repaired(attempt: Attempt, spelled: Spelled, language: Language) -> Attempt | None:
    """Changes the spelling of one ellipsis after the other as long as fewer faults are left."""
    tries = 0
    others = [context for context in spelled.quirks.contexts if context != attempt.context]
    bases = [attempt, *(Attempt(spelled, attempt.choice, context, language) for context in others)]
    for base in sorted(bases, key=lambda one: one.faults):
        current = base
        improved = True
        while improved and current.faults:
            improved = False
            for number in range(len(spelled.dots)):
                for spelling in range(len(spelled.quirks.ellipses)):
                    if spelling == current.choice[number]:
                        continue
                    tries += 1
                    if tries > _MOST_TRIES:
                        return None
                    choice = (*current.choice[:number], spelling, *current.choice[number + 1 :])
                    other = Attempt(spelled, choice, current.context, language)
                    if other.faults < current.faults:
                        current, improved = other, True
        if not current.faults:
            return current
    return None
