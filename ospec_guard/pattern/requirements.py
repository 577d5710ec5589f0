"""What a formula needs before it can match: words that must be in the file, and patterns that parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ospec_guard.languages import Language, by_name
from ospec_guard.pattern.code import walk
from ospec_guard.pattern.formula import All, Comparison, Either, Formula, Leaf, MatchesFormula, MatchesRegex
from ospec_guard.pattern.needles import needles_in
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.options import refusal
from ospec_guard.pattern.parse import parse_pattern
from ospec_guard.pattern.plaintext import required as plain_words
from ospec_guard.pattern.plaintext import validate
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.pattern.reading import PatternError
from ospec_guard.pattern.words import words_of
from ospec_guard.protocols import CompileError, UnsupportedError
from ospec_guard.regular import InvalidRegexError, compile_regex

_SHORT = 2
"""Words no longer than this decide little: another is preferred."""

_SMALL = re.compile(r"\$[a-z]\w*")
"""What was meant for a metavariable where the language has no such names."""

Needs = frozenset[str] | None
"""Expressions of which one must match in the file; None: nothing is sure."""


def validated(formula: Formula, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]) -> None:
    """Raises UnsupportedError for what cannot run here (options, patterns), CompileError for an expression that is none."""
    for name, given in settings.items():
        why = refusal(name, given)
        if why:
            raise UnsupportedError(why)
    _check(formula, engine, languages, settings)
    bound, asked = _names(formula)
    for name in sorted(asked):
        if name.lstrip("$").removeprefix("...") not in bound:
            raise UnsupportedError(f"no pattern binds {name}, so that a condition on it, or a focus, can never hold")


def _names(formula: Formula) -> tuple[set[str], set[str]]:
    """The names that patterns and groups of expressions may bind, bare, and those that conditions and focus ask for."""
    if isinstance(formula, Leaf):
        return _bound_by(formula.text), set()
    if isinstance(formula, Either):
        found = [_names(part) for part in formula.parts]
        return set().union(*[bound for bound, _ in found]), set().union(*[asked for _, asked in found])
    parts = (*formula.parts, *formula.inside, *formula.without, *formula.outside)
    found = [_names(part) for part in parts]
    asked = {name for names in formula.focus for name in names}
    bound: set[str] = set()
    for condition in formula.conditions:
        if isinstance(condition, MatchesFormula):
            found.append(_names(condition.formula))
        elif isinstance(condition, MatchesRegex):
            bound |= _bound_by(condition.regex)
        asked |= {condition.metavariable} - {""}
    return bound.union(*[one for one, _ in found]), asked.union(*[one for _, one in found])


_NAME = re.compile(r"\$(?:\.\.\.)?([A-Z_][A-Z0-9_]*|\d+)")
_GROUP = re.compile(r"\(\?P?<(\w+)>")


def _bound_by(text: str) -> set[str]:
    """Names in a pattern, and groups, named or numbered, where it is an expression."""
    return {*_NAME.findall(text), *_GROUP.findall(text), *(str(number) for number in range(1, text.count("(") + 1))}


_WRITTEN = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*")


def unbound(template: str, formula: Formula, languages: Sequence[Language]) -> list[tuple[str, int]]:
    """Metavariables of a fix that nothing can bind, each with where it first stands, in code points.

    None in languages in which what looks like one may be code.
    """
    if any(quirks_of(language.facts or language.name).dollars for language in languages):
        return []
    known = bindable(formula) - {"$_"}
    found = {name[0]: name.start() for name in reversed([*_WRITTEN.finditer(template)])}
    # Of `$XY` the `$X` is replaced where that alone is bound.
    return [(name, at) for name, at in sorted(found.items(), key=lambda one: one[1]) if not name.startswith(tuple(known))]


def bindable(formula: Formula) -> set[str]:
    """The metavariables that a match may bind: those of what must be there."""
    if isinstance(formula, Leaf):
        return {*_WRITTEN.findall(formula.text), *(f"${name}" for name in _GROUP.findall(formula.text))}
    parts = formula.parts if isinstance(formula, Either) else (*formula.parts, *formula.inside)
    found = set().union(*[bindable(part) for part in parts])
    for condition in formula.conditions if not isinstance(formula, Either) else ():
        if isinstance(condition, MatchesFormula):
            found |= bindable(condition.formula)
        elif isinstance(condition, MatchesRegex):
            found |= {f"${name}" for name in _GROUP.findall(condition.regex)}
    return found


def _check(formula: Formula, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]) -> None:
    if isinstance(formula, Leaf):
        _check_leaf(formula, engine, languages, settings)
        return
    if isinstance(formula, Either):
        for part in formula.parts:
            _check(part, engine, languages, settings)
        return
    for part in (*formula.parts, *formula.inside, *formula.without, *formula.outside):
        _check(part, engine, languages, settings)
    for condition in formula.conditions:
        if isinstance(condition, MatchesFormula):
            inner, others = engine, languages
            if condition.language:
                found = by_name(condition.language)
                inner = "code" if found is not None and found.grammar else condition.language
                others = [found] if found is not None else []
                if inner not in ("code", "generic", "regex", "none"):
                    raise UnsupportedError(f"there is no grammar for {condition.language}")
            _check(condition.formula, inner, others, settings)
        elif isinstance(condition, MatchesRegex):
            _check_regex(condition.regex)
        elif isinstance(condition, Comparison):
            from ospec_guard.pattern.comparing import check

            check(condition.expression)


def _check_leaf(leaf: Leaf, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]) -> None:
    if leaf.is_regex or engine in ("regex", "none"):
        _check_regex(leaf.text)
    elif engine == "generic":
        validate(leaf.text, settings)
    else:
        for language in languages:
            try:
                _check_texts(parse_pattern(leaf.text, language).root)
            except PatternError as error:
                from ospec_guard.pattern.stopping import stop_of

                shown = " ".join(leaf.text.split())
                stop = stop_of(leaf.text, language)
                said = f"the pattern '{shown[:80]}' {error}{stop.what}{_advice(leaf.text, languages)}"
                raise UnsupportedError(said, leaf.line, leaf.text, stop.offset) from error


def _advice(text: str, languages: Sequence[Language]) -> str:
    """What to do about a pattern that does not parse in all of the languages."""
    small = _SMALL.search(text)
    if small:
        return f"; metavariables have capital letters: '{small[0].upper()}'"
    able = [language.name for language in languages if _parses(text, language)]
    return f"; it does as {', '.join(able)}: make a rule for each way to write it" if able else ""


def _parses(text: str, language: Language) -> bool:
    try:
        parse_pattern(text, language)
    except PatternError:
        return False
    return True


def _check_texts(root: Node) -> None:
    """Raises CompileError for an expression in a text of a pattern (`"=~/x/"`) that is none."""
    for node in walk(root):
        if node.kind == "str=":
            _check_regex(node.text)


def _check_regex(expression: str) -> None:
    try:
        compile_regex(expression)
    except InvalidRegexError as error:
        raise CompileError(f"invalid regular expression: {error}") from error


def required(formula: Formula, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Expressions of which one must match in a file for the formula to match there; empty: it may match in any."""
    found: set[str] = set()
    for language in languages if engine == "code" else (None,):
        needs = _needs(formula, engine, language, settings)
        if needs is None:
            return ()
        found |= needs
    return tuple(sorted(found))


def _needs(formula: Formula, engine: str, language: Language | None, settings: Mapping[str, Any]) -> Needs:
    if isinstance(formula, Leaf):
        return _of_leaf(formula, engine, language, settings)
    if isinstance(formula, Either):
        parts = [_needs(part, engine, language, settings) for part in formula.parts]
        return None if any(part is None for part in parts) else frozenset().union(*[part for part in parts if part is not None])
    found = [_needs(part, engine, language, settings) for part in (*formula.parts, *formula.inside)]
    if language is not None and not settings.get("symbolic_propagation"):
        found += _of_conditions(formula, language)
    return max((needs for needs in found if needs is not None), key=_strength, default=None)


def _of_conditions(formula: All, language: Language) -> Iterator[Needs]:
    """What must be in the file for the text of a metavariable to match an expression."""
    leaves = [leaf for part in (*formula.parts, *formula.inside) for leaf in _leaves(part)]
    for name, needles in needles_in(formula.conditions):
        naming = [leaf for leaf in leaves if name in leaf.text]
        # The content of a text literal may be put together from pieces, or stand elsewhere.
        if naming and all(name in _code_names(leaf, language) for leaf in naming):
            words = [re.escape(word) for word in needles.words]
            yield frozenset(f"(?i:{word})" if needles.caseless else word for word in words)


def _leaves(formula: Formula) -> Iterator[Leaf]:
    """The positive patterns of a formula."""
    if isinstance(formula, Leaf):
        yield formula
        return
    parts = formula.parts if isinstance(formula, Either) else (*formula.parts, *formula.inside)
    for part in parts:
        yield from _leaves(part)


def _code_names(leaf: Leaf, language: Language) -> frozenset[str]:
    return frozenset() if leaf.is_regex else parse_pattern(leaf.text, language).names


def _strength(needs: frozenset[str]) -> tuple[int, int]:
    """How much a requirement leaves out: long words, and few to choose from."""
    return min((len(one) for one in needs), default=0) - len(needs), -len(needs)


def _of_leaf(leaf: Leaf, engine: str, language: Language | None, settings: Mapping[str, Any]) -> Needs:
    if leaf.is_regex or engine == "regex":
        return frozenset((leaf.text,))
    if engine == "generic":
        words = list(plain_words(leaf.text, settings))
        return frozenset((re.escape(max(words, key=len)),)) if words else None
    if language is None:
        return None
    quirks = quirks_of(language.facts or language.name)
    root = parse_pattern(leaf.text, language).root
    words = words_of(root, quirks)
    if quirks.literal_texts or not words or max(map(len, words)) <= _SHORT:
        # Lines of a text may stand otherwise in the file.
        texts = [part for word in words_of(root, quirks, texts=True) for part in word.split()]
        words += [part for part in texts if len(part) > _SHORT and "\\" not in part and not {'"', "'"} & set(part)]
    if not words:
        return None
    word = re.escape(max(words, key=len))
    return frozenset((f"(?i:{word})" if quirks.caseless else word,))
