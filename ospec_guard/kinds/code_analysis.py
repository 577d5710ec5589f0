"""`code_analysis`: regular expressions in the structure of the code, as the specification has them.

A rule has either `pattern` (with or without `requires`) or `triggers`, a list of such pairs. A match is a violation unless
`requires` is found in its context: `block`, `assignment`, `line` or `file` (`docs/rules.md` explains each).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from ospec_guard.document import Check
from ospec_guard.languages import Assignment, Language, Structure
from ospec_guard.metrics.context import region
from ospec_guard.model import Gap, Match
from ospec_guard.protocols import CompileError, FileView
from ospec_guard.regular import Regex, compile_regex
from ospec_guard.values import value

NAME = "code_analysis"

Context = Literal["block", "assignment", "line", "file"]


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


@value
class Trigger:
    """An expression, and what must stand in its context."""

    pattern: str
    requires: str
    """Empty: a match is a violation as such."""
    context: Context


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
    if raw.pattern is not None:
        return Options((Trigger(raw.pattern, _any_of(raw.requires), raw.context or "block"),))
    default = raw.context or "block"
    return Options(tuple(Trigger(t.pattern, _any_of(t.requires), t.context or default) for t in raw.triggers))


def _any_of(requires: str | tuple[str, ...] | None) -> str:
    if requires is None or isinstance(requires, str):
        return requires or ""
    return "|".join(f"(?:{one})" for one in requires)


def prefilter(options: Options) -> tuple[str, ...]:
    """Every trigger's pattern; none when one is anchored to the ends of an assigned name, which are no ends of lines."""
    if any(t.context == "assignment" and _anchored(t.pattern) for t in options.triggers):
        return ()
    return tuple(dict.fromkeys(t.pattern for t in options.triggers))


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Code of every language; not prose, where words like 'class' and 'password' are words."""
    return not language.prose


def check(options: Options, view: FileView) -> Iterable[Match | Gap]:
    """A match for every place where a trigger's requirement is not met, a gap where the text around a match did not parse."""
    for trigger in options.triggers:
        structure = view.structure
        if trigger.context == "assignment" and structure is not None:
            yield from _in_assignments(trigger, view, structure)
        else:
            yield from _in_text(trigger, view, structure)


def explain(options: Options, language: Language | None) -> Sequence[str]:
    """A sentence for each trigger, with the context as it really is for the language."""
    lines = []
    for trigger in options.triggers:
        what = f"reports /{trigger.pattern}/"
        context: str = trigger.context
        if context in ("block", "assignment") and language is not None and not language.grammar:
            context = f"line (no grammar for {language.name}, so '{trigger.context}' falls back to it)"
        where = " in the name of an assignment" if context == "assignment" else ""
        unless = f" unless /{trigger.requires}/ is found in the same {context}" if trigger.requires else f" (context: {context})"
        engine = "RE2" if compile_regex(trigger.pattern).linear else "the regex module, under a time limit"
        lines.append(f"{what}{where}{unless}; runs on {engine}")
    return lines


def _in_text(trigger: Trigger, view: FileView, structure: Structure | None) -> Iterator[Match | Gap]:
    """Matches anywhere in the text; with `requires` in a block only in code, for a comment has no block to look in."""
    data = view.source.data
    structural = structure if trigger.requires and trigger.context == "block" else None
    requires = compile_regex(trigger.requires) if trigger.requires else None
    for start, end in compile_regex(trigger.pattern).finditer(data):
        if structural is not None:
            if structural.is_prose(start):
                continue
            broken = _broken(structural, start, end)
            if broken is not None:
                yield _unparsed(view, broken)
                continue
        if requires is None:
            yield Match(start, end)
        elif not any(requires.search(data, *piece) for piece in region(view, trigger.context, start, end)):
            context = trigger.context if structure is not None or trigger.context == "file" else "line"
            yield Match(start, end, detail=f"nothing in this {context} matches '{trigger.requires}'")


def _in_assignments(trigger: Trigger, view: FileView, structure: Structure) -> Iterator[Match | Gap]:
    data = view.source.data
    pattern = compile_regex(trigger.pattern)
    requires = compile_regex(trigger.requires) if trigger.requires else None
    for start, end in pattern.finditer(data):
        broken = _broken(structure, start, end)
        if broken is not None and not structure.is_prose(start):
            yield _unparsed(view, broken)
    targets = Counter((a.start, a.end) for a in structure.assignments)
    for assignment in structure.assignments:
        name = data[assignment.target_start : assignment.target_end]
        found = pattern.search(name)
        start, end = assignment.target_start, assignment.target_end
        if found is None or _broken(structure, start, end) is not None:
            continue
        alone = targets[assignment.start, assignment.end] == 1
        if requires is not None and _satisfied(requires, view, assignment, alone=alone):
            continue
        detail = f"nothing in this assignment matches '{trigger.requires}'" if requires is not None else ""
        yield Match(start + found[0], start + found[1], detail=detail)


def _satisfied(requires: Regex, view: FileView, assignment: Assignment, *, alone: bool) -> bool:
    """Whether the assignment matches, comments apart: all of it, its type included, when it has one target; else only the
    target and its own value, so that `user, password = hash(user), raw` does not pass by its neighbour's hash.
    """
    if alone:
        pieces = [(assignment.start, assignment.end)]
    else:
        pieces = [(assignment.target_start, assignment.target_end), (assignment.value_start, assignment.value_end)]
    uncommented = (part for piece in pieces for part in region(view, "assignment", *piece))
    return any(requires.search(view.source.data, *part) for part in uncommented)


def _broken(structure: Structure, start: int, end: int) -> tuple[int, int] | None:
    return next(((s, e) for s, e in structure.broken if s < end and start < e), None)


def _unparsed(view: FileView, region: tuple[int, int]) -> Gap:
    span = view.source.span(*region)
    return Gap("gap/parse", view.path, f"lines {span.line} to {span.end_line} did not parse, and the rule could match there", span)


def _anchored(pattern: str) -> bool:
    return any(mark in pattern for mark in ("^", "$", "\\A", "\\z", "\\Z"))
