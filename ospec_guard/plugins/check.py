"""One file or folder judged by itself, as `plugins validate` wants it: its form, and the files it names.

Leaves to `load` what depends on a run: the environment's variables, other plugins, versions of OSpec and of the engine.
Leaves to `ruleset` the entries of `rules:` and `metrics:`, for which the document is handed on.
"""

from __future__ import annotations

from collections.abc import Mapping

from ospec_guard.document import Document, read_yaml
from ospec_guard.errors import GuardError, Problem
from ospec_guard.model import Place
from ospec_guard.plugins.configuration import read_schema
from ospec_guard.plugins.discover import find_at
from ospec_guard.plugins.fragments import fragment_problems, reading_of
from ospec_guard.plugins.places import Spot
from ospec_guard.plugins.types import outcome_type
from ospec_guard.protocols import Files
from ospec_guard.values import value


@value
class Judgement:
    """What a file is, and everything that is wrong with it."""

    what: str
    """For people: `guardrails plugin 'company_compliance'`, `settings file`, `registry policy`, `OSpec document`."""
    name: str
    """Of the plugin; empty for other documents."""
    document: Document | None
    """Of a plugin's manifest, with the `rules:` and `metrics:` that `ruleset` is to judge; None when there are none."""
    problems: tuple[Problem, ...] = ()


def judge(spot: Spot, files: Files, outcome_types: Mapping[str, outcome_type.Shape] | None = None) -> Judgement:
    """Judges a manifest, the folder of one, or another document about plugins. Problems are collected, never raised.

    `outcome_types` are those of the plugins at hand, by name, for OSpec documents that use one; None: none are known.
    """
    reading = _fragment(spot, files)
    if reading is not None:
        document, what = reading
        return Judgement(what, "", None, fragment_problems(document, what, outcome_types))
    found = find_at(spot, files)
    if found is None:
        what = "no plugin.yaml in the folder" if files.is_dir(spot.path) else "the file does not exist"
        return Judgement(
            "plugin", "", None, (Problem(what, Place(spot.shown), "give a manifest or the folder that holds one"),)
        )
    manifest = found.reading.manifest
    if manifest is None:
        return Judgement("plugin", found.name, found.reading.entries, found.reading.problems)
    _, problems = read_schema(found, manifest, files)
    return Judgement(f"{manifest.type} plugin '{found.name}'", found.name, found.reading.entries, problems)


def _fragment(spot: Spot, files: Files) -> tuple[Document, str] | None:
    """The document and its reading, where the path is a file that holds something other than a manifest."""
    if files.is_dir(spot.path):
        return None
    try:
        document = read_yaml(files.read(spot.path), spot.shown)
    except (OSError, GuardError):
        return None  # Told again, with its problems, by the reading as a manifest.
    what = reading_of(document)
    return (document, what) if what else None
