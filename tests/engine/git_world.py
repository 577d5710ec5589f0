"""Folders and repositories for tests: real git, a scrubbed environment, files given as a table."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

IDENTITY = {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
}
NOBODY = 65534


def scrub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes away whatever of git's variables the surroundings set, and the user's own configuration."""
    for name in list(os.environ):
        if name.startswith("GIT_") and name != "GIT_EXEC_PATH":
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def write(folder: str | os.PathLike[str], files: Mapping[str, str | bytes]) -> str:
    """Writes files (path to content) below a folder, which is made if need be; its path as a string."""
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    os.makedirs(folder, exist_ok=True)
    return os.fspath(folder)


class Repo:
    """A repository with a work tree, driven by the real git."""

    def __init__(
        self, folder: str | os.PathLike[str], files: Mapping[str, str | bytes] | None = None, *, commit: bool = True
    ) -> None:
        self.root = os.path.realpath(write(folder, files or {}))
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        if files and commit:
            self.commit("first")

    def git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """What git prints; the test fails where git does."""
        variables = {**os.environ, **IDENTITY, **(environment or {})}
        done = subprocess.run(("git", *arguments), cwd=self.root, env=variables, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return os.fsdecode(done.stdout).strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        write(self.root, files)

    def commit(self, message: str = "more") -> str:
        """Commits everything there is; the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def path(self, *names: str) -> str:
        return os.path.join(self.root, *names)


@contextmanager
def shut_away(files: Mapping[str, str | bytes], *shut: str) -> Iterator[str]:
    """A folder of files of which some paths may not be read, for somebody whom permissions stop: root acts as nobody."""
    folder = tempfile.mkdtemp()
    root = write(os.path.join(folder, "r"), files)
    is_root = os.geteuid() == 0
    try:
        if is_root:
            for place, _, names in os.walk(folder):
                for path in (place, *(os.path.join(place, name) for name in names)):
                    os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        for path in shut:
            os.chmod(os.path.join(root, path), 0)
        if is_root:
            os.seteuid(NOBODY)
        yield root
    finally:
        if is_root:
            os.seteuid(0)
        for path in shut:
            os.chmod(os.path.join(root, path), 0o700)
        shutil.rmtree(folder)


def fake_git(folder: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a shell script in git's place."""
    path = os.path.join(write(folder, {"git": f"#!/bin/sh\n{script}\n"}), "git")
    os.chmod(path, 0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
