"""The contracts between the layers: what a rule kind, a metric, a report and a tree of files look like.

A module can be the implementation: `kinds/*.py`, `metrics/*.py` and `report/*.py` satisfy these protocols by the names they
define. Nothing here does anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ospec_guard.globs import Glob
from ospec_guard.languages import Language, Structure
from ospec_guard.model import Gap, Level, Match, MetricScore, Offender, RuleInfo, RunResult, Severity
from ospec_guard.source import Source
from ospec_guard.values import value


class FileView(Protocol):
    """One decoded file, as kinds and metrics see it. What is costly is made at first use and kept for all rules."""

    @property
    def path(self) -> str:
        """Relative to the root."""

    @property
    def language(self) -> Language: ...

    @property
    def source(self) -> Source: ...

    @property
    def structure(self) -> Structure | None:
        """The parsed text; None where the language has no grammar."""

    @property
    def kept(self) -> dict[object, Any]:
        """What kinds found out about the file and other rules may use, by keys of their own.

        What has a method `release` is told when the last rule is done, so that it may undo references to itself.
        """


@value
class Rule:
    """A compiled rule: what every kind shares, and the kind's own compiled `options`."""

    info: RuleInfo
    options: Any
    """The value that the kind's `compile` returned; frozen, made of plain values and dataclasses."""
    languages: tuple[str, ...] = ()
    """Canonical names; empty: whatever the kind applies to."""
    include: tuple[Glob, ...] = ()
    exclude: tuple[Glob, ...] = ()
    enforcement: tuple[tuple[str, Level], ...] = ()
    """The rule's own levels by environment (`*` for all)."""
    examples: tuple[Example, ...] = ()
    metric: bool = False
    """True for an entry of `metrics:`; `options` are then those of the metric type."""
    target: float | None = None
    """Of a metric: below it is a warning."""
    threshold: float | None = None
    """Of a metric: below it is a violation."""

    @property
    def id(self) -> str:
        return self.info.id

    @property
    def severity(self) -> Severity:
        return self.info.severity


@value
class Example:
    """A text that a rule must (`bad`) or must not (`good`) report: its test and its documentation."""

    code: str
    matches: bool
    language: str
    """Canonical name."""
    path: str = ""
    """A file name to check it under, where the rule looks at names."""


class Kind(Protocol):
    """A rule kind: a module with an options schema, `compile` and `check`, in this order."""

    NAME: str
    """The value of `type`."""
    Schema: type
    """A dataclass with the keys the kind adds to a rule, as the user writes them (see `document.validate`)."""

    def compile(self, raw: Any) -> Any:
        """The compiled options for a validated `Schema`. Raises CompileError for what can never work."""

    def prefilter(self, options: Any) -> tuple[str, ...]:
        """Expressions of which one must match in a file for the rule to possibly match; empty: it may match in any."""

    def applies(self, options: Any, path: str, language: Language) -> bool:
        """Whether the kind looks at such a file when the rule names no languages."""

    def check(self, options: Any, view: FileView) -> Iterable[Match | Gap]:
        """What the rule reports for one file, in any order; a Gap for a region that a match could hide in."""

    def explain(self, options: Any, language: Language | None) -> Sequence[str]:
        """How the rule looks at a file of that language, for people, a line each."""


class Preparing(Protocol):
    """A kind that makes something once a file for all its rules: it has `prepare` beside what every kind has."""

    def prepare(self, options: Any, view: FileView) -> None:
        """Runs before `check`, outside of the rule's time limit."""


class CompileError(ValueError):
    """A rule can never work. `keys` is the path, from the rule, of the value to blame."""

    def __init__(self, message: str, *keys: str | int, hint: str = "") -> None:
        super().__init__(message)
        self.keys = keys
        self.hint = hint


class UnsupportedError(ValueError):
    """A rule is well formed and cannot run here: it becomes a gap.

    `line` is that of the rule file to blame, 0: unknown; `text` the pattern on it, and `offset` the code point in that.
    """

    def __init__(self, message: str, line: int = 0, text: str = "", offset: int = 0) -> None:
        super().__init__(message, line, text, offset)
        self.line = line
        self.text = text
        self.offset = offset

    def __str__(self) -> str:
        return str(self.args[0])


@value
class Tally:
    """What a metric counted in one file: `good` of `total`, and the places that keep the score down."""

    good: float
    total: float
    offenders: tuple[Offender, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    """Further facts `score` needs from the file, as (name, value)."""


@value
class Asset:
    """One file of a build folder."""

    path: str
    size: int
    """Bytes."""
    gzipped: int
    """Bytes after gzip at level 6."""


class Metric(Protocol):
    """A metric type: a module with a schema, `compile`, measures of parts and `score` of the whole."""

    NAME: str
    Schema: type

    def compile(self, raw: Any) -> Any: ...

    def prefilter(self, options: Any) -> tuple[str, ...]:
        """As for kinds."""

    def applies(self, options: Any, path: str, language: Language) -> bool:
        """As for kinds; False throughout for metrics of the build."""

    def measure(self, options: Any, view: FileView) -> Tally | None:
        """What one file contributes; None: nothing."""

    def folders(self, options: Any) -> tuple[str, ...]:
        """Candidate build folders, relative to the root, the first that exists is listed; empty: not a metric of the build."""

    def measure_assets(self, options: Any, assets: Sequence[Asset]) -> Tally | None:
        """What the build contributes."""

    def score(self, options: Any, tallies: Sequence[tuple[str, Tally]]) -> MetricScore:
        """The score of (path, tally) pairs sorted by path. The caller fills in the rest."""


@value
class ReportOptions:
    """How a report is to look; what the terminal can do arrives here."""

    colour: bool = False
    width: int | None = None
    """Columns of the terminal; None: not a terminal, lines are not wrapped."""


class Report(Protocol):
    """A report format: a module with a pure `render`. No printing, filtering, probing or clock."""

    NAME: str

    def render(self, result: RunResult, options: ReportOptions) -> str: ...


class Files(Protocol):
    """Somewhere configuration is read from: the disk, or a commit."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError, IsADirectoryError, PermissionError and their kin."""

    def exists(self, path: str) -> bool: ...

    def is_dir(self, path: str) -> bool: ...

    def real(self, path: str) -> str:
        """The path with links followed: the same for whatever leads to the same file or folder."""

    def list(self, path: str) -> list[str]:
        """Names in a folder, sorted; raises as `read`."""
