"""What patterns mean, shown in Python: every line here was put to Semgrep, whose answer is the one that is expected."""

from __future__ import annotations

import pytest
from finding import findings, lines, texts

CALLS = """
    pour()
    pour(1)
    pour(cup=1)
    pour(1, cup=1)
    pour(cup=1, size=2)
    pour(size=2, cup=1)
    pour(*all_cups)
    pour(1, 2, 3)
    pour(**options)
    kettle.pour(1)
    (pour(1))
    pour(1)(2)
    await_pour = [one for one in pour(1)]
"""

PLACES = """
    @pour()
    def one(a=pour(), b: pour() = 1):
        return lambda: pour()
    @pour
    class Two(pour(), kind=pour()):
        size: pour() = 1
    f"tea {pour()}"
    del pour()[0]
    raise pour() from pour()
    rows[pour():pour()]
    {**pour()}
    not_pour()
    x.pour
    "pour()"
    # pour()
"""

ASSIGNMENTS = """
    a = boil()
    a: int = boil()
    a += boil()
    (a := boil())
    a, b = boil(), 2
    kettle.water = boil()
    kettles[0] = boil()
    for a in boil(): pass
    with boil() as a: pass
    a = b = boil()
    call(a=boil())
    a = await boil()
    class Shop:
        tea = boil()
    a, b = boil()
"""

TEXTS = """
    say("tea")
    say('tea')
    say('''tea''')
    say("te" "a")
    say("te" + "a")
    say(f"tea")
    say(f"tea {cup}")
    say("tea" + cup)
    say(cup + "tea")
    say("%s" % cup)
    say("")
    say("tea".upper())
    DRINK = "tea"
    say(DRINK)
    say(r"tea")
    say("coffee")
"""

CONSTANTS = """
    import shop
    DRINK = "tea"
    TWICE = "tea"
    TWICE = "coffee"
    def one():
        say(DRINK)
        say(TWICE)
        drink = "tea"
        say(drink)
        drink = "coffee"
        say(drink)
    def two(warm):
        drink = "tea"
        if warm:
            drink = "coffee"
        say(drink)
    def three(warm):
        if warm:
            drink = "tea"
        else:
            drink = "tea"
        say(drink)
    def four(drink="tea"):
        say(drink)
    def five():
        drink = "tea"
        def inner():
            say(drink)
        later = lambda: say(drink)
        drink += "!"
        say(drink)
    class Shop:
        drink = "tea"
        def serve(self):
            say(drink)
            say(self.drink)
    def six(cups):
        drink = "tea"
        for cup in cups:
            say(drink)
            drink = cup
        other = drink
    def seven():
        other = 'tea'
        another = other
        say(another)
        count(1 + 2)
        number = 3
        count(number)
        say("tea" if number else "tea")
        say(shop.DRINK)
"""

STATEMENTS = """
    def one():
        open_it()
        stir()
        close_it()
    def two():
        open_it()
        if warm:
            close_it()
        else:
            stir()
    def three():
        close_it()
        open_it()
    def four():
        open_it()
        def later():
            close_it()
    def five():
        try:
            open_it()
        finally:
            close_it()
    def six():
        open_it()
        close_it()
    def seven():
        x = open_it()
        return close_it()
"""

BODIES = """
    def one(): pass
    def two():
        boil()
    def three():
        boil()
        pour()
    def four():
        pour()
        boil()
    def five():
        '''Words.'''
        boil()
    async def six():
        boil()
    if warm:
        boil()
    if warm:
        boil()
    else:
        pour()
    if warm:
        boil()
    elif cold:
        pour()
    while warm:
        boil()
        pour()
"""

DEFINITIONS = """
    def plain(): pass
    def one(cup): pass
    def two(cup, size=1): pass
    def typed(cup: Cup, *rest, size: int = 1, **more) -> Tea: return cup
    async def later(): pass
    @serve
    def decorated(): pass
    @serve(1)
    def called(): pass
    @serve
    @warm.up
    def both(): pass
    named = lambda cup: cup
    class Tea: pass
    class Green(Tea): pass
    class Mixed(Tea, Milk, kind=Meta):
        warm = True
        def pour(self): pass
        size = 2
    @serve
    class Shop(Milk, Tea): pass
"""

IMPORTS = """
    import tea
    import tea, milk
    import tea as t
    import tea.green
    from tea import green
    from tea import green as g
    from tea.green import leaf
    from tea import *
    import teapot
    import tea.green as h
"""

ALIASES = """
    import tea.cup as t
    from tea.cup import pour
    from tea import cup as c
    from tea.cup import pour as p
    import tea
    t.pour(1)
    pour(2)
    c.pour(3)
    p(4)
    tea.cup.pour(5)
    cup.pour(6)
    other.pour(7)
    tea.cup.spill(8)
"""

OPERATORS = """
    "a" + x
    x + "a"
    x + y + "a"
    x and y
    y and x
    x or y
    1 | 2
    x == x
    x == y
    1 == 0x1
    "a" == 'a'
    x is not None
    not x is None
    x not in y
    x < y < z
    f(1, 2) == f(1, 2)
    f(a=1, b=2) == f(b=2, a=1)
    (x) == x
"""

TRIES = """
    try: boil()
    except Dry: pour()
    try: boil()
    except Dry as e: pour()
    try: boil()
    except: pour()
    try: boil()
    except (Dry, Hot): pour()
    try: boil()
    except Dry: pour()
    except Hot: stir()
    try: boil()
    except Dry: pour()
    finally: close()
    try: boil()
    finally: close()
"""

WITHS = """
    with kettle(1) as k: pour()
    with kettle(2): pour()
    with kettle(3) as k, lid(4) as l: pour()
    with lock, kettle(5) as k: pour()
    async with kettle(6) as k: pour()
    for cup in cups: pour()
    async for cup in cups: pour()
    for cup in cups: pour()
    else: stir()
    for a, b in cups: pour()
    [cup for cup in cups]
    [cup for cup in cups if cup]
    total(cup for cup in cups)
"""

RETURNS = """
    def one(): return
    def two(): return 1
    def three(): return None
    def four(): yield 1
    def five(): yield
    six = lambda: 5
    def seven(): return stir(1)
    def eight(): return call(lambda: stir(2))
"""

DEEP = """
    if stir(1) or x: pass
    if x and (y or stir(2)): pass
    if x: stir(3)
    call(stir(4))
    call([stir(5)], 1)
    call(lambda: stir(6))
    a = 1 + stir(7)
    other(stir(8))
    stir(9).z()
"""

LITERALS = """
    fill([])
    fill([1])
    fill([1, 2])
    fill({})
    fill({"a": 1})
    fill({"b": 2, "a": 1})
    fill({1, 2})
    fill(())
    fill((1, 2))
    fill(True)
    fill(None)
    fill(1.0)
    fill(1)
    fill(-1)
"""

BINDINGS = """
    def one():
        cup = source()
        sink(cup)
    def two():
        cup = source()
        def inner():
            cup = clean()
            sink(cup)
        return inner
    def three():
        cup = source()
        sink(other)
    def four():
        cup = source()
        rows = [sink(cup) for cup in rows]
    def five():
        cup = source()
        rows = lambda cup: sink(cup)
    GLOBAL = source()
    def six():
        sink(GLOBAL)
    twice(a, a)
    twice(a, b)
    twice(1 + x, 1+x)
    many(1, 2); again(1, 2)
    many(1, 2); again(2, 1)
"""


def case(code: str, pattern: str, expected: list[int], id_: str) -> object:
    return pytest.param(pattern, code, expected, id=id_)


REPORTS = [
    # Calls and their arguments.
    case(CALLS, "pour()", [1], "no arguments"),
    case(CALLS, "pour(...)", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13], "any arguments"),
    case(CALLS, "pour(1)", [2, 11, 12, 13], "exact arguments"),
    case(CALLS, "pour($X)", [2, 7, 9, 11, 12, 13], "one argument, starred too"),
    case(CALLS, "pour($X, ...)", [2, 4, 7, 8, 9, 11, 12, 13], "a first argument"),
    case(CALLS, "pour(..., 3)", [8], "a last argument"),
    case(CALLS, "pour(..., 2, ...)", [8], "an argument somewhere"),
    case(CALLS, "pour(cup=1)", [3], "a keyword alone"),
    case(CALLS, "pour(cup=1, size=2)", [5, 6], "keywords in any order"),
    case(CALLS, "pour(..., cup=1, ...)", [3, 4, 5, 6], "a keyword somewhere"),
    case(CALLS, "pour(cup=1, ...)", [3, 4, 5, 6], "a keyword and more"),
    case(CALLS, "pour(1, cup=1)", [4], "both sorts of arguments"),
    case(CALLS, "pour(..., $K=2, ...)", [5, 6], "the name of a keyword"),
    case(CALLS, "pour(*$X)", [7], "a star"),
    case(CALLS, "pour(..., **$X)", [9], "two stars"),
    case(CALLS, "pour($...ARGS)", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13], "all arguments at once"),
    case(CALLS, "pour(1, $...ARGS, cup=1)", [4], "arguments between"),
    case(CALLS, "$F(2)", [12], "any function"),
    case(CALLS, "$O.pour(...)", [10], "a method"),
    case(PLACES, "pour()", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "wherever an expression stands"),
    # Assignments.
    case(ASSIGNMENTS, "$X = boil()", [1, 2, 4, 5, 6, 7, 10, 14, 15], "what gives a value"),
    case(ASSIGNMENTS, "a = boil()", [1, 2, 4, 5], "what gives a name a value"),
    case(ASSIGNMENTS, "($X := boil())", [1, 2, 4, 5, 6, 7, 10, 14, 15], "the walrus is no other thing"),
    case(ASSIGNMENTS, "$X += boil()", [3], "adding"),
    case(ASSIGNMENTS, "$X: int = boil()", [2], "with a type"),
    case(ASSIGNMENTS, "$A, $B = boil()", [10, 15], "two names"),
    case(ASSIGNMENTS, "kettle.$F = boil()", [6], "a member"),
    case(ASSIGNMENTS, "$X = await boil()", [12], "awaited"),
    case(ASSIGNMENTS, "call($K=boil())", [11], "a keyword is no assignment"),
    # Texts.
    case(TEXTS, 'say("tea")', [1, 2, 3, 4, 5, 6, 14, 15], "a text however it is written"),
    case(TEXTS, 'say("...")', [1, 2, 3, 4, 5, 6, 11, 14, 15, 16], "any text"),
    case(TEXTS, 'say("=~/^t/")', [1, 2, 3, 4, 5, 6, 14, 15], "a text like an expression"),
    case(TEXTS, 'say(f"...")', [6, 7], "any f-string"),
    case(TEXTS, 'say(f"...{$X}...")', [7], "an f-string with a hole"),
    case(TEXTS, 'say("..." + $X)', [5, 8], "a text and something"),
    case(TEXTS, 'say("..." % $X)', [10], "formatted"),
    case(TEXTS, 'say("")', [11], "the empty text"),
    # Constants.
    case(CONSTANTS, 'say("tea")', [6, 9, 22, 29, 46, 50], "names that hold a text"),
    case(CONSTANTS, "count(3)", [47, 49], "names and sums that are a number"),
    case(CONSTANTS, "say(shop.DRINK)", [51], "a name of another module is not looked up"),
    # Statements.
    case(STATEMENTS, "open_it()\n...\nclose_it()", [2, 6, 15, 24, 27], "one after the other, blocks entered"),
    case(STATEMENTS, "open_it()\nclose_it()", [24, 27], "directly after"),
    case(STATEMENTS, "def $F():\n    ...\n    close_it()", [1, 5, 11, 14, 16, 18, 23, 26], "somewhere in a body"),
    case(STATEMENTS, "$X = open_it()\n...\nreturn $Y", [27], "different statements"),
    case(STATEMENTS, "if $X:\n    ...\n    close_it()", [7], "in a branch"),
    # Bodies.
    case(BODIES, "def $F():\n    boil()", [2, 13], "exactly this body"),
    case(BODIES, "def $F(): pass", [1], "a body of one word"),
    case(BODIES, "def $F():\n    ...\n    boil()\n    ...", [2, 4, 7, 10, 13], "somewhere, more behind"),
    case(BODIES, "def $F():\n    boil()\n    ...", [2, 4, 13], "at the start"),
    case(BODIES, "def $F():\n    $A\n    $B", [4, 7, 10], "two statements"),
    case(BODIES, "if $X:\n    boil()", [15, 17, 21], "whatever the else"),
    case(BODIES, "if $X:\n    boil()\nelse:\n    pour()", [17], "with its else"),
    case(BODIES, "if $X: ...\nelif $Y: ...", [21], "with its elif"),
    case(BODIES, "if ...:\n    ...", [15, 17, 21, 23], "any condition"),
    case(BODIES, "while $X: ...", [25], "a loop"),
    # Definitions.
    case(DEFINITIONS, "def $F(...): ...", [1, 2, 3, 4, 5, 6, 8, 10, 18], "any function, from its first decorator"),
    case(DEFINITIONS, "def $F(): ...", [1, 5, 6, 8, 10], "no parameters"),
    case(DEFINITIONS, "def $F($P): ...", [2, 18], "one parameter"),
    case(DEFINITIONS, "def $F(..., $P=$D, ...): ...", [3, 4], "a default"),
    case(DEFINITIONS, "def $F(..., $P: int, ...): ...", [4], "a type, whatever the default"),
    case(DEFINITIONS, "def $F(..., *$P, ...): ...", [4], "a star among the parameters"),
    case(DEFINITIONS, "def $F(...) -> $T: ...", [4], "a type of the result"),
    case(DEFINITIONS, "async def $F(...): ...", [5], "only async"),
    case(DEFINITIONS, "@serve\ndef $F(...): ...", [6, 10], "a decorator among others"),
    case(DEFINITIONS, "@serve(...)\ndef $F(...): ...", [6, 8, 10], "a decorator, called or not"),
    case(DEFINITIONS, "@serve(1)\ndef $F(...): ...", [8], "what a decorator is called with"),
    case(DEFINITIONS, "lambda $X: $Y", [13], "a lambda"),
    case(DEFINITIONS, "class $C: ...", [14, 15, 16, 20], "any class"),
    case(DEFINITIONS, "class $C(...): ...", [14, 15, 16, 20], "any class with any bases"),
    case(DEFINITIONS, "class $C(Tea): ...", [15, 16], "the first base"),
    case(DEFINITIONS, "class $C(..., Tea): ...", [15, 16, 20], "a base somewhere"),
    case(DEFINITIONS, "class $C(Tea, Milk): ...", [16], "bases in their order"),
    case(DEFINITIONS, "class $C:\n    size = 2\n    warm = True", [16], "members in any order, others between"),
    case(DEFINITIONS, "class $C(...):\n    def pour(...): ...", [16], "a method among other members"),
    # Imports.
    case(IMPORTS, "import tea", [1, 2, 3, 4, 5, 6, 7, 8, 10], "a module, or anything in it"),
    case(IMPORTS, "import tea.green", [4, 5, 6, 7, 10], "a module in a package"),
    case(IMPORTS, "from tea import green", [4, 5, 6, 7, 10], "the same, written the other way"),
    case(IMPORTS, "import tea as t", [3], "with this other name"),
    case(ALIASES, "tea.cup.pour(...)", [6, 7, 8, 9, 10], "a function under all its names"),
    case(ALIASES, "tea.cup.$F(...)", [6, 7, 8, 9, 10, 13], "any function of a module"),
    case(ALIASES, "pour(2)", [7], "the local name"),
    # Operators.
    case(OPERATORS, '"..." + $X', [1], "a text on the left"),
    case(OPERATORS, '$X + "..."', [2, 3], "a text on the right"),
    case(OPERATORS, "x and y", [4], "operands in their order"),
    case(OPERATORS, "x and ...", [4], "the first of several operands"),
    case(OPERATORS, "2 | 1", [7], "bits in any order"),
    case(OPERATORS, "$X == $X", [8, 10, 11, 16, 18], "the same twice, however it is written"),
    case(OPERATORS, "$A is not None", [12], "an operator of two words"),
    case(OPERATORS, "not $A is None", [13], "negated"),
    case(OPERATORS, "$A not in $B", [14], "not in"),
    # try, with, for.
    case(TRIES, "try: ...\nexcept $E: ...", [1, 9], "a handler of one type, among others"),
    case(TRIES, "try: ...\nexcept $E as $N: ...", [3], "a handler with a name"),
    case(TRIES, "try: ...\nexcept: ...", [5], "a handler of everything"),
    case(TRIES, "try: ...\nexcept Hot: stir()\nexcept Dry: pour()", [9], "handlers in any order"),
    case(TRIES, "try: ...\nfinally: ...", [12, 15], "what is done finally, whatever is handled"),
    case(WITHS, "with kettle(...) as $K: ...", [1, 3, 4, 5], "what is entered, among others"),
    case(WITHS, "with kettle(...): ...", [2], "without a name"),
    case(WITHS, "async with kettle(...) as $K: ...", [5], "only async"),
    case(WITHS, "with kettle(...) as $K, lid(...) as $L: ...", [3], "two at once"),
    case(WITHS, "for $X in $Y: ...", [6, 7, 8, 10], "any loop"),
    case(WITHS, "for $X, $Z in $Y: ...", [10], "two names in a loop"),
    case(WITHS, "for $X in $Y:\n    pour()", [6, 7, 8, 10], "whatever the else of a loop"),
    case(WITHS, "[$A for $X in $Y if $C]", [12], "a comprehension with a condition"),
    # return.
    case(RETURNS, "return", [1], "nothing"),
    case(RETURNS, "return $X", [2, 3, 6, 7, 8], "something, by a lambda too"),
    case(RETURNS, "return ...", [1, 2, 3, 6, 7, 8], "whatever"),
    case(RETURNS, "return None", [3], "None"),
    case(RETURNS, "yield $X", [4], "yielded"),
    case(RETURNS, "return <... stir(...) ...>", [7, 8], "somewhere in it"),
    # <... ...>
    case(DEEP, "if <... stir(...) ...>: ...", [1, 2], "somewhere in a condition"),
    case(DEEP, "call(<... stir(...) ...>)", [4, 6], "somewhere in the argument"),
    case(DEEP, "call(..., <... stir(...) ...>, ...)", [4, 5, 6], "somewhere in some argument"),
    case(DEEP, "$X = <... stir(...) ...>", [7], "somewhere in a value"),
    # Literals.
    case(LITERALS, "fill([...])", [1, 2, 3], "any list"),
    case(LITERALS, "fill([1, ...])", [2, 3], "a list that begins so"),
    case(LITERALS, 'fill({..., "a": 1, ...})', [5, 6], "an entry of a dict"),
    case(LITERALS, "fill({...})", [4, 5, 6, 7], "any dict or set"),
    case(LITERALS, "fill(True)", [10], "True"),
    case(LITERALS, "fill(1)", [13], "a whole number"),
    # Metavariables.
    case(BINDINGS, "$X = source()\n...\nsink($X)", [2, 19], "the same variable"),
    case(BINDINGS, "twice($X, $X)", [22, 24], "the same expression"),
    case(BINDINGS, "twice($_, $_)", [22, 23, 24], "the name that stands for nothing"),
    case(BINDINGS, "many($...A)\nagain($...A)", [25], "the same arguments"),
]

LEAVES_ALONE = [
    case("pour(1, 2)\n", "pour($X)", [], "more arguments"),
    case("pour(a=1)\n", "pour($X)", [], "a keyword is no argument of the metavariable"),
    case("pour(1)\n", "pour(x=1)", [], "an argument is no keyword"),
    case("kettle.pour()\n", "pour()", [], "a method is no function"),
    case("pour = 1\n", "pour()", [], "a name is no call"),
    case("@pour(1)\ndef f(): pass\n", "@pour\ndef $F(...): ...", [], "a decorator that is called with something"),
    case("x += boil()\n", "x = boil()", [], "adding is no assignment"),
    case("for x in boil(): pass\n", "$X = boil()", [], "a loop is no assignment"),
    case('say("tea".lower())\n', 'say("...")', [], "what is made of a text"),
    case('say(f"tea {cup}")\n', 'say("...")', [], "a text with a hole"),
    case('say("b" + cup)\n', 'say("...")', [], "a text and a name"),
    case("say(b)\n", 'say("b")', [], "a name nobody gave a value"),
    case('def f(b="t"):\n    say(b)\n', 'say("t")', [], "a default is no constant"),
    case('b = "t"\ndef f(b):\n    say(b)\n', 'say("t")', [], "a parameter hides a constant"),
    case('def f():\n    for b in c:\n        b = "t"\n    say(b)\n', 'say("t")', [], "what a loop may have changed"),
    case("def f():\n    '''Words.'''\n    boil()\n", "def $F():\n    boil()", [], "the docstring is a statement"),
    case("def f():\n    boil()\n    pour()\n", "def $F():\n    boil()", [], "more statements"),
    case("def f(a): pass\n", "def $F(): ...", [], "a parameter too many"),
    case("def f(): pass\n", "async def $F(): ...", [], "not async"),
    case("f = lambda: 1\n", "def $F(...): ...", [], "a lambda is no def"),
    case("class A(Milk, Tea): pass\n", "class $C(Tea): ...", [], "another base in front"),
    case("class A(Milk, Tea): pass\n", "class $C(Tea, Milk): ...", [], "bases in another order"),
    case("import teapot\n", "import tea", [], "a longer name"),
    case("from pot import tea\n", "import tea", [], "another module's"),
    case("import tea\n", "import tea as t", [], "no other name"),
    case("import os.path\n", "os.path", [], "an import is no expression"),
    case("y and x\n", "x and y", [], "`and` the other way round"),
    case("x < y < z\n", "$A < $B", [], "a chain of comparisons"),
    case("1 == 1.0\n", "$X == $X", [], "another sort of number"),
    case("f(a=1, b=2) == f(b=2, a=1)\n", "$X == $X", [], "keywords in another order are something else"),
    case("try: a()\nexcept E: b()\nelse: c()\n", "try: ...\nexcept $E: ...", [], "an else that the pattern lacks"),
    case("try: a()\nexcept E: b()\nfinally: c()\n", "try: ...\nexcept $E: ...", [], "a finally that the pattern lacks"),
    case("with a: b()\n", "with $X as $Y: ...", [], "no name is given"),
    case("with a: b()\n", "async with $X: ...", [], "a plain `with` is not async"),
    case("def f(): return\n", "return $X", [], "nothing is returned"),
    case("if x: boil()\n", "if <... boil() ...>: ...", [], "a condition without it"),
    case("if boil(): pass\n", "boil()\n...\npour()", [], "a condition is no statement"),
    case("twice(a, b)\n", "twice($X, $X)", [], "two things"),
    case("twice('a', a)\n", "twice($X, $X)", [], "a text is no name"),
    case("many(1, 2)\nagain(2, 1)\n", "many($...A)\nagain($...A)", [], "other arguments"),
    case("fill([1, 2])\n", "fill([1])", [], "a longer list"),
    case("fill((1,))\n", "fill([...])", [], "a tuple is no list"),
]

RULES = [
    pytest.param(
        "outer(inner(1))\nouter(2)\n",
        "patterns:\n- pattern: outer(...)\n- pattern-not: outer(inner(...))",
        ["outer(2)"],
        id="not the same place",
    ),
    pytest.param(
        "outer(inner(1))\n",
        "patterns:\n- pattern: outer(...)\n- pattern-not: inner(...)",
        ["outer(inner(1))"],
        id="not a smaller place",
    ),
    pytest.param(
        "x = outer(1)\n",
        "patterns:\n- pattern: outer(...)\n- pattern-not: $Y = outer(...)",
        ["outer(1)"],
        id="not a larger place",
    ),
    pytest.param(
        "outer(inner(1))\ninner(2)\n",
        "patterns:\n- pattern: inner(...)\n- pattern-not-inside: outer(...)",
        ["inner(2)"],
        id="not inside",
    ),
    pytest.param(
        "outer(1)\n", "patterns:\n- pattern: outer(...)\n- pattern-not-inside: outer(...)", [], id="a place is inside of itself"
    ),
    pytest.param(
        "outer(inner(1))\nouter(2)\n",
        "patterns:\n- pattern: outer(...)\n- pattern-not-regex: inner",
        ["outer(2)"],
        id="not a place that holds it",
    ),
    pytest.param(
        "outer(inner(1))\n",
        "patterns:\n- pattern: inner(...)\n- pattern-not-regex: 'outer\\(inn'",
        ["inner(1)"],
        id="what overlaps stays",
    ),
    pytest.param(
        "outer(inner(1))\n",
        "patterns:\n- pattern: outer(...)\n- pattern: inner(...)",
        ["inner(1)"],
        id="the smaller of two places",
    ),
    pytest.param(
        "outer(inner(1))\n", "patterns:\n- pattern: inner(...)\n- pattern: outer(...)", ["inner(1)"], id="in either order"
    ),
    pytest.param(
        "outer(inner(1))\n", "patterns:\n- pattern: outer(...)\n- pattern-regex: inn", ["inn"], id="an expression in a place"
    ),
    pytest.param("outer(1)\n", "patterns:\n- pattern-inside: outer(...)", ["outer(1)"], id="inside alone"),
    pytest.param("f(a, b)\n", "patterns:\n- pattern: f($X, ...)\n- focus-metavariable: $X", ["a"], id="a metavariable's place"),
    pytest.param(
        "f(a, b)\n", "patterns:\n- pattern: f($X, $Y)\n- focus-metavariable: [$X, $Y]", ["a", "b"], id="the places of two"
    ),
    pytest.param(
        "f(a, b)\n",
        "patterns:\n- pattern: f($X, $Y)\n- focus-metavariable: $X\n- focus-metavariable: $Y",
        [],
        id="the place that two share",
    ),
    pytest.param(
        "f(bar(1))\nf(2)\n",
        "patterns:\n- pattern: f($X)\n- metavariable-pattern: {metavariable: $X, pattern: bar(...)}",
        ["f(bar(1))"],
        id="what a metavariable is",
    ),
    pytest.param(
        "f([bar(1)])\n",
        "patterns:\n- pattern: f($X)\n- metavariable-pattern: {metavariable: $X, pattern: bar(...)}",
        ["f([bar(1)])"],
        id="what is in a metavariable",
    ),
    pytest.param(
        "f(bar(1))\nf([bar(1)])\n",
        "patterns:\n- pattern: f($X)\n- metavariable-pattern: {metavariable: $X, patterns: [{pattern-not: bar(...)}]}",
        ["f([bar(1)])"],
        id="what a metavariable is not, as a whole",
    ),
    pytest.param(
        "f(abc)\nf(xabc)\n",
        "patterns:\n- pattern: f($X)\n- metavariable-regex: {metavariable: $X, regex: abc}",
        ["f(abc)"],
        id="an expression at the start of the text",
    ),
    pytest.param(
        "f('abc')\n",
        "patterns:\n- pattern: f($X)\n- metavariable-regex: {metavariable: $X, regex: abc}",
        [],
        id="quotes are a part of the text",
    ),
    pytest.param(
        "f('abc')\n",
        'patterns:\n- pattern: f("$X")\n- metavariable-regex: {metavariable: $X, regex: abc}',
        ["f('abc')"],
        id="the content of a text",
    ),
    pytest.param(
        "n = 3\nf(n)\nf(5)\n",
        "patterns:\n- pattern: f($X)\n- metavariable-comparison: {metavariable: $X, comparison: $X < 4}",
        ["f(n)"],
        id="a comparison with a constant",
    ),
    pytest.param(
        "b and a\n",
        "patterns:\n- pattern: a and b\noptions: {commutative_boolop: true}",
        ["b and a"],
        id="operands in any order on demand",
    ),
    pytest.param(
        "b = 't'\nf(b)\n",
        'patterns:\n- pattern: f("...")\noptions: {constant_propagation: false}',
        [],
        id="no constants on demand",
    ),
    pytest.param(
        "a: int = f()\nb = f()\n",
        "patterns:\n- pattern: $X = f()\noptions: {vardef_assign: false}",
        ["b = f()"],
        id="no declarations on demand",
    ),
    pytest.param("(f(1))\n", "f($X)", ["(f(1))"], id="brackets belong to an expression"),
    pytest.param("for a in b: c()\nelse: d()\n", "for $X in $Y: ...", ["for a in b: c()"], id="a loop ends with its body"),
    pytest.param("with a as b: c()\n", "with $X as $Y: ...", ["a as b: c()"], id="a with begins with what is entered"),
    pytest.param("if a: b()\nelse: c()\n", "if $X: ...", ["if a: b()\nelse: c()"], id="an if ends with its else"),
]


@pytest.mark.parametrize(("pattern", "code", "expected"), REPORTS)
def test_reports(pattern: str, code: str, expected: list[int]):
    assert lines("python", pattern, code) == expected


@pytest.mark.parametrize(("pattern", "code", "expected"), LEAVES_ALONE)
def test_leaves_alone(pattern: str, code: str, expected: list[int]):
    assert lines("python", pattern, code) == expected


@pytest.mark.parametrize(("code", "rule", "expected"), RULES)
def test_places(code: str, rule: str, expected: list[str]):
    assert texts("python", rule, code) == expected


def test_the_message_says_what_a_metavariable_stands_for():
    [finding] = findings("python", "$F($X, $...REST)", "pour(cup, 1, 2)\n", "$F of $X with $...REST")
    assert finding.message == "pour of cup with 1, 2"


def test_an_expression_inside_of_a_metavariable_takes_it_for_the_whole_text():
    looked_for = r"""
      patterns:
        - pattern: f($X)
        - pattern-not-regex: \Asecret
        - metavariable-pattern:
            metavariable: $X
            pattern-regex: \Asecret
    """
    assert lines("python", looked_for, "secret = 1\nf(secret)\nf(a, secret)\n") == [2]
