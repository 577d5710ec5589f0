"""How JSON's grammar maps to the vocabulary of `tree`.

JSON has no names: in patterns, a metavariable or an ellipsis is spelled as a text that starts with a character of no script.
"""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.pattern.builders import elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Quirks, Tree

_MARK = "\ue000"
"""From the private use area: in no text that means something."""
_BACKSLASH = "\ue001"
"""Stands for a backslash that JSON does not know, as expressions have them."""
_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_SIGNS = re.compile(r'"(?:[^"\\\n]|\\.)*"|\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*|\.\.\.|[A-Za-z_][\w-]*(?=\s*:)|,\s*(?=[\]}]|\Z)|[^\s"]')
_BARE = re.compile(r"[A-Za-z_]")
_NAME = re.compile(r"\$[A-Z_][A-Z0-9_]*")


def _named(text: str) -> str:
    """The text with metavariables and ellipses as marked texts, between entries as entries; keys quoted; no needless commas."""
    made: list[str] = []
    open_, last, done = ["{"], "", 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        made.append(text[done : found.start()])
        done = found.end()
        if sign in "[{":
            open_.append(sign)
        elif sign in "]}" and len(open_) > 1:
            open_.pop()
        is_many = sign.startswith(("...", "$..."))
        if sign[0] == "," and _closes(text, done):
            continue
        if _BARE.match(sign) and text[done:].lstrip().startswith(":"):
            sign = f'"{sign}"'
        elif sign[0] == '"':
            sign = _ESCAPE.sub(_BACKSLASH, sign)
        elif is_many or _NAME.fullmatch(sign):
            is_entry = is_many and open_[-1] == "{" and last != ":" and text.strip() != sign
            sign = f'"{_MARK}{sign}": "{_MARK}..."' if is_entry else f'"{_MARK}{sign}"'
        made.append(sign)
        last = sign
    return "".join(made) + text[done:]


def _closes(text: str, at: int) -> bool:
    return at == len(text) or text[at] in "]}"


_text = quoted("string_content escape_sequence")


def _string(tree: Tree, syntax: Any) -> Node:
    node = _text(tree, syntax)
    first = node.kids[0] if node.kids else None
    if first is not None and first.text.startswith(_MARK):
        return tree.make("id", syntax, (), first.text.removeprefix(_MARK))
    if first is not None:
        first.text = first.text.replace(_BACKSLASH, "\\")
    return node


QUIRKS = Quirks(
    rules={
        "document": inner,
        "object": elements("dict"),
        "pair": form("pair", "key", "value"),
        "array": elements("array"),
        "string": _string,
        "number": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "null": leaf("const"),
    },
    kinds={
        "document": ("several",),
        "object": ("dict",),
        "array": ("array",),
        "string": ("str", "id"),
        "number": ("num",),
        "true": ("const",),
        "false": ("const",),
        "null": ("const",),
    },
    contexts=("@@", "{@@}"),
    rewrite=_named,
    unordered=frozenset({"dict"}),
    literal_texts=True,
    dollars=True,
)
