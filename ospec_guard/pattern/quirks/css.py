"""How CSS's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, elements, form, leaf, stripped
from ospec_guard.pattern.tree import Quirks

QUIRKS = Quirks(
    rules={
        "stylesheet": block,
        "block": block,
        "call_expression": form("call", "#0", "#1"),
        "arguments": elements("args"),
        "string_value": stripped("\"'"),
        "integer_value": leaf("num"),
        "float_value": leaf("num"),
        "color_value": leaf("num"),
    },
    identifiers=types("identifier plain_value function_name"),
    names=types("property_name tag_name class_name id_name attribute_name"),
    statements=types(
        """declaration rule_set media_statement import_statement charset_statement namespace_statement keyframes_statement
        supports_statement at_rule"""
    ),
    contexts=("@@", "@@;", "a { @@ }", "a { @@; }", "a { b: @@; }"),
    ellipses=("$", "$: $;", "$ {}"),
    literal_texts=True,
)
