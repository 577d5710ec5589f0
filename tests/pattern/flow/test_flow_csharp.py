"""C#: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "csharp"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a method, beginning on its first line."""
    return f"class A {{ void M(bool c, B a, B b) {{ {code}\n}} }}\n"


REPORTS = [
    pytest.param("sink(source());  // hit", id="at once"),
    pytest.param("var x = source();\nstring y = x;\nsink(y);  // hit", id="assignments"),
    pytest.param('var x = "a";\nx = source();\nsink(x);  // hit', id="reassignment taints"),
    pytest.param('var x = source();\nsink(x);  // hit\nx = "a";\nsink(x);', id="reassignment comes later"),
    pytest.param('string x = "a", y = source();\nsink(y);  // hit\nsink(x);', id="several in one declaration"),
    pytest.param('var x = "a";\nif (c) { x = source(); }\nsink(x);  // hit', id="one branch"),
    pytest.param('var x = source();\nif (c) x = "a";\nsink(x);  // hit', id="one branch cleans"),
    pytest.param('var x = "a";\nwhile (c) {\n  sink(x);  // hit\n  x = source();\n}', id="round the loop"),
    pytest.param('var x = "a";\ndo {\n  sink(x);  // hit\n  x = source();\n} while (c);', id="round do"),
    pytest.param("for (;;) {\n  var x = source();\n  sink(x);  // hit\n}", id="for without anything"),
    pytest.param(
        'var x = "a";\nwhile (c) {\n  x = source();\n  if (a.T()) break;\n  x = "a";\n}\nsink(x);  // hit', id="break keeps"
    ),
    pytest.param(
        'var x = "a";\nwhile (c) {\n  sink(x);  // hit\n  x = source();\n  if (a.T()) continue;\n  x = "a";\n}',
        id="continue keeps",
    ),
    pytest.param("var x = source();\nif (c) return;\nsink(x);  // hit", id="return in a branch"),
    pytest.param('var x = "a";\ntry {\n  x = source();\n  g();\n} catch (E e) {\n  sink(x);  // hit\n}', id="in catch"),
    pytest.param('var x = "a";\ntry {\n  x = source();\n} finally {\n  sink(x);  // hit\n}', id="in finally"),
    pytest.param('var x = "a";\ntry {\n  g();\n} catch {\n  x = source();\n}\nsink(x);  // hit', id="catch taints"),
    pytest.param("using (var x = source()) {\n  sink(x);  // hit\n}", id="using"),
    pytest.param("using var x = source();\nsink(x);  // hit", id="using declaration"),
    pytest.param("lock (a) {\n  sink(source());  // hit\n}", id="lock"),
    pytest.param('var x = "a" + source() + "b";\nsink(x);  // hit', id="concatenation"),
    pytest.param('var x = $"a {source()} b";\nsink(x);  // hit', id="interpolation"),
    pytest.param('var x = string.Format("{0}", source());\nsink(x);  // hit', id="formatting"),
    pytest.param('var x = "a";\nx += source();\nsink(x);  // hit', id="augmented assignment"),
    pytest.param("var x = g(1, source());\nsink(x);  // hit", id="argument to result"),
    pytest.param("var x = g(k: source());\nsink(x);  // hit", id="argument with a name to result"),
    pytest.param("var x = new B(source());\nsink(x);  // hit", id="object made of it"),
    pytest.param("var x = new B { F = source() };\nsink(x);  // hit", id="object with an initializer"),
    pytest.param("var x = source();\nsink(x.Trim().ToLower());  // hit", id="methods of what is tainted"),
    pytest.param("var x = source();\nsink(x.F.G);  // hit", id="fields of what is tainted"),
    pytest.param("var x = source();\nsink(x?.F);  // hit", id="field, if there is one"),
    pytest.param("var x = source();\nsink(x[0]);  // hit", id="elements of what is tainted"),
    pytest.param("a.F = source();\nsink(a.F);  // hit\nsink(a.G);", id="field"),
    pytest.param("this.F = source();\nsink(this.F);  // hit", id="field of this"),
    pytest.param('a["b"] = source();\nsink(a["b"]);  // hit', id="element by key"),
    pytest.param('var x = new[] { "a", source() };\nsink(x);  // hit', id="array"),
    pytest.param("var x = new List<string> { source() };\nsink(x);  // hit", id="list"),
    pytest.param("var (x, y) = source();\nsink(y);  // hit", id="destructuring"),
    pytest.param('var x = c ? source() : "a";\nsink(x);  // hit', id="ternary, first"),
    pytest.param('var x = c ? "a" : source();\nsink(x);  // hit', id="ternary, second"),
    pytest.param('var x = source() ?? "a";\nsink(x);  // hit', id="null coalescing"),
    pytest.param("var x = (string) source();\nsink(x);  // hit", id="cast"),
    pytest.param("var x = source() as string;\nsink(x);  // hit", id="as"),
    pytest.param("var x = !source();\nsink(x);  // hit", id="not"),
    pytest.param("var x = await source();\nsink(x);  // hit", id="await"),
    pytest.param("var x = source();\nRun(() => sink(x));  // hit", id="lambda sees what is around it"),
    pytest.param("var x = source();\nRun(y => { sink(x); });  // hit", id="lambda with a block"),
    pytest.param("var x = source();\nvoid N() { sink(x); }  // hit", id="local function (more than Semgrep)"),
    pytest.param("var x = source().Select(y => y.F);\nsink(x);  // hit", id="result of select"),
    pytest.param("var x = from y in source() select y;\nsink(x);  // hit", id="query"),
    pytest.param(
        'string x;\nswitch (a.N) {\n  case 1:\n    x = source();\n    break;\n  default:\n    x = "a";\n    break;\n}\nsink(x);  // hit',
        id="switch, one case",
    ),
    pytest.param(
        'var x = a.N switch { 1 => source(), _ => "a" };\nsink(x);  // hit', id="switch as a value (more than Semgrep)"
    ),
    pytest.param("var x = source();\nclean(x);\nsink(x);  // hit", id="a sanitizer that is not used"),
    pytest.param("return sink(source());  // hit", id="sink in return"),
    pytest.param("yield return sink(source());  // hit", id="sink in yield"),
]

LEAVES_ALONE = [
    pytest.param('var x = source();\nx = "a";\nsink(x);', id="reassignment cleans"),
    pytest.param('var x = source();\nvar y = "a";\nsink(y);', id="another variable"),
    pytest.param('var x = "b";\nsink(x);\nx = source();', id="too early"),
    pytest.param('var x = source();\nif (c) { x = "a"; } else { x = "b"; }\nsink(x);', id="both branches clean"),
    pytest.param('var x = "a";\nif (c) { x = source(); } else { sink(x); }', id="the other branch"),
    pytest.param('var x = "a";\nif (c) { x = source(); return; }\nsink(x);', id="what taints returns"),
    pytest.param('var x = "a";\nif (c) { x = source(); throw new E(x); }\nsink(x);', id="what taints throws"),
    pytest.param('var x = source();\ntry { g(); } finally { x = "a"; }\nsink(x);', id="finally cleans"),
    pytest.param("var x = clean(source());\nsink(x);", id="sanitizer around"),
    pytest.param("var x = source();\nsink(clean(x));", id="sanitizer in the sink"),
    pytest.param('a.F = source();\na.F = "c";\nsink(a.F);', id="field cleaned"),
    pytest.param("a.F = source();\nsink(b.F);", id="field of another"),
    pytest.param('var x = source() ? "a" : "b";\nsink(x);', id="condition of a ternary"),
    pytest.param(
        'var x = "a";\nswitch (a.N) {\n  case 1:\n    x = source();\n    break;\n  case 2:\n    sink(x);\n    break;\n}',
        id="switch, the other case",
    ),
    pytest.param("var x = source();\n} void N(string x) { sink(x);", id="another method"),
    pytest.param("var x = source();\nRun(x => sink(x));", id="a lambda's parameter of the same name"),
    pytest.param("g(source());\nsink(g());", id="the same method, called again"),
    pytest.param("foreach (var x in a.All) {\n  var y = source();\n  sink(x);\n}", id="the variable of a loop"),
    pytest.param("try {\n  source();\n} catch (E x) {\n  sink(x);\n}", id="the variable of a handler"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
