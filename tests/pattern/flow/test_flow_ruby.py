"""Ruby: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "ruby"


def whole(code: str) -> str:
    """The file of a row: rows are the body of a method, which begins on the second line."""
    return f"def m(c, a, b)\n{code}\nend\n"


REPORTS = [
    pytest.param("sink(source())  # hit", id="at once"),
    pytest.param("sink source()  # hit", id="without brackets"),
    pytest.param("x = source()\ny = x\nsink(y)  # hit", id="assignments"),
    pytest.param("x = 'a'\nx = source()\nsink(x)  # hit", id="reassignment taints"),
    pytest.param("x = source()\nsink(x)  # hit\nx = 'a'\nsink(x)", id="reassignment comes later"),
    pytest.param("x = y = source()\nsink(x)  # hit", id="chained assignment"),
    pytest.param("x = 'a'\nif c\n  x = source()\nend\nsink(x)  # hit", id="one branch"),
    pytest.param("x = source()\nif c\n  x = 'a'\nend\nsink(x)  # hit", id="one branch cleans"),
    pytest.param("x = 'a'\nx = source() if c\nsink(x)  # hit", id="if after"),
    pytest.param("x = 'a'\nx = source() unless c\nsink(x)  # hit", id="unless after"),
    pytest.param("x = source()\nunless c\n  x = 'a'\nend\nsink(x)  # hit", id="unless"),
    pytest.param("x = 'a'\nif c\n  x = 'b'\nelsif a\n  x = source()\nelse\n  x = 'd'\nend\nsink(x)  # hit", id="elsif"),
    pytest.param("x = 'a'\nwhile c\n  sink(x)  # hit\n  x = source()\nend", id="round the loop"),
    pytest.param("x = 'a'\nuntil c\n  sink(x)  # hit\n  x = source()\nend", id="round until"),
    pytest.param("for x in source()\n  sink(x)  # hit\nend", id="for (more than Semgrep)"),
    pytest.param("x = 'a'\nwhile c\n  x = source()\n  break if a\n  x = 'a'\nend\nsink(x)  # hit", id="break keeps"),
    pytest.param("x = 'a'\nwhile c\n  sink(x)  # hit\n  x = source()\n  next if a\n  x = 'a'\nend", id="next keeps"),
    pytest.param("x = source()\nreturn if c\nsink(x)  # hit", id="return in a branch"),
    pytest.param("x = 'a'\nbegin\n  x = source()\n  g()\nrescue E => e\n  sink(x)  # hit\nend", id="in rescue"),
    pytest.param("begin\n  x = source()\nensure\n  sink(x)  # hit\nend", id="in ensure"),
    pytest.param(
        "x = 'a'\nbegin\n  g()\nrescue E\n  x = source()\nend\nsink(x)  # hit", id="rescue taints (more than Semgrep)"
    ),
    pytest.param("x = 'a' + source() + 'b'\nsink(x)  # hit", id="concatenation"),
    pytest.param('x = "a #{source()} b"\nsink(x)  # hit', id="interpolation"),
    pytest.param("x = 'a %s' % source()\nsink(x)  # hit", id="formatting"),
    pytest.param("x = `ls #{source()}`\nsink(x)  # hit", id="interpolation in a command"),
    pytest.param("x = 'a'\nx += source()\nsink(x)  # hit", id="augmented assignment"),
    pytest.param("x = 'a'\nx.concat(source())\nsink(x)  # hit", id="concat"),
    pytest.param("x ||= source()\nsink(x)  # hit", id="or assignment"),
    pytest.param("x = g(1, source())\nsink(x)  # hit", id="argument to result"),
    pytest.param("x = g(k: source())\nsink(x)  # hit", id="argument with a name to result"),
    pytest.param("sink(*source())  # hit", id="spread argument"),
    pytest.param("x = A.new(source())\nsink(x)  # hit", id="object made of it"),
    pytest.param("x = source()\nsink(x.strip.downcase)  # hit", id="methods of what is tainted"),
    pytest.param("x = source()\nsink(x&.strip)  # hit", id="method, if there is one"),
    pytest.param("x = source()\nsink(x[0])  # hit", id="elements of what is tainted"),
    pytest.param("a.f = source()\nsink(a.f)  # hit\nsink(a.g)", id="field"),
    pytest.param("@x = source()\nsink(@x)  # hit", id="variable of an object"),
    pytest.param("a[:b] = source()\nsink(a[:b])  # hit", id="element by key (more than Semgrep)"),
    pytest.param("x = ['a', source()]\nsink(x)  # hit", id="array"),
    pytest.param("x = {a: source()}\nsink(x)  # hit", id="hash"),
    pytest.param("x = {a: source()}\nsink(x[:a])  # hit", id="element of a hash"),
    pytest.param("x, y = source()\nsink(y)  # hit", id="destructuring"),
    pytest.param("x = c ? source() : 'a'\nsink(x)  # hit", id="ternary, first"),
    pytest.param("x = c ? 'a' : source()\nsink(x)  # hit", id="ternary, second"),
    pytest.param("x = source() || 'a'\nsink(x)  # hit", id="or"),
    pytest.param("x = if c then source() else 'a' end\nsink(x)  # hit", id="if as a value"),
    pytest.param("x = source()\nrun { sink(x) }  # hit", id="block sees what is around it"),
    pytest.param("x = source()\nrun do |y|\n  sink(x)  # hit\nend", id="block with do"),
    pytest.param("x = source().map { |y| y.to_s }\nsink(x)  # hit", id="result of map"),
    pytest.param("x = source()\nrun(->(y) { sink(x) })  # hit", id="lambda"),
    pytest.param("case c\nwhen 1\n  x = source()\nelse\n  x = 'a'\nend\nsink(x)  # hit", id="case, one branch"),
    pytest.param("x = source()\ncase c\nwhen 1 then sink(x)  # hit\nend", id="case, in a branch"),
    pytest.param("x = source()\nclean(x)\nsink(x)  # hit", id="a sanitizer that is not used"),
    pytest.param("x = !source()\nsink(x)  # hit", id="not"),
    pytest.param("x = (source())\nsink(x)  # hit", id="brackets"),
    pytest.param("return sink(source())  # hit", id="sink in return"),
    pytest.param("x = source()\nsink(x) if c  # hit", id="sink with if after"),
    pytest.param("x = source()\nloop do\n  sink(x)  # hit\nend", id="loop"),
]

LEAVES_ALONE = [
    pytest.param("x = source()\nx = 'a'\nsink(x)", id="reassignment cleans"),
    pytest.param("x = source()\ny = 'a'\nsink(y)", id="another variable"),
    pytest.param("sink(x)\nx = source()", id="too early"),
    pytest.param("x = source()\nif c\n  x = 'a'\nelse\n  x = 'b'\nend\nsink(x)", id="both branches clean"),
    pytest.param("x = 'a'\nif c\n  x = source()\nelse\n  sink(x)\nend", id="the other branch"),
    pytest.param("x = 'a'\nif c\n  x = source()\n  return\nend\nsink(x)", id="what taints returns"),
    pytest.param("x = clean(source())\nsink(x)", id="sanitizer around"),
    pytest.param("x = source()\nsink(clean(x))", id="sanitizer in the sink"),
    pytest.param("a.f = source()\na.f = 'c'\nsink(a.f)", id="field cleaned"),
    pytest.param("a.f = source()\nsink(b.f)", id="field of another"),
    pytest.param("@x = source()\nsink(@y)", id="another variable of an object"),
    pytest.param("x = source() ? 'a' : 'b'\nsink(x)", id="condition of a ternary"),
    pytest.param("case c\nwhen 1\n  x = source()\nwhen 2\n  sink(x)\nend", id="case, the other branch"),
    pytest.param("x = source()\nend\ndef n(x)\n  sink(x)", id="another method"),
    pytest.param("x = source()\nrun { |x| sink(x) }", id="a block's parameter of the same name"),
    pytest.param("g(source())\nsink(g())", id="the same method, called again"),
    pytest.param("for x in c\n  y = source()\n  sink(x)\nend", id="the variable of a loop"),
    pytest.param("begin\n  source()\nrescue E => x\n  sink(x)\nend", id="the variable of a handler"),
    pytest.param("x = source()\nbegin\n  g()\nensure\n  x = 'a'\nend\nsink(x)", id="ensure cleans"),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
