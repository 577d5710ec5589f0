"""Which files there are to check: git's own answer inside a work tree, our own walk elsewhere, or what is staged.

Everything found is accounted for: a candidate, a record of what is left out and why, or a gap. Finds; what names say of the
found is for `sift`, what content says for `select`. `docs/files.md` explains it all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise

from ospec_guard.engine.git import GitMissingError, Repository, find_repository, finish, relative_to
from ospec_guard.engine.history import changed_since
from ospec_guard.engine.sift import WHOLE, Listing, and_above, is_under, names_in, sift
from ospec_guard.engine.trees import Entry, EntryKind, IndexTree, kind_of
from ospec_guard.engine.walk import lead, scan, walk
from ospec_guard.errors import Problem, UsageError
from ospec_guard.globs import Glob
from ospec_guard.model import Notice


class _Named:
    """What a command line names, relative to the root."""

    def __init__(self) -> None:
        self.files: list[Entry] = []
        self.folders: list[str] = []
        """'' for the root."""

    @property
    def paths(self) -> list[str]:
        return [*(entry.path for entry in self.files), *self.folders]


def discover(
    root: str,
    paths: Sequence[str] = (),
    *,
    use_git_ignore: bool = True,
    include: Sequence[Glob] = (),
    exclude: Sequence[Glob] = (),
    ignore_file: Sequence[Glob] = (),
    cwd: str | None = None,
) -> Listing:
    """The files under `paths` (relative to `cwd`; none: the whole root) on disk.

    A file that is named is listed even if git ignores it, and costs no call of git. For the globs see `sift`. Raises UsageError
    with every path that does not exist or leads out of the root, and SurroundingsError when git refuses to answer.
    """
    named = _resolve(root, paths, os.getcwd() if cwd is None else cwd)
    entries: dict[str, Entry] = {}
    notices: list[Notice] = []
    by_repository: dict[Repository | None, list[str]] = {}
    for folder in named.folders:
        repository = find_repository(os.path.join(root, folder)) if use_git_ignore else None
        by_repository.setdefault(repository, []).append(folder)
    for repository, folders in by_repository.items():
        try:
            found = _ask_git(repository, root, folders, notices) if repository else None
        except GitMissingError as error:
            hint = "install git, so that files it tracks are listed even where .gitignore matches them"
            notices.append(Notice("notice/no-git", f"{error.problems[0].message}: files are listed without it", None, hint))
            found = None
        if found is None:
            wanted = names_in(include)
            found = [e for f in folders for e in walk(root, f, use_git_ignore, wanted, leave=repository is not None)]
        entries.update((entry.path, entry) for entry in found)
    entries.update((entry.path, entry) for entry in named.files)
    return sift(entries.values(), include=include, exclude=exclude, ignore_file=ignore_file, named=named.paths, notices=notices)


def discover_staged(
    root: str,
    index: IndexTree,
    paths: Sequence[str] = (),
    *,
    include: Sequence[Glob] = (),
    exclude: Sequence[Glob] = (),
    ignore_file: Sequence[Glob] = (),
    cwd: str | None = None,
) -> Listing:
    """The files under `paths` that git's index holds otherwise than HEAD; see `discover` for the rest.

    A path may be in the index alone. What waits for a merge to be settled is a gap.
    """
    changed = {change.path for change in changed_since(root, "", staged=True)}
    known = (
        {place for entry in index.entries for place in (entry.path, *and_above(os.path.dirname(entry.path)))}
        if paths
        else set()
    )
    named, problems = [], []
    cwd = os.getcwd() if cwd is None else cwd
    for path in paths:
        place = _place(root, path, cwd)
        if isinstance(place, Problem):
            problems.append(place)
        elif place in known or os.path.lexists(os.path.join(root, place)):
            named.append(place)
        else:
            problems.append(_missing(path, cwd))
    if problems:
        raise UsageError(*problems)
    entries = [e for e in index.entries if e.path in changed and (not named or is_under(e.path, named))]
    return sift(entries, include=include, exclude=exclude, ignore_file=ignore_file, named=named)


# What the command line names


def _resolve(root: str, paths: Sequence[str], cwd: str) -> _Named:
    """Raises UsageError with every path that cannot be."""
    named, problems = _Named(), []
    for path in paths:
        place = _place(root, path, cwd)
        if isinstance(place, Problem):
            problems.append(place)
            continue
        full = os.path.join(root, place)
        try:
            kind = kind_of(os.lstat(full).st_mode)
        except PermissionError as error:
            named.files.append(Entry(place, EntryKind.UNREADABLE, error.strerror or "no permission"))
            continue
        except OSError:
            problems.append(_missing(path, cwd))
            continue
        if kind is EntryKind.LINK:
            named.files.append(Entry(place, kind, lead(root, full)))
            if not os.path.exists(full):
                continue
            # Somebody asked for what is behind it, so that is what is checked, under its own name.
            place = (relative_to(os.path.realpath(root), os.path.realpath(full)) or "").replace(os.sep, "/")
            kind = kind_of(os.stat(full).st_mode)
        if kind is EntryKind.FOLDER:
            named.folders.append(place)
        else:
            named.files.append(Entry(place, kind))
    if problems:
        raise UsageError(*problems)
    if not paths:
        named.folders.append("")
    named.folders = sorted(set(named.folders))
    return named


def _place(root: str, path: str, cwd: str) -> str | Problem:
    """A named path relative to the root, links above its last name resolved; a Problem where that cannot be."""
    if path == "-":
        return Problem("standard input cannot be checked", None, "name a file; write ./- for one of that name")
    full = os.path.join(cwd, path)
    real_root = os.path.realpath(root)
    head, name = os.path.split(full.rstrip(os.sep))
    real = os.path.realpath(full) if name in ("", ".", "..") else os.path.join(os.path.realpath(head), name)
    inside = relative_to(real_root, real)
    if inside is None:
        if all(relative_to(top, os.path.normpath(full)) is None for top in (root, real_root)):
            hint = "run ospec-guard in the repository that it belongs to"
            return Problem(f"'{path}' lies outside of {root}", None, hint)
        return _astray(path, root)
    target = relative_to(real_root, os.path.realpath(full))
    if target is None and os.path.exists(full):
        return _astray(path, root)
    if ".git" in inside.split(os.sep) or (target and ".git" in target.split(os.sep)):
        return Problem(f"'{path}' is git's own and is never checked", None, "leave it out")
    return inside.replace(os.sep, "/")


def _astray(path: str, root: str) -> Problem:
    return Problem(f"'{path}' leads out of {root} through a link, and links are not followed", None, "name the real file")


def _missing(path: str, cwd: str) -> Problem:
    return Problem(f"there is no file or folder '{path}'", None, f"paths are relative to {cwd}")


# git's answer


def _ask_git(repository: Repository, root: str, folders: Sequence[str], notices: list[Notice]) -> list[Entry]:
    """What git lists below folders of one repository, and what stands there on disk."""
    scopes = [(repository.inside(os.path.join(root, folder)) or "").replace(os.sep, "/") for folder in folders]
    limits = () if "" in scopes else ("--", *scopes)
    asked = (
        ("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard", *limits),
        ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", *limits),
    )
    with ExitStack() as stack:  # both walk the tree, so let them do it side by side
        running = [stack.enter_context(repository.start(*arguments)) for arguments in asked]
        (listed, said), (ignored, _) = [finish(repository, process, a) for process, a in zip(running, asked, strict=True)]
    home = relative_to(os.path.realpath(root), repository.top)  # None: the root lies below the top
    below = f"{repository.inside(root)}/" if home is None else ""
    above = f"{home}/" if home else ""

    def place(path: str) -> str:
        return above + path[len(below) :]

    disk = _Disk(root)
    entries, sparse = [], 0
    for line in os.fsdecode(listed).split("\0")[:-1]:
        # `? path` for what git does not track, `<tag> <mode> <object> <stage>` tab `path` for what it does
        facts, name = ("?", line[2:]) if line[0] == "?" else line.split("\t", 1)
        path = above + name[len(below) :]
        if facts[2:8] == "160000" or path.endswith("/"):
            entries.append(Entry(path.rstrip("/") + "/", EntryKind.SUBMODULE))
            continue
        kind = disk.kind(path)
        if kind is EntryKind.LINK:
            entries.append(Entry(path, kind, lead(root, os.path.join(root, path))))
        elif kind is EntryKind.FILE:
            entries.append(Entry(path, kind))
        elif facts[0] == "S":
            sparse += 1
    # git never lists what is neither file nor link; the folders that were looked into show it.
    entries += [entry for entry in disk.odd if entry.kind is EntryKind.UNREADABLE or is_under(entry.path, folders)]
    entries += [Entry(place(path) or WHOLE, EntryKind.IGNORED) for path in _ignored(os.fsdecode(ignored), scopes)]
    for path, why in re.findall(r"could not open directory '(.*?)/?': (.*)", said):
        entries.append(Entry(f"{place(path)}/", EntryKind.UNREADABLE, why))
    if sparse:
        message = f"{sparse} tracked files are not checked, for they are not checked out (sparse checkout)"
        notices.append(Notice("notice/sparse", message, None, "git sparse-checkout disable"))
    return entries


def _ignored(output: str, scopes: Sequence[str]) -> Iterator[str]:
    """The ignored paths in git's answer, without the folders that it lists for what they hold, not for themselves."""
    paths = sorted(set(output.split("\0")[:-1]))
    for path, following in pairwise([*paths, ""]):
        if path.endswith("/") and following.startswith(path):
            continue
        holding = [scope for scope in scopes if path.endswith("/") and f"{scope}/".startswith(path)]
        yield from (f"{scope}/" for scope in holding) if holding else (path,)


class _Disk:
    """What stands where on disk, folder by folder. Nothing stands behind a link."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._folders: dict[str, dict[str, EntryKind]] = {}
        self.odd: list[Entry] = []
        """Folders that could not be listed, and what is neither file, folder nor link."""

    def kind(self, path: str) -> EntryKind | None:
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._list(folder) if not folder or self.kind(folder) is EntryKind.FOLDER else {}
        return self._folders[folder].get(name)

    def _list(self, folder: str) -> dict[str, EntryKind]:
        prefix = f"{folder}/" if folder else ""
        try:
            found = dict(scan(os.path.join(self._root, folder)))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.odd.append(Entry(prefix or WHOLE, EntryKind.UNREADABLE, error.strerror or str(error)))
            return {}
        self.odd += [Entry(prefix + name, kind) for name, kind in found.items() if kind is EntryKind.SPECIAL]
        return found
