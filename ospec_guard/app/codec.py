"""Frozen values to JSON and back: what a kept rulebook is written in.

JSON, not pickle: reading a kept file can make nothing but dataclasses and enums of this package, and plain values.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import Any

_PACKAGE = __name__.split(".", 1)[0]
_CLASS, _SET, _DICT = "c", "s", "d"


def encode(value: Any) -> bytes:
    """Bytes of a value made of dataclasses and enums of this package, tuples, frozensets, dicts with text keys, and scalars.

    Text may hold surrogate escapes. Raises TypeError for anything else.
    """
    names: dict[str, int] = {}
    plain = _plain(value, names)
    return json.dumps([list(names), plain], ensure_ascii=True, separators=(",", ":")).encode()


def decode(data: bytes) -> Any:
    """The value in `data`. Raises ValueError when it is not what `encode` makes."""
    try:
        names, plain = json.loads(data)
        return _value(plain, [_class(name) for name in names])
    except (AttributeError, ImportError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a kept value: {error}") from error


def _plain(value: Any, names: dict[str, int]) -> Any:
    if isinstance(value, Enum):
        return {_CLASS: [_index(value, names), value.value]}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, tuple):
        return [_plain(item, names) for item in value]
    if hasattr(type(value), "__match_args__"):
        return {_CLASS: [_index(value, names), *(_plain(getattr(value, name), names) for name in type(value).__match_args__)]}
    if isinstance(value, frozenset):
        return {_SET: [_plain(item, names) for item in sorted(value)]}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {_DICT: {key: _plain(item, names) for key, item in value.items()}}
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _index(value: Any, names: dict[str, int]) -> int:
    return names.setdefault(f"{type(value).__module__}:{type(value).__qualname__}", len(names))


_NESTED: frozenset[Any] = frozenset((list, dict))
"""Types of JSON values that hold others; nearly all values of a plan are of another, and cost no call."""


def _value(plain: Any, classes: list[Callable[..., Any]]) -> Any:
    if isinstance(plain, list):
        return tuple([_value(item, classes) if item.__class__ in _NESTED else item for item in plain])
    if isinstance(plain, dict):
        ((sort, content),) = plain.items()
        if sort == _CLASS:
            made = classes[content[0]]
            return made(*[_value(item, classes) if item.__class__ in _NESTED else item for item in content[1:]])
        if sort == _SET:
            return frozenset(_value(item, classes) for item in content)
        return {key: _value(item, classes) for key, item in content.items()}
    return plain


def _class(name: str) -> Callable[..., Any]:
    """What makes a value of the class called so: of an enum, its members by their values."""
    module_name, _, class_name = name.partition(":")
    if module_name.split(".", 1)[0] != _PACKAGE:
        raise ValueError(f"{name} is not ours")
    found: type = getattr(sys.modules.get(module_name) or import_module(module_name), class_name)
    if not hasattr(found, "__match_args__") and not issubclass(found, Enum):
        raise ValueError(f"{name} is no value")
    return {member.value: member for member in found}.__getitem__ if issubclass(found, Enum) else found
