from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_world import RULE, TRAP, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(str(tmp_path))


@pytest.fixture
def trapped(project: Project) -> Project:
    """A project with one rule and one file that it finds something in."""
    return _with_trap(project)


@pytest.fixture
def shared() -> Iterator[Project]:
    """As `trapped`, where everybody may go: pytest's own folders are open to their owner alone."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield _with_trap(Project(folder))


def _with_trap(project: Project) -> Project:
    project.write("r.yaml", RULE)
    project.write("ok.py", TRAP)
    return project
