"""Facts of the TOML grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, around, named, types
from ospec_guard.languages.node import Node, text_of

_CONTAINERS = types("array inline_table")


def _header(node: Node) -> str | None:
    """The key in a table's header."""
    return next((text_of(child) for child in named(node)), None)


def _section(node: Node) -> str | None:
    """The key of a pair whose value holds further values."""
    inner = named(node)
    return text_of(inner[0]) if inner and inner[-1].type in _CONTAINERS else None


FACTS = Facts(
    module="tree_sitter_toml",
    comments=types("comment"),
    strings=types("string"),
    sequences=types("document table table_array_element inline_table"),
    definitions={"table": _header, "table_array_element": _header, "pair": _section},
    bodies=_CONTAINERS,
    asides=types("bare_key dotted_key quoted_key"),
    bindings={"pair": Binding(pairs=around("="), entry=True)},
    keys=types("bare_key dotted_key quoted_key"),
    containers=_CONTAINERS,
)
