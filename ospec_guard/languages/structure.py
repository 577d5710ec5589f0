"""The structure of one parsed text: its comments, definitions, statements, assignments and tokens.

Everything is computed at first use; the tree is walked once for what is scattered over it, and otherwise only on the way down
to a piece. Nothing recurses, so nesting of any depth is fine. What is particular to a language is in its `Facts`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ospec_guard.languages.bindings import Assignment, Found, assignments, name_bound_to
from ospec_guard.languages.blocks import Blocks
from ospec_guard.languages.facts import Facts
from ospec_guard.languages.node import Node, Step, nodes_of, path_to, text_of
from ospec_guard.languages.spans import line_end, line_start, skip_back

if TYPE_CHECKING:
    import tree_sitter

__all__ = ["Assignment", "Node", "Structure"]

_CLOSING = (")", "]", "}")


class Structure:
    """A parsed text. Offsets are bytes into `data`; every sequence of spans is ascending."""

    def __init__(self, tree: tree_sitter.Tree, data: bytes, facts: Facts, *, lost: bool = False) -> None:
        """`lost`: the grammar could not cope with the text, and `tree` is empty."""
        self.tree = tree
        self.lost = lost
        self.data = data
        self.facts = facts
        self._kept_tokens: dict[tuple[int, int], str] = {}
        """Of statements: many findings may lie in one (a table of data, a long sum)."""

    @cached_property
    def root(self) -> Node:
        """The node of the whole text. It may start after leading white space."""
        return self.tree.root_node

    @cached_property
    def broken(self) -> tuple[tuple[int, int], ...]:
        """Regions that did not parse, in whole lines (the last line's end included), overlapping or touching ones merged."""
        if self.lost or self.root.is_error:
            return ((0, len(self.data)),) if self.data else ()
        merged: list[tuple[int, int]] = []
        for fault in _faults(self.root):
            if self.facts.forgives and self.facts.forgives(fault, self.data):
                continue
            # What is missing is missed where the text before it ends.
            start = (
                fault.start_byte if fault.end_byte > fault.start_byte else max(0, skip_back(self.data, fault.start_byte) - 1)
            )
            first = line_start(self.data, start)
            last = min(len(self.data), line_end(self.data, max(start, fault.end_byte - 1)) + 1)
            if merged and first <= merged[-1][1]:
                first, last = merged[-1][0], max(last, merged.pop()[1])
            merged.append((first, last))
        return tuple(merged)

    @cached_property
    def comments(self) -> tuple[tuple[int, int], ...]:
        """Comment tokens, without the line end behind them."""
        return tuple(self._scattered[0])

    def is_prose(self, offset: int) -> bool:
        """Whether the byte at `offset` lies in a comment or a docstring."""
        facts = self.facts
        for node, _ in path_to(self.root, offset, min(offset + 1, len(self.data))):
            if node.type in facts.comments or (node.type in facts.prose and facts.prose[node.type](node)):
                return offset < skip_back(self.data, node.end_byte)
        return False

    def block(self, start: int, end: int) -> tuple[int, int]:
        """The smallest definition or statement around the piece, with the comments, decorators, attributes that lead it.

        A comment that trails its last line belongs to it too. A comment alone belongs to what it leads or trails, else to the
        definition around. Several statements at file level give the run of them.
        """
        return self._blocks.block(start, end)

    def statement(self, start: int, end: int) -> tuple[int, int]:
        """What identity is made from: the smallest simple statement around the piece, and for a comment the comment.

        Of a definition or compound statement only the head, up to its body, or the part between two bodies that the piece lies
        in. Of text in another language the lines.
        """
        return self._blocks.statement(start, end)

    def definition(self, offset: int) -> str:
        """The dotted names of the definitions around the byte at `offset`, outermost first (`Outer.method`); '' for none."""
        names = []
        path = path_to(self.root, offset, offset)
        for depth, (node, _) in enumerate(path):
            name = _name(path, depth, self.facts) if node.is_named and node.type in self._naming else None
            if name:
                names.append(name)
        return ".".join(names)

    @property
    def binds(self) -> bool:
        """Whether the language gives values to names at all; in HTML and CSS there is nothing that `assignments` could hold."""
        return bool(self.facts.bindings)

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """What is given to names, attributes, elements and keys, by position of the target."""
        return assignments(self._scattered[1], self.facts, self.data)

    def tokens(self, start: int, end: int) -> str:
        """The tokens that bytes `start` to `end` touch, joined by one space: the same however the text is indented or wrapped.

        Comments are left out, as is a comma before a closing bracket; a string literal is one token, verbatim. Where there are
        only comments, their words.
        """
        if (start, end) in self._kept_tokens:
            return self._kept_tokens[start, end]
        found: list[str] = []
        for text in self._leaves(start, end):
            if text in _CLOSING and found and found[-1] == ",":
                found.pop()
            found.append(text)
        tokens = " ".join(found) or " ".join(self.data[start:end].decode(errors="replace").split())
        self._kept_tokens[start, end] = tokens
        return tokens

    def _leaves(self, start: int, end: int) -> list[str]:
        """The texts of the leaves that touch the span, and of what no leaf covers."""
        facts, data = self.facts, self.data
        found: list[str] = []
        done = start  # up to here the text is in `found`
        cursor = path_to(self.root, start, end)[-1][0].walk()
        while True:
            node = cursor.node
            if node is not None and node.start_byte < end and node.end_byte > start:
                literal, comment = node.type in facts.strings, node.type in facts.comments
                if not literal and not comment and cursor.goto_first_child_for_byte(start) is not None:
                    continue
                found += _words(data[done : node.start_byte])
                if literal:
                    found.append(data[node.start_byte : node.end_byte].decode(errors="replace"))
                elif node.type in facts.opaque:
                    found += _words(data[max(start, node.start_byte) : min(end, node.end_byte)])
                elif not comment:
                    found += _words(data[node.start_byte : node.end_byte])
                done = max(done, node.end_byte)
            past = node is not None and node.start_byte >= end
            while past or not cursor.goto_next_sibling():
                past = False
                if not cursor.goto_parent():
                    return found + _words(data[done:end])

    @cached_property
    def _scattered(self) -> tuple[list[tuple[int, int]], list[Found]]:
        """The comments and the nodes that bind, from one walk."""
        comments: list[tuple[int, int]] = []
        binding: list[Found] = []
        for node, parent, grandparent in nodes_of(self.root, self.facts.comments | self.facts.bindings.keys()):
            if node.type in self.facts.bindings:
                binding.append(Found(node, parent, grandparent))
            elif not comments or node.start_byte >= comments[-1][1]:  # some grammars nest comments
                comments.append((node.start_byte, skip_back(self.data, node.end_byte)))
        return comments, binding

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self.root, self.data, self.facts)

    @cached_property
    def _naming(self) -> frozenset[str]:
        return self.facts.lambdas | self.facts.definitions.keys()


def _faults(root: Node) -> list[Node]:
    """The outermost ERROR nodes and the MISSING ones, in order."""
    found: list[Node] = []
    work = [root]
    while work:
        node = work.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        elif node.has_error:
            work.extend(reversed(node.children))
    return found


def _name(path: list[Step], depth: int, facts: Facts) -> str | None:
    """What the definition at `depth` of a path is called, dots for whatever the language puts between names."""
    node = path[depth][0]
    strategy = facts.definitions.get(node.type, "name")
    if callable(strategy):
        name = strategy(node)
    else:
        found = node.child_by_field_name(strategy)
        name = text_of(found) if found is not None else None
    if not name and node.type in facts.lambdas:
        name = _assigned_name(path, depth, facts)
    return re.sub(r"<[^<>]*>|\s|^[\"']|[\"']$", "", re.sub(r"::|->|[\\:]", ".", name)).strip(".") if name else None


def _assigned_name(path: list[Step], depth: int, facts: Facts) -> str | None:
    """The name of the target that an anonymous function is the value of."""
    for above, _ in reversed(path[max(0, depth - 4) : depth]):
        if above.type in facts.bindings:
            target = name_bound_to(above, path[depth][0], facts)
            return text_of(target) if target is not None else None
    return None


def _words(text: bytes) -> list[str]:
    """The text as one token, white space collapsed; none for white space and continuation backslashes."""
    collapsed = " ".join(word for word in text.decode(errors="replace").split() if word != "\\")
    return [collapsed] if collapsed else []
