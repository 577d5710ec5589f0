"""Facts of the YAML grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, named, types
from ospec_guard.languages.node import Node, text_of

_CONTAINERS = types("block_mapping block_sequence flow_mapping flow_sequence")


def _section(node: Node) -> str | None:
    """The key of a pair whose value holds further values."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None or value is None:
        return None
    return text_of(key) if any(child.type in _CONTAINERS for child in named(value)) else None


FACTS = Facts(
    module="tree_sitter_yaml",
    comments=types("comment"),
    strings=types("double_quote_scalar single_quote_scalar"),
    indented=True,
    sequences=types("block_mapping block_sequence flow_mapping flow_sequence"),
    definitions={"block_mapping_pair": _section, "flow_pair": _section},
    bodies=_CONTAINERS,
    bindings={
        "block_mapping_pair": Binding("key", "value", entry=True),
        "flow_pair": Binding("key", "value", entry=True),
    },
    transparent=types("block_node flow_node plain_scalar"),
    keys=types("string_scalar double_quote_scalar single_quote_scalar"),
    containers=_CONTAINERS,
)
