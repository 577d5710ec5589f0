"""Rules on the annotated files beside them: every line where a rule and the comments disagree, and files mended as they should.

As in Semgrep's tests a rule's `paths` do not count, and what `nosemgrep` covers is not reported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ospec_guard.app.annotations import Annotation, compared, fixed_of, read_annotations, trial_files
from ospec_guard.config.settings import Limits
from ospec_guard.engine.check import Checker, FileResult
from ospec_guard.engine.plan import Plan
from ospec_guard.languages import LANGUAGES, Language, identify
from ospec_guard.model import FileRecord, FileStatus, Finding, Gap, Place
from ospec_guard.policy.directives import read_directives
from ospec_guard.policy.names import bare_id, rule_names
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.semgrep import TAG
from ospec_guard.source import DecodeError, Source, decode
from ospec_guard.values import replace, value

_UNRUN = ("gap/rule-failed", "gap/timeout", "gap/crash")
"""Gaps of a rule that has no result for a file."""


@value(order=True)
class Fault:
    """A line that is not as it should be, or a remark about one."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@value
class Trials:
    """What became of the tests of some rule files."""

    files: int = 0
    """Test files."""
    expectations: int = 0
    """Lines that annotations speak of, once for each rule they name."""
    failures: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What does not fail and should be looked at: annotations that have been overtaken, or name no rule."""
    unrun: tuple[Gap, ...] = ()
    """Rules that could not run on a test file."""
    tried: frozenset[str] = frozenset()
    """Ids of the rules that some line must be reported by."""

    def __add__(self, other: Trials) -> Trials:
        return Trials(
            self.files + other.files,
            self.expectations + other.expectations,
            self.failures + other.failures,
            self.notes + other.notes,
            self.unrun + other.unrun,
            self.tried | other.tried,
        )


@value
class RuleFile:
    """A rule file and what it is tested on."""

    path: str
    """As shown."""
    rules: tuple[Rule, ...]
    folder: str
    """Where its tests are, absolute."""
    shown: str
    """The same, as shown."""


def try_rule_file(file: RuleFile, limits: Limits) -> Trials:
    """The rules of a file on each of its tests."""
    try:
        names = [name for name in os.listdir(file.folder) if os.path.isfile(os.path.join(file.folder, name))]
    except OSError:
        return Trials()  # rules that are not on this disk have no files beside them
    checker = Checker(Plan(tuple(replace(rule, include=(), exclude=()) for rule in file.rules), limits), metrics=False)
    outcome = Trials()
    for name in trial_files(os.path.basename(file.path), names):
        outcome += _try_one(file, checker, name, fixed_of(name, names))
    return outcome


def _try_one(file: RuleFile, checker: Checker, name: str, mended: str | None) -> Trials:
    shown = os.path.normpath(os.path.join(file.shown, name))
    try:
        data, encoding = _read(file, name)
    except (OSError, DecodeError) as error:
        return Trials(files=1, failures=(Fault(Place(shown), f"the test cannot be read: {error}"),))
    annotations = read_annotations(data.decode())
    semgrep = any(TAG in rule.info.tags for rule in file.rules)
    if not annotations and not semgrep:
        return Trials()  # a file that happens to be called like the rule file
    language = _language(shown, data, file.rules)
    result = checker.check(Source(shown, data, encoding), language, FileRecord(shown, FileStatus.CHECKED))
    findings = _unsuppressed(result, file.rules)
    failures, notes = _disagreements(file, shown, language, annotations, findings)
    if mended is not None:
        failures += _wrongly_mended(file, shown, data, mended, findings)
    named = {rule.id: [a for a in annotations if a.rule in names_of(rule)] for rule in file.rules}
    notes += [Fault(gap.place, gap.message) for gap in result.gaps if gap.id not in _UNRUN]
    return Trials(
        files=1,
        expectations=sum(len(of_rule) for of_rule in named.values()),
        failures=tuple(sorted(failures)),
        notes=tuple(sorted(notes)),
        unrun=tuple(gap for gap in result.gaps if gap.id in _UNRUN),
        tried=frozenset(rule_id for rule_id, of_rule in named.items() if any(a.kind == "ruleid" for a in of_rule)),
    )


def _read(file: RuleFile, name: str) -> tuple[bytes, str]:
    """The text of a test with line feeds alone, and its encoding."""
    with open(os.path.join(file.folder, name), "rb") as stream:
        data, encoding = decode(stream.read())
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), encoding


def _language(path: str, data: bytes, rules: Sequence[Rule]) -> Language:
    """The language of a test: by its name, else that of the rules."""
    found = identify(path, data[:256].split(b"\n", 1)[0])
    wanted = [name for rule in rules for name in rule.languages]
    return LANGUAGES[wanted[0]] if found.name == "unknown" and wanted else found


def _unsuppressed(result: FileResult, rules: Sequence[Rule]) -> list[Finding]:
    ids = [rule.id for rule in rules]
    semgrep = frozenset(rule.id for rule in rules if TAG in rule.info.tags)
    directives = read_directives(result.comments, rule_names(ids), semgrep).directives
    return [finding for finding in result.findings if not any(directive.covers(finding) for directive in directives)]


def names_of(rule: Rule) -> frozenset[str]:
    """What annotations may call a rule: its bare id, and that as it stands in a file whose path was put before it."""
    bare = bare_id(rule.id)
    names = {bare, rule.id}
    home = "." + os.path.splitext(rule.info.place.path)[0].replace("/", ".") if rule.info.place else ""
    for at, letter in enumerate(bare):
        if letter == "." and home.endswith(f".{bare[:at]}"):
            names.add(bare[at + 1 :])
    return frozenset(names)


def _disagreements(
    file: RuleFile, shown: str, language: Language, annotations: Iterable[Annotation], findings: Iterable[Finding]
) -> tuple[list[Fault], list[Fault]]:
    """Failures and notes of one test."""
    failures, notes = [], []
    unknown = list(annotations)
    for rule in file.rules:
        names = names_of(rule)
        own = [annotation for annotation in annotations if annotation.rule in names]
        unknown = [annotation for annotation in unknown if annotation.rule not in names]
        reported = frozenset(f.span.line if f.span else 1 for f in findings if f.rule_id == rule.id)
        verdict = compared(own, reported)
        looks = not rule.languages or {language.name, "generic"} & set(rule.languages)
        why = "" if looks else f": it does not look at {language.name}"
        denied = {annotation.line for annotation in own if annotation.kind == "ok"}
        failures += [
            Fault(Place(shown, line), f"'{rule.id}' should report this line and does not{why}") for line in verdict.missing
        ]
        for line in verdict.unexpected:
            said = "the comment above says it should not" if line in denied else "no comment above says it should"
            failures.append(Fault(Place(shown, line), f"'{rule.id}' reports this line, and {said}"))
        for kind, line in verdict.mended:
            now, better = ("reports", "ruleid") if kind == "todoruleid" else ("leaves alone", "ok")
            notes.append(Fault(Place(shown, line), f"'{rule.id}' {now} this line by now: make '{kind}' an '{better}'"))
    notes += [Fault(Place(shown, a.line - 1), f"there is no rule '{a.rule}' in {file.path}") for a in unknown]
    return failures, notes


def _wrongly_mended(file: RuleFile, shown: str, data: bytes, mended: str, findings: Iterable[Finding]) -> list[Fault]:
    """A failure at the first line where the test with all fixes applied is not as `mended` has it."""
    from ospec_guard.app.fixing import fixed

    goal = os.path.normpath(os.path.join(file.shown, mended))
    try:
        wanted = _read(file, mended)[0].decode().splitlines()
    except (OSError, DecodeError) as error:
        return [Fault(Place(goal), f"cannot be read: {error}")]
    got = fixed(data, [finding.fix for finding in findings if finding.fix]).text.decode().splitlines()
    for number in range(max(len(wanted), len(got))):
        here, there = (lines[number] if number < len(lines) else None for lines in (got, wanted))
        if here != there:
            what = "ends before this line" if here is None else f"has {here.strip()!r} here"
            return [Fault(Place(goal, number + 1), f"{shown} with all fixes {what}")]
    return []
