"""Text literals: by content, by expression, with metavariables in them."""

from __future__ import annotations

from ospec_guard.pattern.hits import Bound
from ospec_guard.pattern.matching.shapes import (
    DOTS,
    Env,
    Ways,
    content_place,
    has_holes,
)
from ospec_guard.pattern.matching.special import Special
from ospec_guard.pattern.names import content_of
from ospec_guard.pattern.node import Node
from ospec_guard.regular import compile_regex


class Texts(Special):
    """Patterns of text literals."""

    def _literal(self, node: Node) -> str | None:
        """The characters of a text literal, or of what is known to be one."""
        if node.kind == "str" and all(kid is not None and kid.kind == "chars" for kid in node.kids):
            return content_of(node)
        if self._constants:
            known = self.code.names.constant(node)
            if known is not None and known.kind == "str":
                return content_of(known)
        return None

    def _any_text(self, _pattern: Node, node: Node, env: Env) -> Ways:
        if self._literal(node) is not None:
            return [env]
        return [env] if self._constants and node.kind in ("id", "binop") and self.code.names.is_text(node) else []

    def _text_of(self, pattern: Node, node: Node, env: Env) -> Ways:
        content = self._literal(node)
        if content is None:
            return []
        known = env.get(pattern.text)
        if known is not None:
            return [env] if known.key in (content, f'"{content}"') else []
        if pattern.text == "$_":
            return [env]
        # What a name is known to be stands where it was written.
        start, end = content_place(self.code.names.constant(node) or node)
        return [{**env, pattern.text: Bound(start, end, content, content, node, content)}]

    def _text_like(self, pattern: Node, node: Node, env: Env) -> Ways:
        content = self._literal(node)
        if content is None:
            return []
        if not pattern.text.startswith(r"\A"):
            return [env] if compile_regex(pattern.text).search(content.encode()) else []
        return self._embedded(pattern.text, content, node, env)

    def _embedded(self, expression: str, content: str, node: Node, env: Env) -> Ways:
        import regex

        found = regex.fullmatch(expression, content, timeout=1.0)
        if found is None:
            return []
        made = dict(env)
        for name, text in found.groupdict().items():
            metavariable = f"${name[2:]}"
            known = made.get(metavariable)
            if known is not None and known.key not in (text, f'"{text}"'):
                return []
            first = node.start
            made[metavariable] = known or Bound(first, node.end, text, text, None, text)
        return [made]

    def _str(self, pattern: Node, node: Node, env: Env) -> Ways:
        kids = pattern.kids
        if pattern.text and (pattern.text != node.text or (len(kids) > 1 and not has_holes(node))):
            return []
        if all(kid is not None and kid.kind == "chars" for kid in kids):
            content = self._literal(node)
            return [env] if content is not None and content == content_of(pattern) else []
        return [way for way, _ in self.sequence(kids, node.kids, env)]

    def _concat(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Literals side by side; `"..."` among them stands for any number."""
        wanted = [DOTS if kid is not None and kid.kind == "str..." else kid for kid in pattern.kids]
        return [way for way, _ in self.sequence(wanted, node.kids, env)]
