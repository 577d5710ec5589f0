"""What JavaScript's and TypeScript's grammars have in common, as they map to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.tree import Node, Quirks, Tree, block, bracketed, elements, form, inner, leaf, quoted
from ospec_guard.values import replace

_MEMBERS = {"pair": "key", "field_definition": "property", "public_field_definition": "name"}
"""What a function that is its value has its name from."""
_STRINGS = "string_fragment escape_sequence html_character_reference"


def _field(tree: Tree, syntax: Any, name: str) -> Node | None:
    found = syntax.child_by_field_name(name)
    return tree.node(found) if found is not None else None


def _none(tree: Tree, syntax: Any) -> Node:
    return tree.list("attrs", syntax.children[0] if syntax.child_count else syntax, ())


# Expressions


def _call(tree: Tree, syntax: Any) -> Node:
    arguments = syntax.child_by_field_name("arguments")
    args = tree.node(arguments)
    if args.kind != "args":  # A template after its function.
        args = tree.list("args", arguments, [args])
    return tree.make("call", syntax, (_field(tree, syntax, "function"), args))


def _binary(tree: Tree, syntax: Any) -> Node:
    """An operation; `f<T>(x)`, which nobody compares so, is a call with types of TypeScript or Flow."""
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    sign = tree.text(syntax.child_by_field_name("operator"))
    is_typed = sign == ">" and left.type == "binary_expression" and right.type == "parenthesized_expression"
    if not is_typed or tree.text(left.child_by_field_name("operator")) != "<":
        return tree.make("binop", syntax, (tree.node(left), tree.node(right)), sign)
    return tree.make("call", syntax, (_field(tree, left, "left"), tree.list("args", right, tree.named(right))))


def _new(tree: Tree, syntax: Any) -> Node:
    arguments = syntax.child_by_field_name("arguments")
    args = tree.node(arguments) if arguments is not None else tree.list("args", syntax, ())
    return tree.make("new", syntax, (_field(tree, syntax, "constructor"), args, None))


def _unary(tree: Tree, syntax: Any) -> Node:
    sign = syntax.child_by_field_name("operator")
    operand = syntax.child_by_field_name("argument")
    # `i++` and `++i` differ.
    text = tree.text(sign) if sign.start_byte < operand.start_byte else f"_{tree.text(sign)}"
    return tree.make("unary", syntax, (tree.node(operand),), text)


def _augmented(tree: Tree, syntax: Any) -> Node:
    sign = tree.text(syntax.child_by_field_name("operator"))
    return tree.make(syntax.type, syntax, (_field(tree, syntax, "left"), _field(tree, syntax, "right")), sign)


def casts(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    if len(named) == 1:
        return bracketed(tree, syntax)  # `as const`
    first, last = named[0], named[-1]
    if syntax.type == "type_assertion":
        return tree.make("cast", syntax, (inner(tree, first), tree.node(last)))
    return tree.make("cast", syntax, (tree.node(last), tree.node(first)))


def _template(tree: Tree, syntax: Any) -> Node:
    node = _plain_template(tree, syntax)
    node.text = "`"
    return node


_plain_string = quoted(_STRINGS)
_plain_template = quoted(_STRINGS, "template_substitution")


def _regex(tree: Tree, syntax: Any) -> Node:
    pattern, flags = syntax.child_by_field_name("pattern"), syntax.child_by_field_name("flags")
    chars = tree.make("chars", pattern, (), tree.text(pattern))
    return tree.make("regex", syntax, (chars, tree.make("tok", flags, (), tree.text(flags)) if flags is not None else None))


def _pair(tree: Tree, syntax: Any) -> Node:
    key, value = syntax.child_by_field_name("key"), syntax.child_by_field_name("value")
    name = _key(tree, key)
    return tree.make("pair", syntax, (name, tree.node(value)))


def _key(tree: Tree, syntax: Any) -> Node:
    """`"a"` in front of a colon is `a`."""
    if syntax.type != "string":
        return tree.node(syntax)
    content = tree.text(syntax.named_children[0]) if syntax.named_child_count == 1 else ""
    return tree.make("ident", syntax, (), content) if content.isidentifier() else _plain_string(tree, syntax)


def _string(tree: Tree, syntax: Any) -> Node:
    """A text; a key is none."""
    parent = syntax.parent
    if parent is not None and parent.type == "pair" and parent.child_by_field_name("key") == syntax:
        return tree.make("ident", syntax, (), tree.text(syntax))
    return _plain_string(tree, syntax)


def _shorthand(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    return tree.make("pair", syntax, (tree.make("id", syntax, (), text), tree.make("id", syntax, (), text)))


def _shorthand_default(tree: Tree, syntax: Any) -> Node:
    left = syntax.child_by_field_name("left")
    text = tree.text(left)
    value = tree.make("assign", syntax, (tree.make("id", left, (), text), _field(tree, syntax, "right")))
    # Not the pair that `a: b` is: patterns for one are none for a name with a default.
    return tree.make("pair", syntax, (None, value))


# Functions and classes


def _function(text: str) -> Any:
    def build(tree: Tree, syntax: Any) -> Node:
        # The name of a function expression is known in it alone.
        name, sort = syntax.child_by_field_name("name") if text != "lambda" else None, text
        parent = syntax.parent if sort in ("lambda", "arrow") else None
        if parent is not None and parent.type in _MEMBERS:
            name, sort = parent.child_by_field_name(_MEMBERS[parent.type]), "member"
            name = name if name is not None and not name.child_count else None
        if sort in ("function", "member") and name is None:
            sort = "lambda"
        attrs = tree.list("attrs", syntax, ()) if sort in ("lambda", "arrow") else tree.attrs(syntax)
        outer = _exports(tree, syntax) if sort == "function" else _decorators(tree, syntax) if sort == "member" else []
        attrs = tree.list("attrs", syntax, [*outer, *attrs.kids])
        kids = [
            attrs,
            tree.name(name) if name is not None else None,
            _parameters(tree, syntax),
            _field(tree, syntax, "return_type"),
            _body(tree, syntax),
        ]
        node = tree.make("func", syntax, kids, sort)
        return node.widened(outer[0].start, node.end) if outer and sort == "member" else node

    return build


def _body(tree: Tree, syntax: Any) -> Node | None:
    """What an arrow leads to without a block is what the function returns."""
    body = syntax.child_by_field_name("body")
    if body is None or body.type == "statement_block":
        return tree.body(body)
    start, end = body.start_byte, body.end_byte
    result = Node("return", start, end, kids=[tree.node(body)], syntax=syntax, tree=tree)
    return Node("block", start, end, kids=[result], syntax=syntax, tree=tree)


def _parameters(tree: Tree, syntax: Any) -> Node:
    found = syntax.child_by_field_name("parameters")
    if found is not None:
        return tree.node(found)
    only = syntax.child_by_field_name("parameter")
    return tree.list("params", only, [_param(tree, only)]) if only is not None else tree.list("params", syntax, ())


def _params(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("params", syntax, lambda t, s: [_param(t, child) for child in s.named_children if not child.is_extra])


def _param(tree: Tree, syntax: Any) -> Node:
    field = syntax.child_by_field_name
    if syntax.type == "assignment_pattern":
        target, default = field("left"), field("right")
    elif syntax.type in ("required_parameter", "optional_parameter"):
        target, default = field("pattern") or syntax.named_children[0], field("value")
    else:
        target, default = syntax, None
    kids = [
        tree.attrs(syntax) if syntax != target else _none(tree, syntax),
        tree.node(target),
        _field(tree, syntax, "type"),
        tree.node(default) if default is not None else None,
    ]
    return tree.make("param", syntax, kids)


def _class(tree: Tree, syntax: Any) -> Node:
    name, body = syntax.child_by_field_name("name"), syntax.child_by_field_name("body")
    supers: list[Node | None] = []
    for child in syntax.children:
        if child.type == "class_heritage":
            supers += _supers(tree, child)
    outer = _exports(tree, syntax)
    kids = [
        tree.list("attrs", syntax, [*outer, *tree.attrs(syntax).kids]),
        tree.name(name) if name is not None else None,
        tree.list("supers", body, supers),
        tree.node(body) if body is not None else None,
    ]
    node = tree.make("class", syntax, kids, "class")
    # Decorators in front of `export` stand outside of the class.
    return node.widened(outer[0].start, node.end) if len(outer) > 1 else node


def _exports(tree: Tree, syntax: Any) -> list[Node]:
    """The `export` in front of a declaration, with the decorators before it."""
    parent = syntax.parent
    if parent is None or parent.type != "export_statement":
        return []
    return [tree.node(child) for child in parent.children if child.type in ("decorator", "export")]


def _class_body(tree: Tree, syntax: Any) -> Node:
    return tree.lazy("block", syntax, _members)


def _members(tree: Tree, syntax: Any) -> list[Node | None]:
    """Decorators belong to the members they are in front of."""
    dropped = tree.quirks.dropped | {"decorator"}
    return [tree.node(child) for child in syntax.named_children if not child.is_extra and child.type not in dropped]


def _decorators(tree: Tree, syntax: Any) -> list[Node]:
    """The decorators that the grammar puts in front of a member instead of into it."""
    found: list[Node] = []
    before = syntax.prev_named_sibling
    while before is not None and before.type == "decorator":
        found.insert(0, tree.node(before))
        before = before.prev_named_sibling
    return found


def _supers(tree: Tree, syntax: Any) -> list[Node | None]:
    found: list[Node | None] = []
    for child in syntax.named_children:
        if child.type == "extends_clause":
            found += [tree.node(one) for one in child.children_by_field_name("value")]
        elif child.type == "implements_clause":
            found += [tree.make("implements", one, (tree.node(one),)) for one in child.named_children if not one.is_extra]
        elif not child.is_extra:
            found.append(tree.node(child))
    return found


def _member(tree: Tree, syntax: Any) -> Node:
    """A field of a class."""
    field = syntax.child_by_field_name
    name, value = field("name") or field("property"), field("value")
    target = tree.node(name) if name is not None else None
    outer = _decorators(tree, syntax)
    attrs = tree.list("attrs", syntax, [*outer, *tree.attrs(syntax).kids])
    kids = [attrs, target, _field(tree, syntax, "type"), tree.node(value) if value is not None else None]
    node = tree.make("var", syntax, kids)
    return node.widened(outer[0].start, node.end) if outer else node


# Statements


def _declaration(tree: Tree, syntax: Any) -> Node:
    """`var` in a pattern is any of `var`, `let` and `const`."""
    keyword = syntax.children[0]
    attrs = [tree.make("tok", keyword, (), "var")]
    if keyword.type != "var":
        attrs.append(tree.make("tok", keyword, (), keyword.type))
    attrs += _exports(tree, syntax)
    made = []
    for child in syntax.named_children:
        if child.type != "variable_declarator":
            continue
        kids = [
            tree.list("attrs", syntax.children[0], attrs),
            _field(tree, child, "name"),
            _field(tree, child, "type"),
            _field(tree, child, "value"),
        ]
        made.append(Node("var", syntax.start_byte, child.end_byte, kids=kids, syntax=syntax, tree=tree))
    if len(made) == 1:
        return made[0].widened(syntax.start_byte, syntax.end_byte)
    return tree.make("several", syntax, made)


def _if(tree: Tree, syntax: Any) -> Node:
    otherwise = syntax.child_by_field_name("alternative")
    other = None
    if otherwise is not None:
        statement = next((child for child in otherwise.named_children if not child.is_extra), None)
        other = tree.body(statement)
    kids = [_field(tree, syntax, "condition"), tree.body(syntax.child_by_field_name("consequence")), other]
    return tree.make("if", syntax, kids)


def _while(tree: Tree, syntax: Any) -> Node:
    return tree.make("while", syntax, (_field(tree, syntax, "condition"), tree.body(syntax.child_by_field_name("body"))))


def _for(tree: Tree, syntax: Any) -> Node:
    """`for (a; b; c)`: the three make one node, so that one ellipsis may stand for them."""
    parts = [_field(tree, syntax, name) for name in ("initializer", "condition", "increment")]
    first, last = syntax.child_by_field_name("initializer"), syntax.child_by_field_name("body")
    body = tree.body(last)
    start = first.start_byte if first is not None else syntax.start_byte
    end = max([part.end for part in parts if part is not None], default=start)
    head = Node("head", start, end, kids=[_unwrapped(part) for part in parts], syntax=syntax, tree=tree)
    return tree.make("for", syntax, (head, body))


def _unwrapped(node: Node | None) -> Node | None:
    if node is not None and node.kind == "exprstmt":
        return node.kids[0]
    return None if node is not None and node.kind == "empty_statement" else node


def _for_in(tree: Tree, syntax: Any) -> Node:
    left, right = syntax.child_by_field_name("left"), syntax.child_by_field_name("right")
    head = Node("each", left.start_byte, right.end_byte, kids=[tree.node(left), tree.node(right)], syntax=syntax, tree=tree)
    return tree.make("for", syntax, (head, tree.body(syntax.child_by_field_name("body"))))


def _case(tree: Tree, syntax: Any) -> Node:
    body = syntax.children_by_field_name("body")
    return tree.make("case", syntax, (_field(tree, syntax, "value"), tree.list("block", syntax, map(tree.statement, body))))


def _exported(tree: Tree, syntax: Any) -> Node:
    """A declaration that is exported is a declaration; `export default x` gives `default` a value."""
    declaration, value = syntax.child_by_field_name("declaration"), syntax.child_by_field_name("value")
    if declaration is not None:
        return tree.node(declaration)
    if value is not None:
        default = next(child for child in syntax.children if child.type == "default")
        target = tree.make("ident", default, (), "default")
        attrs = tree.list("attrs", default, [tree.make("tok", default, (), text) for text in ("var", "const")])
        return tree.make("var", syntax, (attrs, target, None, tree.node(value)))
    return tree.plain(syntax)


# Imports


def _import(tree: Tree, syntax: Any) -> Node:
    source = syntax.child_by_field_name("source")
    clause = next((child for child in syntax.named_children if child.type in ("import_clause", "import_require_clause")), None)
    if source is None and clause is not None:
        source = clause.child_by_field_name("source")
    if source is None:
        return tree.plain(syntax)
    path = tree.node(source)
    if clause is None:
        return tree.make("import", syntax, (path, None, None))
    made = [tree.make("import", syntax, (path, *names)) for names in _imported(tree, clause)]
    return made[0] if len(made) == 1 else tree.make("several", syntax, made)


def _imported(tree: Tree, clause: Any) -> list[tuple[Node | None, Node | None]]:
    """What an import takes from the module, and as what."""
    found: list[tuple[Node | None, Node | None]] = []
    for child in clause.named_children:
        if child.type == "identifier":
            whole = "*" if clause.type == "import_require_clause" else "default"
            at = clause.start_byte  # No text of a pattern stands for it.
            found.append((Node("tok", at, at, text=whole, kids=[], tree=tree), tree.name(child)))
        elif child.type == "namespace_import":
            name = child.named_children[-1]
            found.append((tree.make("tok", child.children[0], (), "*"), tree.name(name)))
        elif child.type == "named_imports":
            for one in child.named_children:
                if one.type == "import_specifier":
                    name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                    found.append((tree.name(name), tree.name(alias) if alias is not None else None))
    return found


# JSX


def _element(tree: Tree, syntax: Any) -> Node:
    if syntax.type == "jsx_self_closing_element":
        return tree.make("element", syntax, (*_opening(tree, syntax),), "/")
    opening = syntax.child_by_field_name("open_tag")
    closing = syntax.child_by_field_name("close_tag")
    inside = [child for child in syntax.named_children if not child.is_extra and child not in (opening, closing)]
    children = [tree.node(child) for child in inside if child.type != "jsx_text" or tree.text(child).strip()]
    return tree.make("element", syntax, (*_opening(tree, opening), *children))


def _opening(tree: Tree, syntax: Any) -> tuple[Node | None, Node]:
    name = syntax.child_by_field_name("name")
    attributes = [tree.node(child) for child in syntax.children_by_field_name("attribute") if child.is_named]
    return (tree.name(name) if name is not None else None), tree.list("attrs", syntax, attributes)


def _attribute(tree: Tree, syntax: Any) -> Node:
    named = [child for child in syntax.named_children if not child.is_extra]
    value = None
    if len(named) > 1:
        value = inner(tree, named[1]) if named[1].type == "jsx_expression" else tree.node(named[1])
    return tree.make("pair", syntax, (tree.name(named[0]), value))


def _jsx_text(tree: Tree, syntax: Any) -> Node:
    text = tree.text(syntax)
    start = syntax.start_byte + len(text.encode()) - len(text.lstrip().encode())
    return Node("chars", start, start + len(text.strip().encode()), text=text.strip(), kids=[], syntax=syntax, tree=tree)


def _rewritten(text: str) -> str:
    """`for (...)` has three parts, and the value of an attribute has braces."""
    if text.lstrip().startswith("<"):
        text = re.sub(r"(?<=[\w$])=(\$[A-Z_][A-Z0-9_]*)(?=[\s/>])", r"={\1}", text)
    return re.sub(r"\bfor\s*\(\s*\.\.\.\s*\)", "for (...;;)", text)


BASE = Quirks(
    rules={
        "program": block,
        "statement_block": block,
        "class_body": _class_body,
        "call_expression": _call,
        "arguments": elements("args"),
        "new_expression": _new,
        "member_expression": form("dot", "object", "property!ident"),
        "subscript_expression": form("index", "object", "index"),
        "assignment_expression": form("assign", "left", "right"),
        "augmented_assignment_expression": _augmented,
        "binary_expression": _binary,
        "unary_expression": _unary,
        "update_expression": _unary,
        "ternary_expression": form("cond", "condition", "consequence", "alternative"),
        "parenthesized_expression": bracketed,
        "string": _string,
        "template_string": _template,
        "regex": _regex,
        "number": leaf("num"),
        "true": leaf("const"),
        "false": leaf("const"),
        "null": leaf("const"),
        "undefined": leaf("id"),
        "this": leaf("id"),
        "super": leaf("id"),
        "import": leaf("id"),
        "array": elements("array"),
        "array_pattern": elements("array"),
        "object": elements("dict"),
        "object_pattern": elements("dict"),
        "pair": _pair,
        "pair_pattern": _pair,
        "shorthand_property_identifier": _shorthand,
        "shorthand_property_identifier_pattern": _shorthand,
        "object_assignment_pattern": _shorthand_default,
        "function_declaration": _function("function"),
        "generator_function_declaration": _function("function"),
        "function_expression": _function("lambda"),
        "generator_function": _function("lambda"),
        "arrow_function": _function("arrow"),
        "method_definition": _function("member"),
        "formal_parameters": _params,
        "class_declaration": _class,
        "class": _class,
        "field_definition": _member,
        "decorator": form("attr", "#0"),
        "lexical_declaration": _declaration,
        "variable_declaration": _declaration,
        "expression_statement": form("exprstmt", "#0"),
        "if_statement": _if,
        "while_statement": _while,
        "for_statement": _for,
        "for_in_statement": _for_in,
        "switch_statement": form("switch", "value", "body"),
        "switch_body": elements("cases"),
        "switch_case": _case,
        "switch_default": _case,
        "return_statement": form("return", "#0"),
        "throw_statement": form("throw", "#0"),
        "export_statement": _exported,
        "import_statement": _import,
        "jsx_element": _element,
        "jsx_self_closing_element": _element,
        "jsx_attribute": _attribute,
        "jsx_text": _jsx_text,
    },
    kinds={
        "program": ("block",),
        "statement_block": ("block",),
        "class_body": ("block",),
        "call_expression": ("call",),
        "arguments": ("args",),
        "new_expression": ("new",),
        "augmented_assignment_expression": ("augmented_assignment_expression",),
        "binary_expression": ("binop", "call"),
        "unary_expression": ("unary",),
        "update_expression": ("unary",),
        "string": ("str", "ident"),
        "template_string": ("str",),
        "regex": ("regex",),
        "number": ("num",),
        "true": ("const",),
        "false": ("const",),
        "null": ("const",),
        "undefined": ("id",),
        "this": ("id",),
        "super": ("id",),
        "import": ("id",),
        "array": ("array",),
        "array_pattern": ("array",),
        "object": ("dict",),
        "object_pattern": ("dict",),
        "pair": ("pair",),
        "pair_pattern": ("pair",),
        "shorthand_property_identifier": ("pair",),
        "shorthand_property_identifier_pattern": ("pair",),
        "object_assignment_pattern": ("pair",),
        "function_declaration": ("func",),
        "generator_function_declaration": ("func",),
        "function_expression": ("func",),
        "generator_function": ("func",),
        "arrow_function": ("func", "block", "return"),
        "method_definition": ("func",),
        "formal_parameters": ("params",),
        "class_declaration": ("class",),
        "class": ("class",),
        "field_definition": ("var",),
        "lexical_declaration": ("var",),
        "variable_declaration": ("var",),
        "if_statement": ("if",),
        "while_statement": ("while",),
        "for_statement": ("for",),
        "for_in_statement": ("for",),
        "switch_body": ("cases",),
        "switch_case": ("case", "block"),
        "switch_default": ("case", "block"),
        "export_statement": ("var",),
        "import_statement": ("import",),
        "jsx_element": ("element",),
        "jsx_self_closing_element": ("element",),
        "jsx_attribute": ("pair",),
        "jsx_text": ("chars",),
    },
    identifiers=types("identifier"),
    names=types(
        """property_identifier type_identifier private_property_identifier statement_identifier predefined_type
        jsx_identifier"""
    ),
    statements=types(
        """for case do_statement break_statement continue_statement debugger_statement try_statement
        labeled_statement with_statement export_statement switch_case switch_default class_static_block"""
    ),
    modifiers=types("decorator async static get set * accessibility_modifier override_modifier readonly abstract"),
    dropped=types("empty_statement optional_chain ?. type_arguments ; ?"),
    contexts=(
        "(@@)",
        "@@",
        "({@@})",
        "class __C__ { @@ }",
        "@@ class __C__ {}",
        "switch (__x__) { @@ }",
        "try {} @@",
        "async function __f__() { @@ }",
        "function __f__(@@) {}",
        "<__x__ @@ />",
    ),
    openings=(
        (r"(async\s+)?function\b|class\b", "@@"),
        (r"(?!default\b)([\w$]+|'[^'\n]*'|\"[^\"\n]*\")\s*:", "({@@})"),
    ),
    rewrite=_rewritten,
    relatives=("javascript", "tsx", "typescript"),
    ellipses=("$", "$;", "{$}", "...$", "case $:"),
    unordered=frozenset({"dict"}),
    implied=frozenset({"dict", "element"}),
    typed="$X: T",
    detached=frozenset({"class", "func", "var"}),
    declared=True,
    requires=frozenset({"require"}),
    literals={"num": ("number", "float", "int")},
    spread=True,
)


def quirks(**changes: Any) -> Quirks:
    """The quirks of a grammar of the family: `rules` and `kinds` are added to the common ones."""
    rules, kinds = changes.pop("rules", {}), changes.pop("kinds", {})
    return replace(BASE, rules={**BASE.rules, **rules}, kinds={**BASE.kinds, **kinds}, **changes)
