"""Endpoints of Spring controllers, in Java and Kotlin.

Every method with `@GetMapping`, its kin or `@RequestMapping` is one, under the path of its class. Methods of Feign clients are
none: they call the endpoints of others.
"""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, Route
from ospec_guard.metrics.endpoints.tree import field, position, text, walk, with_docs
from ospec_guard.protocols import FileView
from ospec_guard.values import value

LANGUAGES = frozenset({"java", "kotlin"})

HINTS = (r"@(?:[\w.]+\.)?(?:Get|Post|Put|Delete|Patch|Request)Mapping\b",)

MAPPINGS: dict[str, str] = {
    "GetMapping": "GET",
    "PostMapping": "POST",
    "PutMapping": "PUT",
    "DeleteMapping": "DELETE",
    "PatchMapping": "PATCH",
    "RequestMapping": ANY,
}
"""Annotations that make a method an endpoint, and the HTTP method unless they name others."""

CLIENTS = frozenset({"FeignClient", "HttpExchange"})
HIDING = frozenset({"Hidden", "ApiIgnore"})
DOCUMENTING: dict[str, tuple[str, ...]] = {"Operation": ("summary", "description"), "ApiOperation": ("value", "notes")}
"""Annotations of OpenAPI tools that document an endpoint, and those of their elements that do."""

_CLASSES = frozenset({"class_declaration", "interface_declaration", "record_declaration", "object_declaration"})
_METHODS = frozenset({"method_declaration", "function_declaration"})
_ARRAYS = frozenset({"element_value_array_initializer", "collection_literal"})
_TEXT = frozenset({"string_fragment", "multiline_string_fragment", "string_content", "escape_sequence"})


@value
class _Annotation:
    name: str
    """Without its package."""
    elements: dict[str, list[Node]]
    """Name (`value` where none is written) and the values, of an array its items."""

    def paths(self) -> list[str]:
        """What is written for the path; one empty path where nothing is."""
        nodes = self.elements.get("path") or self.elements.get("value") or []
        return [_string(node) for node in nodes] or [""]

    def flag(self, name: str) -> bool:
        return any(text(node) == "true" for node in self.elements.get(name, ()))


def recognise(view: FileView) -> Iterator[Route]:
    """The endpoints of the controllers in one file."""
    if view.structure is None:
        return
    for node in walk(view.structure.root):
        if node.type in _CLASSES:
            annotations = {one.name: one for one in _annotations(node)}
            if not annotations.keys() & (CLIENTS | HIDING):
                mapping = annotations.get("RequestMapping")
                yield from _controller(view, node, mapping.paths() if mapping is not None else [""])


def _controller(view: FileView, node: Node, prefixes: list[str]) -> Iterator[Route]:
    owner = field(node, "name")
    body = next((child for child in node.named_children if child.type.endswith("_body")), None)
    for method, led in with_docs(view, body) if body is not None else ():
        annotations = _annotations(method) if method.type in _METHODS else []
        if any(a.name in HIDING or (a.name == "Operation" and a.flag("hidden")) for a in annotations):
            continue
        documented = led or any(_documents(a) for a in annotations)
        subject = f"{owner}.{field(method, 'name')}"
        for mapping in annotations:
            if mapping.name in MAPPINGS:
                line, column = position(view, method)
                for verb, path in _answers(mapping, prefixes):
                    yield Route(verb, path, line, column, documented, subject)


def _answers(mapping: _Annotation, prefixes: list[str]) -> Iterator[tuple[str, str]]:
    named = [text(node).rsplit(".", 1)[-1].upper() for node in mapping.elements.get("method", ())]
    for verb in named or [MAPPINGS[mapping.name]]:
        for prefix in prefixes:
            for path in mapping.paths():
                yield verb, f"{prefix.rstrip('/')}/{path.lstrip('/')}" if path else prefix or "/"


def _documents(annotation: _Annotation) -> bool:
    nodes = [node for name in DOCUMENTING.get(annotation.name, ()) for node in annotation.elements.get(name, ())]
    return any(_string(node).strip() for node in nodes)


def _annotations(node: Node) -> list[_Annotation]:
    modifiers = next((child for child in node.children if child.type == "modifiers"), None)
    children = modifiers.named_children if modifiers is not None else ()
    written = [child for child in children if child.type in {"annotation", "marker_annotation"}]
    return [_kotlin(child) if child.child_by_field_name("name") is None else _java(child) for child in written]


def _java(node: Node) -> _Annotation:
    elements: dict[str, list[Node]] = {}
    listed = node.child_by_field_name("arguments")
    for child in listed.named_children if listed is not None else ():
        if child.type == "element_value_pair":
            value = child.child_by_field_name("value")
            elements[field(child, "key")] = _items(value)
        else:
            elements.setdefault("value", []).extend(_items(child))
    return _Annotation(field(node, "name").rsplit(".", 1)[-1], elements)


def _kotlin(node: Node) -> _Annotation:
    elements: dict[str, list[Node]] = {}
    inner = node.named_children[-1] if node.named_children else node
    listed = next((child for child in inner.named_children if child.type == "value_arguments"), None)
    for child in listed.named_children if listed is not None else ():
        parts = child.named_children
        named = len(parts) > 1 and any(mark.type == "=" for mark in child.children)
        if parts:
            elements.setdefault(text(parts[0]) if named else "value", []).extend(_items(parts[-1]))
    written = text(inner.named_children[0]) if inner.type == "constructor_invocation" else text(inner)
    return _Annotation(written.rsplit(".", 1)[-1], elements)


def _items(node: Node | None) -> list[Node]:
    """The items of an array in an annotation, or the one value."""
    if node is None or node.type.endswith("comment"):
        return []
    if node.type in _ARRAYS:
        return [child for child in node.named_children if not child.type.endswith("comment")]
    if node.type == "call_expression" and node.named_children and text(node.named_children[0]) == "arrayOf":
        return [child.named_children[-1] for child in node.named_children[-1].named_children if child.named_children]
    return [node]


def _string(node: Node) -> str:
    """The value of a string; of a constant or a computed value what is written, in braces."""
    if node.type == "string_literal":
        return "".join((child.text or b"").decode(errors="replace") for child in node.named_children if child.type in _TEXT)
    return f"{{{text(node)}}}"
