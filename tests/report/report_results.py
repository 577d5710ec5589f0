"""Hand-built results: nothing at all, a full house, odd characters. Lines, columns and offsets are counted by hand.

`finding` and `gap` take the text and the marked piece, so that a test cannot contradict itself about where the piece is.
"""

from __future__ import annotations

from dataclasses import replace

from ospec_guard.model import (
    Edit,
    Excuse,
    ExitCode,
    FileRecord,
    FileStatus,
    Finding,
    Fix,
    Gap,
    Judged,
    JudgedGap,
    Level,
    MetricScore,
    Notice,
    Offender,
    Outcome,
    Place,
    PluginInfo,
    Refusal,
    RuleInfo,
    Ruling,
    RunResult,
    Severity,
    Span,
    Verdict,
)
from ospec_guard.protocols import ReportOptions
from ospec_guard.source import Source

PLAIN = ReportOptions()
ENVIRONMENTS = ("development", "staging", "production", "nightly")
LEVELS = {"development": Level.WARN, "staging": Level.ERROR, "production": Level.BLOCK, "nightly": Level.ERROR}

EVAL = RuleInfo(
    id="py-core/eval-call",
    kind="ast_pattern",
    severity=Severity.ERROR,
    description="Calls of eval run whatever text they are given.",
    message="eval() runs whatever text it is given.",
    help="Use ast.literal_eval for literals.",
    why="Text from outside becomes code of this program.",
    plugin="py-core",
    place=Place("rules/py-core/eval-call.yaml", 2, 3),
    cwe=("CWE-95",),
    owasp=("A03:2021",),
    references=("https://docs.python.org/3/library/ast.html#ast.literal_eval",),
    tags=("python",),
    confidence="HIGH",
)
NAMES = RuleInfo(
    id="@company/compliance-guardrails/data_classification",
    kind="code_analysis",
    severity=Severity.WARNING,
    description="Ensure data classification headers are present",
    plugin="@company/compliance-guardrails",
    place=Place("plugins/compliance/plugin.yaml", 8, 5),
)
KEY = RuleInfo(
    id="secrets/private-key",
    kind="secret",
    severity=Severity.CRITICAL,
    description="A private key is in the repository.",
    help="Revoke the key, then remove it.\nA removed key is still in the history.",
    confidence="medium",
    suppressible=False,
)
LOOSE = RuleInfo(id="todo-note", kind="code_analysis", severity=Severity.INFO, description="A note says that work is left.")
COVERAGE = RuleInfo(
    id="quality_metrics/api_documentation_coverage",
    kind="documentation",
    severity=Severity.ERROR,
    description="Percentage of API endpoints with documentation",
    plugin="quality_metrics",
)
RULES = tuple(sorted((EVAL, NAMES, KEY, LOOSE, COVERAGE), key=lambda rule: rule.id))

INLINE = Excuse("inline", Place("src/app.py", 6, 17), "legacy, see #12")
WAIVER = Excuse("waiver", Place("ospec-guard.yaml", 14, 5), "vendored until the rewrite", "Jo Doe", "2026-12-31")
EXPIRED = Excuse("waiver", Place("ospec-guard.yaml", 20, 5), "only for the demo", "Jo Doe", "2025-01-31")
BASELINE = Excuse("baseline", Place(".ospec-guard-baseline", 3))


def span_of(source: Source, piece: str) -> tuple[int, int]:
    """The bytes of the only occurrence of `piece`."""
    assert source.data.count(piece.encode()) == 1, piece
    start = source.data.index(piece.encode())
    return start, start + len(piece.encode())


def finding(rule: RuleInfo, path: str, text: str, piece: str | None, message: str = "", **more: object) -> Finding:
    """A finding about `piece` of `text`; about the whole file where `piece` is None."""
    source = Source(path, text.encode())
    span = source.span(*span_of(source, piece)) if piece is not None else None
    made = Finding(
        rule_id=rule.id,
        path=path,
        span=span,
        message=message or rule.message or rule.description,
        severity=rule.severity,
        identity="1" * 32,
        content="2" * 32,
        fingerprint=f"{len(path):02x}{len(piece or ''):02x}{rule.severity:02x}".ljust(32, "f"),
        excerpt=source.excerpt(span) if span else None,
        line_hash="39fa2ee980eb94b0:1" if span else "",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def rulings(
    severity: Severity,
    environments: tuple[str, ...],
    excuse: Excuse | None = None,
    refused: dict[str, Refusal] | None = None,
) -> tuple[Ruling, ...]:
    """What each environment does with a finding of that severity; `refused` names those that do not obey the excuse."""
    made = []
    for environment in environments:
        level, refusal = LEVELS[environment], (refused or {}).get(environment)
        obeyed = None if refusal else excuse
        fails = level > Level.WARN and severity >= Severity.ERROR and obeyed is None
        made.append(Ruling(environment, level, f"built in {environment}", fails, obeyed, (refusal,) if refusal else ()))
    return tuple(made)


def judged(
    found: Finding,
    excuse: Excuse | None = None,
    refused: dict[str, Refusal] | None = None,
    environments: tuple[str, ...] = ENVIRONMENTS,
) -> Judged:
    return Judged(found, rulings(found.severity, environments, excuse, refused))


def judged_gap(gap: Gap, excuse: Excuse | None = None, environments: tuple[str, ...] = ENVIRONMENTS) -> JudgedGap:
    return JudgedGap(gap, rulings(Severity.CRITICAL, environments, excuse))


def verdicts(failed: str, *, gap: bool = False) -> tuple[Verdict, ...]:
    """Development passes; the others fail for the reason `failed`, incomplete when there is a gap."""
    failing = {Level.ERROR: Outcome.FAILED, Level.BLOCK: Outcome.BLOCKED}
    made = [Verdict("development", Level.WARN, Outcome.PASSED, ExitCode.PASS)]
    for name in ENVIRONMENTS[1:]:
        level = LEVELS[name]
        outcome, code = (Outcome.INCOMPLETE, ExitCode.UNUSABLE) if gap else (failing[level], ExitCode.FAIL)
        made.append(Verdict(name, level, outcome, code, (failed,)))
    return tuple(made)


def clean() -> RunResult:
    """Two rules, two files, nothing to say."""
    passed = (
        Verdict("development", Level.WARN, Outcome.PASSED, ExitCode.PASS),
        Verdict("staging", Level.ERROR, Outcome.PASSED, ExitCode.PASS),
        Verdict("production", Level.BLOCK, Outcome.PASSED, ExitCode.PASS),
    )
    return RunResult(
        tool_version="1.2.3",
        environment="development",
        environments=("development", "staging", "production"),
        rules=(EVAL, LOOSE),
        plugins=(),
        files=(
            FileRecord("README.md", FileStatus.CHECKED, language="markdown", size=120),
            FileRecord("src/app.py", FileStatus.CHECKED, language="python", size=64),
        ),
        findings=(),
        gaps=(),
        metrics=(),
        notices=(),
        verdicts=passed,
        exit_code=ExitCode.PASS,
    )


APP = """\
import json

def handler(request):
    return eval(request.query)

def old(text):  # ospec-guard: ignore[py-core/eval-call] legacy, see #12
    return eval(text)

class CustomerModel:
    # TODO name the class of data
    def load(self, key):
        return fetch(
            key,
            # a blank line follows

            limit=10,
        )
"""
"""Line 4, column 12 is the first `eval`; line 7 the second; line 9 the class; line 10 the note; lines 12 to 17 the fetch."""

PEM = "-----BEGIN PRIVATE KEY-----\nMIIE…\n-----END PRIVATE KEY-----\n"


LITERAL = Fix(
    # Lines 1 to 3 are 12 + 1 + 22 bytes, and `    return ` is 11.
    (Edit(12, 12, "import ast\n", Span(12, 12, 2, 1, 2, 1)), Edit(46, 50, "ast.literal_eval", Span(46, 50, 4, 12, 4, 16))),
    safe=True,
)
"""Of the first `eval`: an import in its own place, and another function."""
_NOTE = APP.index("    # TODO")
UNSAFE_DELETION = Fix((Edit(_NOTE, _NOTE + 34, "", Span(_NOTE, _NOTE + 34, 10, 1, 11, 1)),))
"""Of the whole line 10."""


def house(environment: str = "production") -> RunResult:
    """Every kind of thing that a result can hold, in four environments."""
    not_obeyed = Refusal(INLINE, "inline suppressions are not obeyed at level block")
    expired = Refusal(EXPIRED, "expired on 2025-01-31")
    everywhere = dict.fromkeys(ENVIRONMENTS, expired)
    findings = (
        judged(finding(COVERAGE, "plugins/quality/plugin.yaml", "", None, "score 0.82 is below the threshold 0.9")),
        judged(finding(EVAL, "src/app.py", APP, "eval(request.query)", definition="handler", fix=LITERAL)),
        judged(finding(EVAL, "src/app.py", APP, "eval(text)", definition="old"), INLINE, {"production": not_obeyed}),
        judged(finding(NAMES, "src/app.py", APP, "CustomerModel", definition="CustomerModel"), BASELINE),
        judged(
            finding(LOOSE, "src/app.py", APP, "# TODO name the class of data", definition="CustomerModel", fix=UNSAFE_DELETION)
        ),
        judged(
            finding(
                EVAL,
                "src/app.py",
                APP,
                APP[APP.index("fetch(") : APP.index("        )") + 9],
                "This call spans six lines.",
                definition="CustomerModel.load",
            ),
            EXPIRED,
            everywhere,
        ),
        judged(finding(KEY, "src/deploy.pem", PEM, "-----BEGIN PRIVATE KEY-----", properties=(("shape", "pem"),)), WAIVER),
        judged(finding(KEY, "src/other.pem", PEM, "-----BEGIN PRIVATE KEY-----")),
    )
    source = Source("src/broken.py", b"x = 1\ndef f(:\n    pass\n")
    gaps = (
        judged_gap(Gap("gap/parse", "src/broken.py", "2 lines did not parse", source.span(6, 23), EVAL.id, "a" * 32)),
        judged_gap(Gap("gap/size", "src/huge.js", "6000000 bytes are more than the limit of 5000000"), WAIVER),
    )
    offenders = tuple(Offender("src/api.py", f"GET /orders/{n} has no documentation", 10 * n, 1) for n in range(1, 8))
    metrics = (
        MetricScore(COVERAGE.id, COVERAGE.description, "documentation", 0.8235, 1.0, 0.9, "14 of 17 endpoints", offenders),
        MetricScore("quality_metrics/errors", "Errors are handled", "code_analysis", 0.96, 0.95, 0.8, "48 of 50 functions"),
        MetricScore(
            "quality_metrics/performance_budget",
            "Bundle size under limits",
            "build_analysis",
            None,
            None,
            0.9,
            "",
            note="there is no build folder",
            details=(("javascript", "limit 250000 bytes"), ("css", "limit 50000 bytes")),
        ),
    )
    return RunResult(
        tool_version="1.2.3",
        environment=environment,
        environments=ENVIRONMENTS,
        rules=RULES,
        plugins=(
            PluginInfo(
                "compliance",
                "@company/compliance-guardrails",
                "1.0.0",
                "guardrails",
                Place("plugins/compliance/plugin.yaml"),
                "c" * 64,
                "3 rules, 0 metrics",
            ),
        ),
        files=(
            FileRecord("logo.png", FileStatus.LEFT_OUT, "binary", size=2048),
            FileRecord("node_modules/", FileStatus.LEFT_OUT, "ignored"),
            FileRecord("plugins/quality/plugin.yaml", FileStatus.CHECKED, language="yaml", size=300),
            FileRecord("src/app.py", FileStatus.CHECKED, language="python", size=len(APP), notes=("read as Latin-1",)),
            FileRecord("src/broken.py", FileStatus.GAP, language="python", size=23),
            FileRecord("src/dist/", FileStatus.LEFT_OUT, "ignored"),
            FileRecord("src/deploy.pem", FileStatus.CHECKED, language="text", size=70),
            FileRecord("src/huge.js", FileStatus.GAP, language="javascript", size=6_000_000),
            FileRecord("src/other.pem", FileStatus.CHECKED, language="text", size=70),
        ),
        findings=findings,
        gaps=gaps,
        metrics=metrics,
        notices=(
            Notice("notice/unused-waiver", "the waiver excuses nothing", Place("ospec-guard.yaml", 26, 5), "remove it"),
            Notice("notice/no-git", "not a git work tree; .gitignore files are read instead"),
        ),
        verdicts=verdicts("gap/parse in src/broken.py", gap=True),
        exit_code=ExitCode.PASS if environment == "development" else ExitCode.UNUSABLE,
        policy_changes=("waives secrets/private-key under src/** until 2026-12-31", "turns todo-note off"),
        revision="0123456789abcdef0123456789abcdef01234567",
        stats=(("files", "9"), ("cache hits", "4")),
    )


HOSTILE_PATH = "src/we ird#100%\n<&>\udcff'\"é🙂.py"
HOSTILE = 'naïve\t= "🙂 漢字" + evil("\x1b[31m\u202e")  # tail\n'
"""Column 18 of line 1 is `evil`: before it stand 17 code points (the tab is one) in 25 bytes and, with a tab stop at 8, 22 cells."""


def odd() -> RunResult:
    """Everything that a hostile tree can put into names and texts, beside a file-level finding."""
    message = 'a "quoted" <tag> & 100% of\n::error::it\x1b[2J, \u202ereversed, \udcfe and 🙂'
    rule = replace(
        LOOSE, severity=Severity.ERROR, help="line one\r\n\x07line two", references=("ftp://no", "https://e.org/a b<c>")
    )
    environments = ("development", "staging", "production")
    found = finding(rule, HOSTILE_PATH, HOSTILE, 'evil("\x1b[31m\u202e")', message, properties=(("päckage", "a\udcffb"),))
    whole = finding(rule, HOSTILE_PATH, "", None, "the file must not exist")
    gap = Gap("gap/decode", "src/\udce9t\x1b.py", "not text:\n\x00 \udcff")
    reason = Excuse("inline", Place(HOSTILE_PATH, 1, 1), "because\n::warning::\x1b[1m", "Jo\x07", "soon\u202e")
    return replace(
        clean(),
        environment="staging",
        rules=(rule,),
        files=(
            FileRecord("src/\udce9t\x1b.py", FileStatus.GAP),
            FileRecord(HOSTILE_PATH, FileStatus.CHECKED, language="python"),
        ),
        findings=(
            judged(whole, environments=environments),
            judged(found, reason, {"production": Refusal(reason, "not\nobeyed\x1b")}, environments),
            judged(replace(found, fingerprint="e" * 32), environments=environments),
        ),
        gaps=(judged_gap(gap, environments=environments), judged_gap(gap, environments=environments)),
        notices=(Notice("notice/odd\x1b", "line\nbreak\u2028", Place("a\nb", 1, 1), "hint\x1b"),),
        policy_changes=("loosens\n\x1b[0m",),
        verdicts=(
            Verdict("development", Level.WARN, Outcome.PASSED, ExitCode.PASS),
            Verdict("staging", Level.ERROR, Outcome.INCOMPLETE, ExitCode.UNUSABLE, ("gap in src/\udce9t\x1b.py",)),
            Verdict("production", Level.BLOCK, Outcome.INCOMPLETE, ExitCode.UNUSABLE),
        ),
        exit_code=ExitCode.UNUSABLE,
    )


def against_base() -> RunResult:
    """`--diff`: one finding is new, one was there before."""
    old, new = (judged(finding(EVAL, "src/app.py", APP, piece)) for piece in ("eval(text)", "eval(request.query)"))
    calm = tuple(replace(ruling, fails=False) for ruling in old.rulings)
    return replace(
        clean(),
        environment="staging",
        environments=ENVIRONMENTS,
        findings=(new, replace(old, rulings=calm, existing=True)),
        verdicts=verdicts("1 violation of py-core/eval-call"),
        exit_code=ExitCode.FAIL,
        diff_base="fedcba9876543210fedcba9876543210fedcba98",
    )


RESULTS = {"clean": clean, "house": house, "odd": odd, "diff": against_base}
