"""What patterns mean in HTML."""

from __future__ import annotations

import pytest
from finding import lines

CODE = """
    <!DOCTYPE html>
    <html>
    <head><meta charset="x" name="rates">
    <script src="http://mill/a.js" async>grind(corn)</script>
    </head>
    <body onload=start()>
    <a href="http://mill" class='old' disabled>to the <b>mill</b></a>
    <br/><img src=logo>
    </body>
    </html>
"""

REPORTS = [
    pytest.param("<meta name=$N>", [3], id="an attribute among others"),
    pytest.param("<meta ... name=... >", [3], id="with ellipses"),
    pytest.param('<a class="old" href="$URL">...</a>', [7], id="attributes in any order, in any quotes"),
    pytest.param('<a href="$URL"></a>', [7], id="whatever is inside"),
    pytest.param("<a disabled>...</a>", [7], id="an attribute without a value"),
    pytest.param('<a $K="http://mill">...</a>', [7], id="any attribute"),
    pytest.param("<b>mill</b>", [7], id="text"),
    pytest.param("<b>$X</b>", [7], id="any text"),
    pytest.param("<a ...>... <b>...</b></a>", [7], id="an element inside"),
    pytest.param("<$TAG src=$S>...</$TAG>", [4, 8], id="any element"),
    pytest.param("<img src=... />", [8], id="closed or not"),
    pytest.param("<script ...>$...CODE</script>", [4], id="a script"),
    pytest.param("<body onload=$X>...</body>", [6], id="a value without quotes"),
]

LEAVES_ALONE = [
    pytest.param('<meta name="rents">', id="another value"),
    pytest.param("<b>barn</b>", id="another text"),
    pytest.param("<a title=$T>...</a>", id="no such attribute"),
    pytest.param("<p>...</p>", id="no such element"),
]


@pytest.mark.parametrize(("pattern", "expected"), REPORTS)
def test_reports(pattern: str, expected: list[int]) -> None:
    assert lines("html", pattern, CODE) == expected


@pytest.mark.parametrize("pattern", LEAVES_ALONE)
def test_leaves_alone(pattern: str) -> None:
    assert lines("html", pattern, CODE) == []


def test_a_script_is_read_as_another_language() -> None:
    rule = """
        patterns:
        - pattern: <script ...>$...CODE</script>
        - metavariable-pattern:
            metavariable: $...CODE
            language: javascript
            pattern: grind($X)
    """
    assert lines("html", rule, CODE) == [4]
