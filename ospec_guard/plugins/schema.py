"""JSON Schemas that plugins bring: whether one is a schema, and what it says against a value.

Nothing is fetched, whatever a `$ref` names, and no message shows a value: it may have come from the environment.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ospec_guard.errors import nearest

_VALUE = "the value"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_problem(schema: Any) -> str:
    """Why a value is no usable JSON Schema, empty when it is one. Without `$schema` it is read as draft 2020-12."""
    try:
        _validator(schema)
    except ValueError as error:
        where = _path(getattr(error, "instance_path", []))
        reason = str(getattr(error, "message", error))
        if "retrieving it failed" in reason:
            return "a '$ref' leads out of the schema; put what it names under '$defs'"
        if reason.startswith("Unknown meta-schema"):
            return f"'$schema' names no draft known here; write {_DRAFT}"
        return f"{where}: {reason}" if where else reason
    return ""


def violations(schema: Any, value: Any) -> list[tuple[tuple[str | int, ...], str, str]]:
    """What a usable schema says against a value: (keys that lead to the place, message, hint), in order of place."""
    try:
        errors = list(_validator(schema).iter_errors(value))
    except UnicodeEncodeError:
        return [((), "a text in it is not Unicode", "")]
    found = []
    for error in errors:
        keys = tuple(error.instance_path)
        kind = error.kind.as_dict()
        if "unexpected" in kind:
            found += [((*keys, name), f"unknown key '{name}'", _known_near(name, schema, keys)) for name in kind["unexpected"]]
        elif error.kind.name == "required":
            found.append((keys, f"'{kind['property']}' is missing", ""))
        elif error.kind.name == "falseSchema":
            found.append((keys, "no value is allowed here", ""))
        else:
            found.append((keys, error.message, ""))
    return sorted(found, key=lambda each: ([str(key) for key in each[0]], each[1]))


def _validator(schema: Any) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(schema, retriever=_refuse, mask=_VALUE)


def _refuse(uri: str) -> NoReturn:
    raise LookupError(f"{uri} is not fetched")


def _path(keys: list[str | int]) -> str:
    return ".".join(str(key) for key in keys)


def _known_near(name: str, schema: Any, keys: tuple[str | int, ...]) -> str:
    """A hint from the properties at the keys, where they can be found by walking down `properties`."""
    for key in keys:
        schema = schema.get("properties", {}).get(key) if isinstance(schema, dict) else None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return nearest(name, list(properties)) if isinstance(properties, dict) else ""
