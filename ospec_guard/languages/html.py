"""Facts of the HTML grammar. Scripts and styles in a page are opaque text to it."""

from __future__ import annotations

from ospec_guard.languages.facts import Facts, types

FACTS = Facts(
    module="tree_sitter_html",
    comments=types("comment"),
    strings=types("quoted_attribute_value"),
    opaque=types("text raw_text"),
    sequences=types("document element"),
    units=types("element script_element style_element"),
    bodies=types("text raw_text end_tag"),
    asides=types("start_tag end_tag self_closing_tag erroneous_end_tag text"),
)
