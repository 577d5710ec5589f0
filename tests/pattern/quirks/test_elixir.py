"""What patterns mean in Elixir."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    defmodule Oven do
      use Heat, max: 250
      @rack "middle"
      def bake(dough, opts \\\\ []) do
        warm = Kiln.preheat(200, fan: true)
        IO.puts "hot"
        if warm do
          insert dough
          wait(30)
        end
        crust = dough |> Enum.map(fn slice -> slice * 2 end) |> Enum.join(",")
        case taste(crust) do
          {:ok, flavor} -> flavor
          :error -> raise "burnt"
        end
        :erlang.binary_to_term(crumbs)
        %{"jam" => 1, bread: crust}
        Logger.info("baked #{crust} now")
        [salt: 1, yeast: 2]
      end
      defp cool, do: :timer.sleep(5)
      def mask(bits), do: ~~~bits
    end
"""

REPORTS = [
    pytest.param("defmodule $M do\n  ...\nend", [1], id="a module"),
    pytest.param("use Heat, ...", [2], id="a module used"),
    pytest.param("use $M, max: $N", [2], id="a keyword without brackets"),
    pytest.param('@rack "..."', [3], id="an attribute of the module"),
    pytest.param("def $F(...) do\n  ...\nend", [4], id="a definition with its block"),
    pytest.param("def bake(...) do\n  ...\n  wait($N)\n  ...\nend", [4], id="a definition by what is in it"),
    pytest.param("$X = Kiln.preheat(...)", [5], id="a name for a value"),
    pytest.param("Kiln.preheat(..., fan: true)", [5], id="a keyword argument"),
    pytest.param('IO.puts("...")', [6], id="a call without brackets, by one with"),
    pytest.param("insert($X)", [8], id="another without brackets"),
    pytest.param("wait 30", [9], id="a call with brackets, by one without"),
    pytest.param("if $C do\n  ...\nend", [7], id="a condition"),
    pytest.param("insert($X)\n...\nwait($N)", [8], id="one after the other"),
    pytest.param("$X |> Enum.map($F) |> Enum.join($S)", [11], id="a pipeline"),
    pytest.param("fn $X -> ... end", [11], id="a function without a name"),
    pytest.param("{:ok, $X}", [13], id="a tuple"),
    pytest.param('raise "..."', [14], id="an error"),
    pytest.param(":erlang.binary_to_term($X)", [16], id="a module of Erlang"),
    pytest.param('%{"jam" => $V, ...}', [17], id="a map by a key"),
    pytest.param("%{bread: $V, ...}", [17], id="a map by an atom"),
    pytest.param('"...#{$X}..."', [18], id="an expression in a text"),
    pytest.param("[salt: $X, ...]", [19], id="a list of keywords"),
    pytest.param(":timer.sleep($N)", [21], id="in a definition of one line"),
    pytest.param("~~~$X", [22], id="an operator"),
]

LEAVES_ALONE = [
    pytest.param("Kiln.preheat($X)", id="a keyword more"),
    pytest.param("preheat", id="a function of a module is no name"),
    pytest.param("wait()", id="an argument too few"),
    pytest.param("wait($N)\n...\ninsert($X)", id="another order"),
    pytest.param("{:error, $X}", id="another atom"),
    pytest.param("Enum.join(Enum.map($X, $F), $S)", id="a pipeline is no call in a call"),
    pytest.param("unless $C do\n  ...\nend", id="another word"),
    pytest.param("%{bread: $V}", id="a pair more"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("elixir", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("elixir", pattern, CODE) == []
