"""What a rule in taint mode finds in a text, through the door of the product: rule file to findings."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

from rule_world import check

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES
from ospec_guard.model import Finding
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.native import compile_document

Entries = tuple[str | dict[str, Any], ...]
"""Patterns, or whole entries of a rule."""


def document_of(
    language: str,
    *,
    sources: Entries = ("source()",),
    sinks: Entries = ("sink(...)",),
    sanitizers: Entries = ("clean(...)",),
    propagators: Entries = (),
    options: dict[str, Any] | None = None,
    message: str = "m",
) -> str:
    """The text of a rule file with one rule. JSON is YAML."""
    rule: dict[str, Any] = {"id": "r", "mode": "taint", "languages": [language], "severity": "ERROR", "message": message}
    parts = {"sources": sources, "sinks": sinks, "sanitizers": sanitizers, "propagators": propagators}
    for name, entries in parts.items():
        if entries:
            rule[f"pattern-{name}"] = [{"pattern": one} if isinstance(one, str) else one for one in entries]
    if options:
        rule["options"] = options
    return json.dumps({"rules": [rule]})


def rule_of(language: str, **keys: Any) -> Rule:
    """The rule that `document_of` writes."""
    compiled = compile_document(read_yaml(document_of(language, **keys).encode(), "rules.yaml"), "")
    assert not compiled.problems, compiled.problems
    assert not compiled.gaps, compiled.gaps
    [rule] = compiled.rules
    return rule


def text_of(code: str) -> str:
    """A text of a table, its first line being the first of a file."""
    return dedent(code).lstrip("\n")


def findings(language: str, code: str, **keys: Any) -> list[Finding]:
    """The findings in a text, by their places."""
    result = check(f"a{LANGUAGES[language].extensions[0]}", text_of(code), rule_of(language, **keys))
    assert not result.gaps, result.gaps
    return sorted(result.findings, key=lambda one: one.sort_key)


def lines(language: str, code: str, **keys: Any) -> list[int]:
    """The lines on which findings begin, ascending, each once."""
    return sorted({one.span.line for one in findings(language, code, **keys) if one.span})


def expected(code: str) -> list[int]:
    """The lines of a text that say `hit` in a comment: where findings must be, and nowhere else."""
    return [number for number, line in enumerate(text_of(code).splitlines(), 1) if line.endswith(("# hit", "// hit"))]
