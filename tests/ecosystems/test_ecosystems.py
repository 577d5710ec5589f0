"""The table of ecosystems as a whole, purls, and the categories."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from ospec_guard.ecosystems import ECOSYSTEMS, Dependency, Manifest, read
from ospec_guard.ecosystems.categories import _CATEGORIES, CATEGORIES, in_category

DOCS = Path(__file__).parents[2] / "docs" / "dependencies.md"


def test_every_ecosystem_is_known_by_its_name() -> None:
    assert {name: ecosystem.NAME for name, ecosystem in ECOSYSTEMS.items()} == {name: name for name in ECOSYSTEMS}


@pytest.mark.parametrize(
    ("dependency", "purl"),
    [
        pytest.param(Dependency("pypi", "django", "Django", 0, 6, version="4.2"), "pkg:pypi/django@4.2", id="exact"),
        pytest.param(Dependency("pypi", "django", "Django", 0, 6, requirement=">=4"), "pkg:pypi/django", id="range"),
        pytest.param(
            Dependency("pypi", "x", "x", 0, 1, version="1!2.0+cpu"), "pkg:pypi/x@1%212.0%2Bcpu", id="epoch and local version"
        ),
        pytest.param(Dependency("npm", "@s/x", "@s/x", 0, 4, version="1.0.0-a+b"), "pkg:npm/%40s/x@1.0.0-a%2Bb", id="scope"),
    ],
)
def test_purl(dependency: Dependency, purl: str) -> None:
    assert dependency.purl == purl


def test_a_file_that_is_no_manifest_says_nothing() -> None:
    assert read("main.py", b"import django") == Manifest()


def test_manifests_travel_between_processes() -> None:
    manifest = read("requirements.txt", b"django\nbad name")
    assert pickle.loads(pickle.dumps(manifest)) == manifest  # noqa: S301


@pytest.mark.parametrize(
    ("category", "ecosystem", "name", "expected"),
    [
        ("database", "pypi", "psycopg2", True),
        ("database", "pypi", "redis", True),
        ("database", "pypi", "mysql-connector-python", True),
        ("database", "pypi", "sqlalchemy", False),
        ("orm", "pypi", "sqlalchemy", True),
        ("database", "npm", "pg", True),
        ("database", "npm", "@redis/client", True),
        ("database", "npm", "psycopg2", False),
        ("testing", "npm", "jest-diff", True),
    ],
)
def test_categories(category: str, ecosystem: str, name: str, expected: bool) -> None:
    assert in_category(category, ecosystem, name) is expected


def test_the_documentation_lists_every_category() -> None:
    section = DOCS.read_text(encoding="utf-8").partition("## Categories")[2].partition("\n## ")[0]
    assert [name for name in re.findall(r"`(\w+)`", section) if name != "allowed_packages"] == list(CATEGORIES)


def test_the_categories_are_tidy() -> None:
    assert sorted(CATEGORIES) == list(CATEGORIES)
    for groups in _CATEGORIES.values():
        assert set(groups) <= set(ECOSYSTEMS)
        for ecosystem, words in groups.items():
            names = words.split()
            assert names == sorted(set(names))
            assert names == [ECOSYSTEMS[ecosystem].normalise(name) for name in names]
            assert all(ECOSYSTEMS[ecosystem].valid_name(name.replace("*", "x")) for name in names)
