"""What C and C++ have in common: how their grammars' nodes map to the vocabulary of `tree`.

Types are in front of a name and around it (`char *a[3]`); here they are one node: what is pointed at, or is an element, inside
of the pointer or array. `p->a` is `(*p).a`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import (
    Form,
    Maker,
    binary,
    block,
    bracketed,
    elements,
    form,
    inner,
    leaf,
    quoted,
    semicolon,
    stripped,
    word,
)
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import case, merged, switch
from ospec_guard.pattern.tree import Builder, Tree

MODIFIERS = types(
    """storage_class_specifier type_qualifier attribute_specifier attribute_declaration ms_declspec_modifier virtual
    virtual_specifier explicit_function_specifier"""
)
_WRAPPERS = types("parenthesized_declarator attributed_declarator ms_based_modifier")
_POINTERS = types("pointer_declarator abstract_pointer_declarator reference_declarator abstract_reference_declarator")
_ARRAYS = types("array_declarator abstract_array_declarator")
_FUNCTIONS = types("function_declarator abstract_function_declarator")
_DECLARING = sorted(
    _POINTERS
    | _ARRAYS
    | _FUNCTIONS
    | types("declaration parameter_declaration optional_parameter_declaration init_declarator parenthesized_declarator")
)
"""Where a name is declared, and is no expression."""


def attrs_of(tree: Tree, syntax: Any) -> Node:
    """The modifiers among the children, as tokens that no metavariable stands for."""
    found = [tree.make("tok", child, (), tree.text(child)) for child in syntax.children if child.type in MODIFIERS]
    return tree.list("attrs", syntax.children[0], found)


class Declared:
    """What a declarator declares: a name, with the type that all around the name makes."""

    def __init__(self, tree: Tree, type_: Node | None, declarator: Any) -> None:
        self.tree, self.type = tree, type_
        self.name: Any = None
        self.value: Any = None
        """Where it has one in itself (`x = 1`)."""
        self.function: Any = None
        """The declarator of the function that it is."""
        self._read(declarator)

    def _read(self, declarator: Any) -> None:
        while declarator is not None:
            kind = declarator.type
            below = declarator.child_by_field_name("declarator")
            if kind == "init_declarator":
                self.value = declarator.child_by_field_name("value")
            elif kind in _POINTERS:
                self._pointer(declarator)
                below = below or _last(declarator)
            elif kind in _ARRAYS:
                size = declarator.child_by_field_name("size")
                self._around(
                    "array_type", declarator, [self.tree.node(size) if size is not None else _unsized(self.tree, declarator)]
                )
            elif kind in _FUNCTIONS:
                if self.function is not None or (below is not None and below.type in _WRAPPERS):
                    self._around("function_type", declarator, [self.tree.node(declarator.child_by_field_name("parameters"))])
                else:
                    self.function = declarator
            elif kind in _WRAPPERS:
                below = below or _last(declarator)
            else:
                self.name = declarator
                return
            declarator = below

    def _pointer(self, declarator: Any) -> None:
        sign = next((child for child in declarator.children if child.type in ("*", "&", "&&")), declarator)
        start = self.type.start if self.type is not None else sign.start_byte
        text = "" if sign.type == "*" else sign.type
        self.type = Node("pointer_type", start, sign.end_byte, text=text, kids=[self.type], syntax=declarator, tree=self.tree)

    def _around(self, kind: str, declarator: Any, more: Kids) -> None:
        start, end = (self.type.start, self.type.end) if self.type is not None else (declarator.start_byte, declarator.end_byte)
        self.type = Node(kind, start, end, kids=[self.type, *more], syntax=declarator, tree=self.tree)


def _unsized(tree: Tree, declarator: Any) -> Node:
    """What stands for the size of `a[]`."""
    opened = next((child for child in declarator.children if child.type == "["), declarator)
    return Node("tok", opened.start_byte, declarator.end_byte, text="[]", kids=[], syntax=opened, tree=tree)


def _named(tree: Tree, declarator: Any) -> Node | None:
    """The name that is declared: it is found as a part of the declaration, not as an expression."""
    if declarator is None or declarator.child_count:
        return tree.node(declarator) if declarator is not None else None
    return tree.make("ident", declarator, (), tree.text(declarator))


def _last(syntax: Any) -> Any:
    named = [child for child in syntax.named_children if not child.is_extra and child.type not in MODIFIERS]
    return named[-1] if named else None


def _type_of(tree: Tree, syntax: Any) -> Node | None:
    type_ = syntax.child_by_field_name("type")
    return tree.node(type_) if type_ is not None else None


def declaration(tree: Tree, syntax: Any) -> Node:
    """Variables, fields and declared functions: one node a declarator."""
    declarators = syntax.children_by_field_name("declarator")
    attrs, type_ = attrs_of(tree, syntax), _type_of(tree, syntax)
    if not declarators:
        return type_ if type_ is not None and type_.kind == "class" else tree.plain(syntax)
    value = syntax.child_by_field_name("value") or syntax.child_by_field_name("default_value")
    # The variable of a loop has no value that stays.
    kind = "var" if syntax.parent is None or syntax.parent.type != "for_statement" else "loop_variable"
    made = []
    for declarator in declarators:
        declared = Declared(tree, type_, declarator)
        end = syntax.end_byte if declarator.id == declarators[-1].id else declarator.end_byte
        if declared.function is not None:
            made.append(_function_node(tree, syntax, attrs, declared, None))
            continue
        given = declared.value or value
        name = _named(tree, declared.name)
        kids = [attrs, name, declared.type, tree.node(given) if given is not None else None]
        made.append(Node(kind, syntax.start_byte, end, kids=kids, syntax=syntax, tree=tree))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _function_node(tree: Tree, syntax: Any, attrs: Node, declared: Declared, body: Any) -> Node:
    parameters = declared.function.child_by_field_name("parameters")
    more = attrs_of(tree, declared.function).kids
    kids = [
        tree.list("attrs", syntax, [*attrs.kids, *more]) if more else attrs,
        tree.name(declared.name) if declared.name is not None else None,
        tree.node(parameters),
        declared.type,
        tree.node(body) if body is not None else semicolon(tree, syntax),
    ]
    return tree.make("func", syntax, kids, "function")


def function(tree: Tree, syntax: Any) -> Node:
    """A function with its body."""
    declared = Declared(tree, _type_of(tree, syntax), syntax.child_by_field_name("declarator"))
    if declared.function is None:
        return tree.plain(syntax)
    return _function_node(tree, syntax, attrs_of(tree, syntax), declared, syntax.child_by_field_name("body"))


def _param(tree: Tree, syntax: Any) -> Node:
    declared = Declared(tree, _type_of(tree, syntax), syntax.child_by_field_name("declarator"))
    default = syntax.child_by_field_name("default_value")
    type_ = declared.type
    if declared.function is not None:
        type_ = tree.make("function_type", syntax, (type_, tree.node(declared.function.child_by_field_name("parameters"))))
    name = _named(tree, declared.name)
    return tree.make(
        "param", syntax, (attrs_of(tree, syntax), name, type_, tree.node(default) if default is not None else None)
    )


def _params(tree: Tree, syntax: Any) -> Node:
    """The parameters; `(void)` has none."""
    found = tree.named(syntax)
    if len(found) == 1 and tree.text(syntax).strip("() \t\n") == "void":
        found = []
    return tree.make("params", syntax, found)


def _described(tree: Tree, syntax: Any) -> Node:
    """A type without a name."""
    declared = Declared(tree, _type_of(tree, syntax), syntax.child_by_field_name("declarator"))
    return declared.type or tree.plain(syntax)


def _sized(tree: Tree, syntax: Any) -> Node:
    return tree.make("ident", syntax, (), " ".join(tree.text(syntax).split()))


def _member(tree: Tree, syntax: Any) -> Node:
    """`a.b`, `a->b`."""
    argument, sign = syntax.child_by_field_name("argument"), syntax.child_by_field_name("operator")
    object_ = tree.node(argument)
    if sign is not None and sign.type == "->" and argument.type != "this":
        object_ = Node("unary", object_.start, sign.end_byte, text="*", kids=[object_], syntax=argument, tree=tree)
    field = syntax.child_by_field_name("field")
    return tree.make("dot", syntax, (object_, tree.name(field) if field is not None else None))


def _unary(tree: Tree, syntax: Any) -> Node:
    sign, argument = syntax.child_by_field_name("operator"), syntax.child_by_field_name("argument")
    after = "after " if sign.start_byte > argument.start_byte else ""
    return tree.make("unary", syntax, (tree.node(argument),), after + tree.text(sign))


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if field("operator").type == "=":
        return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))
    return tree.lazy("augmented_assignment_expression", syntax, Tree.children)


def _index(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    index = field("index") or field("indices")
    return tree.make("index", syntax, (tree.node(field("argument")), tree.node(index) if index is not None else None))


def _cond(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    yes = field("consequence")
    kids = [tree.node(field("condition")), tree.node(yes) if yes is not None else None, tree.node(field("alternative"))]
    return tree.make("cond", syntax, kids)


def class_(word: str) -> Builder:
    """A struct, union, enum or class: a definition where it has a body, else the name of a type."""

    def build(tree: Tree, syntax: Any) -> Node:
        name, body = syntax.child_by_field_name("name"), syntax.child_by_field_name("body")
        if body is None:
            return tree.make(word, syntax, (tree.name(name),)) if name is not None else tree.plain(syntax)
        bases = [child for child in syntax.named_children if child.type == "base_class_clause"]
        supers = [tree.node(one) for base in bases for one in base.named_children if one.type != "access_specifier"]
        first = syntax.children[0]
        kids = [tree.list("attrs", first, ()), tree.name(name) if name is not None else None]
        return tree.make("class", syntax, [*kids, tree.list("supers", name or first, supers), tree.node(body)], word)

    return Maker(build, "class", word)


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    rest = field("alternative")
    after = next((child for child in rest.named_children if not child.is_extra), None) if rest is not None else None
    return tree.make("if", syntax, (tree.node(field("condition")), tree.body(field("consequence")), tree.body(after)))


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (tree.node(field("condition")), tree.statement(field("body"))))


def _for(tree: Tree, syntax: Any) -> Node:
    """What stands in the brackets, and the body."""
    opened = next(child for child in syntax.children if child.type == "(")
    closed = next(child for child in reversed(syntax.children) if child.type == ")")
    inside = [
        child for child in syntax.named_children if opened.end_byte <= child.start_byte and child.end_byte <= closed.start_byte
    ]
    kids: Kids = [tree.node(child) for child in inside if not child.is_extra]
    header = Node(syntax.type, opened.end_byte, closed.start_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("for", syntax, (header, tree.statement(syntax.child_by_field_name("body"))))


def _switch(tree: Tree, syntax: Any) -> Node:
    """A switch: its value and its cases; a case without statements is a further label of the next one."""
    body = syntax.child_by_field_name("body")
    if body is None or body.type != "compound_statement":
        return tree.plain(syntax)
    value = tree.node(syntax.child_by_field_name("condition"))
    return switch(tree, syntax, value, lambda t, s: merged(_statements(t, s.child_by_field_name("body"))))


def _statements(tree: Tree, syntax: Any) -> list[Node]:
    made: list[Node] = []
    for child in syntax.named_children:
        if not child.is_extra:
            node = tree.statement(child)
            made += [kid for kid in node.kids if kid is not None] if node.kind == "several" else [node]
    return made


def _case(tree: Tree, syntax: Any) -> Node:
    """A case of a switch: its labels, and its statements in a block."""
    value = syntax.child_by_field_name("value")
    statements: Kids = []
    for child in syntax.named_children:
        if not child.is_extra and (value is None or child.id != value.id):
            node = tree.statement(child)
            statements += node.kids if node.kind == "several" else [node]
    body = tree.list("block", syntax, statements)
    return case(tree, syntax, [tree.node(value)] if value is not None else [], body)


def _conditional(tree: Tree, syntax: Any) -> Node:
    """What stands between the lines of an `#if` and its `#else`s: all of it counts."""
    heads = {
        child.id for child in (syntax.child_by_field_name("name"), syntax.child_by_field_name("condition")) if child is not None
    }
    made: Kids = []
    for child in syntax.named_children:
        if child.id not in heads and not child.is_extra:
            node = tree.statement(child)
            made += node.kids if node.kind == "several" else [node]
    return tree.make("several", syntax, made)


_angled = stripped("<>")


def _include(tree: Tree, syntax: Any) -> Node:
    path = syntax.child_by_field_name("path")
    return tree.make(
        "import", syntax, (_angled(tree, path) if path.type == "system_lib_string" else tree.node(path), None, None)
    )


RULES: Mapping[str, Form | Builder] = {
    "translation_unit": block,
    "compound_statement": block,
    "field_declaration_list": block,
    "declaration_list": block,
    "declaration": declaration,
    "field_declaration": declaration,
    "function_definition": function,
    "parameter_list": _params,
    "parameter_declaration": _param,
    "optional_parameter_declaration": _param,
    "type_descriptor": _described,
    "identifier": word(**dict.fromkeys(_DECLARING, "declarator")),
    "primitive_type": leaf("ident"),
    "sized_type_specifier": _sized,
    "struct_specifier": class_("struct"),
    "union_specifier": class_("union"),
    "enum_specifier": class_("enum"),
    "call_expression": form("call", "function", "arguments"),
    "argument_list": elements("args"),
    "field_expression": _member,
    "subscript_expression": _index,
    "pointer_expression": _unary,
    "unary_expression": _unary,
    "update_expression": _unary,
    "binary_expression": binary(),
    "conditional_expression": _cond,
    "assignment_expression": _assignment,
    "cast_expression": form("cast", "type", "value"),
    "parenthesized_expression": bracketed,
    "expression_statement": form("exprstmt", "#0"),
    "initializer_list": elements("array"),
    "initializer_pair": form("pair", "designator", "value"),
    "field_designator": inner,
    "string_literal": quoted("string_content escape_sequence"),
    "concatenated_string": elements("concat"),
    "char_literal": leaf("char"),
    "number_literal": leaf("num"),
    "true": leaf("const"),
    "false": leaf("const"),
    "null": leaf("const"),
    "if_statement": _if,
    "while_statement": _while,
    "for_statement": _for,
    "switch_statement": _switch,
    "case_statement": _case,
    "return_statement": form("return", "#0"),
    "preproc_include": _include,
    "preproc_ifdef": _conditional,
    "preproc_if": _conditional,
    "preproc_else": _conditional,
    "preproc_elif": _conditional,
    "preproc_elifdef": _conditional,
}

_CONDITIONALS = dict.fromkeys(("preproc_ifdef", "preproc_if", "preproc_else", "preproc_elif", "preproc_elifdef"), ("several",))

KINDS: Mapping[str, tuple[str, ...]] = {
    **_CONDITIONALS,
    "declaration": ("var", "func", "several", "class", "loop_variable"),
    "field_declaration": ("var", "func", "several", "class"),
    "function_definition": ("func",),
    "parameter_list": ("params",),
    "parameter_declaration": ("param",),
    "optional_parameter_declaration": ("param",),
    "type_descriptor": ("pointer_type", "array_type", "function_type"),
    "sized_type_specifier": ("ident",),
    "field_expression": ("dot",),
    "subscript_expression": ("index",),
    "pointer_expression": ("unary",),
    "unary_expression": ("unary",),
    "update_expression": ("unary",),
    "conditional_expression": ("cond",),
    "assignment_expression": ("assign", "augmented_assignment_expression"),
    "if_statement": ("if",),
    "while_statement": ("while",),
    "for_statement": ("for",),
    "switch_statement": ("switch",),
    "case_statement": ("case", "labels", "block"),
    "preproc_include": ("import",),
}

STATEMENTS = types(
    """do_statement case break_statement continue_statement goto_statement labeled_statement
    type_definition preproc_def preproc_function_def preproc_call for attributed_statement seh_try_statement
    seh_leave_statement"""
)

CONTEXTS = (
    "void __f__(void) { @@ }",
    "void __f__(void) { @@; }",
    "@@",
    "@@;",
    "struct __S__ { @@ };",
    "struct __S__ { @@; };",
    "void __f__(void) { @@ { } }",
    "@@ { }",
    "void __f__(void) { switch (1) { @@ } }",
    "void __f__(@@) { }",
)
ELLIPSES = ("$", "$;", "$ $;", "$ $", "$; $", "$; $; $", "$; $ $;")
RESERVED = types("return if else while for do switch case break continue goto sizeof typedef")
