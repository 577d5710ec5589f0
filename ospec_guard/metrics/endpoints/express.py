"""Routes of Express applications and routers, in JavaScript and TypeScript.

A call such as `app.get("/x", handler)` is a route when `app` comes from Express: made by `express()` or `Router()`, of one of
its types, or, in a file that uses Express, imported from another file or handed in under a name that says so. Clients
(`axios.get("/x")`), settings (`app.get("title")`) and mocks look the same and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ospec_guard.languages import Node
from ospec_guard.metrics.endpoints.facts import ANY, METHODS, Mount, Route, View, module_of
from ospec_guard.metrics.endpoints.javascript_tree import (
    FUNCTIONS,
    Names,
    arguments,
    bare,
    function_name,
    names,
    parameters,
    string,
    walk_led,
)
from ospec_guard.metrics.endpoints.tree import COMMENTS, field, has_words, position, text, with_docs
from ospec_guard.protocols import FileView
from ospec_guard.values import value

LANGUAGES = frozenset({"javascript", "typescript", "tsx"})

HINTS = (
    r"\bexpress\b",
    r"(?:app|api|server|router|Router|App)\s*\.(?:get|post|put|delete|patch|all|route|use)\s*\(",
    r"\(\s*_?req(?:uest)?\b[^()]*,\s*_?res(?:ponse)?\b",
)

ROUTERS = frozenset({"express()", "express.Router()", "express.default()"})
"""Origins of applications and routers."""

TYPES = frozenset({"express.Express", "express.Application", "express.Router", "express.IRouter"})
"""Origins of the types of applications and routers."""

_VERBS = frozenset({*METHODS, "all"})
_NAMED = re.compile(r"(?:^|\.)(?:app|server|router)$|(?:Router|App)$")
_HANDLER = re.compile(r"_?req(?:uest)?$"), re.compile(r"_?res(?:ponse)?$")


@value
class _File:
    view: FileView
    names: Names
    express: bool
    """Whether the file uses Express itself."""


@value
class _Call:
    """One link of a chain: `router.route("/x").get(…).post(…)`."""

    node: Node
    verb: str
    receiver: Node
    """What the whole chain stands on."""
    path: Node | None
    """The argument of `route`, if the chain has one."""


def recognise(view: FileView) -> Iterator[Route | Mount | View]:
    """The routes, mounts and documented functions of one file."""
    if view.structure is None:
        return
    root = view.structure.root
    known = names(view, root)
    used = {*known.origins.values(), *known.types.values()}
    file = _File(view, known, any(origin == "express" or origin.startswith(("express.", "express(")) for origin in used))
    owner, owner_end = "", 0
    for node, led in walk_led(view, root):
        name = function_name(node, owner if node.start_byte < owner_end else "") if led else ""
        if name:
            yield View(name, "", ANY, "", True, *position(view, node))
        if node.type == "class_declaration":
            owner, owner_end = field(node, "name"), node.end_byte
        call = _call(node) if node.type == "call_expression" else None
        if call is not None and call.verb == "use":
            yield from _mounted(file, call)
        elif call is not None:
            yield from _routes(file, call, led=led)


def _call(node: Node) -> _Call | None:
    function = node.child_by_field_name("function")
    if function is None or function.type != "member_expression":
        return None
    verb = field(function, "property")
    if verb not in _VERBS and verb != "use":
        return None
    receiver = function.child_by_field_name("object")
    while receiver is not None and receiver.type == "call_expression":
        inner = receiver.child_by_field_name("function")
        if inner is None or inner.type != "member_expression":
            break
        name, given = field(inner, "property"), arguments(receiver)
        below = inner.child_by_field_name("object")
        if name == "route" and len(given) == 1 and below is not None:
            return _Call(node, verb, below, given[0])
        if name not in _VERBS and name != "use":
            break
        receiver = below
    return _Call(node, verb, receiver, None) if receiver is not None else None


def _routes(file: _File, call: _Call, *, led: bool) -> Iterator[Route]:
    given = arguments(call.node)
    path = call.path
    if path is None:
        path, given = (given[0], given[1:]) if given else (None, [])
    # Without a handler it is something else: `app.get("title")` reads a setting.
    if path is None or not given or bare(given[-1]).type in {"object", "string", "number", "template_string"}:
        return
    certain = file.names.origin(call.receiver) in ROUTERS or file.names.types.get(text(call.receiver)) in TYPES
    if not certain and not _evident(file, call.receiver, given[-1]):
        return
    handler, reference = _handler(file, given[-1])
    documented = led or _documented(file, call)
    at = call.node if call.path is None else _property(call.node)
    for written in _paths(path, certain=certain):
        method = ANY if call.verb == "all" else call.verb.upper()
        yield Route(method, written, *position(file.view, at), documented, handler, _router(file, call.receiver), reference)


def _evident(file: _File, receiver: Node, handler: Node) -> bool:
    """Whether what is not made in this file is a router, by its name and by how it is used."""
    name = text(receiver)
    if not _NAMED.search(name) or receiver.type not in {"identifier", "member_expression"}:
        return False
    origin = file.names.origins.get(name, "")
    if file.express:
        return not origin or origin.startswith(".")
    # `module.exports = (app) => { app.get("/x", (req, res) => …) }` uses Express without naming it.
    function = bare(handler)
    if name not in file.names.types or function.type not in FUNCTIONS:
        return False
    taken = [one for one, _ in parameters(function)][: len(_HANDLER)]
    return len(taken) == len(_HANDLER) and all(expected.match(one) for expected, one in zip(_HANDLER, taken, strict=True))


def _paths(node: Node, *, certain: bool) -> Iterator[str]:
    node = bare(node)
    written = string(node)
    if node.type == "array":
        for child in node.named_children:
            if child.type != "comment":
                yield from _paths(child, certain=certain)
    elif written is not None:
        if written[:1] in {"", "/", "*"}:
            yield written
    elif node.type == "regex" or certain:
        yield f"{{{text(node)}}}"


def _handler(file: _File, node: Node) -> tuple[str, str]:
    """Who answers, for people, and the reference to it when it is named."""
    node = bare(node)
    while node.type == "call_expression":
        function, given = node.child_by_field_name("function"), arguments(node)
        inner = function.child_by_field_name("object") if text(function).endswith(".bind") and function is not None else None
        if inner is None and not given:
            break
        node = bare(inner if inner is not None else given[-1])  # asyncHandler(users.list), users.list.bind(users)
    if node.type not in {"identifier", "member_expression"}:
        return field(node, "name") or "its handler", ""
    return text(node), file.names.origin(node).replace("()", "")


def _documented(file: _File, call: _Call) -> bool:
    """Whether a doc comment leads this link of a chain, or one of its arguments."""
    function, listed = call.node.child_by_field_name("function"), call.node.child_by_field_name("arguments")
    between = [child for child in function.named_children if child.type in COMMENTS] if function is not None else []
    given = with_docs(file.view, listed) if listed is not None else ()
    return any(has_words(comment) for comment in between) or any(led for _, led in given)


def _property(call: Node) -> Node:
    function = call.child_by_field_name("function")
    named = function.child_by_field_name("property") if function is not None else None
    return named or call


def _mounted(file: _File, call: _Call) -> Iterator[Mount]:
    given = arguments(call.node)
    prefixed = bool(given) and bare(given[0]).type in {"string", "template_string", "array"}
    prefixes = list(_paths(given[0], certain=False)) if prefixed else []
    for target in given[1 if prefixes else 0 :]:
        if bare(target).type not in FUNCTIONS and (
            file.names.origin(target)[:1] == "." or file.names.origin(target) in ROUTERS
        ):
            yield from (Mount(prefix, _router(file, target), _router(file, call.receiver)) for prefix in prefixes or [""])


def _router(file: _File, node: Node) -> str:
    """The reference to an application or router."""
    origin = file.names.origin(node)
    return origin.replace("()", "") if origin.startswith(".") else f"{module_of(file.view.path)}.{text(bare(node))}"
