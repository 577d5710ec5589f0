"""The files of a new plugin, as texts: a manifest that validates as it stands, and a README. Writes nothing."""

from __future__ import annotations

from ospec_guard.errors import Problem, UsageError, nearest
from ospec_guard.plugins.lifecycle import OSPEC_VERSION
from ospec_guard.plugins.names import ScopedName, parse_scoped
from ospec_guard.plugins.types import TYPES, plugin_type

_MANIFEST = """\
# Plugin: {scoped}
# Check it with: ospec-guard plugins validate {name}
ospec_version: "{ospec}"
plugin_type: "{type}"
name: "{name}"
version: "0.1.0"
description: "What this plugin is for, in one sentence"

{example}"""

_README = """\
# {name}

A plugin for OSpec, of type `{type}`.

## Use

Put this folder into one of the folders under `plugins.local_paths` in `ospec-guard.yaml`, and enable it:

```yaml
plugins:
  local_paths:
    - "./plugins"
  enabled:
    - "{scoped}"
```

## Change

`plugin.yaml` is the whole plugin. After each change:

```
ospec-guard plugins validate {name}
{test}```
"""


def new_plugin(name: str, type_name: str = "guardrails") -> dict[str, str]:
    """The files of a new plugin by their paths relative to its folder, which is to be called as the last part of the name.

    `name` is `@scope/name`, or a plain name, which then gets the scope `@local`. Raises UsageError for what is neither, and
    for an unknown type.
    """
    scoped = parse_scoped(name if name.startswith("@") else f"@local/{name}")
    problems = []
    if scoped is None:
        problems.append(Problem(f"'{name}' is no name for a plugin", None, "write my-plugin or @company/my-plugin"))
    if type_name not in TYPES:
        message = f"'{type_name}' is no plugin type; expected one of {', '.join(TYPES)}"
        problems.append(Problem(message, None, nearest(type_name, tuple(TYPES))))
    if scoped is None or problems:
        raise UsageError(*problems)
    return {"plugin.yaml": _manifest(scoped, type_name), "README.md": _readme(scoped, type_name)}


def _manifest(scoped: ScopedName, type_name: str) -> str:
    example = plugin_type(type_name).EXAMPLE.lstrip("\n")
    return _MANIFEST.format(scoped=scoped, name=scoped.name, ospec=OSPEC_VERSION, type=type_name, example=example)


def _readme(scoped: ScopedName, type_name: str) -> str:
    test = f"ospec-guard rules test {scoped.name}\n" if type_name == "guardrails" else ""
    return _README.format(scoped=scoped, name=scoped.name, type=type_name, test=test)
