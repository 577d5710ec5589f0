"""Facts of the Bash grammar, used for other shells of its family too."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_bash",
    comments=types("comment"),
    strings=types("string raw_string ansi_c_string translated_string heredoc_body"),
    sequences=types("program compound_statement do_group subshell if_statement elif_clause else_clause case_item"),
    definitions={"function_definition": "name"},
    bodies=types("compound_statement do_group subshell"),
    clauses=types("case_item elif_clause else_clause"),
    bindings={"variable_assignment": Binding("name", "value")},
    declarations=types("declaration_command"),
)
