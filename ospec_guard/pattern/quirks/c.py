"""How C's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

from ospec_guard.pattern.quirks.braces import declared
from ospec_guard.pattern.quirks.cfamily import CONTEXTS, ELLIPSES, KINDS, RESERVED, RULES, STATEMENTS
from ospec_guard.pattern.tree import Quirks

QUIRKS = Quirks(
    rules=RULES,
    kinds=KINDS,
    statements=STATEMENTS,
    contexts=CONTEXTS,
    ellipses=ELLIPSES,
    metavariable="__M{}__",
    declared=True,
    typed="T $X",
    reserved=RESERVED,
    rewrite=declared,
    settled=frozenset({"constexpr"}),
    literals={"str": ("char*",), "num": ("int",), "char": ("char",)},
)
