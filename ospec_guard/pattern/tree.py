"""The nodes of one text, made from tree-sitter's when somebody looks at them, and what a grammar has to tell for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ospec_guard.pattern.node import STATEMENTS, Kids, Node
from ospec_guard.values import field, value

if TYPE_CHECKING:
    from ospec_guard.languages import Node as Syntax

Builder = Callable[["Tree", Any], Node]
"""Makes the node for a syntax node of one type."""

DROPPED = frozenset("()[]{},;`\n") | {""}
"""Tokens that carry no meaning of their own."""


@value
class Quirks:
    """What the pattern engine needs to know of a grammar, as data. Words are node types unless said otherwise."""

    rules: Mapping[str, Builder] = field(default_factory=dict)
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
    usual: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Modifiers that need not be written (`public`), by those that one of which would stand there otherwise."""
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
