"""YAML: values by the core rules of YAML 1.2, with the places of all keys and items.

Built from libyaml's events with a stack of our own: libyaml's composer recurses, and its resolver turns `off`, `12:30` and dates
into something else. What libyaml says of bad syntax is put into plain words by `syntax`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ospec_guard.document.tree import (
    DEPTH_LIMIT,
    Document,
    DocumentError,
    Layout,
    Mark,
    duplicate_key,
    problem_at,
    quoted,
    read_text,
    too_deep,
)
from ospec_guard.errors import Problem, nearest
from ospec_guard.model import Place
from ospec_guard.source import Source

if TYPE_CHECKING:
    import yaml

EXPANSION_LIMIT = 200_000
"""Values that the aliases of one text may stand for in all."""

_NUMBER_DIGITS = 4000
"""Longer numbers are refused: Python itself will not print them."""

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_BE_NUMBER = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "seq": (list,),
    "map": (dict,),
}
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#.*)?)*)+")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MERGE = "\0<<"
"""Stands for the key `<<` where it means merging; no YAML text can hold NUL."""


def read_yaml(data: bytes, path: str) -> Document:
    """The one document in a text; of an empty text, None. Raises DocumentError with every problem found."""
    documents = _read(data, path, single=True)
    return documents[0] if documents else Document(path, None, Layout(path, data, Mark(0, 0, 0, 0)))


def read_yaml_all(data: bytes, path: str) -> tuple[Document, ...]:
    """The documents in a text, in order; of an empty text, none. Raises DocumentError with every problem found."""
    return _read(data, path, single=False)


def _read(data: bytes, path: str, *, single: bool) -> tuple[Document, ...]:
    import yaml

    data, text = read_text(data, path)
    _refuse_control_characters(data, text, path)
    builder = _Builder(path, data, text)
    documents = []
    try:
        for event in yaml.parse(data, Loader=_loader()):
            if isinstance(event, yaml.DocumentStartEvent) and documents and single:
                builder.problem("one document expected, and here a second begins", event.start_mark.index, "split the file")
                break
            if builder.take(event):
                documents.append(Document(path, builder.value, Layout(path, data, builder.mark, code_points=True)))
    except yaml.YAMLError as error:
        from ospec_guard.document.syntax import explain

        builder.problem(*explain(error, text))
    except _GiveUpError:
        pass
    if builder.problems:
        raise DocumentError(*builder.problems)
    return tuple(documents)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_control_characters(data: bytes, text: str, path: str) -> None:
    found = _CONTROL.search(text)
    if not found:
        return
    more = sum(1 for _ in _CONTROL.finditer(text)) - 1
    message = f"control character U+{ord(found[0]):04X} is not allowed" + (f", nor are the {more} after it" if more else "")
    raise DocumentError(problem_at(Source(path, data), text, found.start(), message, "write it as an escape in double quotes"))


class _GiveUpError(Exception):
    """Reading on would serve nobody; the problems say why."""


class _Frame:
    """A list or mapping that is being read."""

    __slots__ = ("anchor", "flow", "height", "inner", "key", "key_end", "key_start", "merged", "size", "start", "value", "waiting")

    def __init__(self, value: dict[str, Any] | list[Any], start: int, *, flow: bool, anchor: str | None) -> None:
        self.value = value
        self.inner: dict[str, Mark] | list[Mark] = {} if isinstance(value, dict) else []
        self.start = start
        self.flow = flow
        self.anchor = anchor
        self.size = 1
        """Values in it, itself included, aliases expanded."""
        self.height = 1
        """Levels of lists and mappings, itself included, aliases expanded."""
        self.waiting = False
        """A mapping that has a key and waits for its value."""
        self.key: str | None = None
        """None: the key was refused, its value is dropped."""
        self.key_start = self.key_end = 0
        self.merged: list[tuple[Any, Any]] = []
        """Values and marks of the mappings to merge."""


class _Anchored:
    """What an alias stands for."""

    __slots__ = ("height", "inner", "size", "value")

    def __init__(self, value: Any, inner: Any, size: int = 1, height: int = 0) -> None:
        self.value = value
        self.inner = inner
        self.size = size
        self.height = height


class _Builder:
    """Takes the events of a text one by one; leaves the values, marks and problems. Offsets are code points."""

    def __init__(self, path: str, data: bytes, text: str) -> None:
        import yaml

        self.problems: list[Problem] = []
        self.value: Any = None
        self.mark = Mark(0, 0, 0, 0)
        self._text = text
        self._source = Source(path, data)
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored | None] = {}
        """By name; None while the anchored value is not complete."""
        self._expanded = 0
        self._last_end = 0
        self._take: dict[type, Any] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentStartEvent: self._start,
        }

    def take(self, event: yaml.Event) -> bool:
        """Takes one event; True when with it a document's `value` and `mark` are complete. Raises _GiveUpError."""
        kind = type(event)
        take = self._take.get(kind)
        if take is None:
            return kind.__name__ == "DocumentEndEvent"
        take(event)
        return False

    def problem(self, message: str, offset: int, hint: str = "") -> None:
        self.problems.append(problem_at(self._source, self._text, offset, message, hint))

    def _start(self, event: yaml.DocumentStartEvent) -> None:
        self._anchors = {}
