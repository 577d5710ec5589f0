from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metric_world import FIXTURES

from ospec_guard.languages import by_name
from ospec_guard.metrics import build_analysis
from ospec_guard.model import MetricScore, Offender
from ospec_guard.protocols import Asset, CompileError

SPEC = {"javascript": "250KB", "css": "50KB", "images": "1MB"}


def options(limits: dict[str, str | int], path: str | tuple[str, ...] = ()) -> build_analysis.Options:
    return build_analysis.compile(build_analysis.Schema(limits, path))


def scored(limits: dict[str, str | int], *assets: Asset, path: str | tuple[str, ...] = ()) -> MetricScore:
    chosen = options(limits, path)
    tally = build_analysis.measure_assets(chosen, assets)
    return build_analysis.score(chosen, [("dist", tally)] if tally is not None else [])


def js(size: int, name: str = "app.js") -> Asset:
    return Asset(f"dist/{name}", size, size // 3)


@pytest.mark.parametrize(
    ("sizes", "score"),
    [
        pytest.param([100_000], 1.0, id="well-within"),
        pytest.param([250_000], 1.0, id="the-limit-exactly"),
        pytest.param([250_001], 250_000 / 250_001, id="a-byte-over"),
        pytest.param([200_000, 300_000], 0.5, id="twice-over-in-two-files"),
        pytest.param([2_500_000], 0.1, id="ten-times-over"),
    ],
)
def test_score_is_limit_by_bytes(sizes: list[int], score: float) -> None:
    assert scored(SPEC, *[js(size, f"{i}.js") for i, size in enumerate(sizes)]).score == score


def test_the_worst_kind_decides_and_every_kind_is_shown() -> None:
    found = scored(
        SPEC, js(310_000), Asset("dist/a.css", 100_000, 9_000), Asset("dist/a.png", 10, 10), Asset("dist/index.html", 10**9, 1)
    )
    assert found.score == 0.5
    assert found.measured == "1 of 3 kinds of asset within their limits"
    assert found.details == (
        ("javascript", "310000 bytes of 250000, 103333 gzipped, over by 60000"),
        ("css", "100000 bytes of 50000, 9000 gzipped, over by 50000"),
        ("images", "10 bytes of 1000000, 10 gzipped"),
    )
    assert found.offenders == (
        Offender("dist/app.js", "310000 bytes (103333 gzipped), 100% of all javascript", weight=310_000),
        Offender("dist/a.css", "100000 bytes (9000 gzipped), 100% of all css", weight=100_000),
    )


def test_the_worst_kind_decides_wherever_it_stands() -> None:
    assert scored(SPEC, js(1_000_000), Asset("dist/a.css", 100_000, 9_000)).score == 0.25


def test_offenders_are_the_files_of_kinds_over_their_limit_largest_first() -> None:
    found = scored(SPEC, js(100_000, "b.js"), js(300_000, "a.js"), js(0, "empty.js"), Asset("dist/a.png", 900_000, 1))
    assert [(o.path, o.message.rpartition(", ")[2]) for o in found.offenders] == [
        ("dist/a.js", "75% of all javascript"),
        ("dist/b.js", "25% of all javascript"),
    ]


def test_the_total_names_a_file_once() -> None:
    found = scored({"total": 100, "javascript": 100}, js(300), Asset("dist/data.bin", 200, 200))
    assert found.score == 0.2
    assert [o.message for o in found.offenders] == [
        "300 bytes (100 gzipped), 100% of all javascript",
        "200 bytes (200 gzipped), 40% of all total",
    ]


@pytest.mark.parametrize(
    ("limits", "score"),
    [
        pytest.param({"fonts": 0}, 0.0, id="one-file-of-what-is-not-allowed"),
        pytest.param({"css": 0, "fonts": 9}, 1.0, id="none-of-it"),
    ],
)
def test_a_limit_of_nothing(limits: dict[str, str | int], score: float) -> None:
    assert scored(limits, Asset("dist/a.woff2", 9, 9)).score == score


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["app.js.map", "app.css.map"], id="source-maps"),
        pytest.param(["app.js.br", "app.js.gz"], id="compressed-twins"),
    ],
)
def test_does_not_count(names: list[str]) -> None:
    counted = scored({"total": 100}, js(10), *[Asset(f"dist/{name}", 10**6, 1) for name in names])
    assert counted.details == (("total", "10 bytes of 100, 3 gzipped"),)


def test_an_archive_that_is_no_twin_counts() -> None:
    assert scored({"other": 100}, Asset("dist/data.tar.gz", 200, 200)).score == 0.5


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/app.MJS", "javascript"),
        ("a/app.css", "css"),
        ("a/photo.JPEG", "images"),
        ("a/font.woff2", "fonts"),
        ("a/core.wasm", "wasm"),
        ("a/site.webmanifest", "json"),
        ("a/film.webm", "media"),
        ("a/README", "other"),
        ("a.js/README", "other"),
        ("a/.css", "other"),
    ],
)
def test_kind_of(path: str, kind: str) -> None:
    assert build_analysis.kind_of(path) == kind


def test_no_build_folder_is_no_score() -> None:
    found = scored(SPEC)
    no_folder = build_analysis.score(options(SPEC), [])
    assert (no_folder.score, no_folder.offenders, no_folder.measured) == (None, (), "")
    assert no_folder.note.startswith("no build folder found (looked for dist, build, out, public/build, ")
    assert found.note.startswith("the build folder holds no file that has a limit (looked in dist, ")


@pytest.mark.parametrize(
    ("tallies", "note"),
    [
        pytest.param(False, "gap: no build folder found (looked for web/dist)", id="missing"),
        pytest.param(True, "gap: the build folder holds no file that has a limit (looked in web/dist)", id="empty"),
    ],
)
def test_a_build_that_was_named_and_is_not_there_is_a_gap(tallies: bool, note: str) -> None:
    chosen = options(SPEC, "web/dist/")
    empty = build_analysis.measure_assets(chosen, [Asset("web/dist/notes.txt", 5, 5)])
    assert empty is not None
    found = build_analysis.score(chosen, [("web/dist", empty)] if tallies else [])
    assert (found.score, found.note) == (None, note)


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        pytest.param((), build_analysis.CANDIDATES, id="the-usual-ones"),
        pytest.param("./web/dist/", ("web/dist",), id="text"),
        pytest.param(("a", "b"), ("a", "b"), id="list"),
    ],
)
def test_folders(path: str | tuple[str, ...], folders: tuple[str, ...]) -> None:
    assert build_analysis.folders(options(SPEC, path)) == folders


@pytest.mark.parametrize(
    ("limits", "path", "keys", "message", "hint"),
    [
        pytest.param(
            {"javascrpt": 1},
            (),
            ("limits", "javascrpt"),
            "unknown kind of asset 'javascrpt'",
            "did you mean 'javascript'?",
            id="misspelt",
        ),
        pytest.param(
            {"zzz": 1}, (), ("limits", "zzz"), "unknown kind of asset 'zzz'", "kinds: javascript, css, ", id="unknown"
        ),
        pytest.param({"css": "50 kilo"}, (), ("limits", "css"), "'kilo' is no unit, expected B, KB", "", id="unit"),
        pytest.param({"css": -1}, (), ("limits", "css"), "-1 is negative", "", id="negative"),
        pytest.param({}, (), ("limits",), "expected a limit for at least one kind of asset", "kinds: javascript", id="none"),
        pytest.param(
            {"css": 1}, "../dist", ("path",), "'../dist' is no folder below the root", "give it relative", id="above-the-root"
        ),
        pytest.param(
            {"css": 1}, "/srv/dist", ("path",), "'/srv/dist' is no folder below the root", "give it relative", id="absolute"
        ),
        pytest.param({"css": 1}, "", ("path",), "'' is no folder below the root", "give it relative", id="empty"),
    ],
)
def test_refuses(
    limits: dict[str, str | int], path: str | tuple[str, ...], keys: tuple[str, ...], message: str, hint: str
) -> None:
    with pytest.raises(CompileError) as caught:
        options(limits, path)
    assert caught.value.keys == keys
    assert str(caught.value).startswith(message)
    assert caught.value.hint.startswith(hint)


assets = st.lists(
    st.builds(
        Asset, st.sampled_from([f"dist/{n}" for n in ("a.js", "b.js", "a.css", "c.png")]), st.integers(0, 10**6), st.just(1)
    ),
    unique_by=lambda a: a.path,
)


@given(assets, st.randoms())
def test_the_order_of_files_does_not_matter_and_scores_are_shares(found: list[Asset], random: Random) -> None:
    shuffled = random.sample(found, len(found))
    assert scored(SPEC, *shuffled) == scored(SPEC, *found)
    score = scored(SPEC, *found).score
    assert score is None if not found else 0 < score <= 1


def test_looks_at_no_source_file() -> None:
    chosen, language = options(SPEC), by_name("javascript")
    assert language is not None
    assert not build_analysis.applies(chosen, "dist/app.js", language)
    assert build_analysis.prefilter(chosen) == ()


def test_the_documentation_lists_every_kind_and_candidate() -> None:
    with open(os.path.join(FIXTURES, "..", "..", "docs", "metrics.md"), encoding="utf-8") as file:
        text = file.read()
    for kind, endings in build_analysis.KINDS.items():
        assert f"| `{kind}` | {' '.join(f'`{ending}`' for ending in endings)}" in text
    for folder in build_analysis.CANDIDATES:
        assert f"`{folder}`" in text
