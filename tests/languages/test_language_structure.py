"""What the structure of a text says, language by language: the tables are in `language_cases_*`."""

from __future__ import annotations

import language_cases_braces
import language_cases_data
import language_cases_scripts
import pytest
from language_case import Case

from ospec_guard.languages import LANGUAGES

CASES = [*language_cases_scripts.CASES, *language_cases_braces.CASES, *language_cases_data.CASES]

each_case = pytest.mark.parametrize("case", CASES, ids=[case.language for case in CASES])


def _asked(kind: str) -> pytest.MarkDecorator:
    rows = [
        pytest.param(case, piece, expected, id=f"{case.language}-{piece}".replace("\n", "⏎"))
        for case in CASES
        for piece, expected in getattr(case, kind)
    ]
    return pytest.mark.parametrize(("case", "piece", "expected"), rows)


def test_every_language_with_a_grammar_has_a_case() -> None:
    assert {case.language for case in CASES} == {key for key, language in LANGUAGES.items() if language.grammar}


@each_case
def test_the_case_parses_whole(case: Case) -> None:
    assert case.structure.broken == ()


@each_case
def test_comments(case: Case) -> None:
    assert [case.text(span) for span in case.structure.comments] == case.comments


@each_case
def test_comments_and_nothing_else_is_prose(case: Case) -> None:
    structure = case.structure
    inside = {offset for start, end in structure.comments for offset in range(start, end)}
    prose = {offset for offset in range(len(structure.data)) if structure.is_prose(offset)}
    docstrings = {offset for text in _docstrings(case) for offset in range(*case.find(text))}
    assert prose == inside | docstrings


def _docstrings(case: Case) -> list[str]:
    return ['"""Module."""', '"""Doc."""'] if case.language == "python" else []


@each_case
def test_assignments(case: Case) -> None:
    found = [
        (case.text((one.target_start, one.target_end)), case.text((one.value_start, one.value_end)))
        for one in case.structure.assignments
    ]
    assert found == case.assignments


@each_case
def test_an_assignment_holds_its_target_and_value(case: Case) -> None:
    for one in case.structure.assignments:
        assert one.start <= one.target_start < one.target_end <= one.end, one
        assert one.start <= one.value_start < one.value_end <= one.end, one


@_asked("blocks")
def test_block(case: Case, piece: str, expected: str) -> None:
    assert case.text(case.structure.block(*case.find(piece))) == case.span(expected)


@_asked("statements")
def test_statement(case: Case, piece: str, expected: str) -> None:
    assert case.text(case.structure.statement(*case.find(piece))) == case.span(expected)


@_asked("definitions")
def test_definition(case: Case, piece: str, expected: str) -> None:
    assert case.structure.definition(case.find(piece)[0]) == expected
