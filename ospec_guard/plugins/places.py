"""Where configuration paths lead: from what people write (`./plugins`, `~/.ospec/plugins`) to paths that `Files` can read.

`Files` takes paths relative to the root, or absolute ones for what lies outside it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from ospec_guard.values import value


class UnknownHomeError(ValueError):
    """A path starts at a home folder that is not known."""


class NoHomeError(UnknownHomeError):
    """A path starts at `~`, and the environment does not say where that is."""


@value
class Spot:
    """A file or folder: the path `Files` takes, and the one shown to people (relative to the root, to `~`, or absolute)."""

    path: str
    shown: str

    def child(self, name: str) -> Spot:
        """An entry of the folder, or a relative path under it."""
        own = self.path in {"", "."}
        return Spot(name if own else f"{self.path.rstrip('/')}/{name}", name if own else f"{self.shown.rstrip('/')}/{name}")

    @property
    def parent(self) -> Spot:
        return Spot(os.path.dirname(self.path) or ".", os.path.dirname(self.shown) or ".")


@value
class Origin:
    """What relative paths in a settings file start from."""

    root: str
    """The root folder, absolute or relative to the working directory."""
    folder: str
    """The folder of the settings file, relative to the root (or absolute)."""
    home: str | None
    """The home folder, for `~`."""

    def spot(self, written: str) -> Spot:
        """Where a written path leads. Raises NoHomeError for `~` without a home folder, UnknownHomeError for `~name`."""
        path = os.path.normpath(os.path.join(self.root, self.folder, self._expanded(written)))
        inside = _under(path, os.path.normpath(self.root or "."))
        if inside is not None:
            return Spot(inside, inside)
        if not os.path.isabs(path):
            path = os.path.relpath(path, self.root)
        in_home = _under(path, os.path.normpath(self.home)) if self.home else None
        shown = path if in_home is None else "~" if in_home == "." else f"~/{in_home}"
        return Spot(path, shown)

    def _expanded(self, written: str) -> str:
        if not written.startswith("~"):
            return written
        first, _, rest = written.partition("/")
        if first != "~":
            raise UnknownHomeError(f"'{first}' is not known here; write '~' for your own home folder, or an absolute path")
        if not self.home:
            raise NoHomeError("'~' leads nowhere: the environment has no HOME")
        return os.path.join(self.home, rest)


def origin(root: str, settings_path: str, environ: Mapping[str, str]) -> Origin:
    """The origin for a settings file, given relative to the root or absolute; empty when there is none."""
    return Origin(root, os.path.dirname(settings_path), environ.get("HOME"))


def inside(folder: Spot, written: str) -> Spot | None:
    """Where a path written in a plugin leads, or None when it is absolute or leaves the plugin's folder."""
    path = os.path.normpath(written)
    if (
        not written
        or os.path.isabs(path)
        or path == ".."
        or path.startswith("../")
        or "\\" in written
        or written.startswith("~")
    ):
        return None
    return folder.child(path)


def _under(path: str, folder: str) -> str | None:
    """`path` relative to `folder`, `.` for itself; None when it lies outside."""
    if folder == ".":
        return None if os.path.isabs(path) or path == ".." or path.startswith("../") else path
    if path == folder:
        return "."
    prefix = folder.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None
