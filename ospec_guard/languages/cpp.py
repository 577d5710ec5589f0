"""Facts of the C++ grammar: those of C and what classes, templates and namespaces add."""

from __future__ import annotations

from ospec_guard.languages.c import FACTS as _C
from ospec_guard.languages.c import declared
from ospec_guard.languages.facts import Binding, Pairs, named_if, types
from ospec_guard.languages.node import Node
from ospec_guard.values import replace


def _member(node: Node) -> Pairs:
    """A data member with its default value."""
    declarator, value = node.child_by_field_name("declarator"), node.child_by_field_name("default_value")
    if declarator is not None and value is not None:
        yield (declared(declarator),), value


FACTS = replace(
    _C,
    module="tree_sitter_cpp",
    fallback="",
    strings=_C.strings | types("raw_string_literal"),
    definitions={
        **_C.definitions,
        "class_specifier": named_if("body"),
        "namespace_definition": "name",
        "concept_definition": "name",
    },
    lambdas=types("lambda_expression"),
    statements=_C.statements | types("for_range_loop try_statement throw_statement co_return_statement co_yield_statement"),
    asides=_C.asides | types("access_specifier"),
    wrappers=_C.wrappers | types("template_declaration"),
    bindings={
        **_C.bindings,
        "field_declaration": Binding(pairs=_member),
    },
    patterns=types("structured_binding_declarator"),
)
