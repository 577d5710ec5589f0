"""How Lua's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, block, bracketed, elements, form, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Quirks, Tree


def _one_or_tuple(tree: Tree, syntax: Any) -> Node:
    """A list of names or expressions; the only one where it is one."""
    nodes = tree.named(syntax)
    return nodes[0] if len(nodes) == 1 else tree.make("tuple", syntax, nodes)


def _sides(tree: Tree, syntax: Any) -> list[Node | None]:
    """The targets and the values of an assignment."""
    return [_one_or_tuple(tree, child) for child in syntax.named_children if not child.is_extra and child.type != "attribute"]


def _assignment(tree: Tree, syntax: Any) -> Node:
    return tree.make("assign", syntax, _sides(tree, syntax))


def _local(tree: Tree, syntax: Any) -> Node:
    """`local a = 1`, `local a`."""
    word = tree.make("tok", syntax.children[0], (), "local")
    inside = next(child for child in syntax.named_children if not child.is_extra)
    sides = _sides(tree, inside) if inside.type == "assignment_statement" else [_one_or_tuple(tree, inside), None]
    return tree.make("var", syntax, (tree.list("attrs", syntax.children[0], [word]), sides[0], None, sides[-1]))


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, body = field("name"), field("body")
    words = [tree.node(child) for child in syntax.children if child.type == "local"]
    kids = [
        tree.list("attrs", syntax.children[0], words),
        tree.name(name) if name is not None else None,
        tree.node(field("parameters")),
        None,
        tree.node(body) if body is not None else tree.list("block", syntax, ()),
    ]
    return tree.make("func", syntax, kids, "function" if name is not None else "lambda")


def _params(tree: Tree, syntax: Any) -> Node:
    made = [
        tree.make("param", child, (tree.list("attrs", child, ()), tree.node(child), None, None)) for child in _named(syntax)
    ]
    return tree.list("params", syntax, made)


def _named(syntax: Any) -> list[Any]:
    return [child for child in syntax.named_children if not child.is_extra]


def _if(tree: Tree, syntax: Any) -> Node:
    return _branches(tree, syntax, syntax.children_by_field_name("alternative"), 0)


def _branches(tree: Tree, syntax: Any, others: list[Any], at: int) -> Node:
    """An `if` or `elseif` with what follows as its else."""
    field = syntax.child_by_field_name
    rest: Node | None = None
    if at < len(others):
        other = others[at]
        if other.type == "elseif_statement":
            nested = _branches(tree, other, others, at + 1)
            rest = Node("block", nested.start, nested.end, kids=[nested], syntax=other, tree=tree)
        else:
            rest = _body(tree, other, "body")
    end = max(syntax.end_byte, others[-1].end_byte if others else 0)
    kids = [tree.node(field("condition")), _body(tree, syntax, "consequence"), rest]
    return Node("if", syntax.start_byte, end, kids=kids, syntax=syntax, tree=tree)


def _else_if(tree: Tree, syntax: Any) -> Node:
    others = syntax.parent.children_by_field_name("alternative")
    return _branches(tree, syntax, others, others.index(syntax) + 1)


def _body(tree: Tree, syntax: Any, name: str) -> Node:
    body = syntax.child_by_field_name(name)
    return tree.node(body) if body is not None else tree.list("block", syntax, ())


def _while(tree: Tree, syntax: Any) -> Node:
    return tree.make("while", syntax, (tree.node(syntax.child_by_field_name("condition")), _body(tree, syntax, "body")))


def _field(tree: Tree, syntax: Any) -> Node:
    """`1`, `a = 1`, `["a"] = 1` in a table."""
    field = syntax.child_by_field_name
    name, value = field("name"), field("value")
    if name is None:
        return tree.node(value)
    key = tree.name(name) if name.type == "identifier" and syntax.children[0].type != "[" else tree.node(name)
    return tree.make("pair", syntax, (key, tree.node(value)))


def _return(tree: Tree, syntax: Any) -> Node:
    given = _named(syntax)
    return tree.make("return", syntax, (_one_or_tuple(tree, given[0]) if given else None,))


def _unary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("unary", syntax, (tree.node(field("operand")),), tree.text(field("operator")))


QUIRKS = Quirks(
    rules={
        "chunk": block,
        "block": block,
        "expression_list": _one_or_tuple,
        "variable_declaration": _local,
        "assignment_statement": _assignment,
        "function_declaration": _function,
        "function_definition": _function,
        "parameters": _params,
        "function_call": form("call", "name", "arguments"),
        "arguments": elements("args"),
        "dot_index_expression": form("dot", "table", "field!ident"),
        "method_index_expression": form("dot", "table", "method!ident"),
        "bracket_index_expression": form("index", "table", "field"),
        "table_constructor": elements("dict"),
        "field": _field,
        "if_statement": _if,
        "elseif_statement": _else_if,
        "while_statement": _while,
        "return_statement": _return,
        "binary_expression": binary(),
        "unary_expression": _unary,
        "parenthesized_expression": bracketed,
        "string": quoted("string_content"),
        "number": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "nil": leaf("const"),
    },
    kinds={
        "chunk": ("block",),
        "block": ("block",),
        "expression_list": ("tuple",),
        "variable_declaration": ("var",),
        "assignment_statement": ("assign",),
        "function_declaration": ("func",),
        "function_definition": ("func",),
        "parameters": ("params", "param"),
        "arguments": ("args",),
        "table_constructor": ("dict",),
        "field": ("pair",),
        "if_statement": ("if",),
        "elseif_statement": ("if",),
        "while_statement": ("while",),
        "return_statement": ("return",),
        "binary_expression": ("binop",),
        "unary_expression": ("unary",),
        "string": ("str",),
        "number": ("num",),
        "true": ("const",),
        "false": ("const",),
        "nil": ("const",),
    },
    statements=types("assign for_statement repeat_statement do_statement break_statement goto_statement label_statement"),
    contexts=("@@", "__x__ = @@", "__f__(@@)", "__x__ = {@@}", "function __f__() @@ end"),
    ellipses=("$", "::$::", "$ = $"),
    metavariable="__M{}__",
)
