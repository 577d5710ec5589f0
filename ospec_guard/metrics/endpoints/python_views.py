"""Functions and classes of Python files that may answer requests: what routes of other files refer to.

Knows how Flask, Django and the Django REST framework name the methods of a class that answer; does not know routes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, METHODS, View
from ospec_guard.metrics.endpoints.python_tree import arguments, decorators, documented, literal, literals
from ospec_guard.metrics.endpoints.tree import position, text
from ospec_guard.protocols import FileView

LANGUAGES = frozenset({"python"})

HINTS = (
    r"^[ \t]*(?:from|import)[ \t]+(?:flask|quart|rest_framework|django\.(?:http|views|shortcuts))",
    r"\([ \t]*(?:self[ \t]*,[ \t]*)?request\b",
    r"^[ \t]*class[ \t]+\w+\(.*(?:View|ViewSet|Resource)\b",
)

VIEWSET: dict[str, tuple[str, str]] = {
    "list": ("GET", ""),
    "create": ("POST", ""),
    "retrieve": ("GET", "/{pk}"),
    "update": ("PUT", "/{pk}"),
    "partial_update": ("PATCH", "/{pk}"),
    "destroy": ("DELETE", "/{pk}"),
}
"""The actions of a Django REST framework view set, and what a router makes of each."""

INHERITED: dict[str, tuple[str, ...]] = {
    "ModelViewSet": tuple(VIEWSET),
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "ListModelMixin": ("list",),
    "CreateModelMixin": ("create",),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
    "DestroyModelMixin": ("destroy",),
}
"""Actions that come with a base class."""

GENERIC: dict[str, tuple[str, ...]] = {
    "ListAPIView": ("get",),
    "CreateAPIView": ("post",),
    "RetrieveAPIView": ("get",),
    "UpdateAPIView": ("put", "patch"),
    "DestroyAPIView": ("delete",),
    "ListCreateAPIView": ("get", "post"),
    "RetrieveUpdateAPIView": ("get", "put", "patch"),
    "RetrieveDestroyAPIView": ("get", "delete"),
    "RetrieveUpdateDestroyAPIView": ("get", "put", "patch", "delete"),
}
"""Methods that come with a generic view of the Django REST framework."""

_LIMITS = {"require_GET": ("GET",), "require_POST": ("POST",), "require_safe": ("GET",)}


def recognise(view: FileView) -> Iterator[View]:
    """The functions at file level, and the classes with their methods."""
    if view.structure is None:
        return
    for child in view.structure.root.named_children:
        definition = child.child_by_field_name("definition") if child.type == "decorated_definition" else child
        if definition is None:
            continue
        if definition.type == "function_definition":
            yield from _function(view, definition)
        elif definition.type == "class_definition":
            yield from class_views(view, definition)


def class_views(view: FileView, definition: Node) -> Iterator[View]:
    """The methods of a class that answer, and the class as such."""
    name = text(definition.child_by_field_name("name"))
    own = documented(definition)
    methods = _methods(definition)
    for handler, method, suffix in _answering(definition, methods):
        node = methods.get(handler, definition)
        words = own or (node is not definition and documented(node))
        yield View(name, handler, method, suffix, words, *position(view, node))
    yield View(name, "", ANY, "", own, *position(view, definition))


def _function(view: FileView, definition: Node) -> Iterator[View]:
    name = text(definition.child_by_field_name("name"))
    words, place = documented(definition), position(view, definition)
    for method in _limited_to(definition):
        yield View(name, "", method, "", words, *place)


def _limited_to(definition: Node) -> tuple[str, ...]:
    """The methods a function answers, as its decorators limit them."""
    for decorator in decorators(definition):
        function = decorator.child_by_field_name("function") if decorator.type == "call" else decorator
        name = text(function).rsplit(".", 1)[-1]
        if name in _LIMITS:
            return _LIMITS[name]
        if name in {"api_view", "require_http_methods"}:
            if decorator.type != "call":
                return ("GET",)
            given = arguments(decorator).get(0, "http_method_names", "request_method_list")
            return _named(given) if given is not None else ("GET",)
    return (ANY,)


def _named(node: Node) -> tuple[str, ...]:
    written = literals(node)
    if written is None:
        return (ANY,)
    return tuple(dict.fromkeys(name.upper() for name in written if name.lower() in METHODS))


def _methods(definition: Node) -> dict[str, Node]:
    found = {}
    body = definition.child_by_field_name("body")
    for child in body.named_children if body is not None else ():
        node = child.child_by_field_name("definition") if child.type == "decorated_definition" else child
        if node is not None and node.type == "function_definition":
            found[text(node.child_by_field_name("name"))] = node
    return found


def _answering(definition: Node, methods: dict[str, Node]) -> Iterator[tuple[str, str, str]]:
    """Handler, HTTP method and suffix of what a class answers."""
    bases = definition.child_by_field_name("superclasses")
    parents = [text(base).rsplit(".", 1)[-1] for base in bases.named_children] if bases is not None else []
    generic = {name for parent in parents for name in GENERIC.get(parent, ())}
    for name in METHODS:
        if name in methods or name in generic:
            yield name, name.upper(), ""
    if any(parent.endswith("ViewSet") for parent in parents):
        inherited = {action for parent in parents for action in INHERITED.get(parent, ())}
        for action, (method, suffix) in VIEWSET.items():
            if action in methods or action in inherited:
                yield action, method, suffix
    for name, node in methods.items():
        for decorator in decorators(node):
            if decorator.type == "call" and text(decorator.child_by_field_name("function")).rsplit(".", 1)[-1] == "action":
                given = arguments(decorator)
                detail = text(given.get(-1, "detail")) == "True"
                suffix = literal(given.get(-1, "url_path")) or name
                for method in literals(given.get(0, "methods")) or ["get"]:
                    yield name, method.upper(), f"/{{pk}}/{suffix}" if detail else f"/{suffix}"
