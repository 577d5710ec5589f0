"""Whether a regular expression can take exponential time: a repetition in a repetition, and after it something that can fail.

Flags what Semgrep's analyzer `redos` does. Choices that overlap (`(a|aa)*`) are not seen.
"""

from __future__ import annotations

from collections.abc import Callable

from ospec_guard.pattern.expressions import ExpressionError, Part, parsed

_MANY = 4
"""How often the outer one must be allowed to repeat."""


def may_explode(expression: str) -> bool:
    """Whether an expression in the syntax of PCRE may take exponential time. False for what is no expression."""
    try:
        return _vulnerable(parsed(expression))
    except (ExpressionError, RecursionError):
        return False


def _vulnerable(node: Part) -> bool:
    if node.kind == "sequence":
        loops = [i for i, part in enumerate(node.parts) if _any(part, _is_loop_of_loops)]
        if loops and any(_any(part, lambda each: each.kind == "sign") for part in node.parts[loops[0] + 1 :]):
            return True
    return any(_vulnerable(part) for part in node.parts)


def _any(node: Part, test: Callable[[Part], bool]) -> bool:
    return test(node) or any(_any(part, test) for part in node.parts)


def _is_loop_of_loops(node: Part) -> bool:
    if node.kind != "repeat" or node.possessive or (node.most is not None and node.most < _MANY):
        return False
    return _any(node.parts[0], _matches_more_than_one_length)


def _matches_more_than_one_length(node: Part) -> bool:
    """A repetition that may be of two lengths at least, not counting none."""
    if node.kind != "repeat" or node.possessive:
        return False
    return node.most is None or node.most > max(1, node.least)
