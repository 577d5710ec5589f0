"""A time limit for pure Python code, by an alarm signal.

RE2 is linear and the fallback engine has its own limit, so that only rule code can take long. Where there are no alarms
(Windows, threads other than the main one) the code runs without limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OverdueError(Exception):
    """The time is up."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises OverdueError inside the block once `seconds` of wall time have passed."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _overdue(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the handler's signature
    raise OverdueError
