"""Adding the imports to a Python module that a fix needs. Read by libcst, so that every other byte stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ospec_guard.model import Edit

if TYPE_CHECKING:
    import libcst

Imported = tuple[str, str, str]
"""Module, name in it ('' for the module itself), alias."""


@lru_cache(maxsize=4)  # all findings of a rule in a file need the same
def import_edit(text: str, statements: tuple[str, ...]) -> Edit | None:
    """The edit that adds those of the import statements that the module lacks; its text is empty where it has them all.

    They come after the imports that the module starts with, else after its docstring. None where that does not parse.
    """
    import libcst

    try:
        module = _module(text)
        there = {one for small in _statements(module) for one in _imported(small)}
        wanted = {found: s.strip() for s in statements for found in _imported(_statements(libcst.parse_module(s))[0])}
    except (libcst.ParserSyntaxError, RecursionError, IndexError):
        return None
    missing = [statement for found, statement in wanted.items() if found not in there and not _has_line(text, statement)]
    if not missing:
        return Edit(0, 0, "")
    leading = _leading(module)
    before = _code_before(module, leading)
    before = before if text.startswith(before) else text
    added = "".join(f"{statement}\n" for statement in missing)
    if leading and not _is_import(module.body[leading - 1]):  # below a docstring
        added = f"\n{added}"
    if before and not before.endswith("\n"):
        added = f"\n{added}"
    after = text[len(before) :]
    if after.strip() and not after.startswith("\n") and not (leading < len(module.body) and _is_import(module.body[leading])):
        added = f"{added}\n"
    offset = len(before.encode())
    return Edit(offset, offset, added)


def _module(text: str) -> libcst.Module:
    """The module, if need be up to its first definition only: reading all of a long one takes a second."""
    import libcst

    found = _COMPOUND.search(text)
    if found is not None:
        try:
            return libcst.parse_module(text[: found.start()])
        except libcst.ParserSyntaxError:
            pass  # it was a line of a string
    return libcst.parse_module(text)


_COMPOUND = re.compile(r"^(?:@|(?:async|class|def|for|if|match|try|while|with)\b)", re.MULTILINE)


def _has_line(text: str, statement: str) -> bool:
    """Whether the statement stands somewhere at the top of the module, behind definitions too."""
    return re.search(rf"^{re.escape(statement)}[ \t]*(?:#.*)?$", text, re.MULTILINE) is not None


def problem_of(statement: str) -> str:
    """What keeps a text from being a statement for `import_edit`; empty: nothing."""
    import ast

    try:
        [parsed] = ast.parse(statement).body
    except (SyntaxError, ValueError):
        return "expected one import statement"
    if not isinstance(parsed, ast.Import | ast.ImportFrom) or len(parsed.names) != 1:
        return "expected an import statement with one name"
    if isinstance(parsed, ast.ImportFrom) and (parsed.module == "__future__" or parsed.level):
        return "expected an import that works in any module"
    return ""


def _statements(module: libcst.Module) -> list[Any]:
    """The simple statements at the top of the module, those behind a semicolon too."""
    import libcst

    return [small for line in module.body if isinstance(line, libcst.SimpleStatementLine) for small in line.body]


def _code_before(module: libcst.Module, leading: int) -> str:
    """The text up to the place for imports. Comments right above the first statement are about it."""
    if leading or module.header:
        before = module.with_changes(body=module.body[:leading], footer=[], has_trailing_newline=True).code
        blank = -1 if leading else before.rfind("\n\n")
        return before if blank < 0 else before[: blank + 2]
    return ""


def _leading(module: libcst.Module) -> int:
    """How many statements stand before the place for imports: docstring, `__future__`, the block of imports."""
    import libcst

    place = 0
    for index, line in enumerate(module.body):
        if _is_import(line):
            place = index + 1
        elif index == 0 and isinstance(line, libcst.SimpleStatementLine) and _is_docstring(line):
            place = 1
        else:
            break
    return place


def _is_import(line: Any) -> bool:
    import libcst

    return isinstance(line, libcst.SimpleStatementLine) and all(
        isinstance(small, libcst.Import | libcst.ImportFrom) for small in line.body
    )


def _is_docstring(line: libcst.SimpleStatementLine) -> bool:
    import libcst

    [first, *_] = line.body
    strings = libcst.SimpleString | libcst.ConcatenatedString
    return len(line.body) == 1 and isinstance(first, libcst.Expr) and isinstance(first.value, strings)


def _imported(small: Any) -> list[Imported]:
    """What a statement imports; nothing for other statements, and for `*`."""
    import libcst

    if isinstance(small, libcst.Import):
        return [(_name(alias.name), "", _name(alias.asname)) for alias in small.names]
    if isinstance(small, libcst.ImportFrom) and not isinstance(small.names, libcst.ImportStar):
        module = "." * len(small.relative) + _name(small.module)
        return [(module, _name(alias.name), _name(alias.asname)) for alias in small.names]
    return []


def _name(node: Any) -> str:
    import libcst

    if isinstance(node, libcst.AsName):
        return _name(node.name)
    if isinstance(node, libcst.Attribute):
        return f"{_name(node.value)}.{node.attr.value}"
    return str(node.value) if isinstance(node, libcst.Name) else ""
