"""One text, all rules: the innermost pure function of the product, `Checker.check`.

Every front end comes through here. Broad catching is allowed at one place, around one rule on one file: it makes a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from ospec_guard.digests import digest
from ospec_guard.engine.deadline import OverdueError, deadlines
from ospec_guard.engine.identity import line_hashes, matched_tokens, with_ordinals
from ospec_guard.engine.masking import SECRET_TAG, masked
from ospec_guard.engine.plan import Plan, Selector, as_metric, module_of, prepare, used_entries
from ospec_guard.engine.view import View
from ospec_guard.languages import Language, plain_comments
from ospec_guard.model import Comment, FileRecord, Finding, Fix, Gap, Match, Step
from ospec_guard.protocols import Kind, Rule, Tally
from ospec_guard.regular import RegexTimeoutError, compile_regex
from ospec_guard.source import Source, with_line_feeds
from ospec_guard.values import replace, value

MARKER = r"(?i)ospec[-_ \t]*guard|nosem"
"""What a text must hold for its comments to be looked at."""


@value
class FileResult:
    """All that the check of one file leaves behind; neither text nor tree."""

    record: FileRecord
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    tallies: tuple[tuple[str, Tally], ...] = ()
    """(metric id, tally), by id."""
    comments: tuple[Comment, ...] = ()
    """All of them, in a file that may hold a suppression: one above another comment reaches further down."""
    used: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(rule id, entries of its allow-list that something in the file needs)."""
    seconds: tuple[tuple[str, float], ...] = ()
    """(rule id, time it took), under `--stats` only."""


class Checker:
    """Applies a plan to texts; keeps what is compiled from one text to the next."""

    def __init__(self, plan: Plan, *, metrics: bool = True, timed: bool = False) -> None:
        self._limit = plan.limits.rule_seconds
        self._selector = Selector(plan, metrics=metrics)
        self._marker = compile_regex(MARKER)
        self._timed = timed
        self._secret = frozenset(rule.id for rule in plan.rules if SECRET_TAG in rule.info.tags)

    def wants(self, path: str, language: Language) -> bool:
        """Whether any rule looks at such a file."""
        return self._selector.wants(path, language)

    def check(self, source: Source, language: Language, record: FileRecord) -> FileResult:
        """Findings, gaps and tallies of one text, in report order, whatever the order of the rules."""
        source = _with_line_feeds(source)
        view = View(source, language)
        findings: list[Finding] = []
        gaps: list[Gap] = []
        tallies: list[tuple[str, Tally]] = []
        used: list[tuple[str, tuple[str, ...]]] = []
        seconds: list[tuple[str, float]] = []
        with deadlines() as limited:
            for rule in self._selector.candidates(source.path, language, source.data):
                begun = perf_counter()
                try:
                    module = module_of(rule)
                    prepare(module, rule.options, view)
                    with limited(self._limit):
                        if rule.metric:
                            tally = as_metric(rule).measure(rule.options, view)
                            if tally is not None:
                                tallies.append((rule.id, tally))
                                gaps += _unmeasured(rule, tally, view)
                        else:
                            matches, missed = _run(rule, module, view)  # type: ignore[arg-type] # metric is False
                            findings += [_finding(rule, match, view) for match in matches]
                            gaps += missed
                            needed = used_entries(rule, view)
                            used += [(rule.id, needed)] if needed else []
                except (OverdueError, RegexTimeoutError) as error:
                    why = str(error) or f"not done after {self._limit:g} s"
                    gaps.append(Gap("gap/timeout", source.path, f"rule '{rule.id}' ran out of time: {why}", None, rule.id))
                except Exception as error:  # noqa: BLE001 - one of the two places: a rule's fault costs the rule, not the run
                    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                    gaps.append(Gap("gap/rule-failed", source.path, f"rule '{rule.id}' failed: {why}", None, rule.id))
                if self._timed:
                    seconds.append((rule.id, perf_counter() - begun))
        result = FileResult(
            _noted(record, view),
            with_ordinals(_hashed(masked(findings, self._secret), source)),
            tuple(sorted((_identified(gap, source) for gap in _merged(gaps)), key=lambda gap: gap.sort_key)),
            tuple(sorted(tallies, key=lambda pair: pair[0])),
            self._comments(view),
            tuple(used),
            tuple(seconds),
        )
        view.release()
        return result

    def _comments(self, view: View) -> tuple[Comment, ...]:
        data = view.source.data
        if self._marker.search(data) is None:
            return ()
        pieces = view.structure.comments if view.structure is not None else plain_comments(view.language, data)
        return tuple(_comment(view.source, *piece) for piece in pieces)


def _with_line_feeds(source: Source) -> Source:
    """The text as its author sees it, with one way of ending lines. To expressions and to most grammars a carriage return is
    white space: `$` would not match before it, and code behind a comment would hide in it.
    """
    if b"\r" not in source.data:
        return source
    return Source(source.path, with_line_feeds(source.data), source.encoding)


def _run(rule: Rule, kind: Kind, view: View) -> tuple[list[Match], list[Gap]]:
    matches, gaps = [], []
    for outcome in kind.check(rule.options, view):
        if isinstance(outcome, Gap):
            gaps.append(replace(outcome, rule_id=outcome.rule_id or rule.id))
        else:
            matches.append(outcome)
    return list(dict.fromkeys(matches)), gaps


def _finding(rule: Rule, match: Match, view: View) -> Finding:
    source, structure = view.source, view.structure
    span = source.span(match.start, match.end)
    definition = structure.definition(match.start) if structure is not None else ""
    tokens = matched_tokens(source, structure, match)
    message = match.message or rule.info.message
    return Finding(
        rule_id=rule.id,
        path=source.path,
        span=span,
        message=f"{message.rstrip('.')}: {match.detail}" if match.detail else message,
        severity=rule.severity,
        identity=digest(rule.id, source.path, definition, tokens),
        content=digest(rule.id, definition, tokens),
        fingerprint="",
        definition=definition,
        excerpt=source.excerpt(span),
        properties=match.properties,
        fix=_located(match.fix, source) if match.fix else None,
        steps=tuple(_step(source, start, end) for start, end in match.steps),
    )


_LONGEST_STEP = 120
"""Code points shown of what stands at a step."""


def _step(source: Source, start: int, end: int) -> Step:
    text = source.data[start:end].decode(errors="replace").split("\n", 1)[0]
    return Step(source.span(start, end), text[:_LONGEST_STEP])


def _located(fix: Fix, source: Source) -> Fix:
    return replace(fix, edits=tuple(replace(edit, span=source.extent(edit.start, edit.end)) for edit in fix.edits))


def _hashed(findings: Iterable[Finding], source: Source) -> list[Finding]:
    findings = list(findings)
    if not findings:
        return findings
    hashes = line_hashes(source, [f.span.line for f in findings if f.span])
    return [replace(f, line_hash=hashes[f.span.line]) if f.span else f for f in findings]


def _identified(gap: Gap, source: Source) -> Gap:
    piece = source.data[gap.span.start : gap.span.end] if gap.span else b""
    content = b"".join(piece.split()).decode(errors="replace")
    return replace(gap, fingerprint=digest(gap.id, gap.rule_id or "", gap.path, content))


def _unmeasured(rule: Rule, tally: Tally, view: View) -> list[Gap]:
    """Lines a metric could not see because they did not parse."""
    lines = [int(value) for name, value in tally.details if name == "unparsed"]
    message = f"metric '{rule.id}' could not measure what did not parse here"
    return [Gap("gap/parse", view.path, message, view.source.span(*view.source.line_bounds(line)), rule.id) for line in lines]


def _merged(gaps: Iterable[Gap]) -> list[Gap]:
    """Each gap once; a manifest that could not be read is one gap, however many rules wanted it."""
    by_rule = {gap for gap in gaps if gap.id != "gap/manifest"}
    return [*by_rule, *{replace(gap, rule_id=None) for gap in gaps if gap.id == "gap/manifest"}]


def _noted(record: FileRecord, view: View) -> FileRecord:
    if not view.parsed or view.structure is None or not view.structure.broken:
        return record
    count = len(view.structure.broken)
    return replace(record, notes=(*record.notes, f"{count} region{'s' if count > 1 else ''} did not parse"))


def _comment(source: Source, start: int, end: int) -> Comment:
    span = source.span(start, end)
    before = source.data[source.line_starts[span.line - 1] : start]
    after = source.data[end : source.line_bounds(span.end_line)[1]]
    return Comment(source.path, span, source.data[start:end].decode(), not before.strip() and not after.strip())
