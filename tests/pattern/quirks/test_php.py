"""What patterns mean in PHP."""

from __future__ import annotations

import pytest
from finding import lines

CODE = r"""
    <p><?php
    namespace Shop\Till;
    use Shop\Goods\Tea as Leaf;

    class Order extends Base implements Payable {
        private $state = "new";
        #[Route("/pay")]
        public function pay(Request $request, ...$rest) {
            return $this->store->save($request);
        }
    }

    function price(&$order) {
        $note = "tea";
        brew($note);
        brew('tea');
        BREW("tea");
        brew("$order cups");
        brew("a" . $order);
        $order->Total(1);
        Till::open($order);
        new Leaf(2);
        new $order;
        echo $order, $note;
        $list = array('a' => 1, 'b' => 2);
        $list = ['b' => 3];
        if ($order) brew(4); else brew(5);
        foreach ($list as $key => $value) { brew($key); }
        $f = fn($x) => brew($x);
        include $_GET['page'];
        @brew(6);
        eval($order);
        $order?->close();
        brew(cups: 7);
        return `ls $order`;
    }
    ?></p>
"""

REPORTS = [
    pytest.param('brew("tea")', [15, 16, 17], id="functions in any case, names with a constant value"),
    pytest.param("brew('...')", [15, 16, 17], id="any text"),
    pytest.param('"...$X..."', [18], id="texts with variables in them"),
    pytest.param('"...{$X}..."', [18], id="texts with code in them"),
    pytest.param("$A . $B", [19], id="texts put together"),
    pytest.param("$O->Total(...)", [20], id="methods"),
    pytest.param("Till::$M(...)", [21], id="methods of a class"),
    pytest.param("new Shop\\Goods\\Tea(...)", [22], id="imported classes by their whole name"),
    pytest.param("new $C(...)", [22, 23], id="any class"),
    pytest.param("echo $...X;", [24], id="echo"),
    pytest.param("[...]", [25, 26], id="both ways to write arrays"),
    pytest.param("array('b' => $X)", [26], id="keys of arrays"),
    pytest.param("[..., 'b' => $X, ...]", [25, 26], id="keys among others"),
    pytest.param("brew(4);", [27], id="a statement that is a branch"),
    pytest.param("if ($C) { ... }", [27], id="branches without brackets"),
    pytest.param("foreach ($L as $K => $V) { ... }", [28], id="loops"),
    pytest.param("include($X)", [30], id="constructs like calls"),
    pytest.param("$_GET[...]", [30], id="variables of the language are no metavariables"),
    pytest.param("eval(...);", [32], id="eval"),
    pytest.param("$O->close()", [33], id="members of what may be null"),
    pytest.param("brew(cups: $X)", [34], id="arguments by name"),
    pytest.param("class $C extends Base { ... }", [5], id="classes by what is above them"),
    pytest.param("$P = 'new'", [6], id="properties with a value"),
    pytest.param("function $F(..., Request $R, ...) { ... }", [7], id="methods by a parameter, from their attribute on"),
    pytest.param("use Shop\\Goods\\Tea;", [3], id="imports"),
    pytest.param("return ...;", [9, 35], id="results"),
]

LEAVES_ALONE = [
    pytest.param("$O->total(...)", id="methods in another case"),
    pytest.param("$_POST[...]", id="another variable of the language"),
    pytest.param("new Tea(...)", id="the end of a class's name"),
    pytest.param("echo ...;\nbrew(...);", id="two statements that do not follow one another"),
    pytest.param("array('a' => 1)", id="fewer elements"),
    pytest.param("class $C extends Payable2 { ... }", id="another base"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("php", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("php", pattern, CODE) == []


def test_branches() -> None:
    code = """
        <?php
        switch ($kind) {
            case 1:
                $sum = split(2);
                brew(1);
                tag($sum);
                break;
        }
        if ($kind) {
        } elseif ($sum) {
        }
        try {
            tag(1);
        } catch (Late $error) {
        }
    """
    assert lines("php", "$S = split(...);\n...\ntag($S);", code) == [4]
    assert lines("php", "if ($C) { ... }", code) == [9, 10]
    assert lines("php", "try { ... } catch ($T $V) { ... }", code) == [12]
