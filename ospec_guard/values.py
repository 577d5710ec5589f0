"""`@value`: frozen classes with slots, as `@dataclass(frozen=True, slots=True)` makes them, without its price at start-up.

A dataclass compiles its methods anew in every process, 0.7 ms each: for the eighty of a warm check as much as everything else
together (`docs/decisions/0005-values.md`). These share methods written once. To `dataclasses` (`fields`, `replace`, `asdict`)
and to type checkers they are dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import field, replace
    from typing import TypeVar, dataclass_transform, overload

    T = TypeVar("T")

__all__ = ["field", "replace", "value"]

_MISSING: Any = object()


class _Field:
    """What `field` returns: how a field that is not given comes by its value, and whether it counts in comparisons."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(
        self,
        *,
        default: Any = _MISSING,
        default_factory: Any = _MISSING,
        compare: bool = True,
        repr: bool = True,  # noqa: A002 - dataclasses' own word
    ) -> None:
        self.default, self.default_factory, self.compare, self.repr = default, default_factory, compare, repr


class _DataclassFields:
    """`__dataclass_fields__`, made by `dataclasses` itself when somebody first asks for it."""

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        import dataclasses

        twin = dataclasses.make_dataclass(
            owner.__name__,
            [(name, owner.__annotations_of__[name], _as_dataclass_field(made)) for name, made in owner.__fields_of__.items()],  # type: ignore[attr-defined]
            frozen=True,
        )
        made: dict[str, Any] = twin.__dataclass_fields__  # type: ignore[attr-defined]
        type.__setattr__(owner, "__dataclass_fields__", made)
        return made


def _as_dataclass_field(made: _Field) -> Any:
    import dataclasses

    known = {"default": made.default, "default_factory": made.default_factory}
    return dataclasses.field(compare=made.compare, repr=made.repr, **{k: v for k, v in known.items() if v is not _MISSING})


def _init(self: Any, *args: Any, **kwargs: Any) -> None:
    setters = self.__bare_setters_of__
    if len(args) == len(setters):
        for set_field, given in zip(setters, args, strict=True):
            set_field(self, given)
    else:
        _init_by_name(self, args, kwargs)
        return
    if kwargs:
        raise TypeError(f"{type(self).__name__} got {', '.join(sorted(kwargs))} besides all its fields")


def _init_by_name(self: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    setters = self.__setters_of__
    if len(args) > len(setters):
        raise TypeError(f"{type(self).__name__} takes {len(setters)} values, got {len(args)}")
    given = iter(args)
    for name, set_field, _ in setters[: len(args)]:
        if name in kwargs:
            raise TypeError(f"{type(self).__name__} got two values for '{name}'")
        set_field(self, next(given))
    used = 0
    for name, set_field, made in setters[len(args) :]:
        if name in kwargs:
            used += 1
            set_field(self, kwargs[name])
        elif made.default is not _MISSING:
            set_field(self, made.default)
        elif made.default_factory is not _MISSING:
            set_field(self, made.default_factory())
        else:
            raise TypeError(f"{type(self).__name__} needs '{name}'")
    if used != len(kwargs):
        unknown = sorted(set(kwargs) - {name for name, _, _ in setters})
        raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}")


def _key(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__compared__])


def _eq(self: Any, other: object) -> bool:
    return _key(self) == _key(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_key(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, made in self.__fields_of__.items() if made.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_set(self: Any, name: str, _value: object = None) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: '{name}' cannot be changed")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple([getattr(self, name) for name in self.__match_args__])


def _lt(self: Any, other: Any) -> bool:
    return _key(self) < _key(other) if type(other) is type(self) else NotImplemented


def _le(self: Any, other: Any) -> bool:
    return _key(self) <= _key(other) if type(other) is type(self) else NotImplemented


def _gt(self: Any, other: Any) -> bool:
    return _key(self) > _key(other) if type(other) is type(self) else NotImplemented


def _ge(self: Any, other: Any) -> bool:
    return _key(self) >= _key(other) if type(other) is type(self) else NotImplemented


_METHODS: dict[str, Any] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_set,
    "__reduce__": _reduce,
}
_ORDER: dict[str, Any] = {"__lt__": _lt, "__le__": _le, "__gt__": _gt, "__ge__": _ge}


if TYPE_CHECKING:

    @overload
    @dataclass_transform(frozen_default=True, field_specifiers=(field,))
    def value(cls: type[T], /) -> type[T]: ...

    @overload
    @dataclass_transform(frozen_default=True, field_specifiers=(field,))
    def value(*, order: bool = False) -> Callable[[type[T]], type[T]]: ...

    def value(cls: Any = None, /, *, order: bool = False) -> Any:
        """Makes the class frozen, with slots, compared and hashed by its fields; `order=True` sorts by them too."""

else:

    def field(**options: Any) -> Any:
        """As `dataclasses.field`, with `default`, `default_factory`, `compare` and `repr`."""
        return _Field(**options)

    def replace(given: T, **changes: Any) -> T:
        """As `dataclasses.replace`."""
        names = given.__match_args__
        if not changes.keys() <= set(names):
            raise TypeError(f"{type(given).__name__} has no {', '.join(sorted(changes.keys() - set(names)))}")
        return type(given)(*[changes[name] if name in changes else getattr(given, name) for name in names])

    def value(cls: type[T] | None = None, /, *, order: bool = False) -> Any:
        """Makes the class frozen, with slots, compared and hashed by its fields; `order=True` sorts by them too."""
        return _make(cls, order) if cls is not None else lambda given: _make(given, order)


def _make(cls: type, order: bool) -> type:
    fields: dict[str, _Field] = {}
    annotations: dict[str, Any] = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update(getattr(base, "__fields_of__", {}))
        annotations.update(getattr(base, "__annotations_of__", {}))
    inherited = set(fields)
    namespace = {name: kept for name, kept in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if "ClassVar" not in str(annotation):
            given = namespace.pop(name, _MISSING)
            fields[name] = given if isinstance(given, _Field) else _Field(default=given)
            annotations[name] = annotation
    namespace["__slots__"] = tuple(name for name in fields if name not in inherited)
    for method, function in {**_METHODS, **(_ORDER if order else {})}.items():
        namespace.setdefault(method, function)
    namespace["__match_args__"] = tuple(fields)
    namespace["__compared__"] = tuple(name for name, made in fields.items() if made.compare)
    namespace["__fields_of__"] = fields
    namespace["__annotations_of__"] = annotations
    namespace["__dataclass_fields__"] = _DataclassFields()
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    setters = tuple((name, getattr(made, name).__set__, one) for name, one in fields.items())
    type.__setattr__(made, "__setters_of__", setters)
    type.__setattr__(made, "__bare_setters_of__", tuple(set_field for _, set_field, _ in setters))
    return made
