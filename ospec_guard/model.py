"""The values that flow from stage to stage: findings, gaps, files, scores, verdicts and the result of a run.

Owns shapes and orderings, nothing else: no I/O, no clock, no formatting. Every value is frozen and picklable.

Units, everywhere in the product: byte offsets count UTF-8 bytes of the *decoded* text (byte order mark removed, UTF-16 and
Latin-1 re-encoded, line ends made LF); lines are 1-based; columns are 1-based and count code points. Paths are relative to the
root, separated by '/', with undecodable bytes kept as surrogate escapes. Only report modules convert to other units.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from ospec_guard.values import field, value


class Severity(IntEnum):
    """How bad a violation is, by the rule's author; a larger value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The lower-case name, as written in rule files and reports."""
        return self.name.lower()


SEVERITY_NAMES: dict[str, Severity] = {
    "info": Severity.INFO,
    "note": Severity.INFO,
    "low": Severity.INFO,
    "warning": Severity.WARNING,
    "medium": Severity.WARNING,
    "moderate": Severity.WARNING,
    "error": Severity.ERROR,
    "high": Severity.ERROR,
    "critical": Severity.CRITICAL,
    "INFO": Severity.INFO,
    "LOW": Severity.INFO,
    "INVENTORY": Severity.INFO,
    "WARNING": Severity.WARNING,
    "MEDIUM": Severity.WARNING,
    "ERROR": Severity.ERROR,
    "HIGH": Severity.ERROR,
    "CRITICAL": Severity.CRITICAL,
}
"""Every accepted spelling of a severity, Semgrep's upper-case names included."""


class Level(IntEnum):
    """What an environment does with a violation; a larger value is stricter."""

    WARN = 1
    ERROR = 2
    BLOCK = 3

    @property
    def label(self) -> str:
        """The lower-case name, as written in settings and reports."""
        return self.name.lower()


LEVEL_NAMES: dict[str, Level] = {level.label: level for level in Level}


class ExitCode(IntEnum):
    """The process's answer, the same in every format."""

    PASS = 0
    FAIL = 1
    UNUSABLE = 2
    """Could not be carried out as asked, or a gap under `error` or `block`; wins over FAIL."""
    INTERRUPTED = 130


@value(order=True)
class Span:
    """A half-open piece of a text: bytes `start` to `end`, and the same two ends as line and column."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    """One past the last code point, so that an empty span has `end_column == column`."""


@value(order=True)
class Place:
    """Where something stands: a file, and a line and column in it where known (0 where not)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


@value
class Edit:
    """Bytes `start` to `end` of a text replaced by another text."""

    start: int
    end: int
    text: str
    """Lines in it end in LF, whatever they end in in the file."""
    span: Span | None = None
    """Of a finding's fix the same piece, its ends as lines and columns: that of a whole line ends at column 1 of the next."""


@value
class Fix:
    """A change that mends a finding."""

    edits: tuple[Edit, ...]
    """Ascending, not overlapping."""
    safe: bool = False
    """Whether the author of the rule says that the program means the same afterwards."""


@value
class Match:
    """What a rule kind reports for one file: a piece of it, before identity and policy are known."""

    start: int
    """Byte offset."""
    end: int
    message: str = ""
    """Replaces the rule's message when not empty."""
    detail: str = ""
    """What is wrong at this place, said after the message (`nothing in this assignment matches 'hash'`)."""
    tokens: str | None = None
    """The matched content that makes the identity; None: the engine derives it from the text around the match."""
    properties: tuple[tuple[str, str], ...] = ()
    """Further facts for machine-readable reports (package, version, score …), sorted by name."""
    fix: Fix | None = None
    steps: tuple[tuple[int, int], ...] = ()
    """Where a value went, from source to sink: bytes of each place."""


@value
class Comment:
    """One comment token of a text."""

    path: str
    span: Span
    text: str
    """Delimiters included."""
    alone: bool
    """Nothing but white space shares its lines."""


@value
class Excerpt:
    """Source lines around a finding, kept so that reports need not read the tree."""

    first_line: int
    lines: tuple[str, ...]
    """Without line ends; a line longer than 400 code points is cut there."""
    line_start: int
    """Byte offset at which the finding's own first line starts."""


@value
class Step:
    """A place that a value passes on its way from a source to a sink."""

    span: Span
    text: str
    """The first line of what stands there, cut at 120 code points."""


@value
class Finding:
    """A match with place, message, severity and identity. Sorted by path, place, rule and fingerprint."""

    rule_id: str
    """The full id: `<plugin or pack>/<id>`, bare for rules of a loose file."""
    path: str
    span: Span | None
    """None: the finding is about the whole file."""
    message: str
    severity: Severity
    identity: str
    """128-bit hex digest of rule, path, enclosing definition and matched tokens; equal for equal twins in one file."""
    content: str
    """As `identity`, without the path: finds the finding again in a renamed file."""
    fingerprint: str
    """Digest of `identity` and the ordinal among equals: unique in a run."""
    definition: str = ""
    """Qualified name of the enclosing definition (`Outer.method`), empty at file level."""
    excerpt: Excerpt | None = None
    line_hash: str = ""
    """GitHub's `primaryLocationLineHash` of the first line: `<hex>:<n>`."""
    properties: tuple[tuple[str, str], ...] = ()
    fix: Fix | None = None
    steps: tuple[Step, ...] = ()
    """The way of a value, from where it comes to where it must not go; empty where nothing was followed."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Report order: path, position, rule, fingerprint."""
        start, end = (self.span.start, self.span.end) if self.span else (-1, -1)
        return (self.path, start, end, self.rule_id, self.fingerprint)

    @property
    def place(self) -> Place:
        return Place(self.path, self.span.line, self.span.column) if self.span else Place(self.path)


@value
class Gap:
    """Something selected for analysis that was not fully analysed. Ids: `gap/<reason>`, see GAP_REASONS."""

    id: str
    path: str
    message: str
    span: Span | None = None
    rule_id: str | None = None
    """The rule that could not run or could have matched, if it is one rule's gap."""
    fingerprint: str = ""
    """Digest of id, rule, path and the unanalysed content's tokens, as for findings."""

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        return (self.path, self.span.start if self.span else -1, self.id, self.rule_id or "", self.message)

    @property
    def place(self) -> Place:
        return Place(self.path, self.span.line, self.span.column) if self.span else Place(self.path)


GAP_REASONS: dict[str, str] = {
    "gap/size": "the file is larger than the limit",
    "gap/decode": "the file is not text in an encoding we know",
    "gap/unreadable": "the file or folder could not be read",
    "gap/vanished": "the file disappeared during the run",
    "gap/timeout": "a rule ran out of time on the file",
    "gap/crash": "the worker that analysed the file died",
    "gap/rule-failed": "a rule raised an error on the file",
    "gap/rule-unsupported": "a rule cannot run here",
    "gap/parse": "a region did not parse and a rule could have matched in it",
    "gap/manifest": "a dependency manifest could not be understood",
    "gap/metric": "a metric could not be measured",
}
"""Every gap id and its meaning; the table is the documentation."""


class FileStatus(StrEnum):
    """What became of one file under the given paths."""

    CHECKED = "checked"
    LEFT_OUT = "left-out"
    GAP = "gap"


@value(order=True)
class FileRecord:
    """The account of one file (or, for ignored and vendored folders, one folder, its path ending in '/')."""

    path: str
    status: FileStatus
    reason: str = ""
    """For left-out files: `ignored`, `excluded`, `binary`, `generated`, `minified`, `vendored`, `link`, `special`, `submodule`,
    `policy` (our own files), `no-rule` (no rule looks at such a file). For gaps: the gap's id."""
    language: str = ""
    size: int = 0
    """Bytes on disk."""
    notes: tuple[str, ...] = ()
    """For people: `read as Latin-1`, `3 regions did not parse` …"""


@value
class RuleInfo:
    """What reports and `explain` need to know of a rule that ran."""

    id: str
    kind: str
    severity: Severity
    description: str
    message: str = ""
    help: str = ""
    """What to do about a violation; may be empty."""
    why: str = ""
    plugin: str = ""
    """Scoped name or manifest name of the plugin, the pack's name, or empty for a loose file."""
    place: Place | None = None
    """Where the rule is written."""
    cwe: tuple[str, ...] = ()
    owasp: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    confidence: str = ""
    suppressible: bool = True


@value
class PluginInfo:
    """A plugin that was enabled for the run."""

    name: str
    scoped_name: str
    version: str
    type: str
    place: Place
    digest: str
    """SHA-256 of the manifest's bytes, hex."""
    contributes: str
    """For people: `3 rules, 0 metrics`, or `contributes nothing to a check yet`."""


@value
class Excuse:
    """Something a person wrote to excuse a finding or gap."""

    kind: str
    """`inline`, `waiver` or `baseline`."""
    place: Place
    reason: str = ""
    approved_by: str = ""
    until: str = ""
    """The date as written."""


@value
class Refusal:
    """An excuse that applies to a finding and is not obeyed, and why."""

    excuse: Excuse
    why: str


@value
class Ruling:
    """What one environment does with one finding or gap."""

    environment: str
    level: Level
    decided_by: str
    """Who set the level, for people: `settings environments.production`, `plugin company_compliance`, `built in` …"""
    fails: bool
    """True iff the environment's verdict suffers from it."""
    excuse: Excuse | None = None
    """The excuse that is obeyed."""
    refused: tuple[Refusal, ...] = ()


@value
class Judged:
    """A finding with the ruling of every environment, in the order of `RunResult.environments`."""

    finding: Finding
    rulings: tuple[Ruling, ...]
    existing: bool = False
    """True under `--diff` for a finding that is there at the base too; it fails nowhere."""


@value
class JudgedGap:
    """A gap with the ruling of every environment, in the order of `RunResult.environments`."""

    gap: Gap
    rulings: tuple[Ruling, ...]


class Outcome(StrEnum):
    """How an environment's verdict ends."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    INCOMPLETE = "incomplete"


@value
class Verdict:
    """Pass or fail of one environment, with reasons."""

    environment: str
    level: Level
    outcome: Outcome
    exit_code: ExitCode
    reasons: tuple[str, ...] = ()
    """For people, most severe first; empty when passed without remark."""


@value
class Offender:
    """A place that keeps a metric's score down."""

    path: str
    message: str
    line: int = 0
    column: int = 0
    weight: float = 1.0
    """How much it costs: larger is worse."""

    @property
    def sort_key(self) -> tuple[float, str, int, int, str]:
        return (-self.weight, self.path, self.line, self.column, self.message)


@value
class MetricScore:
    """The outcome of one metric. `score` None: there was nothing to measure, `note` says why."""

    id: str
    description: str
    kind: str
    score: float | None
    target: float | None
    threshold: float | None
    measured: str
    """For people: `41 of 52 functions`."""
    offenders: tuple[Offender, ...] = ()
    """Worst first; all of them (text shows the first few and the count)."""
    note: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """Further figures, in the metric's own order (`javascript`, `310000 bytes of 250000, 98000 gzipped`)."""


@value(order=True)
class Notice:
    """Something people should know that is neither a finding nor a gap. Ids: `notice/<what>`."""

    id: str
    message: str
    place: Place | None = None
    hint: str = ""


@value
class RunResult:
    """Everything a report needs; a pure function of the inputs, so equal inputs give equal bytes in every format."""

    tool_version: str
    environment: str
    """The environment whose verdict is the exit code."""
    environments: tuple[str, ...]
    """All of them, in the order development, staging, production, then the user's by name."""
    rules: tuple[RuleInfo, ...]
    """Those that were selected for the run, by id."""
    plugins: tuple[PluginInfo, ...]
    files: tuple[FileRecord, ...]
    findings: tuple[Judged, ...]
    gaps: tuple[JudgedGap, ...]
    metrics: tuple[MetricScore, ...]
    notices: tuple[Notice, ...]
    verdicts: tuple[Verdict, ...]
    exit_code: ExitCode
    policy_changes: tuple[str, ...] = ()
    """Under `--policy-from`: what the working tree's policy would loosen, for people."""
    diff_base: str = ""
    """Under `--diff`: the merge base's commit id."""
    revision: str = ""
    """Commit id of HEAD where known, for SARIF `versionControlProvenance`."""
    stats: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Under `--stats`: figures for people, in order."""
