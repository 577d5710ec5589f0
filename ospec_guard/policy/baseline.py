"""The baseline: the findings that were there before, one per line, as a multiset.

Owns the file's format, which findings its entries absorb, and how it shrinks; whether an entry is obeyed is for `excuses` to
say. A line holds what makes a finding this finding and nothing that changes by itself (line numbers, times, versions): the file
changes only when the findings do, and merges line by line.

    <rule> TAB <path> TAB <definition or '-'> TAB <identity> TAB <content>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from ospec_guard.errors import ConfigError, Problem
from ospec_guard.model import Finding, Judged, Level, Place, RuleInfo
from ospec_guard.policy.hygiene import KIND
from ospec_guard.policy.scope import Scope
from ospec_guard.values import field, value

HEAD = (
    "# Findings that ospec-guard found here before: rule, path, definition, identity, content; one line each.\n"
    "# `ospec-guard baseline` takes out what is gone. Never edit a line; to solve a merge conflict keep both sides' lines.\n"
)
DEFINITION = 60
"""Code points of a definition's name kept in an entry; it is there for people only."""


@value(order=True)
class BaselineEntry:
    """One finding that was there before."""

    rule_id: str
    path: str
    definition: str
    identity: str
    content: str
    line: int = field(default=0, compare=False)
    """1-based line of the baseline file it was read from."""


@value
class Baseline:
    """A baseline file: its path and entries; equal entries count as often as they are there."""

    path: str
    entries: tuple[BaselineEntry, ...] = ()


@value
class Absorption:
    """Which entry absorbs which finding."""

    matched: tuple[BaselineEntry | None, ...]
    """In the order of the findings."""
    left: tuple[BaselineEntry, ...]
    """Entries that absorb nothing, sorted."""


@value
class BaselineUpdate:
    """What a baseline becomes, and how it got there. All sorted."""

    entries: tuple[BaselineEntry, ...]
    removed: tuple[BaselineEntry, ...]
    added: tuple[BaselineEntry, ...]
    moved: tuple[tuple[BaselineEntry, BaselineEntry], ...]
    """Old and new entry of what was found again under another path."""


def entry_of(finding: Finding) -> BaselineEntry:
    """The entry that absorbs a finding."""
    return BaselineEntry(finding.rule_id, finding.path, finding.definition[:DEFINITION], finding.identity, finding.content)


def render_baseline(entries: Iterable[BaselineEntry]) -> bytes:
    """The baseline file: a comment, then the entries as lines sorted by their bytes."""
    lines = sorted(_line(entry).encode() for entry in entries)
    return HEAD.encode() + b"".join(line + b"\n" for line in lines)


def parse_baseline(data: bytes, path: str) -> Baseline:
    """The entries of a baseline file in its order. Raises ConfigError with every problem, each with its line."""
    entries, problems = [], []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        line = raw.removesuffix(b"\r")
        if not line.strip() or line.startswith(b"#"):
            continue
        outcome = _entry(line, number)
        if isinstance(outcome, BaselineEntry):
            entries.append(outcome)
        else:
            problems.append(Problem(outcome[0], Place(path, number), outcome[1]))
    if problems:
        raise ConfigError(*problems)
    return Baseline(path, tuple(entries))


def absorb(findings: Sequence[Finding], baseline: Baseline | None, existing_paths: Collection[str]) -> Absorption:
    """Gives each finding an entry of its own where there is one; the order of `findings` decides among equals.

    First entries of the same rule, path and identity. Then, of what is left on both sides, entries of files that no longer
    exist (none of `existing_paths`) absorb findings of the same rule and content elsewhere: the file was renamed.
    """
    entries = sorted(baseline.entries if baseline else (), key=_by_line)
    matched: list[BaselineEntry | None] = [None] * len(findings)
    left = _pair(findings, matched, entries, lambda item: (item.rule_id, item.path, item.identity))
    stayed = [e for e in left if e.path in existing_paths]
    moved = [e for e in left if e.path not in existing_paths]
    unmoved = _pair(findings, matched, moved, lambda item: (item.rule_id, item.content))
    return Absorption(tuple(matched), tuple(sorted(stayed + unmoved, key=_by_line)))


def is_dead(entry: BaselineEntry, scope: Scope, existing_paths: Collection[str]) -> bool:
    """Whether an entry that absorbed nothing in a run can absorb nothing at all, as far as that run can tell."""
    if entry.rule_id not in scope.known:
        return scope.complete
    if entry.path not in existing_paths:
        return scope.settled_everywhere(entry.rule_id)
    return scope.settled(entry.rule_id, entry.path)


def update(
    old: Baseline, present: Sequence[Finding], scope: Scope, existing_paths: Collection[str], *, add: Sequence[Finding] = ()
) -> BaselineUpdate:
    """The baseline after a run: without what is gone, and with `add`, those of `present` that are to be taken in.

    `present`: what the run found and no suppression or waiver excuses. Entries of rules and files that the run did not really
    and wholly check stay; those of renamed files get their new path.
    """
    ordered = sorted(present, key=lambda f: f.sort_key)
    absorption = absorb(ordered, old, existing_paths)
    wanted = {finding.fingerprint for finding in add}
    kept, added, moved = [], [], []
    for finding, entry in zip(ordered, absorption.matched, strict=True):
        new = entry_of(finding)
        if entry is None:
            added += [new] if finding.fingerprint in wanted else []
        elif entry.path != new.path:
            moved.append((entry, new))
        else:
            kept.append(new)
    removed = [e for e in absorption.left if is_dead(e, scope, existing_paths)]
    kept += [e for e in absorption.left if not is_dead(e, scope, existing_paths)]
    entries = sorted(kept + added + [new for _, new in moved])
    return BaselineUpdate(tuple(entries), tuple(sorted(removed)), tuple(sorted(added)), tuple(sorted(moved)))


def is_present(judged: Judged) -> bool:
    """Whether in some environment neither suppression nor waiver excuses the finding, so that an entry may be needed."""
    return any(ruling.excuse is None or ruling.excuse.kind == "baseline" for ruling in judged.rulings)


def may_enter(judged: Judged, info: RuleInfo) -> bool:
    """Whether a finding may be taken into a baseline: its rule allows it, and in some environment the entry would be obeyed."""
    obeyed = any(r.level < Level.BLOCK and (r.excuse is None or r.excuse.kind == "baseline") for r in judged.rulings)
    return may_enter_ever(info) and obeyed


def may_enter_ever(info: RuleInfo) -> bool:
    """Whether findings of a rule may be taken into a baseline at all."""
    return info.suppressible and info.kind != KIND


def _pair(
    findings: Sequence[Finding],
    matched: list[BaselineEntry | None],
    entries: Sequence[BaselineEntry],
    key: Callable[[BaselineEntry | Finding], tuple[str, ...]],
) -> list[BaselineEntry]:
    """Fills the empty places of `matched`, each entry once, first come first served; returns the entries left."""
    waiting: dict[tuple[str, ...], list[BaselineEntry]] = {}
    for entry in reversed(entries):
        waiting.setdefault(key(entry), []).append(entry)
    for position, finding in enumerate(findings):
        queue = waiting.get(key(finding))
        if queue and matched[position] is None:
            matched[position] = queue.pop()
    return sorted((entry for queue in waiting.values() for entry in queue), key=_by_line)


def _by_line(entry: BaselineEntry) -> tuple[BaselineEntry, int]:
    return (entry, entry.line)


_CONFLICT = re.compile(rb"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")
_FIELDS = ("rule", "path", "definition", "identity", "content")
_DIGEST = re.compile(r"[0-9a-f]{32}")
# What would look like a comment, controls, what may end a line, what changes the direction of writing, undecodable bytes.
_ESCAPED = re.compile("^#|[%\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPE = re.compile(rb"%([0-9A-F]{2})")
_REDO = "restore the line from version control, or delete it and record it again with `ospec-guard baseline --add`"


def _line(entry: BaselineEntry) -> str:
    definition = "%2D" if entry.definition == "-" else _escape(entry.definition) or "-"
    return "\t".join((_escape(entry.rule_id), _escape(entry.path), definition, entry.identity, entry.content))


def _entry(line: bytes, number: int) -> BaselineEntry | tuple[str, str]:
    """The entry of a line, or what is wrong with it and what to do."""
    if _CONFLICT.match(line):
        return "a merge conflict is not solved", "keep the lines of both sides and delete the marker lines"
    try:
        fields = line.decode().split("\t")
    except UnicodeDecodeError:
        return "not UTF-8 text", _REDO
    if len(fields) != len(_FIELDS):
        return f"expected {len(_FIELDS)} fields between tabs ({', '.join(_FIELDS)}), found {len(fields)}", _REDO
    rule_id, path, definition, identity, content = fields
    for name, text in zip(_FIELDS, fields, strict=True):
        if not text:
            return f"the {name} is empty", _REDO
    if not _DIGEST.fullmatch(identity) or not _DIGEST.fullmatch(content):
        return "identity and content are 32 hexadecimal digits each", _REDO
    if any(text.count("%") != len(_ESCAPE.findall(text.encode())) for text in (rule_id, path, definition)):
        return "a '%' is not followed by two hexadecimal digits ('%25' stands for the sign itself)", _REDO
    shown = "" if definition == "-" else _unescape(definition)
    return BaselineEntry(_unescape(rule_id), _unescape(path), shown, identity, content, number)


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode(errors="surrogateescape")), text)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), text.encode()).decode(errors="surrogateescape")
