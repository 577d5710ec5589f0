"""Facts of the JSON grammar, comments included."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types
from ospec_guard.languages.node import Node, text_of


def _section(node: Node) -> str | None:
    """The key of a pair whose value holds further values."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    return text_of(key) if key is not None and value is not None and value.type in ("object", "array") else None


FACTS = Facts(
    module="tree_sitter_json",
    comments=types("comment"),
    forgiven=frozenset({b","}),  # behind the last element
    strings=types("string"),
    sequences=types("document object array"),
    definitions={"pair": _section},
    bodies=types("object array"),
    bindings={"pair": Binding("key", "value", entry=True)},
    keys=types("string"),
    containers=types("object array"),
)
