"""What the pattern engine needs to know of each grammar: one module a language, a default for those without.

Adding a language to the pattern engine costs a module with `QUIRKS` here, named like the grammar's facts in `languages`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from ospec_guard.pattern.tree import Quirks


@cache
def quirks_of(grammar: str) -> Quirks:
    """The quirks of the grammar called `grammar`; where there are none, what most grammars have in common."""
    name = f"{__name__}.{grammar}"
    if find_spec(name) is None:
        return Quirks()
    found: Quirks = import_module(name).QUIRKS
    return found
