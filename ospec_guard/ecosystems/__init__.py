"""Ecosystems: which packages a manifest or lock file names, and what their versions mean.

Adding an ecosystem costs a package of this folder that satisfies `base.Ecosystem`, a line in ECOSYSTEMS, fixtures and tests.
"""

from __future__ import annotations

from functools import lru_cache

from ospec_guard.ecosystems import npm, python
from ospec_guard.ecosystems.base import SCOPES, Cover, Dependency, Ecosystem, Manifest, Reader, Scope, Unread

__all__ = [
    "ECOSYSTEMS",
    "SCOPES",
    "Cover",
    "Dependency",
    "Ecosystem",
    "Manifest",
    "Reader",
    "Scope",
    "Unread",
    "read",
    "reader_for",
]

ECOSYSTEMS: dict[str, Ecosystem] = {python.NAME: python, npm.NAME: npm}
"""Every ecosystem by its package type in a purl."""


def reader_for(path: str) -> Reader | None:
    """The reader for a file, by its name; None for what is no manifest."""
    return next((reader for ecosystem in ECOSYSTEMS.values() if (reader := ecosystem.reader_for(path))), None)


@lru_cache(maxsize=2)
def read(path: str, data: bytes) -> Manifest:
    """What a manifest says; an empty one for a file that is none. `data` is decoded, as `source.decode` returns it.

    The last answers are kept, since every rule of the kind asks about the same file.
    """
    reader = reader_for(path)
    return reader.read(path, data) if reader else Manifest()
