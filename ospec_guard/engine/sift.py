"""What names alone say of the files that were found: wanted, excluded by the user's globs, or other people's code.

Pure; knows neither disk nor git. What content says is for `select`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ospec_guard.engine.trees import Entry, EntryKind
from ospec_guard.globs import Glob
from ospec_guard.model import FileRecord, FileStatus, Gap, Notice
from ospec_guard.values import value

VENDORED: dict[str, str] = {
    **dict.fromkeys(("node_modules", "bower_components", "jspm_packages", ".yarn"), ""),
    **dict.fromkeys(("site-packages", "__pypackages__", ".venv", ".tox", ".nox", ".eggs"), ""),
    **dict.fromkeys(("venv", "env", "virtualenv"), "pyvenv.cfg"),
    **dict.fromkeys(("vendor", "third_party", "Pods", "Carthage", ".bundle"), ""),
}
"""Names of folders that hold other people's code, and the file that must be in the folder for its name to count ('': none)."""

WHOLE = "./"
"""The root itself, in records."""


@value
class Listing:
    """What was found, each part sorted; a path stands in one of the first three."""

    candidates: tuple[str, ...] = ()
    """Paths of files to select from."""
    records: tuple[FileRecord, ...] = ()
    """What is left out already."""
    gaps: tuple[Gap, ...] = ()
    notices: tuple[Notice, ...] = ()
    used_globs: tuple[tuple[str, str], ...] = ()
    """(`include`, `exclude` or `.ospecguardignore`; the glob as written) for every glob that decided about something."""


def sift(
    entries: Iterable[Entry],
    *,
    include: Sequence[Glob] = (),
    exclude: Sequence[Glob] = (),
    ignore_file: Sequence[Glob] = (),
    named: Sequence[str] = (),
    notices: Sequence[Notice] = (),
) -> Listing:
    """What is to be checked of what was found, by name alone.

    With `include`, only what one of its globs matches; `exclude` and `ignore_file` take away. A vendored folder is one record;
    what is in it is looked at only where `named` leads there, or an `include` glob that spells the folder's name out.
    """
    entries = sorted(entries, key=lambda entry: entry.path)
    lists = {"include": _Globs(include), "exclude": _Globs(exclude), ".ospecguardignore": _Globs(ignore_file)}
    taking = [name for name, globs in (("exclude", exclude), (".ospecguardignore", ignore_file)) if globs]
    vendored = _Vendored(entries, include, named)
    candidates, gaps = [], []
    records: dict[str, FileRecord] = {}

    def leave_out(path: str, reason: str, *notes: str) -> None:
        records[path] = FileRecord(path, FileStatus.LEFT_OUT, str(reason), notes=tuple(note for note in notes if note))

    for entry in entries:
        folder = vendored.folder_of(entry.path)
        if folder:
            # The lists are asked all the same: a glob that names the folder is no dead glob.
            for name in taking:
                lists[name].decide(folder)
            leave_out(folder, EntryKind.VENDORED)
            continue
        taken = [name for name in taking if lists[name].decide(entry.path)]
        if entry.kind in (EntryKind.IGNORED, EntryKind.VENDORED):
            leave_out(entry.path, entry.kind)
        elif taken:
            leave_out(entry.path, "excluded", f"by {taken[0]}: {lists[taken[0]].last}")
        elif entry.kind is EntryKind.UNREADABLE:
            gaps.append(Gap("gap/unreadable", entry.path, f"could not be read: {entry.note}"))
        elif include and not lists["include"].decide(entry.path):
            leave_out(entry.path, "excluded", "no glob of include matches")
        elif entry.kind is EntryKind.FILE:
            candidates.append(entry.path)
        else:
            leave_out(entry.path, entry.kind, entry.note)
    used = tuple(sorted((name, pattern) for name, globs in lists.items() for pattern in globs.used))
    return Listing(tuple(candidates), tuple(sorted(records.values())), tuple(gaps), tuple(sorted(set(notices))), used)


class _Globs:
    """One of the user's lists. The last glob that matches a path or a folder above it decides, as in `globs.matching`."""

    def __init__(self, globs: Sequence[Glob]) -> None:
        # Names may hold line feeds, which neither '.' nor '$' is to stop at.
        self._globs = [(re.compile(glob.regex, re.DOTALL), glob) for glob in reversed(globs)]
        self.used: set[str] = set()
        self.last = ""
        """The glob that decided about the last path."""

    def decide(self, path: str) -> bool:
        for regex, glob in self._globs:
            if regex.match(path):
                self.used.add(glob.pattern)
                self.last = glob.pattern
                return glob.include
        return False


class _Vendored:
    """Which paths lie in folders of other people's code that nobody asked to look into."""

    def __init__(self, entries: Iterable[Entry], include: Sequence[Glob], named: Sequence[str]) -> None:
        marks = {mark for mark in VENDORED.values() if mark}
        self._marked = {entry.path for entry in entries if entry.path[entry.path.rfind("/") + 1 :] in marks}
        self._include = include
        self._named = set(named)
        self._folders: dict[str, list[str]] = {}

    def folder_of(self, path: str) -> str:
        """The vendored folder that a path lies in, ending in '/'; '' where it lies in none or was asked for."""
        above = path.rstrip("/").rpartition("/")[0]
        if above not in self._folders:
            self._folders[above] = [folder for folder in and_above(above) if self._is_vendored(folder)]
        for folder in self._folders[above]:
            if not self._is_wanted(folder, path):
                return f"{folder}/"
        return ""

    def _is_vendored(self, folder: str) -> bool:
        mark = VENDORED.get(folder[folder.rfind("/") + 1 :])
        return mark is not None and (not mark or f"{folder}/{mark}" in self._marked)

    def _is_wanted(self, folder: str, path: str) -> bool:
        if path in self._named:  # the usual case, with the names of a thousand files from a hook
            return True
        if any(is_under(name, [folder]) and is_under(path, [name]) for name in self._named):
            return True
        name = folder[folder.rfind("/") + 1 :]
        return any(name in names_in([glob]) and _Globs([glob]).decide(path) for glob in self._include)


def names_in(include: Sequence[Glob]) -> frozenset[str]:
    """The folder names that globs spell out."""
    return frozenset(name for glob in include for name in glob.pattern.split("/"))


def and_above(folder: str) -> list[str]:
    """A folder and those it lies in, outermost first, without the root."""
    names = folder.split("/") if folder else []
    return ["/".join(names[: count + 1]) for count in range(len(names))]


def is_under(path: str, folders: Iterable[str]) -> bool:
    return any(not folder or path == folder or path.startswith(f"{folder}/") for folder in folders)
