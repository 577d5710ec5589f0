"""Facts of the Python grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, named, types
from ospec_guard.languages.node import Node


def _is_docstring(node: Node) -> bool:
    """Whether an expression statement is only a string, without expressions in it."""
    inner = named(node)
    if len(inner) != 1 or inner[0].type not in ("string", "concatenated_string"):
        return False
    parts = inner[0].children if inner[0].type == "string" else [part for text in named(inner[0]) for part in text.children]
    return all(part.type != "interpolation" for part in parts)


FACTS = Facts(
    module="tree_sitter_python",
    comments=types("comment"),
    strings=types("string"),
    prose={"expression_statement": _is_docstring},
    indented=True,
    sequences=types("module block"),
    definitions={"class_definition": "name", "function_definition": "name"},
    lambdas=types("lambda"),
    bodies=types("block"),
    clauses=types("case_clause"),
    wrappers=types("decorated_definition"),
    bindings={
        "assignment": Binding(),
        "augmented_assignment": Binding(),
        "named_expression": Binding("name", "value"),
        "pair": Binding("key", "value", entry=True),
    },
    unbound_in=types("dictionary_comprehension"),
    patterns=types("pattern_list tuple_pattern list_pattern"),
    lists=types("expression_list tuple list"),
    stars=types("list_splat_pattern list_splat"),
    keys=types("string concatenated_string identifier attribute"),
    containers=types("dictionary list set tuple dictionary_comprehension list_comprehension set_comprehension"),
)
