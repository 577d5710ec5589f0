"""What only patterns have: metavariables, ellipses, deep expressions, types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ospec_guard.pattern.hits import Bound
from ospec_guard.pattern.matching.core import Core
from ospec_guard.pattern.matching.shapes import (
    LITERALS,
    NAMES,
    NO_EXPRESSION,
    TYPES_OF_LITERALS,
    Env,
    Ways,
    has_arguments,
    parts_of,
    type_text,
    types_of_literal,
)
from ospec_guard.pattern.names import path_of
from ospec_guard.pattern.node import NO_VALUE, Node

_NAMES_IN_TYPES = re.compile(r"\$[A-Z_][A-Z0-9_]*")
_IN_TYPES = re.compile(r"\$[A-Z_][A-Z0-9_]*|[^$]+|\$")
_QUALIFIED = re.compile(r"^[\w.]+\.(?=\w+<)")
"""What stands in front of the last part of the name of a generic type."""


class Special(Core):
    """Patterns that stand for whatever is there."""

    def _anything(self, _pattern: Node, _node: Node, env: Env) -> Ways:
        return [env]

    def _metavariable(self, pattern: Node, node: Node, env: Env) -> Ways:
        if node.kind in NO_VALUE:
            return []
        if node.kind == "element" and "element" in self.code.quirks.implied:
            return []  # Between the tags of a document it stands for a text.
        if node.kind == "attr" and node.kids[0] is not None:
            if has_arguments(node.kids[0]):
                return []  # `@$A` has no arguments, as `@A` has none.
            node = (node.kids[0].kids[0] if node.kids[0].kind == "call" else None) or node.kids[0]
        if node.kind == "exprstmt" and node.kids[0] is not None:
            node = node.kids[0]
        ways = self.bind(pattern.text, node, env)
        return ways + self._symbolic(pattern, node, env) if self.symbols and node.kind == "id" else ways

    def _symbolic(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A name stands for the expression it was given, where the rule asks for that."""
        if node.kind != "id" or not self.symbols:
            return []
        symbol = self.code.names.symbol(node)
        return self.match(pattern, symbol, env) if symbol is not None and symbol.key != node.key else []

    def _chars(self, pattern: Node, node: Node, env: Env) -> Ways:
        return self.bind(pattern.text, node, env) if node.kind == "chars" else []

    def _deep(self, pattern: Node, node: Node, env: Env) -> Ways:
        return self._deep_in(pattern, parts_of(node), env)

    def _deep_in(self, pattern: Node, nodes: Iterator[Node], env: Env) -> Ways:
        inner = pattern.kids[0]
        # A metavariable stands for an expression here, which the name of a member is not.
        passed = NO_EXPRESSION if inner is not None and inner.kind == "$" else NO_VALUE
        return [way for one in nodes if one.kind not in passed for way in self.match(inner, one, env)]

    def _typed(self, pattern: Node, node: Node, env: Env) -> Ways:
        if node.kind in NO_VALUE:
            return []
        wanted = pattern.kids[0].text if pattern.kids and pattern.kids[0] else ""
        for type_, declared in self._types_of(node):
            ways = self._of_type(wanted, type_, declared, env)
            if ways:
                return [more for way in ways for more in self.bind(pattern.text, node, way)]
        return []

    def _types_of(self, node: Node) -> Iterator[tuple[str, Node | None]]:
        """The ways to write the type of an expression, as far as it is known, with where it is written."""
        yield from ((name, None) for name in self._type_of_literal(node))
        if (
            node.kind == "dot"
            and node.kids[1] is not None
            and node.kids[0] is not None
            and node.kids[0].text in ("this", "self")
        ):
            node = node.kids[1]
        declared = self.code.names.type_of(node)
        if declared is None:
            known = self.code.names.constant(node) if node.kind == "id" and self._constants else None
            yield from ((name, None) for name in TYPES_OF_LITERALS.get(known.kind if known is not None else "", ()))
            if node.kind == "id":
                yield node.text, node  # The name of a type stands for the type.
            return
        if declared.kind in LITERALS:
            yield from ((name, None) for name in self._type_of_literal(declared))
            return
        written = self.code.data[declared.start : declared.end].decode(errors="replace")
        if declared.kind == "pointer":
            written = "*" + written
        yield written, declared
        bare = declared.kids[0] if declared.kind == "generic" else declared
        for full in self.code.names.possible(bare) if bare is not None and bare.kind in NAMES else ():
            yield ".".join(path_of(full)), declared
        path = self.code.names.imports.get(written.lstrip("*& ").partition("<")[0].partition(".")[0])
        if path:
            rest = written.lstrip("*& ").partition(".")[2]
            stars = written[: len(written) - len(written.lstrip("*& "))]
            yield stars + ".".join(path) + (f".{rest}" if rest else ""), declared

    def _type_of_literal(self, node: Node) -> tuple[str, ...]:
        return types_of_literal(node, self.code.quirks)

    def _of_type_with_parts(self, wanted: str, other: str, env: Env) -> Ways:
        """`List<$T>`: each metavariable stands for a piece of the type; a qualified name may stand there by its last part."""
        made = dict(env)
        bare = _QUALIFIED.sub("", wanted)
        for one in (wanted, bare):
            found = re.fullmatch(_IN_TYPES.sub(lambda sign: "(.+?)" if sign[0][0] == "$" else re.escape(sign[0]), one), other)
            if found is None:
                continue
            for name, piece in zip(_NAMES_IN_TYPES.findall(one), found.groups(), strict=True):
                known = made.setdefault(name, Bound(-1, -1, piece, piece))
                if type_text(known.text) != piece:
                    return []
            return [made]
        return []

    def _of_type(self, wanted: str, written: str, declared: Node | None, env: Env) -> Ways:
        one, other = type_text(wanted), type_text(written)
        if one.startswith("$") and one.isupper():
            known = env.get(one)
            if known is not None:
                return [env] if other in (known.key, type_text(known.text)) else []
            if declared is not None:
                return self.bind(one, declared, env)
            return [{**env, one: Bound(-1, -1, written, other)}]
        if "$" in one:
            return self._of_type_with_parts(one, other, env)
        if one == other or (one.rpartition(".")[2] == other and "." in one):
            return [env]
        return [env] if one == other.partition("<")[0] else []
