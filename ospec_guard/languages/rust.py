"""Facts of the Rust grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_rust",
    comments=types("line_comment block_comment"),
    strings=types("string_literal raw_string_literal char_literal"),
    sequences=types("source_file block declaration_list field_declaration_list enum_variant_list"),
    definitions={
        "struct_item": "name",
        "enum_item": "name",
        "union_item": "name",
        "trait_item": "name",
        "impl_item": "type",
        "mod_item": "name",
        "function_item": "name",
        "function_signature_item": "name",
        "macro_definition": "name",
    },
    lambdas=types("closure_expression"),
    bodies=types("block declaration_list field_declaration_list enum_variant_list match_block"),
    clauses=types("match_arm"),
    asides=types("inner_attribute_item label"),
    leads=types("attribute_item"),
    bindings={
        "let_declaration": Binding("pattern", "value"),
        "let_condition": Binding("pattern", "value"),
        "const_item": Binding("name", "value"),
        "static_item": Binding("name", "value"),
        "assignment_expression": Binding(),
        "compound_assignment_expr": Binding(),
        "enum_variant": Binding("name", "value"),
        "field_initializer": Binding("field", "value", entry=True),
    },
    patterns=types(
        "tuple_pattern slice_pattern tuple_struct_pattern struct_pattern field_pattern ref_pattern mut_pattern"
        " reference_pattern captured_pattern or_pattern"
    ),
    lists=types("tuple_expression array_expression"),
    stars=types("remaining_field_pattern"),
    keys=types("field_identifier"),
    containers=types("struct_expression array_expression tuple_expression"),
)
