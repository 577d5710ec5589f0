"""The specification's other documents about plugins: what a file is that is no manifest, and whether it has its form.

Readings: a settings file's `plugins:` block, a `registry:` policy, and an OSpec document that uses a plugin's outcome type.
Manifests without `plugin_type` are in `manifest`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.document import Document, validate
from ospec_guard.errors import ConfigError, Problem, nearest
from ospec_guard.plugins.schema import violations
from ospec_guard.plugins.types import outcome_type
from ospec_guard.plugins.types.base import Amount, Count

OUTCOME_TYPES = (
    "web-app",
    "api",
    "cli",
    "game",
    "library",
    "ml-pipeline",
    "mobile-app",
    "desktop-app",
    "infrastructure",
    "documentation",
)
"""The built-in outcome types."""

OSPEC_KEYS = (
    "ospec_version",
    "id",
    "name",
    "description",
    "outcome_type",
    "acceptance",
    "stack",
    "technology_stack",
    "agents",
    "sub_agents",
    "guardrails",
    "prompts",
    "scripts",
    "tasks",
    "metadata",
    "secrets",
)
"""The keys of every OSpec document; an outcome type's `schema` adds its own."""


@dataclass(frozen=True, kw_only=True)
class ResourceLimits:
    memory_mb: Count | None = None
    cpu_percent: Amount | None = None
    network_access: str = ""


@dataclass(frozen=True, kw_only=True)
class RegistrySecurity:
    """What a plugin from the registry has to satisfy."""

    signature_verification: bool = True
    allowed_publishers: tuple[str, ...] = ()
    code_scanning: bool = True
    vulnerability_database: str = ""
    sandbox_execution: bool = True
    resource_limits: ResourceLimits = field(default_factory=ResourceLimits)


@dataclass(frozen=True, kw_only=True)
class Registry:
    url: str = ""
    security: RegistrySecurity = field(default_factory=RegistrySecurity)


@dataclass(frozen=True, kw_only=True)
class RegistryPolicy:
    """A document with a top-level `registry:`."""

    registry: Registry


def reading_of(document: Document) -> str:
    """What a mapping is, if no manifest: `settings file`, `registry policy`, `OSpec document`, or empty."""
    if not isinstance(document.value, dict) or "plugin_type" in document.value:
        return ""
    readings = {"plugins": "settings file", "registry": "registry policy", "outcome_type": "OSpec document"}
    return next((reading for key, reading in readings.items() if key in document.value), "")


def fragment_problems(
    document: Document, reading: str, outcome_types: Mapping[str, outcome_type.Shape] | None
) -> tuple[Problem, ...]:
    """What is wrong with a document of that reading.

    `outcome_types` are those of the plugins at hand, by name; None: none are known, so that what a plugin may have added to
    an OSpec document is let pass.
    """
    if reading == "settings file":
        return _settings_problems(document)
    if reading == "registry policy":
        _, problems = validate(document, RegistryPolicy)
        return problems
    return tuple(_usage_problems(document, outcome_types))


def _settings_problems(document: Document) -> tuple[Problem, ...]:
    from ospec_guard.config.load import parse_settings

    try:
        parse_settings(document, document.path)
    except ConfigError as error:
        return error.problems
    return ()


def _usage_problems(document: Document, outcome_types: Mapping[str, outcome_type.Shape] | None) -> Iterator[Problem]:
    usage, problems = validate(document, outcome_type.Usage, also=list(document.value))
    yield from problems
    if usage is None:
        return
    name = usage.outcome_type
    if name not in OUTCOME_TYPES and outcome_types is None:
        return
    shapes = outcome_types or {}
    if name not in OUTCOME_TYPES and name not in shapes:
        message = f"'{name}' is neither a built-in outcome type nor one of a plugin"
        hint = nearest(name, (*OUTCOME_TYPES, *sorted(shapes))) or "enable the plugin that supplies it"
        yield Problem(message, document.place("outcome_type"), hint)
        return
    yield from _added_problems(document, name, {} if name in OUTCOME_TYPES else shapes[name].schema)


def _added_problems(document: Document, name: str, schema: dict[str, Any]) -> Iterator[Problem]:
    """The keys beyond those of every OSpec document have to be the outcome type's, and as its schema wants them."""
    added = list(schema.get("properties", {}))
    own = {key: value for key, value in document.value.items() if key not in OSPEC_KEYS}
    for key in own:
        if key not in added:
            yield Problem(f"unknown key '{key}'", document.place(key), nearest(key, (*OSPEC_KEYS, *added)))
    if schema:
        for keys, message, hint in violations(schema, {key: own[key] for key in own if key in added}):
            yield Problem(f"{'.'.join(map(str, keys)) or f'outcome type {name}'}: {message}", document.place(*keys), hint)
