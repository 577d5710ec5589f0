"""How HTML's grammar maps to the vocabulary of `tree`: elements with their attributes and children."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Quirks, Tree

_PLACEHOLDER = re.compile(r"MVZ\w+ZVM")
_TAGS = types("start_tag self_closing_tag")
_ENDS = types("start_tag end_tag self_closing_tag erroneous_end_tag erroneous_end_tag_name")


def _element(tree: Tree, syntax: Any) -> Node:
    tag = next((child for child in syntax.named_children if child.type in _TAGS), None)
    return tree.lazy("element", syntax, _parts) if tag is not None else tree.plain(syntax)


def _parts(tree: Tree, syntax: Any) -> Kids:
    """Name, attributes, children."""
    tag = next(child for child in syntax.named_children if child.type in _TAGS)
    name = next((tree.name(child) for child in tag.named_children if child.type == "tag_name"), None)
    attributes = [tree.node(child) for child in tag.named_children if child.type == "attribute"]
    children = [tree.node(child) for child in syntax.named_children if child.type not in _ENDS and not child.is_extra]
    return [name, tree.list("attrs", tag, attributes), *children]


def _tag(tree: Tree, syntax: Any) -> Node:
    """The tag of an element that is nothing but a tag: the element."""
    return tree.node(syntax.parent) if len(syntax.parent.named_children) == 1 else tree.plain(syntax)


def _attribute(tree: Tree, syntax: Any) -> Node:
    """A name with its value; without one, a name with nothing."""
    named = syntax.named_children
    nothing = Node("tok", syntax.end_byte, syntax.end_byte, kids=[])
    return tree.make("pair", syntax, (tree.name(named[0]), tree.node(named[1]) if len(named) > 1 else nothing))


def _value(tree: Tree, syntax: Any) -> Node:
    """A value without quotes, or a text between tags."""
    text = tree.text(syntax)
    if _PLACEHOLDER.fullmatch(text):
        return tree.make("id", syntax, (), text)
    chars = Node("chars", syntax.start_byte, syntax.end_byte, text=text, kids=[], syntax=syntax, tree=tree)
    return tree.make("str", syntax, [chars])


def _quoted(tree: Tree, syntax: Any) -> Node:
    """A value in quotes."""
    start, end = syntax.start_byte + 1, syntax.end_byte - 1
    text = tree.data[start:end].decode(errors="replace")
    kids: Kids = [Node("chars", start, end, text=text, kids=[], syntax=syntax, tree=tree)] if text else []
    return tree.make("str", syntax, kids)


QUIRKS = Quirks(
    rules={
        "element": _element,
        "script_element": _element,
        "style_element": _element,
        "start_tag": _tag,
        "self_closing_tag": _tag,
        "attribute": _attribute,
        "attribute_value": _value,
        "quoted_attribute_value": _quoted,
        "text": _value,
        "raw_text": _value,
    },
    kinds={
        "element": ("element",),
        "script_element": ("element",),
        "style_element": ("element",),
        "start_tag": ("several",),
        "self_closing_tag": ("several",),
        "attribute": ("pair",),
        "attribute_value": ("str", "id"),
        "quoted_attribute_value": ("str",),
        "text": ("str", "id"),
        "raw_text": ("str", "id"),
    },
    identifiers=frozenset(),
    names=types("tag_name attribute_name"),
    implied=frozenset({"element"}),
    metavariable="MVZ{}ZVM",
    dollars=True,
)
