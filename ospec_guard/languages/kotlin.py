"""Facts of the Kotlin grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named, types
from ospec_guard.languages.node import Node, text_of


def _property(node: Node) -> Pairs:
    """`val name: Type = value`, and `val (a, b) = value`."""
    children = [child for child in node.children if not child.is_extra]
    for index, child in enumerate(children[:-1]):
        if child.type == "=":
            declared = [before for before in children[:index] if before.type.endswith("variable_declaration")]
            if declared and declared[-1].type == "multi_variable_declaration":
                yield [named(one)[0] for one in named(declared[-1]) if named(one)], children[index + 1]
            elif declared:
                yield named(declared[-1])[:1], children[index + 1]
            return


def _pair(node: Node) -> Pairs:
    """`"key" to value`."""
    inner = named(node)
    if len(inner) == 3 and inner[1].text == b"to":  # noqa: PLR2004
        yield (inner[0],), inner[2]


def _companion(node: Node) -> str | None:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else "Companion"


FACTS = Facts(
    module="tree_sitter_kotlin",
    comments=types("line_comment block_comment"),
    strings=types("string_literal multiline_string_literal character_literal"),
    sequences=types("source_file class_body enum_class_body block lambda_literal"),
    definitions={
        "class_declaration": "name",
        "object_declaration": "name",
        "companion_object": _companion,
        "function_declaration": "name",
        "secondary_constructor": lambda _: "constructor",
    },
    lambdas=types("lambda_literal anonymous_function object_literal"),
    bodies=types("block class_body enum_class_body lambda_literal"),
    clauses=types("when_entry"),
    asides=types("lambda_parameters shebang"),
    bindings={
        "property_declaration": Binding(pairs=_property),
        "assignment": Binding(),
        "infix_expression": Binding(pairs=_pair, entry=True),
    },
    keys=types("string_literal"),
)
