"""Facts of the CSS grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Facts, types
from ospec_guard.languages.node import Node, text_of


def _prelude(node: Node) -> str | None:
    """What stands before the braces: selectors, or an at-rule with its condition."""
    return " ".join(text_of(child) for child in node.children if child.type not in ("block", "keyframe_block_list"))


FACTS = Facts(
    module="tree_sitter_css",
    comments=types("comment js_comment"),
    strings=types("string_value"),
    sequences=types("stylesheet block keyframe_block_list"),
    definitions=dict.fromkeys(
        types("rule_set media_statement supports_statement keyframes_statement keyframe_block scope_statement"), _prelude
    ),
    bodies=types("block keyframe_block_list"),
)
