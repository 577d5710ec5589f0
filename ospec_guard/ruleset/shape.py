"""What people write in a rule file, as dataclasses for `document.validate`: the keys every rule and every metric has.

The keys a rule kind or metric type adds are in its own `Schema`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from ospec_guard.config.words import GlobText, Identifier, LanguageName, LevelName, SeverityName
from ospec_guard.document import Check


def _share(score: float) -> None:
    if not 0 <= score <= 1:
        raise ValueError


Share = Annotated[float, Check(_share, "a share from 0 to 1")]


@dataclass(frozen=True)
class RawPaths:
    """Where a rule applies: gitignore globs relative to the root."""

    include: tuple[GlobText, ...] = ()
    exclude: tuple[GlobText, ...] = ()


@dataclass(frozen=True)
class RawMetadata:
    """Facts about a rule for reports."""

    cwe: str | tuple[str, ...] = ()
    owasp: str | tuple[str, ...] = ()
    references: str | tuple[str, ...] = ()
    tags: str | tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True)
class RawExample:
    """An example that needs more than its text."""

    code: str
    language: LanguageName | None = None
    path: str = ""


@dataclass(frozen=True)
class RawExamples:
    """Texts the rule must report (`bad`) and must leave alone (`good`)."""

    bad: tuple[str | RawExample, ...] = ()
    good: tuple[str | RawExample, ...] = ()


@dataclass(frozen=True)
class RawShared:
    """The keys rules and metrics have in common."""

    type: str
    description: str = ""
    message: str = ""
    severity: SeverityName = "error"
    why: str = ""
    help: str = ""
    languages: tuple[LanguageName, ...] = ()
    paths: RawPaths = field(default_factory=RawPaths)
    metadata: RawMetadata = field(default_factory=RawMetadata)
    enforcement: LevelName | dict[str, LevelName] | None = None
    suppressible: bool = True
    examples: RawExamples = field(default_factory=RawExamples)


@dataclass(frozen=True, kw_only=True)
class RawRule(RawShared):
    """An entry of `rules:`."""

    id: Identifier


@dataclass(frozen=True, kw_only=True)
class RawMetric(RawShared):
    """An entry of `metrics:`."""

    name: Identifier
    target: Share | None = None
    threshold: Share | None = None


RULE_KEYS = frozenset(RawRule.__dataclass_fields__)
METRIC_KEYS = frozenset(RawMetric.__dataclass_fields__)
