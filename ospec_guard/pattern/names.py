"""What the names of one file mean: what they import, which constants they hold, of which types they are.

Knows the vocabulary of `tree` and no language. An import counts after it, in the function it stands in or, at file level, in
the whole file. Approximation, on the side of finding: a name's constant is that of the last assignment before it that is sure
to have run, in the function around it or, where that has none, of the only assignment in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ospec_guard.languages.facts import types
from ospec_guard.pattern.givers import ELSEWHERE, Given, Givers, innermost
from ospec_guard.pattern.node import Node

if TYPE_CHECKING:
    from ospec_guard.pattern.code import Code

_DEPTH = 6
"""Names that are looked through to find a constant."""

_SIGN = re.compile(rb"[^=\n]{0,80}=(?!=)")
_ARITHMETIC = frozenset("+-*")
_LITERALS = frozenset(("str", "num", "const", "regex"))


_Import = tuple[tuple[int, int], int, tuple[str, ...]]
"""The function around an import ((0, 0): none), where it stands, the dotted path it names."""


class Names:
    """The names of one file."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._signs: dict[str, bool] = {}
        self._givers = Givers(code)
        self._constants: dict[tuple[str, int], Node | None] = {}
        self._variables: dict[tuple[str, int], int] = {}
        self._aliases: dict[str, tuple[str, ...]] = {}
        self._symbols: dict[tuple[str, ...], tuple[str, ...]] = {}

    @cached_property
    def _imported(self) -> dict[str, list[_Import]]:
        """Local names with the imports of each, in order."""
        found: dict[str, list[_Import]] = {}
        for node in self._code.nodes(frozenset(("import",))):
            path, name, alias = node.kids
            parts = path_of(path)
            if not parts:
                continue
            scope = innermost(self._functions, node.start)
            if self._code.quirks.packages:
                package = _package(parts[-1])
                found.setdefault(alias.text if alias is not None else package, []).append((scope, node.start, (package,)))
            elif name is not None and name.kind == "tok" and name.text != "*":
                continue  # A module's default export has no name of its own.
            elif name is not None and name.text != "*":
                found.setdefault((alias or name).text, []).append((scope, node.start, (*parts, *path_of(name))))
            elif alias is not None:
                found.setdefault(alias.text, []).append((scope, node.start, parts))
        places = sorted(place for word in self._code.quirks.requires for place in self._code.places(word))
        if places:
            # Bundles have declarations by the ten thousand: only those with such a call are looked at.
            for node in self._code.nodes(frozenset(("var",)), lambda start, end: _between(places, start, end)):
                for path, name, local in required(node, self._code.quirks.requires):
                    scope = innermost(self._functions, node.start)
                    found.setdefault(local.text, []).append((scope, node.start, (*path_of(path), *path_of(name))))
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, ...]]:
        """Local names and the dotted paths they stand for (`s`: `os`, `system`), whatever the scope."""
        return {local: entries[0][2] for local, entries in self._imported.items()}

    @cached_property
    def _functions(self) -> list[tuple[int, int]]:
        return self._code.spans("func")

    def aliases_of(self, word: str) -> tuple[str, ...]:
        """Local names for imported paths that have the word as a component."""
        found = self._aliases.get(word)
        if found is None:
            code = self._code
            known = bool(code.quirks.requires) or any(code.is_import(place) for place in code.places(word))
            found = self._aliases[word] = self.aliases.get(word, ()) if known else ()
        return found

    def symbols_for(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words, and the names that are somewhere given a value with one of them, or with such a name, in it."""
        found = self._symbols.get(words)
        if found is None:
            names, new = dict.fromkeys(words), list(words)
            while new:
                places = sorted([place for word in new for place in self._code.uses(word)])
                new = []
                for start, end, name in self._givers.values:
                    if name not in names and _between(places, start, end):
                        names[name] = None
                        new.append(name)
            found = self._symbols[words] = tuple(names)
        return found

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """A component of an imported path to the local names that stand for such a path under another name."""
        found: dict[str, tuple[str, ...]] = {}
        for local, path in sorted({(local, one[2]) for local, entries in self._imported.items() for one in entries}):
            for part in path:
                if part != local and local not in found.get(part, ()):
                    found[part] = (*found.get(part, ()), local)
        return found

    def resolved(self, node: Node) -> Node | None:
        """The qualified name that an imported name stands for, as `dot` of `id`s; None for other names."""
        if node.kind not in ("id", "ident"):
            return None
        entries = self._imported.get(node.text)
        if entries is None:
            return None
        at = node.start
        seen = [one for one in entries if one[1] <= at and (one[0] == (0, 0) or one[0][0] <= at < one[0][1])]
        if not seen:
            return None
        path = max(seen)[2]
        return _qualified(node, path) if path not in ((), (node.text,)) else None

    def possible(self, node: Node) -> list[Node]:
        """The qualified names that a name may stand for, all of some modules being imported."""
        if node.text in self._imported:
            return []
        return [_qualified(node, (*path, node.text)) for path in self._opened]

    @cached_property
    def opened(self) -> frozenset[str]:
        """The components of paths of which everything is imported."""
        return frozenset(part for path in self._opened for part in path)

    @cached_property
    def _opened(self) -> list[tuple[str, ...]]:
        """The paths of which everything is imported."""
        found = []
        for node in self._code.nodes(frozenset(("import",))):
            path, name, alias = node.kids
            if (name is not None and name.text == "*") or (name is None and alias is None and self._code.quirks.opens):
                found.append(path_of(path))
        return [path for path in dict.fromkeys(found) if path]

    @cached_property
    def _lambdas(self) -> frozenset[tuple[int, int]]:
        """Functions that see the variables around them as they are."""
        if not self._code.quirks.open_lambdas:
            return frozenset()
        return frozenset((node.start, node.end) for node in self._code.nodes(frozenset(("func",))) if node.text == "lambda")

    def constant(self, node: Node, depth: int = 0) -> Node | None:
        """The literal that an expression is known to be, or None."""
        if node.kind in _LITERALS:
            if node.kind != "str" or not (node.text or any(kid is None or kid.kind != "chars" for kid in node.kids)):
                return node
            return self._folded(node, depth)
        if depth > _DEPTH:
            return None
        if node.kind == "id":
            known = (node.text, node.start)
            if known not in self._constants:
                self._constants[known] = None
                self._constants[known] = self._of_name(node, depth)
            return self._constants[known]
        if node.kind == "dot" and self._code.quirks.shared is not None:
            value = self._shared.get(".".join(path_of(node)))
            return self.constant(value, depth + 1) if value is not None else None
        if node.kind == "binop" and node.text in ("+", ".", "..", "<>", "&") and len(node.kids) == 2:
            left, right = (self.constant(kid, depth + 1) if kid is not None else None for kid in node.kids)
            if left is not None and right is not None and left.kind == right.kind == "str":
                return _text(node, content_of(left) + content_of(right))
        if node.kind == "concat":
            parts = [self.constant(kid, depth + 1) if kid is not None else None for kid in node.kids]
            texts = [content_of(part) for part in parts if part is not None and part.kind == "str"]
            return _text(node, "".join(texts)) if len(texts) == len(parts) else None
        if node.kind == "binop" and node.text in _ARITHMETIC and len(node.kids) == 2:
            return self._computed(node, depth)
        if node.kind == "cond":
            arms = [self.constant(kid, depth + 1) if kid is not None else None for kid in node.kids[1:]]
            return arms[0] if arms[0] is not None and arms[-1] is not None and arms[0].key == arms[-1].key else None
        if node.kind == "dot" and node.kids[0] is not None and node.kids[0].text == "this" and self._code.quirks.settled:
            name = node.kids[1]
            fields = [one for one in self._givers.of(name.text) if self._is_settled(one)] if name is not None else []
            return self.constant(fields[0].value, depth + 1) if len(fields) == 1 and fields[0].value is not None else None
        return None

    @cached_property
    def _shared(self) -> Mapping[str, Node]:
        shared = self._code.quirks.shared
        return shared(self._code.tree.root) if shared is not None else {}

    def _is_settled(self, given: Given) -> bool:
        """Whether a place outside of functions declares what no other file changes."""
        attrs = given.node.kids[0] if given.node.kind == "var" else None
        if given.function != (0, 0) or attrs is None:
            return False
        return any(kid is not None and kid.text in self._code.quirks.settled for kid in attrs.kids)

    def _computed(self, node: Node, depth: int) -> Node | None:
        """Sums, differences and products of whole numbers."""
        from ospec_guard.pattern.literals import integer

        known = [self.constant(kid, depth + 1) if kid is not None else None for kid in node.kids]
        numbers = [integer(one.text) if one is not None and one.kind == "num" else None for one in known]
        if numbers[0] is None or numbers[1] is None:
            return None
        value = {"+": numbers[0] + numbers[1], "-": numbers[0] - numbers[1], "*": numbers[0] * numbers[1]}[node.text]
        return Node("num", node.start, node.end, text=str(value), kids=[])

    def value_of(self, node: Node) -> str | int | float | bool | None:
        """The value of the literal that an expression is known to be."""
        from ospec_guard.pattern.literals import read

        known = self.constant(node)
        if known is None:
            return None
        return content_of(known) if known.kind == "str" else read(known.text)

    def _folded(self, node: Node, depth: int) -> Node | None:
        """A text literal with holes that are all constants."""
        parts = []
        for kid in node.kids:
            if kid is None:
                return None
            if kid.kind == "chars":
                parts.append(kid.text)
                continue
            value = self.constant(kid, depth + 1)
            if value is None or value.kind != "str":
                return None
            parts.append(content_of(value))
        return _text(node, "".join(parts))

    def is_text(self, node: Node, depth: int = 0) -> bool:
        """Whether an expression is sure to be a text without code in it, if not which."""
        if node.kind == "id" and depth <= _DEPTH:
            if not self._is_given(node.text):
                return False
            reaching = self._reaching(node, self._givers.of(node.text))
            return bool(reaching) and all(one.value is not None and self.is_text(one.value, depth + 1) for one in reaching)
        if node.kind == "binop" and node.text == "+" and len(node.kids) == 2:
            return all(kid is not None and self.is_text(kid, depth + 1) for kid in node.kids)
        known = self.constant(node, depth)
        return known is not None and known.kind == "str"

    def _is_given(self, name: str) -> bool:
        """False where no equals sign follows the name on any line: by far the cheapest way to know."""
        if name not in self._signs:
            bare = name.lstrip("$@")
            data, length = self._code.data, len(bare.encode())
            self._signs[name] = any(_SIGN.match(data, place + length) for place in self._code.uses(bare))
        return self._signs[name]

    def _of_name(self, node: Node, depth: int) -> Node | None:
        if not self._is_given(node.text):
            return None
        values: list[Node] = []
        for given in self._reaching(node, self._givers.of(node.text)):
            value = self.constant(given.value, depth + 1) if given.value is not None and not given.adds else None
            if value is None or (values and values[0].key != value.key):
                return None
            values.append(value)
        return values[0] if values else None

    def symbol(self, node: Node) -> Node | None:
        """The expression that a name is sure to stand for, whatever it is."""
        if not self._is_given(node.text):
            return None
        reaching = self._reaching(node, self._givers.of(node.text))
        found = reaching[0].value if len(reaching) == 1 and not reaching[0].adds else None
        # What defines something (`new T() { … }`) is not taken to where its name is.
        return None if found is not None and found.kind == "new" and found.kids[2] is not None else found

    def _reaching(self, node: Node, entries: list[Given]) -> list[Given]:
        """The places that may have given a name the value it has at `node`; none where that is not known."""
        if not entries:
            return []
        at = node.start
        around = [span for span in self._functions if span[0] <= at < span[1]]
        while len(around) > 0 and around[-1] in self._lambdas and not any(one.function == around[-1] for one in entries):
            around.pop()
        own = around[-1] if around else (0, 0)
        mine = [one for one in entries if one.function == own and not (one.start <= at < one.end and one.node.kind != "param")]
        if not mine and self._code.quirks.declared:
            return self._around(at, around, entries)
        if not mine and self._code.quirks.scoped:
            if own == (0, 0) or any(one.function == own or one.node.kind in ELSEWHERE for one in entries):
                return []
            outer = [one for one in entries if one.function == (0, 0)]
            return outer if len(outer) == 1 and not any(one.function in around for one in entries) else []
        if not mine:
            outer = [one for one in entries if one.function == (0, 0) or one.function in around]
            return outer if len(outer) == len(entries) == 1 else []
        reaching = [one for one in mine if one.start > at and self._in_one_loop(one.start, at)]
        for one in reversed([one for one in mine if one.end <= at or one.node.kind == "param"]):
            reaching.append(one)
            start, end = one.block
            if ((start, end) == (0, 0) or start <= at < end) and not one.adds:
                return reaching
        # Nothing is sure to have run: both branches of a condition, or one that may not have.
        return reaching if len(reaching) > 1 else []

    def _around(self, at: int, around: list[tuple[int, int]], entries: list[Given]) -> list[Given]:
        """The declaration in a function around the name's, or outside of all, if nothing else gives that variable a value."""
        for scope in [*reversed(around[:-1]), (0, 0)]:
            mine = [one for one in entries if one.function == scope]
            if not mine:
                continue
            owners = {one.function for one in entries if one.node.kind in ("var", "param")}
            others = [one for one in entries if one.function not in owners]
            if scope == (0, 0) and self._code.quirks.settled and not self._is_settled(mine[0]):
                return []
            is_declared = not others and mine[0].node.kind == "var" and (mine[0].start < at or bool(self._code.quirks.settled))
            return mine if len(mine) == 1 and (is_declared or len(entries) == 1) else []
        return []

    def variable(self, node: Node) -> int:
        """Where the variable is declared that a name is: -1 for one that is not declared inside of a function."""
        found = self._variables.get((node.text, node.start))
        if found is None:
            at, found = node.start, -1
            if self._code.quirks.scoped:
                found = self._variables[node.text, node.start] = self._scope(node.text, at)
                return found
            for one in self._givers.of(node.text):
                start, end = one.block
                if one.function == (0, 0) or one.node.kind not in ("var", "param") or not start <= at < end:
                    continue
                if one.start <= at or found < 0:
                    found = one.start
            self._variables[node.text, node.start] = found
        return found

    def _scope(self, name: str, at: int) -> int:
        """Where the innermost function begins around `at` that gives the name a value of its own; -1 for none."""
        entries = self._givers.of(name)
        foreign = {one.function for one in entries if one.node.kind in ELSEWHERE}
        around = [one.function[0] for one in entries if one.function[0] <= at < one.function[1] and one.function not in foreign]
        return max(around, default=-1)

    def _in_one_loop(self, one: int, other: int) -> bool:
        return any(loop.start <= one < loop.end and loop.start <= other < loop.end for loop in self._loops)

    @cached_property
    def _loops(self) -> list[Node]:
        return list(self._code.nodes(_LOOPS))

    def type_of(self, node: Node) -> Node | None:
        """The type a name is declared with, or None."""
        if node.kind in ("new", "cast"):
            return node.kids[0]
        if node.kind == "unary" and node.text == "&" and node.kids[0] is not None and node.kids[0].kind == "new":
            made = node.kids[0].kids[0]
            return Node("pointer", made.start, made.end, kids=[made]) if made is not None else None
        if node.kind == "dot":
            return self._type_of_member(node)
        if node.kind not in ("id", "ident"):
            return None
        entries = self._givers.of(node.text)
        if not entries:
            return None
        at = node.start
        around = [span for span in self._functions if span[0] <= at < span[1]]
        for scope in [*reversed(around), (0, 0)]:
            for one in entries:
                if one.function == scope or (scope == (0, 0) and one.function not in around and one.node.kind == "var"):
                    if one.type is not None and one.type.text not in ("var", "auto", "let", "val"):
                        return one.type
                    if one.value is not None and one.value.kind in ("new", "unary"):
                        return self.type_of(one.value)
                    if one.value is not None and one.value.kind in _LITERALS:
                        return one.value  # As good as a type: what kind of literal it is.
        return None

    def _type_of_member(self, node: Node) -> Node | None:
        """The type of a field, by the type of its object, which is declared in this file."""
        object_, member = node.kids
        owner = self.type_of(object_) if object_ is not None and member is not None else None
        if owner is None or member is None:
            return None
        written = self._code.data[owner.start : owner.end].decode(errors="replace").lstrip("*&")
        return self._fields.get(written, {}).get(member.text)

    @cached_property
    def _fields(self) -> dict[str, dict[str, Node]]:
        """The types of the fields of each class."""
        found: dict[str, dict[str, Node]] = {}
        for node in self._code.nodes(frozenset(("class",))):
            name, body = node.kids[1], node.kids[3]
            if name is None or body is None:
                continue
            fields = found.setdefault(name.text, {})
            for kid in body.kids:
                if kid is not None and kid.kind == "var" and kid.kids[1] is not None and kid.kids[2] is not None:
                    fields[kid.kids[1].text] = kid.kids[2]
        return found


_LOOPS = types("""while for for_statement while_statement do_statement for_in_statement enhanced_for_statement foreach_statement
    for_each_statement""")


def _qualified(node: Node, path: tuple[str, ...]) -> Node:
    """A dotted name at the place of a node."""
    made = Node("id", node.start, node.end, text=path[0], kids=[])
    for part in path[1:]:
        name = Node("ident", node.start, node.end, text=part, kids=[])
        made = Node("dot", node.start, node.end, kids=[made, name])
    return made


def _between(places: list[int], start: int, end: int) -> bool:
    """Whether one of the ascending places lies in a span."""
    return bisect_left(places, start) < bisect_left(places, end)


def path_of(node: Node | None) -> tuple[str, ...]:
    """The components of a dotted name or of a module's path in quotes; empty for what is neither."""
    if node is None:
        return ()
    if node.kind in ("id", "ident"):
        return (node.text,)
    if node.kind == "dot" and len(node.kids) == 2:
        left, right = path_of(node.kids[0]), path_of(node.kids[1])
        return (*left, *right) if left and right else ()
    if node.kind == "str":
        return (content_of(node),)
    if node.kind == "relative_import":
        # `..a.b` is a module of which the first package is not told: one component, which no name equals.
        return (".".join(["", *[part for kid in node.kids for part in path_of(kid)]]),)
    return ()


def _package(path: str) -> str:
    """The name of a package by its path: `github.com/a/b/v2` is `b`."""
    parts = path.rstrip("/").split("/")
    return parts[-2] if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdigit() else parts[-1]


def content_of(node: Node) -> str:
    """The characters of a text literal without holes."""
    return "".join([kid.text for kid in node.kids if kid is not None])


def required(node: Node, functions: frozenset[str]) -> list[tuple[Node, Node | None, Node]]:
    """The modules that a declaration takes from functions like `require`: path, name in it (None: all of it), local name."""
    target, value = node.kids[1], node.kids[3]
    if target is None or value is None or value.kind != "call" or value.kids[0] is None or value.kids[1] is None:
        return []
    path = value.kids[1].kids[0] if len(value.kids[1].kids) == 1 and value.kids[0].text in functions else None
    if path is None or not path_of(path):
        return []
    if target.kind in ("id", "ident"):
        return [(path, None, target)]
    pairs = [kid.kids for kid in target.kids if kid is not None and kid.kind == "pair"] if target.kind == "dict" else []
    return [
        (path, name, local) for name, local in pairs if name is not None and local is not None and local.kind in ("id", "ident")
    ]


def _text(node: Node, content: str) -> Node:
    chars = Node("chars", node.start, node.end, text=content, kids=[])
    return Node("str", node.start, node.end, kids=[chars] if content else [])
