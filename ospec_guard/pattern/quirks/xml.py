"""How XML's grammar maps to the vocabulary of `tree`: elements with their attributes and children."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Quirks, Tree

_PLACEHOLDER = re.compile(r"(MVZ\w+ZVM)(?:=\"\")?")
_TAGS = types("STag EmptyElemTag")
_NO_CHILDREN = types("Comment PI")


def _element(tree: Tree, syntax: Any) -> Node:
    """An element; one that is a single tag has a text, since it may mean elements with children too."""
    tag = next((child for child in syntax.named_children if child.type in _TAGS), None)
    if tag is None:
        return tree.plain(syntax)
    return tree.lazy("element", syntax, _parts, "/" if tag.type == "EmptyElemTag" else "")


def _parts(tree: Tree, syntax: Any) -> Kids:
    """Name, attributes, children; white space between elements is none."""
    tag = next(child for child in syntax.named_children if child.type in _TAGS)
    name = next((tree.name(child) for child in tag.named_children if child.type == "Name"), None)
    attributes = [tree.node(child) for child in tag.named_children if child.type == "Attribute"]
    content = [child for one in syntax.named_children if one.type == "content" for child in one.named_children]
    children: Kids = [
        tree.node(child)
        for child in content
        if child.type not in _NO_CHILDREN and not (child.type == "CharData" and not child.text.strip())
    ]
    return [name, tree.list("attrs", tag, attributes), *children]


def _attribute(tree: Tree, syntax: Any) -> Node:
    """A name with its value."""
    named = syntax.named_children
    return tree.make("pair", syntax, (tree.name(named[0]), tree.node(named[-1])))


def _quoted(tree: Tree, syntax: Any) -> Node:
    """A value in quotes, references to entities as they are written."""
    return _text(tree, syntax, syntax.start_byte + 1, syntax.end_byte - 1)


def _chars(tree: Tree, syntax: Any) -> Node:
    """A text between tags, without the white space around it."""
    written = tree.text(syntax)
    placeholder = _PLACEHOLDER.fullmatch(written.strip())
    if placeholder is not None:
        return tree.make("id", syntax, (), placeholder[1])
    data = tree.data[syntax.start_byte : syntax.end_byte]
    start = syntax.start_byte + len(data) - len(data.lstrip())
    return _text(tree, syntax, start, max(start, syntax.end_byte - len(data) + len(data.rstrip())))


def _text(tree: Tree, syntax: Any, start: int, end: int) -> Node:
    content = tree.data[start:end].decode(errors="replace")
    kids: Kids = [Node("chars", start, end, text=content, kids=[], syntax=syntax, tree=tree)] if content else []
    return tree.make("str", syntax, kids)


QUIRKS = Quirks(
    rules={"element": _element, "Attribute": _attribute, "AttValue": _quoted, "CharData": _chars, "CData": _chars},
    kinds={
        "element": ("element",),
        "Attribute": ("pair",),
        "AttValue": ("str",),
        "CharData": ("str", "id"),
        "CData": ("str", "id"),
    },
    identifiers=frozenset(),
    names=types("Name"),
    dropped=types("Comment PI"),
    implied=frozenset({"element"}),
    contexts=("@@", "<__x__ @@/>", "<__x__>@@</__x__>"),
    ellipses=("$", '$=""'),
    literal_texts=True,
    metavariable="MVZ{}ZVM",
    dollars=True,
)
