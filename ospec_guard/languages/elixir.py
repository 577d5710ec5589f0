"""Facts of the Elixir grammar, in which all that defines is a call."""

from __future__ import annotations

from ospec_guard.languages.facts import Binding, Facts, Pairs, named, types
from ospec_guard.languages.node import Node, text_of

_DEFINING = types("defmodule defprotocol defimpl def defp defmacro defmacrop defguard defguardp defdelegate")
_DESCRIBING = types("doc spec impl deprecated since typedoc decorate")
_NO_VALUE = _DESCRIBING | types("moduledoc type typep opaque callback macrocallback behaviour optional_callbacks")


def _defined(node: Node) -> str | None:
    """`f` for `def f(a) when a > 1 do`, `A.B` for `defmodule A.B do`."""
    target = node.child_by_field_name("target")
    if target is None or text_of(target) not in _DEFINING:
        return None
    inner = next((child for child in named(node) if child.type == "arguments"), None)
    while inner is not None:
        if inner.type in ("identifier", "alias"):
            return text_of(inner)
        inner = inner.child_by_field_name("target") or inner.child_by_field_name("left") or next(iter(named(inner)), None)
    return None


def _attribute(node: Node) -> str:
    """`doc` for `@doc "…"`."""
    operator, operand = node.child_by_field_name("operator"), node.child_by_field_name("operand")
    if operator is None or operand is None or operator.type != "@":
        return ""
    target = operand.child_by_field_name("target")
    return text_of(target if target is not None else operand)


def _describes(node: Node) -> bool:
    return _attribute(node) in _DESCRIBING


def _constant(node: Node) -> Pairs:
    """`@name value`."""
    name, operand = _attribute(node), node.child_by_field_name("operand")
    if not name or name in _NO_VALUE or operand is None or operand.type != "call":
        return
    target = operand.child_by_field_name("target")
    values = [value for child in named(operand) if child.type == "arguments" for value in named(child)]
    if target is not None and len(values) == 1:
        yield (target,), values[0]


def _operator(node: Node) -> Pairs:
    """`a = b`, and `"key" => value` in a map."""
    left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or operator is None or right is None:
        return
    entry = operator.type == "=>" and left.type in FACTS.keys and right.type not in FACTS.containers
    if operator.type == "=" or entry:
        yield (left,), right


FACTS = Facts(
    module="tree_sitter_elixir",
    comments=types("comment"),
    strings=types("string charlist sigil"),
    sequences=types("source do_block else_block rescue_block after_block catch_block block body"),
    definitions={"call": _defined},
    lambdas=types("anonymous_function"),
    bodies=types("do_block else_block rescue_block after_block catch_block"),
    clauses=types("stab_clause"),
    leads=types("unary_operator"),
    is_lead=_describes,
    bindings={
        "binary_operator": Binding(pairs=_operator),
        "unary_operator": Binding(pairs=_constant),
        "pair": Binding("key", "value", entry=True),
    },
    unbound_in=types("arguments>keywords call>keywords"),
    patterns=types("tuple list map map_content keywords pair"),
    lists=types("tuple list"),
    keys=types("keyword quoted_keyword string atom identifier"),
    containers=types("map list keywords tuple"),
)
