"""Facts of the Java grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_java",
    comments=types("line_comment block_comment"),
    strings=types("string_literal character_literal"),
    sequences=types(
        "program block constructor_body class_body interface_body enum_body enum_body_declarations annotation_type_body"
        " switch_block_statement_group switch_rule labeled_statement"
    ),
    definitions={
        "class_declaration": "name",
        "interface_declaration": "name",
        "enum_declaration": "name",
        "record_declaration": "name",
        "annotation_type_declaration": "name",
        "method_declaration": "name",
        "constructor_declaration": "name",
        "compact_constructor_declaration": "name",
        "module_declaration": "name",
    },
    lambdas=types("lambda_expression"),
    statements=types(
        "expression_statement return_statement throw_statement if_statement for_statement enhanced_for_statement"
        " while_statement do_statement switch_expression try_statement try_with_resources_statement synchronized_statement"
        " labeled_statement break_statement continue_statement yield_statement assert_statement"
    ),
    bodies=types(
        "block constructor_body class_body interface_body enum_body annotation_type_body switch_block enum_body_declarations"
    ),
    clauses=types("switch_block_statement_group switch_rule"),
    asides=types("switch_label identifier"),
    wrappers=types("labeled_statement"),
    bindings={
        "variable_declarator": Binding("name", "value"),
        "assignment_expression": Binding(),
    },
    declarations=types("local_variable_declaration field_declaration constant_declaration"),
)
