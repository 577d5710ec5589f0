"""Facts of the YAML grammar."""

from __future__ import annotations

import re

from ospec_guard.languages.facts import Binding, Facts, named, types
from ospec_guard.languages.node import Node, text_of

_DEEPEST = 100
"""Nested columns that the grammar's scanner bears: each may hold two levels, and at 253 levels it kills the process."""
_WIDE = re.compile(rb"^[ ?:-]{%d}" % _DEEPEST, re.MULTILINE)
_OPENING = re.compile(rb"^( *)((?:[?:-][ \t]+)*)[^ \t\r\n]", re.MULTILINE)

_CONTAINERS = types("block_mapping block_sequence flow_mapping flow_sequence")


def _bearable(data: bytes) -> bytes | None:
    """The text, unless it is nested too deep."""
    columns: list[int] = []
    for line in _OPENING.finditer(data) if _WIDE.search(data) else ():
        column = len(line[1])
        while columns and columns[-1] >= column:
            columns.pop()
        columns += [column, *(column + marker.end() for marker in re.finditer(rb"[?:-][ \t]+", line[2]))]
        if len(columns) > _DEEPEST:
            return None
    return data


def _section(node: Node) -> str | None:
    """The key of a pair whose value holds further values."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None or value is None:
        return None
    return text_of(key) if any(child.type in _CONTAINERS for child in named(value)) else None


FACTS = Facts(
    module="tree_sitter_yaml",
    prepare=_bearable,
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
