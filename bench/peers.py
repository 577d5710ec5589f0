"""The three tools as command lines that do the same work, and what each of them says it found.

Semgrep and ast-grep come from PyPI by pinned version into bench/.cache; OSPEC_BENCH_TOOLS names a folder that has them already.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpora import CACHE
from timing import Command

GUARD = shutil.which("ospec-guard") or "ospec-guard"
SEMGREP = ("semgrep", "1.182.0")
AST_GREP = ("ast-grep-cli", "0.51.1")


@dataclass(frozen=True)
class Hit:
    """A finding: 1-based lines and columns, the end column after the last character."""

    rule: str
    path: str
    line: int
    end_line: int
    column: int
    end_column: int


@dataclass(frozen=True)
class Answer:
    """What a tool found, how many files it looked at, and what it could not do, by rule or file."""

    hits: list[Hit]
    files: int
    gaps: dict[str, str] = field(default_factory=dict)


def program(package: tuple[str, str], name: str) -> str:
    """The path of a program of a package of PyPI, installed on first use."""
    given = os.environ.get("OSPEC_BENCH_TOOLS")
    if given:
        return str(Path(given) / name)
    folder = CACHE / f"tool-{package[0]}-{package[1]}"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"{package[0]}=={package[1]}"], check=True)
        (folder / "installed").touch()
    return str(folder / "bin" / name)


def guard(
    rules: Path, tree: Path, environ: Mapping[str, str], report: str = os.devnull, jobs: int = 2, form: str = "json"
) -> Command:
    """ospec-guard with only these rules over a tree. Its JSON lists all rules, findings or not; `vim` the findings alone."""
    argv = [GUARD, "check", "--isolated", "--no-git-ignore", "--rules", str(rules), "--jobs", str(jobs)]
    return Command([*argv, "--format", f"{form}={report}"], str(tree), environ)


def semgrep(rules: Path, tree: Path, environ: Mapping[str, str], report: str = os.devnull, jobs: int = 2) -> Command:
    """Semgrep with only these rules over a tree, which must have an empty .semgrepignore for its tests to be looked at."""
    argv = [program(SEMGREP, "semgrep"), "scan", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--quiet"]
    return Command([*argv, "-j", str(jobs), "--config", str(rules), "--json", "--output", report, "."], str(tree), environ)


def thorough(command: Command) -> Command:
    """The same run of Semgrep without its shortcuts: no time limits, no limit of size, no comments that silence it."""
    extra = ["--timeout", "60", "--timeout-threshold", "0", "--max-target-bytes", "0", "--disable-nosem"]
    return Command([*command.argv[:-1], *extra, "."], command.cwd, command.environ)


def ast_grep(rules: Path, tree: Path, environ: Mapping[str, str], jobs: int = 2) -> Command:
    """ast-grep with only these rules over a tree; it prints its findings as JSON."""
    argv = [program(AST_GREP, "ast-grep"), "scan", "--threads", str(jobs), "--rule", str(rules), "--json=compact"]
    return Command([*argv, "--no-ignore", "vcs", "--inspect", "summary", "."], str(tree), environ)


def guard_answer(report: Path) -> Answer:
    """Of the JSON report of ospec-guard."""
    document = _load(report)
    hits = [_of_guard(finding) for finding in document["findings"] if finding["span"]]
    gaps: dict[str, str] = {}
    for gap in document["gaps"]:
        gaps.setdefault(str(gap.get("rule_id") or gap.get("path") or gap["id"]), gap["message"])
    return Answer(hits, sum(each["status"] == "checked" for each in document["files"]), gaps)


def _of_guard(finding: dict[str, Any]) -> Hit:
    span = finding["span"]
    return Hit(finding["rule_id"], finding["path"], span["line"], span["end_line"], span["column"], span["end_column"])


def semgrep_answer(report: Path, ids: Mapping[str, str]) -> Answer:
    """Of the JSON report of Semgrep, whose rule ids begin with the folders of their files; ids are the real ones."""
    document = _load(report)
    hits = []
    for result in document["results"]:
        start, end = result["start"], result["end"]
        rule = _real(result["check_id"], ids)
        hits.append(Hit(rule, result["path"].removeprefix("./"), start["line"], end["line"], start["col"], end["col"]))
    gaps: dict[str, str] = {}
    for error in document["errors"]:
        key = _real(error["rule_id"], ids) if error.get("rule_id") else str(error.get("path", "")).removeprefix("./")
        gaps.setdefault(key, str(error.get("message", "")))
    return Answer(hits, len(document["paths"]["scanned"]), gaps)


def _real(check_id: str, ids: Mapping[str, str]) -> str:
    parts = check_id.split(".")
    return next((name for start in range(len(parts)) if (name := ".".join(parts[start:])) in ids), check_id)


def ast_grep_answer(command: Command) -> Answer:
    """Of a run of ast-grep."""
    environ = {**os.environ, **(command.environ or {})}
    done = subprocess.run(command.argv, cwd=command.cwd, env=environ, capture_output=True, text=True, check=False)
    hits = []
    for found in json.loads(done.stdout):
        start, end = found["range"]["start"], found["range"]["end"]
        path = found["file"].removeprefix("./")
        hits.append(Hit(found["ruleId"], path, start["line"] + 1, end["line"] + 1, start["column"] + 1, end["column"] + 1))
    counted = [part for part in done.stderr.replace(",", " ").split() if part.startswith("scannedFileCount=")]
    return Answer(hits, int(counted[0].partition("=")[2]) if counted else 0)


def _load(report: Path) -> dict[str, Any]:
    with open(report, encoding="utf-8") as stream:
        document: dict[str, Any] = json.load(stream)
    return document
