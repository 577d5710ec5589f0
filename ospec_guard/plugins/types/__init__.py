"""The plugin types: one module each, which holds the shape of its manifest and what it contributes to a check.

One more type is one more module, and one more line in `TYPES`.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from ospec_guard.plugins.types.base import PluginType

TYPES: dict[str, str] = {
    "agent": "ospec_guard.plugins.types.agent",
    "context_provider": "ospec_guard.plugins.types.context_provider",
    "guardrails": "ospec_guard.plugins.types.guardrails",
    "integration": "ospec_guard.plugins.types.integration",
    "monitoring": "ospec_guard.plugins.types.monitoring",
    "outcome_type": "ospec_guard.plugins.types.outcome_type",
    "stack": "ospec_guard.plugins.types.stack",
    "stack_selector": "ospec_guard.plugins.types.stack_selector",
    "templates": "ospec_guard.plugins.types.templates",
    "workflow": "ospec_guard.plugins.types.workflow",
}
"""The values of `plugin_type`, and the module of each; loaded when first needed, as a check mostly needs but one."""

IMPLIED: dict[str, str] = {
    "communication": "agent",
    "context_providers": "context_provider",
}
"""Keys that tell the type of a manifest without `plugin_type`: the specification writes these two without it."""


def plugin_type(name: str) -> PluginType:
    """The module of a plugin type. Raises KeyError for a name that is not in `TYPES`."""
    return cast("PluginType", import_module(TYPES[name]))
