"""Shapes: plain dataclasses whose annotations say what a document must hold, and what pydantic makes of them.

A shape is built from str, int, float, bool, None, Literal, tuple[T, ...], dict[str, T], unions, Any, Annotated[T, Check(...)]
and further dataclasses. Fields without a default are required; `metadata={"alias": "ci-cd"}` names a key that is no identifier.

pydantic's core schemas are built directly: its adapters let a plain dataclass take unknown keys and coerced values unless the
class itself says otherwise, cannot choose between alternatives as we do, and cost twice the import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ospec_guard.document.check import Check

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator

UNION_TAGS = "\0"
"""What pydantic's names for the alternatives of a union begin with, wherever they show up in the place of an error."""

_SCALARS: dict[Any, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false", NoneType: "nothing"}
"""By annotation, what people call the values."""

_PLURALS = {"text": "text", "a whole number": "whole numbers", "a number": "numbers", "a mapping": "mappings"}


def keys_of(shape: Any) -> tuple[str, ...]:
    """The keys a shape knows (of a union, all of them do together), sorted."""
    return tuple(sorted({key for part in alternatives(shape) if is_dataclass(part) for key, _ in _entries(part)}))


def json_schema(shape: type) -> dict[str, Any]:
    """A JSON Schema (2020-12) of a shape, for editors; checks by function are not in it."""
    from pydantic.json_schema import GenerateJsonSchema

    return GenerateJsonSchema().generate(_whole_schema(shape))


@lru_cache(maxsize=256)
def validator(shape: Any) -> SchemaValidator:
    """What checks values against a shape and makes instances of it. Raises TypeError for an annotation no shape may have."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(_whole_schema(shape))


def describe(annotation: Any) -> str:
    """What people call the values an annotation allows: `text or a list of text`."""
    base, checks = unwrapped(annotation)
    for check in checks:
        if check.expected:
            return check.expected
    if base in _SCALARS:
        return _SCALARS[base]
    origin = get_origin(base)
    if origin is Literal:
        options = [show_option(option) for option in get_args(base)]
        return options[0] if len(options) == 1 else f"one of {', '.join(options)}"
    if origin in (Union, UnionType):
        parts = list(dict.fromkeys(describe(part) for part in get_args(base) if part is not NoneType))
        return f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else parts[0]
    if origin is tuple:
        item = describe(get_args(base)[0])
        return f"a list of {_PLURALS[item]}" if item in _PLURALS else "a list"
    return "a mapping" if origin is dict or is_dataclass(base) else "anything"


def show_option(option: object) -> str:
    """One value of a Literal as people write it."""
    return str(option).lower() if isinstance(option, bool) else str(option)


def unwrapped(annotation: Any) -> tuple[Any, tuple[Check, ...]]:
    """An annotation without `Annotated`, and the checks that it had."""
    if get_origin(annotation) is not Annotated:
        return annotation, ()
    base, *extras = get_args(annotation)
    return base, tuple(extra for extra in extras if isinstance(extra, Check))


def alternatives(annotation: Any) -> list[Any]:
    """The annotations that a union offers, bare of checks; of anything else, itself."""
    base, _ = unwrapped(annotation)
    return [unwrapped(part)[0] for part in get_args(base)] if get_origin(base) in (Union, UnionType) else [base]


def inside(annotation: Any, step: str | int) -> Any:
    """The annotation of what stands at one step of the place of a pydantic error: a key, an index, or a union's tag."""
    base, _ = unwrapped(annotation)
    origin = get_origin(base)
    if origin in (Union, UnionType):
        return dict(_tagged(base)).get(str(step), Any)
    if origin is tuple:
        return get_args(base)[0]
    if origin is dict:
        return get_args(base)[1]
    if is_dataclass(base):
        return next((hint for key, hint in _entries(base) if key == step), Any)
    return Any


def _entries(shape: Any) -> tuple[tuple[str, Any], ...]:
    """Key and annotation of every field of a dataclass."""
    return _read_entries(shape)


@lru_cache(maxsize=1024)
def _read_entries(shape: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(shape, include_extras=True)
    return tuple((_key(field), hints[field.name]) for field in fields(shape))


def _key(field: Field[Any]) -> str:
    return str(field.metadata.get("alias", field.name))


def _whole_schema(shape: Any) -> CoreSchema:
    from pydantic_core import core_schema

    definitions: dict[str, CoreSchema] = {}
    root = _schema(shape, definitions)
    return core_schema.definitions_schema(root, list(definitions.values()))


def _schema(annotation: Any, definitions: dict[str, CoreSchema]) -> CoreSchema:
    """The core schema of an annotation; those of dataclasses are put into `definitions`, so that shapes may be recursive."""
    from pydantic_core import core_schema

    base, checks = unwrapped(annotation)
    if checks:
        schema = _schema(base, definitions)
        for check in checks:
            schema = core_schema.no_info_after_validator_function(_refusing(check), schema)
        return schema
    scalars: dict[Any, Callable[[], CoreSchema]] = {
        Any: core_schema.any_schema,
        str: lambda: core_schema.str_schema(strict=True),
        int: lambda: core_schema.int_schema(strict=True),
        float: lambda: core_schema.float_schema(strict=True),
        bool: lambda: core_schema.bool_schema(strict=True),
        NoneType: core_schema.none_schema,
    }
    if base in scalars:
        return scalars[base]()
    origin, arguments = get_origin(base), get_args(base)
    if origin is Literal:
        return core_schema.literal_schema(list(arguments))
    if origin is tuple and arguments[1:] == (...,):
        return core_schema.tuple_schema([_schema(arguments[0], definitions)], variadic_item_index=0)
    if origin is dict:
        return core_schema.dict_schema(*(_schema(argument, definitions) for argument in arguments))
    if origin in (Union, UnionType):
        return _union_schema(base, definitions)
    if isinstance(base, type) and is_dataclass(base):
        return _dataclass_schema(base, definitions)
    raise TypeError(f"{annotation!r} cannot be part of a shape")


def _dataclass_schema(shape: type[Any], definitions: dict[str, CoreSchema]) -> CoreSchema:
    from pydantic_core import core_schema

    ref = f"{shape.__module__}.{shape.__qualname__}:{id(shape)}"
    if ref not in definitions:
        definitions[ref] = core_schema.any_schema()  # holds the place while the fields are looked at
        hints = get_type_hints(shape, include_extras=True)
        parts = [
            core_schema.dataclass_field(
                field.name,
                _with_default(field, _schema(hints[field.name], definitions)),
                kw_only=True,
                validation_alias=_key(field),
            )
            for field in fields(shape)
        ]
        definitions[ref] = core_schema.dataclass_schema(
            shape,
            core_schema.dataclass_args_schema(shape.__name__, parts, extra_behavior="forbid"),
            [field.name for field in fields(shape)],
            post_init=hasattr(shape, "__post_init__"),
            slots="__slots__" in vars(shape),
            config={"extra_fields_behavior": "forbid"},
            ref=ref,
        )
    return core_schema.definition_reference_schema(ref)


def _with_default(field: Field[Any], schema: CoreSchema) -> CoreSchema:
    from pydantic_core import core_schema

    if field.default_factory is not MISSING:
        return core_schema.with_default_schema(schema, default_factory=field.default_factory)
    return schema if field.default is MISSING else core_schema.with_default_schema(schema, default=field.default)


def _union_schema(union: Any, definitions: dict[str, CoreSchema]) -> CoreSchema:
    """A union that settles on one alternative by looking at the value, so that errors are told of that one only."""
    from pydantic_core import core_schema

    parts = _tagged(union)

    def choose(value: Any) -> str | None:
        fits = [(_fit(part, value), -number, tag) for number, (tag, part) in enumerate(parts)]
        best = max(fits)
        return best[2] if best[0] > 0 else None

    choices = {tag: _schema(part, definitions) for tag, part in parts}
    return core_schema.tagged_union_schema(choices, choose)


def _tagged(union: Any) -> list[tuple[str, Any]]:
    return [(f"{UNION_TAGS}{number}", part) for number, part in enumerate(get_args(union))]


def _fit(annotation: Any, value: Any) -> int:
    """How likely it is that a value is meant for an alternative of a union; 0: not at all."""
    base, _ = unwrapped(annotation)
    origin = get_origin(base)
    if origin is Literal:
        return 100 if _is_option(base, value) else int(any(type(option) is type(value) for option in get_args(base)))
    if base in _SCALARS:
        return 50 if type(value) is base else int(base is float and type(value) is int)
    if is_dataclass(base):
        return _fit_keys(base, value) if isinstance(value, dict) else 0
    return int(base is Any or isinstance(value, list if origin is tuple else dict))


def _fit_keys(shape: Any, value: dict[str, Any]) -> int:
    """Keys in common count for a dataclass; keys that tell shapes apart by a Literal count most."""
    fit = 1000
    for key, annotation in _entries(shape):
        base, _ = unwrapped(annotation)
        if key in value:
            fit += 1 if get_origin(base) is not Literal else 100 if _is_option(base, value[key]) else -100
    return max(fit, 1)


def _is_option(literal: Any, value: object) -> bool:
    return any(type(option) is type(value) and option == value for option in get_args(literal))


def _refusing(check: Check) -> Callable[[Any], Any]:
    from pydantic_core import PydanticCustomError

    def refuse(value: Any) -> Any:
        try:
            check.function(value)
        except ValueError as error:
            context = {"reason": str(error), "expected": check.expected, "hint": check.hint}
            raise PydanticCustomError("refused", "refused", context) from error
        return value

    return refuse
