"""JSON: values by json.loads, and nothing that is not JSON; places by a scan of the tokens when somebody asks for one."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from ospec_guard.document.text import DocumentError, Text, duplicate_key, long_number, told, too_deep
from ospec_guard.document.tree import DEPTH_LIMIT, Document, Layout, Mark, is_too_deep
from ospec_guard.errors import Problem
from ospec_guard.model import Place

_TOKEN = rb'(?s)"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
_ESCAPE = r"(?s)\\(?:(u[dD][89abAB]..)|(u[dD][c-fC-F]..)|.)"
"""An escape in a text; groups: the first half of a character (a high surrogate), the second half."""
_NAN = r'(?s)"[^"\\]*(?:\\.[^"\\]*)*"|(-?Infinity|NaN)'
_COMMENTS = ("//", "/*", "#")
_WORDS: dict[str, tuple[str, str]] = {
    "Expecting property name": ("expected a key in double quotes", "put the key in double quotes"),
    "Expecting ',' delimiter": ("expected ',' or the end of the list or mapping", "put a comma between two values"),
    "Expecting ':' delimiter": ("expected ':' after the key", 'write "key": value'),
    "Expecting value": ("expected a value", "put text in double quotes; write true, false and null in small letters"),
    "Unterminated string": ("the quote that opens here is never closed", "close it"),
    "Invalid control character": ("a control character or line end is not allowed in text", "write it as an escape, as \\n"),
    "Invalid \\escape": ("the backslash makes no escape that JSON has", "write two backslashes for one"),
    "Invalid \\uXXXX": ("'\\u' wants four hexadecimal digits", "write two backslashes for one"),
    "Extra data": ("the document's value has ended before this", "put several values in one list"),
}
"""What json's messages begin with, and what we say instead: message and hint."""


class _NotJSONError(Exception):
    """A word that Python's reader takes for a number and JSON has not."""


def read_json(data: bytes, path: str) -> Document:
    """The value of a text. Raises DocumentError with every problem found: all repeated keys, or the first syntax error."""
    import json

    text = Text(path, data)
    repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        made = dict(pairs)
        repeated = repeated or len(made) < len(pairs)
        return made

    try:
        value = json.loads(text.characters, object_pairs_hook=mapping, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise DocumentError(_explained(error.msg, error.pos, text)) from error
    except _NotJSONError as error:
        raise DocumentError(_not_a_number(text)) from error
    except ValueError as error:
        raise DocumentError(long_number(text)) from error
    except RecursionError as error:
        raise DocumentError(too_deep(_first_too_deep(text), DEPTH_LIMIT)) from error
    if is_too_deep(value):
        raise DocumentError(too_deep(_first_too_deep(text), DEPTH_LIMIT))
    if problems := _repeated_keys(text) if repeated else _lone_surrogates(text):
        raise DocumentError(*problems)
    return Document(path, value, Layout(text, marks))


def marks(data: bytes) -> Mark:
    """The mark of the whole text, in bytes; takes for granted that the text is JSON."""
    return _scan(data, [])


def _scan(data: bytes, repeated: list[tuple[str, int, int]]) -> Mark:
    """The mark of the whole text; fills `repeated` with keys given again: name, where first, where again."""
    root: list[Mark] = []
    stack: list[tuple[int, tuple[str, int, int] | None, Any]] = []
    """Lists and mappings being read: start, the key they stand under, marks of what they hold; outermost first."""
    inner: Any = root
    key: tuple[str, int, int] | None = None
    for found in re.finditer(_TOKEN, data):
        start, end = found.span()
        char = found[0][:1]
        if char in b",:":
            continue
        if char in b"[{":
            stack.append((start, key, inner))
            inner, key = [] if char == b"[" else {}, None
            continue
        marks_of_value = None
        if char in b"]}":
            marks_of_value = inner
            start, key, inner = stack.pop()
        elif char == b'"':
            start, end = start + 1, end - 1
        if isinstance(inner, list):
            inner.append(Mark(start, end, start, end, marks_of_value))
        elif key is None:
            key = _name(found[0]), start, end
        else:
            if key[0] in inner:
                repeated.append((key[0], inner[key[0]].start, key[1]))
            else:
                inner[key[0]] = Mark(key[1], key[2], start, end, marks_of_value)
            key = None
    return root[0] if root else Mark(0, 0, 0, 0)


def _name(token: bytes) -> str:
    if b"\\" not in token:
        return token[1:-1].decode()
    import json

    return str(json.loads(token))


def _repeated_keys(text: Text) -> list[Problem]:
    repeated: list[tuple[str, int, int]] = []
    _scan(text.data, repeated)
    repeated.sort(key=lambda each: each[2])
    return told(duplicate_key(key, text.place(first), text.place(again)) for key, first, again in repeated)


def _first_too_deep(text: Text) -> Place:
    depth = 0
    for found in re.finditer(_TOKEN, text.data):
        depth += (found[0] in (b"[", b"{")) - (found[0] in (b"]", b"}"))
        if depth > DEPTH_LIMIT:
            return text.place(found.start())
    return text.place(0)


def _lone_surrogates(text: Text) -> list[Problem]:
    """Halves of characters, written as escapes: Python would keep them, and nothing could write them again."""
    if "\\ud" not in text.characters.lower():
        return []
    halves = []
    first: re.Match[str] | None = None
    for found in re.finditer(_ESCAPE, text.characters):
        if first and found[2] and found.start() == first.end():
            first = None
            continue
        halves += [first] if first else []
        halves += [found] if found[2] else []
        first = found if found[1] else None
    halves += [first] if first else []
    return told(_half(escape, text) for escape in halves)


def _half(escape: re.Match[str], text: Text) -> Problem:
    return Problem(f"the escape {escape[0]} is half of a character", text.place_of(escape.start()), "write the other half too")


def _refuse(word: str) -> NoReturn:
    raise _NotJSONError(word)


def _not_a_number(text: Text) -> Problem:
    """The place of the first NaN or Infinity outside of text; json.loads keeps it to itself."""
    found = next(each for each in re.finditer(_NAN, text.characters) if each[1])
    return Problem(f"{found[1]} is no JSON number", text.place_of(found.start(1)), "write null, or put it in quotes")


def _explained(message: str, index: int, text: Text) -> Problem:
    characters = text.characters
    if not characters.strip():
        return Problem("the file is empty; JSON wants a value", Place(text.path, 1, 1), "write {} for nothing")
    before = characters[:index].rstrip() if characters.startswith(("]", "}"), index) else ""
    if before.endswith(",") or message.startswith("Illegal trailing comma"):
        return Problem("a comma before the end", text.place_of(len(before) - 1 if before else index), "remove the comma")
    words, hint = next((said for start, said in _WORDS.items() if message.startswith(start)), (f"not JSON: {message}", ""))
    if characters.startswith(_COMMENTS, index):
        hint = "JSON has no comments; remove this one"
    elif characters.startswith("'", index):
        hint = "JSON wants double quotes"
    return Problem(words, text.place_of(index), hint)
