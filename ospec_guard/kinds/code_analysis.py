"""`code_analysis`: regular expressions in the structure of the code, as the specification has them.

A rule has either `pattern` (with or without `requires`) or `triggers`, a list of such pairs. A match is a violation unless
`requires` is found in its context: `block`, `assignment`, `line` or `file` (`docs/rules.md` explains each).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Annotated, Literal

from ospec_guard.document import Check
from ospec_guard.languages import Assignment, Language, Structure, parse, plain_comments
from ospec_guard.metrics.context import region
from ospec_guard.model import Fix, Gap, Match
from ospec_guard.pattern.fixing import RawFix, Remedy, fix_at, remedy_of
from ospec_guard.pattern.hits import Bound
from ospec_guard.protocols import CompileError, FileView
from ospec_guard.regular import Regex, compile_regex
from ospec_guard.values import replace, value

NAME = "code_analysis"

_READABLE = 60
"""Characters of an expression that a message quotes."""

Context = Literal["block", "assignment", "line", "file"]

_STRUCTURAL = ("block", "assignment")


def _expression(text: str) -> None:
    if compile_regex(text).search(b"") is not None:
        raise ValueError("matches the empty text, so it matches everywhere")


Expression = Annotated[str, Check(_expression, "a regular expression")]


@value
class RawTrigger:
    """One entry of `triggers`, as written."""

    pattern: Expression
    requires: Expression | tuple[Expression, ...] | None = None
    """A list is satisfied by any of its members."""
    context: Context | None = None


@value
class Schema:
    """The keys `code_analysis` adds to a rule, as written."""

    pattern: Expression | None = None
    requires: Expression | tuple[Expression, ...] | None = None
    context: Context | None = None
    triggers: tuple[RawTrigger, ...] = ()
    fix: str | RawFix | None = None
    """What goes in the place of a match of `pattern`, with `$1` for its groups."""


@value
class Trigger:
    """An expression, and what must stand in its context."""

    pattern: str
    requires: str
    """Empty: a match is a violation as such."""
    context: Context
    remedy: Remedy | None = None


@value
class Options:
    triggers: tuple[Trigger, ...]


def compile(raw: Schema) -> Options:  # noqa: A001 - the protocol's word
    """The triggers of a rule, the two ways of writing them made one."""
    if raw.pattern is not None and raw.triggers:
        raise CompileError("'pattern' and 'triggers' exclude each other", "triggers", hint="move the pattern into the triggers")
    if raw.pattern is None and not raw.triggers:
        raise CompileError("expected 'pattern' or a non-empty list of 'triggers'", hint="a rule without either matches nothing")
    if raw.pattern is None and raw.requires is not None:
        raise CompileError("'requires' belongs beside each trigger's 'pattern'", "requires")
    if raw.fix is not None and raw.pattern is None:
        raise CompileError("'fix' belongs to a rule with 'pattern'", "fix", hint="make a rule of the trigger that can be fixed")
    if raw.pattern is not None:
        return Options((replace(_trigger(raw.pattern, raw.requires, raw.context), remedy=_remedy(raw.fix)),))
    return Options(tuple(_trigger(t.pattern, t.requires, t.context or raw.context) for t in raw.triggers))


def _trigger(pattern: str, requires: str | tuple[str, ...] | None, context: Context | None) -> Trigger:
    """Without `requires` and `context` a match counts wherever it stands, in comments too: `TODO` is looked for there."""
    return Trigger(pattern, _any_of(requires), context or ("block" if requires else "file"))


def _remedy(written: str | RawFix | None) -> Remedy | None:
    try:
        return remedy_of(written)
    except ValueError as error:
        raise CompileError(str(error), "fix", "imports") from error


def _any_of(requires: str | tuple[str, ...] | None) -> str:
    if requires is None or isinstance(requires, str):
        return requires or ""
    return "|".join(f"(?:{one})" for one in requires)


def prefilter(options: Options) -> tuple[str, ...]:
    """Every trigger's pattern; in assignments without what it demands of the ends of the name, which are no ends of lines."""
    return tuple(dict.fromkeys(_loosened(t.pattern) if t.context == "assignment" else t.pattern for t in options.triggers))


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Code of every language; not prose, where words like 'class' and 'password' are words."""
    return not language.prose


def check(options: Options, view: FileView) -> Iterable[Match | Gap]:
    """A match for every place where a trigger's requirement is not met, a gap where the text around a match did not parse."""
    for trigger in options.triggers:
        structure = view.structure if trigger.context in _STRUCTURAL else None
        if trigger.context == "assignment" and structure is not None:
            yield from _in_assignments(trigger, view, structure)
        else:
            yield from _in_text(trigger, view, structure)


def explain(options: Options, language: Language | None) -> Sequence[str]:
    """A sentence for each trigger, with the context as it really is for the language."""
    return [_sentence(trigger, language) for trigger in options.triggers]


def _sentence(trigger: Trigger, language: Language | None) -> str:
    context: str = trigger.context
    where = " outside of comments" if context in _STRUCTURAL else ""
    if context in _STRUCTURAL and language is not None and not language.grammar:
        context = f"line (no grammar for {language.name}, so '{context}' falls back to it)"
    elif context == "assignment":
        if language is not None and not parse(language, b"").binds:
            return f"reports nothing in {language.name}, where nothing is assigned"
        where = " in the name of an assignment"
    unless = f" unless /{trigger.requires}/ is found in the same {context}" if trigger.requires else ""
    engine = "RE2" if compile_regex(trigger.pattern).linear else "the regex module, under a time limit"
    return f"reports /{trigger.pattern}/{where}{unless}; runs on {engine}"


def _in_text(trigger: Trigger, view: FileView, structure: Structure | None) -> Iterator[Match | Gap]:
    """Matches anywhere in the text, or, where the context is a part of the code, in code alone."""
    data = view.source.data
    # Where there is no assignment to be seen, the ends of its name cannot be told either.
    pattern = _loosened(trigger.pattern) if trigger.context == "assignment" else trigger.pattern
    requires = compile_regex(trigger.requires) if trigger.requires else None
    is_prose = _prose(trigger, view, structure)
    for found in compile_regex(pattern).finditer(data):
        start, end = _trimmed(data, *found)
        if is_prose(start):
            continue
        if requires is None:
            yield Match(start, end, fix=_fix(trigger, view, (start, end), data, found[0]))
            continue
        broken = _broken(structure, start, end) if structure is not None else None
        if broken is not None:
            yield _unparsed(view, broken)
        elif not any(requires.search(data, *piece) for piece in region(view, trigger.context, start, end)):
            context = trigger.context if structure is not None or trigger.context == "file" else "line"
            yield Match(start, end, detail=_missing(trigger, context), fix=_fix(trigger, view, (start, end), data, found[0]))


def _fix(trigger: Trigger, view: FileView, piece: tuple[int, int], text: bytes, found: int) -> Fix | None:
    """The fix of the match in a piece of the file; it was found in `text`, at `found`."""
    if trigger.remedy is None or (trigger.remedy.imports and view.language.name != "python"):
        return None
    _, spans = next(compile_regex(trigger.pattern).captures(text, found), (None, {}))
    texts = {f"${name}": text[slice(*span)].decode() for name, span in spans.items()}
    groups = {name: Bound(-1, -1, group, group) for name, group in texts.items()}
    return fix_at(trigger.remedy, view.source.data, *piece, groups)


def _missing(trigger: Trigger, context: str) -> str:
    """What a place lacks, as long as people can read it: an expression of many alternatives explains nothing."""
    return f"nothing in this {context} matches '{trigger.requires}'" if len(trigger.requires) <= _READABLE else ""


def _prose(trigger: Trigger, view: FileView, structure: Structure | None) -> Callable[[int], bool]:
    """Whether a byte is in a comment or docstring of which the trigger, looking at code, need not take notice."""
    if structure is not None:
        return structure.is_prose
    if trigger.context not in _STRUCTURAL:
        return lambda _: False
    comments = cache(partial(_whole_line_comments, view))
    return lambda offset: any(start <= offset < end for start, end in comments())


def _whole_line_comments(view: FileView) -> list[tuple[int, int]]:
    """Comments with nothing before them on their line: without a grammar one behind code may be a part of a text."""
    data = view.source.data
    found = plain_comments(view.language, data)
    return [(start, end) for start, end in found if not data[data.rfind(b"\n", 0, start) + 1 : start].strip()]


def _in_assignments(trigger: Trigger, view: FileView, structure: Structure) -> Iterator[Match | Gap]:
    data = view.source.data
    pattern = compile_regex(trigger.pattern)
    requires = compile_regex(trigger.requires) if trigger.requires else None
    loosened = compile_regex(_loosened(trigger.pattern))
    for broken in structure.broken if structure.binds else ():
        if any(not structure.is_prose(start) for start, _ in loosened.finditer(data, *broken)):
            yield _unparsed(view, broken)
    targets = Counter((a.start, a.end) for a in structure.assignments)
    for assignment in structure.assignments:
        start, end = _named(data, assignment)
        found = pattern.search(data[start:end])
        if found is None or _broken(structure, start, end) is not None:
            continue
        alone = targets[assignment.start, assignment.end] == 1
        if requires is not None and _satisfied(requires, view, assignment, alone=alone):
            continue
        detail = _missing(trigger, "assignment") if requires is not None else ""
        first, last = start + found[0], start + found[1]
        yield Match(first, last, detail=detail, fix=_fix(trigger, view, (first, last), data[start:end], found[0]))


def _named(data: bytes, assignment: Assignment) -> tuple[int, int]:
    """What is given a value: of `find("password").hidden` the `.hidden`, for what was called is not assigned."""
    start, end = assignment.target_start, assignment.target_end
    return max(start, data.rfind(b").", start, end) + 1), end


def _satisfied(requires: Regex, view: FileView, assignment: Assignment, *, alone: bool) -> bool:
    """Whether the assignment matches, comments apart: all of it, its type included, when it has one target; else only the
    target and its own value, so that `user, password = hash(user), raw` does not pass by its neighbour's hash.
    """
    if alone:
        text = _uncommented(view, assignment.start, assignment.end)
    else:
        target = _uncommented(view, assignment.target_start, assignment.target_end)
        text = target + b" = " + _uncommented(view, assignment.value_start, assignment.value_end)
    return requires.search(text) is not None


def _uncommented(view: FileView, start: int, end: int) -> bytes:
    return b" ".join(view.source.data[slice(*piece)] for piece in region(view, "assignment", start, end))


def _broken(structure: Structure, start: int, end: int) -> tuple[int, int] | None:
    return next(((s, e) for s, e in structure.broken if s < end and start < e), None)


def _unparsed(view: FileView, region: tuple[int, int]) -> Gap:
    span = view.source.span(*region)
    lines = f"line {span.line}" if span.line == span.end_line else f"lines {span.line} to {span.end_line}"
    return Gap("gap/parse", view.path, f"{lines} did not parse, and the rule could match there", span)


def _loosened(pattern: str) -> str:
    """The expression without what it demands of the places before and behind: whatever it finds in a name cut out of a text,
    this finds in the text. Expressions RE2 cannot express stay as they are; nothing is decided by those beforehand.
    """
    loosened = _PIECE.sub(lambda piece: "(?:)" if piece[0] in _DEMANDS else piece[0], pattern)
    return loosened if compile_regex(pattern).linear else pattern


# A quotation, an escape, a class of characters, or any single character.
_PIECE = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|.", re.DOTALL)
_DEMANDS = frozenset({"^", "$", "\\A", "\\z", "\\b", "\\B"})


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    """A match without white space around, so that its place is its first word; one of white space alone stays whole."""
    found = data[start:end]
    left, right = len(found) - len(found.lstrip()), len(found) - len(found.rstrip())
    return (start + left, end - right) if left < len(found) else (start, end)
