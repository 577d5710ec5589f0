"""What the tests of documents share: problems as short lines, and every key and index that leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ospec_guard.document import Document, DocumentError
from ospec_guard.errors import Problem


def told(problems: Iterable[Problem]) -> list[str]:
    """Problems as `line:column message | hint`."""
    return [f"{str(each.place).removeprefix('f:')} {each.message} | {each.hint}".removesuffix(" | ") for each in problems]


def refused(read: Callable[[bytes, str], object], text: str | bytes) -> list[str]:
    """What a reader says of a text it does not accept."""
    with pytest.raises(DocumentError) as caught:
        read(text.encode() if isinstance(text, str) else text, "f")
    return told(caught.value.problems)


def at(document: Document, *keys: str | int) -> tuple[int, int]:
    """Line and column of a place."""
    place = document.place(*keys)
    assert place.path == document.path
    return place.line, place.column


def piece(data: str, span: tuple[int, int] | None) -> str | None:
    """The text of a span of bytes."""
    return None if span is None else data.encode()[span[0] : span[1]].decode()


def paths(value: Any) -> list[tuple[str | int, ...]]:
    """The keys of everything in a value, the value itself first."""
    found: list[tuple[str | int, ...]] = [()]
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        found += [(step, *path) for path in paths(child)]
    return found
