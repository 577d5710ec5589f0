"""Kept rulebooks: the same bytes as without, made anew when anything changed, never read when others could have written them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ospec_guard.app.codec import decode, encode
from ospec_guard.app.request import Request
from ospec_guard.app.session import open_session
from ospec_guard.globs import Glob
from ospec_guard.model import Level, Place, Severity, Span
from ospec_guard.protocols import Example

RULES = "rules:\n- {id: a, type: code_analysis, pattern: eval, severity: error, message: Words}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "plugins" / "mine").mkdir(parents=True)
    (root / "plugins/mine/plugin.yaml").write_text(f"plugin_type: guardrails\nname: mine\n{RULES}")
    (root / "ospec-guard.yaml").write_text("plugins: {enabled: [./plugins/mine]}\n")
    return root


def rule_ids(project: Path, **environ: str) -> list[str]:
    session = open_session(Request(str(project)), {"HOME": str(project.parent), **environ})
    return [rule.id for rule in session.rulebook.rules if rule.info.plugin == "mine"]


def plans(project: Path) -> list[Path]:
    return sorted((project.parent / ".cache" / "ospec-guard").glob("*"))


def test_the_second_reading_is_equal_to_the_first_and_reads_no_yaml(project: Path, monkeypatch: pytest.MonkeyPatch):
    first = open_session(Request(str(project)), {"HOME": str(project.parent)})
    monkeypatch.setattr("ospec_guard.app.rulebook.make_rulebook", None)
    assert open_session(Request(str(project)), {"HOME": str(project.parent)}).rulebook == first.rulebook


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        pytest.param(lambda p: (p / "plugins/mine/plugin.yaml").write_text(f"plugin_type: guardrails\nname: mine\n{RULES}".replace("id: a", "id: bb")), ["mine/bb"], id="a rule"),
        pytest.param(lambda p: (p / "ospec-guard.yaml").write_text("cache: true\n"), [], id="the settings"),
        pytest.param(lambda p: (p / "ospec-guard.yaml").unlink(), [], id="no settings any more"),
    ],
)  # fmt: skip
def test_what_changed_is_seen(project: Path, change, wanted: list[str]):
    assert rule_ids(project) == ["mine/a"]
    change(project)
    assert rule_ids(project) == wanted


def test_settings_that_appear_are_seen(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    request = Request(str(tmp_path))
    assert open_session(request, {"HOME": str(tmp_path)}).rulebook.settings.path == ""
    (tmp_path / "ospec-guard.yaml").write_text("default_environment: staging\n")
    assert open_session(request, {"HOME": str(tmp_path)}).environment == "staging"


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda plan: plan.write_bytes(b""), id="empty"),
        pytest.param(lambda plan: plan.write_bytes(plan.read_bytes()[:-9]), id="cut"),
        pytest.param(lambda plan: plan.write_bytes(plan.read_bytes().replace(b"mine/a", b"mine/z")), id="forged"),
        pytest.param(lambda plan: os.chmod(plan, 0o666), id="writable by others"),
    ],
)
def test_a_plan_that_is_not_as_it_was_left_is_not_read(project: Path, spoil):
    assert rule_ids(project) == ["mine/a"]
    (plan,) = plans(project)
    spoil(plan)
    assert rule_ids(project) == ["mine/a"]


@pytest.mark.parametrize("text", ["cache: false\nplugins: {enabled: [./plugins/mine]}\n"])
def test_nothing_is_kept_when_the_settings_say_so(project: Path, text: str):
    (project / "ospec-guard.yaml").write_text(text)
    assert rule_ids(project) == ["mine/a"]
    assert plans(project) == []


def test_nothing_is_kept_of_what_the_environment_says(project: Path):
    (project / "ospec-guard.yaml").write_text(
        "plugins: {enabled: [./plugins/mine], config: {./plugins/mine: {token: '${MINE_TOKEN}'}}}\n"
    )
    assert rule_ids(project, MINE_TOKEN="hunter2-blue") == ["mine/a"]
    assert plans(project) == []


def test_a_folder_that_cannot_be_written_costs_nothing(project: Path):
    (project.parent / ".cache").write_text("a file where the folder should be\n")
    assert rule_ids(project) == ["mine/a"]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param((1, "a", None, True, 2.5), id="scalars"),
        pytest.param(Place("a\udcff", 1, 2), id="a path that is no UTF-8"),
        pytest.param((Severity.ERROR, Level.BLOCK), id="enums"),
        pytest.param({"a": (Span(1, 2, 3, 4, 5, 6),), "d": {}}, id="a dict"),
        pytest.param(frozenset({"a", "b"}), id="a set"),
        pytest.param(("a\n" * 300, "short", ("é\udcff" * 400,)), id="long texts"),
        pytest.param((Glob("*", ".", include=True), Example("x", matches=False, language="python")), id="values"),
    ],
)
def test_what_is_kept_comes_back_equal(value: object):
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="too little"),
        pytest.param(b'[["os:system"], {"c": [0, "true"]}]', id="a function of others"),
        pytest.param(b'[["ospec_guard.cli:run"], {"c": [0]}]', id="a function of ours"),
        pytest.param(b'[["ospec_guard.model:Place"], {"c": [1]}]', id="a class that is not named"),
        pytest.param(b'[[], {"t": [0]}]\nabc', id="a text without an end"),
        pytest.param(b'[["ospec_guard.nowhere:Place"], {"c": [0]}]', id="a module that is not there"),
    ],
)
def test_nothing_but_values_comes_back(data: bytes):
    with pytest.raises(ValueError, match=r"kept value|not ours|no value|unpack|Expecting"):
        decode(data)


def test_only_values_can_be_kept():
    with pytest.raises(TypeError):
        encode([1])
