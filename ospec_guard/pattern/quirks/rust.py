"""How Rust's grammar maps to the vocabulary of `tree`.

Paths are members (`a::b`), a macro is `macro` with its name and its arguments, as far as commas tell them apart. Whether
something is `pub` counts for nothing.
"""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, block, bracketed, elements, form, inner, leaf, quoted, semicolon
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.branching import branches, case, guarded, switch
from ospec_guard.pattern.tree import Quirks, Tree


def _statement(tree: Tree, syntax: Any) -> Node:
    node = tree.node(syntax.named_children[0])
    return node if tree.is_statement(node) else tree.make("exprstmt", syntax, (node,))


def _nothing(tree: Tree, syntax: Any) -> Node:
    """An attribute is part of what it stands before."""
    return tree.make("several", syntax, ())


def _attribute(tree: Tree, syntax: Any) -> Node:
    """`a`, `a(b)`; `a = b` is neither name nor call."""
    arguments = syntax.child_by_field_name("arguments")
    name = syntax.named_children[0]
    if arguments is not None:
        return tree.make("call", syntax, (tree.node(name), tree.node(arguments)))
    return tree.node(name) if syntax.named_child_count == 1 else tree.plain(syntax)


def _attributes(tree: Tree, syntax: Any) -> list[Node]:
    """The attributes in front of an item, in order."""
    found: list[Node] = []
    before = syntax.prev_named_sibling
    while before is not None and (before.type == "attribute_item" or before.is_extra):
        if not before.is_extra:
            content = tree.node(before.named_children[0])
            found.insert(0, Node("attr", before.start_byte, before.end_byte, kids=[content], syntax=before, tree=tree))
        before = before.prev_named_sibling
    return found


def _item(tree: Tree, syntax: Any, kind: str, kids: list[Node | None], text: str = "") -> Node:
    """A definition, on the top level from its first attribute on."""
    attributes = _attributes(tree, syntax)
    words = [child for child in syntax.children if child.type in ("function_modifiers", "mutable_specifier")]
    attrs = tree.list("attrs", syntax, [*attributes, *[tree.node(word) for word in words]])
    whole = attributes and syntax.parent is not None and syntax.parent.type == "source_file"
    start = attributes[0].start if whole else syntax.start_byte
    return Node(kind, start, syntax.end_byte, text=text, kids=[attrs, *kids], syntax=syntax, tree=tree)


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    returns = field("return_type")
    kids = [
        tree.name(field("name")),
        tree.node(field("parameters")),
        tree.node(returns) if returns is not None else None,
        tree.body(field("body")) or semicolon(tree, syntax),
    ]
    return _item(tree, syntax, "func", kids, "function")


def _closure(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    returns = field("return_type")
    kids = [
        tree.list("attrs", syntax.children[0], ()),
        None,
        tree.node(field("parameters")),
        tree.node(returns) if returns is not None else None,
        tree.body(field("body")),
    ]
    return tree.make("func", syntax, kids, "lambda")


def _params(tree: Tree, syntax: Any) -> Node:
    found: list[Node | None] = []
    for child in syntax.children:
        if child.is_extra or child.type == "attribute_item" or not (child.is_named or child.type == "_"):
            continue
        target, type_ = child.child_by_field_name("pattern"), child.child_by_field_name("type")
        attrs = tree.list("attrs", child, [tree.node(each) for each in child.children if each.type == "mutable_specifier"])
        kids = (
            attrs,
            tree.node(target if target is not None else child),
            tree.node(type_) if type_ is not None else None,
            None,
        )
        found.append(tree.make("param", child, kids))
    return tree.list("params", syntax, found)


def _type(tree: Tree, syntax: Any) -> Node:
    """A struct, an enum, a trait, an implementation, a module: classes."""
    field = syntax.child_by_field_name
    name, body, above = field("name") or field("type"), field("body"), field("trait")
    supers = tree.list("supers", name, [tree.node(above)] if above is not None else ())
    inside = tree.lazy("block", body, _members) if body is not None else None
    return _item(tree, syntax, "class", [tree.name(name), supers, inside], syntax.type.removesuffix("_item"))


def _members(tree: Tree, syntax: Any) -> list[Node | None]:
    return [tree.statement(child) for child in syntax.named_children if not child.is_extra and child.type != "attribute_item"]


def _field(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return _item(tree, syntax, "var", [tree.name(field("name")), tree.node(field("type")), None])


def _variable(tree: Tree, syntax: Any) -> Node:
    """`let`, `const` and `static`."""
    field = syntax.child_by_field_name
    word = tree.make("tok", syntax.children[0], (), syntax.type.partition("_")[0])
    mutable = [tree.node(child) for child in syntax.children if child.type == "mutable_specifier"]
    target, type_, value = field("pattern") or field("name"), field("type"), field("value")
    kids = (
        tree.list("attrs", syntax.children[0], [word, *mutable]),
        tree.node(target),
        tree.node(type_) if type_ is not None else None,
        tree.node(value) if value is not None else None,
    )
    return tree.make("var", syntax, kids)


def _associated(tree: Tree, syntax: Any) -> Node:
    """`type A;` in a trait: its name."""
    return tree.name(syntax.child_by_field_name("name"))


def _macro(tree: Tree, syntax: Any) -> Node:
    name = syntax.child_by_field_name("macro")
    given = next((child for child in syntax.named_children if child.type == "token_tree"), None)
    args = _tokens(tree, given) if given is not None else tree.list("args", syntax, ())
    return tree.make("macro", syntax, (tree.node(name), args))


def _tokens(tree: Tree, syntax: Any) -> Node:
    """The tokens of a macro between commas: one by itself, more as `tokens`."""
    groups: list[list[Any]] = [[]]
    for child in syntax.children[1:-1]:
        if child.type == ",":
            groups.append([])
        elif not child.is_extra:
            groups[-1].append(child)
    return tree.make("args", syntax, [_group(tree, group) for group in groups if group])


def _group(tree: Tree, tokens: list[Any]) -> Node:
    nodes: list[Node | None] = [tree.node(token) for token in tokens]
    if len(nodes) == 1 and nodes[0] is not None:
        return nodes[0]
    return Node("tokens", tokens[0].start_byte, tokens[-1].end_byte, kids=nodes, syntax=tokens[0].parent, tree=tree)


def _struct(tree: Tree, syntax: Any) -> Node:
    """`S { a: 1, b }`: fields by name."""
    field = syntax.child_by_field_name
    return tree.make("new", syntax, (tree.node(field("name")), tree.lazy("args", field("body"), _fields), None))


def _fields(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        name, value = child.child_by_field_name("field"), child.child_by_field_name("value")
        if child.type == "shorthand_field_initializer":
            name = value = child.named_children[-1]
        found.append(tree.make("kwarg", child, (tree.name(name), tree.node(value))) if name is not None else tree.node(child))
    return found


def _scoped(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    path, name = field("path"), field("name")
    return tree.make("dot", syntax, (tree.node(path), tree.name(name))) if path is not None else tree.node(name)


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    other = field("alternative")
    rest = tree.body(other.named_children[-1]) if other is not None else None
    kids = (tree.node(field("condition")), tree.body(field("consequence")), rest)
    return tree.make("if", syntax, kids, _binding(syntax))


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (tree.node(field("condition")), tree.body(field("body"))), _binding(syntax))


def _binding(syntax: Any) -> str:
    """Conditions that bind (`if let`) are no expressions."""
    return "let" if syntax.child_by_field_name("condition").type in ("let_condition", "let_chain") else ""


def _generic(tree: Tree, syntax: Any) -> Node:
    """`a.b::<T>` is `a.b`; `A::b::<T>` is not `A::b`."""
    field = syntax.child_by_field_name
    kind = "generic" if field("function").type == "field_expression" else "generic_path"
    return tree.make(kind, syntax, (tree.node(field("function")), tree.node(field("type_arguments"))))


def _generic_type(tree: Tree, syntax: Any) -> Node:
    """A type with arguments: what it is called, wherever it is from (`io::Result<T>` is `Result<T>`)."""
    named = syntax.child_by_field_name("type")
    name = named.child_by_field_name("name") if named.type == "scoped_type_identifier" else None
    kids = (tree.node(name if name is not None else named), tree.node(syntax.child_by_field_name("type_arguments")))
    return tree.make("generic_type", syntax, kids)


def _reference(tree: Tree, syntax: Any) -> Node:
    """`&a` and `&mut a`."""
    return tree.make("unary", syntax, (tree.node(syntax.child_by_field_name("value")),), "&")


def _unary(tree: Tree, syntax: Any) -> Node:
    return tree.make("unary", syntax, (tree.node(syntax.named_children[-1]),), tree.text(syntax.children[0]))


def _postfix(text: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        return tree.make("unary", syntax, (tree.node(syntax.named_children[0]),), text)

    return build


def _augmented(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (tree.node(field("left")), tree.node(field("right")))
    return tree.make("augmented_assignment", syntax, kids, tree.text(field("operator")))


def _arm(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    pattern = field("pattern")
    guard = pattern.child_by_field_name("condition")
    label = inner(tree, pattern) if pattern.type == "match_pattern" else tree.node(pattern)
    body = tree.body(field("value")) or tree.list("block", syntax, ())
    return case(tree, syntax, [guarded(tree, label, tree.node(guard) if guard is not None else None)], body)


def _match(tree: Tree, syntax: Any) -> Node:
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("value")), branches("match_arm"))


def _use(tree: Tree, syntax: Any) -> Node:
    made = _imports(tree, syntax, syntax.child_by_field_name("argument"), None)
    return made[0] if len(made) == 1 and made[0] is not None else tree.make("several", syntax, made)


def _imports(tree: Tree, whole: Any, what: Any, prefix: Node | None) -> list[Node | None]:
    """The imports of `a::{b, c::d as e, self}`, each with the whole path, from the start of the declaration on."""

    def made(*kids: Node | None) -> list[Node | None]:
        return [Node("import", whole.start_byte, end, kids=list(kids), syntax=what, tree=tree)]

    end = what.end_byte
    field = what.child_by_field_name
    if what.type in ("scoped_use_list", "use_list"):
        path = field("path") if what.type == "scoped_use_list" else None
        inside = _joined(tree, prefix, path) if path is not None else prefix
        listed = field("list") if what.type == "scoped_use_list" else what
        return [one for child in listed.named_children if not child.is_extra for one in _imports(tree, whole, child, inside)]
    alias = None
    if what.type == "use_as_clause":
        alias, what = tree.name(field("alias")), field("path")
    elif what.type == "use_wildcard":
        path = _joined(tree, prefix, what.named_children[0]) if what.named_children else prefix
        return made(path, tree.make("ident", what, (), "*"), None)
    path = prefix if what.type == "self" else _joined(tree, prefix, what)
    if path is None or path.kind != "dot":
        return made(path, None, alias)
    return made(path.kids[0], path.kids[1], alias)


def _joined(tree: Tree, prefix: Node | None, syntax: Any) -> Node:
    """A path below a prefix."""
    node = tree.node(syntax)
    if prefix is None:
        return node
    if node.kind == "dot" and node.kids[0] is not None and node.kids[0].syntax is not None:
        return tree.make("dot", syntax, (_joined(tree, prefix, node.kids[0].syntax), node.kids[1]))
    return tree.make("dot", syntax, (prefix, tree.name(syntax)))


QUIRKS = Quirks(
    rules={
        "source_file": block,
        "block": block,
        "declaration_list": block,
        "expression_statement": _statement,
        "attribute": _attribute,
        "attribute_item": _nothing,
        "inner_attribute_item": _nothing,
        "function_item": _function,
        "function_signature_item": _function,
        "closure_expression": _closure,
        "parameters": _params,
        "closure_parameters": _params,
        "struct_item": _type,
        "enum_item": _type,
        "union_item": _type,
        "trait_item": _type,
        "impl_item": _type,
        "mod_item": _type,
        "field_declaration": _field,
        "let_declaration": _variable,
        "const_item": _variable,
        "static_item": _variable,
        "associated_type": _associated,
        "macro_invocation": _macro,
        "token_tree": _tokens,
        "call_expression": form("call", "function", "arguments"),
        "generic_function": _generic,
        "generic_type": _generic_type,
        "arguments": elements("args"),
        "field_expression": form("dot", "value", "field!ident"),
        "scoped_identifier": _scoped,
        "scoped_type_identifier": _scoped,
        "index_expression": form("index", "#0", "#1"),
        "assignment_expression": form("assign", "left", "right"),
        "compound_assignment_expr": _augmented,
        "binary_expression": binary(),
        "unary_expression": _unary,
        "reference_expression": _reference,
        "try_expression": _postfix("?"),
        "await_expression": _postfix("await"),
        "parenthesized_expression": bracketed,
        "struct_expression": _struct,
        "array_expression": elements("array"),
        "tuple_expression": elements("tuple"),
        "tuple_pattern": elements("tuple"),
        "if_expression": _if,
        "while_expression": _while,
        "return_expression": form("return", "#0"),
        "match_expression": _match,
        "match_arm": _arm,
        "use_declaration": _use,
        "string_literal": quoted("string_content escape_sequence"),
        "raw_string_literal": quoted("string_content"),
        "char_literal": leaf("num"),
        "integer_literal": leaf("num"),
        "float_literal": leaf("num"),
        "boolean_literal": leaf("const"),
    },
    kinds={
        "source_file": ("block",),
        "block": ("block",),
        "declaration_list": ("block",),
        "expression_statement": ("exprstmt",),
        "attribute": ("call", "attribute"),
        "attribute_item": ("several",),
        "inner_attribute_item": ("several",),
        "function_item": ("func",),
        "function_signature_item": ("func",),
        "closure_expression": ("func",),
        "parameters": ("params", "param"),
        "closure_parameters": ("params", "param"),
        "struct_item": ("class",),
        "enum_item": ("class",),
        "union_item": ("class",),
        "trait_item": ("class",),
        "impl_item": ("class",),
        "mod_item": ("class",),
        "field_declaration": ("var",),
        "let_declaration": ("var",),
        "const_item": ("var",),
        "static_item": ("var",),
        "associated_type": ("ident",),
        "macro_invocation": ("macro",),
        "token_tree": ("args",),
        "generic_function": ("generic", "generic_path"),
        "generic_type": ("generic_type",),
        "arguments": ("args",),
        "scoped_identifier": ("dot", "id"),
        "scoped_type_identifier": ("dot", "id"),
        "compound_assignment_expr": ("augmented_assignment",),
        "binary_expression": ("binop",),
        "unary_expression": ("unary",),
        "reference_expression": ("unary",),
        "try_expression": ("unary",),
        "await_expression": ("unary",),
        "struct_expression": ("new",),
        "array_expression": ("array",),
        "tuple_expression": ("tuple",),
        "tuple_pattern": ("tuple",),
        "if_expression": ("if",),
        "while_expression": ("while",),
        "match_expression": ("switch",),
        "match_arm": ("case", "block"),
        "use_declaration": ("import", "several"),
        "string_literal": ("str",),
        "raw_string_literal": ("str",),
        "char_literal": ("num",),
        "integer_literal": ("num",),
        "float_literal": ("num",),
        "boolean_literal": ("const",),
    },
    detached=frozenset({"func", "class", "var"}),
    identifiers=types("identifier self super crate metavariable _"),
    statements=types(
        """for_expression loop_expression case unsafe_block async_block break_expression continue_expression
        macro_definition type_item extern_crate_declaration foreign_mod_item empty_statement augmented_assignment"""
    ),
    dropped=types("visibility_modifier"),
    contexts=(
        "@@",
        "@@;",
        "fn __f__() { @@ }",
        "fn __f__() { @@; }",
        "impl __T__ { @@ }",
        "match __x__ { @@ }",
        "struct __S__ { @@ }",
    ),
    ellipses=("$", "$: $", "$;", "$ => $,", "type $;"),
    results=types("function_item closure_expression"),
    voids=types("async_block loop_expression"),
    metavariable="__M{}__",
)
