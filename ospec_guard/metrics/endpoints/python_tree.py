"""Reading Python syntax trees: what is imported, called, decorated and documented. Knows no framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import module_of
from ospec_guard.metrics.endpoints.tree import field, text, walk
from ospec_guard.protocols import FileView
from ospec_guard.values import value

DOCUMENTING = frozenset({"summary", "description", "operation_summary", "operation_description"})
"""Arguments of decorators that document an endpoint."""


def literal(node: Node | None) -> str | None:
    """The value of a string without interpolation, adjacent parts joined; None for anything else."""
    if node is None:
        return None
    if node.type == "parenthesized_expression" and len(node.named_children) == 1:
        return literal(node.named_children[0])
    if node.type == "concatenated_string":
        parts = [literal(part) for part in node.named_children if part.type != "comment"]
        return None if None in parts else "".join(part for part in parts if part is not None)
    if node.type != "string" or any(child.type == "interpolation" for child in node.named_children):
        return None
    return "".join((part.text or b"").decode(errors="replace") for part in node.named_children if part.type == "string_content")


def literals(node: Node | None) -> list[str] | None:
    """The strings of a list, tuple or set display; None when one of them is no literal or it is no display."""
    if node is None or node.type not in {"list", "tuple", "set"}:
        return None
    values = [literal(child) for child in node.named_children if child.type != "comment"]
    return None if None in values else [value for value in values if value is not None]


@value
class Arguments:
    """The arguments of a call."""

    positional: tuple[Node, ...]
    keyword: dict[str, Node]

    def get(self, index: int, *names: str) -> Node | None:
        """The argument at a position (-1: by name only) or with one of some names."""
        if 0 <= index < len(self.positional):
            return self.positional[index]
        return next((self.keyword[name] for name in names if name in self.keyword), None)


def arguments(call: Node) -> Arguments:
    """The arguments of a call; unpacked ones are left out."""
    positional, keyword = [], {}
    listed = call.child_by_field_name("arguments")
    for child in listed.named_children if listed is not None else ():
        if child.type == "keyword_argument":
            value = child.child_by_field_name("value")
            if value is not None:
                keyword[field(child, "name")] = value
        elif child.type not in {"comment", "list_splat", "dictionary_splat"}:
            positional.append(child)
    return Arguments(tuple(positional), keyword)


def definition_of(node: Node) -> Node:
    """The function or class in a definition with decorators; any other node itself."""
    return (node.child_by_field_name("definition") or node) if node.type == "decorated_definition" else node


def decorators(node: Node) -> list[Node]:
    """The expressions of the decorators of a definition, top to bottom; none without decorators."""
    if node.type != "decorated_definition":
        return []
    return [child.named_children[0] for child in node.named_children if child.type == "decorator" and child.named_children]


def documented(node: Node) -> bool:
    """Whether a definition, decorators included, has a docstring with words in it or a decorator that documents it."""
    body = definition_of(node).child_by_field_name("body")
    first = next((child for child in body.named_children if child.type != "comment"), None) if body is not None else None
    if first is not None and first.type == "expression_statement" and first.named_children:
        first = first.named_children[0]
    if first is not None and (literal(first) or "").strip():
        return True
    return any(documenting(decorator) for decorator in decorators(node))


def documenting(decorator: Node) -> bool:
    """Whether a decorator's arguments document what it decorates."""
    if decorator.type != "call":
        return False
    if field(decorator, "function").rsplit(".", 1)[-1] == "swag_from":
        return True
    given = [value for name, value in arguments(decorator).keyword.items() if name in DOCUMENTING]
    # Text that is computed elsewhere is taken for text.
    return any(value.type != "none" and literal(value) != "" for value in given)


@value
class Names:
    """What the names of a file stand for."""

    module: str
    """Reference to the file itself."""
    imported: dict[str, str]
    """Name and reference."""
    modules: frozenset[str]
    """Names bound by `import`, which are modules for certain."""

    def reference(self, dotted: str) -> str:
        """The reference of a dotted name as used in the file."""
        first, _, rest = dotted.partition(".")
        base = self.imported.get(first, f"{self.module}.{first}")
        return f"{base}.{rest}" if rest else base


def names(view: FileView, root: Node) -> Names:
    """The names that the imports of a file bind, wherever in it they stand."""
    module = module_of(view.path)
    # In a package's own __init__, the first dot of a relative import is the package itself.
    package = module if view.path.endswith("__init__.py") else module.rpartition(".")[0]
    imported, modules = {}, set()
    for node in walk(root):
        if node.type == "import_statement":
            for name, alias in _bindings(node.children_by_field_name("name")):
                bound = alias or name.split(".", 1)[0]
                imported[bound] = name if alias else bound
                modules.add(bound)
        elif node.type == "import_from_statement":
            source = _source(field(node, "module_name"), package)
            for name, alias in _bindings(node.children_by_field_name("name")):
                imported[alias or name] = f"{source}.{name}"
    return Names(module, imported, frozenset(modules))


def _bindings(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "aliased_import":
            yield field(node, "name"), field(node, "alias")
        else:
            yield text(node), ""


def _source(written: str, package: str) -> str:
    dots = len(written) - len(written.lstrip("."))
    if not dots:
        return written
    base = package
    for _ in range(dots - 1):
        base = base.rpartition(".")[0]
    rest = written.lstrip(".")
    return f"{base}.{rest}" if rest else base
