"""How YAML's grammar maps to the vocabulary of `tree`: mappings are `dict`s, sequences `array`s, whatever their style."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from ospec_guard.pattern.builders import elements, inner, leaf
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.tree import Quirks, Tree

_MARK = "\ue000"
"""From the private use area: begins the names that metavariables are spelled as."""
_NAME = re.compile(_MARK + r"\w+")
_CONSTANTS = {
    **dict.fromkeys(("y", "yes", "true", "on"), "true"),
    **dict.fromkeys(("n", "no", "false", "off"), "false"),
    **dict.fromkeys(("", "~", "null"), "null"),
}
_BACKSLASH = "\ue001"
"""Stands for a backslash that YAML does not know, as expressions have them."""
_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_UNKNOWN = re.compile(r'(?<!\\)((?:\\\\)*)\\(?![0abtnvfre "/\\N_LPxuU])')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\x1b", "u": "\\u", "x": "\\x"}
_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s"'#\[{&*!|>-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s|$)""")


def _spelled(text: str) -> str:
    """The text with each `...` on a line of its own as a pair or an item, like what stands beside it; all escapes known."""
    text = _DOUBLE_QUOTED.sub(lambda found: _UNKNOWN.sub(rf"\1{_BACKSLASH}", found[0]), text)
    lines = text.split("\n")
    entries = [_entries(line) for line in lines]
    for number, found in enumerate(entries):
        column, kind = found[-1] if found else (0, "")
        if kind == "dots":
            spelled = {"key": "...: ...", "-": "- ..."}.get(_kind_at(entries, number, column), "...")
            lines[number] = lines[number][:column] + spelled
    return "\n".join(lines)


def _entries(line: str) -> list[tuple[int, str]]:
    """What begins in which column of a line: `-`, `key`, `dots` or `scalar`."""
    found: list[tuple[int, str]] = []
    column = len(line) - len(line.lstrip())
    rest = line[column:].rstrip()
    while rest == "-" or rest.startswith("- "):
        found.append((column, "-"))
        after = rest[1:].lstrip()
        column += len(rest) - len(after)
        rest = after
    if rest == "...":
        found.append((column, "dots"))
    elif rest and not rest.startswith("#"):
        found.append((column, "key" if _KEY.match(rest) else "scalar"))
    return found


def _kind_at(entries: list[list[tuple[int, str]]], number: int, column: int) -> str:
    """What the other entries are of the list that the one in this line and column is in."""
    kinds: set[str] = set()
    above = range(number - 1, -1, -1) if len(entries[number]) == 1 else ()
    for lines in (range(number + 1, len(entries)), above):
        for other in lines:
            if not entries[other]:
                continue
            first = entries[other][0][0]
            if first < column and lines is not above:
                break
            kinds |= {kind for at, kind in entries[other] if at == column}
            if first < column:
                break
    return "key" if "key" in kinds else "-" if "-" in kinds else ""


def _scalar(tree: Tree, syntax: Any) -> Node:
    """Plain text: a name in patterns, a constant, or a text like one in quotes."""
    text = tree.text(syntax)
    if _NAME.fullmatch(text):
        return tree.make("id", syntax, (), text)
    constant = _CONSTANTS.get(text.lower())
    if constant is not None:
        return tree.make("const", syntax, (), constant)
    return _text(tree, syntax, " ".join(text.split()) if "\n" in text else text)


def _text(tree: Tree, syntax: Any, content: str, margin: int = 0) -> Node:
    if not content:
        return tree.make("str", syntax)
    start, end = syntax.start_byte + margin, syntax.end_byte - margin
    return tree.make("str", syntax, [Node("chars", start, end, text=content, kids=[], syntax=syntax, tree=tree)])


def _quoted(tree: Tree, syntax: Any) -> Node:
    content = re.sub(r"\s*\n\s*", " ", tree.text(syntax)[1:-1])
    if syntax.type == "double_quote_scalar":
        content = _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), content)
        content = content.replace(_BACKSLASH, "\\")
    else:
        content = content.replace("''", "'")
    return _text(tree, syntax, content, 1)


def _block_scalar(tree: Tree, syntax: Any) -> Node:
    """A text in lines: its place begins behind the sign for its style."""
    head, _, body = tree.text(syntax).partition("\n")
    body = textwrap.dedent(body)
    if head.startswith(">"):
        body = re.sub(r"(?<!\n)\n(?!\n|\s|\Z)", " ", body)
    node = _text(tree, syntax, body.strip("\n"))
    node.start += len(head.encode())
    return node


def _wrapped(tree: Tree, syntax: Any) -> Node:
    """A value with its anchor and its tag."""
    node, tag = None, None
    for child in syntax.named_children:
        if child.type == "tag":
            tag = child
        elif child.type != "anchor" and not child.is_extra:
            node = tree.node(child)
    if node is None:
        node = _nothing(tree, syntax)
    if tag is not None:
        return tree.make("cast", syntax, (tree.make("ident", tag, (), tree.text(tag)), node))
    return node.widened(syntax.start_byte, node.end) if node.start != syntax.start_byte else node


def _nothing(tree: Tree, after: Any) -> Node:
    """The value that is missing behind a key: an empty text."""
    return Node("str", after.end_byte, after.end_byte, kids=[], syntax=after, tree=tree)


def _alias(tree: Tree, syntax: Any) -> Node:
    """What the alias stands for, in the alias's place."""
    name = tree.text(syntax).removeprefix("*")
    at = -1
    for found in re.finditer(rb"&" + re.escape(name.encode()) + rb"(?=\s)", tree.data[: syntax.start_byte]):
        at = found.start()
    anchor: Any = tree.syntax_root
    anchor = anchor.descendant_for_byte_range(at, at + 1) if at >= 0 else None
    while anchor is not None and anchor.type not in ("block_node", "flow_node"):
        anchor = anchor.parent
    if anchor is None or anchor.end_byte > syntax.start_byte:
        return tree.plain(syntax)
    return tree.node(anchor).widened(syntax.start_byte, syntax.end_byte)


def _pair(tree: Tree, syntax: Any) -> Node:
    key, value = syntax.child_by_field_name("key"), syntax.child_by_field_name("value")
    kids = (tree.node(key) if key is not None else None, tree.node(value) if value is not None else _nothing(tree, syntax))
    return tree.make("pair", syntax, kids)


_scalars = ("str", "const", "id")

QUIRKS = Quirks(
    rules={
        "document": inner,
        "block_node": _wrapped,
        "flow_node": _wrapped,
        "plain_scalar": inner,
        "block_mapping": elements("dict"),
        "flow_mapping": elements("dict"),
        "block_mapping_pair": _pair,
        "flow_pair": _pair,
        "block_sequence": elements("array"),
        "flow_sequence": elements("array"),
        "block_sequence_item": inner,
        "string_scalar": _scalar,
        "boolean_scalar": _scalar,
        "null_scalar": _scalar,
        "integer_scalar": leaf("num"),
        "float_scalar": leaf("num"),
        "timestamp_scalar": _scalar,
        "double_quote_scalar": _quoted,
        "single_quote_scalar": _quoted,
        "block_scalar": _block_scalar,
        "alias": _alias,
    },
    kinds={
        "document": ("several",),
        "block_node": ("cast",),
        "flow_node": ("cast",),
        "plain_scalar": ("several",),
        "block_sequence_item": ("several",),
        "block_mapping": ("dict",),
        "flow_mapping": ("dict",),
        "block_mapping_pair": ("pair",),
        "flow_pair": ("pair",),
        "block_sequence": ("array",),
        "flow_sequence": ("array",),
        "string_scalar": _scalars,
        "boolean_scalar": _scalars,
        "null_scalar": _scalars,
        "integer_scalar": ("num",),
        "float_scalar": ("num",),
        "timestamp_scalar": _scalars,
        "double_quote_scalar": ("str",),
        "single_quote_scalar": ("str",),
        "block_scalar": ("str",),
        "alias": ("alias",),
    },
    metavariable=_MARK + "__{}__",
    rewrite=_spelled,
    unordered=frozenset({"dict"}),
    lone=frozenset({"dict", "array"}),
    indented=True,
    literal_texts=True,
    dollars=True,
)
