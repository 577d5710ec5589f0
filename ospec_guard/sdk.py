"""The names that authors of plugins and rule kinds may import; everything else in the package may change without notice.

Owns nothing: each name is explained where it is defined, and `docs/plugins.md` tells the story.
"""

from __future__ import annotations

from ospec_guard.languages import Language, Structure
from ospec_guard.model import Gap, Level, Match, Place, Severity, Span
from ospec_guard.plugins.lifecycle import (
    OSPEC_VERSION,
    Activation,
    Contribution,
    Life,
    LifecycleError,
    Logger,
    PluginContext,
    PluginLifecycle,
    Runtime,
    Stage,
    activate_all,
)
from ospec_guard.plugins.variables import Secret
from ospec_guard.protocols import CompileError, Example, FileView, Kind, Metric, Rule, Tally
from ospec_guard.source import Source

__all__ = [
    "OSPEC_VERSION",
    "Activation",
    "CompileError",
    "Contribution",
    "Example",
    "FileView",
    "Gap",
    "Kind",
    "Language",
    "Level",
    "Life",
    "LifecycleError",
    "Logger",
    "Match",
    "Metric",
    "Place",
    "PluginContext",
    "PluginLifecycle",
    "Rule",
    "Runtime",
    "Secret",
    "Severity",
    "Source",
    "Span",
    "Stage",
    "Structure",
    "Tally",
    "activate_all",
]
