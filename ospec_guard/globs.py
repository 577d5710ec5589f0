"""gitignore globs: compiled once by pathspec, matched ever after by `re` alone.

The compiled form is plain data, so that a kept plan needs no pathspec (whose import costs more than a check of one file).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ospec_guard.values import value


@value
class Glob:
    """One compiled gitignore pattern. In a list, the last that matches decides."""

    pattern: str
    """As written."""
    regex: str
    """For `re.search` with DOTALL on a path relative to the folder the pattern is for; folders end in '/'."""
    include: bool
    """False for a pattern that starts with '!'."""


def compile_globs(patterns: Iterable[str]) -> tuple[Glob, ...]:
    """The globs of some gitignore lines, in order; blank lines and comments vanish. Raises ValueError naming the bad one."""
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    compiled = []
    for pattern in patterns:
        try:
            regex, include = GitIgnoreSpecPattern.pattern_to_regex(pattern)
            if regex is None or include is None:
                continue
            text = regex if isinstance(regex, str) else regex.decode()
            # `$` would match before a line feed at the end of a name.
            glob = Glob(pattern, text.replace("|$)", r"|\Z)"), include)
            _compiled(glob.regex)
        except (ValueError, re.error) as error:
            raise ValueError(f"'{pattern}' is not a glob: {error}") from error
        compiled.append(glob)
    return tuple(compiled)


def matching(globs: Sequence[Glob], path: str) -> Glob | None:
    """The glob that decides about `path`: the last that matches it or a folder above it, if that one includes."""
    for glob in reversed(globs):
        if _compiled(glob.regex).search(path):
            return glob if glob.include else None
    return None


@lru_cache(maxsize=4096)
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.DOTALL)
