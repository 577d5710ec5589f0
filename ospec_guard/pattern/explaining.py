"""How a formula is looked for, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ospec_guard.languages import LANGUAGES, Language, by_name
from ospec_guard.pattern.fixing import Remedy
from ospec_guard.pattern.formula import (
    All,
    Analysis,
    Comparison,
    Condition,
    Either,
    Formula,
    HasType,
    Leaf,
    MatchesFormula,
    MatchesRegex,
)

_ENGINES = {
    "code": "patterns of code on syntax trees",
    "generic": "patterns of plain text",
    "regex": "regular expressions",
}
_LONGEST = 60
"""Characters of a pattern that are shown."""


def outline(engine: str) -> tuple[str, ...]:
    """What runs."""
    return (f"engine: {_ENGINES.get(engine, engine)}",)


def parts(formula: Formula, engine: str, languages: Sequence[str], settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What a formula is made of, a line each, indented as it is nested: patterns with what anchors them, conditions, focus."""
    known = [LANGUAGES[name] for name in languages if name in LANGUAGES]
    lines = list(_described(formula, "", engine, known, settings))
    return (*lines, *(f"option {name}: {_plain(given)}" for name, given in settings.items()))


def remedy(given: Remedy) -> str:
    """What a fix does, in a line."""
    safety = "safe: --fix applies it" if given.safe else "not called safe: --unsafe-fixes applies it"
    needs = f"; imports: {', '.join(given.imports)}" if given.imports else ""
    if given.regex is not None:
        regex, replacement, count = given.regex
        often = f"{count} times at most" if count else "everywhere"
        return f"fix: /{regex}/ becomes '{replacement}', {often} in the match; {safety}"
    return f"fix: {shown(given.template or '') or 'the match is deleted'}; {safety}{needs}"


def walked(formula: Formula) -> Iterator[tuple[str, Formula]]:
    """The parts directly inside of a formula, with the operators they stand under, in the order of evaluation."""
    if isinstance(formula, Either):
        yield from (("", part) for part in formula.parts)
    elif isinstance(formula, All):
        for name, found in (
            ("", formula.parts),
            ("inside", formula.inside),
            ("not", formula.without),
            ("not-inside", formula.outside),
        ):
            yield from ((name, part) for part in found)


def name_of(formula: Formula, role: str) -> str:
    """The operator that a part of a formula stands for, and its line if that is known."""
    if isinstance(formula, Leaf):
        name = f"pattern-{role}" if role else "pattern"
        if formula.is_regex:
            name = f"{name}-regex" if role in ("", "not") else f"{name}: pattern-regex"
        return f"{name} (line {formula.line})" if formula.line else name
    name = "pattern-either" if isinstance(formula, Either) else "patterns"
    return f"pattern-{role}: {name}" if role else name


def shown(text: str) -> str:
    """A pattern in a line."""
    line = " ⏎ ".join(" ".join(one.split()) for one in text.strip().splitlines())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def lacking(leaf: Leaf, engine: str, language: Language, data: bytes, settings: Mapping[str, Any]) -> str:
    """The word that a leaf needs and a text lacks; empty: none that is known."""
    if leaf.is_regex:
        return ""
    words: Sequence[str]
    if engine == "code":
        from ospec_guard.pattern.parse import parse_pattern

        words = parse_pattern(leaf.text, language).words
    else:
        from ospec_guard.pattern.plaintext import required

        words = required(leaf.text, settings)
    text = data.decode(errors="replace")
    gone = [word for word in words if word not in text]
    return f"'{gone[0]}' is not in the file" if gone else "a word it needs is not in the file"


def told(condition: Condition) -> str:
    """A condition, in words."""
    subject = condition.metavariable
    if isinstance(condition, MatchesRegex):
        constants = ", constants known" if condition.constants else ""
        return f"metavariable-regex: {subject} matches /{shown(condition.regex)}/{constants}"
    if isinstance(condition, MatchesFormula):
        language = f" as {condition.language}" if condition.language else ""
        return f"metavariable-pattern: in {subject}{language}"
    if isinstance(condition, Comparison):
        return f"metavariable-comparison: {shown(condition.expression)}"
    if isinstance(condition, Analysis):
        return f"metavariable-analysis: {condition.analyzer} of {subject}"
    if isinstance(condition, HasType):
        return f"metavariable-type: {subject} is {' or '.join(condition.types)}"
    modules = f" of {' or '.join(condition.modules)}" if condition.modules else ""
    return f"metavariable-name: {subject} names something{modules}"


def _described(
    formula: Formula, role: str, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]
) -> Iterator[str]:
    """A formula and all that is in it."""
    name = name_of(formula, role)
    if isinstance(formula, Leaf):
        yield f"{name}: {shown(formula.text)}: {_anchors(formula, engine, languages, settings)}"
        return
    yield f"{name}:"
    for inner, part in walked(formula):
        yield from _indented(_described(part, inner, engine, languages, settings))
    if isinstance(formula, All):
        for condition in formula.conditions:
            yield from _indented(_conditional(condition, engine, languages, settings))
        yield from (f"  focus-metavariable: {' or '.join(names)}" for names in formula.focus)


def _conditional(
    condition: Condition, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]
) -> Iterator[str]:
    from ospec_guard.pattern.support import approximation

    how = dict.fromkeys(approximation(condition, one.facts or one.name) for one in languages)
    notes = "".join(f" (approximated: {note})" for note in how if note)
    yield told(condition) + notes
    if isinstance(condition, MatchesFormula):
        inner, others = engine, languages
        if condition.language:
            found = by_name(condition.language)
            inner, others = ("code", [found]) if found is not None and found.grammar else (condition.language, [])
        yield from _indented(_described(condition.formula, "", inner, others, settings))


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _anchors(leaf: Leaf, engine: str, languages: Sequence[Language], settings: Mapping[str, Any]) -> str:
    """What leads to the places at which a leaf is tried: by language, where they differ."""
    if leaf.is_regex or engine in ("regex", "none"):
        from ospec_guard.regular import compile_regex

        return "searched for in the whole text, " + ("on RE2" if compile_regex(leaf.text).linear else "on the slower engine")
    if engine != "code":
        from ospec_guard.pattern.plaintext import required

        words = required(leaf.text, settings)
        return f"tried in texts that hold {_listed(words)}" if words else "tried in every text"
    by_language = {one.name: _anchor(leaf, one) for one in languages}
    if len(set(by_language.values())) == 1:
        return next(iter(by_language.values()))
    return "; ".join(f"{name}: {anchor}" for name, anchor in by_language.items())


def _anchor(leaf: Leaf, language: Language) -> str:
    from ospec_guard.pattern.parse import parse_pattern
    from ospec_guard.pattern.quirks import quirks_of
    from ospec_guard.pattern.search import kinds_of

    pattern = parse_pattern(leaf.text, language)
    if pattern.words:
        return f"tried near {_listed(tuple(dict.fromkeys(pattern.words)))}"
    if pattern.root.kind in ("stmts", "exprstmt", "..."):
        return "tried at every sequence of statements"
    kinds = kinds_of(pattern.root, quirks_of(language.facts or language.name))
    return f"tried at every {' and '.join(sorted(kinds))}" if kinds is not None else "tried at every expression"


def _listed(words: Sequence[str]) -> str:
    """Words of which the rarest is taken."""
    return f"'{words[0]}'" if len(words) == 1 else f"the rarest of {', '.join(repr(word) for word in words)}"


def _plain(given: Any) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)
