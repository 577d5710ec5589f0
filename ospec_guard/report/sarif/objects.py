"""sarif-om's objects, for the other modules here, and the way from them to plain JSON values.

The library's own companion (`jschema_to_python.to_json`) copies every subtree at every level and takes ten times as long.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import attr
import sarif_om as om

from ospec_guard.report.base import encodable

__all__ = ["om", "plain"]

_ALWAYS = frozenset({"level"})
"""Written even when equal to the default: a result without a level takes its rule's (§3.27.10), not `warning`."""
_RENAMED = {(om.Suppression, "state"): "status"}
"""sarif-om has a name from before the standard was final (§3.35.3)."""


def plain(value: object) -> object:
    """`value` as dictionaries, lists and scalars, in the order of the object model; what is unset is left out."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {encodable(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    kind: Any = type(value)
    written: dict[str, object] = {}
    for name, written_name, default in _properties(kind):
        content = getattr(value, name)
        if content is not None and (written_name in _ALWAYS or content != default):
            written[written_name] = plain(content)
    return written


@cache
def _properties(kind: Any) -> tuple[tuple[str, str, object], ...]:
    """(attribute, property name in SARIF, default) of one class of the object model."""
    return tuple(
        (field.name, _RENAMED.get((kind, field.name), field.metadata["schema_property_name"]), _default(field.default))
        for field in attr.fields(kind)
    )


def _default(default: Any) -> object:
    return default.factory() if hasattr(default, "factory") else default
