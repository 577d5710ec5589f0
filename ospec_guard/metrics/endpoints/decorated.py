"""Routes registered by decorators and calls on an application object: Flask, FastAPI and what is built like them.

A decorator is a route when it is called `route`, `api_route` or after an HTTP method, has a path, and stands on something that
is not a module: `@requests.get(…)` is none, and a call that decorates nothing (`client.get("/x")`) is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, METHODS, Mount, Route, Router
from ospec_guard.metrics.endpoints.python_tree import (
    Arguments,
    Names,
    arguments,
    definition_of,
    documented,
    documenting,
    literal,
    literals,
    names,
)
from ospec_guard.metrics.endpoints.python_views import class_views
from ospec_guard.metrics.endpoints.tree import field, position, text, walk
from ospec_guard.protocols import FileView
from ospec_guard.values import value

LANGUAGES = frozenset({"python"})

HINTS = (
    r"@[ \t]*[\w.]+\.(?:route|api_route|get|post|put|patch|delete)[ \t]*\(",
    r"\b(?:Blueprint|APIBlueprint|APIRouter|Namespace)[ \t]*\(",
    r"\.(?:add_url_rule|add_api_route|add_resource|include_router|register_blueprint|add_namespace|mount)[ \t]*\(",
)

ROUTERS = frozenset(
    {"Flask", "Quart", "FastAPI", "Starlette", "Sanic", "Blueprint", "APIBlueprint", "APIRouter", "Namespace", "Api"},
)
"""Classes whose instances routes are registered on."""

MOUNTS: dict[str, tuple[tuple[int, str], tuple[int, str]]] = {
    "include_router": ((0, "router"), (-1, "prefix")),
    "register_blueprint": ((0, "blueprint"), (-1, "url_prefix")),
    "add_namespace": ((0, "ns"), (1, "path")),
    "mount": ((1, "app"), (0, "path")),
}
"""Calls that put one router under another: position and name of the argument for the router, and of that for the prefix."""

_PATH = ("path", "rule")


@value
class _File:
    view: FileView
    names: Names
    routers: frozenset[str]
    """What is an application or a router for certain: references."""

    def router(self, receiver: str) -> str:
        return self.names.reference(receiver)


def recognise(view: FileView) -> Iterator[Route | Router | Mount]:
    """The routes, routers and mounts of one file."""
    if view.structure is None:
        return
    root = view.structure.root
    known = names(view, root)
    routers = list(_routers(known, root))
    yield from routers
    file = _File(view, known, frozenset(router.reference for router in routers))
    for node in walk(root):
        if node.type == "decorated_definition":
            yield from _decorated(file, node)
        elif node.type == "call":
            function = node.child_by_field_name("function")
            if function is not None and function.type == "attribute":
                yield from _called(file, node, function)


def _routers(known: Names, root: Node) -> Iterator[Router]:
    """What is assigned an application or a router in this file: `bp`, `self.router`."""
    for node in walk(root):
        if node.type != "assignment":
            continue
        value = node.child_by_field_name("right")
        if value is not None and value.type == "call" and field(value, "function").rsplit(".", 1)[-1] in ROUTERS:
            given = arguments(value)
            prefix = literal(given.get(-1, "prefix", "url_prefix", "path")) or ""
            yield Router(known.reference(field(node, "left")), prefix, _hidden(given))


def _hidden(given: Arguments) -> bool:
    return text(given.get(-1, "include_in_schema")) == "False"


def _decorated(file: _File, node: Node) -> Iterator[Route]:
    for child in node.named_children:
        call = child.named_children[0] if child.type == "decorator" and child.named_children else None
        if call is None or call.type != "call":
            continue
        function = call.child_by_field_name("function")
        if function is None or function.type != "attribute":
            continue
        verb, receiver = field(function, "attribute"), field(function, "object")
        given = arguments(call)
        path = _path(file, receiver, verb, given.get(0, *_PATH))
        if path is not None and not _hidden(given):
            yield from _answers(file, node, child, receiver, _methods_of(verb, given), path)


def _path(file: _File, receiver: str, verb: str, node: Node | None) -> str | None:
    """The path of a route, None when it is no route."""
    if verb not in METHODS and verb not in {"route", "api_route"}:
        return None
    if node is None or receiver in file.names.modules:
        return None
    written = literal(node)
    if written is not None:
        return written if written[:1] in {"", "/"} else None
    # A path that is computed: only on what certainly is a router, for `@mock.patch(TARGET)` looks the same.
    certain = file.router(receiver) in file.routers or verb not in METHODS
    return f"{{{text(node)}}}" if certain and node.type != "lambda" else None


def _methods_of(verb: str, given: Arguments) -> tuple[str, ...]:
    if verb in METHODS:
        return (verb.upper(),)
    written = given.get(-1, "methods")
    named = literals(written)
    if written is None or named is None:
        return ("GET",) if written is None else (ANY,)
    return tuple(dict.fromkeys(name.upper() for name in named if name.lower() in METHODS))


def _answers(file: _File, node: Node, decorator: Node, receiver: str, methods: tuple[str, ...], path: str) -> Iterator[Route]:
    definition, router = definition_of(node), file.router(receiver)
    subject, words = field(definition, "name"), documented(node)
    if definition.type == "function_definition":
        for method in methods:
            yield Route(method, path, *position(file.view, decorator), words, subject, router)
        return
    for one in class_views(file.view, node):
        if one.handler:
            name = f"{subject}.{one.handler}"
            yield Route(one.method, path + one.suffix, one.line, one.column, one.documented, name, router)


def _called(file: _File, call: Node, function: Node) -> Iterator[Route | Mount]:
    verb, receiver = field(function, "attribute"), field(function, "object")
    given = arguments(call)
    if verb in MOUNTS:
        target, prefix = (given.get(*argument) for argument in MOUNTS[verb])
        if target is not None and target.type in {"identifier", "attribute"}:
            # Flask's `url_prefix` given here replaces the blueprint's own; FastAPI's `prefix` goes before the router's.
            instead = verb == "register_blueprint" and prefix is not None
            reference = file.names.reference(text(target))
            yield Mount(literal(prefix) or "", reference, file.router(receiver), _hidden(given), instead)
    elif verb == "add_url_rule":
        handler = given.get(2, "view_func")
        # A class answers what it has methods for; a function, unless told otherwise, GET.
        by_class = handler is not None and handler.type == "call" and "methods" not in given.keyword
        methods = (ANY,) if by_class else _methods_of("route", given)
        yield from _registered(file, call, receiver, handler, given.get(0, "rule"), methods)
    elif verb == "add_api_route":
        methods = _methods_of("route", given)
        yield from _registered(file, call, receiver, given.get(1, "endpoint"), given.get(0, "path"), methods)
    elif verb == "add_resource":
        for path in given.positional[1:]:
            yield from _registered(file, call, receiver, given.get(0), path, (ANY,))


def _registered(
    file: _File, call: Node, receiver: str, handler: Node | None, path: Node | None, methods: tuple[str, ...]
) -> Iterator[Route]:
    """A route whose handler is named; what the handler documents is for the join to find."""
    if handler is not None and handler.type == "call":
        function = handler.child_by_field_name("function")
        named = function is not None and field(function, "attribute") == "as_view"
        handler = function.child_by_field_name("object") if function is not None and named else None
    router, written = file.router(receiver), literal(path)
    if handler is None or path is None or (written or "/")[0] != "/" or _hidden(arguments(call)):
        return
    if written is None and router not in file.routers:
        return
    shown = f"{{{text(path)}}}" if written is None else written
    reference = file.names.reference(text(handler)) if handler.type in {"identifier", "attribute"} else ""
    subject = text(handler) if reference else "its handler"
    line, column = position(file.view, call)
    for method in methods:
        yield Route(method, shown, line, column, documenting(call), subject, router, reference)
