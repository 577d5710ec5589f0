"""Generic patterns: what they match, what they leave alone, what they bind."""

from __future__ import annotations

import time

import pytest

from ospec_guard.pattern.blocks import Blocks
from ospec_guard.pattern.plaintext import find, required, validate
from ospec_guard.protocols import CompileError, UnsupportedError


def found(pattern: str, text: str, **settings: object) -> list[str]:
    data = text.encode()
    return [data[hit.start : hit.end].decode() for hit in find(pattern, data, settings)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("listen 80", "  listen   80;", ["listen   80"], id="white space counts for nothing"),
        pytest.param("listen 80", "listen\n80", ["listen\n80"], id="nor do line ends"),
        pytest.param("listen 80", "listen\r\n80", ["listen\r\n80"], id="nor carriage returns before them"),
        pytest.param("a=b", "a = b", ["a = b"], id="signs are tokens"),
        pytest.param("é à", "x é  à y", ["é  à"], id="beyond ascii"),
        pytest.param("port $P", "port 80\nport 81", ["port 80", "port 81"], id="a word"),
        pytest.param("$Name x", "a x", ["a x"], id="small letters in names"),
        pytest.param("$A = $A", "a = b\nc = c", ["c = c"], id="the same again"),
        pytest.param("f(...)", "f(a, (b), c) d", ["f(a, (b)"], id="dots stop at the first bracket that closes"),
        pytest.param("a ... c", "a\nb\nc", ["a\nb\nc"], id="dots over lines"),
        pytest.param("a ... c", "a c", ["a c"], id="dots for nothing"),
        pytest.param("a ... c", "a" + "\n" * 10 + "c", ["a" + "\n" * 10 + "c"], id="ten lines down"),
        pytest.param("a ... ... c", "a" + "\n" * 20 + "c", ["a" + "\n" * 20 + "c"], id="twice the dots, twice the lines"),
        pytest.param("a ...", "a b\nc", ["a b\nc"], id="dots at the end take all"),
        pytest.param("a ...", "(a b c) d", ["a b c"], id="all of the block"),
        pytest.param("a ... z", "a a z", ["a z"], id="of two with the same end the shorter"),
        pytest.param("a ...", "a a z", ["a a z"], id="but the longer where dots are last"),
        pytest.param("f(x) { y }", "f(x)\n{\n  y }", ["f(x)\n{\n  y }"], id="flat patterns in nested text"),
        pytest.param("if:\n  x\ny", "if:\n    x\ny", ["if:\n    x\ny"], id="a block as deep as it likes"),
        pytest.param("if:\n  ...\n  x", "if:\n  a\n  x", ["if:\n  a\n  x"], id="dots in a block"),
        pytest.param("if:\n  x ...", "if:\n  x\n  y\nz", ["if:\n  x\n  y"], id="dots at the end of a block"),
        pytest.param("a\n  ...\nb", "a\nb", ["a\nb"], id="a block of dots may be missing"),
        pytest.param("a.... b", "a .... b", ["a .... b"], id="four dots are dots"),
        pytest.param("$lower", "x $lower y", ["$lower"], id="no metavariable"),
        pytest.param("... b", "a b c", ["a b"], id="dots first: from the beginning of a block"),
    ],
)
def test_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param("list", "listen", id="part of a word"),
        pytest.param("Listen", "listen", id="other case"),
        pytest.param("$X", "+", id="a sign is no word"),
        pytest.param("$A $A", "a b", id="not the same again"),
        pytest.param("a ... c", "a" + "\n" * 11 + "c", id="eleven lines down"),
        pytest.param("a b", "  a\nb", id="out of a block by indentation"),
        pytest.param("a ) b", "f(a) b", id="out of brackets"),
        pytest.param("if:\n  x", "if:\nx", id="a block that is none"),
        pytest.param("if:\n  x\nz", "if:\n  x\n  y\nz", id="half a block"),
        pytest.param("  a", "a\n  a", id="a pattern that begins indented"),
        pytest.param("a", "", id="nothing there"),
        pytest.param("", "a", id="no pattern"),
    ],
)
def test_leaves_alone(pattern: str, text: str) -> None:
    assert found(pattern, text) == []


@pytest.mark.parametrize(
    ("pattern", "text", "settings", "expected"),
    [
        pytest.param("a ... c", "a b c\na\nc", {"generic_ellipsis_max_span": 0}, ["a b c"], id="dots within the line"),
        pytest.param("a b", "a // c\nb", {"generic_comment_style": "cpp"}, ["a // c\nb"], id="comments to the end of the line"),
        pytest.param("a b", "a /* c\n */ b", {"generic_comment_style": "c"}, ["a /* c\n */ b"], id="comments over lines"),
        pytest.param("a b", "a # b\nb", {"generic_comment_style": "shell"}, ["a # b\nb"], id="comments of shells"),
        pytest.param("c", "a // c", {"generic_comment_style": "cpp"}, [], id="not in comments"),
        pytest.param("c", "a // c", {"generic_comment_style": "c"}, ["c"], id="what is no comment in this style"),
    ],
)
def test_settings(pattern: str, text: str, settings: dict[str, object], expected: list[str]) -> None:
    assert found(pattern, text, **settings) == expected


def test_what_metavariables_stand_for() -> None:
    (hit,) = find("set $X to $...REST ;", "é set n to 1  + 2 ; ".encode(), {})
    assert {name: (bound.start, bound.end, bound.text, bound.value) for name, bound in hit.bindings.items()} == {
        "$X": (7, 8, "n", "n"),
        # With the white space before it, as in Semgrep.
        "$...REST": (11, 18, " 1  + 2", " 1  + 2"),
    }


def test_numbers_have_values() -> None:
    (hit,) = find("port $P", b"port 8080", {})
    assert hit.bindings["$P"].value == 8080


def test_the_same_sequence_again() -> None:
    assert found("($...A)($...A)", "(a b)(a c)(a c)") == ["(a c)(a c)"]


def test_within_keeps_what_lies_in_a_span() -> None:
    data = b"a b; a b; a b"
    assert [(hit.start, hit.end) for hit in find("a b", data, {}, [(4, 9), (11, 13)])] == [(5, 8)]


def test_required_words_longest_first() -> None:
    assert required("proxy_pass $URL ... on\n  internal") == ("proxy_pass", "internal", "on")


@pytest.mark.parametrize(
    ("pattern", "settings", "error", "says"),
    [
        pytest.param("a ... $...X", {}, CompileError, "right after", id="nothing between dots and named dots"),
        pytest.param("a", {"generic_comment_style": "lisp"}, UnsupportedError, "lisp", id="unknown comments"),
        pytest.param("a", {"generic_engine": "magic"}, UnsupportedError, "magic", id="unknown engine"),
        pytest.param("a", {"generic_ellipsis_max_span": "x"}, CompileError, "number of lines", id="span that is no number"),
    ],
)
def test_refuses(pattern: str, settings: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        validate(pattern, settings)


@pytest.mark.parametrize(
    ("line", "blocks"),
    [
        pytest.param("( a )", ["a"], id="pair"),
        pytest.param("( [ a ] b )", ["[ a ] b", "a"], id="pair in a pair"),
        pytest.param("( [ a )", ["[ a"], id="unclosed in a pair"),
        pytest.param("( a ] b )", [], id="closed by nothing that was opened"),
        pytest.param("( ( a )", ["a"], id="unclosed before a pair"),
        pytest.param("( )", [], id="empty"),
        pytest.param("( a\n)", [], id="brackets on two lines"),
    ],
)
def test_brackets_of_a_line(line: str, blocks: list[str]) -> None:
    text = Blocks(line.encode())
    assert [
        line[text.starts[i] : text.end(text.opens_until(i) - 1)] for i in range(len(text.starts)) if text.opens_until(i)
    ] == blocks


@pytest.mark.parametrize("pattern", ["a ... b ... c ... zig ... a", "$X ... a ... $X zig zag", "missing"])
def test_takes_no_time_on_one_long_line(pattern: str) -> None:
    data = b"a b c d e foo(x) " * 3000 + b"zig"
    began = time.process_time()
    find(pattern, data, {})
    assert time.process_time() - began < 2
