"""`check --fix`: the fixes of a run's findings, file by file, shown or written."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from ospec_guard.app.fixing import mended
from ospec_guard.app.rewriting import edited, encoded, rewrite
from ospec_guard.app.session import Session
from ospec_guard.engine.check import Checker, FileResult
from ospec_guard.engine.select import Selected, classify
from ospec_guard.engine.trees import WorkTree
from ospec_guard.languages import Language
from ospec_guard.model import Finding, RunResult
from ospec_guard.report.base import OPEN, standing
from ospec_guard.source import Source, with_line_feeds
from ospec_guard.values import value


@value
class MendedFile:
    """What became of one file that has something to fix."""

    path: str
    before: str
    after: str
    """The same as `before` when nothing could be fixed."""
    fixed: tuple[Finding, ...] = ()
    undone: tuple[tuple[Finding, str], ...] = ()
    """Findings whose fix was taken back, and why."""
    in_the_way: str = ""
    """Why the file was not touched, for people."""


@value
class Mending:
    """What became of all that a run could fix; files by path."""

    files: tuple[MendedFile, ...] = ()
    unsafe: tuple[Finding, ...] = ()
    """Findings whose fix is not called safe, where only safe ones were wanted."""

    @property
    def fixed(self) -> tuple[Finding, ...]:
        """All that was fixed, or would be."""
        return tuple(finding for file in self.files for finding in file.fixed)


def mend(session: Session, result: RunResult, *, unsafe: bool, write: bool) -> Mending:
    """Fixes what counts in a result of the session: neither what is excused nor what was there at the base of `--diff`.

    With `write` the files are changed, else only what they would be is told.
    """
    counting = [judged.finding for judged in result.findings if standing(result, judged) in OPEN and judged.finding.fix]
    chosen = [finding for finding in counting if unsafe or _is_safe(finding)]
    checker = Checker(session.plan, metrics=False)
    files = []
    for path, group in groupby(chosen, key=lambda finding: finding.path):
        files.append(_mend_file(session, checker, path, tuple(group), write=write))
    return Mending(tuple(files), () if unsafe else tuple(finding for finding in counting if not _is_safe(finding)))


def _mend_file(session: Session, checker: Checker, path: str, findings: tuple[Finding, ...], *, write: bool) -> MendedFile:
    limits = session.rulebook.settings.limits
    try:
        raw, size = WorkTree(session.root).load(path, limits.file_size)
    except OSError as error:
        return MendedFile(path, "", "", in_the_way=f"it cannot be read any more: {error.strerror}")
    selected = classify(path, raw, size, limits)
    if not isinstance(selected, Selected):
        return MendedFile(path, "", "", in_the_way="it was changed meanwhile")
    source, language = selected.source, selected.language
    text = with_line_feeds(source.data)
    check = partial(_checked, checker, selected, language)
    wanted = {(finding.fingerprint, finding.fix) for finding in findings}
    there = {(finding.fingerprint, finding.fix) for finding in check(text).findings}
    if not wanted <= there:
        return MendedFile(path, "", "", in_the_way="it was changed meanwhile")
    done = mended(text, language, check, lambda f: (f.fingerprint, f.fix) in wanted)
    before, after = text.decode(), done.text.decode()
    if not done.fixed:
        return MendedFile(path, before, before, (), done.undone)
    new_text = edited(source.data, done.rounds)
    if with_line_feeds(new_text) != done.text:
        return MendedFile(path, before, before, in_the_way="its lines end in too many ways")
    try:
        new = encoded(new_text, source.encoding)
    except ValueError:
        return MendedFile(path, before, before, in_the_way=f"its encoding, {source.encoding}, cannot hold the new text")
    in_the_way = rewrite(session.root, path, raw, new) if write else ""
    if in_the_way:
        return MendedFile(path, before, before, in_the_way=in_the_way)
    return MendedFile(path, before, after, done.fixed, done.undone)


def _checked(checker: Checker, selected: Selected, language: Language, text: bytes) -> FileResult:
    return checker.check(Source(selected.source.path, text), language, selected.record)


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safe
