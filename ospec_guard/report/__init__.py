"""Reports: one module per format, each a pure function of a `RunResult`.

Owns the table of formats. Printing, choosing files to write and knowing the terminal are the command line's business.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ospec_guard.errors import Problem, UsageError, nearest

if TYPE_CHECKING:
    from ospec_guard.model import RunResult
    from ospec_guard.protocols import Report, ReportOptions

REPORTS: dict[str, str] = {
    "text": "ospec_guard.report.text",
    "sarif": "ospec_guard.report.sarif",
    "json": "ospec_guard.report.json",
    "github": "ospec_guard.report.github",
    "gitlab": "ospec_guard.report.gitlab",
    "junit": "ospec_guard.report.junit",
    "vim": "ospec_guard.report.vim",
}
"""Format and the module that renders it, imported when asked for: some load libraries that a check must not wait for."""


def render(name: str, result: RunResult, options: ReportOptions) -> str:
    """The report of `result` in the format `name`, ending in a line end unless empty; always encodable as UTF-8.

    Raises UsageError for a format that is not in REPORTS.
    """
    if name not in REPORTS:
        known = ", ".join(REPORTS)
        raise UsageError(Problem(f"there is no format '{name}'; expected one of {known}", hint=nearest(name, list(REPORTS))))
    report: Report = import_module(REPORTS[name])  # a module can be the implementation
    return report.render(result, options)
