"""Files as metrics see them, made of text or of the sample applications, without an engine."""

from __future__ import annotations

import os
from functools import cached_property

from ospec_guard.languages import Language, Structure, identify, parse
from ospec_guard.metrics import METRICS, metric
from ospec_guard.metrics.endpoints.facts import decode
from ospec_guard.metrics.endpoints.join import Endpoints, join
from ospec_guard.protocols import Tally
from ospec_guard.source import Source

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "..", "fixtures", "metrics")

__all__ = ["FIXTURES", "METRICS", "View", "endpoints", "files_of", "measured", "shown"]


class View:
    """Implements `protocols.FileView` for one text."""

    def __init__(self, path: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        self.path = path
        self.source = Source(path, data)
        self.language: Language = identify(path, data.split(b"\n", 1)[0])

    @cached_property
    def structure(self) -> Structure | None:
        return parse(self.language, self.source.data) if self.language.grammar else None


def files_of(app: str) -> list[tuple[str, bytes]]:
    """Path and bytes of every file of a sample application, sorted."""
    root = os.path.join(FIXTURES, app)
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            whole = os.path.join(folder, name)
            with open(whole, "rb") as file:
                found.append((os.path.relpath(whole, root).replace(os.sep, "/"), file.read()))
    return sorted(found)


def measured(type_: str, files: list[tuple[str, str | bytes]], options: object = None) -> list[tuple[str, Tally]]:
    """What a metric counts in some files, those it contributes nothing for left out."""
    module = metric(type_)
    chosen = module.compile(module.Schema()) if options is None else options
    tallies = [(path, module.measure(chosen, View(path, text))) for path, text in files]
    return [(path, tally) for path, tally in tallies if tally is not None]


def endpoints(files: list[tuple[str, str | bytes]]) -> Endpoints:
    """The endpoints of some files."""
    return join((path, decode(tally.details)) for path, tally in measured("documentation", files))


def shown(found: Endpoints) -> list[str]:
    """The endpoints as the listings of the sample applications have them."""
    return [f"{'yes' if e.documented else 'no'} {e.method} {e.path} {e.file}:{e.line}:{e.column}" for e in found.all]
