"""`build_analysis`: the bytes of a build, by kind of asset, against limits.

Knows what kind a file is by its name; reads nothing. Source maps, and compressed twins of files that are there too, are not
counted: no visitor loads them on top.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Sequence

from ospec_guard.errors import nearest
from ospec_guard.languages import Language
from ospec_guard.metrics.sizes import parse_size
from ospec_guard.model import MetricScore, Offender
from ospec_guard.protocols import Asset, CompileError, FileView, Tally
from ospec_guard.values import value

NAME = "build_analysis"

KINDS: dict[str, tuple[str, ...]] = {
    "javascript": (".js", ".mjs", ".cjs"),
    "css": (".css",),
    "html": (".html", ".htm", ".xhtml"),
    "images": (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp"),
    "fonts": (".woff2", ".woff", ".ttf", ".otf", ".eot"),
    "media": (".mp4", ".webm", ".mp3", ".ogg", ".wav", ".m4a", ".mov"),
    "wasm": (".wasm",),
    "json": (".json", ".webmanifest"),
    "other": (),
    "total": (),
}
"""Kinds of asset and the endings of their names; `other` is whatever has none of them, `total` everything."""

CANDIDATES = ("dist", "build", "out", "public/build", ".next/static", ".output/public", "www", "_site")
"""Where builds usually go."""

_OVER = ", over by "
_MAPS = (".map",)
_COMPRESSED = (".gz", ".br", ".zst")


@value
class Schema:
    """The keys `build_analysis` adds to a metric, as written."""

    limits: dict[str, str | int]
    path: str | tuple[str, ...] = ()
    """The build folder, or several of which the first that exists is measured; none: the usual ones are tried."""


@value
class Options:
    limits: tuple[tuple[str, int], ...]
    """Kind and bytes, in the order of KINDS."""
    folders: tuple[str, ...]
    """Relative to the root, separated by '/', without a slash at the end."""
    explicit: bool
    """Whether the rule's author named the folders."""


def compile(raw: Schema) -> Options:  # noqa: A001 - the protocol's word
    """The limits in bytes. Raises CompileError for unknown kinds, for what is no size, and for folders outside the root."""
    if not raw.limits:
        raise CompileError("expected a limit for at least one kind of asset", "limits", hint=f"kinds: {', '.join(KINDS)}")
    limits = {}
    for kind, size in raw.limits.items():
        if kind not in KINDS:
            hint = nearest(kind, tuple(KINDS)) or f"kinds: {', '.join(KINDS)}"
            raise CompileError(f"unknown kind of asset '{kind}'", "limits", kind, hint=hint)
        try:
            limits[kind] = parse_size(size)
        except ValueError as error:
            raise CompileError(str(error), "limits", kind) from error
    written = (raw.path,) if isinstance(raw.path, str) else raw.path
    ordered = tuple((kind, limits[kind]) for kind in KINDS if kind in limits)
    return Options(ordered, tuple(map(_folder, written)) or CANDIDATES, bool(written))


def prefilter(options: Options) -> tuple[str, ...]:  # noqa: ARG001
    """None: no file of the source tree is looked at."""
    return ()


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Never: the build is measured, not the source."""
    return False


def measure(options: Options, view: FileView) -> Tally | None:  # noqa: ARG001
    """Nothing: the build is measured, not the source."""
    return None


def folders(options: Options) -> tuple[str, ...]:
    """Where to look for the build; the first that exists is measured."""
    return options.folders


def measure_assets(options: Options, assets: Sequence[Asset]) -> Tally | None:
    """The worst ratio of limit to bytes, at most 1, of 1; of 0 when there is no file of a kind that has a limit."""
    counted = list(_counted(assets))
    ratio, found, details = 1.0, False, []
    offenders: dict[str, Offender] = {}
    for kind, limit in options.limits:
        of_kind = [asset for asset in counted if kind in {kind_of(asset.path), "total"}]
        size, gzipped = sum(a.size for a in of_kind), sum(a.gzipped for a in of_kind)
        found = found or bool(of_kind)
        over = f"{_OVER}{size - limit}" if size > limit else ""
        details.append((kind, f"{size} bytes of {limit}, {gzipped} gzipped{over}"))
        if over:
            ratio = min(ratio, limit / size)
            # A file that costs both its own kind and the total is told once, with its kind.
            offenders |= {a.path: _offender(a, kind, size) for a in of_kind if a.size and a.path not in offenders}
    ranked = tuple(sorted(offenders.values(), key=lambda o: o.sort_key))
    return Tally(ratio, 1.0, ranked, tuple(details)) if found else Tally(0.0, 0.0)


def score(options: Options, tallies: Sequence[tuple[str, Tally]]) -> MetricScore:
    """The worst ratio. None without a build; the note then starts with `gap:` when the rule's author named the folder."""
    built = [tally for _, tally in tallies if tally.total]
    details = tuple(detail for tally in built for detail in tally.details)
    within = sum(1 for _, text in details if _OVER not in text)
    return MetricScore(
        id="",
        description="",
        kind=NAME,
        score=min(tally.good for tally in built) if built else None,
        target=None,
        threshold=None,
        measured=f"{within} of {len(details)} kinds of asset within their limits" if built else "",
        offenders=tuple(offender for tally in built for offender in tally.offenders),
        note="" if built else _nothing(options, empty=bool(tallies)),
        details=details,
    )


def kind_of(path: str) -> str:
    """The kind of asset a file is, by its name."""
    ending = os.path.splitext(path)[1].lower()
    return next((kind for kind, endings in KINDS.items() if ending in endings), "other")


def _counted(assets: Sequence[Asset]) -> Iterator[Asset]:
    paths = {asset.path for asset in assets}
    for asset in assets:
        stem, ending = os.path.splitext(asset.path)
        if ending not in _MAPS and not (ending in _COMPRESSED and stem in paths):
            yield asset


def _nothing(options: Options, *, empty: bool) -> str:
    where = ", ".join(options.folders)
    note = f"no build folder found (looked for {where})"
    if empty:
        note = f"the build folder holds no file that has a limit (looked in {where})"
    return f"gap: {note}" if options.explicit else note


def _offender(asset: Asset, kind: str, size: int) -> Offender:
    share = 100 * asset.size / size
    message = f"{asset.size} bytes ({asset.gzipped} gzipped), {share:.0f}% of all {kind}"
    return Offender(asset.path, message, weight=float(asset.size))


def _folder(written: str) -> str:
    folder = written.strip().removeprefix("./").rstrip("/")
    if not folder or folder.startswith("/") or ".." in folder.split("/"):
        hint = "give it relative to the root, such as 'dist'"
        raise CompileError(f"'{written}' is no folder below the root", "path", hint=hint)
    return folder
