"""The words of which one is in whatever a regular expression matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.pattern.needles import Needles, needles_of

SURE = [
    pytest.param(r"is_.*", Needles(("is_",)), id="a beginning"),
    pytest.param(r"^(update|from_mapping)$", Needles(("from_mapping", "update")), id="one of two"),
    pytest.param(r"(?i)(Log|logger)", Needles(("log", "logger"), caseless=True), id="in any case"),
    pytest.param(r"(?is)fOo.*", Needles(("foo",), caseless=True), id="two options"),
    pytest.param(r"[abc]de\.f", Needles(("de.f",)), id="an escaped sign"),
    pytest.param(r"ab\d+cde", Needles(("cde",)), id="the longer of two"),
    pytest.param(r"x{0,3}yes", Needles(("yes",)), id="what may be left out is no word"),
    pytest.param(r"(?P<word>foo)+", Needles(("foo",)), id="a repeated group with a name"),
    pytest.param(r"(?:get|set)_?name", Needles(("name",)), id="before what may be left out"),
    pytest.param(r"fo\pLbar", Needles(("bar",)), id="behind a property"),
    pytest.param(r"(?!bind)params", Needles(("params",)), id="beside a condition"),
]
UNSURE = [
    pytest.param(r"a*b", id="too short"),
    pytest.param(r"foo|", id="or nothing"),
    pytest.param(r"foo|\d+", id="or digits"),
    pytest.param(r"(foo)?", id="or not"),
    pytest.param(r"[a-z]+", id="a class"),
    pytest.param(r"(?!foo)", id="what must not be"),
    pytest.param(r"(?=foo)b", id="what follows"),
    pytest.param(r"a(?i)bcd", id="an option in the middle"),
    pytest.param(r"(?x) f o o", id="an option that changes characters"),
    pytest.param(r"(?i-s)foo", id="options that are taken back"),
    pytest.param(r"(?x-s) foo bar", id="an option that changes characters, and one that is taken back"),
    pytest.param(r"(?i:foo)", id="an option for a part"),
    pytest.param(r"(", id="no expression"),
    pytest.param("größe", id="beyond ascii"),
    pytest.param("|".join(f"word{number}" for number in range(40)), id="too many"),
]


@pytest.mark.parametrize(("expression", "expected"), SURE)
def test_sure(expression: str, expected: Needles) -> None:
    assert needles_of(expression) == expected


@pytest.mark.parametrize("expression", UNSURE)
def test_unsure(expression: str) -> None:
    assert needles_of(expression) is None


EXPRESSIONS = [param.values[0] for param in SURE if r"\p" not in str(param.values[0])]  # which `re` does not know


@given(st.data(), st.sampled_from(EXPRESSIONS))
def test_whatever_matches_has_a_needle(data: st.DataObject, expression: str) -> None:
    text = data.draw(st.from_regex(re.compile(expression, re.ASCII), fullmatch=True))
    needles = needles_of(expression)
    assert needles is not None
    assert any(word in (text.lower() if needles.caseless else text) for word in needles.words)
