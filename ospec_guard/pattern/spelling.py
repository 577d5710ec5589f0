"""A pattern's text in words the grammar takes: metavariables and ellipses spelled as names, and what each name stands for."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cached_property

from ospec_guard.languages import Language
from ospec_guard.pattern.guessing import spellings as likely_spellings
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.pattern.tree import Quirks

_SIGNS = re.compile(
    r"""(?P<open><\.\.\.(?!\s*>)) | (?P<close>\.\.\.>) | \$\.\.\.(?P<many>[A-Z_][A-Z0-9_]*)
      | \$(?P<one>[A-Z_][A-Z0-9_]*)(?![a-z]) | (?P<dots>\.\.\.)""",
    re.VERBOSE,
)
_SPREAD = re.compile(r"[\w$\[{(]")
_TYPED = {
    "T $X": re.compile(
        r"(?:(?<![\w$\])>\s])|(?<=\breturn)|(?<=\bthrow)|(?<=\bawait))(?P<lead>\s*)"
        r"\((?P<type>[A-Za-z_$][\w$.:<>,\[\]*& ?]*?[\s*&])\s*(?P<name>\$[A-Z_][A-Z0-9_]*)\)(?!\s*(?:\{|=>|->))"
    ),
    "$X: T": re.compile(
        r"(?<![\w$\])>])(?P<lead>\s*)\((?P<name>\$[A-Z_][A-Z0-9_]*)\s*:(?!=)\s*(?P<type>[^()]*(?:\([^()]*\)[^()]*)*?)\s*\)(?!\s*[{]|\s*=>)"
    ),
    "argument $X: T": re.compile(
        r"(?P<lead>(?<=[(,])\s*)(?P<name>\$[A-Z_][A-Z0-9_]*)\s*:\s*(?P<type>[\w.]+)(?=\s*[,)](?!\s*(?:->|:)))"
    ),
}
_NAMED = re.compile(r"\bfunction\s*\Z")
"""The text in front of the name of a function, where no operator can be."""
_OPERATION = re.compile(r"&&|^\s*\$[A-Z_][A-Z0-9_]*\s*[*&]\s*$")
"""What looks like a type in front of a metavariable, and is an operator with what is left of it."""
_PARAMETERS = re.compile(r"\bdef\s+[\w$]+\s*\((?:[^()]|\([^()]*\))*\Z")
"""The text in front of a parameter, whose type is no type of an argument."""


def _trimmed(text: str, quirks: Quirks) -> str:
    text = text.strip("\n").rstrip()
    return textwrap.dedent(text) if quirks.indented else text.strip()


def spelled_of(text: str, language: Language) -> Spelled:
    """The pattern's text, prepared for the grammar."""
    quirks = quirks_of(language.facts or language.name)
    written = _trimmed(text, quirks)
    return Spelled(quirks.rewrite(written) if quirks.rewrite is not None else written, quirks)


class Spelled:
    """A pattern's text cut into what stands as written and what is spelled as a name."""

    def __init__(self, text: str, quirks: Quirks) -> None:
        self.quirks = quirks
        self.written = text
        self.typed: dict[str, tuple[str, str]] = {}
        """Placeholder to (metavariable, type)."""
        for style in quirks.typed.split(" or ") if quirks.typed else ():
            text = _TYPED[style].sub(self._typed, text)
        self.source = text
        """What the pieces are cut from."""
        self.pieces: list[str] = []
        self.origins: list[int] = []
        """Where each piece begins in the text."""
        self.dots: list[int] = []
        """Positions of ellipses in `pieces`."""
        self.names: dict[str, str] = {}
        """Placeholder to what it stands for."""
        self._cut(text)

    def _typed(self, found: re.Match[str]) -> str:
        if _PARAMETERS.search(found.string, 0, found.start()):
            return found.group()  # `def f($X: T)` declares
        if _OPERATION.search(found["type"]) or found["type"].count("<") != found["type"].count(">"):
            return found.group()  # `($A && $B)`, `($A < $B)` compute
        placeholder = f"__T{len(self.typed)}__"
        self.typed[placeholder] = (found["name"], found["type"].strip())
        return f"{found['lead']}{placeholder}"

    def _cut(self, text: str) -> None:
        done = depth = 0
        for found in _SIGNS.finditer(text):
            sign = found.lastgroup or ""
            if sign == "close" and not depth:
                sign = "dots"
            if sign == "dots" and self._is_operator(text, found):
                continue
            if sign == "one" and found.group() in self.quirks.plain:
                continue
            self.pieces.append(text[done : found.start()])
            self.origins += [done, found.start()]
            done = found.end()
            if sign == "open":
                depth += 1
                self.pieces.append(self.quirks.deep[0])
            elif sign == "close":
                depth -= 1
                self.pieces.append(self.quirks.deep[1])
            elif sign == "dots":
                done = found.start() + 3
                self.dots.append(len(self.pieces))
                self.pieces.append("...")
            else:
                placeholder = self._placeholder(found, text)
                self.names[placeholder] = found.group()
                self.pieces.append(placeholder)
        self.pieces.append(text[done:])
        self.origins.append(done)

    def _placeholder(self, found: re.Match[str], text: str) -> str:
        spelling = self.quirks.metavariable
        if self.quirks.metavariable_after:
            words = text[: found.start()].split()
            spelling = self.quirks.metavariable_after.get(words[-1], spelling) if words else spelling
        if self.quirks.metavariable_before:
            after = text[found.end() :]
            sign = after.lstrip(" \t")[:1] if after[:1] in (" ", "\t") else ""
            spelling = self.quirks.metavariable_before.get(sign, spelling)
        return spelling.format(found["one"] or f"S_{found['many']}")

    def _is_operator(self, text: str, found: re.Match[str]) -> bool:
        if not self.quirks.spread or _NAMED.search(text, 0, found.start()):
            return False
        after = text[found.start() + 3 : found.start() + 4]
        return bool(_SPREAD.match(after)) if after else False

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        """Of all that stands for something else one of these is a part."""
        dots = [dots_name(number, self.quirks) for number in range(len(self.dots))]
        return (*self.names, *self.typed, *dots)

    def attempts(self) -> Iterator[tuple[tuple[int, ...], str]]:
        """Choices of spellings with contexts, likeliest first: all ellipses alike."""
        spellings = range(len(self.quirks.ellipses) if self.dots else 1)
        contexts = self.contexts()
        for spelling in spellings:
            for context in contexts:
                yield (spelling,) * len(self.dots), context
        likely = likely_spellings(self.pieces, self.dots, self.quirks.ellipses) if len(self.dots) > 1 else None
        if likely is not None:
            for context in contexts:
                yield likely, context

    def contexts(self) -> list[str]:
        """The contexts to try, likeliest first."""
        text = "".join(self.pieces)
        first = [context for opening, context in self.quirks.openings if re.match(opening, text)]
        return [*first, *[context for context in self.quirks.contexts if context not in first]]

    def text(self, choice: tuple[int, ...]) -> str:
        """The text with each ellipsis in the spelling of its choice."""
        pieces = list(self.pieces)
        for number, (at, spelling) in enumerate(zip(self.dots, choice, strict=True)):
            pieces[at] = self.spelling(number, spelling)
        return "".join(pieces)

    def spelling(self, number: int, spelling: int) -> str:
        """The spelling of the ellipsis with that number."""
        return self.quirks.ellipses[spelling].replace("$", dots_name(number, self.quirks))

    def origin(self, offset: int, choice: tuple[int, ...]) -> int:
        """Where in the source stands what begins at an offset of the text in these spellings."""
        pieces, at = self.pieces, 0
        spellings = {place: self.spelling(*pair) for place, pair in zip(self.dots, enumerate(choice), strict=True)}
        for number, piece in enumerate(pieces):
            length = len(spellings.get(number, piece))
            if offset < at + length:
                return self.origins[number] + offset - at
            at += length
        return len(self.source)

    def restored(self, text: str, choice: tuple[int, ...]) -> str:
        """A text of the parsed pattern as the author wrote it."""
        if not any(mark in text for mark in self._marks):
            return text
        for number, spelling in enumerate(choice):
            text = text.replace(self.spelling(number, spelling), "...")
        for placeholder, (name, type_) in self.typed.items():
            text = text.replace(placeholder, f"({name}: {type_})")
        for placeholder in sorted(self.names, key=len, reverse=True):
            text = text.replace(placeholder, self.names[placeholder])
        return text


def dots_name(number: int, quirks: Quirks) -> str:
    """The name that stands for the ellipsis with that number, where it is spelled as one."""
    return quirks.metavariable.format(f"D{number}")
