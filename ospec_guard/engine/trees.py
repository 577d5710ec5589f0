"""Where the content of files comes from: the work tree, git's index, or a commit.

Which files there are to check is for `discover`, what becomes of them for `select`, what changed for `history`. Paths are
relative to the root of the tree, separated by '/'. Links are never followed and nothing but regular files is ever opened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from ospec_guard.engine.git import HEAD_BYTES, Objects, Repository, require_repository

_SAFELY = ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in _SAFELY)
"""Not every system has all of them."""


class EntryKind(StrEnum):
    """What stands at a path. Where it is left out for that, the value is the reason in its record."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "special"
    """FIFO, device or socket."""
    SUBMODULE = "submodule"
    IGNORED = "ignored"
    VENDORED = "vendored"
    UNREADABLE = "unreadable"


class Entry(NamedTuple):
    """One path that was found, and what stands there. Folders that are not looked into end in '/'.

    A tuple, for there may be a hundred thousand.
    """

    path: str
    kind: EntryKind
    note: str = ""
    """For people: where a link leads, why a folder could not be read."""


class IrregularFileError(OSError):
    """What stands at the path is not a file: a link, a device, another repository. `kind` says which."""

    def __init__(self, path: str, kind: EntryKind) -> None:
        super().__init__(errno.EINVAL, f"is a {kind}, not a file", path)
        self.kind = kind

    def __reduce__(self) -> tuple[type[IrregularFileError], tuple[str, EntryKind]]:
        return type(self), (self.filename, self.kind)


class Tree(Protocol):
    """Somewhere file content comes from. Every method raises OSError: FileNotFoundError, IrregularFileError and their kin."""

    def load(self, path: str, most: int) -> tuple[bytes, int]:
        """The bytes of a file and its size; of a file of more than `most` bytes only the first HEAD_BYTES."""

    def read(self, path: str) -> bytes:
        """All bytes of a file."""

    def size(self, path: str) -> int:
        """Its size in bytes."""


class WorkTree:
    """Files as they are on disk below an absolute folder."""

    def __init__(self, root: str) -> None:
        self._prefix = root.rstrip(os.sep) + os.sep

    def load(self, path: str, most: int) -> tuple[bytes, int]:
        return load_regular(self._prefix + path, most)

    def read(self, path: str) -> bytes:
        return load_regular(self._prefix + path)[0]

    def size(self, path: str) -> int:
        return _regular(os.lstat(self._prefix + path), path).st_size


class _RecordedTree:
    """What the trees have in common that git keeps. To be closed, or used as a context manager. Picklable."""

    def __init__(self, root: str, wish: str) -> None:
        self._repository = require_repository(root, wish)
        self._prefix = prefix_of(self._repository, root)
        self._objects = Objects(self._repository)

    def load(self, path: str, most: int) -> tuple[bytes, int]:
        return self._objects.load(self._file(path), most)

    def read(self, path: str) -> bytes:
        return self._objects.load(self._file(path))[0]

    def size(self, path: str) -> int:
        return self._objects.load(self._file(path), 0)[1]

    def close(self) -> None:
        """Ends the git process that reads."""
        self._objects.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _node(self, path: str) -> tuple[EntryKind, str] | None:
        """What stands at a path, and its object name."""
        raise NotImplementedError

    def _file(self, path: str) -> str:
        """The object name of a file."""
        node = self._node(path)
        if node is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        kind, oid = node
        if kind is EntryKind.FOLDER:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if kind is not EntryKind.FILE:
            raise IrregularFileError(path, kind)
        return oid


class IndexTree(_RecordedTree):
    """Files as they stand in git's index: what a commit would record."""

    def __init__(self, root: str) -> None:
        super().__init__(root, "--staged")
        self._nodes: dict[str, tuple[EntryKind, str]] = {}
        scope = ("--", self._prefix) if self._prefix else ()
        for line in self._repository.run("ls-files", "-z", "--stage", *scope).split(b"\0")[:-1]:
            facts, _, name = line.partition(b"\t")
            mode, oid, stage = facts.decode().split()
            # A path that waits for a merge to be settled stands there up to three times; there is no telling which will stay.
            kind = kind_in_git(mode) if stage == "0" else EntryKind.UNREADABLE
            self._nodes[os.fsdecode(name)[len(self._prefix) :]] = kind, oid

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in the index below the root, sorted."""
        notes = {EntryKind.UNREADABLE: "its merge conflict is not resolved"}
        ends = {EntryKind.SUBMODULE: "/"}
        return tuple(sorted(Entry(p + ends.get(k, ""), k, notes.get(k, "")) for p, (k, _) in self._nodes.items()))

    def _node(self, path: str) -> tuple[EntryKind, str] | None:
        return self._nodes.get(path)


class CommitTree(_RecordedTree):
    """Files as they were recorded in a commit, given by its full object name."""

    def __init__(self, root: str, commit: str) -> None:
        super().__init__(root, "reading a commit")
        self._commit = commit
        self._folders: dict[str, dict[str, tuple[EntryKind, str]]] = {}
        """By object name; a folder is read when somebody first looks into it."""

    def kind(self, path: str) -> EntryKind | None:
        """What stands at a path ('' for the root); None: nothing."""
        node = self._node(path)
        return node[0] if node else None

    def names(self, path: str) -> list[str]:
        """What a folder holds, sorted. Raises FileNotFoundError and NotADirectoryError."""
        node = self._node(path)
        if node is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if node[0] is not EntryKind.FOLDER:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        return sorted(self._folder(node[1]))

    def link(self, path: str) -> str:
        """The text of a link: where it leads. Raises OSError for anything else."""
        node = self._node(path)
        if node is None or node[0] is not EntryKind.LINK:
            raise OSError(errno.EINVAL, "is not a link", path)
        return os.fsdecode(self._objects.load(node[1])[0])

    def _node(self, path: str) -> tuple[EntryKind, str] | None:
        # Folder by folder, by object name: a path is never sent to git, so that it may hold anything, line feeds too.
        node = (EntryKind.FOLDER, self._commit + "^{tree}")
        for name in (self._prefix + path).strip("/").split("/"):
            if node[0] is not EntryKind.FOLDER:
                return None
            if not name:
                break
            found = self._folder(node[1]).get(name)
            if found is None:
                return None
            node = found
        return node

    def _folder(self, oid: str) -> dict[str, tuple[EntryKind, str]]:
        if oid not in self._folders:
            self._folders[oid] = dict(_tree_nodes(self._objects.load(oid)[0], len(self._commit) // 2))
        return self._folders[oid]


def load_regular(path: str, most: int | None = None) -> tuple[bytes, int]:
    """As `Tree.load`, for a path on disk. A file that grows or shrinks meanwhile is taken as it is found."""
    _regular(os.lstat(path), path)  # never open what is no file: opening a device can do something
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        size = _regular(os.fstat(descriptor), path).st_size
        if most is not None and size > most:
            return os.read(descriptor, HEAD_BYTES), size
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data, size
        pieces, read = [data], len(data)
        while pieces[-1] and (most is None or read <= most):
            pieces.append(os.read(descriptor, 1 << 16))
            read += len(pieces[-1])
        data = b"".join(pieces)
        return (data if most is None or read <= most else data[:HEAD_BYTES]), read
    finally:
        os.close(descriptor)


def kind_of(mode: int) -> EntryKind:
    """What stands at a path with that `st_mode`."""
    if stat.S_ISREG(mode):
        return EntryKind.FILE
    if stat.S_ISDIR(mode):
        return EntryKind.FOLDER
    return EntryKind.LINK if stat.S_ISLNK(mode) else EntryKind.SPECIAL


def kind_in_git(mode: str) -> EntryKind:
    """What git records with that mode, in octal digits."""
    return {"12": EntryKind.LINK, "16": EntryKind.SUBMODULE, "40": EntryKind.FOLDER}.get(mode[:2], EntryKind.FILE)


def prefix_of(repository: Repository, root: str) -> str:
    """What git's paths have in front of those relative to the root: '' or a folder ending in '/'."""
    inside = (repository.inside(root) or "").replace(os.sep, "/")
    return f"{inside}/" if inside else ""


def _regular(found: os.stat_result, path: str) -> os.stat_result:
    kind = kind_of(found.st_mode)
    if kind is EntryKind.FILE:
        return found
    if kind is EntryKind.FOLDER:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    raise IrregularFileError(path, kind)


def _tree_nodes(data: bytes, width: int) -> Iterator[tuple[str, tuple[EntryKind, str]]]:
    """The entries of a tree object: mode, space, name, NUL, object name in `width` bytes, each."""
    at = 0
    while at < len(data):
        end = data.index(b"\0", at)
        mode, _, name = data[at:end].partition(b" ")
        at = end + 1 + width
        yield os.fsdecode(name), (kind_in_git(mode.decode()), data[end + 1 : at].hex())
