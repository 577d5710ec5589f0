"""Facts of the Lua grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, around, types

FACTS = Facts(
    module="tree_sitter_lua",
    comments=types("comment"),
    strings=types("string"),
    sequences=types("chunk block"),
    definitions={"function_declaration": "name"},
    lambdas=types("function_definition"),
    bodies=types("block"),
    asides=types("empty_statement"),
    bindings={
        "assignment_statement": Binding(pairs=around("=")),
        "field": Binding("name", "value", entry=True),
    },
    declarations=types("variable_declaration"),
    patterns=types("variable_list"),
    lists=types("expression_list"),
    keys=types("identifier string"),
    containers=types("table_constructor"),
)
