"""Which values a text gives to which names: from the nodes that bind, and the facts of the grammar, to assignments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ospec_guard.languages.facts import Binding, Facts, named
from ospec_guard.languages.node import Node
from ospec_guard.values import value


@value(order=True)
class Assignment:
    """One name, attribute, element or key, and the value it gets. All offsets are bytes."""

    start: int
    """Of the whole assignment, with its type, modifiers and further targets."""
    end: int
    target_start: int
    target_end: int
    value_start: int
    value_end: int


@value
class Found:
    """A node of one of the binding types, and the two above it."""

    node: Node
    parent: Node | None
    grandparent: Node | None


def assignments(found: Sequence[Found], facts: Facts, data: bytes) -> tuple[Assignment, ...]:
    """What the binding nodes of a text, parents before children, assign; ascending by target."""
    chained: set[int] = set()
    made: list[Assignment] = []
    for one in found:
        if one.node.id in chained or _unbound(one, facts):
            continue
        whole = _whole(one, facts)
        end = _end(whole, data)
        for target, given in _bound(one.node, facts, chained):
            target_end, given_end = _end(target, data), _end(given, data)
            if target_end == target.start_byte or given_end == given.start_byte:
                continue  # missing in broken code
            if data[target_end - 1 : target_end] == b":":  # some grammars count it to the key
                target_end -= 1
            made.append(Assignment(whole.start_byte, end, target.start_byte, target_end, given.start_byte, given_end))
    return tuple(sorted(made, key=lambda a: (a.target_start, a.start, a.end, a.value_start)))


def name_bound_to(node: Node, value: Node, facts: Facts) -> Node | None:
    """The target to which the binding `node` gives exactly `value`."""
    for target, bound in _bound(node, facts, set()):
        if value in (bound, peel(bound, facts)):
            return target
    return None


def peel(node: Node, facts: Facts) -> Node:
    """The node inside transparent wrappers; of several children the last, as tags and anchors go first."""
    while node.type in facts.transparent and (inner := named(node)):
        node = inner[-1]
    return node


def _unbound(one: Found, facts: Facts) -> bool:
    if one.parent is None or not facts.unbound_in:
        return False
    above = f"{one.grandparent.type}>{one.parent.type}" if one.grandparent is not None else ""
    return one.parent.type in facts.unbound_in or above in facts.unbound_in


def _whole(one: Found, facts: Facts) -> Node:
    """The declaration around a binding that is the only one in it."""
    whole = one.node
    for above in (one.parent, one.grandparent):
        if above is None or above.type not in facts.declarations:
            break
        if sum(child.type == whole.type for child in above.named_children) != 1:
            break
        whole = above
    return whole


def _bound(node: Node, facts: Facts, chained: set[int]) -> Iterator[tuple[Node, Node]]:
    """Every single target of a binding node with its value; the ids of bindings chained inside are added to `chained`."""
    binding = facts.bindings[node.type]
    for targets, given in _pairs(node, binding):
        if binding.entry:
            if peel(targets[0], facts).type in facts.keys and peel(given, facts).type not in facts.containers:
                yield targets[0], given
            continue
        groups, last = [targets], given
        while (inner := _chained(last, facts)) is not None:
            chained.add(inner[0].id)
            groups.append(inner[1])
            last = inner[2]
        for group in groups:
            yield from _match(group, last, facts)


def _pairs(node: Node, binding: Binding) -> Iterator[tuple[Sequence[Node], Node]]:
    if binding.pairs is not None:
        yield from binding.pairs(node)
        return
    target, value = node.child_by_field_name(binding.target), node.child_by_field_name(binding.value)
    if target is not None and value is not None:
        yield (target,), value


def _chained(value: Node, facts: Facts) -> tuple[Node, Sequence[Node], Node] | None:
    """The binding that a value is itself (`b = c` in `a = b = c`), with its targets and value."""
    inner = peel(value, facts)
    binding = facts.bindings.get(inner.type)
    if binding is None or binding.entry:
        return None
    pairs = list(_pairs(inner, binding))
    if len(pairs) != 1 or pairs[0][0][0].start_byte != inner.start_byte or pairs[0][1].end_byte != inner.end_byte:
        return None  # binds inside of itself, as `new { a = 1 }`
    return inner, *pairs[0]


def _match(targets: Sequence[Node], value: Node, facts: Facts) -> Iterator[tuple[Node, Node]]:
    """Targets with their values, element by element where both sides have as many and no star is among them."""
    work: list[tuple[Sequence[Node], Node]] = [(targets, value)]
    while work:
        targets, value = work.pop()
        if len(targets) == 1:
            target = peel(targets[0], facts)
            if target.type not in facts.patterns:
                yield target, value
                continue
            targets = _elements(target)
        inner = peel(value, facts)
        values = _elements(inner) if inner.type in facts.lists else []
        starred = any(node.type in facts.stars for node in (*targets, *values))
        if len(targets) == len(values) and not starred:
            work.extend(((target,), element) for target, element in reversed(list(zip(targets, values, strict=True))))
        else:
            yield from ((leaf, value) for leaf in _leaves(targets, facts))


def _elements(node: Node) -> list[Node]:
    """The elements of a pattern or list, without its type; of keyed ones what follows the `=>`."""
    children = [child for child in node.children if not child.is_extra]
    if any(child.type == "=>" for child in children):
        return [after for sign, after in pairwise(children) if sign.type == "=>"]
    of_type = node.child_by_field_name("type")
    return [child for child in children if child.is_named and child != of_type]


def _leaves(targets: Sequence[Node], facts: Facts) -> Iterator[Node]:
    """The names in patterns, in order."""
    work = list(reversed(targets))
    while work:
        node = peel(work.pop(), facts)
        if node.type not in facts.patterns and node.type not in facts.stars:
            yield node
            continue
        inner = [child for name in ("pattern", "value", "left") if (child := node.child_by_field_name(name)) is not None]
        work.extend(reversed(inner[:1] or _elements(node)))


def _end(node: Node, data: bytes) -> int:
    """The end of a node without the white space some grammars put there."""
    end = node.end_byte
    while end > node.start_byte and data[end - 1] in b" \t\r\n":
        end -= 1
    return end
