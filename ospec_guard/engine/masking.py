"""Secrets in excerpts made unreadable: a report must not spread what it complains about.

Rules tagged `credentials` say where secrets stand; those lines are masked in every excerpt of the file that shows them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ospec_guard.model import Excerpt, Finding
from ospec_guard.values import replace

SECRET_TAG = "credentials"  # noqa: S105 - the name of a tag
"""The tag of rules whose findings are secrets."""

_LITERAL = re.compile(r"""(["'`])(?P<quoted>(?:(?!\1).){4,})\1|(?P<bare>[A-Za-z0-9+/=_-]{16,})""")
_KEPT = 2
"""Characters left of a secret, so that its owner knows it again."""


def masked(findings: Sequence[Finding], secret_rules: Collection[str]) -> list[Finding]:
    """The findings of one file with masked excerpts; as many code points as before, so that columns stay."""
    lines = {line for f in findings if f.rule_id in secret_rules and f.span for line in range(f.span.line, f.span.end_line + 1)}
    return [replace(f, excerpt=_mask(f.excerpt, lines)) if f.excerpt and lines else f for f in findings]


def _mask(excerpt: Excerpt, lines: Collection[int]) -> Excerpt:
    numbered = enumerate(excerpt.lines, excerpt.first_line)
    return replace(excerpt, lines=tuple(_LITERAL.sub(_stars, text) if number in lines else text for number, text in numbered))


def _stars(found: re.Match[str]) -> str:
    text = found.group()
    quotes = 1 if found.group("quoted") is not None else 0
    shown = quotes + _KEPT
    return text[:shown] + "*" * (len(text) - shown - quotes) + (text[-1] if quotes else "")
