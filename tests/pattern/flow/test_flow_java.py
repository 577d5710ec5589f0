"""Java: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "java"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a method, beginning on its first line."""
    return f"class A {{ void m(boolean c, B a, B b) {{ {code}\n}} }}\n"


REPORTS = [
    pytest.param("sink(source());  // hit", id="at once"),
    pytest.param("String x = source();\nString y = x;\nsink(y);  // hit", id="assignments"),
    pytest.param('String x = "a";\nx = source();\nsink(x);  // hit', id="reassignment taints"),
    pytest.param('var x = source();\nsink(x);  // hit\nx = "a";\nsink(x);', id="reassignment comes later"),
    pytest.param("String x, y;\nx = y = source();\nsink(x);  // hit", id="chained assignment"),
    pytest.param('String x = "a", y = source();\nsink(y);  // hit\nsink(x);', id="several in one declaration"),
    pytest.param('String x = "a";\nif (c) { x = source(); }\nsink(x);  // hit', id="one branch"),
    pytest.param('String x = source();\nif (c) x = "a";\nsink(x);  // hit', id="one branch cleans"),
    pytest.param('String x = "a";\nwhile (c) {\n  sink(x);  // hit\n  x = source();\n}', id="round the loop"),
    pytest.param('String x = "a";\ndo {\n  sink(x);  // hit\n  x = source();\n} while (c);', id="round do"),
    pytest.param('String x = "a";\nfor (int i = 0; i < 9; i++) {\n  sink(x);  // hit\n  x = source();\n}', id="round for"),
    pytest.param("for (String x : source()) {\n  sink(x);  // hit\n}", id="for each"),
    pytest.param("for (Node x = source(); x != null; x = x.next()) {\n  sink(x);  // hit\n}", id="variable of for"),
    pytest.param(
        'String x = "a";\nwhile (c) {\n  x = source();\n  if (a.t()) break;\n  x = "a";\n}\nsink(x);  // hit', id="break keeps"
    ),
    pytest.param(
        'String x = "a";\nwhile (c) {\n  sink(x);  // hit\n  x = source();\n  if (a.t()) continue;\n  x = "a";\n}',
        id="continue keeps",
    ),
    pytest.param("String x = source();\nif (c) return;\nsink(x);  // hit", id="return in a branch"),
    pytest.param('String x = "a";\ntry {\n  x = source();\n  g();\n} catch (E e) {\n  sink(x);  // hit\n}', id="in catch"),
    pytest.param('String x = "a";\ntry {\n  x = source();\n} finally {\n  sink(x);  // hit\n}', id="in finally"),
    pytest.param(
        'String x = "a";\ntry {\n  g();\n} catch (E | F e) {\n  x = source();\n}\nsink(x);  // hit', id="catch taints"
    ),
    pytest.param("try (R x = source()) {\n  sink(x);  // hit\n}", id="try with resources"),
    pytest.param("try (R x = new R(source()); S y = new S(x)) {\n  sink(y);  // hit\n}", id="try with several resources"),
    pytest.param('String x = "a" + source() + "b";\nsink(x);  // hit', id="concatenation"),
    pytest.param('String x = String.format("%s", source());\nsink(x);  // hit', id="formatting"),
    pytest.param("StringBuilder x = new StringBuilder(source());\nsink(x.toString());  // hit", id="builder made of it"),
    pytest.param('String x = "a";\nx += source();\nsink(x);  // hit', id="augmented assignment"),
    pytest.param('String x = source();\nx += "a";\nsink(x);  // hit', id="augmented assignment keeps"),
    pytest.param("String x = g(1, source());\nsink(x);  // hit", id="argument to result"),
    pytest.param("sink(new B(source()));  // hit", id="object made of it"),
    pytest.param("String x = source();\nsink(x.trim().toLowerCase());  // hit", id="methods of what is tainted"),
    pytest.param("B x = source();\nsink(x.f.g);  // hit", id="fields of what is tainted"),
    pytest.param("String[] x = source();\nsink(x[0]);  // hit", id="elements of what is tainted"),
    pytest.param("a.f = source();\nsink(a.f);  // hit\nsink(a.g);", id="field"),
    pytest.param("a.f = source();\nsink(a);  // hit", id="object with a tainted field"),
    pytest.param("this.f = source();\nsink(this.f);  // hit", id="field of this"),
    pytest.param("a.setName(source());\nsink(a.getName());  // hit", id="setter and getter"),
    pytest.param("String[] x = new String[2];\nx[0] = source();\nsink(x[0]);  // hit", id="element by index"),
    pytest.param('String[] x = {"a", source()};\nsink(x);  // hit', id="array"),
    pytest.param("String[] x = new String[] {source()};\nsink(x[0]);  // hit", id="array with a type"),
    pytest.param('String x = c ? source() : "a";\nsink(x);  // hit', id="ternary, first"),
    pytest.param('String x = c ? "a" : source();\nsink(x);  // hit', id="ternary, second"),
    pytest.param("String x = (String) source();\nsink(x);  // hit", id="cast"),
    pytest.param("boolean x = !source();\nsink(x);  // hit", id="not"),
    pytest.param("boolean x = source() == null;\nsink(x);  // hit", id="comparison"),
    pytest.param("String x = source();\nrun(() -> sink(x));  // hit", id="lambda sees what is around it"),
    pytest.param("String x = source();\nrun(() -> { sink(x); });  // hit", id="lambda with a block"),
    pytest.param("var x = source().stream().map(y -> y.f).toList();\nsink(x);  // hit", id="result of map"),
    pytest.param("String x = source();\nnew T() { void n() { sink(x); } };  // hit", id="anonymous class (more than Semgrep)"),
    pytest.param(
        'String x;\nswitch (a.n) {\n  case 1:\n    x = source();\n    break;\n  default:\n    x = "a";\n}\nsink(x);  // hit',
        id="switch, one case",
    ),
    pytest.param(
        'String x = switch (a.n) { case 1 -> source(); default -> "a"; };\nsink(x);  // hit',
        id="switch as a value (more than Semgrep)",
    ),
    pytest.param("switch (a.n) {\n  case 1 -> sink(source());  // hit\n  default -> {}\n}", id="switch with arrows"),
    pytest.param("String x = source();\nclean(x);\nsink(x);  // hit", id="a sanitizer that is not used"),
    pytest.param("String x = source();\nsynchronized (this) {\n  sink(x);  // hit\n}", id="synchronized"),
    pytest.param("String x = source();\n{\n  sink(x);  // hit\n}", id="block"),
    pytest.param("return sink(source());  // hit", id="sink in return"),
    pytest.param("String x;\nif ((x = source()) != null) {\n  sink(x);  // hit\n}", id="assignment in a condition"),
    pytest.param("List x = List.of(source());\nsink(x.get(0));  // hit", id="list"),
]

LEAVES_ALONE = [
    pytest.param('String x = source();\nx = "a";\nsink(x);', id="reassignment cleans"),
    pytest.param('String x = source();\nString y = "a";\nsink(y);', id="another variable"),
    pytest.param('String x = "b";\nsink(x);\nx = source();', id="too early"),
    pytest.param('String x = source();\nif (c) { x = "a"; } else { x = "b"; }\nsink(x);', id="both branches clean"),
    pytest.param('String x = "a";\nif (c) { x = source(); } else { sink(x); }', id="the other branch"),
    pytest.param('String x = "a";\nif (c) { x = source(); return; }\nsink(x);', id="what taints returns"),
    pytest.param('String x = "a";\nif (c) { x = source(); throw new E(x); }\nsink(x);', id="what taints throws"),
    pytest.param('String x = source();\ntry { g(); } finally { x = "a"; }\nsink(x);', id="finally cleans"),
    pytest.param("String x = clean(source());\nsink(x);", id="sanitizer around"),
    pytest.param("String x = source();\nsink(clean(x));", id="sanitizer in the sink"),
    pytest.param('a.f = source();\na.f = "c";\nsink(a.f);', id="field cleaned"),
    pytest.param("a.f = source();\nsink(b.f);", id="field of another"),
    pytest.param("a.setName(source());\nsink(b.getName());", id="getter of another"),
    pytest.param('String x = c == source() ? "a" : "b";\nsink(x);', id="condition of a ternary"),
    pytest.param(
        'String x = "a";\nswitch (a.n) {\n  case 1:\n    x = source();\n    break;\n  case 2:\n    sink(x);\n}',
        id="switch, the other case",
    ),
    pytest.param("String x = source();\n} void n(String x) { sink(x);", id="another method"),
    pytest.param('String x = "a";\nString y = source();\nrun(y -> sink(x));', id="lambda without it"),
    pytest.param("String y = source();\nrun(z, y1 -> sink(y1));", id="a lambda's parameter"),
    pytest.param("g(source());\nsink(g());", id="the same method, called again"),
    pytest.param("for (String x : a.all()) {\n  String y = source();\n  sink(x);\n}", id="the variable of a loop"),
    pytest.param("try {\n  source();\n} catch (E x) {\n  sink(x);\n}", id="the variable of a handler"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
