"""What patterns mean in OCaml."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    open Meadow
    let bloom = 3
    let graft stem root = stem + root
    let water ?(cups=1) ~bed (rose : flower) =
      let pot = pick 1 in
      Can.pour pot "rain";
      if pot = rose then wilt () else grow ();
      if wet pot then dry ();
      match Seed.find bed rose with
      | Some seed -> seed
      | None -> raise Not_found
    let prune = fun twig -> List.map (fun leaf -> cut leaf) [1; 2]
    let count = rose.petals.(0) + !bloom
    let () = weeds := !weeds + 1; sow 1 ~row:2; sow ~row:3 1
    let shade = tree |> leaves |> List.length
    let safe = try Seed.find 1 2 with Not_found -> dig 3
    let tea = { herb with hot = true; name = "mint" }
    let path = "/tmp/garden"
    module Shed = struct
      let rake () = Obj.magic 1
    end
"""

REPORTS = [
    pytest.param("let $X = $V", [2, 5, 13, 15, 16, 17, 18], id="names given to values, functions not"),
    pytest.param("let $F $X $Y = ...", [3], id="a function by the number of its parameters"),
    pytest.param("let $X = $V in ...", [5], id="a name for what follows"),
    pytest.param("pick $N", [5], id="an argument"),
    pytest.param("Can.pour ...", [6], id="any arguments"),
    pytest.param('Can.pour $P "..."', [6], id="a text"),
    pytest.param("$M.pour $P $W", [6], id="any module"),
    pytest.param("if $C then $A else $B", [7], id="both branches"),
    pytest.param("if $C then $A", [7, 8], id="one branch or both"),
    pytest.param("$X = $Y", [7], id="equality"),
    pytest.param("match $X with | ... -> ...", [9], id="any cases"),
    pytest.param("match $X with | Some $Y -> $Y | None -> ...", [9], id="these cases"),
    pytest.param("match $X with | None -> ...", [9], id="one of the cases"),
    pytest.param("raise $E", [11], id="an error"),
    pytest.param("fun $X -> cut $X", [12], id="a function without a name"),
    pytest.param("List.map (fun $X -> ...) $L", [12], id="a function as an argument"),
    pytest.param("rose.$FIELD", [13], id="a field"),
    pytest.param("$A.(0)", [13], id="an element"),
    pytest.param("$X := ! $X + 1", [14], id="counting up"),
    pytest.param("sow 1 ~row:$R", [14], id="labels wherever they stand"),
    pytest.param("$X |> leaves", [15], id="a pipeline"),
    pytest.param("try $X with ... -> ...", [16], id="what is tried"),
    pytest.param("{ $R with ...; name = $N; ... }", [17], id="a record by a field"),
    pytest.param('"=~/\\/tmp/"', [18], id="a text that is like an expression"),
    pytest.param("module $M = struct ... end", [19], id="a module"),
    pytest.param("open $M", [1], id="a module opened"),
]

LEAVES_ALONE = [
    pytest.param("pick 1 2", id="an argument too many"),
    pytest.param("$X == $Y", id="another equality"),
    pytest.param("pour", id="a name in a module is no name"),
    pytest.param("pick $X $Y", id="two arguments"),
    pytest.param("sow ~column:$C ...", id="another label"),
    pytest.param("match $X with | Some $Y -> sow $Y", id="a case that does something else"),
    pytest.param("$X |> dig", id="another function"),
    pytest.param("Seed.find_all ...", id="another name"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("ocaml", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("ocaml", pattern, CODE) == []


def test_a_constructor_calls_nothing() -> None:
    assert texts("ocaml", "$F $X", "let a = Some (f 1)") == ["f 1"]


def test_names_of_an_opened_module_are_its() -> None:
    assert lines("ocaml", "Meadow.mow ...", "open Meadow\nlet a = mow 1\nlet b = Field.mow 1\n") == [2]
