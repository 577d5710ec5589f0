"""How Elixir's grammar maps to the vocabulary of `tree`.

Definitions, `if` and `use` are calls in Elixir, and here.
"""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, block, elements, inner, leaf, quoted, word
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Quirks, Tree


def _call(tree: Tree, syntax: Any) -> Node:
    """A call with or without brackets; a `do` block is what follows its arguments."""
    parts = [child for child in syntax.named_children if not child.is_extra]
    target = tree.node(syntax.child_by_field_name("target") or parts[0])
    arguments = next((part for part in parts if part.type == "arguments"), None)
    body = next((part for part in parts if part.type == "do_block"), None)
    args = tree.node(arguments) if arguments is not None else tree.make("args", parts[0])
    if arguments is None:
        args.start = args.end = target.end
    return tree.make("call", syntax, (target, args, tree.node(body) if body is not None else None))


def _list(kind: str) -> Any:
    """A list whose keywords are elements like any other."""

    def build(tree: Tree, syntax: Any) -> Node:
        found: Kids = []
        for child in syntax.named_children:
            if not child.is_extra and child.type != "struct":
                found += tree.named(child) if child.type in ("keywords", "map_content") else [tree.node(child)]
        return tree.make(kind, syntax, [one for kid in found for one in _spliced(kid)])

    return Maker(build, kind)


def _spliced(node: Node | None) -> Kids:
    return node.kids if node is not None and node.kind == "keywords" else [node]


def _pair(tree: Tree, syntax: Any) -> Node:
    """`key: value`; among arguments, a named one."""
    key, value = syntax.child_by_field_name("key"), syntax.child_by_field_name("value")
    around = syntax.parent.parent if syntax.parent is not None and syntax.parent.type == "keywords" else None
    kind = "kwarg" if around is not None and around.type == "arguments" else "pair"
    return tree.make(kind, syntax, (tree.node(key), tree.node(value)))


def _keyword(tree: Tree, syntax: Any) -> Node:
    return tree.make("ident", syntax, (), tree.text(syntax).strip().removesuffix(":"))


def _dot(tree: Tree, syntax: Any) -> Node:
    right = syntax.child_by_field_name("right")
    return tree.make(
        "dot", syntax, (tree.node(syntax.child_by_field_name("left")), tree.name(right) if right is not None else None)
    )


def _binary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    left, sign, right = field("left"), tree.text(field("operator")), field("right")
    kids = (tree.node(left), tree.node(right))
    if sign == "=":
        return tree.make("assign", syntax, kids)
    return tree.make("pair" if sign == "=>" else "binop", syntax, kids, "" if sign == "=>" else sign)


def _unary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("unary", syntax, (tree.node(field("operand")),), tree.text(field("operator")))


def _bracketed(tree: Tree, syntax: Any) -> Node:
    """`(a)`; several statements in brackets are a block."""
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) == 1:
        return inner(tree, syntax).widened(syntax.start_byte, syntax.end_byte)
    return tree.block(syntax)


def _index(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("index", syntax, (tree.node(field("target")), tree.node(field("key"))))


QUIRKS = Quirks(
    rules={
        "identifier": word(dot="right"),
        "source": block,
        "do_block": block,
        "body": block,
        "block": _bracketed,
        "call": _call,
        "arguments": _list("args"),
        "pair": _pair,
        "keyword": _keyword,
        "dot": _dot,
        "binary_operator": _binary,
        "unary_operator": _unary,
        "access_call": _index,
        "list": _list("array"),
        "tuple": _list("tuple"),
        "map": _list("dict"),
        "map_content": elements("keywords"),
        "keywords": elements("keywords"),
        "string": quoted("quoted_content escape_sequence", "interpolation"),
        "charlist": quoted("quoted_content escape_sequence", "interpolation"),
        "integer": leaf("num"),
        "float": leaf("num"),
        "boolean": leaf("const"),
        "nil": leaf("const"),
        "atom": leaf("const"),
        "char": leaf("char"),
    },
    kinds={
        "block": ("block",),
        "call": ("call",),
        "pair": ("pair", "kwarg"),
        "keyword": ("ident",),
        "dot": ("dot",),
        "binary_operator": ("binop", "assign", "pair"),
        "unary_operator": ("unary",),
        "access_call": ("index",),
    },
    identifiers=types("identifier alias operator_identifier"),
    statements=types("stab_clause rescue_block after_block else_block catch_block"),
    contexts=("@@", "__f__ do\n@@\nend", "fn @@ end", "__f__(@@)", "%{@@}", "@@ do\nend"),
    ellipses=("$", "$: $", "$ -> $", "$ => $"),
    metavariable="__m{}__",
    unordered=frozenset({"dict"}),
)
