"""Bad YAML syntax in plain words: what libyaml (or PyYAML's own scanner) says, and what its reader should do.

The two scanners word most things a little differently; the table looks for what their messages have in common.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ospec_guard.document.text import Text
from ospec_guard.errors import Problem
from ospec_guard.model import Place

if TYPE_CHECKING:
    import yaml

_TAB = Problem("tab used for indentation; YAML wants spaces", hint="replace the tab with spaces")
_LEADING_TAB = re.compile(r" *\t")


class _Row(NamedTuple):
    """What to say when the context and the problem of an error hold these texts."""

    context: str
    problem: str
    message: str
    """`{char}` is the character at the place told, `{next}` the one after it, `{begin}` where the surroundings begin."""
    hint: str
    at_begin: bool = False
    """The place to tell is where the surroundings begin."""


_ROWS = (
    _Row(
        "",
        "mapping values are not allowed",
        "':' makes a key here, where none can be",
        "indent a key like its neighbours; put text that holds ': ' in quotes",
    ),
    _Row(
        "",
        "sequence entries are not allowed",
        "'-' begins a list item here, where none can be",
        "put the item on a line of its own; put text that begins with '- ' in quotes",
    ),
    _Row(
        "",
        "mapping keys are not allowed",
        "'?' begins a key here, where none can be",
        "put text that begins with '? ' in quotes",
    ),
    _Row(
        "simple key",
        "expected ':'",
        "expected ':' after this key",
        "write 'key: value'; indent a line that goes on with the text above",
        True,
    ),
    _Row(
        "scanning an a",
        "alphabetic or numeric",
        "'{char}' needs a name after it",
        "put text that begins with '{char}' in quotes",
        True,
    ),
    _Row("next token", "cannot start any token", "text cannot begin with '{char}'", "put it in quotes"),
    _Row(
        "quoted scalar",
        "end of stream",
        "the quote that opens here is never closed",
        "close it; in single quotes, write '' for a quote",
        True,
    ),
    _Row(
        "quoted scalar",
        "unexpected document",
        "the quote that opens here is never closed",
        "close it; in single quotes, write '' for a quote",
        True,
    ),
    _Row(
        "quoted scalar",
        "unknown escape",
        "unknown escape '\\{next}' in double quotes",
        "use single quotes, in which a backslash is a backslash",
    ),
    _Row(
        "quoted scalar",
        "decimal number",
        "the escape wants more hexadecimal digits",
        "use single quotes, in which a backslash is a backslash",
    ),
    _Row("quoted scalar", "Unicode character", "the escape stands for no character", "write the character itself"),
    _Row(
        "flow sequence",
        "",
        "expected ',' or ']' in the list that opens at {begin}",
        "close the list; put text that holds ':', ',' or brackets in quotes",
    ),
    _Row(
        "flow mapping",
        "",
        "expected ',' or '}}' in the mapping that opens at {begin}",
        "close the mapping; put text that holds ':', ',' or braces in quotes",
    ),
    _Row(
        "block mapping",
        "",
        "this does not fit the mapping that begins at {begin}",
        "begin all its keys in one column; nothing may follow a closed quote or bracket",
    ),
    _Row("block collection", "", "expected '- ' as in the list that begins at {begin}", "begin all its items in one column"),
    _Row(
        "block scalar",
        "",
        "'|' and '>' can only be followed by '+', '-' and an indentation from 1 to 9",
        "put the text on the next line",
    ),
    _Row("", "tag handle", "unknown tag", "remove the tag; put text that begins with '!' in quotes"),
    _Row("a tag", "", "the tag is not well-formed", "put text that begins with '!' in quotes", True),
    _Row("node", "node content", "expected a value here", "put text that begins with '{char}' in quotes"),
    _Row(
        "",
        "document start",
        "the document's value has ended before this",
        "put the whole value in quotes, or divide documents with '---'",
    ),
    _Row("directive", "", "unknown directive", "put text that begins with '%' in quotes", True),
    _Row("", "incompatible YAML", "this version of YAML is not supported", "remove the '%YAML' line"),
)


def explain(error: yaml.YAMLError, text: Text) -> Problem:
    """What a YAML error means, for people."""
    index = _index(error, "problem_mark")
    begin = _index(error, "context_mark")
    if index is None:
        return Problem(f"not YAML: {error}", Place(text.path, 1, 1))
    context, problem = str(getattr(error, "context", "")), str(getattr(error, "problem", ""))
    tab = _tab(text.characters, index, context)
    if tab is not None:
        return Problem(_TAB.message, text.place_of(tab), _TAB.hint)
    for row in _ROWS:
        if row.context in context and row.problem in problem:
            return _filled(row, text, index, index if begin is None else begin)
    return Problem(f"not YAML: {problem}", text.place_of(index))


def _index(error: yaml.YAMLError, name: str) -> int | None:
    mark = getattr(error, name, None)
    return None if mark is None else int(mark.index)


def _tab(characters: str, index: int, context: str) -> int | None:
    """The tab to blame: the one at `index`, or one that indents its line outside of quotes and brackets."""
    if characters[index : index + 1] == "\t":
        return index
    line = max(characters.rfind(end, 0, index) for end in "\n\r") + 1
    leading = _LEADING_TAB.match(characters, line, index)
    return leading.end() - 1 if leading and "flow" not in context and "quoted" not in context else None


def _filled(row: _Row, text: Text, index: int, begin: int) -> Problem:
    at = begin if row.at_begin else index
    characters = text.characters
    if "{next}" in row.message and characters[at : at + 1] != "\\":
        at -= 1  # PyYAML's own scanner points behind the backslash
    place = text.place_of(begin)
    facts = {
        "char": characters[at : at + 1],
        "next": characters[at + 1 : at + 2],
        "begin": f"line {place.line}, column {place.column}",
    }
    hint = row.hint.format(**facts) if facts["char"] else "the text ends too early"
    return Problem(row.message.format(**facts), text.place_of(at), hint)
