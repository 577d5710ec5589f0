"""The lowered tree of a spelled pattern to a pattern tree: names are turned back into what they stand for."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.pattern.attempt import Attempt
from ospec_guard.pattern.node import LISTS, SPECIAL, Node
from ospec_guard.pattern.spelling import dots_name
from ospec_guard.pattern.tree import Quirks, Tree

_METAVARIABLE = re.compile(r"\$[A-Z_][A-Z0-9_]*")
_BETWEEN = r"(?:[\s;:,=*]|&(?!&)|->)*"
"""What may stand beside ellipses in what is an ellipsis as a whole."""
_GIVING = frozenset(("assign", "augmented_assignment_expression", "exprstmt", "var"))


class PatternError(ValueError):
    """The text is no pattern of the language."""


def read(attempt: Attempt, quirks: Quirks) -> tuple[Node, bool]:
    """The pattern tree, and whether the pattern is a statement with its semicolon."""
    tree = Tree(attempt.structure.root, attempt.structure.data, quirks)
    reader = _Reader(attempt, tree)
    # Where indentation is structure, lists end with the line.
    end = attempt.end + 1 if quirks.lone and quirks.indented and attempt.data[attempt.end :] == b"" else attempt.end
    found = _covering(attempt.structure.root, attempt.start, end)
    if quirks.lone and len(found) > 1 and tree.node(found[0].parent).kind in quirks.lone:
        found = [found[0].parent]
    if len(found) > 1 and tree.node(found[-1]).start <= found[0].start_byte:
        found = found[-1:]  # It took those before into itself.
    if all(one.is_extra for one in found) or not (len(found) > 1 or _holds_code(found[0], attempt.start, attempt.end)):
        raise PatternError("is nothing but comments")
    if len(found) == 1:
        return reader.whole(found[0]), reader.is_statement
    return Node("stmts", attempt.start, attempt.end, kids=reader.statements(found)), reader.is_statement


class _Reader:
    """Turns the lowered tree of a pattern into a pattern tree."""

    def __init__(self, attempt: Attempt, tree: Tree) -> None:
        self.attempt, self.tree = attempt, tree
        self.spelled, self.choice = attempt.spelled, attempt.choice
        quirks = tree.quirks
        self.dots = {_folded(dots_name(number, quirks), quirks.caseless) for number in range(len(self.choice))}
        fold = quirks.caseless
        self.names = {_folded(k, fold): v for k, v in self.spelled.names.items()}
        written = {attempt.spelled.spelling(number, spelling).rstrip(";") for number, spelling in enumerate(self.choice)}
        self.braced = {_folded(one, fold) for one in written if one.startswith("{")}
        ellipses = "|".join(map(re.escape, sorted(self.dots | written, key=len, reverse=True))) or "(?!)"
        self.only_dots = re.compile(rf"{_BETWEEN}(?:(?:{ellipses}){_BETWEEN})+")
        self.is_statement = False

    def whole(self, syntax: Any) -> Node:
        """The pattern that one syntax node is."""
        node = self.tree.node(syntax)
        if node.kind == "several":
            return Node("stmts", node.start, node.end, kids=[self.node(kid) for kid in node.kids])
        ends_so = self.attempt.data[node.start : min(node.end, self.attempt.end)].rstrip().endswith(b";") or self.attempt.data[
            node.end : self.attempt.end
        ].lstrip().startswith(b";")
        if self.tree.quirks.keeps_semicolon and ends_so and self.tree.is_statement(node):
            self.is_statement = True
        while node.kind == "exprstmt" and not self.is_statement and node.kids[0] is not None:
            node = node.kids[0]
        if node.kind in self.tree.quirks.lone and len(node.kids) == 1 and node.kids[0] is not None:
            node = node.kids[0]
        if node.kind in ("block", "file") and len(node.kids) > 1 and not self._bracketed(node):
            return Node("stmts", node.start, node.end, kids=[self.node(kid) for kid in node.kids])
        if node.kind in ("block", "file") and len(node.kids) == 1 and not self._bracketed(node):
            only = node.kids[0]
            if only is not None:
                if only.kind == "exprstmt" and only.kids[0] is not None and not ends_so:
                    only = only.kids[0]
                return self.node(only) or only
        return self.node(node) or node

    def _bracketed(self, node: Node) -> bool:
        """Whether the brackets around a node are the pattern's own."""
        return node.start >= self.attempt.start and self.attempt.data[node.start : node.start + 1] in (b"{", b"[", b"(")

    def statements(self, found: list[Any]) -> list[Node | None]:
        """The pattern that several sibling nodes are."""
        kids: list[Node | None] = []
        for syntax in found:
            node = self.tree.statement(syntax)
            kids += [self.node(kid) for kid in (node.kids if node.kind == "several" else [node])]
        return kids

    def node(self, node: Node | None) -> Node | None:
        """The pattern for a lowered node; None for what the context alone brought in."""
        if node is None:
            return None
        is_outside = (node.start >= self.attempt.end and node.end > self.attempt.end) or node.end <= self.attempt.start
        if is_outside and node.kind not in ("attrs", "params", "supers", "args"):
            return None
        text = _folded(self.attempt.data[node.start : node.end].decode(errors="replace").strip(), self.tree.quirks.caseless)
        if node.kind == "str":
            return self._string(node)
        if text in self.spelled.typed and node.kind not in LISTS:
            name, type_ = self.spelled.typed[text]
            return Node("typed", node.start, node.end, text=name, kids=[Node("type", 0, 0, text=type_, kids=[])])
        if not node.kids:
            return self._leaf(node, text)
        if node.kind == "block" and text in self.braced:
            return Node("...", node.start, node.end, kids=[])
        # What an arrow leads to is a `return` without the word.
        if node.kind not in LISTS and node.kind != "return" and self.only_dots.fullmatch(text) and not self._gives(node, text):
            return Node("...", node.start, node.end, kids=[])
        kids = [self.node(kid) for kid in node.kids]
        if node.kind == "call" and kids[0] is not None and kids[0].text == "__DEEP__" and kids[1] is not None:
            if not kids[1].kids:
                raise PatternError("has nothing between '<...' and '...>'")
            return Node("<...>", node.start, node.end, kids=[kids[1].kids[0]])
        if node.kind == "set" and all(kid is not None and kid.kind == "..." for kid in kids):
            return Node("dict", node.start, node.end, kids=kids)  # `{...}` is either
        made = Node(node.kind, node.start, node.end, text=node.text, kids=kids)
        if node.kind in ("param", "pair") and self.names.get(text, "").startswith("$..."):
            return next(kid for kid in kids if kid is not None and kid.kind == "$...")
        present = [kid for kid in kids if kid is not None]
        is_lone = len(present) == 1 and present[0].kind in SPECIAL
        if is_lone and node.kind not in ("args", "params", "attrs", "supers", "return"):
            is_bare = node.kind == "exprstmt" and present[0].kind != "<...>"
            if text in self.names or node.kind == "attr" or is_bare:
                return present[0]
        if node.kind == "pair" and present and all(kid.kind == "..." for kid in present):
            return Node("...", node.start, node.end, kids=[])
        return made

    def _gives(self, node: Node, text: str) -> bool:
        """Whether ellipses are the sides of an assignment (`... = ...`), which is more than anything."""
        return node.kind in _GIVING and "=" in text and sum(one in text for one in self.dots) > 1

    def _leaf(self, node: Node, text: str) -> Node:
        own = _folded(node.text, self.tree.quirks.caseless) if node.kind in ("id", "ident", "chars", "tok") else text
        if (own in self.dots or text in self.dots) and node.kind not in LISTS:
            return Node("...", node.start, node.end, kids=[])
        name = self.names.get(own) or (self.names.get(text) if node.kind not in ("args", "params", "attrs") else None)
        if name is not None:
            kind = "$..." if name.startswith("$...") else "chars$" if node.kind == "chars" else "$"
            return Node(kind, node.start, node.end, text=name, kids=[])
        restored = self.spelled.restored(node.text, self.choice)
        return Node(node.kind, node.start, node.end, text=restored, kids=[])

    def _string(self, node: Node) -> Node:
        kids = node.kids
        if len(kids) <= 1 and all(kid is not None and kid.kind == "chars" for kid in kids) and not node.text:
            content = self.spelled.restored(kids[0].text, self.choice) if kids and kids[0] else ""
            return self._content(node, content)
        made: list[Node | None] = []
        for kid in kids:
            if kid is not None and kid.kind == "chars":
                text = self.spelled.restored(kid.text, self.choice)
                kind = "..." if text == "..." else "chars$" if _METAVARIABLE.fullmatch(text) else "chars"
                made.append(Node(kind, kid.start, kid.end, text=text, kids=[]))
            else:
                hole = self.node(kid)
                if kid and hole and hole.kind == "..." and self.attempt.data[kid.start - 1 : kid.start] == b"{":
                    hole = Node("$", kid.start, kid.end, text="$_", kids=[])  # `#{...}` is a hole, no text.
                made.append(hole)
        return Node("str", node.start, node.end, text=node.text, kids=made)

    def _content(self, node: Node, content: str) -> Node:
        if content == "...":
            return Node("str...", node.start, node.end, kids=[])
        regex = re.fullmatch(r"=~/(.*)/([a-z]*)", content, re.DOTALL)
        if regex:
            flags = f"(?{regex[2]})" if regex[2] else ""
            return Node("str=", node.start, node.end, text=flags + regex[1], kids=[])
        if re.fullmatch(r"\$[A-Z_][A-Z0-9_]*|\$\.\.\.[A-Z_][A-Z0-9_]*", content) and content not in self.tree.quirks.plain:
            return Node("str$", node.start, node.end, text=content, kids=[])
        if "..." in content or re.search(r"\$[A-Z_][A-Z0-9_]*", content):
            return Node("str=", node.start, node.end, text=r"\A" + _regex_of(content) + r"\Z", kids=[])
        return Node("str", node.start, node.end, kids=[Node("chars", 0, 0, text=content, kids=[])] if content else [])


def _folded(text: str, fold: bool) -> str:
    return text.lower() if fold else text


def _regex_of(content: str) -> str:
    """The expression for a text with `...` and `$X` in it; metavariables are named groups (`M_X`)."""
    made, done = [], 0
    seen: set[str] = set()
    for found in re.finditer(r"\.\.\.|\$(?:\.\.\.)?([A-Z_][A-Z0-9_]*)", content):
        made.append(re.escape(content[done : found.start()]))
        done = found.end()
        if found[1] is None:
            made.append(r"(?s:.*)")
        elif found[1] in seen:
            made.append(f"(?P=M_{found[1]})")
        elif found[1] == "_":
            made.append(r"(?s:.*?)")
        else:
            seen.add(found[1])
            made.append(f"(?P<M_{found[1]}>(?s:.*?))")
    return "".join(made) + re.escape(content[done:])


def _holds_code(node: Any, start: int, end: int) -> bool:
    """Whether there is anything but comments in a piece of a node."""
    inside = [child for child in node.children if child.end_byte > start and child.start_byte < end]
    return not inside or not all(child.is_extra for child in inside)


def _covering(root: Any, start: int, end: int) -> list[Any]:
    """The topmost nodes that make up bytes `start` to `end`: one, or several siblings, or one that reaches further."""
    node = root
    while True:
        inside = [c for c in node.children if c.start_byte >= start and c.end_byte <= end and c.end_byte > c.start_byte]
        touching = [c for c in node.children if c.end_byte > start and c.start_byte < end and c.end_byte > c.start_byte]
        if node.start_byte >= start and node.end_byte <= end and node != root:
            return [node]
        if len(touching) == 1:
            node = touching[0]
            continue
        named = [c for c in inside if c.is_named]
        if len(named) == 1 and inside == touching and all(not c.is_named and c.type in ";,\n" for c in inside if c != named[0]):
            return named
        # A keyword or operator among them says that they are one thing (`return x`), though a context's `;` belongs to it.
        # So do parts of different fields (`type` and `declarator` of `int x`).
        fields = {node.field_name_for_child(at) for at, child in enumerate(node.children) if child in inside} - {None}
        loose = len(fields) <= 1 and all(c.is_named or c.type in (";", ",", "\n") for c in inside)
        if inside == touching and touching and loose:
            return [c for c in touching if c.is_named and not c.is_extra]
        return [node]
