"""The form of the tables of cases: one source per language, and what is asked about pieces of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ospec_guard.languages import Structure, by_name, parse


@dataclass(frozen=True)
class Case:
    """A text in `language` and the answers expected. A piece is a text that occurs once; an expected span is the text it
    covers, or its beginning and its end with ` … ` between."""

    language: str
    source: str
    comments: list[str] = field(default_factory=list)
    """All of them, in order."""
    assignments: list[tuple[str, str]] = field(default_factory=list)
    """All of them, in order: target and value."""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    statements: list[tuple[str, str]] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def structure(self) -> Structure:
        language = by_name(self.language)
        assert language is not None
        return parse(language, self.source.encode())

    def find(self, piece: str) -> tuple[int, int]:
        """The bytes of a piece."""
        assert self.source.count(piece) == 1, f"{piece!r} occurs {self.source.count(piece)} times"
        start = len(self.source[: self.source.index(piece)].encode())
        return start, start + len(piece.encode())

    def span(self, expected: str) -> str:
        """The text that an expected span stands for."""
        first, ellipsis, last = expected.partition(" … ")
        if not ellipsis:
            return expected
        start = self.source.index(first)
        return self.source[start : self.source.index(last, start + len(first)) + len(last)]

    def text(self, span: tuple[int, int]) -> str:
        return self.source.encode()[slice(*span)].decode()
