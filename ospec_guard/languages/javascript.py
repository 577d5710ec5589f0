"""Facts of the JavaScript grammar, JSX included."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_javascript",
    comments=types("comment html_comment"),
    strings=types("string template_string regex"),
    sequences=types("program statement_block class_body switch_case switch_default else_clause labeled_statement"),
    definitions={
        "class_declaration": "name",
        "function_declaration": "name",
        "generator_function_declaration": "name",
        "method_definition": "name",
    },
    lambdas=types("arrow_function function_expression generator_function class"),
    statements=types(
        "expression_statement return_statement throw_statement if_statement for_statement for_in_statement while_statement"
        " do_statement switch_statement try_statement break_statement continue_statement debugger_statement empty_statement"
        " labeled_statement with_statement"
    ),
    bodies=types("statement_block class_body switch_body"),
    clauses=types("switch_case switch_default"),
    asides=types("statement_identifier"),
    wrappers=types("export_statement labeled_statement"),
    leads=types("decorator"),
    bindings={
        "variable_declarator": Binding("name", "value"),
        "assignment_expression": Binding(),
        "augmented_assignment_expression": Binding(),
        "field_definition": Binding("property", "value"),
        "pair": Binding("key", "value", entry=True),
    },
    declarations=types("lexical_declaration variable_declaration"),
    patterns=types("array_pattern object_pattern pair_pattern object_assignment_pattern assignment_pattern"),
    lists=types("array"),
    stars=types("rest_pattern spread_element"),
    keys=types("property_identifier string private_property_identifier"),
    containers=types("object array"),
)
