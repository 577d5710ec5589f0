"""Functions, classes, blocks of statements, imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ospec_guard.pattern.matching.lists import Lists
from ospec_guard.pattern.matching.shapes import (
    DEEP_STATEMENTS,
    SORTS,
    Env,
    Ways,
    begins_with,
    bindings_key,
    has_gap,
    head_of,
    imported_path,
    is_longer,
    resumes,
    unlike,
)
from ospec_guard.pattern.names import content_of, required
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.words import words_of


class Definitions(Lists):
    """Definitions and statements."""

    def _func(self, pattern: Node, node: Node, env: Env) -> Ways:
        if pattern.text != node.text and not self._same_sort(pattern, node):
            return []
        if not self._named_alike(pattern, node):
            return []
        return self._kids(pattern, node, env)

    def _same_sort(self, pattern: Node, node: Node) -> bool:
        if node.text == "arrow" and not self.options.get("arrow_is_function", True):
            return False
        if pattern.text == "function":
            return node.text != "singleton"
        return node.text in SORTS.get(pattern.text, ())

    def _named_alike(self, pattern: Node, node: Node) -> bool:
        name = pattern.kids[1]
        return name is None or name.kind == "..." or node.kids[1] is not None

    def _class(self, pattern: Node, node: Node, env: Env) -> Ways:
        if pattern.text != node.text:
            return []
        ways = [env]
        for at in (0, 1, 2):
            if pattern.kids[at] is None:
                continue
            ways = [more for way in ways for more in self.match(pattern.kids[at], node.kids[at], way)]
        for params, others in zip(pattern.kids[4:], node.kids[4:], strict=False):
            ways = [more for way in ways for more in self.match(params, others, way)] if params is not None else ways
        body, other = pattern.kids[3], node.kids[3]
        if body is None or not ways:
            return ways
        if other is None:
            return [] if any(kid is not None and kid.kind != "..." for kid in body.kids) else ways
        wanted = [kid for kid in body.kids if kid is not None and kid.kind != "..."]
        return [more for way in ways for more in self._some(wanted, other.kids, way)]

    def _block(self, pattern: Node, node: Node, env: Env) -> Ways:
        only = pattern.kids[0] if len(pattern.kids) == 1 else None
        if only is not None and only.kind == "$" and len(node.kids) > 1:
            return self.bind_many(only, node.kids, env)
        if not has_gap(pattern.kids) and is_longer(node, len(pattern.kids), self.code.quirks.dropped):
            return []
        return [way for way, _, _ in self.statements(pattern.kids, node, env, prefix=has_gap(pattern.kids))]

    def statements(
        self, patterns: Sequence[Node | None], block: Node, env: Env, *, start: int = 0, prefix: bool = False
    ) -> list[tuple[Env, int, int]]:
        """Ways to match the statements of a block from the one at `start`, with the bytes from the first to the last taken.

        Around an ellipsis, statements inside of others count as following them. `prefix`: statements may be left over.
        """
        nodes = block.kids
        orders: list[tuple[Sequence[Node | None], int]] = [(nodes, start)]
        if nodes and resumes(patterns) and self.options.get("go_deeper_stmt", True):
            flattened, starts = self.code.statements.flattened(block)
            if len(flattened) - starts[start] > len(nodes) - start:
                orders.append((flattened, starts[start]))
        made: dict[Any, tuple[Env, int, int]] = {}
        for order, first in orders:
            # A statement inside of another ends with it or before: whatever was taken reaches to the furthest end so far.
            furthest, upto = -1, first
            for way, taken in sorted(self.sequence(patterns, order, env, first=first, prefix=prefix), key=_taken):
                while upto < taken:
                    furthest, upto = max(furthest, order[upto].end if order[upto] is not None else -1), upto + 1  # type: ignore[union-attr]
                begin = order[first].start if taken > first and order[first] is not None else -1  # type: ignore[union-attr]
                made.setdefault((begin, furthest, bindings_key(way)), (way, begin, furthest))
        return list(made.values())

    def _statement(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An expression statement: the same one, or a statement that holds such an expression."""
        inner = pattern.kids[0]
        if inner is None:
            return [env] if node.kind == "exprstmt" and node.kids[0] is None else []
        if node.kind != "exprstmt" and not self.code.tree.is_statement(node):
            return self.match(inner, node, env)
        if inner.kind == "<...>":
            return unlike(self._deep_in(inner, head_of(node), env))
        if node.kind not in DEEP_STATEMENTS:
            return []
        if not self.options.get("implicit_deep_exprstmt", True) or not self.options.get("go_deeper_expr", True):
            shallow = node.kids[0] if node.kind == "exprstmt" else node
            return self.match(inner, shallow, env)
        if not self._has_words(pattern, node):
            return []
        admitted = self.admitted(inner)
        found: Ways = []
        for kind, expressions in self.code.statements.expressions(node).items():
            if admitted is None or kind in admitted:
                found += [way for one in expressions for way in self.match(inner, one, env)]
        return unlike(found)

    def _has_words(self, pattern: Node, node: Node) -> bool:
        """Whether a node holds all words that every match of the pattern holds."""
        code = self.code
        words = self._words.get(pattern)
        if words is None:
            words = self._words[pattern] = list(code.needed(words_of(pattern, code.quirks), symbols=self.symbols))
        return all(code.holds(node, spellings) for spellings in words)

    def _import(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An import names a module or something in it: a pattern for a module is one for whatever is imported from it."""
        wanted, parts = imported_path(pattern), imported_path(node)
        alias = pattern.kids[2]
        if alias is not None and node.kids[2] is None:
            return []
        if not wanted or not parts or len(wanted) > len(parts) or pattern.text != node.text:
            return []
        ways = [env]
        for at, (one, other) in enumerate(zip(wanted, parts, strict=False)):
            if one.kind == other.kind == "str" and content_of(other).startswith(f"{content_of(one)}/"):
                continue  # A path in quotes starts with whole components.
            if one.kind == "$" and at == len(wanted) - 1 and pattern.kids[1] is None and len(parts) > len(wanted):
                last = parts[-1]
                rest = Node("ident", other.start, last.end, text=".".join([part.text for part in parts[at:]]), kids=[])
                ways = [more for way in ways for more in self.match(one, rest, way)]
                continue
            if one.kind == "...":
                continue
            ways = [
                more for way in ways for more in (self.match(one, other, way) or ([way] if begins_with(one, other) else []))
            ]
        if parts[-1].text == "*" and wanted[-1].text != "*" and len(wanted) == len(parts):
            return []
        return [more for way in ways for more in self.match(alias, node.kids[2], way)] if alias is not None else ways

    def _required(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A declaration that gives names to a module, or to parts of it, is an import."""
        found: Ways = []
        for path, name, _ in required(node, self.code.quirks.requires):
            found += self._import(pattern, Node("import", node.start, node.end, kids=[path, name, None]), env)
        return found


def _taken(state: tuple[Env, int]) -> int:
    return state[1]
