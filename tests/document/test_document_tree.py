from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable

import pytest
from document_cases import refused

from ospec_guard.document import ABSENT, Document, DocumentError, read_json, read_toml, read_yaml, read_yaml_all
from ospec_guard.errors import GuardError

READERS = [read_yaml, read_yaml_all, read_toml, read_json]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"a: \xc3\xa9\n b\xe9c", "2:3 byte 0xE9 is not UTF-8 | save the file as UTF-8", id="Latin-1"),
        pytest.param(b"\xef\xbb\xbfa\xff", "1:2 byte 0xFF is not UTF-8 | save the file as UTF-8", id="after a byte order mark"),
        pytest.param(b"\xed\xa0\x80", "1:1 byte 0xED is not UTF-8 | save the file as UTF-8", id="half a character"),
        pytest.param("a: 1".encode("utf-16"), "1:1 the text is UTF-16, not UTF-8 | save the file as UTF-8", id="UTF-16"),
        pytest.param(
            b"\xef\xbb\xbf\xef\xbb\xbfa: 1", "1:1 two byte order marks | remove one of them", id="two byte order marks"
        ),
    ],
)
def test_tells_what_is_not_utf_8(read: Callable[[bytes, str], object], data: bytes, expected: str) -> None:
    assert refused(read, data) == [expected]


def test_parts_know_their_places() -> None:
    document = read_yaml(b"a:\n  b: [x, {c: yy}]\n", "f")
    part = document.at("a", "b")
    assert part.value == ["x", {"c": "yy"}]
    assert part.exists
    assert part.place() == document.place("a", "b")
    assert part.at(1).place("c") == document.place("a", "b", 1, "c")
    assert part.span(1, "c") == document.span("a", "b", 1, "c")
    assert part.at(1).value_span("c") == document.value_span("a", "b", 1, "c")
    assert part.at(1).written("c") == "yy"
    assert part.keys == ("a", "b")


@pytest.mark.parametrize("keys", [("x",), ("a", 0), ("a", "b", 2), ("a", "b", -1), ("a", "b", "0"), ("x", "y")])
def test_parts_that_are_not_there(keys: tuple[str | int, ...]) -> None:
    document = read_yaml(b"a:\n  b: [x, y]\n", "f")
    part = document.at(*keys)
    assert part.value is ABSENT
    assert not part.exists
    assert not part.value
    assert part.span() is None
    assert part.value_span() is None
    assert part.written() is None
    assert part.place() == document.place(*keys[: 0 if keys[0] == "x" else -1])


def test_nothing_is_not_absent() -> None:
    assert read_yaml(b"a:", "f").at("a").exists


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_yaml, "é: [1]", id="YAML"),
        pytest.param(read_toml, "'é' = [1]", id="TOML"),
        pytest.param(read_json, '{"é": [1]}', id="JSON"),
    ],
)
def test_documents_can_be_pickled(read: Callable[[bytes, str], Document], text: str) -> None:
    document = read(text.encode(), "f")
    again = pickle.loads(pickle.dumps(document))  # noqa: S301 (our own)
    assert again == document
    assert again.place("é", 0) == document.place("é", 0)
    assert pickle.loads(pickle.dumps(document.at("x"))).value is ABSENT  # noqa: S301 (our own)


def test_errors_can_be_pickled() -> None:
    with pytest.raises(GuardError) as caught:
        read_json(b"[", "f")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 (our own)
    assert isinstance(again, DocumentError)
    assert str(again) == str(caught.value)


def test_parts_that_stand_at_the_same_keys_are_equal() -> None:
    assert read_yaml(b"a: 1", "f") == read_yaml(b"{a: 1}", "f")
    assert read_yaml(b"a: 1", "f") != read_yaml(b"a: 2", "f")


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    script = "import sys, ospec_guard.document; print(sorted({'yaml', 'tomllib', 'pydantic', 'pydantic_core', 'json'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
