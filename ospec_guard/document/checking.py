"""Checking documents against shapes: pydantic finds what is wrong, this module says it in our words and at its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from ospec_guard.document.shape import UNION_TAGS, alternatives, describe, inside, keys_of, show_option, unwrapped, validator
from ospec_guard.document.text import PROBLEM_LIMIT, SHOWN, quoted, too_many
from ospec_guard.document.tree import Document
from ospec_guard.errors import Problem, nearest
from ospec_guard.model import Place

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T")
_NUMBER = r"[-+]?[0-9]+(\.[0-9]+)?"
_WRITE_LIST = "write a list, if only of one item"
_OF_KEY = "[key]"
"""How pydantic ends the place of an error about a key of a dict."""


def validate(document: Document, shape: type[T], *, also: Collection[str] = ()) -> tuple[T | None, tuple[Problem, ...]]:
    """The document as an instance of a shape (see `shape`), or None and every problem, in the order of their places.

    Nothing is coerced, except that a whole number may stand for a number. Keys in `also` may stand beside the shape's own
    at the top and are passed over. Raises TypeError if an annotation of the shape cannot be part of one.
    """
    from pydantic_core import ValidationError

    value: Any = document.value
    wanted: Any = shape
    if not document.exists:
        return None, (_missing(document, document.keys[-1:]),)
    if also and isinstance(value, dict):
        over = set(also).difference(keys_of(shape))
        value = {key: child for key, child in value.items() if key not in over}
    try:
        made: T = validator(wanted).validate_python(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        return made, ()
    problems = list(dict.fromkeys(_problem(document, shape, detail, also) for detail in details[:PROBLEM_LIMIT]))
    problems.sort(key=_order)
    if len(details) > PROBLEM_LIMIT:
        problems.append(too_many(problems[-1].place))
    return None, tuple(problems)


def validate_tagged(
    document: Document, tag: str, table: Mapping[str, type[T]], *, also: Collection[str] = ()
) -> tuple[T | None, tuple[Problem, ...]]:
    """As `validate`, with the shape that `table` has for the text at the key `tag`; the shape itself need not know the key."""
    if not document.exists:
        return None, (_missing(document, document.keys[-1:]),)
    known = sorted(table)
    if not isinstance(document.value, dict):
        return None, (Problem(f"expected a mapping, got {_shown(document, (), document.value)}", document.place()),)
    if tag not in document.value:
        return None, (Problem(_missing(document, (tag,)).message, document.place(), f"write one of {', '.join(known)}"),)
    name = document.value[tag]
    if not isinstance(name, str) or name not in table:
        message = f"expected one of {', '.join(known)}; got {_shown(document, (tag,), name)}"
        return None, (Problem(message, document.place(tag), nearest(name, known) if isinstance(name, str) else ""),)
    return validate(document, table[name], also=(*also, tag))


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place or Place(""), problem.message


class _Spot(NamedTuple):
    """What pydantic's place of an error means."""

    keys: tuple[str | int, ...]
    """The way there in the document."""
    annotation: Any
    """What the shape wants there."""
    parent: Any
    """What it wants of the mapping or list around."""
    of_key: bool
    """The key itself is wrong, not what stands there; `annotation` is then that of the key."""


def _spot(shape: Any, steps: tuple[str | int, ...]) -> _Spot:
    keys: list[str | int] = []
    annotation = wanted = parent = shape
    union: Any = None
    for number, step in enumerate(steps, start=1):
        if step == _OF_KEY and number == len(steps) and (key := _checked_key(parent)):
            return _Spot(tuple(keys), key, parent, of_key=True)
        if isinstance(step, str) and step.startswith(UNION_TAGS):
            union, annotation = annotation, inside(annotation, step)
            continue
        keys.append(step)
        parent = annotation
        annotation = inside(annotation, step)
        wanted = _telling_apart(union, step) or annotation
        union = None
    return _Spot(tuple(keys), wanted, parent, of_key=False)


def _telling_apart(union: Any, key: str | int) -> Any:
    """The Literal of all values that tell the shapes in a union apart at a key; None where none do."""
    literals = [unwrapped(inside(part, key))[0] for part in alternatives(union) if is_dataclass(part)]
    options = tuple(option for literal in literals if get_origin(literal) is Literal for option in get_args(literal))
    return Literal[options] if options else None


def _checked_key(annotation: Any) -> Any:
    """The annotation of a dict's keys if it wants more of them than to be text, else None."""
    base, _ = unwrapped(annotation)
    return get_args(base)[0] if get_origin(base) is dict and get_args(base)[0] is not str else None


def _problem(document: Document, shape: Any, detail: ErrorDetails, also: Collection[str]) -> Problem:
    """One pydantic error in our words."""
    spot = _spot(shape, detail["loc"])
    kind, context, keys = detail["type"], detail.get("ctx", {}), spot.keys
    if kind == "missing":
        return _missing(document, keys)
    if kind == "unexpected_keyword_argument":
        return _unknown(document, keys, sorted({*keys_of(spot.parent), *(also if len(keys) == 1 else ())}))
    value = keys[-1] if spot.of_key else document.at(*keys).value
    got = f"got {_shown(document, keys, value)}"
    if kind == "refused":
        return Problem(_refusal(context, got), document.place(*keys), context["hint"])
    if kind == "value_error":
        return Problem(str(context["error"]), document.place(*keys))
    expected = describe(spot.annotation)
    message = f"expected {expected}{';' if expected.startswith('one of') else ','} {got}"
    return Problem(message, document.place(*keys), _hint(spot.annotation, value))


def _missing(document: Document, keys: tuple[str | int, ...]) -> Problem:
    message = f"missing key {quoted(keys[-1])}" if keys and isinstance(keys[-1], str) else "missing value"
    return Problem(message, document.place(*keys[:-1]))


def _unknown(document: Document, keys: tuple[str | int, ...], known: list[str]) -> Problem:
    key = str(keys[-1])
    hint = nearest(key, known) or f"known keys: {', '.join(known)}"
    return Problem(f"unknown key {quoted(key)}", document.place(*keys), hint)


def _refusal(context: Mapping[str, Any], got: str) -> str:
    reason, expected = context["reason"], context["expected"]
    if not expected:
        return str(reason) or f"not allowed: {got}"
    return f"expected {expected}, {got}: {reason}" if reason else f"expected {expected}, {got}"


def _shown(document: Document, keys: tuple[str | int, ...], value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return show_option(value)
    if isinstance(value, (int, float)):
        written = document.written(*keys) or ""
        number = written if written.startswith(tuple("+-.0123456789")) else str(value)  # an alias is written otherwise
        return f"a number ({number if len(number) <= SHOWN else number[: SHOWN - 1] + '…'})"
    return "a list" if isinstance(value, list) else "a mapping"


def _hint(annotation: Any, value: Any) -> str:
    """What to do about a value of the wrong kind, where that is known."""
    bases = alternatives(annotation)
    lists = any(get_origin(base) is tuple for base in bases)
    if isinstance(value, str):
        if (value in ("true", "false") and bool in bases) or (re.fullmatch(_NUMBER, value) and {int, float} & set(bases)):
            return "remove the quotes"
        options = [option for base in bases if get_origin(base) is Literal for option in get_args(base)]
        near = nearest(value, [option for option in options if isinstance(option, str)])
        return near or (_WRITE_LIST if lists else "")
    if isinstance(value, (bool, int, float)):
        return "put it in quotes" if str in bases else _WRITE_LIST if lists else ""
    return ""
