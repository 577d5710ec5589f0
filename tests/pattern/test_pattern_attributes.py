"""Attributes and annotations: what a metavariable after their sign stands for. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from finding import findings, lines

CODE = {
    "java": """
        class Shop {
          @Get String all() { return null; }
          @Path("/one") String one() { return null; }
          String none() { return null; }
        }
    """,
    "kotlin": """
        @Get fun all(): String { return "" }
        @Path("/one") fun one(): String { return "" }
        fun none(): String { return "" }
    """,
    "scala": """
        class Shop {
          @Get def all(a: Int) = { 1 }
          @Path("/one") def one(a: Int) = { 1 }
          def none(a: Int) = { 1 }
        }
    """,
    "typescript": """
        @Get
        class All { a() {} }
        @Path("/one")
        class One { a() {} }
        class None { a() {} }
    """,
    "php": """
        <?php
        #[Get]
        function all() { return 1; }
        #[Path("/one")]
        function one() { return 1; }
        function none() { return 1; }
    """,
    "rust": """
        #[get]
        fn all() { go(); }
        #[path("/one")]
        fn one() { go(); }
        #[doc = "none"]
        fn none() { go(); }
    """,
    "python": """
        @get
        def all(): pass
        @path("/one")
        def one(): pass
        def none(): pass
    """,
}

BARE = {
    "java": "@$A\n$T $F(...) { ... }",
    "kotlin": "@$A\nfun $F(...): $T { ... }",
    "scala": "@$A\ndef $F(...) = ...",
    "typescript": "@$A\nclass $F { ... }",
    "php": "#[$A]\nfunction $F(...) { ... }",
    "rust": "#[$A]\nfn $F(...) { ... }",
    "python": "@$A\ndef $F(...): ...",
}


@pytest.mark.parametrize("language", BARE)
def test_a_metavariable_is_the_name_of_an_attribute(language: str) -> None:
    found = findings(language, BARE[language], CODE[language], message="[$A]")
    assert [one.message for one in found][:1] == (["[get]"] if language in ("rust", "python") else ["[Get]"])


CONDITIONS = {
    "java": r"""
        patterns:
        - pattern: |
            @$A(...)
            $T $F(...) { ... }
        - metavariable-regex: {metavariable: $A, regex: ^Path$}
    """,
    "kotlin": r"""
        patterns:
        - pattern: |
            @$A
            fun $F(...): $T { ... }
        - metavariable-regex: {metavariable: $A, regex: ^Get$}
    """,
    "php": r"""
        patterns:
        - pattern: |
            #[$A]
            function $F(...) { ... }
        - metavariable-regex: {metavariable: $A, regex: ^Get$}
    """,
}


@pytest.mark.parametrize(("language", "expected"), [("java", [3]), ("kotlin", [1]), ("php", [2])])
def test_a_condition_on_an_attribute_sees_its_name(language: str, expected: list[int]) -> None:
    assert lines(language, CONDITIONS[language], CODE[language]) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("path(...)", [3], id="as a call"),
        pytest.param("#[path(...)]\nfn $F(...) { ... }", [3], id="with arguments"),
        pytest.param("#[get]\nfn $F(...) { ... }", [1], id="by its name"),
        pytest.param("$X = 'none'", [], id="no assignment"),
    ],
)
def test_attributes_of_rust_are_names_and_calls(pattern: str, expected: list[int]) -> None:
    assert lines("rust", pattern.replace("'", '"'), CODE["rust"]) == expected
