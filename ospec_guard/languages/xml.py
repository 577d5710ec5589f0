"""Facts of the XML grammar."""

from __future__ import annotations

import re

from ospec_guard.languages.facts import Facts, types

_TAG = re.compile(
    rb"""<!--.*?(?:-->|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) | <[A-Za-z_:](?:[^<>"']|"[^"<]*"|'[^'<]*'|<!--.*?(?:-->|\Z))*""",
    re.DOTALL | re.VERBOSE,
)
"""Comments, literal sections, and tags with what they hold; each try ends in a match, so that the time is that of one pass."""
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


def _without_comments_in_tags(text: bytes) -> bytes:
    """The text with blanks for comments between attributes: many readers bear them, the grammar ends the tag there."""
    if b"<!--" not in text:
        return text

    def blank(tag: re.Match[bytes]) -> bytes:
        if tag[0].startswith(b"<!"):
            return tag[0]
        return _COMMENT.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), tag[0])

    return _TAG.sub(blank, text)


FACTS = Facts(
    module="tree_sitter_xml",
    function="language_xml",
    prepare=_without_comments_in_tags,
    comments=types("Comment"),
    strings=types("AttValue"),
    opaque=types("CharData CData"),
    sequences=types("document content"),
    units=types("element"),
    bodies=types("content ETag"),
    asides=types("prolog STag ETag EmptyElemTag CharData CDSect CharRef EntityRef"),
)
