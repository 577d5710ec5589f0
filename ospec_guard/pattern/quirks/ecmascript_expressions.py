"""Expressions and elements of JavaScript and TypeScript, as they map to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.pattern.builders import bracketed, inner, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Tree

_STRINGS = "string_fragment escape_sequence html_character_reference"


def part(tree: Tree, syntax: Any, name: str) -> Node | None:
    """The node of a field."""
    found = syntax.child_by_field_name(name)
    return tree.node(found) if found is not None else None


def nothing(tree: Tree, syntax: Any) -> Node:
    """No attributes."""
    return tree.list("attrs", syntax.children[0] if syntax.child_count else syntax, ())


def call(tree: Tree, syntax: Any) -> Node:
    arguments = syntax.child_by_field_name("arguments")
    args = tree.node(arguments)
    if args.kind != "args":  # A template after its function.
        args = tree.list("args", arguments, [args])
    return tree.make("call", syntax, (part(tree, syntax, "function"), args))


def binary(tree: Tree, syntax: Any) -> Node:
    """An operation; `f<T>(x)`, which nobody compares so, is a call with types of TypeScript or Flow."""
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    sign = tree.text(syntax.child_by_field_name("operator"))
    is_typed = sign == ">" and left.type == "binary_expression" and right.type == "parenthesized_expression"
    if not is_typed or tree.text(left.child_by_field_name("operator")) != "<":
        return tree.make("binop", syntax, (tree.node(left), tree.node(right)), sign)
    return tree.make("call", syntax, (part(tree, left, "left"), tree.list("args", right, tree.named(right))))


def new(tree: Tree, syntax: Any) -> Node:
    arguments = syntax.child_by_field_name("arguments")
    args = tree.node(arguments) if arguments is not None else tree.list("args", syntax, ())
    return tree.make("new", syntax, (part(tree, syntax, "constructor"), args, None))


def unary(tree: Tree, syntax: Any) -> Node:
    sign = syntax.child_by_field_name("operator")
    operand = syntax.child_by_field_name("argument")
    # `i++` and `++i` differ.
    text = tree.text(sign) if sign.start_byte < operand.start_byte else f"_{tree.text(sign)}"
    return tree.make("unary", syntax, (tree.node(operand),), text)


def augmented(tree: Tree, syntax: Any) -> Node:
    sign = tree.text(syntax.child_by_field_name("operator"))
    return tree.make(syntax.type, syntax, (part(tree, syntax, "left"), part(tree, syntax, "right")), sign)


def casts(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) == 1:
        return bracketed(tree, syntax)  # `as const`
    first, last = named[0], named[-1]
    if syntax.type == "type_assertion":
        return tree.make("cast", syntax, (inner(tree, first), tree.node(last)))
    return tree.make("cast", syntax, (tree.node(last), tree.node(first)))


def template(tree: Tree, syntax: Any) -> Node:
    node = _plain_template(tree, syntax)
    node.text = "`"
    return node


_plain_string = quoted(_STRINGS)
_plain_template = quoted(_STRINGS, "template_substitution")


def regex(tree: Tree, syntax: Any) -> Node:
    pattern, flags = syntax.child_by_field_name("pattern"), syntax.child_by_field_name("flags")
    chars = tree.make("chars", pattern, (), tree.text(pattern))
    return tree.make("regex", syntax, (chars, tree.make("tok", flags, (), tree.text(flags)) if flags is not None else None))


def pair(tree: Tree, syntax: Any) -> Node:
    key, value = syntax.child_by_field_name("key"), syntax.child_by_field_name("value")
    name = _key(tree, key)
    return tree.make("pair", syntax, (name, tree.node(value)))


def _key(tree: Tree, syntax: Any) -> Node:
    """`"a"` in front of a colon is `a`."""
    if syntax.type != "string":
        return tree.node(syntax)
    content = tree.text(syntax.named_children[0]) if syntax.named_child_count == 1 else ""
    return tree.make("ident", syntax, (), content) if content.isidentifier() else _plain_string(tree, syntax)


def string(tree: Tree, syntax: Any) -> Node:
    """A text; a key is none."""
    parent = syntax.parent
    if parent is not None and parent.type == "pair" and parent.child_by_field_name("key") == syntax:
        return tree.make("ident", syntax, (), tree.text(syntax))
    return _plain_string(tree, syntax)


def shorthand(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    return tree.make("pair", syntax, (tree.make("id", syntax, (), text), tree.make("id", syntax, (), text)))


def shorthand_default(tree: Tree, syntax: Any) -> Node:
    left = syntax.child_by_field_name("left")
    text = tree.text(left)
    value = tree.make("assign", syntax, (tree.make("id", left, (), text), part(tree, syntax, "right")))
    # Not the pair that `a: b` is: patterns for one are none for a name with a default.
    return tree.make("pair", syntax, (None, value))


# JSX


def element(tree: Tree, syntax: Any) -> Node:
    if syntax.type == "jsx_self_closing_element":
        return tree.make("element", syntax, (*_opening(tree, syntax),), "/")
    opening = syntax.child_by_field_name("open_tag")
    closing = syntax.child_by_field_name("close_tag")
    inside = [child for child in syntax.named_children if not child.is_extra and child not in (opening, closing)]
    children = [tree.node(child) for child in inside if child.type != "jsx_text" or tree.text(child).strip()]
    return tree.make("element", syntax, (*_opening(tree, opening), *children))


def _opening(tree: Tree, syntax: Any) -> tuple[Node | None, Node]:
    name = syntax.child_by_field_name("name")
    attributes = [tree.node(child) for child in syntax.children_by_field_name("attribute") if child.is_named]
    return (tree.name(name) if name is not None else None), tree.list("attrs", syntax, attributes)


def attribute(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    value = None
    if len(named) > 1:
        value = inner(tree, named[1]) if named[1].type == "jsx_expression" else tree.node(named[1])
    return tree.make("pair", syntax, (tree.name(named[0]), value))


def jsx_text(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    start = syntax.start_byte + len(text.encode()) - len(text.lstrip().encode())
    return Node("chars", start, start + len(text.strip().encode()), text=text.strip(), kids=[], syntax=syntax, tree=tree)
