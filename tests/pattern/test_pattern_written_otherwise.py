"""Patterns for what may be written in several ways, or left out. Every row was put to Semgrep, which agrees but where an id says otherwise."""

from __future__ import annotations

import pytest
from finding import lines

SHOP = """
    class Shop {
      void any(Object a, List<String> b) {
        List<String> names = load();
        Map<String, Integer> sizes = load();
        names.add(a);
      }
      static void none() { }
    }
"""
CHOICES = """
    class Choices { void f(int a, int b) {
      if (a) { g(); } else if (b) { h(); }
    } }
"""
MODULES = """
    from .mod import is_q
    from ..up.mod import is_q as iq

    print(is_q)
    print(iq)
"""
ROUTES = """
    a = function (req, res) { f(); };
    function b(req, res) { f(); }
    c = (req, res) => { f(); };
    d = ({ body }, res) => { f(body); };
"""
TEXTS = """
    a("foo")
    b(f"foo")
    c(f"a{x}")
    d("f")
    e(rf"{x}")
"""
CUPS = """
    a = "Profile#{params[:url]}"
    b = "#{params[:url]}/profile"
    c = "plain"
"""
BANK = """
    contract Bank {
      function f() external {
        if (msg.sender != owner) revert NotOwner();
        if (broke) revert("broke");
      }
    }
"""
ACTIONS = """
    object Shop {
      def one() = Action { implicit request: Request[AnyContent] =>
        f(request)
      }
      def two() = Action { request: Request[Text] =>
        g(request)
      }
      def three() = Action { f(1) }
    }
"""
STORE = """
    <?php
    class Store {
      function a($x) { f(); }
      public function b($x) { f(); }
      private function c($x) { f(); }
      static function d($x) { f(); }
    }
"""
LIMITS = """
    package p
    func f(a int, on bool) {
      g(a != 3)
      g(a)
      g(on)
      g(!on)
    }
"""


@pytest.mark.parametrize(
    ("language", "code", "pattern", "expected"),
    [
        pytest.param("java", SHOP, "(List<$T> $X).add($Y)", [5], id="a metavariable in a type"),
        pytest.param("java", SHOP, "(java.util.List<$T> $X) = ...;", [3], id="a qualified type (Semgrep wants it imported)"),
        pytest.param("java", SHOP, "(Map<$K, $V> $X) = ...;", [4], id="two metavariables in a type"),
        pytest.param("java", SHOP, "(Map<$K, $K> $X) = ...;", [], id="the same metavariable twice in a type"),
        pytest.param("java", SHOP, "$T $F(..., $X, ...) { ... }", [2], id="a parameter without a type"),
        pytest.param(
            "java", SHOP, "$F(..., $X, ...) { ... }", [2], id="a method without a type (constructors alone to Semgrep)"
        ),
        pytest.param("java", CHOICES, "if ($A) { ... } else if ($B) { ... }", [2], id="conditions are no parameters"),
        pytest.param("python", MODULES, "$X.is_q", [4, 5], id="a name from a relative path"),
        pytest.param("python", MODULES, "mod.is_q", [], id="a relative path by its last part"),
        pytest.param(
            "javascript", ROUTES, "function ... ($REQ, $RES) {...}", [1, 2, 3, 4], id="any name of a function, or none"
        ),
        pytest.param("javascript", ROUTES, "body", [4, 4], id="a name that an object is taken apart into"),
        pytest.param("python", TEXTS, 'f"..."', [2, 3, 5], id="formatted texts alone"),
        pytest.param("ruby", CUPS, '"...#{...}..."', [1, 2], id="a text with a hole"),
        pytest.param("ruby", CUPS, '"#{...}..."', [2], id="a text that begins with a hole"),
        pytest.param("solidity", BANK, "revert(...);", [3, 4], id="an error that is reverted with"),
        pytest.param("solidity", BANK, "revert $E(...);", [3], id="an error by its name"),
        pytest.param("scala", ACTIONS, "Action { $REQ: Request[$T] => ... }", [2, 5], id="a parameter without brackets"),
        pytest.param("php", STORE, "public function $F(...) {...}", [3, 4, 6], id="public without saying so (all to Semgrep)"),
        pytest.param("php", STORE, "private function $F(...) {...}", [5], id="private (all to Semgrep)"),
        pytest.param("go", LIMITS, "g(($X : bool))", [3, 5, 6], id="comparisons are truth values"),
    ],
)
def test_reports(language: str, code: str, pattern: str, expected: list[int]) -> None:
    assert lines(language, pattern, code) == sorted(set(expected))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param('a = "b" + c\n', [1], id="a literal"),
        pytest.param("a = b + c\n", [], id="nobody knows"),
        pytest.param("def f(b: str): return b + c\n", [], id="another name of the type"),
        pytest.param("def f(b: string): return b + c\n", [1], id="declared"),
    ],
)
def test_literals_have_types(code: str, expected: list[int]) -> None:
    looked_for = "patterns:\n- pattern: $X + $Y\n- metavariable-type: {metavariable: $X, type: string}\n"
    assert lines("python", looked_for, code) == expected
