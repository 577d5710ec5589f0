"""What changed: commits that users name, where two histories met, and which files differ since.

Owns what git says of history; content is for `trees`. A base that cannot be found is an error with the command that fetches
it, never an empty answer: that would make all findings new, or none.
"""

from __future__ import annotations

import os

from ospec_guard.engine.git import GitError, Repository, find_repository, no_filters, require_repository
from ospec_guard.engine.trees import load_regular, prefix_of
from ospec_guard.errors import Problem, SurroundingsError, UsageError
from ospec_guard.values import value


@value(order=True)
class Change:
    """How one path differs from what it is compared with."""

    path: str
    old_path: str | None
    """The name it had there; None where it was not there."""
    status: str
    """git's letter: A added, M modified, D deleted, R renamed (modified or not), T of another type now (file, link)."""


def head_commit(root: str) -> str:
    """The object name of the commit that is checked out; empty where there is none, or git cannot say."""
    repository = find_repository(root)
    try:
        return _commit(repository, "HEAD") if repository else ""
    except GitError:
        return ""


def find_commit(root: str, ref: str, option: str) -> str:
    """The object name of the commit that a user named. Raises UsageError, naming `option`, with the command that fetches it."""
    repository = require_repository(root, option)
    commit = "" if ref.startswith("-") or not ref else _commit(repository, ref)
    if commit:
        return commit
    if ref == "HEAD":
        hint = "commit something first; --staged works without"
        raise UsageError(Problem(f"{option} needs a commit to compare with, and there is none yet", None, hint))
    message = f"{option} {ref}: there is no such commit, branch or tag here"
    raise UsageError(Problem(message, None, _fetch_hint(repository, ref)))


def merge_base(root: str, ref: str) -> str:
    """The object name of the newest commit that HEAD and `ref` both come from.

    Raises UsageError for an unknown `ref`, before the first commit, and for histories that never met; SurroundingsError where
    a shallow clone lacks the commit.
    """
    repository = require_repository(root, "--diff")
    commit, head = find_commit(root, ref, "--diff"), find_commit(root, "HEAD", "--diff")
    base = repository.run("merge-base", commit, head, accept=(0, 1)).decode().strip()
    if base:
        return base
    if _is_shallow(repository):
        message = f"--diff {ref}: the history of this shallow clone ends before the commit that HEAD and {ref} both come from"
        raise SurroundingsError(Problem(message, None, f"git fetch --unshallow {_remote(repository, ref)[0]}".strip()))
    raise UsageError(Problem(f"--diff {ref}: HEAD and {ref} have no history in common"))


def changed_since(root: str, base: str, *, staged: bool = False) -> tuple[Change, ...]:
    """How the work tree (with what is not yet added, without what is ignored), or the index if `staged`, differs from a commit.

    Sorted by path. `base` is an object name; empty: HEAD. Submodules are left out. A file that was renamed without telling git
    is recognised while its content is the same.
    """
    repository = require_repository(root, "--staged" if staged else "--diff")
    arguments = ["diff", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]
    arguments += (["--cached"] if staged else []) + ([base] if base else [] if staged else ["HEAD"]) + ["--"]
    output = repository.run(*arguments, settings=() if staged else no_filters(repository))
    prefix = prefix_of(repository, root)
    changes, old = _parse_changes(output)
    if not staged:
        _add_untracked(repository, prefix, changes, old)
    return tuple(sorted(clipped for change in changes.values() if (clipped := _below(change, prefix))))


def _commit(repository: Repository, ref: str) -> str:
    return repository.run("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", accept=(0, 1)).decode().strip()


def _is_shallow(repository: Repository) -> bool:
    return repository.run("rev-parse", "--is-shallow-repository").strip() == b"true"


def _remote(repository: Repository, ref: str) -> tuple[str, str]:
    """The remote that a ref is likely from ('' without any), and its name there."""
    remotes = sorted(os.fsdecode(repository.run("remote")).split())
    first, _, rest = ref.partition("/")
    if first in remotes and rest:
        return first, rest
    return ("origin" if "origin" in remotes else "".join(remotes[:1])), ref


def _fetch_hint(repository: Repository, ref: str) -> str:
    import re
    import shlex

    remote, name = _remote(repository, ref)
    if not remote:
        return "git branch --all; git tag  (they list what is here; there is no remote to fetch from)"
    fetch = f"git fetch {'--unshallow ' if _is_shallow(repository) else ''}{shlex.quote(remote)}"
    if ref.startswith("-") or not re.fullmatch(r"[\w./+-]+", name):
        return fetch
    if re.fullmatch(r"[0-9a-f]{7,64}", name):
        return f"{fetch} {name}"
    command = f"{fetch} {shlex.quote(f'{name}:refs/remotes/{remote}/{name}')}"
    return command if ref != name else f"{command}, and name it {remote}/{name}"


def _parse_changes(output: bytes) -> tuple[dict[str, Change], dict[str, str]]:
    """The changes in `git diff --raw -z` by path, and the object names of what is deleted."""
    changes: dict[str, Change] = {}
    deleted: dict[str, str] = {}
    fields = iter(output.split(b"\0")[:-1])
    for head in fields:
        _, _, old_oid, _, letters = head.decode().split()
        path = os.fsdecode(next(fields))
        status = letters[0]
        if status in "RC":
            old_path, path = path, os.fsdecode(next(fields))
            changes[path] = Change(path, old_path, status) if status == "R" else Change(path, None, "A")
        elif status == "U":  # not merged; another line says more if the file is there
            changes.setdefault(path, Change(path, path, "M"))
        else:
            changes[path] = Change(path, None if status == "A" else path, status)
        if status == "D":
            deleted[path] = old_oid
    return changes, deleted


def _add_untracked(repository: Repository, prefix: str, changes: dict[str, Change], deleted: dict[str, str]) -> None:
    """Adds what git does not know yet, as renamed where its content is that of a deleted file."""
    scope = ("--", prefix) if prefix else ()
    listed = repository.run("ls-files", "-z", "--others", "--exclude-standard", *scope).split(b"\0")[:-1]
    for path in sorted(os.fsdecode(name) for name in listed if not name.endswith(b"/")):
        old_path = path if path in deleted else _twin(repository, path, deleted)
        if old_path is None:
            changes[path] = Change(path, None, "A")
        else:
            changes.pop(old_path)
            deleted.pop(old_path)
            changes[path] = Change(path, old_path, "M" if old_path == path else "R")


def _twin(repository: Repository, path: str, deleted: dict[str, str]) -> str | None:
    """The first deleted file with the content of the file at a path."""
    if not deleted:
        return None
    import hashlib

    try:
        data = load_regular(os.path.join(repository.top, path))[0]
    except OSError:  # a link, or gone again
        return None
    if not data:
        return None
    algorithm = {40: "sha1", 64: "sha256"}[len(next(iter(deleted.values())))]
    oid = hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return min((old_path for old_path, old_oid in deleted.items() if old_oid == oid), default=None)


def _below(change: Change, prefix: str) -> Change | None:
    """A change as seen from the folder `prefix`; None where it happened outside."""
    old = change.old_path[len(prefix) :] if change.old_path is not None and change.old_path.startswith(prefix) else None
    if change.path.startswith(prefix):
        status = "A" if change.status == "R" and old is None else change.status
        return Change(change.path[len(prefix) :], old, status)
    return Change(old, old, "D") if old is not None and change.status == "R" else None
