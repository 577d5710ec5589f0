"""Endpoints out of the facts of all files: prefixes of mounted routers, handlers in other files, and OpenAPI operations.

One endpoint is one method and one path. What code and an OpenAPI file both have is one, documented if either documents it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ospec_guard.metrics.endpoints.facts import ANY, Route, View
from ospec_guard.metrics.endpoints.tree_of_facts import Facts, Tree
from ospec_guard.values import replace, value

_PARAMETERS = re.compile(r"<[^<>]*>|\{(?:[^{}]|\{[^{}]*\})*\}|:\w+(?:\([^()]*\))?\??")


_LONGEST = 2000
"""Characters of a path that is looked into."""


@value(order=True)
class Endpoint:
    """One method and path, and where its documentation is or should be."""

    file: str
    line: int
    column: int
    method: str
    path: str
    """For people: prefixes included, starts with '/', parameters as written."""
    documented: bool
    subject: str
    specified: bool = False
    """Whether it comes from an OpenAPI file."""


@value
class Endpoints:
    """All endpoints, sorted by place, and what is known to be missing among them."""

    all: tuple[Endpoint, ...]
    foreign: int = 0
    """Routes whose handler comes from a package that was not measured: its authors document it."""
    missing: int = 0
    """Path items that an OpenAPI file keeps in files that were not measured."""


def join(files: Iterable[tuple[str, Facts]]) -> Endpoints:
    """The endpoints that the facts of all files, given as (path, facts), amount to; their order does not matter."""
    tree = Tree(files)
    code: list[Endpoint] = []
    specified: list[tuple[Endpoint, tuple[str, ...]]] = []
    foreign = 0
    for file, route in tree.routes:
        prefixes = tree.prefixes(file, route.router)
        if route.specified:
            # A path item in a file of its own has a path only where an OpenAPI file refers to it.
            addresses = tuple(_joined(prefix, route.path) for prefix in prefixes if prefix or route.path)
            if addresses:
                specified.append((_endpoint(file, route, min(addresses, key=len)), addresses))
            continue
        answers = _answers(tree, file, route)
        foreign += not answers
        code += [_endpoint(at, answer, _joined(prefix, answer.path)) for at, answer in answers for prefix in prefixes]
    return Endpoints(tuple(sorted(_merged(code, specified))), foreign, tree.missing)


def unified(path: str) -> str:
    """A path with all its parameters written `{}` and no slash at its end, so that equal paths are equal texts."""
    if len(path) > _LONGEST:
        return path
    return _joined("", _PARAMETERS.sub("{}", path)).rstrip("/") or "/"


def _endpoint(file: str, route: Route, path: str) -> Endpoint:
    return Endpoint(file, route.line, route.column, route.method, path, route.documented, route.subject, route.specified)


def _joined(prefix: str, path: str) -> str:
    return re.sub(r"/{2,}", "/", f"/{prefix}/{path}" if path else f"/{prefix}")


def _answers(tree: Tree, file: str, route: Route) -> list[tuple[str, Route]]:
    """The route, once for each method its handler answers, with the handler's place and documentation; empty: not ours."""
    reference, _, handler = route.view.partition(":")
    if not reference:
        return [(file, route)]
    views = tree.views(reference, file)
    if not views:
        # Frameworks in Python bring views of their own; elsewhere a handler that is not found is one that is not documented.
        ours = tree.knows(reference, file) or not file.endswith(".py")
        unknown = replace(route, subject=f"{route.subject}, whose definition is not found,")
        return [(file, unknown)] if ours else []
    methods = [(at, view) for at, view in views if view.handler]
    if handler:
        methods = [(at, replace(view, method=route.method, suffix="")) for at, view in methods if view.handler == handler]
    elif route.method != ANY:
        methods = [(at, view) for at, view in methods if view.method == route.method]
    chosen = methods or [(at, view) for at, view in views if not view.handler]
    return [(at, _answered(route, view)) for at, view in chosen]


def _answered(route: Route, view: View) -> Route:
    return replace(
        route,
        method=route.method if route.method != ANY else view.method,
        path=route.path.rstrip("/") + view.suffix if view.suffix else route.path,
        documented=route.documented or view.documented,
        line=view.line,
        column=view.column,
        subject=f"{view.name}.{view.handler}" if view.handler else view.name,
    )


def _merged(code: list[Endpoint], specified: list[tuple[Endpoint, tuple[str, ...]]]) -> list[Endpoint]:
    """Operations of OpenAPI files, one for each method and path, and the endpoints in code that no operation stands for."""
    operations: dict[tuple[str, str], Endpoint] = {}
    at_address: dict[str, set[tuple[str, str]]] = {}
    for endpoint, addresses in sorted(specified):
        key = (endpoint.method, unified(endpoint.path))
        same = operations.setdefault(key, endpoint)
        operations[key] = replace(same, documented=same.documented or endpoint.documented)
        for address in addresses:
            at_address.setdefault(unified(address), set()).add(key)
    alone = []
    for endpoint in code:
        same_path = at_address.get(unified(endpoint.path), ())
        keys = [key for key in same_path if endpoint.method in {ANY, key[0]}]
        for key in keys:
            operations[key] = replace(operations[key], documented=operations[key].documented or endpoint.documented)
        if not keys:
            alone.append(endpoint)
    return [*operations.values(), *alone]
