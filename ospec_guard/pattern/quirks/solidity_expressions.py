"""Solidity's operators by the language's own precedence.

The grammar binds `.x`, `[i]`, `{…}` and `(…)` to all that stands before them (`a / b.c()` as `(a / b).c()`). An expression is
therefore read as the row of its operands and operators, of which each is one node of the grammar, and put together anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Tree

Attached = Callable[[Tree, Any, Node], Node]
"""Makes the node for something that stands behind an operand: `.x`, `(…)`."""

_LEVELS = ("||", "&&", "== !=", "< > <= >=", "|", "^", "&", "<< >> >>>", "+ -", "* / %", "**")
_PRECEDENCE = {sign: level + 2 for level, signs in enumerate(_LEVELS) for sign in signs.split()}
_CHOICE = 1
_PREFIX = 20
_OPERANDS = {
    "binary_expression": ("left", "right"),
    "unary_expression": ("argument",),
    "update_expression": ("argument",),
    "member_expression": ("object",),
    "call_expression": ("function",),
    "array_access": ("base",),
    "slice_access": ("base",),
    "struct_expression": ("type",),
}
"""The operands of each type that the row goes on in; what stands in brackets is a row of its own."""


KINDS = ("binop", "unary", "cond", "call", "new", "dot", "index", "options", "slice_access")
"""What any of these types may become."""


def regrouped(attached: Mapping[str, Attached]) -> Callable[[Tree, Any], Node]:
    """The builder of all these types; `attached`: for those that stand behind their operand."""

    def build(tree: Tree, syntax: Any) -> Node:
        top = _top(syntax)
        whole = _Row(tree, attached, list(_items(top))).read(0)
        if whole.syntax.id != top.id:
            # What is around sees the outermost syntax node; the one that is the whole stands for its operator instead.
            tree.keep(whole.syntax, tree.kept(top))
            tree.keep(top, whole)
        return tree.kept(syntax)

    return build


def _top(syntax: Any) -> Any:
    """The outermost expression whose row holds `syntax`."""
    top = syntax
    while True:
        wrapped = top
        parent = wrapped.parent
        while parent is not None and parent.type == "expression":
            wrapped, parent = parent, parent.parent
        if parent is None or not any(operand.id == wrapped.id for operand in _operands(parent)):
            return top
        top = parent


def _operands(syntax: Any) -> list[Any]:
    if syntax.type == "ternary_expression":
        named = [child for child in syntax.named_children if not child.is_extra]
        return [named[0], named[-1]]
    found = [syntax.child_by_field_name(name) for name in _OPERANDS.get(syntax.type, ())]
    return [one for one in found if one is not None]


def _items(syntax: Any) -> Iterator[tuple[str, Any]]:
    """The row of an expression: operands and operators from left to right."""
    while syntax.type == "expression":
        syntax = next(child for child in syntax.named_children if not child.is_extra)
    operands = _operands(syntax)
    if not operands:
        yield "value", syntax
    elif len(operands) > 1:
        yield from _items(operands[0])
        yield ("infix" if syntax.type == "binary_expression" else "choice"), syntax
        yield from _items(operands[1])
    elif syntax.start_byte < operands[0].start_byte:
        yield "prefix", syntax
        yield from _items(operands[0])
    else:
        yield from _items(operands[0])
        yield "suffix", syntax


class _Row:
    """Reads a row, keeping the node for each of its operators."""

    def __init__(self, tree: Tree, attached: Mapping[str, Attached], items: list[tuple[str, Any]]) -> None:
        self.tree, self.attached, self.items = tree, attached, items
        self.at = 0

    def read(self, least: int) -> Node:
        """The longest expression from here on whose operators bind at least so tightly."""
        sort, syntax = self.items[self.at]
        self.at += 1
        if sort == "prefix":
            operand = self.read(_PREFIX)
            sign = syntax.child_by_field_name("operator")
            node = self._kept("unary", syntax, syntax.start_byte, operand.end, [operand], self.tree.text(sign))
        else:
            node = self.tree.node(syntax)
        while self.at < len(self.items):
            sort, syntax = self.items[self.at]
            if sort == "suffix":
                self.at += 1
                node = self.tree.keep(syntax, self.attached[syntax.type](self.tree, syntax, node))
                continue
            sign = self.tree.text(syntax.child_by_field_name("operator")) if sort == "infix" else "?"
            level = _PRECEDENCE.get(sign, _CHOICE)
            if level < least:
                break
            self.at += 1
            node = self._joined(sort, syntax, sign, node, level)
        return node

    def _joined(self, sort: str, syntax: Any, sign: str, left: Node, level: int) -> Node:
        right = self.read(level if sign in ("**", "?") else level + 1)
        if sort == "infix":
            return self._kept("binop", syntax, left.start, right.end, [left, right], sign)
        middle = [child for child in syntax.named_children if not child.is_extra][1]
        return self._kept("cond", syntax, left.start, right.end, [left, self.tree.node(middle), right])

    def _kept(self, kind: str, syntax: Any, start: int, end: int, kids: list[Node | None], text: str = "") -> Node:
        return self.tree.keep(syntax, Node(kind, start, end, text=text, kids=kids, syntax=syntax, tree=self.tree))
