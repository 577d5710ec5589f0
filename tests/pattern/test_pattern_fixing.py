"""What a `fix` or `fix-regex` makes of a matched piece of text. The cases in which Semgrep decides were tried with it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ospec_guard.model import Edit, Fix
from ospec_guard.pattern.fixing import RawFix, Remedy, fix_at, regex_edit, remedy_of, rendered, replacement
from ospec_guard.pattern.hits import Bound


def bound(text: str, start: int = -1) -> Bound:
    return Bound(start, start + len(text) if start >= 0 else -1, text, text)


def bindings(**texts: str) -> dict[str, Bound]:
    """Metavariables by name without `$`; `ARGS_` stands for `$...ARGS`, `g1` for `$1`."""
    names = {"ARGS_": "$...ARGS", "g1": "$1", "g2": "$2"}
    return {names.get(name, f"${name}"): bound(text) for name, text in texts.items()}


def written(data: bytes, start: int, template: str, given: Mapping[str, Bound]) -> str:
    return "".join([text for text, _ in replacement(data, start, template, given)])


class TestTemplates:
    @pytest.mark.parametrize(
        ("template", "given", "text"),
        [
            pytest.param("f($X)", {"X": "a"}, "f(a)", id="one"),
            pytest.param("$X + $X", {"X": "a"}, "a + a", id="twice"),
            pytest.param("$X $Y", {"X": "a"}, "a $Y", id="unknown"),
            pytest.param("$XY$X", {"X": "a", "XY": "b"}, "ba", id="longest name"),
            pytest.param("$X1", {"X": "a"}, "a1", id="the name that is bound"),
            pytest.param("$1-$2-$3", {"g1": "a", "g2": "b"}, "a-b-$3", id="groups"),
            pytest.param("$X", {"X": "$Y", "Y": "no"}, "$Y", id="what was put in is not looked at again"),
            pytest.param("f($...ARGS)", {"ARGS_": "a, b"}, "f(a, b)", id="ellipsis"),
            pytest.param(r"\1 $x ${X}", {"X": "a"}, r"\1 $x ${X}", id="nothing else has a meaning"),
        ],
    )
    def test_metavariables(self, template: str, given: dict[str, str], text: str):
        assert rendered(template, bindings(**given)) == text

    @pytest.mark.parametrize(
        ("template", "text"),
        [
            pytest.param("f($...ARGS, $X)", "f(a)", id="before"),
            pytest.param("f($X, $...ARGS)", "f(a)", id="behind"),
            pytest.param("f($X, $...ARGS, z)", "f(a, z)", id="between"),
            pytest.param("f($...ARGS)", "f()", id="alone"),
        ],
    )
    def test_nothing_in_a_list_takes_its_comma_along(self, template: str, text: str):
        assert written(b"g(a)", 0, template, bindings(X="a", ARGS_="")) == text

    @pytest.mark.parametrize(
        ("data", "template", "text"),
        [
            pytest.param("one(1)", "\n  two(1)  \n\n", "two(1)", id="white space around"),
            pytest.param("    one(1)", "two\nthree\n", "two\n    three", id="indented"),
            pytest.param(
                "  - one(1)", "two: 1\nthree:\n  four: 1", "two: 1\n    three:\n      four: 1", id="as far as the match"
            ),
            pytest.param("\ty := one(1)", "two(\n  1)", "two(\n\t       1)", id="tabs stay tabs"),
            pytest.param("    one(1)", "two\n\nthree", "two\n\n    three", id="empty lines stay empty"),
        ],
    )
    def test_lines(self, data: str, template: str, text: str):
        assert written(data.encode(), data.index("one"), template, {}) == text

    def test_code_that_moves_is_indented_anew(self):
        data = "if a:\n    b()\n    c(\n        1)\n"
        body = {"$...BODY": bound("b()\n    c(\n        1)", data.index("b()"))}
        assert written(data.encode(), 0, "with x:\n    if a:\n        $...BODY", body) == (
            "with x:\n    if a:\n        b()\n        c(\n            1)"
        )

    def test_code_that_stays_is_left_as_it_is(self):
        data = "  f(a,\n b)\n"
        assert written(data.encode(), 2, "g($...ARGS)", {"$...ARGS": bound("a,\n b", 4)}) == "g(a,\n b)"


class TestExpressions:
    @pytest.mark.parametrize(
        ("text", "expression", "written", "count", "after"),
        [
            pytest.param("f(aaa)", "a", "b", 0, "f(bbb)", id="everywhere"),
            pytest.param("f(aaa)", "a", "b", 1, "f(baa)", id="once"),
            pytest.param("get(u)", r"(.*)\)$", r"\1, timeout=30)", 0, "get(u, timeout=30)", id="group"),
            pytest.param("ab", "(a)(b)", "$2$1", 0, "ba", id="group with a dollar"),
            pytest.param("a", "(a)(z)?", r"<\2\1>", 0, "<a>", id="a group that took no part"),
            pytest.param("a", "(a)", r"\1\7", 0, "a", id="no such group"),
            pytest.param("a", "a", r"\n\t\g<0>$X", 0, r"\n\t\g<0>$X", id="nothing else has a meaning"),
            pytest.param("(é, é)", "(é)(?=,)", r"\1\1", 0, "(éé, é)", id="beyond ASCII"),
            pytest.param("g(a)\nh(b)", r"(.*)\)$", r"\1, c)", 0, "g(a)\nh(b, c)", id="the end is that of the match"),
            pytest.param("low(a)", r"(?<=low)\(", "<", 0, "low<a)", id="look-behind"),
            pytest.param("f(a,\n  b)", r"^\s*b", "c", 0, "f(a,\n  b)", id="the start is that of the match, not of a line"),
        ],
    )
    def test_replaces(self, text: str, expression: str, written: str, count: int, after: str):
        assert regex_edit(text, expression, written, count) == after

    def test_nothing_hangs(self):
        from ospec_guard.regular import RegexTimeoutError

        with pytest.raises(RegexTimeoutError):
            regex_edit("a" * 40 + "!", "(?=a)(a|aa)+$", "b")


class TestFixes:
    def test_a_match_is_replaced(self):
        fix = fix_at(Remedy("g($X)", safe=True), b"x = f(a)\n", 4, 8, bindings(X="a"))
        assert fix == Fix((Edit(4, 8, "g(a)"),), safe=True)

    def test_without_a_change_there_is_none(self):
        assert fix_at(Remedy("f($X)"), b"f(a)", 0, 4, bindings(X="a")) is None
        assert fix_at(Remedy(None, ("z", "y", 0)), b"f(a)", 0, 4, {}) is None
        assert fix_at(Remedy(), b"f(a)", 0, 4, {}) is None

    @pytest.mark.parametrize(
        ("data", "piece", "edit"),
        [
            pytest.param("a\n  gone()\nb\n", "gone()", Edit(2, 11, ""), id="with its line"),
            pytest.param("a\nx = gone()\n", "gone()", Edit(6, 12, ""), id="something before"),
            pytest.param("a\ngone() # why\n", "gone()", Edit(2, 8, ""), id="something behind"),
            pytest.param("gone()", "gone()", Edit(0, 6, ""), id="everything"),
            pytest.param("a\n gone(\n)\nb", "gone(\n)", Edit(2, 11, ""), id="two lines"),
        ],
    )
    def test_nothing_in_its_place(self, data: str, piece: str, edit: Edit):
        start = data.index(piece)
        assert fix_at(Remedy(""), data.encode(), start, start + len(piece), {}) == Fix((edit,))

    def test_a_bare_text_is_not_safe_and_a_mapping_may_be(self):
        assert remedy_of("x") == Remedy("x", None, safe=False)
        assert remedy_of(RawFix("x", safe=True, imports=("import a",))) == Remedy("x", None, True, ("import a",))
        assert remedy_of(None) is None

    @pytest.mark.parametrize(
        "statement",
        ["x = 1", "import a, b", "from . import a", "from __future__ import division", "import", "import a\nimport b"],
    )
    def test_imports_that_cannot_be_added_are_refused(self, statement: str):
        with pytest.raises(ValueError, match="expected"):
            remedy_of(RawFix("x", imports=(statement,)))

    def test_imports_come_with_the_fix(self):
        fix = fix_at(Remedy("g()", imports=("import g",)), b"import a\n\nf()\n", 10, 13, {})
        assert fix == Fix((Edit(9, 9, "import g\n"), Edit(10, 13, "g()")))

    def test_imports_that_are_there_do_not(self):
        assert fix_at(Remedy("g()", imports=("import g",)), b"import g\n\nf()\n", 10, 13, {}) == Fix((Edit(10, 13, "g()"),))

    def test_where_nothing_can_be_imported_there_is_no_fix(self):
        assert fix_at(Remedy("g()", imports=("import g",)), b"x =\nf()\n", 4, 7, {}) is None
