"""Pieces of odd shape, odd comments, broken code, tokens: what the tables of languages do not ask."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ospec_guard.languages import LANGUAGES, Structure, by_name, grammar, parse


def _parse(name: str, source: str | bytes) -> Structure:
    language = by_name(name)
    assert language is not None
    return parse(language, source if isinstance(source, bytes) else source.encode())


def _block(name: str, source: str, piece: str) -> str:
    start = source.index(piece)
    assert source.isascii()
    return source[slice(*_parse(name, source).block(start, start + len(piece)))]


def _statement(name: str, source: str, piece: str) -> str:
    start = source.index(piece)
    return source[slice(*_parse(name, source).statement(start, start + len(piece)))]


def _tokens(name: str, source: str) -> str:
    return _parse(name, source).tokens(0, len(source.encode()))


def _assigned(name: str, source: str) -> list[tuple[str, str]]:
    data = source.encode()
    return [
        (data[one.target_start : one.target_end].decode(), data[one.value_start : one.value_end].decode())
        for one in _parse(name, source).assignments
    ]


@pytest.mark.parametrize(
    ("language", "source", "piece", "expected"),
    [
        pytest.param("python", "# one\n\n# two\nx = 1\n", "x", "# two\nx = 1", id="a blank line ends the run of comments"),
        pytest.param("python", "# one\n\t \nx = 1\n", "x", "x = 1", id="a line of white space is blank"),
        pytest.param("python", "x = 1  # of x\ny = 2\n", "y", "y = 2", id="a comment that trails the line before"),
        pytest.param("python", "x = 1; y = 2  # of y\n", "x", "x = 1", id="a comment behind another statement"),
        pytest.param("python", "if a:\n    b()\n    # in b\nc()\n", "c", "c()", id="a comment further in"),
        pytest.param("python", "if a:\n    b()\n# of c\nc()\n", "c", "# of c\nc()", id="a comment behind a block"),
        pytest.param("javascript", "{ // head\n  x();\n}\n", "x", "x();", id="a comment behind a brace"),
        pytest.param("javascript", "a(); /* b */ b();\n", "b();", "/* b */ b();", id="a comment before, on the line"),
        pytest.param("javascript", "a(); /* b */ b();\n", "a", "a();", id="a comment before the next, on the line"),
        pytest.param("javascript", "a(); /* 1 */ // 2\nb();", "a", "a(); /* 1 */ // 2", id="two comments behind"),
        pytest.param(
            "javascript", "if (a) {\n} // end of a\n", "if", "if (a) {\n} // end of a", id="a comment behind a closing brace"
        ),
        pytest.param("rust", "#[a] // of a\nfn f() {}\n", "fn", "#[a] // of a\nfn f() {}", id="a comment behind an attribute"),
        pytest.param("rust", "#[a]\n\n// b\n\nfn f() {}\n", "fn", "fn f() {}", id="a blank line behind a comment"),
        pytest.param(
            "rust", "/// a\n#[a]\n\nfn f() {}\n", "fn", "/// a\n#[a]\n\nfn f() {}", id="a blank line behind an attribute"
        ),
    ],
)
def test_notes_of_a_block(language: str, source: str, piece: str, expected: str) -> None:
    assert _block(language, source, piece) == expected


@pytest.mark.parametrize(
    ("source", "piece", "expected"),
    [
        pytest.param("\n\n  x = 1\n", "\n\n  x", "\n\n  x = 1", id="white space before"),
        pytest.param("x = 1;\ny = 2\n", "1;\n", "x = 1;\n", id="separator and line end behind"),
        pytest.param("x = 1\ny = 2\nz = 3\n", "1\ny", "x = 1\ny = 2", id="several statements at file level"),
        pytest.param(
            "def f():\n    x = 1\n    y = 2\n", "1\n    y", "def f():\n    x = 1\n    y = 2", id="several in a function"
        ),
        pytest.param("# a\n# b\n\nx = 1\n", "a", "# a\n# b", id="comments alone"),
        pytest.param(
            "def f():\n    # a\n\n    x = 1\n", "a", "def f():\n    # a\n\n    x = 1", id="comments alone in a function"
        ),
        pytest.param("x = 1\n\n\ny = 2\n", "\n\n\n", "\n\n\n", id="nothing but white space"),
        pytest.param("# a\nx = 1  # b\n", "# a\nx = 1  # b", "# a\nx = 1  # b", id="a statement with its comments"),
        pytest.param("def f(): return 1\n", "def f(): return 1", "def f(): return 1", id="a whole definition"),
        pytest.param(
            "class A:\n    def f(self):\n        pass\n",
            "A:\n    def",
            "class A:\n    def f(self):\n        pass",
            id="two heads",
        ),
        pytest.param(
            "x = f(\n    1,\n    2,\n)\n", "1,\n", "x = f(\n    1,\n    2,\n)", id="a part of a statement of many lines"
        ),
    ],
)
def test_pieces_of_python(source: str, piece: str, expected: str) -> None:
    assert _block("python", source, piece) == expected


def test_an_empty_piece_is_a_place() -> None:
    structure = _parse("python", "x = 1\ny = 2\n")
    assert structure.block(8, 8) == (6, 11)
    assert structure.statement(8, 8) == (6, 11)


@pytest.mark.parametrize("name", sorted(key for key, language in LANGUAGES.items() if language.grammar))
def test_an_empty_text_has_nothing(name: str) -> None:
    structure = parse(LANGUAGES[name], b"")
    assert (structure.comments, structure.assignments, structure.broken) == ((), (), ())
    assert (structure.block(0, 0), structure.statement(0, 0)) == ((0, 0), (0, 0))
    assert (structure.definition(0), structure.tokens(0, 0), structure.is_prose(0)) == ("", "", False)


@pytest.mark.parametrize(
    ("language", "source", "piece", "expected"),
    [
        pytest.param("python", "x = {'a': 1, 'b': 2}\n", "'b'", "'b': 2", id="an entry of a container"),
        pytest.param("python", "x = [1, 2]\n", "2", "x = [1, 2]", id="an element of a list"),
        pytest.param("python", "if a: b()\nelse: c()\n", "else", "else:", id="between two bodies"),
        pytest.param("python", "def f():\n    x = 1\n    y = 2\n", "1\n    y", "x = 1\n    y = 2", id="several statements"),
        pytest.param(
            "python", "def f():\n    x = 1\n    if a:\n        b()\n", "1\n    if", "x = 1\n    if a:", id="up to the last head"
        ),
        pytest.param("python", "def f():\n    x = 1\n", "f():\n    x", "def f():\n    x", id="head and some of the body"),
        pytest.param("python", "x = 1  # a note\n", "note", "# a note", id="a comment"),
        pytest.param("javascript", "f(a, () => { b(); }, c);\n", "c)", ", c);", id="behind a function"),
        pytest.param("javascript", "do { a(); } while (b);\n", "(b", "while (b);", id="the end of a loop"),
        pytest.param("javascript", "function f() {\n  a();\n}\n", "}", "function f()", id="a closing brace"),
        pytest.param("javascript", "class A { m() { a(); } }\n", "m()", "m()", id="a method"),
    ],
)
def test_statement_of_odd_pieces(language: str, source: str, piece: str, expected: str) -> None:
    assert _statement(language, source, piece) == expected


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        pytest.param("python", "f(a,\n   b)\n", "f ( a , b )", id="wrapped call"),
        pytest.param("python", "f(\n    a,\n    b,\n)\n", "f ( a , b )", id="trailing comma"),
        pytest.param("python", "f(a, # why\n  b)\n", "f ( a , b )", id="comment"),
        pytest.param("python", "x = 'a  b'\n", "x = 'a  b'", id="a string stays as it is"),
        pytest.param("python", "x = f'{ a }'\n", "x = f'{ a }'", id="a string with an expression is one token"),
        pytest.param("python", "x = a + \\\n    b\n", "x = a + b", id="continued line"),
        pytest.param("python", "# only  a\n# comment\n", "# only a # comment", id="only comments"),
        pytest.param("python", "if a:\n    b()\n", "if a : b ( )", id="a block"),
        pytest.param("javascript", "x = [\n  1,\n  2,\n];\n", "x = [ 1 , 2 ] ;", id="array"),
        pytest.param("bash", "a \\\n  --b c # d\n", "a --b c", id="command"),
        pytest.param("html", "<p>a\n  b</p>\n", "< p > a b </ p >", id="text of a page"),
        pytest.param("dockerfile", "RUN a && \\\n    b\n", "RUN a && b", id="text that is no node"),
        pytest.param("yaml", "a:\n    b: c\n", "a : b : c", id="mapping"),
        pytest.param("c", "#define A \\\n  b\n", "#define A b", id="macro"),
    ],
)
def test_tokens(language: str, source: str, expected: str) -> None:
    assert _tokens(language, source) == expected


def test_tokens_take_whole_tokens_at_the_edges_of_a_piece() -> None:
    source = "db_password = 'secret one'\n"
    assert _parse("python", source).tokens(3, 17) == "db_password = 'secret one'"


def test_tokens_of_foreign_text_are_those_of_the_piece() -> None:
    source = "<script>\nvar a = 1;\nvar  b = 2;\n</script>\n"
    structure = _parse("html", source)
    start = source.index("b = 2")
    assert structure.tokens(*structure.statement(start, start + 1)) == "var b = 2;"


@pytest.mark.parametrize(
    ("language", "source"),
    [
        pytest.param("python", "f(password='x')\n", id="keyword argument"),
        pytest.param("python", "def f(password='x'): pass\n", id="default of a parameter"),
        pytest.param("python", "password: str\n", id="annotation"),
        pytest.param("python", "for password in x: pass\n", id="loop variable"),
        pytest.param("python", "with x as password: pass\n", id="with"),
        pytest.param("python", "import x as password\n", id="import"),
        pytest.param("python", "try: pass\nexcept E as password: pass\n", id="except"),
        pytest.param("python", "if password == 'x': pass\n", id="comparison"),
        pytest.param("python", "if password: pass\n", id="condition"),
        pytest.param("python", "f({'password': {}})\nf({'password': []})\nf({1: 2})\nf({**password})\n", id="no entries"),
        pytest.param("python", "class A(password='x'): pass\n", id="keyword of a class"),
        pytest.param("python", "f({password: 1 for password in x})\n", id="comprehension"),
        pytest.param("javascript", "function f(password = 'x') {}\n", id="default in javascript"),
        pytest.param("javascript", "let password; if (password === 'x') f({password});\n", id="no value in javascript"),
        pytest.param("javascript", "for (const password of x) {}\n", id="loop in javascript"),
        pytest.param("java", '@A(password = "x") class B { String password; }\n', id="annotation in java"),
        pytest.param("csharp", '[A(Password = "x")] class B { void M() { F(password: 1); } }\n', id="attribute in c#"),
        pytest.param("php", "<?php f(password: 'x'); foreach ($a as $password) {}\n", id="php"),
        pytest.param("ruby", "f(password: 'x')\nf password: 'x'\ndef g(password = 1) end\n", id="ruby"),
        pytest.param("kotlin", 'fun f(password: String = "x") { g(password = "x") }\n', id="kotlin"),
        pytest.param("scala", "class A { f(password = 1); def g(password: Int = 1) = 2 }\n", id="scala"),
        pytest.param("swift", "func f(password: Int = 1) { g(password: 1) }\n", id="swift"),
        pytest.param("go", "package a\nfunc f(password string) { for _, password := range x { } }\n", id="go"),
        pytest.param("rust", "fn f(password: i32) { for password in x { } }\n", id="rust"),
        pytest.param("elixir", "f(password: 1)\n", id="elixir"),
        pytest.param("solidity", "contract A { function f() public { g({password: 1}); } }\n", id="solidity"),
        pytest.param("html", '<input password="x">\n', id="attribute in html"),
        pytest.param("css", "a { --password: x; }\n", id="custom property"),
        pytest.param("yaml", "password:\npasswords: [a]\nother: {}\n", id="yaml"),
        pytest.param("hcl", "passwords = [1]\npassword {}\n", id="hcl"),
        pytest.param("bash", '[ "$password" = x ]; f password=x\n', id="bash"),
        pytest.param("dockerfile", "FROM a\nARG PASSWORD\nLABEL password=x\n", id="dockerfile"),
    ],
)
def test_no_assignment(language: str, source: str) -> None:
    assert _assigned(language, source) == []


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        pytest.param("python", "a, b = b, a\n", [("a", "b"), ("b", "a")], id="paired"),
        pytest.param("python", "a, *b = 1, 2\n", [("a", "1, 2"), ("b", "1, 2")], id="star in the target"),
        pytest.param("python", "a, b = *c, 2\n", [("a", "*c, 2"), ("b", "*c, 2")], id="star in the value"),
        pytest.param("python", "a, b = c = 1, 2\n", [("a", "1"), ("b", "2"), ("c", "1, 2")], id="pattern in a chain"),
        pytest.param("python", "[a, (b, c)] = [1, (2, 3)]\n", [("a", "1"), ("b", "2"), ("c", "3")], id="nested"),
        pytest.param("python", "a = (b := 1)\n", [("a", "(b := 1)"), ("b", "1")], id="walrus inside"),
        pytest.param("python", "f({'a': 1, b.c: 2})\n", [("'a'", "1"), ("b.c", "2")], id="entries in an argument"),
        pytest.param("javascript", "const {a = 1, b: {c}} = d;\n", [("a", "d"), ("c", "d")], id="nested object pattern"),
        pytest.param("javascript", "[a, b] = [b, a];\n", [("a", "b"), ("b", "a")], id="swap"),
        pytest.param("c", 'char *a[] = {"x"}, b = 1;\n', [("a", '{"x"}'), ("b", "1")], id="declarators"),
    ],
)
def test_pairs(language: str, source: str, expected: list[tuple[str, str]]) -> None:
    assert _assigned(language, source) == expected


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        pytest.param("python", "a = b = 1\n", ["a = b = 1", "a = b = 1"], id="chain"),
        pytest.param("python", "a: T = 1  # c\n", ["a: T = 1"], id="type"),
        pytest.param("javascript", "const a = 1;\nlet b = 2, c = 3;\n", ["const a = 1;", "b = 2", "c = 3"], id="declarations"),
        pytest.param("java", "class A { @Hashed private Secret a = b; }\n", ["@Hashed private Secret a = b;"], id="modifiers"),
        pytest.param("go", "package a\nvar (\n b T = 1\n)\n", ["b T = 1"], id="a group of one"),
        pytest.param("csharp", "class A { readonly T a = b; }\n", ["readonly T a = b;"], id="field"),
    ],
)
def test_extent_of_assignments(language: str, source: str, expected: list[str]) -> None:
    found = [source[one.start : one.end] for one in _parse(language, source).assignments]
    assert found == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x = 1\ny = (\n", ["y = (\n"], id="unclosed at the end"),
        pytest.param("x = 1\n  ) = 2\ny = 3\n", ["  ) = 2\n"], id="a line in the middle"),
        pytest.param("a = = 1\nb = = 2\nc = 3\nd = = 4", ["a = = 1\nb = = 2\n", "d = = 4"], id="touching lines are one region"),
        pytest.param("x = 'a\ny = 2\n", ["x = 'a\n"], id="unclosed string"),
        pytest.param("f(\n\n\n", ["f(\n"], id="something missing at the end"),
    ],
)
def test_broken(source: str, expected: list[str]) -> None:
    assert [source[start:end] for start, end in _parse("python", source).broken] == expected


@pytest.mark.parametrize(
    ("language", "source"),
    [
        pytest.param("json", "}{ nothing", id="json"),
        pytest.param("yaml", "]]]", id="yaml"),
    ],
)
def test_a_text_that_does_not_parse_at_all_is_broken_whole(language: str, source: str) -> None:
    assert _parse(language, source).broken == ((0, len(source)),)


def test_questions_about_broken_text_have_answers() -> None:
    source = "class A {\n  // of m\n  m() { x = 'p'; }\n  n( {\n"
    structure = _parse("javascript", source)
    start = source.index("x =")
    assert source[slice(*structure.block(start, start + 1))] == "x = 'p';"
    assert [source[slice(*span)] for span in structure.comments] == ["// of m"]


def test_a_comma_behind_the_last_element_breaks_no_json() -> None:
    assert _parse("json", '{"a": [1, 2,],\n}').broken == ()
    assert _parse("json", '{"a": [1,, 2]}').broken != ()
    assert _parse("json", '{"a": }').broken != ()


def test_a_test_in_a_continued_command_breaks_no_dockerfile() -> None:
    source = 'FROM a\nRUN set -eux; \\\n    [ -s "$b" ]; \\\n    [ "$c" ]\nCMD \\\n  ["d"]\n'
    structure = _parse("dockerfile", source)
    assert structure.broken == ()
    assert "[" in structure.tokens(0, len(source))


def test_a_header_of_cpp_parses() -> None:
    structure = _parse("c", "namespace a {\nclass B { public: int c = 1; };\n}\n")
    assert structure.broken == ()
    assert structure.definition(30) == "a.B"


@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_types_of_imports_may_have_arguments(language: str) -> None:
    source = 'let a: import("x").Y<import(\'z\').Z.B, any>[] | string;\nclass A {\n  b: import("x").Y<A> = password;\n}\n'
    structure = _parse(language, source)
    assert structure.broken == ()
    assert [source[a.start : a.end] for a in structure.assignments] == ['b: import("x").Y<A> = password']
    assert structure.tokens(0, 30).startswith('let a : import("x") . Y <')
    assert _parse(language, 'import("x").then(a < b);\n').broken == ()


def test_yaml_nested_deeper_than_its_grammar_bears_is_broken_whole() -> None:
    bearable = b"".join(b" " * depth + b"k:\n" for depth in range(90)) + b" " * 90 + b"k: 1\n"
    deep = b"- " * 400 + b"1\n"
    assert _parse("yaml", bearable).broken == ()
    assert _parse("yaml", deep).broken == ((0, len(deep)),)
    assert _parse("yaml", b"a: |\n" + b" " * 300 + b"text\nb: 1\n").broken == ()


def test_a_text_in_which_the_grammar_gets_lost_is_broken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "_PATIENCE", -1)
    source = "password = 'p1'  # why\n" * 200
    structure = _parse("python", source)
    assert structure.broken == ((0, len(source)),)
    assert (structure.comments, structure.assignments, structure.definition(9)) == ((), (), "")
    assert (structure.block(3, 8), structure.statement(3, 8)) == ((3, 8), (3, 8))
    assert structure.tokens(0, 15) == "password = 'p1'"
    monkeypatch.undo()
    assert _parse("python", source).broken == ()


@pytest.mark.parametrize(
    ("language", "opening", "middle", "closing"),
    [
        pytest.param("python", "x = ", "1", "\n", id="python"),
        pytest.param("javascript", "x = ", "1", ";\n", id="javascript"),
        pytest.param("java", "class A { int x = ", "1", "; }\n", id="java"),
        pytest.param("rust", "const X: i32 = ", "1", ";\n", id="rust"),
    ],
)
def test_deep_nesting(language: str, opening: str, middle: str, closing: str) -> None:
    source = opening + "(" * 10_000 + middle + ")" * 10_000 + closing
    structure = _parse(language, source)
    at = source.index(middle, len(opening))
    assert len(structure.assignments) == 1
    assert structure.comments == structure.broken == ()
    assert structure.block(at, at + 1)[0] <= len(opening)
    assert structure.tokens(*structure.statement(at, at + 1)).count("(") == 10_000
    assert structure.definition(at) in ("", "A")


def test_long_chain_of_targets() -> None:
    assert len(_assigned("python", "a = " * 2_000 + "1\n")) == 2_000


def test_many_comments_over_one_statement() -> None:
    source = "# line\n" * 5_000 + "x = 1\n"
    structure = _parse("python", source)
    assert structure.block(len(source) - 3, len(source) - 2) == (0, len(source) - 1)
    assert {structure.block(start, start + 1) for start in range(0, 35_000, 350)} == {(0, len(source) - 1)}


def test_parse_refuses_a_language_without_a_grammar() -> None:
    with pytest.raises(ValueError, match="there is no grammar for perl"):
        parse(LANGUAGES["perl"], b"")


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    program = (
        "import sys\n"
        "from ospec_guard.languages import LANGUAGES, identify, parse\n"
        "identify('a.py', b'')\n"
        "assert not [name for name in sys.modules if name.startswith('tree_sitter')], 'before'\n"
        "parse(LANGUAGES['python'], b'x = 1')\n"
        "loaded = {name.partition('.')[2] for name in sys.modules if name.startswith('ospec_guard.languages.')}\n"
        "assert not loaded & {'ruby', 'java', 'javascript'}, loaded\n"
        "assert 'importlib.resources' not in sys.modules, 'package of the grammar was run'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
