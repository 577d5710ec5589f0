"""Whether a pattern tree matches a piece of code, and in which ways.

Every function takes a pattern node, a node of the code and the bindings so far, and returns all bindings under which they
match: none, one (the same object where nothing was bound) or several. What Semgrep holds for equal is equal here; each such
equivalence is one short function, named in `docs/semgrep-compatibility.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any

from ospec_guard.pattern.code import Code, walk
from ospec_guard.pattern.hits import Bound
from ospec_guard.pattern.names import content_of, path_of, required
from ospec_guard.pattern.tree import LISTS, SPECIAL, Node, make_statements, same_variable
from ospec_guard.pattern.words import words_of
from ospec_guard.regular import compile_regex

Env = dict[str, Bound]
Ways = list[Env]

_NAMES = frozenset(("id", "ident"))
_QUALIFIED = frozenset(("id", "ident", "dot"))
_LOOSE = frozenset(("str", "num", "const"))
_LITERALS = frozenset(("str", "num", "const", "regex", "str...", "str$", "str="))
_EQUIVALENT = _QUALIFIED | _LITERALS | {"assign", "binop", "import", "attr", "dict", "block"}
"""Kinds of patterns that match code of another kind, or of their own in another form."""
_NO_VALUE = frozenset(("kwarg", "tok", "chars", "args", "params", "attrs"))
"""What a metavariable for an expression does not stand for."""
_FOLDED = frozenset(("id", "dot", "binop", "str", "concat", "cond"))
"""What may be known to be a literal."""
_NO_EXPRESSION = _NO_VALUE | {"ident"}
_SILENT = frozenset(
    (
        ("call", 2),
        ("try", 0),
        ("func", 1),
        ("func", 2),
        ("func", 3),
        ("func", 4),
        ("var", 2),
        ("param", 2),
        ("param", 3),
        ("for", 4),
        ("if", 2),
        ("class", 3),
        ("import", 2),
        ("regex", 1),
    )
)
"""Kids (by kind and position) that a pattern may leave out whatever the code has there."""
_FIXED = frozenset(kind for kind, _ in _SILENT)
"""Kinds whose kids have their places, so that an ellipsis is one of them (`if ...: f()`)."""
_OPAQUE = frozenset(("func", "cond", "sequence_expression"))
"""Expressions in which an expression statement is not looked for."""
_DEEP_STATEMENTS = frozenset(("exprstmt", "var", "return"))
"""Statements in whose expressions an expression statement is looked for."""
_CHAINS = frozenset(("call", "dot", "index"))
_SORTS = {"method": ("function",), "lambda": ("arrow",), "arrow": ("lambda",)}
"""The sorts of functions that a pattern of a sort matches too."""
_COMMUTATIVE = frozenset(("and", "or", "&&", "||", "|", "&", "^"))
_LOGICAL = frozenset(("and", "or", "&&", "||"))
"""Operators whose operands are tried in another order on demand."""
_SYMMETRIC = {"==": ("symmetric_eq", "commutative_compop"), "!=": ("commutative_compop",)}
"""Comparisons whose operands are tried in the other order under one of these options."""
_MOST_OPERANDS = 6
"""Operands tried in every order."""


_ABSENT = frozenset(("...", "initializer"))
"""What may match where the code has nothing."""


class Matcher:
    """Matches patterns on the code of one file under one set of options."""

    def __init__(self, code: Code, options: dict[str, Any]) -> None:
        self.code = code
        self.options = options
        self._constants = options.get("constant_propagation", True)
        self._words: dict[int, list[tuple[str, ...]]] = {}
        self._symbols = bool(options.get("symbolic_propagation"))
        self._by_kind: dict[str, Callable[[Node, Node, Env], Ways]] = {
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
        self._same_kind: dict[str, Callable[[Node, Node, Env], Ways]] = {
            "args": self._args,
            "supers": self._supers,
            "handlers": self._bag,
            "attrs": self._attrs,
            "dict": self._dict,
            "set": self._dict,
            "cases": self._bag,
            "block": self._block,
            "class": self._class,
            "func": self._func,
            "binop": self._binop,
            "str": self._str,
            "dot": self._dot,
            "element": self._element,
            "concat": self._concat,
            "import": self._import,
        }

    def match(self, pattern: Node | None, node: Node | None, env: Env) -> Ways:
        """All ways in which the pattern matches the node."""
        if pattern is None:
            return [env] if node is None else []
        special = self._by_kind.get(pattern.kind)
        if special is not None:
            return special(pattern, node, env) if node is not None or pattern.kind == "..." else []
        if node is None:
            # `new T { … }` is `new T()` too.
            return [env] if pattern.kind == "initializer" and _only_gaps(pattern.kids) else []
        if pattern.kind == node.kind:
            same = self._same_kind.get(pattern.kind)
            ways = same(pattern, node, env) if same is not None else self._alike(pattern, node, env)
            if ways:
                return ways
        elif pattern.kind in _NAMES and node.kind in _NAMES and self._same_text(pattern, node):
            return [env]
        return self._equivalent(pattern, node, env)

    # Sameness

    def _alike(self, pattern: Node, node: Node, env: Env) -> Ways:
        """The same kind, the same text, the same kids."""
        if not self._same_text(pattern, node):
            return []
        kids, others = pattern.kids, node.kids
        if not kids and not others:
            return [env]
        plan = pattern.syntax
        if plan is None:
            plan = pattern.syntax = _plan(pattern)
        if plan[0]:
            if pattern.kind in _FIXED and len(kids) == len(others):
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
            plan = pattern.syntax = _plan(pattern)
        order = plan[1]
        kids, others = pattern.kids, node.kids
        for at in order:
            if others[at] is None and kids[at] is not None and kids[at].kind not in _ABSENT:  # type: ignore[union-attr]
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
        prefix: bool = False,
    ) -> list[tuple[Env, int]]:
        """Ways to match a list, each with the number of nodes taken; `prefix`: nodes may be left over."""
        states: list[tuple[Env, int]] = [(env, 0)]
        gap = False
        count = len(nodes)
        for pattern in patterns:
            if pattern is not None and pattern.kind == "...":
                gap = True
                continue
            if pattern is not None and pattern.kind == "$...":
                starts = [(way, first) for way, at in states for first in (range(at, count + 1) if gap else (at,))]
                states = [
                    (more, last)
                    for way, first in starts
                    for last in range(first, count + 1)
                    for more in self._bind_many(pattern, nodes[first:last], way)
                ]
                gap = False
                continue
            found: list[tuple[Env, int]] = []
            seen: set[tuple[int, int]] = set()
            for way, at in states:
                for place in range(at, count) if gap else range(at, min(at + 1, count)):
                    for more in self.match(pattern, nodes[place], way):
                        if (id(more), place) not in seen:
                            seen.add((id(more), place))
                            found.append((more, place + 1))
            states, gap = found, False
            if not states:
                return []
        if gap:
            return _distinct([(way, count) for way, _ in states])
        return states if prefix else [(way, at) for way, at in states if at == count]

    # What only patterns have

    def _anything(self, pattern: Node, node: Node, env: Env) -> Ways:
        return [env]

    def _metavariable(self, pattern: Node, node: Node, env: Env) -> Ways:
        if node.kind in _NO_VALUE:
            return []
        if node.kind == "attr" and _has_arguments(node.kids[0]):
            return []  # `@$A` has no arguments, as `@A` has none.
        if node.kind == "exprstmt" and node.kids[0] is not None:
            node = node.kids[0]
        ways = self.bind(pattern.text, node, env)
        return ways + self._symbolic(pattern, node, env) if self._symbols and node.kind == "id" else ways

    def _symbolic(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A name stands for the expression it was given, where the rule asks for that."""
        if node.kind != "id" or not self.options.get("symbolic_propagation"):
            return []
        symbol = self.code.names.symbol(node)
        return self.match(pattern, symbol, env) if symbol is not None and symbol.key != node.key else []

    def _chars(self, pattern: Node, node: Node, env: Env) -> Ways:
        return self.bind(pattern.text, node, env) if node.kind == "chars" else []

    def bind(self, name: str, node: Node, env: Env) -> Ways:
        """The bindings with one more, or none where the name stands for something else."""
        if name == "$_":
            return [env]
        known = env.get(name)
        if known is not None:
            return [env] if known.key == node.key and same_variable(known.node, node) else []
        return [{**env, name: Bound(node.start, node.end, None, None, node, None, self.code.data)}]

    def _bind_many(self, pattern: Node, nodes: Sequence[Node | None], env: Env) -> Ways:
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

    def _deep(self, pattern: Node, node: Node, env: Env) -> Ways:
        return self._deep_in(pattern, _parts(node), env)

    def _deep_in(self, pattern: Node, nodes: Iterator[Node], env: Env) -> Ways:
        inner = pattern.kids[0]
        # A metavariable stands for an expression here, which the name of a member is not.
        passed = _NO_EXPRESSION if inner is not None and inner.kind == "$" else _NO_VALUE
        return [way for one in nodes if one.kind not in passed for way in self.match(inner, one, env)]

    def _typed(self, pattern: Node, node: Node, env: Env) -> Ways:
        if node.kind in _NO_VALUE:
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
            yield from ((name, None) for name in _TYPES_OF_LITERALS.get(known.kind if known is not None else "", ()))
            if node.kind == "id":
                yield node.text, node  # The name of a type stands for the type.
            return
        if declared.kind in _LITERALS:
            yield from ((name, None) for name in self._type_of_literal(declared))
            return
        written = self.code.data[declared.start : declared.end].decode(errors="replace")
        if declared.kind == "pointer":
            written = "*" + written
        yield written, declared
        bare = declared.kids[0] if declared.kind == "generic" else declared
        for full in self.code.names.possible(bare) if bare is not None and bare.kind in _NAMES else ():
            yield ".".join(path_of(full)), declared
        path = self.code.names.imports.get(written.lstrip("*& ").partition("<")[0].partition(".")[0])
        if path:
            rest = written.lstrip("*& ").partition(".")[2]
            stars = written[: len(written) - len(written.lstrip("*& "))]
            yield stars + ".".join(path) + (f".{rest}" if rest else ""), declared

    def _type_of_literal(self, node: Node) -> tuple[str, ...]:
        if any(kid is not None and kid.kind != "chars" for kid in node.kids):
            return ()
        return self.code.quirks.literals.get(node.kind) or _TYPES_OF_LITERALS.get(node.kind) or ()

    def _of_type(self, wanted: str, written: str, declared: Node | None, env: Env) -> Ways:
        one, other = _type_text(wanted), _type_text(written)
        if one.startswith("$") and one.isupper():
            known = env.get(one)
            if known is not None:
                return [env] if other in (known.key, _type_text(known.text)) else []
            if declared is not None:
                return self.bind(one, declared, env)
            return [{**env, one: Bound(-1, -1, written, other)}]
        if one == other or one.rpartition(".")[2] == other and "." in one:
            return [env]
        return [env] if one == other.partition("<")[0] else []

    # Texts

    def _literal(self, node: Node) -> str | None:
        """The characters of a text literal, or of what is known to be one."""
        if node.kind == "str" and all(kid is not None and kid.kind == "chars" for kid in node.kids):
            return content_of(node)
        if self._constants:
            known = self.code.names.constant(node)
            if known is not None and known.kind == "str":
                return content_of(known)
        return None

    def _any_text(self, pattern: Node, node: Node, env: Env) -> Ways:
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
        start, end = _inside(self.code.names.constant(node) or node)
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
        if pattern.text and (pattern.text != node.text or (len(kids) > 1 and not _has_holes(node))):
            return []
        if all(kid is not None and kid.kind == "chars" for kid in kids):
            content = self._literal(node)
            return [env] if content is not None and content == content_of(pattern) else []
        return [way for way, _ in self.sequence(kids, node.kids, env)]

    def _concat(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Literals side by side; `"..."` among them stands for any number."""
        wanted = [_DOTS if kid is not None and kid.kind == "str..." else kid for kid in pattern.kids]
        return [way for way, _ in self.sequence(wanted, node.kids, env)]

    # Lists

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
                ways = [env] if first.kind == "..." else self._bind_many(first, nodes[:taken], env)
                found += [more for way in ways for more in self._arguments(rest, nodes[taken:], way)]
            return _unlike(found)
        if not nodes:
            return []
        return [more for way in self.match(first, nodes[0], env) for more in self._arguments(rest, nodes[1:], way)]

    def _bag(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Each pattern matches some element, in any order, and more elements are fine."""
        wanted = [kid for kid in pattern.kids if kid is not None and kid.kind != "..."]
        return self._some(wanted, node.kids, env)

    def _attrs(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Decorators and modifiers: more of them are fine, and their order counts where the rule asks for that."""
        if not self.options.get("decorators_order_matters"):
            return self._bag(pattern, node, env)
        wanted = [one for kid in pattern.kids if kid is not None for one in (_DOTS, kid)]
        return _unlike([way for way, _ in self.sequence([*wanted, _DOTS], node.kids, env)])

    def _supers(self, pattern: Node, node: Node, env: Env) -> Ways:
        """Base classes: any of them, or, where their order means something, the first ones."""
        if not self.code.quirks.ordered_supers:
            return self._bag(pattern, node, env)
        return _unlike([way for way, _ in self.sequence(pattern.kids, node.kids, env, prefix=True)])

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
        return [more for way in ways for more in (self._bind_many(many[0], node.kids, way) if many else [way])]

    def _element(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An XML element: attributes in any order, and more of them are fine."""
        ways = self.match(pattern.kids[0], node.kids[0], env)
        ways = [more for way in ways for more in self._attributes(pattern, node, way)]
        rest, others = pattern.kids[2:], node.kids[2:]
        is_implied = "element" in self.code.quirks.implied
        if pattern.text and not node.text and not self.options.get("xml_singleton_loose_matching", is_implied):
            return []  # `<a />` is no pattern for `<a></a>`; the other way round it is.
        if not rest and is_implied:
            return ways
        return [more for way in ways for more, _ in self.sequence(rest, others, way)]

    def _attributes(self, pattern: Node, node: Node, env: Env) -> Ways:
        one, other = pattern.kids[1], node.kids[1]
        if one is None or other is None:
            return [env]
        implied = self.options.get("xml_attrs_implicit_ellipsis", True) or _has_gap(one.kids)
        return self._bag(one, other, env) if implied or len(one.kids) == len(other.kids) else []

    # Definitions and statements

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
        return node.text in _SORTS.get(pattern.text, ())

    def _named_alike(self, pattern: Node, node: Node) -> bool:
        return (pattern.kids[1] is None) == (node.kids[1] is None) or pattern.kids[1] is None

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
            return self._bind_many(only, node.kids, env)
        if not _has_gap(pattern.kids) and _is_longer(node, len(pattern.kids), self.code.quirks.dropped):
            return []
        return [way for way, _, _ in self.statements(pattern.kids, node, env, prefix=_has_gap(pattern.kids))]

    def statements(
        self, patterns: Sequence[Node | None], block: Node, env: Env, *, start: int = 0, prefix: bool = False
    ) -> list[tuple[Env, int, int]]:
        """Ways to match the statements of a block from the one at `start`, with the bytes from the first to the last taken.

        Around an ellipsis, statements inside of others count as following them. `prefix`: statements may be left over.
        """
        nodes = block.kids[start:] if start else block.kids
        orders = [nodes]
        if self.options.get("go_deeper_stmt", True) and _has_gap(patterns):
            flattened, starts = self.code.flattened(block)
            if nodes and len(flattened) - starts[start] > len(nodes):
                orders.append(flattened[starts[start] :])
        made: dict[Any, tuple[Env, int, int]] = {}
        for order in orders:
            for way, taken in self.sequence(patterns, order, env, prefix=prefix):
                spans = [node for node in order[:taken] if node is not None]
                start, end = (spans[0].start, max(node.end for node in spans)) if spans else (-1, -1)
                made.setdefault((start, end, _bindings_key(way)), (way, start, end))
        return list(made.values())

    def _statement(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An expression statement: the same one, or a statement that holds such an expression."""
        inner = pattern.kids[0]
        if inner is None:
            return []
        if node.kind != "exprstmt" and not self.code.tree.is_statement(node):
            return self.match(inner, node, env)
        if inner.kind == "<...>":
            return _unlike(self._deep_in(inner, _head(node), env))
        if node.kind not in _DEEP_STATEMENTS:
            return []
        if not self.options.get("implicit_deep_exprstmt", True) or not self.options.get("go_deeper_expr", True):
            shallow = node.kids[0] if node.kind == "exprstmt" else node
            return self.match(inner, shallow, env)
        if not self._symbols and not self._has_words(pattern, node):
            return []
        return _unlike([way for one in _expressions(node) for way in self.match(inner, one, env)])

    def _has_words(self, pattern: Node, node: Node) -> bool:
        """Whether a node holds all words that every match of the pattern holds."""
        code = self.code
        words = self._words.get(id(pattern))
        if words is None:
            words = self._words[id(pattern)] = [code.spellings(word) for word in words_of(pattern, code.quirks)]
        return all(code.holds(node, spellings) for spellings in words)

    def _import(self, pattern: Node, node: Node, env: Env) -> Ways:
        """An import names a module or something in it: a pattern for a module is one for whatever is imported from it."""
        wanted, parts = _path_of(pattern), _path_of(node)
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
                other = Node("ident", other.start, last.end, text=".".join([part.text for part in parts[at:]]), kids=[])
            if one.kind == "...":
                continue
            ways = [more for way in ways for more in (self.match(one, other, way) or ([way] if _begins(one, other) else []))]
        if parts[-1].text == "*" and wanted[-1].text != "*" and len(wanted) == len(parts):
            return []
        return [more for way in ways for more in self.match(alias, node.kids[2], way)] if alias is not None else ways

    def _required(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A declaration that gives names to a module, or to parts of it, is an import."""
        found: Ways = []
        for path, name, _ in required(node, self.code.quirks.requires):
            found += self._import(pattern, Node("import", node.start, node.end, kids=[path, name, None]), env)
        return found

    # Operators

    def _dot(self, pattern: Node, node: Node, env: Env) -> Ways:
        """A member; `$X. ... .f` passes over a chain of calls and members."""
        object_, member = pattern.kids[0], pattern.kids[1]
        if member is not None and member.kind == "...":
            return self._chained(object_, node, env)
        if object_ is None or not _is_chain(object_) or not self._same_text(pattern, node):
            return self._alike(pattern, node, env)
        ways = self.match(member, node.kids[1], env)
        return [more for way in ways for more in self._chained(object_.kids[0], node.kids[0], way, least=0)]

    def _chained(self, object_: Node | None, node: Node | None, env: Env, *, least: int = 1) -> Ways:
        """`least`: 0 where what comes first may be all there is, before a further member."""
        found: Ways = []
        if node is None or (node.kind not in _CHAINS and least):
            return []
        while node is not None:
            found += self.match(object_, node, env)
            if node.kind not in _CHAINS:
                break
            node = node.kids[0]
        return _unlike(found)

    def _binop(self, pattern: Node, node: Node, env: Env) -> Ways:
        if pattern.text != node.text:
            return []
        ways = self._alike(pattern, node, env)
        if ways:
            return ways
        if any(self.options.get(option) for option in _SYMMETRIC.get(pattern.text, ())):
            return self._in_any_order(pattern.kids, node.kids, env)
        wanted, operands = _operands(pattern), _operands(node)
        if any(one is not None and one.kind == "..." for one in wanted):
            ways = [way for way, _ in self.sequence(wanted, operands, env)]
        if ways or pattern.text not in _COMMUTATIVE or not self.options.get("ac_matching", True):
            return ways
        if pattern.text in _LOGICAL and not self.options.get("commutative_boolop"):
            return ways
        return self._in_any_order(wanted, operands, env)

    def _in_any_order(self, wanted: list[Node | None], operands: list[Node | None], env: Env) -> Ways:
        bare = [one for one in wanted if one is None or one.kind != "..."]
        if len(bare) > len(operands) or (len(bare) == len(wanted) and len(bare) != len(operands)):
            return []
        if len(operands) > _MOST_OPERANDS:
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

    # Equivalences between kinds

    def _equivalent(self, pattern: Node, node: Node, env: Env) -> Ways:
        kind = pattern.kind
        if kind not in _EQUIVALENT and node.kind != "cast" and not self._symbols:
            return []
        if kind in _QUALIFIED and node.kind == "generic":
            return self.match(pattern, node.kids[0], env)
        if kind == "dot" and pattern.kids[1] is not None and pattern.kids[1].kind == "...":
            return self._chained(pattern.kids[0], node, env)
        if kind in _QUALIFIED and node.kind in _NAMES:
            full = self.code.names.resolved(node)
            if full is not None:
                return self._qualified(pattern, full, env)
            path = path_of(pattern)
            if path[1:] and path[-1] == node.text and any(path == path_of(one) for one in self.code.names.possible(node)):
                return [env]
        if kind in _LOOSE and node.kind in _LOOSE and self.code.quirks.loose_literals and _written_alike(pattern, node):
            return [env]
        if kind in _LITERALS and self._constants and node.kind in _FOLDED:
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
        if kind == "import" and node.kind == "var":
            return self._required(pattern, node, env)
        if node.kind == "cast" and kind != "cast":
            return self.match(pattern, node.kids[1], env)
        if kind == "attr" and node.kind == "attr":
            return self._attribute(pattern, node, env)
        if kind == "assign" and node.kind == "var" and node.kids[3] is not None and self.options.get("vardef_assign", True):
            ways = self.match(pattern.kids[0], node.kids[1], env)
            return [more for way in ways for more in self.match(pattern.kids[1], node.kids[3], way)]
        if kind == "dict" and node.kind == "set" and all(kid is not None and kid.kind == "..." for kid in pattern.kids):
            return [env]
        if kind == "block" and node.kind != "block" and self.code.tree.is_statement(node):
            return [way for way, _, _ in self.statements(pattern.kids, Node("block", node.start, node.end, kids=[node]), env)]
        return self._symbolic(pattern, node, env) if self._symbols else []

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
        if one.kind != "call" and _is_bare_call(other):
            return self.match(one, other.kids[0], env)
        if other.kind != "call" and one.kind == "call":
            args = one.kids[1]
            if args is not None and all(kid is not None and kid.kind == "..." for kid in args.kids):
                return self.match(one.kids[0], other, env)
        return []

    def _qualified(self, pattern: Node, full: Node, env: Env) -> Ways:
        """A pattern against a qualified name: whole, part by part."""
        if pattern.kind in _NAMES:
            return [env] if full.kind in _NAMES and pattern.text == full.text else []
        if full.kind != "dot" or pattern.kind != "dot":
            if pattern.kind == "$":
                return self.bind(pattern.text, full, env)
            return []
        one, other = pattern.kids[1], full.kids[1]
        if one is None or other is None:
            return []
        if one.kind == "...":
            return self._chained(pattern.kids[0], full, env)
        if one.kind == "$":
            ways = self.bind(one.text, other, env)
        else:
            ways = [env] if one.text == other.text else []
        first, second = pattern.kids[0], full.kids[0]
        if first is None or second is None:
            return []
        return [more for way in ways for more in self._qualified(first, second, way)]


def _path_of(node: Node) -> list[Node]:
    """The components of what is imported."""
    found: list[Node] = []
    for kid in node.kids[:2]:
        found += _components(kid)
    return found


def _begins(pattern: Node, node: Node) -> bool:
    """Whether an imported path begins with the parts of the pattern's (`"a/b"`, `"a/b/c"`)."""
    return pattern.kind == node.kind == "str" and content_of(node).startswith(content_of(pattern) + "/")


def _components(node: Node | None) -> list[Node]:
    if node is None:
        return []
    if node.kind == "dot":
        return [*_components(node.kids[0]), *_components(node.kids[1])]
    return [node]


def _written_alike(one: Node, other: Node) -> bool:
    if any(kid is None or kid.kind != "chars" for kid in (*one.kids, *other.kids)):
        return False
    texts = [content_of(node) if node.kind == "str" else node.text for node in (one, other)]
    return texts[0] == texts[1] != "null" and "str" in (one.kind, other.kind)


def _has_arguments(node: Node | None) -> bool:
    return node is not None and node.kind == "call" and not _is_bare_call(node)


def _is_bare_call(node: Node) -> bool:
    args = node.kids[1] if node.kind == "call" else None
    return args is not None and not args.kids


_DOTS = Node("...", 0, 0, kids=[])

_TYPES_OF_LITERALS = {
    "str": ("String", "string", "str", "java.lang.String"),
    "num": ("int", "number"),
}


def _type_text(written: str) -> str:
    """A type without white space and what stands in front of it."""
    return "".join(written.removeprefix("final ").split())


def _inside(node: Node) -> tuple[int, int]:
    """The bytes of a literal's content, or of what stands for it."""
    kids = node.kids if node.kind == "str" else []
    if kids and kids[0] is not None and kids[-1] is not None and kids[0].end > 0:
        return kids[0].start, kids[-1].end
    return node.start, node.end


def _is_longer(block: Node, count: int, dropped: frozenset[str]) -> bool:
    """Whether a block has more statements than `count`, seen without making them."""
    syntax = block.syntax
    if block.make is not make_statements or syntax is None or syntax.named_child_count <= count:
        return False
    return sum(not child.is_extra and child.type not in dropped for child in syntax.named_children) > count


def _plan(pattern: Node) -> tuple[bool, tuple[int, ...]]:
    """How the kids of a pattern are matched: whether as a sequence, else in which order."""
    is_list = pattern.kind in LISTS or any(kid is not None and kid.kind in ("...", "$...") for kid in pattern.kids)
    return is_list, _order(pattern)


def _order(pattern: Node) -> tuple[int, ...]:
    """The positions of a pattern's kids that are to be matched; those that stand for anything last."""
    wanted = [at for at, kid in enumerate(pattern.kids) if kid is not None or (pattern.kind, at) not in _SILENT]
    return tuple(sorted(wanted, key=lambda at: (kid := pattern.kids[at]) is not None and kid.kind in SPECIAL))


def _is_chain(pattern: Node) -> bool:
    member = pattern.kids[1] if pattern.kind == "dot" else None
    return member is not None and member.kind == "..."


def _only_gaps(patterns: Sequence[Node | None]) -> bool:
    return all(pattern is not None and pattern.kind == "..." for pattern in patterns)


def _has_gap(patterns: Sequence[Node | None]) -> bool:
    return any(pattern is not None and pattern.kind == "..." for pattern in patterns)


def _head(statement: Node) -> Iterator[Node]:
    """The pieces of a statement without the statements in it, the outermost first; none of a definition."""
    work = [statement] if statement.kind not in ("func", "class") else []
    while work:
        one = work.pop()
        yield one
        if one.kind not in ("func", "class") or _gives(one):
            work.extend([kid for kid in reversed(one.kids) if kid is not None and (kid.kind != "block" or one.kind == "func")])


def _expressions(node: Node) -> Iterator[Node]:
    """The expressions of a statement, outermost first, without those in the statements, functions and classes inside it."""
    work: list[Node] = [node]
    while work:
        one = work.pop()
        if one.kind not in _NO_VALUE and one.kind != "exprstmt":
            yield one
        if one.kind in _OPAQUE and one is not node:
            continue
        # Of `new A(b) { c = d }` only what stands in braces.
        kids = one.kids[2:] if one.kind == "new" else one.kids
        work.extend([kid for kid in reversed(kids) if kid is not None and kid.kind not in ("block", "class")])


def _parts(node: Node) -> Iterator[Node]:
    """A node and all below it, parents first, without what is inside of functions and classes."""
    work = [node]
    while work:
        one = work.pop()
        yield one
        if one.kind not in ("func", "class") or _gives(one):
            work.extend([kid for kid in reversed(one.kids) if kid is not None])


def _gives(function: Node) -> bool:
    """Whether a function is no more than the expression it gives (`lambda`)."""
    return (
        function.kind == "func"
        and function.text == "lambda"
        and function.tree is not None
        and function.tree.quirks.open_lambdas
    )


def _has_holes(text: Node) -> bool:
    return any(kid is not None and kid.kind != "chars" for kid in text.kids)


def _operands(node: Node) -> list[Node | None]:
    """The operands of a chain of one operator, from left to right."""
    found: list[Node | None] = []
    for kid in node.kids:
        if kid is not None and kid.kind == "binop" and kid.text == node.text:
            found += _operands(kid)
        else:
            found.append(kid)
    return found


def _distinct(states: list[tuple[Env, int]]) -> list[tuple[Env, int]]:
    return list({(id(way), at): (way, at) for way, at in states}.values())


def _unlike(ways: Ways) -> Ways:
    """The ways without those that bind the same."""
    if len(ways) < 2:
        return ways
    found: dict[Any, Env] = {}
    for way in ways:
        found.setdefault(_bindings_key(way), way)
    return list(found.values())


def _bindings_key(way: Env) -> Any:
    return tuple(sorted([(name, bound.place) for name, bound in way.items()]))


def is_special(node: Node | None) -> bool:
    """Whether a pattern node stands for whatever is there."""
    return node is not None and node.kind in SPECIAL
