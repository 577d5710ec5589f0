"""How C++'s grammar maps to the vocabulary of `tree`, where C's is not enough."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import bracketed, elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.braces import declared
from ospec_guard.pattern.quirks.cfamily import CONTEXTS, ELLIPSES, KINDS, RESERVED, RULES, STATEMENTS, class_
from ospec_guard.pattern.tree import Quirks, Tree

_DELETE = re.compile(r"(\bdelete\s*\[\s*\])\s*\(([^()]*)\)")
"""`delete[] (x)`, which the grammar takes for a lambda."""


def _qualified(tree: Tree, syntax: Any) -> Node:
    """`a::b::c`."""
    parts = []
    at = syntax
    while at is not None and at.type == "qualified_identifier":
        scope = at.child_by_field_name("scope")
        parts += [scope] if scope is not None else []
        at = at.child_by_field_name("name")
    parts += [at] if at is not None else []
    node = _first(tree, parts[0])
    for part in parts[1:]:
        name = tree.node(part) if part.child_count else tree.name(part)
        node = Node("dot", node.start, part.end_byte, kids=[node, name], syntax=syntax, tree=tree)
    return node


def _first(tree: Tree, syntax: Any) -> Node:
    if syntax.child_count:
        return tree.node(syntax)
    return Node("id", syntax.start_byte, syntax.end_byte, text=tree.text(syntax), kids=[], syntax=syntax, tree=tree)


def _new(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    args, size = field("arguments"), field("declarator")
    type_ = tree.node(field("type"))
    if size is not None:
        type_ = tree.make("array_type", syntax, (type_, tree.node(size)))
    return tree.make("new", syntax, (type_, tree.node(args) if args is not None else tree.list("args", syntax, ()), None))


def _lambda(tree: Tree, syntax: Any) -> Node:
    head, body = syntax.child_by_field_name("declarator"), syntax.child_by_field_name("body")
    parameters = head.child_by_field_name("parameters") if head is not None else None
    params = tree.node(parameters) if parameters is not None else tree.list("params", syntax.children[0], ())
    return tree.make(
        "func", syntax, (tree.list("attrs", syntax.children[0], ()), None, params, None, tree.node(body)), "lambda"
    )


def _templated(tree: Tree, syntax: Any) -> Node:
    """`template <…>` in front of a declaration, which is what counts."""
    named = [child for child in syntax.named_children if not child.is_extra]
    return tree.node(named[-1])


def _condition(tree: Tree, syntax: Any) -> Node:
    value = syntax.child_by_field_name("value")
    return tree.node(value) if value is not None else inner(tree, syntax)


def _delete(tree: Tree, syntax: Any) -> Node:
    """`delete x`, `delete[] x`."""
    many = any(child.type == "[" for child in syntax.children)
    return tree.make("delete", syntax, (tree.node(syntax.named_children[-1]),), "[]" if many else "")


def _using(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    return tree.make("using", syntax, [tree.node(child) for child in named])


QUIRKS = Quirks(
    rules={
        **RULES,
        "class_specifier": class_("class"),
        "qualified_identifier": _qualified,
        "template_declaration": _templated,
        "new_expression": _new,
        "lambda_expression": _lambda,
        "condition_clause": _condition,
        "for_range_loop": RULES["for_statement"],
        "throw_statement": form("throw", "#0"),
        "using_declaration": _using,
        "namespace_definition": form("namespace", "name!ident", "body"),
        "linkage_specification": form("namespace", "value", "body"),
        "template_argument_list": elements("types"),
        "raw_string_literal": quoted("raw_string_content"),
        "delete_expression": _delete,
        "fold_expression": bracketed,
        "this": leaf("id"),
        "access_specifier": leaf("access"),
        "placeholder_type_specifier": leaf("ident"),
    },
    kinds={
        **KINDS,
        "qualified_identifier": ("dot",),
        "template_declaration": (),
        "new_expression": ("new",),
        "lambda_expression": ("func",),
        "condition_clause": (),
        "for_range_loop": ("for",),
        "using_declaration": ("using",),
        "delete_expression": ("delete",),
    },
    names=types("type_identifier property_identifier field_identifier namespace_identifier"),
    relatives=("c",),
    statements=STATEMENTS
    | types("for_range_loop try_statement using namespace alias_declaration static_assert_declaration access"),
    contexts=(*CONTEXTS, "class __C__ { @@ };", "class __C__ { @@; };", "void __f__(void) { try { } @@ }"),
    ellipses=ELLIPSES,
    metavariable="__M{}__",
    declared=True,
    typed="T $X",
    reserved=RESERVED | types("new delete throw try catch using namespace template class"),
    rewrite=lambda text: declared(_DELETE.sub(r"\1 \2", text)),
    settled=frozenset({"constexpr"}),
    literals={"str": ("char*",), "num": ("int",), "char": ("char",)},
    methods_are_fields=True,
)
