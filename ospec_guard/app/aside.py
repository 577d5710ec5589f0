"""Files that are written beside their place and renamed into it, so that nobody ever sees half of one."""

from __future__ import annotations

import os
from collections.abc import Callable


def replace_file(path: str, data: bytes, ready: Callable[[str], object] | None = None) -> None:
    """Makes `data` the content of the file. `ready` is called with the path of the new file before it takes its place.

    Raises OSError, having left nothing behind.
    """
    aside = os.path.join(os.path.dirname(path), f".ospec-guard-{os.getpid()}.part")  # not longer than a name may be
    try:
        with open(aside, "xb") as stream:
            stream.write(data)
        if ready is not None:
            ready(aside)
        os.replace(aside, path)
    except BaseException:
        if os.path.lexists(aside):
            os.unlink(aside)
        raise
