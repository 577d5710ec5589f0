"""What patterns mean in Bash."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    mill grind -y corn
    sudo mill 'grind' rye > log
    a && b && c x
    a | b | c
    flour=$(mill show)
    SIZE=2 bake bread
    pack "$flour" big${SIZE} $SIZE
    for sack in $(ls barn); do
      lift $sack
      drop ${sack%.old}
    done
    sh <(mill plan)
    a; b
    clean() { sweep floor; }
    a || b
    LIMIT=7
"""

REPORTS = [
    pytest.param("mill grind ...", [1], id="a command by its first words"),
    pytest.param("mill grind -y corn", [1], id="a whole command"),
    pytest.param("... mill grind ...", [1, 2], id="words in front, quotes, redirections"),
    pytest.param("mill $WHAT -y $CORN", [1], id="any words"),
    pytest.param("$CMD floor", [14], id="any command"),
    pytest.param("a && b", [3], id="the first of three operands"),
    pytest.param("$F() { ... }", [14], id="any function"),
    pytest.param("clean() { sweep $X; }", [14], id="a function by its body"),
    pytest.param("... && c ...", [3], id="the last operand"),
    pytest.param("a | ...", [4], id="the beginning of a pipe"),
    pytest.param("... | c", [4], id="the end of a pipe"),
    pytest.param("$X || $Y", [15], id="any operands"),
    pytest.param("$(mill ...)", [5], id="what a command gives"),
    pytest.param("`mill ...`", [5], id="the same in backticks"),
    pytest.param("sh <(mill ...)", [12], id="what a command gives as a file"),
    pytest.param("bake bread", [6], id="variables set for a command"),
    pytest.param("LIMIT=7", [16], id="a variable set"),
    pytest.param("$X=7", [16], id="any variable set"),
    pytest.param("lift ${$X}", [9], id="any expansion"),
    pytest.param("... ${$X} ...", [7, 9, 10], id="an expansion without quotes, with an operator"),
    pytest.param("... ...${$X}... ...", [7], id="an expansion in a word"),
    pytest.param("for $X in $(ls ...); do\n  ...\ndone", [8], id="a loop"),
    pytest.param("lift ...\n...\ndrop ...", [9], id="commands that follow one another"),
    pytest.param("a\nb", [3, 13], id="in one line, or parts of longer commands"),
    pytest.param("$F=<... mill ...>", [5], id="somewhere in a value"),
]

LEAVES_ALONE = [
    pytest.param("mill grind corn", id="a word too few"),
    pytest.param("b && a", id="operands in another order"),
    pytest.param("SIZE=...", id="set for one command"),
    pytest.param("sweep ...\n...\na && b", id="commands in another order"),
    pytest.param("pack ${$X} ...", id="an expansion in quotes"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("bash", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("bash", pattern, CODE) == []


def test_a_redirection_is_no_part_of_a_command() -> None:
    assert texts("bash", "sudo ...", CODE) == ["sudo mill 'grind' rye"]
