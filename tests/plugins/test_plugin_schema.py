from __future__ import annotations

import pytest

from ospec_guard.plugins.schema import schema_problem, violations


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        pytest.param({"type": "object"}, {"a": 1}, [], id="fits"),
        pytest.param({"properties": {"a": False}}, {"a": "hunter2"}, [(("a",), "no value is allowed here", "")], id="nothing allowed"),
        pytest.param({"unevaluatedProperties": False, "properties": {"abc": {}}}, {"abd": 1}, [(("abd",), "unknown key 'abd'", "did you mean 'abc'?")], id="unevaluated key"),
        pytest.param({"properties": {"a": {"additionalProperties": False, "properties": {"inner": {}}}}}, {"a": {"iner": 1}}, [(("a", "iner"), "unknown key 'iner'", "did you mean 'inner'?")], id="unknown key, deeper"),
        pytest.param({"items": {"type": "object", "properties": {"x": {}}, "additionalProperties": False}}, [{"y": 1}], [((0, "y"), "unknown key 'y'", "")], id="unknown key in a list: no hint"),
        pytest.param({"required": ["b", "a"]}, {}, [((), "'a' is missing", ""), ((), "'b' is missing", "")], id="in order"),
        pytest.param({"const": "x"}, "hunter2", [((), '"x" was expected', "")], id="another value"),
        pytest.param({"type": "number", "minimum": 3}, 1, [((), "the value is less than the minimum of 3", "")], id="the value is not shown"),
    ],
)  # fmt: skip
def test_violations(schema: object, value: object, found: object) -> None:
    assert schema_problem(schema) == ""
    assert violations(schema, value) == found
    assert "hunter2" not in str(violations(schema, value))


@pytest.mark.parametrize(
    "schema", [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}]
)
def test_a_schema_that_runs_in_circles_ends(schema: object) -> None:
    assert schema_problem(schema) == ""
    assert violations(schema, {}) == []


def test_an_expression_that_backtracks_ends() -> None:
    assert len(violations({"pattern": "^(?=(a+)+$)b"}, "a" * 60 + "!")) == 1
