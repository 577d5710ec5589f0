"""Routes of Django's `urlpatterns`, and of the routers of the Django REST framework.

A list of routes is any list of `path()`, `re_path()` or `url()` calls from Django that is assigned or returned. What answers is
a reference: views are usually in another file, and `python_views` tells of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, Mount, Route
from ospec_guard.metrics.endpoints.python_tree import Names, arguments, definition_of, documented, literal, names
from ospec_guard.metrics.endpoints.tree import field, position, text, walk
from ospec_guard.protocols import FileView
from ospec_guard.values import value

LANGUAGES = frozenset({"python"})

HINTS = (
    r"\burlpatterns\b",
    r"\b(?:path|re_path|url)\(\s*(?:r?[\"']|_\()",
    r"router\.(?:register\(|urls\b)",
)

ROUTES: dict[str, bool] = {
    "django.urls.path": False,
    "django.urls.re_path": True,
    "django.urls.conf.path": False,
    "django.urls.conf.re_path": True,
    "django.conf.urls.url": True,
    "django.conf.urls.re_path": True,
}
"""Functions that make a route, and whether their path is a regular expression."""

_INCLUDES = frozenset({"django.urls.include", "django.urls.conf.include", "django.conf.urls.include"})


@value
class _File:
    view: FileView
    names: Names
    values: dict[str, Node]
    """What names are assigned at file level."""


def recognise(view: FileView) -> Iterator[Route | Mount]:
    """The routes and mounts of one file."""
    if view.structure is None:
        return
    root = view.structure.root
    assignments = [n for n in walk(root) if n.type in {"assignment", "augmented_assignment"}]
    values = {field(n, "left"): n.child_by_field_name("right") for n in assignments if n.type == "assignment"}
    file = _File(view, names(view, root), {name: value for name, value in values.items() if value is not None})
    for node in assignments:
        value = node.child_by_field_name("right")
        name = field(node, "left")
        if value is not None and (name == "urlpatterns" or any(_is_route(file, call) for call in _elements(value))):
            yield from _listed(file, value, file.names.reference(name), "")
    for node in walk(root):
        if node.type == "call":
            yield from _registered(file, node)
        elif node.type == "return_statement" and any(_is_route(file, call) for call in _returned(node)):
            for child in node.named_children:
                yield from _listed(file, child, "", "")


def _returned(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        yield from _elements(child)


def _elements(value: Node) -> Iterator[Node]:
    """The elements of lists and of their sums; anything else is its own element."""
    pending = [value]
    while pending:
        node = pending.pop()
        if node.type in {"list", "tuple", "parenthesized_expression", "list_splat", "binary_operator"}:
            pending.extend(reversed(node.named_children))
        elif node.type != "comment":
            yield node


def _is_route(file: _File, node: Node) -> bool:
    return node.type == "call" and file.names.reference(field(node, "function")) in ROUTES


def _listed(file: _File, value: Node, router: str, prefix: str) -> Iterator[Route | Mount]:
    for node in _elements(value):
        if _is_route(file, node):
            yield from _route(file, node, router, prefix)
        elif node.type in {"identifier", "attribute"}:
            yield Mount(prefix, file.names.reference(text(node).removesuffix(".urls")), router)
        elif node.type == "call":
            for argument in arguments(node).positional:
                if literal(argument) is None and argument.type != "dictionary":
                    yield from _listed(file, argument, router, prefix)


def _route(file: _File, call: Node, router: str, prefix: str) -> Iterator[Route | Mount]:
    given = arguments(call)
    written, target = given.get(0, "route", "regex"), given.get(1, "view")
    if written is None or target is None:
        return
    expression = ROUTES[file.names.reference(field(call, "function"))]
    path = _joined(prefix, _path(written, expression=expression))
    if target.type == "call" and file.names.reference(field(target, "function")) in _INCLUDES:
        yield from _included(file, arguments(target).get(0, "arg"), router, path)
    elif target.type == "attribute" and text(target).endswith(".urls"):
        yield Mount(path, file.names.reference(text(target).removesuffix(".urls")), router)
    else:
        yield from _answered(file, call, target, router, path)


def _included(file: _File, target: Node | None, router: str, path: str) -> Iterator[Route | Mount]:
    if target is not None and target.type == "tuple" and target.named_children:
        target = target.named_children[0]
    if target is None:
        return
    module = literal(target)
    if module is not None:
        yield Mount(path, module, router)
    elif target.type in {"identifier", "attribute"}:
        yield Mount(path, file.names.reference(text(target).removesuffix(".urls")), router)
    else:
        yield from _listed(file, target, router, path)


def _answered(file: _File, call: Node, target: Node, router: str, path: str) -> Iterator[Route]:
    line, column = position(file.view, call)
    view, actions = _view(file, target, 5)
    subject = view.rsplit(".", 1)[-1] or "its handler"
    own = _own_method(call, view)
    if own is not None:
        yield Route(ANY, path, *position(file.view, definition_of(own)), documented(own), subject, router)
        return
    if not actions:
        yield Route(ANY, path, line, column, False, subject, router, view)
    for method, handler in actions:
        yield Route(method.upper(), path, line, column, False, f"{subject}.{handler}", router, f"{view}:{handler}")


def _own_method(call: Node, view: str) -> Node | None:
    """The method that `self.name` is in the class around a route, decorators included."""
    owner, _, name = view.rpartition(".")
    if owner.rpartition(".")[2] != "self":
        return None
    around = call.parent
    while around is not None and around.type != "class_definition":
        around = around.parent
    body = around.child_by_field_name("body") if around is not None else None
    members = body.named_children if body is not None else ()
    functions = [node for node in members if definition_of(node).type == "function_definition"]
    return next((node for node in functions if field(definition_of(node), "name") == name), None)


def _view(file: _File, node: Node, depth: int) -> tuple[str, list[tuple[str, str]]]:
    """The reference to what answers, without decorators around it; and HTTP methods and handlers, where the route has them."""
    if node.type == "identifier" and text(node) in file.values and text(node) not in file.names.imported and depth:
        return _view(file, file.values[text(node)], depth - 1)
    if node.type in {"identifier", "attribute"}:
        return file.names.reference(text(node)), []
    if node.type == "string":
        return literal(node) or "", []
    if node.type != "call" or not depth:
        return "", []
    function, given = node.child_by_field_name("function"), arguments(node)
    if function is not None and field(function, "attribute") == "as_view":
        made = function.child_by_field_name("object")
        actions = given.get(0, "actions")
        return (_view(file, made, depth - 1)[0] if made is not None else ""), _actions(actions)
    if given.positional:
        return _view(file, given.positional[-1], depth - 1)
    return _view(file, function, depth - 1) if function is not None else ("", [])


def _actions(node: Node | None) -> list[tuple[str, str]]:
    children = node.named_children if node is not None and node.type == "dictionary" else ()
    pairs = [child for child in children if child.type == "pair"]
    found = [(literal(p.child_by_field_name("key")), literal(p.child_by_field_name("value"))) for p in pairs]
    return [(method, handler) for method, handler in found if method and handler]


def _registered(file: _File, call: Node) -> Iterator[Route]:
    """`router.register("users", UserViewSet)` of the Django REST framework."""
    function, given = call.child_by_field_name("function"), arguments(call)
    if function is None or field(function, "attribute") != "register":
        return
    router = field(function, "object")
    made = file.values.get(router)
    constructor = field(made, "function") if made is not None and made.type == "call" else ""
    prefix, viewset = literal(given.get(0, "prefix")), given.get(1, "viewset")
    named = constructor.endswith("Router") or router.endswith("router")
    if prefix is None or viewset is None or not named:
        return
    line, column = position(file.view, call)
    view, _ = _view(file, viewset, 5)
    subject, reference = view.rsplit(".", 1)[-1], file.names.reference(router)
    yield Route(ANY, _expression_path(prefix), line, column, False, subject, reference, view)


def _path(node: Node, *, expression: bool) -> str:
    if node.type == "call":  # a translated path: _("about/")
        given = arguments(node).positional
        return _path(given[-1], expression=expression) if given else f"{{{text(node)}}}"
    written = literal(node)
    if written is None:
        return f"{{{text(node)}}}"
    return _expression_path(written) if expression else written


def _expression_path(expression: str) -> str:
    """The path of a regular expression: anchors and escapes removed, groups as parameters."""
    path, rest = "", expression.removeprefix("^").removesuffix("$").removesuffix("\\Z")
    while rest:
        if rest.startswith("("):
            group = _group(rest)
            name = re.match(r"\(\?P<(\w+)>", group)
            if not group.startswith("(?:") or "/" not in group:
                path += f"{{{name[1] if name else ''}}}"
            rest = rest[len(group) :].lstrip("?*+")
        elif rest.startswith("\\") and len(rest) > 1:
            path, rest = path + rest[1], rest[2:]
        else:
            path, rest = path + rest[0], rest[1:]
    return path.rstrip("?")


def _group(expression: str) -> str:
    """The group that an expression starts with, groups in it included."""
    depth, at = 0, 0
    while at < len(expression):
        if expression[at] == "\\":
            at += 1
        elif expression[at] in "()":
            depth += 1 if expression[at] == "(" else -1
            if not depth:
                return expression[: at + 1]
        at += 1
    return expression


def _joined(prefix: str, path: str) -> str:
    return f"{prefix.rstrip('/')}/{path.lstrip('/')}" if prefix else path
