from __future__ import annotations

import os
import pickle

import pytest
from metric_world import FIXTURES, METRICS, View

from ospec_guard.document import read_yaml, validate
from ospec_guard.metrics import metric


@pytest.mark.parametrize("name", METRICS)
def test_each_name_is_its_modules(name: str) -> None:
    module = metric(name)
    assert name == module.NAME
    assert all(
        callable(getattr(module, f))
        for f in ("compile", "prefilter", "applies", "measure", "folders", "measure_assets", "score")
    )


def test_other_names_are_refused() -> None:
    with pytest.raises(KeyError):
        metric("documentaton")


def test_the_specifications_block_is_understood() -> None:
    path = os.path.join(FIXTURES, "..", "spec", "quality-metrics.yaml")
    with open(path, "rb") as file:
        document = read_yaml(file.read(), path)
    shared = ("name", "description", "type", "target", "threshold")
    compiled = {}
    for index, entry in enumerate(document.value["metrics"]):
        module = metric(entry["type"])
        raw, problems = validate(document.at("metrics", index), module.Schema, also=shared)
        assert problems == ()
        compiled[entry["type"]] = module.compile(raw)
    assert sorted(compiled) == sorted(METRICS)
    assert compiled["code_analysis"].requires == "try:|raise|except:"
    assert compiled["build_analysis"].limits == (("javascript", 250_000), ("css", 50_000), ("images", 1_000_000))


@pytest.mark.parametrize(
    ("type_", "entry", "says"),
    [
        pytest.param("documentation", "{target: 1, pattern: x}", 'unknown key "pattern"', id="key-of-another-type"),
        pytest.param("code_analysis", "{pattern: x}", "requires", id="missing-key"),
        pytest.param("code_analysis", "{pattern: '(', requires: x}", "regular expression", id="no-expression"),
        pytest.param("code_analysis", "{pattern: 'x*', requires: x}", "matches the empty text", id="matches-everywhere"),
        pytest.param("code_analysis", "{pattern: x, requires: x, context: blok}", "block", id="no-context"),
        pytest.param("build_analysis", "{}", "limits", id="no-limits"),
        pytest.param("build_analysis", "{limits: {css: [1]}}", "got a list", id="no-size"),
    ],
)
def test_a_schema_refuses(type_: str, entry: str, says: str) -> None:
    raw, problems = validate(read_yaml(entry.encode(), "m.yaml"), metric(type_).Schema, also=("target",))
    assert raw is None
    assert [says in str(problem) for problem in problems] == [True]


def test_options_and_tallies_cross_process_boundaries() -> None:
    for name, keys in (
        ("documentation", {}),
        ("code_analysis", {"pattern": "def", "requires": "x"}),
        ("build_analysis", {"limits": {"css": 1}}),
    ):
        module = metric(name)
        options = module.compile(module.Schema(**keys))
        assert pickle.loads(pickle.dumps(options)) == options  # noqa: S301 - our own bytes
        tally = module.measure(options, View("app.py", "@app.route('/')\ndef f(): pass\n"))
        assert pickle.loads(pickle.dumps(tally)) == tally  # noqa: S301
