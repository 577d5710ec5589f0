"""Solidity: `for`."""

from __future__ import annotations

from ospec_guard.pattern.flow.languages.loops import counted
from ospec_guard.pattern.flow.lowering import Flows, Lowering
from ospec_guard.pattern.node import Node


def _for(made: Lowering, node: Node) -> None:
    head, body = node.kids[0], node.kids[-1]
    counted(made, head.kids if head is not None else (), body)


FLOWS = Flows(statements={"for": _for})
