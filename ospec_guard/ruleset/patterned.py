"""What rules with patterns have besides them, Semgrep's and ours alike: languages, options, fixes, messages with metavariables.

Puts it all together into compiled options of the kind `ast_pattern`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.kinds import ast_pattern
from ospec_guard.languages import LANGUAGES
from ospec_guard.model import Notice, Place
from ospec_guard.pattern.flow.spec import Taint
from ospec_guard.pattern.formula import Either, Formula, Leaf, MatchesFormula
from ospec_guard.pattern.options import refusal
from ospec_guard.protocols import CompileError, UnsupportedError
from ospec_guard.regular import InvalidRegexError, compile_regex
from ospec_guard.ruleset.operators import TOP, Reader, place_in
from ospec_guard.ruleset.tainting import KEYS as TAINT_KEYS
from ospec_guard.ruleset.tainting import read_taint

KEYS = (*TOP, "mode", *TAINT_KEYS, "options", "fix", "fix-regex")
"""The keys that patterns bring to a rule."""

ANY_TEXT = "generic"
"""The language of the engine's rules that look at any text."""

_ENGINES = {"generic": "generic", "spacegrep": "generic", "aliengrep": "generic", "regex": "regex", "none": "regex"}
"""Names of languages that are ways of looking at any text."""

_MENTIONED = re.compile(r"\$(?:\.\.\.)?[A-Z_]|\$[0-9]|value\(\$")


_Option = bool | int | float | str | tuple[Any, ...]


@dataclass(frozen=True)
class RawFixRegex:
    regex: str
    replacement: str
    count: int = 0


@dataclass(frozen=True)
class RawFix:
    """A fix of a rule of ours that says more than its text."""

    replace: str
    safe: bool = False
    """Whether the program means the same afterwards."""
    imports: str | tuple[str, ...] = ()
    """Import statements that the text needs."""


def engine_of(names: Sequence[str]) -> str:
    """How a rule with such `languages` looks at a file: `code`, or at any text as `generic` or `regex`."""
    return next((_ENGINES[name.lower()] for name in names if name.lower() in _ENGINES), "code")


def read_options(
    reader: Reader, rule: Document, *, languages: tuple[str, ...], engine: str, message: str, ours: bool = False
) -> ast_pattern.Options | None:
    """The compiled options of a rule; None where there are none, and the reader knows why.

    `languages` are canonical names, or Semgrep's where we have none: what runs in some of them is a gap in the others, and the
    options say in which it runs. `ours`: `fix` may be a mapping that says whether it is safe.
    """
    mode = rule.value.get("mode", "search")
    if mode not in ("search", "taint"):
        reader.wrong(rule.at("mode"), f"unknown mode '{mode}'", "one of search, taint")
    is_taint = mode == "taint"
    for key in TAINT_KEYS if not is_taint else ():
        if key in rule.value:
            reader.wrong(rule.at(key), f"'{key}' is for rules in taint mode", "add 'mode: taint'")
    formula: Formula | Taint | None = read_taint(reader, rule) if is_taint else reader.formula(rule)
    settings = _settings(reader, rule)
    fix = _fix(reader, rule, ours=ours)
    fix_regex = _fix_regex(reader, rule)
    if len(reader) or formula is None:
        return None
    place = rule.place()
    able = languages
    if engine == "code":
        regexes = not isinstance(formula, Taint) and _only_regexes(formula)
        able = tuple(name for name in languages if name in LANGUAGES and (regexes or LANGUAGES[name].grammar))
        engine = "code" if all(LANGUAGES[name].grammar for name in able) else "regex"
        others = "; for its other languages it did" if able else ""
        for name in languages:
            if name not in able:
                reader.cannot(rule.at("languages"), f"there is no grammar for {name}{others}")
    if not able:
        return None
    if isinstance(formula, Taint) and engine != "code":
        reader.cannot(rule.at("languages"), "values cannot be followed through a text without a grammar")
        return None
    if fix is not None and engine == "code":
        from ospec_guard.pattern.requirements import unbound

        binding = formula.needed if isinstance(formula, Taint) else formula
        _check_fix(reader, rule, unbound(fix.replace, binding, [LANGUAGES[name] for name in able]), ours=ours)
    try:
        return ast_pattern.options_of(
            formula,
            languages=able,
            engine=engine,
            message=message if _MENTIONED.search(message) else "",
            settings=settings,
            fix=fix.replace if fix else None,
            fix_regex=fix_regex,
            safe_fix=fix is not None and fix.safe,
            imports=_texts(fix.imports) if fix else (),
            place=place.path,
            line=place.line,
        )
    except UnsupportedError as error:
        told = Place(place.path, error.line or place.line, 0 if error.line else place.column)
        exact = reader.place_in(error.text, error.line, error.offset) if error.text else None
        reader.unsupported.append((str(error), exact or told))
    except CompileError as error:
        if ours:
            reader.wrong(rule.at(*error.keys), str(error), error.hint)
        else:
            # Semgrep's expressions are PCRE's: one that is none here may be one there.
            reader.cannot(rule.at(*error.keys), str(error))
    return None


def _only_regexes(formula: Formula) -> bool:
    """Whether nothing in it is a pattern of code."""
    if isinstance(formula, Leaf):
        return formula.is_regex
    if isinstance(formula, Either):
        return all(_only_regexes(part) for part in formula.parts)
    found = (*formula.parts, *formula.inside, *formula.without, *formula.outside)
    inner = [condition.formula for condition in formula.conditions if isinstance(condition, MatchesFormula)]
    return all(_only_regexes(part) for part in (*found, *inner))


def _settings(reader: Reader, rule: Document) -> tuple[tuple[str, Any], ...]:
    """Semgrep's `options:`, sorted; lists are tuples."""
    if "options" not in rule.value:
        return ()
    made: dict[str, Any] | None = reader.validated(rule.at("options"), dict[str, _Option])
    for name, given in (made or {}).items():
        why = refusal(name, given)
        if why:
            reader.cannot(rule.at("options", name), why)
    return tuple(sorted(((name, _frozen(given)) for name, given in (made or {}).items()), key=lambda pair: pair[0]))


def _frozen(given: Any) -> Any:
    return tuple(_frozen(item) for item in given) if isinstance(given, list | tuple) else given


def _fix(reader: Reader, rule: Document, *, ours: bool) -> RawFix | None:
    """The fix as written; an empty text is one too: it takes the match away."""
    if "fix" not in rule.value:
        return None
    made: str | RawFix | None = reader.validated(rule.at("fix"), str | RawFix if ours else str)
    return RawFix(made) if isinstance(made, str) else made


def _check_fix(reader: Reader, rule: Document, names: Sequence[tuple[str, int]], *, ours: bool) -> None:
    """Tells of metavariables of a fix that nothing binds. Semgrep writes them into the file as they are, and so do we."""
    part = rule.at("fix") if isinstance(rule.value["fix"], str) else rule.at("fix", "replace")
    for name, at in names:
        place = place_in(part, at)
        if ours:
            reader.problems.append(Problem(f"no pattern binds {name}, which the fix writes", place, "bind it, or leave it out"))
        else:
            message = f"no pattern binds {name}, so that the fix of the rule '{rule.value['id']}' writes it as it is"
            reader.notices.append(
                Notice("notice/unbound-metavariable", message, place, "bind it in a pattern, or leave it out")
            )


def _texts(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written


def _fix_regex(reader: Reader, rule: Document) -> tuple[str, str, int] | None:
    if "fix-regex" not in rule.value:
        return None
    made = reader.validated(rule.at("fix-regex"), RawFixRegex)
    if made is None:
        return None
    if made.count < 0:
        reader.wrong(rule.at("fix-regex", "count"), f"expected how often to replace, got {made.count}", "0 is: everywhere")
    try:
        compile_regex(made.regex)
    except InvalidRegexError as error:
        reader.cannot(rule.at("fix-regex", "regex"), f"invalid regular expression: {error}")
    return made.regex, made.replacement, made.count
