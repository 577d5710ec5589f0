from __future__ import annotations

import math
import re

import pytest
import yaml
from document_cases import at, piece, refused, told

from ospec_guard.document import DocumentError, read_yaml, read_yaml_all
from ospec_guard.document.text import PROBLEM_LIMIT
from ospec_guard.document.yaml_compose import EXPANSION_LIMIT
from ospec_guard.document.yaml_syntax import _ROWS


def value(text: str) -> object:
    return read_yaml(text.encode(), "f").value


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        *(pytest.param(each, None, id=f"nothing {each!r}") for each in ("", "~", "null", "Null", "NULL")),
        *(pytest.param(each, True, id=f"true {each}") for each in ("true", "True", "TRUE")),
        *(pytest.param(each, False, id=f"false {each}") for each in ("false", "False", "FALSE")),
        pytest.param("0", 0, id="zero"),
        pytest.param("-12", -12, id="negative"),
        pytest.param("+7", 7, id="plus"),
        pytest.param("010", 10, id="leading zero is decimal"),
        pytest.param("0o17", 15, id="octal"),
        pytest.param("0xFf", 255, id="hexadecimal"),
        pytest.param("1.50", 1.5, id="float"),
        pytest.param(".5", 0.5, id="float without a digit before the point"),
        pytest.param("5.", 5.0, id="float without a digit after the point"),
        pytest.param("-1e3", -1000.0, id="exponent"),
        pytest.param("1E-2", 0.01, id="upper-case exponent"),
        pytest.param(".inf", math.inf, id="infinity"),
        pytest.param("-.INF", -math.inf, id="negative infinity"),
        pytest.param("!!str 12", "12", id="tagged text"),
        pytest.param("!!str ''", "", id="tagged empty text"),
        pytest.param("!!int 12", 12, id="tagged int"),
        pytest.param("!!float 12", 12.0, id="tagged float"),
        pytest.param('!!int "12"', 12, id="tagged and quoted int"),
        pytest.param("!!bool true", True, id="tagged bool"),
        pytest.param("!!null ~", None, id="tagged null"),
        pytest.param("!!seq [1]", [1], id="tagged list"),
        pytest.param("!!map {a: 1}", {"a": 1}, id="tagged mapping"),
        pytest.param("'it''s'", "it's", id="single quotes"),
        pytest.param('"a\\tb\\u00e9"', "a\tbé", id="escapes"),
        pytest.param("|\n a\n b\n", "a\nb\n", id="literal block"),
        pytest.param(">-\n a\n b\n", "a b", id="folded block"),
    ],
)
def test_scalars_mean_what_the_core_schema_says(scalar: str, expected: object) -> None:
    result = value(f"k: {scalar}")
    assert result == {"k": expected}
    assert type(result["k"]) is type(expected)


def test_nan() -> None:
    assert math.isnan(value("k: .nan")["k"])


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "OFF",
        "12:30",
        "190:20:30",
        "2024-01-31",
        "2024-01-31T10:00:00Z",
        "1_000",
        "0b101",
        "0O17",
        "0x",
        "1.2.3",
        "1e",
        ".e1",
        "nULL",
        "tRUE",
        "+",
        "-",
        ".",
        "~x",
        "-0x1F",
        "+.nan",
        "12e",
        "1,5",
        "^1.0",
        ">=2",
        "inf",
        "nan",
    ],
)
def test_stays_text(text: str) -> None:
    assert value(f"- {text}" if text not in {">=2", "-"} else f"- '{text}'") == [text]


@pytest.mark.parametrize("text", ["1", "true", "null", "~", "", "1.5", "<<"])
def test_quotes_make_text(text: str) -> None:
    assert value(f"- '{text}'\n- \"{text}\"") == [text, text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", None, id="empty"),
        pytest.param("# nothing\n\n", None, id="comment only"),
        pytest.param("---\n", None, id="marker only"),
        pytest.param("{}", {}, id="empty mapping"),
        pytest.param("[]", [], id="empty list"),
        pytest.param("\ufeffa: 1", {"a": 1}, id="byte order mark"),
        pytest.param("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}, id="CRLF"),
        pytest.param("a:\n- 1\n- b: 2\n  c: 3\n", {"a": [1, {"b": 2, "c": 3}]}, id="list not indented"),
        pytest.param("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}, id="directive and end marker"),
        pytest.param("1: a\ntrue: b\n1.50: c\n", {"1": "a", "true": "b", "1.50": "c"}, id="keys keep their spelling"),
        pytest.param("? a\n: 1\n? b\n", {"a": 1, "b": None}, id="explicit keys"),
        pytest.param("a: [\n\t1,\n\t2]", {"a": [1, 2]}, id="tabs within brackets"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}, id="alias"),
        pytest.param("a: &x k\n*x : 1\n", {"a": "k", "k": 1}, id="alias as a key"),
        pytest.param("&x a: b\nc: *x\n", {"a": "b", "c": "a"}, id="anchored key"),
        pytest.param("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}, id="anchor given again"),
    ],
)
def test_reads(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("base: &b {x: 1, y: 2}\n<<: *b\n", {"base": {"x": 1, "y": 2}, "x": 1, "y": 2}, id="one mapping"),
        pytest.param("m: {<<: {x: 1}, y: 2}", {"m": {"y": 2, "x": 1}}, id="written in place"),
        pytest.param("m: {<<: {x: 1, y: 1}, y: 2}", {"m": {"y": 2, "x": 1}}, id="own key after it wins"),
        pytest.param("m: {y: 2, <<: {x: 1, y: 1}}", {"m": {"y": 2, "x": 1}}, id="own key before it wins"),
        pytest.param("m: {<<: [{x: 1}, {x: 2, y: 2}]}", {"m": {"x": 1, "y": 2}}, id="first of a list wins"),
        pytest.param("m: {<<: [], y: 2}", {"m": {"y": 2}}, id="empty list"),
        pytest.param("m: {'<<': 1}", {"m": {"<<": 1}}, id="quoted, it is a key"),
    ],
)
def test_merges(text: str, expected: object) -> None:
    assert value(text) == expected


RULES = """\
# Über uns
rules:
  - id: größe
    tags: [ä, "böse", 'c']
    "müll": {x: 1, y: 😀 z}
  -   id: two
name: &n "quoted"
again: *n
text: |
  one

  two

last: # comment
"""


@pytest.mark.parametrize(
    ("keys", "place", "key", "written"),
    [
        pytest.param((), (2, 1), None, None, id="document starts at its first key"),
        pytest.param(("rules",), (2, 1), "rules", None, id="key"),
        pytest.param(("rules", 0), (3, 5), None, None, id="item"),
        pytest.param(("rules", 0, "id"), (3, 5), "id", "größe", id="first key of an item"),
        pytest.param(("rules", 0, "tags"), (4, 5), "tags", "[ä, \"böse\", 'c']", id="flow list"),
        pytest.param(("rules", 0, "tags", 0), (4, 12), "ä", "ä", id="item of more than a byte"),
        pytest.param(("rules", 0, "tags", 1), (4, 16), "böse", "böse", id="quoted item after it"),
        pytest.param(("rules", 0, "tags", 2), (4, 24), "c", "c", id="single-quoted item after that"),
        pytest.param(("rules", 0, "müll"), (5, 6), "müll", "{x: 1, y: 😀 z}", id="quoted key: after the quote"),
        pytest.param(("rules", 0, "müll", "y"), (5, 20), "y", "😀 z", id="key in a flow mapping"),
        pytest.param(("rules", 1), (6, 7), None, None, id="second item, set in"),
        pytest.param(("rules", 1, "id"), (6, 7), "id", "two", id="its key"),
        pytest.param(("name",), (7, 1), "name", "quoted", id="anchored"),
        pytest.param(("again",), (8, 1), "again", "*n", id="alias"),
        pytest.param(("text",), (9, 1), "text", "|\n  one\n\n  two", id="block"),
        pytest.param(("last",), (14, 1), "last", "", id="no value"),
    ],
)
def test_places(keys: tuple[str | int, ...], place: tuple[int, int], key: str | None, written: str | None) -> None:
    document = read_yaml(RULES.encode(), "f")
    assert at(document, *keys) == place
    assert key is None or piece(RULES, document.span(*keys)) == key
    assert written is None or document.written(*keys) == written
    assert written is None or piece(RULES, document.value_span(*keys)) == written


def test_spans_of_blocks_end_with_their_last_value() -> None:
    text = "a:\n  - x: 1\n    y: 2  # why\n\n# more\n  - z\nb: 1\n"
    document = read_yaml(text.encode(), "f")
    assert piece(text, document.span("a", 0)) == "x: 1\n    y: 2"
    assert piece(text, document.value_span("a")) == "- x: 1\n    y: 2  # why\n\n# more\n  - z"


@pytest.mark.parametrize(
    ("text", "keys", "place"),
    [
        pytest.param("a: &x\n  b: 1\nc: *x\n", ("c",), (3, 1), id="the alias's own key"),
        pytest.param("a: &x\n  b: 1\nc: *x\n", ("c", "b"), (2, 3), id="what an alias holds stands at the anchor"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", ("c", "b"), (1, 8), id="what is merged stands where it is written"),
        pytest.param("a: !!map {b: 1}\n", ("a", "b"), (1, 11), id="behind a tag"),
        pytest.param("- &x !!str  text\n", (0,), (1, 13), id="anchor and tag are no part of an item"),
        pytest.param("- &x # why\n  text\n", (0,), (2, 3), id="nor is a comment after them"),
        pytest.param("a: 1\n", ("b", "c"), (1, 1), id="unknown key: the parent"),
        pytest.param("x:\n  a: 1\n", ("x", 3), (1, 1), id="index into a mapping: the parent"),
        pytest.param("x: [1]\n", ("x", -1), (1, 1), id="negative index: the parent"),
        pytest.param("", ("x",), (1, 1), id="empty file"),
        pytest.param("a: 1\rb: 2\r", ("b",), (2, 1), id="lone carriage return"),
        pytest.param('a: "x\u2028y"\nb: 2\n', ("b",), (2, 1), id="a line separator ends no line"),
    ],
)
def test_places_of_odd_things(text: str, keys: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert at(read_yaml(text.encode(), "f"), *keys) == place


def test_places_far_into_a_text_of_many_bytes() -> None:
    text = "".join(f"- ä{number}: é\n" for number in range(1000))
    document = read_yaml(text.encode(), "f")
    assert at(document, 999, "ä999") == (1000, 3)
    assert piece(text, document.span(999, "ä999")) == "ä999"


SYNTAX = [
    pytest.param("a:\n\tb: 1\n", "2:1 tab used for indentation; YAML wants spaces | replace the tab with spaces", id="tab"),
    pytest.param("a:\n  \tb: 1\n", "2:3 tab used for indentation; YAML wants spaces | replace the tab with spaces", id="tab after spaces"),
    pytest.param("a:\n  b: 1\n\tc: 2\n", "3:1 tab used for indentation; YAML wants spaces | replace the tab with spaces", id="tab after a scalar"),
    pytest.param("-\ta\n-\t-\tb\n", "1:2 tab used for indentation; YAML wants spaces | replace the tab with spaces", id="tab after a dash"),
    pytest.param("a: |\n  x\n\ty", "3:1 tab used for indentation; YAML wants spaces | replace the tab with spaces", id="tab in a block"),
    pytest.param("é: b: c\n", "1:5 ':' makes a key here, where none can be | indent a key like its neighbours; put text that holds ': ' in quotes", id="colon in text"),
    pytest.param("a: 1\n b: 2\n", "2:3 ':' makes a key here, where none can be | indent a key like its neighbours; put text that holds ': ' in quotes", id="key set in"),
    pytest.param("a: - b\n", "1:4 '-' begins a list item here, where none can be | put the item on a line of its own; put text that begins with '- ' in quotes", id="item behind a key"),
    pytest.param("a: ? b\n", "1:4 '?' begins a key here, where none can be | put text that begins with '? ' in quotes", id="question mark"),
    pytest.param("a: b\nc\n", "2:1 expected ':' after this key | write 'key: value'; indent a line that goes on with the text above", id="no colon"),
    pytest.param("- *.py\n", "1:3 '*' needs a name after it | put text that begins with '*' in quotes", id="glob"),
    pytest.param("a: &\n", "1:4 '&' needs a name after it | put text that begins with '&' in quotes", id="ampersand"),
    pytest.param("a: @x\n", "1:4 text cannot begin with '@' | put it in quotes", id="at sign"),
    pytest.param("a: `x`\n", "1:4 text cannot begin with '`' | put it in quotes", id="backtick"),
    pytest.param("é: 'x\nb: 1\n", "1:4 the quote that opens here is never closed | close it; in single quotes, write '' for a quote", id="open quote"),
    pytest.param('a: "x\n---\n', "1:4 the quote that opens here is never closed | close it; in single quotes, write '' for a quote", id="open quote before a document"),
    pytest.param('a: "\\d+"\n', "1:5 unknown escape '\\d' in double quotes | use single quotes, in which a backslash is a backslash", id="escape"),
    pytest.param('a: "\\xzz"\n', "1:7 the escape wants more hexadecimal digits | use single quotes, in which a backslash is a backslash", id="hexadecimal escape"),
    pytest.param("a: [1, 2\nb: 3\n", "2:2 expected ',' or ']' in the list that opens at line 1, column 4 | close the list; put text that holds ':', ',' or brackets in quotes", id="open list"),
    pytest.param("a: {x: 1\nb: 3\n", "2:2 expected ',' or '}' in the mapping that opens at line 1, column 4 | close the mapping; put text that holds ':', ',' or braces in quotes", id="open mapping"),
    pytest.param("a: [1", "1:6 expected ',' or ']' in the list that opens at line 1, column 4 | the text ends too early", id="open list at the end"),
    pytest.param('a: "x" y\n', "1:8 this does not fit the mapping that begins at line 1, column 1 | begin all its keys in one column; nothing may follow a closed quote or bracket", id="text behind a quote"),
    pytest.param("a:\n  - x\n - y\n", "3:2 this does not fit the mapping that begins at line 1, column 1 | begin all its keys in one column; nothing may follow a closed quote or bracket", id="item out of line"),
    pytest.param("- a\nb: 1\n", "2:1 expected '- ' as in the list that begins at line 1, column 1 | begin all its items in one column", id="key after items"),
    pytest.param("a: |x\n x\n", "1:5 '|' and '>' can only be followed by '+', '-' and an indentation from 1 to 9 | put the text on the next line", id="text behind a bar"),
    pytest.param("a: |0\n x\n", "1:5 '|' and '>' can only be followed by '+', '-' and an indentation from 1 to 9 | put the text on the next line", id="indentation 0"),
    pytest.param("a: !x!y z\n", "1:4 unknown tag | remove the tag; put text that begins with '!' in quotes", id="tag handle"),
    pytest.param("a: !<x\n", "1:4 the tag is not well-formed | put text that begins with '!' in quotes", id="open tag"),
    pytest.param("a: ]\n", "1:4 expected a value here | put text that begins with ']' in quotes", id="bracket"),
    pytest.param("[1,,2]", "1:4 expected a value here | put text that begins with ',' in quotes", id="two commas"),
    pytest.param("a: 'x'\n...\nb\n", "3:1 the document's value has ended before this | put the whole value in quotes, or divide documents with '---'", id="text after the end"),
    pytest.param("%YAML 3.0\n--- a\n", "1:1 this version of YAML is not supported | remove the '%YAML' line", id="version"),
]  # fmt: skip

SYNTAX_OF_LIBYAML = [
    pytest.param("%x\n", "1:1 unknown directive | put text that begins with '%' in quotes", id="directive"),
    pytest.param(
        'a: "\\ud83d"\n', "1:7 the escape stands for no character | write the character itself", id="surrogate escape"
    ),
]


@pytest.mark.parametrize(("text", "expected"), SYNTAX + SYNTAX_OF_LIBYAML)
def test_tells_syntax_errors(text: str, expected: str) -> None:
    assert refused(read_yaml, text) == [expected]


@pytest.mark.parametrize(("text", "expected"), SYNTAX)
def test_tells_the_same_without_libyaml(text: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    [line] = refused(read_yaml, text)
    assert line == expected


def test_every_row_of_the_table_of_syntax_errors_is_tested() -> None:
    lines = [case.values[1] for case in SYNTAX + SYNTAX_OF_LIBYAML]
    patterns = [re.sub(r"\\{\w+\\}", ".*", re.escape(row.message.replace("}}", "}"))) for row in _ROWS]
    assert [pattern for pattern in patterns if not any(re.search(rf"^[0-9:]+ {pattern} \\| ", line) for line in lines)] == []


def test_an_unforeseen_syntax_error_is_told_in_the_words_of_libyaml() -> None:
    assert refused(read_yaml, "%TAG ! x\n%TAG ! y\n--- a") == ["2:1 not YAML: found duplicate %TAG directive"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("é: 1\nb: 2\né: 3\n", ['3:1 key "é" is given twice; first at line 1, column 1 | remove one of the two'], id="key twice"),
        pytest.param("{a: 1, 'a': 2}", ['1:9 key "a" is given twice; first at line 1, column 2 | remove one of the two'], id="key twice, once quoted"),
        pytest.param("1: a\n'1': b", ['2:2 key "1" is given twice; first at line 1, column 1 | remove one of the two'], id="key twice, once a number"),
        pytest.param("{<<: {a: 1}, <<: {b: 1}}", ['1:14 key "<<" is given twice; first at line 1, column 2 | remove one of the two'], id="merged twice"),
        pytest.param(
            "a: 1\nb:\n  c: 1\n  c: 2\na: 2\n",
            [
                '4:3 key "c" is given twice; first at line 3, column 3 | remove one of the two',
                '5:1 key "a" is given twice; first at line 1, column 1 | remove one of the two',
            ],
            id="all of them",
        ),
        pytest.param("~: 1", ["1:1 a key must be text, got ~ | put the key in quotes"], id="null as a key"),
        pytest.param("{? : 2}", ["1:4 a key must be text, got nothing | put the key in quotes"], id="no key"),
        pytest.param("? [a]\n: b\nc: d", ["1:3 a key must be text | write the key out in quotes"], id="list as a key"),
        pytest.param("a: &x [1]\n? *x\n: b", ["2:3 a key must be text | write the key out in quotes"], id="alias of a list as a key"),
        pytest.param("a: !Ref b", ["1:4 tag !Ref is not supported | remove the tag"], id="tag"),
        pytest.param("a: !!binary xx", ["1:4 tag !!binary is not supported | remove the tag"], id="tag of YAML 1.1"),
        pytest.param("a: !!set {b}", ["1:4 tag !!set is not supported | remove the tag"], id="tag of a mapping"),
        pytest.param("a: !!seq {b: 1}", ["1:4 tag !!seq is not supported | remove the tag"], id="mapping tagged as a list"),
        pytest.param("a: !!int x", ["1:4 the value does not fit its tag !!int | remove the tag"], id="value against its tag"),
        pytest.param("a: !!int true", ["1:4 the value does not fit its tag !!int | remove the tag"], id="bool is no int"),
        pytest.param("a: *x", ["1:4 there is no anchor &x before this alias | put text that begins with '*' in quotes"], id="unknown alias"),
        pytest.param("a: &block 1\nb: *blok", ["2:4 there is no anchor &blok before this alias | did you mean 'block'?"], id="misspelt alias"),
        pytest.param("--- &x 1\n--- *x", ["2:5 there is no anchor &x before this alias | put text that begins with '*' in quotes"], id="anchor of another document"),
        pytest.param("a: &x {b: *x}", ["1:11 alias *x stands inside what it stands for | write the value out"], id="alias within itself"),
        pytest.param("<<: 1", ["1:5 '<<' merges mappings, and this is none | put '<<' in quotes if it is a key"], id="merged number"),
        pytest.param("<<: [{a: 1}, b]", ["1:5 '<<' merges mappings, and this is none | put '<<' in quotes if it is a key"], id="text among what is merged"),
        pytest.param("é: x\x07y\x00\n", ["1:5 control character U+0007 is not allowed (1 more after it) | write it as an escape in double quotes"], id="control characters"),
        pytest.param("é: \x7f", ["1:4 control character U+007F is not allowed | write it as an escape in double quotes"], id="delete"),
        pytest.param("a: " + "1" * 4001, ["1:4 the number has more than 4,000 digits | put it in quotes"], id="long number"),
        pytest.param(
            "a: 1\na: 2\nb: [",
            ['2:1 key "a" is given twice; first at line 1, column 1 | remove one of the two', "3:5 expected a value here | the text ends too early"],
            id="problems before a syntax error are told too",
        ),
    ],
)  # fmt: skip
def test_tells_problems(text: str, expected: list[str]) -> None:
    assert refused(read_yaml_all, text) == expected


def test_escapes_of_half_characters_are_refused_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert refused(read_yaml, 'a: "\\ud83d"') == ["1:4 the escape stands for no character | write the character itself"]


def test_reads_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    with_libyaml = read_yaml(RULES.encode(), "f")
    monkeypatch.delattr(yaml, "CSafeLoader")
    without = read_yaml(RULES.encode(), "f")
    assert without.value == with_libyaml.value
    assert without.layout.root == with_libyaml.layout.root


def test_a_second_document_is_refused() -> None:
    assert refused(read_yaml, "a: 1\n---\nb: 2\n") == ["2:1 one document expected, a second begins here | split the file"]


def test_all_documents() -> None:
    first, second = read_yaml_all("é: 1\n---\n# two\n- ö: 2\n".encode(), "f")
    assert (first.value, second.value) == ({"é": 1}, [{"ö": 2}])
    assert (at(first, "é"), at(second), at(second, 0, "ö")) == ((1, 1), (4, 1), (4, 3))


def test_an_empty_text_holds_no_documents() -> None:
    assert read_yaml_all(b"# nothing\n", "f") == ()


LEVELS = "lists and mappings are nested deeper than 64 levels | make the document flatter"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[" * 1_000_000, f"1:65 {LEVELS}", id="1 MB of opening brackets"),
        pytest.param("{a: " * 250_000, f"1:257 {LEVELS}", id="1 MB of opening mappings"),
        pytest.param("- " * 500_000, f"1:129 {LEVELS}", id="1 MB of dashes"),
        pytest.param(
            "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 99)),
            f"64:12 {LEVELS}",
            id="depth by aliases",
        ),
    ],
)
def test_depth_is_limited(text: str, expected: str) -> None:
    assert refused(read_yaml, text) == [expected]


def test_as_deep_as_may_be() -> None:
    assert read_yaml(b"[" * 64 + b"]" * 64, "f").value is not None


def test_what_anchors_expand_to_is_limited() -> None:
    text = "a0: &a0 [" + "x," * 10 + "]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 10}]\n" for n in range(1, 10))
    assert refused(read_yaml, text) == ["6:10 anchors expand to more than 200,000 values | use fewer aliases of aliases"]


def test_what_merging_expands_to_is_limited() -> None:
    text = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\n" for n in range(1, 3000))
    [line] = refused(read_yaml, text)
    assert line.endswith("anchors expand to more than 200,000 values | use fewer aliases of aliases")


def test_values_that_are_written_out_are_not_limited() -> None:
    assert len(read_yaml(b"- a\n" * (EXPANSION_LIMIT + 1), "f").value) == EXPANSION_LIMIT + 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="one word"),
        pytest.param("word " * 200_000, id="many words"),
        pytest.param("'" + "a\n" * 500_000 + "'", id="one text of many lines"),
    ],
)
def test_a_megabyte_of_text_is_read(text: str) -> None:
    assert isinstance(value(text), str)


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    with pytest.raises(DocumentError) as caught:
        read_yaml(b"{" + b"a: 1," * 200_000 + b"}", "f")
    lines = told(caught.value.problems)
    assert len(lines) == PROBLEM_LIMIT + 1
    assert lines[-1] == "1:1002 more than 200 problems; the rest is not told | mend these first"
