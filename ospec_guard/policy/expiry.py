"""Until when an excuse holds: the one evaluator of dates, for waivers and inline suppressions, in every front end.

Days are UTC days and inclusive: an excuse until today still holds. A date that cannot be read counts as expired.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Expiry(StrEnum):
    """Whether a written last day still lies ahead."""

    ACTIVE = "active"
    EXPIRED = "expired"
    MALFORMED = "malformed"
    """Not a day written as YYYY-MM-DD; counts as expired."""


def read_day(written: str) -> date | None:
    """The day written as YYYY-MM-DD; None for anything else, days that no calendar has included."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def expiry(written: str, today: date) -> Expiry:
    """The state of the last day `written` on the UTC day `today`."""
    day = read_day(written)
    if day is None:
        return Expiry.MALFORMED
    return Expiry.EXPIRED if day < today else Expiry.ACTIVE


def lapse(written: str, today: date) -> str:
    """Why an excuse until `written` no longer holds, for people; empty while it does."""
    match expiry(written, today):
        case Expiry.ACTIVE:
            return ""
        case Expiry.EXPIRED:
            return f"it expired on {written}"
        case Expiry.MALFORMED:
            return f"'{written}' is not a date (YYYY-MM-DD), so it counts as expired"
