"""The examples of docs/patterns.md find what the document says: a rule in YAML, then code whose marked lines it reports."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from rule_world import check, file_in

from ospec_guard.document import read_yaml
from ospec_guard.ruleset.native import compile_document

TEXT = (Path(__file__).parent.parent / "docs" / "patterns.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^(?P<indent> *)```yaml\n(?P<rule>.*?)^(?P=indent)```\n\n(?P=indent)```(?P<language>\w+)\n(?P<code>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = list(EXAMPLE.finditer(TEXT))


def test_there_are_examples():
    assert len(EXAMPLES) == TEXT.count("```yaml\n") > 10


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["rule"].strip().splitlines()[0] for one in EXAMPLES])
def test_an_example_finds_the_lines_it_marks(example: re.Match[str]):
    rule = textwrap.indent(textwrap.dedent(example["rule"]), "    ")
    written = f"rules:\n  - id: r\n    message: m\n    severity: INFO\n    languages: [{example['language']}]\n{rule}"
    compiled = compile_document(read_yaml(written.encode(), "rules.yaml"), "")
    assert (compiled.gaps, compiled.problems) == ((), ())
    code = textwrap.dedent(example["code"])
    result = check(file_in(example["language"]), code, *compiled.rules)
    found = sorted({finding.span.line for finding in result.findings if finding.span})
    assert (found, result.gaps) == ([n for n, line in enumerate(code.splitlines(), 1) if line.endswith("←")], ())
