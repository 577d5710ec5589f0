"""Patterns for text in no particular language (`languages: [generic]`): words and signs in a row, wherever white space falls.

A match begins in some block of the text (see `blocks`) and never leaves it, but goes into blocks as if they were not there. In
a pattern only indentation makes blocks; such a block must be a block of the text from its beginning to its end.

`$X` is one word, and the same one wherever it comes again. `...` and `$...X` pass over as few tokens as possible, down to
`generic_ellipsis_max_span` lines below the token before them; at the end of a pattern over as many as possible, up to the end
of the block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from ospec_guard.pattern import aliengrep
from ospec_guard.pattern.blocks import SIGN, WORD, Blocks, blocks_of, is_word
from ospec_guard.pattern.hits import Bound, Hit
from ospec_guard.pattern.literals import integer
from ospec_guard.protocols import CompileError, UnsupportedError

SPAN = 10
"""Lines that `...` may reach down if the rule does not say."""

_TOKEN = re.compile(
    rf"(?P<dots>\.\.\.(?!\.)|\$\.\.\.(?P<name>[A-Z]\w*))|\$(?P<metavariable>[A-Z]\w*)|\.\.\.\.+|{WORD}|{SIGN}".encode("latin-1")
)
_ENGINES = ("spacegrep", "aliengrep")
_COMMENT_STYLES = ("c", "cpp", "shell")

_LITERAL, _METAVARIABLE, _DOTS, _BLOCK = range(4)
# A node: what it is; the text of a literal, the name of a metavariable ("" for plain dots); the nodes of a block.
_Node = tuple[int, bytes, "_Nodes"]
_Nodes = tuple[_Node, ...]
_Bindings = dict[bytes, tuple[int, int]]
# The block a match must stay in: its first token, its end, and whether the pattern must reach that end.
_Room = tuple[int, int, bool]


def find(
    pattern: str,
    data: bytes,
    settings: Mapping[str, object] | None = None,
    within: Sequence[tuple[int, int]] | None = None,
) -> list[Hit]:
    """What a pattern matches in a text of UTF-8, by its start; no two hits end at the same place.

    `settings` are the `generic_…` options of the rule. `within`: only hits that lie in one of these spans of bytes.
    Raises as `validate`.
    """
    settings = settings or {}
    validate(pattern, settings)
    if not all(word.encode() in data for word in required(pattern, settings)):
        return []
    if _engine(settings) == "aliengrep":
        return aliengrep.find(pattern, data, settings, within)
    nodes = _parsed(pattern)
    blocks = blocks_of(data, str(settings.get("generic_comment_style") or ""))
    hits = _Search(blocks, nodes, _span(settings)).hits() if nodes else []
    if within is None:
        return hits
    return [hit for hit in hits if any(start <= hit.start and hit.end <= end for start, end in within)]


def required(pattern: str, settings: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """The words that any text must contain for the pattern to match in it, longest first."""
    if settings and _engine(settings) == "aliengrep":
        return aliengrep.words_of(pattern, settings)
    words: set[bytes] = set()

    def gather(nodes: _Nodes) -> None:
        for kind, text, inner in nodes:
            if kind == _BLOCK:
                gather(inner)
            elif kind == _LITERAL and is_word(text):
                words.add(text)

    gather(_parsed(pattern))
    return tuple(sorted((word.decode() for word in words), key=lambda word: (-len(word), word)))


def validate(pattern: str, settings: Mapping[str, object]) -> None:
    """Raises CompileError for a pattern that means nothing, UnsupportedError for a setting that is not known here."""
    if _engine(settings) not in _ENGINES:
        raise UnsupportedError(f"'generic_engine: {_engine(settings)}' is not known; expected one of {', '.join(_ENGINES)}")
    if _engine(settings) == "aliengrep":
        aliengrep.translated(pattern, aliengrep.manner_of(settings))
        return
    style = settings.get("generic_comment_style")
    if style and style not in _COMMENT_STYLES:
        raise UnsupportedError(f"'generic_comment_style: {style}' is not known; expected one of {', '.join(_COMMENT_STYLES)}")
    _span(settings)
    _parsed(pattern)


def _engine(settings: Mapping[str, object]) -> str:
    return str(settings.get("generic_engine") or "spacegrep")


def _span(settings: Mapping[str, object]) -> int:
    lines = settings.get("generic_ellipsis_max_span", SPAN)
    if not isinstance(lines, int) or lines < 0:
        raise CompileError(f"'generic_ellipsis_max_span' must be a number of lines, not {lines!r}")
    return lines


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> _Nodes:
    """The pattern as nodes. Raises CompileError."""
    lines = []
    for line in pattern.encode().split(b"\n"):
        of_line = [node for match in _TOKEN.finditer(line.removesuffix(b"\r")) for node in _nodes_of(match)]
        if of_line:
            blank = line[: len(line) - len(line.lstrip(b" \t"))]
            lines.append((len(blank) + 7 * blank.count(b"\t"), of_line))
    nodes, _ = _block(lines, 0, 0, [])
    _refuse_dots_before_named_dots(nodes)
    return nodes


def _nodes_of(match: re.Match[bytes]) -> list[_Node]:
    if match["dots"]:
        return [(_DOTS, b"$..." + match["name"] if match["name"] else b"", ())]
    if match["metavariable"]:
        return [(_METAVARIABLE, match[0], ())]
    # Four dots and more are just dots.
    return [(_LITERAL, b".", ())] * len(match[0]) if match[0].startswith(b"..") else [(_LITERAL, match[0], ())]


def _block(lines: list[tuple[int, list[_Node]]], at: int, depth: int, nodes: list[_Node]) -> tuple[_Nodes, int]:
    """The nodes of a block, and the number of the line after it."""
    while at < len(lines) and lines[at][0] >= depth:
        indentation, of_line = lines[at]
        if indentation == depth:
            nodes += of_line
            at += 1
        else:
            inner, at = _block(lines, at + 1, indentation, list(of_line))
            nodes.append((_BLOCK, b"", inner))
    return tuple(nodes), at


def _refuse_dots_before_named_dots(nodes: _Nodes) -> None:
    before = -1
    for kind, text, inner in nodes:
        if kind == _DOTS and text and before == _DOTS:
            raise CompileError(f"'{text.decode()}' right after '...' or '$...': nothing tells where it begins")
        _refuse_dots_before_named_dots(inner)
        before = kind


def _may_be_nothing(nodes: _Nodes) -> bool:
    return all(kind == _DOTS or (kind == _BLOCK and _may_be_nothing(inner)) for kind, _, inner in nodes)


def _names(nodes: _Nodes) -> list[bytes]:
    return [name for _, text, inner in nodes for name in ([text] if text.startswith(b"$") else _names(inner))]


class _Search:
    """One pattern on one text.

    The results of its steps are the bindings and the last token of a match, or None.
    """

    def __init__(self, blocks: Blocks, nodes: _Nodes, span: int) -> None:
        self._blocks = blocks
        self._starts, self._texts = blocks.starts, blocks.texts
        self._nodes = nodes
        self._span = span
        names = _names(nodes)
        self._recurring = tuple(sorted({name for name in names if names.count(name) > 1}))
        # By the state of a search, the first token from which on it was tried everywhere, in vain.
        self._dead: dict[object, int] = {}

    def hits(self) -> list[Hit]:
        longest = self._nodes[-1][0] == _DOTS
        by_end: dict[int, tuple[int, _Bindings]] = {}
        for first in self._candidates():
            room = (first, self._blocks.block_end(first), False)
            found = self._from(self._nodes, 0, first, room, {}, -1)
            if found is not None and not (longest and found[1] in by_end):
                by_end[found[1]] = (first, found[0])
        hits = [
            Hit(self._starts[first], self._blocks.end(last), {name.decode(): self._bound(at) for name, at in bindings.items()})
            for last, (first, bindings) in by_end.items()
        ]
        return sorted(hits, key=lambda hit: (hit.start, hit.end))

    def _candidates(self) -> Sequence[int]:
        kind, text, _ = self._nodes[0]
        if kind == _LITERAL:
            return self._blocks.positions(text)
        if kind == _METAVARIABLE:
            return self._blocks.words
        return self._blocks.beginnings if kind == _DOTS else ()

    def _bound(self, at: tuple[int, int]) -> Bound:
        text = self._blocks.data[at[0] : at[1]].decode(errors="replace")
        number = integer(text)
        return Bound(at[0], at[1], text, text, value=text if number is None else number)

    def _from(self, nodes: _Nodes, k: int, i: int, room: _Room, bindings: _Bindings, last: int) -> tuple[_Bindings, int] | None:
        """Matches `nodes[k:]` from token `i` on, after the token `last` (-1: nothing is matched yet)."""
        while k < len(nodes):
            kind, text, inner = nodes[k]
            if kind == _DOTS:
                return self._over(nodes, k, i, room, bindings, last)
            if kind == _BLOCK:
                if i == self._here(i, room):
                    return (bindings, last) if _may_be_nothing(nodes[k:]) else None
                until = self._child(i, room)
                if until:
                    found = self._from(inner, 0, i, (i, until, True), bindings, last)
                    if found is None:
                        return None
                    bindings, last = found
                    i = until
                elif not _may_be_nothing(inner):
                    return None
                k += 1
                continue
            if i >= room[1]:
                return None
            token = self._texts[i]
            if kind == _LITERAL:
                if token != text:
                    return None
            else:
                if not is_word(token):
                    return None
                bound = self._bind(bindings, text, self._starts[i], self._starts[i] + len(token))
                if bound is None:
                    return None
                bindings = bound
            last = i
            i += 1
            k += 1
        return (bindings, last) if not room[2] or i == self._here(i, room) else None

    def _over(self, nodes: _Nodes, k: int, i: int, room: _Room, bindings: _Bindings, last: int) -> tuple[_Bindings, int] | None:
        """Matches the dots at `nodes[k]` and all after them."""
        name = nodes[k][1]
        count = sum(1 for _ in takewhile(lambda node: node[0] == _DOTS, nodes[k:]))
        k += count
        offset = self._starts[i] if last < 0 else self._blocks.end(last)
        limit = self._blocks.limit(offset, count * self._span)
        if k == len(nodes):
            last = max(last, min(self._here(i, room), limit) - 1)
            closed = self._bind(bindings, name, offset, max(offset, self._blocks.end(last)))
            return None if closed is None else (closed, last)
        kind, text, inner = nodes[k]
        if kind == _BLOCK:
            here = self._here(i, room)
            j = i
            while j < min(here, limit) and not self._child(j, room):
                j += 1
            if j < here and not self._child(j, room) and not _may_be_nothing(inner):
                return None
            closed = self._bind(bindings, name, offset, self._blocks.end(j - 1) if j > i else offset)
            return None if closed is None else self._from(nodes, k, j, room, closed, last)
        # Whether the rest matches from some token on depends on these alone; tokens it is known not to match from are left out.
        recurring = (self._value(bindings, each) for each in self._recurring)
        key = (id(nodes), k, limit, i == room[0], room[1:], offset if name in self._recurring else -1, *recurring)
        where = self._blocks.positions(text) if kind == _LITERAL else self._blocks.words
        stop = min(limit, room[1], self._dead.get(key, limit))
        for at in range(bisect_left(where, i), bisect_left(where, stop)):
            j = where[at]
            closed = self._bind(bindings, name, offset, self._blocks.end(j - 1) if j > i else offset)
            found = None if closed is None else self._from(nodes, k, j, room, closed, last)
            if found is not None:
                return found
        self._dead[key] = min(i, stop)
        return None

    def _here(self, i: int, room: _Room) -> int:
        """The end of the block that the step before token `i` was in."""
        return self._blocks.block_end(i - 1) if i > room[0] else room[1]

    def _child(self, i: int, room: _Room) -> int:
        """The end of the block that begins at token `i`, which the match has not gone into; 0: none does."""
        return self._blocks.opens_until(i) if i > room[0] else 0

    def _bind(self, bindings: _Bindings, name: bytes, start: int, end: int) -> _Bindings | None:
        """The bindings with one more; None if the name stands for something else already."""
        if not name:
            return bindings
        if name in bindings:
            return bindings if self._value(bindings, name) == self._blocks.data[start:end] else None
        return {**bindings, name: (start, end)}

    def _value(self, bindings: _Bindings, name: bytes) -> bytes | None:
        at = bindings.get(name)
        return None if at is None else self._blocks.data[at[0] : at[1]]
