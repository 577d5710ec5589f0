"""Where the repository starts: the folder everything is relative to, and whose settings hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ospec_guard.config.settings import SETTINGS_FILE

_MARKS = (SETTINGS_FILE, ".git")


def is_marked(folder: str) -> bool:
    """Whether a folder on disk holds settings or a git repository."""
    return any(os.path.lexists(os.path.join(folder, mark)) for mark in _MARKS)


def find_root(cwd: str, paths: Sequence[str], marked: Callable[[str], bool] = is_marked) -> str:
    """The nearest folder at or above `cwd` that is marked as one, by settings or a git repository.

    Without one: the same from the first given path; without one there too, `cwd` itself if the path lies in it, else the
    path's folder. Searching from where the user stands, not from what is checked, is what keeps a vendored settings file from
    weakening the root's.
    """
    starts = [cwd]
    fallback = cwd
    if paths:
        first = os.path.abspath(os.path.join(cwd, paths[0]))
        folder = first if os.path.isdir(first) else os.path.dirname(first)
        starts.append(folder)
        if not (folder == cwd or folder.startswith(cwd.rstrip(os.sep) + os.sep)):
            fallback = folder
    return next((root for start in starts if (root := _nearest(start, marked))), os.path.realpath(fallback))


def _nearest(start: str, marked: Callable[[str], bool]) -> str:
    folder = os.path.realpath(start)
    while True:
        if marked(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
