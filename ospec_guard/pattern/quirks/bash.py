"""How Bash's grammar maps to the vocabulary of `tree`.

A command is a list of words. A word is a text, in whatever quotes; with expansions in it, a text with holes.
"""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, inner
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import branches, case, switch
from ospec_guard.pattern.tree import Builder, Quirks, Tree

_PLACEHOLDER = re.compile(r"__[MD]\w*__")
_DEEP = "__DEEP__"
_OPERATORS = {"&&": "&&;", "||": "||;", "|": "|;", "|&": "|;"}
"""None of them has operands in any order."""


def _word(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    if _PLACEHOLDER.fullmatch(text) and text != _DEEP:
        return tree.make("id", syntax, (), text)
    return tree.make("str", syntax, [_chars(tree, syntax.start_byte, syntax.end_byte)])


def _chars(tree: Tree, start: int, end: int) -> Node:
    text = tree.data[start:end].decode(errors="replace")
    return Node("chars", start, end, text=text, kids=[], tree=tree)


def _raw(tree: Tree, syntax: Any) -> Node:
    start, end = syntax.start_byte + (2 if syntax.type == "ansi_c_string" else 1), syntax.end_byte - 1
    return tree.make("str", syntax, [_chars(tree, start, end)] if end > start else [])


def _string(tree: Tree, syntax: Any) -> Node:
    kids: Kids = []
    for child in syntax.named_children:
        kids.append(_chars(tree, child.start_byte, child.end_byte) if child.type == "string_content" else tree.node(child))
    return tree.make("str", syntax, kids)


def _concatenation(tree: Tree, syntax: Any) -> Node:
    """A text where all parts are texts; else its parts, quoted ones apart."""
    parts = [tree.node(child) for child in syntax.named_children]
    kids = [kid for part in parts for kid in part.kids]
    if any(part.kind != "str" for part in parts) or any(kid is None or kid.kind != "chars" for kid in kids):
        return tree.make("concatenation", syntax, parts)
    text = "".join([kid.text for kid in kids if kid is not None])
    chars = Node("chars", syntax.start_byte, syntax.end_byte, text=text, kids=[], tree=tree)
    return tree.make("str", syntax, [chars] if text else [])


def _expansion(tree: Tree, syntax: Any) -> Node:
    """`$X`, `${X}` and, unless a pattern has more of it, `${X%.c}`."""
    names = syntax.named_children
    if not names or names[0].child_count:
        return tree.plain(syntax)
    rest = [tree.node(child) for child in syntax.children if child.start_byte >= names[0].end_byte and child.type != "}"]
    name = tree.make("id", names[0], (), tree.text(names[0]))
    return tree.make("expansion", syntax, (name, tree.list("attrs", syntax, rest)))


def _command(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("command", syntax, _words)


def _words(tree: Tree, syntax: Any) -> Kids:
    """The words, without assignments in front of them and redirections."""
    return [tree.node(child) for child in syntax.named_children if child.type not in _BESIDES and not child.is_extra]


_BESIDES = types("variable_assignment file_redirect heredoc_redirect herestring_redirect")


def _redirected(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    return tree.node(body) if body is not None else tree.plain(syntax)


def _chain(tree: Tree, syntax: Any) -> Node:
    """Commands with operators between them, from left to right."""
    node: Node | None = None
    sign = ""
    for child in syntax.children:
        if child.is_extra:
            continue
        if not child.is_named:
            sign = _OPERATORS.get(child.type, child.type)
            continue
        right = tree.node(child)
        if node is not None:
            right = Node("binop", node.start, right.end, text=sign, kids=[node, right], syntax=syntax, tree=tree)
        node = right
    return node or tree.plain(syntax)


def _substitution(kind: str) -> Builder:
    """`$(…)` and `<(…)`."""

    def build(tree: Tree, syntax: Any) -> Node:
        statements = tree.block(syntax).kids
        words = statements[0].kids[0].kids if len(statements) == 1 and statements[0] and statements[0].kids[0] else []
        if words[1:] and words[0] is not None and words[0].kind == "str" and tree.text(words[0].syntax) == _DEEP:
            function = tree.make("id", syntax, (), _DEEP)
            return tree.make("call", syntax, (function, tree.list("args", syntax, words[1:])))
        return tree.make(kind, syntax, statements)

    return build


def _assignment(tree: Tree, syntax: Any) -> Node:
    name, value = syntax.child_by_field_name("name"), syntax.child_by_field_name("value")
    if name is None or syntax.parent.type == "command":
        return tree.plain(syntax)
    nothing = Node("str", syntax.end_byte, syntax.end_byte, kids=[], syntax=syntax, tree=tree)
    return tree.make("assign", syntax, (tree.name(name), tree.node(value) if value is not None else nothing))


def _function(tree: Tree, syntax: Any) -> Node:
    name, body = syntax.child_by_field_name("name"), syntax.child_by_field_name("body")
    nothing = [tree.list(kind, name, ()) for kind in ("attrs", "params")]
    return tree.make("func", syntax, (nothing[0], tree.name(name), nothing[1], None, tree.body(body)), "function")


def _switch(tree: Tree, syntax: Any) -> Node:
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("value")), branches("case_item"))


def _case(tree: Tree, syntax: Any) -> Node:
    """`a|b) …`."""
    labels = [child for child in syntax.children_by_field_name("value") if child.is_named]
    rest = [child for child in syntax.named_children if not child.is_extra and child not in labels]
    body = tree.list("block", syntax, [tree.statement(child) for child in rest])
    return case(tree, syntax, [tree.node(child) for child in labels], body)


_words_kinds = ("str", "id")

QUIRKS = Quirks(
    rules={
        "program": block,
        "do_group": block,
        "compound_statement": block,
        "command": _command,
        "command_name": inner,
        "word": _word,
        "number": _word,
        "extglob_pattern": _word,
        "string": _string,
        "translated_string": inner,
        "raw_string": _raw,
        "ansi_c_string": _raw,
        "concatenation": _concatenation,
        "simple_expansion": _expansion,
        "expansion": _expansion,
        "redirected_statement": _redirected,
        "list": _chain,
        "pipeline": _chain,
        "command_substitution": _substitution("command_substitution"),
        "process_substitution": _substitution("process_substitution"),
        "variable_assignment": _assignment,
        "function_definition": _function,
        "case_statement": _switch,
        "case_item": _case,
    },
    kinds={
        "program": ("block",),
        "do_group": ("block",),
        "compound_statement": ("block",),
        "command": ("command",),
        "command_name": ("several",),
        "word": _words_kinds,
        "number": _words_kinds,
        "extglob_pattern": _words_kinds,
        "string": ("str",),
        "translated_string": ("several",),
        "raw_string": ("str",),
        "ansi_c_string": ("str",),
        "concatenation": ("str", "concatenation"),
        "simple_expansion": ("expansion",),
        "expansion": ("expansion",),
        "redirected_statement": ("several",),
        "list": ("binop",),
        "pipeline": ("binop",),
        "command_substitution": ("command_substitution", "call"),
        "process_substitution": ("process_substitution",),
        "variable_assignment": ("assign",),
        "function_definition": ("func",),
        "case_statement": ("switch",),
        "case_item": ("case", "block"),
    },
    identifiers=frozenset(),
    names=types("variable_name special_variable_name"),
    statements=types(
        """if_statement for_statement while_statement c_style_for_statement case until_statement
        select_statement subshell"""
    ),
    contexts=("@@", "@@; do :; done"),
    ellipses=("$", "$;"),
    deep=(f"$({_DEEP} ", ")"),
    lone=frozenset({"command"}),
    literal_texts=True,
    dollars=True,
)
