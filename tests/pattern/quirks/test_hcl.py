"""What patterns mean in HCL."""

from __future__ import annotations

import pytest
from finding import lines, texts

CODE = """
    resource "shop_queue" "orders" {
      name    = "orders"
      durable = true
      tags    = ["paid", var.team]
      limits  = { burst = 5, "rate" : 9 }
      retry {
        wait = 3
        backoff {
          kind = "linear"
        }
      }
      policy = jsonencode({ Allow = "all", Rules = [{ "Open" = "yes" }] })
      notes  = <<-END
        {"audit": true}
      END
      target = shop_queue.other[0].arn
      label  = "q-${var.team}"
    }

    resource shop_queue bare {
      durable = true
    }

    data "shop_queue" "orders" {
      name = "orders"
    }

    locals {
      region = "north"
      place  = local.region
    }
"""

REPORTS = [
    pytest.param('resource "shop_queue" $N { ... }', [1], id="a block by its labels"),
    pytest.param('resource "shop_queue" "..." { ... }', [1], id="any label in quotes"),
    pytest.param('resource "shop_queue" "$N" { durable = true }', [1], id="more attributes are fine"),
    pytest.param(
        'resource "shop_queue" $N {\n  ...\n  tags = ...\n  ...\n  name = $V\n  ...\n}', [1], id="attributes in any order"
    ),
    pytest.param('resource "shop_queue" $N { ... backoff { ... } ... }', [1], id="a block at any depth"),
    pytest.param('resource "shop_queue" $N { ... retry { backoff { kind = "..." } } ... }', [1], id="a block in a block"),
    pytest.param("retry { ... }", [6], id="a block without labels"),
    pytest.param("$B {\n  ...\n  kind = $K\n  ...\n}", [8], id="a block of any type"),
    pytest.param("durable = true", [3, 21], id="an attribute"),
    pytest.param('durable = "true"', [3, 21], id="a text stands for what is written like it"),
    pytest.param("$K = true", [3, 21], id="an attribute of any name"),
    pytest.param("name = $X\ndurable = ...", [2], id="attributes that follow one another"),
    pytest.param("name = $X\n...\ntags = ...", [2], id="attributes with others between them"),
    pytest.param('[..., "paid", ...]', [4], id="an element of a list"),
    pytest.param("var.team", [4, 17], id="a reference, in a template too"),
    pytest.param("var.$X", [4, 17], id="a reference to anything"),
    pytest.param("$Q.other[0].arn", [16], id="members and an index"),
    pytest.param("jsonencode(...)", [12], id="a call"),
    pytest.param('{ ..., Allow = "all", ... }', [12], id="an object"),
    pytest.param('{ "rate" : 9 }', [5], id="an entry with a colon"),
    pytest.param("{ burst = 5 }", [5], id="an object with more in it"),
    pytest.param('"Open" = "yes"', [12], id="an entry by its key in quotes"),
    pytest.param("resource", [1, 20], id="the type of a block"),
    pytest.param('"orders"', [1, 2, 24, 25], id="a text, as a label too"),
    pytest.param('place = "north"', [30], id="a local value"),
    pytest.param('$K = "...audit..."', [13], id="a heredoc is a text"),
]

LEAVES_ALONE = [
    pytest.param('resource "shop_topic" $N { ... }', id="another label"),
    pytest.param('resource "shop_queue" { ... }', id="a label too few"),
    pytest.param('resource "shop_queue" $N { durable = false }', id="another value"),
    pytest.param("tags = ...\n...\nname = ...", id="attributes in another order"),
    pytest.param("data shop_queue orders { ... }", id="a label in quotes is no name"),
    pytest.param("{ rate = 9 }", id="a key in quotes is no name"),
    pytest.param('{ "burst" = 5 }', id="a name is no key in quotes"),
    pytest.param('label = "..."', id="a template with holes is no text"),
    pytest.param('[..., "unpaid", ...]', id="an element that is not there"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("hcl", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("hcl", pattern, CODE) == []


def test_a_label_is_bound_without_its_quotes() -> None:
    rule = """
        patterns:
        - pattern: data $T "$N" { ... }
        - focus-metavariable: $T
    """
    assert texts("hcl", rule, CODE) == ["shop_queue"]


def test_json_in_a_heredoc() -> None:
    rule = """
        patterns:
        - pattern: notes = "$TEXT"
        - metavariable-pattern:
            metavariable: $TEXT
            language: json
            pattern: '{..., "audit": true, ...}'
    """
    assert lines("hcl", rule, CODE) == [13]
