"""Reading JavaScript and TypeScript syntax trees: what names stand for, and what is documented. Knows no framework.

An *origin* is a reference (`facts`) that also tells calls: `express.Router()` is what a call of `Router` of the package
`express` gives, `.routes.users` what `./routes/users` exports.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import module_of, relative
from ospec_guard.metrics.endpoints.tree import field, text, walk, with_docs
from ospec_guard.protocols import FileView
from ospec_guard.values import value

FUNCTIONS = frozenset(
    {"function_expression", "arrow_function", "function_declaration", "method_definition", "generator_function"},
)

_WRAPPERS = frozenset(
    {"as_expression", "non_null_expression", "satisfies_expression", "parenthesized_expression", "await_expression"},
)
_BEGINNING = frozenset(
    {
        "export_statement",
        "lexical_declaration",
        "variable_declaration",
        "expression_statement",
        "await_expression",
        "call_expression",
        "member_expression",
    }
)
"""Nodes whose first child begins where they begin, so that what is said of them is said of it."""

_LINKS = 40
"""Links of a chain of members and calls that are followed."""

_ENDINGS = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")


@value
class Names:
    """What the names of a file stand for."""

    path: str
    """Of the file itself."""
    origins: dict[str, str]
    """Of imported names, and of what is assigned a call or a member: name (`app`, `this.router`) and origin."""
    types: dict[str, str]
    """Of parameters and fields: name and the origin of its type, empty where none is written."""

    def origin(self, node: Node | None) -> str:
        """Where the value of an expression comes from; empty where that is not told by names and calls."""
        return _origin(node, self.path, self.origins)


def bare(node: Node) -> Node:
    """An expression without type assertions, parentheses and `await` around it."""
    while node.type in _WRAPPERS and node.named_children:
        node = node.named_children[0]
    return node


def string(node: Node | None) -> str | None:
    """The value of a string or of a template without substitutions; None for anything else."""
    if node is None or node.type not in {"string", "template_string"}:
        return None
    if any(child.type == "template_substitution" for child in node.named_children):
        return None
    return text(node)[1:-1]


def arguments(call: Node) -> list[Node]:
    """The arguments of a call, comments left out."""
    listed = call.child_by_field_name("arguments")
    return [child for child in listed.named_children if child.type != "comment"] if listed is not None else []


def parameters(function: Node) -> list[tuple[str, str]]:
    """Name and written type (empty: none) of a function's parameters; patterns have no name."""
    found = []
    single = function.child_by_field_name("parameter")
    listed = function.child_by_field_name("parameters")
    for child in [single] if single is not None else listed.named_children if listed is not None else []:
        pattern = child.child_by_field_name("pattern") or child
        written = field(child, "type").removeprefix(":").strip()
        found.append((text(pattern) if pattern.type == "identifier" else "", written))
    return found


def names(view: FileView, root: Node) -> Names:
    """What names stand for in a file, scopes not told apart."""
    origins: dict[str, str] = {}
    types: dict[str, str] = {}
    for node in walk(root):
        if node.type == "import_statement":
            origins.update(_imported(view.path, node))
        elif node.type in {"variable_declarator", "assignment_expression", "public_field_definition", "field_definition"}:
            origins.update(_assigned(view.path, node, origins))
            if node.type == "public_field_definition" and node.child_by_field_name("type") is not None:
                written = field(node, "type").removeprefix(":").strip()
                types[f"this.{field(node, 'name')}"] = written
        elif node.type in FUNCTIONS:
            for name, written in parameters(node):
                types.setdefault(name, written)
                if node.type == "method_definition" and written:
                    types.setdefault(f"this.{name}", written)
    return Names(view.path, origins, {name: _dotted_type(written, origins) for name, written in types.items() if name})


def walk_led(view: FileView, root: Node) -> Iterator[tuple[Node, bool]]:
    """All named nodes, parents first, each with whether a documentation comment leads it or the statement it begins."""
    pending = [(root, False)]
    while pending:
        node, led = pending.pop()
        yield node, led
        children = list(with_docs(view, node))
        if children and led and node.type in _BEGINNING:
            children[0] = (children[0][0], True)
        pending.extend(reversed(children))


def function_name(node: Node, owner: str) -> str:
    """The name, dotted within the file, that a node gives to a function or to a value; empty for other nodes.

    `owner` is the class that the node stands in, empty at file level and in objects.
    """
    if node.type in {"function_declaration", "class_declaration", "generator_function_declaration", "variable_declarator"}:
        return field(node, "name")
    if node.type == "assignment_expression":
        return field(node, "left").removeprefix("module.").removeprefix("exports.")
    if node.type == "pair":
        return field(node, "key")
    if node.type in {"method_definition", "public_field_definition", "field_definition"}:
        name = field(node, "name") or field(node, "property")
        return f"{owner}.{name}" if owner else name
    return ""


def _imported(path: str, node: Node) -> Iterator[tuple[str, str]]:
    source = string(node.child_by_field_name("source"))
    for clause in node.named_children:
        if clause.type == "import_require_clause":
            required = string(clause.child_by_field_name("source"))
            if required is not None and clause.named_children:
                yield text(clause.named_children[0]), _module(path, required)
        elif clause.type == "import_clause" and source is not None:
            yield from _clause(clause, _module(path, source))


def _clause(clause: Node, module: str) -> Iterator[tuple[str, str]]:
    for part in clause.named_children:
        if part.type == "identifier":
            yield text(part), module
        elif part.type == "namespace_import" and part.named_children:
            yield text(part.named_children[0]), module
        elif part.type == "named_imports":
            for specifier in part.named_children:
                name = field(specifier, "name")
                bound = field(specifier, "alias") or name
                yield bound, module if name in {"", "default"} else f"{module}.{name}"


def _assigned(path: str, node: Node, origins: dict[str, str]) -> Iterator[tuple[str, str]]:
    target = node.child_by_field_name("name") or node.child_by_field_name("left") or node.child_by_field_name("property")
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    while value is not None and value.type == "assignment_expression":  # var app = module.exports = express()
        value = value.child_by_field_name("right")
    if target is None or value is None:
        return
    origin = _origin(value, path, origins)
    if not origin or bare(value).type == "identifier":
        return
    if target.type == "object_pattern":
        for child in target.named_children:
            key = field(child, "key") or text(child)
            yield field(child, "value") or key, f"{origin}.{key}"
    else:
        of_class = "field" in node.type
        yield f"this.{text(target)}" if of_class else text(target), origin


def _origin(node: Node | None, path: str, origins: dict[str, str]) -> str:
    behind = ""
    for _ in range(_LINKS):
        if node is None:
            return ""
        node = bare(node)
        if node.type in {"identifier", "this", "member_expression"} and text(node) in origins:
            return origins[text(node)] + behind
        if node.type == "identifier":
            return f"{module_of(path)}.{text(node)}{behind}"
        if node.type == "this":
            return module_of(path) + behind
        if node.type == "member_expression":
            behind = f".{field(node, 'property')}{behind}"
            node = node.child_by_field_name("object")
        elif node.type == "new_expression":
            behind, node = f"(){behind}", node.child_by_field_name("constructor")
        elif node.type == "call_expression":
            given = arguments(node)
            required = string(given[0]) if field(node, "function") == "require" and len(given) == 1 else None
            if required is not None:
                return _module(path, required) + behind
            behind, node = f"(){behind}", node.child_by_field_name("function")
        else:
            return ""
    return ""


def _module(path: str, written: str) -> str:
    if not written.startswith("."):
        return written.removeprefix("node:").removeprefix("@/").removeprefix("~/").replace("/", ".")
    found = relative(path, written)
    stem, ending = os.path.splitext(found)
    return module_of(f"{stem if ending in _ENDINGS else found}.js")


def _dotted_type(written: str, origins: dict[str, str]) -> str:
    first, _, rest = written.partition(".")
    base = origins.get(first, first)
    return f"{base}.{rest}" if rest else base
