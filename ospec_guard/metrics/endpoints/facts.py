"""What recognisers tell of one file, and how it travels in a `Tally`: small flat values, written as JSON.

Lines and columns are 1-based. A *reference* names something of another file: dotted, starting with a dot when it is known from
the root of the tree (`.polls.views.index`), without one when only its end is known (`polls.views.index`); the module of
`src/routes/users.js` or `src/routes/users/index.js` is `.src.routes.users`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple

from ospec_guard.values import value

ANY = "*"
"""A method: whatever the client sends."""

METHODS = ("get", "post", "put", "patch", "delete")
"""HTTP methods that make an endpoint in code, as frameworks name functions after them; HEAD and OPTIONS are answered along."""


@value(order=True)
class Route:
    """A method and a path that a file binds to a handler, or an operation of an OpenAPI file."""

    method: str
    """Upper case, or ANY."""
    path: str
    """As written; prefixes of routers come on top."""
    line: int
    column: int
    documented: bool
    """By what stands at the route itself; the handler in `view` may document it too."""
    subject: str
    """Who answers, for people: `get_user`."""
    router: str = ""
    """Reference to what the route is registered on."""
    view: str = ""
    """Reference to the handler, when it is not at hand; `reference:method` for one method of a class."""
    specified: bool = False
    """True for an operation of an OpenAPI file."""


@value(order=True)
class Router:
    """Something routes are registered on, in the file that makes it."""

    reference: str
    prefix: str = ""
    hidden: bool = False
    """Its routes are not to be documented."""


@value(order=True)
class Mount:
    """All routes of the routers that `target` refers to are under `prefix` of `router`."""

    prefix: str
    target: str
    router: str = ""
    """Reference; empty for the root of everything."""
    hidden: bool = False
    """Such routes are not to be documented."""
    instead: bool = False
    """Whether the prefix replaces the router's own, or goes before it."""


@value(order=True)
class View:
    """A function or class of this file that may answer requests; a class gives one for each that does, and for itself."""

    name: str
    """Dotted within the file."""
    handler: str
    """The method's name; empty for a function, and for a class as such."""
    method: str
    """Upper case, or ANY."""
    suffix: str
    """What the method adds to the path of the route."""
    documented: bool
    line: int
    column: int


@value(order=True)
class Unparsed:
    """A region in which there may be facts, and that could not be read."""

    line: int


Fact = Route | Router | Mount | View | Unparsed

_SHAPES: dict[str, type[Route | Router | Mount | View]] = {"route": Route, "router": Router, "mount": Mount, "view": View}


def encode(facts: Iterable[Route | Router | Mount | View]) -> tuple[tuple[str, str], ...]:
    """The facts as entries of `Tally.details`, sorted."""
    rows = {(type(fact).__name__.lower(), json.dumps(astuple(fact), ensure_ascii=False)) for fact in facts}
    return tuple(sorted(rows))


def decode(details: Iterable[tuple[str, str]]) -> list[Route | Router | Mount | View]:
    """The facts among the entries of a `Tally.details`."""
    return [_SHAPES[name](*json.loads(value)) for name, value in details if name in _SHAPES]


def module_of(path: str) -> str:
    """The reference to a file as a module: `.polls.views` for `polls/views.py`, `.routes` for `routes/index.js`."""
    stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
    for index in ("/__init__", "/index"):
        stem = stem.removesuffix(index)
    return "." + stem.replace("/", ".")


def relative(path: str, target: str) -> str:
    """The path from the root of what a file at `path` writes as `./x` or `../x`; empty when that is above the root."""
    folders = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if not folders:
                return ""
            folders.pop()
        elif part not in {"", "."}:
            folders.append(part)
    return "/".join(folders)
