"""`requires:` of sources, sinks and propagators: labels joined by `and`, `or` and `not`."""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import lru_cache


@lru_cache(maxsize=1024)
def parsed(requires: str) -> ast.expr:
    """The expression in a text. Raises ValueError for one that is none."""
    try:
        tree = ast.parse(requires.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as error:
        why = error.msg if isinstance(error, SyntaxError) else "it is nested too deeply"
        raise ValueError(f"'{requires[:80]}' is no expression of labels: {why}") from error
    for node in ast.walk(tree):
        if not isinstance(node, ast.BoolOp | ast.UnaryOp | ast.Name | ast.boolop | ast.Not | ast.expr_context):
            raise ValueError(f"'{requires}' is no expression of labels: only names, 'and', 'or', 'not' and brackets are")  # noqa: TRY004
    return tree


def satisfied(requires: str, labels: Collection[str]) -> bool:
    """Whether an expression holds of the labels that are there."""
    return _holds(parsed(requires), labels)


def _holds(node: ast.expr, labels: Collection[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in labels
    if isinstance(node, ast.UnaryOp):
        return not _holds(node.operand, labels)
    if isinstance(node, ast.BoolOp):
        whole = all if isinstance(node.op, ast.And) else any
        return whole(_holds(one, labels) for one in node.values)
    raise TypeError(type(node).__name__)
