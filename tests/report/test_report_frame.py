"""Code frames: where the carets stand, whatever the line holds."""

from __future__ import annotations

import pytest
import report_results as results

from ospec_guard.model import Excerpt, Span
from ospec_guard.report.text.blocks import plain, text_width
from ospec_guard.report.text.frame import code_frame


def frame(text: str, piece: str, width: int | None = None) -> list[str]:
    found = results.finding(results.EVAL, "a.py", text, piece)
    assert found.span is not None
    assert found.excerpt is not None
    return framed(found.excerpt, found.span, width)


def framed(excerpt: Excerpt, span: Span, width: int | None = None) -> list[str]:
    return plain(list(code_frame(excerpt, span, width, 0))).splitlines()


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        pytest.param("eval(x)\n", "eval", ["> 1 │ eval(x)", "    │ ^^^^"], id="one line"),
        pytest.param("a\n\neval(x)\n\nb\n", "eval", ["> 3 │ eval(x)", "    │ ^^^^"], id="blank lines around are left away"),
        pytest.param(
            "a = 1\neval(x)\nb = 2\n",
            "eval(x)",
            ["  1 │ a = 1", "> 2 │ eval(x)", "    │ ^^^^^^^", "  3 │ b = 2"],
            id="lines around",
        ),
        pytest.param("\teval(x)\n", "eval", ["> 1 │     eval(x)", "    │     ^^^^"], id="tab at the start"),
        pytest.param("ab\teval\t(x)\n", "eval", ["> 1 │ ab  eval    (x)", "    │     ^^^^"], id="tabs go to the next stop"),
        pytest.param(
            "漢字 = eval(x)\n", "eval", ["> 1 │ 漢字 = eval(x)", "    │        ^^^^"], id="wide characters take two cells"
        ),
        pytest.param("🙂 = 漢字\n", "漢字", ["> 1 │ 🙂 = 漢字", "    │      ^^^^"], id="wide piece"),
        pytest.param(
            "e\u0301 = eval(x)\n", "eval", ["> 1 │ e\u0301 = eval(x)", "    │     ^^^^"], id="combining marks take none"
        ),
        pytest.param(
            "'\x1b[2J' + eval\n", "eval", ["> 1 │ '\\x1b[2J' + eval", "    │             ^^^^"], id="controls are escapes"
        ),
        pytest.param("a \u202e b\n", "\u202e", ["> 1 │ a \\u202e b", "    │   ^^^^^^"], id="bidi override as the piece"),
        pytest.param(
            "x\nf(\n  a,\n)\ny\n",
            "f(\n  a,\n)",
            ["  1 │ x", "> 2 │ f(", "    │ ^^", "> 3 │   a,", "> 4 │ )", "    │ ^", "  5 │ y"],
            id="several lines: first and last",
        ),
        pytest.param(
            "f(\n    )\n",
            "f(\n    )",
            ["> 1 │ f(", "    │ ^^", "> 2 │     )", "    │     ^"],
            id="last line from its first character",
        ),
        pytest.param(
            "\n".join("abcdefghijkl") + "\n", "j", ["   9 │ i", "> 10 │ j", "     │ ^", "  11 │ k"], id="numbers are set right"
        ),
    ],
)
def test_frames(text: str, piece: str, expected: list[str]) -> None:
    assert frame(text, piece) == expected


def test_an_empty_span_has_one_caret_even_behind_the_line() -> None:
    assert framed(Excerpt(1, ("abc",), 0), Span(1, 1, 1, 2, 1, 2)) == ["> 1 │ abc", "    │  ^"]
    assert framed(Excerpt(1, ("abc",), 0), Span(3, 3, 1, 4, 1, 4)) == ["> 1 │ abc", "    │    ^"]
    assert framed(Excerpt(1, ("",), 0), Span(0, 0, 1, 1, 1, 1)) == ["> 1 │", "    │ ^"]


def test_lines_beyond_the_excerpt_are_counted() -> None:
    text = "f(\n" + "  1,\n" * 20 + ")\n"
    found = results.finding(results.EVAL, "a.py", text, text.rstrip())
    assert found.excerpt is not None
    assert found.span is not None
    lines = framed(found.excerpt, found.span)
    assert lines[:3] == ["> 1 │ f(", "    │ ^^", "> 2 │   1,"]
    assert lines[-1] == "> … │ 13 more lines"  # 22 lines, 9 in the excerpt


def test_a_column_beyond_what_is_kept_of_the_line_is_told() -> None:
    found = results.finding(results.EVAL, "a.py", "x" * 500 + "eval\n", "eval")
    assert found.excerpt is not None
    assert found.span is not None
    assert framed(found.excerpt, found.span)[-1] == "    │ column 501 lies beyond what is kept of line 1"


def test_a_long_line_is_cut_around_the_piece_and_all_lines_alike() -> None:
    text = "first = 1\n" + "a" * 150 + " eval(x) " + "b" * 100 + "\n    last\n"
    lines = frame(text, "eval(x)")
    assert lines == [
        "  1 │ …",
        "> 2 │ …" + "a" * 38 + " eval(x) " + "b" * 71 + "…",  # 120 cells, the piece after a third of them
        "    │ " + " " * 40 + "^^^^^^^",
        "  3 │ …",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("before", [0, 30, 90, 200])
@pytest.mark.parametrize("filler", ["a", "漢", "\t", "\x1b"])
def test_no_line_is_wider_than_the_terminal_and_the_piece_is_in_it(width: int, before: int, filler: str) -> None:
    lines = frame(f"{filler * before}eval(x){filler * 90}\n", "eval", width)
    assert max(map(text_width, lines)) <= width
    source, carets = lines
    at = carets.index("^")
    assert carets.count("^") == 4
    cells = "".join(character + "\0" * (text_width(character) - 1) for character in source)
    assert cells[at : at + 4] == "eval"


def test_a_piece_longer_than_the_window_is_marked_as_far_as_it_is_shown() -> None:
    lines = frame("x = '" + "a" * 300 + "'\n", "'" + "a" * 300 + "'", 40)
    assert lines == ["> 1 │ x = '" + "a" * 28 + "…", "    │     " + "^" * 30]
