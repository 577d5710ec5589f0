"""Where in a file a pattern matches: candidates found by what a match must hold, or by kind, then matched.

A pattern with an anchor (a word, an operator, what a condition on a metavariable asks for) is tried at the nodes around the
anchor's places, one without at the nodes of its kinds. Either way most of a file is never looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ospec_guard.languages.facts import types
from ospec_guard.pattern.code import Code
from ospec_guard.pattern.hits import Hit
from ospec_guard.pattern.matching import Matcher
from ospec_guard.pattern.matching.shapes import has_gap, is_special
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.parse import Pattern
from ospec_guard.pattern.scope import EVERYWHERE, Scope
from ospec_guard.pattern.statements import BLOCKS
from ospec_guard.pattern.tree import Quirks

Anchor = Sequence[Sequence[int]] | None
"""Places, ascending in each list, of which one is in every match; None: nothing is sure."""

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
    file several alias list_splat_pattern dictionary_splat_pattern rest_pattern catch_formal_parameter exception_variable""")
"""What no pattern that is a bare metavariable matches."""


def find(pattern: Pattern, code: Code, matcher: Matcher, scope: Scope = EVERYWHERE) -> list[Hit]:
    """Every place in the scope where the pattern matches, and every way."""
    root = pattern.root
    anchor = _anchor(pattern, code, matcher, scope)
    if root.kind in ("stmts", "...") or (root.kind == "exprstmt"):
        found = list(_sequences(pattern, anchor, code, matcher, scope))
        if root.kind == "...":
            found += [Hit(node.start, node.end, {}) for node in _expressions(code, scope)]
        if root.kind == "exprstmt":
            # Branches that are one statement without a block (`if (a) f();`).
            seen = {(hit.start, hit.end) for hit in found}
            rest = [one for one in _candidates(root, anchor, code, scope) if (one.start, one.end) not in seen]
            found += [Hit(one.start, one.end, way) for one in rest for way in matcher.match(root, one, {})]
    elif root.kind == "$" and pattern.is_statement:
        # `$X;` is a statement, or all of its expression.
        whole = [one for block in code.nodes(BLOCKS) for one in block.kids if one is not None]
        found = [
            Hit(one.start, one.end, way)
            for one in whole
            if scope.holds(one.start, one.end)
            for way in matcher.match(root, one, {})
        ]
    else:
        found = []
        candidates = _candidates(root, anchor, code, scope)
        if root.kind == "return" and code.quirks.results:
            implicit = (one for one in code.results.values() if scope.holds(one.start, one.end))
            candidates = chain(candidates, implicit)
        for node in candidates:
            start, end = node.start, node.end
            if root.kind == "assign" and node.kind == "var" and node.kids[1] is not None and node.kids[1].kind in _NAMES:
                # An assignment's place in a declaration starts with the name and ends with the value.
                start, end = node.kids[1].start, node.kids[3].end if node.kids[3] is not None else node.end
            elif node.kind == "exprstmt" and node.kids[0] is not None and not pattern.is_statement:
                end = node.kids[0].end  # What is returned implicitly, without the semicolon that the pattern has not.
            ways = matcher.match(root, node, {})
            if ways and code.quirks.brackets:
                start, end = _bracketed(node, code)
            found += [Hit(start, end, way) for way in ways]
    return _on_demand(found, root, code, matcher, scope)


def _on_demand(found: list[Hit], root: Node, code: Code, matcher: Matcher, scope: Scope) -> list[Hit]:
    """What is left and what comes in addition where the rule's options say so."""
    if matcher.options.get("flddef_assign") and root.kind == "assign":
        from ospec_guard.pattern.demanded import methods_as_fields

        found += [hit for hit in methods_as_fields(root, code, matcher) if scope.holds(hit.start, hit.end)]
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


def _candidates(root: Node, anchor: Anchor, code: Code, scope: Scope) -> Iterator[Node]:
    """The nodes at which the pattern is tried, each once."""
    seen: set[int] = set()
    # Names and texts are in imports too, where they are no expressions; nothing else is.
    anywhere = root.kind not in _IN_IMPORTS or not code.spans("import")
    for node in _possible(root, anchor, code, scope):
        # What is no expression is found where a metavariable stands for it.
        if root.kind in _BARE and node.kind in ("id", "ident") and scope.within != [(node.start, node.end)]:
            is_name = node.kind == "ident" and root.kind == "id"
            if is_name or (node.kind == "id" and not code.is_expression(node)):
                continue
        if id(node) not in seen and (anywhere or not code.is_import(node.start)):
            seen.add(id(node))
            if scope.holds(node.start, node.end):
                yield node


def _possible(root: Node, anchor: Anchor, code: Code, scope: Scope) -> Iterator[Node]:
    kinds = kinds_of(root, code.quirks)
    if kinds is None:
        yield from _expressions(code, scope)
        return
    if anchor is None:
        yield from code.nodes(kinds, None if scope.is_everywhere else scope.touches)
        return
    for place in _places(anchor, scope):
        yield from code.above(place, kinds)


def _places(anchor: Sequence[Sequence[int]], scope: Scope) -> Iterator[int]:
    for places in anchor:
        if scope.within is None:
            yield from places
            continue
        for start, end in scope.within:
            at = bisect_left(places, start)
            while at < len(places) and places[at] < end:
                yield places[at]
                at += 1


def _expressions(code: Code, scope: Scope) -> Iterator[Node]:
    """Every expression, for patterns that say nothing about what they are."""
    own: set[int] = set()
    work = [code.tree.root]
    while work:
        node = work.pop()
        if not scope.touches(node.start, node.end):
            continue
        if node.kind in _NAMING:
            own |= {id(name) for name in _named_by(node)}
        if _is_expression(node, code) and (id(node) not in own or scope.within == [(node.start, node.end)]):
            yield node
        work.extend([kid for kid in reversed(node.kids) if kid is not None])


_NAMING: dict[str, tuple[int, ...]] = {
    "param": (1,),
    "var": (1,),
    "for": (1,),
    "with": (2,),
    "alias": (0,),
    **dict.fromkeys(("list_splat_pattern", "dictionary_splat_pattern", "rest_pattern"), (1,)),
    "catch_formal_parameter": (1,),
    "catch_clause": (1, 2),
    "exception_variable": (1,),
    "for_in_clause": (1,),
    "range_clause": (0,),
    "foreach_statement": (3,),
    "package_clause": (1,),
}
"""Where names stand that a node gives to what is no expression, by its kind."""


def _named_by(node: Node) -> Iterator[Node]:
    """The names that a node gives to something."""
    if node.kind == "var" and node.kids[3] is not None:
        return  # With a value it is an assignment.
    for at in _NAMING[node.kind]:
        kid = node.kids[at] if at < len(node.kids) else None
        yield from [one for one in (kid.kids if kid is not None and kid.kind == "tuple" else (kid,)) if one is not None]


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


def _sequences(pattern: Pattern, anchor: Anchor, code: Code, matcher: Matcher, scope: Scope) -> Iterator[Hit]:
    """Matches of statements that follow one another in some block."""
    root = pattern.root
    patterns = root.kids if root.kind == "stmts" else [root]
    first = patterns[0]
    least = 0 if has_gap(patterns) else len(patterns)
    for block, at in _starts(pattern, first, anchor, code, matcher, scope):
        if at + least > len(block.kids) or not scope.touches(block.start, block.end):
            continue
        if len(patterns) == 1 or is_special(first) or matcher.match(first, block.kids[at], {}):
            for way, start, end in matcher.statements(patterns, block, {}, start=at, prefix=True):
                if start >= 0 and scope.holds(start, end):
                    yield Hit(start, end, way)


def _starts(
    pattern: Pattern, first: Node | None, anchor: Anchor, code: Code, matcher: Matcher, scope: Scope
) -> Iterator[tuple[Node, int]]:
    """The statements, by block and position, at which a sequence may begin; each once."""
    needed = list(code.needed(pattern.first, symbols=matcher.symbols))
    blocks: Iterable[Node]
    if anchor is None:
        kinds = min(_kinds_in(first, matcher), key=code.count_of, default=None)
        if kinds is not None:
            yield from code.statements.with_one(kinds)
            return
        blocks = code.nodes(BLOCKS)
    else:
        rarest = min(([code.uses(one) for one in words] for words in needed), key=_count, default=None)
        if rarest is not None and _count(rarest) <= _count(anchor):
            yield from _holding(_places(rarest, scope), needed, code)
            return
        blocks = dict.fromkeys([block for place in _places(anchor, scope) for block in code.above(place, BLOCKS)])
    for block in blocks:
        if not scope.touches(block.start, block.end):
            continue
        for at, statement in enumerate(block.kids):
            if at and first is not None and first.kind == "...":
                break
            if statement is not None and (not needed or all(code.holds(statement, words) for words in needed)):
                yield block, at


def _holding(places: Iterable[int], needed: Sequence[Sequence[str]], code: Code) -> Iterator[tuple[Node, int]]:
    """The statements that hold one of the places, and all that is needed."""
    seen: set[tuple[Node, int]] = set()
    for place in places:
        for block in code.above(place, BLOCKS):
            for at in code.statements.at(block, place):
                statement = block.kids[at]
                if (block, at) in seen or statement is None:
                    continue
                seen.add((block, at))
                if all(code.holds(statement, words) for words in needed):
                    yield block, at


_MANY = 100_000
_FIRM = types("assign binop index cond array dict set new call import if while for with return throw try func class var")
"""Kinds of patterns that only code of a few kinds can match."""
_CLOSED = types("func class block <...> cases handlers attrs")
"""Kinds in which what a pattern has need not be where the pattern has it."""


def estimate(root: Node, code: Code, matcher: Matcher) -> int:
    """About how many nodes a pattern without words is tried at."""
    if root.kind in ("stmts", "exprstmt"):
        kinds = _kinds_in(root.kids[0] if root.kind == "stmts" else root, matcher)
        return min(map(code.count_of, kinds), default=_MANY)
    only = kinds_of(root, code.quirks)
    return code.count_of(only) if only is not None else _MANY


def _kinds_in(first: Node | None, matcher: Matcher) -> Iterator[frozenset[str]]:
    """Sets of kinds, of each of which a statement has one that the first pattern of a sequence matches."""
    if first is not None and first.kind == "return" and matcher.code.quirks.results:
        return  # What is returned without the word may be no statement of the grammar.
    work = [first]
    while work:
        one = work.pop()
        if one is None:
            continue
        kinds = matcher.admitted(one) if one.kind in _FIRM or one is first else None
        if kinds is not None and one.kind != "exprstmt":
            yield kinds
        if one.kind not in _CLOSED:
            work += one.kids


def _count(places: Sequence[Sequence[int]]) -> int:
    return sum(map(len, places))


def _anchor(pattern: Pattern, code: Code, matcher: Matcher, scope: Scope) -> Anchor:
    """The rarest in this file of what is in every match."""
    best: Anchor = None
    least = 0
    for spellings in code.needed(pattern.words, symbols=matcher.symbols):
        found = [code.uses(one) for one in spellings]
        count = _count(found)
        if best is None or count < least:
            best, least = found, count
        if not count:
            return best
    # Where a name stands for the expression it was given, so does a metavariable.
    for name in pattern.names if scope.hints and not matcher.symbols else ():
        needles = scope.hints.get(name)
        places = sorted(code.places_of(needles)) if needles is not None else []
        if needles is not None and (best is None or len(places) < least):
            best, least = [places], len(places)
    return best
