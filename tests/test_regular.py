"""Expressions: the same meaning on either engine, and no way to hang."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard import regular
from ospec_guard.regular import InvalidRegexError, RegexSet, RegexTimeoutError, compile_regex

SLOW = "(?=a)(a|aa)+(a|aa)+(a|aa)+b"


@pytest.mark.parametrize(
    ("pattern", "linear"),
    [
        pytest.param("a+b", True, id="plain"),
        pytest.param(r"(?i)\bclass\b", True, id="flags"),
        pytest.param(r"\p{Lu}", True, id="properties"),
        pytest.param("a(?=b)", False, id="look-ahead"),
        pytest.param("(?<!a)b", False, id="look-behind"),
        pytest.param(r"(a)\1", False, id="back-reference"),
        pytest.param("a++b", False, id="possessive"),
        pytest.param("a{2000}", False, id="repeated-too-often-for-re2"),
    ],
)
def test_re2_wherever_it_can_be_expressed_there(pattern, linear):
    assert compile_regex(pattern).linear is linear


@pytest.mark.parametrize("pattern", ["(", "a)", "[", "*", "(?<x", r"\1", "a{2,1}", "(?P<n>a)(?P<n>b)(?=c"])
def test_what_neither_engine_takes(pattern):
    with pytest.raises(InvalidRegexError) as raised:
        compile_regex(pattern)
    assert str(raised.value)


EITHER = "(?=(?:.|\\n)|$)"
"""Asks for nothing, and cannot be expressed in RE2."""


@pytest.mark.parametrize(
    ("pattern", "data", "found"),
    [
        pytest.param("^b", b"a\nb\nab", [(2, 3)], id="start-of-a-line"),
        pytest.param("a$", b"a\nba\nab", [(0, 1), (3, 4)], id="end-of-a-line"),
        pytest.param(r"\Aa", b"a\na", [(0, 1)], id="start-of-the-text"),
        pytest.param("a.b", b"a\nb a b", [(4, 7)], id="dot-stops"),
        pytest.param("(?s:a.b)", b"a\nb", [(0, 3)], id="dot-goes-on-when-told"),
        pytest.param(r"\w+", "aé_1".encode(), [(0, 1), (3, 5)], id="words-are-ascii"),
        pytest.param(r"\d+", "1٣2".encode(), [(0, 1), (3, 4)], id="digits-are-ascii"),
        pytest.param(r"a\b", "aé".encode(), [(0, 1)], id="boundaries-are-ascii"),
        pytest.param(r"a\sb", "a\tb a\u00a0b".encode(), [(0, 3)], id="space-is-ascii"),
        pytest.param("A", b"aA", [(1, 2)], id="letters-as-written"),
        pytest.param("(?i:a)", b"aA", [(0, 1), (1, 2)], id="letters-either-way-when-told"),
        pytest.param("a*", b"baab", [(1, 3)], id="empty-matches-are-none"),
        pytest.param("[[:alpha:]]+", b"ab1", [(0, 2)], id="named-class"),
        pytest.param("a|ab", b"ab", [(0, 1)], id="first-alternative-wins"),
        pytest.param("aé", "aé".encode(), [(0, 3)], id="offsets-are-bytes"),
        pytest.param(".b", "éb aéb".encode(), [(0, 3), (5, 8)], id="a-dot-is-a-character"),
        pytest.param("[éx]b", "éb yb èb".encode(), [(0, 3)], id="a-set-holds-characters"),
        pytest.param("[^é]b", "éb èb".encode(), [(4, 7)], id="or-all-others"),
        pytest.param("é{2}", "éé".encode(), [(0, 4)], id="a-character-is-repeated"),
    ],
)
@pytest.mark.parametrize("prefix", [pytest.param("", id="re2"), pytest.param(EITHER, id="regex")])
def test_either_engine_means_the_same(prefix, pattern, data, found):
    compiled = compile_regex(prefix + pattern)
    assert compiled.linear is (prefix == "")
    assert list(compiled.finditer(data)) == found
    assert compiled.search(data) is not None
    if "*" not in pattern:
        assert compiled.search(data) == found[0]


@pytest.mark.parametrize("prefix", [pytest.param("", id="re2"), pytest.param(EITHER, id="regex")])
def test_a_piece_of_a_text_keeps_its_surroundings_before_it(prefix):
    compiled = compile_regex(prefix + r"\bb")
    assert compiled.search(b"ab b", 1) == (3, 4)
    assert compiled.search(b"ab b", 0, 3) is None
    assert list(compiled.finditer(b"b b b", 1, 4)) == [(2, 3)]


def test_the_slower_engine_has_a_time_limit(monkeypatch):
    monkeypatch.setattr(regular, "FALLBACK_SECONDS", 0.05)
    compiled = compile_regex(SLOW)
    with pytest.raises(RegexTimeoutError, match=r"no answer in 0\.05 s"):
        compiled.search(b"a" * 5000)
    with pytest.raises(RegexTimeoutError, match=r"no answer in 0\.05 s"):
        list(compiled.finditer(b"a" * 5000))


def test_re2_needs_none():
    assert compile_regex("(a|aa)+(a|aa)+(a|aa)+b").search(b"a" * 5000) is None


# Sets.


@pytest.mark.parametrize(
    ("patterns", "data", "found"),
    [
        pytest.param([], b"a", [], id="of-none"),
        pytest.param(["a", "b", "c"], b"cab", [0, 1, 2], id="all"),
        pytest.param(["x", "b", "y"], b"cab", [1], id="one"),
        pytest.param(["^b", "c$"], b"a\nb\nc\nd", [0, 1], id="lines"),
        pytest.param(["a", "a"], b"a", [0, 1], id="twice-the-same"),
        pytest.param(["x", r"(a)\1", "b"], b"b", [1, 2], id="beyond-re2-may-match-always"),
        pytest.param([r"(a)\1"], b"", [0], id="nothing-but-beyond-re2"),
    ],
)
def test_set(patterns, data, found):
    assert RegexSet(patterns).matching(data) == found


parts = st.sampled_from(["a", "b", "[^a]", "^", "$", r"\b", r"\w", ".", "(?:a|b)+", "(?i)A", "é", r"\s", "b?"])
expressions = st.lists(parts, min_size=1, max_size=4).map("".join)


@given(st.lists(expressions, max_size=8), st.text(st.sampled_from("abA \né"), max_size=12))
def test_a_set_finds_what_each_of_its_expressions_finds(patterns, text):
    data = text.encode()
    alone = [position for position, pattern in enumerate(patterns) if compile_regex(pattern).search(data) is not None]
    assert RegexSet(patterns).matching(data) == alone


def test_a_set_too_large_for_one_automaton_is_several(monkeypatch):
    monkeypatch.setattr(regular, "SET_MEMORY", 1 << 20)
    patterns = [f"(?:word{n}|other{n})[a-z]{{20,40}}end{n}" for n in range(120)]
    assert RegexSet(patterns).matching(b"word7" + b"x" * 25 + b"end7 word9") == [7]


@pytest.mark.parametrize("engine", ["", EITHER], ids=["re2", "fallback"])
def test_captures_by_number_and_name(engine):
    found = list(compile_regex(rf"(?P<key>\w+)=(\d+)?(x)?{engine}").captures("é k=12 é l=".encode()))
    assert found == [
        ((3, 7), {"1": (3, 4), "2": (5, 7), "key": (3, 4)}),
        ((11, 13), {"1": (11, 12), "key": (11, 12)}),
    ]


@pytest.mark.parametrize(
    ("pattern", "data", "found"),
    [
        pytest.param(r"(?=a)a(?i)b", b"aB AB", [(0, 2)], id="flags-from-here-on"),
        pytest.param(r"(?=a)a(?i)b|c", b"aB C", [(0, 2), (3, 4)], id="flags-for-later-alternatives"),
        pytest.param(r"(?=a)(?:a(?i)b)c", b"aBc aBC", [(0, 3)], id="flags-to-the-end-of-the-group"),
        pytest.param(r"(?#c()a(?=b)", b"ab", [(0, 1)], id="comment-with-a-bracket"),
        pytest.param(r"a\Z", b"a a\n", [(2, 3)], id="end-before-the-last-line-end"),
        pytest.param(r"a\z(?=)", b"a a", [(2, 3)], id="very-end"),
        pytest.param(r"a[\h]b(?=)", b"a\tb", [(0, 3)], id="horizontal-space-in-a-set"),
        pytest.param(r"\Q(a.\E(?=b)", b"(axb (a.b", [(5, 8)], id="literal-stretch"),
        pytest.param(r"\x{e9}(?=a)", "éa".encode(), [(0, 2)], id="code-point"),
        pytest.param(r"(a|\1b)(?=)", b"ab", [(0, 1)], id="reference-to-its-own-group-never-matches"),
        pytest.param(r"(a)?b\g{1}c|\g1d", b"abac bc ad", [(0, 4)], id="reference-by-number-in-braces"),
        pytest.param(r"(?x)(?=a) a # (", b"a", [(0, 1)], id="commented"),
        pytest.param(r"[](a]b(?=)", b"(b", [(0, 2)], id="bracket-in-a-set"),
    ],
)
def test_pcre_spellings(pattern, data, found):
    assert not compile_regex(pattern).linear
    assert list(compile_regex(pattern).finditer(data)) == found
