"""Rules as people write them, applied to texts as the product applies them: from bytes on a disk to findings and gaps."""

from __future__ import annotations

import os
import re

from ospec_guard.document import read_yaml
from ospec_guard.engine.check import Checker, FileResult
from ospec_guard.engine.plan import Plan
from ospec_guard.engine.select import Selected, classify
from ospec_guard.languages import LANGUAGES
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.native import compile_document

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def rules(text: str) -> tuple[Rule, ...]:
    """The rules of a rule file or plugin, which must be in order."""
    compiled = compile_document(read_yaml(text.encode(), "rules.yaml"), "")
    assert not compiled.problems
    assert not compiled.gaps
    return compiled.rules


def rule(**keys: object) -> Rule:
    """A `code_analysis` rule with the id `r`."""
    lines = "".join(f"    {key}: {_quoted(value)}\n" for key, value in keys.items())
    [one] = rules(f"rules:\n  - id: r\n    type: code_analysis\n{lines}")
    return one


def _quoted(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_quoted(each)}" for key, each in value.items()) + "}"
    return "'" + str(value).replace("'", "''") + "'"


def selected(path: str, data: str | bytes) -> Selected:
    """The text of a file, decoded."""
    raw = data if isinstance(data, bytes) else data.encode()
    one = classify(path, raw, len(raw), Plan().limits)
    assert isinstance(one, Selected), one
    return one


def check(path: str, data: str | bytes, *several: Rule) -> FileResult:
    """All that the rules leave behind of one file."""
    one = selected(path, data)
    return Checker(Plan(several)).check(one.source, one.language, one.record)


def shown(result: FileResult, data: str) -> list[str]:
    """Each finding as `line:column text`, then each gap as `gap line-line`."""
    raw = data.encode()
    return [
        *(f"{f.span.line}:{f.span.column} {raw[f.span.start : f.span.end].decode()}" for f in result.findings if f.span),
        *(f"{g.id} {g.span.line}-{g.span.end_line}" if g.span else g.id for g in result.gaps),
    ]


def plugin(name: str) -> tuple[Rule, ...]:
    """The rules and metrics of a bundled plugin."""
    with open(os.path.join(PROJECT, "plugins", name, "plugin.yaml"), encoding="utf-8") as file:
        return rules(file.read())


def file_in(language: str) -> str:
    """A path whose language is the one named."""
    return f"src/a{LANGUAGES[language].extensions[0]}"


def marked(text: str) -> tuple[str, list[str]]:
    """A text without its marks, and what they mark: `«password» = x` expects a finding at `password`."""
    plain, expected, line, column = "", [], 1, 1
    for part in re.split(r"(«.*?»)", text, flags=re.DOTALL):
        piece = part[1:-1] if part.startswith("«") else part
        if part.startswith("«"):
            expected.append(f"{line}:{column} {piece}")
        plain += piece
        line, column = line + piece.count("\n"), len(plain) - plain.rfind("\n")
    return plain, expected
