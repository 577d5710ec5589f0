"""Where a pattern that does not parse stops making sense, and what could stand there; looked at for messages alone.

The longest beginning of it that can be made whole with brackets, a name and the like: what follows is what is wrong. That says
more than the tree of what was recovered, and needs to know nothing of a language.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from ospec_guard.languages import Language, parse
from ospec_guard.pattern.attempt import Attempt, faults_in
from ospec_guard.pattern.spelling import Spelled, spelled_of
from ospec_guard.values import value

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ENDS = ("", ";", " {}", ":\n    {name}", " {name}", ": {name}", "\nend", " />")
"""What makes a whole of something that was only begun, once its brackets are closed."""
_OFFERED = (",", ":", "=", ";")
"""What is tried for a message besides what closes a bracket, with a name after it."""
_MOST_OFFERED = 2
_MOST_TOKENS = 30
"""Tokens tried one by one; where there are more, the place is narrowed down by halves before."""
_MOST_ATTEMPTS = 3


@value
class Stop:
    """Where a pattern stops."""

    offset: int
    """Code points into its text."""
    what: str
    """For the end of a sentence: what is wrong there, and what was expected; empty where that is not known."""


def stop_of(text: str, language: Language) -> Stop:
    """Where the text, which is no pattern of the language, stops being one."""
    spelled = spelled_of(text, language)
    attempts = sorted(
        (Attempt(spelled, choice, context, language) for choice, context in spelled.attempts()), key=lambda one: one.faults
    )
    best: tuple[int, int, _Beginning] | None = None
    for attempt in attempts[:_MOST_ATTEMPTS]:
        beginning = _Beginning(attempt, spelled, language)
        upto = beginning.longest()
        if upto is not None and (best is None or upto - attempt.start > best[0]):
            best = upto - attempt.start, upto, beginning
    if best is None:
        return Stop(_located(0, text, spelled), "")
    _, upto, beginning = best
    at, expected = beginning.next(upto), beginning.expected(upto)
    lacking, what = beginning.missing()
    if lacking > at:
        at, expected = lacking, [what] if what else []
    offset = _located(beginning.origin(at), text, spelled)
    rest = text[offset:].split()
    wanted = f", expected {' or '.join(expected)}" if expected else ""
    return Stop(offset, f": it stops at '{rest[0][:20]}'{wanted}" if rest else f": it is not complete{wanted}")


def _located(offset: int, text: str, spelled: Spelled) -> int:
    """The offset in the text as written of one in what was made of it."""
    at = text.find(spelled.source)
    if at >= 0:
        return at + offset
    for block in SequenceMatcher(None, spelled.source, text, autojunk=False).get_matching_blocks():
        if offset < block.a + block.size:
            return block.b + max(0, offset - block.a)
    return len(text)


class _Beginning:
    """The beginnings of a pattern in one spelling and context."""

    def __init__(self, attempt: Attempt, spelled: Spelled, language: Language) -> None:
        self._attempt, self._spelled, self._language = attempt, spelled, language
        self._name = spelled.quirks.metavariable.format("STOP")
        self._values = (f" {self._name}", " 0")
        self._tokens = [
            token for token in _leaves(attempt.structure.root) if attempt.start <= token[0] and token[1] <= attempt.end
        ]

    def longest(self) -> int | None:
        """The end of the longest beginning that can be made whole: a byte offset; None where none can."""
        low, high = 0, len(self._tokens)
        while high - low > _MOST_TOKENS:
            middle = (low + high) // 2
            low, high = (middle, high) if self._may_end(self._tokens[middle][1]) else (low, middle)
        return next((end for _, end in reversed(self._tokens[low:high]) if self._may_end(end)), None)

    def _may_end(self, upto: int) -> bool:
        return any(self._completes(upto, more) for more in ("", *self._values))

    def missing(self) -> tuple[int, str]:
        """Where the grammar itself lacked something first, a byte offset, and what; it may see that later than we do."""
        node = self._attempt.structure.root
        while not node.is_missing and not node.is_error:
            faulty = next((child for child in node.children if child.has_error or child.is_missing), None)
            if faulty is None:
                break
            node = faulty
        return node.start_byte, f"'{node.type}'" if node.is_missing and not node.is_named else ""

    def next(self, upto: int) -> int:
        """Where the token after a beginning starts, or the pattern ends."""
        return next((start for start, _ in self._tokens if start >= upto), self._attempt.end)

    def origin(self, offset: int) -> int:
        """The offset in the pattern's source, in code points, of a byte offset."""
        attempt = self._attempt
        text = attempt.data[attempt.start : offset].decode(errors="replace")
        return self._spelled.origin(len(text), attempt.choice)

    def expected(self, upto: int) -> list[str]:
        """What could stand after a beginning, for people."""
        closing = self._closing(upto)[:1]
        found = [f"'{closing}'"] if closing and self._completes(upto) else []
        found += [f"'{sign}'" for sign in _OFFERED if self._completes(upto, f" {sign} {self._name}")]
        if not found and any(self._completes(upto, more) for more in self._values):
            found = ["a name or a value"]
        return found[:_MOST_OFFERED]

    def _completes(self, upto: int, more: str = "") -> bool:
        """Whether the pattern up to a byte offset, with something more, is the beginning of a pattern."""
        attempt = self._attempt
        closing = self._closing(upto)
        for closed in dict.fromkeys((closing, closing.replace(")}", ");}"))):
            for end in _ENDS:
                written = end.replace("{name}", self._name)
                made = attempt.data[:upto] + f"{more}{closed}{written}".encode() + attempt.data[attempt.end :]
                structure = parse(self._language, made + b"\n")
                if not structure.lost and not faults_in(structure.root):
                    return True
        return False

    def _closing(self, upto: int) -> str:
        """What closes the brackets that are open at a byte offset of the pattern."""
        stack: list[str] = []
        for start, end in self._tokens:
            token = self._attempt.data[start:end].decode(errors="replace") if end <= upto else ""
            if token in _CLOSING:
                stack.append(_CLOSING[token])
            elif stack and token == stack[-1]:
                stack.pop()
        return "".join(reversed(stack))


def _leaves(root: Any) -> Iterator[tuple[int, int]]:
    """The places of the tokens, in their order."""
    work = [root]
    while work:
        node = work.pop()
        if node.child_count:
            work.extend(reversed(node.children))
        elif node.end_byte > node.start_byte:
            yield node.start_byte, node.end_byte
