"""`guardrails`: rules and metrics, the level each environment enforces them at, and where they are meant to run.

The entries of `rules` and `metrics` are `ruleset`'s to read: here they are any values, handed on with their positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ospec_guard.config.words import LevelName, SeverityName
from ospec_guard.document import Document
from ospec_guard.errors import Problem
from ospec_guard.model import LEVEL_NAMES, SEVERITY_NAMES, Level, Place, Severity
from ospec_guard.plugins.lifecycle import Contribution
from ospec_guard.plugins.types.base import Head
from ospec_guard.plugins.types.base import own_configuration as configurations

__all__ = ["EXAMPLE", "NAME", "PluginEnvironment", "Shape", "configurations", "contribute", "environments", "facts", "problems"]

NAME = "guardrails"

CISystem = Literal[
    "appveyor",
    "aws_codebuild",
    "azure_pipelines",
    "bamboo",
    "bitbucket_pipelines",
    "buildkite",
    "circleci",
    "drone",
    "forgejo_actions",
    "gitea_actions",
    "github_actions",
    "gitlab_ci",
    "google_cloud_build",
    "jenkins",
    "pre_commit",
    "semaphore",
    "teamcity",
    "travis_ci",
    "woodpecker",
]
Editor = Literal[
    "android_studio",
    "clion",
    "eclipse",
    "emacs",
    "goland",
    "helix",
    "intellij",
    "kakoune",
    "neovim",
    "phpstorm",
    "pycharm",
    "rider",
    "rubymine",
    "rustrover",
    "sublime_text",
    "vim",
    "visual_studio",
    "vscode",
    "webstorm",
    "xcode",
    "zed",
]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What one environment does with a violation of the plugin's rules."""

    enforcement_level: LevelName | None = None
    fail_on: SeverityName | None = None
    locked: bool = False
    """Settings cannot loosen what the plugin says of this environment."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    environments: dict[str, Environment] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Integration:
    """Where the rules are meant to run: told to people, obeyed by nothing here."""

    ci_cd: tuple[CISystem, ...] = ()
    ide: tuple[Editor, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape(Head):
    rules: tuple[Any, ...] = ()
    metrics: tuple[Any, ...] = ()
    configuration: Configuration = field(default_factory=Configuration)
    integration: Integration = field(default_factory=Integration)
    locked: bool = False
    """Settings cannot loosen what the plugin says of any environment."""


@dataclass(frozen=True, slots=True)
class PluginEnvironment:
    """What a guardrails plugin says of one environment; None: nothing."""

    name: str
    place: Place
    level: Level | None
    fail_on: Severity | None
    locked: bool
    """True iff settings cannot loosen it, be it for this environment alone or for the whole plugin."""


def environments(shape: Shape, document: Document) -> tuple[PluginEnvironment, ...]:
    """What the manifest says of environments, sorted by name."""
    return tuple(
        PluginEnvironment(
            name,
            document.place("configuration", "environments", name),
            LEVEL_NAMES[said.enforcement_level] if said.enforcement_level else None,
            SEVERITY_NAMES[said.fail_on] if said.fail_on else None,
            locked=said.locked or shape.locked,
        )
        for name, said in sorted(shape.configuration.environments.items())
    )


def problems(shape: Shape, document: Document) -> Iterable[Problem]:
    """A plugin without rules and metrics, and environments without a usable name or anything said of them."""
    if not shape.rules and not shape.metrics:
        yield Problem("a guardrails plugin needs 'rules' or 'metrics', with at least one entry", document.place())
    for name, environment in shape.configuration.environments.items():
        place = document.place("configuration", "environments", name)
        if not name.strip() or not name.isprintable():
            yield Problem(f"'{name}' is no name for an environment", place)
        if environment == Environment():
            yield Problem(f"environment '{name}' says nothing", place, "give it an 'enforcement_level': warn, error or block")


def contribute(document: Document) -> Contribution:
    """Every rule and metric as a document of its own."""
    return Contribution(_entries(document, "rules"), _entries(document, "metrics"))


def facts(shape: Shape) -> Sequence[tuple[str, str]]:
    """Environments and integrations."""
    found = []
    for name, environment in sorted(shape.configuration.environments.items()):
        locked = ", locked" if environment.locked or shape.locked else ""
        fail_on = f", fails on {environment.fail_on}" if environment.fail_on else ""
        found.append((f"environment {name}", f"{environment.enforcement_level or 'level not set'}{fail_on}{locked}"))
    if shape.locked:
        found.append(("locked", "settings cannot loosen this plugin"))
    if shape.integration.ci_cd:
        found.append(("CI/CD", ", ".join(shape.integration.ci_cd)))
    if shape.integration.ide:
        found.append(("IDE", ", ".join(shape.integration.ide)))
    return found


def _entries(document: Document, key: str) -> tuple[Document, ...]:
    return tuple(document.at(key, index) for index in range(len(document.value.get(key, ()))))


EXAMPLE = r"""
rules:
  - id: "debug-output"
    description: "Debug output left in the code"
    type: "code_analysis"
    languages: ["python"]
    pattern: '\bbreakpoint\(\)'
    severity: "error"
    examples:
      bad:
        - |
          def total(prices):
              breakpoint()
              return sum(prices)
      good:
        - |
          def total(prices):
              return sum(prices)

configuration:
  environments:
    development:
      enforcement_level: "warn"
    staging:
      enforcement_level: "error"
    production:
      enforcement_level: "block"

integration:
  ci_cd: ["github_actions", "gitlab_ci"]
  ide: ["vscode"]
"""
