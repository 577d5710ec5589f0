"""Facts of the Ruby grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_ruby",
    comments=types("comment"),
    strings=types("string string_array symbol_array delimited_symbol regex subshell"),
    opaque=types("heredoc_content"),
    sequences=types(
        "program body_statement then do block_body begin else ensure begin_block end_block parenthesized_statements"
    ),
    definitions={"class": "name", "module": "name", "method": "name", "singleton_method": "name"},
    lambdas=types("lambda"),
    bodies=types("body_statement then do do_block block_body else ensure"),
    clauses=types("when in_clause rescue"),
    asides=types("empty_statement elsif"),
    wrappers=types("argument_list call"),
    trailers=types("heredoc_body"),
    bindings={
        "assignment": Binding(),
        "operator_assignment": Binding(),
        "pair": Binding("key", "value", entry=True),
    },
    unbound_in=types("argument_list"),
    patterns=types("left_assignment_list destructured_left_assignment"),
    lists=types("right_assignment_list array"),
    stars=types("rest_assignment splat_argument"),
    keys=types("hash_key_symbol string simple_symbol constant identifier delimited_symbol"),
    containers=types("hash array"),
)
