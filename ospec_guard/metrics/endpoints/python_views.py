"""Functions and classes of Python files that may answer requests: what routes of other files refer to.

Knows how Flask, Django and the Django REST framework name the methods of a class that answer; does not know routes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, METHODS, View
from ospec_guard.metrics.endpoints.python_tree import arguments, decorators, definition_of, documented, literal, literals
from ospec_guard.metrics.endpoints.tree import field, position, text
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
    for node in view.structure.root.named_children:
        definition = definition_of(node)
        if definition.type == "class_definition":
            yield from class_views(view, node)
        elif definition.type == "function_definition":
            place = position(view, definition)
            for method in _limited_to(node):
                yield View(field(definition, "name"), "", method, "", documented(node), *place)


def class_views(view: FileView, node: Node) -> Iterator[View]:
    """The methods of a class that answer, and the class as such; the node may be decorated."""
    definition = definition_of(node)
    name, own, methods = field(definition, "name"), documented(node), _methods(definition)
    for handler, method, suffix in _answering(definition, methods):
        answering = methods.get(handler)
        place = position(view, definition_of(answering) if answering is not None else definition)
        yield View(name, handler, method, suffix, own or (answering is not None and documented(answering)), *place)
    yield View(name, "", ANY, "", own, *position(view, definition))


def _limited_to(node: Node) -> tuple[str, ...]:
    """The methods a function answers, as its decorators limit them."""
    for decorator in decorators(node):
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
    """Name and node, decorators included, of the functions in a class."""
    body = definition.child_by_field_name("body")
    members = body.named_children if body is not None else ()
    functions = [node for node in members if definition_of(node).type == "function_definition"]
    return {field(definition_of(node), "name"): node for node in functions}


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
            if decorator.type == "call" and field(decorator, "function").rsplit(".", 1)[-1] == "action":
                given = arguments(decorator)
                detail = text(given.get(-1, "detail")) == "True"
                suffix = literal(given.get(-1, "url_path")) or name
                for method in literals(given.get(0, "methods")) or ["get"]:
                    yield name, method.upper(), f"/{{pk}}/{suffix}" if detail else f"/{suffix}"
