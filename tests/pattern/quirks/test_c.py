"""What patterns mean in C and C++."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    #include <barn.h>
    #define SACKS 3
    static const char *label = "rye";
    int mill(char *grain, int weight) {
      char sack[10], *rest = malloc(3), mark;
      unsigned int turns = 1;
      struct Wheel *wheel = (struct Wheel *) malloc(sizeof(struct Wheel));
      grind(rest);
      grind(sack);
      grind(weight);
      wheel->speed = 2;
      (*wheel).speed = 3;
      box.speed = 4;
      for (int i = 0; i < SACKS; i++) { lift(i); drop(i); }
      if (weight > 7) stop(); else { run(); }
      while (turns) { turns--; }
      weight += 1;
      weigh(&box, *rest, sack[1], "a" "b");
      switch (weight) { case 1: rinse(); dry(); break; default: rest(); }
    #ifdef WET
      dry(rest);
    #endif
      free(wheel);
      return (weight);
    }
    void dust(void);
"""

REPORTS = [
    pytest.param("int $F(...) { ... }", [4], id="a function by its type"),
    pytest.param("$T $F(char *$P, ...) { ... }", [4], id="a parameter that points"),
    pytest.param("#include <barn.h>", [1], id="what is included"),
    pytest.param("#include <$H>", [1], id="whatever is included"),
    pytest.param('$T *$X = "...";', [3], id="a pointer, its modifiers aside"),
    pytest.param("char $X[$N];", [5], id="an array, one of several in a declaration"),
    pytest.param("$T $X[$N]", [5], id="the same without its semicolon"),
    pytest.param("$X = malloc(...)", [5, 7], id="a value, casts aside"),
    pytest.param("$X = (struct Wheel *) malloc(...);", [7], id="a cast to a type"),
    pytest.param("grind((int $X))", [10], id="an argument by its type"),
    pytest.param("$W->speed", [11, 12], id="members by an arrow, the same with a star"),
    pytest.param("(*$W).speed", [11, 12], id="members by a star, the same with an arrow"),
    pytest.param("box.speed", [13], id="a member"),
    pytest.param("for (...) { ... }", [14], id="any loop"),
    pytest.param("lift(...);\n...\ndrop(...);", [14], id="statements of a loop"),
    pytest.param("if ($C) { ... } else { ... }", [15], id="branches, with braces or not"),
    pytest.param("$X--", [16], id="counting down"),
    pytest.param("$X += $Y", [17], id="an assignment that adds"),
    pytest.param("weigh(&$X, ...)", [18], id="an address"),
    pytest.param("$A[1]", [18], id="an element"),
    pytest.param('weigh(..., "ab")', [18], id="texts side by side"),
    pytest.param("rinse();\n...\nbreak;", [19], id="statements of a case"),
    pytest.param("case $N: ...", [19], id="a case"),
    pytest.param("dry(rest);\n...\nfree($W);", [21], id="statements between directives"),
    pytest.param("return $X;", [24], id="a value in brackets"),
    pytest.param("struct Wheel *$X = $V;", [7], id="a struct by its name"),
]

LEAVES_ALONE = [
    pytest.param("box->speed", id="no arrow"),
    pytest.param("int $X[$N];", id="another type"),
    pytest.param("++$X", id="counting up, before"),
    pytest.param("$X = 0", id="the variable of a loop"),
    pytest.param("void $F(...) { ... }", id="a function without its body"),
    pytest.param('grind("...")', id="no text"),
    pytest.param("drop(...);\n...\nlift(...);", id="another order"),
    pytest.param("#include <house.h>", id="another file"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("c", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("c", pattern, CODE) == []


STATES = """
    int lamp(int state, char *oil);
    int gate(int state, char *oil) {
      char wick[8];
      char name[] = "brass";
      int height;
      int width = 3;
      switch (state) { case 1: open(); case 2: shut(); break; }
      switch (state) { case 1: case 2: shut(); break; default: wait(); }
      switch (state) { }
      if (state) ;
      if (state == width) { shut(); }
      fill((long) height);
      fill(height);
      empty(height);
      empty((long) height);
      wait(state && state);
      wait(width * height);
      print(oil);
    }
"""

STATES_REPORTS = [
    pytest.param("switch ($S) { }", [7, 8, 9], id="any switch"),
    pytest.param("switch ($S) { default: ... }", [8], id="a switch with a default"),
    pytest.param("switch ($S) { case 2: ... }", [7], id="a case among others"),
    pytest.param("switch ($S) { case 2: ... case 1: ... }", [7], id="cases in any order"),
    pytest.param("switch ($S) { case 1: ... break; }", [8], id="a case with further labels"),
    pytest.param("switch ($S) { case 1: case 2: ... }", [8], id="labels that share statements"),
    pytest.param("switch ($S) { case $A: ... break; }", [7, 8], id="what a case ends with"),
    pytest.param("$T $F(...);", [1], id="a function without a body"),
    pytest.param("$T $F(...) { ... }", [2], id="a function with a body"),
    pytest.param("$T $X[$N];", [3], id="an array with a size"),
    pytest.param("$T $X[] = ...;", [4], id="an array without a size"),
    pytest.param("$T $X = ...;", [4, 6], id="a variable with a value"),
    pytest.param("if ($X);", [10], id="nothing to do"),
    pytest.param("empty($X);\n...\nempty($X);", [14], id="the same, cast"),
    pytest.param("($A && $A)", [16], id="an operator that looks like a type"),
    pytest.param("($A * $B)", [17], id="a product that looks like a type"),
    pytest.param("(char *$P)", [4, 18], id="a variable by its type, not where it is declared"),
    pytest.param("oil", [18], id="a name, not where it is declared"),
]


@pytest.mark.parametrize(("pattern", "expected"), STATES_REPORTS)
def test_reports_of_states(pattern: str, expected: list[int]) -> None:
    assert lines("c", pattern, STATES) == expected


STATES_LEAVES_ALONE = [
    pytest.param("switch ($S) { case 1: open(); break; }", id="a case with other statements"),
    pytest.param("switch ($S) { case 3: ... }", id="no such case"),
    pytest.param("switch ($S) { case $X: wait(); }", id="a default is no case"),
    pytest.param("int $X[] = ...;", id="no array"),
    pytest.param("($A == $A)", id="other operands"),
]


@pytest.mark.parametrize("pattern", STATES_LEAVES_ALONE)
def test_leaves_states_alone(pattern: str) -> None:
    assert lines("c", pattern, STATES) == []


def test_c_that_only_the_other_grammar_reads_is_looked_at() -> None:
    code = """
        class Barn { public: int sacks; };
        void say(void) {
          rest = malloc(8);
        }
    """
    assert lines("c", "$X = malloc(...)", code) == [3]


CPP = """
    #include <farm>
    using namespace farm;
    namespace barn {
    class Cow : public Animal, private Herd<int> {
     public:
      Cow(int age) : age_(age) {}
      virtual int milk(const std::string &name, int cups = 1) const override { return this->age_; }
     private:
      int age_ = 1;
    };
    }
    template <typename T> int feed(T *cow) {
      auto hay = new Hay(3);
      std::string note = "moo";
      std::swap(hay, cow);
      for (auto &one : cow->herd()) { one.call(note); }
      try { risk(); } catch (const Storm &storm) { throw; }
      auto sing = [&](int song) { return song; };
      delete hay;
      return static_cast<int>(cow->age());
    }
"""

CPP_REPORTS = [
    pytest.param("class $C : public Animal { ... }", [4], id="a class by a base"),
    pytest.param("class $C { ... int $F(...) { ... } ... };", [4], id="a class by a method"),
    pytest.param("int $F(...) { ... }", [7, 12], id="functions, methods and templates"),
    pytest.param("$X = new Hay(...)", [13], id="something new"),
    pytest.param("std::string $S = $V;", [14], id="a qualified type"),
    pytest.param("std::swap(...)", [15], id="a qualified function"),
    pytest.param("std::$F(hay, ...)", [15], id="any function of a namespace"),
    pytest.param("$X->herd()", [16], id="a method by an arrow"),
    pytest.param("for (...) { ... }", [16], id="a loop over a range"),
    pytest.param("try { ... } catch (...) { ... }", [17], id="what is caught"),
    pytest.param("delete $X;", [19], id="something deleted"),
    pytest.param("static_cast<int>($X)", [20], id="a cast"),
    pytest.param("$X = new $T(...);\n...\ndelete $X;", [13], id="the same variable later"),
    pytest.param("#include <farm>", [1], id="what is included"),
]


@pytest.mark.parametrize(("pattern", "expected"), CPP_REPORTS)
def test_reports_in_cpp(pattern: str, expected: list[int]) -> None:
    assert lines("cpp", pattern, CPP) == expected


@pytest.mark.parametrize("pattern", ["struct $C { ... };", "new Cow(...)", "swap(hay, cow)", "std::move(...)", "delete[] $X;"])
def test_leaves_alone_in_cpp(pattern: str) -> None:
    assert lines("cpp", pattern, CPP) == []


def test_brackets_around_a_deleted_array_count_for_nothing() -> None:
    assert lines("cpp", "delete[]($X)", "void f(int *hay) {\n  delete[] hay;\n  delete hay;\n}") == [2]


def test_each_of_several_variables_has_its_own_place() -> None:
    assert texts("c", "char $X[$N];", CODE) == ["char sack[10]"]
