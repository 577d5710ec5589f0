"""A file as rules see it: its text, and its structure parsed at most once, when somebody first asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ospec_guard.languages import Language, Structure, parse
from ospec_guard.source import Source


class View:
    """Implements `protocols.FileView`; lives no longer than the check of its file."""

    def __init__(self, source: Source, language: Language) -> None:
        self.source = source
        self.language = language
        self.path = source.path
        self.kept: dict[object, Any] = {}

    @cached_property
    def structure(self) -> Structure | None:
        return parse(self.language, self.source.data) if self.language.grammar else None

    def release(self) -> None:
        """Lets go of what was kept. Trees refer to themselves: they would stay until the collector comes, and make it slow."""
        for one in self.kept.values():
            if hasattr(one, "release"):
                one.release()
        self.kept.clear()

    @property
    def parsed(self) -> bool:
        """Whether somebody asked for the structure already."""
        return "structure" in self.__dict__
