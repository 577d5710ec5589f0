"""Fixes applied to one text: which go together, and which are taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.app.fixing import Mended, fixed, mended
from ospec_guard.app.rewriting import edited, encoded
from ospec_guard.engine.check import FileResult
from ospec_guard.languages import by_name
from ospec_guard.model import Edit, FileRecord, FileStatus, Finding, Fix, Gap, Severity
from ospec_guard.source import Source, decode, with_line_feeds


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix(tuple(Edit(*edit) for edit in edits))


class TestTogether:
    @pytest.mark.parametrize(
        ("fixes", "text", "left"),
        [
            pytest.param([fix((0, 1, "x")), fix((2, 3, "y"))], "xby", (), id="apart"),
            pytest.param([fix((2, 3, "y")), fix((0, 1, "x"))], "xby", (), id="in any order"),
            pytest.param([fix((0, 1, "x")), fix((1, 2, "y"))], "xyc", (), id="side by side"),
            pytest.param([fix((0, 2, "x")), fix((1, 3, "y"))], "xc", (1,), id="overlapping: the first"),
            pytest.param([fix((0, 3, "x")), fix((1, 2, "y"))], "x", (1,), id="one in the other"),
            pytest.param([fix((0, 2, "x")), fix((0, 2, "x"))], "xc", (), id="the same twice: once"),
            pytest.param([fix((1, 1, "x")), fix((1, 1, "y"))], "axbc", (1,), id="two for one place"),
            pytest.param([fix((1, 1, "x")), fix((1, 2, "y"))], "axyc", (), id="before what is replaced"),
            pytest.param([fix((2, 2, "x")), fix((1, 2, "y"))], "ayxc", (), id="behind what is replaced"),
            pytest.param([fix((0, 3, "y")), fix((1, 1, "x"))], "y", (1,), id="inside of what is replaced"),
            pytest.param([fix((0, 0, "i"), (1, 2, "x")), fix((0, 0, "i"), (2, 3, "y"))], "iaxy", (), id="a part in common"),
            pytest.param(
                [fix((0, 1, "x"), (2, 3, "y")), fix((1, 2, "m"), (2, 3, "n"))], "xby", (1,), id="all of a fix or nothing"
            ),
            pytest.param([], "abc", (), id="none"),
        ],
    )
    def test_overlapping_fixes_wait(self, fixes: Sequence[Fix], text: str, left: tuple[int, ...]):
        done = fixed(b"abc", fixes)
        assert (done.text.decode(), done.left) == (text, left)
        assert list(done.edits) == sorted(done.edits, key=lambda edit: (edit.start, edit.end))


class Words:
    """A check that reports words, each with a fix: `{word: replacement}`; an empty replacement has no fix."""

    def __init__(self, **words: str) -> None:
        self.words = words

    def __call__(self, text: bytes) -> FileResult:
        source = Source("t.py", text)
        found = []
        for word, instead in self.words.items():
            for match in re.finditer(rf"\b{word}\b".encode(), text):
                made = fix((*match.span(), instead)) if instead else None
                found.append(finding(word, source, *match.span(), made))
        gaps = (Gap("gap/rule-failed", "t.py", "no", None, "r"),) if b"fail" in text else ()
        found.sort(key=lambda each: each.sort_key)
        return FileResult(FileRecord("t.py", FileStatus.CHECKED), tuple(found), gaps)


def finding(rule: str, source: Source, start: int, end: int, made: Fix | None) -> Finding:
    return Finding(rule, "t.py", source.span(start, end), rule, Severity.ERROR, rule, rule, f"{rule}{start}", fix=made)


def mend(text: str, check: Words, *, but: Sequence[int] = (), language: str = "python") -> Mended:
    found = by_name(language)
    assert found is not None
    return mended(text.encode(), found, check, lambda each: each.span is not None and each.span.start not in but)


def undone(done: Mended) -> list[tuple[str, int, str]]:
    return [(each.rule_id, each.span.start if each.span else -1, why) for each, why in done.undone]


class TestTakenBack:
    def test_what_holds_stays(self):
        done = mend("old(old)\n", Words(old="new"))
        assert (done.text, len(done.fixed), done.undone) == (b"new(new)\n", 2, ())

    def test_what_does_not_parse_any_more(self):
        done = mend("a()\nb()\n", Words(a="x", b="("))
        assert done.text == b"x()\nb()\n"
        assert undone(done) == [("b", 4, "the text would not parse any more")]

    def test_what_only_python_does_not_parse(self):
        done = mend("def f():\n    a\nb\n", Words(a=" ", b="c"))
        assert done.text == b"def f():\n    a\nc\n"
        assert undone(done) == [("a", 13, "the text would not parse any more")]

    def test_a_text_that_did_not_parse_before_may_stay_so(self):
        assert mend("def f(:\n\n\nold()\n", Words(old="new")).text == b"def f(:\n\n\nnew()\n"

    def test_without_a_grammar_nothing_parses(self):
        assert mend("old (", Words(old="("), language="unknown").text == b"( ("

    def test_a_finding_that_stays(self):
        done = mend("old\nx\n", Words(old="(old)", x="y"))
        assert done.text == b"old\ny\n"
        assert undone(done) == [("old", 0, "its finding would stay")]

    def test_a_finding_that_comes_in(self):
        done = mend("old\nx\n", Words(old="worse", worse="", x="y"))
        assert done.text == b"old\ny\n"
        assert undone(done) == [("old", 0, "it would bring in a finding of rule 'worse'")]

    def test_one_that_was_there_does_not_come_in(self):
        assert mend("worse\nold\nworse\n", Words(old="new", worse="")).text == b"worse\nnew\nworse\n"

    def test_a_rule_that_fails_on_the_new_text(self):
        done = mend("old\n", Words(old="fail"))
        assert undone(done) == [("old", 0, "the new text could not be checked: gap/rule-failed")]

    def test_of_many_only_the_harmful(self):
        text = "".join(f"{'bad' if n % 7 == 3 else 'old'} = {n}\n" for n in range(40))
        done = mend(text, Words(old="new", bad="("))
        assert done.text.decode() == text.replace("old", "new")
        assert (len(done.fixed), len(done.undone)) == (34, 6)

    def test_a_rule_whose_every_fix_is_harmful_costs_few_checks(self):
        check, seen = Words(old="new", bad="(bad)"), []
        found = by_name("python")
        assert found is not None
        done = mended(b"bad = 1\nold = 2\n" * 150, found, lambda text: seen.append(text) or check(text), lambda _: True)
        assert done.text == b"bad = 1\nnew = 2\n" * 150
        assert (len(done.undone), {why for _, why in done.undone}) == (150, {"its finding would stay"})
        assert len(seen) < 40

    def test_two_rules_that_undo_each_other_do_nothing(self):
        assert mend("a\n", Words(a="b", b="a")).text == b"a\n"


class Calls(Words):
    """Reports calls of `f` and wants `g` instead, with all of the arguments: fixes inside one another."""

    def __call__(self, text: bytes) -> FileResult:
        source, found = Source("t.py", text), []
        for match in re.finditer(rb"\bf\(", text):
            end, depth = match.end(), 1
            while depth:
                depth += {"(": 1, ")": -1}.get(chr(text[end]), 0)
                end += 1
            new = f"g{text[match.start() + 1 : end].decode()}"
            found.append(finding("f", source, match.start(), end, fix((match.start(), end, new))))
        return FileResult(FileRecord("t.py", FileStatus.CHECKED), tuple(found))


class TestRounds:
    def test_fixes_inside_one_another_take_a_round_each(self):
        done = mend("f(f(f(1)))\n", Calls())
        assert (done.text, len(done.rounds), len(done.fixed)) == (b"g(g(g(1)))\n", 3, 3)

    def test_what_is_left_after_the_last_round_is_said(self):
        done = mend("f(" * 12 + ")" * 12 + "\n", Calls())
        assert done.text == b"g(" * 10 + b"f(" * 2 + b")" * 12 + b"\n"
        assert [why for _, _, why in undone(done)] == ["not done after 10 rounds"] * 2

    def test_what_is_not_wanted_is_left_in_every_round(self):
        assert mend("f(f(1))\nf(2)\n", Calls(), but=(8,)).text == b"g(g(1))\nf(2)\n"

    def test_where_it_cannot_be_told_from_what_is_wanted_it_is_left(self):
        assert mend("f(f(f(1)))\n", Calls(), but=(4,)).text == b"g(f(f(1)))\n"

    def test_nothing_to_do(self):
        assert mend("f(1)\n", Calls(), but=(0,)) == Mended(b"f(1)\n")


PIECES = st.lists(st.sampled_from([b"a", b"\xc3\xa9", b"\n", b"\r\n", b"bc"]), max_size=12).map(b"".join)


class TestOwnLineEnds:
    @given(PIECES, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4), st.sampled_from(["", "x", "y\nz\n"])), max_size=4))
    def test_edits_of_the_text_with_line_feeds_do_the_same_to_the_text_with_its_own(
        self, text: bytes, wanted: list[tuple[int, int, str]]
    ):
        seen = with_line_feeds(text)
        fixes = [fix((min(start, len(seen)), min(start + size, len(seen)), new)) for start, size, new in wanted]
        done = fixed(seen, fixes)
        assert with_line_feeds(edited(text, [done.edits])) == done.text

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param("a\nb\n", "x\ny\nb\n", id="LF"),
            pytest.param("a\r\nb\r\n", "x\r\ny\r\nb\r\n", id="CRLF"),
            pytest.param("a\rb\r", "x\ry\rb\r", id="CR"),
            pytest.param("a\r\nb\nc\nd", "x\ny\r\nb\nc\nd", id="mixed: each its own, what is new as most"),
            pytest.param("a", "x\ny", id="none"),
        ],
    )
    def test_new_lines_end_as_most_do(self, before: str, after: str):
        assert edited(before.encode(), [[Edit(0, 1, "x\ny")]]).decode() == after

    def test_every_round_counts_from_the_text_before(self):
        rounds = [[Edit(2, 2, "x\n")], [Edit(4, 5, "y")]]
        assert edited(b"a\r\nb\r\n", rounds) == b"a\r\nx\r\ny\r\n"

    @pytest.mark.parametrize(
        "raw",
        [
            "é\n".encode(),
            "é".encode("utf-8-sig"),
            "\ufeffé".encode("utf-16-le"),
            "\ufeffé".encode("utf-16-be"),
            "é".encode("latin-1"),
        ],
    )
    def test_encodings_come_back(self, raw: bytes):
        assert encoded(*decode(raw)) == raw

    def test_what_an_encoding_cannot_hold_is_refused(self):
        with pytest.raises(ValueError, match="latin-1"):
            encoded("€".encode(), "latin-1")
