"""Frozen values to JSON and back: what a kept plan is written in.

JSON and a literal table of classes, not pickle: reading a kept file can make nothing but these values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

_CLASS = "!"


def encode(value: Any) -> bytes:
    """Bytes of a value made of dataclasses, enums, tuples, dicts with text keys, and plain scalars.

    Text may hold surrogate escapes. Raises TypeError for anything else.
    """
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":")).encode()


def decode(data: bytes, classes: Iterable[type]) -> Any:
    """The value in `data`, using only the given classes. Raises ValueError when it is not what `encode` makes of them."""
    table = {c.__name__: c for c in classes}
    try:
        return _value(json.loads(data), table)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a kept value: {error}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return {_CLASS: type(value).__name__, "v": [value.value]}
    if is_dataclass(value) and not isinstance(value, type):
        return {_CLASS: type(value).__name__, "v": [_plain(getattr(value, f.name)) for f in fields(value)]}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if _CLASS in value or not all(isinstance(key, str) for key in value):
            raise TypeError("only dicts with text keys can be kept")
        return {key: _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _value(plain: Any, table: dict[str, type]) -> Any:
    if isinstance(plain, list):
        return tuple([_value(item, table) for item in plain])
    if isinstance(plain, dict):
        if _CLASS in plain:
            return table[plain[_CLASS]](*[_value(item, table) for item in plain["v"]])
        return {key: _value(item, table) for key, item in plain.items()}
    return plain
