"""Metric types: one module each, and the table of them.

Adding a metric type costs a module that satisfies `protocols.Metric`, a line here, a test and a paragraph in `docs/metrics.md`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from ospec_guard.protocols import Metric

METRICS: dict[str, str] = {
    "build_analysis": "ospec_guard.metrics.build_analysis",
    "code_analysis": "ospec_guard.metrics.code_analysis",
    "documentation": "ospec_guard.metrics.documentation",
}
"""The value of `type` in an entry of `metrics:`, and the module that implements it."""

UNPARSED = "unparsed"
"""Name of a `Tally.details` entry whose value is the 1-based line of a region that was not measured: a gap, one each."""


@cache
def metric(name: str) -> Metric:
    """The implementation of a type in METRICS. Raises KeyError for others."""
    return cast("Metric", import_module(METRICS[name]))
