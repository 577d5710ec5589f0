"""One parsed file as patterns see it: its nodes by kind, the places of its words, and what its names mean.

Everything is made when first asked for and kept for all rules that look at the file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from ospec_guard.languages import Structure
from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Form, Maker, block, bracketed, inner
from ospec_guard.pattern.names import Names
from ospec_guard.pattern.needles import Needles
from ospec_guard.pattern.node import LISTS, Node
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.pattern.results import results_of
from ospec_guard.pattern.statements import Statements
from ospec_guard.pattern.tree import Builder, Quirks, Tree


class Code:
    """A parsed text and its nodes. Offsets are bytes."""

    def __init__(self, structure: Structure, grammar: str) -> None:
        self.structure = structure
        self.grammar = grammar
        self.quirks: Quirks = quirks_of(grammar)
        self.data = structure.data
        self.tree = Tree(structure.root, structure.data, self.quirks)
        if self.quirks.declared or self.quirks.scoped:
            self.tree.variables = self._variable
        self._places: dict[str, list[int]] = {}
        self._any_case: dict[tuple[str, ...], list[int]] = {}
        self._captured: dict[str, list[Any]] = {}
        self._uses: dict[str, list[int]] = {}
        self._of_kinds: dict[frozenset[str], list[Node]] = {}
        self._kept_nodes = 0
        self._ways: dict[int, list[tuple[str, Any]]] = {}
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def release(self) -> None:
        """Forgets everything: nodes, and what is known of them, refer to one another."""
        self.tree.release()
        self.__dict__.clear()

    @cached_property
    def names(self) -> Names:
        """What names mean in this file."""
        return Names(self)

    @cached_property
    def statements(self) -> Statements:
        """The statements of this file."""
        return Statements(self)

    def _variable(self, node: Node) -> int:
        return self.names.variable(node)

    @cached_property
    def results(self) -> dict[tuple[int, int], Node]:
        """The statements whose value a function returns without `return`, by their places."""
        functions = (node for syntax in self.syntax_of(self.quirks.results) for node in flat(self.tree.node(syntax)))
        found = [one for node in functions if node.kind == "func" for one in results_of(node, self.quirks)]
        return {(one.start, one.end): one for one in found}

    def spans(self, kind: str) -> list[tuple[int, int]]:
        """The places of the nodes of a kind, ascending; nothing is made for types that always give that kind."""
        found = self._spans.get(kind)
        if found is None:
            pure = pure_types(self.grammar, kind)
            mixed = types_of(self.grammar, frozenset((kind,))) - pure
            places = {(syntax.start_byte, syntax.end_byte) for syntax in self.syntax_of(pure)}
            for syntax in self.syntax_of(mixed) if mixed else ():
                places |= {(node.start, node.end) for node in flat(self.tree.node(syntax)) if node.kind == kind}
            found = self._spans[kind] = sorted(places)
        return found

    def is_import(self, offset: int) -> bool:
        """Whether the byte at `offset` is in an import, in which nothing is an expression."""
        spans = self.spans("import")
        at = bisect_right(spans, (offset, 1 << 62)) - 1
        return at >= 0 and spans[at][0] <= offset < spans[at][1]

    def places(self, word: str) -> list[int]:
        """Where a word occurs, ascending; as a part of longer words too."""
        found = self._places.get(word)
        if found is None:
            data, wanted = (self.data.lower(), word.lower().encode()) if self.quirks.caseless else (self.data, word.encode())
            found = self._places[word] = list(_all(data, wanted)) if wanted in data else []
        return found

    def places_of(self, needles: Needles) -> list[int]:
        """Where one of the words stands, as a part of longer ones too; not in order."""
        if not needles.caseless or self.quirks.caseless:
            return [place for word in needles.words for place in self.places(word)]
        found = self._any_case.get(needles.words)
        if found is None:
            data = self.data.lower()
            found = self._any_case[needles.words] = [at for word in needles.words for at in _all(data, word.encode())]
        return found

    def uses(self, name: str) -> list[int]:
        """Where a word stands, ascending: not as a part of a longer word."""
        found = self._uses.get(name)
        if found is None:
            if not self.places(name):
                self._uses[name] = []
                return self._uses[name]
            data, word = self.data, name.encode()
            length = len(word)
            # A word that begins or ends with a sign may touch others there.
            opens, closes = word[:1] in _WORD, word[-1:] in _WORD
            found = self._uses[name] = [
                at
                for at in self.places(name)
                if not (closes and data[at + length : at + length + 1] in _WORD)
                and not (opens and at and data[at - 1 : at] in _WORD)
            ]
        return found

    def holds(self, node: Node, words: Iterable[str]) -> bool:
        """Whether one of the words occurs in a node."""
        for word in words:
            found = self.uses(word)
            at = bisect_left(found, node.start)
            if at < len(found) and found[at] < node.end:
                return True
        return False

    def _capture(self, types: frozenset[str]) -> None:
        if not types <= self._captured.keys():
            wanted = _WANTED.setdefault(self.grammar, set())
            wanted |= types
            missing = frozenset(wanted.difference(self._captured))
            self._captured |= _captures(self.structure.root, self.grammar, missing)

    def syntax_of(self, types: frozenset[str]) -> list[Any]:
        """The syntax nodes of some types, in the order of the text for each type."""
        self._capture(types)
        return [node for kind in sorted(types) for node in self._captured[kind]]

    def count_of(self, kinds: frozenset[str]) -> int:
        """How many nodes may be of some kinds, at most."""
        types = self.types_of(kinds)
        self._capture(types)
        return sum([len(self._captured[type_]) for type_ in types])

    def nodes(self, kinds: frozenset[str], wanted: Callable[[int, int], bool] | None = None) -> Iterator[Node]:
        """The nodes of some kinds of the vocabulary, those of a type of the grammar in the order of the text.

        `wanted` tells from where a piece of the text starts and ends whether to look at it at all.
        """
        if wanted is None:
            found = self._of_kinds.get(kinds)
            if found is None:
                found = self._of_kinds[kinds] = list(self._made(kinds, lambda _start, _end: True))
            return iter(found)
        return self._made(kinds, wanted)

    def _made(self, kinds: frozenset[str], wanted: Callable[[int, int], bool]) -> Iterator[Node]:
        for syntax in self.syntax_of(types_of(self.grammar, kinds)):
            if wanted(syntax.start_byte, syntax.end_byte):
                for node in flat(self.tree.node(syntax)):
                    if node.kind in kinds:
                        yield node

    def types_of(self, kinds: frozenset[str]) -> frozenset[str]:
        """The node types that may become one of the kinds."""
        return types_of(self.grammar, kinds)

    def above(self, offset: int, kinds: frozenset[str]) -> Iterator[Node]:
        """The nodes of some kinds that hold the byte at `offset`, outermost first."""
        types = types_of(self.grammar, kinds)
        for type_, syntax in self.way_to(offset):
            if type_ in types:
                for node in flat(self.tree.node(syntax)):
                    if node.kind in kinds:
                        yield node
                    if node.kind == "if" and "if" in kinds:
                        yield from _else_ifs(node, offset)

    def way_to(self, offset: int) -> list[tuple[str, Any]]:
        """The named syntax nodes that hold the byte at `offset`, with their types, outermost first."""
        found = self._ways.get(offset)
        if found is None:
            found = []
            cursor = self.structure.root.walk()
            while True:
                syntax = cursor.node
                if syntax is None or syntax.start_byte > offset:
                    break
                if syntax.is_named:
                    found.append((syntax.type, syntax))
                if cursor.goto_first_child_for_byte(offset) is None:
                    break
            self._kept_nodes += len(found)
            if self._kept_nodes > _MOST_NODES:  # Deep nesting makes long ways: a few thousand of them are not kept.
                self._ways, self._kept_nodes = {}, len(found)
            self._ways[offset] = found
        return found

    def spellings(self, word: str, *, symbols: bool = False) -> tuple[str, ...]:
        """A word and the local names for imported paths with it; `symbols`: the names for expressions with it too."""
        aliases = (word, *self.names.aliases_of(word))
        return self.names.symbols_for(aliases) if symbols else aliases

    def needed(self, words: Iterable[str], *, symbols: bool = False) -> Iterator[tuple[str, ...]]:
        """The spellings of each of a pattern's words that a match must have.

        `import a.*` makes `T` out of `a.T`: what is in such paths is left out.
        """
        opened = self.names.opened
        for word in words:
            if word not in opened:
                yield self.spellings(word, symbols=symbols)

    def is_expression(self, name: Node) -> bool:
        """Whether a name stands for a value where it is: it is not what something is called, nor a parameter's own name."""
        syntax = name.syntax.parent if name.syntax is not None else None
        for _ in range(_NEAR):
            if syntax is None:
                break
            outer = self.tree.node(syntax)
            for kid in outer.kids:
                for one in (kid, *kid.kids) if kid is not None and kid.kind in LISTS else (kid,):
                    if one is not None and one.start == name.start and one.end == name.end:
                        return one.kind not in ("ident", "param") and not (outer.kind == "param" and one is outer.kids[1])
            syntax = syntax.parent
        return True


def _else_ifs(node: Node, offset: int) -> Iterator[Node]:
    """Of a chain of `elif` those that hold a byte: they reach to the end of the chain, in the grammar only to the next one."""
    while True:
        rest = node.kids[2] if len(node.kids) > 2 else None
        nested = rest.kids[0] if rest is not None and rest.kind == "block" and len(rest.kids) == 1 else None
        if nested is None or nested.kind != "if" or not nested.start <= offset < nested.end:
            return
        yield nested
        node = nested


def _all(data: bytes, word: bytes) -> Iterator[int]:
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + 1)


_MOST_NODES = 200_000
"""Syntax nodes on the ways to places that are kept at once."""
_NEAR = 3
"""Syntax nodes above a name in which its place is looked for."""
_WORD = frozenset(bytes((one,)) for one in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")

_WANTED: dict[str, set[str]] = {}
"""Types that patterns asked for in earlier files, so that one pass over the next file finds them all."""


_COMPOSED = frozenset(("for", "foreach", "case", "func", "using"))


_SHARING = frozenset(("exprstmt", "attr", "call", "binop", "unary", "pair"))
"""Kinds whose first kid may have no node of its own in the grammar (`a | b` in `a | b | c`)."""


def flat(node: Node) -> Iterator[Node]:
    """The node, or those it is made of."""
    if node.kind == "several":
        for kid in node.kids:
            if kid is not None:
                yield kid
                if kid.kind == "exprstmt" and kid.kids[0] is not None:
                    yield kid.kids[0]
        return
    yield node
    if node.kind in _SHARING:
        while node.kids and node.kids[0] is not None and node.kids[0].syntax is node.syntax:
            node = node.kids[0]
            yield node
    elif node.kind in _COMPOSED:
        # The variable of a loop, the statements of a case: what the grammar may give no node of its own.
        work = [kid for kid in node.kids if kid is not None and kid.syntax is node.syntax]
        while work:
            one = work.pop()
            yield one
            work += [kid for kid in one.kids if kid is not None and kid.syntax is node.syntax]


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, parents first, in the order of the text."""
    work = [node]
    while work:
        one = work.pop()
        yield one
        work.extend([kid for kid in reversed(one.kids) if kid is not None])


@cache
def types_of(grammar: str, kinds: frozenset[str]) -> frozenset[str]:
    """The node types of a grammar that may become one of the kinds."""
    quirks = quirks_of(grammar)
    found: set[str] = set()
    for type_, rule in quirks.rules.items():
        made = quirks.kinds.get(type_)
        if made is None:
            made = _kinds_of(rule)
        if made is None or not kinds.isdisjoint(made):
            found.add(type_)
    if "id" in kinds:
        found |= quirks.identifiers
    if "ident" in kinds:
        found |= quirks.names
    return frozenset(found | (kinds - _VOCABULARY))


@cache
def pure_types(grammar: str, kind: str) -> frozenset[str]:
    """The node types of a grammar that become nodes of that kind and of no other."""
    quirks = quirks_of(grammar)
    return frozenset(type_ for type_, rule in quirks.rules.items() if (quirks.kinds.get(type_) or _kinds_of(rule)) == (kind,))


def _kinds_of(rule: Form | Builder) -> tuple[str, ...] | None:
    """The kinds that a rule gives; None where it does not say. Brackets give what is in them, which has a type of its own."""
    if isinstance(rule, Form):
        return (rule.kind,)
    if isinstance(rule, Maker):
        return rule.kinds
    if rule in (inner, bracketed):
        return ()
    return ("block",) if rule is block else None


_VOCABULARY = types(
    """id ident num const regex str chars concat call args new kwarg pair dot index assign binop unary cond array tuple set dict
    func params param class attrs supers attr var exprstmt block if while return throw import element tok several spread"""
)


@cache
def _known_types(grammar: str) -> frozenset[str]:
    from ospec_guard.languages.grammar import parser_of

    language = parser_of(grammar).language
    if language is None:
        return frozenset()
    return frozenset(
        str(language.node_kind_for_id(number))
        for number in range(language.node_kind_count)
        if language.node_kind_is_named(number) and language.node_kind_is_visible(number)
    )


def _captures(root: Any, grammar: str, types: frozenset[str]) -> dict[str, list[Any]]:
    from tree_sitter import QueryCursor

    known = types & _known_types(grammar)
    found: dict[str, list[Any]] = {kind: [] for kind in types}
    if known:
        for nodes in QueryCursor(_query(grammar, known)).captures(root).values():
            for node in nodes:
                found[node.type].append(node)
    return found


@cache
def _query(grammar: str, types: frozenset[str]) -> Any:
    from tree_sitter import Query

    from ospec_guard.languages.grammar import parser_of

    language = parser_of(grammar).language
    if language is None:
        raise ValueError(f"no grammar for {grammar}")
    return Query(language, "[" + " ".join(f"({kind})" for kind in sorted(types)) + "] @x")
