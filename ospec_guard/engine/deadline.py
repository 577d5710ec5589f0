"""A time limit for pure Python code, by an alarm signal.

RE2 is linear and the fallback engine has its own limit, so that only rule code can take long. Where there are no alarms
(Windows, threads other than the main one) the code runs without limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType


class OverdueError(Exception):
    """The time is up."""


@contextmanager
def deadlines() -> Iterator[Callable[[float], AbstractContextManager[None]]]:
    """Sets the alarm up for many blocks; what it gives is `deadline` for one of them.

    Python takes some microseconds to change a handler, which for every rule in every file comes to seconds.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda _: nullcontext()
        return
    before = signal.signal(signal.SIGALRM, _overdue)
    try:
        yield _Deadline
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises OverdueError inside the block once `seconds` of wall time have passed."""
    with deadlines() as limited, limited(seconds):
        yield


class _Deadline:
    """The alarm, set while a block runs."""

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *raised: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _overdue(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the handler's signature
    raise OverdueError
