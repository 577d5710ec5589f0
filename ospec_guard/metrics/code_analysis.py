"""`code_analysis`: the share of an expression's matches in whose context another expression is found.

Counts matches in code, not those in comments and docstrings. What lies in a region that did not parse is counted neither way:
it is told in `Tally.details` under `metrics.UNPARSED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from ospec_guard.document import Check
from ospec_guard.languages import Language, Structure, plain_comments
from ospec_guard.metrics import UNPARSED
from ospec_guard.metrics.context import region
from ospec_guard.model import MetricScore, Offender
from ospec_guard.protocols import Asset, FileView, Tally
from ospec_guard.regular import compile_regex
from ospec_guard.values import value

NAME = "code_analysis"


def _expression(text: str) -> None:
    if compile_regex(text).search(b"") is not None:
        raise ValueError("matches the empty text, so it matches everywhere")


Expression = Annotated[str, Check(_expression, "a regular expression")]


@value
class Schema:
    """The keys `code_analysis` adds to a metric, as written."""

    pattern: Expression
    requires: Expression
    context: Literal["block", "assignment", "line", "file"] = "block"


@value
class Options:
    pattern: str
    requires: str
    context: str


def compile(raw: Schema) -> Options:  # noqa: A001 - the protocol's word
    """The options as they are: the schema has checked all there is to check."""
    return Options(raw.pattern, raw.requires, raw.context)


def prefilter(options: Options) -> tuple[str, ...]:
    """The pattern; none for names of assignments, whose ends a pattern may be anchored to and which are no ends of lines."""
    return () if options.context == "assignment" else (options.pattern,)


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Code of every language; not prose."""
    return not language.prose


def measure(options: Options, view: FileView) -> Tally | None:
    """The matches of one file, and those of them whose context has what is required."""
    requires, data = compile_regex(options.requires), view.source.data
    broken = _broken(options, view)
    good, offenders = 0, []
    for start, end, around in _matches(options, view):
        if _inside(broken, start, end) is not None:
            continue
        if any(requires.search(data, *piece) for piece in region(view, options.context, *around)):
            good += 1
        else:
            offenders.append(_offender(options, view, start, end))
    unparsed = tuple((UNPARSED, str(line)) for line in _unparsed(options, view, broken))
    if not good and not offenders and not unparsed:
        return None
    return Tally(good, good + len(offenders), tuple(offenders), unparsed)


def folders(options: Options) -> tuple[str, ...]:  # noqa: ARG001
    """None: not a metric of the build."""
    return ()


def measure_assets(options: Options, assets: Sequence[Asset]) -> Tally | None:  # noqa: ARG001
    """Nothing: not a metric of the build."""
    return None


def score(options: Options, tallies: Sequence[tuple[str, Tally]]) -> MetricScore:
    """The share over all files; None when nothing matched anywhere."""
    good, total = sum(t.good for _, t in tallies), sum(t.total for _, t in tallies)
    return MetricScore(
        id="",
        description="",
        kind=NAME,
        score=good / total if total else None,
        target=None,
        threshold=None,
        measured=f"{good:g} of {total:g} matches" if total else "",
        offenders=tuple(sorted((o for _, t in tallies for o in t.offenders), key=lambda o: o.sort_key)),
        note="" if total else f"nothing matched '{options.pattern}'",
    )


def _matches(options: Options, view: FileView) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Start and end of each match in code, and of what the context is taken around: the match, or its assignment."""
    pattern, data, structure = compile_regex(options.pattern), view.source.data, view.structure
    if options.context == "assignment" and structure is not None:
        for one in structure.assignments:
            found = pattern.search(data[one.target_start : one.target_end])
            if found is not None:
                yield one.target_start + found[0], one.target_start + found[1], (one.start, one.end)
        return
    comments = () if structure is not None else plain_comments(view.language, data)
    for start, end in pattern.finditer(data):
        if not _in_prose(structure, comments, start):
            yield start, end, (start, end)


def _in_prose(structure: Structure | None, comments: tuple[tuple[int, int], ...], offset: int) -> bool:
    if structure is not None:
        return structure.is_prose(offset)
    return any(start <= offset < end for start, end in comments)


def _broken(options: Options, view: FileView) -> tuple[tuple[int, int], ...]:
    """The regions that did not parse and that could hold what is counted, if the context needs the parsed text."""
    structure = view.structure if options.context in {"block", "assignment"} else None
    if structure is None or (options.context == "assignment" and not structure.binds):
        return ()
    return structure.broken


def _inside(regions: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int] | None:
    return next(((first, last) for first, last in regions if first < end and start < last), None)


def _unparsed(options: Options, view: FileView, broken: tuple[tuple[int, int], ...]) -> list[int]:
    """First lines of the broken regions in which the pattern matches outside of prose."""
    found = []
    for start, end in compile_regex(options.pattern).finditer(view.source.data) if broken else ():
        hit = _inside(broken, start, end)
        if hit is not None and not _in_prose(view.structure, (), start):
            found.append(view.source.line_of(hit[0]))
    return list(dict.fromkeys(found))


def _offender(options: Options, view: FileView, start: int, end: int) -> Offender:
    span = view.source.span(start, end)
    text = view.source.data[start:end].decode(errors="replace").split("\n", 1)[0].strip()
    inside = view.structure.definition(start) if view.structure is not None else ""
    where = f"in '{inside}'" if inside else f"at '{text}'"
    context = options.context if view.structure is not None or options.context == "file" else "line"
    return Offender(view.path, f"{where}, nothing in this {context} matches '{options.requires}'", span.line, span.column)
