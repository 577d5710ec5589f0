"""The life of a plugin: `initialize` → `configure` → `activate` → `deactivate`, the specification's Plugin API in Python terms.

Owns the order and what is handed over; `types/` implements it for plugins that are nothing but a manifest. The specification's
event bus and configuration manager have no counterpart: nothing publishes events, and configuration is handed over as a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from enum import Enum
from typing import Protocol, Self

from ospec_guard.document import Document
from ospec_guard.plugins.variables import Secret
from ospec_guard.values import value

OSPEC_VERSION = "1.0.0"
"""The version of the specification that is implemented here."""


class Logger(Protocol):
    """Where a plugin says what people should know."""

    def info(self, message: str) -> None: ...

    def warning(self, message: str) -> None: ...


@value
class Runtime:
    """What runs the plugin."""

    engine: str
    engine_version: str


@value
class PluginContext:
    """What a plugin is given when its life begins."""

    ospec_version: str
    runtime: Runtime
    logger: Logger
    config: Secret
    """The configuration that `configure` will be handed, `${VAR}` replaced."""


@value
class Contribution:
    """What an active plugin brings to a check: documents, unread, with their positions."""

    rules: tuple[Document, ...] = ()
    """One for each entry of `rules:`, in the order written."""
    metrics: tuple[Document, ...] = ()

    def __str__(self) -> str:
        if not self.rules and not self.metrics:
            return "contributes nothing to a check yet"
        counts = ((len(self.rules), "rule"), (len(self.metrics), "metric"))
        return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)


class PluginLifecycle(Protocol):
    """The four steps of a plugin's life, called once each and in this order."""

    def initialize(self, context: PluginContext) -> None: ...

    def configure(self, config: Secret) -> None: ...

    def activate(self) -> Contribution: ...

    def deactivate(self) -> None:
        """Gives back what the other steps took; called after `initialize` even when a later step failed."""


class Stage(Enum):
    """How far a plugin's life has come."""

    CREATED = "created"
    INITIALIZED = "initialized"
    CONFIGURED = "configured"
    ACTIVE = "active"
    INACTIVE = "inactive"


class LifecycleError(RuntimeError):
    """The steps of a plugin's life were called out of order: a mistake of the caller, not of a user."""


class Life:
    """A plugin and the stage of its life; refuses steps that are out of order with LifecycleError."""

    def __init__(self, name: str, plugin: PluginLifecycle) -> None:
        self.name = name
        self.stage = Stage.CREATED
        self._plugin = plugin

    def initialize(self, context: PluginContext) -> None:
        self._require("initialize", Stage.CREATED)
        self._plugin.initialize(context)
        self.stage = Stage.INITIALIZED

    def configure(self, config: Secret) -> None:
        self._require("configure", Stage.INITIALIZED)
        self._plugin.configure(config)
        self.stage = Stage.CONFIGURED

    def activate(self) -> Contribution:
        self._require("activate", Stage.CONFIGURED)
        contribution = self._plugin.activate()
        self.stage = Stage.ACTIVE
        return contribution

    def deactivate(self) -> None:
        self._require("deactivate", Stage.INITIALIZED, Stage.CONFIGURED, Stage.ACTIVE)
        # First the stage: a deactivation that raises has still been tried, and is not to be tried again.
        self.stage = Stage.INACTIVE
        self._plugin.deactivate()

    def _require(self, step: str, *allowed: Stage) -> None:
        if self.stage not in allowed:
            wanted = " or ".join(stage.value for stage in allowed)
            raise LifecycleError(
                f"plugin '{self.name}': {step} needs it to be {wanted}, it is {self.stage.value}; "
                "the order is initialize, configure, activate, deactivate"
            )


class Activation:
    """Plugins that were brought to life together; a context manager whose end deactivates them, in reverse order."""

    def __init__(self, contributions: tuple[Contribution, ...], stack: ExitStack) -> None:
        self.contributions = contributions
        """In the order the plugins were given."""
        self._stack = stack

    def deactivate(self) -> None:
        """Deactivates the last first, all of them even when one raises, and raises that then. Harmless when repeated."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()


def activate_all(lives: Sequence[tuple[Life, PluginContext]]) -> Activation:
    """Takes every plugin through its steps, one after the other; when one raises, deactivates those begun, in reverse order."""
    contributions = []
    with ExitStack() as stack:
        for life, context in lives:
            life.initialize(context)
            stack.callback(life.deactivate)
            life.configure(context.config)
            contributions.append(life.activate())
        return Activation(tuple(contributions), stack.pop_all())
