"""Facts of the Scala grammar, both syntaxes."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named_if, types
from ospec_guard.languages.node import Node

_NO_ASSIGNMENT = ("==", "!=", "<=", ">=", "===", "=!=")


def _infix(node: Node) -> Pairs:
    """`x += 1`: operators that end in `=` assign, save comparisons."""
    left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or operator is None or right is None:
        return
    sign = (operator.text or b"").decode(errors="replace")
    if (sign.endswith("=") and sign not in _NO_ASSIGNMENT) or (sign == "->" and left.type == "string"):
        yield (left,), right


def _assignment(node: Node) -> Pairs:
    """`x = 1`, which in a call names an argument."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is not None and right is not None and (node.parent is None or node.parent.type != "arguments"):
        yield (left,), right


FACTS = Facts(
    module="tree_sitter_scala",
    comments=types("comment block_comment"),
    strings=types("string interpolated_string character_literal"),
    sequences=types("compilation_unit template_body block indented_block case_clause enum_body"),
    definitions={
        "class_definition": "name",
        "object_definition": "name",
        "trait_definition": "name",
        "enum_definition": "name",
        "function_definition": "name",
        "function_declaration": "name",
        "package_object": "name",
        "package_clause": named_if("body"),
    },
    lambdas=types("lambda_expression"),
    bodies=types("template_body block indented_block case_block indented_cases enum_body"),
    clauses=types("case_clause"),
    asides=types("end_marker"),
    bindings={
        "val_definition": Binding("pattern", "value"),
        "var_definition": Binding("pattern", "value"),
        "assignment_expression": Binding(pairs=_assignment),
        "infix_expression": Binding(pairs=_infix),
    },
    patterns=types("tuple_pattern case_class_pattern typed_pattern identifiers"),
    lists=types("tuple_expression"),
)
