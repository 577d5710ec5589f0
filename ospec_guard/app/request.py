"""What somebody asks for, before any of it is looked up: a command line (or an editor's wish) as a value."""

from __future__ import annotations

from ospec_guard.model import Level
from ospec_guard.values import value


@value
class Request:
    """The selecting options that `check`, `baseline` and `explain` share. Paths are relative to `cwd`."""

    cwd: str
    paths: tuple[str, ...] = ()
    environment: str | None = None
    """None: as settings say, else `development`."""
    level: Level | None = None
    """Overrides the level of the chosen environment."""
    config: str | None = None
    rules: tuple[str, ...] = ()
    """Further rule files and folders."""
    isolated: bool = False
    """Only `rules`: no settings, built-in packs or plugins."""
    baseline: str | None = None
    diff: str | None = None
    staged: bool = False
    policy_from: str | None = None
    jobs: int | None = None
    cache: bool = True
    git_ignore: bool = True
    stats: bool = False
    revision: bool = False
    """Look up which commit is checked out; costs a call of git."""
