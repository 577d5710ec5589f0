"""Facts of the JSON grammar, comments included."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, types
from ospec_guard.languages.node import Node, text_of
from ospec_guard.languages.spans import skip


def _section(node: Node) -> str | None:
    """The key of a pair whose value holds further values."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    return text_of(key) if key is not None and value is not None and value.type in ("object", "array") else None


def _is_last_comma(node: Node, data: bytes) -> bool:
    """A comma behind the last element, which settings of editors and compilers may have."""
    if not data.startswith((b"]", b"}"), skip(data, node.end_byte)):
        return False
    return node.text == b"," or (node.is_missing and data.endswith(b",", 0, node.start_byte))


FACTS = Facts(
    module="tree_sitter_json",
    comments=types("comment"),
    forgives=_is_last_comma,
    strings=types("string"),
    sequences=types("document object array"),
    definitions={"pair": _section},
    bodies=types("object array"),
    bindings={"pair": Binding("key", "value", entry=True)},
    keys=types("string"),
    containers=types("object array"),
)
