"""Keeping a compiled rulebook on disk, and knowing when it is out of date.

A rulebook is good as long as every file, folder and absence it was made from is as it was. `Watched` records what was looked
at while it was made; a later run compares file states instead of reading YAML again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from typing import Any

from ospec_guard.app.codec import decode, encode
from ospec_guard.protocols import Files

_PRIVATE = 0o077
"""Permission bits that others must not have on what we read back."""


class Watched:
    """`protocols.Files` that remembers every question it was asked."""

    def __init__(self, files: Files, root: str) -> None:
        self._files, self._root = files, root
        self.seen: dict[tuple[str, str], str] = {}

    def read(self, path: str) -> bytes:
        # The state is taken first: a file that changes in between is then found out of date.
        self._note("file", path)
        return self._files.read(path)

    def exists(self, path: str) -> bool:
        self._note("kind", path)
        return self._files.exists(path)

    def is_dir(self, path: str) -> bool:
        self._note("kind", path)
        return self._files.is_dir(path)

    def real(self, path: str) -> str:
        return self._files.real(path)  # what stands at the end of links is noted when it is read

    def list(self, path: str) -> list[str]:
        self._note("folder", path)
        return self._files.list(path)

    def _note(self, question: str, path: str) -> None:
        full = os.path.join(self._root, path)
        self.seen.setdefault((question, full), state(question, full))


def state(question: str, path: str) -> str:
    """What would tell that the answer to a question about a path has changed."""
    try:
        found = os.stat(path)
    except OSError as error:
        return f"{type(error).__name__}, a link" if os.path.islink(path) else type(error).__name__
    if question == "kind":
        return "folder" if stat.S_ISDIR(found.st_mode) else "file"
    if question == "folder":
        return "\0".join(sorted(os.listdir(path)))
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


class Shelf:
    """The user's own folder of kept rulebooks."""

    def __init__(self, folder: str, engine: str) -> None:
        self._folder, self._engine = folder, engine

    def load(self, key: str) -> Any | None:
        """The value kept under `key`, or None when there is none, it is out of date, damaged, or not ours."""
        try:
            with open(self._path(key), "rb") as stream:
                found = os.fstat(stream.fileno())
                if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & _PRIVATE):
                    return None
                data = stream.read()
        except OSError:
            return None
        head, _, body = data.partition(b"\n")
        if head != self._head(body):
            return None
        try:
            seen, value = decode(body)
            fresh = all(state(question, path) == known for question, path, known in seen)
        except ValueError:
            return None
        return value if fresh else None

    def keep(self, key: str, value: Any, seen: Mapping[tuple[str, str], str]) -> None:
        """Keeps a value; where that cannot be done (full disk, read-only folder) nothing is kept and nothing is lost."""
        body = encode((tuple((question, path, known) for (question, path), known in sorted(seen.items())), value))
        aside = f"{self._path(key)}.{os.getpid()}.part"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(self._head(body) + b"\n" + body)
            os.replace(aside, self._path(key))
        except OSError:
            try:
                os.unlink(aside)
            except OSError:
                return

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, f"{hashlib.sha256(key.encode(errors='surrogateescape')).hexdigest()[:40]}.plan")

    def _head(self, body: bytes) -> bytes:
        return hashlib.sha256(self._engine.encode() + b"\0" + body).hexdigest().encode()


def shelf_folder(environ: Mapping[str, str]) -> str:
    """Where kept rulebooks are: `$XDG_CACHE_HOME/ospec-guard`, or `~/.cache/ospec-guard`; empty when there is no home."""
    if environ.get("XDG_CACHE_HOME"):
        return os.path.join(environ["XDG_CACHE_HOME"], "ospec-guard")
    return os.path.join(environ["HOME"], ".cache", "ospec-guard") if environ.get("HOME") else ""


def engine_identity() -> str:
    """What changes whenever the code that makes or reads a plan does: the state of every module of the package."""
    package = os.path.dirname(os.path.dirname(__file__))
    states = []
    pending = [package]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir() and entry.name not in ("__pycache__", "_data"):
                    pending.append(entry.path)
                elif entry.name.endswith(".py"):
                    found = entry.stat()
                    states.append(f"{entry.name}:{found.st_size}:{found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(states)).encode()).hexdigest()
