"""How Scala's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, bracketed, elements, form, inner, leaf, stripped
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import case, guarded, switch
from ospec_guard.pattern.tree import Quirks, Tree

_OPERATORS = types("+ - * / % == != < > <= >= && || & | ^ << >> >>> === =/=")
"""Any other is a method between its object and its argument."""
_COMPARISONS = frozenset(("==", "!=", "<=", ">=", "===", "=/="))


def _named(syntax: Any, *kinds: str) -> list[Any]:
    return [child for child in syntax.named_children if not child.is_extra and (not kinds or child.type in kinds)]


def _first(syntax: Any, *kinds: str) -> Any | None:
    return next(iter(_named(syntax, *kinds)), None)


def _maybe(tree: Tree, syntax: Any | None) -> Node | None:
    return tree.node(syntax) if syntax is not None else None


def _call(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    arguments = field("arguments")
    if arguments.type == "arguments":
        args = tree.node(arguments)
    else:
        args = Node("args", arguments.start_byte, arguments.end_byte, kids=[_braced(tree, arguments)], syntax=syntax, tree=tree)
    return tree.make("call", syntax, (tree.node(field("function")), args))


def _braced(tree: Tree, syntax: Any) -> Node:
    """`f { x => … }` is `f(x => …)`."""
    parts = _named(syntax)
    return tree.node(parts[0]) if len(parts) == 1 and parts[0].type == "lambda_expression" else tree.node(syntax)


def _infix(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    operator = tree.text(field("operator"))
    if operator.endswith("=") and operator not in _COMPARISONS and not operator[0].isalpha():
        return tree.lazy("augmented_assignment_expression", syntax, Tree.children)
    left, right = tree.node(field("left")), tree.node(field("right"))
    if operator in _OPERATORS:
        return tree.make("binop", syntax, (left, right), operator)
    member = Node(
        "dot", left.start, field("operator").end_byte, kids=[left, tree.name(field("operator"))], syntax=syntax, tree=tree
    )
    return tree.make("call", syntax, (member, tree.list("args", field("right"), [right])))


def _assignment(tree: Tree, syntax: Any) -> Node:
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    parent = syntax.parent
    if parent is not None and parent.type == "arguments":
        return tree.make("kwarg", syntax, (tree.name(left), tree.node(right)))
    return tree.make("assign", syntax, (tree.node(left), tree.node(right)))


def _value(tree: Tree, syntax: Any) -> Node:
    """`val` and `var`, with a value or without."""
    field = syntax.child_by_field_name
    word = next((child for child in syntax.children if child.type in ("val", "var", "given")), syntax.children[0])
    # A pattern's `var` is any variable, its `val` a constant.
    modifiers = tree.attrs(syntax).kids
    attrs = tree.list("attrs", word, [*modifiers, tree.node(word)] if word.type == "val" else modifiers)
    target = field("pattern") or field("name")
    kids: Kids = [attrs, tree.node(target), _maybe(tree, field("type")), _maybe(tree, field("value"))]
    return Node("var", _start(modifiers, target), syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _start(modifiers: Kids, name: Any) -> int:
    """Where a definition starts: with its modifiers or its name, without the keyword."""
    return min([int(name.start_byte), *[one.start for one in modifiers[:1] if one is not None]])


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    lists = syntax.children_by_field_name("parameters")
    params = [kid for one in lists for kid in tree.node(one).kids]
    listed = tree.list("params", field("name"), ())
    if lists:
        listed = Node("params", lists[0].start_byte, lists[-1].end_byte, kids=params, syntax=lists[0], tree=tree)
    kids = (tree.attrs(syntax), tree.name(field("name")), listed, _maybe(tree, field("return_type")), tree.body(field("body")))
    start = _start(tree.attrs(syntax).kids, field("name"))
    return Node("func", start, syntax.end_byte, text="function", kids=[*kids], syntax=syntax, tree=tree)


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    words = [tree.node(child) for child in syntax.children if child.type in ("val", "var")]
    attrs = tree.list("attrs", syntax.children[0], [*tree.attrs(syntax).kids, *words])
    kids = (attrs, tree.node(field("name")), _maybe(tree, field("type")), _maybe(tree, field("default_value")))
    return tree.make("param", syntax, kids)


def _binding(tree: Tree, syntax: Any) -> Node:
    names = _named(syntax)
    type_ = syntax.child_by_field_name("type") or (names[1] if len(names) > 1 else None)
    target = syntax if not names else names[0]
    kids = (tree.list("attrs", syntax, ()), tree.node(target) if names else tree.plain(syntax), _maybe(tree, type_), None)
    return tree.make("param", syntax, kids)


def _lambda(tree: Tree, syntax: Any) -> Node:
    arrow = next((child.start_byte for child in syntax.children if child.type in ("=>", "?=>")), syntax.start_byte)
    head = [child for child in _named(syntax) if child.start_byte < arrow]
    statements = [child for child in _named(syntax) if child.start_byte > arrow]
    written = next((child for child in head if child.type != "implicit"), None)
    if written is not None and written.type == "bindings":
        params = tree.node(written)
    elif written is not None:
        # `x: T => …` has no brackets around its parameter.
        kids: Kids = [
            tree.list("attrs", written, ()),
            tree.node(written),
            tree.node(head[-1]) if head[-1] != written else None,
            None,
        ]
        params = tree.list(
            "params", written, [Node("param", written.start_byte, head[-1].end_byte, kids=kids, syntax=written, tree=tree)]
        )
    else:
        params = tree.list("params", syntax, ())
    if len(statements) == 1:
        body = tree.body(statements[0])
    else:
        body = tree.list("block", syntax, [tree.statement(child) for child in statements])
    return tree.make("func", syntax, (tree.list("attrs", syntax.children[0], ()), None, params, None, body), "lambda")


def _class(word: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        field = syntax.child_by_field_name
        words = [tree.node(child) for child in syntax.children if child.type == "case"]
        clause = field("extend")
        supers = [tree.node(child) for child in clause.children_by_field_name("type") if child.is_named] if clause else []
        lists = syntax.children_by_field_name("class_parameters")
        params = [kid for one in lists for kid in tree.node(one).kids]
        given = _first(clause, "arguments") if clause else None
        if given is not None and supers:
            supers[0] = Node(
                "call", supers[0].start, given.end_byte, kids=[supers[0], tree.node(given)], syntax=clause, tree=tree
            )
        kids: Kids = [
            tree.list("attrs", syntax.children[0], [*tree.attrs(syntax).kids, *words]),
            tree.name(field("name")),
            tree.list("supers", clause or field("name"), supers),
            _maybe(tree, field("body")),
            tree.list("params", lists[0] if lists else field("name"), params),
        ]
        attrs = kids[0].kids if kids[0] is not None else []
        return Node("class", _start(attrs, field("name")), syntax.end_byte, text=word, kids=kids, syntax=syntax, tree=tree)

    return build


def _new(tree: Tree, syntax: Any) -> Node:
    named = _named(syntax)
    arguments, body = _first(syntax, "arguments"), _first(syntax, "template_body")
    type_ = next((child for child in named if child not in (arguments, body)), None)
    args = tree.node(arguments) if arguments is not None else tree.list("args", type_ or syntax, ())
    return tree.make("new", syntax, (_maybe(tree, type_), args, _anonymous(tree, body) if body is not None else None))


def _anonymous(tree: Tree, body: Any) -> Node:
    kids = [tree.list("attrs", body.children[0], ()), None, tree.list("supers", body.children[0], ()), tree.node(body)]
    return tree.make("class", body, kids, "class")


def _access(tree: Tree, syntax: Any) -> Node:
    """`private[this]` is `private`."""
    return tree.make("tok", syntax, (), tree.text(syntax).partition("[")[0].strip())


def _annotation(tree: Tree, syntax: Any) -> Node:
    name, arguments = syntax.child_by_field_name("name"), syntax.child_by_field_name("arguments")
    if arguments is None:
        return tree.make("attr", syntax, (tree.node(name),))
    kids: list[Node | None] = [tree.node(name), tree.node(arguments)]
    return tree.make("attr", syntax, (Node("call", name.start_byte, syntax.end_byte, kids=kids, syntax=syntax, tree=tree),))


def _import(tree: Tree, syntax: Any) -> Node:
    names = [child for child in syntax.children_by_field_name("path") if child.is_named]
    star, selectors = _first(syntax, "namespace_wildcard"), _first(syntax, "namespace_selectors")
    if star is not None:
        return tree.make("import", syntax, (_path(tree, names), tree.make("ident", star, (), "*"), None))
    if selectors is None:
        if len(names) == 1:
            return tree.make("import", syntax, (tree.node(names[0]), None, None))
        return tree.make("import", syntax, (_path(tree, names[:-1]), tree.name(names[-1]), None))
    made = []
    for child in _named(selectors):
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if child.type == "namespace_wildcard":
            last, local = tree.make("ident", child, (), "*"), None
        else:
            last, local = tree.name(name or child), tree.name(alias) if alias is not None else None
        made.append(tree.make("import", syntax, (_path(tree, names), last, local)))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _path(tree: Tree, names: list[Any]) -> Node:
    made = tree.node(names[0])
    for child in names[1:]:
        made = Node("dot", made.start, child.end_byte, kids=[made, tree.name(child)], syntax=child, tree=tree)
    return made


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (_test(tree, field("condition")), tree.body(field("consequence")), tree.body(field("alternative")))
    return tree.make("if", syntax, kids)


def _test(tree: Tree, syntax: Any) -> Node:
    return inner(tree, syntax) if syntax.type == "parenthesized_expression" else tree.node(syntax)


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (_test(tree, field("condition")), tree.statement(field("body"))))


def _for(tree: Tree, syntax: Any) -> Node:
    heads = [tree.node(child) for child in syntax.children_by_field_name("enumerators") if child.is_named]
    return tree.make("foreach", syntax, (*heads, tree.body(syntax.child_by_field_name("body"))))


def _try(tree: Tree, syntax: Any) -> Node:
    caught, last = _first(syntax, "catch_clause"), _first(syntax, "finally_clause")
    within = _first(caught) if caught is not None else None
    cases = _named(within) if within is not None and within.type == "case_block" else [within] if within is not None else []
    handlers = tree.list("handlers", caught or syntax, [tree.node(child) for child in cases])
    return tree.make("try", syntax, (None, tree.body(syntax.child_by_field_name("body")), handlers, _maybe(tree, last)))


def _case(tree: Tree, syntax: Any) -> Node:
    bodies = [child for child in syntax.children_by_field_name("body") if child.is_named]
    heads = [tree.node(child) for child in _named(syntax) if child not in bodies]
    labels = [guarded(tree, heads[0], heads[1] if len(heads) > 1 else None)]
    if len(bodies) == 1 and bodies[0].type == "block":
        return case(tree, syntax, labels, tree.node(bodies[0]))
    return case(tree, syntax, labels, tree.list("block", syntax, [tree.statement(child) for child in bodies]))


def _match(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("value")), lambda t, _: [*t.named(body)])


def _interpolated(tree: Tree, syntax: Any) -> Node:
    """`s"a $x b"`: characters are what lies between the quotes and the interpolations."""
    word, literal = syntax.child_by_field_name("interpolator"), _first(syntax, "interpolated_string")
    if literal is None:
        return tree.plain(syntax)
    quote = 3 if tree.data[literal.start_byte : literal.start_byte + 3] == b'"""' else 1
    at, end = literal.start_byte + quote, literal.end_byte - quote
    kids: Kids = []
    for hole in _named(literal, "interpolation"):
        kids += _chars(tree, at, hole.start_byte, syntax)
        value = _first(hole)
        within = _first(value) if value is not None and value.type == "block" and value.named_child_count == 1 else value
        kids.append(_maybe(tree, within))
        at = hole.end_byte
    kids += _chars(tree, at, end, syntax)
    return tree.make("str", syntax, kids, tree.text(word) if word is not None else "")


def _chars(tree: Tree, start: int, end: int, syntax: Any) -> Kids:
    if start >= end:
        return []
    text = tree.data[start:end].decode(errors="replace")
    return [Node("chars", start, end, text=text, kids=[], syntax=syntax, tree=tree)]


_POSTFIX = re.compile(r"^(\s*\$[A-Z_][A-Z0-9_]*)[ \t]+(?=\$[A-Z_][A-Z0-9_]*\s*=(?![=>]))", re.MULTILINE)


def _spelled(text: str) -> str:
    """`a b = c` assigns to the member `b` of `a`; the grammar knows it with a dot alone."""
    return _POSTFIX.sub(r"\1.", text)


QUIRKS = Quirks(
    rules={
        "compilation_unit": block,
        "block": block,
        "indented_block": block,
        "template_body": block,
        "enum_body": block,
        "call_expression": _call,
        "arguments": elements("args"),
        "field_expression": form("dot", "value", "field!ident"),
        "stable_identifier": form("dot", "#0", "#1"),
        "stable_type_identifier": form("dot", "#0", "#1"),
        "generic_function": form("generic", "function", "type_arguments"),
        "generic_type": form("generic", "type", "type_arguments"),
        "infix_expression": _infix,
        "assignment_expression": _assignment,
        "val_definition": _value,
        "var_definition": _value,
        "val_declaration": _value,
        "var_declaration": _value,
        "function_definition": _function,
        "function_declaration": _function,
        "parameters": elements("params"),
        "class_parameters": elements("params"),
        "bindings": elements("params"),
        "parameter": _param,
        "class_parameter": _param,
        "binding": _binding,
        "lambda_expression": _lambda,
        "class_definition": _class("class"),
        "enum_definition": _class("class"),
        "object_definition": _class("object"),
        "package_object": _class("object"),
        "trait_definition": _class("trait"),
        "instance_expression": _new,
        "annotation": _annotation,
        "access_modifier": _access,
        "import_declaration": _import,
        "if_expression": _if,
        "while_expression": _while,
        "for_expression": _for,
        "try_expression": _try,
        "match_expression": _match,
        "case_block": elements("cases"),
        "case_clause": _case,
        "return_expression": form("return", "#0"),
        "throw_expression": form("throw", "#0"),
        "parenthesized_expression": bracketed,
        "tuple_expression": elements("tuple"),
        "tuple_pattern": elements("tuple"),
        "string": stripped('"'),
        "interpolated_string_expression": _interpolated,
        "integer_literal": leaf("num"),
        "floating_point_literal": leaf("num"),
        "boolean_literal": leaf("const"),
        "null_literal": leaf("const"),
        "operator_identifier": leaf("ident"),
    },
    kinds={
        "compilation_unit": ("block",),
        "block": ("block",),
        "indented_block": ("block",),
        "template_body": ("block",),
        "enum_body": ("block",),
        "call_expression": ("call",),
        "arguments": ("args",),
        "infix_expression": ("binop", "call", "dot", "augmented_assignment_expression"),
        "assignment_expression": ("assign", "kwarg"),
        "val_definition": ("var",),
        "var_definition": ("var",),
        "val_declaration": ("var",),
        "var_declaration": ("var",),
        "function_definition": ("func",),
        "function_declaration": ("func",),
        "parameters": ("params",),
        "class_parameters": ("params",),
        "bindings": ("params",),
        "parameter": ("param",),
        "class_parameter": ("param",),
        "binding": ("param",),
        "lambda_expression": ("func",),
        "class_definition": ("class",),
        "enum_definition": ("class",),
        "object_definition": ("class",),
        "package_object": ("class",),
        "trait_definition": ("class",),
        "instance_expression": ("new",),
        "annotation": ("attr", "call"),
        "access_modifier": ("tok",),
        "import_declaration": ("import",),
        "if_expression": ("if",),
        "while_expression": ("while",),
        "for_expression": ("foreach",),
        "try_expression": ("try",),
        "match_expression": ("switch",),
        "case_block": ("cases",),
        "case_clause": ("case", "block"),
        "tuple_expression": ("tuple",),
        "tuple_pattern": ("tuple",),
        "string": ("str",),
        "interpolated_string_expression": ("str",),
        "integer_literal": ("num",),
        "floating_point_literal": ("num",),
        "boolean_literal": ("const",),
        "null_literal": ("const",),
        "operator_identifier": ("ident",),
    },
    statements=types("foreach package_clause type_definition do_while_expression extension_definition"),
    modifiers=types("modifiers annotation"),
    reserved=types("def class object trait if else for while match try return throw val var import package new case extends"),
    contexts=(
        "@@",
        "class __C__ { @@ }",
        "def __f__ = { @@ }",
        "@@ class __C__",
        "val __x__: @@ = 1",
        "@@ = 1",
        "x match { @@ }",
    ),
    ellipses=("$", "$: $", "$;", "case $ =>"),
    sealed=frozenset({"func", "new", "try", "switch"}),
    results=types("function_definition lambda_expression"),
    voids=types("new"),
    metavariable="__M{}z",
    settled=frozenset({"val"}),
    typed="$X: T",
    declared=True,
    rewrite=_spelled,
    methods_are_fields=True,
    dollars=True,
)
