"""Functions and classes of JavaScript and TypeScript, as they map to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.ecmascript_expressions import nothing, part
from ospec_guard.pattern.tree import Tree

_MEMBERS = {"pair": "key", "field_definition": "property", "public_field_definition": "name"}
"""What a function that is its value has its name from."""


def function(text: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        # The name of a function expression is known in it alone.
        name, sort = syntax.child_by_field_name("name") if text != "lambda" else None, text
        parent = syntax.parent if sort in ("lambda", "arrow") else None
        if parent is not None and parent.type in _MEMBERS:
            name, sort = parent.child_by_field_name(_MEMBERS[parent.type]), "member"
            name = name if name is not None and not name.child_count else None
        if sort in ("function", "member") and name is None:
            sort = "lambda"
        attrs = tree.list("attrs", syntax, ()) if sort in ("lambda", "arrow") else tree.attrs(syntax)
        outer = exports(tree, syntax) if sort == "function" else _decorators(tree, syntax) if sort == "member" else []
        attrs = tree.list("attrs", syntax, [*outer, *attrs.kids])
        kids = [
            attrs,
            tree.name(name) if name is not None else None,
            _parameters(tree, syntax),
            part(tree, syntax, "return_type"),
            _body(tree, syntax),
        ]
        node = tree.make("func", syntax, kids, sort)
        return node.widened(outer[0].start, node.end) if outer and sort == "member" else node

    return build


def _body(tree: Tree, syntax: Any) -> Node | None:
    """What an arrow leads to without a block is what the function returns."""
    body = syntax.child_by_field_name("body")
    if body is None or body.type == "statement_block":
        return tree.body(body)
    start, end = body.start_byte, body.end_byte
    arrow = next((child for child in syntax.children if child.type == "=>"), body)
    result = Node("return", arrow.start_byte, end, kids=[tree.node(body)], syntax=syntax, tree=tree)
    return Node("block", start, end, kids=[result], syntax=syntax, tree=tree)


def _parameters(tree: Tree, syntax: Any) -> Node:
    found = syntax.child_by_field_name("parameters")
    if found is not None:
        return tree.node(found)
    only = syntax.child_by_field_name("parameter")
    return tree.list("params", only, [_param(tree, only)]) if only is not None else tree.list("params", syntax, ())


def params(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("params", syntax, lambda t, s: [_param(t, child) for child in s.named_children if not child.is_extra])


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if syntax.type == "assignment_pattern":
        target, default = field("left"), field("right")
    elif syntax.type in ("required_parameter", "optional_parameter"):
        target, default = field("pattern") or syntax.named_children[0], field("value")
    else:
        target, default = syntax, None
    kids = [
        tree.attrs(syntax) if syntax != target else nothing(tree, syntax),
        tree.node(target),
        part(tree, syntax, "type"),
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def klass(tree: Tree, syntax: Any) -> Node:
    name, body = syntax.child_by_field_name("name"), syntax.child_by_field_name("body")
    supers: list[Node | None] = []
    for child in syntax.children:
        if child.type == "class_heritage":
            supers += _supers(tree, child)
    outer = exports(tree, syntax)
    kids = [
        tree.list("attrs", syntax, [*outer, *tree.attrs(syntax).kids]),
        tree.name(name) if name is not None else None,
        tree.list("supers", body, supers),
        tree.node(body) if body is not None else None,
    ]
    node = tree.make("class", syntax, kids, "class")
    # Decorators in front of `export` stand outside of the class.
    return node.widened(outer[0].start, node.end) if len(outer) > 1 else node


def exports(tree: Tree, syntax: Any) -> list[Node]:
    """The `export` in front of a declaration, with the decorators before it."""
    parent = syntax.parent
    if parent is None or parent.type != "export_statement":
        return []
    return [tree.node(child) for child in parent.children if child.type in ("decorator", "export")]


def class_body(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("block", syntax, _members)


def _members(tree: Tree, syntax: Any) -> list[Node | None]:
    """Decorators belong to the members they are in front of."""
    dropped = tree.quirks.dropped | {"decorator"}
    return [tree.node(child) for child in syntax.named_children if not child.is_extra and child.type not in dropped]


def _decorators(tree: Tree, syntax: Any) -> list[Node]:
    """The decorators that the grammar puts in front of a member instead of into it."""
    found: list[Node] = []
    before = syntax.prev_named_sibling
    while before is not None and before.type == "decorator":
        found.insert(0, tree.node(before))
        before = before.prev_named_sibling
    return found


def _supers(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.type == "extends_clause":
            found += [tree.node(one) for one in child.children_by_field_name("value")]
        elif child.type == "implements_clause":
            found += [tree.make("implements", one, (tree.node(one),)) for one in child.named_children if not one.is_extra]
        elif not child.is_extra:
            found.append(tree.node(child))
    return found


def member(tree: Tree, syntax: Any) -> Node:
    """A field of a class."""
    field = syntax.child_by_field_name
    name, value = field("name") or field("property"), field("value")
    target = tree.node(name) if name is not None else None
    outer = _decorators(tree, syntax)
    attrs = tree.list("attrs", syntax, [*outer, *tree.attrs(syntax).kids])
    kids = [attrs, target, part(tree, syntax, "type"), tree.node(value) if value is not None else None]
    node = tree.make("var", syntax, kids)
    return node.widened(outer[0].start, node.end) if outer else node
