"""Ruby: `for`, `next`, `break`."""

from __future__ import annotations

from ospec_guard.pattern.flow.ir import LVALUES, Op
from ospec_guard.pattern.flow.lowering import Flows, Lowering, lowered_call, lowered_operator
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    parts = [kid for kid in node.kids if kid is not None and kid.kind != "tok"]
    values = next(
        (kid for part in parts if part.kind == "in" for kid in part.kids if kid is not None and kid.kind != "tok"), None
    )
    made.each(parts[0], values, parts[-1])


def _call(made: Lowering, node: Node) -> Op:
    """`a.concat(b)` changes `a`."""
    op = lowered_call(made, node)
    callee = op.kids[0]
    if callee.kind == "member" and callee.text == "concat" and callee.kids[0].kind in LVALUES:
        total = Op("operator", op.start, op.end, (callee.kids[0], *op.kids[1:]), "+")
        return Op("assign", op.start, op.end, (callee.kids[0], total), "+")
    return op


def _binop(made: Lowering, node: Node) -> Op:
    """`a << b` changes `a`."""
    target = node.kids[0]
    if node.text != "<<" or target is None or target.kind not in ("id", "dot", "index"):
        return lowered_operator(made, node)
    place = made.place(target)
    total = Op("operator", node.start, node.end, (place, made.expression(node.kids[1])), "+")
    return Op("assign", node.start, node.end, (place, total), "+")


FLOWS = Flows(
    expressions={"call": _call, "binop": _binop},
    statements={
        "for": _for,
        "next": lambda made, _: made.jump("", again=True),
        "break": lambda made, _: made.jump("", again=False),
    },
)
