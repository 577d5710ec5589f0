"""Regular expressions as patterns."""

from __future__ import annotations

from ospec_guard.pattern.textual import find_regex


def test_groups_are_bound() -> None:
    (hit,) = find_regex(r"(?<key>\w+)=(\d+)?(x)?", "é k=12".encode())
    assert (hit.start, hit.end) == (3, 7)
    assert {name: (bound.start, bound.text) for name, bound in hit.bindings.items()} == {
        "$1": (3, "k"),
        "$2": (5, "12"),
        "$key": (3, "k"),
    }


def test_lines_have_ends_and_empty_matches_are_none() -> None:
    assert [(hit.start, hit.end) for hit in find_regex(r"^b?$", b"a\n\nb\n")] == [(3, 4)]


def test_within_sees_the_whole_text() -> None:
    assert [(hit.start, hit.end) for hit in find_regex(r"(?<=a)b", b"ab ab", [(4, 5)])] == [(4, 5)]
