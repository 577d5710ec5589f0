"""Kotlin: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "kotlin"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a function, beginning on its first line."""
    return f"fun m(c: Boolean, a: B, b: B) {{ {code}\n}}\n"


REPORTS = [
    pytest.param("sink(source())  // hit", id="at once"),
    pytest.param("val x = source()\nval y = x\nsink(y)  // hit", id="assignments"),
    pytest.param("var x: String = source()\nsink(x)  // hit", id="assignment with a type"),
    pytest.param('var x = "a"\nx = source()\nsink(x)  // hit', id="reassignment taints"),
    pytest.param('var x = source()\nsink(x)  // hit\nx = "a"\nsink(x)', id="reassignment comes later"),
    pytest.param('var x = "a"\nif (c) { x = source() }\nsink(x)  // hit', id="one branch"),
    pytest.param('var x = source()\nif (c) x = "a"\nsink(x)  // hit', id="one branch cleans"),
    pytest.param('var x = "a"\nwhile (c) {\n  sink(x)  // hit\n  x = source()\n}', id="round the loop"),
    pytest.param("val x = source()\nif (c) return\nsink(x)  // hit", id="return in a branch"),
    pytest.param('var x = "a"\ntry {\n  x = source()\n  g()\n} catch (e: E) {\n  sink(x)  // hit\n}', id="in catch"),
    pytest.param('var x = "a"\ntry {\n  x = source()\n} finally {\n  sink(x)  // hit\n}', id="in finally"),
    pytest.param('var x = "a"\ntry {\n  g()\n} catch (e: E) {\n  x = source()\n}\nsink(x)  // hit', id="catch taints"),
    pytest.param('val x = try { source() } catch (e: E) { "a" }\nsink(x)  // hit', id="try as a value (more than Semgrep)"),
    pytest.param('val x = "a" + source() + "b"\nsink(x)  // hit', id="concatenation"),
    pytest.param('val y = source()\nval x = "a $y b"\nsink(x)  // hit', id="interpolation"),
    pytest.param('val x = "a ${source()} b"\nsink(x)  // hit', id="interpolation of an expression"),
    pytest.param('var x = "a"\nx += source()\nsink(x)  // hit', id="augmented assignment"),
    pytest.param("val x = g(1, source())\nsink(x)  // hit", id="argument to result"),
    pytest.param("val x = g(k = source())\nsink(x)  // hit", id="argument with a name to result"),
    pytest.param("val x = source()\nsink(x.trim().lower())  // hit", id="methods of what is tainted"),
    pytest.param("val x = source()\nsink(x.f.g)  // hit", id="fields of what is tainted"),
    pytest.param("val x = source()\nsink(x?.f)  // hit", id="field, if there is one"),
    pytest.param("val x = source()\nsink(x!!)  // hit", id="not null"),
    pytest.param("val x = source()\nsink(x[0])  // hit", id="elements of what is tainted"),
    pytest.param("a.f = source()\nsink(a.f)  // hit\nsink(a.g)", id="field"),
    pytest.param("this.f = source()\nsink(this.f)  // hit", id="field of this"),
    pytest.param('a["b"] = source()\nsink(a["b"])  // hit', id="element by key"),
    pytest.param('val x = listOf("a", source())\nsink(x)  // hit', id="list"),
    pytest.param('val x = mapOf("a" to source())\nsink(x)  // hit', id="map"),
    pytest.param("val (x, y) = source()\nsink(y)  // hit", id="destructuring (more than Semgrep)"),
    pytest.param('val x = if (c) source() else "a"\nsink(x)  // hit', id="if as a value, first"),
    pytest.param('val x = if (c) "a" else source()\nsink(x)  // hit', id="if as a value, second"),
    pytest.param('val x = source() ?: "a"\nsink(x)  // hit', id="elvis"),
    pytest.param("val x = source() as String\nsink(x)  // hit", id="cast"),
    pytest.param("val x = source()\nrun { sink(x) }  // hit", id="lambda sees what is around it"),
    pytest.param("val x = source()\nrun { y -> sink(x) }  // hit", id="lambda with a parameter"),
    pytest.param("val x = source()\nfun n() { sink(x) }  // hit", id="local function (more than Semgrep)"),
    pytest.param("val x = source().map { it.f }\nsink(x)  // hit", id="result of map"),
    pytest.param(
        'var x = "a"\nwhen (a.n) {\n  1 -> x = source()\n  else -> x = "b"\n}\nsink(x)  // hit',
        id="when, one branch (more than Semgrep)",
    ),
    pytest.param(
        'val x = when (a.n) { 1 -> source(); else -> "a" }\nsink(x)  // hit', id="when as a value (more than Semgrep)"
    ),
    pytest.param("val x = source()\nwhen {\n  c -> sink(x)  // hit\n}", id="when without a subject"),
    pytest.param("val x = source()\nclean(x)\nsink(x)  // hit", id="a sanitizer that is not used"),
    pytest.param("return sink(source())  // hit", id="sink in return"),
]

LEAVES_ALONE = [
    pytest.param('var x = source()\nx = "a"\nsink(x)', id="reassignment cleans"),
    pytest.param('val x = source()\nval y = "a"\nsink(y)', id="another variable"),
    pytest.param('var x = "b"\nsink(x)\nx = source()', id="too early"),
    pytest.param('var x = source()\nif (c) { x = "a" } else { x = "b" }\nsink(x)', id="both branches clean"),
    pytest.param('var x = "a"\nif (c) { x = source() } else { sink(x) }', id="the other branch"),
    pytest.param('var x = "a"\nif (c) {\n  x = source()\n  return\n}\nsink(x)', id="what taints returns"),
    pytest.param('var x = "a"\nif (c) {\n  x = source()\n  throw E(x)\n}\nsink(x)', id="what taints throws"),
    pytest.param('var x = source()\ntry { g() } finally { x = "a" }\nsink(x)', id="finally cleans"),
    pytest.param("val x = clean(source())\nsink(x)", id="sanitizer around"),
    pytest.param("val x = source()\nsink(clean(x))", id="sanitizer in the sink"),
    pytest.param('a.f = source()\na.f = "c"\nsink(a.f)', id="field cleaned"),
    pytest.param("a.f = source()\nsink(b.f)", id="field of another"),
    pytest.param('val x = if (source()) "a" else "b"\nsink(x)', id="condition of an if"),
    pytest.param(
        'var x = "a"\nwhen (a.n) {\n  1 -> x = source()\n  else -> sink(x)\n}', id="when, the other branch (less than Semgrep)"
    ),
    pytest.param("val x = source()\n}\nfun n(x: String) { sink(x)", id="another function"),
    pytest.param("val x = source()\nrun { x -> sink(x) }", id="a lambda's parameter of the same name"),
    pytest.param("g(source())\nsink(g())", id="the same function, called again"),
    pytest.param("for (x in a.all) {\n  val y = source()\n  sink(x)\n}", id="the variable of a loop"),
    pytest.param("try {\n  source()\n} catch (x: E) {\n  sink(x)\n}", id="the variable of a handler"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
