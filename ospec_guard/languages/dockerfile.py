"""Facts of the Containerfile grammar (Dockerfiles)."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types

FACTS = Facts(
    module="tree_sitter_containerfile",
    comments=types("comment"),
    strings=types("double_quoted_string single_quoted_string json_string"),
    sequences=types("source_file"),
    bindings={
        "env_pair": Binding("name", "value"),
        "arg_pair": Binding("name", "default"),
    },
    declarations=types("env_instruction arg_instruction"),
)
