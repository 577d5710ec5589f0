"""How Go's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, bracketed, elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.branching import branches, case, switch
from ospec_guard.pattern.tree import Quirks, Tree


def _statements(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        if child.type == "statement_list":
            found += _statements(tree, child)
            continue
        node = tree.statement(child)
        found += node.kids if node.kind == "several" else [node]
    return found


def _block(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("block", syntax, _statements)


def _listed(tree: Tree, syntax: Any) -> Node:
    """The statements of a branch; those of a block are the block's."""
    nested = syntax.parent is not None and syntax.parent.type == "block"
    return tree.plain(syntax) if nested else tree.lazy("block", syntax, _statements)


def _one_or_tuple(tree: Tree, syntax: Any | None) -> Node | None:
    """A list of expressions; the expression where it is the only one."""
    if syntax is None:
        return None
    if syntax.type not in ("expression_list", "parameter_list"):
        return tree.node(syntax)
    nodes = [_bare(node) for node in tree.node(syntax).kids] if syntax.type == "parameter_list" else [*tree.named(syntax)]
    return nodes[0] if len(nodes) == 1 else tree.make("tuple", syntax, nodes)


def _bare(node: Node | None) -> Node | None:
    """The type of a result that has no name."""
    return node.kids[2] if node is not None and node.kind == "param" and node.kids[1] is None else node


def _list(tree: Tree, syntax: Any) -> Node:
    return _one_or_tuple(tree, syntax) or tree.plain(syntax)


def _words(tree: Tree, syntax: Any, *words: str) -> Node:
    """The attributes of a declaration: how it is written (a pattern with `var` is one for constants too)."""
    at = syntax.start_byte
    tokens: list[Node | None] = [Node("tok", at, at + 1, text=word, kids=[], syntax=syntax, tree=tree) for word in words]
    return Node("attrs", at, syntax.end_byte, kids=tokens, syntax=syntax, tree=tree)


def _short(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    target, value = _one_or_tuple(tree, field("left")), _one_or_tuple(tree, field("right"))
    return tree.make("var", syntax, (_words(tree, syntax, ":="), target, None, value))


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = [_one_or_tuple(tree, field("left")), _one_or_tuple(tree, field("right"))]
    sign = tree.text(field("operator"))
    if sign == "=":
        return tree.make("assign", syntax, kids)
    return tree.make("augmented_assignment", syntax, kids, sign)


def _declaration(tree: Tree, syntax: Any) -> Node:
    """`var a = 1`, `const ( a = 1; b = 2 )`: a declaration each."""
    words = ("var", "const") if syntax.type == "const_declaration" else ("var",)
    made = [node for child in _specs(syntax) for node in _declared(tree, child, words)]
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _specs(syntax: Any) -> list[Any]:
    found = []
    for child in syntax.named_children:
        if child.type in ("var_spec_list", "import_spec_list"):
            found += _specs(child)
        elif not child.is_extra:
            found.append(child)
    return found


def _declared(tree: Tree, spec: Any, words: tuple[str, ...]) -> list[Node]:
    """The declarations of `a, b = 1, 2`; the one of `a, b = f()`."""
    names = [child for child in spec.children_by_field_name("name") if child.is_named]
    type_, values = spec.child_by_field_name("type"), spec.child_by_field_name("value")
    kind = tree.node(type_) if type_ is not None else None
    value = _one_or_tuple(tree, values)
    if len(names) == 1:
        return [tree.make("var", spec, (_words(tree, spec, *words), tree.node(names[0]), kind, value))]
    parts = value.kids if value is not None and value.kind == "tuple" else []
    if value is None or len(parts) == len(names):
        each = zip(names, parts or [None] * len(names), strict=True)
        return [tree.make("var", name, (_words(tree, spec, *words), tree.node(name), kind, part)) for name, part in each]
    # Not a tuple: patterns that assign to several targets do not mean declarations.
    target = tree.list("names", spec, [tree.node(name) for name in names])
    return [tree.make("var", spec, (_words(tree, spec, *words), target, kind, value))]


def _imports(tree: Tree, syntax: Any) -> Node:
    made: list[Node | None] = []
    for spec in _specs(syntax):
        path, name = spec.child_by_field_name("path"), spec.child_by_field_name("name")
        kids = [tree.node(path), None, tree.name(name) if name is not None else None]
        made.append(Node("import", syntax.start_byte, spec.end_byte, kids=kids, syntax=spec, tree=tree))
    return made[0] if len(made) == 1 and made[0] is not None else tree.make("several", syntax, made)


def _types(tree: Tree, syntax: Any) -> Node:
    made: list[Node | None] = [tree.node(child) for child in _specs(syntax)]
    return made[0] if len(made) == 1 and made[0] is not None else tree.make("several", syntax, made)


def _type(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, what = field("name"), field("type")
    none = tree.list("attrs", name, ())
    if what is not None and what.type in ("struct_type", "interface_type"):
        holder = what if what.type == "interface_type" else what.named_children[0]
        body = tree.lazy("block", holder, _members)
        kind = "class" if what.type == "struct_type" else "interface"
        return tree.make("class", syntax, (none, tree.name(name), tree.list("supers", name, ()), body), kind)
    return tree.make("type_spec", syntax, (tree.name(name), tree.node(what) if what is not None else None))


def _members(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        if child.type != "field_declaration":
            found.append(tree.node(child))
            continue
        type_, tag = child.child_by_field_name("type"), child.child_by_field_name("tag")
        names = child.children_by_field_name("name")
        attrs = tree.list("attrs", child, [tree.node(tag)] if tag is not None else [])
        for name in names or [type_]:
            kids = (attrs, tree.name(name), tree.node(type_), None)
            found.append(Node("var", name.start_byte, child.end_byte, kids=list(kids), syntax=child, tree=tree))
    return found


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, receiver = field("name"), field("receiver")
    attrs = tree.node(receiver).kids if receiver is not None else []
    kids = [
        tree.list("attrs", syntax.children[0], attrs),
        tree.name(name) if name is not None else None,
        tree.node(field("parameters")),
        _one_or_tuple(tree, field("result")),
        tree.body(field("body")),
    ]
    return tree.make("func", syntax, kids, "function" if name is not None else "lambda")


def _params(tree: Tree, syntax: Any) -> Node:
    """Parameters; `a, b string` are two, of which the first ends with its name."""
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        type_ = child.child_by_field_name("type")
        if type_ is None:
            found.append(tree.node(child))
            continue
        names = [name for name in child.children_by_field_name("name") if name.is_named]
        kind = tree.node(type_)
        if child.type == "variadic_parameter_declaration":
            kind = tree.make("variadic", type_, (kind,))
        for at, name in enumerate(names or [None]):
            start = name.start_byte if name is not None else child.start_byte
            end = child.end_byte if name is None or at == len(names) - 1 else name.end_byte
            kids = [tree.list("attrs", child, ()), tree.node(name) if name is not None else None, kind, None]
            found.append(Node("param", start, end, kids=kids, syntax=child, tree=tree))
    return tree.list("params", syntax, found)


def _literal(tree: Tree, syntax: Any) -> Node:
    """`T{a: 1}`: something new, its fields by name or in order."""
    field = syntax.child_by_field_name
    return tree.make(
        "new", syntax, (tree.node(field("type")), tree.lazy("args", field("body"), lambda t, s: [*t.named(s)]), None)
    )


def _if(tree: Tree, syntax: Any) -> Node:
    """`if a := b; c {}`: a statement, then an `if`."""
    field = syntax.child_by_field_name
    other = field("alternative")
    kids = [tree.node(field("condition")), tree.body(field("consequence")), _else(tree, other) if other is not None else None]
    return _after(tree, syntax, tree.make("if", syntax, kids))


def _else(tree: Tree, syntax: Any) -> Node:
    node = tree.node(syntax)
    if node.kind == "block":
        return node
    kids: list[Node | None] = node.kids if node.kind == "several" else [node]
    return Node("block", node.start, node.end, kids=kids, syntax=syntax, tree=tree)


def _after(tree: Tree, syntax: Any, node: Node) -> Node:
    first = syntax.child_by_field_name("initializer")
    return node if first is None else tree.make("several", syntax, (tree.statement(first), node))


def _switch(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    value, alias = field("value"), field("alias")
    looked_at = tree.node(value) if value is not None else None
    if syntax.type == "type_switch_statement":
        looked_at = tree.make("type_of", value, (_one_or_tuple(tree, alias), looked_at))
    return _after(tree, syntax, switch(tree, syntax, looked_at, _branches))


_branches = branches("expression_case", "type_case", "communication_case", "default_case")


def _received(tree: Tree, syntax: Any) -> Node:
    """`v := <-c` in a `select`; what is received alone is an expression."""
    field = syntax.child_by_field_name
    if field("left") is None:
        return tree.node(field("right"))
    is_new = any(child.type == ":=" for child in syntax.children)
    return (
        _short(tree, syntax)
        if is_new
        else tree.make("assign", syntax, (_one_or_tuple(tree, field("left")), tree.node(field("right"))))
    )


def _case(tree: Tree, syntax: Any) -> Node:
    """A branch: what it is for, then its statements as a block."""
    heads: list[Node] = []
    body = None
    for child in syntax.children:
        if child.type == "statement_list":
            body = tree.node(child)
        elif not child.is_extra and child.is_named:
            heads += tree.named(child) if child.type == "expression_list" else [tree.node(child)]
    return case(tree, syntax, heads, body or Node("block", syntax.end_byte, syntax.end_byte, kids=[], tree=tree))


def _index(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("index", syntax, (tree.node(field("operand")), tree.node(field("index"))))


def _call(tree: Tree, syntax: Any) -> Node:
    """A call; `make(T, n)` is something new, `new(T)` its address."""
    field = syntax.child_by_field_name
    function, arguments = field("function"), field("arguments")
    given = [child for child in arguments.named_children if not child.is_extra]
    word = tree.text(function) if function.type == "identifier" else ""
    if word not in ("make", "new") or not given:
        return tree.make("call", syntax, (tree.node(function), tree.node(arguments)))
    rest = given if given[0].text.startswith(b"__MD") else given[1:]
    made = tree.make("new", syntax, (tree.node(given[0]), tree.list("args", arguments, [tree.node(one) for one in rest]), None))
    return made if word == "make" else tree.make("unary", syntax, (made,), "&")


def _array_type(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    length = field("length")
    size = tree.node(length) if length is not None else tree.make("tok", syntax, (), "...")
    return tree.make("array_type", syntax, (size, tree.node(field("element"))))


def _keyed(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    key, value = tree.node(field("key")), tree.node(field("value"))
    if key.kind != "id":
        return tree.make("pair", syntax, (key, value))
    label = Node("ident", key.start, key.end, text=key.text, kids=[], syntax=key.syntax, tree=tree)
    return tree.make("kwarg", syntax, (label, value))


def _labeled(tree: Tree, syntax: Any) -> Node:
    """A label; before an expression it is what a pattern for a field looks like (`Director: $F`)."""
    node = tree.plain(syntax)
    last = node.kids[-1]
    if last is None or last.kind != "exprstmt":
        return node
    return tree.make("kwarg", syntax, (tree.name(syntax.child_by_field_name("label")), last.kids[0]))


def _conversion(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    args = tree.list("args", field("operand"), [tree.node(field("operand"))])
    return tree.make("call", syntax, (tree.node(field("type")), args))


def _unary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("unary", syntax, (tree.node(field("operand")),), tree.text(field("operator")))


def _return(tree: Tree, syntax: Any) -> Node:
    values = [child for child in syntax.named_children if not child.is_extra]
    return tree.make("return", syntax, (_one_or_tuple(tree, values[0]) if values else None,))


_LISTED = re.compile(r"(import\s*\((?:[^()]*?\n)?)\s*\.\.\.[ \t]*(?=\n|\))")


def _rewritten(text: str) -> str:
    """Among imports in brackets, others are always fine."""
    while True:
        changed = _LISTED.sub(r"\1", text)
        if changed == text:
            return text
        text = changed


QUIRKS = Quirks(
    rules={
        "source_file": _block,
        "block": _block,
        "statement_list": _listed,
        "import_declaration": _imports,
        "var_declaration": _declaration,
        "const_declaration": _declaration,
        "short_var_declaration": _short,
        "assignment_statement": _assignment,
        "type_declaration": _types,
        "type_spec": _type,
        "type_alias": _type,
        "function_declaration": _function,
        "method_declaration": _function,
        "func_literal": _function,
        "parameter_list": _params,
        "call_expression": _call,
        "argument_list": elements("args"),
        "type_conversion_expression": _conversion,
        "composite_literal": _literal,
        "literal_value": elements("array"),
        "literal_element": inner,
        "keyed_element": _keyed,
        "labeled_statement": _labeled,
        "array_type": _array_type,
        "implicit_length_array_type": _array_type,
        "selector_expression": form("dot", "operand", "field!ident"),
        "index_expression": _index,
        "parenthesized_expression": bracketed,
        "parenthesized_type": bracketed,
        "binary_expression": binary(),
        "unary_expression": _unary,
        "expression_list": _list,
        "expression_statement": form("exprstmt", "#0"),
        "if_statement": _if,
        "expression_switch_statement": _switch,
        "type_switch_statement": _switch,
        "select_statement": _switch,
        "receive_statement": _received,
        "expression_case": _case,
        "default_case": _case,
        "type_case": _case,
        "communication_case": _case,
        "return_statement": _return,
        "interpreted_string_literal": quoted("interpreted_string_literal_content escape_sequence"),
        "raw_string_literal": quoted("raw_string_literal_content"),
        "int_literal": leaf("num"),
        "float_literal": leaf("num"),
        "imaginary_literal": leaf("num"),
        "rune_literal": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "nil": leaf("const"),
        "iota": leaf("const"),
    },
    kinds={
        "source_file": ("block",),
        "block": ("block",),
        "statement_list": ("block",),
        "import_declaration": ("import", "several"),
        "var_declaration": ("var", "several"),
        "const_declaration": ("var", "several"),
        "short_var_declaration": ("var",),
        "assignment_statement": ("assign", "augmented_assignment"),
        "type_declaration": ("class", "type_spec", "several"),
        "type_spec": ("type_spec",),
        "type_alias": ("type_spec",),
        "function_declaration": ("func",),
        "method_declaration": ("func",),
        "func_literal": ("func",),
        "parameter_list": ("params",),
        "call_expression": ("call", "new", "unary"),
        "argument_list": ("args",),
        "type_conversion_expression": ("call",),
        "composite_literal": ("new",),
        "literal_value": ("array",),
        "literal_element": (),
        "keyed_element": ("kwarg", "pair"),
        "labeled_statement": ("kwarg", "labeled_statement"),
        "array_type": ("array_type",),
        "implicit_length_array_type": ("array_type",),
        "index_expression": ("index",),
        "binary_expression": ("binop",),
        "unary_expression": ("unary",),
        "expression_list": ("tuple",),
        "if_statement": ("if",),
        "expression_switch_statement": ("switch", "several"),
        "type_switch_statement": ("switch", "several"),
        "select_statement": ("switch",),
        "receive_statement": ("var", "assign", "unary"),
        "expression_case": ("case",),
        "type_case": ("case",),
        "communication_case": ("case",),
        "default_case": ("case",),
        "return_statement": ("return",),
        "interpreted_string_literal": ("str",),
        "raw_string_literal": ("str",),
    },
    identifiers=types("identifier package_identifier"),
    names=types("type_identifier field_identifier label_name"),
    narrow=frozenset({"const"}),
    statements=types(
        """for_statement case go_statement defer_statement
        send_statement inc_statement dec_statement labeled_statement fallthrough_statement break_statement continue_statement
        goto_statement package_clause type_spec augmented_assignment"""
    ),
    contexts=(
        "@@",
        "package __p__\n@@",
        "func __f__() {\n@@\n}",
        "func __f__() {\nswitch {\n@@\n}\n}",
        "var __v__ = __T__{@@}",
        "var __v__ @@",
    ),
    ellipses=("$", "$ $", "$: $", "_ = $", "case $:", "$()"),
    results=types("func_literal"),
    voids=types("new inc_statement dec_statement <-"),
    metavariable="__M{}__",
    rewrite=_rewritten,
    typed="$X: T",
    packages=True,
)
