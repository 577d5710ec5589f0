from __future__ import annotations

import gc
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import jsonschema_rs
import pytest
from document_cases import told

from ospec_guard.document import Check, json_schema, keys_of, read_json, read_toml, read_yaml, validate, validate_tagged
from ospec_guard.document.text import PROBLEM_LIMIT


def even(value: int) -> None:
    if value % 2:
        raise ValueError("it is odd")


def lower(value: str) -> None:
    if value != value.lower():
        raise ValueError


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    count: Annotated[int, Check(even, "an even number", "double it")] = 0
    parts: tuple[Example, ...] = ()
    languages: str | tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    kind: Literal["file"]
    path: str


@dataclass(frozen=True)
class Link:
    kind: Literal["link"]
    target: str = ""


@dataclass(frozen=True)
class Rule:
    id: Annotated[str, Check(lower, hint="write it small")]
    severity: Literal["error", "warning", "info"] = "error"
    ci_cd: tuple[str, ...] = field(default=(), metadata={"alias": "ci-cd"})
    weight: float = 1.0
    level: int | None = None
    on: bool = False
    example: Example | None = None
    levels: dict[Literal["development", "production"], int] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    names: dict[Annotated[str, Check(lower, "small letters")], str] = field(default_factory=dict)
    source: File | Link | None = None
    most: int | Literal["all", "none"] = 0
    anything: Any = None
    numbers: tuple[float | bool, ...] = ()

    def __post_init__(self) -> None:
        if self.level == self.most != 0:
            raise ValueError("level and most are equal")


def check(text: str, shape: Any = Rule, **options: Any) -> tuple[Any, list[str]]:
    value, problems = validate(read_yaml(text.encode(), "f"), shape, **options)
    return value, told(problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("id: x", Rule("x"), id="defaults"),
        pytest.param("{id: x, severity: info, on: true, level: 3}", Rule("x", "info", on=True, level=3), id="scalars"),
        pytest.param("{id: x, level: ~}", Rule("x"), id="nothing where nothing may be"),
        pytest.param("{id: x, ci-cd: [a, b]}", Rule("x", ci_cd=("a", "b")), id="alias and list"),
        pytest.param("{id: x, weight: 2}", Rule("x", weight=2.0), id="whole number for a number"),
        pytest.param("{id: x, limits: {a: 1, b: 2.5}}", Rule("x", limits={"a": 1.0, "b": 2.5}), id="mapping"),
        pytest.param("{id: x, levels: {production: 1}}", Rule("x", levels={"production": 1}), id="mapping of known keys"),
        pytest.param("{id: x, example: {name: n, count: 2}}", Rule("x", example=Example("n", 2)), id="nested"),
        pytest.param(
            "{id: x, example: {name: n, parts: [{name: m}]}}",
            Rule("x", example=Example("n", parts=(Example("m"),))),
            id="recursive",
        ),
        pytest.param(
            "{id: x, example: {name: n, languages: py}}", Rule("x", example=Example("n", languages="py")), id="text of a union"
        ),
        pytest.param(
            "{id: x, example: {name: n, languages: [py]}}",
            Rule("x", example=Example("n", languages=("py",))),
            id="list of a union",
        ),
        pytest.param("{id: x, source: {kind: link}}", Rule("x", source=Link("link")), id="one of two shapes"),
        pytest.param("{id: x, source: {kind: file, path: p}}", Rule("x", source=File("file", "p")), id="the other"),
        pytest.param("{id: x, most: all}", Rule("x", most="all"), id="word of a union"),
        pytest.param("{id: x, most: 3}", Rule("x", most=3), id="number of a union"),
        pytest.param("{id: x, anything: [1, {a: ~}]}", Rule("x", anything=[1, {"a": None}]), id="anything"),
        pytest.param("{id: x, numbers: [1, 2.5, true]}", Rule("x", numbers=(1.0, 2.5, True)), id="list of a union of scalars"),
    ],
)
def test_makes_instances(text: str, expected: Rule) -> None:
    value, problems = check(text)
    assert problems == []
    assert value == expected
    assert type(value) is type(expected)
    assert repr(value) == repr(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("id: x\n\nseverty: info", ["3:1 unknown key \"severty\" | did you mean 'severity'?"], id="misspelt key"),
        pytest.param("id: x\nsource: {kind: link, zz: 1}", ['2:22 unknown key "zz" | known keys: kind, target'], id="unknown key"),
        pytest.param("id: x\nci_cd: []", ["2:1 unknown key \"ci_cd\" | did you mean 'ci-cd'?"], id="name of the field for its alias"),
        pytest.param("# why\nseverity: info", ['2:1 missing key "id"'], id="missing key"),
        pytest.param("id: x\nexample:\n  count: 2", ['2:1 missing key "name"'], id="missing key in a mapping"),
        pytest.param("id: x\nexample: {name: n, parts: [{name: m},\n   {}]}", ['3:4 missing key "name"'], id="missing key in an item"),
        pytest.param("id: 3", ["1:1 expected text, got a number (3) | put it in quotes"], id="number for text"),
        pytest.param("id: 1.10", ["1:1 expected text, got a number (1.10) | put it in quotes"], id="number for text, as written"),
        pytest.param("anything: &x 1\nid: *x", ["2:1 expected text, got a number (1) | put it in quotes"], id="alias of a number for text"),
        pytest.param("id: true", ["1:1 expected text, got true | put it in quotes"], id="bool for text"),
        pytest.param("id:", ["1:1 expected text, got nothing"], id="nothing for text"),
        pytest.param("id: [x]", ["1:1 expected text, got a list"], id="list for text"),
        pytest.param("id: {x: y}", ["1:1 expected text, got a mapping"], id="mapping for text"),
        pytest.param("id: x\nweight: '1.5'", ['2:1 expected a number, got "1.5" | remove the quotes'], id="text for a number"),
        pytest.param("id: x\nweight: heavy", ['2:1 expected a number, got "heavy"'], id="word for a number"),
        pytest.param("id: x\nweight: true", ["2:1 expected a number, got true"], id="bool for a number"),
        pytest.param("id: x\nlevel: 1.0", ["2:1 expected a whole number, got a number (1.0)"], id="float for a whole number"),
        pytest.param("id: x\non: yes", ['2:1 expected true or false, got "yes"'], id="yes for true"),
        pytest.param("id: x\non: 'true'", ['2:1 expected true or false, got "true" | remove the quotes'], id="text for true"),
        pytest.param("id: x\non: 1", ["2:1 expected true or false, got a number (1)"], id="number for true"),
        pytest.param("id: x\nseverity: eror", ["2:1 expected one of error, warning, info; got \"eror\" | did you mean 'error'?"], id="misspelt word"),
        pytest.param("id: x\nseverity: 1", ["2:1 expected one of error, warning, info; got a number (1)"], id="number for a word"),
        pytest.param("id: x\nci-cd: a", ['2:1 expected a list of text, got "a" | write a list, if only of one item'], id="text for a list"),
        pytest.param("id: x\nci-cd: {a: b}", ["2:1 expected a list of text, got a mapping"], id="mapping for a list"),
        pytest.param("id: x\nci-cd: [a, 1]", ["2:12 expected text, got a number (1) | put it in quotes"], id="wrong item"),
        pytest.param("id: x\nexample: n", ['2:1 expected a mapping, got "n"'], id="text for a mapping"),
        pytest.param("id: x\nlimits: []", ["2:1 expected a mapping, got a list"], id="list for a mapping"),
        pytest.param("id: x\nlimits: {a: b}", ['2:10 expected a number, got "b"'], id="wrong value of a mapping"),
        pytest.param("id: x\nlevels: {producton: 1}", ["2:10 expected one of development, production; got \"producton\" | did you mean 'production'?"], id="unknown key of a mapping"),
        pytest.param("id: x\nnames: {A: b}", ['2:9 expected small letters, got "A"'], id="refused key of a mapping"),
        pytest.param("id: x\nexample: {name: n, count: 3}", ["2:20 expected an even number, got a number (3): it is odd | double it"], id="refused value"),
        pytest.param("id: X", ['1:1 not allowed: got "X" | write it small'], id="refused without a word"),
        pytest.param("id: x\nlevel: 2\nmost: 2", ["1:1 level and most are equal"], id="refused by the shape"),
        pytest.param("id: x\nexample: {name: n, languages: 3}", ["2:20 expected text or a list of text, got a number (3) | put it in quotes"], id="neither of a union"),
        pytest.param("id: x\nexample: {name: n, languages: [3]}", ["2:32 expected text, got a number (3) | put it in quotes"], id="item in a union"),
        pytest.param("id: x\nmost: al", ["2:1 expected a whole number or one of all, none, got \"al\" | did you mean 'all'?"], id="misspelt word of a union"),
        pytest.param("id: x\nsource: {kind: flie, path: p}", ["2:10 expected one of file, link; got \"flie\" | did you mean 'file'?"], id="misspelt word that tells shapes apart"),
        pytest.param("id: x\nsource: {kind: file}", ['2:1 missing key "path"'], id="missing key of one of two shapes"),
        pytest.param("id: x\nsource: 3", ["2:1 expected a mapping, got a number (3)"], id="neither of two shapes"),
        pytest.param("id: x\nnumbers: [a]", ['2:11 expected a number or true or false, got "a"'], id="neither of two scalars"),
        pytest.param("[1]", ["1:1 expected a mapping, got a list"], id="list for the document"),
        pytest.param("", ["1:1 expected a mapping, got nothing"], id="empty document"),
        pytest.param("id: x\non: " + "é" * 61, [f'2:1 expected true or false, got "{"é" * 59}…"'], id="long text is cut"),
        pytest.param("id: x\non: " + "1" * 61, [f"2:1 expected true or false, got a number ({'1' * 59}…)"], id="long number is cut"),
        pytest.param('id: x\non: "a\\n\\u0007\\\\"', ['2:1 expected true or false, got "a\\n\\u0007\\"'], id="unprintable text is escaped"),
        pytest.param(
            "severty: x\nlevel: a\nci-cd: [1, b, ~]\nexample: {}",
            [
                '1:1 missing key "id"',
                "1:1 unknown key \"severty\" | did you mean 'severity'?",
                '2:1 expected a whole number, got "a"',
                "3:9 expected text, got a number (1) | put it in quotes",
                "3:15 expected text, got nothing",
                '4:1 missing key "name"',
            ],
            id="all at once, by place",
        ),
    ],
)  # fmt: skip
def test_tells_problems(text: str, expected: list[str]) -> None:
    value, problems = check(text)
    assert (value, problems) == (None, expected)


def test_keys_beside_the_shape_are_passed_over_at_the_top_alone() -> None:
    assert check("{id: x, extra: 1}", also=["extra"]) == (Rule("x"), [])
    assert check("{id: x, example: {name: n, extra: 1}}", also=["extra"])[1] == [
        '1:28 unknown key "extra" | known keys: count, languages, name, parts'
    ]


def test_keys_beside_the_shape_are_suggested_too() -> None:
    assert check("{id: x, extar: 1}", also=["extra"])[1] == ["1:9 unknown key \"extar\" | did you mean 'extra'?"]


def test_keys_of_the_shape_are_not_passed_over() -> None:
    assert check("{id: x, level: a}", also=["level"])[1] == ['1:9 expected a whole number, got "a"']


def test_parts_of_documents() -> None:
    document = read_toml(b"[tool.guard]\nid = 'x'\n\n[[tool.guards]]\nid = 1\n", "f")
    assert validate(document.at("tool", "guard"), Rule) == (Rule("x"), ())
    assert told(validate(document.at("tool", "guards", 0), Rule)[1]) == [
        "5:1 expected text, got a number (1) | put it in quotes"
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(("a", "b"), ['1:2 missing key "b"'], id="key"),
        pytest.param(("a", 0), ["1:2 missing value"], id="index"),
    ],
)
def test_parts_that_are_not_there(keys: tuple[str | int, ...], expected: list[str]) -> None:
    value, problems = validate(read_yaml(b"{a: {}}", "f").at(*keys), Rule)
    assert (value, told(problems)) == (None, expected)


@pytest.mark.parametrize(
    ("shape", "text", "expected"),
    [
        pytest.param(tuple[str, ...], '["a"]', ("a",), id="list"),
        pytest.param(dict[str, Link], '{"a": {"kind": "link"}}', {"a": Link("link")}, id="mapping"),
        pytest.param(File | Link, '{"kind": "link"}', Link("link"), id="union"),
        pytest.param(Annotated[int, Check(even)], "2", 2, id="checked number"),
    ],
)
def test_shapes_need_not_be_dataclasses(shape: Any, text: str, expected: object) -> None:
    assert validate(read_json(text.encode(), "f"), shape) == (expected, ())


def test_a_union_knows_the_keys_of_all_its_shapes() -> None:
    assert check("{kind: link, extra: 1}", File | Link, also=["extra"]) == (Link("link"), [])


@pytest.mark.parametrize("annotation", [bytes, list[str], tuple[int, str], set[str]])
def test_annotations_no_shape_may_have(annotation: Any) -> None:
    with pytest.raises(TypeError, match="cannot be part of a shape"):
        validate(read_yaml(b"a", "f"), annotation)


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    lines = check("id: x\nci-cd: [" + "1," * 100_000 + "]")[1]
    assert len(lines) == PROBLEM_LIMIT + 1
    assert lines[-1] == "2:407 more than 200 problems; the rest is not told | mend these first"


TABLE: dict[str, type[File | Link]] = {"file": File, "link": Link}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{path: p}", ['1:1 missing key "kind" | write one of file, link'], id="no tag"),
        pytest.param(
            "{path: p, kind: flie}", ["1:11 expected one of file, link; got \"flie\" | did you mean 'file'?"], id="misspelt tag"
        ),
        pytest.param("{path: p, kind: 3}", ["1:11 expected one of file, link; got a number (3)"], id="tag that is no text"),
        pytest.param("{kind: file}", ['1:1 missing key "path"'], id="problem of the shape"),
        pytest.param("{kind: file, path: p, pth: q}", ["1:23 unknown key \"pth\" | did you mean 'path'?"], id="unknown key"),
        pytest.param("[kind]", ["1:1 expected a mapping, got a list"], id="list"),
        pytest.param("", ["1:1 expected a mapping, got nothing"], id="empty document"),
    ],
)
def test_tells_problems_of_tagged_documents(text: str, expected: list[str]) -> None:
    value, problems = validate_tagged(read_yaml(text.encode(), "f"), "kind", TABLE)
    assert (value, told(problems)) == (None, expected)


def test_tags_choose_the_shape() -> None:
    assert validate_tagged(read_yaml(b"{kind: link}", "f"), "kind", TABLE) == (Link("link"), ())


def test_tags_need_not_be_known_to_the_shape() -> None:
    document = read_yaml(b"{type: n, name: x, extra: 1}", "f")
    assert validate_tagged(document, "type", {"n": Example}, also=["extra"]) == (Example("x"), ())


def test_tagged_parts_that_are_not_there() -> None:
    value, problems = validate_tagged(read_yaml(b"{a: 1}", "f").at("b"), "kind", TABLE)
    assert (value, told(problems)) == (None, ['1:1 missing key "b"'])


def test_known_keys() -> None:
    assert keys_of(Example) == ("count", "languages", "name", "parts")
    assert "ci-cd" in keys_of(Rule)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        pytest.param('{"id": "x", "ci-cd": ["a"], "example": {"name": "n", "parts": [{"name": "m"}]}}', True, id="good"),
        pytest.param('{"id": "x", "source": {"kind": "link"}}', True, id="good union"),
        pytest.param("{}", False, id="missing key"),
        pytest.param('{"id": "x", "ci_cd": []}', False, id="unknown key"),
        pytest.param('{"id": 1}', False, id="wrong value"),
        pytest.param('{"id": "x", "severity": "eror"}', False, id="wrong word"),
    ],
)
def test_json_schemas_say_the_same(text: str, *, valid: bool) -> None:
    document = read_json(text.encode(), "f")
    assert jsonschema_rs.validator_for(json_schema(Rule)).is_valid(document.value) is valid
    assert (validate(document, Rule)[0] is not None) is valid


def test_shapes_made_anew_are_not_taken_for_older_ones() -> None:
    def shape(annotation: Any) -> Any:
        return dataclass(frozen=True)(type("Made", (), {"__annotations__": {"a": annotation}}))

    for annotation, good in ((int, True), (str, False)) * 20:
        assert (validate(read_json(b'{"a": 1}', "f"), shape(annotation))[0] is not None) is good
        gc.collect()
