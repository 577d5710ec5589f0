"""Operations of OpenAPI 3 and Swagger 2 files, in YAML and JSON, and path items kept in files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ospec_guard.document import Document, read_json, read_yaml
from ospec_guard.errors import GuardError
from ospec_guard.metrics.endpoints.facts import Mount, Route, Unparsed, module_of, relative
from ospec_guard.protocols import FileView
from ospec_guard.regular import compile_regex

LANGUAGES = frozenset({"yaml", "json"})

HINTS = (
    r"^[\"']?(?:openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?[23]\b",
    r"\"(?:openapi|swagger)\"\s*:\s*\"[23]\b",
    r"^[\"']?(?:get|post|put|delete|patch)[\"']?[ \t]*:[ \t]*$",
)
"""The last: a path item in a file of its own."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of a path item that are operations."""

_ITEM = "item"


def recognise(view: FileView) -> Iterator[Route | Mount | Unparsed]:
    """The operations of one file; Unparsed for a file that says it is OpenAPI and cannot be read."""
    read = read_json if view.language.name == "json" else read_yaml
    try:
        document = read(view.source.data, view.path)
    except GuardError as error:
        if any(compile_regex(hint).search(view.source.data) for hint in HINTS[:2]):
            place = error.problems[0].place if error.problems else None
            yield Unparsed(place.line if place is not None and place.line else 1)
        return
    value = document.value
    if not isinstance(value, dict):
        return
    if isinstance(value.get("openapi", value.get("swagger")), str | int | float) and isinstance(value.get("paths"), dict):
        router = f"{module_of(view.path)}.paths"
        for base in _bases(value):
            yield Mount(base, router)
        for path in value["paths"]:
            yield from _path_item(view.path, document, str(path), ("paths", path), router)
    elif any(_is_operation(value.get(method)) for method in METHODS):
        yield from _operations(document, "", (), f"{module_of(view.path)}.{_ITEM}")


def _path_item(file: str, document: Document, path: str, keys: tuple[str, ...], router: str) -> Iterator[Route | Mount]:
    item = _at(document.value, keys)
    reference = item.get("$ref") if isinstance(item, dict) else None
    if isinstance(reference, str) and reference.startswith("#/"):
        keys = tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))
    elif isinstance(reference, str):
        target = relative(file, reference.split("#", 1)[0])
        yield Mount(path, f"{module_of(target)}.{_ITEM}", router)
        return
    yield from _operations(document, path, keys, router)


def _operations(document: Document, path: str, keys: tuple[str, ...], router: str) -> Iterator[Route]:
    item = _at(document.value, keys)
    for method in METHODS:
        operation = item.get(method) if isinstance(item, dict) else None
        if isinstance(operation, dict):
            place = document.place(*keys, method)
            documented = any(_words(operation.get(key)) for key in ("summary", "description"))
            subject = str(operation.get("operationId") or "its operation")
            yield Route(method.upper(), path, place.line, place.column, documented, subject, router, specified=True)


def _bases(value: dict[str, Any]) -> list[str]:
    """What may go before every path: nothing, and the paths of the servers."""
    servers = value.get("servers")
    written = [str(s.get("url", "")) for s in servers if isinstance(s, dict)] if isinstance(servers, list) else []
    written.append(str(value.get("basePath") or ""))
    paths = (re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/]*", "", url).rstrip("/") for url in written)
    return sorted({"", *paths})


def _is_operation(value: object) -> bool:
    return isinstance(value, dict) and ("responses" in value or "operationId" in value)


def _words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _at(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
