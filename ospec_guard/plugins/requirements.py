"""What plugins need: OSpec and the engine in some version, other plugins. Each refusal names what is wanted and what is there.

`engines.node` and its kin, `dev_dependencies`, and dependencies that are neither the OSpec core nor a scoped name are for the
plugin's own code, which is not run here: they have to be ranges, and are not checked further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ospec_guard.errors import Problem, nearest
from ospec_guard.plugins.discover import Found
from ospec_guard.plugins.lifecycle import OSPEC_VERSION
from ospec_guard.plugins.manifest import Manifest
from ospec_guard.plugins.names import ScopedName, parse_scoped
from ospec_guard.plugins.versions import Version, parse_range, parse_version

_OSPEC_ENGINES = ("ospec",)
_GUARD_ENGINES = ("ospec_guard", "ospec-guard")
_CORE = ("ospec_core", "ospec-core", "ospec")


def version_problems(manifest: Manifest, engine_version: str) -> Iterator[Problem]:
    """Refusals of a plugin that was written for another OSpec or another engine than this one."""
    shape, document = manifest.shape, manifest.document
    ospec, engine = parse_version(OSPEC_VERSION), _release(engine_version)
    if shape.ospec_version is not None and not parse_range(f"^{shape.ospec_version}").allows(ospec):
        message = f"the plugin is written for OSpec {shape.ospec_version}, and this is OSpec {ospec}"
        yield Problem(message, document.place("ospec_version"), _update(shape.ospec_version, ospec))
    wanted = [("engines", name, text, "OSpec", ospec) for name, text in shape.engines.items() if name in _OSPEC_ENGINES]
    wanted += [("engines", name, text, "ospec-guard", engine) for name, text in shape.engines.items() if name in _GUARD_ENGINES]
    wanted += [
        ("dependencies", name, text, "OSpec", ospec)
        for name, text in shape.dependencies.items()
        if name in _CORE and isinstance(text, str)
    ]
    for key, name, text, product, present in wanted:
        if not parse_range(text).allows(present):
            message = f"the plugin needs {product} {text}, and this is {product} {present}"
            yield Problem(
                message, document.place(key, name), f"use a version of the plugin made for {product} {present}, or update"
            )


def plugin_problems(plugin: Found, manifest: Manifest, enabled: Sequence[Found]) -> Iterator[Problem]:
    """Refusals of a plugin that needs other plugins which are not enabled, or not in a version it can use."""
    for name, text in manifest.shape.dependencies.items():
        scoped = parse_scoped(name)
        if scoped is None or not isinstance(text, str):
            continue
        place = manifest.document.place("dependencies", name)
        providers = [other for other in enabled if other is not plugin and other.answers_to(scoped)]
        if not providers:
            hint = _near(scoped, enabled) or "add it to plugins.enabled in the settings"
            yield Problem(f"the plugin needs plugin '{name}' ({text}), which is not enabled", place, hint)
        for provider in providers:
            version = provider.reading.manifest.shape.version if provider.reading.manifest else None
            if version is None:
                yield Problem(f"the plugin needs '{name}' {text}, and {provider.spot.shown} states no version", place)
            elif not parse_range(text).allows(parse_version(version)):
                yield Problem(f"the plugin needs '{name}' {text}, and {provider.spot.shown} is version {version}", place)


def _release(text: str) -> Version:
    """The release an engine version belongs to: Python writes `0.2.0.dev1`, which is no semantic version."""
    match = re.match(r"\d+\.\d+\.\d+", text)
    return parse_version(match[0] if match else text)


def _near(wanted: ScopedName, enabled: Iterable[Found]) -> str:
    return nearest(str(wanted), [str(name) for plugin in enabled for name in plugin.scoped])


def _update(wanted: str, present: Version) -> str:
    newer = parse_version(wanted).key > present.key
    return "update ospec-guard, or use an older version of the plugin" if newer else "use a newer version of the plugin"
