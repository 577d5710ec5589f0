"""Many files: read, selected and checked, in this process or in workers, with one result a file in order of path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ospec_guard.engine.check import Checker, FileResult
from ospec_guard.engine.plan import Plan
from ospec_guard.engine.select import select
from ospec_guard.engine.trees import Tree
from ospec_guard.engine.workers import Pool, usable_jobs
from ospec_guard.languages import identify
from ospec_guard.model import FileRecord, FileStatus, Gap
from ospec_guard.values import replace

UNKNOWN = "unknown"
"""The language of files that neither name nor content tells anything of."""
NO_RULE = "no-rule"
"""The reason of files that no rule looks at, by their language or path."""


def run(
    tree: Tree,
    paths: Sequence[str],
    plan: Plan,
    *,
    jobs: int | None = None,
    metrics: bool = True,
    timed: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[FileResult, ...]:
    """The results of the files at `paths`, in that order; the same bytes of result for any number of `jobs`."""
    sizes = _sizes(tree, paths)
    pool = Pool(start_checking, (tree, plan, metrics, timed), jobs=usable_jobs(jobs, sum(sizes)), lost=_lost)
    results = []
    for result in pool.map(paths, sizes):
        results.append(result)
        if progress is not None:
            progress(len(results), len(paths))
    return tuple(results)


def start_checking(tree: Tree, plan: Plan, metrics: bool, timed: bool) -> Callable[[str], FileResult]:
    """What a worker does with a path; called once in each process."""
    checker = Checker(plan, metrics=metrics, timed=timed)

    def check_file(path: str) -> FileResult:
        selected = select(tree, path, plan.limits)
        if isinstance(selected, FileRecord):
            return FileResult(selected)
        if isinstance(selected, Gap):
            # Nobody is waiting for a file that no rule looks at, so that nothing is missed when it cannot be read.
            # Of a file known by its first line alone it cannot be told, so that it counts as awaited.
            language = identify(path, b"")
            if language.name != UNKNOWN and not checker.wants(path, language):
                return FileResult(FileRecord(path, FileStatus.LEFT_OUT, NO_RULE))
            return FileResult(FileRecord(path, FileStatus.GAP, selected.id), gaps=(selected,))
        if not checker.wants(path, selected.language):
            return FileResult(replace(selected.record, status=FileStatus.LEFT_OUT, reason=NO_RULE))
        return checker.check(selected.source, selected.language, selected.record)

    return check_file


def _lost(path: str) -> FileResult:
    gap = Gap(
        "gap/crash",
        path,
        "the worker that analysed the file was ended, by the system or by a crash; twice, the second time alone",
    )
    return FileResult(FileRecord(path, FileStatus.GAP, gap.id), gaps=(gap,))


def _sizes(tree: Tree, paths: Sequence[str]) -> list[int]:
    sizes = []
    for path in paths:
        try:
            sizes.append(tree.size(path))
        except OSError:
            sizes.append(0)  # the worker will find out, and say so
    return sizes


def existing(results: Collection[FileResult], base: Collection[FileResult], renames: Mapping[str, str]) -> Iterator[str]:
    """Fingerprints of findings that are there at the base too, compared by content: each base finding accounts for one.

    `renames` is new path to old path, for files that were renamed since.
    """
    from collections import Counter

    known = Counter((result.record.path, finding.content) for result in base for finding in result.findings)
    for result in results:
        old = renames.get(result.record.path, result.record.path)
        for finding in result.findings:
            if known[old, finding.content] > 0:
                known[old, finding.content] -= 1
                yield finding.fingerprint
