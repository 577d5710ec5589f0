"""What is of another kind or form and yet the same to rules, and the matcher that has it all."""

from __future__ import annotations

from typing import Any

from ospec_guard.pattern.code import Code
from ospec_guard.pattern.matching.operators import Operators
from ospec_guard.pattern.matching.shapes import (
    FOLDED,
    LITERALS,
    LOOSE,
    NAMES,
    QUALIFIED,
    Env,
    Ways,
    is_bare_call,
    written_alike,
)
from ospec_guard.pattern.names import path_of
from ospec_guard.pattern.node import Node


class Matcher(Operators):
    """Matches patterns on the code of one file under one set of options."""

    def __init__(self, code: Code, options: dict[str, Any]) -> None:
        super().__init__(code, options)
        self._by_kind = {
            "$": self._metavariable,
            "...": self._anything,
            "<...>": self._deep,
            "typed": self._typed,
            "chars$": self._chars,
            "str...": self._any_text,
            "str$": self._text_of,
            "str=": self._text_like,
            "exprstmt": self._statement,
        }
        self._same_kind = {
            "args": self._args,
            "supers": self._supers,
            "handlers": self._bag,
            "attrs": self._attrs if options.get("let_is_var", True) else self._narrow_attrs,
            "dict": self._dict,
            "set": self._dict,
            "cases": self._bag,
            "case": self._case,
            "labels": self._labels,
            "block": self._block,
            "class": self._class,
            "func": self._func,
            "binop": self._binop,
            "str": self._str,
            "dot": self._dot,
            "element": self._element if options.get("xml_children_ordered", True) else self._loose_element,
            "concat": self._concat,
            "import": self._import,
        }

    def _equivalent(self, pattern: Node, node: Node, env: Env) -> Ways:
        kind = pattern.kind
        if kind in QUALIFIED and node.kind == "generic":
            return self.match(pattern, node.kids[0], env)
        if kind == "dot" and pattern.kids[1] is not None and pattern.kids[1].kind == "...":
            return self._chained(pattern.kids[0], node, env)
        if kind in QUALIFIED and node.kind in NAMES:
            full = self.code.names.resolved(node)
            if full is not None:
                return self._qualified(pattern, full, env)
            path = path_of(pattern)
            if path[1:] and path[-1] == node.text and any(path == path_of(one) for one in self.code.names.possible(node)):
                return [env]
        if kind in LOOSE and node.kind in LOOSE and self.code.quirks.loose_literals and written_alike(pattern, node):
            return [env]
        if kind in LITERALS and self._constants and node.kind in FOLDED:
            known = self.code.names.constant(node)
            if known is not None and known is not node:
                return self.match(pattern, known, env)
        if kind == "assign" and node.kind == "assign":
            return self._pairwise(pattern, node, env)
        if kind == "assign" and node.kind == "augmented_assignment_expression" and len(node.kids) == 2:
            # `x += y` gives x the value of the whole.
            ways = self.match(pattern.kids[0], node.kids[0], env)
            return [more for way in ways for more in self.match(pattern.kids[1], node, way)]
        if kind == "binop" and node.kind == "augmented_assignment_expression" and node.text == f"{pattern.text}=":
            return self._kids(pattern, node, env)
        if kind == "return" and node.kind == "exprstmt":
            return self._result(pattern, node, env)
        if kind == "import" and node.kind == "var":
            return self._required(pattern, node, env)
        if node.kind == "cast" and kind != "cast":
            return self.match(pattern, node.kids[1], env)
        if kind == "attr" and node.kind == "attr":
            return self._attribute(pattern, node, env)
        if kind == "assign" and node.kind == "var" and node.kids[3] is not None and self.options.get("vardef_assign", True):
            if node.kids[3].text == "member":
                return []  # A field that holds a function is a method.
            ways = self.match(pattern.kids[0], node.kids[1], env)
            return [more for way in ways for more in self.match(pattern.kids[1], node.kids[3], way)]
        if kind == "dict" and node.kind == "set" and all(kid is not None and kid.kind == "..." for kid in pattern.kids):
            return [env]
        if kind == "block" and node.kind == "nothing":
            return [] if pattern.kids else [env]
        if kind == "block" and node.kind != "block" and self.code.tree.is_statement(node):
            return [way for way, _, _ in self.statements(pattern.kids, Node("block", node.start, node.end, kids=[node]), env)]
        return self._symbolic(pattern, node, env) if self.symbols else []

    def _result(self, pattern: Node, node: Node, env: Env) -> Ways:
        """`return a` is an `a` that is what a function returns."""
        value = pattern.kids[0]
        if value is None or not self.options.get("implicit_return", True) or (node.start, node.end) not in self.code.results:
            return []
        return self.match(value, node.kids[0], env)

    def _pairwise(self, pattern: Node, node: Node, env: Env) -> Ways:
        """`a, b = 1, 2` is `a = 1` and `b = 2`."""
        target, value = node.kids
        if target is None or value is None or target.kind != "tuple" or value.kind != "tuple":
            return []
        if len(target.kids) != len(value.kids):
            return []
        found: Ways = []
        for one, other in zip(target.kids, value.kids, strict=True):
            for way in self.match(pattern.kids[0], one, env):
                found += self.match(pattern.kids[1], other, way)
        return found

    def _attribute(self, pattern: Node, node: Node, env: Env) -> Ways:
        """`@a` is `@a()`, on either side."""
        one, other = pattern.kids[0], node.kids[0]
        if one is None or other is None:
            return []
        if one.kind != "call" and is_bare_call(other):
            return self.match(one, other.kids[0], env)
        if other.kind != "call" and one.kind == "call":
            args = one.kids[1]
            if args is not None and all(kid is not None and kid.kind == "..." for kid in args.kids):
                return self.match(one.kids[0], other, env)
        return []

    def _qualified(self, pattern: Node, full: Node, env: Env) -> Ways:
        """A pattern against a qualified name: whole, part by part."""
        if pattern.kind in NAMES:
            return [env] if full.kind in NAMES and pattern.text == full.text else []
        if full.kind != "dot" or pattern.kind != "dot":
            if pattern.kind == "$":
                return self.bind(pattern.text, full, env)
            return []
        one, other = pattern.kids[1], full.kids[1]
        if one is None or other is None:
            return []
        if one.kind == "...":
            return self._chained(pattern.kids[0], full, env)
        same = [env] if one.text == other.text else []
        ways = self.bind(one.text, other, env) if one.kind == "$" else same
        first, second = pattern.kids[0], full.kids[0]
        if first is None or second is None:
            return []
        return [more for way in ways for more in self._qualified(first, second, way)]
