from __future__ import annotations

import pickle

import pytest
from metric_world import METRICS, View

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
