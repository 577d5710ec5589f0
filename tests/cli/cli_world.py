"""A project on disk and the command line as a function: what goes in, and what comes out on both streams."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ospec_guard.cli import run
from ospec_guard.cli.world import World

TODAY = date(2026, 6, 15)

EVAL_RULE = """\
rules:
  - id: eval-call
    type: code_analysis
    severity: error
    description: eval() runs text
    pattern: "eval\\\\("
"""
"""A rule that finds `eval(` and nothing else."""

EVAL_CODE = "result = eval(text)\n"
"""What EVAL_RULE finds, once."""


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
        """The lines on standard error that report an error, hints left out."""
        return [line for line in self.err.splitlines() if "error: " in line]

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Rule, path and line (0: the whole file) of every finding of a JSON report, in its order."""
        return [(f["rule_id"], f["path"], f["span"]["line"] if f["span"] else 0) for f in self.json["findings"]]

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Id and path of every gap of a JSON report, in its order."""
        return [(gap["id"], gap["path"]) for gap in self.json["gaps"]]

    def account(self, path: str) -> tuple[str, str]:
        """Status and reason of a file of a JSON report."""
        return next((f["status"], f["reason"]) for f in self.json["files"] if f["path"] == path)


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
        """What every command of this project is given; there is nothing of the real surroundings in it."""
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

    def guard(
        self, *argv: str, env: Mapping[str, str] | None = None, cwd: str = "", today: date = TODAY, **world: Any
    ) -> Answer:
        """Runs a command line in this process."""
        out, err = io.BytesIO(), io.BytesIO()
        environ = {**self.environ, **(env or {})}
        there = World(environ, os.path.join(self.root, cwd).rstrip("/"), world.pop("out", out), err, today, **world)
        code = run(argv, there)
        return Answer(int(code), out.getvalue().decode(), err.getvalue().decode())

    def check(self, *argv: str, **options: Any) -> Answer:
        """`check` with a JSON report."""
        return self.guard("check", "--format", "json", *argv, **options)

    def start(self, *argv: str, env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
        """Starts a command line in a process of its own; both its streams are pipes unless `options` say otherwise."""
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        command = (sys.executable, "-m", "ospec_guard", *argv)
        return subprocess.Popen(command, cwd=self.root, env={**self.environ, **(env or {})}, **{**streams, **options})

    def process(self, *argv: str, **options: Any) -> Answer:
        """Runs a command line in a process of its own."""
        with self.start(*argv, **options) as process:
            out, err = process.communicate(timeout=60)
        return Answer(process.returncode, (out or b"").decode(), (err or b"").decode())
