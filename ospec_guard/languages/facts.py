"""The facts of a grammar: everything the structure of a text needs to know of its language, as data.

`languages/<name>.py` gives one `Facts` a grammar, with a tiny function where data cannot say it. All words in the fields are
node types of the grammar (`python -c "…Parser(…).parse(…).root_node"` shows them) unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ospec_guard.languages.node import Node, text_of
from ospec_guard.values import field, value

Name = str | Callable[[Node], str | None]
"""How a definition's name is found: the field that holds it, or a function; no name, no definition."""

Pairs = Iterator[tuple[Sequence[Node], Node]]
"""Targets and the value they get; several targets share a value, element by element where it has as many."""


def types(words: str) -> frozenset[str]:
    """The node types in a list of words."""
    return frozenset(words.split())


@value
class Binding:
    """How a node type gives values to names: by two fields, or as `pairs` says."""

    target: str = "left"
    """Field."""
    value: str = "right"
    """Field."""
    entry: bool = False
    """True for an entry of a dictionary, mapping or record: its key must be a name or text, its value no container."""
    pairs: Callable[[Node], Pairs] | None = None


@value
class Facts:
    """One grammar."""

    module: str
    """The importable package of the grammar wheel."""
    comments: frozenset[str]
    sequences: frozenset[str]
    """Whose named children are statements, save those in `HEAD_FIELDS`, `asides` and `bodies`."""
    function: str = "language"
    """What gives the grammar in `module`."""
    fallback: str = ""
    """A language whose grammar is tried when a text does not parse whole; the one that understands more is taken."""
    prepare: Callable[[bytes], bytes | None] | None = None
    """Gives the text to the grammar in a form it understands: as long, and alike but for bytes that no rule cares about.

    None: the grammar could not bear the text in any form.
    """
    forgives: Callable[[Node, bytes], bool] | None = None
    """Whether what the grammar takes for an error (a node of the text) is something that readers of the language accept."""
    strings: frozenset[str] = frozenset()
    """Literals that make one token, verbatim."""
    opaque: frozenset[str] = frozenset()
    """Leaves that hold text in another language, of any length."""
    prose: Mapping[str, Callable[[Node], bool]] = field(default_factory=dict)
    """Types of nodes that are documentation when the test says so (docstrings)."""
    indented: bool = False
    """True where indentation is structure: a comment further in than what follows it belongs to what goes before."""

    definitions: Mapping[str, Name] = field(default_factory=dict)
    """Classes, functions, types, modules."""
    lambdas: frozenset[str] = frozenset()
    """Functions and classes that are expressions: no block of their own, called as what they are assigned to."""
    units: frozenset[str] = frozenset()
    """Always a block of their own, wherever they stand."""
    statements: frozenset[str] = frozenset()
    """Statements that may be the body of another without braces around (`if (x) return;`)."""
    bodies: frozenset[str] = frozenset()
    """Where the head of a definition or compound statement ends."""
    clauses: frozenset[str] = frozenset()
    """Parts of a compound statement that have a head of their own (`case 1:`)."""
    asides: frozenset[str] = frozenset()
    """Named children of sequences that are no statements."""
    wrappers: frozenset[str] = frozenset()
    """What stands around a single definition or statement and belongs to it (`export …`, `@decorator …`)."""
    leads: frozenset[str] = frozenset()
    """What stands before a definition, as its sibling, and belongs to it (attributes)."""
    is_lead: Callable[[Node], bool] | None = None
    """Narrows `leads`."""
    trailers: frozenset[str] = frozenset()
    """What a statement pulls behind the end of its last line (the bodies of here-documents)."""

    bindings: Mapping[str, Binding] = field(default_factory=dict)
    declarations: frozenset[str] = frozenset()
    """What stands around a binding and is part of the assignment when it holds just one (`const x = 1;`)."""
    unbound_in: frozenset[str] = frozenset()
    """Parents (`parent` or `grandparent>parent`) in which a binding is none: an argument, a generator."""
    transparent: frozenset[str] = frozenset()
    """Wrappers of one expression, to be looked through (parentheses are not among them)."""
    patterns: frozenset[str] = frozenset()
    """Targets that hold targets."""
    lists: frozenset[str] = frozenset()
    """Values whose elements may be paired with those of a pattern."""
    stars: frozenset[str] = frozenset()
    """Elements that stand for several; with one, nothing is paired."""
    keys: frozenset[str] = frozenset()
    """Keys of entries that are a name or a text."""
    containers: frozenset[str] = frozenset()
    """Values of entries that are structure, not data."""


HEAD_FIELDS = frozenset({"condition", "value", "name", "pattern", "variable", "guard", "parameters", "type", "key", "left"})
"""Fields of sequences whose children are no statements."""

BODY_FIELDS = frozenset({"body", "consequence", "alternative"})
"""Fields in which one of `statements` is a statement of its own."""


def named(node: Node) -> list[Node]:
    """The named children that are no extras (comments)."""
    return [child for child in node.named_children if not child.is_extra]


def around(*signs: str) -> Callable[[Node], Pairs]:
    """Pairs of a node that is a target, one of `signs`, and a value."""

    def pairs(node: Node) -> Pairs:
        before: Node | None = None
        sign = False
        for child in node.children:
            if child.type in signs:
                sign = True
            elif child.is_named and not child.is_extra:
                if sign and before is not None:
                    yield (before,), child
                    return
                before = child

    return pairs


def named_if(body: str, name: str = "name") -> Callable[[Node], str | None]:
    """The text of field `name` of nodes that have the field `body`: not of mere mentions."""

    def find(node: Node) -> str | None:
        found = node.child_by_field_name(name)
        return text_of(found) if found is not None and node.child_by_field_name(body) is not None else None

    return find
