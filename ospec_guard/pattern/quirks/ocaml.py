"""How OCaml's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, block, bracketed, elements, form, inner, leaf, quoted, word
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import branches, case, guarded, switch
from ospec_guard.pattern.tree import Quirks, Tree


def _path(tree: Tree, syntax: Any) -> Node:
    """`A.B.c`: a name alone is one."""
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) == 1:
        return tree.node(named[0])
    object_ = tree.node(named[0])
    return Node("dot", object_.start, syntax.end_byte, kids=[object_, tree.name(named[-1])], syntax=syntax, tree=tree)


def _last_of_path(tree: Tree, syntax: Any) -> Node:
    """A name is no expression behind a module."""
    parent = syntax.parent
    is_part = parent is not None and parent.type.endswith("_path") and parent.named_child_count > 1
    kind = "ident" if is_part and parent.named_children[-1].id == syntax.id else "id"
    return tree.make(kind, syntax, (), tree.text(syntax))


def _call(tree: Tree, syntax: Any) -> Node:
    """`f x ~label:y`; `Some x` calls nothing."""
    arguments = [tree.node(child) for child in syntax.children_by_field_name("argument") if child.is_named]
    function = syntax.child_by_field_name("function")
    kind = "construct" if function.type == "constructor_path" else "call"
    return tree.make(kind, syntax, (tree.node(function), tree.list("args", syntax, arguments)))


def _labeled(tree: Tree, syntax: Any) -> Node:
    """`~a:b`, `?a:b`, `~a`."""
    named = [child for child in syntax.named_children if not child.is_extra]
    label, value = named[0], named[-1]
    return tree.make("kwarg", syntax, (tree.name(label), tree.node(value)))


def _binding(tree: Tree, syntax: Any) -> Node:
    """`let x = …` is a variable, `let f x = …` and `let f = fun x -> …` a function; others give names to parts of a value."""
    field = syntax.child_by_field_name
    name, body, type_ = field("pattern"), field("body"), field("type")
    params = _params(tree, syntax)
    if not params and body is not None and body.type == "fun_expression":
        params, body = _params(tree, body), body.child_by_field_name("body")
    target = tree.name(name) if name.type in ("value_name", "value_pattern") else tree.node(name)
    none = tree.list("attrs", syntax.children[0], ())
    declared = tree.node(type_) if type_ is not None else None
    value = tree.node(body) if body is not None else None
    if params:
        return tree.make("func", syntax, (none, target, tree.list("params", name, params), declared, value), "function")
    is_name = name.type in ("value_name", "value_pattern", "typed_pattern")
    return tree.make("var" if is_name else "let_pattern", syntax, (none, target, declared, value))


def _params(tree: Tree, syntax: Any) -> list[Node]:
    return [tree.node(child) for child in syntax.named_children if child.type == "parameter"]


def _definition(tree: Tree, syntax: Any) -> Node:
    """`let a = 1 and b = 2`."""
    made = [tree.node(child) for child in syntax.named_children if child.type == "let_binding"]
    if len(made) == 1:
        return made[0]
    return tree.make("several", syntax, made)


def _let(tree: Tree, syntax: Any) -> Node:
    """`let a = 1 in b`."""
    body = syntax.child_by_field_name("body")
    return tree.make(
        "let", syntax, [*[tree.node(c) for c in syntax.named_children if not c.is_extra and c.id != body.id], tree.node(body)]
    )


def _function(tree: Tree, syntax: Any) -> Node:
    params = _params(tree, syntax)
    first = syntax.children[0]
    body = tree.node(syntax.child_by_field_name("body"))
    return tree.make(
        "func", syntax, (tree.list("attrs", first, ()), None, tree.list("params", first, params), None, body), "lambda"
    )


def _param(tree: Tree, syntax: Any) -> Node:
    pattern, default = syntax.child_by_field_name("pattern"), syntax.child_by_field_name("default")
    if pattern is None:
        return tree.plain(syntax)
    type_ = pattern.child_by_field_name("type") if pattern.type == "typed_pattern" else None
    name = pattern.child_by_field_name("pattern") if type_ is not None else pattern
    kids = [
        tree.list("attrs", syntax.children[0], ()),
        tree.name(name),
        tree.node(type_) if type_ is not None else None,
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def _if(tree: Tree, syntax: Any) -> Node:
    kids: Kids = [tree.node(syntax.child_by_field_name("condition"))]
    for kind in ("then_clause", "else_clause"):
        clause = next((child for child in syntax.named_children if child.type == kind), None)
        kids.append(inner(tree, clause) if clause is not None else None)
    return tree.make("if", syntax, kids)


def _matched(tree: Tree, syntax: Any) -> Node:
    """`try x with …`: what is looked at, and the cases."""
    return tree.lazy(syntax.type, syntax, lambda t, s: [*t.named(s)])


def _match(tree: Tree, syntax: Any) -> Node:
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("expression")), branches("match_case"))


def _matching(tree: Tree, syntax: Any) -> Node:
    """`function 1 -> …` looks at what it is given."""
    word = syntax.children[0]
    return switch(tree, syntax, tree.make("id", word, (), "function"), branches("match_case"))


def _case(tree: Tree, syntax: Any) -> Node:
    guard = next((child for child in syntax.named_children if child.type == "guard"), None)
    label = tree.node(syntax.child_by_field_name("pattern"))
    body = tree.body(syntax.child_by_field_name("body")) or tree.list("block", syntax, ())
    return case(tree, syntax, [guarded(tree, label, inner(tree, guard) if guard is not None else None)], body)


def _infix(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    sign = field("operator")
    text = tree.text(sign) if sign is not None else "::"
    return tree.make("binop", syntax, (tree.node(field("left")), tree.node(field("right"))), text)


def _prefix(tree: Tree, syntax: Any) -> Node:
    operand = [child for child in syntax.named_children if not child.is_extra][-1]
    return tree.make("unary", syntax, (tree.node(operand),), tree.text(syntax.children[0]))


def _field(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name("field")
    name = field.named_children[-1] if field.named_child_count else field
    return tree.make("dot", syntax, (tree.node(syntax.child_by_field_name("record")), tree.name(name)))


def _set(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    return tree.make("assign", syntax, (tree.node(named[0]), tree.node(named[-1])))


def _get(tree: Tree, syntax: Any) -> Node:
    return tree.make(
        "index", syntax, (tree.node(syntax.child_by_field_name("sequence")), tree.node(syntax.child_by_field_name("index")))
    )


def _open(tree: Tree, syntax: Any) -> Node:
    path = syntax.child_by_field_name("module")
    star = Node("ident", path.end_byte, path.end_byte, text="*", kids=[], syntax=path, tree=tree)
    return tree.make("import", syntax, (tree.node(path), star, None))


_TEXT = re.compile(r'"=~/(?:[^"\\]|\\.)*"')
_ESCAPE = re.compile(r"\\(.)")
_CLASSES = {"d": "[0-9]", "w": "[A-Za-z0-9_]", "s": "[ \\t\\r\\n]"}


def _escaped(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in _CLASSES:
        return _CLASSES[sign]
    return found[0] if sign.isalnum() or sign in '\\"' else "/" if sign == "/" else f"[{sign}]"


def _spelled(text: str) -> str:
    """The pattern with expressions for texts in escapes that are OCaml's too."""
    return _TEXT.sub(lambda found: _ESCAPE.sub(_escaped, found[0]), text)


QUIRKS = Quirks(
    rules={
        "value_name": Maker(_last_of_path, "id", "ident"),
        "module_name": Maker(_last_of_path, "id", "ident"),
        "constructor_name": Maker(_last_of_path, "id", "ident"),
        "value_pattern": word(parameter="pattern", typed_pattern="pattern"),
        "compilation_unit": block,
        "structure": block,
        "sequence_expression": block,
        "expression_item": inner,
        "value_path": _path,
        "module_path": _path,
        "constructor_path": _path,
        "type_constructor_path": _path,
        "module_type_path": _path,
        "application_expression": _call,
        "labeled_argument": _labeled,
        "value_definition": _definition,
        "let_binding": _binding,
        "let_expression": _let,
        "fun_expression": _function,
        "parameter": _param,
        "if_expression": _if,
        "match_expression": _match,
        "function_expression": _matching,
        "match_case": _case,
        "try_expression": _matched,
        "infix_expression": _infix,
        "cons_expression": _infix,
        "prefix_expression": _prefix,
        "sign_expression": _prefix,
        "field_get_expression": _field,
        "set_expression": _set,
        "array_get_expression": _get,
        "string_get_expression": _get,
        "parenthesized_expression": bracketed,
        "parenthesized_pattern": bracketed,
        "list_expression": elements("array"),
        "empty_list": elements("array"),
        "array_expression": elements("array"),
        "tuple_expression": elements("tuple"),
        "product_expression": elements("tuple"),
        "record_expression": elements("dict"),
        "field_expression": form("pair", "#0", "body"),
        "field_path": _path,
        "string": quoted("string_content"),
        "quoted_string": quoted("quoted_string_content"),
        "number": leaf("num"),
        "signed_number": leaf("num"),
        "character": leaf("char"),
        "boolean": leaf("const"),
        "unit": leaf("const"),
        "open_module": _open,
    },
    kinds={
        "value_path": ("dot",),
        "module_path": ("dot",),
        "constructor_path": ("dot",),
        "type_constructor_path": ("dot",),
        "module_type_path": ("dot",),
        "field_path": ("dot",),
        "application_expression": ("call", "construct"),
        "labeled_argument": ("kwarg",),
        "value_definition": ("several",),
        "let_binding": ("var", "func", "let_pattern"),
        "let_expression": ("let",),
        "fun_expression": ("func",),
        "parameter": ("param",),
        "if_expression": ("if",),
        "match_expression": ("switch",),
        "function_expression": ("switch",),
        "match_case": ("case", "block"),
        "try_expression": ("try_expression",),
        "infix_expression": ("binop",),
        "cons_expression": ("binop",),
        "prefix_expression": ("unary",),
        "sign_expression": ("unary",),
        "field_get_expression": ("dot",),
        "set_expression": ("assign",),
        "array_get_expression": ("index",),
        "string_get_expression": ("index",),
        "open_module": ("import",),
    },
    identifiers=types("value_name value_pattern module_name constructor_name"),
    names=types("field_name type_constructor label_name type_variable"),
    statements=types(
        "type_definition module_definition exception_definition external module_type_definition include_module let_pattern"
    ),
    dropped=types("shebang"),
    contexts=(
        "@@",
        "let __x__ = @@",
        "match __x__ with @@",
        "module __M__ = struct @@ end",
        "let __f__ @@ = 1",
        "type __t__ = @@",
    ),
    ellipses=("$", "$ -> $", "$ = $"),
    metavariable="__M{}__",
    metavariable_after={"open": "M__{}__", "module": "M__{}__"},
    unordered=frozenset({"dict"}),
    rewrite=_spelled,
    opens=True,
)
