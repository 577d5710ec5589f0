"""From libyaml's events to values and their marks, with a stack of our own, so that no nesting can overflow another.

Aliases share the value they stand for; what they would amount to written out is counted and limited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ospec_guard.document.text import PROBLEM_LIMIT, Text, duplicate_key, too_deep, too_many
from ospec_guard.document.tree import DEPTH_LIMIT, Mark
from ospec_guard.document.yaml_scalars import TAG, plain, shown_tag, tagged
from ospec_guard.errors import Problem, nearest

EXPANSION_LIMIT = 200_000
"""Values that all aliases of a text together may stand for."""

_ANCHORS_COMPARED = 200
"""With more anchors, none is suggested for an unknown one: comparing costs too much."""
_MERGE = "\0<<"
"""Stands for the key `<<` where it means merging; no YAML text can hold NUL."""
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#.*)?)*)+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class GiveUpError(Exception):
    """Reading on would serve nobody; the problems say why."""


class _Frame:
    """A list or mapping that is being read."""

    __slots__ = (
        "anchor",
        "flow",
        "height",
        "inner",
        "key",
        "key_end",
        "key_start",
        "merged",
        "size",
        "start",
        "value",
        "waiting",
    )

    def __init__(self, event: Any, value: dict[str, Any] | list[Any], start: int) -> None:
        self.value: Any = value
        self.inner: Any = {} if isinstance(value, dict) else []
        """Marks, as in Mark."""
        self.start = start
        self.flow = bool(event.flow_style)
        self.anchor: str | None = event.anchor
        self.size = 1
        """Values in it, itself included, aliases written out."""
        self.height = 1
        """Levels of lists and mappings, itself included, aliases written out."""
        self.waiting = False
        """A mapping that has read a key and not its value."""
        self.key: str | None = None
        """None: the key was refused, its value will be dropped."""
        self.key_start = self.key_end = 0
        self.merged: list[tuple[dict[str, Any], dict[str, Mark]]] = []
        """What `<<` merges, the first to win first."""


class _Anchored:
    """What an alias stands for."""

    __slots__ = ("height", "inner", "size", "value")

    def __init__(self, value: Any, inner: Any = None, size: int = 1, height: int = 0) -> None:
        self.value = value
        self.inner = inner
        self.size = size
        self.height = height


class Composer:
    """Takes the events of a text (`yaml.Event`) one by one; leaves values, marks and problems. Offsets are code points."""

    def __init__(self, text: Text) -> None:
        self.problems: list[Problem] = []
        self.value: Any = None
        """Of the last complete document."""
        self.mark = Mark(0, 0, 0, 0)
        self._text = text
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Anchored | None] = {}
        """By name; None while the anchored value is not complete."""
        self._expanded = 0
        self._last_end = 0
        """Where the last value ended; libyaml lets a block end where the next thing begins."""
        self._takers: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self._scalar,
            "AliasEvent": self._alias,
            "MappingStartEvent": self._open_mapping,
            "SequenceStartEvent": self._open_sequence,
            "MappingEndEvent": self._close,
            "SequenceEndEvent": self._close,
            "DocumentStartEvent": self._start,
        }

    def take(self, event: Any) -> bool:
        """Takes one event; True when it completes a document, so that `value` and `mark` hold. Raises GiveUpError."""
        kind = type(event).__name__
        if kind in self._takers:
            self._takers[kind](event)
        return kind == "DocumentEndEvent"

    def problem(self, message: str, index: int, hint: str = "") -> None:
        """Notes a problem at a code-point offset. Raises GiveUpError when there are too many."""
        self._note(Problem(message, self._text.place_of(index), hint))

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= PROBLEM_LIMIT:
            self.problems.append(too_many(problem.place))
            raise GiveUpError

    def _start(self, _event: Any) -> None:
        self._anchors = {}

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor or event.tag:
            start = self._after_properties(start, end)
        style = event.style
        if style in ("|", ">"):
            end = start + len(self._text.characters[start:end].rstrip())
        self._last_end = end
        if style in ("'", '"'):
            start, end = start + 1, end - 1
        frame = self._frames[-1] if self._frames else None
        if frame and not frame.waiting and isinstance(frame.value, dict):
            self._key(frame, event, start, end)
            return
        value = self._meaning(event)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(value)
        self._add(value, start, end)

    def _meaning(self, event: Any) -> str | int | float | bool | None:
        value: str = event.value
        try:
            if event.tag:
                return tagged(event.tag, value)
            if not event.style:
                return plain(value)
        except ValueError as error:
            self.problem(str(error), event.start_mark.index, "remove the tag" if event.tag else "put it in quotes")
        if _SURROGATE.search(value):
            # libyaml refuses such escapes, PyYAML's own scanner does not.
            self.problem("the escape stands for no character", event.start_mark.index, "write the character itself")
        return value

    def _key(self, frame: _Frame, event: Any, start: int, end: int) -> None:
        key: str | None = event.value
        if self._meaning(event) is None:
            self.problem(f"a key must be text, got {event.value or 'nothing'}", start, "put the key in quotes")
            key = None
        elif key == "<<" and not event.style and not event.tag:
            key = _MERGE
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(event.value)
        self._expect_value(frame, key, start, end)

    def _expect_value(self, frame: _Frame, key: str | None, start: int, end: int) -> None:
        if key in frame.inner:
            first, again = (self._text.place_of(at) for at in (frame.inner[key].start, start))
            self._note(duplicate_key("<<" if key == _MERGE else str(key), first, again))
            key = None
        frame.key, frame.key_start, frame.key_end = key, start, end
        frame.waiting = True

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._last_end = end
        name = event.anchor
        anchored = self._anchors.get(name)
        if anchored is None:
            anchored = _Anchored(None)
            if name in self._anchors:
                self.problem(f"alias *{name} stands inside what it stands for", start, "write the value out")
            else:
                near = nearest(name, sorted(self._anchors)) if len(self._anchors) <= _ANCHORS_COMPARED else ""
                hint = near or "put text that begins with '*' in quotes"
                self.problem(f"there is no anchor &{name} before this alias", start, hint)
        self._expanded += anchored.size
        if self._expanded > EXPANSION_LIMIT:
            self.problem(f"anchors expand to more than {EXPANSION_LIMIT:,} values", start, "use fewer aliases of aliases")
            raise GiveUpError
        if len(self._frames) + anchored.height > DEPTH_LIMIT:
            self._too_deep(start)
        frame = self._frames[-1] if self._frames else None
        if frame and not frame.waiting and isinstance(frame.value, dict) and isinstance(anchored.value, str):
            self._expect_value(frame, anchored.value, start, end)
        else:
            self._add(anchored.value, start, end, anchored.inner, anchored.size, anchored.height)

    def _open_mapping(self, event: Any) -> None:
        self._open(event, {}, "map")

    def _open_sequence(self, event: Any) -> None:
        self._open(event, [], "seq")

    def _open(self, event: Any, value: dict[str, Any] | list[Any], tag: str) -> None:
        start = event.start_mark.index
        if event.tag and event.tag not in ("!", TAG + tag):
            self.problem(f"tag {shown_tag(event.tag)} is not supported", start, "remove the tag")
        if event.anchor or event.tag:
            start = self._after_properties(start, len(self._text.characters))
        if event.anchor:
            self._anchors[event.anchor] = None
        if len(self._frames) >= DEPTH_LIMIT:
            self._too_deep(start)
        self._frames.append(_Frame(event, value, start))

    def _close(self, event: Any) -> None:
        frame = self._frames.pop()
        if frame.flow:
            self._last_end = event.end_mark.index
        for value, inner in frame.merged:
            for key, child in value.items():
                if key not in frame.value:
                    frame.value[key], frame.inner[key] = child, inner[key]
        if isinstance(frame.inner, dict):
            frame.inner.pop(_MERGE, None)
        if frame.anchor:
            self._anchors[frame.anchor] = _Anchored(frame.value, frame.inner, frame.size, frame.height)
        self._add(frame.value, frame.start, self._last_end, frame.inner, frame.size, frame.height)

    def _add(self, value: Any, start: int, end: int, inner: Any = None, size: int = 1, height: int = 0) -> None:
        """Puts a complete value where it belongs."""
        if not self._frames:
            self.value, self.mark = value, Mark(start, end, start, end, inner)
            return
        frame = self._frames[-1]
        frame.size += size
        if frame.waiting and frame.key == _MERGE:
            frame.height = max(frame.height, height)  # what is merged comes no deeper
        else:
            frame.height = max(frame.height, height + 1)
        if isinstance(frame.value, list):
            frame.value.append(value)
            frame.inner.append(Mark(start, end, start, end, inner))
        elif not frame.waiting:
            self.problem("a key must be text", start, "write the key out in quotes")
            self._expect_value(frame, None, start, end)
        else:
            frame.waiting = False
            if frame.key == _MERGE:
                self._merge(frame, value, Mark(frame.key_start, frame.key_end, start, end, inner))
            elif frame.key is not None:
                frame.value[frame.key] = value
                frame.inner[frame.key] = Mark(frame.key_start, frame.key_end, start, end, inner)

    def _merge(self, frame: _Frame, value: Any, mark: Mark) -> None:
        if isinstance(value, list) and isinstance(mark.inner, list):
            pairs = list(zip(value, (each.inner for each in mark.inner), strict=True))
        else:
            pairs = [(value, mark.inner)]
        frame.inner[_MERGE] = mark
        for merged, inner in pairs:
            if isinstance(merged, dict) and isinstance(inner, dict):
                frame.merged.append((merged, inner))
            else:
                self.problem("'<<' merges mappings, and this is none", mark.value_start, "put '<<' in quotes if it is a key")

    def _after_properties(self, start: int, end: int) -> int:
        """Where a value starts whose event starts at its anchor or tag."""
        found = _PROPERTIES.match(self._text.characters, start, end)
        return found.end() if found else start

    def _too_deep(self, index: int) -> None:
        self._note(too_deep(self._text.place_of(index), DEPTH_LIMIT))
        raise GiveUpError
