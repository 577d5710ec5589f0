"""The `json` format: the whole result, documented and versioned.

The keys are the fields of `model`, so a change there is a change of this contract: `json-report.schema.json` beside this module
fixes it, and a change that is no addition needs a new version in FORMAT.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from ospec_guard.model import ExitCode, Judged, JudgedGap, Level, Severity
from ospec_guard.report.base import encodable

if TYPE_CHECKING:
    from ospec_guard.model import RunResult
    from ospec_guard.protocols import ReportOptions

NAME = "json"
FORMAT = "ospec-guard/json-v1"


def render(result: RunResult, options: ReportOptions) -> str:  # noqa: ARG001  # every format has the same signature
    """An object with `format` and every field of RunResult, in the order of the model, indented by two."""
    report = {"format": FORMAT, **_object(result)}
    return json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


_NAMED_VALUES = ("properties",)
"""Fields of (name, value) pairs whose names are unique; written as objects."""
_ORDERED_PAIRS = ("details", "stats")
"""Fields of (name, value) pairs in an order that matters; written as arrays of objects."""


def _object(value: object) -> dict[str, object]:
    """A dataclass as an object. A judged finding or gap is one object: its own fields, then how it was judged."""
    written: dict[str, object] = {}
    for field in fields(value):  # type: ignore[arg-type]  # only called with dataclasses
        content = getattr(value, field.name)
        if (isinstance(value, Judged) and field.name == "finding") or (isinstance(value, JudgedGap) and field.name == "gap"):
            written |= _object(content)
        elif field.name in _NAMED_VALUES:
            written[field.name] = {encodable(name): encodable(text) for name, text in content}
        elif field.name in _ORDERED_PAIRS:
            written[field.name] = [{"name": encodable(name), "value": encodable(text)} for name, text in content]
        else:
            written[field.name] = _plain(content)
    return written


def _plain(value: object) -> object:
    match value:
        case Severity() | Level():
            return value.label
        case ExitCode():
            return int(value)
        case str():
            return encodable(str(value))
        case None | bool() | int() | float():
            return value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return _object(value)
