"""What a request selects, checked: the work tree, what is staged, or what is new since a commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from ospec_guard.app.request import Request
from ospec_guard.app.values import Rulebook
from ospec_guard.engine.check import FileResult
from ospec_guard.engine.discover import discover, discover_staged
from ospec_guard.engine.measure import Measured, measure
from ospec_guard.engine.plan import Plan, entries
from ospec_guard.engine.run import existing, run
from ospec_guard.engine.sift import Listing
from ospec_guard.engine.trees import Tree, WorkTree
from ospec_guard.globs import Glob
from ospec_guard.model import Comment, FileRecord, Finding, Gap, Notice
from ospec_guard.protocols import Rule
from ospec_guard.values import replace, value

Progress = Callable[[int, int], None]


@value
class Scanned:
    """What a run saw, before any policy."""

    results: tuple[FileResult, ...]
    listing: Listing
    measured: Measured = Measured()
    complete: bool = False
    """All rules ran on everything under the root."""
    base: str = ""
    """Under `--diff`: the merge base."""
    known: frozenset[str] = frozenset()
    """Fingerprints of findings that are there at the base too."""
    known_comments: tuple[Comment, ...] = ()
    """The base's comments that may hold a suppression, under the paths that their files have now."""
    notices: tuple[Notice, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for result in self.results for f in result.findings) + self.measured.findings

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return (*self.listing.gaps, *(gap for result in self.results for gap in result.gaps), *self.measured.gaps)

    @property
    def files(self) -> tuple[FileRecord, ...]:
        return tuple(sorted((*self.listing.records, *(result.record for result in self.results))))


def scan(root: str, request: Request, rulebook: Rulebook, plan: Plan, progress: Progress | None) -> Scanned:
    """Selects and checks. Metrics are shares of a whole, and measured where whole folders of the work tree are checked."""
    whole = not request.diff and not request.staged
    folders = all(os.path.isdir(os.path.join(request.cwd, path)) for path in request.paths)
    has_metrics = any(rule.metric for rule in plan.rules)
    metrics = has_metrics and whole and folders
    notices: tuple[Notice, ...] = ()
    if has_metrics and not metrics:
        message = "metrics are shares of a whole and were not measured: only some files were checked"
        notices = (
            Notice("notice/metrics-not-measured", message, None, "run without --diff, --staged and file names to measure them"),
        )
    with ExitStack() as stack:
        tree, listing = _selected(root, request, rulebook, stack)
        base = ""
        renames: dict[str, str] = {}
        if request.diff:
            base, changed, renames = _since(root, request)
            listing = _only(listing, changed)
        results = run(
            tree, listing.candidates, plan, jobs=request.jobs, metrics=metrics, timed=request.stats, progress=progress
        )
        known: frozenset[str] = frozenset()
        comments: tuple[Comment, ...] = ()
        if base:
            before = _at(root, base, [renames.get(p, p) for p in listing.candidates], plan, request)
            known = frozenset(existing(results, before, renames))
            of_path = {result.record.path: result.comments for result in before}
            now = [(path, renames.get(path, path)) for path in listing.candidates]
            comments = tuple(replace(comment, path=path) for path, old in now for comment in of_path.get(old, ()))
    return Scanned(
        results=results,
        listing=listing,
        measured=measure(root, plan, results) if metrics else Measured(),
        complete=whole
        and not request.isolated
        and request.git_ignore
        and all(_is_root(root, request, p) for p in request.paths),
        base=base,
        known=known,
        known_comments=comments,
        notices=notices,
    )


_SLOWEST = 20
"""Rules, and files, that are told about."""


def figures(results: Sequence[FileResult]) -> tuple[tuple[str, str], ...]:
    """How long rules took in all files together, then all rules in one file, the slowest first; nothing where nobody measured.

    The first rule that looks at a file pays for parsing it.
    """
    times: dict[str, list[float]] = {}
    files: dict[str, list[float]] = {}
    for result in results:
        for rule_id, seconds in result.seconds:
            times.setdefault(rule_id, []).append(seconds)
            files.setdefault(result.record.path, []).append(seconds)
    return (*_slowest(times, "files"), *_slowest(files, "rules"))


def _slowest(times: dict[str, list[float]], of: str) -> list[tuple[str, str]]:
    ranked = sorted(times.items(), key=lambda item: (-sum(item[1]), item[0]))[:_SLOWEST]
    return [(name, f"{1000 * sum(taken):.1f} ms in {len(taken)} {of if len(taken) > 1 else of[:-1]}") for name, taken in ranked]


def unused_entries(scanned: Scanned, rules: Sequence[Rule]) -> tuple[Notice, ...]:
    """A notice for every rule with an allow-list of which some entries allow nothing that is there; on whole runs only."""
    if not scanned.complete:
        return ()
    used: dict[str, set[str]] = {}
    for result in scanned.results:
        for rule_id, needed in result.used:
            used.setdefault(rule_id, set()).update(needed)
    notices = []
    for rule in rules:
        idle = [entry for entry in entries(rule) if entry not in used.get(rule.id, set())] if not rule.metric else []
        if idle:
            message = f"rule '{rule.id}' allows what nothing needs: {', '.join(idle)}"
            notices.append(Notice("notice/unused-allowance", message, rule.info.place, "remove the entries"))
    return tuple(notices)


def _is_root(root: str, request: Request, path: str) -> bool:
    return os.path.realpath(os.path.join(request.cwd, path)) == root


def listing_of(root: str, request: Request, rulebook: Rulebook) -> Listing:
    """The files of the work tree that a request names, and what is left out. Raises UsageError for paths that cannot be."""
    return discover(
        root,
        request.paths,
        use_git_ignore=request.git_ignore,
        include=_globs(rulebook.settings.include),
        exclude=_globs(rulebook.settings.exclude),
        ignore_file=_globs(rulebook.ignore),
        cwd=request.cwd,
    )


def _selected(root: str, request: Request, rulebook: Rulebook, stack: ExitStack) -> tuple[Tree, Listing]:
    if not request.staged:
        return WorkTree(root), listing_of(root, request, rulebook)
    from ospec_guard.engine.trees import IndexTree

    index = stack.enter_context(IndexTree(root))
    listing = discover_staged(
        root,
        index,
        request.paths,
        include=_globs(rulebook.settings.include),
        exclude=_globs(rulebook.settings.exclude),
        ignore_file=_globs(rulebook.ignore),
        cwd=request.cwd,
    )
    return index, listing


def _globs(placed: Sequence[tuple[Glob, object]]) -> tuple[Glob, ...]:
    return tuple(glob for glob, _ in placed)


def _since(root: str, request: Request) -> tuple[str, frozenset[str], dict[str, str]]:
    """The merge base, the paths that differ from it, and new to old path of those renamed."""
    from ospec_guard.engine.history import changed_since, merge_base

    base = merge_base(root, request.diff or "")
    changes = changed_since(root, base, staged=request.staged)
    renames = {change.path: change.old_path for change in changes if change.old_path}
    return base, frozenset(change.path for change in changes), renames


def _only(listing: Listing, paths: frozenset[str]) -> Listing:
    return replace(
        listing,
        candidates=tuple(path for path in listing.candidates if path in paths),
        records=tuple(record for record in listing.records if record.path in paths),
        # A folder that could not be read may hide what changed in it.
        gaps=tuple(gap for gap in listing.gaps if gap.path in paths or gap.path.endswith("/")),
    )


def _at(root: str, base: str, paths: Sequence[str], plan: Plan, request: Request) -> tuple[FileResult, ...]:
    """The files as they were at a commit, checked; those that were not there yet are left out."""
    from ospec_guard.engine.trees import CommitTree, EntryKind

    with CommitTree(root, base) as tree:
        there = sorted({path for path in paths if tree.kind(path) is EntryKind.FILE})
        return run(tree, there, plan, jobs=request.jobs, metrics=False)
