"""How TypeScript's grammar maps to the vocabulary of `tree`: as JavaScript's, and types."""

from __future__ import annotations

from ospec_guard.pattern.builders import inner
from ospec_guard.pattern.quirks.ecmascript import BASE, quirks
from ospec_guard.pattern.quirks.ecmascript_expressions import casts

_FUNCTION = BASE.rules["function_declaration"]
_CLASS = BASE.rules["class_declaration"]

QUIRKS = quirks(
    rules={
        "type_annotation": inner,
        "as_expression": casts,
        "satisfies_expression": casts,
        "type_assertion": casts,
        "abstract_class_declaration": _CLASS,
        "public_field_definition": BASE.rules["field_definition"],
        "function_signature": _FUNCTION,
        "method_signature": BASE.rules["method_definition"],
        "abstract_method_signature": BASE.rules["method_definition"],
    },
    kinds={
        "as_expression": ("cast",),
        "satisfies_expression": ("cast",),
        "type_assertion": ("cast",),
        "abstract_class_declaration": ("class",),
        "public_field_definition": ("var",),
        "function_signature": ("func",),
        "method_signature": ("func",),
        "abstract_method_signature": ("func",),
    },
)
