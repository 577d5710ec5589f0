"""A finding is the same finding wherever its line moves and however it is laid out; and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rule_world import check, rule, selected

from ospec_guard.engine.identity import digest, line_hashes
from ospec_guard.model import Finding
from ospec_guard.source import Source

CALL = rule(pattern="eval", context="block")


def findings(path: str, text: str | bytes) -> tuple[Finding, ...]:
    return check(path, text, CALL).findings


def fingerprints(path: str, text: str | bytes) -> list[str]:
    return [finding.fingerprint for finding in findings(path, text)]


# Layout: a program is drawn once, and laid out twice.

names = st.sampled_from(["a", "b", "total", "eval"])
calls = st.recursive(
    st.one_of(names, st.sampled_from(["1", "'x y'", "'# no comment'"])),
    lambda inner: st.tuples(names, st.lists(inner, min_size=1, max_size=3)),
    max_leaves=5,
)
statements = st.tuples(names, calls)
functions = st.tuples(names, st.lists(statements, min_size=1, max_size=3))


class Layout:
    """How to write it down: each choice is drawn when it comes up."""

    def __init__(self, data: st.DataObject) -> None:
        self.draw = data.draw
        self.indent = self.draw(st.sampled_from(["    ", "  ", "\t"]))
        self.end = self.draw(st.sampled_from(["\n", "\r\n"]))

    def expression(self, tree: object) -> str:
        if isinstance(tree, str):
            return tree
        name, arguments = tree
        inside = ("," + self.space()).join(self.expression(each) for each in arguments)
        comma = self.draw(st.sampled_from(["", ","]))
        return f"{name}({self.space()}{inside}{comma}{self.space()})"

    def space(self) -> str:
        return self.draw(st.sampled_from(["", " ", "  ", "\n  ", "\n\n\t", "  # note\n", "\n# a longer note: eval(x)\n"]))

    def between(self, indent: str) -> str:
        return self.draw(st.sampled_from(["", "\n", f"{indent}# eval is mentioned\n", f"{indent}pass\n", "\n\n\n"]))

    def after(self) -> str:
        return self.draw(st.sampled_from(["", "  ", "  # eval", ";"]))

    def program(self, functions: list) -> str:
        lines = [self.draw(st.sampled_from(["", "import os\n", "#!/usr/bin/env python\n\n", "'''A docstring with eval.'''\n"]))]
        for name, body in functions:
            lines += [self.between(""), f"def {name}():\n"]
            for target, value in body:
                lines += [self.between(self.indent), f"{self.indent}{target} = {self.expression(value)}{self.after()}\n"]
        return "".join(lines).replace("\n", self.end)


@settings(max_examples=40)
@given(st.lists(functions, min_size=1, max_size=3), st.data())
def test_identity_survives_every_other_layout(drawn, data):
    one, other = (Layout(data).program(drawn) for _ in range(2))
    assert fingerprints("a.py", one) == fingerprints("a.py", other)


@settings(max_examples=40)
@given(st.lists(functions, min_size=1, max_size=3), st.data())
def test_no_two_findings_of_a_file_have_one_fingerprint(drawn, data):
    found = fingerprints("a.py", Layout(data).program(drawn))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        pytest.param(
            "a.js", "f(() => { eval(a, b) })", "f(() => {\n  // why\n  eval(\n    a,\n    b,\n  )\n})", id="javascript"
        ),
        pytest.param(
            "A.java",
            "class A { int f() { return eval(a, b); } }",
            "class A {\n  int f()\n  {\n    return eval(a,\n      b);\n  }\n}",
            id="java",
        ),
        pytest.param(
            "a.go",
            "package a\n\nfunc f() { x := eval(a, b) }\n",
            "package a\nfunc f() {\n\tx := eval(\n\t\ta,\n\t\tb,\n\t)\n}\n",
            id="go",
        ),
        pytest.param("a.rb", "def f\n eval(a, b)\nend\n", "def f\n    eval(a,\n         b) # why\nend\n", id="ruby"),
        pytest.param(
            "a.php",
            "<?php function f() { eval($a . $b); }",
            "<?php\nfunction f()\n{\n    eval(\n        $a\n        . $b\n    );\n}\n",
            id="php",
        ),
        pytest.param("a.pl", "  eval( $a );\n", "\teval($a);  \n", id="without-grammar"),
        pytest.param("a.py", "x = eval(a)\n", "\ufeffx = eval(a)\r\n", id="byte-order-mark-and-line-end"),
        pytest.param("a.py", "x = eval(é)\n", "x = eval(é)\n".encode("utf-16"), id="encoding"),
    ],
)
def test_identity_survives_a_formatter(path, one, other):
    assert fingerprints(path, one) == fingerprints(path, other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("eval(a)\n", "eval(b)\n", id="argument"),
        pytest.param("x = eval(a)\n", "y = eval(a)\n", id="target"),
        pytest.param("eval('a b')\n", "eval('a  b')\n", id="space-in-a-text"),
        pytest.param("eval('a#b')\n", "eval('a')\n", id="hash-in-a-text"),
        pytest.param("eval(a)\n", "def f():\n    eval(a)\n", id="definition-around"),
        pytest.param("def f():\n    eval(a)\n", "def g():\n    eval(a)\n", id="name-of-it"),
        pytest.param(
            "class A:\n    def f(self):\n        eval(a)\n",
            "class B:\n    def f(self):\n        eval(a)\n",
            id="class-around-it",
        ),
        pytest.param("eval(ab)\n", "eval(a, b)\n", id="other-tokens"),
    ],
)
def test_another_content_is_another_finding(one, other):
    assert fingerprints("a.py", one) != fingerprints("a.py", other)


def test_another_path_is_another_finding_of_the_same_content():
    [one], [other] = findings("a.py", "eval(a)\n"), findings("b.py", "eval(a)\n")
    assert one.identity != other.identity
    assert one.content == other.content


def test_another_rule_is_another_finding():
    text = "eval(a)\n"
    both = check("a.py", text, CALL, rule(pattern="eval", context="line")).findings
    assert len({finding.identity for finding in both}) == 1  # one and the same rule, written twice
    [one] = both[:1]
    assert digest("r", "a.py", "", "eval ( a )") == one.identity
    assert digest("s", "a.py", "", "eval ( a )") != one.identity


def test_twins_share_an_identity_and_are_told_apart_by_their_order():
    one, other = findings("a.py", "eval(a)\neval(a)\n")
    assert one.identity == other.identity
    assert one.fingerprint == findings("a.py", "eval(a)\n")[0].fingerprint
    assert one.fingerprint != other.fingerprint


def test_a_twin_further_down_changes_nothing_of_the_first():
    before = findings("a.py", "eval(a)\neval(b)\n")
    after = findings("a.py", "eval(a)\neval(b)\neval(a)\n")
    assert [finding.fingerprint for finding in after[:2]] == [finding.fingerprint for finding in before]


@given(st.lists(st.text(max_size=4), min_size=1, max_size=4), st.lists(st.text(max_size=4), min_size=1, max_size=4))
@example(["a", "b"], ["ab"])
@example(["a", ""], ["a"])
@example(["1:a"], ["a"])
def test_digests_of_different_parts_differ(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)


def test_a_digest_takes_names_that_are_no_text():
    assert re.fullmatch("[0-9a-f]{32}", digest(b"caf\xe9.py".decode(errors="surrogateescape")))


# GitHub's `primaryLocationLineHash`: the algorithm of github/codeql-action (src/fingerprints.ts), read and written down anew as
# the rolling hash it is there, one UTF-16 unit after the other.

BLOCK, FACTOR, END = 100, 37, 65535
FACTOR_OF_THE_LEAVING = FACTOR**BLOCK % (1 << 64)


def rolling_hashes(raw: bytes) -> dict[int, str]:
    text = raw.decode(errors="replace")
    wide = text.encode("utf-16-le")
    units = [int.from_bytes(wide[i : i + 2], "little") for i in range(0, len(wide), 2)]
    window, line_at = [0] * BLOCK, [0] * BLOCK
    value = index = line = 0
    at_line_start, after_return = True, False
    seen: dict[str, int] = {}
    hashes: dict[int, str] = {}

    def tell() -> None:
        word = f"{value % (1 << 64):x}"
        seen[word] = seen.get(word, 0) + 1
        hashes[line_at[index]] = f"{word}:{seen[word]}"
        line_at[index] = 0

    def push(unit: int) -> None:
        nonlocal value, index
        leaving, window[index] = window[index], unit
        value = value * FACTOR + unit - leaving * FACTOR_OF_THE_LEAVING
        value %= 1 << 64
        index = (index + 1) % BLOCK

    for unit in [*units, END]:
        if unit in (0x20, 0x09) or (after_return and unit == 0x0A):
            after_return = False
            continue
        after_return = unit == 0x0D
        kept = 0x0A if after_return else unit
        if line_at[index]:
            tell()
        if at_line_start:
            at_line_start = False
            line += 1
            line_at[index] = line
        at_line_start = kept == 0x0A
        push(kept)
    for _ in range(BLOCK):
        if line_at[index]:
            tell()
        push(0)
    return hashes


def our_hashes(raw: bytes) -> dict[int, str]:
    source = selected("a.py", raw).source
    return line_hashes(source, range(1, len(source.line_starts) + 1))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"a", id="one-letter"),
        pytest.param(b"a\n", id="one-line"),
        pytest.param(b"\n\n\n", id="blank-lines"),
        pytest.param(b"x = 1\r\ny = 2\r\n", id="windows"),
        pytest.param(b"x = 1\ry = 2\r", id="carriage-returns"),
        pytest.param(b"x\r \ny", id="return-space-feed"),
        pytest.param(b"a\n" * 300, id="equal-lines"),
        pytest.param(b"x" * 99 + b"\n" + b"x" * 100 + b"\n" + b"x" * 101, id="around-the-window"),
        pytest.param(b" a\tb \n  ab", id="blanks-do-not-count"),
        pytest.param("é € 𝄞\nx".encode(), id="beyond-ascii"),
        pytest.param(b"\xef\xbb\xbfx = 1\n", id="byte-order-mark"),
        pytest.param("é = 1\nx\n".encode("latin-1"), id="latin-1"),
        pytest.param(b"x\fy\x0bz\x85\n", id="other-blanks-count"),
    ],
)
def test_line_hashes_are_githubs(raw):
    assert our_hashes(raw) == rolling_hashes(raw)


@given(st.text(st.sampled_from("ab \t\n\ré€𝄞"), max_size=260))
def test_line_hashes_of_any_text_are_githubs(text):
    raw = text.encode()
    assert our_hashes(raw) == rolling_hashes(raw)


def test_known_line_hashes():
    """Computed by hand for the first: 'a' and the end of the file, 98 zeros behind."""
    expected = (97 * 37**99 + 65535 * 37**98) % (1 << 64)
    assert our_hashes(b"a") == {1: f"{expected:x}:1"}
    assert line_hashes(Source("a", b"a\na\n"), [2]) == {2: our_hashes(b"a\na\n")[2]}
    assert line_hashes(Source("a", b"a\n"), []) == {}
