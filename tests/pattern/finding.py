"""What one pattern or rule of Semgrep's language finds in a text, through the door of the product: rule file to findings."""

from __future__ import annotations

import re
from textwrap import dedent, indent

from rule_world import check

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES
from ospec_guard.model import Finding
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.native import compile_document

_OPERATOR = re.compile(r"(?:patterns?|pattern-either|pattern-regex|match):(?:\s|$)")


def rule_of(language: str, looked_for: str, message: str = "m") -> Rule:
    """A rule that looks for a pattern, or for what operators (YAML that begins with `patterns:` and the like) say."""
    text = dedent(looked_for).strip("\n")
    body = indent(text, "  ") if _OPERATOR.match(text) else "  pattern: |\n" + indent(text, "    ")
    head = f"rules:\n- id: r\n  languages: [{language}]\n  severity: ERROR\n  message: '{message}'\n"
    compiled = compile_document(read_yaml(f"{head}{body}\n".encode(), "rules.yaml"), "")
    assert not compiled.problems, compiled.problems
    assert not compiled.gaps, compiled.gaps
    [rule] = compiled.rules
    return rule


def findings(language: str, looked_for: str, code: str, message: str = "m") -> list[Finding]:
    """The findings in a text, by their places."""
    suffix = LANGUAGES[language].extensions[0]
    found = check(f"a{suffix}", dedent(code).lstrip("\n"), rule_of(language, looked_for, message)).findings
    return sorted(found, key=lambda one: (one.span.start, one.span.end) if one.span else (0, 0))


def lines(language: str, looked_for: str, code: str) -> list[int]:
    """The lines on which findings begin, ascending, each once; code is dedented, its first line being 1."""
    return sorted({finding.span.line for finding in findings(language, looked_for, code) if finding.span})


def texts(language: str, looked_for: str, code: str) -> list[str]:
    """The text of each finding, by their places."""
    data = dedent(code).lstrip("\n").encode()
    found = [finding.span for finding in findings(language, looked_for, code) if finding.span]
    return [data[span.start : span.end].decode() for span in found]
