"""Switches of all languages in one shape: `switch` of a value and `cases`; a `case` has `labels` and a block.

Patterns name some of the cases, in any order, and the first of the labels of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Tree


def switch(tree: Tree, syntax: Any, value: Node | None, branches: Callable[[Tree, Any], Kids], text: str = "") -> Node:
    """A switch whose cases are made when somebody asks; `text` tells kinds of switches apart that patterns do."""
    return tree.make("switch", syntax, (value, tree.lazy("cases", syntax, branches)), text)


def case(tree: Tree, syntax: Any, labels: Sequence[Node], body: Node) -> Node:
    """A case; one without labels is what runs where no other does."""
    kids: Kids = [*labels] or [tree.make("tok", syntax.children[0], (), "default")]
    return tree.make("case", syntax, (Node("labels", syntax.start_byte, body.start, kids=kids, syntax=syntax, tree=tree), body))


def together(tree: Tree, labels: Sequence[Node]) -> list[Node]:
    """Several labels that only a pattern with all of them names."""
    return [tree.list("tuple", labels[0].syntax, labels)] if len(labels) > 1 else [*labels]


def branches(*kinds: str) -> Callable[[Tree, Any], Kids]:
    """The cases among the named children of a switch, or of the braces around them."""
    wanted = frozenset(kinds)

    def made(tree: Tree, syntax: Any) -> Kids:
        holder = syntax.child_by_field_name("body") or syntax
        return [tree.node(child) for child in holder.named_children if child.type in wanted]

    return made


def guarded(tree: Tree, label: Node, guard: Node | None) -> Node:
    """A label with its condition, which is one with it."""
    if guard is None:
        return label
    return Node("guarded", label.start, guard.end, kids=[label, guard], syntax=label.syntax, tree=tree)


def merged(cases: Sequence[Node]) -> Kids:
    """The cases, one without statements being a further label of the next one."""
    found: Kids = []
    labels: Kids = []
    for one in cases:
        named, body = one.kids if one.kind == "case" else (None, None)
        if named is None or body is None:
            found.append(one)
            continue
        labels += named.kids
        if body.kids or one is cases[-1]:
            found.append(_relabelled(one, labels, named, body))
            labels = []
    return found


def _relabelled(last: Node, labels: Kids, named: Node, body: Node) -> Node:
    """A case with all its labels."""
    first = labels[0]
    if first is None or len(labels) == len(named.kids):
        return last
    kids: Kids = [Node("labels", first.start, named.end, kids=labels, syntax=last.syntax, tree=last.tree), body]
    return Node("case", first.start, last.end, kids=kids, syntax=last.syntax, tree=last.tree)


def attempt(tree: Tree, syntax: Any) -> Kids:
    """The kids of a `try` with clauses for what is caught and for what runs last: a pattern may leave the former out."""
    found: dict[str, list[Node]] = {"catch_clause": [], "finally_clause": []}
    for child in syntax.named_children:
        if child.type in found:
            found[child.type].append(tree.node(child))
    handlers = tree.list("handlers", syntax, found["catch_clause"])
    last = found["finally_clause"][0] if found["finally_clause"] else None
    return [None, tree.body(syntax.child_by_field_name("body")), handlers, last]
