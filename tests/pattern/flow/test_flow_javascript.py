"""JavaScript: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "javascript"


def whole(code: str) -> str:
    """The file of a row: rows are files already."""
    return code


REPORTS = [
    pytest.param("sink(source());  // hit", id="at once"),
    pytest.param("const x = source();\nconst y = x;\nsink(y);  // hit", id="assignments"),
    pytest.param("let x = 'a';\nx = source();\nsink(x);  // hit", id="reassignment taints"),
    pytest.param("let x = source();\nsink(x);  // hit\nx = 'a';\nsink(x);", id="reassignment comes later"),
    pytest.param("let x, y;\nx = y = source();\nsink(x);  // hit\nsink(y);  // hit", id="chained assignment"),
    pytest.param("function f(c) {\n  let x = 'a';\n  if (c) { x = source(); }\n  sink(x);  // hit\n}", id="one branch"),
    pytest.param("function f(c) {\n  let x = source();\n  if (c) x = 'a';\n  sink(x);  // hit\n}", id="one branch cleans"),
    pytest.param("let x = 'a';\nwhile (c) {\n  sink(x);  // hit\n  x = source();\n}", id="round the loop"),
    pytest.param("let x = 'a';\ndo {\n  sink(x);  // hit\n  x = source();\n} while (c);", id="round do"),
    pytest.param("do {\n  var x = source();\n} while (c);\nsink(x);  // hit", id="out of do"),
    pytest.param(
        "for (let i = 0; i < n; i++) {\n  sink(x);  // hit\n  var x = source();\n}", id="round for (more than Semgrep)"
    ),
    pytest.param("for (let x = source(); x; x = x.next) {\n  sink(x);  // hit\n}", id="variable of for"),
    pytest.param("for (const x of source()) {\n  sink(x);  // hit\n}", id="for of"),
    pytest.param("for (const x in source()) {\n  sink(x);  // hit\n}", id="for in"),
    pytest.param(
        "let x = 'a';\nfor (const i of c) {\n  x = source();\n  if (i) break;\n  x = 'a';\n}\nsink(x);  // hit",
        id="break keeps",
    ),
    pytest.param(
        "let x = 'a';\nfor (const i of c) {\n  sink(x);  // hit\n  x = source();\n  if (i) continue;\n  x = 'a';\n}",
        id="continue keeps",
    ),
    pytest.param("function f(c) {\n  const x = source();\n  if (c) return x;\n  sink(x);  // hit\n}", id="return in a branch"),
    pytest.param("let x = 'a';\ntry {\n  x = source();\n  g();\n} catch (e) {\n  sink(x);  // hit\n}", id="in catch"),
    pytest.param("let x;\ntry {\n  x = source();\n} finally {\n  sink(x);  // hit\n}", id="in finally"),
    pytest.param("let x = 'a';\ntry {\n  g();\n} catch (e) {\n  x = source();\n}\nsink(x);  // hit", id="catch taints"),
    pytest.param("try {\n  g();\n} catch {\n  sink(source());  // hit\n}", id="catch without a variable"),
    pytest.param("const x = 'a' + source() + 'b';\nsink(x);  // hit", id="concatenation"),
    pytest.param("const x = `a ${source()} b`;\nsink(x);  // hit", id="interpolation"),
    pytest.param("sink(tag`a ${source()}`);  // hit", id="tagged template"),
    pytest.param("let x = 'a';\nx += source();\nsink(x);  // hit", id="augmented assignment"),
    pytest.param("let x = source();\nx += 'a';\nsink(x);  // hit", id="augmented assignment keeps"),
    pytest.param("let x;\nx ??= source();\nsink(x);  // hit", id="logical assignment"),
    pytest.param("const x = g(1, source());\nsink(x);  // hit", id="argument to result"),
    pytest.param("sink(g(...source()));  // hit", id="spread argument"),
    pytest.param("sink(new A(source()));  // hit", id="object made of it"),
    pytest.param("const x = source();\nsink(x.trim().split(','));  // hit", id="methods of what is tainted"),
    pytest.param("const x = source();\nsink(x.a.b);  // hit", id="fields of what is tainted"),
    pytest.param("const x = source();\nsink(x?.a);  // hit", id="optional field"),
    pytest.param("const x = source();\nsink(x?.a());  // hit", id="optional method"),
    pytest.param("const x = source();\nsink(x[0]);  // hit", id="elements of what is tainted"),
    pytest.param("a.b = source();\nsink(a.b);  // hit\nsink(a.c);", id="field"),
    pytest.param("a.b = source();\nsink(a);  // hit", id="object with a tainted field"),
    pytest.param("a['b'] = source();\nsink(a['b']);  // hit", id="element by key"),
    pytest.param("a[i] = source();\nsink(a[i]);  // hit", id="element by variable"),
    pytest.param("sink(a[source()]);  // hit", id="tainted index"),
    pytest.param("class A {\n  m() {\n    this.x = source();\n    sink(this.x);  // hit\n  }\n}", id="field of this"),
    pytest.param("const x = ['a', source()];\nsink(x);  // hit", id="array"),
    pytest.param("const x = {a: source()};\nsink(x);  // hit", id="object"),
    pytest.param("const x = {a: source()};\nsink(x.a);  // hit", id="field of an object"),
    pytest.param("const x = {...source()};\nsink(x);  // hit", id="spread in an object"),
    pytest.param("const x = [...source()];\nsink(x);  // hit", id="spread in an array"),
    pytest.param("const y = source();\nconst x = {y};\nsink(x);  // hit", id="field in short"),
    pytest.param("const {a} = source();\nsink(a);  // hit", id="destructuring"),
    pytest.param("const {a: b} = source();\nsink(b);  // hit", id="destructuring, with another name"),
    pytest.param("const {a: {b}} = source();\nsink(b);  // hit", id="destructuring, nested"),
    pytest.param("const {a = 'b'} = source();\nsink(a);  // hit", id="destructuring with a default (more than Semgrep)"),
    pytest.param("const {a, ...b} = source();\nsink(b);  // hit", id="destructuring, the rest (more than Semgrep)"),
    pytest.param("const [a, b] = source();\nsink(b);  // hit", id="destructuring an array"),
    pytest.param("let a, b;\n[a, b] = source();\nsink(b);  // hit", id="destructuring in an assignment"),
    pytest.param("let a;\n({a} = source());\nsink(a);  // hit", id="destructuring an object in an assignment"),
    pytest.param("const x = c ? source() : 'a';\nsink(x);  // hit", id="ternary, first"),
    pytest.param("const x = c ? 'a' : source();\nsink(x);  // hit", id="ternary, second"),
    pytest.param("const x = source() || 'a';\nsink(x);  // hit", id="or"),
    pytest.param("const x = y ?? source();\nsink(x);  // hit", id="nullish"),
    pytest.param("const x = !source();\nsink(x);  // hit", id="not"),
    pytest.param("const x = typeof source();\nsink(x);  // hit", id="typeof"),
    pytest.param("const x = (1, source());\nsink(x);  // hit", id="comma"),
    pytest.param("async function f() {\n  const x = await source();\n  sink(x);  // hit\n}", id="await"),
    pytest.param("const f = () => sink(source());  // hit", id="arrow"),
    pytest.param("const x = source();\ng(() => sink(x));  // hit", id="arrow sees what is around it"),
    pytest.param("function f() {\n  const x = source();\n  g(function () { sink(x); });  // hit\n}", id="closure"),
    pytest.param("function f() {\n  const x = source();\n  function h() { sink(x); }  // hit\n}", id="nested function"),
    pytest.param(
        "function f() {\n  let x;\n  g(() => { x = source(); });\n  sink(x);  // hit\n}", id="arrow taints what is around it"
    ),
    pytest.param("const x = source().map(y => y.a);\nsink(x);  // hit", id="result of map"),
    pytest.param("const x = source();\nfunction f() {\n  sink(x);  // hit\n}", id="constant of the file"),
    pytest.param("function f(x = source()) {\n  sink(x);  // hit\n}", id="default argument"),
    pytest.param(
        "switch (c) {\n  case 1:\n    x = source();\n    break;\n  default:\n    x = 'a';\n}\nsink(x);  // hit",
        id="switch, one case",
    ),
    pytest.param("switch (c) {\n  case 1:\n    x = source();\n  case 2:\n    sink(x);  // hit\n}", id="switch falls through"),
    pytest.param(
        "let x = source();\nswitch (c) {\n  case 1:\n    x = 'a';\n    break;\n}\nsink(x);  // hit", id="switch without default"
    ),
    pytest.param("const x = source();\nclean(x);\nsink(x);  // hit", id="a sanitizer that is not used"),
    pytest.param("const x = source();\nconst y = <div>{sink(x)}</div>;  // hit", id="in JSX"),
    pytest.param("class A {\n  x = sink(source());  // hit\n}", id="field of a class"),
    pytest.param("exports.f = function (c) {\n  sink(source());  // hit\n};", id="function in an assignment"),
    pytest.param("const o = {\n  f() { sink(source()); }  // hit\n};", id="method of an object"),
    pytest.param("function* f() {\n  const x = yield* source();\n  sink(x);  // hit\n}", id="yield"),
    pytest.param("throw sink(source());  // hit", id="sink in throw"),
    pytest.param("return_(sink(source()));  // hit", id="sink in a call"),
]

LEAVES_ALONE = [
    pytest.param("let x = source();\nx = 'a';\nsink(x);", id="reassignment cleans"),
    pytest.param("const x = source();\nconst y = 'a';\nsink(y);", id="another variable"),
    pytest.param("sink(x);\nvar x = source();", id="too early"),
    pytest.param("let x = source();\nif (c) { x = 'a'; } else { x = 'b'; }\nsink(x);", id="both branches clean"),
    pytest.param("let x = 'a';\nif (c) { x = source(); } else { sink(x); }", id="the other branch"),
    pytest.param(
        "function f(c) {\n  let x = 'a';\n  if (c) { x = source(); return; }\n  sink(x);\n}", id="what taints returns"
    ),
    pytest.param(
        "function f(c) {\n  let x = 'a';\n  if (c) { x = source(); throw x; }\n  sink(x);\n}", id="what taints throws"
    ),
    pytest.param("let x = source();\ntry { g(); } finally { x = 'a'; }\nsink(x);", id="finally cleans"),
    pytest.param("const x = clean(source());\nsink(x);", id="sanitizer around"),
    pytest.param("const x = source();\nsink(clean(x));", id="sanitizer in the sink"),
    pytest.param("a.b = source();\na.b = 'c';\nsink(a.b);", id="field cleaned"),
    pytest.param("let a = source();\na.b = 'c';\nsink(a.b);", id="field of what is tainted, cleaned"),
    pytest.param("a.x = source();\nsink(b.x);", id="field of another"),
    pytest.param("a[0] = source();\nsink(a[1]);", id="another index (less than Semgrep)"),
    pytest.param("const x = source() ? 'a' : 'b';\nsink(x);", id="condition of a ternary"),
    pytest.param(
        "switch (c) {\n  case 1:\n    x = source();\n    break;\n  case 2:\n    sink(x);\n}", id="switch, the other case"
    ),
    pytest.param("function f() { const x = source(); }\nfunction g() { sink(x); }", id="another function"),
    pytest.param("const x = source();\ng(x => sink(x));", id="an arrow's parameter of the same name"),
    pytest.param("function f(x) { sink(x); }", id="a parameter"),
    pytest.param("g(source());\nsink(g());", id="the same function, called again"),
    pytest.param("function f() { return source(); }\nsink(f());", id="through a function of the file"),
    pytest.param("for (const x of c) {\n  const y = source();\n  sink(x);\n}", id="the variable of a loop"),
    pytest.param("const x = void source();\nsink('x');", id="the name in a text"),
    pytest.param("try {\n  source();\n} catch (x) {\n  sink(x);\n}", id="the variable of a handler"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
