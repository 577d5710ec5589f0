"""Facts of the Swift grammar."""

from __future__ import annotations

from collections.abc import Callable

from ospec_guard.languages.facts import Binding, Facts, Pairs, types
from ospec_guard.languages.node import Node


def _repeated(target: str, value: str) -> Callable[[Node], Pairs]:
    """Pairs of a node that holds several targets and values side by side, each in its field."""

    def pairs(node: Node) -> Pairs:
        last: Node | None = None
        for index, child in enumerate(node.children):
            field = node.field_name_for_child(index)
            if field == target:
                last = child
            elif field == value and last is not None:
                yield (last,), child
                last = None

    return pairs


def _conditions(node: Node) -> Pairs:
    """`if let a = b, let c = d`."""
    name: Node | None = None
    sign = False
    for index, child in enumerate(node.children):
        if node.field_name_for_child(index) == "bound_identifier":
            name, sign = child, False
        elif child.type == "=":
            sign = True
        elif name is not None and sign and child.is_named and not child.is_extra:
            yield (name,), child
            name = None


FACTS = Facts(
    module="tree_sitter_swift",
    comments=types("comment multiline_comment"),
    strings=types("line_string_literal multi_line_string_literal raw_string_literal regex_literal"),
    sequences=types("source_file class_body protocol_body enum_class_body statements"),
    definitions={
        "class_declaration": "name",
        "protocol_declaration": "name",
        "function_declaration": "name",
        "protocol_function_declaration": "name",
        "init_declaration": "name",
        "deinit_declaration": lambda _: "deinit",
        "subscript_declaration": lambda _: "subscript",
    },
    lambdas=types("lambda_literal"),
    bodies=types("class_body protocol_body enum_class_body function_body statements computed_property willset_didset_block"),
    clauses=types("switch_entry"),
    asides=types("directive shebang_line"),
    bindings={
        "property_declaration": Binding(pairs=_repeated("name", "value")),
        "assignment": Binding("target", "result"),
        "dictionary_literal": Binding(pairs=_repeated("key", "value"), entry=True),
        "enum_entry": Binding(pairs=_repeated("name", "raw_value")),
        "if_statement": Binding(pairs=_conditions),
        "guard_statement": Binding(pairs=_conditions),
        "while_statement": Binding(pairs=_conditions),
    },
    transparent=types("directly_assignable_expression"),
    patterns=types("pattern tuple_expression"),
    lists=types("tuple_expression"),
    keys=types("line_string_literal simple_identifier"),
    containers=types("dictionary_literal array_literal"),
)
