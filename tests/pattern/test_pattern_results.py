"""What functions return without `return`, in the languages where some do. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = {
    "ruby": """
        def pour(cup)
          log(cup)
          fill(cup)
        end
        def brew(cup)
          if cup
            steep(1)
          else
            name = steep(2)
          end
        end
        def rest(cup)
          case cup
          when 1 then sit(1)
          else sit(2)
          end
        end
        def serve(cup)
          carry(1)
        rescue Late
          carry(2)
        end
        def wash(cup)
          scrub(1)
        ensure
          scrub(2)
        end
        cups.each do |cup|
          dry(cup)
        end
        def stack(cup)
          while cup
            lift(cup)
          end
        end
        def store(cup)
          cup ? shelve(1) : shelve(2)
        end
        def label(cup)
          cup.name = mark(cup)
        end
        def close
        end
    """,
    "rust": """
        fn pour(cup: Cup) -> Tea {
            log(cup);
            fill(cup)
        }
        fn brew(cup: Cup) -> Tea {
            match cup {
                1 => steep(1),
                _ => { steep(2) }
            }
        }
        fn rest(cup: Cup) { if cup { unsafe { sit(1) } } else { sit(2); } }
        fn serve(cups: Cups) -> Cups { cups.map(|cup| carry(cup)) }
        fn wash(cup: Cup) { let clean = scrub(cup); }
        fn store(cup: Cup) { async { shelve(cup) } }
    """,
    "scala": """
        object A {
          def pour(cup: Cup) = fill(cup)
          def brew(cup: Cup) = { log(cup); cup match { case 1 => steep(1); case _ => steep(2) } }
          def rest(cup: Cup) = try { sit(1) } catch { case e: Late => sit(2) }
          def serve(cups: Cups) = { cups.map { cup => carry(cup) } }
          def wash(cup: Cup) = { while (cup) { scrub(cup) } }
          def store(cup: Cup) = { new Shelf(cup) }
        }
    """,
    "javascript": """
        function pour(cup) { fill(cup); }
        each(cups, function (cup) { log(cup); fill(cup); });
        each(cups, function (cup) { if (cup) { steep(1); } else steep(2); });
        each(cups, function (cup) {
            switch (cup) {
                case 1: sit(1); break;
                case 2: sit(2);
                default: sit(3);
            }
        });
        each(cups, function (cup) { try { carry(1); } catch (late) { carry(2); } });
        each(cups, cup => { scrub(cup); });
        each(cups, cup => dry(cup));
        each(cups, function (cup) { new Shelf(cup); });
        each(cups, function (cup) { cup++; });
        each(cups, function (cup) { const a = mark(cup); });
    """,
    "go": """
        package shop
        func pour(cup int) { fill(cup) }
        func serve() {
            go func() { log(); fill(1) }()
            each(func() { if hot { steep(1) } else { steep(2) } })
            each(func() { select { case <-orders: sit(1) } })
            each(func() { cups++ })
            each(func() { for hot { scrub(1) } })
        }
    """,
    "php": """
        <?php
        function pour($cup) { fill($cup); }
        each($cups, function ($cup) { log($cup); fill($cup); });
        each($cups, function ($cup) { switch ($cup) { case 1: sit(1); break; default: sit(2); } });
        each($cups, function ($cup) { new Shelf($cup); });
        each($cups, fn ($cup) => dry($cup));
    """,
    "kotlin": """
        fun pour(cup: Cup): Tea { fill(cup) }
        fun serve() { each { cup -> log(cup)
            fill(cup) } }
        fun rest() { each { if (hot) sit(1) else sit(2) } }
        fun wash() { each { return@each scrub(1) } }
    """,
    "csharp": """
        class A { void M() {
            Each(cup => { Fill(cup); });
            Each(delegate(Cup cup) { Fill(cup); });
        } }
    """,
}

REPORTS = [
    pytest.param("ruby", "return $X", [3, 7, 9, 14, 15, 19, 21, 26, 29], id="ruby, methods and blocks"),
    pytest.param("ruby", "return steep(...)", [7], id="ruby, what is returned"),
    pytest.param("ruby", "return ...", [3, 7, 9, 14, 15, 19, 21, 26, 29], id="ruby, anything"),
    pytest.param("ruby", "def $F($A)\n  ...\n  return fill($A)\nend", [1], id="ruby, in a body"),
    pytest.param("ruby", "log($A)\nreturn $X", [2], id="ruby, in a sequence"),
    pytest.param("ruby", "$C.each do |$V|\n  return dry($V)\nend", [28], id="ruby, in a block"),
    pytest.param("rust", "return $X", [3, 7, 8, 11, 12], id="rust, with and without semicolon"),
    pytest.param("rust", "fn $F(...) -> $T { return $X }", [12], id="rust, in a body"),
    pytest.param("scala", "return $X", [2, 3, 4, 5], id="scala, methods and functions"),
    pytest.param("javascript", "return $X", [2, 3, 6, 8, 11, 13], id="javascript, function expressions"),
    pytest.param("go", "return $X", [4, 5, 6], id="go, functions without a name"),
    pytest.param("php", "return $X;", [3, 4], id="php, functions without a name"),
    pytest.param("kotlin", "return $X", [3], id="kotlin, lambdas"),
    pytest.param("csharp", "return $X;", [3], id="csharp, delegates"),
]

LEAVES_ALONE = [
    pytest.param("ruby", "return", id="ruby, nothing is returned"),
    pytest.param("ruby", "return log(...)", id="ruby, what does not run last"),
    pytest.param("ruby", "return scrub(1)", id="ruby, what something else runs after"),
    pytest.param("ruby", "return lift(...)", id="ruby, loops"),
    pytest.param("ruby", "return shelve(...)", id="ruby, choices"),
    pytest.param("ruby", "return mark(...)", id="ruby, assignments"),
    pytest.param("rust", "return scrub(...)", id="rust, declarations"),
    pytest.param("rust", "return shelve(...)", id="rust, what runs later"),
    pytest.param("scala", "return scrub(...)", id="scala, loops"),
    pytest.param("javascript", "return scrub(...)", id="javascript, arrows with a block"),
    pytest.param("javascript", "return sit(2)", id="javascript, what goes on with the next case"),
    pytest.param("javascript", "return mark(...)", id="javascript, declarations"),
    pytest.param("go", "return scrub(...)", id="go, loops"),
    pytest.param("php", "return dry(...);", id="php, arrows"),
    pytest.param("kotlin", "return scrub(...)", id="kotlin, returns with a label"),
]


@pytest.mark.parametrize(("language", "pattern", "expected"), REPORTS)
def test_reports(language: str, pattern: str, expected: list[int]) -> None:
    assert lines(language, pattern, CODE[language]) == expected


@pytest.mark.parametrize(("language", "pattern"), LEAVES_ALONE)
def test_leaves_alone(language: str, pattern: str) -> None:
    assert lines(language, pattern, CODE[language]) == []


def test_the_place_is_what_is_returned() -> None:
    assert texts("rust", "return steep(...)", CODE["rust"]) == ["steep(1)", "steep(2)"]


@pytest.mark.parametrize(("implicit", "expected"), [("true", [1, 2]), ("false", [1])])
def test_only_where_the_rule_wants_it(implicit: str, expected: list[int]) -> None:
    looked_for = f"patterns:\n- pattern: return $X\noptions: {{implicit_return: {implicit}}}"
    assert lines("ruby", looked_for, "def a() return b end\ndef c() d end\n") == expected
