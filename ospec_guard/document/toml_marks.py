"""Where the keys, values and items of a TOML text stand: a small scanner of text that tomllib has accepted."""

from __future__ import annotations

import regex as re  # Python 3.11 before 3.11.5 matches possessive quantifiers wrongly (python/cpython#106052)

from ospec_guard.document.tree import DEPTH_LIMIT, Mark

_BLANK = re.compile(rb"(?:[ \t\r\n]++|#[^\n]*+)*+")
_KEY = re.compile(rb"""[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+'""")
_STRINGS = (
    (re.compile(rb'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{0,2}"""', re.DOTALL), 3),
    (re.compile(rb"'''(?:[^']++|'{1,2}(?!'))*+'{0,2}'''"), 3),
    (re.compile(rb'"(?:[^"\\\n]++|\\.)*+"'), 1),
    (re.compile(rb"'[^'\n]*+'"), 1),
)
_OTHER = re.compile(rb"\d{4}-\d\d-\d\d \d\d:[0-9:.+Zz-]++|[^\s,\]}#]++|.", re.DOTALL)
"""Numbers, booleans, dates; a date may have a blank before its time."""

_Part = tuple[str, int, int]
"""A part of a dotted key: its name, and where it starts and ends without quotes."""


class LongKeyError(ValueError):
    """A dotted key has more than DEPTH_LIMIT parts; `offset` is where it starts, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class _Open:
    """A list or an inline table that is being read, and where it goes."""

    __slots__ = ("inner", "into", "parts", "start")

    def __init__(
        self, start: int, inner: dict[str, Mark] | list[Mark], into: dict[str, Mark] | list[Mark], parts: list[_Part]
    ) -> None:
        self.start = start
        self.inner = inner
        self.into = into
        self.parts = parts


def marks(data: bytes) -> Mark:
    """The mark of the whole text, in bytes. Tables made of headers or dotted keys stand where they are first named.

    Raises LongKeyError. Of a text that is no TOML, all is right up to the first mistake.
    """
    root: dict[str, Mark] = {}
    table = root
    at = _skip(data, 0)
    while at < len(data):
        if data.startswith(b"[", at):
            table, at = _header(data, at, root)
        else:
            parts, at = _key(data, at)
            at = _value(data, at, table, parts)
        at = _skip(data, at)
    return Mark(0, 0, -1, -1, root)


def _skip(data: bytes, at: int) -> int:
    """Past blanks, line ends and comments."""
    found = _BLANK.match(data, at)
    return found.end() if found else at


def _key(data: bytes, at: int) -> tuple[list[_Part], int]:
    """The parts of a dotted key, and where what follows it starts, '=' left behind."""
    parts: list[_Part] = []
    begin = at
    while found := _KEY.match(data, at):
        quotes = data[at : at + 1] in (b'"', b"'")
        start, end = found.start() + quotes, found.end() - quotes
        parts.append((_name(found[0], quotes=quotes), start, end))
        if len(parts) > DEPTH_LIMIT:
            raise LongKeyError(begin)
        at = _skip(data, found.end())
        if data[at : at + 1] != b".":
            break
        at = _skip(data, at + 1)
    return parts, at + (data[at : at + 1] == b"=" or not parts)


def _name(token: bytes, *, quotes: bool) -> str:
    if not quotes:
        return token.decode()
    if token.startswith(b'"') and b"\\" in token:
        import tomllib

        return str(tomllib.loads(f"name = {token.decode()}")["name"])
    return token[1:-1].decode()


def _header(data: bytes, start: int, root: dict[str, Mark]) -> tuple[dict[str, Mark], int]:
    """The table that a header opens, and where what follows the header starts."""
    double = data.startswith(b"[[", start)
    parts, at = _key(data, _skip(data, start + 1 + double))
    end = at + 1 + double
    table = _table(root, parts[:-1])
    if not double:
        return _table(table, parts[-1:]), end
    for name, first, last in parts[-1:]:
        items = table.setdefault(name, Mark(first, last, -1, -1, [])).inner
        if isinstance(items, list):
            table = {}
            items.append(Mark(start, end, -1, -1, table))
    return table, end


def _table(table: dict[str, Mark], parts: list[_Part]) -> dict[str, Mark]:
    """The table that a dotted key leads to; of a list of tables, the last."""
    for name, start, end in parts:
        inner = table.setdefault(name, Mark(start, end, -1, -1, {})).inner
        if isinstance(inner, list) and inner:
            inner = inner[-1].inner
        if isinstance(inner, dict):
            table = inner
    return table


def _value(data: bytes, at: int, table: dict[str, Mark], parts: list[_Part]) -> int:
    """Notes the value that starts at or after `at` and all it holds; returns where it ends."""
    stack: list[_Open] = []
    into: dict[str, Mark] | list[Mark] = table
    key: list[_Part] | None = parts
    """Of the value to come; None in an inline table where a key must come first."""
    while True:
        at = _skip(data, at)
        char = data[at : at + 1]
        if char == b"," and stack:
            at += 1
        elif char in (b"]", b"}") and stack:
            closed = stack.pop()
            into, at = closed.into, at + 1
            _put(into, closed.parts, closed.start, at, closed.inner)
            key = None
        elif key is None and isinstance(into, dict):
            key, at = _key(data, at)
        elif char in (b"[", b"{"):
            inner: dict[str, Mark] | list[Mark] = [] if char == b"[" else {}
            stack.append(_Open(at, inner, into, key or []))
            into, key, at = inner, None, at + 1
        else:
            start, end, at = _scalar(data, at)
            _put(into, key or [], start, end)
            key = None
        if not stack or at >= len(data):
            return at


def _scalar(data: bytes, at: int) -> tuple[int, int, int]:
    """Start and end of a scalar without its quotes, and where what follows it starts."""
    if data[at : at + 1] in (b'"', b"'"):
        for pattern, quotes in _STRINGS:
            if found := pattern.match(data, at):
                return at + quotes, found.end() - quotes, found.end()
    found = _OTHER.match(data, at)
    end = found.end() if found else len(data)
    return at, end, end


def _put(
    into: dict[str, Mark] | list[Mark],
    key: list[_Part],
    start: int,
    end: int,
    inner: dict[str, Mark] | list[Mark] | None = None,
) -> None:
    """Notes a value under its key, or as the next item of a list."""
    if isinstance(into, list):
        into.append(Mark(start, end, start, end, inner))
        return
    for name, first, last in key[-1:]:
        _table(into, key[:-1])[name] = Mark(first, last, start, end, inner)
