"""Functions without a body, and patterns of them. Every row was put to Semgrep."""

from __future__ import annotations

import pytest
from finding import lines

CODE = {
    "java": """
        interface Shop {
            int pour(int cup);
            default int brew() { return 1; }
        }
        abstract class Bar {
            abstract int rest();
            native int wash();
            int close() { }
            int serve() { return 2; }
        }
    """,
    "csharp": """
        interface Shop {
            int Pour(int cup);
            int Brew() { return 1; }
        }
        abstract class Bar {
            abstract int Rest();
            int Close() { }
            int Serve() => 2;
        }
    """,
    "php": """
        <?php
        interface Shop { public function pour($cup); }
        abstract class Bar {
            abstract function rest();
            function close() { }
            function serve() { return 2; }
        }
    """,
    "rust": """
        trait Shop {
            fn pour(&self) -> i32;
            fn brew(&self) -> i32 { 1 }
        }
        fn serve() -> i32 { 2 }
    """,
    "c": """
        int pour(int cup);
        int close(int cup) { }
        int serve(int cup) { return 2; }
    """,
}

REPORTS = [
    pytest.param("java", "$T $F(...);", [2, 6, 7, 8], id="java, declared or empty"),
    pytest.param("java", "$T $F(...) { }", [2, 6, 7, 8], id="java, empty or declared"),
    pytest.param("java", "$T $F(...) { ... }", [3, 6, 7, 8, 9], id="java, any body, and none in classes"),
    pytest.param("csharp", "$T $F(...);", [2, 6], id="csharp, declared"),
    pytest.param("csharp", "$T $F(...) { ... }", [3, 7, 8], id="csharp, any body"),
    pytest.param("php", "function $F(...);", [2, 4, 5], id="php, declared or empty"),
    pytest.param("php", "function $F(...) { ... }", [2, 4, 5, 6], id="php, any body or none"),
    pytest.param("rust", "fn $F(...);", [2], id="rust, declared"),
    pytest.param("rust", "fn $F(...) { ... }", [3, 5], id="rust, any body"),
    pytest.param("c", "$T $F(...);", [1], id="c, declared"),
    pytest.param("c", "$T $F(...) { ... }", [2, 3], id="c, any body"),
]

LEAVES_ALONE = [
    pytest.param("java", "$T serve(...);", id="java, a body"),
    pytest.param("java", "$T pour(...) { ... }", id="java, declared in an interface"),
    pytest.param("csharp", "$T Close(...);", id="csharp, an empty body"),
    pytest.param("php", "function serve(...);", id="php, a body"),
    pytest.param("rust", "fn serve(...);", id="rust, a body"),
    pytest.param("c", "$T close(...);", id="c, an empty body"),
]


@pytest.mark.parametrize(("language", "pattern", "expected"), REPORTS)
def test_reports(language: str, pattern: str, expected: list[int]) -> None:
    assert lines(language, pattern, CODE[language]) == expected


@pytest.mark.parametrize(("language", "pattern"), LEAVES_ALONE)
def test_leaves_alone(language: str, pattern: str) -> None:
    assert lines(language, pattern, CODE[language]) == []
