"""Which plugins the settings mean: from `enabled` (scoped names and paths) to files, with every place looked at in the error.

A scoped name is looked for under all local paths, where two different files for it are an error, and then among the bundled
plugins. Also serves `plugins list` and `plugins show`, which want what is there, problems or not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ospec_guard.config.settings import PluginSettings
from ospec_guard.errors import Problem, nearest
from ospec_guard.model import Place
from ospec_guard.plugins.discover import Discovery, Found, discover, find_at
from ospec_guard.plugins.names import ScopedName, fold, parse_scoped
from ospec_guard.plugins.places import NoHomeError, Origin, Spot, UnknownHomeError, origin
from ospec_guard.protocols import Files
from ospec_guard.values import value

_NOTHING = Discovery((), (), ())
BUNDLED = "(bundled)"
"""Stands for the folder of bundled plugins where paths are shown: the real one differs from machine to machine."""


@value
class Selected:
    """An entry of `enabled`, and the plugin it means."""

    written: str
    place: Place
    found: Found

    @property
    def by_name(self) -> bool:
        return self.written.startswith("@")


@value
class Selection:
    """What the settings enable, in their order, and all that lies under the paths they name."""

    selected: tuple[Selected, ...]
    discovery: Discovery
    problems: tuple[Problem, ...]
    """Of paths and names; the manifests' own are in their readings."""


def select(
    settings: PluginSettings,
    *,
    files: Files,
    root: str,
    settings_path: str,
    environ: Mapping[str, str],
    bundled: Sequence[str] = (),
    everything: bool = False,
) -> Selection:
    """The plugins that the settings enable. Paths are searched only for scoped names, unless `everything` is asked for."""
    start = origin(root, settings_path, environ)
    paths, unknown, problems = _search_paths(settings, start)
    search = everything or any(written.startswith("@") for written, _ in settings.enabled)
    discovery = _joined(discover(paths, files), unknown, discover(_bundled(bundled, start), files)) if search else _NOTHING
    problems += discovery.problems
    selected: dict[str, Selected] = {}
    for written, place in settings.enabled:
        outcome = find(written, place, discovery, files, start)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        elif (first := selected.get(outcome.spot.path)) is not None:
            message = f"'{written}' is {outcome.spot.shown}, which '{first.written}' at {first.place} enables already"
            problems.append(Problem(message, place, "keep one of the two"))
        else:
            selected[outcome.spot.path] = Selected(written, place, outcome)
    return Selection(tuple(selected.values()), discovery, tuple(problems))


def find(written: str, place: Place | None, discovery: Discovery, files: Files, start: Origin) -> Found | Problem:
    """The plugin that a scoped name or a path means, or why there is none."""
    if written.startswith("@"):
        scoped = parse_scoped(written)
        if scoped is None:
            return Problem(f"'{written}' is not a scoped name; expected @scope/name", place)
        return _by_name(scoped, place, discovery)
    try:
        spot = start.spot(written)
    except UnknownHomeError as error:
        return Problem(str(error), place)
    found = find_at(spot, files)
    if found is not None:
        return next((known for known in discovery.found if known.spot.path == found.spot.path), found)
    if files.is_dir(spot.path):
        return Problem(f"no plugin at '{written}': the folder {spot.shown} holds no plugin.yaml", place)
    names = _known_names(discovery)
    by_last_part = next((name for name in names if name.endswith(f"/{written}")), "")
    hint = (
        f"did you mean '{by_last_part}'?"
        if by_last_part
        else "a plugin is enabled by its path, or by a scoped name: @scope/name"
    )
    return Problem(f"no plugin at '{written}': {spot.shown} does not exist", place, hint)


def look_up(written: str, selection: Selection, files: Files, start: Origin) -> Found | Problem:
    """As `find`, for people at a terminal, who may write a plugin's plain name too if only one has it."""
    known = {found.spot.path: found for found in (*selection.discovery.found, *(each.found for each in selection.selected))}
    named = [found for found in known.values() if fold(found.name) == fold(written)]
    return named[0] if len(named) == 1 else find(written, None, selection.discovery, files, start)


def _by_name(wanted: ScopedName, place: Place | None, discovery: Discovery) -> Found | Problem:
    matches = [found for found in discovery.found if found.answers_to(wanted)]
    matches = [found for found in matches if found.spot.path not in discovery.bundled] or matches
    if len(matches) == 1:
        return matches[0]
    if matches:
        shown = " and ".join(found.spot.shown for found in matches)
        return Problem(f"'{wanted}' is more than one plugin: {shown}", place, "enable one of them by its path")
    looked = ", ".join(discovery.looked_at) or "nowhere, as plugins.local_paths is empty"
    near = nearest(str(wanted), _known_names(discovery))
    advice = f"put it into one of the local paths, as {wanted}/plugin.yaml, {wanted.name}/plugin.yaml or {wanted.name}.yaml"
    return Problem(f"plugin '{wanted}' is not there; looked in {looked}", place, near or advice)


def _known_names(discovery: Discovery) -> tuple[str, ...]:
    return tuple(sorted({str(name) for found in discovery.found for name in found.scoped}))


def _search_paths(settings: PluginSettings, start: Origin) -> tuple[list[Spot], list[str], list[Problem]]:
    """The local paths, those under a home folder that is not known, with a remark, and those that can be none."""
    spots, unknown, problems = [], [], []
    for written, place in settings.local_paths:
        try:
            spots.append(start.spot(written))
        except NoHomeError:
            # As with a path that does not exist: whoever needs it is told that the plugin is not there.
            unknown.append(f"{written} (the environment has no HOME)")
        except UnknownHomeError as error:
            problems.append(Problem(str(error), place))
    return spots, unknown, problems


def _bundled(folders: Sequence[str], start: Origin) -> list[Spot]:
    spots = [start.spot(folder) for folder in folders]
    # A checkout of the product itself holds them inside the root.
    return [Spot(spot.path, BUNDLED) if os.path.isabs(spot.path) else spot for spot in spots]


def _joined(local: Discovery, unknown: Sequence[str], shipped: Discovery) -> Discovery:
    known = {found.spot.path for found in local.found}
    added = tuple(found for found in shipped.found if found.spot.path not in known)
    return Discovery(
        local.found + added,
        (*local.looked_at, *unknown, *shipped.looked_at),
        local.problems + shipped.problems,
        frozenset(found.spot.path for found in added),
    )
