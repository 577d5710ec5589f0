"""Facts of the HCL grammar (Terraform)."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, around, named, types
from ospec_guard.languages.node import Node, text_of


def _block_name(node: Node) -> str | None:
    """Type and labels: `resource.aws_db.main`."""
    return ".".join(text_of(child).strip('"') for child in named(node) if child.type in ("identifier", "string_lit"))


FACTS = Facts(
    module="tree_sitter_hcl",
    comments=types("comment"),
    strings=types("string_lit heredoc_template quoted_template"),
    sequences=types("body object"),
    definitions={"block": _block_name},
    bodies=types("body object tuple"),
    asides=types("object_start object_end"),
    bindings={
        "attribute": Binding(pairs=around("="), entry=True),
        "object_elem": Binding("key", "val", entry=True),
    },
    transparent=types("expression literal_value collection_value template_expr variable_expr"),
    keys=types("identifier string_lit quoted_template"),
    containers=types("object tuple"),
)
