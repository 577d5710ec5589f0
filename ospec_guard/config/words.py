"""The words people may write in settings, rules and plugins, as annotated types for `document.validate`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from ospec_guard.document import Check
from ospec_guard.errors import nearest
from ospec_guard.globs import compile_globs
from ospec_guard.languages import LANGUAGES, by_name
from ospec_guard.model import LEVEL_NAMES, SEVERITY_NAMES


def _severity(text: str) -> None:
    _one_of(text, [name for name in SEVERITY_NAMES if name.islower()], SEVERITY_NAMES)


def _level(text: str) -> None:
    _one_of(text, list(LEVEL_NAMES), LEVEL_NAMES)


def _one_of(text: str, shown: list[str], known: Collection[str]) -> None:
    if text not in known:
        raise ValueError(f"'{text}' is none of {', '.join(shown)}" + (f"; {hint}" if (hint := nearest(text, shown)) else ""))


def _language(text: str) -> None:
    if by_name(text) is None:
        raise ValueError(f"'{text}' is no language known here" + (f"; {hint}" if (hint := nearest(text, list(LANGUAGES))) else ""))


def _glob(text: str) -> None:
    compile_globs([text])


def _identifier(text: str) -> None:
    if not text or text != text.strip() or any(c in text for c in " \t\n[],*") or not text.isprintable():
        raise ValueError("an id has no white space, brackets, commas or stars")


SeverityName = Annotated[str, Check(_severity, "a severity: info, warning, error or critical")]
LevelName = Annotated[str, Check(_level, "a level: warn, error or block")]
LanguageName = Annotated[str, Check(_language, "the name of a language")]
GlobText = Annotated[str, Check(_glob, "a gitignore glob")]
Identifier = Annotated[str, Check(_identifier, "an id")]
