"""Go: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "go"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a function, beginning on its first line."""
    return f"package p; func m(c bool, a B, b B) {{ {code}\n}}\n"


REPORTS = [
    pytest.param("sink(source())  // hit", id="at once"),
    pytest.param("x := source()\ny := x\nsink(y)  // hit", id="assignments"),
    pytest.param("var x string = source()\nsink(x)  // hit", id="var"),
    pytest.param("var x, y = 1, source()\nsink(y)  // hit", id="var, several"),
    pytest.param('x := "a"\nx = source()\nsink(x)  // hit', id="reassignment taints"),
    pytest.param('x := source()\nsink(x)  // hit\nx = "a"\nsink(x)', id="reassignment comes later"),
    pytest.param("x, err := source()\nsink(x)  // hit", id="value and error"),
    pytest.param('x := "a"\nif c { x = source() }\nsink(x)  // hit', id="one branch"),
    pytest.param('x := source()\nif c { x = "a" }\nsink(x)  // hit', id="one branch cleans"),
    pytest.param("if x := source(); x != nil {\n  sink(x)  // hit\n}", id="if with a statement"),
    pytest.param('x := "a"\nfor c {\n  sink(x)  // hit\n  x = source()\n}', id="round the loop"),
    pytest.param('x := "a"\nfor i := 0; i < 9; i++ {\n  sink(x)  // hit\n  x = source()\n}', id="round for"),
    pytest.param('x := "a"\nfor {\n  sink(x)  // hit\n  x = source()\n}', id="round an endless loop"),
    pytest.param("for _, x := range source() {\n  sink(x)  // hit\n}", id="range"),
    pytest.param("for x := range source() {\n  sink(x)  // hit\n}", id="range, the keys"),
    pytest.param('x := "a"\nfor c {\n  x = source()\n  if a.t() { break }\n  x = "a"\n}\nsink(x)  // hit', id="break keeps"),
    pytest.param(
        'x := "a"\nfor c {\n  sink(x)  // hit\n  x = source()\n  if a.t() { continue }\n  x = "a"\n}', id="continue keeps"
    ),
    pytest.param("x := source()\nif c { return }\nsink(x)  // hit", id="return in a branch"),
    pytest.param('x := "a" + source() + "b"\nsink(x)  // hit', id="concatenation"),
    pytest.param('x := fmt.Sprintf("%s", source())\nsink(x)  // hit', id="formatting"),
    pytest.param('x := "a"\nx += source()\nsink(x)  // hit', id="augmented assignment"),
    pytest.param('x := source()\nx += "a"\nsink(x)  // hit', id="augmented assignment keeps"),
    pytest.param("x := g(1, source())\nsink(x)  // hit", id="argument to result"),
    pytest.param("x, err := g(source())\nsink(x)  // hit", id="argument to results"),
    pytest.param("sink(source()...)  // hit", id="spread argument"),
    pytest.param("x := source()\nsink(x.Trim().Lower())  // hit", id="methods of what is tainted"),
    pytest.param("x := source()\nsink(x.F.G)  // hit", id="fields of what is tainted"),
    pytest.param("x := source()\nsink(x[0])  // hit", id="elements of what is tainted"),
    pytest.param("x := source()\nsink(x[1:2])  // hit", id="slices of what is tainted (more than Semgrep)"),
    pytest.param("a.F = source()\nsink(a.F)  // hit\nsink(a.G)", id="field"),
    pytest.param("a.F = source()\nsink(a)  // hit", id="object with a tainted field"),
    pytest.param('x := make(map[string]string)\nx["a"] = source()\nsink(x["a"])  // hit', id="element by key"),
    pytest.param('x := []string{"a", source()}\nsink(x)  // hit', id="slice"),
    pytest.param("x := B{F: source()}\nsink(x)  // hit", id="struct"),
    pytest.param("x := &B{F: source()}\nsink(x)  // hit", id="address of a struct"),
    pytest.param("x := B{F: source()}\nsink(x.F)  // hit", id="field of a struct"),
    pytest.param('x := map[string]string{"a": source()}\nsink(x["a"])  // hit', id="map"),
    pytest.param("x := source()\ny := &x\nsink(y)  // hit", id="address"),
    pytest.param("x := source()\nsink(*x)  // hit", id="pointer"),
    pytest.param("x := []byte(source())\nsink(x)  // hit", id="conversion"),
    pytest.param("x := string(source())\nsink(x)  // hit", id="conversion to text"),
    pytest.param("x := source().(string)\nsink(x)  // hit", id="type assertion"),
    pytest.param("x, ok := source().(string)\nsink(x)  // hit", id="type assertion, two values"),
    pytest.param("x := !source()\nsink(x)  // hit", id="not"),
    pytest.param("x := source()\nrun(func() { sink(x) })  // hit", id="function sees what is around it"),
    pytest.param("x := source()\ngo func() { sink(x) }()  // hit", id="go"),
    pytest.param("x := source()\ndefer sink(x)  // hit", id="defer (more than Semgrep)"),
    pytest.param("x := source()\ngo sink(x)  // hit", id="go, a call"),
    pytest.param(
        'x := "a"\nswitch a.N {\ncase 1:\n  x = source()\ndefault:\n  x = "b"\n}\nsink(x)  // hit', id="switch, one case"
    ),
    pytest.param("x := source()\nswitch {\ncase c:\n  sink(x)  // hit\n}", id="switch without a subject"),
    pytest.param("switch x := source(); x {\ncase 1:\n  sink(x)  // hit\n}", id="switch with a statement"),
    pytest.param("x := source()\nselect {\ncase y := <-a.C:\n  sink(x, y)  // hit\n}", id="select"),
    pytest.param("a.C <- source()\nx := <-a.C\nsink(x)  // hit", id="through a channel (more than Semgrep)"),
    pytest.param("x := <-source()\nsink(x)  // hit", id="from a channel"),
    pytest.param("x := append([]string{}, source())\nsink(x)  // hit", id="append"),
    pytest.param("x := source()\nclean(x)\nsink(x)  // hit", id="a sanitizer that is not used"),
    pytest.param('x, y := source(), "a"\nsink(x)  // hit\nsink(y)', id="several, by place (more than Semgrep)"),
    pytest.param("return sink(source())  // hit", id="sink in return"),
    pytest.param("x := source()\n{\n  sink(x)  // hit\n}", id="block"),
    pytest.param("x := source()\nif err := sink(x); err != nil {  // hit\n}", id="sink in a condition"),
]

LEAVES_ALONE = [
    pytest.param('x := source()\nx = "a"\nsink(x)', id="reassignment cleans"),
    pytest.param('x := source()\ny := "a"\nsink(y)', id="another variable"),
    pytest.param('x := "b"\nsink(x)\nx = source()', id="too early"),
    pytest.param('x := source()\nif c { x = "a" } else { x = "b" }\nsink(x)', id="both branches clean"),
    pytest.param('x := "a"\nif c { x = source() } else { sink(x) }', id="the other branch"),
    pytest.param('x := "a"\nif c {\n  x = source()\n  return\n}\nsink(x)', id="what taints returns"),
    pytest.param("x := clean(source())\nsink(x)", id="sanitizer around"),
    pytest.param("x := source()\nsink(clean(x))", id="sanitizer in the sink"),
    pytest.param('a.F = source()\na.F = "c"\nsink(a.F)', id="field cleaned"),
    pytest.param("a.F = source()\nsink(b.F)", id="field of another"),
    pytest.param('x, y := source(), "a"\nsink(y)', id="the clean one of several (less than Semgrep)"),
    pytest.param('x := "a"\nswitch a.N {\ncase 1:\n  x = source()\ncase 2:\n  sink(x)\n}', id="switch, the other case"),
    pytest.param("x := source()\n}\nfunc n(x string) { sink(x)", id="another function"),
    pytest.param("x := source()\nrun(func(x string) { sink(x) })", id="a parameter of the same name"),
    pytest.param("g(source())\nsink(g())", id="the same function, called again"),
    pytest.param("for _, x := range a.All {\n  y := source()\n  sink(x)\n}", id="the variable of a loop"),
    pytest.param("for c {\n  x := source()\n  break\n  sink(x)\n}", id="after break"),
    pytest.param("for c {\n  x := source()\n  continue\n  sink(x)\n}", id="after continue"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
