"""Inline suppressions, read out of comment texts: `ospec-guard: ignore[rule-id] reason`, and `nosemgrep: id`.

There is one way to write them. What comes close is an error with the right form, never a suppression; what only mentions them
in prose is nothing. Comments are found by others; whether a suppression is obeyed is for `excuses` to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from ospec_guard.model import Comment, Finding, Place, Span
from ospec_guard.policy.hygiene import Draft
from ospec_guard.policy.names import RuleNames, bare_id
from ospec_guard.values import replace, value

FORM = "ospec-guard: ignore[rule-id] reason"


@value
class Directive:
    """One inline suppression of existing rules. It covers the findings that start on lines `first_line` to `last_line`."""

    path: str
    span: Span
    """The marker and its ids."""
    rule_ids: tuple[str, ...]
    """Full ids, in the order written."""
    reason: str
    until: str | None
    """The last day as written; None: no date is given."""
    first_line: int
    last_line: int
    blanket: bool = False
    """A `nosemgrep` without ids: covers every Semgrep rule and is never obeyed."""

    @property
    def place(self) -> Place:
        return Place(self.path, self.span.line, self.span.column)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding of its file and rules starts on its lines; findings about whole files are never covered."""
        return (
            finding.span is not None
            and finding.path == self.path
            and self.first_line <= finding.span.line <= self.last_line
            and finding.rule_id in self.rule_ids
        )


@value
class Reading:
    """What the comments say: suppressions, and what is wrong with what was meant as one. Both by path and place."""

    directives: tuple[Directive, ...] = ()
    drafts: tuple[Draft, ...] = ()


def read_directives(comments: Iterable[Comment], names: RuleNames, semgrep: Collection[str] = ()) -> Reading:
    """The suppressions in some comments. `semgrep`: ids of the rules for which `nosemgrep` is honoured.

    *All* comments of a text belong in `comments`: a suppression alone on its line reaches the first line below it that is no
    comment, and only they tell which line that is.
    """
    directives: list[Directive] = []
    drafts: list[Draft] = []
    ordered = sorted(comments, key=lambda c: (c.path, c.span))
    for _, of_file in groupby(ordered, key=lambda c: c.path):
        in_file = list(of_file)
        below = _first_lines_below(in_file)
        for comment in in_file:
            for piece in _pieces(comment):
                last_line = below[comment.span.end_line] if comment.alone else piece.span.line
                outcome = _own(piece, last_line, names) or _semgrep(piece, last_line, semgrep)
                directives += outcome.directives
                drafts += outcome.drafts
    return Reading(tuple(directives), tuple(drafts))


_MARKER = re.compile(r"ospec[-_ \t]*guard|nosem", re.IGNORECASE)
_SIGNS = (r"<!--+", r"/\*+!?", r"//+!?", r"#+!?", r"--+", r";+", r"%+", r"\{-+", r"\(\*+")
"""What comments begin with; the same sign inside a comment begins a further remark."""
_LEAD = re.compile(rf"(?:[ \t]|{'|'.join(_SIGNS)}|\*+(?![/)]))*")
_CLOSER = re.compile(r"(?:\*+/|--+!?>|-+\}|\*+\))[ \t]*$")
_EXACT = re.compile(r"ospec-guard: ignore\[(?P<ids>[^\[\]]*)\]")
_CLOSE = re.compile(
    r"ospec[-_ \t]*guard(?P<colon>[ \t]*:)?[ \t]*(?:ignore|ignor|disable|suppress|allow|skip|noqa|nolint)(?:[-_]\w+)*(?![\w-])"
    r"(?P<bracket>[ \t]*[\[({](?P<ids>[^\])}]*)[\])}]?)?",
    re.IGNORECASE,
)
_NOSEM = re.compile(r"nosem(?:grep)?(?![\w-])(?::[ \t]*(?P<ids>[\w./@-]+(?:[ \t]*,[ \t]*[\w./@-]+)*))?", re.IGNORECASE)
_UNTIL = re.compile(
    r"[(\[]?\buntil(?:[ \t]*[=:][ \t]*(?P<marked>[^\s,;()\[\]]*)"
    r"|[ \t]+(?P<plain>\d{4}(?:[-/.][^\s,;()\[\]]*|\d{4})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?![\w-]))[)\]]?[.,;]?",
    re.IGNORECASE | re.ASCII,
)


@value
class _Piece:
    """A part of a comment line at whose start a suppression may stand."""

    path: str
    span: Span
    """Empty, at its start."""
    text: str

    def span_of(self, length: int) -> Span:
        """The span of its first `length` code points."""
        end, column = self.span.start + len(self.text[:length].encode()), self.span.column + length
        return Span(self.span.start, end, self.span.line, self.span.column, self.span.line, column)

    def draft(self, rule_id: str, length: int, message: str) -> Draft:
        return Draft(rule_id, self.path, message, " ".join(self.text.split()), self.span_of(length))


def _first_lines_below(comments: list[Comment]) -> dict[int, int]:
    """For the last line of each comment that is alone, the first line below the run of such comments it belongs to."""
    below: dict[int, int] = {}
    starts = {c.span.line: c.span.end_line for c in comments if c.alone}
    for comment in reversed(comments):
        if comment.alone:
            following = comment.span.end_line + 1
            below[comment.span.end_line] = below[starts[following]] if following in starts else following
    return below


def _pieces(comment: Comment) -> Iterator[_Piece]:
    """The starts of the comment's lines, and of what follows its own opening sign once more inside a line."""
    if not _MARKER.search(comment.text):
        return
    sign = next((sign for sign in _SIGNS if re.match(sign, comment.text)), None)
    again = re.compile(rf"(?<=[ \t]){sign}[ \t]*(?={_MARKER.pattern})", re.IGNORECASE) if sign else None
    for number, line in enumerate(re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|$)", comment.text)):
        text = _CLOSER.sub("", line[1])
        lead = len(text) - len(_LEAD.sub("", text, count=1))
        inner = list(again.finditer(text, lead)) if again else []
        starts = [lead, *(m.end() for m in inner)]
        ends = [*(m.start() for m in inner), len(text)]
        for start, end in zip(starts, ends, strict=True):
            if _MARKER.match(text, start):
                offset = comment.span.start + len(comment.text[: line.start() + start].encode())
                at_line, column = comment.span.line + number, start + 1 if number else comment.span.column + start
                yield _Piece(comment.path, Span(offset, offset, at_line, column, at_line, column), text[start:end])


def _own(piece: _Piece, last_line: int, names: RuleNames) -> Reading | None:
    """What a piece that starts like our own marker says; None when it does not."""
    exact = _EXACT.match(piece.text)
    found = exact or _CLOSE.match(piece.text)
    if not found:
        return None
    written = [name.strip() for name in (found["ids"] or "").split(",")]
    if not exact:
        return _misspelt(piece, found)
    if not any(written) or any("*" in name or "?" in name for name in written):
        return Reading(drafts=(_blanket(piece, exact.end()),))
    if not all(written):
        message = f"an id is missing between the commas: '{exact[0]}'; write '{_form([name for name in written if name])}'"
        return Reading(drafts=(piece.draft("policy/malformed-suppression", exact.end(), message),))
    resolved = [names.resolve(name) for name in written]
    drafts = [_unknown(piece, exact.end(), name, names) for name, known in zip(written, resolved, strict=True) if not known]
    rule_ids = tuple(dict.fromkeys(known for known in resolved if known))
    directives = (_directive(piece, exact.end(), rule_ids, last_line),) if rule_ids else ()
    return Reading(directives, tuple(drafts))


def _misspelt(piece: _Piece, found: re.Match[str]) -> Reading:
    if not found["colon"] and not found["bracket"]:
        return Reading()  # prose that begins with our name
    if not found["bracket"]:
        return Reading(drafts=(_blanket(piece, found.end()),))
    written = re.findall(r"[^\s,]+", found["ids"])
    if found[0][-1] not in "])}":  # never closed: the reason has become part of the ids
        written = written[:1]
    message = f"'{found[0]}' suppresses nothing, it is not written as it must be; write '{_form(written)}'"
    return Reading(drafts=(piece.draft("policy/malformed-suppression", found.end(), message),))


def _blanket(piece: _Piece, length: int) -> Draft:
    message = f"'{piece.text[:length]}' names no rule and suppresses nothing; write '{FORM}'"
    return piece.draft("policy/blanket-suppression", length, message)


def _unknown(piece: _Piece, length: int, written: str, names: RuleNames) -> Draft:
    if written.startswith("gap/"):
        message = f"'{written}' is a gap, which no comment can suppress; record a waiver in the settings"
    elif written.startswith("policy/"):
        message = f"'{written}' watches over the policy itself, no comment can suppress it; mend what it reports"
    else:
        advice = names.advice(written)
        message = f"no rule is called '{written}'" + (f"; {advice}" if advice else "; `ospec-guard rules list` shows the ids")
    return piece.draft("policy/unknown-rule", length, message)


def _form(written: list[str]) -> str:
    return f"ospec-guard: ignore[{', '.join(written) or 'rule-id'}]"


def _semgrep(piece: _Piece, last_line: int, semgrep: Collection[str]) -> Reading:
    """`nosemgrep` for the rules it is honoured for; ids of other rules are another tool's business, not errors."""
    found = _NOSEM.match(piece.text)
    if not found:
        return Reading()
    if not found["ids"]:
        blanket = _directive(piece, found.end(), tuple(sorted(semgrep)), last_line)
        return Reading((replace(blanket, blanket=True),)) if semgrep else Reading()
    rule_ids = tuple(dict.fromkeys(one for name in found["ids"].split(",") for one in _semgrep_rules(name.strip(), semgrep)))
    return Reading((_directive(piece, found.end(), rule_ids, last_line),)) if rule_ids else Reading()


def _semgrep_rules(written: str, semgrep: Collection[str]) -> list[str]:
    """The Semgrep rules meant: the one of that id, or those that carry the path of their files, with dots, before it.

    Semgrep itself puts that path there, so that it may stand in the comment too.
    """
    if written in semgrep:
        return [written]
    meant = [r for r in semgrep if bare_id(r) == written or written.endswith(f".{bare_id(r)}")]
    return meant if len(meant) == 1 else [r for r in semgrep if not meant and bare_id(r).endswith(f".{written}")]


def _directive(piece: _Piece, length: int, rule_ids: tuple[str, ...], last_line: int) -> Directive:
    rest = piece.text[length:]
    # Two dates cannot both be meant: together they are no date, which counts as expired.
    dates = [(found["marked"] or found["plain"] or "").rstrip(".") for found in _UNTIL.finditer(rest)]
    reason = " ".join(_UNTIL.sub(" ", rest).split()).lstrip(" :;,.#/*-\u2013\u2014")
    return Directive(
        path=piece.path,
        span=piece.span_of(length),
        rule_ids=rule_ids,
        reason=reason if re.search(r"\w", reason) else "",
        until=" and ".join(dates) if dates else None,
        first_line=piece.span.line,
        last_line=last_line,
    )
