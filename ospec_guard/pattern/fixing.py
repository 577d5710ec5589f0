"""What becomes of a piece of text when a rule's `fix` or `fix-regex` is applied to it. Pure: texts in, texts and edits out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice

from ospec_guard.model import Edit, Fix
from ospec_guard.pattern.hits import Bindings, Bound
from ospec_guard.regular import compile_regex
from ospec_guard.values import value

_TextOf = Callable[[Bound, str], str]
"""The text of a metavariable, given what stands before it in the template."""

Pieces = list[tuple[str, bool]]
"""A text, and of each piece of it whether it is one piece of code of the match."""
_Fitted = Callable[[Pieces, int, int], str]
"""The text that pieces make in the place of bytes from start to end."""

_GROUP = re.compile(r"[\\$]([1-9]\d?)")


@value
class RawFix:
    """`fix` of a native rule that says more than its text."""

    replace: str
    safe: bool = False
    """Whether the program means the same afterwards, so that `--fix` alone applies it."""
    imports: tuple[str, ...] = ()
    """Import statements the text needs; Python only."""


@value
class Remedy:
    """How a rule mends its matches: by a template, else by an expression."""

    template: str | None = None
    """With metavariables; the empty text deletes."""
    regex: tuple[str, str, int] | None = None
    """Expression, replacement, and how often at most (0: everywhere)."""
    safe: bool = False
    imports: tuple[str, ...] = ()


def remedy_of(written: str | RawFix | None) -> Remedy | None:
    """The remedy that a native rule's `fix` asks for; a bare text is not called safe. Raises ValueError for wrong imports."""
    if written is None:
        return None
    raw = written if isinstance(written, RawFix) else RawFix(written)
    if raw.imports:
        from ospec_guard.pattern.imports import problem_of

        for statement in raw.imports:
            if problem_of(statement):
                raise ValueError(f"{problem_of(statement)}, got '{statement}'")
    return Remedy(raw.replace, None, raw.safe, raw.imports)


def fix_at(remedy: Remedy, data: bytes, start: int, end: int, bindings: Bindings, fitted: _Fitted | None = None) -> Fix | None:
    """The fix of a match at bytes `start` to `end`; None where nothing would change, or an import finds no place.

    `fitted` puts the pieces of a text together, where there is more to that. Raises RegexTimeoutError.
    """
    found = data[start:end].decode()
    if remedy.template is not None:
        pieces = replacement(data, start, remedy.template, bindings)
        text = _joined(pieces) if fitted is None else fitted(pieces, start, end)
    elif remedy.regex is not None:
        text = regex_edit(found, *remedy.regex)
    else:
        return None
    if text == found:
        return None
    edits = [Edit(*_whole_lines(data, start, end), "") if not text else Edit(start, end, text)]
    if remedy.imports:
        from ospec_guard.pattern.imports import import_edit

        added = import_edit(data.decode(), remedy.imports)
        if added is None or (added.text and added.end > start and added.start < end):
            return None
        edits += [added] if added.text else []
    return Fix(tuple(sorted(edits, key=lambda edit: (edit.start, edit.end))), remedy.safe)


def rendered(template: str, bindings: Bindings) -> str:
    """The template with every metavariable replaced by its text. The longest bound name counts; others stay as written."""
    return _joined(_substituted(template, bindings, lambda bound, _: bound.text))


def replacement(data: bytes, start: int, template: str, bindings: Bindings) -> Pieces:
    """What a template puts in the place of a match at byte `start`, in pieces.

    White space around the template counts for nothing. Its further lines are indented as far as the match is, and lines of
    code that a metavariable brings along keep their indentation in relation to the line that they follow. Of an empty
    `$...X` in a list the comma goes too.
    """
    template = _without_empty(template.strip(), bindings)
    prefix = data[data.rfind(b"\n", 0, start) + 1 : start].decode()
    margin = _indentation(prefix)
    pad = margin + " " * (len(prefix) - len(margin))
    lines = template.split("\n")
    template = "\n".join([lines[0], *(pad + line if line.strip() else "" for line in lines[1:])])

    def placed(bound: Bound, before: str) -> str:
        first, *rest = bound.text.split("\n")
        if not rest or bound.start < 0:
            return bound.text
        here = margin if "\n" not in before else _indentation(before[before.rfind("\n") + 1 :])
        there = _indentation(data[data.rfind(b"\n", 0, bound.start) + 1 : bound.end].decode())
        return "\n".join([first, *(here + line[len(there) :] if line.startswith(there) else line for line in rest)])

    return _substituted(template, bindings, placed)


def regex_edit(text: str, expression: str, written: str, count: int = 0) -> str:
    r"""`text` with matches of `expression` replaced, `count` of them at most (0: all).

    `\1` and `$1` in the replacement stand for groups, nothing else in it has a meaning. As in Semgrep, `^` and `$` are the ends
    of the matched text, and only ASCII letters are letters. Raises RegexTimeoutError.
    """
    data = text.encode()
    pieces, done = [], 0
    # A mode that lines have no part in: where they had, `$` would be found at the end of each.
    found = compile_regex(f"(?-m:{expression})").captures(data)
    for (start, end), spans in islice(found, count or None):
        groups = {name: data[slice(*span)].decode() for name, span in spans.items()}
        pieces += [data[done:start].decode(), _filled(written, groups)]
        done = end
    return "".join([*pieces, data[done:].decode()])


def _filled(written: str, groups: Mapping[str, str]) -> str:
    return _GROUP.sub(lambda number: groups.get(number[1], ""), written)


def _substituted(template: str, bindings: Bindings, text_of: _TextOf) -> Pieces:
    if not bindings or "$" not in template:
        return [(template, False)]
    names = "|".join(re.escape(name) for name in sorted(bindings, key=lambda name: (-len(name), name)))
    pieces, done = [], 0
    for found in re.finditer(names, template):
        bound = bindings[found[0]]
        is_code = bound.node is not None and not (isinstance(bound.node, list) and len(bound.node) > 1)
        pieces += [(template[done : found.start()], False), (text_of(bound, template[: found.start()]), is_code)]
        done = found.end()
    return [*pieces, (template[done:], False)]


def _joined(pieces: Pieces) -> str:
    return "".join([text for text, _ in pieces])


def _without_empty(template: str, bindings: Bindings) -> str:
    for name, bound in bindings.items():
        if name.startswith("$...") and not bound.text:
            here = re.escape(name) + "(?![A-Z0-9_])"
            template = re.sub(rf"{here}\s*,\s*|(?:\s*,\s*)?{here}", "", template)
    return template


def _whole_lines(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The piece, widened to its lines, the last one's end included, where nothing else stands on them."""
    first = data.rfind(b"\n", 0, start) + 1
    last = data.find(b"\n", end)
    last = len(data) if last < 0 else last + 1
    alone = not data[first:start].strip() and not data[end:last].strip()
    return (first, last) if alone else (start, end)


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
