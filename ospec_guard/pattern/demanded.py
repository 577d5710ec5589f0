"""What a search adds or leaves out where a rule's `options:` ask for it; nothing of this is looked at otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ospec_guard.languages.facts import types
from ospec_guard.pattern.code import Code
from ospec_guard.pattern.hits import Hit
from ospec_guard.pattern.matching import Matcher
from ospec_guard.pattern.node import Node

_BLANK = re.compile(rb"\s*")
_HOLDING = {"var": 1, "pair": 0}
"""What holds a function, and which of its kids is the name."""


def methods_as_fields(root: Node, code: Code, matcher: Matcher) -> list[Hit]:
    """Where a pattern of an assignment matches a method: a field with the method's name that was given a function."""
    if not code.quirks.methods_are_fields:
        return []
    found = []
    for start, name, function in _members(code):
        ways = matcher.match(root.kids[0], name, {})
        found += [Hit(start, function.end, more) for way in ways for more in matcher.match(root.kids[1], function, way)]
    return found


def _members(code: Code) -> Iterator[tuple[int, Node, Node]]:
    """The methods of classes and objects: where they start without modifiers, their names, and the functions they are."""
    for holder in code.nodes(types("class dict")):
        body = holder.kids[3] if holder.kind == "class" else holder
        for member in body.kids if body is not None else ():
            held = member is not None and member.kind in _HOLDING
            function = member.kids[-1] if held and member is not None else member
            if function is None or function.kind != "func":
                continue
            name = member.kids[_HOLDING[member.kind]] if held and member is not None else function.kids[1]
            if name is not None:
                start = min(_begin(function, code.data), name.start)
                kids = [Node("attrs", start, start, kids=[]), None, *function.kids[2:]]
                yield start, name, Node("func", start, function.end, text="lambda", kids=kids, tree=code.tree)


def _begin(function: Node, data: bytes) -> int:
    """Where a function starts without its modifiers."""
    attrs = function.kids[0]
    found = _BLANK.match(data, attrs.end) if attrs is not None and attrs.kids else None
    return found.end() if found is not None else function.start


def without_attributes(hits: list[Hit], code: Code) -> list[Hit]:
    """The hits that are no attribute (`@a(...)`, `[A]`), and no part of one's name."""
    wholes, names = set(), []
    for attribute in code.nodes(types("attr")):
        inner = attribute.kids[0] if attribute.kids else None
        if inner is None:
            continue
        name = inner.kids[0] if inner.kind == "call" and inner.kids[0] is not None else inner
        if name.kind != "dot" or not code.quirks.dotted_attributes:
            wholes.add((inner.start, inner.end))
            names.append((name.start, name.end))
    return [
        hit
        for hit in hits
        if (hit.start, hit.end) not in wholes and not any(start <= hit.start and hit.end <= end for start, end in names)
    ]
