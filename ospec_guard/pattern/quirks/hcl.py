"""How HCL's grammar (Terraform) maps to the vocabulary of `tree`.

A block is a call: its type the function, its labels and its body the arguments. A body is a `dict` of attributes and blocks.
"""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Builder, Quirks, Tree

_SIGNS = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|<<-?(\w+)\n.*?\n\s*\1|#[^\n]*|//[^\n]*|\.\.\.>?|<\.\.\.|[\[({]|[\])}]|[^\s"]', re.DOTALL
)


def _ellipses_in_bodies(text: str) -> str:
    """The text with `... = ...` for each ellipsis that stands where an attribute would."""
    made: list[str] = []
    open_, last, done = [""], "", 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        made.append(text[done : found.start()])
        done = found.end()
        if sign in "[({":
            open_.append(sign)
        elif sign in "])}" and len(open_) > 1:
            open_.pop()
        is_entry = sign == "..." and open_[-1] in ("", "{") and last not in ("=", ":", "?", ".") and not _is_bare(text)
        made.append("... = ..." if is_entry else sign)
        last = sign
    return "".join(made) + text[done:]


def _is_bare(text: str) -> bool:
    return text.strip() == "..."


def _block(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("call", syntax, _block_parts)


def _block_parts(tree: Tree, syntax: Any) -> Kids:
    named = _parts(syntax)
    function = tree.node(named[0])
    args: Kids = []
    end = named[0].end_byte
    for child in named[1:]:
        if child.type == "block_start":
            args.append(_braces(tree, syntax))
            break
        args.append(tree.node(child))
    return [function, Node("args", end, syntax.end_byte, kids=args, syntax=syntax, tree=tree)]


def _literal(tree: Tree, syntax: Any) -> Node:
    """A text; where it is a label of a block, it binds what is inside of the quotes."""
    node = _string(tree, syntax)
    if syntax.parent.type == "block":
        node.start, node.end = node.start + 1, node.end - 1
    return node


def _body(tree: Tree, syntax: Any) -> Node:
    """The whole text, or what is in the braces of a block: as statements that follow one another and as an object."""
    entries = tree.lazy("block", syntax, lambda t, s: [_entry(t, part) for part in _parts(s)])
    if syntax.parent is None or syntax.parent.type != "block":
        return entries
    return tree.make("several", syntax, (entries, _braces(tree, syntax.parent)))


def _braces(tree: Tree, block: Any) -> Node:
    start = next(child.start_byte for child in block.children if child.type == "block_start")
    return Node("dict", start, block.end_byte, syntax=block, tree=tree, make=_entries)


def _entries(tree: Tree, block: Any) -> Kids:
    return [_entry(tree, part) for child in _parts(block) if child.type == "body" for part in _parts(child)]


def _entry(tree: Tree, syntax: Any) -> Node:
    """An attribute, or a block, which is a statement: one that a pattern has may be deep inside of one in the code."""
    node = tree.node(syntax)
    return node if node.kind == "pair" else Node("exprstmt", node.start, node.end, kids=[node], syntax=syntax, tree=tree)


def _elem(tree: Tree, syntax: Any) -> Node:
    """An entry of an object: that with a colon is another than that with an equals sign."""
    field = syntax.child_by_field_name
    sign = "".join([child.type for child in syntax.children if child.type == ":"])
    return tree.make("pair", syntax, (tree.node(field("key")), tree.node(field("val"))), sign)


def _expression(tree: Tree, syntax: Any) -> Node:
    """A value; the members that are taken of it are its siblings, and the last of them stands for the whole."""
    named = _parts(syntax)
    return _operand(tree, named[-1]) if named else tree.plain(syntax)


def _operand(tree: Tree, syntax: Any) -> Node:
    """A value, with the brackets around it."""
    node = tree.node(syntax)
    before, after = syntax.prev_sibling, syntax.next_sibling
    if before is not None and after is not None and before.type == "(" and after.type == ")":
        return node.widened(before.start_byte, after.end_byte)
    return node


def _parts(syntax: Any) -> list[Any]:
    return [child for child in syntax.named_children if not child.is_extra]


def _object(tree: Tree, member: Any) -> Node:
    """What a member is taken of."""
    before = member.prev_named_sibling
    return _operand(tree, before) if before is not None else _every(tree, member.parent.parent)


def _every(tree: Tree, splat: Any) -> Node:
    """All elements of a list, as a member called `*`."""
    of = _object(tree, splat)
    sign = splat.named_children[0].children[0]
    star = Node("ident", sign.start_byte, sign.end_byte, text=tree.text(sign), kids=[], syntax=splat, tree=tree)
    return Node("dot", of.start, star.end, kids=[of, star], syntax=splat, tree=tree)


def _attribute(tree: Tree, syntax: Any) -> Node:
    of = _object(tree, syntax)
    return Node("dot", of.start, syntax.end_byte, kids=[of, tree.name(_parts(syntax)[0])], syntax=syntax, tree=tree)


def _index(tree: Tree, syntax: Any) -> Node:
    of = _object(tree, syntax)
    subscripts = [tree.node(child) for part in _parts(syntax) for child in _parts(part)]
    return Node("index", of.start, syntax.end_byte, kids=[of, *subscripts], syntax=syntax, tree=tree)


def _splat(tree: Tree, syntax: Any) -> Node:
    members = _parts(_parts(syntax)[0])
    return tree.node(members[-1]) if members else _every(tree, syntax)


def _operation(kind: str) -> Builder:
    """Operands, whose members the grammar gives beside them."""

    def build(tree: Tree, syntax: Any) -> Node:
        operands: list[Any] = []
        sign, fresh = "", True
        for child in syntax.children:
            if child.is_extra:
                continue
            if not child.is_named:
                sign, fresh = (sign, fresh) if child.type in "()" else (child.type, True)
            elif fresh:
                operands.append(child)
                fresh = False
            else:
                operands[-1] = child
        return tree.make(kind, syntax, [_operand(tree, child) for child in operands], sign)

    return build


_string = quoted("template_literal", "template_interpolation")


def _call(tree: Tree, syntax: Any) -> Node:
    named = _parts(syntax)
    args = tree.node(named[1]) if len(named) > 1 else tree.list("args", syntax, ())
    return tree.make("call", syntax, (tree.node(named[0]), args))


def _values(root: Node) -> dict[str, Node]:
    """`local.x`, and `var.x` with its default."""
    found: dict[str, Node] = {}
    for entry in root.kids:
        block = entry.kids[0] if entry is not None and entry.kind == "exprstmt" else None
        if block is None or block.kids[0] is None or block.kids[1] is None:
            continue
        *labels, body = block.kids[1].kids
        pairs = [kid.kids for kid in (body.kids if body is not None else []) if kid is not None and kid.kind == "pair"]
        entries = {key.text: value for key, value in pairs if key is not None and value is not None}
        if block.kids[0].text == "locals" and not labels:
            found |= {f"local.{name}": value for name, value in entries.items()}
        if block.kids[0].text == "variable" and labels and labels[0] is not None and "default" in entries:
            found["var." + "".join([kid.text for kid in labels[0].kids if kid is not None])] = entries["default"]
    return found


QUIRKS = Quirks(
    rules={
        "config_file": inner,
        "body": _body,
        "block": _block,
        "attribute": form("pair", "#0", "#1"),
        "object": elements("dict"),
        "object_elem": _elem,
        "tuple": elements("array"),
        "expression": _expression,
        "literal_value": inner,
        "collection_value": inner,
        "template_expr": inner,
        "variable_expr": inner,
        "operation": inner,
        "for_expr": inner,
        "binary_operation": _operation("binop"),
        "unary_operation": _operation("unary"),
        "get_attr": _attribute,
        "index": _index,
        "splat": _splat,
        "conditional": form("cond", "#0", "#1", "#2"),
        "function_call": _call,
        "function_arguments": elements("args"),
        "string_lit": _literal,
        "quoted_template": _string,
        "heredoc_template": _string,
        "numeric_lit": leaf("num"),
        "bool_lit": leaf("const"),
        "null_lit": leaf("const"),
    },
    kinds={
        "body": ("block", "dict"),
        "block": ("call",),
        "object": ("dict",),
        "object_elem": ("pair",),
        "tuple": ("array",),
        "get_attr": ("dot",),
        "index": ("index",),
        "splat": ("dot",),
        "expression": ("dot", "index"),
        "config_file": ("several",),
        "literal_value": ("several",),
        "collection_value": ("several",),
        "template_expr": ("several",),
        "variable_expr": ("several",),
        "for_expr": ("several",),
        "operation": ("several",),
        "binary_operation": ("binop",),
        "unary_operation": ("unary",),
        "function_call": ("call",),
        "function_arguments": ("args",),
        "string_lit": ("str",),
        "quoted_template": ("str",),
        "heredoc_template": ("str",),
        "numeric_lit": ("num",),
        "bool_lit": ("const",),
        "null_lit": ("const",),
    },
    dropped=types(
        """template_interpolation_start template_interpolation_end object_start object_end tuple_start tuple_end block_start
        block_end quoted_template_start quoted_template_end"""
    ),
    contexts=("@@", "__c__ = @@", "__c__ = { @@ }"),
    shared=_values,
    loose_literals=True,
    rewrite=_ellipses_in_bodies,
    unordered=frozenset({"dict"}),
    implied=frozenset({"dict"}),
    literal_texts=True,
    dollars=True,
)
