"""Plugins for people: the text of `plugins show`, the rows of `plugins list`. Shows keys of configurations, never values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ospec_guard.plugins.discover import Found
from ospec_guard.plugins.manifest import Manifest
from ospec_guard.plugins.selection import Selection
from ospec_guard.plugins.variables import variables
from ospec_guard.values import value


@value
class Row:
    """One line of `plugins list`."""

    name: str
    scoped_name: str
    version: str
    type: str
    state: str
    """`enabled`, `available` or `broken` (which wins)."""
    place: str


def rows(selection: Selection) -> tuple[Row, ...]:
    """All plugins that are enabled or lie under the paths, sorted by type, name and place."""
    enabled = {selected.found.spot.path: selected.found for selected in selection.selected}
    all_found = {found.spot.path: found for found in selection.discovery.found} | enabled
    made = [_row(found, found.spot.path in enabled) for found in all_found.values()]
    return tuple(sorted(made, key=lambda row: (row.type, row.name, row.place)))


def table(listed: Sequence[Row]) -> str:
    """The rows in columns, with a heading; a line saying so when there are none."""
    if not listed:
        return "no plugins\n"
    cells = [("TYPE", "NAME", "VERSION", "STATE", "SCOPED NAME", "FILE")]
    cells += [(row.type, _plain(row.name), row.version, row.state, row.scoped_name, _plain(row.place)) for row in listed]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in cells)


def describe(found: Found, *, enabled: bool) -> str:
    """Everything a manifest says that is worth showing, a line each; of a broken one, its problems."""
    manifest = found.reading.manifest
    lines = [("plugin", found.name), ("scoped name", ", ".join(map(str, found.scoped))), ("file", found.spot.shown)]
    lines.append(("state", _state(found, enabled)))
    if manifest is None:
        return _lines(lines) + "".join(f"{problem}\n" for problem in found.reading.problems)
    shape = manifest.shape
    lines[1:1] = [("type", manifest.type), ("version", shape.version or ""), ("description", shape.description)]
    lines += [("digest", f"sha256:{found.digest}"), ("contributes", str(manifest.plugin_type.contribute(manifest.document)))]
    lines += manifest.plugin_type.facts(shape)
    lines += [
        ("author", _author(manifest)),
        ("license", shape.license),
        ("repository", shape.repository),
        ("homepage", shape.homepage),
        ("keywords", ", ".join(shape.keywords)),
        ("OSpec", shape.ospec_version or ""),
        ("needs", ", ".join(f"{name} {text}" for name, text in _needs(manifest))),
        ("configuration", ", ".join(_configured(manifest))),
        ("variables", ", ".join(_variables(manifest))),
    ]
    return _lines(lines)


def _row(found: Found, enabled: bool) -> Row:
    manifest = found.reading.manifest
    return Row(
        name=found.name,
        scoped_name=str(found.scoped[0]) if found.scoped else "",
        version=(manifest.shape.version or "") if manifest else "",
        type=manifest.type if manifest else "?",
        state=_state(found, enabled),
        place=found.spot.shown,
    )


def _state(found: Found, enabled: bool) -> str:
    return "broken" if found.reading.manifest is None else "enabled" if enabled else "available"


def _lines(lines: Collection[tuple[str, str]]) -> str:
    shown = [(_plain(word), _plain(text)) for word, text in lines if text]
    width = max(len(word) for word, _ in shown) + 1
    return "".join(f"{word + ':':<{width}} {text}\n" for word, text in shown)


def _plain(text: str) -> str:
    """On one line, and without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in " ".join(text.split()))


def _author(manifest: Manifest) -> str:
    author = manifest.shape.author
    if author is None:
        return ""
    return author.name + (f" <{author.email}>" if author.email else "") + (f" ({author.url})" if author.url else "")


def _needs(manifest: Manifest) -> list[tuple[str, str]]:
    wanted = {**manifest.shape.engines, **manifest.shape.dependencies}
    return [(name, text) for name, text in wanted.items() if isinstance(text, str)]


def _configured(manifest: Manifest) -> list[str]:
    """What the plugin can be given: the keys of an inline schema, or the file of the schema."""
    schema = manifest.shape.configuration_schema
    if isinstance(schema, dict):
        properties = schema.get("properties")
        return sorted(properties) if isinstance(properties, dict) else []
    return [f"as in {schema}"] if isinstance(schema, str) else []


def _variables(manifest: Manifest) -> list[str]:
    """Names of the environment variables that the manifest's configurations stand for."""
    found = set()
    for keys in manifest.plugin_type.configurations(manifest.shape):
        found |= {name for name, _ in variables(manifest.document.at(*keys).value)}
    return sorted(found)
