"""The `text` format: for people, at a terminal or in a log.

One list of blocks, two faces: `blocks.plain` for pipes and files, stable and never wrapped, and `terminal`, which loads rich.
What matters most for the next action comes last, next to the prompt: the verdicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ospec_guard.report.text import findings, summary
from ospec_guard.report.text.blocks import plain

if TYPE_CHECKING:
    from ospec_guard.model import RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "text"


def render(result: RunResult, options: ReportOptions) -> str:
    """Violations by file, excused and known findings, gaps, metrics, notices, counts, files, verdicts, exit code."""
    blocks = [
        *findings.violations(result, options.width),
        *findings.excused(result),
        *findings.existing(result),
        *findings.gaps(result),
        *summary.metrics(result),
        *summary.notices(result),
        *summary.policy_changes(result),
        *summary.counts(result),
        *summary.files(result),
        *summary.stats(result),
        *summary.verdicts(result),
    ]
    if not options.colour and options.width is None:
        return plain(blocks)
    from ospec_guard.report.text.terminal import render_terminal

    return render_terminal(blocks, options.width, colour=options.colour)
