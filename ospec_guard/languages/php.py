"""Facts of the PHP grammar, HTML around it included."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, around, types

FACTS = Facts(
    module="tree_sitter_php",
    function="language_php",
    comments=types("comment"),
    strings=types("string encapsed_string heredoc nowdoc shell_command_expression"),
    opaque=types("text"),
    sequences=types(
        "program compound_statement declaration_list enum_declaration_list colon_block case_statement default_statement"
    ),
    definitions={
        "class_declaration": "name",
        "interface_declaration": "name",
        "trait_declaration": "name",
        "enum_declaration": "name",
        "function_definition": "name",
        "method_declaration": "name",
        "namespace_definition": "name",
    },
    lambdas=types("anonymous_function arrow_function anonymous_class"),
    statements=types(
        "expression_statement return_statement echo_statement if_statement for_statement foreach_statement while_statement"
        " do_statement switch_statement try_statement break_statement continue_statement exit_statement unset_statement"
        " goto_statement empty_statement"
    ),
    bodies=types("compound_statement declaration_list enum_declaration_list colon_block switch_block match_block"),
    clauses=types("case_statement default_statement text"),
    asides=types("php_tag text_interpolation"),
    bindings={
        "assignment_expression": Binding(),
        "augmented_assignment_expression": Binding(),
        "reference_assignment_expression": Binding(),
        "property_element": Binding("name", "default_value"),
        "const_element": Binding(pairs=around("=")),
        "static_variable_declaration": Binding("name", "value"),
        "enum_case": Binding("name", "value"),
        "array_element_initializer": Binding(pairs=around("=>"), entry=True),
    },
    declarations=types("property_declaration const_declaration"),
    patterns=types("list_literal"),
    lists=types("array_creation_expression"),
    stars=types("variadic_unpacking"),
    keys=types("string encapsed_string name variable_name class_constant_access_expression"),
    containers=types("array_creation_expression"),
)
