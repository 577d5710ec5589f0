"""Facts of the Go grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, types
from ospec_guard.languages.node import Node, text_of


def _method_name(node: Node) -> str | None:
    """`Type.name`: a method is written outside of the type it belongs to."""
    name, receiver = node.child_by_field_name("name"), node.child_by_field_name("receiver")
    work = [receiver] if receiver is not None else []
    while work:
        inner = work.pop(0)
        if inner.type == "type_identifier":
            return f"{text_of(inner)}.{text_of(name)}" if name is not None else None
        work.extend(inner.named_children)
    return text_of(name) if name is not None else None


def _spec(node: Node) -> Pairs:
    """`a, b = 1, 2` in a `var` or `const` declaration."""
    names = [name for name in node.children_by_field_name("name") if name.is_named]
    value = node.child_by_field_name("value")
    if value is not None:
        yield names, value


FACTS = Facts(
    module="tree_sitter_go",
    comments=types("comment"),
    strings=types("interpreted_string_literal raw_string_literal rune_literal"),
    sequences=types(
        "source_file statement_list field_declaration_list interface_type var_declaration var_spec_list const_declaration"
        " type_declaration import_spec_list labeled_statement"
    ),
    definitions={
        "function_declaration": "name",
        "method_declaration": _method_name,
        "type_spec": "name",
        "type_alias": "name",
    },
    lambdas=types("func_literal"),
    statements=types("if_statement"),
    bodies=types("block field_declaration_list literal_value"),
    clauses=types("expression_case type_case default_case communication_case"),
    asides=types("var_spec_list import_spec_list label_name"),
    wrappers=types("var_declaration var_spec_list const_declaration type_declaration labeled_statement"),
    bindings={
        "short_var_declaration": Binding(),
        "assignment_statement": Binding(),
        "receive_statement": Binding(),
        "var_spec": Binding(pairs=_spec),
        "const_spec": Binding(pairs=_spec),
        "keyed_element": Binding("key", "value", entry=True),
    },
    declarations=types("var_declaration const_declaration"),
    transparent=types("literal_element"),
    patterns=types("expression_list"),
    lists=types("expression_list"),
    keys=types("identifier interpreted_string_literal raw_string_literal"),
    containers=types("composite_literal literal_value"),
)
