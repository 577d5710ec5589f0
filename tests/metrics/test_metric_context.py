from __future__ import annotations

import pytest
from metric_world import View

from ospec_guard.metrics.context import CONTEXTS, region

PYTHON = """\
import os

# leads the class
@decorated
class User:
    name = 1

    def load(self):  # here
        return open(self.name)


token = (
    # not a word of it
    hash(secret)  # nor of this
)
"""


def pieces(path: str, text: str, context: str, needle: str, upto: str = "") -> list[str]:
    start = text.encode().index(needle.encode())
    end = text.encode().index(upto.encode(), start) + len(upto.encode()) if upto else start + len(needle.encode())
    return [text.encode()[a:b].decode() for a, b in region(View(path, text), context, start, end)]


def test_block_is_the_definition_with_what_leads_it() -> None:
    (piece,) = pieces("a.py", PYTHON, "block", "class User:")
    assert piece.startswith("# leads the class\n@decorated")
    assert piece.endswith("return open(self.name)")


def test_block_is_the_smallest() -> None:
    (piece,) = pieces("a.py", PYTHON, "block", "def load")
    assert piece.startswith("def load")
    assert "name = 1" not in piece


def test_assignment_is_without_comments() -> None:
    found = pieces("a.py", PYTHON, "assignment", "token = (", upto="\n)")
    assert [piece.split() for piece in found] == [["token", "=", "("], ["hash(secret)"], [")"]]


@pytest.mark.parametrize(
    ("path", "context"),
    [
        pytest.param("a.py", "line", id="line"),
        pytest.param("a.txt", "line", id="line-without-grammar"),
        pytest.param("a.txt", "block", id="block-without-grammar"),
        pytest.param("a.txt", "assignment", id="assignment-without-grammar"),
    ],
)
def test_line(path: str, context: str) -> None:
    assert pieces(path, PYTHON, context, "load") == ["    def load(self):  # here"]


def test_lines_of_a_match_over_several() -> None:
    assert pieces("a.txt", "one\r\ntwo\nthree\n", "line", "ne", upto="tw") == ["one\r\ntwo"]


def test_a_match_that_ends_with_its_line_stays_on_it() -> None:
    assert pieces("a.txt", "one\ntwo\n", "line", "ne\n") == ["one"]


def test_file_is_everything() -> None:
    assert pieces("a.py", PYTHON, "file", "load") == [PYTHON]


def test_pieces_hold_whole_characters() -> None:
    text = "x = (ä  # ö\n ü)\n"
    assert pieces("a.py", text, "assignment", "x =", upto=")") == ["x = (ä  ", "\n ü)"]


def test_the_words_are_those_of_the_documentation() -> None:
    assert CONTEXTS == ("block", "assignment", "line", "file")
