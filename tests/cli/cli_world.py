"""A project on disk and the command line as a function: arguments in, an exit code and two streams out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from ospec_guard.cli import run
from ospec_guard.cli.world import World

TODAY = date(2026, 6, 15)
ENVIRONMENTS = ("development", "staging", "production")

RULE = """\
rules:
  - id: caught
    type: code_analysis
    description: The word is there
    pattern: "tr[a]p"
"""
"""A rule file of one rule, which does not find itself."""

TRAP = "value = trap(text)\n"
"""What RULE finds, once."""

PLUGIN = """\
plugin_type: guardrails
name: mine
version: "1.0.0"
rules:
  - id: caught
    type: code_analysis
    description: The word is there
    pattern: "tr[a]p"
"""

ENABLING = "plugins:\n  local_paths: [plugins]\n  enabled: [./plugins/mine]\n"
"""Settings for PLUGIN in `plugins/mine/plugin.yaml`."""

ALONE = ("--isolated", "--rules", "r.yaml")
"""With RULE in `r.yaml`: that rule and no other."""


@dataclass(frozen=True)
class Answer:
    """What a command line left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded

    @property
    def errors(self) -> list[str]:
        """The lines of standard error that tell an error, hints left out."""
        return [line for line in self.err.splitlines() if "error: " in line]

    @property
    def found(self) -> list[str]:
        """`rule path:line` (`rule path` for a whole file) of every finding of a JSON report."""
        return [_spot(finding["rule_id"], finding) for finding in self.json["findings"]]

    @property
    def gaps(self) -> list[str]:
        """`gap path:line` (`gap path` for a whole file) of every gap of a JSON report."""
        return [_spot(gap["id"], gap) for gap in self.json["gaps"]]

    @property
    def notices(self) -> list[str]:
        """Ids of the notices of a JSON report."""
        return [notice["id"] for notice in self.json["notices"]]

    def account(self, path: str) -> str:
        """`status` or `status: reason` of a file in a JSON report."""
        [record] = [record for record in self.json["files"] if record["path"] == path]
        return f"{record['status']}: {record['reason']}" if record["reason"] else record["status"]


def _spot(name: str, item: Mapping[str, Any]) -> str:
    return f"{name} {item['path']}:{item['span']['line']}" if item["span"] else f"{name} {item['path']}"


class Project:
    """A folder of files outside of any repository, with a home and a cache of its own."""

    def __init__(self, folder: str) -> None:
        self.root = os.path.join(folder, "project")
        self.home = os.path.join(folder, "home")
        self.cache = os.path.join(folder, "cache")
        os.makedirs(self.root)
        os.makedirs(self.home)

    @property
    def environ(self) -> dict[str, str]:
        """The variables that every command of the project is given, and no others."""
        return {"HOME": self.home, "XDG_CACHE_HOME": self.cache, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

    def path(self, name: str) -> str:
        return os.path.join(self.root, name)

    def write(self, name: str, content: str | bytes = "") -> str:
        """Puts a file into the project, its folders too; answers with its absolute path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        return path

    def read(self, name: str) -> str:
        with open(self.path(name), encoding="utf-8") as stream:
            return stream.read()

    def files(self) -> list[str]:
        """Every file below the project's folder, sorted."""
        return sorted(
            os.path.relpath(os.path.join(top, name), self.root) for top, _, names in os.walk(self.root) for name in names
        )

    def guard(self, *argv: str, env: Mapping[str, str] | None = None, cwd: str = "", **surroundings: Any) -> Answer:
        """Runs a command line in this process."""
        streams = {"out": io.BytesIO(), "err": io.BytesIO()}
        environ = {**self.environ, **(env or {})}
        folder = os.path.normpath(os.path.join(self.root, cwd))
        world = World(**{"environ": environ, "cwd": folder, "today": TODAY, **streams, **surroundings})
        code = run(argv, world)
        return Answer(int(code), streams["out"].getvalue().decode(), streams["err"].getvalue().decode())

    def check(self, *argv: str, **options: Any) -> Answer:
        """`check` with a JSON report."""
        return self.guard("check", "--format", "json", *argv, **options)

    def codes(self, *argv: str, **options: Any) -> list[int]:
        """The exit codes of `check` in development, staging and production; all without a word on standard error."""
        answers = [self.check("--env", name, *argv, **options) for name in ENVIRONMENTS]
        assert [answer.err for answer in answers] == ["", "", ""]
        return [answer.code for answer in answers]

    def start(self, *argv: str, env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
        """Starts the program; its streams are pipes unless `options` say otherwise."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        command = (sys.executable, "-m", "ospec_guard", *argv)
        return subprocess.Popen(command, cwd=self.root, env={**self.environ, **(env or {})}, **{**streams, **options})

    def program(self, *argv: str, **options: Any) -> Answer:
        """Runs the program in a process of its own."""
        with self.start(*argv, **options) as process:
            out, err = process.communicate(timeout=60)
        return Answer(process.returncode, (out or b"").decode(), (err or b"").decode())


@contextmanager
def unprivileged() -> Iterator[None]:
    """Makes this process nobody in particular for a while, where it is root, from whom nothing can be kept."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


_NOBODY = 65534
