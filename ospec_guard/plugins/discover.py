"""What plugins lie where: folders with a manifest and single-file plugins under the local paths, enabled or not.

Under a local path a plugin is `<name>/plugin.yaml`, `<name>.yaml`, `@<scope>/<name>/plugin.yaml` or `@<scope>/<name>.yaml`
(`.yml` likewise), or the path itself when it holds a manifest. Nothing deeper is looked at.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

from ospec_guard.errors import Problem
from ospec_guard.model import Place
from ospec_guard.plugins.manifest import MANIFEST_NAMES, Reading, read_manifest
from ospec_guard.plugins.names import ScopedName, fold, is_plain, parse_scoped
from ospec_guard.plugins.places import Spot
from ospec_guard.protocols import Files
from ospec_guard.values import replace, value

ENDINGS = (".yaml", ".yml")


@value
class Found:
    """A file that is a plugin's manifest, or should be."""

    spot: Spot
    """The manifest."""
    folder: Spot
    """The folder that paths in the manifest start from."""
    stem: str
    """The name of its folder, or of a single file without its ending."""
    reading: Reading
    digest: str
    """SHA-256 of the manifest's bytes, hex; empty when it could not be read."""
    placed: ScopedName | None = None
    """The scoped name its place states: the folder of a scope, and the stem."""

    @property
    def name(self) -> str:
        """The manifest's plain name, else that of a scoped one, else of its place."""
        return self.reading.name or (self.scoped[0].name if self.scoped else self.stem)

    @property
    def scoped(self) -> tuple[ScopedName, ...]:
        """Every scoped name that the manifest or its place states."""
        return self.reading.scoped + ((self.placed,) if self.placed else ())

    def answers_to(self, wanted: ScopedName) -> bool:
        """Whether the plugin is meant by a scoped name: one it states, or (when it states none) one whose last part fits."""
        if self.scoped:
            return any(name.folded == wanted.folded for name in self.scoped)
        return fold(wanted.name) in {fold(self.stem), fold(self.reading.name)}


@value
class Discovery:
    """Everything that lies under some paths, in the order of the paths and sorted by name within each."""

    found: tuple[Found, ...]
    looked_at: tuple[str, ...]
    """The paths as shown to people, with a remark where one does not exist."""
    problems: tuple[Problem, ...]
    """Paths that could not be read; the manifests' problems are in their readings."""
    bundled: frozenset[str] = frozenset()
    """Paths of those that are the product's own and lie under no local path."""


def discover(paths: Sequence[Spot], files: Files) -> Discovery:
    """All plugins under the paths. A path that does not exist is remarked, not a problem; one given twice counts once."""
    found: dict[str, Found] = {}
    looked_at, problems = [], []
    for path in dict.fromkeys(paths):
        if not files.is_dir(path.path):
            looked_at.append(f"{path.shown} ({'not a folder' if files.exists(path.path) else 'does not exist'})")
            continue
        looked_at.append(path.shown)
        try:
            candidates = _candidates(path, files)
        except OSError as error:
            problems.append(Problem(f"the folder cannot be read: {error.strerror or error}", Place(path.shown)))
            continue
        for candidate in candidates:
            found.setdefault(candidate.spot.path, candidate)
    return Discovery(tuple(found.values()), tuple(looked_at), tuple(problems))


def find_at(spot: Spot, files: Files) -> Found | None:
    """The plugin at a path: a folder that holds a manifest, or a manifest itself. None when there is neither."""
    if files.is_dir(spot.path):
        return _in_folder(spot, files)
    return _of_file(spot, files) if files.exists(spot.path) else None


def _candidates(path: Spot, files: Files) -> list[Found]:
    own = _in_folder(path, files)
    found = [own] if own else []
    for entry in files.list(path.path):
        child = path.child(entry)
        if not files.is_dir(child.path):
            if entry.endswith(ENDINGS) and entry not in MANIFEST_NAMES and not entry.startswith("."):
                found.append(_of_file(child, files))
        elif entry.startswith("@"):
            found += _of_scope(child, files)
        elif (plugin := _in_folder(child, files)) is not None:
            found.append(plugin)
    return found


def _of_scope(folder: Spot, files: Files) -> list[Found]:
    children = [folder.child(entry) for entry in files.list(folder.path)]
    plugins = [find_at(child, files) for child in children if files.is_dir(child.path) or child.path.endswith(ENDINGS)]
    return [plugin for plugin in plugins if plugin is not None]


def _in_folder(folder: Spot, files: Files) -> Found | None:
    manifests = [name for name in MANIFEST_NAMES if files.exists(folder.child(name).path)]
    if not manifests:
        return None
    plugin = _read(folder.child(manifests[0]), folder, os.path.basename(folder.path), files)
    if len(manifests) > 1:
        message = f"the folder holds both {' and '.join(manifests)}"
        return _refused(plugin, Problem(message, Place(folder.shown), "keep one of the two"))
    return plugin


def _of_file(spot: Spot, files: Files) -> Found:
    folder = spot.parent
    base = os.path.basename(spot.path)
    stem = os.path.basename(folder.path) if base in MANIFEST_NAMES else os.path.splitext(base)[0]
    return _read(spot, folder, stem, files)


def _read(spot: Spot, folder: Spot, stem: str, files: Files) -> Found:
    # Of a folder, the one above it may be that of a scope; of a single file, the one it is in.
    above = folder.parent if os.path.basename(spot.path) in MANIFEST_NAMES else folder
    placed = parse_scoped(f"{os.path.basename(above.path)}/{stem}")
    try:
        data = files.read(spot.path)
    except OSError as error:
        problem = Problem(f"the manifest cannot be read: {error.strerror or error}", Place(spot.shown))
        return Found(spot, folder, stem, Reading(None, (problem,)), "", placed)
    found = Found(spot, folder, stem, read_manifest(data, spot.shown), hashlib.sha256(data).hexdigest(), placed)
    if found.reading.manifest is not None and not is_plain(found.name):
        return _refused(found, Problem(f"'{found.name}' cannot be the name of a plugin", Place(spot.shown), "give it a 'name'"))
    return found


def _refused(found: Found, problem: Problem) -> Found:
    return replace(found, reading=replace(found.reading, manifest=None, problems=(*found.reading.problems, problem)))
