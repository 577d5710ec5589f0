"""Progress on a terminal: one line on standard error, gone before the report comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ospec_guard.cli.world import World

Progress = Callable[[int, int], None]
"""Told (files done, files in all)."""


@contextmanager
def progress_to(world: World) -> Iterator[Progress]:
    """A function that shows how far the run is, where standard error is a terminal; elsewhere it does nothing."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 100
        if percent != shown:
            shown = percent
            world.err.write(f"\r{done} of {total} files ({percent} %)\x1b[K".encode())
            world.err.flush()

    def silent(done: int, total: int) -> None:
        """Nobody is watching."""

    try:
        yield show if world.progress else silent
    finally:
        if shown >= 0:
            world.err.write(b"\r\x1b[K")
            world.err.flush()
