from __future__ import annotations

import json
import re
from typing import Any

import pytest
from document_cases import at, paths, piece, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from ospec_guard.document import read_json, read_yaml
from ospec_guard.document.json import _WORDS
from ospec_guard.document.text import PROBLEM_LIMIT

TEXT = '{\n  "é": [1, "ü😀", {"b\\u0020c": null}],\n\t"d": {"e": -1.50, "f": "x\\ty"}, "": true}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TEXT, {"é": [1, "ü😀", {"b c": None}], "d": {"e": -1.5, "f": "x\ty"}, "": True}, id="of everything"),
        pytest.param("\ufeff[1]", [1], id="byte order mark"),
        pytest.param(" 1 ", 1, id="a number alone"),
        pytest.param('"NaN"', "NaN", id="text that says NaN"),
        pytest.param('"\\ud83d\\ude00"', "😀", id="a character in two escapes"),
        pytest.param('"\\\\ud800"', "\\ud800", id="an escaped backslash before ud800"),
        pytest.param('{"a": {"b": 1}, "c": {"b": 1}}', {"a": {"b": 1}, "c": {"b": 1}}, id="one key in two mappings"),
        pytest.param("[" * 64 + "]" * 64, json.loads("[" * 64 + "]" * 64), id="as deep as may be"),
    ],
)
def test_reads(text: str, expected: object) -> None:
    assert read_json(text.encode(), "f").value == expected


@pytest.mark.parametrize(
    ("keys", "place", "key", "written"),
    [
        pytest.param((), (1, 1), None, None, id="document"),
        pytest.param(("é",), (2, 4), "é", '[1, "ü😀", {"b\\u0020c": null}]', id="key"),
        pytest.param(("é", 0), (2, 9), "1", "1", id="item"),
        pytest.param(("é", 1), (2, 13), "ü😀", "ü😀", id="text as an item"),
        pytest.param(("é", 2), (2, 18), '{"b\\u0020c": null}', '{"b\\u0020c": null}', id="mapping after more than a byte"),
        pytest.param(("é", 2, "b c"), (2, 20), "b\\u0020c", "null", id="escaped key"),
        pytest.param(("d",), (3, 3), "d", '{"e": -1.50, "f": "x\\ty"}', id="key after a tab"),
        pytest.param(("d", "e"), (3, 9), "e", "-1.50", id="key in a mapping"),
        pytest.param(("d", "f"), (3, 21), "f", "x\\ty", id="second key in a mapping"),
        pytest.param(("",), (3, 35), "", "true", id="empty key"),
        pytest.param(("d", "g"), (3, 3), None, None, id="unknown key: the parent"),
        pytest.param(("é", 3), (2, 4), None, None, id="index past the end: the parent"),
    ],
)
def test_places(keys: tuple[str | int, ...], place: tuple[int, int], key: str | None, written: str | None) -> None:
    document = read_json(TEXT.encode(), "f")
    assert at(document, *keys) == place
    assert keys == () or piece(TEXT, document.span(*keys)) == key
    assert keys == () or document.written(*keys) == written


def test_spans_do_not_count_the_byte_order_mark() -> None:
    document = read_json('\ufeff{"a": 1}'.encode(), "f")
    assert (at(document, "a"), document.span("a")) == ((1, 3), (2, 3))


PROBLEMS = [
    pytest.param("", ["1:1 the file is empty; JSON wants a value | write {} for nothing"], id="empty"),
    pytest.param(" \n", ["1:1 the file is empty; JSON wants a value | write {} for nothing"], id="blank"),
    pytest.param('["é", 1,]', ["1:8 a comma before the end | remove the comma"], id="comma at the end of a list"),
    pytest.param('{"a": 1,\n}', ["1:8 a comma before the end | remove the comma"], id="comma at the end of a mapping"),
    pytest.param("{a: 1}", ["1:2 expected a key in double quotes | put the key in double quotes"], id="bare key"),
    pytest.param("{'a': 1}", ["1:2 expected a key in double quotes | JSON wants double quotes"], id="single-quoted key"),
    pytest.param("['a']", ["1:2 expected a value | JSON wants double quotes"], id="single-quoted text"),
    pytest.param("[True]", ["1:2 expected a value | put text in double quotes; write true, false and null in small letters"], id="capital"),
    pytest.param('{"a":}', ["1:6 expected a value | put text in double quotes; write true, false and null in small letters"], id="no value"),
    pytest.param("[1 2]", ["1:4 expected ',' or the end of the list or mapping | put a comma between two values"], id="no comma"),
    pytest.param("[1", ["1:3 expected ',' or the end of the list or mapping | put a comma between two values"], id="open list"),
    pytest.param('{"a" 1}', ["1:6 expected ':' after the key | write \"key\": value"], id="no colon"),
    pytest.param('["é', ["1:2 the quote that opens here is never closed | close it"], id="open quote"),
    pytest.param('["é\n"]', ["1:4 a control character or line end is not allowed in text | write it as an escape, as \\n"], id="line end in text"),
    pytest.param('["\\d"]', ["1:3 the backslash makes no escape that JSON has | write two backslashes for one"], id="escape"),
    pytest.param('["\\u12"]', ["1:4 '\\u' wants four hexadecimal digits | write two backslashes for one"], id="hexadecimal escape"),
    pytest.param("{} {}", ["1:4 the document's value has ended before this | put several values in one list"], id="two values"),
    pytest.param("// a\n{}", ["1:1 expected a value | JSON has no comments; remove this one"], id="comment at the start"),
    pytest.param('{"a": 1, // b\n "c": 2}', ["1:10 expected a key in double quotes | JSON has no comments; remove this one"], id="comment in a mapping"),
    pytest.param("[1, /* two */ 2]", ["1:5 expected a value | JSON has no comments; remove this one"], id="comment of several lines"),
    pytest.param("{} # a", ["1:4 the document's value has ended before this | JSON has no comments; remove this one"], id="comment at the end"),
    pytest.param('["NaN\\"", NaN]', ["1:11 NaN is no JSON number | write null, or put it in quotes"], id="NaN"),
    pytest.param("[-Infinity]", ["1:2 -Infinity is no JSON number | write null, or put it in quotes"], id="infinity"),
    pytest.param("[1" + "0" * 5000 + "]", ["1:2 the number has more than 4,000 digits | put it in quotes"], id="long number"),
    pytest.param(
        '{"é": 1, "é": 2, "b": {"c": 1, "\\u0063": 2}}',
        [
            '1:11 key "é" is given twice; first at line 1, column 3 | remove one of the two',
            '1:33 key "c" is given twice; first at line 1, column 25 | remove one of the two',
        ],
        id="keys twice",
    ),
    pytest.param(
        '["\\ud800", "\\ud83d\\ude00", "\\udc00\\ud800x"]',
        [
            "1:3 the escape \\ud800 is half of a character | write the other half too",
            "1:29 the escape \\udc00 is half of a character | write the other half too",
            "1:35 the escape \\ud800 is half of a character | write the other half too",
        ],
        id="half characters",
    ),
    pytest.param("[" * 65 + "]" * 65, ["1:65 lists and mappings are nested deeper than 64 levels | make the document flatter"], id="deep"),
    pytest.param("[" * 1_000_000, ["1:65 lists and mappings are nested deeper than 64 levels | make the document flatter"], id="1 MB of brackets"),
    pytest.param('{"a":' * 200_000, ["1:321 lists and mappings are nested deeper than 64 levels | make the document flatter"], id="1 MB of mappings"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROBLEMS)
def test_tells_problems(text: str, expected: list[str]) -> None:
    assert refused(read_json, text) == expected


def test_every_row_of_the_table_of_syntax_errors_is_tested() -> None:
    lines = [line for case in PROBLEMS for line in case.values[1]]
    assert [
        words for words, _ in _WORDS.values() if not any(re.match(rf"[0-9:]+ {re.escape(words)}", line) for line in lines)
    ] == []


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    lines = refused(read_json, "{" + '"a":1,' * 100_000 + '"b":1}')
    assert len(lines) == PROBLEM_LIMIT + 1
    assert lines[-1] == "1:1203 more than 200 problems; the rest is not told | mend these first"


def test_a_megabyte_on_one_line_is_placed() -> None:
    document = read_json(b"[" + b'"a",' * 250_000 + b"1]", "f")
    assert at(document, 250_000) == (1, 1_000_002)


# What YAML takes for line ends or does not allow is left out: there the two languages differ.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cn", "Zl", "Zp"], exclude_characters=[chr(c) for c in range(0x7F, 0xA0)]),
    max_size=20,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1]))
def test_json_and_yaml_read_the_same_from_json(value: Any, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    in_json, in_yaml = read_json(text.encode(), "f"), read_yaml(text.encode(), "f")
    assert json.dumps(in_json.value) == json.dumps(in_yaml.value) == json.dumps(value)
    for keys in paths(value):
        for document in (in_json, in_yaml):
            written = document.written(*keys)
            child = document.at(*keys).value
            assert written is not None
            assert json.loads(f'"{written}"' if isinstance(child, str) else written) == child
            if keys and isinstance(keys[-1], str):
                assert json.loads(f'"{piece(text, document.span(*keys))}"') == keys[-1]
            assert in_json.place(*keys) == document.place(*keys)
