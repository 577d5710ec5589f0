"""How Python's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.tree import (
    Kids,
    Maker,
    Node,
    Quirks,
    Tree,
    binary,
    block,
    bracketed,
    deferred,
    elements,
    form,
    inner,
    leaf,
    quoted,
)


def _call(tree: Tree, syntax: Any) -> Kids:
    arguments = syntax.child_by_field_name("arguments")
    if arguments is not None and arguments.type == "generator_expression":
        args = tree.list("args", arguments, [tree.node(arguments)])
    else:
        args = tree.node(arguments)
    return [tree.node(syntax.child_by_field_name("function")), args]


def _function(tree: Tree, syntax: Any) -> Kids:
    field = syntax.child_by_field_name
    name, returns = field("name"), field("return_type")
    attrs = [tree.node(child) for child in syntax.children if child.type == "async"]
    return [
        tree.list("attrs", syntax.children[0], attrs),
        tree.name(name) if name is not None else None,
        tree.node(field("parameters")),
        tree.node(returns) if returns is not None else None,
        tree.body(field("body")),
    ]


def _lambda(tree: Tree, syntax: Any) -> Kids:
    parameters = syntax.child_by_field_name("parameters")
    params = tree.node(parameters) if parameters is not None else tree.list("params", syntax.children[0], ())
    return [tree.list("attrs", syntax.children[0], ()), None, params, None, tree.body(syntax.child_by_field_name("body"))]


def _class(tree: Tree, syntax: Any) -> Kids:
    field = syntax.child_by_field_name
    bases = field("superclasses")
    supers = tree.list("supers", bases, tree.named(bases)) if bases is not None else tree.list("supers", field("name"), ())
    name = tree.name(field("name"))
    return [tree.list("attrs", syntax.children[0], ()), name, supers, tree.body(field("body"))]


def _decorated(tree: Tree, syntax: Any) -> Node:
    definition = tree.node(syntax.child_by_field_name("definition"))
    decorators = [tree.node(child) for child in syntax.children if child.type == "decorator"]
    attrs = definition.kids[0]
    own = attrs.kids if attrs is not None else []
    kids = [tree.list("attrs", syntax, [*decorators, *own]), *definition.kids[1:]]
    return tree.make(definition.kind, syntax, kids, definition.text)


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    left, value, type_ = field("left"), field("right"), field("type")
    target = tree.node(left)
    if type_ is None:
        return tree.make("assign", syntax, (target, tree.node(value))) if value is not None else tree.plain(syntax)
    none = tree.list("attrs", left, ())
    return tree.make("var", syntax, (none, target, tree.node(type_), tree.node(value) if value is not None else None))


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, default, type_ = field("name"), field("value"), field("type")
    if name is None:
        named = [child for child in syntax.named_children if not child.is_extra]
        name = named[0]
    kids = [
        tree.list("attrs", name, ()),
        tree.node(name),
        tree.node(type_) if type_ is not None else None,
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def _params(tree: Tree, syntax: Any) -> Node:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        node = tree.node(child)
        if node.kind in ("id", "tuple"):
            node = tree.make("param", child, (tree.list("attrs", child, ()), node, None, None))
        found.append(node)
    return tree.list("params", syntax, found)


def _if(tree: Tree, syntax: Any) -> Kids:
    return _branches(tree, syntax, syntax.children_by_field_name("alternative"), 0)


def _branches(tree: Tree, syntax: Any, others: Any, at: int) -> Kids:
    """The kids of an `if` or `elif`: what follows is its else."""
    test, then = syntax.child_by_field_name("condition"), syntax.child_by_field_name("consequence")
    rest: Node | None = None
    if at < len(others):
        other = others[at]
        if other.type == "elif_clause":

            def kids(tree: Tree, syntax: Any) -> Kids:
                return _branches(tree, syntax, others, at + 1)

            end = others[-1].end_byte
            nested = Node("if", other.start_byte, end, syntax=other, tree=tree, make=kids)
            rest = Node("block", nested.start, end, kids=[nested], syntax=other, tree=tree)
        else:
            rest = tree.body(other.child_by_field_name("body"))
    return [tree.node(test), tree.body(then), rest]


def _elif(tree: Tree, syntax: Any) -> Node:
    """An `elif` is the `if` in the else of the one before."""
    node = tree.node(syntax.parent)
    while node.syntax != syntax:
        rest = node.kids[2] if node.kind == "if" else None
        nested = rest.kids[0] if rest is not None and rest.kids else None
        if nested is None:
            return tree.plain(syntax)
        node = nested
    return node


def _expression_statement(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) > 1:
        tuple_ = tree.list("tuple", syntax, [tree.node(child) for child in named])
        return tree.make("exprstmt", syntax, (tuple_,))
    node = tree.node(named[0])
    return node if node.kind == "var" else tree.make("exprstmt", syntax, (node,))


def _string(tree: Tree, syntax: Any) -> Node:
    node = _plain_string(tree, syntax)
    # `f"…"` is code that makes a text even where it has no holes.
    if tree.data[syntax.start_byte : syntax.start_byte + 2].lower().strip(b"\"'") in (b"f", b"rf", b"fr"):
        node.text = "f"
    return node


_plain_string = quoted("string_content", "interpolation")


def _decorator(tree: Tree, syntax: Any) -> Node:
    """`@a` is `@a()`."""
    node = inner(tree, syntax)
    if node.kind != "call":
        node = tree.make("call", syntax, (node, tree.list("args", syntax, ())))
        node.start = node.kids[0].start if node.kids[0] is not None else node.start
    return tree.make("attr", syntax, (node,))


def _import(tree: Tree, syntax: Any) -> Node:
    made = []
    for child in syntax.children_by_field_name("name"):
        name, alias = child, None
        if child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        made.append(tree.make("import", syntax, (tree.node(name), None, tree.name(alias) if alias is not None else None)))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _import_from(tree: Tree, syntax: Any) -> Node:
    path = tree.node(syntax.child_by_field_name("module_name"))
    made = []
    for child in syntax.children_by_field_name("name"):
        name, alias = child, None
        if child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        made.append(tree.make("import", syntax, (path, _single(tree, name), tree.name(alias) if alias is not None else None)))
    if not made:
        made.append(tree.make("import", syntax, (path, tree.make("ident", syntax, (), "*"), None)))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _single(tree: Tree, dotted: Any) -> Node:
    return tree.name(dotted.named_children[0]) if dotted.named_child_count == 1 else tree.node(dotted)


def _dotted(tree: Tree, syntax: Any) -> Node:
    names = [child for child in syntax.named_children if not child.is_extra]
    node = tree.node(names[0])
    for child in names[1:]:
        node = Node("dot", node.start, child.end_byte, kids=[node, tree.name(child)], syntax=syntax, tree=tree)
    return node


def _comparison(tree: Tree, syntax: Any) -> Node:
    operands = [child for child in syntax.named_children if not child.is_extra]
    signs = " ".join([child.type for child in syntax.children if not child.is_named])
    return tree.make("binop", syntax, [tree.node(child) for child in operands], signs)


def _print(tree: Tree, syntax: Any) -> Node:
    keyword = syntax.children[0]
    function = Node("id", keyword.start_byte, keyword.end_byte, text=tree.text(keyword), kids=[], syntax=keyword, tree=tree)
    call = tree.make("call", syntax, (function, tree.list("args", syntax, tree.named(syntax))))
    return tree.make("exprstmt", syntax, (call,))


def _subscript(tree: Tree, syntax: Any) -> Kids:
    subscripts = [tree.node(child) for child in syntax.children_by_field_name("subscript") if child.is_named]
    return [tree.node(syntax.child_by_field_name("value")), *subscripts]


QUIRKS = Quirks(
    rules={
        "module": block,
        "block": block,
        "call": deferred("call", _call),
        "argument_list": elements("args"),
        "keyword_argument": form("kwarg", "name!ident", "value"),
        "attribute": form("dot", "object", "attribute!ident"),
        "subscript": deferred("index", _subscript),
        "assignment": _assignment,
        "named_expression": form("assign", "name", "value"),
        "expression_statement": _expression_statement,
        "binary_operator": binary(),
        "boolean_operator": binary(),
        "comparison_operator": _comparison,
        "parenthesized_expression": bracketed,
        "string": _string,
        "concatenated_string": elements("concat"),
        "integer": leaf("num"),
        "float": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "none": leaf("const"),
        "list": elements("array"),
        "list_pattern": elements("array"),
        "tuple": elements("tuple"),
        "tuple_pattern": elements("tuple"),
        "pattern_list": elements("tuple"),
        "expression_list": elements("tuple"),
        "set": elements("set"),
        "dictionary": elements("dict"),
        "pair": form("pair", "key", "value"),
        "function_definition": deferred("func", _function, "function"),
        "lambda": deferred("func", _lambda, "lambda"),
        "class_definition": deferred("class", _class, "class"),
        "decorated_definition": _decorated,
        "decorator": _decorator,
        "parameters": Maker(_params, "params"),
        "lambda_parameters": Maker(_params, "params"),
        "default_parameter": Maker(_param, "param"),
        "typed_parameter": Maker(_param, "param"),
        "typed_default_parameter": Maker(_param, "param"),
        "if_statement": deferred("if", _if),
        "elif_clause": _elif,
        "while_statement": form("while", "condition", "body"),
        "return_statement": form("return", "#0"),
        "raise_statement": form("throw", "#0"),
        "import_statement": _import,
        "import_from_statement": _import_from,
        "future_import_statement": _import_from,
        "dotted_name": _dotted,
        "print_statement": _print,
        "exec_statement": _print,
        "type": inner,
        "as_pattern_target": inner,
        "conditional_expression": form("cond", "#1", "#0", "#2"),
    },
    kinds={
        "decorator": ("attr", "call"),
        "assignment": ("assign", "var"),
        "expression_statement": ("exprstmt", "var"),
        "decorated_definition": ("func", "class"),
        "elif_clause": ("if",),
        "import_statement": ("import",),
        "import_from_statement": ("import",),
        "future_import_statement": ("import",),
        "string": ("str",),
        "concatenated_string": ("concat",),
        "comparison_operator": ("binop",),
        "print_statement": ("exprstmt", "call"),
        "exec_statement": ("exprstmt", "call"),
        "dotted_name": ("dot", "id"),
        "module": ("block",),
        "block": ("block",),
    },
    statements=types(
        """for_statement with_statement try_statement match_statement delete_statement assert_statement global_statement
        nonlocal_statement pass_statement break_statement continue_statement type_alias_statement"""
    ),
    dropped=types(": else_clause_colon"),
    contexts=("@@", "@@\n    pass", "@@ pass", "@@\ndef __f__(): pass", "try:\n    pass\n@@", "@@\nexcept: pass"),
    ellipses=("$", "**$", "$: $", "$ = $"),
    metavariable="__M{}__",
    unordered=frozenset({"dict", "set"}),
    indented=True,
    typed="$X: T or argument $X: T",
)
