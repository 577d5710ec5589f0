"""One try at parsing a spelled pattern: in one choice of spellings, in one context, and how much of it did not parse."""

from __future__ import annotations

from typing import Any

from ospec_guard.languages import Language, parse
from ospec_guard.pattern.spelling import Spelled
from ospec_guard.pattern.tree import Quirks


class Attempt:
    """A pattern parsed in one spelling and context."""

    def __init__(self, spelled: Spelled, choice: tuple[int, ...], context: str, language: Language) -> None:
        self.spelled, self.choice, self.context = spelled, choice, context
        before, after = context.split("@@")
        text = spelled.text(choice)
        if "\n" in before and spelled.quirks.indented:
            indent = before.rpartition("\n")[2]
            text = text.replace("\n", "\n" + indent)
        self.start = len(before.encode())
        self.end = self.start + len(text.encode())
        self.data = (before + text + after).encode()
        self.structure = parse(language, self.data + b"\n")
        self.faults = faults_in(self.structure.root) if not self.structure.lost else 1 << 30
        if not self.faults and spelled.quirks.reserved:
            self.faults = _misread(self.structure.root, spelled.quirks)


def faults_in(root: Any) -> int:
    """How much of a syntax tree did not parse."""
    if not root.has_error:
        return 0
    count, work = 0, [root]
    while work:
        node = work.pop()
        # A leaf with an error in it lacks a hidden token (C#'s names).
        if node.is_error or node.is_missing or (node.has_error and not node.child_count):
            count += 1 + (node.end_byte - node.start_byte)
        elif node.has_error:
            work.extend(node.children)
    return count


def _misread(root: Any, quirks: Quirks) -> int:
    """Reserved words that were taken for names (`new A() {}` for a method of the type `new`)."""
    count, work = 0, [root]
    while work:
        node = work.pop()
        work.extend(node.children)
        if not node.child_count and (node.type in quirks.identifiers or node.type in quirks.names):
            count += node.text.decode(errors="replace") in quirks.reserved
    return count
