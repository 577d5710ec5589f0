from __future__ import annotations

import pickle

import pytest

from ospec_guard.plugins.variables import Secret, replaced, variables

ENVIRON = {"URL": "https://x", "_T1": "${URL}", "EMPTY": ""}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("${URL}", "https://x", id="alone"),
        pytest.param("a ${URL}/${URL} b", "a https://x/https://x b", id="within text, twice"),
        pytest.param({"a": ["${URL}", 1, True, None]}, {"a": ["https://x", 1, True, None]}, id="within mappings and lists"),
        pytest.param({"${URL}": 1}, {"${URL}": 1}, id="keys are left alone"),
        pytest.param("${_T1}", "${URL}", id="what is put in is not looked at again"),
        pytest.param("[${EMPTY}]", "[]", id="set, and empty"),
        pytest.param("${task.priority} ${ospec.id}", "${task.priority} ${ospec.id}", id="for a workflow to fill in"),
        pytest.param(
            "${lower} ${Mixed} ${1A} ${} $URL ${URL", "${lower} ${Mixed} ${1A} ${} $URL ${URL", id="no environment variables"
        ),
        pytest.param("$${URL}", "${URL}", id="escaped"),
        pytest.param("$${URL} ${URL}", "${URL} https://x", id="escaped and not"),
        pytest.param("$${task.id}", "${task.id}", id="escaped for a workflow"),
        pytest.param(3, 3, id="a number"),
    ],
)
def test_replacing(value: object, expected: object) -> None:
    assert replaced(value, ENVIRON) == expected


def test_a_missing_variable_is_never_replaced_by_nothing() -> None:
    with pytest.raises(KeyError):
        replaced("${MISSING}", ENVIRON)


def test_variables_are_listed_with_the_keys_that_lead_to_them() -> None:
    value = {"a": "${ONE}", "b": [{"c": "${TWO}/${ONE}"}, "$${NOT}"], "d": "${task.x}"}
    assert list(variables(value)) == [("ONE", ("a",)), ("TWO", ("b", 0, "c")), ("ONE", ("b", 0, "c"))]


def test_a_secret_keeps_itself_to_itself() -> None:
    secret = Secret({"token": "hunter2"})
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret])]
    assert not any("hunter2" in text for text in shown)
    assert secret.reveal() == {"token": "hunter2"}
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(secret)


def test_secrets_compare_by_what_they_hold() -> None:
    assert Secret({"a": 1}) == Secret({"a": 1})
    assert Secret({"a": 1}) != Secret({"a": 2})
    assert Secret("a") != "a"
