"""From the vocabulary of nodes to ops and graphs.

What the vocabulary has is lowered here, for all languages alike; the kinds that a grammar has of its own are told by its module
in `flow.languages`. What nobody knows holds all of its parts, and runs them in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ospec_guard.languages.facts import types
from ospec_guard.pattern.flow.building import Body, Builder
from ospec_guard.pattern.flow.ir import Graph, Op
from ospec_guard.pattern.node import STATEMENTS, Node
from ospec_guard.pattern.tree import Tree
from ospec_guard.values import field, value

_TARGETS = types("tuple array dict set pair param")
_SAME = frozenset(("cast", "await", "await_expression", "parenthesized_expression"))
_QUIET = types("tok attrs params supers import chars labels")
"""Kinds that make no value."""
_BOOLEANS = types("bool boolean Boolean Bool")
_NUMBERS = types(
    """int Int Integer long Long short Short byte Byte float Float double Double number uint uint8 uint16 uint32 uint64 uint256
    int8 int16 int32 int64 int256 float32 float64 i8 i16 i32 i64 u8 u16 u32 u64 usize isize f32 f64"""
)
_POINTING = frozenset(("*", "&"))
_ASKING = types("== != === !== < > <= >= in is instanceof ! not")


@value
class Flows:
    """What a language does in its own way, by kinds of nodes."""

    statements: Mapping[str, Callable[[Lowering, Node], None]] = field(default_factory=dict)
    expressions: Mapping[str, Callable[[Lowering, Node], Op]] = field(default_factory=dict)
    falls_through: bool = False
    """A case of a switch runs into the next one."""
    binds: bool = False
    """A name that stands alone in a case is a new variable."""


class Lowering(Builder):
    """Lowers the nodes of one graph."""

    def __init__(self, start: int, end: int, flows: Flows, tree: Tree) -> None:
        super().__init__(start, end)
        self._flows = flows
        self._assigning = tree.quirks.scoped
        self._scopes: list[tuple[int, frozenset[str]]] = []
        """Functions around the current one that are a part of this graph: where they begin, and the names they declare."""
        self.falls_through = flows.falls_through or tree.quirks.falls_through
        """A case of a switch runs into the next one."""
        self.apart: list[Node] | None = None
        """Functions with names, and classes, that are to be graphs of their own; None where they are a part of this one."""
        self.label = ""
        """The label of the loop that comes next."""
        self._results: list[Op] = []
        """Where the value of what is a statement and a value goes, innermost last."""

    def name(self, node: Node) -> Op:
        """A variable: names that are declared in different functions are different ones."""
        text = node.text
        for start, names in reversed(self._scopes):
            if text in names:
                text = f"{text}@{start}"
                break
        return Op("name", node.start, node.end, (), text)

    # Statements.

    def statement(self, node: Node | None) -> None:
        """Runs a statement."""
        if node is None or node.kind in _QUIET:
            return
        own = self._flows.statements.get(node.kind)
        if own is not None:
            own(self, node)
            return
        known = _STATEMENTS.get(node.kind)
        if known is not None:
            known(self, node)
        elif any(kid is not None and kid.kind in STATEMENTS for kid in node.kids):
            self.statements(node.kids)
        else:
            self.emit(self.expression(node))

    def statements(self, nodes: Sequence[Node | None]) -> None:
        """Runs statements one after the other."""
        for node in nodes:
            self.statement(node)

    def body(self, node: Node | None) -> Body:
        """What runs a statement later."""
        return lambda: self.statement(node)

    def test(self, node: Node | None) -> Body:
        """What runs a condition later."""

        def run() -> None:
            if node is not None:
                self.emit(self.expression(node))

        return run

    def loop(
        self,
        test: Body,
        body: Body,
        update: Body | None = None,
        *,
        label: str = "",
        first: bool = False,
        otherwise: Body | None = None,
    ) -> None:
        label, self.label = label or self.label, ""
        super().loop(test, body, update, label=label, first=first, otherwise=otherwise)

    def declared(self, node: Node | None) -> None:
        """What stands first in the head of a loop."""
        if node is not None and node.kind == "param":
            target, given = node.kids[1], node.kids[3]
            if target is not None and given is not None:
                self.give(target, self.expression(given), node.start, node.end)
        else:
            self.statement(node)

    def take(self, target: Node, values: Op) -> None:
        """Gives a target something of some values: every name in it may hold any of them."""
        whole = Op("any", values.start, values.end, (values,))
        if not target.kids or target.kind in ("dot", "index"):
            self.give(target, whole, target.start, values.end)
            return
        kept = self.temporary(values.start, values.end)
        self.emit(Op("assign", target.start, values.end, (kept, whole)))
        for part in target.kids if target.kind == "pair" else (target,):
            for name in names_in(part) if part is not None else ():
                self.emit(Op("assign", name.start, name.end, (self.name(name), kept)))

    def each(self, target: Node | None, values: Node | None, body: Node | None, otherwise: Body | None = None) -> None:
        """A loop over values, each of which is given to the target."""
        if values is None:
            return
        given = self.expression(values)

        def run() -> None:
            if target is not None:
                self.take(target.kids[1] or target if target.kind == "param" else target, given)
            self.statement(body)

        self.loop(lambda: None, run, otherwise=otherwise)

    def give(self, target: Node, given: Op, start: int, end: int) -> None:
        """Assigns a value to what a target names: a place, or the places in a pattern."""
        self.emit(self.assigned(target, given, start, end))

    def assigned(self, target: Node, given: Op, start: int, end: int) -> Op:
        """The op that assigns a value; of patterns those that take it apart come before."""
        if target.kind in ("tuple", "array", "set", "dict") or target.kind.endswith("pattern"):
            whole = self.temporary(given.start, given.end)
            self.emit(Op("assign", start, end, (whole, given)))
            for place, part in self._taken_apart(target, whole):
                self.emit(Op("assign", start, end, (self.place(place), part)))
            return whole
        return Op("assign", start, end, (self.place(target), given))

    def _taken_apart(self, target: Node, whole: Op) -> Iterator[tuple[Node, Op]]:
        """The places in a pattern, each with the part of the value that it gets."""
        counted = True
        for at, kid in enumerate(target.kids):
            if kid is None or kid.kind == "tok":
                continue
            counted = counted and not kid.kind.endswith("pattern")  # What follows `*a` has no place of its own.
            if kid.kind == "pair":
                key, place = kid.kids[0], kid.kids[-1]
                if place is None:
                    continue
                name = (
                    key.text if key is not None else place.text or (place.kids[0].text if place.kids and place.kids[0] else "")
                )
                part = Op("member", whole.start, whole.end, (whole,), name)
            elif target.kind in ("tuple", "array"):
                place = kid
                number = Op("literal", whole.start, whole.end, (), str(at) if counted else "", "number")
                part = Op("index", whole.start, whole.end, (whole, number))
            else:
                place, part = kid, whole
            if place.kind == "assign" and place.kids[0] is not None:
                place = place.kids[0]
            if place.kind in _TARGETS or place.kind.endswith("pattern"):
                yield from self._taken_apart(place, part)
            else:
                yield place, part

    def place(self, node: Node) -> Op:
        """The op of what is assigned to."""
        if node.kind in ("param", "var") and node.kids[1] is not None:
            node = node.kids[1]
        if node.kind == "ident" or (node.kind == "id" and not node.kids):
            return self.name(node)
        if node.kind == "unary" and node.text in _POINTING and node.kids[0] is not None:
            return self.place(node.kids[0])
        return self.expression(node)

    def enter(self, param: Node) -> None:
        """A parameter becomes a new variable, its default value first."""
        default = param.kids[3] if param.kind == "param" and len(param.kids) > 3 else None
        for name in names_in(param):
            place = self.name(name)
            self.emit(Op("enter", name.start, name.end, (place,), "", _type_of(param.kids[2]) if param.kind == "param" else ""))
            if default is not None:
                self.emit(Op("assign", param.start, param.end, (place, self.expression(default)), "default"))

    def function(self, node: Node) -> None:
        """The parameters and the body of a function."""
        for attached in (node.kids[0], node.kids[2]):
            for param in attached.kids if attached is not None else ():
                if param is not None and param.kind != "attr":
                    self.enter(param)
        self.statement(node.kids[4])

    # Expressions.

    def expression(self, node: Node | None) -> Op:
        """The op that makes the value of an expression; functions in it run before."""
        if node is None:
            return Op("literal", 0, 0)
        own = self._flows.expressions.get(node.kind)
        if own is not None:
            return own(self, node)
        known = _EXPRESSIONS.get(node.kind)
        if known is not None:
            return known(self, node)
        if node.kind in _QUIET:
            return Op("literal", node.start, node.end)
        if node.kind in self._flows.statements or node.kind in _STATEMENTS:
            return self.valued(node)
        return self.any_of(node, node.kids)

    def expressions(self, nodes: Sequence[Node | None]) -> list[Op]:
        """The ops of those nodes that make values."""
        return [self.expression(node) for node in nodes if node is not None and node.kind not in _QUIET]

    def any_of(self, node: Node, nodes: Sequence[Node | None]) -> Op:
        """What holds all that some parts of a node are."""
        kids = self.expressions(nodes)
        return Op("any" if kids else "literal", node.start, node.end, kids)

    def valued(self, node: Node) -> Op:
        """A statement that is a value: what its branches end with."""
        result = self.temporary(node.start, node.end)
        self._results.append(result)
        self.statement(node)
        self._results.pop()
        return result

    def binds(self, label: Node) -> bool:
        """Whether the label of a case may make variables."""
        return label.kind.endswith("pattern") or (self._flows.binds and label.kind in ("id", "array", "tuple", "dict"))

    @property
    def is_value(self) -> bool:
        """Whether what is lowered is a statement and a value, whose cases do not run into one another."""
        return bool(self._results)

    def statement_of(self, node: Node | None) -> None:
        """An expression where a statement is: its value is that of the block it ends."""
        made = self.expression(node)
        if self._results:
            made = Op("assign", made.start, made.end, (self._results[-1], made), "result")
        self.emit(made)

    def inlined(self, node: Node) -> None:
        """A function where it stands."""
        apart, self.apart = self.apart, None
        results, self._results = self._results, []
        self._scopes.append((node.start, _declared_by(node, assigning=self._assigning)))
        self.inline(lambda: self.function(node))
        self._scopes.pop()
        self.apart, self._results = apart, results


def names_in(param: Node) -> Iterator[Node]:
    """The names that a parameter makes."""
    work: list[Node | None] = [param]
    while work:
        one = work.pop()
        if one is None or one.kind in ("attrs", "tok"):
            continue
        if one.kind in ("id", "ident") and not one.kids:
            yield one
        elif one.kind in ("param", "var"):
            work.append(one.kids[1])
        elif one.kind == "pair":
            work.append(one.kids[-1])
        elif one.kind == "assign":
            work.append(one.kids[0])
        else:
            work += reversed(one.kids)


def _declared_by(function: Node, *, assigning: bool) -> frozenset[str]:
    """The names of a function's own variables; `assigning`: what is assigned to in it is one of them."""
    found: set[str] = set()
    outside: set[str] = set()
    work = [kid for at in (0, 2, 4) if (kid := function.kids[at]) is not None]
    while work:
        node = work.pop()
        if node.kind == "func":
            continue
        if node.kind in ("global_statement", "nonlocal_statement"):
            outside |= {name.text for name in names_in(node)}
        if node.kind in ("param", "var") or (assigning and node.kind == "assign"):
            target = node.kids[0] if node.kind == "assign" else node
            if target is not None and target.kind not in ("dot", "index"):
                found |= {name.text for name in names_in(target)}
        work += [kid for kid in node.kids if kid is not None]
    return frozenset(found - outside)


def _type_of(written: Node | None) -> str:
    """`bool` or `number` where a declared type is one."""
    name = written.text if written is not None and not written.kids else ""
    return "bool" if name in _BOOLEANS else "number" if name in _NUMBERS else ""


def _exprstmt(made: Lowering, node: Node) -> None:
    made.statement_of(node.kids[0])


def _var(made: Lowering, node: Node) -> None:
    target, given = node.kids[1], node.kids[3]
    if target is None:
        return
    if given is not None:
        op = made.assigned(target, made.expression(given), node.start, node.end)
        op.type = op.type or _type_of(node.kids[2])
        made.emit(op)
    else:
        for name in names_in(target):
            place = made.name(name)
            made.emit(Op("clear", node.start, node.end, (place,)))


def _if(made: Lowering, node: Node) -> None:
    made.emit(made.expression(node.kids[0]))
    rest = node.kids[2] if len(node.kids) > 2 else None
    made.branch(made.body(node.kids[1]), made.body(rest))


def _while(made: Lowering, node: Node) -> None:
    made.loop(made.test(node.kids[0]), made.body(node.kids[1]))


def _block(made: Lowering, node: Node) -> None:
    made.statements(node.kids)


def _return(made: Lowering, node: Node) -> None:
    value_ = made.expression(node.kids[0]) if node.kids and node.kids[0] is not None else Op("literal", node.end, node.end)
    made.emit(Op("return", node.start, node.end, (value_,)))
    made.leave()


def _throw(made: Lowering, node: Node) -> None:
    made.emit(Op("return", node.start, node.end, made.expressions(node.kids), "throw"))
    made.throw()


def _func(made: Lowering, node: Node) -> None:
    if made.apart is not None and node.kids[1] is not None:
        made.apart.append(node)
    else:
        made.inlined(node)


def _class(made: Lowering, node: Node) -> None:
    if made.apart is not None:
        made.apart.append(node)
    else:
        made.statement(_body_of(node))


def _body_of(node: Node) -> Node | None:
    """The body of a class; None where it is only declared."""
    return node.kids[3] if len(node.kids) > 3 else None


def _try(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None]
    bodies = [kid for kid in parts if kid.kind == "block"]
    handlers = [kid for kid in parts if kid.kind != "block"]
    if [kid.kind if kid is not None else "" for kid in node.kids[:2]] == ["block", "block"]:
        made.statement(bodies.pop(0))  # Resources come first.
    last = [kid for kid in handlers if kid.kind.startswith(("finally", "ensure"))]
    caught = [one for kid in handlers if kid not in last for one in (kid.kids if kid.kind in ("handlers", "cases") else [kid])]
    final: list[Node | None] = [*bodies[1:], *last]
    made.guarded(
        made.body(bodies[0] if bodies else None), [_handler(made, one) for one in caught], lambda: made.statements(final)
    )


def _handler(made: Lowering, node: Node | None) -> Body:
    def run() -> None:
        for kid in node.kids if node is not None else ():
            if kid is not None and kid.kind == "block":
                made.statement(kid)
            elif kid is not None and kid.kind != "tok":
                for name in names_in(kid):
                    place = made.name(name)
                    made.emit(Op("clear", name.start, name.end, (place,)))

    return run


def _switch(made: Lowering, node: Node) -> None:
    subject, cases = node.kids[0], node.kids[1]
    if subject is not None and subject.kind == "type_of":
        target, subject = subject.kids[0], subject.kids[-1]
        if target is not None and subject is not None:
            made.take(target, made.expression(subject))
            subject = None
    if subject is not None:
        made.emit(made.expression(subject))
    bodies: list[Body] = []
    total = False
    for case in cases.kids if cases is not None else ():
        if case is None:
            continue
        labels, body = case.kids[0], case.kids[-1]
        total = total or any(map(_is_rest, labels.kids if labels is not None else ()))
        bodies.append(_case(made, labels, body, subject))
    made.fall(bodies, through=made.falls_through and not made.is_value, total=total)


def _is_rest(label: Node | None) -> bool:
    """Whether a case is for all that is left."""
    if label is None:
        return False
    return (label.text in ("default", "_", "else") and label.kind in ("tok", "id")) or (
        label.kind.endswith("pattern") and len(label.kids) == 1 and _is_rest(label.kids[0])
    )


def _case(made: Lowering, labels: Node | None, body: Node | None, subject: Node | None) -> Body:
    def run() -> None:
        for label in labels.kids if labels is not None else ():
            if label is not None and label.kind in STATEMENTS:
                made.statement(label)
            elif label is not None and subject is not None and made.binds(label):
                made.take(label, made.expression(subject))  # What a pattern takes apart.
            elif label is not None and label.kids:
                made.emit(made.expression(label))
        if body is not None:
            made.statement(body)

    return run


def _with(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "attrs"]
    if len(parts) > 2:
        made.give(parts[1], made.expression(parts[0]), parts[0].start, parts[1].end)
        made.statement(parts[2])
    else:
        made.statements(parts)


def _do(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    if not any(kid is not None and kid.kind == "tok" and kid.text in ("while", "until") for kid in node.kids):
        made.statements(parts)  # `do … end`
    elif parts:
        made.loop(made.test(parts[-1]), made.body(parts[0] if len(parts) > 1 else None), first=True)


def _break(made: Lowering, node: Node) -> None:
    made.jump(_label(node), again=False)


def _continue(made: Lowering, node: Node) -> None:
    made.jump(_label(node), again=True)


def _label(node: Node) -> str:
    return next((kid.text for kid in node.kids if kid is not None and kid.kind in ("id", "ident")), "")


_LABELS = types("id ident tok statement_identifier")


def _labeled(made: Lowering, node: Node) -> None:
    made.label = _label(node)
    made.statements([kid for kid in node.kids if kid is not None and kid.kind not in _LABELS])
    made.label = ""


def _nothing(made: Lowering, node: Node) -> None:
    pass


_STATEMENTS: dict[str, Callable[[Lowering, Node], None]] = {
    "exprstmt": _exprstmt,
    "var": _var,
    "if": _if,
    "while": _while,
    "block": _block,
    "several": _block,
    "return": _return,
    "throw": _throw,
    "func": _func,
    "class": _class,
    "try": _try,
    "try_statement": _try,
    "switch": _switch,
    "with": _with,
    **dict.fromkeys(
        ("do_statement", "do_while_statement", "do_while_expression", "repeat_statement", "repeat_while_statement"), _do
    ),
    "loop_variable": _var,
    "labeled_statement": _labeled,
    "break_statement": _break,
    "continue_statement": _continue,
    "import": _nothing,
}


def _name(made: Lowering, node: Node) -> Op:
    return made.name(node)


def _literal(_made: Lowering, node: Node) -> Op:
    kind = "number" if node.kind == "num" else "bool" if node.text in ("true", "false", "True", "False") else ""
    return Op("literal", node.start, node.end, (), node.text, kind)


def _dot(made: Lowering, node: Node) -> Op:
    member = node.kids[1]
    if member is None or member.kids:
        return made.any_of(node, node.kids)
    return Op("member", node.start, node.end, (made.expression(node.kids[0]),), member.text)


def _index(made: Lowering, node: Node) -> Op:
    kids = made.expressions(node.kids)
    return Op("index" if kids else "literal", node.start, node.end, kids)


def lowered_call(made: Lowering, node: Node) -> Op:
    """The op of a call, for languages in which some calls are more."""
    callee = made.expression(node.kids[0])
    arguments: list[Op] = []
    for kid in node.kids[1:]:
        arguments += made.expressions(kid.kids if kid is not None and kid.kind == "args" else [kid])
    return Op("call", node.start, node.end, (callee, *arguments))


def _new(made: Lowering, node: Node) -> Op:
    # What is made may be told by a variable.
    arguments = [made.expression(node.kids[0])] if node.kids[0] is not None and node.kids[0].kind == "id" else []
    for kid in node.kids[1:]:
        arguments += made.expressions(kid.kids if kid is not None and kid.kind == "args" else [kid])
    return Op("new", node.start, node.end, arguments)


def _last(made: Lowering, node: Node) -> Op:
    """`name=value`: the value."""
    return made.expression(node.kids[-1])


def _assign(made: Lowering, node: Node) -> Op:
    target, given = node.kids[0], node.kids[-1]
    if target is None:
        return made.any_of(node, node.kids)
    return made.assigned(target, made.expression(given), node.start, node.end)


def _augmented(made: Lowering, node: Node) -> Op:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    if len(parts) < 2:
        return made.any_of(node, node.kids)
    before, more = made.expression(parts[0]), made.expression(parts[-1])
    total = Op("operator", node.start, node.end, (before, more), "+")
    return Op("assign", node.start, node.end, (made.place(parts[0]), total), "+")


def lowered_operator(made: Lowering, node: Node) -> Op:
    """The op of an operator, for languages in which some operators do more."""
    if node.kind == "unary" and node.text in _POINTING:
        return _same(made, node)  # What a pointer points to, and the pointer to it, are followed as one.
    kind = "bool" if node.text in _ASKING else ""
    return Op("operator", node.start, node.end, made.expressions(node.kids), node.text, kind)


def _let(made: Lowering, node: Node) -> Op:
    """A condition that takes a value apart, which comes first or last in it."""
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    given, pattern = (parts[-1], parts[0]) if node.kind == "let_condition" else (parts[0], parts[-1])
    value_ = made.expression(given)
    if pattern is not given and pattern.kind != "ident":
        made.take(pattern, value_)
    return Op("any", node.start, node.end, (value_,), "", "bool")


def _declaring(made: Lowering, node: Node) -> Op:
    """`if (auto x = f())`: the variable."""
    _var(made, node)
    return made.place(node)


def _element(made: Lowering, node: Node) -> Op:
    """Markup holds what its attributes are given, and what is in it."""
    parts: list[Node | None] = []
    for kid in node.kids:
        parts += kid.kids if kid is not None and kid.kind == "attrs" else [kid]
    return made.any_of(node, parts)


def _text(made: Lowering, node: Node) -> Op:
    """A text literal; one without holes keeps its text, by which elements are told apart."""
    if not has_code(node):
        return Op("literal", node.start, node.end, (), "".join(kid.text for kid in node.kids if kid is not None))
    return made.any_of(node, node.kids)


def _cond(made: Lowering, node: Node) -> Op:
    return Op("choice", node.start, node.end, [made.expression(kid) for kid in node.kids])


def _record(made: Lowering, node: Node) -> Op:
    """A value whose parts are known by their keys; what has none that is known is in all of it."""
    names, values = [], []
    for kid in node.kids:
        if kid is None or kid.kind in _QUIET:
            continue
        key, given = (kid.kids[0], kid.kids[-1]) if kid.kind in ("pair", "kwarg") and kid.kids else (None, kid)
        names.append(_key(key, given))
        values.append(made.expression(given))
        if key is not None and not names[-1]:
            names.append("")
            values.append(made.expression(key))
    return Op("record", node.start, node.end, values, "\n".join(names))


def _key(node: Node | None, given: Node | None) -> str:
    """The name that a key is; empty where that is not known: a name may be a variable, unless it stands for its value too."""
    if node is None or given is None:
        return ""
    name = ""
    if (node.kind == "str" or node.kind.endswith("symbol")) and not has_code(node):
        name = "".join(kid.text for kid in node.kids if kid is not None)
    elif node.kind == "ident" or (node.kind == "id" and node.start == given.start):
        name = node.text
    return name if "\n" not in name else ""


def has_code(text: Node) -> bool:
    """Whether a text literal has holes."""
    return any(kid is not None and kid.kind != "chars" for kid in text.kids)


def _is_spread(node: Node) -> bool:
    """Whether a node is several elements (`*a`, `...a`). Python's grammar takes `*f()` for a call of `*f`."""
    if node.kind == "call" and node.kids[0] is not None:
        return _is_spread(node.kids[0])
    return any(sign in node.kind for sign in ("spread", "splat", "unpack"))


def _tuple(made: Lowering, node: Node) -> Op:
    if any(kid is not None and kid.kind == "pair" for kid in node.kids):
        return _record(made, node)
    if any(kid is not None and _is_spread(kid) for kid in node.kids):
        return made.any_of(node, node.kids)  # Nobody knows how many there are.
    return Op("tuple", node.start, node.end, made.expressions(node.kids))


def _lambda(made: Lowering, node: Node) -> Op:
    made.inlined(node)
    return Op("literal", node.start, node.end)


def _class_value(made: Lowering, node: Node) -> Op:
    made.statement(_body_of(node))
    return Op("literal", node.start, node.end)


def _same(made: Lowering, node: Node) -> Op:
    kids = [kid for kid in node.kids if kid is not None and kid.kind not in _QUIET]
    return Op("same", node.start, node.end, (made.expression(kids[-1]),)) if kids else Op("literal", node.start, node.end)


_EXPRESSIONS: dict[str, Callable[[Lowering, Node], Op]] = {
    "id": _name,
    "ident": _name,
    "this": _name,
    "num": _literal,
    "const": _literal,
    "dot": _dot,
    "index": _index,
    "call": lowered_call,
    "new": _new,
    "kwarg": _last,
    "assign": _assign,
    "binop": lowered_operator,
    "unary": lowered_operator,
    "let_condition": _let,
    "is_pattern_expression": _let,
    "instanceof_expression": _let,
    "var": _declaring,
    "element": _element,
    "str": _text,
    "cond": _cond,
    "tuple": _tuple,
    "array": _tuple,
    "dict": _record,
    "func": _lambda,
    "class": _class_value,
    "augmented_assignment": _augmented,
    "augmented_assignment_expression": _augmented,
    "compound_assignment_expr": _augmented,
    "operator_assignment": _augmented,
    **dict.fromkeys(_SAME, _same),
}


def graphs(tree: Tree, flows: Flows, wanted: Callable[[int, int], bool]) -> Iterator[Graph]:
    """The graphs of a file: its top level with the bodies of its classes, then every function with a name.

    `wanted` tells by the bytes it covers whether a graph is worth making.
    """
    pending = [tree.root]
    while pending:
        node = pending.pop(0)
        if node.kind == "func" and not wanted(node.start, node.end):
            continue
        made = Lowering(node.start, node.end, flows, tree)
        made.graph.is_function = node.kind == "func"
        if node.kind == "func":
            made.function(node)
        else:
            made.apart = pending
            made.statement(_body_of(node) if node.kind == "class" else node)
        yield made.graph
