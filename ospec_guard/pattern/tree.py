"""One language-independent view of code: tree-sitter's trees with the differences taken away that no rule means.

A `Node` stands for a piece of code in a small vocabulary (KINDS below); what the vocabulary lacks keeps the grammar's own node
type. Nodes are made when somebody looks at them, so that the price of a file is the price of the pieces that patterns look at.
How a grammar's node types map to the vocabulary is told by `quirks/<language>.py`.

The vocabulary. Kids in this order; `?` may be None; `*` a node of that kind whose kids are the list.

    id ident          a name: as an expression; where it is no expression (member, type, keyword, label)
    num const regex   literals by their text (`const`: true, null, nil …)
    str               a text literal: kids are `chars` and interpolated expressions
    concat            text literals side by side, which are one
    call              function, args*                     args: expressions, kwarg, spread
    new               type, args*, body?
    kwarg pair        name, value | key, value
    dot               object, ident                       `a.b`, `a->b`, `a::b`
    index             object, index…
    assign            target, value                       plain `=`
    binop unary       operands; text is the operator
    cond              test, yes, no
    array tuple set dict                                  elements; dict: pair, spread
    func              attrs*, name?, params*, type?, body?   text: `function`, `lambda`, `method`
    param             attrs*, target, type?, default?
    class             attrs*, name?, supers*, body?, params*?   text: `class`, `interface` …
    attrs             attr (kid: expression or call) and tok (modifiers)
    var               attrs*, target, type?, value?       declaration of a variable or field
    exprstmt          expression
    block             statements
    if while          test, block, else? | test, block
    return throw      value?
    import            path (str, id, dot), name?, alias?
    generic           name, arguments                     a type or function with type arguments
    try               body, handlers*, finally? (Java: resources? before)
    element           name, attrs*, children…             XML, JSX
    nothing           a body that is not there, which a pattern's empty one is too
    tok               any other token that counts (operators, keywords)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ospec_guard.languages.facts import types
from ospec_guard.values import field, value

if TYPE_CHECKING:
    from ospec_guard.languages import Node as Syntax

Kids = list["Node | None"]
Builder = Callable[["Tree", Any], "Node"]
"""Makes the node for a syntax node of one type."""

DROPPED = frozenset("()[]{},;`\n") | {""}
"""Tokens that carry no meaning of their own."""

LISTS = types("args params attrs supers handlers cases array tuple set dict block file")
"""Kinds whose kids are a list of any length."""

SPECIAL = frozenset(("$", "$...", "...", "<...>", "typed"))
"""Kinds that stand for whatever is there."""

NO_VALUE = types("kwarg tok chars args params attrs")
"""Kinds that are no expressions, nor what a metavariable for one stands for."""

STATEMENTS = types("exprstmt block if while return throw var func class import for try switch several")
"""Kinds that are statements; `func`, `class` and `if` may be expressions too."""


class Node:
    """A piece of code. Frozen once its kids are known."""

    __slots__ = ("end", "key", "kids", "kind", "make", "start", "syntax", "text", "tree")

    kids: Kids
    """The children that count; made when first asked for."""
    key: str
    """The same for pieces of code that differ in white space, comments, brackets and quotes alone."""

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        *,
        text: str = "",
        kids: Kids | None = None,
        syntax: Any = None,
        tree: Tree | None = None,
        make: Callable[[Tree, Any], Kids] | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        """Byte offset."""
        self.end = end
        self.text = text
        """Of leaves and operators."""
        self.syntax = syntax
        """The tree-sitter node."""
        self.tree = tree
        if kids is not None:
            self.kids = kids
        self.make = make
        """Makes the kids."""

    def __getattr__(self, name: str) -> Any:
        # Only for slots that are not filled yet: what is filled is found without coming here.
        if name == "kids":
            self.kids = self.make(self.tree, self.syntax) if self.make is not None and self.tree is not None else []
            return self.kids
        if name == "key":
            self.key = _key(self)
            return self.key
        raise AttributeError(name)

    def widened(self, start: int, end: int) -> Node:
        """The same code at a larger place."""
        make = self.make if self.make is not None else _kids_of(self)
        return Node(self.kind, start, end, text=self.text, syntax=self.syntax, tree=self.tree, make=make)

    def __repr__(self) -> str:
        inner = " ".join([repr(kid) for kid in self.kids])
        return f"({self.kind}{' ' + repr(self.text) if self.text else ''}{' ' + inner if inner else ''})"


_NAMES = frozenset(("id", "ident"))


def same_variable(one: Any, other: Any) -> bool:
    """False for two nodes of one text in which a name stands for different variables."""
    if one is other or not isinstance(one, Node) or not isinstance(other, Node) or one.kind != other.kind:
        return True
    tree = one.tree
    if tree is None or tree is not other.tree or tree.variables is None:
        return True
    if one.kind != "id":
        return all(same_variable(kid, like) for kid, like in zip(one.kids, other.kids, strict=False))
    return tree.variables(one) == tree.variables(other)


def _kids_of(node: Node) -> Callable[[Tree, Any], Kids]:
    return lambda _tree, _syntax: node.kids


def _key(node: Node) -> str:
    if node.kind in _NAMES:
        return node.text
    if node.kind == "num" and node.text[:1] == "0" and len(node.text) > 1:
        from ospec_guard.pattern.literals import integer

        number = integer(node.text)  # 0x10 is 16.
        return node.text if number is None else str(number)
    if node.kind == "str":
        return f'"{" ".join([kid.key for kid in node.kids if kid])}"'
    kids = [kid.key if kid is not None else "" for kid in node.kids]
    if not kids:
        return node.text if node.kind not in LISTS else f"{node.kind}()"
    return f"({node.kind} {node.text} {' '.join(kids)})"


@value
class Form:
    """How a syntax node becomes a node of `kind` by its fields.

    `parts`, one a kid: `name` the field's node or None; `name!ident` the same as a name; `name*kind` all nodes of the field
    as one list node; `#n` the n-th named child; `attrs` the modifiers found by `Quirks.modifiers`.
    """

    kind: str
    parts: tuple[str, ...]
    text: str = ""

    def __call__(self, tree: Tree, syntax: Any) -> Node:
        return Node(self.kind, syntax.start_byte, syntax.end_byte, text=self.text, syntax=syntax, tree=tree, make=self.expand)

    def expand(self, tree: Tree, syntax: Any) -> Kids:
        """The kids of such a node."""
        return [_part(tree, syntax, part) for part in self.parts]


class Maker:
    """A builder whose nodes are of known kinds."""

    __slots__ = ("build", "kinds")

    def __init__(self, build: Builder, *kinds: str) -> None:
        self.build = build
        self.kinds = kinds

    def __call__(self, tree: Tree, syntax: Any) -> Node:
        return self.build(tree, syntax)


def deferred(kind: str, kids: Callable[[Tree, Any], Kids], text: str = "") -> Maker:
    """Nodes of one kind whose kids are made by a function when somebody asks."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.lazy(kind, syntax, kids, text)

    return Maker(build, kind)


def form(kind: str, *parts: str, text: str = "") -> Form:
    """See Form."""
    return Form(kind, parts, text)


def _part(tree: Tree, syntax: Any, part: str) -> Node | None:
    if part.startswith("#"):
        named = [child for child in syntax.named_children if not child.is_extra]
        at = int(part[1:])
        return tree.node(named[at]) if -len(named) <= at < len(named) else None
    if part == "attrs":
        return tree.attrs(syntax)
    name, _, kind = part.partition("*")
    if kind:
        found = [child for child in syntax.children_by_field_name(name) if child.is_named and not child.is_extra]
        return tree.list(kind, syntax, [tree.node(child) for child in found])
    name, _, cast = part.partition("!")
    child = syntax.child_by_field_name(name)
    if child is None:
        return None
    return tree.name(child) if cast else tree.node(child)


@value
class Quirks:
    """What the pattern engine needs to know of a grammar, as data. Words are node types unless said otherwise."""

    rules: Mapping[str, Form | Builder] = field(default_factory=dict)
    """How node types map to the vocabulary; any other keeps its type, its kids being all children that count."""
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For builders that are functions: the kinds they may give, by node type (where patterns look for candidates)."""
    identifiers: frozenset[str] = frozenset({"identifier"})
    """Leaves that are `id`."""
    names: frozenset[str] = frozenset({"type_identifier", "property_identifier", "field_identifier"})
    """Leaves that are `ident`."""
    statements: frozenset[str] = frozenset()
    """Statements that are not in the vocabulary (expressions in their place become `exprstmt`)."""
    modifiers: frozenset[str] = frozenset()
    """Children of declarations that are attributes and modifiers, or hold them."""
    narrow: frozenset[str] = frozenset()
    """Modifiers that say more than another that stands beside them (`let` is `var` and more)."""
    methods_are_fields: bool = False
    """Methods are fields that hold functions, where a rule asks for that (`flddef_assign`)."""
    dotted_attributes: bool = False
    """Attributes whose names have dots are expressions whatever a rule says (`attr_expr`)."""
    dropped: frozenset[str] = frozenset()
    """Further tokens and nodes that no rule means."""
    contexts: tuple[str, ...] = ("@@",)
    """Texts a pattern is parsed in, `@@` being its place; the first in which it parses is taken."""
    openings: tuple[tuple[str, str], ...] = ()
    """Contexts to try first for patterns that an expression matches at their start."""
    detached: frozenset[str] = frozenset()
    """Kinds whose attributes the grammar may put outside of the node."""
    declared: bool = False
    """Variables are declared (`var`, `param`) before they are assigned: a name is the variable of the nearest declaration."""
    requires: frozenset[str] = frozenset()
    """Functions that return the module whose name they are given (`require`)."""
    literals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The types that literals of a kind have, where they are not the usual ones."""
    relatives: tuple[str, ...] = ()
    """Grammars with the same node types, which take patterns that this one does not."""
    ellipses: tuple[str, ...] = ("$",)
    """Spellings of `...` (`$` being a name) in order of preference; where one does not parse, the next is tried."""
    metavariable: str = "__M{}__"
    """A name that stands for the metavariable called `{}` (its letters without `$`)."""
    metavariable_after: Mapping[str, str] = field(default_factory=dict)
    """Other spellings of metavariables, by the word in front of them (`class`: a name with a capital)."""
    metavariable_before: Mapping[str, str] = field(default_factory=dict)
    """Other spellings of metavariables, by the sign that follows after a space (PHP: `$T $x` is a type and a variable)."""
    rewrite: Callable[[str], str] | None = None
    """Prepares the text of a pattern."""
    unordered: frozenset[str] = frozenset()
    """Lists of the vocabulary whose order counts for nothing (`dict`)."""
    implied: frozenset[str] = frozenset()
    """Lists of the vocabulary in which a pattern names some elements and more are fine, without `...`."""
    caseless: bool = False
    """Names are the same in any case."""
    shared: Callable[[Node], Mapping[str, Node]] | None = None
    """Dotted names that stand for a value in the whole file, given its root (`local.region` in Terraform)."""
    literal_texts: bool = False
    """What is a text in a pattern stands in the file as it is written: files without it need no look."""
    loose_literals: bool = False
    """A text is the number or the truth value that is written like it (Terraform's `"true"`)."""
    deep: tuple[str, str] = ("__DEEP__(", ")")
    """How the signs of a deep expression are spelled: as a call of `__DEEP__`, or what is lowered to one."""
    lone: frozenset[str] = frozenset()
    """Lists of the vocabulary whose only element is what a pattern means that has but one (`- x`, `key: value` in YAML)."""
    indented: bool = False
    """Indentation is structure."""
    typed: str = ""
    """How a typed metavariable is written: `T $X`, `$X: T`; empty: not at all."""
    packages: bool = False
    """An imported path (`"crypto/md5"`) is known by its last part, a version left aside."""
    sealed: frozenset[str] = frozenset()
    """Kinds (`func`) whose statements do not follow those before them, where bodies are expressions."""
    settled: frozenset[str] = frozenset()
    """Modifiers of which a field has one whose value is known in functions (`private`, `final`); empty: any may be."""
    opens: bool = False
    """Importing a module makes all that is in it known by its own name (C#'s `using`)."""
    reserved: frozenset[str] = frozenset()
    """Words that are no names, though the grammar takes them for some where names are."""
    dollars: bool = False
    """What looks like a metavariable may be code (`$HOME`), or stand in texts that are, so that a fix may write it."""
    plain: frozenset[str] = frozenset()
    """Names that look like metavariables and are not (`$_GET`)."""
    spread: bool = False
    """`...x` is an operator of the language, so that an ellipsis is followed by something else."""
    anchors: frozenset[str] = frozenset()
    """Further leaves whose text is in every match of a pattern that has them."""
    ordered_supers: bool = False
    """Base classes count in their order; a pattern names the first ones."""
    open_lambdas: bool = False
    """`<... $X ...>` looks into functions that are one expression (`lambda`)."""
    scoped: bool = False
    """A name that is given a value in a function is a variable of that function, in the body of a class a member."""
    brackets: frozenset[str] = frozenset()
    """Brackets around an expression that count as a part of it, names apart."""
    results: frozenset[str] = frozenset()
    """Functions (node types) that return what their last expression gives, without `return`."""
    voids: frozenset[str] = frozenset()
    """Kinds, and operators, that are no such result where they stand last."""
    falls_through: bool = False
    """A case of a switch that does not end with `break` goes on with the next one."""
    keeps_semicolon: bool = True
    """A pattern with a semicolon at its end is a statement, without an expression."""


class Tree:
    """The nodes of one text, each made at most once."""

    def __init__(self, root: Syntax, data: bytes, quirks: Quirks) -> None:
        self.syntax_root = root
        self.data = data
        self.quirks = quirks
        self.variables: Callable[[Node], int] | None = None
        """Where the variable is declared that a name is, -1 for no declaration inside of a function."""
        self._nodes: dict[int, Node] = {}

    def release(self) -> None:
        """Forgets the nodes."""
        self._nodes.clear()
        self.variables = None

    @property
    def root(self) -> Node:
        """The whole text."""
        return self.node(self.syntax_root)

    def node(self, syntax: Any) -> Node:
        """The node for a syntax node."""
        found = self._nodes.get(syntax.id)
        if found is None:
            rule = self.quirks.rules.get(syntax.type)
            # Keywords may be called like the nodes they begin (`if`).
            mapped = rule is not None and syntax.is_named
            found = self._nodes[syntax.id] = rule(self, syntax) if rule is not None and mapped else self.plain(syntax)
        return found

    def keep(self, syntax: Any, node: Node) -> Node:
        """The node, which is the one for a syntax node from now on: where one builder makes those of others too."""
        self._nodes[syntax.id] = node
        return node

    def kept(self, syntax: Any) -> Node:
        """The node that was kept for a syntax node."""
        return self._nodes[syntax.id]

    def plain(self, syntax: Any) -> Node:
        """The node as the grammar has it, whatever the rules say."""
        kind = syntax.type
        if syntax.child_count == 0:
            if kind in self.quirks.identifiers:
                kind = "id"
            elif kind in self.quirks.names:
                kind = "ident"
            elif not syntax.is_named:
                kind = "tok"
            return Node(kind, syntax.start_byte, syntax.end_byte, text=self.text(syntax), kids=[], syntax=syntax, tree=self)
        return Node(kind, syntax.start_byte, syntax.end_byte, syntax=syntax, tree=self, make=Tree.children)

    def children(self, syntax: Any) -> Kids:
        """Nodes for all children that count: no comments, no punctuation."""
        dropped = self.quirks.dropped
        return [
            self.node(child)
            for child in syntax.children
            if not child.is_extra and (child.is_named or child.type not in DROPPED) and child.type not in dropped
        ]

    def named(self, syntax: Any) -> list[Node]:
        """Nodes for the named children that are no comments."""
        dropped = self.quirks.dropped
        return [self.node(child) for child in syntax.named_children if not child.is_extra and child.type not in dropped]

    def name(self, syntax: Any) -> Node:
        """A name that is no expression, from its text; what is more than a name stays what it is."""
        if syntax.child_count and syntax.type not in self.quirks.names:
            return self.node(syntax)
        return Node("ident", syntax.start_byte, syntax.end_byte, text=self.text(syntax), kids=[], syntax=syntax, tree=self)

    def text(self, syntax: Any) -> str:
        """The text of a syntax node."""
        return self.data[syntax.start_byte : syntax.end_byte].decode(errors="replace")

    def make(self, kind: str, syntax: Any, kids: Iterable[Node | None] = (), text: str = "") -> Node:
        """A node of the vocabulary at the place of a syntax node."""
        return Node(kind, syntax.start_byte, syntax.end_byte, text=text, kids=list(kids), syntax=syntax, tree=self)

    def lazy(self, kind: str, syntax: Any, kids: Callable[[Tree, Any], Kids], text: str = "") -> Node:
        """A node whose kids are made when somebody asks."""
        return Node(kind, syntax.start_byte, syntax.end_byte, text=text, syntax=syntax, tree=self, make=kids)

    def list(self, kind: str, syntax: Any, kids: Iterable[Node | None]) -> Node:
        """A list node: as wide as its kids, or empty at the end of `syntax`."""
        items = list(kids)
        first = items[0].start if items and items[0] else syntax.end_byte
        last = items[-1].end if items and items[-1] else syntax.end_byte
        return Node(kind, first, last, kids=items, syntax=syntax, tree=self)

    def block(self, syntax: Any) -> Node:
        """The statements that are the named children of `syntax`."""
        return Node("block", syntax.start_byte, syntax.end_byte, syntax=syntax, tree=self, make=make_statements)

    def body(self, syntax: Any | None) -> Node | None:
        """A body: a block stays one, a single statement or expression becomes one."""
        if syntax is None:
            return None
        node = self.node(syntax)
        if node.kind == "block":
            return node
        return Node("block", node.start, node.end, kids=[self.statement(syntax)], syntax=syntax, tree=self)

    def statement(self, syntax: Any) -> Node:
        """A child of a sequence: expressions become `exprstmt`."""
        node = self.node(syntax)
        return (
            node if self.is_statement(node) else Node("exprstmt", node.start, node.end, kids=[node], syntax=syntax, tree=self)
        )

    def is_statement(self, node: Node) -> bool:
        """Whether a node is a statement as it is."""
        return node.kind in STATEMENTS or node.kind in self.quirks.statements

    def attrs(self, syntax: Any) -> Node:
        """The modifiers and attributes among the children of a declaration."""
        found: list[Node] = []
        for child in syntax.children:
            if child.type in self.quirks.modifiers and not child.is_extra:
                node = self.node(child)
                found += [kid for kid in node.kids if kid] if node.kind in ("attrs", child.type) and node.kids else [node]
        return self.list("attrs", syntax, found)


def make_statements(tree: Tree, syntax: Any) -> Kids:
    """The statements among the named children."""
    dropped = tree.quirks.dropped
    found: Kids = []
    for child in syntax.named_children:
        if child.is_extra or child.type in dropped:
            continue
        node = tree.statement(child)
        # One statement of the text may be several of the vocabulary (`int a = 1, b = 2;`).
        found += node.kids if node.kind == "several" else [node]
    return found


# Builders that many grammars share.


def block(tree: Tree, syntax: Any) -> Node:
    """A sequence of statements."""
    return tree.block(syntax)


def inner(tree: Tree, syntax: Any) -> Node:
    """Brackets and wrappers around one piece of code, which count for nothing."""
    dropped = tree.quirks.dropped
    for child in syntax.named_children:
        if not child.is_extra and child.type not in dropped:
            return tree.node(child)
    return tree.plain(syntax)


def bracketed(tree: Tree, syntax: Any) -> Node:
    """Brackets around an expression: the expression, as wide as they are."""
    node = inner(tree, syntax)
    return node.widened(syntax.start_byte, syntax.end_byte)


def semicolon(tree: Tree, syntax: Any) -> Node | None:
    """The body of a function that is only declared: a pattern with it matches no other."""
    last = syntax.children[-1]
    return tree.make("tok", last, (), ";") if last.type == ";" else None


def elements(kind: str) -> Builder:
    """A list of the vocabulary: its named children."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.lazy(kind, syntax, lambda t, s: [*t.named(s)])

    return Maker(build, kind)


def leaf(kind: str) -> Builder:
    """A leaf of the vocabulary by its text."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.make(kind, syntax, (), tree.text(syntax))

    return Maker(build, kind)


def word(**names: str) -> Builder:
    """A name: `ident` where it is no expression, which the types of its parents with their fields (`*`: all) tell."""

    def build(tree: Tree, syntax: Any) -> Node:
        parent = syntax.parent
        fields = names.get(parent.type) if parent is not None else None
        kind = "id"
        if fields is not None:
            found = [parent.child_by_field_name(field) for field in fields.split()] if fields != "*" else [syntax]
            kind = "ident" if any(one is not None and one.id == syntax.id for one in found) else "id"
        return tree.make(kind, syntax, (), tree.text(syntax))

    return Maker(build, "id", "ident")


def binary(left: str = "left", operator: str = "operator", right: str = "right") -> Builder:
    """An operator between two operands."""

    def build(tree: Tree, syntax: Any) -> Node:
        sign = syntax.child_by_field_name(operator)
        first, second = syntax.child_by_field_name(left), syntax.child_by_field_name(right)
        if sign is None or first is None or second is None:
            return tree.plain(syntax)
        return tree.make("binop", syntax, (tree.node(first), tree.node(second)), tree.text(sign))

    return Maker(build, "binop")


def quoted(content: str, *interpolated: str) -> Builder:
    """A text literal: children of type `content` are its characters, those `interpolated` are code."""
    contents = frozenset(content.split())
    holes = frozenset(interpolated)

    def build(tree: Tree, syntax: Any) -> Node:
        kids: Kids = []
        for child in syntax.children:
            if child.type in contents:
                last = kids[-1] if kids else None
                if last is not None and last.kind == "chars" and last.end == child.start_byte:
                    kids[-1] = _chars(tree, last.start, child.end_byte, syntax)
                else:
                    kids.append(_chars(tree, child.start_byte, child.end_byte, syntax))
            elif child.type in holes:
                kids.append(inner(tree, child))
        return tree.make("str", syntax, kids)

    return Maker(build, "str")


def _chars(tree: Tree, start: int, end: int, syntax: Any) -> Node:
    text = tree.data[start:end].decode(errors="replace")
    return Node("chars", start, end, text=text, kids=[], syntax=syntax, tree=tree)


def stripped(quotes: str) -> Builder:
    """A text literal that the grammar gives as one leaf: `quotes` are taken off its ends."""

    def build(tree: Tree, syntax: Any) -> Node:
        start, end = syntax.start_byte, syntax.end_byte
        data = tree.data
        while start < end and data[start : start + 1].decode(errors="replace") in quotes:
            start += 1
        while end > start and data[end - 1 : end].decode(errors="replace") in quotes:
            end -= 1
        return tree.make("str", syntax, [_chars(tree, start, end, syntax)] if end > start else [])

    return Maker(build, "str")
