"""Facts of the C# grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, around, named, types
from ospec_guard.languages.node import Node


def _property(node: Node) -> Pairs:
    """The initialiser of a property; the expression after `=>` is its getter."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is not None and value is not None and value.type != "arrow_expression_clause":
        yield (name,), value


def _members(node: Node) -> Pairs:
    """`new { A = 1, B = 2 }`."""
    children = [child for child in node.children if not child.is_extra]
    for name, sign, value in zip(children, children[1:], children[2:], strict=False):
        if sign.type == "=":
            yield (name,), value


def _element(node: Node) -> Pairs:
    """`{ "key", value }` in the initialiser of a dictionary."""
    inner = named(node)
    if node.parent is not None and node.parent.type == node.type and len(inner) == 2:  # noqa: PLR2004
        yield (inner[0],), inner[1]


FACTS = Facts(
    module="tree_sitter_c_sharp",
    comments=types("comment"),
    strings=types("string_literal verbatim_string_literal raw_string_literal character_literal interpolated_string_expression"),
    sequences=types(
        "compilation_unit declaration_list block switch_section accessor_list enum_member_declaration_list global_statement"
        " labeled_statement preproc_if preproc_else preproc_elif"
    ),
    definitions={
        "namespace_declaration": "name",
        "class_declaration": "name",
        "struct_declaration": "name",
        "interface_declaration": "name",
        "enum_declaration": "name",
        "record_declaration": "name",
        "method_declaration": "name",
        "constructor_declaration": "name",
        "destructor_declaration": "name",
        "property_declaration": "name",
        "local_function_statement": "name",
        "delegate_declaration": "name",
        "operator_declaration": "operator",
        "event_declaration": "name",
    },
    lambdas=types("lambda_expression anonymous_method_expression"),
    units=types("indexer_declaration"),
    statements=types(
        "expression_statement return_statement throw_statement if_statement for_statement foreach_statement while_statement"
        " do_statement switch_statement try_statement using_statement lock_statement break_statement continue_statement"
        " yield_statement goto_statement fixed_statement empty_statement"
    ),
    bodies=types("block declaration_list switch_body enum_member_declaration_list accessor_list"),
    clauses=types("switch_section"),
    asides=types("modifier constant_pattern declaration_pattern preproc_endregion"),
    wrappers=types("global_statement"),
    bindings={
        "variable_declarator": Binding(pairs=around("=")),
        "assignment_expression": Binding(),
        "property_declaration": Binding(pairs=_property),
        "enum_member_declaration": Binding("name", "value"),
        "anonymous_object_creation_expression": Binding(pairs=_members),
        "initializer_expression": Binding(pairs=_element, entry=True),
    },
    declarations=types("variable_declaration local_declaration_statement field_declaration"),
    transparent=types("argument"),
    patterns=types("tuple_expression tuple_pattern declaration_expression parenthesized_variable_designation"),
    lists=types("tuple_expression"),
    keys=types("string_literal identifier verbatim_string_literal member_access_expression"),
    containers=types("initializer_expression array_creation_expression implicit_array_creation_expression"),
)
