"""Small patterns for each construct in each language, with code they must match and code they must not.

What a language does not have is left out; what is here and does not behave is shown as refused in docs/patterns-support.md.
"""

from __future__ import annotations

Probe = tuple[str, str, str]
"""Pattern, code in which it must match, code in which it must not; code that starts with WHOLE is a file of its own."""

WHOLE = "\f"

CONSTRUCTS = {
    "calls": "`f(..., 1)`: a call, with any arguments before the last one",
    "same": "`f($X, $X)`: a metavariable that comes twice stands for the same",
    "rest": "`f($...A, 1)`: a metavariable for any number of arguments",
    "texts": '`f("...")`: any text literal',
    "text like": '`f("=~/a+/")`: a text literal that an expression matches',
    "deep": "`f(<... g(1) ...>)`: somewhere inside of an expression",
    "sequence": "statements with `...` between them",
    "chain": "`$O. ... .b()`: over calls in between",
    "assigned": "`$X = f(1)`: assignments, and declarations with a value",
    "operators": "`$X + 1`: operands",
    "functions": "a function, with `...` for its parameters and body",
    "classes": "a class with one of its members",
    "branches": "`if` with something in its body",
    "returns": "`return f(1)`",
    "imports": "an import",
    "imported": "a qualified name, under the name it was imported by",
    "keywords": "arguments with names, in any order",
    "attributes": "decorators, annotations, attributes",
    "typed": "metavariables with a type",
    "constants": 'a name stands for the text it holds: `f("a")`',
    "members": "objects, maps and tables of which the pattern names some members",
    "elements": "lists with `...`",
    "blocks": "blocks, elements and instructions of languages that describe",
}


def _calls(semicolon: str, *, sequence: str = "\n") -> dict[str, Probe]:
    """What languages with the calls of C have in common."""
    end = semicolon
    return {
        "calls": ("f(..., 1)", f"f(a, 1){end}", f"f(1, a){end}"),
        "same": ("f($X, $X)", f"f(a, a){end}", f"f(a, b){end}"),
        "rest": ("f($...A, 1)", f"f(a, b, 1){end}", f"f(a, 2){end}"),
        "texts": ('f("...")', f'f("a"){end}', f"f(a){end}"),
        "text like": ('f("=~/a+/")', f'f("aa"){end}', f'f("b"){end}'),
        "deep": ("f(<... g(1) ...>)", f"f(h(g(1))){end}", f"f(g(2)){end}"),
        "sequence": (
            sequence.join((f"f(1){end}", "...", f"g(2){end}")),
            f"f(1){end}\nh(){end}\ng(2){end}",
            f"g(2){end}\nf(1){end}",
        ),
        "chain": ("$O. ... .b()", f"o.a().b(){end}", f"o.a().c(){end}"),
        "operators": ("f($X + 1)", f"f(a + 1){end}", f"f(a - 1){end}"),
    }


PYTHON: dict[str, Probe] = {
    **_calls(""),
    "assigned": ("$X = f(1)", "x: int = f(1)", "f(1)"),
    "functions": ("def $F(...): ...", "def a(b, c=1):\n    return b", "a = lambda b: b"),
    "classes": (
        "class $C:\n    ...\n    def m(self): ...",
        "class A:\n    x = 1\n    def m(self): pass",
        "class A:\n    x = 1",
    ),
    "branches": ("if $X:\n    ...\n    f(1)", "if a:\n    b()\n    f(1)", "if a:\n    b()\nf(1)"),
    "returns": ("return f(1)", "def a():\n    return f(1)", "def a():\n    f(1)"),
    "imports": ("import os", "from os import path", "import so"),
    "imported": ("os.system(...)", "from os import system as s\ns(x)", "from so import system as s\ns(x)"),
    "keywords": ("f(a=1, b=2)", "f(b=2, a=1)", "f(a=1, b=3)"),
    "attributes": ("@cached\ndef $F(...): ...", "@other\n@cached\ndef a(): pass", "@other\ndef a(): pass"),
    "typed": ("f($X: int)", "def a(x: int):\n    f(x)", "def a(x: str):\n    f(x)"),
    "constants": ('f("a")', 'x = "a"\nf(x)', 'x = "b"\nf(x)'),
    "members": ('{"a": 1, ...}', '{"b": 2, "a": 1}', '{"b": 2}'),
    "elements": ("[..., 1]", "[2, 1]", "[1, 2]"),
}

JAVASCRIPT: dict[str, Probe] = {
    **_calls(";"),
    "assigned": ("$X = f(1)", "const x = f(1);", "f(1);"),
    "functions": ("function $F(...) { ... }", "function a(b, c) { return b; }", "a(b);"),
    "classes": ("class $C { m() { ... } }", "class A { n() {} m() { return 1; } }", "class A { n() {} }"),
    "branches": ("if ($X) { ... f(1); }", "if (a) { b(); f(1); }", "if (a) { b(); } f(1);"),
    "returns": ("return f(1)", "function a() { return f(1); }", "function a() { f(1); }"),
    "imports": ('import $X from "m"', 'import x from "m";', 'import x from "n";'),
    "imported": (
        "fs.readFile(...)",
        'import { readFile as r } from "fs";\nr(x);',
        'import { readFile as r } from "sf";\nr(x);',
    ),
    "attributes": ("@Injectable()\nclass $C { ... }", "@Injectable()\nclass A {}", "@Other()\nclass A {}"),
    "constants": ('f("a")', 'const x = "a";\nf(x);', 'const x = "b";\nf(x);'),
    "members": ("f({a: 1})", "f({b: 2, a: 1});", "f({b: 2});"),
    "elements": ("f([..., 1])", "f([2, 1]);", "f([1, 2]);"),
    "blocks": ("<a href={$X} />", "x = <a b={1} href={y} />;", "x = <a b={1} />;"),
}

TYPESCRIPT: dict[str, Probe] = {
    **{name: probe for name, probe in JAVASCRIPT.items() if name != "blocks"},
    "typed": ("f(($X: string))", "function a(x: string) { f(x); }", "function a(x: number) { f(x); }"),
}

JAVA: dict[str, Probe] = {
    **_calls(";"),
    "assigned": ("$X = f(1)", "int x = f(1);", "f(1);"),
    "functions": ("$T $F(...) { ... }", f"{WHOLE}class A {{ int g(int b) {{ return b; }} }}", f"{WHOLE}class A {{ int g; }}"),
    "classes": (
        "class $C { $T m(...) { ... } }",
        f"{WHOLE}class B {{ int x; int m() {{ return 1; }} }}",
        f"{WHOLE}class B {{ int x; }}",
    ),
    "branches": ("if ($X) { ... f(1); }", "if (a) { b(); f(1); }", "if (a) { b(); } f(1);"),
    "returns": ("return f(1);", "return f(1);", "f(1);"),
    "attributes": ("@Test $T $F(...) { ... }", "} @Test int g() { return 1;", "} int g() { return 1;"),
    "typed": ("f((String $X))", "String x = y(); f(x);", "Long x = y(); f(x);"),
    "constants": ('f("a")', 'final String x = "a"; f(x);', 'final String x = "b"; f(x);'),
    "elements": ("new int[] {..., 1}", "int[] x = new int[] {2, 1};", "int[] x = new int[] {1, 2};"),
    "imports": (
        "import java.util.$X;",
        f"{WHOLE}import java.util.List;\nclass A {{}}",
        f"{WHOLE}import java.io.File;\nclass A {{}}",
    ),
    "imported": (
        "a.b.C.d(...)",
        f"{WHOLE}import a.b.C;\nclass A {{ int m() {{ C.d(x); }} }}",
        f"{WHOLE}import b.a.C;\nclass A {{ int m() {{ C.d(x); }} }}",
    ),
}

GO: dict[str, Probe] = {
    **_calls(""),
    "chain": ("$O. ... .b()", "o.a().b()", "o.a().c()"),
    "assigned": ("$X = f(1)", "x := f(1)", "f(1)"),
    "functions": (
        "func $F(...) { ... }",
        f"{WHOLE}package p\n\nfunc g(b int) int {{\n\treturn b\n}}",
        f"{WHOLE}package p\n\nvar g int",
    ),
    "branches": ("if $X { ... }", "if a {\n\tb()\n}", "b()"),
    "returns": ("return f(1)", "return f(1)", "f(1)"),
    "typed": ("f(($X : string))", "var x string = y()\nf(x)", "var x int = y()\nf(x)"),
    "constants": ('f("a")', 'x := "a"\nf(x)', 'x := "b"\nf(x)'),
    "members": ("T{A: 1, ...}", "x := T{B: 2, A: 1}", "x := T{B: 2}"),
    "elements": ("[]int{..., 1}", "x := []int{2, 1}", "x := []int{1, 2}"),
    "imports": ('import "fmt"', f'{WHOLE}package p\n\nimport "fmt"', f'{WHOLE}package p\n\nimport "os"'),
    "imported": (
        "fmt.Print(...)",
        f'{WHOLE}package p\n\nimport f "fmt"\n\nfunc m() {{\n\tf.Print(1)\n}}',
        f'{WHOLE}package p\n\nimport f "os"\n\nfunc m() {{\n\tf.Print(1)\n}}',
    ),
}

C: dict[str, Probe] = {
    **{name: probe for name, probe in _calls(";").items() if name != "chain"},
    "assigned": ("$X = f(1)", "int x = f(1);", "f(1);"),
    "functions": ("$T $F(...) { ... }", f"{WHOLE}int g(int b) {{ return b; }}", f"{WHOLE}int g;"),
    "branches": ("if ($X) { ... f(1); }", "if (a) { b(); f(1); }", "if (a) { b(); } f(1);"),
    "returns": ("return f(1);", "return f(1);", "f(1);"),
    "typed": ("f((char *$X))", "char *x; f(x);", "int *x; f(x);"),
    "constants": ('f("a")', 'char *x = "a"; f(x);', 'char *x = "b"; f(x);'),
    "elements": ("int $X[] = {..., 1};", "int x[] = {2, 1};", "int x[] = {1, 2};"),
    "imports": ("#include <a.h>", f"{WHOLE}#include <a.h>\n", f"{WHOLE}#include <b.h>\n"),
}

CPP: dict[str, Probe] = {
    **C,
    "chain": ("$O. ... .b()", "o.a().b();", "o.a().c();"),
    "classes": ("class $C { ... };", "class B { int x; };", "f(1);"),
}

CSHARP: dict[str, Probe] = {
    **_calls(";"),
    "assigned": ("$X = f(1)", "var x = f(1);", "f(1);"),
    "functions": ("$T $F(...) { ... }", f"{WHOLE}class A {{ int g(int b) {{ return b; }} }}", f"{WHOLE}class A {{ int g; }}"),
    "classes": (
        "class $C { ... $T m(...) { ... } ... }",
        f"{WHOLE}class B {{ int x; int m() {{ return 1; }} }}",
        f"{WHOLE}class B {{ int x; }}",
    ),
    "branches": ("if ($X) { ... f(1); }", "if (a) { b(); f(1); }", "if (a) { b(); } f(1);"),
    "returns": ("return f(1);", "return f(1);", "f(1);"),
    "keywords": ("f(a: 1, ...)", "f(a: 1, b: 2);", "f(b: 2);"),
    "attributes": ("[Test] $T $F(...) { ... }", "} [Test] int g() { return 1;", "} int g() { return 1;"),
    "typed": ("f((string $X))", "string x = y(); f(x);", "long x = y(); f(x);"),
    "constants": ('f("a")', 'var x = "a"; f(x);', 'var x = "b"; f(x);'),
    "elements": ("new int[] {..., 1}", "var x = new int[] {2, 1};", "var x = new int[] {1, 2};"),
    "imports": ("using A.B;", f"{WHOLE}using A.B;\nclass C {{}}", f"{WHOLE}using A.D;\nclass C {{}}"),
}

RUBY: dict[str, Probe] = {
    **_calls(""),
    "chain": ("$O. ... .b()", "o.a().b()", "o.a().c()"),
    "assigned": ("$X = f(1)", "x = f(1)", "f(1)"),
    "functions": ("def $F(...)\n  ...\nend", "def a(b, c)\n  b\nend", "a(b)"),
    "classes": ("class $C < B\n  ...\nend", "class A < B\n  x\nend", "class A < D\n  x\nend"),
    "branches": ("if $X\n  ...\n  f(1)\nend", "if a\n  b()\n  f(1)\nend", "if a\n  b()\nend\nf(1)"),
    "returns": ("return f(1)", "def a\n  return f(1)\nend", "def a\n  f(2)\nend"),
    "keywords": ("f(..., a: 1, ...)", "f(b: 2, a: 1)", "f(b: 2)"),
    "constants": ('f("a")', 'x = "a"\nf(x)', 'x = "b"\nf(x)'),
    "members": ("{a: 1, ...}", "x = {b: 2, a: 1}", "x = {b: 2}"),
    "elements": ("[..., 1]", "x = [2, 1]", "x = [1, 2]"),
}

PHP: dict[str, Probe] = {
    **{
        name: (p, g.replace("a", "$a").replace("b", "$b"), w.replace("a", "$a").replace("b", "$b"))
        for name, (p, g, w) in _calls(";").items()
        if name in ("calls", "same", "rest")
    },
    **{name: probe for name, probe in _calls(";").items() if name in ("texts", "deep", "sequence", "text like")},
    "chain": ("$O-> ... ->b()", "$o->a()->b();", "$o->a()->c();"),
    "operators": ("f($X + 1)", "f($a + 1);", "f($a - 1);"),
    "assigned": ("$X = f(1);", "$x = f(1);", "f(1);"),
    "functions": ("function $F(...) { ... }", "function a($b) { return $b; }", "a(1);"),
    "classes": (
        "class $C { ... function m(...) { ... } ... }",
        "class A { function m() { return 1; } }",
        "class A { function n() {} }",
    ),
    "branches": ("if ($X) { ... f(1); }", "if ($a) { b(); f(1); }", "if ($a) { b(); } f(1);"),
    "returns": ("return f(1);", "return f(1);", "f(1);"),
    "keywords": ("f(a: 1, ...)", "f(a: 1, b: 2);", "f(b: 2);"),
    "constants": ('f("a")', '$x = "a"; f($x);', '$x = "b"; f($x);'),
    "members": ("['a' => 1, ...]", "$x = ['a' => 1, 'b' => 2];", "$x = ['b' => 2];"),
    "elements": ("[..., 1]", "$x = [2, 1];", "$x = [1, 2];"),
    "imports": ("use A\\B;", f"{WHOLE}<?php\nuse A\\B;", f"{WHOLE}<?php\nuse A\\C;"),
}

RUST: dict[str, Probe] = {
    **_calls(";"),
    "assigned": ("let $X = f(1);", "let x = f(1);", "f(1);"),
    "functions": ("fn $F(...) { ... }", f"{WHOLE}fn g(b: i32) {{ h(b); }}", f"{WHOLE}static A: i32 = 1;"),
    "branches": ("if $X { ... }", "if a { b(); }", "b();"),
    "returns": ("return f(1);", "return f(1);", "f(2);"),
    "attributes": ("#[test]\nfn $F(...) { ... }", f"{WHOLE}#[test]\nfn g() {{ h(); }}", f"{WHOLE}fn g() {{ h(); }}"),
    "constants": ('f("a")', 'let x = "a"; f(x);', 'let x = "b"; f(x);'),
    "elements": ("[..., 1]", "let x = [2, 1];", "let x = [1, 2];"),
    "imports": ("use a::b;", f"{WHOLE}use a::b;", f"{WHOLE}use a::c;"),
}

KOTLIN: dict[str, Probe] = {
    **_calls(""),
    "assigned": ("$X = f(1)", "val x = f(1)", "f(1)"),
    "functions": ("fun $F(...) { ... }", f"{WHOLE}fun g(b: Int) {{\n  h(b)\n}}", f"{WHOLE}val g = 1"),
    "classes": ("class $C(...) { ... }", "class B(x: Int) { val y = 1 }", "f(1)"),
    "branches": ("if ($X) { ... }", "if (a) { b() }", "b()"),
    "returns": ("return f(1)", "return f(1)", "f(1)"),
    "keywords": ("f(a = 1, ...)", "f(a = 1, b = 2)", "f(b = 2)"),
    "attributes": ("@Test fun $F(...) { ... }", f"{WHOLE}@Test fun g() {{\n  h()\n}}", f"{WHOLE}fun g() {{\n  h()\n}}"),
    "typed": ("f(($X: String))", "val x: String = y()\nf(x)", "val x: Long = y()\nf(x)"),
    "constants": ('f("a")', 'val x = "a"\nf(x)', 'val x = "b"\nf(x)'),
    "imports": ("import a.b.C", f"{WHOLE}import a.b.C", f"{WHOLE}import a.b.D"),
}

SCALA: dict[str, Probe] = {
    **_calls(""),
    "assigned": ("$X = f(1)", "val x = f(1)", "f(1)"),
    "functions": ("def $F(...) = { ... }", "def g(b: Int) = { h(b) }", "f(b)"),
    "classes": ("class $C { ... }", "class B { val y = 1 }", "f(1)"),
    "branches": ("if ($X) { ... }", "if (a) { b() }", "b()"),
    "keywords": ("f(a = 1, ...)", "f(a = 1, b = 2)", "f(b = 2)"),
    "constants": ('f("a")', 'val x = "a"\nf(x)', 'val x = "b"\nf(x)'),
    "imports": ("import a.b.C", f"{WHOLE}import a.b.C", f"{WHOLE}import a.b.D"),
}

SWIFT: dict[str, Probe] = {
    **_calls(""),
    "assigned": ("$X = f(1)", "let x = f(1)", "f(1)"),
    "functions": ("func $F(...) { ... }", f"{WHOLE}func g(b: Int) {{\n  h(b)\n}}", f"{WHOLE}let g = 1"),
    "classes": ("class $C { ... }", "class B { let y = 1 }", "f(1)"),
    "branches": ("if $X { ... }", "if a { b() }", "b()"),
    "returns": ("return f(1)", "return f(1)", "f(1)"),
    "keywords": ("f(a: 1, ...)", "f(a: 1, b: 2)", "f(b: 2)"),
    "constants": ('f("a")', 'let x = "a"\nf(x)', 'let x = "b"\nf(x)'),
    "elements": ("[..., 1]", "let x = [2, 1]", "let x = [1, 2]"),
    "imports": ("import A", f"{WHOLE}import A", f"{WHOLE}import B"),
}

LUA: dict[str, Probe] = {
    **_calls(""),
    "chain": ("$O. ... .b()", "o.a().b()", "o.a().c()"),
    "assigned": ("$X = f(1)", "local x = f(1)", "f(1)"),
    "functions": ("function $F(...) ... end", "function a(b) return b end", "a(b)"),
    "branches": ("if $X then ... end", "if a then b() end", "b()"),
    "returns": ("return f(1)", "return f(1)", "f(1)"),
    "constants": ('f("a")', 'local x = "a"\nf(x)', 'local x = "b"\nf(x)'),
}

ELIXIR: dict[str, Probe] = {
    **{name: probe for name, probe in _calls("").items() if name != "chain"},
    "assigned": ("$X = f(1)", "x = f(1)", "f(1)"),
    "functions": ("def $F(...) do ... end", "def a(b) do\n  b\nend", "a(b)"),
    "branches": ("if $X do ... end", "if a do\n  b()\nend", "b()"),
    "elements": ("[..., 1]", "x = [2, 1]", "x = [1, 2]"),
}

OCAML: dict[str, Probe] = {
    "calls": ("f ... 1", "let _ = f a 1", "let _ = f 1 a"),
    "same": ("f $X $X", "let _ = f a a", "let _ = f a b"),
    "texts": ('f "..."', 'let _ = f "a"', "let _ = f a"),
    "branches": ("if $X then $Y else $Z", "let _ = if a then b else c", "let _ = b"),
    "assigned": ("let $X = f 1 in ...", "let _ = let x = f 1 in x", "let _ = f 1"),
    "operators": ("$X + 1", "let _ = a + 1", "let _ = a - 1"),
}

SOLIDITY: dict[str, Probe] = {
    **_calls(";"),
    "assigned": ("$X = f(1)", "uint x = f(1);", "f(1);"),
    "functions": (
        "function $F(...) { ... }",
        f"{WHOLE}contract A {{ function g(uint b) {{ h(b); }} }}",
        f"{WHOLE}contract A {{ uint g; }}",
    ),
    "branches": ("if ($X) { ... }", "if (a) { b(); }", "b();"),
    "returns": ("return f(1);", "return f(1);", "f(1);"),
    "classes": ("contract $C { ... }", f"{WHOLE}contract A {{ uint x; }}", f"{WHOLE}library A {{ }}"),
}
BASH: dict[str, Probe] = {
    "calls": ("f ... 1", "f a 1", "f 1 a"),
    "same": ("f $X $X", "f a a", "f a b"),
    "sequence": ("f 1\n...\ng 2", "f 1\nh\ng 2", "g 2\nf 1"),
    "assigned": ("$X=1", "x=1", "x=2"),
    "branches": ("if $X; then\n  ...\nfi", "if a; then\n  b\nfi", "b"),
    "functions": ("$F() { ... }", "a() { b; }", "b"),
}

HCL: dict[str, Probe] = {
    "calls": ("f(..., 1)", "x = f(a, 1)", "x = f(1, a)"),
    "texts": ('x = "..."', 'x = "a"', "x = a"),
    "assigned": ("a = $X", "a = 1", "b = 1"),
    "elements": ("a = [..., 1]", "a = [2, 1]", "a = [1, 2]"),
    "members": ("a = {b = 1}", "a = {c = 2, b = 1}", "a = {c = 2}"),
    "blocks": (
        'resource "t" "..." {\n  ...\n  b = 1\n  ...\n}',
        'resource "t" "n" {\n  a = 2\n  b = 1\n}',
        'resource "t" "n" {\n  a = 2\n}',
    ),
}

DOCKERFILE: dict[str, Probe] = {
    "blocks": ("FROM $X", "FROM a", "EXPOSE 1"),
    "sequence": ("FROM a\n...\nUSER root", "FROM a\nRUN b\nUSER root", "USER root\nFROM a"),
    "elements": ('CMD [..., "b"]', 'FROM x\nCMD ["a", "b"]', 'FROM x\nCMD ["b", "a"]'),
    "calls": ("RUN f ... 1", "FROM x\nRUN f a 1", "FROM x\nRUN f a 2"),
}

YAML: dict[str, Probe] = {
    "members": ("a: $X\n...\nb: 1", "a: 2\nc: 3\nb: 1", "a: 2\nb: 2"),
    "elements": ("a: [..., 1]", "a: [2, 1]", "a: [1, 2]"),
    "texts": ('a: "..."', "a: b", "c: b"),
    "same": ("a: $X\nb: $X", "a: 1\nb: 1", "a: 1\nb: 2"),
    "deep": ("a:\n  ...\n  b: 1", "a:\n  c: 2\n  b: 1", "a:\n  c: 2\nb: 1"),
}

JSON: dict[str, Probe] = {
    "members": ('{"a": $X, ...}', '{"b": 2, "a": 1}', '{"b": 2}'),
    "elements": ('"a": [..., 1]', '{"a": [2, 1]}', '{"a": [1, 2]}'),
    "texts": ('"a": "..."', '{"a": "x"}', '{"a": 1}'),
    "same": ('{"a": $X, "b": $X}', '{"a": 1, "b": 1}', '{"a": 1, "b": 2}'),
}

HTML: dict[str, Probe] = {
    "blocks": ("<a ...>...</a>", '<a href="x">t</a>', "<b>t</b>"),
    "attributes": ('<a href="$X" ...>...</a>', '<a class="y" href="x">t</a>', '<a class="y">t</a>'),
    "texts": ('<a href="..." ...>...</a>', '<a href="x">t</a>', "<a>t</a>"),
}

XML: dict[str, Probe] = {
    "blocks": ("<a ...>...</a>", '<a href="x">t</a>', "<b>t</b>"),
    "attributes": ('<a href="$X" ...>...</a>', '<a class="y" href="x">t</a>', '<a class="y">t</a>'),
    "texts": ('<a href="..." ...>...</a>', '<a href="x">t</a>', "<a>t</a>"),
}

TOML: dict[str, Probe] = {
    "assigned": ("a = $X", "a = 1", "b = 1"),
    "texts": ('a = "..."', 'a = "x"', "a = 1"),
    "elements": ("a = [..., 1]", "a = [2, 1]", "a = [1, 2]"),
}

CSS: dict[str, Probe] = {
    "blocks": ("a { ... }", "a { color: red; }", "b { color: red; }"),
}

_METHOD = "class A {\n  int m() {\n@@\n  }\n}\n"

LANGUAGES: dict[str, tuple[str, dict[str, Probe]]] = {
    "python": ("@@\n", PYTHON),
    "javascript": ("@@\n", JAVASCRIPT),
    "typescript": ("@@\n", TYPESCRIPT),
    "java": (_METHOD, JAVA),
    "kotlin": ("fun m() {\n@@\n}\n", KOTLIN),
    "scala": ("object A {\n@@\n}\n", SCALA),
    "go": ("package p\n\nfunc m() {\n@@\n}\n", GO),
    "rust": ("fn m() {\n@@\n}\n", RUST),
    "c": ("int m() {\n@@\n}\n", C),
    "cpp": ("int m() {\n@@\n}\n", CPP),
    "csharp": (_METHOD, CSHARP),
    "swift": ("func m() {\n@@\n}\n", SWIFT),
    "ruby": ("@@\n", RUBY),
    "php": ("<?php\n@@\n", PHP),
    "lua": ("@@\n", LUA),
    "elixir": ("@@\n", ELIXIR),
    "ocaml": ("@@\n", OCAML),
    "solidity": ("contract A {\n  function m() {\n@@\n  }\n}\n", SOLIDITY),
    "bash": ("@@\n", BASH),
    "dockerfile": ("@@\n", DOCKERFILE),
    "hcl": ("@@\n", HCL),
    "json": ("@@\n", JSON),
    "yaml": ("@@\n", YAML),
    "toml": ("@@\n", TOML),
    "html": ("@@\n", HTML),
    "xml": ("@@\n", XML),
    "css": ("@@\n", CSS),
}
"""By language: the text around the code (at `@@`), and the probes."""
