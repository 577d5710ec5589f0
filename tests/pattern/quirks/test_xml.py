"""What patterns mean in XML."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    <?xml version="1.0"?>
    <mills xmlns:m="urn:m" m:old="true" rent='7'>
      <mill name="upper"><wheel/></mill>
      <mill name="lower">
        <!-- wet -->
        <wheel size="3"/>
        <sack>rye</sack>
        <sack>oats &amp; corn</sack>
      </mill>
      <mill name="dry"></mill>
      <mill name="sold" <!-- to whom? -->
        rent="9"/>
      <mill name="new">soon</mill>
    </mills>
"""

REPORTS = [
    pytest.param("<mill/>", [3, 4, 10, 11, 13], id="whatever is inside"),
    pytest.param("<mill></mill>", [3, 4, 10, 11, 13], id="closed or not"),
    pytest.param('<mill name="dry" />', [10], id="an attribute"),
    pytest.param('<mills ... rent="$R" ...>...</mills>', [2], id="an attribute among others"),
    pytest.param('<mills rent="7" m:old="true"/>', [2], id="attributes in any order, in any quotes"),
    pytest.param('m:old="true"', [2], id="an attribute alone"),
    pytest.param("<mill><wheel/></mill>", [3, 4], id="first children"),
    pytest.param("<mill>...<sack>$X</sack>...</mill>", [4], id="a child somewhere"),
    pytest.param("<mill ...> ... <sack>rye</sack> ... </mill>", [4], id="ellipses for attributes and children"),
    pytest.param("<sack>rye</sack>", [7], id="a text"),
    pytest.param("<mill>$X</mill>", [13], id="any text"),
    pytest.param('<mill name="=~/^(upper|new)$/"/>', [3, 13], id="a value by an expression"),
    pytest.param('<mill $K="sold"/>', [11], id="any attribute"),
    pytest.param('<mill rent="9"/>', [11], id="a comment between attributes"),
]

LEAVES_ALONE = [
    pytest.param('<mill name="old"/>', id="another value"),
    pytest.param('<mill m:name="dry"/>', id="another attribute"),
    pytest.param("<mill><sack/></mill>", id="a later child"),
    pytest.param("<sack>corn</sack>", id="another text"),
    pytest.param("<Mill/>", id="another case"),
    pytest.param("<wheel>$X</wheel>", id="no text"),
    pytest.param("<wet/>", id="a comment"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("xml", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("xml", pattern, CODE) == []
