"""Generic patterns of the engine aliengrep; every expectation was seen with semgrep 1.182."""

from __future__ import annotations

import pytest

from ospec_guard.pattern.plaintext import find, required, validate
from ospec_guard.protocols import UnsupportedError

LINES: dict[str, object] = {"generic_multiline": False}


def found(pattern: str, text: str, **settings: object) -> list[str]:
    data = text.encode()
    return [data[hit.start : hit.end].decode() for hit in find(pattern, data, {"generic_engine": "aliengrep", **settings})]


@pytest.mark.parametrize(
    ("pattern", "text", "settings", "expected"),
    [
        pytest.param("f(...)", "f(a, (b), c) d", {}, ["f(a, (b), c)"], id="brackets belong together"),
        pytest.param("f(...)", "f(\n g(\n x)\n)", {}, ["f(\n g(\n x)\n)"], id="over lines"),
        pytest.param("a ... b", "a" + "\n" * 50 + "b", {}, ["a" + "\n" * 50 + "b"], id="dots as far as they must"),
        pytest.param("a ...", "b a c\nd", {}, ["a c\nd"], id="dots at the end: all the rest"),
        pytest.param("a ...", "b a c\nd", LINES, ["a c"], id="or the rest of the line"),
        pytest.param("... b", "x\na b", LINES, ["a b"], id="dots first: from the start of the line"),
        pytest.param("a .... c", "a b\n d c", LINES, ["a b\n d c"], id="four dots go over lines"),
        pytest.param("a\nb", "a b a\nb", LINES, ["a\nb"], id="line ends count"),
        pytest.param("$X - $X", "aa - aa ab - a", {}, ["aa - aa"], id="the same word again"),
        pytest.param("($...A)($...A)", "(a b)(a b)(a)(b)", {}, ["(a b)(a b)"], id="the same sequence again"),
        pytest.param("(...", "(a) (b", {}, ["(a) (b"], id="a bracket without its other half"),
        pytest.param("Word", "wORD", {"generic_caseless": True}, ["wORD"], id="either case"),
        pytest.param("id $X", "id a-b", {"generic_extra_word_characters": ["-"]}, ["id a-b"], id="more in words"),
        pytest.param("<...>", "<a <b> c>", {"generic_extra_braces": [["<", ">"]]}, ["<a <b> c>"], id="more brackets"),
        pytest.param("é $X", "é x", {}, ["é x"], id="beyond ascii"),
    ],
)
def test_matches(pattern: str, text: str, settings: dict[str, object], expected: list[str]) -> None:
    assert found(pattern, text, **settings) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "settings"),
    [
        pytest.param("wor", "word", {}, id="part of a word"),
        pytest.param("Word", "word", {}, id="other case"),
        pytest.param("a ... c", "a\nc", LINES, id="dots stay in their line"),
        pytest.param("a .... c", "a b\nc", LINES, id="four dots do not end with a line"),
        pytest.param("(...x)", "()x)", {}, id="past the bracket that closes"),
    ],
)
def test_leaves_alone(pattern: str, text: str, settings: dict[str, object]) -> None:
    assert found(pattern, text, **settings) == []


def test_what_metavariables_stand_for() -> None:
    (hit,) = find("f($...ARGS, $N)", b"f(a, b, 3)", {"generic_engine": "aliengrep"})
    assert {name: (bound.start, bound.text, bound.value) for name, bound in hit.bindings.items()} == {
        "$...ARGS": (2, "a, b", "a, b"),
        "$N": (8, "3", 3),
    }


def test_required_words() -> None:
    assert required("$....REST ab (abc)", {"generic_engine": "aliengrep"}) == ("abc", "ab")
    assert required("ab", {"generic_engine": "aliengrep", "generic_caseless": True}) == ()


@pytest.mark.parametrize("given", ["-", ["--"], [1]])
def test_refuses_settings_of_another_shape(given: object) -> None:
    with pytest.raises(UnsupportedError, match="generic_extra_word_characters"):
        validate("a", {"generic_engine": "aliengrep", "generic_extra_word_characters": given})
