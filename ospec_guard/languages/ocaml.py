"""Facts of the OCaml grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named, types
from ospec_guard.languages.node import Node, text_of

_FUNCTIONS = ("fun_expression", "function_expression")


def _function(node: Node) -> str | None:
    """The name of a `let` that takes parameters or is a function."""
    pattern, body = node.child_by_field_name("pattern"), node.child_by_field_name("body")
    takes = any(child.type == "parameter" for child in node.named_children)
    return text_of(pattern) if pattern is not None and (takes or (body is not None and body.type in _FUNCTIONS)) else None


def _first(node: Node) -> str | None:
    """The name that a binding of a module, class or method starts with."""
    return next((text_of(child) for child in named(node) if child.type.endswith("_name")), None)


def _value(node: Node) -> Pairs:
    """A `let` that takes no parameters."""
    pattern, body = node.child_by_field_name("pattern"), node.child_by_field_name("body")
    if pattern is not None and body is not None and _function(node) is None and pattern.type != "unit":
        yield (pattern,), body


def _set(node: Node) -> Pairs:
    """`a.b <- c`, and a field or variable with its value: the first node and the body."""
    inner, body = named(node), node.child_by_field_name("body")
    if inner and body is not None and inner[0] != body:
        yield (inner[0],), body


def _assign(node: Node) -> Pairs:
    """`r := v`."""
    left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is not None and right is not None and operator is not None and operator.text == b":=":
        yield (left,), right


FACTS = Facts(
    module="tree_sitter_ocaml",
    function="language_ocaml",
    comments=types("comment"),
    strings=types("string quoted_string character"),
    sequences=types("compilation_unit structure signature object_expression sequence_expression value_definition"),
    definitions={
        "let_binding": _function,
        "module_binding": _first,
        "module_type_definition": _first,
        "class_binding": _first,
        "method_definition": _first,
        "type_binding": "name",
    },
    lambdas=types("fun_expression function_expression"),
    units=types("value_definition"),
    bodies=types("structure signature object_expression"),
    asides=types("attribute item_attribute"),
    wrappers=types("value_definition module_definition class_definition type_definition"),
    bindings={
        "let_binding": Binding(pairs=_value),
        "set_expression": Binding(pairs=_set),
        "infix_expression": Binding(pairs=_assign),
        "instance_variable_definition": Binding(pairs=_set),
        "field_expression": Binding(pairs=_set, entry=True),
    },
    declarations=types("value_definition"),
    transparent=types("parenthesized_pattern parenthesized_expression"),
    patterns=types("tuple_pattern cons_pattern record_pattern field_pattern constructor_pattern"),
    lists=types("tuple_expression"),
    keys=types("field_path field_name"),
    containers=types("record_expression list_expression array_expression"),
)
