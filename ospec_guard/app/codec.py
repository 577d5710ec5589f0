"""Frozen values to JSON and back: what a kept rulebook is written in.

JSON, not pickle: reading a kept file can make nothing but dataclasses and enums of this package, and plain values. Long texts
follow behind the line of JSON as they are: most are never looked at, and a reader of JSON would look at each of their letters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import Any

_PACKAGE = __name__.split(".", 1)[0]
_CLASS, _SET, _DICT, _TEXT = "c", "s", "d", "t"

_LONG = 400
"""Characters from which a text stands behind the JSON."""


def encode(value: Any) -> bytes:
    """Bytes of a value made of dataclasses and enums of this package, tuples, frozensets, dicts with text keys, and scalars.

    Text may hold surrogate escapes. Raises TypeError for anything else.
    """
    writer = _Writer()
    plain = writer.plain(value)
    line = json.dumps([list(writer.names), plain], ensure_ascii=True, separators=(",", ":")).encode()
    return b"\n".join((line, bytes(writer.texts)))


def decode(data: bytes) -> Any:
    """The value in `data`. Raises ValueError when it is not what `encode` makes."""
    line, _, texts = data.partition(b"\n")
    try:
        names, plain = json.loads(line)
        return _Reader([_class(name) for name in names], texts).value(plain)
    except (AttributeError, ImportError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a kept value: {error}") from error


class _Writer:
    """What becomes of one value: the names of its classes, in order, and its long texts one after the other."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.texts = bytearray()

    def plain(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return {_CLASS: [self._index(value), value.value]}
        if isinstance(value, str) and len(value) >= _LONG:
            begin = len(self.texts)
            self.texts += value.encode(errors="surrogatepass")
            return {_TEXT: [begin, len(self.texts)]}
        if value is None or isinstance(value, (str, int, float, bool)):
            return value
        if isinstance(value, tuple):
            return [self.plain(item) for item in value]
        if hasattr(type(value), "__match_args__"):
            return {_CLASS: [self._index(value), *[self.plain(getattr(value, name)) for name in type(value).__match_args__]]}
        if isinstance(value, frozenset):
            return {_SET: [self.plain(item) for item in sorted(value)]}
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {_DICT: {key: self.plain(item) for key, item in value.items()}}
        raise TypeError(f"a {type(value).__name__} cannot be kept")

    def _index(self, value: Any) -> int:
        return self.names.setdefault(f"{type(value).__module__}:{type(value).__qualname__}", len(self.names))


_NESTED: frozenset[Any] = frozenset((list, dict))
"""Types of JSON values that hold others; nearly all values of a plan are of another, and cost no call."""


class _Reader:
    """Values from JSON; `classes` make them by their numbers."""

    def __init__(self, classes: list[Callable[..., Any]], texts: bytes) -> None:
        self._classes, self._texts = classes, texts

    def value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple([self.value(item) if item.__class__ in _NESTED else item for item in plain])
        if isinstance(plain, dict):
            ((sort, content),) = plain.items()
            if sort == _CLASS:
                made = self._classes[content[0]]
                return made(*[self.value(item) if item.__class__ in _NESTED else item for item in content[1:]])
            if sort == _TEXT:
                begin, end = content
                return self._texts[begin:end].decode(errors="surrogatepass")
            if sort == _SET:
                return frozenset(self.value(item) for item in content)
            return {key: self.value(item) for key, item in content.items()}
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
