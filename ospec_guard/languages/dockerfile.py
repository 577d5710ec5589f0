"""Facts of the Containerfile grammar (Dockerfiles)."""

from __future__ import annotations

import re

from ospec_guard.languages.facts import Binding, Facts, types

_BRACKET = re.compile(rb"[\\`][ \t]*\r?\n[ \t]*(\[)")


def _without_brackets(data: bytes) -> bytes:
    """The text with `[` as `_` where a shell command goes on with a test: the grammar takes any `[` for a JSON form there."""
    prepared = bytearray(data)
    for match in _BRACKET.finditer(data):
        before = data[data.rfind(b"\n", 0, match.start()) + 1 : match.start()]
        if not before.strip().isalpha():  # more than the instruction's name
            prepared[match.start(1)] = ord("_")
    return bytes(prepared)


FACTS = Facts(
    module="tree_sitter_containerfile",
    prepare=_without_brackets,
    comments=types("comment"),
    strings=types("double_quoted_string single_quoted_string json_string"),
    sequences=types("source_file"),
    bindings={
        "env_pair": Binding("name", "value"),
        "arg_pair": Binding("name", "default"),
    },
    declarations=types("env_instruction arg_instruction"),
)
