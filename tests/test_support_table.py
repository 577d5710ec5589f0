"""docs/patterns-support.md says what the code does, and the tables behind it leave nothing out."""

from __future__ import annotations

import pytest
from support_probes import CONSTRUCTS, LANGUAGES
from support_table import DOCUMENT, page

from ospec_guard.languages import LANGUAGES as KNOWN
from ospec_guard.pattern.support import MODES, NEWER, OPERATORS, REFUSED
from ospec_guard.ruleset import operators, semgrep
from ospec_guard.ruleset.operators import Reader


def test_the_document_is_what_the_code_says():
    with open(DOCUMENT, encoding="utf-8") as stream:
        assert stream.read() == page(), "python tests/support_table.py"


@pytest.mark.parametrize(
    ("table", "readers"),
    [pytest.param(OPERATORS, operators._OLD, id="operators"), pytest.param(NEWER, operators._NEW, id="newer ones")],
)
def test_every_operator_is_in_the_table_and_refused_if_it_is(table, readers):
    assert set(table) - {"where"} == set(readers)
    refused = {name for name, read in readers.items() if read is Reader.refused}
    assert {name for name, support in table.items() if support.state == REFUSED} == refused


def test_every_mode_is_in_the_table():
    assert set(MODES) == set(semgrep.MODES)


def test_every_grammar_is_tried():
    assert set(LANGUAGES) == {name for name, language in KNOWN.items() if language.grammar and name != "tsx"}


def test_probes_are_of_known_constructs():
    assert {name for _, probes in LANGUAGES.values() for name in probes} <= set(CONSTRUCTS)
