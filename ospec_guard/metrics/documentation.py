"""`documentation`: the share of HTTP endpoints that are documented, in code or in an OpenAPI file.

Owns what counts and what is said about it; what an endpoint is, `endpoints` knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ospec_guard.languages import Language
from ospec_guard.metrics import UNPARSED
from ospec_guard.metrics.endpoints import Recogniser, recognisers
from ospec_guard.metrics.endpoints.facts import ANY, Route, Unparsed, decode, encode
from ospec_guard.metrics.endpoints.join import Endpoint, join
from ospec_guard.model import MetricScore, Offender
from ospec_guard.protocols import Asset, FileView, Tally
from ospec_guard.regular import compile_regex
from ospec_guard.values import value

NAME = "documentation"

_TESTS = re.compile(
    r"(?:^|/)(?:tests?|__tests__|__mocks__)/|(?:^|/)(?:test_[^/]*|conftest|[^/]*_test)\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$"
)

_DECLARATIONS = re.compile(r"\.d\.[cm]?ts$")
"""Types alone: what answers is elsewhere."""


@value
class Schema:
    """`documentation` adds no keys to a metric."""


@value
class Options:
    """Nothing to choose."""


def compile(raw: Schema) -> Options:  # noqa: A001, ARG001 - the protocol's word
    """Nothing to choose."""
    return Options()


def prefilter(options: Options) -> tuple[str, ...]:  # noqa: ARG001
    """What routes, views and OpenAPI files look like."""
    return tuple(dict.fromkeys(hint for one in recognisers() for hint in one.HINTS))


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Files in which endpoints are recognised; not tests, whose endpoints nobody calls, nor declarations of types."""
    if _TESTS.search(path) or _DECLARATIONS.search(path):
        return False
    return any(language.name in one.LANGUAGES for one in recognisers())


def measure(options: Options, view: FileView) -> Tally | None:
    """The facts of one file as `details`; `good` and `total` count its routes, before other files are known."""
    if not applies(options, view.path, view.language):
        return None
    facts, lines = set(), set()
    for one in recognisers():
        if view.language.name in one.LANGUAGES and _hinted(one, view.source.data, 0, None):
            broken = _broken(one, view)
            for fact in one.recognise(view):
                if isinstance(fact, Unparsed):
                    lines.add(fact.line)
                elif not (isinstance(fact, Route) and any(first <= fact.line <= last for first, last in broken)):
                    facts.add(fact)
            lines.update(first for first, _ in broken)
    if not facts and not lines:
        return None
    routes = [fact for fact in facts if isinstance(fact, Route)]
    details = encode(facts) + tuple((UNPARSED, str(line)) for line in sorted(lines))
    return Tally(sum(route.documented for route in routes), len(routes), (), details)


def folders(options: Options) -> tuple[str, ...]:  # noqa: ARG001
    """None: not a metric of the build."""
    return ()


def measure_assets(options: Options, assets: Sequence[Asset]) -> Tally | None:  # noqa: ARG001
    """Nothing: not a metric of the build."""
    return None


def score(options: Options, tallies: Sequence[tuple[str, Tally]]) -> MetricScore:  # noqa: ARG001
    """The share of documented endpoints; None when there are none."""
    found = join((path, decode(tally.details)) for path, tally in tallies)
    good, total = sum(endpoint.documented for endpoint in found.all), len(found.all)
    in_files = sum(endpoint.specified for endpoint in found.all)
    details = (
        ("endpoints in code alone", total - in_files),
        ("operations in OpenAPI files", in_files),
        ("routes to views of packages, not counted", found.foreign),
        ("path items in files not measured, not counted", found.missing),
    )
    return MetricScore(
        id="",
        description="",
        kind=NAME,
        score=good / total if total else None,
        target=None,
        threshold=None,
        measured=f"{good} of {total} endpoints" if total else "",
        offenders=tuple(sorted((_offender(e) for e in found.all if not e.documented), key=lambda o: o.sort_key)),
        note="" if total else "no HTTP endpoint recognised",
        details=tuple((name, str(count)) for name, count in details if count),
    )


def _offender(endpoint: Endpoint) -> Offender:
    method = "any method" if endpoint.method == ANY else endpoint.method
    cure = "docstring" if endpoint.file.endswith(".py") else "doc comment"
    if endpoint.specified:
        cure = "summary or description"
    message = f"{method} {endpoint.path} is not documented: {endpoint.subject} has no {cure}"
    return Offender(endpoint.file, message, endpoint.line, endpoint.column)


def _hinted(recogniser: Recogniser, data: bytes, start: int, end: int | None) -> bool:
    return any(compile_regex(hint).search(data, start, end) for hint in recogniser.HINTS)


def _broken(recogniser: Recogniser, view: FileView) -> list[tuple[int, int]]:
    """First and last lines of the regions that did not parse and in which the recogniser would have looked."""
    # OpenAPI files are read by `document`, which is whole or nothing.
    regions = view.structure.broken if view.structure is not None and view.language.name not in {"yaml", "json"} else ()
    hinted = [region for region in regions if _hinted(recogniser, view.source.data, *region)]
    return [(view.source.line_of(start), view.source.line_of(max(start, end - 1))) for start, end in hinted]
