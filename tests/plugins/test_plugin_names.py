from __future__ import annotations

import pytest

from ospec_guard.plugins.names import ScopedName, fold, parse_scoped, scoped_in_comment


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "@company/compliance-guardrails", ScopedName("company", "compliance-guardrails"), id="as in the specification"
        ),
        pytest.param("@a1/b_2.c", ScopedName("a1", "b_2.c"), id="digits, dots, underscores"),
        pytest.param("company/name", None, id="no at sign"),
        pytest.param("@company", None, id="no name"),
        pytest.param("@company/a/b", None, id="too deep"),
        pytest.param("@../secrets", None, id="a way out"),
        pytest.param("@company/..", None, id="another way out"),
        pytest.param("@company/a b", None, id="a space"),
        pytest.param("@company/a\n", None, id="a line end"),
    ],
)
def test_scoped_names(text: str, name: ScopedName | None) -> None:
    assert parse_scoped(text) == name
    assert name is None or str(name) == text


def test_folding() -> None:
    assert fold("Company_Compliance") == fold("company-compliance")
    assert ScopedName("Acme", "a_b").folded == ScopedName("acme", "a-b").folded


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(b"# Plugin: @a/b\nplugin_type: x", "@a/b", id="first line"),
        pytest.param(b"\xef\xbb\xbf#Plugin: @a/b  \r\n", "@a/b", id="byte order mark, no space, CRLF"),
        pytest.param(b"\n# Licence\n---\n# Plugin: @a/b\n", "@a/b", id="below other comments and the document's start"),
        pytest.param(b"plugin_type: x\n# Plugin: @a/b\n", None, id="below a key it is a comment like any other"),
        pytest.param(b"# Plugin: compliance\n", None, id="not scoped"),
        pytest.param(b"# plugin.yaml\nname: x", None, id="another comment"),
        pytest.param(b"# Plugin: @a/b and more\n", None, id="a sentence"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_the_name_in_the_comment(data: bytes, name: str | None) -> None:
    assert scoped_in_comment(data) == (parse_scoped(name) if name else None)
