"""`try` in patterns: some of what is caught, in any order; what runs last is there or is not."""

from __future__ import annotations

import pytest
from finding import lines

JAVASCRIPT = """
try { a() } catch (e) { b() } finally { sink(1); }
try { a() } catch (e) { b() }
try { a() } finally { sink(1) }
"""
PHP = """<?php
try { a(); } catch (E $e) { b(); } finally { sink(1); }
try { a(); } catch (E $e) { b(); }
try { a(); } catch (E $e) { b(); } catch (F $e) { b(); }
"""
TRIES = [
    pytest.param("javascript", "try { ... } finally { sink(...); }", JAVASCRIPT, [1, 3], id="javascript, nothing caught"),
    pytest.param("typescript", "try { ... } finally { sink(...); }", JAVASCRIPT, [1, 3], id="typescript, nothing caught"),
    pytest.param("javascript", "try { ... } catch ($E) { ... }", JAVASCRIPT, [2], id="javascript, nothing at the end"),
    pytest.param("javascript", "try { ... } catch ($E) { ... } finally { ... }", JAVASCRIPT, [1], id="javascript, both"),
    pytest.param("php", "try { ... } finally { sink(...); }", PHP, [2], id="php, nothing caught"),
    pytest.param("php", "try { ... } catch (F $E) { ... }", PHP, [4], id="php, one of two"),
]


@pytest.mark.parametrize(("language", "pattern", "code", "expected"), TRIES)
def test_tries(language: str, pattern: str, code: str, expected: list[int]) -> None:
    assert lines(language, pattern, code) == expected
