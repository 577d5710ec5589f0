"""How Swift's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, block, bracketed, elements, form, inner, leaf, quoted, word
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import branches, case, guarded, switch, together
from ospec_guard.pattern.tree import Quirks, Tree


def _named(syntax: Any) -> list[Any]:
    return [child for child in syntax.named_children if not child.is_extra]


def _dot(tree: Tree, syntax: Any) -> Node:
    """`a.b`, `a?.b`."""
    target, suffix = syntax.child_by_field_name("target"), syntax.child_by_field_name("suffix")
    name = suffix.child_by_field_name("suffix") or suffix
    return tree.make("dot", syntax, (tree.node(target), tree.name(name)))


def _call(tree: Tree, syntax: Any) -> Node:
    """A call with its closures as last arguments; `a[b]`."""
    function, suffix = _named(syntax)[0], _named(syntax)[-1]
    parts = _named(suffix)
    values = next((part for part in parts if part.type == "value_arguments"), None)
    args = tree.named(values) if values is not None else []
    if values is not None and values.children[0].type == "[":
        return tree.make("index", syntax, (tree.node(function), *args))
    closures = [tree.node(part) for part in parts if part.type == "lambda_literal"]
    return tree.make("call", syntax, (tree.node(function), tree.list("args", suffix, [*args, *closures])))


def _argument(tree: Tree, syntax: Any) -> Node:
    label, value = syntax.child_by_field_name("name"), syntax.child_by_field_name("value")
    if value is None:
        return inner(tree, syntax)
    if label is None:
        return tree.node(value)
    name = _named(label)
    return tree.make("kwarg", syntax, (tree.name(name[0] if name else label), tree.node(value)))


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if field("operator").type == "=":
        return tree.make("assign", syntax, (tree.node(field("target")), tree.node(field("result"))))
    return tree.lazy("augmented_assignment", syntax, Tree.children)


def _attrs(tree: Tree, syntax: Any) -> Node:
    """Attributes and modifiers, `let` and `var` among them: what is no attribute is a token."""
    found: Kids = []
    for child in syntax.children:
        if child.type == "modifiers":
            found += [_modifier(tree, one) for one in _named(child)]
        elif child.type in ("value_binding_pattern", "attribute"):
            found.append(_modifier(tree, child))
    return tree.list("attrs", syntax.children[0], found)


def _modifier(tree: Tree, syntax: Any) -> Node:
    return tree.node(syntax) if syntax.type == "attribute" else tree.make("tok", syntax, (), tree.text(syntax))


def _attribute(tree: Tree, syntax: Any) -> Node:
    """`@a`, `@a(1)`."""
    name, *args = _named(syntax)
    if not args:
        return tree.make("attr", syntax, (tree.node(name),))
    kids: Kids = [tree.node(name), tree.list("args", syntax, [tree.node(one) for one in args])]
    return tree.make("attr", syntax, (Node("call", name.start_byte, syntax.end_byte, kids=kids, syntax=syntax, tree=tree),))


def _property(tree: Tree, syntax: Any) -> Node:
    """`let a: T = 1, b = 2`."""
    attrs = _attrs(tree, syntax)
    parts: list[list[Any]] = []
    for child in _named(syntax):
        if child.type == "pattern":
            parts.append([child, None, None])
        elif parts and child.type == "type_annotation":
            parts[-1][1] = child
        elif parts and child.type not in ("modifiers", "value_binding_pattern", "attribute", "type_constraints"):
            parts[-1][2] = child
    made = []
    for name, type_, value in parts:
        kids = [attrs, tree.node(name), inner(tree, type_) if type_ else None, tree.node(value) if value else None]
        place = syntax if len(parts) == 1 else name
        made.append(tree.make("var", place, kids))
    if not made:
        return tree.plain(syntax)
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _function(tree: Tree, syntax: Any) -> Node:
    params: Kids = []
    type_ = None
    seen_arrow = False
    for child in syntax.children:
        if child.type == "parameter":
            params.append(_param(tree, child, child.next_sibling))
        elif child.type == "->":
            seen_arrow = True
        elif seen_arrow and type_ is None and child.is_named and child.type not in ("type_constraints", "function_body"):
            type_ = tree.node(child)
    body = syntax.child_by_field_name("body")
    name = syntax.child_by_field_name("name") or syntax.children[0]
    kids = [_attrs(tree, syntax), tree.name(name), tree.list("params", name, params), type_, tree.node(body) if body else None]
    return tree.make("func", syntax, kids, "function")


def _param(tree: Tree, syntax: Any, after: Any) -> Node:
    """A parameter; its default stands behind it."""
    names = syntax.children_by_field_name("name")
    default = after.next_sibling if after is not None and after.type == "=" else None
    types_ = [child for child in _named(syntax) if child.type not in ("simple_identifier", "parameter_modifiers")]
    kids: Kids = [
        tree.list("attrs", syntax.children[0], ()),
        tree.name(names[0]) if names else None,
        tree.node(types_[-1]) if types_ else None,
        tree.node(default) if default is not None else None,
    ]
    return Node(
        "param",
        syntax.start_byte,
        default.end_byte if default is not None else syntax.end_byte,
        kids=kids,
        syntax=syntax,
        tree=tree,
    )


def _closure(tree: Tree, syntax: Any) -> Node:
    head = syntax.child_by_field_name("type")
    params: Kids = []
    for part in _named(head) if head is not None else ():
        if part.type == "lambda_function_type_parameters":
            params += [_param(tree, child, None) for child in _named(part)]
    first = syntax.children[0]
    kids = [tree.list("attrs", first, ()), None, tree.list("params", head or first, params), None, _body(tree, syntax)]
    return tree.make("func", syntax, kids, "lambda")


def _switch(tree: Tree, syntax: Any) -> Node:
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("expr")), _cases)


_cases = branches("switch_entry")


def _entry(tree: Tree, syntax: Any) -> Node:
    """`case 1, 2:`, `case .a where b:`, `default:`."""
    heads = [child for child in _named(syntax) if child.type not in ("statements", "where_keyword", "default_keyword")]
    labels = [_label(tree, child.named_children[0]) for child in heads if child.type == "switch_pattern"]
    guards = [tree.node(child) for child in heads if child.type != "switch_pattern"]
    if labels and guards:
        labels[-1] = guarded(tree, labels[-1], guards[0])
    return case(tree, syntax, together(tree, labels), _body(tree, syntax))


def _label(tree: Tree, pattern: Any) -> Node:
    return tree.node(pattern) if pattern.child_count == 1 else tree.plain(pattern)


def _body(tree: Tree, syntax: Any) -> Node:
    """The statements among the children, as a block."""
    statements = next((child for child in syntax.named_children if child.type == "statements"), None)
    return tree.node(statements) if statements is not None else tree.make("block", syntax)


def _class(tree: Tree, syntax: Any) -> Node:
    """Structs, enums and extensions are classes of a sort."""
    kind, name, body = (syntax.child_by_field_name(field) for field in ("declaration_kind", "name", "body"))
    word = tree.text(kind) if kind is not None else "protocol"
    supers = [tree.node(child) for child in _named(syntax) if child.type == "inheritance_specifier"]
    attrs = _attrs(tree, syntax)
    if word not in ("class", "protocol"):
        attrs = tree.list("attrs", syntax.children[0], [*attrs.kids, tree.make("tok", kind, (), word)])
        word = "class"
    kids = [attrs, tree.name(name), tree.list("supers", name, supers), tree.node(body) if body else None]
    return tree.make("class", syntax, kids, word)


def _branches(tree: Tree, syntax: Any) -> tuple[Node | None, list[Node]]:
    """What is tested before the first brace, and the blocks."""
    tests: list[Node] = []
    blocks: list[Node] = []
    bound: tuple[Any, Any] | None = None
    opened = None
    for child in syntax.children:
        if child.type == "{":
            opened = child
        elif child.type == "}" and opened is not None:
            inside = [one for one in _named(syntax) if one.start_byte >= opened.end_byte and one.end_byte <= child.start_byte]
            kids = [kid for one in inside if one.type == "statements" for kid in tree.node(one).kids]
            blocks.append(Node("block", opened.start_byte, child.end_byte, kids=kids, syntax=syntax, tree=tree))
            opened = None
        elif child.is_extra or not child.is_named or child.type in ("else", "statements"):
            continue
        elif child.type == "if_statement" and tests:
            blocks.append(tree.body(child) or tree.node(child))
        elif child.type == "value_binding_pattern":
            bound = (child, None)
        elif bound is not None and bound[1] is None:
            bound = (bound[0], child)
        else:
            tests.append(_test(tree, bound, child))
            bound = None
    if bound is not None and bound[1] is not None:
        tests.append(_test(tree, bound, None))
    test = tests[0] if len(tests) == 1 else tree.list("tuple", syntax, tests) if tests else None
    return test, blocks


def _test(tree: Tree, bound: tuple[Any, Any] | None, value: Any) -> Node:
    """A condition, or `let x = y` in its place."""
    if bound is None or bound[1] is None:
        return tree.node(value)
    word, name = bound
    given = tree.node(value) if value is not None else None
    attrs = tree.list("attrs", word, [tree.make("tok", word, (), tree.text(word))])
    end = given.end if given is not None else name.end_byte
    return Node("var", word.start_byte, end, kids=[attrs, tree.node(name), None, given], syntax=word, tree=tree)


def _if(tree: Tree, syntax: Any) -> Node:
    test, blocks = _branches(tree, syntax)
    kids: Kids = [test, *blocks]
    return tree.make("if", syntax, [*kids, None, None][:3])


def _guarded(kind: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        test, blocks = _branches(tree, syntax)
        return tree.make(kind, syntax, (test, *blocks))

    return Maker(build, kind)


def _for(tree: Tree, syntax: Any) -> Node:
    item, collection = syntax.child_by_field_name("item"), syntax.child_by_field_name("collection")
    return tree.make("for", syntax, (tree.node(item), tree.node(collection), _body(tree, syntax)))


def _transfer(tree: Tree, syntax: Any) -> Node:
    """`return x`, `throw x`, `break`."""
    word = syntax.children[0].type
    kind = {"return": "return", "throw": "throw", "throw_keyword": "throw"}.get(word, word)
    result = syntax.child_by_field_name("result")
    values = [result] if result is not None else [child for child in _named(syntax) if child.type != "throw_keyword"]
    return tree.make(kind, syntax, (tree.node(values[0]) if values else None,))


def _import(tree: Tree, syntax: Any) -> Node:
    names = _named(_named(syntax)[-1])
    path = tree.node(names[0])
    for name in names[1:]:
        path = Node("dot", path.start, name.end_byte, kids=[path, tree.name(name)], syntax=syntax, tree=tree)
    return tree.make("import", syntax, (path, None, None))


def _dict(tree: Tree, syntax: Any) -> Node:
    keys, values = syntax.children_by_field_name("key"), syntax.children_by_field_name("value")
    pairs: Kids = [
        Node("pair", key.start_byte, value.end_byte, kids=[tree.node(key), tree.node(value)], syntax=key, tree=tree)
        for key, value in zip(keys, values, strict=False)
    ]
    return tree.make("dict", syntax, pairs)


def _binary(tree: Tree, syntax: Any) -> Node:
    sign = syntax.child_by_field_name("op")
    named = _named(syntax)
    text = tree.text(sign) if sign is not None else next((child.type for child in syntax.children if not child.is_named), "")
    return tree.make("binop", syntax, (tree.node(named[0]), tree.node(named[-1])), text)


def _cast(tree: Tree, syntax: Any) -> Node:
    named = _named(syntax)
    return tree.make("cast", syntax, (tree.node(named[-1]), tree.node(named[0])))


def _boolean(tree: Tree, syntax: Any) -> Node:
    return tree.make("const", syntax, (), tree.text(syntax))


_ANY_INIT = re.compile(r"\binit\s*([?!]?)\s*\(\s*\.\.\.\s*\)(?=[\w\s]*\{)")


def _spelled(text: str) -> str:
    """The pattern with an initialiser's `...` as a parameter, not the argument of a call."""
    return _ANY_INIT.sub(r"init\1(... : ...)", text)


_BINARY = types(
    """additive_expression multiplicative_expression comparison_expression equality_expression conjunction_expression
    disjunction_expression infix_expression nil_coalescing_expression range_expression bitwise_operation"""
)


def _tuple(tree: Tree, syntax: Any) -> Node:
    """Brackets around one expression, or a tuple of several."""
    if len(tree.named(syntax)) > 1:
        return tree.make("tuple", syntax, tree.named(syntax))
    return bracketed(tree, syntax)


QUIRKS = Quirks(
    rules={
        "simple_identifier": word(
            navigation_suffix="suffix",
            value_argument_label="*",
            parameter="*",
            lambda_parameter="*",
            function_declaration="name",
        ),
        "source_file": block,
        "statements": block,
        "class_body": block,
        "enum_class_body": block,
        "protocol_body": block,
        "function_body": _body,
        "navigation_expression": _dot,
        "call_expression": _call,
        "constructor_expression": _call,
        "value_argument": _argument,
        "assignment": _assignment,
        "directly_assignable_expression": inner,
        "property_declaration": _property,
        "pattern": inner,
        "type_annotation": inner,
        "user_type": inner,
        "inheritance_specifier": inner,
        "function_declaration": _function,
        "init_declaration": _function,
        "deinit_declaration": _function,
        "protocol_function_declaration": _function,
        "lambda_literal": _closure,
        "class_declaration": _class,
        "protocol_declaration": _class,
        "attribute": _attribute,
        "if_statement": _if,
        "guard_statement": _guarded("guard"),
        "while_statement": _guarded("while"),
        "for_statement": _for,
        "switch_statement": _switch,
        "switch_entry": _entry,
        "control_transfer_statement": _transfer,
        "import_declaration": _import,
        "tuple_expression": _tuple,
        "line_string_literal": quoted("line_str_text str_escaped_char", "interpolated_expression"),
        "multi_line_string_literal": quoted("multi_line_str_text str_escaped_char", "interpolated_expression"),
        "integer_literal": leaf("num"),
        "real_literal": leaf("num"),
        "hex_literal": leaf("num"),
        "boolean_literal": _boolean,
        "nil": leaf("const"),
        "nil_literal": leaf("const"),
        "self_expression": leaf("id"),
        "array_literal": elements("array"),
        "dictionary_literal": _dict,
        "ternary_expression": form("cond", "condition", "if_true", "if_false"),
        "as_expression": _cast,
        **dict.fromkeys(_BINARY, _binary),
    },
    kinds={
        "function_body": ("block",),
        "navigation_expression": ("dot",),
        "call_expression": ("call", "index"),
        "constructor_expression": ("call", "index"),
        "value_argument": ("kwarg",),
        "assignment": ("assign", "augmented_assignment"),
        "property_declaration": ("var", "several"),
        "function_declaration": ("func",),
        "init_declaration": ("func",),
        "deinit_declaration": ("func",),
        "protocol_function_declaration": ("func",),
        "lambda_literal": ("func", "block"),
        "switch_statement": ("switch",),
        "switch_entry": ("case", "block"),
        "class_declaration": ("class",),
        "protocol_declaration": ("class",),
        "attribute": ("attr", "call"),
        "if_statement": ("if", "block"),
        "guard_statement": ("guard", "block"),
        "while_statement": ("while", "block"),
        "for_statement": ("for",),
        "control_transfer_statement": ("return", "throw", "break", "continue", "fallthrough"),
        "import_declaration": ("import",),
        "boolean_literal": ("const",),
        "dictionary_literal": ("dict",),
        "as_expression": ("cast",),
        **dict.fromkeys(_BINARY, ("binop",)),
    },
    identifiers=types("simple_identifier"),
    names=types("type_identifier"),
    statements=types(
        """guard for do_statement repeat_while_statement case break continue fallthrough typealias_declaration
        operator_declaration subscript_declaration"""
    ),
    contexts=(
        "@@",
        "class __C__ { @@ }",
        "func __f__() { @@ }",
        "@@ class __C__ { }",
        "@@ func __f__() { }",
        "@@ { }",
        "func __f__(@@) { }",
    ),
    openings=((r"(?s)(?:\w+\s+)*init\s*[?!]?\s*\(.*\}\s*\Z", "class __C__ { @@ }"), (r"deinit\s*\{", "class __C__ { @@ }")),
    ellipses=("$", "$: $", "$ $", "let $ = $", "$ = $"),
    metavariable="__M{}__",
    declared=True,
    rewrite=_spelled,
    unordered=frozenset({"dict"}),
    literals={"str": ("String",), "num": ("Int",)},
    typed="$X: T",
    methods_are_fields=True,
)
