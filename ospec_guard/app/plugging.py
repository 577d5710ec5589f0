"""What the `plugins` command answers: what there is, what one says, whether a file has its form."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ospec_guard.app.root import find_root
from ospec_guard.app.rulebook import builtin, entry_problems
from ospec_guard.config.load import find_settings, load_settings
from ospec_guard.config.settings import PluginSettings
from ospec_guard.engine.disk import DiskFiles
from ospec_guard.errors import PluginError, Problem, UsageError
from ospec_guard.plugins.check import Judgement, judge
from ospec_guard.plugins.discover import Found
from ospec_guard.plugins.places import UnknownHomeError, origin
from ospec_guard.plugins.selection import Selection, look_up, select
from ospec_guard.plugins.show import Row, describe, rows
from ospec_guard.values import value


@value
class Shelf:
    """The plugins at hand for a folder somebody stands in."""

    root: str
    settings_path: str
    files: DiskFiles
    selection: Selection
    environ: Mapping[str, str]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them, for `plugins list`."""
        return rows(self.selection)

    def describe(self, name: str) -> str:
        """What there is to know of a plugin, named as in the settings or by its path. Raises PluginError when there is none."""
        found = self._find(name)
        enabled = any(selected.found.spot.path == found.spot.path for selected in self.selection.selected)
        return describe(found, enabled=enabled)

    def _find(self, name: str) -> Found:
        found = look_up(name, self.selection, self.files, origin(self.root, self.settings_path, self.environ))
        if isinstance(found, Problem):
            raise PluginError(found)
        return found


def open_shelf(cwd: str, config: str | None, environ: Mapping[str, str]) -> Shelf:
    """The plugins the settings enable, and all that lie under their paths and among the bundled ones."""
    root = find_root(cwd, ())
    files = DiskFiles(root)
    path = os.path.relpath(os.path.join(cwd, config), root) if config else find_settings(files)
    settings = load_settings(files, path)[0].plugins if path else PluginSettings()
    selection = select(
        settings,
        files=files,
        root=root,
        settings_path=path or "",
        environ=environ,
        bundled=[builtin("plugins")],
        everything=True,
    )
    return Shelf(root, path or "", files, selection, environ)


def validate_paths(cwd: str, paths: Sequence[str], environ: Mapping[str, str]) -> list[tuple[str, Judgement]]:
    """Each path as shown, and what is to be said of it; the rules and metrics of guardrails plugins are compiled too."""
    if not paths:
        raise UsageError(Problem("'plugins validate' needs a manifest or a folder that holds one"))
    files = DiskFiles(cwd)
    start = origin(cwd, "", environ)
    judged = []
    for path in paths:
        try:
            judgement = judge(start.spot(path), files)
        except UnknownHomeError as error:
            raise UsageError(Problem(str(error))) from error
        problems = judgement.problems + (entry_problems(judgement.document, judgement.name) if judgement.document else ())
        judged.append((path, Judgement(judgement.what, judgement.name, judgement.document, problems)))
    return judged
