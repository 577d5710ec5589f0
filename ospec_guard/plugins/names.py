"""The names of plugins: `@scope/name`, and where a plugin says its own.

The specification writes the scoped name in a comment above the manifest (`# Plugin: @company/compliance-guardrails`) and a
plain one in it (`name: "company_compliance"`); both count, see `docs/plugins.md`.
"""

from __future__ import annotations

import re

from ospec_guard.values import value

_SCOPED = re.compile(r"@([A-Za-z0-9][A-Za-z0-9._-]*)/([A-Za-z0-9][A-Za-z0-9._-]*)")
_COMMENT = re.compile(rb"#\s*Plugin:\s*(@[A-Za-z0-9._/-]+)\s*")


@value(order=True)
class ScopedName:
    """A name within a scope, as written. Compare `folded`: `_` and `-` are one, and so are upper and lower case."""

    scope: str
    name: str

    @property
    def folded(self) -> str:
        return f"@{fold(self.scope)}/{fold(self.name)}"

    def __str__(self) -> str:
        return f"@{self.scope}/{self.name}"


def parse_scoped(text: str) -> ScopedName | None:
    """The scoped name that `text` is, or None."""
    match = _SCOPED.fullmatch(text)
    return ScopedName(match[1], match[2]) if match else None


def is_plain(text: str) -> bool:
    """Whether a text may be a plugin's plain name, which the ids of its rules start with."""
    return bool(text) and text.isprintable() and not text.startswith(".") and not any(c in text for c in " /@,*[]\\")


def fold(name: str) -> str:
    """The form in which names are compared."""
    return name.replace("_", "-").lower()


def scoped_in_comment(data: bytes) -> ScopedName | None:
    """The scoped name that the comment above a manifest states (`# Plugin: @scope/name`), or None.

    Looked for in the lines before the first that is neither blank, a comment, nor `---`.
    """
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines():
        stripped = line.strip()
        match = _COMMENT.fullmatch(stripped)
        if match:
            return parse_scoped(match[1].decode("ascii"))
        if stripped and stripped != b"---" and not stripped.startswith(b"#"):
            break
    return None
