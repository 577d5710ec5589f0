"""Preparing the text of patterns, for languages with semicolons and braces."""

from __future__ import annotations

import re

_STATEMENT_DOTS = re.compile(
    r"""(?P<before>(?:\A|[{};:])(?:\s|//[^\n]*\n)*)   # a statement may start here
        \.\.\.                                        # an ellipsis that is no `...>` and no `$...X`
        (?=\s*(?:[\w$@{("'!+\-~]|<?\.\.\.(?!>)|/\*))        # and another one follows
        (?!\w)""",
    re.VERBOSE,
)


def ended(text: str) -> str:
    """The pattern with a semicolon after every `...` that stands for statements and has others behind it.

    Without one, the ellipsis and what follows would be read as one declaration (`T x`).
    """
    done = _STATEMENT_DOTS.sub(r"\g<before>...;", text)
    # Neighbours share the text between them.
    return done if done == text else ended(done)
