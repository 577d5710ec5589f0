"""One language-independent view of code: a small vocabulary of nodes, the differences taken away that no rule means.

A `Node` stands for a piece of code in a small vocabulary (KINDS below); what the vocabulary lacks keeps the grammar's own node
type. Nodes are made when somebody looks at them, so that the price of a file is the price of the pieces that patterns look at.
How a grammar's node types map to the vocabulary is told by `quirks/<language>.py` in the words of `builders`.

The vocabulary. Kids in this order; `?` may be None; `*` a node of that kind whose kids are the list.

    id ident          a name: as an expression; where it is no expression (member, type, keyword, label)
    num const regex   literals by their text (`const`: true, null, nil …)
    str               a text literal: kids are `chars` and interpolated expressions
    concat            text literals side by side, which are one
    call              function, args*                     args: expressions, kwarg, spread
    new               type, args*, body?
    kwarg pair        name, value | key, value
    dot               object, ident                       `a.b`, `a->b`, `a::b`
    index             object, index…
    assign            target, value                       plain `=`
    binop unary       operands; text is the operator
    cond              test, yes, no
    array tuple set dict                                  elements; dict: pair, spread
    func              attrs*, name?, params*, type?, body?   text: `function`, `lambda`, `method`
    param             attrs*, target, type?, default?
    class             attrs*, name?, supers*, body?, params*?   text: `class`, `interface` …
    attrs             attr (kid: expression or call) and tok (modifiers)
    var               attrs*, target, type?, value?       declaration of a variable or field
    exprstmt          expression
    block             statements
    if while          test, block, else? | test, block
    return throw      value?
    import            path (str, id, dot), name?, alias?
    generic           name, arguments                     a type or function with type arguments
    try               body, handlers*, finally? (Java: resources? before)
    element           name, attrs*, children…             XML, JSX
    nothing           a body that is not there, which a pattern's empty one is too
    tok               any other token that counts (operators, keywords)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ospec_guard.languages.facts import types

if TYPE_CHECKING:
    from ospec_guard.pattern.tree import Tree

Kids = list["Node | None"]
LISTS = types("args params attrs supers handlers cases array tuple set dict block file")
"""Kinds whose kids are a list of any length."""

SPECIAL = frozenset(("$", "$...", "...", "<...>", "typed"))
"""Kinds that stand for whatever is there."""

NO_VALUE = types("kwarg tok chars args params attrs")
"""Kinds that are no expressions, nor what a metavariable for one stands for."""

STATEMENTS = types("exprstmt block if while return throw var func class import for try switch several")
"""Kinds that are statements; `func`, `class` and `if` may be expressions too."""


class Node:
    """A piece of code. Frozen once its kids are known."""

    __slots__ = ("end", "key", "kids", "kind", "make", "start", "syntax", "text", "tree")

    kids: Kids
    """The children that count; made when first asked for."""
    key: str
    """The same for pieces of code that differ in white space, comments, brackets and quotes alone."""

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        *,
        text: str = "",
        kids: Kids | None = None,
        syntax: Any = None,
        tree: Tree | None = None,
        make: Callable[[Tree, Any], Kids] | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        """Byte offset."""
        self.end = end
        self.text = text
        """Of leaves and operators."""
        self.syntax = syntax
        """The tree-sitter node."""
        self.tree = tree
        if kids is not None:
            self.kids = kids
        self.make = make
        """Makes the kids."""

    def __getattr__(self, name: str) -> Any:
        # Only for slots that are not filled yet: what is filled is found without coming here.
        if name == "kids":
            self.kids = self.make(self.tree, self.syntax) if self.make is not None and self.tree is not None else []
            return self.kids
        if name == "key":
            self.key = _key(self)
            return self.key
        raise AttributeError(name)

    def widened(self, start: int, end: int) -> Node:
        """The same code at a larger place."""
        make = self.make if self.make is not None else _kids_of(self)
        return Node(self.kind, start, end, text=self.text, syntax=self.syntax, tree=self.tree, make=make)

    def __repr__(self) -> str:
        inner = " ".join([repr(kid) for kid in self.kids])
        return f"({self.kind}{' ' + repr(self.text) if self.text else ''}{' ' + inner if inner else ''})"


_NAMES = frozenset(("id", "ident"))


def same_variable(one: Any, other: Any) -> bool:
    """False for two nodes of one text in which a name stands for different variables."""
    if one is other or not isinstance(one, Node) or not isinstance(other, Node) or one.kind != other.kind:
        return True
    tree = one.tree
    if tree is None or tree is not other.tree or tree.variables is None:
        return True
    if one.kind != "id":
        return all(same_variable(kid, like) for kid, like in zip(one.kids, other.kids, strict=False))
    return tree.variables(one) == tree.variables(other)


def _kids_of(node: Node) -> Callable[[Tree, Any], Kids]:
    return lambda _tree, _syntax: node.kids


def _key(node: Node) -> str:
    if node.kind in _NAMES:
        return node.text
    if node.kind == "num" and node.text[:1] == "0" and len(node.text) > 1:
        from ospec_guard.pattern.literals import integer

        number = integer(node.text)  # 0x10 is 16.
        return node.text if number is None else str(number)
    if node.kind == "str":
        return f'"{" ".join([kid.key for kid in node.kids if kid])}"'
    kids = [kid.key if kid is not None else "" for kid in node.kids]
    if not kids:
        return node.text if node.kind not in LISTS else f"{node.kind}()"
    return f"({node.kind} {node.text} {' '.join(kids)})"
