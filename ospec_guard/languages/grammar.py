"""Grammars and their facts, loaded once a process and only when a text of the language is parsed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, cast

from ospec_guard.languages.facts import Facts

if TYPE_CHECKING:
    from types import ModuleType

    import tree_sitter

_PATIENCE = 3_000
"""Steps, of a hundred operations each, at one place of a text; in whole texts and common errors it is some hundreds."""
_CHUNK = 512
"""Bytes handed to the parser, and to nodes asked for their text, at once."""


@cache
def facts_of(name: str) -> Facts:
    """The facts of the grammar called `name`: `languages/<name>.py`."""
    return cast("Facts", import_module(f"ospec_guard.languages.{name}").FACTS)


@cache
def parser_of(name: str) -> tree_sitter.Parser:
    """The parser for the grammar called `name`. Raises ModuleNotFoundError where its wheel is not installed."""
    import warnings

    import tree_sitter

    facts = facts_of(name)
    pointer = getattr(_binding(facts.module), facts.function)()
    with warnings.catch_warnings():
        # Older wheels give a bare address, which tree-sitter accepts and frowns at; who runs the check cannot mend that.
        warnings.simplefilter("ignore", DeprecationWarning)
        return tree_sitter.Parser(tree_sitter.Language(pointer))


def tree_of(name: str, data: bytes) -> tree_sitter.Tree | None:
    """The tree of a text by the grammar called `name`; None where the grammar gets lost in it.

    Of some broken texts a grammar tries ever more readings, and takes all time and memory. It is given up on after so many
    steps at one place: counted, not timed, so that the same text always gives the same tree.
    """
    parser = parser_of(name)
    patience = min(_PATIENCE + len(data) // 50, 20 * _PATIENCE)
    furthest, steps = -1, 0

    def is_lost(offset: int, _has_error: bool) -> bool:
        nonlocal furthest, steps
        furthest, steps = (offset, 0) if offset > furthest else (furthest, steps + 1)
        return steps > patience

    try:
        return parser.parse(lambda offset, _: data[offset : offset + _CHUNK], progress_callback=is_lost)
    except ValueError:
        parser.reset()
        return None


def _binding(package: str) -> ModuleType:
    """The compiled module in a grammar's package, without running the package's `__init__`.

    That only offers editor queries, and costs about 20 ms for `importlib.resources`; the compiled part costs 1 ms.
    """
    spec = PathFinder.find_spec(package)
    found = spec and PathFinder.find_spec(f"{package}._binding", spec.submodule_search_locations)
    if not found or found.loader is None:
        return import_module(package)
    module = found.loader.create_module(found)
    if module is None:
        return import_module(package)
    found.loader.exec_module(module)
    return module
