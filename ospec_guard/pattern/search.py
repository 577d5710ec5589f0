"""Where in a file a pattern matches: candidates found by the words a match must hold, or by kind, then matched.

A pattern that needs a word is tried at the nodes around the word's places, one without at the nodes of its kinds. Either way
most of a file is never looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ospec_guard.pattern.code import Code, walk
from ospec_guard.pattern.hits import Hit
from ospec_guard.pattern.match import Matcher
from ospec_guard.pattern.parse import Pattern
from ospec_guard.pattern.tree import Node

Spans = Sequence[tuple[int, int]]
"""Ascending by start."""

_TEXTS = frozenset(("str...", "str$", "str="))
_ALSO: dict[str, tuple[str, ...]] = {
    "assign": ("assign", "var"),
    "dot": ("dot", "id"),
    "id": ("id",),
    "ident": ("id", "ident"),
    "str": ("str", "id", "binop", "concat"),
    "str...": ("str", "id", "binop", "concat"),
    "str$": ("str", "id", "binop", "concat"),
    "str=": ("str", "id", "binop", "concat"),
    "num": ("num", "id"),
    "const": ("const", "id"),
    "block": ("block",),
}
"""The kinds of code that a pattern of a kind may match."""
_NEVER = frozenset(
    """ident tok args params param attrs attr supers block kwarg pair chars exprstmt import if while return throw file
    several""".split()
)
"""What no pattern that is a bare metavariable matches."""


def find(pattern: Pattern, code: Code, matcher: Matcher, within: Spans | None = None) -> list[Hit]:
    """Every place where the pattern matches, and every way; `within`: only places inside one of these spans count."""
    root = pattern.root
    if root.kind in ("stmts", "...") or (root.kind == "exprstmt"):
        found = list(_sequences(pattern, code, matcher, within))
        if root.kind == "...":
            found += [Hit(node.start, node.end, {}) for node in _expressions(code, within)]
        if root.kind == "exprstmt":
            # Branches that are one statement without a block (`if (a) f();`).
            seen = {(hit.start, hit.end) for hit in found}
            rest = [one for one in _candidates(root, pattern.words, code, within) if (one.start, one.end) not in seen]
            found += [Hit(one.start, one.end, way) for one in rest for way in matcher.match(root, one, {})]
    else:
        found = []
        for node in _candidates(root, pattern.words, code, within):
            start = node.start
            if root.kind == "assign" and node.kind == "var" and node.kids[1] is not None:
                start = node.kids[1].start  # An assignment's place in a declaration starts with the name.
            found += [Hit(start, node.end, way) for way in matcher.match(root, node, {})]
    return found


def _candidates(root: Node, words: Sequence[str], code: Code, within: Spans | None) -> Iterator[Node]:
    """The nodes at which the pattern is tried, each once."""
    seen: set[int] = set()
    is_import = root.kind == "import"
    for node in _possible(root, words, code, within):
        if id(node) not in seen and (is_import or not code.is_import(node.start)):
            seen.add(id(node))
            if within is None or _is_within(node, within):
                yield node


def _possible(root: Node, words: Sequence[str], code: Code, within: Spans | None) -> Iterator[Node]:
    kinds = _kinds(root, code)
    if kinds is None:
        yield from _expressions(code, within)
        return
    word = _anchor(words, code)
    if word is None:
        yield from code.nodes(kinds)
        return
    for place in _places(word, code, within):
        yield from code.above(place, kinds)


def _places(words: Iterable[str], code: Code, within: Spans | None) -> Iterator[int]:
    for one in words:
        places = code.places(one)
        if within is None:
            yield from places
            continue
        for start, end in within:
            at = bisect_left(places, start)
            while at < len(places) and places[at] < end:
                yield places[at]
                at += 1


def _expressions(code: Code, within: Spans | None) -> Iterator[Node]:
    """Every expression, for patterns that say nothing about what they are."""
    if within is None:
        yield from (node for node in walk(code.tree.root) if _is_expression(node, code))
        return
    work = [code.tree.root]
    while work:
        node = work.pop()
        if not any(start < node.end and node.start < end for start, end in within):
            continue
        if _is_expression(node, code):
            yield node
        work.extend([kid for kid in reversed(node.kids) if kid is not None])


def _is_expression(node: Node, code: Code) -> bool:
    if node.kind in _NEVER or (node.kind in ("func", "class", "var") and node.kids[1] is not None):
        return False
    return not code.tree.is_statement(node) or node.kind == "func"


def _kinds(root: Node, code: Code) -> frozenset[str] | None:
    """The kinds of code the pattern can match; None: any expression."""
    if root.kind in ("$", "typed", "<...>", "$..."):
        return None
    if root.kind == "dot" and root.kids[1] is not None and root.kids[1].kind == "...":
        return None
    kinds = _ALSO.get(root.kind, (root.kind,))
    if root.kind == "import" and code.quirks.requires:
        kinds = ("import", "var")
    return frozenset(kinds)


def _is_within(node: Node, within: Spans) -> bool:
    return any(start <= node.start and node.end <= end for start, end in within)


def _sequences(pattern: Pattern, code: Code, matcher: Matcher, within: Spans | None) -> Iterator[Hit]:
    """Matches of statements that follow one another in some block."""
    root = pattern.root
    patterns = root.kids if root.kind == "stmts" else [root]
    first = patterns[0]
    anchor = _anchor(pattern.words, code)
    needed = [(word, *code.names.aliases_of(word)) for word in pattern.first]
    blocks: Iterable[Node]
    if anchor is not None:
        found = {id(block): block for place in _places(anchor, code, within) for block in code.above(place, _BLOCKS)}
        blocks = found.values()
    else:
        blocks = code.nodes(_BLOCKS)
    from_start = first is not None and first.kind == "..."
    for block in blocks:
        if within is not None and not any(start < block.end and block.start < end for start, end in within):
            continue
        for at, statement in enumerate(block.kids):
            if from_start and at:
                break
            if statement is not None and all(code.holds(statement, words) for words in needed):
                for way, start, end in matcher.statements(patterns, block, {}, start=at, prefix=True):
                    if start >= 0 and (within is None or any(s <= start and end <= e for s, e in within)):
                        yield Hit(start, end, way)


_BLOCKS = frozenset(("block",))


def _anchor(words: Sequence[str], code: Code) -> tuple[str, ...] | None:
    """Words of which one is in every match, the rarest such set in this file; None where nothing is sure."""
    best: tuple[int, tuple[str, ...]] | None = None
    for word in words:
        words = (word, *code.names.aliases_of(word))
        count = sum(len(code.places(one)) for one in words)
        if best is None or count < best[0]:
            best = count, words
        if count == 0:
            return words
    return best[1] if best else None
