"""Facts of the C grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named_if, types
from ospec_guard.languages.node import Node, text_of


def declared(node: Node) -> Node:
    """The name inside a declarator: `password` in `*password[]`."""
    while True:
        inner = node.child_by_field_name("declarator")
        if inner is None and node.type in ("parenthesized_declarator", "reference_declarator", "attributed_declarator"):
            inner = next((child for child in node.named_children if child.type.endswith(("declarator", "identifier"))), None)
        if inner is None:
            return node
        node = inner


def function_name(node: Node) -> str | None:
    """The name of a function, with the class it is written for."""
    return text_of(declared(node))


def initialised(node: Node) -> Pairs:
    """A declarator and its initial value."""
    declarator, value = node.child_by_field_name("declarator"), node.child_by_field_name("value")
    if declarator is not None and value is not None:
        yield (declared(declarator),), value


FACTS = Facts(
    module="tree_sitter_c",
    fallback="cpp",  # a header may be either
    comments=types("comment"),
    strings=types("string_literal char_literal system_lib_string"),
    sequences=types(
        "translation_unit compound_statement field_declaration_list declaration_list enumerator_list case_statement else_clause"
        " labeled_statement preproc_if preproc_ifdef preproc_else preproc_elif preproc_elifdef linkage_specification"
    ),
    definitions={
        "function_definition": function_name,
        "struct_specifier": named_if("body"),
        "union_specifier": named_if("body"),
        "enum_specifier": named_if("body"),
    },
    statements=types(
        "expression_statement return_statement if_statement for_statement while_statement do_statement switch_statement"
        " break_statement continue_statement goto_statement labeled_statement"
    ),
    bodies=types("compound_statement field_declaration_list enumerator_list declaration_list"),
    clauses=types("case_statement"),
    asides=types("statement_identifier preproc_else preproc_elif preproc_elifdef string_literal"),
    wrappers=types("declaration type_definition field_declaration labeled_statement"),
    bindings={
        "init_declarator": Binding(pairs=initialised),
        "assignment_expression": Binding(),
        "initializer_pair": Binding("designator", "value", entry=True),
        "enumerator": Binding("name", "value"),
        "preproc_def": Binding("name", "value"),
    },
    declarations=types("declaration"),
    keys=types("field_designator"),
    containers=types("initializer_list"),
)
