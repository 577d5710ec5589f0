"""Scala: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "scala"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a method, beginning on its first line."""
    return f"object A {{ def m(c: Boolean, a: B, b: B): Unit = {{ {code}\n}} }}\n"


REPORTS = [
    pytest.param("sink(source())  // hit", id="at once"),
    pytest.param("val x = source()\nval y = x\nsink(y)  // hit", id="assignments"),
    pytest.param("var x: String = source()\nsink(x)  // hit", id="assignment with a type"),
    pytest.param('var x = "a"\nx = source()\nsink(x)  // hit', id="reassignment taints"),
    pytest.param('var x = source()\nsink(x)  // hit\nx = "a"\nsink(x)', id="reassignment comes later"),
    pytest.param('var x = "a"\nif (c) { x = source() }\nsink(x)  // hit', id="one branch"),
    pytest.param('var x = source()\nif (c) x = "a"\nsink(x)  // hit', id="one branch cleans"),
    pytest.param('var x = "a"\nwhile (c) {\n  sink(x)  // hit\n  x = source()\n}', id="round the loop"),
    pytest.param("val x = for (y <- source()) yield y\nsink(x)  // hit", id="for with yield"),
    pytest.param("val x = source()\nif (c) return\nsink(x)  // hit", id="return in a branch"),
    pytest.param('var x = "a"\ntry {\n  x = source()\n  g()\n} catch {\n  case e: E => sink(x)  // hit\n}', id="in catch"),
    pytest.param('var x = "a"\ntry {\n  x = source()\n} finally {\n  sink(x)  // hit\n}', id="in finally"),
    pytest.param(
        'val x = try { source() } catch { case e: E => "a" }\nsink(x)  // hit', id="try as a value (more than Semgrep)"
    ),
    pytest.param('val x = "a" + source() + "b"\nsink(x)  // hit', id="concatenation"),
    pytest.param('val y = source()\nval x = s"a $y b"\nsink(x)  // hit', id="interpolation"),
    pytest.param('val x = s"a ${source()} b"\nsink(x)  // hit', id="interpolation of an expression"),
    pytest.param("val x = g(1, source())\nsink(x)  // hit", id="argument to result"),
    pytest.param("val x = g(k = source())\nsink(x)  // hit", id="argument with a name to result"),
    pytest.param("val x = new B(source())\nsink(x)  // hit", id="object made of it"),
    pytest.param("val x = source()\nsink(x.trim().lower)  // hit", id="methods of what is tainted"),
    pytest.param("val x = source()\nsink(x.f.g)  // hit", id="fields of what is tainted"),
    pytest.param("val x = source()\nsink(x(0))  // hit", id="elements of what is tainted"),
    pytest.param("a.f = source()\nsink(a.f)  // hit\nsink(a.g)", id="field"),
    pytest.param("this.f = source()\nsink(this.f)  // hit", id="field of this"),
    pytest.param('val x = List("a", source())\nsink(x)  // hit', id="list"),
    pytest.param('val x = Map("a" -> source())\nsink(x)  // hit', id="map"),
    pytest.param("val (x, y) = source()\nsink(y)  // hit", id="destructuring"),
    pytest.param('val x = if (c) source() else "a"\nsink(x)  // hit', id="if as a value, first"),
    pytest.param('val x = if (c) "a" else source()\nsink(x)  // hit', id="if as a value, second"),
    pytest.param("val x = { g(); source() }\nsink(x)  // hit", id="block as a value"),
    pytest.param("val x = source().asInstanceOf[String]\nsink(x)  // hit", id="cast"),
    pytest.param("val x = !source()\nsink(x)  // hit", id="not"),
    pytest.param("val x = source()\nrun(() => sink(x))  // hit", id="lambda sees what is around it"),
    pytest.param("val x = source()\nrun { y => sink(x) }  // hit", id="lambda in braces"),
    pytest.param("val x = source()\ndef n() = { sink(x) }  // hit", id="local method (more than Semgrep)"),
    pytest.param("val x = source().map(_.f)\nsink(x)  // hit", id="result of map"),
    pytest.param(
        'val x = a.n match { case 1 => source(); case _ => "a" }\nsink(x)  // hit', id="match as a value (more than Semgrep)"
    ),
    pytest.param("source() match {\n  case Some(x) => sink(x)  // hit\n}", id="match with a pattern (more than Semgrep)"),
    pytest.param("val x = source()\na.n match {\n  case 1 => sink(x)  // hit\n}", id="match, in a case"),
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
    pytest.param('var x = "a"\nif (c) {\n  x = source()\n  throw new E(x)\n}\nsink(x)', id="what taints throws"),
    pytest.param('var x = source()\ntry { g() } finally { x = "a" }\nsink(x)', id="finally cleans"),
    pytest.param("val x = clean(source())\nsink(x)", id="sanitizer around"),
    pytest.param("val x = source()\nsink(clean(x))", id="sanitizer in the sink"),
    pytest.param('a.f = source()\na.f = "c"\nsink(a.f)', id="field cleaned"),
    pytest.param("a.f = source()\nsink(b.f)", id="field of another"),
    pytest.param('val x = if (source()) "a" else "b"\nsink(x)', id="condition of an if"),
    pytest.param('var x = "a"\na.n match {\n  case 1 => x = source()\n  case _ => sink(x)\n}', id="match, the other case"),
    pytest.param("val x = source()\n}\ndef n(x: String) = { sink(x)", id="another method"),
    pytest.param("val x = source()\nrun(x => sink(x))", id="a lambda's parameter of the same name"),
    pytest.param("g(source())\nsink(g())", id="the same method, called again"),
    pytest.param("for (x <- a.all) {\n  val y = source()\n  sink(x)\n}", id="the variable of a loop"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
