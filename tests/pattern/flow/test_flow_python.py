"""Python: how values go from `source()` to `sink()`. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from flowing import expected, lines

LANGUAGE = "python"


def whole(code: str) -> str:
    """The file of a row: rows are files already."""
    return code


REPORTS = [
    pytest.param("sink(source())  # hit", id="at once"),
    pytest.param("x = source()\nsink(x)  # hit", id="top level"),
    pytest.param("x = source()\ny = x\nz = y\nsink(z)  # hit", id="assignments"),
    pytest.param("def f():\n    x: str = source()\n    sink(x)  # hit", id="assignment with a type"),
    pytest.param("x = y = source()\nsink(x)  # hit\nsink(y)  # hit", id="chained assignment"),
    pytest.param("if (x := source()):\n    sink(x)  # hit", id="assignment in a condition"),
    pytest.param("x = 'a'\nx = source()\nsink(x)  # hit", id="reassignment taints"),
    pytest.param("x = source()\nsink(x)  # hit\nx = 'a'\nsink(x)", id="reassignment comes later"),
    pytest.param("def f(c):\n    x = 'a'\n    if c:\n        x = source()\n    sink(x)  # hit", id="one branch"),
    pytest.param("def f(c):\n    x = source()\n    if c:\n        x = 'a'\n    sink(x)  # hit", id="one branch cleans"),
    pytest.param(
        "def f(c):\n    x = source()\n    if c == 1:\n        x = 'a'\n    elif c == 2:\n        x = 'b'\n    sink(x)  # hit",
        id="branches without else",
    ),
    pytest.param(
        "def f(c):\n    x = source()\n    if c:\n        sink(x)  # hit\n        x = 'a'\n    else:\n        sink(x)  # hit",
        id="in the branches",
    ),
    pytest.param("def f(c):\n    x = 'a'\n    while c:\n        sink(x)  # hit\n        x = source()", id="round the loop"),
    pytest.param(
        "def f(c):\n    x = y = z = 'a'\n    for i in c:\n        sink(z)  # hit\n        z = y\n        y = x\n        x = source()",
        id="round the loop three times",
    ),
    pytest.param("def f(c):\n    x = source()\n    for i in c:\n        x = 'a'\n    sink(x)  # hit", id="a loop may not run"),
    pytest.param("for x in source():\n    sink(x)  # hit", id="element of a loop"),
    pytest.param("for a, b in source():\n    sink(b)  # hit", id="elements of a loop, apart"),
    pytest.param(
        "def f(c):\n    x = 'a'\n    for i in c:\n        x = source()\n        if i:\n            break\n        x = 'a'\n    sink(x)  # hit",
        id="break keeps",
    ),
    pytest.param(
        "def f(c):\n    x = 'a'\n    for i in c:\n        sink(x)  # hit\n        x = source()\n        if i:\n            continue\n        x = 'a'",
        id="continue keeps",
    ),
    pytest.param(
        "def f(c):\n    x = source()\n    if c:\n        return x\n    sink(x)  # hit",
        id="return in a branch goes on in the other",
    ),
    pytest.param(
        "def f(c):\n    x = source()\n    if c:\n        x = 'a'\n        return x\n    sink(x)  # hit",
        id="what cleans returns",
    ),
    pytest.param(
        "def f():\n    x = 'a'\n    try:\n        x = source()\n        g()\n    except E:\n        sink(x)  # hit",
        id="in a handler",
    ),
    pytest.param("def f():\n    try:\n        x = source()\n    finally:\n        sink(x)  # hit", id="in finally"),
    pytest.param(
        "def f():\n    x = 'a'\n    try:\n        g()\n    except E:\n        x = source()\n    sink(x)  # hit",
        id="a handler taints",
    ),
    pytest.param(
        "def f():\n    try:\n        g()\n    except E:\n        pass\n    else:\n        sink(source())  # hit", id="try, else"
    ),
    pytest.param("x = 'a' + source() + 'b'\nsink(x)  # hit", id="concatenation"),
    pytest.param("sink(f'a {source()} b')  # hit", id="interpolation"),
    pytest.param("x = source()\nsink(f'a {x!r:>10} b')  # hit", id="interpolation with a format"),
    pytest.param("sink('a %s' % source())  # hit", id="formatting with a sign"),
    pytest.param("sink('a %s %s' % (1, source()))  # hit", id="formatting with a sign, several"),
    pytest.param("sink('a {}'.format(source()))  # hit", id="formatting with a method"),
    pytest.param("sink('a {b}'.format(b=source()))  # hit", id="formatting with a name"),
    pytest.param("sink(', '.join([source()]))  # hit", id="joining"),
    pytest.param("x = 'a'\nx += source()\nsink(x)  # hit", id="augmented assignment"),
    pytest.param("x = source()\nx += 'a'\nsink(x)  # hit", id="augmented assignment keeps"),
    pytest.param("x = g(source())\nsink(x)  # hit", id="argument to result"),
    pytest.param("x = g(a=source())\nsink(x)  # hit", id="argument with a name to result"),
    pytest.param("x = g(*source())\nsink(x)  # hit", id="spread argument to result"),
    pytest.param("sink(1, source())  # hit", id="second argument"),
    pytest.param("sink(a=source())  # hit", id="argument with a name"),
    pytest.param("sink(*source(), **y)  # hit", id="spread argument"),
    pytest.param("sink(g(h(source())))  # hit", id="call in a call"),
    pytest.param("x = source()\nsink(x.strip().lower())  # hit", id="methods of what is tainted"),
    pytest.param("x = source()\nsink(x.a.b)  # hit", id="fields of what is tainted"),
    pytest.param("x = source()\nsink(x[0])  # hit", id="elements of what is tainted"),
    pytest.param("x = source()\nsink(x[1:3])  # hit", id="slices of what is tainted (more than Semgrep)"),
    pytest.param("def f(a):\n    a.b = source()\n    sink(a.b)  # hit", id="field"),
    pytest.param("def f(a):\n    a.b = source()\n    sink(a)  # hit", id="object with a tainted field"),
    pytest.param("def f(a):\n    a.b.c = source()\n    sink(a.b.c)  # hit\n    sink(a.b.d)", id="field of a field"),
    pytest.param("class A:\n    def f(self):\n        self.x = source()\n        sink(self.x)  # hit", id="field of self"),
    pytest.param("def f(a):\n    a = source()\n    a.b = 'c'\n    sink(a.d)  # hit", id="the other field"),
    pytest.param("def f(a):\n    a['b'] = source()\n    sink(a['b'])  # hit", id="element by key"),
    pytest.param("def f(a):\n    a[0] = source()\n    sink(a[0])  # hit", id="element by index"),
    pytest.param("def f(a, i):\n    a[i] = source()\n    sink(a[i])  # hit", id="element by variable"),
    pytest.param("def f(a):\n    sink(a[source()])  # hit", id="tainted index"),
    pytest.param("x = ['a', source()]\nsink(x)  # hit", id="list"),
    pytest.param("x = {'a': source()}\nsink(x)  # hit", id="dictionary"),
    pytest.param("x = {'a': source()}\nsink(x['a'])  # hit", id="element of a dictionary"),
    pytest.param("x = (1, source())\nsink(x[1])  # hit", id="element of a tuple"),
    pytest.param("a, b = source(), 'c'\nsink(a)  # hit\nsink(b)", id="destructuring, by place (more than Semgrep)"),
    pytest.param("a, b = source()\nsink(b)  # hit", id="destructuring a value"),
    pytest.param("(a, (b, c)) = source()\nsink(c)  # hit", id="destructuring, nested"),
    pytest.param("a, *b = source()\nsink(b)  # hit", id="destructuring, the rest (more than Semgrep)"),
    pytest.param("x = source() if c else 'a'\nsink(x)  # hit", id="ternary, first"),
    pytest.param("x = 'a' if c else source()\nsink(x)  # hit", id="ternary, second"),
    pytest.param("x = source() or 'a'\nsink(x)  # hit", id="or"),
    pytest.param("x = y and source()\nsink(x)  # hit", id="and"),
    pytest.param("x = not source()\nsink(x)  # hit", id="not"),
    pytest.param("x = source() == 1\nsink(x)  # hit", id="comparison"),
    pytest.param("x = [y for y in source()]\nsink(x)  # hit", id="list comprehension"),
    pytest.param("x = {y: 1 for y in source()}\nsink(x)  # hit", id="dictionary comprehension (more than Semgrep)"),
    pytest.param("sink(g(y) for y in source() if y)  # hit", id="generator (more than Semgrep)"),
    pytest.param("x = [sink(y) for y in source()]  # hit", id="sink in a comprehension"),
    pytest.param("x = [z for y in source() for z in y]\nsink(x)  # hit", id="nested comprehension"),
    pytest.param("with source() as x:\n    sink(x)  # hit", id="with"),
    pytest.param("with open(source()) as x:\n    sink(x.read())  # hit", id="with a call"),
    pytest.param("x = source()\nwith g() as y:\n    sink(x)  # hit", id="in with"),
    pytest.param(
        "x = source()\nmatch c:\n    case 1:\n        sink(x)  # hit\n    case _:\n        sink(x)  # hit", id="match, bodies"
    ),
    pytest.param(
        "def f(c):\n    x = 'a'\n    match c:\n        case 1:\n            x = source()\n        case _:\n            x = 'b'\n    sink(x)  # hit",
        id="match, one case",
    ),
    pytest.param("g = lambda: sink(source())  # hit", id="in a lambda"),
    pytest.param("x = source()\ng(lambda y: sink(x))  # hit", id="lambda sees what is around it"),
    pytest.param(
        "def f():\n    x = source()\n    def g():\n        sink(x)  # hit\n    g()", id="nested function (more than Semgrep)"
    ),
    pytest.param("def f(x=source()):\n    sink(x)  # hit", id="default argument"),
    pytest.param("async def f():\n    x = await source()\n    sink(x)  # hit", id="await"),
    pytest.param("def f():\n    x = yield source()\n    sink(source())  # hit", id="generator function"),
    pytest.param("class A:\n    x = source()\n    sink(x)  # hit", id="body of a class"),
    pytest.param("def f():\n    x = source()\n    clean(x)\n    sink(x)  # hit", id="a sanitizer that is not used"),
    pytest.param("x = clean(source()) + source()\nsink(x)  # hit", id="clean and tainted"),
    pytest.param("x = source()\ndel x\nx = source()\nsink(x)  # hit", id="tainted after del"),
    pytest.param("x = source()\nassert x\nsink(x)  # hit", id="after assert"),
    pytest.param("x = source()\nreturn_ = print(sink(x))  # hit", id="sink in a call"),
    pytest.param(
        "def f(c):\n    while True:\n        x = source()\n        if c:\n            break\n    sink(x)  # hit",
        id="out of an endless loop",
    ),
    pytest.param("for i in c:\n    x = source()\nelse:\n    sink(x)  # hit", id="else of a loop"),
    pytest.param("def f():\n    global x\n    x = source()\n    sink(x)  # hit", id="global"),
    pytest.param("def f(c):\n    x = source()\n    if not c:\n        raise E(x)\n    sink(x)  # hit", id="raise in a branch"),
    pytest.param("x = [source()]\nx.append(1)\nsink(x[0])  # hit", id="list that something is put into"),
    pytest.param("x = -source()\nsink(x)  # hit", id="sign"),
    pytest.param("x = {**source()}\nsink(x)  # hit", id="spread in a dictionary"),
    pytest.param("x = A(source())\nsink(x.b)  # hit", id="object made of it"),
]

LEAVES_ALONE = [
    pytest.param("x = source()\nx = 'a'\nsink(x)", id="reassignment cleans"),
    pytest.param("x = source()\ny = 'a'\nsink(y)", id="another variable"),
    pytest.param("sink(x)\nx = source()", id="too early"),
    pytest.param(
        "def f(c):\n    x = source()\n    if c:\n        x = 'a'\n    else:\n        x = 'b'\n    sink(x)",
        id="both branches clean",
    ),
    pytest.param("def f(c):\n    if c:\n        x = source()\n    else:\n        sink(x)", id="the other branch"),
    pytest.param(
        "def f(c):\n    x = 'a'\n    if c:\n        x = source()\n        return x\n    sink(x)", id="what taints returns"
    ),
    pytest.param("def f():\n    x = source()\n    return x\n    sink(x)", id="after return"),
    pytest.param("def f():\n    x = source()\n    raise E(x)\n    sink(x)", id="after raise"),
    pytest.param("def f(c):\n    for i in c:\n        x = source()\n        break\n        sink(x)", id="after break"),
    pytest.param("def f(c):\n    for i in c:\n        x = source()\n        continue\n        sink(x)", id="after continue"),
    pytest.param(
        "def f(c):\n    x = source()\n    try:\n        g()\n    finally:\n        x = 'a'\n    sink(x)", id="finally cleans"
    ),
    pytest.param("x = clean(source())\nsink(x)", id="sanitizer around"),
    pytest.param("x = source()\nsink(clean(x))", id="sanitizer in the sink"),
    pytest.param("x = source()\nx = clean(x)\nsink(x)", id="sanitizer in an assignment"),
    pytest.param("sink(clean('a' + g(source())))", id="sanitizer around a call"),
    pytest.param("def f(a):\n    a.b = source()\n    sink(a.c)", id="the other field"),
    pytest.param("def f(a):\n    a.b = source()\n    a.b = 'c'\n    sink(a.b)", id="field cleaned"),
    pytest.param("def f(a):\n    a = source()\n    a.b = 'c'\n    sink(a.b)", id="field of what is tainted, cleaned"),
    pytest.param("def f(a):\n    a.b = source()\n    a = g()\n    sink(a.b)", id="object replaced"),
    pytest.param("def f(a, b):\n    a.x = source()\n    sink(b.x)", id="field of another"),
    pytest.param("def f(a):\n    a[0] = source()\n    sink(a[1])", id="another index (less than Semgrep)"),
    pytest.param("a, b = source(), 'c'\nsink(b)", id="the clean part of a destructuring (less than Semgrep)"),
    pytest.param("x = (source(), 'a')\nsink(x[1])", id="the clean part of a tuple (less than Semgrep)"),
    pytest.param("x = 'a' if source() else 'b'\nsink(x)", id="condition of a ternary"),
    pytest.param("def f():\n    if source():\n        sink('a')", id="condition"),
    pytest.param("def f():\n    x = source()\n\ndef g():\n    sink(x)", id="another function"),
    pytest.param("x = source()\ndel x\nsink(x)", id="del (less than Semgrep)"),
    pytest.param("def f(x):\n    sink(x)", id="a parameter"),
    pytest.param("g(source())\nsink(g())", id="the same function, called again"),
    pytest.param("def f():\n    return source()\n\nsink(f())", id="through a function of the file"),
    pytest.param("x = source()\nfor x in c:\n    sink(x)", id="the variable of a loop"),
    pytest.param("x = source()\nwith g() as x:\n    sink(x)", id="the variable of with"),
    pytest.param("def f():\n    x = source()\n    def g(x):\n        sink(x)\n    return g", id="a parameter of the same name"),
    pytest.param("x = source()\ng(lambda x: sink(x))", id="a lambda's parameter of the same name"),
    pytest.param("x = source()\nsink('x')", id="the name in a text"),
    pytest.param(
        "def f():\n    x = source()\n    try:\n        g()\n    except E as x:\n        sink(x)", id="the variable of a handler"
    ),
]


@pytest.mark.parametrize("code", REPORTS)
def test_reports(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == expected(whole(code)) != []


@pytest.mark.parametrize("code", LEAVES_ALONE)
def test_leaves_alone(code: str) -> None:
    assert lines(LANGUAGE, whole(code)) == []
