"""Who may excuse what: the one table of levels and excuses. Each function says why an excuse is not obeyed; empty: it is.

    level    inline suppression         baseline    waiver
    warn     yes                        yes         yes
    error    with a reason              yes         with a reason
    block    no                         no          with reason, approved_by and expires

What has expired is obeyed nowhere. A rule that says `suppressible: false` obeys, at every level, what it would under `block`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ospec_guard.config.settings import Waiver
from ospec_guard.model import Level
from ospec_guard.policy.directives import Directive
from ospec_guard.policy.expiry import lapse
from ospec_guard.policy.waivers import missing_fields


def inline_refusal(directive: Directive, level: Level, today: date, *, suppressible: bool) -> str:
    """Why an inline suppression is not obeyed."""
    if directive.blanket:
        return "it names no rule; write 'nosemgrep: rule-id'"
    if directive.until is not None and (lapsed := lapse(directive.until, today)):
        return lapsed
    return _only_waivers(level, suppressible=suppressible) or (
        "level error asks for a reason after the ids" if level is Level.ERROR and not directive.reason else ""
    )


def baseline_refusal(level: Level, *, suppressible: bool) -> str:
    """Why a baseline entry is not obeyed."""
    return _only_waivers(level, suppressible=suppressible)


def waiver_refusal(waiver: Waiver, level: Level, today: date, *, suppressible: bool) -> str:
    """Why a waiver is not obeyed."""
    if waiver.expires and (lapsed := lapse(waiver.expires, today)):
        return lapsed
    missing = missing_fields(waiver)
    if missing and not suppressible:
        return f"the rule may not be suppressed: its waiver needs {_listed(missing)}"
    if missing and level is Level.BLOCK:
        return f"level block asks for {_listed(missing)}"
    if "reason" in missing and level is Level.ERROR:
        return "level error asks for a reason"
    return ""


def _only_waivers(level: Level, *, suppressible: bool) -> str:
    if not suppressible:
        return "the rule may not be suppressed: only a complete waiver excuses it"
    return "level block obeys nothing but a complete waiver" if level is Level.BLOCK else ""


def _listed(fields: Sequence[str]) -> str:
    return f"{', '.join(fields[:-1])} and {fields[-1]}" if len(fields) > 1 else fields[0]
