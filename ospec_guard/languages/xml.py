"""Facts of the XML grammar."""

from __future__ import annotations

from ospec_guard.languages.facts import Facts, types

FACTS = Facts(
    module="tree_sitter_xml",
    function="language_xml",
    comments=types("Comment"),
    strings=types("AttValue"),
    opaque=types("CharData CData"),
    sequences=types("document content"),
    units=types("element"),
    bodies=types("content ETag"),
    asides=types("prolog STag ETag EmptyElemTag CharData CDSect CharRef EntityRef"),
)
