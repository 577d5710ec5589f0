"""From what files contribute to a metric to its score, and from a score that is too low to a finding."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable, Sequence

from ospec_guard.digests import digest
from ospec_guard.engine.check import FileResult
from ospec_guard.engine.plan import Plan, as_metric
from ospec_guard.model import Finding, Gap, MetricScore, Severity, Span
from ospec_guard.protocols import Asset, Rule, Tally
from ospec_guard.values import replace, value

GAP_NOTE = "gap: "
"""How the note of a metric starts that could not be measured and should have been."""


@value
class Measured:
    """The outcome of all metrics of a run."""

    scores: tuple[MetricScore, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()


def measure(root: str, plan: Plan, results: Iterable[FileResult]) -> Measured:
    """Scores of all metrics of a plan, by id, with a finding for every score below its threshold or target."""
    tallies: dict[str, list[tuple[str, Tally]]] = {}
    for result in results:
        for rule_id, tally in result.tallies:
            tallies.setdefault(rule_id, []).append((result.record.path, tally))
    measured = Measured()
    for rule in plan.rules:
        if rule.metric:
            score = _score(root, rule, sorted(tallies.get(rule.id, []), key=lambda pair: pair[0]))
            measured = Measured(
                (*measured.scores, replace(score, note=score.note.removeprefix(GAP_NOTE))),
                measured.findings + _findings(rule, score),
                measured.gaps + _gaps(rule, score),
            )
    return measured


def _score(root: str, rule: Rule, parts: Sequence[tuple[str, Tally]]) -> MetricScore:
    module = as_metric(rule)
    try:
        for folder in module.folders(rule.options):
            if os.path.isdir(os.path.join(root, folder)):
                tally = module.measure_assets(rule.options, list_assets(root, folder))
                parts = [*parts, (folder, tally)] if tally is not None else parts
                break
        score = module.score(rule.options, parts)
    except OSError as error:
        path = os.path.relpath(error.filename, root).replace(os.sep, "/")
        note = f"{GAP_NOTE}'{path}' could not be read: {error.strerror}"
        score = MetricScore("", "", "", None, None, None, "", note=note)
    return replace(
        score,
        id=rule.id,
        description=rule.info.description,
        kind=rule.info.kind,
        target=rule.target,
        threshold=rule.threshold,
    )


def list_assets(root: str, folder: str) -> list[Asset]:
    """The regular files under a folder of the root, sorted by path; links are not followed. Raises OSError."""
    assets = []
    for place, folders, names in os.walk(os.path.join(root, folder), onerror=_raise):
        folders.sort()
        for name in names:
            path = os.path.join(place, name)
            found = os.lstat(path)
            if stat.S_ISREG(found.st_mode):
                relative = os.path.relpath(path, root).replace(os.sep, "/")
                assets.append(Asset(relative, found.st_size, _gzipped(path)))
    return sorted(assets, key=lambda asset: asset.path)


def _raise(error: OSError) -> None:
    raise error


def _gzipped(path: str) -> int:
    """The size gzip would give the file at level 6, read piece by piece."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    size = 0
    with open(path, "rb") as stream:
        while piece := stream.read(1 << 16):
            size += len(packer.compress(piece))
    return size + len(packer.flush())


def _findings(rule: Rule, score: MetricScore) -> tuple[Finding, ...]:
    if score.score is None:
        return ()
    below_threshold = score.threshold is not None and score.score < score.threshold
    below_target = score.target is not None and score.score < score.target
    if not below_threshold and not below_target:
        return ()
    wanted = ("threshold", score.threshold) if below_threshold else ("target", score.target)
    message = f"{rule.info.message}: {percent(score.score)} is below the {wanted[0]} of {percent(wanted[1] or 0)}"
    worst = score.offenders[0] if score.offenders else None
    path = worst.path if worst else rule.info.place.path if rule.info.place else "."
    span = Span(0, 0, worst.line, worst.column or 1, worst.line, worst.column or 1) if worst and worst.line else None
    # Without the path: the worst place moves while the metric stays the same. With the score: a worse one is news.
    identity = digest(rule.id, "metric", f"{score.score:.2f}")
    return (
        Finding(
            rule_id=rule.id,
            path=path,
            span=span,
            message=f"{message} ({score.measured})" if score.measured else message,
            severity=rule.severity if below_threshold else min(rule.severity, Severity.WARNING),
            identity=identity,
            content=identity,
            fingerprint=digest(identity, "0"),
            properties=(("score", f"{score.score:.4f}"), wanted_property(wanted)),
        ),
    )


def wanted_property(wanted: tuple[str, float | None]) -> tuple[str, str]:
    """The property that names the bound a score missed."""
    return (wanted[0], f"{wanted[1]:g}")


def percent(share: float) -> str:
    """A share as people read it; never rounded up to the bound it misses."""
    return f"{int(share * 1000) / 10:g} %"


def _gaps(rule: Rule, score: MetricScore) -> tuple[Gap, ...]:
    if score.score is not None or not score.note.startswith(GAP_NOTE):
        return ()
    place = rule.info.place
    path = place.path if place else "."
    message = f"metric '{rule.id}' could not be measured: {score.note.removeprefix(GAP_NOTE)}"
    return (Gap("gap/metric", path, message, None, rule.id, digest("gap/metric", rule.id, path)),)
