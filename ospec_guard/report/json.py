"""The `json` format: the whole result, documented and versioned.

The keys are the fields of `model`, so a change there is a change of this contract: `json-report.schema.json` beside this module
fixes it, and a change that is no addition needs a new version in FORMAT.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from ospec_guard.model import Judged, JudgedGap, Level, Severity
from ospec_guard.report.base import encodable, json_text

if TYPE_CHECKING:
    from ospec_guard.model import RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "json"
FORMAT = "ospec-guard/json-v1"


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """An object with `format` and every field of RunResult, in the order of the model, indented by two."""
    report = {"format": FORMAT, **_object(result)}
    return json_text(report, indent=2)


_NAMED_VALUES = ("properties",)
"""Fields of (name, value) pairs whose names are unique; written as objects."""
_ORDERED_PAIRS = ("details", "stats")
"""Fields of (name, value) pairs in an order that matters; written as arrays of objects."""


def _object(value: object) -> dict[str, object]:
    """A dataclass as an object. A judged finding or gap is one object: its own fields, then how it was judged."""
    written: dict[str, object] = {}
    kind: Any = type(value)
    for name in _names(kind):
        content = getattr(value, name)
        if isinstance(value, Judged | JudgedGap) and name in ("finding", "gap"):
            written |= _object(content)
        elif name in _NAMED_VALUES:
            written[name] = {encodable(key): encodable(text) for key, text in content}
        elif name in _ORDERED_PAIRS:
            written[name] = [{"name": encodable(key), "value": encodable(text)} for key, text in content]
        else:
            written[name] = _plain(content)
    return written


def _plain(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Severity | Level):
        return value.label
    if value is None or isinstance(value, bool | int | float):
        return value
    return _object(value)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
