"""What patterns mean in YAML."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    kind: Shop
    open: yes
    rent: ~
    staff: [ann, bob]
    prices: {tea: 3, "milk": 2}
    shelves:
      - cups
      - name: jars
        size: "big"
      - name: tins
        size: small
        lid: true
    notes: |
      first line
      curl example.org
    motto: >-
      always
      fresh
    till: &till
      cash: none
      spare: true
    other: *till
    door: !Secret front
    empty:
    sign: "a\\tb"
    ---
    kind: Barn
"""

REPORTS = [
    pytest.param("kind: Shop", [1], id="a pair"),
    pytest.param("kind: $K", [1, 27], id="in every document"),
    pytest.param('"kind": "Shop"', [1], id="quotes count for nothing"),
    pytest.param("$K: 3", [5], id="a key of any name"),
    pytest.param("open: true", [2], id="yes is true"),
    pytest.param("rent: null", [3], id="a tilde is null"),
    pytest.param("empty: $X", [24], id="a key without a value"),
    pytest.param("staff: [ann, bob]", [4], id="a list in brackets"),
    pytest.param("staff:\n- ann\n- ...", [4], id="a list in lines stands for one in brackets"),
    pytest.param("prices:\n  milk: 2\n  tea: $T", [5], id="keys in any order"),
    pytest.param("tea: 3", [5], id="a pair in braces"),
    pytest.param("- cups", [7], id="an item alone"),
    pytest.param("shelves:\n  - ...\n  - name: tins\n    ...", [6], id="an item after others"),
    pytest.param("shelves:\n  ...\n  - name: tins\n    ...", [6], id="an ellipsis among items"),
    pytest.param("name: $N\nsize: $S", [8], id="a whole mapping"),
    pytest.param("name: $N\n...", [8, 10], id="a mapping with more"),
    pytest.param("- name: $N\n  ...\n  lid: true", [10], id="an item that is a mapping"),
    pytest.param("till:\n  ...\n  spare: true", [19], id="a mapping in a mapping"),
    pytest.param("other:\n  ...\n  cash: $C", [22], id="an alias is what it stands for"),
    pytest.param("door: front", [23], id="a tag counts for nothing"),
    pytest.param("door: !Secret $X", [23], id="unless the pattern has it"),
    pytest.param("notes: |\n  first line\n  curl example.org", [13], id="a text in lines"),
    pytest.param("motto: always fresh", [16], id="a folded text"),
    pytest.param("$K: '=~/^al/'", [16], id="an expression"),
    pytest.param('sign: "=~/\\t/"', [25], id="escapes in quotes"),
    pytest.param("cups", [7], id="a value alone"),
    pytest.param("kind: Shop\n...\nother: ...", [1], id="pairs far apart"),
]

LEAVES_ALONE = [
    pytest.param("kind: Mill", id="another value"),
    pytest.param("prices:\n  tea: 3", id="a mapping with more in it"),
    pytest.param("staff: [ann]", id="a list with more in it"),
    pytest.param("staff: [bob, ann]", id="items in another order"),
    pytest.param("- name: tins", id="an item with more in it"),
    pytest.param("till:\n  ...\n  lid: true", id="a key that is elsewhere"),
    pytest.param('prices:\n  tea: "3"\n  ...', id="a text is no number"),
    pytest.param("door: !Public front", id="another tag"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("yaml", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("yaml", pattern, CODE) == []


def test_a_text_in_lines_is_read_as_another_language() -> None:
    rule = """
        patterns:
        - pattern: "$KEY: $SCRIPT"
        - metavariable-pattern:
            metavariable: $SCRIPT
            language: bash
            pattern: curl ...
    """
    assert lines("yaml", rule, CODE) == [13]


def test_a_focus_on_a_value() -> None:
    rule = """
        patterns:
        - pattern-inside: "till: ..."
        - pattern: "$KEY: $VALUE"
        - metavariable-regex: {metavariable: $VALUE, regex: no}
        - focus-metavariable: $VALUE
    """
    assert texts("yaml", rule, CODE) == ["none"]
