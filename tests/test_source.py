"""Decoding, and the way from bytes to lines and columns."""

from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.model import Excerpt, Span
from ospec_guard.source import EXCERPT_LINE, DecodeError, Source, decode


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        pytest.param(b"", "", "utf-8", id="empty"),
        pytest.param(b"abc", "abc", "utf-8", id="ascii"),
        pytest.param("é€𝄞".encode(), "é€𝄞", "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + "é".encode(), "é", "utf-8-sig", id="utf-8-with-mark"),
        pytest.param(codecs.BOM_UTF8, "", "utf-8-sig", id="a-mark-alone"),
        pytest.param(codecs.BOM_UTF8 * 2 + b"a", "\ufeffa", "utf-8-sig", id="only-the-first-mark-is-one"),
        pytest.param(codecs.BOM_UTF16_LE + "é𝄞".encode("utf-16-le"), "é𝄞", "utf-16-le", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + "é𝄞".encode("utf-16-be"), "é𝄞", "utf-16-be", id="utf-16-be"),
        pytest.param(b"caf\xe9", "café", "latin-1", id="latin-1"),
        pytest.param(b"\xc3\xa9 \xe9", "Ã© é", "latin-1", id="neither-is-latin-1"),
        pytest.param(b"\x80\x9f", "\x80\x9f", "latin-1", id="controls"),
    ],
)
def test_decode(raw, text, encoding):
    assert decode(raw) == (text.encode(), encoding)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"a\0b", "holds NUL bytes", id="nul"),
        pytest.param(codecs.BOM_UTF16_LE + b"abc", "starts like UTF-16-LE and is not", id="half-a-unit"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8", "starts like UTF-16-LE and is not", id="half-a-pair"),
        pytest.param(codecs.BOM_UTF16_BE + b"\0a\0\0", "holds NUL characters", id="nul-in-utf-16"),
        pytest.param(codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "UTF-32", id="utf-32-le"),
        pytest.param(codecs.BOM_UTF32_BE + "a".encode("utf-32-be"), "UTF-32", id="utf-32-be"),
    ],
)
def test_what_is_no_text(raw, words):
    with pytest.raises(DecodeError, match=words):
        decode(raw)


TEXT = "ab\né€x\r\n\rlast".encode()


@pytest.mark.parametrize(
    ("data", "starts"),
    [
        pytest.param(b"", [0], id="empty"),
        pytest.param(b"a", [0], id="one-line"),
        pytest.param(b"a\n", [0, 2], id="line-end-at-the-end"),
        pytest.param(b"a\nb\r\nc\rd", [0, 2, 5, 7], id="all-ends"),
        pytest.param(b"\n\r\r\n", [0, 1, 2, 4], id="blank-lines"),
        pytest.param(b"a\r\nb\r\n", [0, 3, 6], id="windows"),
        pytest.param("a\u2028b\x0bc\x0cd\x85".encode(), [0], id="no-other-ends"),
    ],
)
def test_line_starts(data, starts):
    assert Source("a", data).line_starts == starts


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 2, (1, 1, 1, 3), id="a-line"),
        pytest.param(1, 1, (1, 2, 1, 2), id="empty"),
        pytest.param(3, 8, (2, 1, 2, 3), id="two-and-three-bytes-are-one-column-each"),
        pytest.param(8, 9, (2, 3, 2, 4), id="behind-them"),
        pytest.param(0, 3, (1, 1, 1, 3), id="a-line-end-is-no-column"),
        pytest.param(8, 11, (2, 3, 2, 4), id="nor-are-the-two-of-windows"),
        pytest.param(1, 9, (1, 2, 2, 4), id="over-two-lines"),
        pytest.param(12, 16, (4, 1, 4, 5), id="behind-a-lone-carriage-return"),
        pytest.param(16, 16, (4, 5, 4, 5), id="the-end"),
    ],
)
def test_span(start, end, expected):
    span = Source("a", TEXT).span(start, end)
    assert (span.line, span.column, span.end_line, span.end_column) == expected
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("line", "bounds"),
    [
        pytest.param(1, b"ab", id="lf"),
        pytest.param(2, "é€x".encode(), id="crlf"),
        pytest.param(3, b"", id="cr"),
        pytest.param(4, b"last", id="last"),
    ],
)
def test_line_bounds_leave_out_the_line_end(line, bounds):
    assert TEXT[slice(*Source("a", TEXT).line_bounds(line))] == bounds


@pytest.mark.parametrize(
    ("line", "column", "offset"),
    [
        pytest.param(1, 1, 0, id="start"),
        pytest.param(2, 3, 8, id="behind-two-and-three-bytes"),
        pytest.param(2, 99, 9, id="beyond-the-line"),
        pytest.param(99, 1, 12, id="beyond-the-text"),
        pytest.param(0, 0, 0, id="before-the-text"),
    ],
)
def test_offset_of_is_clipped(line, column, offset):
    assert Source("a", TEXT).offset_of(line, column) == offset


@given(st.text(st.sampled_from("ab\n\ré€𝄞"), max_size=30), st.data())
def test_places_and_offsets_are_two_names_of_one_thing(text, data):
    source = Source("a", text.encode())
    at = data.draw(st.integers(0, len(text)))
    offset = len(text[:at].encode())
    span = source.span(offset, offset)
    first, last = source.line_bounds(span.line)
    assert source.line_starts[span.line - 1] <= offset
    if first <= offset <= last:
        assert source.offset_of(span.line, span.column) == offset
    assert span.end_column >= span.column


@given(st.text(st.sampled_from("ab\n\ré"), max_size=30))
def test_lines_and_their_ends_make_the_text(text):
    source = Source("a", text.encode())
    starts = [*source.line_starts, len(source.data)]
    for line, (start, after) in enumerate(pairwise(starts), 1):
        first, last = source.line_bounds(line)
        assert first == start
        assert source.data[last:after] in (b"", b"\n", b"\r", b"\r\n")


def test_excerpt():
    source = Source("a", b"1\n2\n3\n4\n5\n")
    assert source.excerpt(source.span(4, 5)) == Excerpt(2, ("2", "3", "4"), 4)
    assert source.excerpt(source.span(0, 1)) == Excerpt(1, ("1", "2"), 0)
    assert source.excerpt(source.span(4, 5), around=0) == Excerpt(3, ("3",), 4)


def test_a_long_excerpt_is_cut_in_both_directions():
    source = Source("a", ("é" * 900 + "\n").encode() * 30)
    excerpt = source.excerpt(source.span(0, len(source.data)), around=0, most=8)
    assert len(excerpt.lines) == 8
    assert set(excerpt.lines) == {"é" * EXCERPT_LINE}


def test_spans_sort_by_place():
    later, longer, first = Span(5, 6, 2, 1, 2, 2), Span(1, 3, 1, 2, 1, 4), Span(1, 2, 1, 2, 1, 3)
    assert sorted([later, longer, first]) == [first, longer, later]
