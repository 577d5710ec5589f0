"""Comments of languages without a grammar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.languages import LANGUAGES, by_name, plain_comments


def _comments(name: str, text: str) -> list[str]:
    language = by_name(name)
    assert language is not None
    data = text.encode()
    return [data[start:end].decode() for start, end in plain_comments(language, data)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("sql", "SELECT 1 -- why\n/* a\nb */ FROM x", ["-- why", "/* a\nb */"], id="line and block"),
        pytest.param("dart", "a(); // one\r\nb(); /* two */ // three", ["// one", "/* two */", "// three"], id="crlf"),
        pytest.param("perl", "# whole\n$x = 1; # why", ["# whole", "# why"], id="hash"),
        pytest.param("perl", "x;\n=pod\ntext\n=cut\ny; # z", ["=pod\ntext\n=cut", "# z"], id="pod"),
        pytest.param("dotenv", "  # about\nA=1 # why", ["# about", "# why"], id="hash after white space"),
        pytest.param("properties", "! one\n  # two\na=b", ["! one", "# two"], id="only first on a line"),
        pytest.param("haskell", "x -- one\n{- two\n -}", ["-- one", "{- two\n -}"], id="haskell"),
        pytest.param("mdx", "<a><!-- one\ntwo --></a>", ["<!-- one\ntwo -->"], id="mdx"),
        pytest.param("markdown", "# Title\n<!-- one -->", ["<!-- one -->"], id="markdown"),
        pytest.param("sql", "/* never closed", ["/* never closed"], id="unclosed"),
        pytest.param("batch", "REM one\n:: two\necho", ["REM one", ":: two"], id="batch"),
        pytest.param("graphql", '"""# no"""\n# yes', ["# yes"], id="long quotes"),
        pytest.param("sql", "-- é ü\nx", ["-- é ü"], id="not ascii"),
    ],
)
def test_reports(language: str, text: str, expected: list[str]) -> None:
    assert _comments(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("sql", "SELECT '-- no', \"/* no */\"", id="in strings"),
        pytest.param("dart", "x = 'it\\'s // no';", id="after an escaped quote"),
        pytest.param("dotenv", "PASSWORD=a#b", id="hash inside of a word"),
        pytest.param("properties", "a=b # no\nc=#d", id="hash after a value"),
        pytest.param("vue", '<a href="https://host">', id="slashes in an address"),
        pytest.param("graphql", '"""\n# no\n"""', id="in long quotes"),
        pytest.param("jsonl", "// no", id="no comments in the language"),
        pytest.param("unknown", "# no // no", id="unknown"),
    ],
)
def test_leaves_alone(language: str, text: str) -> None:
    assert _comments(language, text) == []


def test_an_unclosed_string_ends_with_its_line() -> None:
    assert _comments("sql", "it's\n-- yes") == ["-- yes"]


@given(st.sampled_from(sorted(LANGUAGES)), st.text("ab\"'`/*#-<>!{}%;= \n\\", max_size=60))
def test_spans_are_ascending_and_hold_text(name: str, text: str) -> None:
    data = text.encode()
    spans = plain_comments(LANGUAGES[name], data)
    assert all(start < end <= len(data) and data[start:end] == data[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
