from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(str(tmp_path))
