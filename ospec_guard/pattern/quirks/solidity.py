"""How Solidity's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, block, bracketed, elements, form, inner, leaf, stripped, word
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.braces import declared
from ospec_guard.pattern.quirks.solidity_expressions import KINDS, regrouped
from ospec_guard.pattern.tree import Quirks, Tree

_KEYWORDS = types("visibility virtual public internal constant immutable abstract")
_ATTRIBUTES = types("modifier_invocation override_specifier")


def _attrs(tree: Tree, syntax: Any) -> Node:
    """Visibility and the like as tokens, which no metavariable stands for; mutability and modifiers as attributes."""
    found: list[Node | None] = []
    for child in syntax.children:
        if child.type in _ATTRIBUTES:
            found.append(tree.node(child))
        elif child.type in ("state_mutability", "payable"):
            found.append(tree.make("ident", child, (), tree.text(child)))
        elif child.type in _KEYWORDS:
            found.append(tree.make("tok", child, (), tree.text(child)))
    return tree.list("attrs", syntax.children[0], found)


def _modifier(tree: Tree, syntax: Any) -> Node:
    """`onlyOwner`, `initializer(1)`."""
    name = tree.node(syntax.named_children[0])
    if all(child.type != "(" for child in syntax.children):
        return tree.make("attr", syntax, (name,))
    call = Node("call", name.start, syntax.end_byte, kids=[name, _args(tree, syntax)], syntax=syntax, tree=tree)
    return tree.make("attr", syntax, (call,))


def _override(tree: Tree, syntax: Any) -> Node:
    return tree.make("tok", syntax, (), "override")


def _args(tree: Tree, syntax: Any) -> Node:
    """The arguments among the children of a call; `{a: 1}` are named ones."""
    found: Kids = []
    for child in syntax.named_children:
        if child.type == "call_argument":
            named = [one for one in child.named_children if not one.is_extra]
            found += [tree.node(one) for one in named]
        elif child.type == "revert_arguments":
            found += _args(tree, child).kids
    return tree.list("args", syntax, found)


def _call(tree: Tree, syntax: Any, function: Node) -> Node:
    args = _args(tree, syntax)
    kids: Kids = [function.kids[0], args, None] if function.kind == "new" else [function, args]
    kind = "new" if function.kind == "new" else "call"
    return Node(kind, function.start, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _member(tree: Tree, syntax: Any, object_: Node) -> Node:
    kids: Kids = [object_, tree.name(syntax.child_by_field_name("property"))]
    return Node("dot", object_.start, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _index(tree: Tree, syntax: Any, base: Node) -> Node:
    index = syntax.child_by_field_name("index")
    kids: Kids = [base, tree.node(index) if index is not None else None]
    return Node("index", base.start, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _slice(tree: Tree, syntax: Any, base: Node) -> Node:
    ends = [syntax.child_by_field_name(name) for name in ("from", "to")]
    kids: Kids = [base, *[tree.node(end) if end is not None else None for end in ends]]
    return Node("slice_access", base.start, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _with_options(tree: Tree, syntax: Any, object_: Node) -> Node:
    """`x.call{value: 1}`."""
    fields = [tree.node(child) for child in syntax.named_children if child.type == "struct_field_assignment"]
    kids: Kids = [object_, tree.list("dict", syntax, fields)]
    return Node("options", object_.start, syntax.end_byte, kids=kids, syntax=syntax, tree=tree)


def _increased(tree: Tree, syntax: Any, operand: Node) -> Node:
    """`x++`, which is not `++x`."""
    sign = "after " + tree.text(syntax.child_by_field_name("operator"))
    return Node("unary", operand.start, syntax.end_byte, text=sign, kids=[operand], syntax=syntax, tree=tree)


_operators = regrouped(
    {
        "call_expression": _call,
        "member_expression": _member,
        "array_access": _index,
        "slice_access": _slice,
        "struct_expression": _with_options,
        "update_expression": _increased,
    }
)


def _new(tree: Tree, syntax: Any) -> Node:
    return tree.make("new", syntax, (tree.node(syntax.child_by_field_name("name")), tree.list("args", syntax, ()), None))


def _conversion(tree: Tree, syntax: Any) -> Node:
    """`address(x)`, `payable(x)`."""
    word = syntax.children[0]
    function = Node("id", word.start_byte, word.end_byte, text=tree.text(word), kids=[], syntax=word, tree=tree)
    return tree.make("call", syntax, (function, _args(tree, syntax)))


def _contract(word: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        field = syntax.child_by_field_name
        supers = [tree.node(child) for child in syntax.named_children if child.type == "inheritance_specifier"]
        kids = [
            _attrs(tree, syntax),
            tree.name(field("name")),
            tree.list("supers", field("name"), supers),
            tree.node(field("body")),
        ]
        return tree.make("class", syntax, kids, word)

    return Maker(build, "class")


def _super(tree: Tree, syntax: Any) -> Node:
    """A contract that is inherited from; the arguments for it are no part of its name."""
    return tree.node(syntax.child_by_field_name("ancestor"))


def _params(tree: Tree, syntax: Any) -> Node:
    found = [tree.node(child) for child in syntax.named_children if child.type == "parameter"]
    return tree.list("params", syntax.child_by_field_name("name") or syntax.children[0], found)


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, type_ = field("name"), field("type")
    return tree.make("param", syntax, (_location(tree, syntax), tree.name(name) if name else None, tree.node(type_), None))


def _location(tree: Tree, syntax: Any) -> Node:
    place = syntax.child_by_field_name("location")
    found = [tree.make("tok", place, (), tree.text(place))] if place is not None else []
    return tree.list("attrs", syntax.children[0], found)


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, body, returns = field("name"), field("body"), field("return_type")
    kids = [
        _attrs(tree, syntax),
        tree.name(name if name is not None else syntax.children[0]),
        _params(tree, syntax),
        tree.node(returns) if returns is not None else None,
        tree.node(body) if body is not None else None,
    ]
    return tree.make("func", syntax, kids, "function")


def _state_variable(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    value, type_ = field("value"), field("type")
    kids = [_attrs(tree, syntax), tree.node(field("name")), tree.node(type_), tree.node(value) if value is not None else None]
    return tree.make("var", syntax, kids)


def _variable(tree: Tree, syntax: Any) -> Node:
    """`uint a = 1;`, `(uint a, uint b) = f();`."""
    declared_ = next(child for child in syntax.named_children if child.type.startswith("variable_declaration"))
    value = syntax.child_by_field_name("value")
    known = tree.node(value) if value is not None else None
    # The variable of a loop has no value that stays.
    kind = "var" if syntax.parent is None or syntax.parent.type != "for_statement" else "loop_variable"
    if declared_.type == "variable_declaration_tuple":
        names = [tree.node(child) for child in declared_.named_children if not child.is_extra]
        target = tree.make("tuple", declared_, names)
        return tree.make(kind, syntax, (tree.list("attrs", syntax.children[0], ()), target, None, known))
    attrs, target_, type_, _ = tree.node(declared_).kids
    return tree.make(kind, syntax, (attrs, target_, type_, known))


def _declared(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    type_ = field("type")
    return tree.make("param", syntax, (_location(tree, syntax), tree.node(field("name")), tree.node(type_), None))


def _statement(tree: Tree, syntax: Any) -> Node:
    """The statement that is the only child; a block without checks is more than a block."""
    child = next((one for one in syntax.named_children if not one.is_extra), None)
    if child is not None and child.type == "block_statement" and any(one.type == "unchecked" for one in child.children):
        return tree.make("unchecked", syntax, (tree.node(child),))
    return inner(tree, syntax)


def _if(tree: Tree, syntax: Any) -> Node:
    bodies = [tree.body(child) for child in syntax.children_by_field_name("body")]
    rest = bodies[1] if len(bodies) > 1 else None
    return tree.make("if", syntax, (tree.node(syntax.child_by_field_name("condition")), bodies[0], rest))


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (tree.node(field("condition")), tree.statement(field("body"))))


def _for(tree: Tree, syntax: Any) -> Node:
    """What stands in the brackets, and the body."""
    opened = next(child for child in syntax.children if child.type == "(")
    closed = next(child for child in syntax.children if child.type == ")")
    inside = [
        child for child in syntax.named_children if opened.end_byte <= child.start_byte and child.end_byte <= closed.start_byte
    ]
    kids: Kids = [tree.node(child) for child in inside if not child.is_extra]
    header = Node("header", opened.end_byte, closed.start_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("for", syntax, (header, tree.statement(syntax.child_by_field_name("body"))))


def _revert(tree: Tree, syntax: Any) -> Node:
    """`revert("…")` is a call, and so is `revert Error(…)`, of what makes the error."""
    error = syntax.child_by_field_name("error")
    bracketed_ = _in_brackets(error)
    args = _args(tree, syntax)
    word = syntax.children[0]
    if bracketed_ is not None:
        # The grammar takes the arguments for an error in brackets.
        args = tree.list("args", bracketed_, tree.named(bracketed_))
    elif error is not None:
        made = Node("call", error.start_byte, args.end, kids=[tree.node(error), args], syntax=syntax, tree=tree)
        args = tree.list("args", error, [made])
    function = Node("id", word.start_byte, word.end_byte, text="revert", kids=[], syntax=word, tree=tree)
    end = max([word.end_byte, *[child.end_byte for child in syntax.named_children]])
    call = Node("call", word.start_byte, end, kids=[function, args], syntax=syntax, tree=tree)
    return tree.make("exprstmt", syntax, (call,))


def _in_brackets(error: Any) -> Any:
    while error is not None and error.type == "expression":
        error = error.named_children[0]
    return error if error is not None and error.type in ("parenthesized_expression", "tuple_expression") else None


def _emit(tree: Tree, syntax: Any) -> Node:
    name = syntax.child_by_field_name("name")
    last = syntax.children[-1].start_byte
    call = Node("call", name.start_byte, last, kids=[tree.node(name), _args(tree, syntax)], syntax=syntax, tree=tree)
    return tree.make("emit", syntax, (call,))


def _tuple(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) == 1 and all(child.type != "," for child in syntax.children):
        return bracketed(tree, syntax)
    return tree.make("tuple", syntax, [tree.node(child) for child in named])


def _type(tree: Tree, syntax: Any) -> Node:
    """A name stays one; mappings, arrays and functions are what they are made of."""
    children = [child for child in syntax.children if not child.is_extra]
    if len(children) == 1:
        return inner(tree, syntax) if children[0].is_named else tree.make("ident", syntax, (), tree.text(syntax))
    if children[-1].type == "]":
        # `[...]` is an array of some length, `[]` one of any.
        return tree.lazy("array_type", syntax, Tree.children, "" if children[-2].is_named else "[]")
    return tree.lazy("mapping" if children[0].type == "mapping" else syntax.type, syntax, Tree.children)


def _dotted(tree: Tree, syntax: Any) -> Node:
    names = [child for child in syntax.named_children if child.type == "identifier"]
    if not names:
        return tree.plain(syntax)
    node = tree.node(names[0])
    for child in names[1:]:
        node = Node("dot", node.start, child.end_byte, kids=[node, tree.name(child)], syntax=syntax, tree=tree)
    return node


def _string(tree: Tree, syntax: Any) -> Node:
    parts = [child for child in syntax.named_children if child.type == "string"]
    return tree.node(parts[0]) if len(parts) == 1 else tree.make("concat", syntax, [tree.node(part) for part in parts])


def _yul_call(tree: Tree, syntax: Any) -> Node:
    function, *args = [child for child in syntax.named_children if not child.is_extra]
    return tree.make("call", syntax, (tree.node(function), tree.list("args", syntax, [tree.node(one) for one in args])))


def _yul_let(tree: Tree, syntax: Any) -> Node:
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    value = tree.node(right) if right is not None else None
    return tree.make("var", syntax, (tree.list("attrs", syntax.children[0], ()), tree.node(left), None, value))


def _import(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    source, alias = field("source"), field("alias")
    names = syntax.children_by_field_name("import_name")
    path = tree.node(source)
    if not names:
        return tree.make("import", syntax, (path, None, tree.name(alias) if alias is not None else None))
    made = [tree.make("import", syntax, (path, tree.name(name), None)) for name in names]
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


_OPERATORS = types(
    """binary_expression unary_expression ternary_expression update_expression call_expression member_expression array_access
    slice_access struct_expression"""
)

QUIRKS = Quirks(
    rules={
        **dict.fromkeys(_OPERATORS, _operators),
        "identifier": word(
            member_expression="property",
            parameter="name",
            event_parameter="name",
            error_parameter="name",
            call_struct_argument="name",
            struct_field_assignment="name",
            function_definition="name",
            contract_declaration="name",
            interface_declaration="name",
            library_declaration="name",
            modifier_definition="name",
            struct_declaration="name",
            enum_declaration="name",
            event_definition="name",
            error_declaration="name",
        ),
        "source_file": block,
        "contract_body": block,
        "function_body": block,
        "block_statement": block,
        "struct_body": block,
        "statement": _statement,
        "expression": inner,
        "expression_statement": form("exprstmt", "#0"),
        "contract_declaration": _contract("contract"),
        "interface_declaration": _contract("interface"),
        "library_declaration": _contract("library"),
        "inheritance_specifier": _super,
        "modifier_invocation": _modifier,
        "override_specifier": _override,
        "function_definition": _function,
        "constructor_definition": _function,
        "fallback_receive_definition": _function,
        "modifier_definition": _function,
        "parameter": _param,
        "event_parameter": _param,
        "error_parameter": _param,
        "state_variable_declaration": _state_variable,
        "constant_variable_declaration": _state_variable,
        "struct_member": form("var", "attrs", "name", "type", "value"),
        "variable_declaration_statement": _variable,
        "variable_declaration": _declared,
        "call_struct_argument": form("kwarg", "name!ident", "value"),
        "struct_field_assignment": form("pair", "name!ident", "value"),
        "type_cast_expression": _conversion,
        "payable_conversion_expression": _conversion,
        "new_expression": _new,
        "assignment_expression": form("assign", "left", "right"),
        "tuple_expression": _tuple,
        "parenthesized_expression": bracketed,
        "inline_array_expression": elements("array"),
        "number_literal": leaf("num"),
        "boolean_literal": leaf("const"),
        "string_literal": _string,
        "string": stripped("\"'"),
        "primitive_type": leaf("ident"),
        "type_name": _type,
        "user_defined_type": _dotted,
        "identifier_path": _dotted,
        "if_statement": _if,
        "while_statement": _while,
        "for_statement": _for,
        "return_statement": form("return", "#0"),
        "revert_statement": _revert,
        "emit_statement": _emit,
        "import_directive": _import,
        "yul_block": block,
        "yul_path": inner,
        "yul_identifier": inner,
        "yul_evm_builtin": leaf("id"),
        "yul_function_call": _yul_call,
        "yul_variable_declaration": _yul_let,
        "yul_assignment": form("assign", "#0", "#1"),
        "yul_decimal_number": leaf("num"),
        "yul_hex_number": leaf("num"),
        "yul_boolean": leaf("const"),
    },
    kinds={
        **dict.fromkeys(_OPERATORS, KINDS),
        "statement": ("unchecked",),
        "inheritance_specifier": (),
        "modifier_invocation": ("attr", "call"),
        "override_specifier": ("tok",),
        "function_definition": ("func",),
        "constructor_definition": ("func",),
        "fallback_receive_definition": ("func",),
        "modifier_definition": ("func",),
        "parameter": ("param",),
        "event_parameter": ("param",),
        "error_parameter": ("param",),
        "state_variable_declaration": ("var",),
        "constant_variable_declaration": ("var",),
        "variable_declaration_statement": ("var", "loop_variable"),
        "variable_declaration": ("param",),
        "type_cast_expression": ("call",),
        "payable_conversion_expression": ("call",),
        "new_expression": (),
        "tuple_expression": ("tuple",),
        "string_literal": ("concat",),
        "type_name": ("array_type", "mapping", "ident"),
        "user_defined_type": ("dot",),
        "identifier_path": ("dot",),
        "if_statement": ("if",),
        "while_statement": ("while",),
        "for_statement": ("for",),
        "revert_statement": ("exprstmt", "call"),
        "emit_statement": ("emit", "call"),
        "import_directive": ("import",),
        "yul_function_call": ("call",),
        "yul_variable_declaration": ("var",),
    },
    statements=types(
        """unchecked for emit do_while_statement try_statement assembly_statement break_statement continue_statement
        event_definition error_declaration struct_declaration enum_declaration using_directive pragma_directive
        user_defined_type_definition"""
    ),
    dropped=types("unchecked"),
    reserved=types("return if else while for do emit throw function contract new delete"),
    contexts=(
        "@@",
        "contract __C__ { @@ }",
        "contract __C__ { @@; }",
        "contract __C__ { function __f__() { @@ } }",
        "contract __C__ { function __f__() { @@; } }",
        "contract __C__ { @@ {} }",
        "@@ {}",
        "contract __C__ { function __f__() { try this.f() { } @@ } }",
        "contract __C__ { function __f__() @@ { } }",
        "contract __C__ { function __f__() { assembly { @@ } } }",
    ),
    ellipses=("$", "$;", "$ $;", "$ $", "$; $", "$; $; $", "$: $"),
    metavariable="__M{}__",
    declared=True,
    unordered=frozenset({"dict"}),
    rewrite=declared,
    methods_are_fields=True,
)
