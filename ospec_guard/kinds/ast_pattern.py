"""`ast_pattern`: Semgrep's pattern language, in rules of our own and in Semgrep's.

What a rule asks for arrives as a formula: `ruleset.operators` reads it, since it knows where everything is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from ospec_guard.languages import LANGUAGES, Language
from ospec_guard.model import Fix, Gap, Match
from ospec_guard.pattern.flow.spec import Taint
from ospec_guard.pattern.flow.spec import decode as decode_taint
from ospec_guard.pattern.flow.spec import encode as encode_taint
from ospec_guard.pattern.formula import Formula, Leaf, decode, encode
from ospec_guard.protocols import CompileError, FileView
from ospec_guard.regular import compile_regex
from ospec_guard.values import replace, value

NAME = "ast_pattern"

_DEEPEST = 5000
"""Frames. Code is matched by functions that call themselves: sums of a thousand texts and chains of `else if` are real, and
Python's own limit is met at 250 of them. Beyond, the rule is a gap in the file."""


@value
class Schema:
    """Empty: the keys of such rules are `ruleset.operators.KEYS`, and are checked where they are read."""


@value
class Options:
    """A compiled rule."""

    engine: str
    """`code`, `generic` (plain text, by Semgrep's spacegrep), or `regex`."""
    formula: str
    """As `formula.encode` writes it: decoded when a file may match, so that thousands of rules cost little."""
    message: str = ""
    """A template with `$X`, `$...ARGS` and `$1`; empty: the rule's message as it is."""
    settings: tuple[tuple[str, Any], ...] = ()
    """Semgrep's `options:`, sorted; lists are tuples."""
    required: tuple[str, ...] = ()
    """Expressions of which one must match."""
    fix: str | None = None
    """A template."""
    fix_regex: tuple[str, str, int] | None = None
    """Expression, replacement, how often (0: everywhere)."""
    safe_fix: bool = False
    imports: tuple[str, ...] = ()
    """Import statements that the text of the fix needs."""
    languages: tuple[str, ...] = ()
    """Canonical names."""
    place: str = ""
    line: int = 0
    taint: bool = False
    """`formula` is what `flow.spec.encode` writes: values are followed from sources to sinks."""


def options_of(
    formula: Formula | Taint,
    *,
    languages: Sequence[str],
    engine: str = "code",
    message: str = "",
    settings: tuple[tuple[str, Any], ...] = (),
    fix: str | None = None,
    fix_regex: tuple[str, str, int] | None = None,
    safe_fix: bool = False,
    imports: tuple[str, ...] = (),
    place: str = "",
    line: int = 0,
) -> Options:
    """The compiled options of a rule. Raises UnsupportedError for what cannot run here, CompileError for what can never."""
    from ospec_guard.pattern.requirements import required, validated

    known = [LANGUAGES[name] for name in languages if name in LANGUAGES]
    is_taint = isinstance(formula, Taint)
    for one in formula.formulas if isinstance(formula, Taint) else (formula,):
        validated(one, engine, known, dict(settings))
    words = required(formula.needed if isinstance(formula, Taint) else formula, engine, known, dict(settings))
    return Options(
        engine,
        _encoded(formula, known if engine == "code" else ()),
        message,
        settings,
        words,
        fix,
        fix_regex,
        safe_fix,
        imports,
        tuple(languages),
        place,
        line,
        is_taint,
    )


def _encoded(formula: Formula | Taint, languages: Sequence[Language]) -> str:
    write: Any = encode_taint if isinstance(formula, Taint) else encode
    text: str = write(formula, (lambda leaf: _compiled(leaf, languages)) if languages else None)
    return text


def _compiled(leaf: Leaf, languages: Sequence[Language]) -> dict[str, Any]:
    """A pattern in the languages of its rule, by grammar."""
    from ospec_guard.pattern.packing import pack
    from ospec_guard.pattern.parse import parse_pattern

    if leaf.is_regex:
        return {}
    return {language.facts or language.name: pack(parse_pattern(leaf.text, language)) for language in languages}


def compile(raw: Any) -> Options:  # noqa: A001 - the protocol's word
    """Not the way here: `options_of` is."""
    raise CompileError(f"patterns are read with their places, not from {raw!r}")


def prefilter(options: Options) -> tuple[str, ...]:
    return options.required


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001 - such rules name languages
    return False


def prepare(options: Options, view: FileView) -> None:
    """Parses the file, which is nobody's fault and serves all rules."""
    # Here and not when the module is loaded: what else runs in the process may have set the limit back.
    if sys.getrecursionlimit() < _DEEPEST:
        sys.setrecursionlimit(_DEEPEST)
    _finder(options, view)


@lru_cache(maxsize=4096)
def _formula(text: str) -> Formula:
    return decode(text)


@lru_cache(maxsize=4096)
def _taint(text: str) -> Taint:
    return decode_taint(text)


def check(options: Options, view: FileView) -> Iterable[Match | Gap]:
    from ospec_guard.pattern.evaluate import evaluate

    finder = _finder(options, view)
    if finder is None:
        yield Gap("gap/parse", view.path, f"the whole file could not be read as {view.language.name}")
        return
    if options.engine == "code":
        yield from _unseen(options, view)
    seen: set[tuple[int, int, str]] = set()
    if options.taint:
        matches = list(_flows(options, view, finder))
    else:
        matches = [_match(options, view, hit) for hit in evaluate(_formula(options.formula), finder)]
    for match in sorted(matches, key=_order):
        key = _order(match)
        if key not in seen:
            seen.add(key)
            yield match


def _flows(options: Options, view: FileView, finder: Any) -> Iterator[Match]:
    from ospec_guard.pattern.flow.following import follow

    for flow in follow(_taint(options.formula), finder, view.kept["code"], dict(options.settings)):
        yield replace(_match(options, view, flow.hit), steps=flow.steps)


def _order(match: Match) -> tuple[int, int, str]:
    """Where a match is and what it says, by which matches are told apart."""
    return match.start, match.end, match.message


def _finder(options: Options, view: FileView) -> Any:
    """What finds the leaves in the file; None where its grammar got lost in it."""
    kept = view.kept
    key = ("finder", options.settings)
    if options.engine == "code" and key in kept:
        return kept[key]
    from ospec_guard.pattern.finder import CodeFinder, TextFinder, code_of

    settings = dict(options.settings)
    if options.engine != "code":
        return TextFinder(view.source.data, settings, patterns=options.engine == "generic")
    structure = view.structure
    if structure is None or structure.lost:
        return None
    if "code" not in kept:
        kept["code"] = code_of(structure, view.language)
    kept[key] = CodeFinder(kept["code"], view.language, settings, {})
    return kept[key]


def _unseen(options: Options, view: FileView) -> Iterator[Gap]:
    """Regions that did not parse and hold what a match needs."""
    structure = view.structure
    for start, end in structure.broken if structure is not None else ():
        if not options.required or any(compile_regex(one).search(view.source.data, start, end) for one in options.required):
            span = view.source.span(start, end)
            yield Gap("gap/parse", view.path, "did not parse, and the rule could match here", span)


def _match(options: Options, view: FileView, hit: Any) -> Match:
    message = _rendered(options.message, hit.bindings) if options.message else ""
    return Match(hit.start, hit.end, message, fix=_fix(options, view, hit))


def _rendered(template: str, bindings: Any) -> str:
    from ospec_guard.pattern.fixing import rendered

    return rendered(template, bindings)


def _fix(options: Options, view: FileView, hit: Any) -> Fix | None:
    remedy = _remedy(options)
    if remedy is None:
        return None
    from ospec_guard.pattern.fixing import fix_at

    code = view.kept.get("code") if options.engine == "code" else None
    if code is None:
        return fix_at(remedy, view.source.data, hit.start, hit.end, hit.bindings)
    from ospec_guard.pattern.bracketing import fitted

    return fix_at(
        remedy, view.source.data, hit.start, hit.end, hit.bindings, lambda pieces, start, end: fitted(pieces, code, start, end)
    )


def _remedy(options: Options) -> Any:
    if options.fix is None and options.fix_regex is None:
        return None
    from ospec_guard.pattern.fixing import Remedy

    return Remedy(options.fix, options.fix_regex, options.safe_fix, options.imports)


def explain(options: Options, language: Language | None) -> Sequence[str]:
    from ospec_guard.pattern.explaining import outline, parts, remedy

    lines = [*outline(options.engine)]
    if language is None:
        for name, formula in _sides(options):
            lines += [name] if name else []
            lines += parts(formula, options.engine, options.languages, dict(options.settings))
        found = _remedy(options)
        lines += [remedy(found)] if found is not None else []
    return lines


def trace(options: Options, view: FileView) -> Sequence[str]:
    """What each part of the rule finds in a file, and what becomes of it, for people, a line each."""
    from ospec_guard.pattern.explaining import lacking
    from ospec_guard.pattern.tracing import traced

    finder = _finder(options, view)
    if finder is None:
        return (f"the whole file could not be read as {view.language.name}",)
    data, settings = view.source.data, dict(options.settings)

    def missing(leaf: Leaf) -> str:
        return "" if finder.possible(leaf) else lacking(leaf, options.engine, view.language, data, settings)

    lines: list[str] = []
    try:
        for name, formula in _sides(options):
            lines += [name] if name else []
            lines += traced(formula, finder, lambda offset: view.source.span(offset, offset).line, missing)
    except RecursionError:
        return ("the file is nested too deeply for the rule",)
    return lines


def _sides(options: Options) -> list[tuple[str, Formula]]:
    """What a rule looks for, with what it is to a rule in taint mode."""
    if not options.taint:
        return [("", _formula(options.formula))]
    taint = _taint(options.formula)
    sides: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("source", taint.sources),
        ("sanitizer", taint.sanitizers),
        ("propagator", taint.propagators),
        ("sink", taint.sinks),
    )
    return [(f"{name}:", one.formula) for name, entries in sides for one in entries]
