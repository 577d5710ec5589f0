"""What holds for every piece of every text."""

from __future__ import annotations

import language_cases_braces
import language_cases_data
import language_cases_scripts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_case import Case

from ospec_guard.languages import LANGUAGES, Structure, parse

CASES = [*language_cases_scripts.CASES, *language_cases_braces.CASES, *language_cases_data.CASES]
STRUCTURES = {case.language: case.structure for case in CASES}
GRAMMARS = sorted(key for key, language in LANGUAGES.items() if language.grammar)

# White space is part of what these say: literals over several lines, items aligned behind their dash.
LITERAL_LINES = {"yaml", "ruby", "elixir", "toml", "hcl", "bash", "dockerfile"}


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Structure, int, int]:
    structure = STRUCTURES[draw(st.sampled_from(sorted(STRUCTURES)))]
    start = draw(st.integers(0, len(structure.data)))
    return structure, start, min(len(structure.data), start + draw(st.integers(0, 120)))


@given(pieces())
def test_a_block_holds_its_piece_and_is_its_own_block(piece: tuple[Structure, int, int]) -> None:
    structure, start, end = piece
    block = structure.block(start, end)
    assert 0 <= block[0] <= start <= end <= block[1] <= len(structure.data)
    assert structure.block(*block) == block


@given(pieces())
def test_a_statement_is_a_span_that_lies_in_or_touches_the_block(piece: tuple[Structure, int, int]) -> None:
    structure, start, end = piece
    first, last = structure.statement(start, end)
    block = structure.block(start, end)
    assert 0 <= first <= last <= len(structure.data)
    assert block[0] <= first <= block[1]


@given(pieces())
def test_code_has_tokens_without_white_space_around(piece: tuple[Structure, int, int]) -> None:
    structure, start, end = piece
    tokens = structure.tokens(start, end)
    assert tokens == tokens.strip()
    assert bool(tokens) or not structure.data[start:end].strip()


@given(pieces())
def test_definitions_are_the_same_all_over_a_name(piece: tuple[Structure, int, int]) -> None:
    structure, start, _ = piece
    names = structure.definition(start).split(".")
    assert all(names) or names == [""]


@given(pieces())
def test_answers_do_not_depend_on_questions_asked_before(piece: tuple[Structure, int, int]) -> None:
    asked, start, end = piece
    fresh = Structure(asked.tree, asked.data, asked.facts)
    assert fresh.statement(start, end) == asked.statement(start, end)
    assert fresh.block(start, end) == asked.block(start, end)
    assert fresh.tokens(start, end) == asked.tokens(start, end)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.language) for case in CASES if case.language not in LITERAL_LINES])
def test_deeper_indentation_changes_no_identity(case: Case) -> None:
    deeper = Case(case.language, "".join(_twice_indented(line) for line in case.source.splitlines(keepends=True)))
    assert deeper.structure.broken == ()
    for piece, _ in [*case.blocks, *case.statements]:
        if "\n" not in piece:
            before, after = case.find(piece), deeper.find(piece)
            assert _identity(deeper.structure, *after) == _identity(case.structure, *before)


def _twice_indented(line: str) -> str:
    text = line.lstrip(" \t")
    return line[: len(line) - len(text)] * 2 + text


def _identity(structure: Structure, start: int, end: int) -> tuple[str, str]:
    return structure.definition(start), structure.tokens(*structure.statement(start, end))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.language) for case in CASES if case.language != "bash"])
def test_line_ends_of_windows_change_no_answer(case: Case) -> None:
    windows = Case(case.language, case.source.replace("\n", "\r\n"))
    assert windows.structure.broken == ()
    assert _texts(windows) == _texts(case)
    for piece, _ in [*case.blocks, *case.statements]:
        crlf = piece.replace("\n", "\r\n")
        assert _unix(windows, windows.structure.block(*windows.find(crlf))) == _unix(
            case, case.structure.block(*case.find(piece))
        )


def _texts(case: Case) -> list[str]:
    structure = case.structure
    spans = [*structure.comments, *((one.target_start, one.target_end) for one in structure.assignments)]
    return [_unix(case, span) for span in [*spans, *((one.value_start, one.value_end) for one in structure.assignments)]]


def _unix(case: Case, span: tuple[int, int]) -> str:
    return case.text(span).replace("\r\n", "\n")


@settings(max_examples=60)
@given(st.sampled_from(GRAMMARS), st.binary(max_size=80), st.integers(0, 90), st.integers(0, 90))
def test_no_bytes_are_too_odd(name: str, data: bytes, start: int, length: int) -> None:
    _ask_everything(parse(LANGUAGES[name], data), min(start, len(data)), min(start + length, len(data)))


@settings(max_examples=150)
@given(pieces(), st.text("{}()[]<>\"'`#/*\\=:;,@ \n\tax$%&|-é\0", max_size=12))
def test_no_edit_is_too_odd(piece: tuple[Structure, int, int], text: str) -> None:
    structure, start, end = piece
    data = structure.data[:start] + text.encode() + structure.data[end:]
    language = next(case.language for case in CASES if STRUCTURES[case.language] is structure)
    _ask_everything(parse(LANGUAGES[language], data), start, start + len(text.encode()))


def _ask_everything(structure: Structure, start: int, end: int) -> None:
    size = len(structure.data)
    assert all(first < last <= size for first, last in structure.comments)
    assert all(0 <= first < last <= size for first, last in structure.broken)
    assert all(one[1] < after[0] for one, after in zip(structure.broken, structure.broken[1:], strict=False))
    for one in structure.assignments:
        assert one.start <= one.target_start <= one.target_end <= one.end <= size
        assert one.start <= one.value_start <= one.value_end <= one.end
    block = structure.block(start, end)
    assert block[0] <= start <= end <= block[1]
    structure.tokens(*structure.statement(start, end))
    structure.definition(start)
    structure.is_prose(start)
