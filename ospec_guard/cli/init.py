"""`ospec-guard init`: a first settings file, and what to do next."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from ospec_guard.app.root import find_root
from ospec_guard.cli.output import write_file
from ospec_guard.cli.world import World
from ospec_guard.config.load import find_settings
from ospec_guard.config.settings import SETTINGS_FILE
from ospec_guard.engine.disk import DiskFiles
from ospec_guard.errors import Problem, SurroundingsError, UsageError
from ospec_guard.model import ExitCode

HELP = "Write a first settings file."

_TEXT = """\
# Settings of ospec-guard; every key is explained in docs/settings.md of the project.
# Built-in rule packs run without any of this.

plugins:
  local_paths:
    - ./plugins
  enabled: []
  #  - "./plugins/custom-guardrails"

# What a violation does where: warn (report), error (exit 1), block (exit 1, only complete waivers excuse).
environments:
  development: {enforcement_level: warn}
  staging: {enforcement_level: error}
  production: {enforcement_level: block}

# Files that no rule looks at, as gitignore globs.
exclude: []

# Recorded exceptions. Complete ones hold everywhere; a date in the past holds nowhere.
waivers: []
#  - rule: python/eval-call
#    path: legacy/
#    reason: replaced by the parser in the next release
#    approved_by: security team
#    expires: 2027-03-31
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Takes nothing."""


def run(arguments: Namespace, world: World) -> ExitCode:  # noqa: ARG001
    """Writes the file at the root unless there are settings already."""
    root = find_root(world.cwd, ())
    found = find_settings(DiskFiles(root))
    if found:
        raise UsageError(Problem(f"there are settings already: {os.path.relpath(os.path.join(root, found), world.cwd)}"))
    path = os.path.join(root, SETTINGS_FILE)
    problem = write_file(path, _TEXT.encode(), SETTINGS_FILE)
    if problem:
        raise SurroundingsError(problem)
    world.print(
        f"wrote {os.path.relpath(path, world.cwd)}\n\n"
        "next:\n"
        "  ospec-guard check                     see what the rules find today\n"
        "  ospec-guard baseline                  record it, so that only new findings count\n"
        "  ospec-guard check --env production    see what would hold a release back\n"
        "  ospec-guard plugins new my-rules      start a guardrail plugin of your own\n"
    )
    return ExitCode.PASS
