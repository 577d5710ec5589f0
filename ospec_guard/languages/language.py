"""What a language is: how its files are recognised, and how its comments look where there is no grammar."""

from __future__ import annotations

from ospec_guard.values import value


@value
class CommentStyle:
    """How comments and strings are written, for the lexer of languages without a grammar."""

    line: tuple[str, ...] = ()
    """What starts a comment up to the line's end. `^#`: only first on a line; ` #`: only there or after white space."""
    block: tuple[tuple[str, str], ...] = ()
    """Opening and closing of comments; they do not nest."""
    quotes: tuple[str, ...] = ()
    """What opens and closes a string, longest first; a backslash escapes. One-character quotes end with the line."""


@value
class Language:
    """One language. Two entries of the table share a name where one language needs two grammars (`.ts` and `.tsx`)."""

    name: str
    """Canonical, lower case."""
    aliases: tuple[str, ...] = ()
    """Further names that rules may use, lower case."""
    extensions: tuple[str, ...] = ()
    """Ends of file names, lower case, with the dot."""
    filenames: tuple[str, ...] = ()
    """Whole file names, lower case; one `*` stands for anything."""
    interpreters: tuple[str, ...] = ()
    """Programs named in a `#!` line, without version digits."""
    grammar: bool = False
    """True iff `parse` understands it."""
    prose: bool = False
    """True for text that is read rather than run: rules that name no language leave it alone."""
    comments: CommentStyle = CommentStyle()
    """Empty for languages with a grammar, which knows better."""
    facts: str = ""
    """The module of its grammar's facts; empty: the one called as the language."""
