"""Statements and imports of JavaScript and TypeScript, as they map to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.pattern.builders import inner
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks import branching
from ospec_guard.pattern.quirks.ecmascript_definitions import exports
from ospec_guard.pattern.quirks.ecmascript_expressions import nothing, part
from ospec_guard.pattern.tree import Tree


def declaration(tree: Tree, syntax: Any) -> Node:
    """`var` in a pattern is any of `var`, `let` and `const`."""
    keyword = syntax.children[0]
    attrs = [tree.make("tok", keyword, (), "var")]
    if keyword.type != "var":
        attrs.append(tree.make("tok", keyword, (), keyword.type))
    attrs += exports(tree, syntax)
    made = []
    for child in syntax.named_children:
        if child.type != "variable_declarator":
            continue
        kids = [
            tree.list("attrs", syntax.children[0], attrs),
            part(tree, child, "name"),
            part(tree, child, "type"),
            part(tree, child, "value"),
        ]
        made.append(Node("var", syntax.start_byte, child.end_byte, kids=kids, syntax=syntax, tree=tree))
    if len(made) == 1:
        return made[0].widened(syntax.start_byte, syntax.end_byte)
    return tree.make("several", syntax, made)


def conditional(tree: Tree, syntax: Any) -> Node:
    otherwise = syntax.child_by_field_name("alternative")
    other = None
    if otherwise is not None:
        statement = next((child for child in otherwise.named_children if not child.is_extra), None)
        other = tree.body(statement)
    kids = [part(tree, syntax, "condition"), tree.body(syntax.child_by_field_name("consequence")), other]
    return tree.make("if", syntax, kids)


def loop(tree: Tree, syntax: Any) -> Node:
    return tree.make("while", syntax, (part(tree, syntax, "condition"), tree.body(syntax.child_by_field_name("body"))))


def counted(tree: Tree, syntax: Any) -> Node:
    """`for (a; b; c)`: the three make one node, so that one ellipsis may stand for them."""
    three = [part(tree, syntax, name) for name in ("initializer", "condition", "increment")]
    first, last = syntax.child_by_field_name("initializer"), syntax.child_by_field_name("body")
    body = tree.body(last)
    start = first.start_byte if first is not None else syntax.start_byte
    end = max([one.end for one in three if one is not None], default=start)
    head = Node("head", start, end, kids=[_unwrapped(one) for one in three], syntax=syntax, tree=tree)
    return tree.make("for", syntax, (head, body))


def _unwrapped(node: Node | None) -> Node | None:
    if node is not None and node.kind == "exprstmt":
        return node.kids[0]
    return None if node is not None and node.kind == "empty_statement" else node


def each(tree: Tree, syntax: Any) -> Node:
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    kids = [nothing(tree, left), tree.node(left), None, None]
    variable = Node("param", left.start_byte, left.end_byte, kids=kids, syntax=syntax, tree=tree)
    head = Node("each", left.start_byte, right.end_byte, kids=[variable, tree.node(right)], syntax=syntax, tree=tree)
    return tree.make("for", syntax, (head, tree.body(syntax.child_by_field_name("body"))))


def case(tree: Tree, syntax: Any) -> Node:
    body: list[Node | None] = []
    for child in syntax.children_by_field_name("body"):
        node = tree.statement(child)
        body += node.kids if node.kind == "several" else [node]
    value = part(tree, syntax, "value")
    return branching.case(tree, syntax, [value] if value is not None else [], tree.list("block", syntax, body))


def switch(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    value = inner(tree, syntax.child_by_field_name("value"))
    return branching.switch(tree, syntax, value, lambda t, _: [*t.named(body)])


def exported(tree: Tree, syntax: Any) -> Node:
    """A declaration that is exported is a declaration; `export default x` gives `default` a value."""
    declaration, value = syntax.child_by_field_name("declaration"), syntax.child_by_field_name("value")
    if declaration is not None:
        return tree.node(declaration)
    if value is not None:
        default = next(child for child in syntax.children if child.type == "default")
        target = tree.make("ident", default, (), "default")
        attrs = tree.list("attrs", default, [tree.make("tok", default, (), text) for text in ("var", "const")])
        return tree.make("var", syntax, (attrs, target, None, tree.node(value)))
    return tree.plain(syntax)


# Imports


def imports(tree: Tree, syntax: Any) -> Node:
    source = syntax.child_by_field_name("source")
    clause = next((child for child in syntax.named_children if child.type in ("import_clause", "import_require_clause")), None)
    if source is None and clause is not None:
        source = clause.child_by_field_name("source")
    if source is None:
        return tree.plain(syntax)
    path = tree.node(source)
    if clause is None:
        return tree.make("import", syntax, (path, None, None))
    made = [tree.make("import", syntax, (path, *names)) for names in _imported(tree, clause)]
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _imported(tree: Tree, clause: Any) -> list[tuple[Node | None, Node | None]]:
    """What an import takes from the module, and as what."""
    found: list[tuple[Node | None, Node | None]] = []
    for child in clause.named_children:
        if child.type == "identifier":
            whole = "*" if clause.type == "import_require_clause" else "default"
            at = clause.start_byte  # No text of a pattern stands for it.
            found.append((Node("tok", at, at, text=whole, kids=[], tree=tree), tree.name(child)))
        elif child.type == "namespace_import":
            name = child.named_children[-1]
            found.append((tree.make("tok", child.children[0], (), "*"), tree.name(name)))
        elif child.type == "named_imports":
            for one in child.named_children:
                if one.type == "import_specifier":
                    name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                    found.append((tree.name(name), tree.name(alias) if alias is not None else None))
    return found
