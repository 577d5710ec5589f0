"""How Python's grammar maps to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import Maker, binary, block, deferred, elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import branches, case, switch
from ospec_guard.pattern.tree import Quirks, Tree


def _call(tree: Tree, syntax: Any) -> Kids:
    arguments = syntax.child_by_field_name("arguments")
    if arguments is not None and arguments.type == "generator_expression":
        args = tree.list("args", arguments, [tree.node(arguments)])
    else:
        args = tree.node(arguments)
    return [tree.node(syntax.child_by_field_name("function")), args]


def _definition(kind: str, text: str, kids: Any) -> Maker:
    """A function or class; with decorators it is the one node that is decorated."""

    def build(tree: Tree, syntax: Any) -> Node:
        outer = syntax.parent
        if outer is not None and outer.type == "decorated_definition":
            return tree.node(outer)
        return tree.lazy(kind, syntax, kids, text)

    return Maker(build, kind)


def _function(tree: Tree, syntax: Any) -> Kids:
    field = syntax.child_by_field_name
    name, returns = field("name"), field("return_type")
    attrs = [tree.node(child) for child in syntax.children if child.type == "async"]
    return [
        tree.list("attrs", syntax.children[0], attrs),
        tree.name(name) if name is not None else None,
        tree.node(field("parameters")),
        tree.node(returns) if returns is not None else None,
        tree.body(field("body")),
    ]


def _lambda(tree: Tree, syntax: Any) -> Kids:
    parameters = syntax.child_by_field_name("parameters")
    params = tree.node(parameters) if parameters is not None else tree.list("params", syntax.children[0], ())
    body = syntax.child_by_field_name("body")
    result = tree.node(body)
    # What a lambda gives is what it returns.
    returned = Node("return", result.start, result.end, kids=[result], syntax=syntax, tree=tree)
    block_ = Node("block", result.start, result.end, kids=[returned], syntax=syntax, tree=tree)
    return [tree.list("attrs", syntax.children[0], ()), None, params, None, block_]


def _class(tree: Tree, syntax: Any) -> Kids:
    field = syntax.child_by_field_name
    bases = field("superclasses")
    supers = tree.list("supers", bases, tree.named(bases)) if bases is not None else tree.list("supers", field("name"), ())
    name = tree.name(field("name"))
    return [tree.list("attrs", syntax.children[0], ()), name, supers, tree.body(field("body"))]


def _decorated(tree: Tree, syntax: Any) -> Node:
    definition = syntax.child_by_field_name("definition")
    decorators = [tree.node(child) for child in syntax.children if child.type == "decorator"]

    def kids(tree: Tree, _syntax: Any) -> Kids:
        own, *rest = _class(tree, definition) if is_class else _function(tree, definition)
        return [tree.list("attrs", syntax, [*decorators, *(own.kids if own is not None else [])]), *rest]

    is_class = definition.type == "class_definition"
    return tree.lazy("class" if is_class else "func", syntax, kids, "class" if is_class else "function")


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    left, value, type_ = field("left"), field("right"), field("type")
    target = tree.node(left)
    if type_ is None:
        targets = [target]
        while value is not None and value.type == "assignment" and value.child_by_field_name("type") is None:
            targets.append(tree.node(value.child_by_field_name("left")))
            value = value.child_by_field_name("right")
        if len(targets) > 1:  # `x = y = 1` gives `x, y` a value.
            target = Node("tuple", targets[0].start, targets[-1].end, kids=[*targets], syntax=left, tree=tree)
        return tree.make("assign", syntax, (target, tree.node(value))) if value is not None else tree.plain(syntax)
    none = tree.list("attrs", left, ())
    return tree.make("var", syntax, (none, target, tree.node(type_), tree.node(value) if value is not None else None))


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, default, type_ = field("name"), field("value"), field("type")
    if name is None:
        named = [child for child in syntax.named_children if not child.is_extra]
        name = named[0]
    kids = [
        tree.list("attrs", name, ()),
        tree.node(name),
        tree.node(type_) if type_ is not None else None,
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def _params(tree: Tree, syntax: Any) -> Node:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        node = tree.node(child)
        if node.kind in ("id", "tuple"):
            node = tree.make("param", child, (tree.list("attrs", child, ()), node, None, None))
        found.append(node)
    return tree.list("params", syntax, found)


def _if(tree: Tree, syntax: Any) -> Kids:
    return _branches(tree, syntax, syntax.children_by_field_name("alternative"), 0)


def _branches(tree: Tree, syntax: Any, others: Any, at: int) -> Kids:
    """The kids of an `if` or `elif`: what follows is its else."""
    test, then = syntax.child_by_field_name("condition"), syntax.child_by_field_name("consequence")
    rest: Node | None = None
    if at < len(others):
        other = others[at]
        if other.type == "elif_clause":

            def kids(tree: Tree, syntax: Any) -> Kids:
                return _branches(tree, syntax, others, at + 1)

            end = others[-1].end_byte
            nested = Node("if", other.start_byte, end, syntax=other, tree=tree, make=kids)
            rest = Node("block", nested.start, end, kids=[nested], syntax=other, tree=tree)
        else:
            rest = tree.body(other.child_by_field_name("body"))
    return [tree.node(test), tree.body(then), rest]


def _elif(tree: Tree, syntax: Any) -> Node:
    """An `elif` is the `if` in the else of the one before."""
    node = tree.node(syntax.parent)
    while node.syntax != syntax:
        rest = node.kids[2] if node.kind == "if" else None
        nested = rest.kids[0] if rest is not None and rest.kids else None
        if nested is None:
            return tree.plain(syntax)
        node = nested
    return node


def _expression_statement(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) > 1:
        tuple_ = tree.list("tuple", syntax, [tree.node(child) for child in named])
        return tree.make("exprstmt", syntax, (tuple_,))
    node = tree.node(named[0])
    return node if node.kind == "var" else tree.make("exprstmt", syntax, (node,))


def _try(tree: Tree, syntax: Any) -> Kids:
    """Body, handlers, else, finally."""
    handlers: list[Node] = []
    rest: dict[str, Any] = {}
    for child in syntax.named_children:
        if child.type in ("except_clause", "except_group_clause"):
            handlers.append(tree.node(child))
        else:
            rest[child.type] = child
    otherwise, finally_ = rest.get("else_clause"), rest.get("finally_clause")
    return [
        tree.body(syntax.child_by_field_name("body")),
        tree.list("cases", syntax, handlers),
        tree.body(otherwise.child_by_field_name("body")) if otherwise is not None else None,
        _last_block(tree, finally_) if finally_ is not None else None,
    ]


def _match(tree: Tree, syntax: Any) -> Node:
    subjects = [tree.node(child) for child in syntax.children_by_field_name("subject")]
    value = subjects[0] if len(subjects) == 1 else tree.list("tuple", syntax, subjects)
    return switch(tree, syntax, value, branches("case_clause"))


def _case(tree: Tree, syntax: Any) -> Node:
    guard = syntax.child_by_field_name("guard")
    patterns = [inner(tree, child) for child in syntax.named_children if child.type == "case_pattern"]
    label = patterns[0] if len(patterns) == 1 else tree.list("tuple", syntax, patterns)
    body = tree.body(syntax.child_by_field_name("consequence")) or tree.list("block", syntax, ())
    return case(tree, syntax, [label, *([inner(tree, guard)] if guard is not None else [])], body)


def _last_block(tree: Tree, syntax: Any) -> Node | None:
    blocks = [child for child in syntax.named_children if child.type == "block"]
    return tree.node(blocks[-1]) if blocks else None


def _handler(tree: Tree, syntax: Any) -> Kids:
    """The types, the name if there is one, the body."""
    value, name = syntax.child_by_field_name("value"), syntax.child_by_field_name("alias")
    if value is not None and value.type == "as_pattern":
        name = value.child_by_field_name("alias")
        value = next(child for child in value.named_children if not child.is_extra)
    types_: list[Node] = []
    if value is not None:
        types_ = [tree.list("args", value, tree.named(value)) if value.type == "tuple" else tree.node(value)]
    alias = [Node("alias", name.start_byte, name.end_byte, kids=[tree.node(name)], syntax=name, tree=tree)] if name else []
    return [*types_, *alias, _last_block(tree, syntax)]


def _with(tree: Tree, syntax: Any) -> Node:
    """`with a, b:` is `with a:` with `with b:` in it; each begins with what is entered."""
    items = _items(syntax)
    return tree.node(items[0]) if items else tree.plain(syntax)


def _items(syntax: Any) -> list[Any]:
    clauses = [child for child in syntax.named_children if child.type == "with_clause"]
    return [child for clause in clauses for child in clause.named_children if child.type == "with_item"]


def _with_item(tree: Tree, syntax: Any) -> Node:
    statement = syntax.parent.parent if syntax.parent is not None else None
    if statement is None or statement.type != "with_statement":
        return tree.plain(syntax)
    return Node("with", syntax.start_byte, statement.end_byte, syntax=syntax, tree=tree, make=_entered)


def _entered(tree: Tree, syntax: Any) -> Kids:
    """`async`, what is entered, the name it is given, the body."""
    statement = syntax.parent.parent
    items = _items(statement)
    attrs = [tree.node(child) for child in statement.children if child.type == "async"]
    value, name = syntax.child_by_field_name("value"), None
    if value.type == "as_pattern":
        name = value.child_by_field_name("alias")
        value = next(child for child in value.named_children if not child.is_extra)
    body = tree.body(statement.child_by_field_name("body"))
    at = items.index(syntax)
    if at + 1 < len(items):
        inner_ = tree.node(items[at + 1])
        body = Node("block", inner_.start, inner_.end, kids=[inner_], syntax=items[at + 1], tree=tree)
    return [tree.list("attrs", syntax, attrs), tree.node(value), tree.node(name) if name is not None else None, body]


def _for(tree: Tree, syntax: Any) -> Node:
    """A loop ends where its body ends."""
    body = syntax.child_by_field_name("body")
    start = next((child.start_byte for child in syntax.children if child.type == "for"), syntax.start_byte)
    return Node("for", start, body.end_byte if body is not None else syntax.end_byte, syntax=syntax, tree=tree, make=_loop)


def _loop(tree: Tree, syntax: Any) -> Kids:
    """`async`, target, what is gone through, body, else."""
    field = syntax.child_by_field_name
    attrs = [tree.node(child) for child in syntax.children if child.type == "async"]
    otherwise = field("alternative")
    rest = tree.body(otherwise.child_by_field_name("body")) if otherwise is not None else None
    return [
        tree.list("attrs", syntax, attrs),
        tree.node(field("left")),
        tree.node(field("right")),
        tree.body(field("body")),
        rest,
    ]


def _brackets(tree: Tree, syntax: Any) -> Node:
    """An expression is as wide as the brackets around it, a name is not."""
    node = inner(tree, syntax)
    return node if node.kind == "id" else node.widened(syntax.start_byte, syntax.end_byte)


def _sign(tree: Tree, syntax: Any) -> Node:
    """`-1` is a number; any other sign stands before an operand."""
    sign, operand = syntax.children[0], tree.node(syntax.child_by_field_name("argument"))
    if sign.type == "-" and operand.kind == "num":
        return tree.make("num", syntax, (), "-" + operand.text)
    return tree.make("unary", syntax, (operand,), sign.type)


def _string(tree: Tree, syntax: Any) -> Node:
    node = _plain_string(tree, syntax)
    # `f"…"` is code that makes a text even where it has no holes.
    if _FORMATTED.match(tree.data, syntax.start_byte):
        node.text = "f"
    return node


_FORMATTED = re.compile(rb"(?i:f|rf|fr)[\"']")
_plain_string = quoted("string_content", "interpolation")


def _decorator(tree: Tree, syntax: Any) -> Node:
    """`@a` is `@a()`."""
    node = inner(tree, syntax)
    if node.kind != "call":
        node = tree.make("call", syntax, (node, tree.list("args", syntax, ())))
        node.start = node.kids[0].start if node.kids[0] is not None else node.start
    return tree.make("attr", syntax, (node,))


def _import(tree: Tree, syntax: Any) -> Node:
    made = []
    for child in syntax.children_by_field_name("name"):
        name, alias = child, None
        if child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        made.append(tree.make("import", syntax, (tree.node(name), None, tree.name(alias) if alias is not None else None)))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _import_from(tree: Tree, syntax: Any) -> Node:
    module = syntax.child_by_field_name("module_name")
    # `__future__` is a keyword to the grammar, after the `from`.
    path = tree.node(module) if module is not None else tree.make("id", syntax.children[1], (), "__future__")
    made = []
    for child in syntax.children_by_field_name("name"):
        name, alias = child, None
        if child.type == "aliased_import":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        made.append(tree.make("import", syntax, (path, _single(tree, name), tree.name(alias) if alias is not None else None)))
    if not made:
        made.append(tree.make("import", syntax, (path, tree.make("ident", syntax, (), "*"), None)))
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _single(tree: Tree, dotted: Any) -> Node:
    return tree.name(dotted.named_children[0]) if dotted.named_child_count == 1 else tree.node(dotted)


def _dotted(tree: Tree, syntax: Any) -> Node:
    names = [child for child in syntax.named_children if not child.is_extra]
    node = tree.node(names[0])
    for child in names[1:]:
        node = Node("dot", node.start, child.end_byte, kids=[node, tree.name(child)], syntax=syntax, tree=tree)
    return node


def _comparison(tree: Tree, syntax: Any) -> Node:
    operands = [child for child in syntax.named_children if not child.is_extra]
    signs = " ".join([child.type for child in syntax.children if not child.is_named])
    return tree.make("binop", syntax, [tree.node(child) for child in operands], signs)


def _print(tree: Tree, syntax: Any) -> Node:
    keyword = syntax.children[0]
    function = Node("id", keyword.start_byte, keyword.end_byte, text=tree.text(keyword), kids=[], syntax=keyword, tree=tree)
    call = tree.make("call", syntax, (function, tree.list("args", syntax, tree.named(syntax))))
    return tree.make("exprstmt", syntax, (call,))


def _subscript(tree: Tree, syntax: Any) -> Kids:
    subscripts = [tree.node(child) for child in syntax.children_by_field_name("subscript") if child.is_named]
    return [tree.node(syntax.child_by_field_name("value")), *subscripts]


QUIRKS = Quirks(
    rules={
        "module": block,
        "block": block,
        "call": deferred("call", _call),
        "argument_list": elements("args"),
        "keyword_argument": form("kwarg", "name!ident", "value"),
        "attribute": form("dot", "object", "attribute!ident"),
        "subscript": deferred("index", _subscript),
        "assignment": _assignment,
        "named_expression": form("assign", "name", "value"),
        "expression_statement": _expression_statement,
        "binary_operator": binary(),
        "boolean_operator": binary(),
        "comparison_operator": _comparison,
        "parenthesized_expression": Maker(_brackets),
        "string": _string,
        "concatenated_string": elements("concat"),
        "integer": leaf("num"),
        "float": leaf("num"),
        "unary_operator": _sign,
        "not_operator": _sign,
        "true": leaf("const"),
        "false": leaf("const"),
        "none": leaf("const"),
        "list": elements("array"),
        "list_pattern": elements("array"),
        "tuple": elements("tuple"),
        "tuple_pattern": elements("tuple"),
        "pattern_list": elements("tuple"),
        "expression_list": elements("tuple"),
        "set": elements("set"),
        "dictionary": elements("dict"),
        "pair": form("pair", "key", "value"),
        "function_definition": _definition("func", "function", _function),
        "lambda": deferred("func", _lambda, "lambda"),
        "class_definition": _definition("class", "class", _class),
        "decorated_definition": _decorated,
        "decorator": _decorator,
        "parameters": Maker(_params, "params"),
        "lambda_parameters": Maker(_params, "params"),
        "default_parameter": Maker(_param, "param"),
        "typed_parameter": Maker(_param, "param"),
        "typed_default_parameter": Maker(_param, "param"),
        "if_statement": deferred("if", _if),
        "elif_clause": _elif,
        "while_statement": form("while", "condition", "body"),
        "for_statement": _for,
        "with_statement": _with,
        "with_item": _with_item,
        "try_statement": deferred("try", _try),
        "match_statement": Maker(_match, "switch"),
        "case_clause": Maker(_case, "case"),
        "except_clause": deferred("except", _handler),
        "except_group_clause": deferred("except", _handler),
        "return_statement": form("return", "#0"),
        "raise_statement": form("throw", "#0"),
        "import_statement": _import,
        "import_from_statement": _import_from,
        "future_import_statement": _import_from,
        "dotted_name": _dotted,
        "print_statement": _print,
        "exec_statement": _print,
        "type": inner,
        "as_pattern_target": inner,
        "conditional_expression": form("cond", "#1", "#0", "#2"),
    },
    kinds={
        "decorator": ("attr", "call"),
        "unary_operator": ("unary", "num"),
        "not_operator": ("unary",),
        "lambda": ("func", "return"),
        "for_statement": ("for",),
        "with_statement": ("with",),
        "with_item": ("with",),
        "assignment": ("assign", "var"),
        "expression_statement": ("exprstmt", "var"),
        "decorated_definition": ("func", "class"),
        "elif_clause": ("if",),
        "import_statement": ("import",),
        "import_from_statement": ("import",),
        "future_import_statement": ("import",),
        "string": ("str",),
        "concatenated_string": ("concat",),
        "comparison_operator": ("binop",),
        "print_statement": ("exprstmt", "call"),
        "exec_statement": ("exprstmt", "call"),
        "dotted_name": ("dot", "id"),
        "module": ("block",),
        "block": ("block",),
    },
    statements=types(
        """with case delete_statement assert_statement global_statement
        nonlocal_statement pass_statement break_statement continue_statement type_alias_statement"""
    ),
    dropped=types(": else_clause_colon"),
    contexts=("@@", "@@\n    pass", "@@ pass", "@@\ndef __f__(): pass", "try:\n    pass\n@@", "@@\nexcept: pass"),
    ellipses=("$", "**$", "$: $", "$ = $"),
    metavariable="__M{}__",
    unordered=frozenset({"dict", "set"}),
    ordered_supers=True,
    open_lambdas=True,
    scoped=True,
    brackets=types("parenthesized_expression"),
    indented=True,
    typed="$X: T or argument $X: T",
    methods_are_fields=True,
    dotted_attributes=True,
)
