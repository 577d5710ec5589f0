"""Where in a file a pattern matches: candidates found by the words a match must hold, or by kind, then matched.

A pattern that needs a word is tried at the nodes around the word's places, one without at the nodes of its kinds. Either way
most of a file is never looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ospec_guard.languages.facts import types
from ospec_guard.pattern.code import Code, walk
from ospec_guard.pattern.hits import Hit
from ospec_guard.pattern.matching import Matcher
from ospec_guard.pattern.matching.shapes import is_special
from ospec_guard.pattern.parse import Pattern
from ospec_guard.pattern.tree import Node, Quirks

Spans = Sequence[tuple[int, int]]
"""Ascending by start."""

_TEXTS = frozenset(("str...", "str$", "str="))
_NAMES = frozenset(("id", "ident"))
_ALSO: dict[str, tuple[str, ...]] = {
    "assign": ("assign", "var", "augmented_assignment_expression"),
    "binop": ("binop", "augmented_assignment_expression"),
    "dot": ("dot", "id"),
    "id": ("id", "ident"),
    "ident": ("id", "ident"),
    "str": ("str", "id", "binop", "concat"),
    "str...": ("str", "id", "binop", "concat"),
    "str$": ("str", "id", "binop", "concat"),
    "str=": ("str", "id", "binop", "concat"),
    "num": ("num", "id"),
    "const": ("const", "id"),
    "block": ("block",),
    "exprstmt": ("exprstmt", "return", "var"),
    "dict": ("dict", "set"),
}
"""The kinds of code that a pattern of a kind may match."""
_BARE = types("id str str... str$ str= num const")
"""Kinds of patterns that find names by what they are or hold."""
_IN_IMPORTS = types("id ident dot str str... str$ str= $ typed <...>")
_NEVER = types("""ident tok args params param attrs attr supers block kwarg pair chars exprstmt import if while return throw
    file several""")
"""What no pattern that is a bare metavariable matches."""


class Area:
    """Where in a file to look: inside of spans, or at what touches spans."""

    def __init__(self, within: Spans | None, near: Spans | None) -> None:
        self._within = None if within is None else sorted(within)
        self._near = None if near is None else sorted(near)

    def holds(self, start: int, end: int) -> bool:
        """Whether a place counts."""
        within = self._within
        if within is not None:
            at = bisect_right(within, (start, _FAR)) - 1
            if at < 0 or end > within[at][1]:
                return False
        return self._near is None or _touches(self._near, start, end)

    def touches(self, start: int, end: int) -> bool:
        """Whether something in a place may count."""
        if self._within is not None and not _touches(self._within, start, end):
            return False
        return self._near is None or _touches(self._near, start, end)

    @property
    def spans(self) -> Spans | None:
        """All that counts lies in these; None: anywhere."""
        return self._within

    @property
    def is_everywhere(self) -> bool:
        return self._within is None and self._near is None


_FAR = 1 << 62


def _touches(spans: Spans, start: int, end: int) -> bool:
    """Whether a place shares a byte with one of ascending spans of which none is inside of another."""
    at = bisect_left(spans, (end, 0)) - 1
    return at >= 0 and spans[at][1] > start


def find(pattern: Pattern, code: Code, matcher: Matcher, within: Spans | None = None, near: Spans | None = None) -> list[Hit]:
    """Every place where the pattern matches, and every way.

    `within`: only places inside one of these spans count. `near`: places that touch none of these spans are left out. No span
    of either is inside of another.
    """
    area = Area(within, near)
    root = pattern.root
    # Where a name stands for the expression it was given, the words of a match may be elsewhere.
    words = () if matcher.options.get("symbolic_propagation") else pattern.words
    if root.kind in ("stmts", "...") or (root.kind == "exprstmt"):
        found = list(_sequences(pattern, words, code, matcher, area))
        if root.kind == "...":
            found += [Hit(node.start, node.end, {}) for node in _expressions(code, area)]
        if root.kind == "exprstmt":
            # Branches that are one statement without a block (`if (a) f();`).
            seen = {(hit.start, hit.end) for hit in found}
            rest = [one for one in _candidates(root, words, code, area) if (one.start, one.end) not in seen]
            found += [Hit(one.start, one.end, way) for one in rest for way in matcher.match(root, one, {})]
    elif root.kind == "$" and pattern.is_statement:
        # `$X;` is a statement, or all of its expression.
        whole = [one for block in code.nodes(_BLOCKS) for one in block.kids if one is not None]
        found = [
            Hit(one.start, one.end, way)
            for one in whole
            if area.holds(one.start, one.end)
            for way in matcher.match(root, one, {})
        ]
    else:
        found = []
        for node in _candidates(root, words, code, area):
            start, end = node.start, node.end
            if root.kind == "assign" and node.kind == "var" and node.kids[1] is not None and node.kids[1].kind in _NAMES:
                # An assignment's place in a declaration starts with the name and ends with the value.
                start, end = node.kids[1].start, node.kids[3].end if node.kids[3] is not None else node.end
            ways = matcher.match(root, node, {})
            if ways and code.quirks.brackets:
                start, end = _bracketed(node, code)
            found += [Hit(start, end, way) for way in ways]
    return _on_demand(found, root, code, matcher, area)


def _on_demand(found: list[Hit], root: Node, code: Code, matcher: Matcher, area: Area) -> list[Hit]:
    """What is left and what comes in addition where the rule's options say so."""
    if matcher.options.get("flddef_assign") and root.kind == "assign":
        from ospec_guard.pattern.demanded import methods_as_fields

        found += [hit for hit in methods_as_fields(root, code, matcher) if area.holds(hit.start, hit.end)]
    if not matcher.options.get("attr_expr", True):
        from ospec_guard.pattern.demanded import without_attributes

        found = without_attributes(found, code)
    return found


def _bracketed(node: Node, code: Code) -> tuple[int, int]:
    """The bytes of a node with the brackets around it that count."""
    start, end = node.start, node.end
    outer = node.syntax.parent if node.syntax is not None and node.kind not in ("id", "return") else None
    while outer is not None and outer.type in code.quirks.brackets and outer.start_byte <= start:
        start, end = outer.start_byte, outer.end_byte
        outer = outer.parent
    return start, end


def _candidates(root: Node, words: Sequence[str], code: Code, area: Area) -> Iterator[Node]:
    """The nodes at which the pattern is tried, each once."""
    seen: set[int] = set()
    # Names and texts are in imports too, where they are no expressions; nothing else is.
    anywhere = root.kind not in _IN_IMPORTS or not code.spans("import")
    for node in _possible(root, words, code, area):
        # What is no expression is found where a metavariable stands for it.
        if root.kind in _BARE and node.kind in ("id", "ident") and area.spans != [(node.start, node.end)]:
            is_name = node.kind == "ident" and root.kind == "id"
            if is_name or (node.kind == "id" and not code.is_expression(node)):
                continue
        if id(node) not in seen and (anywhere or not code.is_import(node.start)):
            seen.add(id(node))
            if area.holds(node.start, node.end):
                yield node


def _possible(root: Node, words: Sequence[str], code: Code, area: Area) -> Iterator[Node]:
    kinds = kinds_of(root, code.quirks)
    if kinds is None:
        yield from _expressions(code, area)
        return
    word = _anchor(words, code)
    if word is None:
        yield from code.nodes(kinds, None if area.is_everywhere else area.touches)
        return
    for place in _places(word, code, area):
        yield from code.above(place, kinds)


def _places(words: Iterable[str], code: Code, area: Area) -> Iterator[int]:
    for one in words:
        places = code.places(one)
        if area.spans is None:
            yield from places
            continue
        for start, end in area.spans:
            at = bisect_left(places, start)
            while at < len(places) and places[at] < end:
                yield places[at]
                at += 1


def _expressions(code: Code, area: Area) -> Iterator[Node]:
    """Every expression, for patterns that say nothing about what they are."""
    if area.is_everywhere:
        yield from (node for node in walk(code.tree.root) if _is_expression(node, code))
        return
    work = [code.tree.root]
    while work:
        node = work.pop()
        if not area.touches(node.start, node.end):
            continue
        if _is_expression(node, code):
            yield node
        work.extend([kid for kid in reversed(node.kids) if kid is not None])


def _is_expression(node: Node, code: Code) -> bool:
    if node.kind in _NEVER or (node.kind in ("func", "class", "var") and node.kids[1] is not None):
        return False
    return not code.tree.is_statement(node) or node.kind == "func"


def kinds_of(root: Node, quirks: Quirks) -> frozenset[str] | None:
    """The kinds of code a pattern can match; None: any expression."""
    if root.kind in ("$", "typed", "<...>", "$..."):
        return None
    if root.kind == "dot" and root.kids[1] is not None and root.kids[1].kind == "...":
        return None
    kinds = _ALSO.get(root.kind, (root.kind,))
    if root.kind == "import" and quirks.requires:
        kinds = ("import", "var")
    return frozenset(kinds)


def _sequences(pattern: Pattern, words: Sequence[str], code: Code, matcher: Matcher, area: Area) -> Iterator[Hit]:
    """Matches of statements that follow one another in some block."""
    root = pattern.root
    patterns = root.kids if root.kind == "stmts" else [root]
    first = patterns[0]
    anchor = _anchor(words, code)
    needed = [code.spellings(word) for word in pattern.first if words]
    blocks: Iterable[Node]
    if anchor is not None:
        found = {id(block): block for place in _places(anchor, code, area) for block in code.above(place, _BLOCKS)}
        blocks = found.values()
    else:
        blocks = code.nodes(_BLOCKS)
    from_start = first is not None and first.kind == "..."
    for block in blocks:
        if not area.touches(block.start, block.end):
            continue
        for at, statement in enumerate(block.kids):
            if from_start and at:
                break
            if statement is None or not all(code.holds(statement, words) for words in needed):
                continue
            if len(patterns) == 1 or is_special(first) or matcher.match(first, statement, {}):
                for way, start, end in matcher.statements(patterns, block, {}, start=at, prefix=True):
                    if start >= 0 and area.holds(start, end):
                        yield Hit(start, end, way)


_BLOCKS = frozenset(("block",))


def _anchor(words: Sequence[str], code: Code) -> tuple[str, ...] | None:
    """Words of which one is in every match, the rarest such set in this file; None where nothing is sure."""
    best: tuple[int, tuple[str, ...]] | None = None
    for word in words:
        if word in code.names.opened:
            continue  # `import a.*; T` is `a.T`: the match need not have the word.
        words = code.spellings(word)
        count = sum(len(code.places(one)) for one in words)
        if best is None or count < best[0]:
            best = count, words
        if count == 0:
            return words
    return best[1] if best else None
