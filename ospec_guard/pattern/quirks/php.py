"""How PHP's grammar maps to the vocabulary of `tree`.

Variables are names with their `$`, and `->` and `::` are members alike. What the language calls a construct and writes like a
function (`echo`, `include`, `exit`) is a call.
"""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, block, bracketed, deferred, elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Node
from ospec_guard.pattern.quirks.branching import attempt, branches, case, switch
from ospec_guard.pattern.tree import Quirks, Tree

_SIGNS = {"and": "&&", "or": "||", "<>": "!="}
"""Operators in another spelling, which binds differently and means the same."""
_MEMBERS = types(
    """member_access_expression nullsafe_member_access_expression member_call_expression nullsafe_member_call_expression
    scoped_call_expression class_constant_access_expression function_definition method_declaration class_declaration
    argument namespace_use_clause interface_declaration trait_declaration enum_declaration variable_name"""
)


def _name(tree: Tree, syntax: Any) -> Node:
    """A name: an expression, or what names a member, a variable or a definition."""
    above = syntax.parent
    member = above is not None and above.type in _MEMBERS and _is_last_name(above, syntax)
    return tree.make("ident" if member else "id", syntax, (), tree.text(syntax))


def _operation(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    sign = tree.text(field("operator"))
    kids = (tree.node(field("left")), tree.node(field("right")))
    return tree.make("binop", syntax, kids, _SIGNS.get(sign.lower(), sign))


def _is_last_name(above: Any, syntax: Any) -> bool:
    if above.type == "class_constant_access_expression":
        return bool(above.named_children[-1] == syntax)
    return above.type == "variable_name" or bool(above.child_by_field_name("name") == syntax)


def _qualified(tree: Tree, syntax: Any) -> Node:
    r"""`\A\B\c`; the leading `\` counts for nothing. The name of a namespace is no expression."""
    if syntax.parent is not None and syntax.parent.type == "namespace_definition":
        return tree.make("namespace_name", syntax, (), tree.text(syntax))
    node: Node | None = None
    for child in syntax.named_children:
        for part in child.named_children if child.type == "namespace_name" else [child]:
            if node is None:
                node = tree.node(part)
            else:
                node = Node("dot", node.start, part.end_byte, kids=[node, tree.name(part)], syntax=syntax, tree=tree)
    return node or tree.make("id", syntax, (), tree.text(syntax))


def _argument(tree: Tree, syntax: Any) -> Node:
    name = syntax.child_by_field_name("name")
    if name is None:
        return inner(tree, syntax)
    return tree.make("kwarg", syntax, (tree.name(name), tree.node(syntax.named_children[-1])))


def _member(tree: Tree, syntax: Any) -> Node:
    """`a->b`, `a::b`, `A::B`."""
    named = [child for child in syntax.named_children if not child.is_extra]
    return tree.make("dot", syntax, (tree.node(named[0]), tree.name(named[-1])))


def _method_call(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    object_, name = field("object") or field("scope"), field("name")
    kids: list[Node | None] = [tree.node(object_), tree.name(name)]
    function = Node("dot", syntax.start_byte, name.end_byte, kids=kids, syntax=syntax, tree=tree)
    return tree.make("call", syntax, (function, tree.node(field("arguments"))))


def _construct(tree: Tree, syntax: Any) -> Node:
    """`echo a, b`, `include a`, `exit(a)`: calls of their keyword."""
    word = syntax.children[0]
    function = Node("id", word.start_byte, word.end_byte, text=tree.text(word), kids=[], syntax=word, tree=tree)
    given = [child for child in syntax.named_children if not child.is_extra]
    if len(given) == 1 and given[0].type in ("sequence_expression", "parenthesized_expression"):
        given = given[0].named_children
    args = tree.list("args", syntax, [tree.node(child) for child in given if not child.is_extra])
    return tree.make("call", syntax, (function, args))


def _construct_statement(tree: Tree, syntax: Any) -> Node:
    return tree.make("exprstmt", syntax, (_construct(tree, syntax),))


def _expression_statement(tree: Tree, syntax: Any) -> Node:
    node = tree.node(syntax.named_children[0])
    if node.kind == "throw":
        return node
    return tree.make("exprstmt", syntax, (node,))


def _new(tree: Tree, syntax: Any) -> Node:
    type_ = args = body = None
    for child in syntax.named_children:
        if child.type == "arguments":
            args = tree.node(child)
        elif child.type == "declaration_list":
            body = tree.node(child)
        elif not child.is_extra and type_ is None:
            type_ = tree.node(child)
    return tree.make("new", syntax, (type_, args or tree.list("args", syntax, ()), body))


def _targets(tree: Tree, syntax: Any) -> Node:
    """`list($a, $b)`, `[$a, $b]`."""
    return tree.make("tuple" if syntax.children[0].type == "list" else "array", syntax, tree.named(syntax))


def _element(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) > 1:
        return tree.make("pair", syntax, (tree.node(named[0]), tree.node(named[1])))
    return inner(tree, syntax)


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))


def _augmented(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (tree.node(field("left")), tree.node(field("right")))
    return tree.make("augmented_assignment", syntax, kids, tree.text(field("operator")))


def _unary(tree: Tree, syntax: Any) -> Node:
    return tree.make("unary", syntax, (tree.node(syntax.named_children[-1]),), tree.text(syntax.children[0]))


def _index(tree: Tree, syntax: Any) -> Node:
    return tree.make("index", syntax, [tree.node(child) for child in syntax.named_children if not child.is_extra])


def _text(tree: Tree, syntax: Any) -> Node:
    """A text with variables in it; one that is nothing but a metavariable stands for texts."""
    only = syntax.named_children
    if len(only) == 1 and only[0].type == "variable_name" and only[0].text.startswith(b"$__M"):
        chars = tree.make("chars", only[0], (), tree.text(only[0]))
        return tree.make("str", syntax, (chars,))
    return tree.make("str", syntax, _pieces(tree, syntax))


def _pieces(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.type not in ("string_content", "escape_sequence", "nowdoc_string"):
            found.append(tree.node(child))
            continue
        last = found[-1] if found else None
        joins = last is not None and last.kind == "chars" and last.end == child.start_byte
        start = last.start if joins and last is not None else child.start_byte
        text = tree.data[start : child.end_byte].decode(errors="replace")
        piece = Node("chars", start, child.end_byte, text=text, kids=[], syntax=syntax, tree=tree)
        found[-1 if joins else len(found) :] = [piece]
    return found


def _heredoc(tree: Tree, syntax: Any) -> Node:
    value = syntax.child_by_field_name("value")
    return tree.make("str", syntax, _pieces(tree, value) if value is not None else ())


def _shell(tree: Tree, syntax: Any) -> Node:
    return tree.make("subshell", syntax, _pieces(tree, syntax))


def _if(tree: Tree, syntax: Any) -> Node:
    return _branches(tree, syntax, syntax.children_by_field_name("alternative"), 0)


def _branches(tree: Tree, syntax: Any, others: list[Any], at: int) -> Node:
    """An `if` or `elseif` with what follows as its else."""
    field = syntax.child_by_field_name
    rest: Node | None = None
    end = syntax.end_byte
    if at < len(others):
        other = others[at]
        if other.type == "else_if_clause":
            nested = _branches(tree, other, others, at + 1)
            rest = Node("block", nested.start, nested.end, kids=[nested], syntax=other, tree=tree)
        else:
            rest = tree.body(other.child_by_field_name("body"))
        end = max(end, others[-1].end_byte)
    kids = [tree.node(field("condition")), tree.body(field("body")), rest]
    return Node("if", syntax.start_byte, end, kids=kids, syntax=syntax, tree=tree)


def _else_if(tree: Tree, syntax: Any) -> Node:
    others = syntax.parent.children_by_field_name("alternative")
    return _branches(tree, syntax, others, others.index(syntax) + 1)


def _case(tree: Tree, syntax: Any) -> Node:
    """A branch: what it is for, then its statements as a block."""
    value = syntax.child_by_field_name("value")
    rest = [child for child in syntax.named_children if not child.is_extra and child != value]
    body = tree.list("block", syntax, [tree.statement(child) for child in rest])
    return case(tree, syntax, [tree.node(value)] if value is not None else [], body)


def _switch(tree: Tree, syntax: Any) -> Node:
    """`switch`, and `match`, which is one with values."""
    return switch(tree, syntax, inner(tree, syntax.child_by_field_name("condition")), _branched)


_branched = branches("case_statement", "default_statement", "match_conditional_expression", "match_default_expression")


def _arm(tree: Tree, syntax: Any) -> Node:
    conditions, value = syntax.child_by_field_name("conditional_expressions"), syntax.child_by_field_name("return_expression")
    labels = tree.named(conditions) if conditions is not None else []
    return case(tree, syntax, labels, tree.list("block", value, [tree.statement(value)]))


def _function(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, returns, parameters = field("name"), field("return_type"), field("parameters")
    kids = [
        tree.attrs(syntax),
        tree.name(name) if name is not None else None,
        tree.node(parameters) if parameters is not None else tree.list("params", syntax.children[0], ()),
        tree.node(returns) if returns is not None else None,
        tree.body(field("body")) or _nothing(tree, syntax),
    ]
    return tree.make("func", syntax, kids, "function" if name is not None else "lambda")


def _nothing(tree: Tree, syntax: Any) -> Node:
    """A method without a body is one that does nothing."""
    return Node("block", syntax.end_byte - 1, syntax.end_byte, kids=[], syntax=syntax, tree=tree)


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    type_, default = field("type"), field("default_value")
    kids = [
        tree.attrs(syntax),
        tree.node(field("name")),
        tree.node(type_) if type_ is not None else None,
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def _class(tree: Tree, syntax: Any) -> Node:
    clauses = [child for child in syntax.named_children if child.type in ("base_clause", "class_interface_clause")]
    name = syntax.child_by_field_name("name")
    supers = tree.list("supers", name, [node for clause in clauses for node in tree.named(clause)])
    kids = (tree.attrs(syntax), tree.name(name), supers, tree.node(syntax.child_by_field_name("body")))
    return tree.make("class", syntax, kids, syntax.type.removesuffix("_declaration"))


def _attribute(tree: Tree, syntax: Any) -> Node:
    name, arguments = syntax.named_children[0], syntax.child_by_field_name("parameters")
    if arguments is None:
        return tree.make("attr", syntax, (tree.node(name),))
    kids = (tree.node(name), tree.node(arguments))
    return tree.make("attr", syntax, (tree.make("call", syntax, kids),))


def _fields(tree: Tree, syntax: Any) -> Node:
    """`private $a = 1, $b;`, `const A = 1;`: a declaration each."""
    type_ = syntax.child_by_field_name("type")
    attrs = tree.attrs(syntax)
    made: list[Node | None] = []
    for child in syntax.named_children:
        if child.type in ("property_element", "const_element"):
            named = [part for part in child.named_children if not part.is_extra]
            value = tree.node(named[1]) if len(named) > 1 else None
            kids = [attrs, tree.node(named[0]), tree.node(type_) if type_ is not None else None, value]
            made.append(tree.make("var", child, kids))
    return made[0] if len(made) == 1 and made[0] is not None else tree.make("several", syntax, made)


def _uses(tree: Tree, syntax: Any) -> Node:
    made: list[Node | None] = []
    prefix = next((tree.node(child) for child in syntax.named_children if child.type == "namespace_name"), None)
    clauses = [child for child in syntax.named_children if child.type == "namespace_use_clause"]
    for group in syntax.named_children:
        if group.type == "namespace_use_group":
            clauses += [child for child in group.named_children if not child.is_extra]
    for clause in clauses:
        alias = clause.child_by_field_name("alias")
        target = next(child for child in clause.named_children if not child.is_extra)
        made.append(_imported(tree, syntax, clause, tree.node(target), prefix, alias))
    return made[0] if len(made) == 1 and made[0] is not None else tree.make("several", syntax, made)


def _imported(tree: Tree, whole: Any, clause: Any, path: Node, prefix: Node | None, alias: Any | None) -> Node:
    """One import, from the start of the declaration on."""
    label = tree.name(alias) if alias is not None else None
    kids = [prefix, path, label] if prefix is not None else [path, None, label]
    if path.kind == "dot" and prefix is None:
        kids = [*path.kids, label]
    return Node("import", whole.start_byte, clause.end_byte, kids=kids, syntax=clause, tree=tree)


QUIRKS = Quirks(
    rules={
        "program": block,
        "compound_statement": block,
        "colon_block": block,
        "declaration_list": block,
        "expression_statement": _expression_statement,
        "name": _name,
        "variable_name": leaf("id"),
        "relative_scope": leaf("id"),
        "qualified_name": _qualified,
        "namespace_name": _qualified,
        "named_type": inner,
        "function_call_expression": form("call", "function", "arguments"),
        "member_call_expression": _method_call,
        "nullsafe_member_call_expression": _method_call,
        "scoped_call_expression": _method_call,
        "member_access_expression": _member,
        "nullsafe_member_access_expression": _member,
        "scoped_property_access_expression": _member,
        "class_constant_access_expression": _member,
        "arguments": elements("args"),
        "argument": _argument,
        "object_creation_expression": _new,
        "subscript_expression": _index,
        "echo_statement": _construct_statement,
        "exit_statement": _construct_statement,
        "unset_statement": _construct_statement,
        "print_intrinsic": _construct,
        "include_expression": _construct,
        "include_once_expression": _construct,
        "require_expression": _construct,
        "require_once_expression": _construct,
        "throw_expression": form("throw", "#0"),
        "array_creation_expression": elements("array"),
        "list_literal": _targets,
        "array_element_initializer": _element,
        "assignment_expression": _assignment,
        "reference_assignment_expression": _assignment,
        "augmented_assignment_expression": _augmented,
        "binary_expression": Maker(_operation, "binop"),
        "unary_op_expression": _unary,
        "conditional_expression": form("cond", "condition", "body", "alternative"),
        "parenthesized_expression": bracketed,
        "string": quoted("string_content escape_sequence"),
        "encapsed_string": _text,
        "heredoc": _heredoc,
        "nowdoc": _heredoc,
        "shell_command_expression": _shell,
        "integer": leaf("num"),
        "float": leaf("num"),
        "boolean": leaf("const"),
        "null": leaf("const"),
        "if_statement": _if,
        "else_if_clause": _else_if,
        "while_statement": form("while", "condition", "body"),
        "switch_statement": _switch,
        "try_statement": deferred("try", attempt),
        "match_expression": _switch,
        "match_conditional_expression": _arm,
        "match_default_expression": _arm,
        "case_statement": _case,
        "default_statement": _case,
        "return_statement": form("return", "#0"),
        "function_definition": _function,
        "method_declaration": _function,
        "anonymous_function": _function,
        "arrow_function": _function,
        "formal_parameters": elements("params"),
        "simple_parameter": _param,
        "variadic_parameter": _param,
        "property_promotion_parameter": _param,
        "class_declaration": _class,
        "interface_declaration": _class,
        "trait_declaration": _class,
        "property_declaration": _fields,
        "const_declaration": _fields,
        "attribute": _attribute,
        "namespace_use_declaration": _uses,
    },
    kinds={
        "attribute": ("attr", "call"),
        "program": ("block",),
        "compound_statement": ("block",),
        "colon_block": ("block",),
        "declaration_list": ("block",),
        "expression_statement": ("exprstmt", "throw"),
        "name": ("id", "ident"),
        "variable_name": ("id",),
        "relative_scope": ("id",),
        "qualified_name": ("dot", "id"),
        "namespace_name": ("dot", "id"),
        "member_call_expression": ("call", "dot"),
        "nullsafe_member_call_expression": ("call", "dot"),
        "scoped_call_expression": ("call", "dot"),
        "member_access_expression": ("dot",),
        "nullsafe_member_access_expression": ("dot",),
        "scoped_property_access_expression": ("dot",),
        "class_constant_access_expression": ("dot",),
        "arguments": ("args",),
        "argument": ("kwarg",),
        "object_creation_expression": ("new",),
        "subscript_expression": ("index",),
        "echo_statement": ("exprstmt", "call"),
        "exit_statement": ("exprstmt", "call"),
        "unset_statement": ("exprstmt", "call"),
        "print_intrinsic": ("call",),
        "include_expression": ("call",),
        "include_once_expression": ("call",),
        "require_expression": ("call",),
        "require_once_expression": ("call",),
        "array_creation_expression": ("array",),
        "list_literal": ("array", "tuple"),
        "array_element_initializer": ("pair",),
        "assignment_expression": ("assign",),
        "reference_assignment_expression": ("assign",),
        "augmented_assignment_expression": ("augmented_assignment",),
        "binary_expression": ("binop",),
        "unary_op_expression": ("unary",),
        "string": ("str",),
        "encapsed_string": ("str",),
        "heredoc": ("str",),
        "nowdoc": ("str",),
        "shell_command_expression": ("subshell",),
        "integer": ("num",),
        "float": ("num",),
        "boolean": ("const",),
        "null": ("const",),
        "if_statement": ("if",),
        "else_if_clause": ("if",),
        "switch_statement": ("switch",),
        "match_expression": ("switch",),
        "match_conditional_expression": ("case", "block"),
        "match_default_expression": ("case", "block"),
        "case_statement": ("case", "block"),
        "default_statement": ("case", "block"),
        "function_definition": ("func",),
        "method_declaration": ("func",),
        "anonymous_function": ("func",),
        "arrow_function": ("func",),
        "formal_parameters": ("params",),
        "simple_parameter": ("param",),
        "variadic_parameter": ("param",),
        "property_promotion_parameter": ("param",),
        "class_declaration": ("class",),
        "interface_declaration": ("class",),
        "trait_declaration": ("class",),
        "property_declaration": ("var", "several"),
        "const_declaration": ("var", "several"),
        "namespace_use_declaration": ("import", "several"),
    },
    identifiers=frozenset(),
    names=frozenset(),
    statements=types(
        """foreach_statement for_statement do_statement try_statement break_statement continue_statement
        global_declaration function_static_declaration namespace_definition use_declaration goto_statement
        declare_statement named_label_statement enum_declaration augmented_assignment"""
    ),
    usual={"public": types("private protected public")},
    modifiers=types(
        """visibility_modifier static_modifier abstract_modifier final_modifier readonly_modifier var_modifier attribute_list
        reference_modifier"""
    ),
    dropped=types("php_tag php_end_tag text text_interpolation empty_statement"),
    contexts=(
        "<?php @@",
        "<?php @@;",
        "<?php class __C__ { @@ }",
        "<?php @@ {}",
        "<?php __f__(@@);",
        "<?php [@@];",
        "<?php switch (1) { @@ }",
    ),
    ellipses=("$", "$;", "$ => $", "public $;", "case $:"),
    results=types("anonymous_function"),
    voids=types("new update_expression"),
    falls_through=True,
    metavariable="$__M{}__",
    metavariable_after=dict.fromkeys(
        types("class function extends implements interface trait namespace use const enum #["), "__M{}__"
    ),
    metavariable_before={"$": "__M{}__"},
    plain=types("$_GET $_POST $_COOKIE $_REQUEST $_SERVER $_FILES $_ENV $_SESSION $GLOBALS"),
    caseless=True,
    methods_are_fields=True,
    dollars=True,
)
