"""Matching by sameness: the same kind, the same text, the same kids, and sequences with gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ospec_guard.pattern.code import Code
from ospec_guard.pattern.hits import Bound, LooseBound
from ospec_guard.pattern.matching.shapes import (
    ABSENT,
    EQUIVALENT,
    FIXED,
    GIVEN,
    NAMES,
    WITHOUT_RESULTS,
    Env,
    Ways,
    distinct,
    only_gaps,
    plan_of,
)
from ospec_guard.pattern.node import SPECIAL, Node, same_variable

_NOTHING: frozenset[str] = frozenset()
_CASTS = frozenset(("cast",))
_SYMBOLS = frozenset(("id",))


class Core:
    """Compares nodes that are of one kind; what is more than that is in the classes made from it."""

    def __init__(self, code: Code, options: dict[str, Any]) -> None:
        self.code = code
        self.options = options
        self._constants = options.get("constant_propagation", True)
        self.symbols = bool(options.get("symbolic_propagation"))
        """Names stand for the expressions they were given."""
        self._bound = Bound if options.get("unify_ids_strictly", True) else LooseBound
        self._others = EQUIVALENT if code.quirks.results else WITHOUT_RESULTS
        self._words: dict[Node, list[tuple[str, ...]]] = {}
        """Of statements in patterns, the words of each with their other spellings in this file."""
        self._by_kind: dict[str, Callable[[Node, Node, Env], Ways]] = {}
        """How patterns that only patterns can be are matched, by kind."""
        self._same_kind: dict[str, Callable[[Node, Node, Env], Ways]] = {}
        """How nodes of the same kind are compared, where not by their kids."""

    def match(self, pattern: Node | None, node: Node | None, env: Env) -> Ways:
        """All ways in which the pattern matches the node."""
        if pattern is None:
            return [env] if node is None else []
        special = self._by_kind.get(pattern.kind)
        if special is not None:
            if node is None:
                return [env] if pattern.kind == "..." else []
            return special(pattern, node, env)
        if node is None:
            # `new T { … }` is `new T()` too.
            return [env] if pattern.kind == "initializer" and only_gaps(pattern.kids) else []
        if pattern.kind == node.kind:
            same = self._same_kind.get(pattern.kind)
            ways = same(pattern, node, env) if same is not None else self._alike(pattern, node, env)
            if ways:
                return ways
        elif pattern.kind in NAMES and node.kind in NAMES and self._same_text(pattern, node):
            return [env]
        others, kind = self._others.get(pattern.kind), node.kind
        if (others is not None and kind in others) or kind == "cast" or (kind == "id" and self.symbols) or _is_wide(pattern):
            return self._equivalent(pattern, node, env)
        return []

    def admitted(self, pattern: Node) -> frozenset[str] | None:
        """The kinds of code that a pattern may match; None: any."""
        if pattern.kind in self._by_kind or _is_wide(pattern):
            return None
        return self._others.get(pattern.kind, _NOTHING) | (_CASTS | _SYMBOLS if self.symbols else _CASTS) | {pattern.kind}

    def _alike(self, pattern: Node, node: Node, env: Env) -> Ways:
        """The same kind, the same text, the same kids."""
        if not self._same_text(pattern, node):
            return []
        kids, others = pattern.kids, node.kids
        if not kids and not others:
            return [env]
        plan = pattern.syntax
        if plan is None:
            plan = pattern.syntax = plan_of(pattern)
        if plan[0]:
            if pattern.kind in FIXED and len(kids) == len(others):
                return self._kids(pattern, node, env)
            return [way for way, _ in self.sequence(kids, others, env)]
        if len(kids) != len(others):
            return []
        return self._kids(pattern, node, env)

    def _same_text(self, pattern: Node, node: Node) -> bool:
        if pattern.text == node.text:
            return True
        # The case of variables, which have a sign in front, and of members counts everywhere.
        caseless = self.code.quirks.caseless and pattern.kind == node.kind == "id" and pattern.text[:1] != "$"
        return caseless and pattern.text.lower() == node.text.lower()

    def _kids(self, pattern: Node, node: Node, env: Env) -> Ways:
        """The kids one by one; those that decide most come first."""
        plan = pattern.syntax
        if plan is None:
            plan = pattern.syntax = plan_of(pattern)
        order = plan[1]
        kids, others = pattern.kids, node.kids
        for at in order:
            kid = kids[at]
            if others[at] is None and kid is not None and (kid.kind not in ABSENT or (pattern.kind, at) in GIVEN):
                return []
        ways = [env]
        for at in order:
            kid, other = kids[at], others[at]
            if len(ways) == 1:
                ways = self.match(kid, other, ways[0])
            else:
                ways = [more for way in ways for more in self.match(kid, other, way)]
            if not ways:
                return ways
        return ways

    def sequence(
        self,
        patterns: Sequence[Node | None],
        nodes: Sequence[Node | None],
        env: Env,
        *,
        first: int = 0,
        prefix: bool = False,
    ) -> list[tuple[Env, int]]:
        """Ways to match a list from the node at `first` on, each with where it ends; `prefix`: nodes may be left over."""
        states: list[tuple[Env, int]] = [(env, first)]
        gap = False
        count = len(nodes)
        for number, pattern in enumerate(patterns):
            if pattern is not None and pattern.kind == "...":
                gap = True
                continue
            if pattern is not None and pattern.kind == "$...":
                following = patterns[number + 1] if number + 1 < len(patterns) else None
                is_last = number + 1 == len(patterns) and not prefix
                starts = [(way, begin) for way, at in states for begin in (range(at, count + 1) if gap else (at,))]
                states = [
                    (more, last)
                    for way, begin in starts
                    for last in ((count,) if is_last else self._ends(nodes, begin, following))
                    for more in self.bind_many(pattern, nodes[begin:last], way)
                ]
                gap = False
                continue
            found: list[tuple[Env, int]] = []
            seen: set[tuple[int, int]] = set()
            for way, at in _earliest(states) if gap else states:
                for place in range(at, count) if gap else range(at, min(at + 1, count)):
                    for more in self.match(pattern, nodes[place], way):
                        if (id(more), place) not in seen:
                            seen.add((id(more), place))
                            found.append((more, place + 1))
            states, gap = found, False
            if not states:
                return []
        if gap:
            return distinct([(way, count) for way, _ in states])
        return states if prefix else [(way, at) for way, at in states if at == count]

    def _ends(self, nodes: Sequence[Node | None], begin: int, following: Node | None) -> Iterable[int]:
        """Where a metavariable for a sequence may end: anywhere, or where what follows it in the pattern matches."""
        if following is None or following.kind in SPECIAL:
            return range(begin, len(nodes) + 1)
        return [at for at in range(begin, len(nodes)) if self.match(following, nodes[at], {})]

    def bind(self, name: str, node: Node, env: Env) -> Ways:
        """The bindings with one more, or none where the name stands for something else."""
        if name == "$_":
            return [env]
        known = env.get(name)
        if known is not None:
            if node.kind == "cast" and known.key != node.key and node.kids[1] is not None:
                return self.bind(name, node.kids[1], env)  # `(T) x` is the `x` that was bound.
            return [env] if known.key == node.key and (same_variable(known.node, node) or known.is_loose) else []
        return [{**env, name: self._bound(node.start, node.end, None, None, node, None, self.code.data)}]

    def bind_many(self, pattern: Node, nodes: Sequence[Node | None], env: Env) -> Ways:
        present = [node for node in nodes if node is not None]
        if pattern.text == "$..._":
            return [env]
        key = " ".join(node.key for node in present)
        known = env.get(pattern.text)
        if known is not None:
            return [env] if known.key == key else []
        start, end = (present[0].start, present[-1].end) if present else (-1, -1)
        text = self.code.data[start:end].decode(errors="replace") if present else ""
        return [{**env, pattern.text: Bound(start, end, text, key, present)}]

    def _equivalent(self, pattern: Node, node: Node, env: Env) -> Ways:
        """What matches though it is of another kind or form."""
        raise NotImplementedError


def _is_wide(pattern: Node) -> bool:
    """Whether code of any kind may be the same as the pattern: a statement as a block, a chain of calls."""
    kind = pattern.kind
    return kind == "block" or (kind == "dot" and pattern.kids[1] is not None and pattern.kids[1].kind == "...")


def _earliest(states: list[tuple[Env, int]]) -> list[tuple[Env, int]]:
    """Of states with the same bindings the first: after a gap it can go on wherever the others can."""
    if len(states) == 1:
        return states
    found: dict[int, tuple[Env, int]] = {}
    for way, at in states:
        known = found.get(id(way))
        if known is None or at < known[1]:
            found[id(way)] = (way, at)
    return list(found.values())
