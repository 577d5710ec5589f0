"""How quirks say what a node of the vocabulary is made from: by fields (`form`), or by builders that many grammars share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Builder, Tree
from ospec_guard.values import value


@value
class Form:
    """How a syntax node becomes a node of `kind` by its fields.

    `parts`, one a kid: `name` the field's node or None; `name!ident` the same as a name; `name*kind` all nodes of the field
    as one list node; `#n` the n-th named child; `attrs` the modifiers found by `Quirks.modifiers`.
    """

    kind: str
    parts: tuple[str, ...]
    text: str = ""

    def __call__(self, tree: Tree, syntax: Any) -> Node:
        return Node(self.kind, syntax.start_byte, syntax.end_byte, text=self.text, syntax=syntax, tree=tree, make=self.expand)

    def expand(self, tree: Tree, syntax: Any) -> Kids:
        """The kids of such a node."""
        return [_part(tree, syntax, part) for part in self.parts]


class Maker:
    """A builder whose nodes are of known kinds."""

    __slots__ = ("build", "kinds")

    def __init__(self, build: Builder, *kinds: str) -> None:
        self.build = build
        self.kinds = kinds

    def __call__(self, tree: Tree, syntax: Any) -> Node:
        return self.build(tree, syntax)


def deferred(kind: str, kids: Callable[[Tree, Any], Kids], text: str = "") -> Maker:
    """Nodes of one kind whose kids are made by a function when somebody asks."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.lazy(kind, syntax, kids, text)

    return Maker(build, kind)


def form(kind: str, *parts: str, text: str = "") -> Form:
    """See Form."""
    return Form(kind, parts, text)


def _part(tree: Tree, syntax: Any, part: str) -> Node | None:
    if part.startswith("#"):
        named = [child for child in syntax.named_children if not child.is_extra]
        at = int(part[1:])
        return tree.node(named[at]) if -len(named) <= at < len(named) else None
    if part == "attrs":
        return tree.attrs(syntax)
    name, _, kind = part.partition("*")
    if kind:
        found = [child for child in syntax.children_by_field_name(name) if child.is_named and not child.is_extra]
        return tree.list(kind, syntax, [tree.node(child) for child in found])
    name, _, cast = part.partition("!")
    child = syntax.child_by_field_name(name)
    if child is None:
        return None
    return tree.name(child) if cast else tree.node(child)


def block(tree: Tree, syntax: Any) -> Node:
    """A sequence of statements."""
    return tree.block(syntax)


def inner(tree: Tree, syntax: Any) -> Node:
    """Brackets and wrappers around one piece of code, which count for nothing."""
    dropped = tree.quirks.dropped
    for child in syntax.named_children:
        if not child.is_extra and child.type not in dropped:
            return tree.node(child)
    return tree.plain(syntax)


def bracketed(tree: Tree, syntax: Any) -> Node:
    """Brackets around an expression: the expression, as wide as they are."""
    node = inner(tree, syntax)
    return node.widened(syntax.start_byte, syntax.end_byte)


def semicolon(tree: Tree, syntax: Any) -> Node | None:
    """The body of a function that is only declared: a pattern with it matches no other."""
    last = syntax.children[-1]
    return tree.make("tok", last, (), ";") if last.type == ";" else None


def elements(kind: str) -> Builder:
    """A list of the vocabulary: its named children."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.lazy(kind, syntax, lambda t, s: [*t.named(s)])

    return Maker(build, kind)


def leaf(kind: str) -> Builder:
    """A leaf of the vocabulary by its text."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.make(kind, syntax, (), tree.text(syntax))

    return Maker(build, kind)


def word(**names: str) -> Builder:
    """A name: `ident` where it is no expression, which the types of its parents with their fields (`*`: all) tell."""

    def build(tree: Tree, syntax: Any) -> Node:
        parent = syntax.parent
        fields = names.get(parent.type) if parent is not None else None
        kind = "id"
        if fields is not None:
            found = [parent.child_by_field_name(field) for field in fields.split()] if fields != "*" else [syntax]
            kind = "ident" if any(one is not None and one.id == syntax.id for one in found) else "id"
        return tree.make(kind, syntax, (), tree.text(syntax))

    return Maker(build, "id", "ident")


def binary(left: str = "left", operator: str = "operator", right: str = "right") -> Builder:
    """An operator between two operands."""

    def build(tree: Tree, syntax: Any) -> Node:
        sign = syntax.child_by_field_name(operator)
        first, second = syntax.child_by_field_name(left), syntax.child_by_field_name(right)
        if sign is None or first is None or second is None:
            return tree.plain(syntax)
        return tree.make("binop", syntax, (tree.node(first), tree.node(second)), tree.text(sign))

    return Maker(build, "binop")


def quoted(content: str, *interpolated: str) -> Builder:
    """A text literal: children of type `content` are its characters, those `interpolated` are code."""
    contents = frozenset(content.split())
    holes = frozenset(interpolated)

    def build(tree: Tree, syntax: Any) -> Node:
        kids: Kids = []
        for child in syntax.children:
            if child.type in contents:
                last = kids[-1] if kids else None
                if last is not None and last.kind == "chars" and last.end == child.start_byte:
                    kids[-1] = _chars(tree, last.start, child.end_byte, syntax)
                else:
                    kids.append(_chars(tree, child.start_byte, child.end_byte, syntax))
            elif child.type in holes:
                kids.append(inner(tree, child))
        return tree.make("str", syntax, kids)

    return Maker(build, "str")


def _chars(tree: Tree, start: int, end: int, syntax: Any) -> Node:
    text = tree.data[start:end].decode(errors="replace")
    return Node("chars", start, end, text=text, kids=[], syntax=syntax, tree=tree)


def stripped(quotes: str) -> Builder:
    """A text literal that the grammar gives as one leaf: `quotes` are taken off its ends."""

    def build(tree: Tree, syntax: Any) -> Node:
        start, end = syntax.start_byte, syntax.end_byte
        data = tree.data
        while start < end and data[start : start + 1].decode(errors="replace") in quotes:
            start += 1
        while end > start and data[end - 1 : end].decode(errors="replace") in quotes:
            end -= 1
        return tree.make("str", syntax, [_chars(tree, start, end, syntax)] if end > start else [])

    return Maker(build, "str")
