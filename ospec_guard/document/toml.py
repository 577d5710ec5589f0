"""TOML: values by tomllib, with dates and times as text; places by `toml_marks` when somebody asks for one."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.document.text import TOO_LONG, DocumentError, Text, long_number, too_deep
from ospec_guard.document.tree import DEPTH_LIMIT, Document, Layout, Mark, is_too_deep
from ospec_guard.errors import Problem
from ospec_guard.model import Place

_WHERE = r" \(at (?:line (\d+), column (\d+)|end of document)\)$"
_LARGEST_BITS = 13_000
"""Of a whole number; Python itself refuses to print numbers that are a little larger."""

_TWICE = ("this key or table is given twice", "remove one of the two")
_ESCAPE = ("the backslash makes no escape that TOML has", "use single quotes, in which a backslash is a backslash")
_UNCLOSED = ("a quote before this is never closed", "close it; text of several lines wants three quotes at both ends")
_WORDS: dict[str, tuple[str, str]] = {
    "Invalid value": ("expected a value", "put text in quotes; write true and false in small letters"),
    "Invalid statement": ("expected a key or a table header", "put keys of other than A-Z, a-z, 0-9, '_' and '-' in quotes"),
    "Invalid initial character": (
        "expected a key",
        "put no comma behind the last key; put keys of unusual characters in quotes",
    ),
    "Expected '=' after a key": ("expected '=' after this key", "write 'key = value'"),
    "Expected newline or end": (
        "expected the end of the line after the value",
        "put text in quotes; numbers have no leading zeros",
    ),
    "Unclosed array": ("expected ',' or ']' in a list", "close the list"),
    "Unclosed inline table": ("expected ',' or '}' in a table", "close the table on the line it opens on"),
    "Expected ']": ("expected ']' after the name of a table", "put names of unusual characters in quotes"),
    "Cannot overwrite": _TWICE,
    "Cannot declare": _TWICE,
    "Cannot mutate": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline table key": _TWICE,
    "Unescaped": _ESCAPE,
    "Invalid hex value": _ESCAPE,
    "Escaped character": _ESCAPE,
    "Unterminated string": _UNCLOSED,
    "Expected \"'": _UNCLOSED,
    "Expected '\"": _UNCLOSED,
    "Illegal character '\\n'": _UNCLOSED,
    "Illegal character": ("a control character is not allowed", "write it as an escape in double quotes"),
    "Found invalid character": ("a control character is not allowed", "write it as an escape in double quotes"),
    "Invalid date": ("there is no such date or time", ""),
}
"""What tomllib's messages begin with, and what we say instead: message and hint. The first that fits counts."""


def read_toml(data: bytes, path: str) -> Document:
    """The value of a text, a dict. Raises DocumentError with the first problem found: tomllib stops there."""
    import tomllib

    text = Text(path, data)
    _refuse_long_keys(text)
    try:
        value = tomllib.loads(text.characters)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(_explained(str(error), text)) from error
    except ValueError as error:
        raise DocumentError(long_number(text)) from error
    except RecursionError as error:
        raise DocumentError(too_deep(Place(path, 1, 1), DEPTH_LIMIT)) from error
    if is_too_deep(value):
        raise DocumentError(too_deep(Place(path, 1, 1), DEPTH_LIMIT))
    document = Document(path, value, Layout(text, _marks))
    _write_dates_out(document)
    return document


def _refuse_long_keys(text: Text) -> None:
    """Within tomllib, a key takes time that grows with the square of its parts."""
    if all(line.count(".") < DEPTH_LIMIT for line in text.characters.split("\n")):
        return
    from ospec_guard.document.toml_marks import LongKeyError

    try:
        _marks(text.data)  # it may have been no key, but some text with dots
    except LongKeyError as error:
        raise DocumentError(too_deep(text.place(error.offset), DEPTH_LIMIT)) from error


def _marks(data: bytes) -> Mark:
    from ospec_guard.document.toml_marks import marks

    return marks(data)


def _explained(said: str, text: Text) -> Problem:
    where = re.search(_WHERE, said)
    message = said[: where.start()] if where else said
    place = Place(text.path, int(where[1]), int(where[2])) if where and where[1] else text.place(len(text.data))
    for start, (words, hint) in _WORDS.items():
        if message.startswith(start):
            return Problem(words, _line_start(text, place) if words == _TWICE[0] else place, hint)
    return Problem(f"not TOML: {message}", place)


def _line_start(text: Text, place: Place) -> Place:
    """The first thing on the line; tomllib tells of a repeated key when it is past its value."""
    line = text.characters.split("\n")[place.line - 1]
    return Place(place.path, place.line, len(line) - len(line.lstrip()) + 1)


def _write_dates_out(document: Document) -> None:
    """Makes text of dates and times, in place. Raises DocumentError for numbers that cannot be printed."""
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(document.value, ())]
    problems = []
    while waiting:
        value, keys = waiting.pop()
        for key, child in list(value.items() if isinstance(value, dict) else enumerate(value)):
            if isinstance(child, (dict, list)):
                waiting.append((child, (*keys, key)))
            elif isinstance(child, int) and child.bit_length() > _LARGEST_BITS:
                problems.append(Problem(TOO_LONG, document.place(*keys, key), "put it in quotes"))
            elif not isinstance(child, (str, int, float)):
                value[key] = child.isoformat()
    if problems:
        raise DocumentError(*problems)
