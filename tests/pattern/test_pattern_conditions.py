"""Conditions on metavariables: when they hold."""

from __future__ import annotations

import pytest

from ospec_guard.pattern.comparing import check
from ospec_guard.pattern.conditions import captured, holds
from ospec_guard.pattern.formula import Analysis, Comparison, HasName, HasType, MatchesRegex
from ospec_guard.pattern.hits import Bound
from ospec_guard.pattern.literals import Literal, read
from ospec_guard.protocols import CompileError


def bound(text: str, value: Literal | None = None) -> Bound:
    return Bound(10, 10 + len(text.encode()), text, text, value=value)


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        pytest.param("get", "get_all", id="from the start"),
        pytest.param("a|b", "b", id="alternatives"),
        pytest.param("(?i)GET$", "get", id="flags"),
        pytest.param(".*all", "get_all", id="further on"),
        pytest.param('"a', '"abc"', id="with the quotes of a literal"),
        pytest.param("(?!x)a", "a", id="look-ahead"),
        pytest.param("(?s)a.b", "a\nb", id="lines"),
        pytest.param("(?x) a # one\n b # two", "ab", id="comments in the expression"),
        pytest.param("", "a", id="nothing asked for"),
        pytest.param("é", "é", id="beyond ascii"),
    ],
)
def test_regex_matches(regex: str, text: str) -> None:
    assert holds(MatchesRegex("$X", regex), {"$X": bound(text)})


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        pytest.param("all", "get_all", id="not at the start"),
        pytest.param("a|b", "cb", id="alternatives not at the start"),
        pytest.param("a$", "a\nb", id="the end is not that of a line"),
        pytest.param("(?s).*^b", "a\nb", id="the start is not that of a line"),
        pytest.param("a.b", "a\nb", id="a dot is no line end"),
    ],
)
def test_regex_does_not_match(regex: str, text: str) -> None:
    assert not holds(MatchesRegex("$X", regex), {"$X": bound(text)})


def test_regex_with_constants_sees_what_a_name_holds() -> None:
    subject = {"$X": bound("name", "abc")}
    assert holds(MatchesRegex("$X", "abc$", constants=True), subject)
    assert not holds(MatchesRegex("$X", "abc$"), subject)
    assert holds(MatchesRegex("$X", "true$", constants=True), {"$X": bound("FLAG", True)})


def test_regex_binds_its_groups() -> None:
    made = captured(MatchesRegex("$X", "(a)(?P<rest>.)"), {"$X": bound("ab")})
    assert {name: (each.start, each.text) for name, each in made.items()} == {
        "$1": (10, "a"),
        "$2": (11, "b"),
        "$rest": (11, "b"),
    }


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        pytest.param("$X < 2048", "1024", id="number"),
        pytest.param("$X == 31", "0x1F", id="hexadecimal"),
        pytest.param("$X > 0o600", "0o644", id="octal"),
        pytest.param("$X > 0o600", "0755", id="octal as in C"),
        pytest.param("$X == 5", "0b101", id="binary"),
        pytest.param("$X == 1000", "1_000L", id="underscores and suffix"),
        pytest.param("$X == 1.5", "1.5f", id="fraction"),
        pytest.param("$X == -3", "-3", id="negative"),
        pytest.param("$X == 3600", "60 * 60", id="sum of constants"),
        pytest.param("$X / 2 == 3", "7", id="whole numbers divide to whole ones"),
        pytest.param("$X / 2 == -3", "-7", id="towards zero"),
        pytest.param("$X % 2 == 1", "7", id="rest"),
        pytest.param("2 ** $X == 8", "3", id="power"),
        pytest.param("5 < $X < 9", "7", id="chain"),
        pytest.param("$X > 32767 or $X < -32768", "40000", id="or"),
        pytest.param("$X > 1 and not $X > 5", "3", id="and not"),
        pytest.param("$X == False", "false", id="boolean of another language"),
        pytest.param("$X == 'abc'", '"abc"', id="string without its quotes"),
        pytest.param("'b' in $X", "'abc'", id="in a string"),
        pytest.param("$X in [1, 2]", "2", id="in a list"),
        pytest.param("$X not in ['a', 'b']", "'c'", id="not in a list"),
        pytest.param("str($X) == 'name'", "name", id="text of code"),
        pytest.param("not str($X) in ['health', '*']", "info", id="text of code in a list"),
        pytest.param("int($X) > 10", "'12'", id="number in a string"),
        pytest.param("re.match('.*-CBC', $X)", "'AES-CBC'", id="expression"),
        pytest.param("len($X) == 3", "'abc'", id="length"),
        pytest.param("$X.lower() == 'abc'", "'ABC'", id="method"),
        pytest.param("strptime($X) < today()", "'2020-02-29'", id="date"),
        pytest.param("parse_promql_duration($X) == 90000", "'1m30s'", id="duration"),
    ],
)
def test_comparison_holds(expression: str, text: str) -> None:
    check(expression)
    assert holds(Comparison(expression), {"$X": bound(text)})


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        pytest.param("$X < 2048", "4096", id="number"),
        pytest.param("$X < 2048", "size", id="code that is no constant"),
        pytest.param("$X < 2048", "'1'", id="a string is no number"),
        pytest.param("$X == 1", "true", id="a boolean is no number"),
        pytest.param("$X == name", "name", id="a name that stands for nothing"),
        pytest.param("$X == 'name'", "name", id="code is no string"),
        pytest.param("$X == 1 or $Y == 2", "1", id="an operand that stands for nothing"),
        pytest.param("not $Y == 1", "1", id="not of what cannot be worked out"),
        pytest.param("$X / 0 == 1", "1", id="by nothing"),
        pytest.param("$X", "1", id="a number is not True"),
        pytest.param("re.match('b', $X)", "'abc'", id="expression not at the start"),
        pytest.param("strptime($X) < today()", "'2020-02-31'", id="no date"),
        pytest.param("9 ** 9 ** 9 > $X", "1", id="more than can be worked out"),
        pytest.param("$X == 1", "__import__('os').system('true')", id="code is never run"),
    ],
)
def test_comparison_does_not_hold(expression: str, text: str) -> None:
    assert not holds(Comparison(expression), {"$X": bound(text)})


def test_comparison_takes_the_value_a_name_holds() -> None:
    assert holds(Comparison("$X == 'abc' and $...Y == 3"), {"$X": bound("name", "abc"), "$...Y": bound("three", 3)})


def test_strip_makes_numbers_of_strings() -> None:
    assert holds(Comparison("$X > 10", "$X", strip=True), {"$X": bound('"0x20"')})
    assert not holds(Comparison("$X > 10", "$X"), {"$X": bound('"0x20"')})


@pytest.mark.parametrize(
    "expression",
    ["$X >", "lambda: 1", "open($X)", "[x for x in $X]", "$X.__class__()", "f'{$X}' == 'a'", "__import__('os')"],
)
def test_comparison_refuses(expression: str) -> None:
    with pytest.raises(CompileError):
        check(expression)


@pytest.mark.parametrize(
    "text", ["'q8F2xLz0vKp3Wm7T'", '"4f1d93ac07be62588d"', "9b2e7c41d60fa835"], ids=["mixed", "hexadecimal", "no quotes"]
)
def test_entropy_is_high(text: str) -> None:
    assert holds(Analysis("$X", "entropy"), {"$X": bound(text)})


@pytest.mark.parametrize(
    "text",
    ["''", "'changeme'", "'a sentence of plain English words'", "'" + "x" * 80 + "'", "'getElementsByClassName'", "'12ab'"],
)
def test_entropy_is_low(text: str) -> None:
    assert not holds(Analysis("$X", "entropy"), {"$X": bound(text)})


@pytest.mark.parametrize(
    "regex",
    [
        "(x+)+$",
        "(x*)*y",
        "^(x+y?)*$",
        "(?:x{1,3})*z",
        r"(\w+\s?)*!",
        "((x+)|y)+z",
        "(?P<n>[a-z]+)*1",
        "(x*?)*y",
        '"(x+)+$"',
        r"'(\\d+)+z'",
    ],
)
def test_redos_is_possible(regex: str) -> None:
    assert holds(Analysis("$X", "redos"), {"$X": bound(regex)})


@pytest.mark.parametrize(
    "regex",
    ["", "x+$", "(x+)+", "(x?)*y", "(x|y)*z", "(x++)+y", "(x+)++y", "(x+){3}y", r"\(x+\)+y", "[(x+)+]y", "(x+", "(x+))+y", "*"],
)
def test_redos_is_not_possible(regex: str) -> None:
    assert not holds(Analysis("$X", "redos"), {"$X": bound(regex)})


@pytest.mark.parametrize(
    ("known", "wanted", "expected"),
    [
        ("String", "String", True),
        ("java.util.List", "List", True),
        ("List", "java.util.List", True),
        ("List<String>", "List< String >", True),
        ("MyList", "List", False),
        (None, "List", False),
    ],
)
def test_types(known: str | None, wanted: str, expected: bool) -> None:
    types = () if known is None else ("another", known)
    assert holds(HasType("$X", ("other", wanted)), {"$X": bound("x")}, type_of=lambda _: types) is expected


def test_names() -> None:
    condition = HasName("$X", modules=("django.db",))
    assert holds(condition, {"$X": bound("x")}, resolve=lambda _: "django.db.models")
    assert not holds(condition, {"$X": bound("x")}, resolve=lambda _: "django.dbx")
    assert not holds(condition, {"$X": bound("x")})


@pytest.mark.parametrize(
    "condition",
    [MatchesRegex("$Y", ""), Analysis("$Y", "entropy"), HasType("$Y", ("a",)), HasName("$Y"), Analysis("$X", "magic")],
)
def test_nothing_holds_of_what_stands_for_nothing(condition: MatchesRegex | Analysis | HasType | HasName) -> None:
    assert not holds(condition, {"$X": bound("x")}, type_of=lambda _: "a", resolve=lambda _: "a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("12u8", 12),
        ("12n", 12),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("08", 8),
        ("0x", None),
        ("x12", None),
        ("''", ""),
        ("'''a'b'''", "a'b"),
        (r"'a\'b'", r"a\'b"),
        ("'a' + 'b'", None),
        ("f'{a}'", None),
        ("`${a}`", None),
        ("r#'a'#", "a"),
        ("True", True),
    ],
)
def test_literals(text: str, expected: Literal | None) -> None:
    assert read(text) == expected
    assert type(read(text)) is type(expected)
