"""Members, chains of calls, operators."""

from __future__ import annotations

from itertools import permutations

from ospec_guard.pattern.matching.definitions import Definitions
from ospec_guard.pattern.matching.shapes import (
    CHAINS,
    COMMUTATIVE,
    LOGICAL,
    MOST_OPERANDS,
    SYMMETRIC,
    Env,
    Ways,
    is_chain,
    operands_of,
    unlike,
)
from ospec_guard.pattern.node import Node


class Operators(Definitions):
    """Expressions whose form may differ though they mean the same."""

    def _dot(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A member; `$X. ... .f` passes over a chain of calls and members."""
        object_, member = pattern.kids[0], pattern.kids[1]
        if member is not None and member.kind == "...":
            return self._chained(object_, node, env)
        if object_ is None or not is_chain(object_) or not self._same_text(pattern, node):
            return self._alike(pattern, node, env)
        ways = self.match(member, node.kids[1], env)
        return [more for way in ways for more in self._chained(object_.kids[0], node.kids[0], way, least=0)]

    def _chained(self, object_: Node | None, node: Node | None, env: Env, *, least: int = 1) -> Ways:
        """`least`: 0 where what comes first may be all there is, before a further member."""
        found: Ways = []
        if node is None or (node.kind not in CHAINS and least):
            return []
        while node is not None:
            found += self.match(object_, node, env)
            if node.kind not in CHAINS:
                break
            node = node.kids[0]
        return unlike(found)

    def _binop(self, pattern: Node, node: Node, env: Env) -> Ways:
        if pattern.text != node.text:
            return []
        ways = self._alike(pattern, node, env)
        if ways:
            return ways
        if any(self.options.get(option) for option in SYMMETRIC.get(pattern.text, ())):
            return self._in_any_order(pattern.kids, node.kids, env)
        wanted, operands = operands_of(pattern), operands_of(node)
        if any(one is not None and one.kind == "..." for one in wanted):
            ways = [way for way, _ in self.sequence(wanted, operands, env)]
        if ways or pattern.text not in COMMUTATIVE or not self.options.get("ac_matching", True):
            return ways
        if pattern.text in LOGICAL and not self.options.get("commutative_boolop"):
            return ways
        return self._in_any_order(wanted, operands, env)

    def _in_any_order(self, wanted: list[Node | None], operands: list[Node | None], env: Env) -> Ways:
        bare = [one for one in wanted if one is None or one.kind != "..."]
        if len(bare) > len(operands) or (len(bare) == len(wanted) and len(bare) != len(operands)):
            return []
        if len(operands) > MOST_OPERANDS:
            return []
        found: Ways = []
        for order in permutations(operands, len(bare)):
            ways = [env]
            for one, other in zip(bare, order, strict=True):
                ways = [more for way in ways for more in self.match(one, other, way)]
            found += ways
            if found:
                break
        return found
