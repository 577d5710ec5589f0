"""What every acceptance test has around it: git without anybody's configuration, fixed identities and dates, one shared cache."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import acceptance_world as world
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder in which runs keep their rulebooks."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module", autouse=True)
def _surroundings(cache: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GIT_", "OSPEC_", "PRE_COMMIT")) and name != "GIT_EXEC_PATH":
                patch.delenv(name)
        for name, value in {**world.GIT, "XDG_CACHE_HOME": cache, "HOME": str(tmp_path_factory.mktemp("home"))}.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def project(tmp_path: Path) -> world.Project:
    """An empty repository."""
    return world.Project(tmp_path / "project")


@pytest.fixture
def plain(tmp_path: Path) -> Callable[..., world.Project]:
    """Makes a folder of files (path to text) outside of git, for what has nothing to do with it: quicker."""
    return lambda files, name="project": world.Project.at(world.write(tmp_path / name, files))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., world.Project]:
    """Makes a repository of files (path to text), all committed."""
    return lambda files, name="project": world.Project(tmp_path / name, files)
