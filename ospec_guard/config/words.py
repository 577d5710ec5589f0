"""The words people may write in settings, rules and plugins, as annotated types for `document.validate`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated

from ospec_guard.document import Check
from ospec_guard.errors import nearest
from ospec_guard.globs import compile_globs
from ospec_guard.languages import LANGUAGES, by_name
from ospec_guard.model import LEVEL_NAMES, SEVERITY_NAMES


def _severity(text: str) -> None:
    _known(text, SEVERITY_NAMES, (name for name in SEVERITY_NAMES if name.islower()))


def _level(text: str) -> None:
    _known(text, LEVEL_NAMES, LEVEL_NAMES)


def _known(text: str, known: Collection[str], suggested: Iterable[str]) -> None:
    if text not in known:
        raise ValueError(nearest(text, tuple(suggested)))


def _language(text: str) -> None:
    if by_name(text) is None:
        raise ValueError(nearest(text, tuple(LANGUAGES)))


def _environment(text: str) -> None:
    if text == "*" or not text.strip() or not text.isprintable():
        raise ValueError("a name is in visible characters, and '*' is none")


def _glob(text: str) -> None:
    compile_globs([text])


def _identifier(text: str) -> None:
    if not text or text != text.strip() or any(c in text for c in " \t\n[],*") or not text.isprintable():
        raise ValueError("an id has no white space, brackets, commas or stars")


SeverityName = Annotated[str, Check(_severity, "a severity: info, warning, error or critical")]
LevelName = Annotated[str, Check(_level, "a level: warn, error or block")]
LanguageName = Annotated[str, Check(_language, "the name of a language")]
EnvironmentName = Annotated[str, Check(_environment, "the name of an environment")]
GlobText = Annotated[str, Check(_glob, "a gitignore glob")]
Identifier = Annotated[str, Check(_identifier, "an id")]
