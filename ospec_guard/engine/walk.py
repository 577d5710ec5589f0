"""Our own walk, for folders outside of git: what stands where on disk, and nested `.gitignore` files obeyed as git does.

Links are never followed, `.git` is never entered. A file that git tracks although `.gitignore` matches it is not seen here,
which is why git is asked where it can be.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence

from ospec_guard.engine.git import relative_to
from ospec_guard.engine.sift import VENDORED, WHOLE, and_above
from ospec_guard.engine.trees import Entry, EntryKind, load_regular
from ospec_guard.globs import compile_globs


def walk(root: str, start: str, honour: bool, wanted: frozenset[str], *, leave: bool) -> Iterator[Entry]:
    """What stands below a folder, `.git` left out; `.gitignore` files are obeyed if `honour`.

    Vendored folders are not entered unless their name is `wanted`, other repositories not if `leave`.
    """
    ignores: list[_IgnoreFile] = []
    if honour:
        for folder in and_above(start):
            ignores += _ignore_file(root, folder.rpartition("/")[0])
            if _is_ignored(ignores, f"{folder}/"):
                yield Entry(f"{start}/", EntryKind.IGNORED)
                return
    pending = [(start, ignores)]
    while pending:
        folder, ignores = pending.pop()
        prefix = f"{folder}/" if folder else ""
        try:
            found = dict(scan(os.path.join(root, folder)))
        except OSError as error:
            yield Entry(prefix or WHOLE, EntryKind.UNREADABLE, error.strerror or str(error))
            continue
        if leave and folder != start and ".git" in found:
            yield Entry(prefix, EntryKind.SUBMODULE)
            continue
        if honour and ".gitignore" in found:
            ignores = ignores + _ignore_file(root, folder)
        for name, kind in sorted(found.items()):
            path = prefix + name
            if name == ".git":
                continue
            if _is_ignored(ignores, f"{path}/" if kind is EntryKind.FOLDER else path):
                yield Entry(f"{path}/" if kind is EntryKind.FOLDER else path, EntryKind.IGNORED)
            elif kind is not EntryKind.FOLDER:
                yield Entry(path, kind, lead(root, os.path.join(root, path)) if kind is EntryKind.LINK else "")
            elif name in VENDORED and name not in wanted and os.path.lexists(os.path.join(root, path, VENDORED[name])):
                yield Entry(f"{path}/", EntryKind.VENDORED)
            else:
                pending.append((path, ignores))


def scan(folder: str) -> Iterator[tuple[str, EntryKind]]:
    """Names in a folder on disk and what stands there, in no order. Raises OSError."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_file(follow_symlinks=False):
                yield entry.name, EntryKind.FILE
            elif entry.is_dir(follow_symlinks=False):
                yield entry.name, EntryKind.FOLDER
            else:
                yield entry.name, EntryKind.LINK if entry.is_symlink() else EntryKind.SPECIAL


def lead(root: str, full: str) -> str:
    """Where a link leads, for people."""
    text = ""
    try:
        text = os.readlink(full)
        os.stat(full)
    except OSError as error:
        return f"leads in a circle: {text}" if error.errno == errno.ELOOP else f"broken: leads to '{text}', {error.strerror}"
    inside = relative_to(os.path.realpath(root), os.path.realpath(full))
    return f"leads out of the root: {text}" if inside is None else f"leads to {inside or WHOLE}"


class _IgnoreFile:
    """One `.gitignore`, asked about paths from the root down: never about what lies in an ignored folder."""

    def __init__(self, folder: str, data: bytes) -> None:
        self._start = len(folder) + 1 if folder else 0
        self._globs: list[tuple[re.Pattern[str], bool]] = []
        for line in os.fsdecode(data.removeprefix(b"\xef\xbb\xbf")).split("\n"):
            # `a/**/` and `a/**/*/` are the same for git; pathspec takes the first for `a` itself.
            spelt = re.sub(r"/\*\*/\s*$", "/**/*/", line)
            try:
                self._globs += [(re.compile(_exactly(g.regex), re.DOTALL), g.include) for g in compile_globs([spelt])]
            except (ValueError, re.error):
                continue  # for git, too, it is a glob that matches nothing
        self._globs.reverse()

    def decide(self, path: str) -> bool | None:
        """Whether it ignores the path (True), takes it back (False), or says nothing of it. Folders end in '/'."""
        path = path[self._start :]
        return next((include for regex, include in self._globs if regex.fullmatch(path)), None)


def _is_ignored(ignores: Sequence[_IgnoreFile], path: str) -> bool:
    """What the innermost file that says anything says."""
    return next((decided for ignore in reversed(ignores) if (decided := ignore.decide(path)) is not None), False)


def _ignore_file(root: str, folder: str) -> list[_IgnoreFile]:
    try:
        return [_IgnoreFile(folder, load_regular(os.path.join(root, folder, ".gitignore"))[0])]
    except OSError:
        return []  # without it more is checked, not less


def _exactly(regex: str) -> str:
    """The expression of pathspec, which matches whatever lies below a match too, made to match the path itself alone."""
    whole = {".": ".+", "(?P<ps_d>/)": ".*/", "/": "[^/]+/.+"}.get(regex)
    if whole:
        return whole
    for end, exact in ((r"(?:(?P<ps_d>/)|\Z)", "/?"), ("(?P<ps_d>/)", "/"), ("/", "/.+")):
        if regex.endswith(end):
            return regex.removesuffix(end) + exact
    return regex
