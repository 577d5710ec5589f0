"""The one thing that a shape needs beside plain dataclasses. On its own, so that declaring a shape imports nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ospec_guard.values import value


@value
class Check:
    """A further demand on a value of the right type, for `Annotated[T, Check(...)]`."""

    function: Callable[[Any], object]
    """Raises ValueError, saying what is wrong, to refuse a value; what it returns is ignored."""
    expected: str = ""
    """What people should write, as `a version range`; empty: the type says enough."""
    hint: str = ""
