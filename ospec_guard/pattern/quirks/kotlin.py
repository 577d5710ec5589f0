"""How Kotlin's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, block, bracketed, elements, form, inner, leaf
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import branches, case, switch, together
from ospec_guard.pattern.tree import Quirks, Tree

_CONSTANTS = frozenset(("true", "false", "null"))
_TYPES = types("user_type nullable_type function_type parenthesized_type non_nullable_type")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _named(syntax: Any, *kinds: str) -> list[Any]:
    return [child for child in syntax.named_children if not child.is_extra and (not kinds or child.type in kinds)]


def _first(syntax: Any, *kinds: str) -> Any | None:
    return next(iter(_named(syntax, *kinds)), None)


def _after(syntax: Any, sign: str) -> Any | None:
    """The first named child behind a token."""
    seen = False
    for child in syntax.children:
        if seen and child.is_named and not child.is_extra:
            return child
        seen = seen or child.type == sign
    return None


def _maybe(tree: Tree, syntax: Any | None) -> Node | None:
    return tree.node(syntax) if syntax is not None else None


def _identifier(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    return tree.make("const" if text in _CONSTANTS else "id", syntax, (), text.strip("`"))


def _call(tree: Tree, syntax: Any) -> Node:
    """A call; the function behind the brackets is its last argument."""
    around = syntax.parent
    if around is not None and around.type == "call_expression" and _is_continued(syntax, around):
        return tree.node(around)
    function = _named(syntax)[0]
    given: Kids = []
    arguments, behind = _first(syntax, "value_arguments"), _first(syntax, "annotated_lambda")
    if function.type == "call_expression" and _is_continued(function, syntax):
        arguments, function = _first(function, "value_arguments"), _named(function)[0]
    if arguments is not None:
        given += tree.named(arguments)
    if behind is not None:
        given.append(inner(tree, _first(behind, "lambda_literal") and behind))
    place = arguments if arguments is not None else behind
    end = (behind or arguments or syntax).end_byte
    start = place.start_byte if place is not None else syntax.end_byte
    args = Node("args", start, end, kids=given, syntax=syntax, tree=tree)
    return tree.make("call", syntax, (tree.node(function), args))


def _is_continued(call: Any, around: Any) -> bool:
    """Whether `around` is `call` with a function behind its brackets."""
    if _first(around, "value_arguments") is not None or _first(call, "annotated_lambda") is not None:
        return False
    return call == _named(around)[0] and _first(call, "value_arguments") is not None


def _argument(tree: Tree, syntax: Any) -> Node:
    parts = _named(syntax)
    if any(child.type == "=" for child in syntax.children):
        return tree.make("kwarg", syntax, (tree.name(parts[0]), tree.node(parts[-1])))
    return tree.node(parts[-1]) if parts else tree.plain(syntax)


def _navigation(tree: Tree, syntax: Any) -> Node:
    parts = _named(syntax)
    if not parts[1:] or any(child.type == "::" for child in syntax.children):
        return tree.plain(syntax)
    safe = any(child.type == "?." for child in syntax.children)
    return tree.make("dot", syntax, (tree.node(parts[0]), tree.name(parts[1])), "?." if safe else "")


def _index(tree: Tree, syntax: Any) -> Node:
    return tree.make("index", syntax, tree.named(syntax))


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if field("operator").type == "=":
        return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))
    return tree.lazy("augmented_assignment_expression", syntax, Tree.children)


def _string(tree: Tree, syntax: Any) -> Node:
    """The grammar gives `$x` as characters: a dollar sign, then what follows."""
    kids: Kids = []
    dollar = False
    for child in _named(syntax):
        if child.type == "interpolation":
            kids.append(inner(tree, child))
        elif child.type == "string_content" or child.type.startswith("escape"):
            start, text = child.start_byte, tree.text(child)
            name = _NAME.match(text) if dollar else None
            if name:
                kids.pop()
                kids.append(Node("id", start, start + name.end(), text=name[0], kids=[], syntax=syntax, tree=tree))
                start, text = start + name.end(), text[name.end() :]
            if text:
                kids.append(Node("chars", start, child.end_byte, text=text, kids=[], syntax=syntax, tree=tree))
            dollar = text == "$"
    return tree.make("str", syntax, _joined(kids))


def _joined(kids: Kids) -> Kids:
    made: Kids = []
    for kid in kids:
        last = made[-1] if made else None
        if kid is not None and last is not None and last.kind == kid.kind == "chars" and last.end == kid.start:
            made[-1] = Node("chars", last.start, kid.end, text=last.text + kid.text, kids=[], syntax=kid.syntax, tree=kid.tree)
        else:
            made.append(kid)
    return made


def _type(tree: Tree, syntax: Any) -> Node:
    """`a.b.T<X>`: the qualified name, and what it is applied to."""
    made: Node | None = None
    for child in _named(syntax):
        if child.type == "type_arguments":
            made = tree.make("generic", syntax, (made, tree.node(child)))
        elif made is None:
            made = tree.name(child)
        else:
            made = Node("dot", made.start, child.end_byte, kids=[made, tree.name(child)], syntax=syntax, tree=tree)
    return made or tree.plain(syntax)


def _property(tree: Tree, syntax: Any) -> Node:
    word = next((child for child in syntax.children if child.type in ("val", "var")), syntax.children[0])
    attrs = tree.list("attrs", word, [*tree.attrs(syntax).kids, tree.node(word)])
    declared = _first(syntax, "variable_declaration", "multi_variable_declaration")
    if declared is None:
        return tree.plain(syntax)
    delegate = _first(syntax, "property_delegate")
    value = delegate or _after(syntax, "=")
    target, type_ = _declared(tree, declared)
    var = tree.make("var", syntax, (attrs, target, type_, _maybe(tree, value)))
    accessors = _named(syntax, "getter", "setter")
    return var if not accessors else tree.make("several", syntax, (var, *[tree.node(child) for child in accessors]))


def _declared(tree: Tree, syntax: Any) -> tuple[Node, Node | None]:
    if syntax.type == "multi_variable_declaration":
        return tree.make("tuple", syntax, [_declared(tree, child)[0] for child in _named(syntax)]), None
    names = [child for child in _named(syntax) if child.type not in _TYPES and child.type != "annotation"]
    if not names:
        return tree.plain(syntax), None  # `_`
    return tree.node(names[0]), _maybe(tree, _first(syntax, *_TYPES))


def _variable(tree: Tree, syntax: Any) -> Node:
    """A parameter of a lambda or a loop's variable."""
    target, type_ = _declared(tree, syntax)
    return tree.make("param", syntax, (tree.list("attrs", syntax, ()), target, type_, None))


def _params(tree: Tree, syntax: Any) -> Node:
    """Modifiers and defaults stand beside their parameter, in the list."""
    found: Kids = []
    attrs: list[Node | None] = []
    for child in syntax.children:
        if child.type == "parameter_modifiers":
            attrs = [tree.node(one) for one in child.children if not one.is_extra]
        elif child.type == "parameter":
            found.append(_param(tree, child, attrs, None))
            attrs = []
        elif child.is_named and not child.is_extra and found:
            last = found[-1]
            if last is not None:
                kids = [*last.kids[:3], tree.node(child)]
                found[-1] = Node("param", last.start, child.end_byte, kids=kids, syntax=last.syntax, tree=tree)
    return tree.make("params", syntax, found)


def _param(tree: Tree, syntax: Any, attrs: list[Node | None], default: Node | None) -> Node:
    type_ = _first(syntax, *_TYPES)
    kids = (tree.list("attrs", syntax, attrs), tree.node(_named(syntax)[0]), _maybe(tree, type_), default)
    return tree.make("param", syntax, kids)


def _lone_param(tree: Tree, syntax: Any) -> Node:
    """A parameter that is asked for by itself: the one its list made."""
    parent = syntax.parent
    if parent is not None and parent.type == "function_value_parameters":
        for kid in tree.node(parent).kids:
            if kid is not None and kid.start == syntax.start_byte:
                return kid
    return _param(tree, syntax, [], None)


def _class_param(tree: Tree, syntax: Any) -> Node:
    words = [tree.node(child) for child in syntax.children if child.type in ("val", "var")]
    names = [child for child in _named(syntax) if child.type == "identifier"]
    attrs = tree.list("attrs", syntax.children[0], [*tree.attrs(syntax).kids, *words])
    value = _after(syntax, "=")
    return tree.make("param", syntax, (attrs, tree.node(names[0]), _maybe(tree, _first(syntax, *_TYPES)), _maybe(tree, value)))


def _function(tree: Tree, syntax: Any) -> Node:
    name, params = syntax.child_by_field_name("name"), _first(syntax, "function_value_parameters")
    body = _first(syntax, "function_body", "block")
    behind = [child for child in _named(syntax, *_TYPES) if params is None or child.start_byte >= params.end_byte]
    if name is not None:
        named: Node | None = tree.name(name)
    else:
        word = syntax.children[0]
        named = tree.make("ident", word, (), tree.text(word)) if syntax.type == "secondary_constructor" else None
    kids = (tree.attrs(syntax), named, _maybe(tree, params), _maybe(tree, behind[0] if behind else None), _body(tree, body))
    return tree.make("func", syntax, kids, "lambda" if syntax.type == "anonymous_function" else "function")


def _body(tree: Tree, syntax: Any | None) -> Node | None:
    if syntax is None:
        return None
    if syntax.type != "function_body":
        return tree.body(syntax)
    within = _first(syntax)
    if within is None or (within.type == "block" and syntax.children[0].type != "="):
        return tree.body(within)
    return tree.make("value", syntax, (tree.node(within),))


def _lambda(tree: Tree, syntax: Any) -> Node:
    params = _first(syntax, "lambda_parameters")
    statements = [child for child in _named(syntax) if child != params]
    body = tree.list("block", syntax, _flat([tree.statement(child) for child in statements]))
    listed = tree.node(params) if params is not None else tree.list("params", syntax.children[0], ())
    return tree.make("func", syntax, (tree.list("attrs", syntax.children[0], ()), None, listed, None, body), "lambda")


def _flat(nodes: list[Node]) -> Kids:
    made: Kids = []
    for node in nodes:
        made += node.kids if node.kind == "several" else [node]
    return made


def _class(tree: Tree, syntax: Any) -> Node:
    name = syntax.child_by_field_name("name")
    words = {child.type for child in syntax.children}
    sort = "interface" if "interface" in words else "object" if "object" in words else "class"
    specifiers = _first(syntax, "delegation_specifiers")
    supers = [tree.node(_super(child)) for child in _named(specifiers)] if specifiers is not None else []
    constructor = _first(syntax, "primary_constructor")
    params = _first(constructor, "class_parameters") if constructor is not None else None
    kids = [
        tree.attrs(syntax),
        tree.name(name) if name is not None else None,
        tree.list("supers", specifiers or syntax, supers),
        _maybe(tree, _first(syntax, "class_body", "enum_class_body")),
        _maybe(tree, params),
    ]
    return tree.make("class", syntax, kids, sort)


def _super(specifier: Any) -> Any:
    """The type that is extended; what its constructor is given does not count."""
    made = _first(specifier) or specifier
    return _first(made, "user_type") or made if made.type == "constructor_invocation" else made


def _annotation(tree: Tree, syntax: Any) -> Node:
    made = _first(syntax, "constructor_invocation")
    if made is None:
        return tree.make("attr", syntax, (tree.node(_named(syntax)[-1]),))
    kids = [tree.node(child) for child in _named(made, "user_type", "value_arguments")]
    call = Node("call", made.start_byte, made.end_byte, kids=[*kids], syntax=syntax, tree=tree)
    return tree.make("attr", syntax, (call,))


def _import(tree: Tree, syntax: Any) -> Node:
    path = _first(syntax, "qualified_identifier", "identifier")
    if path is None:
        return tree.plain(syntax)
    names = _named(path) if path.type == "qualified_identifier" else [path]
    alias = _after(syntax, "as")
    star = next((child for child in syntax.children if child.type == "*"), None)
    last = tree.make("ident", star, (), "*") if star is not None else None
    if star is None and len(names) > 1:
        last, names = tree.name(names[-1]), names[:-1]
    made = tree.node(names[0])
    for child in names[1:]:
        made = Node("dot", made.start, child.end_byte, kids=[made, tree.name(child)], syntax=path, tree=tree)
    return tree.make("import", syntax, (made, last, tree.name(alias) if alias is not None else None))


def _if(tree: Tree, syntax: Any) -> Node:
    test = syntax.child_by_field_name("condition")
    closed = next((child for child in syntax.children if child.type == ")" and child.start_byte >= test.end_byte), test)
    word = next((child for child in syntax.children if child.type == "else"), None)
    limit = word.start_byte if word is not None else syntax.end_byte
    then = next((child for child in _named(syntax) if closed.end_byte <= child.start_byte < limit), None)
    rest = _after(syntax, "else")
    return tree.make("if", syntax, (tree.node(test), _body(tree, then), _body(tree, rest)))


def _while(tree: Tree, syntax: Any) -> Node:
    test = syntax.child_by_field_name("condition")
    body = _named(syntax)[-1]
    return tree.make("while", syntax, (tree.node(test), tree.statement(body) if body != test else None))


def _for(tree: Tree, syntax: Any) -> Node:
    variable, *rest = [child for child in _named(syntax) if child.type not in ("annotation", "label")]
    return tree.make(
        "foreach", syntax, (_variable(tree, variable), *[tree.node(child) for child in rest[:1]], _rest(tree, rest))
    )


def _rest(tree: Tree, syntaxes: list[Any]) -> Node | None:
    return tree.statement(syntaxes[1]) if len(syntaxes) > 1 else None


def _try(tree: Tree, syntax: Any) -> Node:
    last = _first(syntax, "finally_block")
    handlers = tree.list("handlers", syntax, [tree.node(child) for child in _named(syntax, "catch_block")])
    return tree.make("try", syntax, (None, _maybe(tree, _first(syntax, "block")), handlers, _maybe(tree, last)))


def _return(tree: Tree, syntax: Any) -> Node:
    """`return a`; one with a label is another one."""
    label = syntax.child_by_field_name("label")
    values = [child for child in _named(syntax) if child != label]
    value = tree.node(values[0]) if values else None
    return tree.make("return", syntax, (value,), tree.text(label) if label is not None else "")


def _entry(tree: Tree, syntax: Any) -> Node:
    """`1, 2 -> a`, `else -> a`."""
    body = _after(syntax, "->")
    conditions = [tree.node(child) for child in _named(syntax) if child != body]
    block_ = _body(tree, body) or tree.list("block", syntax, ())
    return case(tree, syntax, together(tree, conditions), block_)


def _when(tree: Tree, syntax: Any) -> Node:
    subject = _first(syntax, "when_subject")
    return switch(tree, syntax, tree.node(_named(subject)[-1]) if subject is not None else None, branches("when_entry"))


QUIRKS = Quirks(
    rules={
        "source_file": block,
        "block": block,
        "class_body": block,
        "enum_class_body": block,
        "identifier": _identifier,
        "this_expression": leaf("id"),
        "super_expression": leaf("id"),
        "call_expression": _call,
        "value_arguments": elements("args"),
        "value_argument": _argument,
        "navigation_expression": _navigation,
        "index_expression": _index,
        "assignment": _assignment,
        "string_literal": _string,
        "multiline_string_literal": _string,
        "number_literal": leaf("num"),
        "float_literal": leaf("num"),
        "user_type": _type,
        "nullable_type": inner,
        "as_expression": form("cast", "right", "left"),
        "binary_expression": binary(),
        "parenthesized_expression": bracketed,
        "property_declaration": _property,
        "variable_declaration": _variable,
        "function_declaration": _function,
        "secondary_constructor": _function,
        "anonymous_function": _function,
        "function_value_parameters": _params,
        "parameter": _lone_param,
        "class_parameters": elements("params"),
        "class_parameter": _class_param,
        "lambda_literal": _lambda,
        "lambda_parameters": elements("params"),
        "class_declaration": _class,
        "object_declaration": _class,
        "companion_object": _class,
        "object_literal": _class,
        "annotation": _annotation,
        "visibility_modifier": leaf("tok"),
        "member_modifier": leaf("tok"),
        "class_modifier": leaf("tok"),
        "inheritance_modifier": leaf("tok"),
        "property_modifier": leaf("tok"),
        "function_modifier": leaf("tok"),
        "parameter_modifier": leaf("tok"),
        "platform_modifier": leaf("tok"),
        "import": _import,
        "if_expression": _if,
        "while_statement": _while,
        "for_statement": _for,
        "try_expression": _try,
        "when_expression": _when,
        "when_entry": _entry,
        "return_expression": _return,
        "throw_expression": form("throw", "#0"),
    },
    kinds={
        "source_file": ("block",),
        "block": ("block",),
        "class_body": ("block",),
        "enum_class_body": ("block",),
        "identifier": ("id", "const"),
        "this_expression": ("id",),
        "super_expression": ("id",),
        "call_expression": ("call",),
        "value_arguments": ("args",),
        "value_argument": ("kwarg",),
        "navigation_expression": ("dot", "navigation_expression"),
        "index_expression": ("index",),
        "assignment": ("assign", "augmented_assignment_expression"),
        "string_literal": ("str",),
        "multiline_string_literal": ("str",),
        "number_literal": ("num",),
        "float_literal": ("num",),
        "user_type": ("ident", "dot", "generic"),
        "nullable_type": (),
        "binary_expression": ("binop",),
        "property_declaration": ("var",),
        "variable_declaration": ("param",),
        "function_declaration": ("func",),
        "secondary_constructor": ("func",),
        "anonymous_function": ("func",),
        "function_value_parameters": ("params",),
        "parameter": ("param",),
        "class_parameters": ("params",),
        "class_parameter": ("param",),
        "lambda_literal": ("func", "block"),
        "lambda_parameters": ("params",),
        "class_declaration": ("class",),
        "object_declaration": ("class",),
        "companion_object": ("class",),
        "object_literal": ("class",),
        "annotation": ("attr", "call"),
        "import": ("import",),
        "if_expression": ("if",),
        "while_statement": ("while",),
        "for_statement": ("foreach",),
        "try_expression": ("try",),
        "when_expression": ("switch",),
        "when_entry": ("case", "block"),
        "visibility_modifier": ("tok",),
        "member_modifier": ("tok",),
        "class_modifier": ("tok",),
        "inheritance_modifier": ("tok",),
        "property_modifier": ("tok",),
        "function_modifier": ("tok",),
        "parameter_modifier": ("tok",),
        "platform_modifier": ("tok",),
    },
    statements=types(
        """foreach case do_while_statement anonymous_initializer package_header type_alias enum_entry getter setter
        labeled_expression"""
    ),
    modifiers=types("modifiers"),
    reserved=types("fun class object interface if else for while when try return throw val var import package in is as"),
    contexts=(
        "@@",
        "class __C__ { @@ }",
        "fun __f__() { @@ }",
        "@@ class __C__",
        "@@ { }",
        "val __x__: @@ = 1",
        "try { } @@",
    ),
    ellipses=("$", "$: $", "fun $() {}"),
    results=types("lambda_literal"),
    voids=types("if switch try"),
    metavariable="__M{}__",
    sealed=frozenset({"new", "try", "switch"}),
    settled=frozenset({"val"}),
    typed="$X: T",
    declared=True,
    methods_are_fields=True,
    dollars=True,
)
