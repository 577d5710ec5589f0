"""What JavaScript's and TypeScript's grammars have in common, as they map to the vocabulary of `tree`."""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, bracketed, deferred, elements, form, leaf
from ospec_guard.pattern.quirks import branching
from ospec_guard.pattern.quirks.ecmascript_definitions import class_body, function, klass, member, params
from ospec_guard.pattern.quirks.ecmascript_expressions import (
    attribute,
    augmented,
    binary,
    call,
    element,
    jsx_text,
    new,
    pair,
    regex,
    shorthand,
    shorthand_default,
    string,
    template,
    unary,
)
from ospec_guard.pattern.quirks.ecmascript_statements import (
    case,
    conditional,
    counted,
    declaration,
    each,
    exported,
    imports,
    loop,
    switch,
)
from ospec_guard.pattern.tree import Quirks
from ospec_guard.values import replace


def _rewritten(text: str) -> str:
    """`for (...)` has three parts, and the value of an attribute has braces."""
    if text.lstrip().startswith("<"):
        text = re.sub(r"(?<=[\w$])=(\$[A-Z_][A-Z0-9_]*)(?=[\s/>])", r"={\1}", text)
    return re.sub(r"\bfor\s*\(\s*\.\.\.\s*\)", "for (...;;)", text)


BASE = Quirks(
    rules={
        "program": block,
        "statement_block": block,
        "class_body": class_body,
        "call_expression": call,
        "arguments": elements("args"),
        "new_expression": new,
        "member_expression": form("dot", "object", "property!ident"),
        "subscript_expression": form("index", "object", "index"),
        "assignment_expression": form("assign", "left", "right"),
        "augmented_assignment_expression": augmented,
        "binary_expression": binary,
        "unary_expression": unary,
        "update_expression": unary,
        "ternary_expression": form("cond", "condition", "consequence", "alternative"),
        "parenthesized_expression": bracketed,
        "string": string,
        "template_string": template,
        "regex": regex,
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
        "pair": pair,
        "pair_pattern": pair,
        "shorthand_property_identifier": shorthand,
        "shorthand_property_identifier_pattern": shorthand,
        "object_assignment_pattern": shorthand_default,
        "function_declaration": function("function"),
        "generator_function_declaration": function("function"),
        "function_expression": function("lambda"),
        "generator_function": function("lambda"),
        "arrow_function": function("arrow"),
        "method_definition": function("member"),
        "formal_parameters": params,
        "class_declaration": klass,
        "class": klass,
        "field_definition": member,
        "decorator": form("attr", "#0"),
        "lexical_declaration": declaration,
        "variable_declaration": declaration,
        "expression_statement": form("exprstmt", "#0"),
        "if_statement": conditional,
        "while_statement": loop,
        "for_statement": counted,
        "for_in_statement": each,
        "switch_statement": switch,
        "try_statement": deferred("try", branching.attempt),
        "switch_case": case,
        "switch_default": case,
        "return_statement": form("return", "#0"),
        "throw_statement": form("throw", "#0"),
        "export_statement": exported,
        "import_statement": imports,
        "jsx_element": element,
        "jsx_self_closing_element": element,
        "jsx_attribute": attribute,
        "jsx_text": jsx_text,
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
        "shorthand_property_identifier": ("pair", "id"),
        "shorthand_property_identifier_pattern": ("pair", "id"),
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
        "switch_statement": ("switch",),
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
    narrow=frozenset({"let", "const"}),
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
    results=types("function_expression generator_function"),
    voids=types("new dict sequence_expression ++ -- _++ _--"),
    falls_through=True,
    typed="$X: T",
    detached=frozenset({"class", "func", "var"}),
    declared=True,
    requires=frozenset({"require"}),
    literals={"num": ("number", "float", "int")},
    spread=True,
    methods_are_fields=True,
)


def quirks(**changes: Any) -> Quirks:
    """The quirks of a grammar of the family: `rules` and `kinds` are added to the common ones."""
    rules, kinds = changes.pop("rules", {}), changes.pop("kinds", {})
    return replace(BASE, rules={**BASE.rules, **rules}, kinds={**BASE.kinds, **kinds}, **changes)
