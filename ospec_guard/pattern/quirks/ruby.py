"""How Ruby's grammar maps to the vocabulary of `tree`.

A call has its block as a third kid, `def self.f` is a func whose text is `singleton`, and `x if y` is an `if`.
"""

from __future__ import annotations

from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import elements, form, inner, leaf, quoted
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.quirks.branching import case, switch
from ospec_guard.pattern.tree import Quirks, Tree

_CLAUSES = ("rescue", "ensure")


def _block(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("block", syntax, _statements)


def _statements(tree: Tree, syntax: Any) -> list[Node | None]:
    children = [child for child in syntax.named_children if not child.is_extra and child.type != "heredoc_body"]
    if any(child.type in _CLAUSES for child in children):
        return [_guarded(tree, syntax, children)]
    return [_statement(tree, child) for child in children if child.type not in _BETWEEN]


_BETWEEN = ("block_parameters", "lambda_parameters")


def _statement(tree: Tree, syntax: Any) -> Node:
    """A statement; a name that stands alone calls a method, if it is no placeholder of a pattern."""
    if syntax.type == "identifier" and not syntax.text.startswith(b"__"):
        name = tree.node(syntax)
        call = tree.make("call", syntax, (name, tree.list("args", syntax, ()), None))
        return tree.make("exprstmt", syntax, (call,))
    return tree.statement(syntax)


def _guarded(tree: Tree, syntax: Any, children: list[Any]) -> Node:
    """Statements with what rescues them."""
    plain = [child for child in children if child.type not in (*_CLAUSES, "else", *_BETWEEN)]
    first = Node(
        "block",
        plain[0].start_byte if plain else syntax.start_byte,
        plain[-1].end_byte if plain else syntax.start_byte,
        kids=[_statement(tree, child) for child in plain],
        syntax=syntax,
        tree=tree,
    )
    rest = [tree.node(child) for child in children if child.type in (*_CLAUSES, "else")]
    return tree.make("try", syntax, [first, *rest])


def _begin(tree: Tree, syntax: Any) -> Node:
    children = [child for child in syntax.named_children if not child.is_extra and child.type != "heredoc_body"]
    return _guarded(tree, syntax, children) if any(child.type in _CLAUSES for child in children) else _block(tree, syntax)


def _rescue(tree: Tree, syntax: Any) -> Node:
    kids = [tree.node(child) for child in syntax.named_children if not child.is_extra and child.type != "then"]
    return tree.make("rescue", syntax, [*kids, _body(tree, syntax, syntax.child_by_field_name("body"))])


def _rescued(tree: Tree, syntax: Any) -> Node:
    """`a rescue b`."""
    field = syntax.child_by_field_name
    body, handler = field("body"), field("handler")
    rescue = tree.make("rescue", handler, [tree.list("block", handler, [_statement(tree, handler)])])
    return tree.make("try", syntax, [tree.list("block", body, [_statement(tree, body)]), rescue])


def _ensure(tree: Tree, syntax: Any) -> Node:
    return tree.make("ensure", syntax, [_block(tree, syntax)])


def _body(tree: Tree, syntax: Any, body: Any | None) -> Node:
    """A body, empty where there is none."""
    if body is None:
        return Node("block", syntax.end_byte, syntax.end_byte, kids=[], syntax=syntax, tree=tree)
    return tree.node(body) if body.type in _BODIES else tree.list("block", body, [_statement(tree, body)])


_BODIES = frozenset(("then", "else", "do", "body_statement", "block_body", "elsif"))


def _call(tree: Tree, syntax: Any) -> Node:
    """`a.b` is a member, `a.b(c)`, `a.b c` and `a.b { }` are calls of it."""
    field = syntax.child_by_field_name
    receiver, method, arguments, block = field("receiver"), field("method"), field("arguments"), field("block")
    if receiver is None:
        function = tree.node(method)
    else:
        name = (
            tree.name(method)
            if method is not None
            else Node("ident", receiver.end_byte, receiver.end_byte, text="call", kids=[])
        )
        end = method.end_byte if method is not None else receiver.end_byte
        function = Node("dot", syntax.start_byte, end, kids=[tree.node(receiver), name], syntax=syntax, tree=tree)
    if arguments is None and block is None:
        return function
    args = tree.node(arguments) if arguments is not None else tree.list("args", method or syntax, ())
    return tree.make("call", syntax, (function, args, tree.node(block) if block is not None else None))


def _yield(tree: Tree, syntax: Any) -> Node:
    word = syntax.children[0]
    name = Node("id", word.start_byte, word.end_byte, text=tree.text(word), kids=[], syntax=word, tree=tree)
    given = [child for child in syntax.named_children if child.type == "argument_list"]
    args = tree.node(given[0]) if given else tree.list("args", syntax, ())
    return tree.make("call", syntax, (name, args, None))


def _scope(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    scope, name = field("scope"), field("name")
    return tree.make("dot", syntax, (tree.node(scope), tree.name(name))) if scope is not None else tree.node(name)


def _pair(tree: Tree, syntax: Any) -> Node:
    """`a: b` and `:a => b`: a keyword argument, or a pair with a symbol."""
    field = syntax.child_by_field_name
    key, value = field("key"), field("value")
    name = _symbol_name(tree, key)
    given = tree.node(value) if value is not None else Node("id", key.start_byte, key.end_byte, text=tree.text(key), kids=[])
    if name is None:
        return tree.make("pair", syntax, (tree.node(key), given))
    if _is_keyword(syntax):
        return tree.make("kwarg", syntax, (Node("ident", name.start, name.end, text=name.text, kids=[]), given))
    return tree.make("pair", syntax, (tree.make("symbol", key, (name,)), given))


def _is_keyword(pair: Any) -> bool:
    return pair.parent is not None and pair.parent.type == "argument_list"


def _arrow(tree: Tree, syntax: Any) -> Node:
    """`a => b` that stands alone, as pairs do in patterns."""
    field = syntax.child_by_field_name
    return tree.make("pair", syntax, (tree.node(field("value")), tree.node(field("pattern"))))


def _symbol_name(tree: Tree, key: Any) -> Node | None:
    if key.type == "simple_symbol":
        return _named(tree, key)
    if key.type == "hash_key_symbol":
        return tree.make("chars", key, (), tree.text(key))
    if key.type == "string" and key.next_sibling is not None and key.next_sibling.type == ":":
        return tree.make("chars", key, (), tree.text(key)[1:-1])
    return None


def _named(tree: Tree, syntax: Any) -> Node:
    """The name of a symbol."""
    text = tree.text(syntax)
    return Node("chars", syntax.start_byte + 1, syntax.end_byte, text=text[1:], kids=[], syntax=syntax, tree=tree)


def _symbol(tree: Tree, syntax: Any) -> Node:
    if syntax.parent is not None and syntax.parent.type == "pair" and _is_keyword(syntax.parent) and syntax.next_named_sibling:
        return _named(tree, syntax)
    return tree.make("symbol", syntax, (_named(tree, syntax),))


def _bare_symbol(tree: Tree, syntax: Any) -> Node:
    chars = tree.make("chars", syntax, (), tree.text(syntax))
    if syntax.type == "hash_key_symbol" and _is_keyword(syntax.parent):
        return chars
    return tree.make("symbol", syntax, (chars,))


def _identifier(tree: Tree, syntax: Any) -> Node:
    """A name: as the method or member of something else it is no expression."""
    above = syntax.parent
    member = above is not None and (
        (above.type == "call" and above.child_by_field_name("receiver") and above.child_by_field_name("method") == syntax)
        or (
            above.type == "scope_resolution"
            and above.child_by_field_name("scope")
            and above.child_by_field_name("name") == syntax
        )
    )
    return tree.make("ident" if member else "id", syntax, (), tree.text(syntax))


def _if(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    other = field("alternative")
    rest = None
    if other is not None:
        nested = tree.node(other)
        rest = nested if nested.kind == "block" else tree.list("block", other, [nested])
    test = _test(tree, syntax, field("condition"))
    return tree.make("if", syntax, (test, _body(tree, syntax, field("consequence")), rest))


def _if_modifier(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    body = field("body")
    block = tree.list("block", body, [_statement(tree, body)])
    return tree.make("if", syntax, (_test(tree, syntax, field("condition")), block, None))


def _test(tree: Tree, syntax: Any, condition: Any) -> Node:
    """`unless a` is `if !a`, `until a` is `while !a`."""
    test = tree.node(condition)
    words = [child for child in syntax.children if child.type in ("unless", "until")]
    return (
        Node("unary", words[0].start_byte, condition.end_byte, text="!", kids=[test], syntax=condition, tree=tree)
        if words
        else test
    )


def _while(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("while", syntax, (_test(tree, syntax, field("condition")), _body(tree, syntax, field("body"))))


def _while_modifier(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    body = field("body")
    return tree.make(
        "while", syntax, (_test(tree, syntax, field("condition")), tree.list("block", body, [_statement(tree, body)]))
    )


def _branch(tree: Tree, syntax: Any) -> Node:
    """`when a, b then c`, `in a then c`."""
    labels = [tree.node(child) for child in syntax.named_children if not child.is_extra and child.type != "then"]
    return case(tree, syntax, labels, _body(tree, syntax, syntax.child_by_field_name("body")))


def _case(tree: Tree, syntax: Any) -> Node:
    value = syntax.child_by_field_name("value")
    return switch(tree, syntax, tree.node(value) if value is not None else None, _branches)


def _branches(tree: Tree, syntax: Any) -> Kids:
    return [
        case(tree, child, (), tree.node(child)) if child.type == "else" else tree.node(child)
        for child in syntax.named_children
        if child.type in ("when", "in_clause", "else")
    ]


def _method(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, parameters, owner = field("name"), field("parameters"), field("object")
    params = tree.node(parameters) if parameters is not None else tree.list("params", name, ())
    body = _body(tree, syntax, field("body"))
    attrs = tree.list("attrs", syntax.children[0], [tree.node(owner)] if owner is not None else ())
    return tree.make(
        "func", syntax, (attrs, tree.name(name), params, None, body), "singleton" if owner is not None else "function"
    )


def _lambda(tree: Tree, syntax: Any) -> Node:
    """`-> (a) { }`, `{ |a| }`, `do |a| end`."""
    field = syntax.child_by_field_name
    parameters, body = field("parameters"), field("body")
    if syntax.type == "lambda":
        body = body.child_by_field_name("body") if body is not None else None
    params = tree.node(parameters) if parameters is not None else tree.list("params", syntax.children[0], ())
    attrs = tree.list("attrs", syntax.children[0], ())
    sort = "lambda" if syntax.type == "lambda" else "block"
    return tree.make("func", syntax, (attrs, None, params, None, _body(tree, syntax, body)), sort)


def _params(tree: Tree, syntax: Any) -> Node:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.is_extra:
            continue
        name, default = child.child_by_field_name("name"), child.child_by_field_name("value")
        signs = [tree.node(each) for each in child.children if each.type in ("*", "**", "&", ":")]
        target = tree.node(child if child.child_count == 0 or name is None else name)
        kids = (tree.list("attrs", child, signs), target, None, tree.node(default) if default is not None else None)
        found.append(tree.make("param", child, kids))
    return tree.list("params", syntax, found)


def _class(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    name, above = field("name"), field("superclass")
    supers = tree.list("supers", name, [inner(tree, above)] if above is not None else ())
    attrs = tree.list("attrs", syntax.children[0], ())
    return tree.make("class", syntax, (attrs, tree.name(name), supers, _body(tree, syntax, field("body"))), syntax.type)


def _assignment(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    return tree.make("assign", syntax, (tree.node(field("left")), tree.node(field("right"))))


def _augmented(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    kids = (tree.node(field("left")), tree.node(field("right")))
    return tree.make("augmented_assignment", syntax, kids, tree.text(field("operator")))


_SIGNS = {"and": "&&", "or": "||", "not": "!"}


def _binary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    sign = tree.text(field("operator"))
    return tree.make("binop", syntax, (tree.node(field("left")), tree.node(field("right"))), _SIGNS.get(sign, sign))


def _unary(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    sign = tree.text(field("operator"))
    return tree.make("unary", syntax, (tree.node(field("operand")),), _SIGNS.get(sign, sign))


def _index(tree: Tree, syntax: Any) -> Node:
    object_ = syntax.child_by_field_name("object")
    rest = [child for child in syntax.named_children if not child.is_extra and child.id != object_.id]
    return tree.make("index", syntax, [tree.node(object_), *[tree.node(child) for child in rest]])


def _chained(tree: Tree, syntax: Any) -> Node:
    """Literals side by side are one."""
    kids = [kid for part in tree.named(syntax) for kid in part.kids]
    if not kids or any(kid is None or kid.kind != "chars" for kid in kids):
        return tree.make("str", syntax, kids)
    text = "".join([kid.text for kid in kids if kid is not None])
    return tree.make("str", syntax, [tree.make("chars", syntax, (), text)])


def _heredoc(tree: Tree, syntax: Any) -> Node:
    """A text that stands further below; what is interpolated in it counts as text."""
    mark = tree.text(syntax).lstrip("<~-").strip("\"'`")
    node = syntax
    while node is not None:
        after = node.next_sibling
        while after is not None:
            if after.type == "heredoc_body" and after.start_byte > syntax.start_byte and _ends_with(tree, after, mark):
                end = after.children[-1].start_byte
                text = tree.data[after.start_byte : end].decode(errors="replace").strip("\n")
                chars = Node("chars", after.start_byte, end, text=text, kids=[], syntax=after, tree=tree)
                return tree.make("str", syntax, [chars])
            after = after.next_sibling
        node = node.parent
    return tree.make("str", syntax, ())


def _ends_with(tree: Tree, body: Any, mark: str) -> bool:
    return bool(body.children) and tree.text(body.children[-1]).strip() == mark


def _lines(kind: str) -> Any:
    """Text with code in it that is no text literal."""

    def build(tree: Tree, syntax: Any) -> Node:
        return tree.make(kind, syntax, _content(tree, syntax).kids)

    return build


_content = quoted("string_content escape_sequence", "interpolation")


def _return(tree: Tree, syntax: Any) -> Node:
    given = [child for child in syntax.named_children if not child.is_extra]
    values = tree.named(given[0]) if given and given[0].type == "argument_list" else [tree.node(child) for child in given]
    if len(values) > 1:
        return tree.make("return", syntax, (tree.make("tuple", given[0], values),))
    return tree.make("return", syntax, (values[0] if values else None,))


def _brackets(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) != 1:
        return _block(tree, syntax)
    return tree.node(named[0]).widened(syntax.start_byte, syntax.end_byte)


QUIRKS = Quirks(
    rules={
        "program": _block,
        "body_statement": _block,
        "block_body": _block,
        "then": _block,
        "do": _block,
        "else": _block,
        "begin": _begin,
        "rescue": _rescue,
        "rescue_modifier": _rescued,
        "ensure": _ensure,
        "call": _call,
        "yield": _yield,
        "argument_list": elements("args"),
        "scope_resolution": _scope,
        "pair": _pair,
        "match_pattern": _arrow,
        "simple_symbol": _symbol,
        "bare_symbol": _bare_symbol,
        "hash_key_symbol": _bare_symbol,
        "identifier": _identifier,
        "constant": _identifier,
        "hash": elements("dict"),
        "array": elements("array"),
        "string_array": elements("array"),
        "symbol_array": elements("array"),
        "right_assignment_list": elements("tuple"),
        "left_assignment_list": elements("tuple"),
        "if": _if,
        "elsif": _if,
        "unless": _if,
        "if_modifier": _if_modifier,
        "unless_modifier": _if_modifier,
        "while": _while,
        "until": _while,
        "while_modifier": _while_modifier,
        "until_modifier": _while_modifier,
        "case": _case,
        "case_match": _case,
        "when": _branch,
        "in_clause": _branch,
        "pattern": inner,
        "method": _method,
        "singleton_method": _method,
        "lambda": _lambda,
        "block": _lambda,
        "do_block": _lambda,
        "method_parameters": _params,
        "lambda_parameters": _params,
        "block_parameters": _params,
        "class": _class,
        "module": _class,
        "assignment": _assignment,
        "operator_assignment": _augmented,
        "binary": _binary,
        "unary": _unary,
        "element_reference": _index,
        "conditional": form("cond", "condition", "consequence", "alternative"),
        "string": _content,
        "bare_string": _content,
        "chained_string": _chained,
        "heredoc_beginning": _heredoc,
        "subshell": _lines("subshell"),
        "regex": _lines("regex"),
        "return": _return,
        "parenthesized_statements": _brackets,
        "integer": leaf("num"),
        "float": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "nil": leaf("const"),
        "self": leaf("id"),
        "super": leaf("id"),
    },
    kinds={
        "program": ("block",),
        "body_statement": ("block",),
        "block_body": ("block",),
        "then": ("block",),
        "do": ("block",),
        "else": ("block",),
        "begin": ("block", "try"),
        "rescue": ("rescue",),
        "rescue_modifier": ("try",),
        "ensure": ("ensure",),
        "call": ("call", "dot"),
        "yield": ("call",),
        "argument_list": ("args",),
        "scope_resolution": ("dot", "id"),
        "pair": ("kwarg", "pair"),
        "match_pattern": ("pair",),
        "simple_symbol": ("symbol",),
        "bare_symbol": ("symbol",),
        "hash_key_symbol": ("symbol",),
        "identifier": ("id", "ident"),
        "constant": ("id", "ident"),
        "hash": ("dict",),
        "array": ("array",),
        "string_array": ("array",),
        "symbol_array": ("array",),
        "right_assignment_list": ("tuple",),
        "left_assignment_list": ("tuple",),
        "if": ("if",),
        "elsif": ("if",),
        "unless": ("if",),
        "if_modifier": ("if",),
        "unless_modifier": ("if",),
        "while": ("while",),
        "until": ("while",),
        "while_modifier": ("while",),
        "until_modifier": ("while",),
        "case": ("switch",),
        "case_match": ("switch",),
        "when": ("case",),
        "in_clause": ("case",),
        "method": ("func",),
        "singleton_method": ("func",),
        "lambda": ("func",),
        "block": ("func",),
        "do_block": ("func",),
        "method_parameters": ("params", "param"),
        "lambda_parameters": ("params", "param"),
        "block_parameters": ("params", "param"),
        "class": ("class",),
        "module": ("class",),
        "assignment": ("assign",),
        "operator_assignment": ("augmented_assignment",),
        "binary": ("binop",),
        "unary": ("unary",),
        "element_reference": ("index",),
        "string": ("str",),
        "bare_string": ("str",),
        "chained_string": ("str",),
        "heredoc_beginning": ("str",),
        "subshell": ("subshell",),
        "regex": ("regex",),
        "return": ("return",),
        "integer": ("num",),
        "float": ("num",),
        "true": ("const",),
        "false": ("const",),
        "nil": ("const",),
        "self": ("id",),
        "super": ("id",),
    },
    identifiers=types("instance_variable class_variable global_variable"),
    names=frozenset(),
    statements=types(
        """case for try singleton_class alias undef break next redo
        retry augmented_assignment rescue ensure begin_block end_block"""
    ),
    dropped=types("heredoc_body"),
    contexts=("@@", "__f__(@@)", "{ @@ }", "def __f__\n@@\nend", "begin\n@@\nend", "case\n@@\nend"),
    ellipses=("$", "**$", "$: $", "$\n"),
    results=types("method singleton_method lambda block do_block"),
    voids=types("subshell"),
    metavariable="__M{}__",
    metavariable_after={"class": "M__{}__", "module": "M__{}__"},
    unordered=frozenset({"dict"}),
    keeps_semicolon=False,
    dollars=True,
)
