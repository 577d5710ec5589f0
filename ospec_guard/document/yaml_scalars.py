"""What a YAML scalar means: the core schema of YAML 1.2 and its tags.

Only plain untagged scalars can be anything but text. Dates, `yes`, `off` and `12:30` are text.
"""

from __future__ import annotations

import re

from ospec_guard.document.text import TOO_LONG

TAG = "tag:yaml.org,2002:"
"""What `!!` stands for."""

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBERS_START = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = frozenset((".nan", ".NaN", ".NAN"))
_LONGEST_INT = 4000
"""Characters; Python itself refuses to read or print numbers that are a little longer."""
_TYPES: dict[str, tuple[type, ...]] = {"null": (type(None),), "bool": (bool,), "int": (int,), "float": (float, int)}


def plain(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar. Raises ValueError for a number too long to handle."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBERS_START:
        return text
    if _INT.fullmatch(text):
        if len(text) > _LONGEST_INT:
            raise ValueError(TOO_LONG)
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT.fullmatch(text):
        return float(text)
    if text in _NAN or _INFINITY.fullmatch(text):
        return float(text.replace(".", ""))
    return text


def tagged(tag: str, text: str) -> str | int | float | bool | None:
    """The value of a scalar with an explicit tag. Raises ValueError saying, in plain words, what does not fit."""
    name = tag.removeprefix(TAG)
    if tag == "!" or name == "str":
        return text
    if name == tag or name not in _TYPES:
        raise ValueError(f"tag {shown_tag(tag)} is not supported")
    value = plain(text)
    if (isinstance(value, bool) and name != "bool") or not isinstance(value, _TYPES[name]):
        raise ValueError(f"the value does not fit its tag {shown_tag(tag)}")
    return float(value) if name == "float" and isinstance(value, int) else value


def shown_tag(tag: str) -> str:
    """A tag as it is usually written."""
    name = tag.removeprefix(TAG)
    return name if name == tag else f"!!{name}"
