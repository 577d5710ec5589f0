"""How Java's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, block, bracketed, elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.branching import case, switch, together
from ospec_guard.pattern.quirks.rewriting import ended
from ospec_guard.pattern.tree import Quirks, Tree


def _call(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    object_, name = field("object"), field("name")
    if object_ is None:
        function = tree.node(name)
    else:
        kids: list[Node | None] = [tree.node(object_), tree.name(name)]
        function = Node("dot", syntax.start_byte, name.end_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("call", syntax, (function, tree.node(field("arguments"))))


def _constructor_call(tree: Tree, syntax: Any) -> Node:
    """`super(…)` and `this(…)`."""
    name, arguments = syntax.child_by_field_name("constructor"), syntax.child_by_field_name("arguments")
    call = Node(
        "call", name.start_byte, arguments.end_byte, kids=[tree.node(name), tree.node(arguments)], syntax=syntax, tree=tree
    )
    return tree.make("exprstmt", syntax, (call,))


def _new(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    body = next((child for child in syntax.named_children if child.type == "class_body"), None)
    kids = [tree.node(field("type")), tree.node(field("arguments")), _anonymous(tree, body) if body is not None else None]
    return tree.make("new", syntax, kids)


def _anonymous(tree: Tree, body: Any) -> Node:
    kids = [tree.list("attrs", body.children[0], ()), None, tree.list("supers", body.children[0], ()), tree.node(body)]
    return tree.make("class", body, kids, "class")


def _declaration(tree: Tree, syntax: Any) -> Node:
    """Variables and fields: one node a declarator. Those of a loop's head are no statements."""
    attrs = tree.attrs(syntax)
    type_ = tree.node(syntax.child_by_field_name("type"))
    made = []
    declarators = syntax.children_by_field_name("declarator")
    kind = "param" if syntax.parent is not None and syntax.parent.type == "for_statement" else "var"
    whole = len(declarators) == 1 and syntax.type == "local_variable_declaration"
    for declarator in declarators:
        value = declarator.child_by_field_name("value")
        kids = [
            attrs,
            tree.node(declarator.child_by_field_name("name")),
            type_,
            tree.node(value) if value is not None else None,
        ]
        end = syntax.end_byte if whole else declarator.end_byte
        made.append(Node(kind, syntax.start_byte, end, kids=kids, syntax=syntax, tree=tree))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _resource(tree: Tree, syntax: Any) -> Node:
    if syntax.child_by_field_name("name") is None:
        return inner(tree, syntax)
    return _resource_variable(tree, syntax)


_resource_variable = form("var", "attrs", "name", "type", "value")


def _method(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    body, type_, params = field("body"), field("type"), field("parameters")
    attrs = [*tree.attrs(syntax).kids, *_thrown(tree, syntax)]
    kids = [
        tree.list("attrs", syntax.children[0], attrs),
        tree.name(field("name")),
        tree.node(params) if params is not None else None,
        tree.node(type_) if type_ is not None else None,
        tree.node(body) if body is not None else _nothing(tree, syntax),
    ]
    return tree.make("func", syntax, kids, "function")


def _nothing(tree: Tree, syntax: Any) -> Node:
    """A method of a class without a body is one that does nothing; those of interfaces have none."""
    is_declared = syntax.parent is not None and syntax.parent.type == "interface_body"
    kind = "nothing" if is_declared else "block"
    return Node(kind, syntax.end_byte - 1, syntax.end_byte, kids=[], syntax=syntax, tree=tree)


def _thrown(tree: Tree, syntax: Any) -> list[Node]:
    return [
        tree.make("throws", type_, (tree.node(type_),))
        for child in syntax.named_children
        if child.type == "throws"
        for type_ in child.named_children
        if not type_.is_extra
    ]


def _lambda(tree: Tree, syntax: Any) -> Node:
    start = syntax.children[0]
    params = tree.node(syntax.child_by_field_name("parameters"))
    if params.kind != "params":
        params = tree.list("params", start, [_inferred(tree, syntax.child_by_field_name("parameters"))])
    kids = [tree.list("attrs", start, ()), None, params, None, _lambda_body(tree, syntax)]
    return tree.make("func", syntax, kids, "lambda")


def _lambda_body(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    node = tree.node(body)
    if node.kind == "block":
        return node
    return Node("block", node.start, node.end, kids=[tree.statement(body)], syntax=syntax, tree=tree)


def _inferred(tree: Tree, syntax: Any) -> Node:
    return tree.make("param", syntax, (tree.list("attrs", syntax, ()), tree.node(syntax), None, None))


def _inferred_params(tree: Tree, syntax: Any) -> Node:
    return tree.make("params", syntax, [_inferred(tree, child) for child in syntax.named_children if not child.is_extra])


def _spread_param(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra and child.type != "modifiers"]
    name = named[-1].child_by_field_name("name")
    return tree.make("param", syntax, (tree.attrs(syntax), tree.node(name), tree.node(named[0]), None))


def _class(word: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        field = syntax.child_by_field_name
        supers = [one for child in syntax.named_children for one in _supers(tree, child)]
        kids = [
            tree.attrs(syntax),
            tree.name(field("name")),
            tree.list("supers", field("name"), supers),
            tree.node(field("body")),
        ]
        return tree.make("class", syntax, kids, word)

    return build


def _supers(tree: Tree, clause: Any) -> list[Node]:
    """The types of an `extends` or `implements`; what is implemented is marked so."""
    if clause.type == "superclass":
        return [inner(tree, clause)]
    if clause.type not in ("super_interfaces", "extends_interfaces"):
        return []
    made = [node for child in clause.named_children if child.type == "type_list" for node in tree.named(child)]
    if clause.type == "extends_interfaces":
        return made
    return [Node("implements", node.start, node.end, kids=[node], syntax=clause, tree=tree) for node in made]


def _enum_body(tree: Tree, syntax: Any) -> Node:
    parts: list[Any] = []
    for child in syntax.named_children:
        parts += child.named_children if child.type == "enum_body_declarations" else [child]
    return tree.make("block", syntax, [tree.statement(child) for child in parts if not child.is_extra])


def _modifiers(tree: Tree, syntax: Any) -> Node:
    """Annotations and keywords before a declaration; a single one is itself."""
    children = [child for child in syntax.children if not child.is_extra]
    if len(children) == 1:
        return tree.node(children[0])
    return tree.list("attrs", syntax, [tree.node(child) for child in children])


def _annotation(tree: Tree, syntax: Any) -> Node:
    name, arguments = syntax.child_by_field_name("name"), syntax.child_by_field_name("arguments")
    if arguments is None:
        return tree.make("attr", syntax, (tree.node(name),))
    kids: list[Node | None] = [tree.node(name), tree.node(arguments)]
    call = Node("call", name.start_byte, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("attr", syntax, (call,))


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if field("operator").type == "=":
        return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))
    return tree.lazy("augmented_assignment_expression", syntax, Tree.children)


def _import(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    path = named[0]
    if len(named) > 1:
        return tree.make("import", syntax, (tree.node(path), tree.make("ident", named[1], (), "*"), None))
    scope = path.child_by_field_name("scope")
    if scope is None:
        return tree.make("import", syntax, (tree.node(path), None, None))
    return tree.make("import", syntax, (tree.node(scope), tree.name(path.child_by_field_name("name")), None))


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    test, then, rest = inner(tree, field("condition")), tree.body(field("consequence")), tree.body(field("alternative"))
    return tree.make("if", syntax, (test, then, rest))


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (inner(tree, field("condition")), tree.statement(field("body"))))


def _for(tree: Tree, syntax: Any) -> Node:
    """Both kinds of loops: what stands in the brackets, and the body."""
    body = syntax.child_by_field_name("body")
    opened = next(child for child in syntax.children if child.type == "(")
    closed = next(child for child in reversed(syntax.children) if child.type == ")")
    inside = [child for child in syntax.children if opened.end_byte <= child.start_byte and child.end_byte <= closed.start_byte]
    kids: list[Node | None]
    if syntax.type == "enhanced_for_statement":
        kids = [_loop_variable(tree, syntax), tree.node(syntax.child_by_field_name("value"))]
    else:
        kids = [tree.node(child) for child in inside if child.is_named and not child.is_extra]
    header = Node(syntax.type, opened.end_byte, closed.start_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("for", syntax, (header, tree.statement(body)))


def _loop_variable(tree: Tree, syntax: Any) -> Node:
    type_, name = syntax.child_by_field_name("type"), syntax.child_by_field_name("name")
    kids = [tree.attrs(syntax), tree.node(name), tree.node(type_), None]
    return Node("param", type_.start_byte, name.end_byte, kids=kids, syntax=syntax, tree=tree)


def _try(tree: Tree, syntax: Any) -> Node:
    resources = syntax.child_by_field_name("resources")
    catches = [child for child in syntax.named_children if child.type == "catch_clause"]
    last = next((child for child in syntax.named_children if child.type == "finally_clause"), None)
    kids = [
        tree.node(resources) if resources is not None else None,
        tree.node(syntax.child_by_field_name("body")),
        tree.list("handlers", syntax, [tree.node(child) for child in catches]),
        inner(tree, last) if last is not None else None,
    ]
    return tree.make("try", syntax, kids)


def _string(tree: Tree, syntax: Any) -> Node:
    return _text(tree, syntax)


_text = quoted("string_fragment multiline_string_fragment escape_sequence", "string_interpolation")


def _group(tree: Tree, syntax: Any) -> Node:
    """The labels of a `case`, and the statements under them."""
    named = [child for child in syntax.named_children if not child.is_extra]
    labels = [one for child in named if child.type == "switch_label" for one in together(tree, tree.named(child))]
    statements = [tree.statement(child) for child in named if child.type != "switch_label"]
    if len(statements) == 1 and statements[0].kind == "block":
        return case(tree, syntax, labels, statements[0])
    return case(tree, syntax, labels, tree.list("block", syntax, _flat(statements)))


def _switch(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    return switch(tree, syntax, inner(tree, syntax.child_by_field_name("condition")), lambda t, _: [*t.named(body)])


def _flat(nodes: list[Node]) -> list[Node | None]:
    return [kid for node in nodes for kid in (node.kids if node.kind == "several" else [node])]


def _trimmed(rule: Any) -> Any:
    """Without the semicolon at the end."""

    def build(tree: Tree, syntax: Any) -> Node:
        node: Node = rule(tree, syntax)
        if syntax.children and syntax.children[-1].type == ";":
            node.end = syntax.children[-2].end_byte
        return node

    return build


_FORMS = types(
    """labeled_statement assert_statement do_statement break_statement continue_statement
    yield_statement synchronized_statement package_declaration static_initializer module_declaration
    annotation_type_element_declaration compact_constructor_declaration enum_constant"""
)
"""Statements and members that the vocabulary lacks."""


_HEAD = re.compile(
    r"(?:\A|[\w$>\]]\s+)(?!(?:if|while|for|switch|catch|synchronized|try)\b)[\w$]+\s*"
    r"\((?P<params>[^(){}]*)\)(?=\s*(?:throws\b[^{};]*)?\{)"
)
"""The head of a method, with its parameters."""
_LONE = re.compile(r"(?P<before>\A|,)(?P<space>\s*)(?P<name>\$[A-Z_][A-Z0-9_]*)(?=\s*(?:,|\Z))")


def _rewritten(text: str) -> str:
    """Parameters that are a metavariable without a type are of any type."""

    def typed(head: re.Match[str]) -> str:
        params = _LONE.sub(r"\g<before>\g<space>$_ \g<name>", head["params"])
        start, end = head.span("params")
        return head[0][: start - head.start()] + params + head[0][end - head.start() :]

    return ended(_HEAD.sub(typed, text))


QUIRKS = Quirks(
    rules={
        "modifiers": _modifiers,
        "program": block,
        "block": block,
        "constructor_body": block,
        "class_body": block,
        "resource_specification": block,
        "interface_body": block,
        "annotation_type_body": block,
        "enum_body": _enum_body,
        "method_invocation": _call,
        "argument_list": elements("args"),
        "annotation_argument_list": elements("args"),
        "element_value_pair": form("kwarg", "key!ident", "value"),
        "explicit_constructor_invocation": _constructor_call,
        "object_creation_expression": _new,
        "field_access": form("dot", "object", "field!ident"),
        "scoped_identifier": form("dot", "scope", "name!ident"),
        "scoped_type_identifier": form("dot", "#0", "#-1"),
        "array_access": form("index", "array", "index"),
        "assignment_expression": _assignment,
        "local_variable_declaration": _declaration,
        "field_declaration": _declaration,
        "constant_declaration": _declaration,
        "resource": _resource,
        "binary_expression": binary(),
        "ternary_expression": form("cond", "condition", "consequence", "alternative"),
        "cast_expression": form("cast", "type", "value"),
        "parenthesized_expression": bracketed,
        "expression_statement": form("exprstmt", "#0"),
        "string_literal": _string,
        "decimal_integer_literal": leaf("num"),
        "hex_integer_literal": leaf("num"),
        "octal_integer_literal": leaf("num"),
        "binary_integer_literal": leaf("num"),
        "decimal_floating_point_literal": leaf("num"),
        "hex_floating_point_literal": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "null_literal": leaf("const"),
        "array_initializer": elements("array"),
        "element_value_array_initializer": elements("array"),
        "generic_type": form("generic", "#0", "#1"),
        "integral_type": leaf("ident"),
        "floating_point_type": leaf("ident"),
        "boolean_type": leaf("ident"),
        "void_type": leaf("ident"),
        "method_declaration": _method,
        "constructor_declaration": _method,
        "lambda_expression": _lambda,
        "inferred_parameters": _inferred_params,
        "formal_parameters": elements("params"),
        "formal_parameter": form("param", "attrs", "name", "type", "value"),
        "spread_parameter": _spread_param,
        "switch_expression": _switch,
        "switch_block_statement_group": _group,
        "switch_rule": _group,
        "class_declaration": _class("class"),
        "enum_declaration": _class("class"),
        "record_declaration": _class("record"),
        "interface_declaration": _class("interface"),
        "annotation_type_declaration": _class("interface"),
        "annotation": _annotation,
        "marker_annotation": _annotation,
        "import_declaration": _trimmed(_import),
        "if_statement": _if,
        "while_statement": _while,
        "for_statement": _for,
        "enhanced_for_statement": _for,
        "try_statement": _try,
        "try_with_resources_statement": _try,
        "return_statement": _trimmed(form("return", "#0")),
        "throw_statement": _trimmed(form("throw", "#0")),
    },
    kinds={
        "modifiers": ("attrs",),
        "program": ("block",),
        "block": ("block",),
        "constructor_body": ("block",),
        "class_body": ("block",),
        "resource_specification": ("block",),
        "interface_body": ("block",),
        "annotation_type_body": ("block",),
        "enum_body": ("block",),
        "method_invocation": ("call", "dot"),
        "argument_list": ("args",),
        "annotation_argument_list": ("args",),
        "explicit_constructor_invocation": ("exprstmt", "call"),
        "object_creation_expression": ("new",),
        "assignment_expression": ("assign", "augmented_assignment_expression"),
        "local_variable_declaration": ("var", "param"),
        "field_declaration": ("var",),
        "constant_declaration": ("var",),
        "resource": ("var",),
        "binary_expression": ("binop",),
        "string_literal": ("str",),
        "decimal_integer_literal": ("num",),
        "hex_integer_literal": ("num",),
        "octal_integer_literal": ("num",),
        "binary_integer_literal": ("num",),
        "decimal_floating_point_literal": ("num",),
        "hex_floating_point_literal": ("num",),
        "true": ("const",),
        "false": ("const",),
        "null_literal": ("const",),
        "array_initializer": ("array",),
        "element_value_array_initializer": ("array",),
        "integral_type": ("ident",),
        "floating_point_type": ("ident",),
        "boolean_type": ("ident",),
        "void_type": ("ident",),
        "method_declaration": ("func",),
        "constructor_declaration": ("func",),
        "lambda_expression": ("func", "block"),
        "inferred_parameters": ("params",),
        "formal_parameters": ("params",),
        "spread_parameter": ("param",),
        "switch_expression": ("switch",),
        "switch_block_statement_group": ("case", "block"),
        "switch_rule": ("case", "block"),
        "class_declaration": ("class",),
        "enum_declaration": ("class",),
        "record_declaration": ("class",),
        "interface_declaration": ("class",),
        "annotation_type_declaration": ("class",),
        "annotation": ("attr", "call"),
        "marker_annotation": ("attr",),
        "import_declaration": ("import",),
        "return_statement": ("return",),
        "throw_statement": ("throw",),
        "if_statement": ("if",),
        "while_statement": ("while",),
        "for_statement": ("for",),
        "enhanced_for_statement": ("for", "param"),
        "try_statement": ("try",),
        "try_with_resources_statement": ("try",),
    },
    statements=_FORMS,
    modifiers=types("modifiers"),
    reserved=types("new for while if do try catch finally switch return throw else case synchronized assert break continue"),
    contexts=(
        "@@",
        "@@;",
        "class __C__ { @@ }",
        "class __C__ { @@; }",
        "@@ class __C__ { }",
        "class __C__ { void __m__() { @@ } }",
        "class __C__ { void __m__() { @@; } }",
        "@@ {}",
        "class __C__ { @@ {} }",
        "__x__ = @@.class;",
        "try { } @@",
        "@@ finally { }",
    ),
    ellipses=("$", "$ $", "$;", "$ $;", "$ = $", "$ $ : $"),
    metavariable="__M{}__",
    typed="T $X",
    declared=True,
    settled=frozenset({"private", "final"}),
    sealed=frozenset({"new"}),
    rewrite=_rewritten,
    methods_are_fields=True,
)
