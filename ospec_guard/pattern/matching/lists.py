"""Lists: arguments, containers, attributes, bases."""

from __future__ import annotations

from collections.abc import Sequence

from ospec_guard.pattern.matching.shapes import (
    DOTS,
    Env,
    Ways,
    has_gap,
    unlike,
)
from ospec_guard.pattern.matching.texts import Texts
from ospec_guard.pattern.node import Node


class Lists(Texts):
    """Lists in order, in any order, and with gaps."""

    def _args(self, pattern: Node, node: Node, env: Env) -> Ways:
        return self._arguments(pattern.kids, node.kids, env)

    def _arguments(self, patterns: Sequence[Node | None], nodes: Sequence[Node | None], env: Env) -> Ways:
        """Arguments in order, keyword arguments wherever they stand."""
        if not any(pattern is not None and pattern.kind == "kwarg" for pattern in patterns):
            return [way for way, _ in self.sequence(patterns, nodes, env)]
        first, rest = patterns[0], patterns[1:]
        if first is not None and first.kind == "kwarg":
            return [
                more
                for at, node in enumerate(nodes)
                if node is not None and node.kind == "kwarg"
                for way in self.match(first, node, env)
                for more in self._arguments(rest, [*nodes[:at], *nodes[at + 1 :]], way)
            ]
        if first is not None and first.kind in ("...", "$..."):
            found: Ways = []
            for taken in range(len(nodes) + 1):
                ways = [env] if first.kind == "..." else self.bind_many(first, nodes[:taken], env)
                found += [more for way in ways for more in self._arguments(rest, nodes[taken:], way)]
            return unlike(found)
        if not nodes:
            return []
        return [more for way in self.match(first, nodes[0], env) for more in self._arguments(rest, nodes[1:], way)]

    def _bag(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Each pattern matches some element, in any order, and more elements are fine."""
        wanted = [kid for kid in pattern.kids if kid is not None and kid.kind != "..."]
        return self._some(wanted, node.kids, env)

    def _attrs(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Decorators and modifiers: more of them are fine, and their order counts where the rule asks for that."""
        usual = self.code.quirks.usual
        if usual and any(kid is not None and kid.text in usual for kid in pattern.kids):
            written = {kid.text for kid in node.kids if kid is not None}
            left = [kid for kid in pattern.kids if kid is None or kid.text not in usual or usual[kid.text] & written]
            pattern = Node("attrs", pattern.start, pattern.end, kids=left)
        if not self.options.get("decorators_order_matters"):
            return self._bag(pattern, node, env)
        wanted = [one for kid in pattern.kids if kid is not None for one in (DOTS, kid)]
        return unlike([way for way, _ in self.sequence([*wanted, DOTS], node.kids, env)])

    def _narrow_attrs(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Where `var` is no pattern for `let`: modifiers that say more than others must be in the pattern too."""
        narrow = self.code.quirks.narrow
        said, wanted = ({kid.text for kid in one.kids if kid is not None and kid.text in narrow} for one in (node, pattern))
        return self._attrs(pattern, node, env) if said <= wanted else []

    def _supers(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Base classes: any of them, or, where their order means something, the first ones."""
        if not self.code.quirks.ordered_supers:
            return self._bag(pattern, node, env)
        return unlike([way for way, _ in self.sequence(pattern.kids, node.kids, env, prefix=True)])

    def _labels(self, pattern: Node, node: Node, env: Env) -> Ways:
        """What a case is for: the first of its labels."""
        return unlike([way for way, _ in self.sequence(pattern.kids, node.kids, env, prefix=True)])

    def _case(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A case: a metavariable for what is done in it stands for its statements, where it has some."""
        ways = self.match(pattern.kids[0], node.kids[0], env)
        wanted, body = pattern.kids[1], node.kids[1]
        if wanted is not None and body is not None and wanted.kind == "$" and not self._is_braced(body):
            kids = body.kids
            if len(kids) == 1:
                body = kids[0]
            else:
                return [more for way in ways for more in self.bind_many(wanted, kids, way)] if kids else []
        return [more for way in ways for more in self.match(wanted, body, way)]

    def _is_braced(self, node: Node) -> bool:
        return self.code.data[node.start : node.start + 1] == b"{"

    def _some(self, wanted: Sequence[Node], nodes: Sequence[Node | None], env: Env) -> Ways:
        if not wanted:
            return [env]
        return [
            more
            for at, node in enumerate(nodes)
            for way in self.match(wanted[0], node, env)
            for more in self._some(wanted[1:], [*nodes[:at], *nodes[at + 1 :]], way)
        ]

    def _dict(self, pattern: Node, node: Node, env: Env) -> Ways:
        quirks = self.code.quirks
        if pattern.kind not in quirks.unordered:
            return self._alike(pattern, node, env)
        wanted = [kid for kid in pattern.kids if kid is not None and kid.kind not in ("...", "$...")]
        open_ended = len(wanted) < len(pattern.kids) or (
            pattern.kind in quirks.implied and self.options.get("implicit_ellipsis", True)
        )
        if len(wanted) > len(node.kids) or (not open_ended and len(wanted) != len(node.kids)):
            return []
        ways = self._some(wanted, node.kids, env)
        many = [kid for kid in pattern.kids if kid is not None and kid.kind == "$..."]
        return [more for way in ways for more in (self.bind_many(many[0], node.kids, way) if many else [way])]

    def _element(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An XML element: attributes in any order, and more of them are fine."""
        ways = self._opened(pattern, node, env)
        rest, others = pattern.kids[2:], node.kids[2:]
        is_implied = "element" in self.code.quirks.implied
        if not rest and is_implied:
            return ways
        # In documents further children are fine; in code, where children are values, they are not.
        return [more for way in ways for more, _ in self.sequence(rest, others, way, prefix=is_implied)]

    def _loose_element(self, pattern: Node, node: Node, env: Env) -> Ways:
        """The same where the order of children counts for nothing: all of them, or any with an ellipsis."""
        rest, others = pattern.kids[2:], node.kids[2:]
        ways = self._opened(pattern, node, env)
        if len(rest) == 1 and rest[0] is not None and rest[0].kind == "$...":
            return [more for way in ways for more in self.bind_many(rest[0], others, way)]
        wanted = [kid for kid in rest if kid is not None and kid.kind != "..."]
        if len(wanted) != len(others) and not has_gap(rest):
            return []
        return unlike([more for way in ways for more in self._some(wanted, others, way)])

    def _opened(self, pattern: Node, node: Node, env: Env) -> Ways:
        """The name and the attributes of an element."""
        is_implied = "element" in self.code.quirks.implied
        if pattern.text and not node.text and not self.options.get("xml_singleton_loose_matching", is_implied):
            return []  # `<a />` is no pattern for `<a></a>`; the other way round it is.
        ways = self.match(pattern.kids[0], node.kids[0], env)
        return [more for way in ways for more in self._attributes(pattern, node, way)]

    def _attributes(self, pattern: Node, node: Node, env: Env) -> Ways:
        one, other = pattern.kids[1], node.kids[1]
        if one is None or other is None:
            return [env]
        implied = self.options.get("xml_attrs_implicit_ellipsis", True) or has_gap(one.kids)
        return self._bag(one, other, env) if implied or len(one.kids) == len(other.kids) else []
