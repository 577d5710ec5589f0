"""Facts of the Solidity grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named, types
from ospec_guard.languages.node import Node


def _variable(node: Node) -> Pairs:
    """`uint x = 1;` and `(uint a, uint b) = f();`."""
    value = node.child_by_field_name("value")
    if value is None:
        return
    names = []
    work = named(node)[:1]
    while work:
        inner = work.pop(0)
        name = inner.child_by_field_name("name")
        if name is not None:
            names.append(name)
        elif inner.type == "variable_declaration_tuple":
            work = named(inner)
        elif inner.type == "identifier":
            names.append(inner)
    if names:
        yield names, value


def _special(node: Node) -> str | None:
    """`constructor`, `receive` and `fallback`, which are called as their keyword."""
    return next((child.type for child in node.children if not child.is_named), None)


FACTS = Facts(
    module="tree_sitter_solidity",
    comments=types("comment"),
    strings=types("string string_literal hex_string_literal unicode_string_literal"),
    sequences=types("source_file contract_body struct_body function_body block_statement"),
    definitions={
        "contract_declaration": "name",
        "interface_declaration": "name",
        "library_declaration": "name",
        "struct_declaration": "name",
        "enum_declaration": "name",
        "function_definition": "name",
        "modifier_definition": "name",
        "constructor_definition": _special,
        "fallback_receive_definition": _special,
    },
    statements=types("statement"),
    bodies=types("contract_body struct_body enum_body function_body block_statement"),
    bindings={
        "state_variable_declaration": Binding("name", "value"),
        "constant_variable_declaration": Binding("name", "value"),
        "variable_declaration_statement": Binding(pairs=_variable),
        "assignment_expression": Binding(),
        "augmented_assignment_expression": Binding(),
        "yul_variable_declaration": Binding(),
        "yul_assignment": Binding(),
    },
    transparent=types("expression string_literal yul_identifier"),
    patterns=types("tuple_expression"),
    lists=types("tuple_expression"),
)
