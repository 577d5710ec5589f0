"""How C#'s grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import binary, block, bracketed, elements, form, inner, leaf, quoted, semicolon
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.branching import branches, case, guarded, merged, switch
from ospec_guard.pattern.quirks.rewriting import ended
from ospec_guard.pattern.tree import Quirks, Tree

_TYPED_OBJECT = frozenset(("object_creation_expression", "implicit_object_creation_expression"))
_OBJECTS = frozenset(("this", "base"))
"""Expressions that the grammar gives as bare tokens."""
_DECLARATIONS = frozenset(("local_declaration_statement", "field_declaration", "event_field_declaration"))


def _after(syntax: Any, sign: str) -> Any | None:
    """The first child behind a token that is an expression."""
    seen = False
    for child in syntax.children:
        if seen and (child.is_named or child.type in _OBJECTS) and not child.is_extra:
            return child
        seen = seen or child.type == sign
    return None


def _last(syntax: Any) -> Any | None:
    named = [child for child in syntax.named_children if not child.is_extra]
    return named[-1] if named else None


def _maybe(tree: Tree, syntax: Any | None) -> Node | None:
    return tree.node(syntax) if syntax is not None else None


def _argument(tree: Tree, syntax: Any) -> Node:
    name, value = syntax.child_by_field_name("name"), _last(syntax)
    if value is None:
        return next((kid for kid in reversed(Tree.children(tree, syntax)) if kid), tree.plain(syntax))
    if name is not None and name != value:
        return tree.make("kwarg", syntax, (tree.name(name), tree.node(value)))
    return tree.node(value)


def _conditional_access(tree: Tree, syntax: Any) -> Node:
    """`a?.b` is a member of `a?`."""
    object_, member = syntax.child_by_field_name("condition"), _last(syntax)
    if member is not None and member.type == "member_binding_expression":
        maybe = tree.make("maybe", object_, (tree.node(object_),))
        return tree.make("dot", syntax, (maybe, tree.name(member.child_by_field_name("name"))))
    return tree.plain(syntax)


def _index(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("index", syntax, (tree.node(field("expression")), *tree.named(field("subscript"))))


def _new(tree: Tree, syntax: Any) -> Node:
    arguments = syntax.child_by_field_name("arguments")
    initializer = syntax.child_by_field_name("initializer")
    for child in syntax.named_children:
        arguments = child if child.type == "argument_list" else arguments
        initializer = child if child.type == "initializer_expression" else initializer
    type_ = syntax.child_by_field_name("type")
    args = tree.node(arguments) if arguments is not None else tree.list("args", type_ or syntax, ())
    return tree.make("new", syntax, (_maybe(tree, type_), args, _maybe(tree, initializer)))


def _initializer(tree: Tree, syntax: Any) -> Node:
    """What follows `new T` sets members, anywhere else it is an array."""
    parent = syntax.parent
    made = parent.child_by_field_name("type") if parent is not None else None
    if parent is not None and parent.type in _TYPED_OBJECT and (made is None or made.type != "array_type"):
        return tree.lazy("initializer", syntax, lambda t, s: [*t.named(s)])
    return tree.lazy("array", syntax, lambda t, s: [*t.named(s)])


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if field("operator").type == "=":
        return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))
    return tree.lazy("augmented_assignment_expression", syntax, Tree.children)


def _declaration(tree: Tree, syntax: Any) -> Node:
    """A statement or member that declares variables: one node a declarator."""
    inside = next((child for child in syntax.named_children if child.type == "variable_declaration"), None)
    if inside is None:
        return tree.plain(syntax)
    words = [tree.node(child) for child in syntax.children if child.type in ("using", "await", "event")]
    attrs = tree.list("attrs", syntax.children[0], [*words, *tree.attrs(syntax).kids])
    return _variables(tree, inside, syntax, attrs)


def _bare_declaration(tree: Tree, syntax: Any) -> Node:
    """Variables of a loop or `using`; those of a statement are the statement's."""
    parent = syntax.parent
    if parent is not None and parent.type in _DECLARATIONS:
        return tree.node(parent)
    return _variables(tree, syntax, syntax, tree.list("attrs", syntax.children[0], ()))


def _variables(tree: Tree, syntax: Any, whole: Any, attrs: Node) -> Node:
    type_ = _written(tree, syntax.child_by_field_name("type"))
    declarators = [child for child in syntax.named_children if child.type == "variable_declarator"]
    made = []
    for declarator in declarators:
        target = declarator.child_by_field_name("name") or declarator.named_children[0]
        kids = (attrs, tree.node(target), type_, _maybe(tree, _after(declarator, "=")))
        end = whole.end_byte if len(declarators) == 1 else declarator.end_byte
        made.append(Node("var", whole.start_byte, end, kids=[*kids], syntax=whole, tree=tree))
    return made[0] if len(made) == 1 else tree.make("several", whole, made)


def _written(tree: Tree, syntax: Any | None) -> Node | None:
    """A type, if one is written: `var` is none."""
    return tree.node(syntax) if syntax is not None and syntax.type != "implicit_type" else None


def _property(tree: Tree, syntax: Any) -> Node:
    """A variable, and a function for each accessor that holds code (or for the arrow)."""
    field = syntax.child_by_field_name
    value, accessors, name, type_ = field("value"), field("accessors"), field("name"), tree.node(field("type"))
    arrow = value if value is not None and value.type == "arrow_expression_clause" else None
    attrs = tree.attrs(syntax)
    end = value.end_byte if value is not None and arrow is None else name.end_byte
    kids = [attrs, tree.node(name), type_, _maybe(tree, value if arrow is None else None)]
    made = [Node("var", syntax.start_byte, end, kids=kids, syntax=syntax, tree=tree)]
    codes = [
        child for child in (accessors.named_children if accessors is not None else ()) if child.child_by_field_name("body")
    ]
    for code in [arrow] if arrow is not None else codes:
        body = code if arrow is not None else code.child_by_field_name("body")
        made.append(_accessor(tree, syntax, code, [type_, tree.node(body)]))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _accessor(tree: Tree, syntax: Any, code: Any, rest: list[Node]) -> Node:
    """One that is set has a parameter, which the code does not name."""
    name = code.child_by_field_name("name") or code.children[0]
    named = Node("ident", name.start_byte, name.end_byte, text=tree.text(name), kids=[], syntax=name, tree=tree)
    params = tree.list("params", name, ()) if named.text != "set" else None
    start = syntax.child_by_field_name("type").start_byte
    kids = [tree.list("attrs", name, ()), named, params, *rest]
    return Node("func", start, code.end_byte, text="function", kids=kids, syntax=syntax, tree=tree)


def _method(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = [
        tree.attrs(syntax),
        tree.name(field("name")),
        _maybe(tree, field("parameters")),
        _maybe(tree, field("returns") or field("type")),
        _maybe(tree, field("body")) or semicolon(tree, syntax),
    ]
    return tree.make("func", syntax, kids, "function")


def _lambda(tree: Tree, syntax: Any) -> Node:
    written = syntax.child_by_field_name("parameters")
    if written is None:
        params = tree.list("params", syntax.children[0], ())
    elif written.type == "parameter_list":
        params = tree.node(written)
    else:
        target = Node("id", written.start_byte, written.end_byte, text=tree.text(written), kids=[], syntax=written, tree=tree)
        params = tree.list("params", written, [_param_node(tree, written, target)])
    body = syntax.child_by_field_name("body") or _last(syntax)
    words = [tree.node(child) for child in syntax.children if child.type == "modifier"]
    kids = [tree.list("attrs", syntax.children[0], words), None, params, None, tree.body(body)]
    return tree.make("func", syntax, kids, "lambda")


def _param_node(tree: Tree, syntax: Any, target: Node) -> Node:
    return tree.make("param", syntax, (tree.list("attrs", syntax, ()), target, None, None))


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (tree.attrs(syntax), tree.node(field("name")), _maybe(tree, field("type")), _maybe(tree, _after(syntax, "=")))
    return tree.make("param", syntax, kids)


def _params(tree: Tree, syntax: Any) -> Node:
    """The grammar gives `params T[] rest` as loose children of the list."""
    found: list[Node | None] = [tree.node(child) for child in syntax.named_children if child.type == "parameter"]
    name, type_ = syntax.child_by_field_name("name"), syntax.child_by_field_name("type")
    if name is not None:
        start = (type_ or name).start_byte
        kids: list[Node | None] = [tree.list("attrs", name, ()), tree.node(name), _maybe(tree, type_), None]
        found.append(Node("param", start, name.end_byte, kids=kids, syntax=syntax, tree=tree))
    return tree.make("params", syntax, found)


def _class(word: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        field = syntax.child_by_field_name
        bases = next((child for child in syntax.named_children if child.type == "base_list"), None)
        types_ = tree.named(bases) if bases is not None else []
        # The first may be a class; what follows are interfaces.
        rest = [Node("implements", one.start, one.end, kids=[one], syntax=bases, tree=tree) for one in types_[1:]]
        supers = tree.list("supers", field("name"), [*types_[:1], *rest])
        kids = (tree.attrs(syntax), tree.name(field("name")), supers, _maybe(tree, field("body")))
        return tree.make("class", syntax, kids, word)

    return build


def _attribute(tree: Tree, syntax: Any) -> Node:
    name = syntax.child_by_field_name("name")
    arguments = next((child for child in syntax.named_children if child.type == "attribute_argument_list"), None)
    if arguments is None:
        return tree.make("attr", syntax, (tree.node(name),))
    kids = [tree.node(name), tree.node(arguments)]
    return tree.make("attr", syntax, (tree.make("call", syntax, kids),))


def _attribute_argument(tree: Tree, syntax: Any) -> Node:
    name, value = syntax.child_by_field_name("name"), _last(syntax)
    if name is None or value is None or name == value:
        return _argument(tree, syntax)
    return tree.make("kwarg", syntax, (tree.name(name), tree.node(value)))


def _using(tree: Tree, syntax: Any) -> Node:
    alias, path = syntax.child_by_field_name("name"), tree.node(_last(syntax))
    if alias is not None:
        return tree.make("import", syntax, (path, None, tree.name(alias)), "alias")
    return tree.make("import", syntax, (path, None, None))


def _return(tree: Tree, syntax: Any) -> Node:
    return tree.make("return", syntax, (_maybe(tree, _after(syntax, "return")),))


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (tree.node(field("condition")), tree.body(field("consequence")), tree.body(field("alternative")))
    return tree.make("if", syntax, kids)


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (tree.node(field("condition")), tree.statement(field("body"))))


def _foreach(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, type_ = field("left"), field("type")
    kids: list[Node | None] = [tree.list("attrs", name, ()), tree.node(name), _written(tree, type_), None]
    variable = Node("param", (type_ or name).start_byte, name.end_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("foreach", syntax, (variable, tree.node(field("right")), tree.statement(field("body"))))


def _using_statement(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    held = [tree.statement(child) for child in syntax.named_children if not child.is_extra and child != body]
    return tree.make("using", syntax, (tree.list("block", syntax.children[0], held), tree.statement(body)))


def _try(tree: Tree, syntax: Any) -> Node:
    catches = [child for child in syntax.named_children if child.type == "catch_clause"]
    last = next((child for child in syntax.named_children if child.type == "finally_clause"), None)
    handlers = tree.list("handlers", syntax, [tree.node(child) for child in catches])
    return tree.make("try", syntax, (None, tree.node(syntax.child_by_field_name("body")), handlers, _maybe(tree, last)))


def _section(tree: Tree, syntax: Any) -> Node:
    """The labels of a `case`, and the statements under them."""
    labels: list[Any] = []
    statements: list[Any] = []
    for child in syntax.named_children:
        if not child.is_extra and child.type != "empty_statement":
            (statements if child.type.endswith("statement") or child.type == "block" else labels).append(child)
    body = tree.list("block", syntax, [tree.statement(child) for child in statements])
    return case(tree, syntax, _label(tree, labels), body)


def _label(tree: Tree, syntaxes: list[Any]) -> list[Node]:
    """A pattern with its `when`."""
    made = [tree.node(child) for child in syntaxes]
    return [guarded(tree, made[0], made[1] if len(made) > 1 else None)] if made else []


def _switch(tree: Tree, syntax: Any) -> Node:
    body = syntax.child_by_field_name("body")
    return switch(tree, syntax, tree.node(syntax.child_by_field_name("value")), lambda t, _: merged(t.named(body)))


def _switched(tree: Tree, syntax: Any) -> Node:
    """`x switch { 1 => a, _ => b }`."""
    return switch(tree, syntax, tree.node(syntax.named_children[0]), branches("switch_expression_arm"), "expression")


def _arm(tree: Tree, syntax: Any) -> Node:
    parts = [child for child in syntax.named_children if not child.is_extra]
    value = parts.pop()
    return case(tree, syntax, _label(tree, parts), tree.list("block", value, [tree.statement(value)]))


def _postfix(tree: Tree, syntax: Any) -> Node:
    """`x!` is `x`."""
    if syntax.children[-1].type == "!":
        return tree.node(syntax.named_children[0])
    return tree.plain(syntax)


_interpolated_text = quoted("string_content escape_sequence", "interpolation")


def _interpolated(tree: Tree, syntax: Any) -> Node:
    node = _interpolated_text(tree, syntax)
    node.text = "f"
    return node


def _hole(tree: Tree, syntax: Any) -> Node:
    value = next((child for child in syntax.named_children if child.type != "interpolation_brace"), None)
    return tree.node(value) if value is not None else tree.plain(syntax)


def _verbatim(tree: Tree, syntax: Any) -> Node:
    start, end = syntax.start_byte + 2, syntax.end_byte - 1
    text = tree.data[start:end].decode(errors="replace")
    chars = Node("chars", start, end, text=text, kids=[], syntax=syntax, tree=tree)
    return tree.make("str", syntax, [chars] if text else [])


_BARE = re.compile(r"(?P<before>\.\s*\.\.\.|(?:\A|[{};])\s*\$[A-Z_][A-Z0-9_]*)\s*;")


def _spelled(text: str) -> str:
    """Few expressions may be statements by the grammar; `x!` is one."""
    return ended(_BARE.sub(r"\g<before>!;", text))


QUIRKS = Quirks(
    rules={
        "compilation_unit": block,
        "global_statement": inner,
        "block": block,
        "declaration_list": block,
        "enum_member_declaration_list": block,
        "arrow_expression_clause": block,
        "invocation_expression": form("call", "function", "arguments"),
        "argument_list": elements("args"),
        "bracketed_argument_list": elements("args"),
        "attribute_argument_list": elements("args"),
        "argument": _argument,
        "attribute_argument": _attribute_argument,
        "attribute": _attribute,
        "member_access_expression": form("dot", "expression", "name!ident"),
        "conditional_access_expression": _conditional_access,
        "qualified_name": form("dot", "qualifier", "name!ident"),
        "alias_qualified_name": form("dot", "alias", "name!ident"),
        "element_access_expression": _index,
        "object_creation_expression": _new,
        "array_creation_expression": _new,
        "implicit_object_creation_expression": _new,
        "initializer_expression": _initializer,
        "assignment_expression": _assignment,
        "local_declaration_statement": _declaration,
        "field_declaration": _declaration,
        "event_field_declaration": _declaration,
        "variable_declaration": _bare_declaration,
        "property_declaration": _property,
        "binary_expression": binary(),
        "conditional_expression": form("cond", "condition", "consequence", "alternative"),
        "cast_expression": form("cast", "type", "value"),
        "parenthesized_expression": bracketed,
        "postfix_unary_expression": _postfix,
        "expression_statement": form("exprstmt", "#0"),
        "string_literal": quoted("string_literal_content escape_sequence"),
        "verbatim_string_literal": _verbatim,
        "raw_string_literal": quoted("raw_string_content"),
        "interpolated_string_expression": _interpolated,
        "interpolation": _hole,
        "integer_literal": leaf("num"),
        "real_literal": leaf("num"),
        "boolean_literal": leaf("const"),
        "null_literal": leaf("const"),
        "predefined_type": leaf("ident"),
        "implicit_type": leaf("ident"),
        "generic_name": form("generic", "#0", "#1"),
        "tuple_expression": elements("tuple"),
        "method_declaration": _method,
        "constructor_declaration": _method,
        "local_function_statement": _method,
        "lambda_expression": _lambda,
        "anonymous_method_expression": _lambda,
        "parameter_list": _params,
        "parameter": _param,
        "class_declaration": _class("class"),
        "struct_declaration": _class("class"),
        "record_declaration": _class("class"),
        "enum_declaration": _class("enum"),
        "interface_declaration": _class("interface"),
        "using_directive": _using,
        "if_statement": _if,
        "while_statement": _while,
        "foreach_statement": _foreach,
        "using_statement": _using_statement,
        "try_statement": _try,
        "switch_statement": _switch,
        "switch_expression": _switched,
        "switch_expression_arm": _arm,
        "switch_section": _section,
        "return_statement": _return,
        "throw_statement": form("throw", "#0"),
        "throw_expression": form("throw", "#0"),
    },
    kinds={
        "compilation_unit": ("block",),
        "global_statement": (),
        "block": ("block",),
        "declaration_list": ("block",),
        "enum_member_declaration_list": ("block",),
        "arrow_expression_clause": ("block",),
        "argument_list": ("args",),
        "bracketed_argument_list": ("args",),
        "attribute_argument_list": ("args",),
        "argument": ("kwarg",),
        "attribute_argument": ("kwarg",),
        "attribute": ("attr", "call"),
        "conditional_access_expression": ("dot",),
        "element_access_expression": ("index",),
        "object_creation_expression": ("new",),
        "array_creation_expression": ("new",),
        "implicit_object_creation_expression": ("new",),
        "initializer_expression": ("array", "initializer"),
        "assignment_expression": ("assign", "augmented_assignment_expression"),
        "local_declaration_statement": ("var",),
        "field_declaration": ("var",),
        "event_field_declaration": ("var",),
        "variable_declaration": ("var",),
        "property_declaration": ("var", "func"),
        "binary_expression": ("binop",),
        "string_literal": ("str",),
        "verbatim_string_literal": ("str",),
        "raw_string_literal": ("str",),
        "interpolated_string_expression": ("str",),
        "integer_literal": ("num",),
        "real_literal": ("num",),
        "boolean_literal": ("const",),
        "null_literal": ("const",),
        "predefined_type": ("ident",),
        "implicit_type": ("ident",),
        "tuple_expression": ("tuple",),
        "method_declaration": ("func",),
        "constructor_declaration": ("func",),
        "local_function_statement": ("func",),
        "lambda_expression": ("func",),
        "anonymous_method_expression": ("func",),
        "parameter_list": ("params", "param"),
        "parameter": ("param",),
        "class_declaration": ("class",),
        "struct_declaration": ("class",),
        "record_declaration": ("class",),
        "enum_declaration": ("class",),
        "interface_declaration": ("class",),
        "using_directive": ("import",),
        "return_statement": ("return",),
        "if_statement": ("if",),
        "while_statement": ("while",),
        "foreach_statement": ("foreach", "param"),
        "using_statement": ("using", "block"),
        "try_statement": ("try",),
        "switch_statement": ("switch",),
        "switch_expression": ("switch",),
        "switch_expression_arm": ("case", "block"),
        "switch_section": ("case", "block"),
    },
    identifiers=types("identifier") | _OBJECTS,
    statements=types(
        """namespace_declaration file_scoped_namespace_declaration for_statement foreach using do_statement case
        lock_statement fixed_statement unsafe_statement checked_statement break_statement continue_statement goto_statement
        yield_statement labeled_statement empty_statement delegate_declaration destructor_declaration indexer_declaration
        operator_declaration conversion_operator_declaration event_declaration enum_member_declaration accessor_list
        global_attribute extern_alias_directive preproc_if"""
    ),
    modifiers=types("modifier attribute_list"),
    dropped=types("interpolation_brace"),
    reserved=types("new for foreach while if do try catch finally switch return throw else case lock break continue using"),
    contexts=(
        "@@",
        "@@;",
        "class __C__ { @@ }",
        "class __C__ { @@; }",
        "@@ class __C__ { }",
        "__x__ = @@;",
        "class __C__ { void __m__() { @@ } }",
        "class __C__ { @@ {} }",
        "__x__ = typeof(@@);",
        "try { } @@",
    ),
    ellipses=("$", "$ $", "$ = $", "$ = $;", "$ $;", "$; $; $"),
    results=types("anonymous_method_expression"),
    voids=types("new"),
    metavariable="__M{}__",
    typed="T $X",
    declared=True,
    settled=frozenset({"const", "readonly"}),
    opens=True,
    sealed=frozenset({"new"}),
    rewrite=_spelled,
)
