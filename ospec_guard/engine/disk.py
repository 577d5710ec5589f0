"""Configuration files, on disk or as a commit recorded them: the implementations of `protocols.Files`.

Unlike the files under analysis, configuration may stand behind links. Paths are absolute or relative to the root.
"""

from __future__ import annotations

import errno
import os
from types import TracebackType
from typing import Self

from ospec_guard.engine.git import relative_to, require_repository
from ospec_guard.engine.trees import CommitTree, EntryKind, load_regular

_MOST_LINKS = 40
"""As many as Linux follows in one path."""


class DiskFiles:
    """Configuration as it is on disk."""

    def __init__(self, root: str) -> None:
        self._root = root

    def read(self, path: str) -> bytes:
        # The real path, since what reads it follows no links; it opens no FIFO either, which nobody might ever write to.
        return load_regular(os.path.realpath(os.path.join(self._root, path)))[0]

    def exists(self, path: str) -> bool:
        return os.path.exists(os.path.join(self._root, path))

    def is_dir(self, path: str) -> bool:
        return os.path.isdir(os.path.join(self._root, path))

    def real(self, path: str) -> str:
        return os.path.realpath(os.path.join(self._root, path))

    def list(self, path: str) -> list[str]:
        return sorted(os.listdir(os.path.join(self._root, path)))


class CommitFiles:
    """Configuration as a commit recorded it, given by its full object name; what lies outside of the repository, as on disk.

    A path that leads into the repository, be it from outside through a link, is read from the commit: the work tree has no say.
    To be closed, or used as a context manager.
    """

    def __init__(self, root: str, commit: str) -> None:
        self._root = os.path.realpath(root)
        self._top = require_repository(root, "reading settings from a commit").top
        self._tree = CommitTree(self._top, commit)
        self._disk = DiskFiles(root)

    def read(self, path: str) -> bytes:
        inside, place = self._follow(path)
        return self._tree.read(place) if inside else self._disk.read(place)

    def exists(self, path: str) -> bool:
        return self._holds(path, None)

    def is_dir(self, path: str) -> bool:
        return self._holds(path, EntryKind.FOLDER)

    def real(self, path: str) -> str:
        inside, place = self._follow(path)
        return os.path.join(self._top, place).rstrip(os.sep) if inside else self._disk.real(place)

    def list(self, path: str) -> list[str]:
        inside, place = self._follow(path)
        return self._tree.names(place) if inside else self._disk.list(place)

    def close(self) -> None:
        """Ends the git process that reads."""
        self._tree.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _holds(self, path: str, wanted: EntryKind | None) -> bool:
        try:
            inside, place = self._follow(path)
        except OSError:  # links in a circle
            return False
        if not inside:
            return self._disk.is_dir(place) if wanted else self._disk.exists(place)
        kind = self._tree.kind(place)
        return kind is not None and wanted in (None, kind)

    def _follow(self, path: str, links: int = 0) -> tuple[bool, str]:
        """Whether a path is the commit's, and where: relative to the top, links resolved; or absolute, on disk."""
        full = os.path.normpath(os.path.join(self._root, path))
        inside = self._inside(full)
        if inside is None:
            return False, full
        names = inside.split(os.sep)
        for count in range(1, len(names) + 1):
            if self._tree.kind("/".join(names[:count])) is EntryKind.LINK:
                if links == _MOST_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
                text = self._tree.link("/".join(names[:count]))
                return self._follow(os.path.join(self._top, *names[: count - 1], text, *names[count:]), links + 1)
        return True, "/".join(names)

    def _inside(self, full: str) -> str | None:
        """An absolute path relative to the top; None outside. The disk's links count on the way in, and no further."""
        names = full.split(os.sep)
        for count in range(2, len(names) + 1):
            inside = relative_to(self._top, os.path.realpath(os.sep.join(names[:count])))
            if inside is not None:
                return os.path.join(inside, *names[count:])
        return None
