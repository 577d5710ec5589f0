"""A rule kind that does what no kind should, where the text says so: raises, takes for ever, ends its process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ospec_guard.languages import Language
from ospec_guard.model import Gap, Match
from ospec_guard.protocols import FileView

NAME = "misbehaving"


@dataclass(frozen=True)
class Schema:
    how: Literal["raise", "exhaust the stack", "take for ever", "die", "die in the middle of the answer"]
    where: str
    """Only files with this text."""


def compile(raw: Schema) -> Schema:  # noqa: A001 - the protocol's word
    return raw


def prefilter(options: Schema) -> tuple[str, ...]:
    return (options.where,)


def applies(options: Schema, path: str, language: Language) -> bool:
    return not language.prose


def check(options: Schema, view: FileView) -> Iterable[Match | Gap]:
    yield Match(0, 1)
    if options.how == "raise":
        raise KeyError("a mistake in the rule's code")
    if options.how == "exhaust the stack":
        yield from check(options, view)
    while options.how == "take for ever":
        pass
    if options.how == "die in the middle of the answer":
        _begin_an_answer()
    os.kill(os.getpid(), signal.SIGKILL)


def explain(options: Schema, language: Language | None) -> Sequence[str]:
    return ["misbehaves"]


def _begin_an_answer() -> None:
    """Sends the head of a long message to the parent, and leaves the rest open, as a worker does that is killed while it writes."""
    import inspect
    import struct

    worker = next(frame.frame for frame in inspect.stack() if frame.function == "_process_worker")
    answers = worker.f_locals["result_queue"]
    answers._wlock.acquire()
    os.write(answers._writer.fileno(), struct.pack("!i", 1_000_000) + b"half of it")
