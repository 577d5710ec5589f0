"""How TOML's grammar maps to the vocabulary of `tree`.

TOML has no names for values: there a metavariable or an ellipsis is spelled as a text in single quotes.
"""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, elements, form, leaf, stripped
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Quirks, Tree

_PLACEHOLDER = re.compile(r"'(__[MD]\w*__)'")
_VALUE = re.compile(r"""("[^"\n]*"|'[^'\n]*')|([=\[,])\s*(\$[A-Z_][A-Z0-9_]*)(?=\s*(?:[\],}#]|$))""", re.MULTILINE)
_QUOTED = stripped("\"'")


def _string(tree: Tree, syntax: Any) -> Node:
    placeholder = _PLACEHOLDER.fullmatch(tree.text(syntax))
    return tree.make("id", syntax, (), placeholder[1]) if placeholder else _QUOTED(tree, syntax)


def _key(tree: Tree, syntax: Any) -> Node:
    """`"a" = 1` is `a = 1`."""
    text = tree.text(syntax)
    placeholder = _PLACEHOLDER.fullmatch(text)
    return tree.make("ident", syntax, (), placeholder[1] if placeholder else text.strip("\"'"))


QUIRKS = Quirks(
    rules={
        "document": block,
        "pair": form("pair", "#0", "#1"),
        "array": elements("array"),
        "inline_table": elements("dict"),
        "quoted_key": _key,
        "string": _string,
        "integer": leaf("num"),
        "float": leaf("num"),
        "boolean": leaf("const"),
    },
    kinds={"string": ("str", "id"), "quoted_key": ("ident",)},
    names=types("bare_key"),
    statements=types("pair table table_array_element"),
    contexts=("@@", "__c__ = @@"),
    ellipses=("$", "'$'", "$ = 0"),
    metavariable_after={"=": "'__M{}__'", "[": "'__M{}__'", ",": "'__M{}__'"},
    rewrite=lambda text: _VALUE.sub(lambda found: found[1] or f" {found[2]} {found[3]}", text),
    unordered=frozenset({"dict"}),
    literal_texts=True,
    dollars=True,
)
