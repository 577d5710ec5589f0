from __future__ import annotations

import re
from typing import Any

import pytest
from document_cases import at, paths, piece, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from ospec_guard.document import DocumentError, read_toml
from ospec_guard.document.toml import _WORDS

TEXT = '''\
# Über
title = "Größe" # why
"ключ".b = 1
numbers = [ 1, # one
  0x_F, [2.5, 'ü'],
  {x = true, "y z".w = [1]}, """
a "quoted" \\""" b""""",
]
when = 1979-05-27 07:32:00Z
days = [1979-05-27, 07:32:00]

[tool.poetry]
name='x'
dev.one = 1
dev.two = {version = "^2", 'a.b' = 3}

[[package]]
name = "é"
[package.source]
url = """
  u"""
  [[ package ]]
  name = "two"
[[package.deps]]
id = 1

[tool.black]
line-length = 100
'''.replace("0x_F", "0xF")


def test_reads() -> None:
    assert read_toml(TEXT.encode(), "f").value == {
        "title": "Größe",
        "ключ": {"b": 1},
        "numbers": [1, 15, [2.5, "ü"], {"x": True, "y z": {"w": [1]}}, 'a "quoted" """ b""'],
        "when": "1979-05-27T07:32:00+00:00",
        "days": ["1979-05-27", "07:32:00"],
        "tool": {
            "poetry": {"name": "x", "dev": {"one": 1, "two": {"version": "^2", "a.b": 3}}},
            "black": {"line-length": 100},
        },
        "package": [{"name": "é", "source": {"url": "  u"}}, {"name": "two", "deps": [{"id": 1}]}],
    }


@pytest.mark.parametrize(
    ("keys", "place", "key", "written"),
    [
        pytest.param(("title",), (2, 1), "title", "Größe", id="key"),
        pytest.param(("ключ",), (3, 2), "ключ", None, id="first part of a dotted key"),
        pytest.param(("ключ", "b"), (3, 8), "b", "1", id="last part of a dotted key"),
        pytest.param(("numbers", 0), (4, 13), "1", "1", id="item"),
        pytest.param(("numbers", 1), (5, 3), "0xF", "0xF", id="item after a comment"),
        pytest.param(("numbers", 2), (5, 8), "[2.5, 'ü']", "[2.5, 'ü']", id="list in a list"),
        pytest.param(("numbers", 2, 1), (5, 15), "ü", "ü", id="item in it"),
        pytest.param(("numbers", 3), (6, 3), '{x = true, "y z".w = [1]}', '{x = true, "y z".w = [1]}', id="table in a list"),
        pytest.param(("numbers", 3, "x"), (6, 4), "x", "true", id="key in it"),
        pytest.param(("numbers", 3, "y z"), (6, 15), "y z", None, id="quoted key in it"),
        pytest.param(("numbers", 3, "y z", "w", 0), (6, 25), "1", "1", id="list in it"),
        pytest.param(("numbers", 4), (6, 33), None, '\na "quoted" \\""" b""', id="text of several lines"),
        pytest.param(("when",), (9, 1), "when", "1979-05-27 07:32:00Z", id="date with a blank"),
        pytest.param(("days", 0), (10, 9), "1979-05-27", "1979-05-27", id="date"),
        pytest.param(("days", 1), (10, 21), "07:32:00", "07:32:00", id="time"),
        pytest.param(("tool",), (12, 2), "tool", None, id="table first named in a header"),
        pytest.param(("tool", "poetry"), (12, 7), "poetry", None, id="table of a header"),
        pytest.param(("tool", "poetry", "name"), (13, 1), "name", "x", id="key in it, nothing around the sign"),
        pytest.param(("tool", "poetry", "dev"), (14, 1), "dev", None, id="table of dotted keys"),
        pytest.param(("tool", "poetry", "dev", "two"), (15, 5), "two", """{version = "^2", 'a.b' = 3}""", id="inline table"),
        pytest.param(("tool", "poetry", "dev", "two", "a.b"), (15, 29), "a.b", "3", id="key with a dot in quotes"),
        pytest.param(("package",), (17, 3), "package", None, id="list of tables"),
        pytest.param(("package", 0), (17, 1), "[[package]]", None, id="first of them"),
        pytest.param(("package", 0, "name"), (18, 1), "name", "é", id="key in it"),
        pytest.param(("package", 0, "source", "url"), (20, 1), "url", "\n  u", id="key in a table of it"),
        pytest.param(("package", 1), (22, 3), "[[ package ]]", None, id="second of them, set in"),
        pytest.param(("package", 1, "name"), (23, 3), "name", "two", id="key in that"),
        pytest.param(("package", 1, "deps", 0), (24, 1), "[[package.deps]]", None, id="list in the second"),
        pytest.param(("package", 1, "deps", 0, "id"), (25, 1), "id", "1", id="key in that"),
        pytest.param(("tool", "black", "line-length"), (28, 1), "line-length", "100", id="later table of an earlier name"),
        pytest.param(("tool", "isort"), (12, 2), None, None, id="unknown key: the parent"),
        pytest.param((), (1, 1), None, None, id="document"),
    ],
)
def test_places(keys: tuple[str | int, ...], place: tuple[int, int], key: str | None, written: str | None) -> None:
    document = read_toml(TEXT.encode(), "f")
    assert at(document, *keys) == place
    assert key is None or piece(TEXT, document.span(*keys)) == key
    assert document.written(*keys) == written


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# é", id="comment"),
        pytest.param("a = 1", id="no line end"),
        pytest.param("a = 1\r\nb = [\r\n1,\r\n]\r\n[c]\r\n", id="CRLF"),
        pytest.param("a = '''x''y'''''\nb = ''''z'''\n", id="quotes in literal text"),
        pytest.param('a = """x""y"""""\nb = """"z"""\nc = """\\\n  d"""\n', id="quotes in text"),
        pytest.param("a = [\n  # only\n]\nb = {}\nc = [[], {}]\n", id="nothing within"),
        pytest.param("a = +1_000\nb = -inf\nc = 1e5\nd = nan\ne = 0b1\n", id="numbers"),
        pytest.param("a = 1988-10-27t01:01:01z\nb = 1988-10-27T01:01:01.5+01:00\n[c]\n", id="dates"),
        pytest.param("'' = 1\n", id="empty key"),
        pytest.param('"\\u00e9\\t" = 1\n', id="escaped key"),
        pytest.param("[a.b.c]\n[a]\nx = 1\n[a.b]\ny = 1\n", id="parents after children"),
        pytest.param("[[a]]\n[a.b]\n[[a.b.c]]\nx = 1\n[[a.b.c]]\n[[a]]\n[a.b]\n", id="lists of tables within"),
        pytest.param("\ufeff[a]\n", id="byte order mark"),
    ],
)
def test_everything_has_a_mark(text: str) -> None:
    document = read_toml(text.encode(), "f")
    assert all(document.span(*keys) is not None for keys in paths(document.value))


TWICE = "this key or table is given twice | remove one of the two"
ESCAPE = "the backslash makes no escape that TOML has | use single quotes, in which a backslash is a backslash"
UNCLOSED = "a quote before this is never closed | close it; text of several lines wants three quotes at both ends"
DEEP = "lists and mappings are nested deeper than 64 levels | make the document flatter"
PROBLEMS = [
    pytest.param("b = 1\n  b = 2", f"2:3 {TWICE}", id="key twice"),
    pytest.param("[é]".replace("é", "'é'") + "\n['é']\n", f"2:1 {TWICE}", id="table twice"),
    pytest.param("a.b = 1\n[a]\n", f"2:1 {TWICE}", id="table after a dotted key"),
    pytest.param("a = {b = 1}\na.c = 2\n", f"2:1 {TWICE}", id="inline table added to"),
    pytest.param("[a.b]\n[a]\nb.c = 1\n", f"3:1 {TWICE}", id="table added to by a dotted key"),
    pytest.param("a = {b = 1, b = 2}", f"1:1 {TWICE}", id="key twice in an inline table"),
    pytest.param("é = 1", "1:1 expected a key or a table header | put keys of other than A-Z, a-z, 0-9, '_' and '-' in quotes", id="bare key of unusual characters"),
    pytest.param("a = {x = 1,}", "1:12 expected a key | put no comma behind the last key; put keys of unusual characters in quotes", id="comma at the end of a table"),
    pytest.param("'é' = yes", "1:7 expected a value | put text in quotes; write true and false in small letters", id="bare text"),
    pytest.param("a = ", "1:5 expected a value | put text in quotes; write true and false in small letters", id="no value"),
    pytest.param("a: 1", "1:2 expected '=' after this key | write 'key = value'", id="colon"),
    pytest.param("a = 1 2", "1:7 expected the end of the line after the value | put text in quotes; numbers have no leading zeros", id="two values"),
    pytest.param("a = [1 2]", "1:8 expected ',' or ']' in a list | close the list", id="no comma in a list"),
    pytest.param("a = {b = 1", "1:11 expected ',' or '}' in a table | close the table on the line it opens on", id="open table"),
    pytest.param("[a", "1:3 expected ']' after the name of a table | put names of unusual characters in quotes", id="open header"),
    pytest.param("[[a]", "1:4 expected ']' after the name of a table | put names of unusual characters in quotes", id="half-open header"),
    pytest.param('a = "\\d"', f"1:8 {ESCAPE}", id="escape"),
    pytest.param('a = "\\uzzzz"', f"1:8 {ESCAPE}", id="hexadecimal escape"),
    pytest.param('a = "\\ud800"', f"1:12 {ESCAPE}", id="half a character"),
    pytest.param('a = "x', f"1:7 {UNCLOSED}", id="open quote"),
    pytest.param("a = 'x", f"1:7 {UNCLOSED}", id="open single quote"),
    pytest.param('a = """x', f"1:9 {UNCLOSED}", id="open three quotes"),
    pytest.param("a = '''x", f"1:9 {UNCLOSED}", id="open three single quotes"),
    pytest.param('a = "x\ny"', f"1:7 {UNCLOSED}", id="line end in text"),
    pytest.param('a = "\x01"', "1:6 a control character is not allowed | write it as an escape in double quotes", id="control character in text"),
    pytest.param("# \x01", "1:3 a control character is not allowed | write it as an escape in double quotes", id="control character in a comment"),
    pytest.param("a = 2020-02-30", "1:5 there is no such date or time", id="date"),
    pytest.param("a = " + "1" * 5000, "1:5 the number has more than 4,000 digits | put it in quotes", id="long number"),
    pytest.param("b = [1,\n 0x" + "f" * 4000 + "]", "2:2 the number has more than 4,000 digits | put it in quotes", id="long hexadecimal number"),
    pytest.param("a = " + "[" * 1_000_000, f"1:1 {DEEP}", id="1 MB of brackets"),
    pytest.param("a = " + "[" * 65 + "]" * 65, f"1:1 {DEEP}", id="deep"),
    pytest.param("x = 1\n" + "a." * 500_000 + "a = 1", f"2:1 {DEEP}", id="1 MB of one key"),
    pytest.param("x = {" + "'a' ." * 65 + "a = 1}", f"1:6 {DEEP}", id="long quoted key"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_tells_problems(text: str, expected: str) -> None:
    assert refused(read_toml, text) == [expected]


def test_every_row_of_the_table_of_syntax_errors_is_tested() -> None:
    lines = [case.values[1] for case in PROBLEMS]
    assert [
        words for words, _ in _WORDS.values() if not any(re.match(rf"[0-9:]+ {re.escape(words)}", line) for line in lines)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a. " * 1000, id="sentences of a word"),
        pytest.param("a." * 1000, id="no blanks"),
    ],
)
def test_text_that_holds_many_dots_is_no_key(text: str) -> None:
    assert read_toml(f'a = "{text}" # {text}'.encode(), "f").value == {"a": text}


BARE = st.text("abcXYZ019_-", min_size=1, max_size=6)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=6)


@st.composite
def tables(draw: st.DrawFn, header: str = "") -> list[str]:
    """The lines of a table whose keys are written in every way there is."""
    lines = []
    for name in draw(st.lists(BARE | TEXTS, unique=True, max_size=5)):
        bare = re.fullmatch("[A-Za-z0-9_-]+", name) and draw(st.booleans())
        lines.append(
            f"{draw(st.sampled_from(['', '  ']))}{name if bare else repr_single(name)} = {draw(VALUES)}{draw(COMMENTS)}"
        )
    return lines


def repr_single(text: str) -> str:
    return f"'{text}'"


SCALARS = (
    st.integers().map(str) | st.booleans().map(lambda each: str(each).lower()) | TEXTS.map(repr_single) | st.just('"a\\"]"')
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[ # ]\n {', '.join(items)}]")
        | st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{n}.x = {item}" for n, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)
COMMENTS = st.sampled_from(["", " # = [", "\n\n"])


@settings(deadline=None)
@given(tables(), st.lists(tables(), max_size=3), st.lists(tables(), max_size=3))
def test_what_stands_at_a_place_begins_with_the_key(top: list[str], named: list[list[str]], listed: list[list[str]]) -> None:
    lines = list(top)
    for number, body in enumerate(named):
        lines += [f"[ 'table {number}'.sub]", *body]
    for body in listed:
        lines += ["[[listed-tables]]", *body]
    text = "\n".join(lines)
    document = read_toml(text.encode(), "f")
    rows = text.split("\n")
    for keys in paths(document.value)[1:]:
        place = document.place(*keys)
        here = rows[place.line - 1][place.column - 1 :]
        child = document.at(*keys).value
        if isinstance(keys[-1], str):
            assert here.startswith(keys[-1])
        elif isinstance(child, (dict, list)):
            assert here[0] in "[{"
        if not isinstance(child, (dict, list)):
            assert written(child) == document.written(*keys)


def written(value: Any) -> str:
    return {'a"]': 'a\\"]'}.get(value, value) if isinstance(value, str) else str(value).lower()


@pytest.mark.parametrize("quote", ['"""', '"', "'"])
def test_quotes_that_never_close_are_looked_for_once(quote: str) -> None:
    """Looking again from every quote in 600 kB would take hours: the test would not end."""
    with pytest.raises(DocumentError):
        read_toml(b"x = " + quote.encode() + b'\\"' * 300_000, "f")
