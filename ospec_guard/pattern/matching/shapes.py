"""What the matching of patterns knows about the vocabulary: sets of kinds, and small questions about nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ospec_guard.pattern.hits import Bound
from ospec_guard.pattern.names import content_of
from ospec_guard.pattern.node import LISTS, NO_VALUE, SPECIAL, Node
from ospec_guard.pattern.tree import Quirks, make_statements

Env = dict[str, Bound]
Ways = list[Env]

NAMES = frozenset(("id", "ident"))
QUALIFIED = frozenset(("id", "ident", "dot"))
LOOSE = frozenset(("str", "num", "const"))
LITERALS = frozenset(("str", "num", "const", "regex", "str...", "str$", "str="))

FOLDED = frozenset(("id", "dot", "binop", "str", "concat", "cond"))
"""What may be known to be a literal."""
EQUIVALENT: dict[str, frozenset[str]] = {
    "id": NAMES | {"generic"},
    "ident": NAMES | {"generic"},
    "dot": NAMES | {"generic"},
    **dict.fromkeys(LITERALS - LOOSE, FOLDED),
    **dict.fromkeys(LOOSE, FOLDED | LOOSE),
    "assign": frozenset(("assign", "augmented_assignment_expression", "var")),
    "binop": frozenset(("augmented_assignment_expression",)),
    "import": frozenset(("var",)),
    "return": frozenset(("exprstmt",)),
    "attr": frozenset(("attr",)),
    "dict": frozenset(("set",)),
}
"""Kinds of patterns and the kinds of code that may be the same in another form."""
WITHOUT_RESULTS = {kind: others for kind, others in EQUIVALENT.items() if kind != "return"}
"""The same where nothing is returned without `return`."""

NO_EXPRESSION = NO_VALUE | {"ident"}
SILENT = frozenset(
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
GIVEN = frozenset((("var", 3),))
"""Kids that must be there for an ellipsis to stand for them: `int x = ...;` is no `int x;`."""
FIXED = frozenset(kind for kind, _ in SILENT)
"""Kinds whose kids have their places, so that an ellipsis is one of them (`if ...: f()`)."""
DEEP_STATEMENTS = frozenset(("exprstmt", "var", "return"))
"""Statements in whose expressions an expression statement is looked for."""
CHAINS = frozenset(("call", "dot", "index"))
SORTS = {"method": ("function",), "lambda": ("arrow",), "arrow": ("lambda",)}
"""The sorts of functions that a pattern of a sort matches too."""
COMMUTATIVE = frozenset(("and", "or", "&&", "||", "|", "&", "^"))
LOGICAL = frozenset(("and", "or", "&&", "||"))
"""Operators whose operands are tried in another order on demand."""
SYMMETRIC = {"==": ("symmetric_eq", "commutative_compop"), "!=": ("commutative_compop",)}
"""Comparisons whose operands are tried in the other order under one of these options."""
MOST_OPERANDS = 6
"""Operands tried in every order."""


ABSENT = frozenset(("...", "initializer"))
"""What may match where the code has nothing."""


def imported_path(node: Node) -> list[Node]:
    """The components of what is imported."""
    found: list[Node] = []
    for kid in node.kids[:2]:
        found += components_of(kid)
    return found


def begins_with(pattern: Node, node: Node) -> bool:
    """Whether an imported path begins with the parts of the pattern's (`"a/b"`, `"a/b/c"`)."""
    return pattern.kind == node.kind == "str" and content_of(node).startswith(content_of(pattern) + "/")


def components_of(node: Node | None) -> list[Node]:
    if node is None:
        return []
    if node.kind == "dot":
        return [*components_of(node.kids[0]), *components_of(node.kids[1])]
    return [node]


def written_alike(one: Node, other: Node) -> bool:
    if any(kid is None or kid.kind != "chars" for kid in (*one.kids, *other.kids)):
        return False
    texts = [content_of(node) if node.kind == "str" else node.text for node in (one, other)]
    return texts[0] == texts[1] != "null" and "str" in (one.kind, other.kind)


def has_arguments(node: Node | None) -> bool:
    return node is not None and node.kind == "call" and not is_bare_call(node)


def is_bare_call(node: Node) -> bool:
    args = node.kids[1] if node.kind == "call" else None
    return args is not None and not args.kids


DOTS = Node("...", 0, 0, kids=[])

TYPES_OF_LITERALS = {
    "str": ("String", "string", "str", "java.lang.String"),
    "num": ("int", "number"),
}


_BOOLEANS = ("bool", "boolean", "Boolean", "Bool")
_COMPARISONS = frozenset(("==", "!=", "===", "!==", "<", ">", "<=", ">=", "!"))


def types_of_literal(node: Node, quirks: Quirks) -> tuple[str, ...]:
    """The names of the type of a literal, or of what is always a truth value; none for anything else."""
    if node.kind in ("binop", "unary") and node.text in _COMPARISONS:
        return _BOOLEANS
    if any(kid is not None and kid.kind != "chars" for kid in node.kids):
        return ()
    return quirks.literals.get(node.kind) or TYPES_OF_LITERALS.get(node.kind) or ()


def type_text(written: str) -> str:
    """A type without white space and what stands in front of it."""
    return "".join(written.removeprefix("final ").split())


def content_place(node: Node) -> tuple[int, int]:
    """The bytes of a literal's content, or of what stands for it."""
    kids = node.kids if node.kind == "str" else []
    if kids and kids[0] is not None and kids[-1] is not None and kids[0].end > 0:
        return kids[0].start, kids[-1].end
    return node.start, node.end


def is_longer(block: Node, count: int, dropped: frozenset[str]) -> bool:
    """Whether a block has more statements than `count`, seen without making them."""
    syntax = block.syntax
    if block.make is not make_statements or syntax is None or syntax.named_child_count <= count:
        return False
    return sum(not child.is_extra and child.type not in dropped for child in syntax.named_children) > count


def plan_of(pattern: Node) -> tuple[bool, tuple[int, ...]]:
    """How the kids of a pattern are matched: whether as a sequence, else in which order."""
    is_list = pattern.kind in LISTS or any(kid is not None and kid.kind in ("...", "$...") for kid in pattern.kids)
    return is_list, order_of(pattern)


def order_of(pattern: Node) -> tuple[int, ...]:
    """The positions of a pattern's kids that are to be matched; those that stand for anything last."""
    wanted = [at for at, kid in enumerate(pattern.kids) if kid is not None or (pattern.kind, at) not in SILENT]
    return tuple(sorted(wanted, key=lambda at: (kid := pattern.kids[at]) is not None and kid.kind in SPECIAL))


def is_chain(pattern: Node) -> bool:
    member = pattern.kids[1] if pattern.kind == "dot" else None
    return member is not None and member.kind == "..."


def only_gaps(patterns: Sequence[Node | None]) -> bool:
    return all(pattern is not None and pattern.kind == "..." for pattern in patterns)


def resumes(patterns: Sequence[Node | None]) -> bool:
    """Whether something is to be found after an ellipsis: what comes after an ellipsis at the end is all the same."""
    last = next((at for at in reversed(range(len(patterns))) if (one := patterns[at]) is None or one.kind != "..."), 0)
    return has_gap(patterns[:last])


def has_gap(patterns: Sequence[Node | None]) -> bool:
    return any(pattern is not None and pattern.kind == "..." for pattern in patterns)


def head_of(statement: Node) -> Iterator[Node]:
    """The pieces of a statement without the statements in it, the outermost first; none of a definition."""
    work = [statement] if statement.kind not in ("func", "class") else []
    while work:
        one = work.pop()
        yield one
        if one.kind not in ("func", "class") or gives_value(one):
            work.extend([kid for kid in reversed(one.kids) if kid is not None and (kid.kind != "block" or one.kind == "func")])


def parts_of(node: Node) -> Iterator[Node]:
    """A node and all below it, parents first, without what is inside of functions and classes."""
    work = [node]
    while work:
        one = work.pop()
        yield one
        if one.kind not in ("func", "class") or gives_value(one):
            work.extend([kid for kid in reversed(one.kids) if kid is not None])


def gives_value(function: Node) -> bool:
    """Whether a function is no more than the expression it gives (`lambda`)."""
    return (
        function.kind == "func"
        and function.text == "lambda"
        and function.tree is not None
        and function.tree.quirks.open_lambdas
    )


def has_holes(text: Node) -> bool:
    return any(kid is not None and kid.kind != "chars" for kid in text.kids)


def operands_of(node: Node) -> list[Node | None]:
    """The operands of a chain of one operator, from left to right."""
    found: list[Node | None] = []
    for kid in node.kids:
        if kid is not None and kid.kind == "binop" and kid.text == node.text:
            found += operands_of(kid)
        else:
            found.append(kid)
    return found


def distinct(states: list[tuple[Env, int]]) -> list[tuple[Env, int]]:
    return list({(id(way), at): (way, at) for way, at in states}.values())


def unlike(ways: Ways) -> Ways:
    """The ways without those that bind the same."""
    if len(ways) < 2:
        return ways
    found: dict[Any, Env] = {}
    for way in ways:
        found.setdefault(bindings_key(way), way)
    return list(found.values())


def bindings_key(way: Env) -> Any:
    return tuple(sorted([(name, bound.place) for name, bound in way.items()]))


def is_special(node: Node | None) -> bool:
    """Whether a pattern node stands for whatever is there."""
    return node is not None and node.kind in SPECIAL
