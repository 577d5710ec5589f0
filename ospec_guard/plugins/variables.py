"""`${VAR}` in configuration: replaced from the environment, and never shown again.

Only names in capitals (`[A-Z_][A-Z0-9_]*`) are environment variables; `${task.priority}` and its kin are for a workflow to
fill in and stay as they are. `$${` writes a plain `${`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

_VARIABLE = re.compile(r"\$\$\{|\$\{([A-Z_][A-Z0-9_]*)\}")


class Secret:
    """A value that is not to be shown: its repr hides it, and it refuses to be pickled. `reveal()` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def reveal(self) -> Any:
        """The value itself; hand it on, never print or keep it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not written anywhere")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and bool(self._value == other._value)

    __hash__ = None  # type: ignore[assignment]  # what it holds has none


def variables(value: Any, *keys: str | int) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every variable in the texts of a value, with the keys that lead to the text, in the order written."""
    if isinstance(value, str):
        for match in _VARIABLE.finditer(value):
            if match[1]:
                yield match[1], keys
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from variables(part, *keys, key)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from variables(part, *keys, index)


def replaced(value: Any, environ: Mapping[str, str]) -> Any:
    """The value with every variable in its texts replaced, once; keys of mappings are left alone. Raises KeyError."""
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: environ[match[1]] if match[1] else "${", value)
    if isinstance(value, dict):
        return {key: replaced(part, environ) for key, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, environ) for part in value]
    return value
