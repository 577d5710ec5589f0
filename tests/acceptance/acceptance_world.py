"""Repositories and runs for acceptance tests: the real git, the real command line, answers in the words of the tests."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from ospec_guard.cli import run
from ospec_guard.cli.world import World

Text = str | bytes
Files = Mapping[str, Text]

TODAY = date(2026, 6, 15)
YESTERDAY, TOMORROW = (str(TODAY + timedelta(days)) for days in (-1, 1))
NEXT_YEAR = str(TODAY.replace(year=TODAY.year + 1))

SURROUNDINGS = dict(os.environ)
"""The variables before any test changed them."""

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", "2026-06-15T12:00:00Z"))
    },
}
"""Nobody's configuration, and the same commits for the same content."""

EVAL = "python/eval-call"
HASH = "python/weak-hash"
CREDENTIAL = "python/hard-coded-credential"
BASELINE = ".ospec-guard-baseline"
SETTINGS = "ospec-guard.yaml"

TOOL = os.path.join(os.path.dirname(sys.executable), "ospec-guard")
"""The installed program."""


@dataclass(frozen=True)
class Run:
    """How one run of the program ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def report(self) -> dict[str, Any]:
        """What `--format json` printed."""
        assert self.out, self.err
        return json.loads(self.out)  # type: ignore[no-any-return]

    def ruling(self, finding: Mapping[str, Any], environment: str) -> dict[str, Any]:
        return next(r for r in finding["rulings"] if r["environment"] == environment)

    def failing(self, environment: str = "staging") -> list[str]:
        """`rule path:line` of the findings an environment fails by."""
        return [where(f) for f in self.report["findings"] if self.ruling(f, environment)["fails"]]

    def found(self) -> list[str]:
        """`rule path:line` of all findings."""
        return [where(f) for f in self.report["findings"]]

    def excused(self, environment: str = "staging") -> list[str]:
        """`kind: rule path:line` of the findings an environment excuses."""
        ruled = [(f, self.ruling(f, environment)["excuse"]) for f in self.report["findings"]]
        return [f"{excuse['kind']}: {where(f)}" for f, excuse in ruled if excuse]

    def refused(self, environment: str = "staging") -> list[str]:
        """`kind: why` of the excuses an environment does not obey."""
        rulings = [self.ruling(f, environment) for f in self.report["findings"]]
        return [f"{r['excuse']['kind']}: {r['why']}" for ruling in rulings for r in ruling["refused"]]

    def gaps(self) -> list[str]:
        """`gap path`."""
        return [f"{g['id']} {g['path']}" for g in self.report["gaps"]]

    def files(self) -> dict[str, str]:
        """What became of every path: `checked`, a gap, or the reason it was left out for."""
        return {f["path"]: f["reason"] or f["status"] for f in self.report["files"]}

    def outcomes(self) -> dict[str, str]:
        return {v["environment"]: v["outcome"] for v in self.report["verdicts"]}


def where(finding: Mapping[str, Any]) -> str:
    line = f":{finding['span']['line']}" if finding["span"] else ""
    return f"{finding['rule_id']} {finding['path']}{line}"


def write(folder: str | os.PathLike[str], files: Files) -> str:
    """Writes files (path to content) below a folder, which is made if need be; its real path."""
    os.makedirs(folder, exist_ok=True)
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    return os.path.realpath(folder)


def git(folder: str, *arguments: str, typed: str = "", code: int = 0) -> str:
    """What git prints, given what is typed; the test fails where git ends otherwise than expected."""
    done = subprocess.run(("git", *arguments), cwd=folder, input=typed.encode(), capture_output=True, check=False)
    assert done.returncode == code, (done.stdout + done.stderr).decode(errors="replace")
    return os.fsdecode(done.stdout).strip()


def guard(cwd: str, *argv: str, today: date = TODAY, environ: Mapping[str, str] | None = None) -> Run:
    """One command line, carried out in this process as the program would."""
    out, err = io.BytesIO(), io.BytesIO()
    surroundings = {name: os.environ[name] for name in ("HOME", "PATH", "XDG_CACHE_HOME")} | dict(environ or {})
    code = run(argv, World(surroundings, cwd, out, err, today))
    return Run(int(code), out.getvalue(), err.getvalue().decode())


class Project:
    """A git repository with a work tree."""

    def __init__(self, folder: str | os.PathLike[str], files: Files | None = None) -> None:
        self.root = write(folder, files or {})
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        if files:
            self.commit("first")

    @classmethod
    def at(cls, folder: str | os.PathLike[str]) -> Self:
        """The one that is there."""
        project = cls.__new__(cls)
        project.root = os.path.realpath(folder)
        return project

    def copy(self, folder: str | os.PathLike[str]) -> Self:
        """The same repository in another place, so that tests need not make the same history anew."""
        return self.at(shutil.copytree(self.root, folder, symlinks=True))

    def git(self, *arguments: str, typed: str = "", code: int = 0) -> str:
        return git(self.root, *arguments, typed=typed, code=code)

    def path(self, *names: str) -> str:
        return os.path.join(self.root, *names)

    def write(self, files: Files) -> None:
        write(self.root, files)

    def read(self, path: str) -> str:
        with open(self.path(path), encoding="utf-8") as file:
            return file.read()

    def remove(self, *paths: str) -> None:
        for path in paths:
            full = self.path(path)
            if os.path.isdir(full) and not os.path.islink(full):
                shutil.rmtree(full)
            else:
                os.unlink(full)

    def commit(self, message: str = "more", files: Files | None = None) -> str:
        """Commits everything there is; the commit's name."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str) -> None:
        self.git("checkout", "--quiet", "-b", name)

    def guard(self, *argv: str, cwd: str = "", today: date = TODAY, environ: Mapping[str, str] | None = None) -> Run:
        """Any command line."""
        return guard(os.path.join(self.root, cwd) if cwd else self.root, *argv, today=today, environ=environ)

    def check(self, *argv: str, env: str = "staging", cwd: str = "", today: date = TODAY) -> Run:
        """`ospec-guard check`, reported as JSON."""
        return self.guard("check", "--env", env, "--format", "json", *argv, cwd=cwd, today=today)

    def baseline(self, *argv: str, cwd: str = "") -> Run:
        """`ospec-guard baseline`, which must succeed."""
        done = self.guard("baseline", *argv, cwd=cwd)
        assert done.code == 0, done.err
        return done


def waivers(*entries: Mapping[str, Any]) -> str:
    """The settings' `waivers`, each complete; what an entry says replaces the usual, None takes it away."""
    usual = {"rule": EVAL, "reason": "kept until the parser is replaced", "approved_by": "security team", "expires": NEXT_YEAR}
    lists = [{key: value for key, value in {**usual, **entry}.items() if value is not None} for entry in entries]
    return f"waivers: {json.dumps(lists)}\n"
