"""The core's speed as ratios, side by side in one run: `./dev bench`.

Bars are the issue's; a missed one is printed as missed. Corpora come from PyPI by version.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from corpora import sdist
from timing import Command, medians, peak_memory

GUARD = shutil.which("ospec-guard") or "ospec-guard"
PYTHON = sys.executable
ROOT = Path(__file__).parent.parent


def main() -> None:
    django = sdist("Django", "5.1.4") / "django"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        environ = {"XDG_CACHE_HOME": str(work / "cache"), "HOME": folder}
        tree = work / "django"
        shutil.copytree(django, tree)
        print(f"{'what':<62} {'ratio':>8} {'bar':>8}")
        startup(work, environ)
        many_rules(work, tree, environ)
        against_re(tree, environ)
        linear(work, tree, environ)
        workers(tree, environ)


def startup(work: Path, environ: dict[str, str]) -> None:
    """The two starts people wait for."""
    project = work / "one"
    project.mkdir()
    (project / "ospec-guard.yaml").write_text("environments: {development: warn}\n")
    (project / "login.py").write_text("def login(form):\n    password = form['password']\n    return eval(form['next'])\n")
    commands = {
        "pass": Command([PYTHON, "-c", "pass"]),
        "version": Command([GUARD, "--version"]),
        "one file": Command([GUARD, "check", "login.py"], str(project), environ),
    }
    times = medians(commands, 21)
    row("ospec-guard --version : python -c pass", times["version"] / times["pass"], 4)
    row("check of one file, warm plan : python -c pass", times["one file"] / times["pass"], 9)


def many_rules(work: Path, tree: Path, environ: dict[str, str]) -> None:
    """Ten rules and two thousand over one tree."""
    commands = {}
    for count in (10, 2000):
        rules = work / f"rules-{count}.yaml"
        rules.write_text("rules:\n" + "".join(_rule(number) for number in range(count)))
        argv = [GUARD, "check", "--isolated", "--rules", str(rules), "--format", "json=/dev/null"]
        commands[str(count)] = Command(argv, str(tree), environ)
    times = medians(commands, 5)
    row("2,000 regex rules : 10, Django, warm plan", times["2000"] / times["10"], 1.5)


def _rule(number: int) -> str:
    return (
        f"  - id: rule-{number}\n    type: code_analysis\n    severity: error\n    message: word {number}\n"
        f"    languages: [python]\n    pattern: '\\bforbidden_{number:04d}_\\w+\\s*\\('\n"
    )


SPEC = (
    r"class.*Model.*:",
    r"# @data-classification:",
    r"password|credit_card|ssn|api_key",
    r"encrypt|hash|cipher",
    r"def\s+\w+.*:",
    r"try:|raise|except:",
)


def against_re(tree: Path, environ: dict[str, str]) -> None:
    """The specification's expressions: our one pass, and our whole run, against `re` one by one over the same bytes."""
    import re

    from ospec_guard.regular import RegexSet

    texts = [path.read_bytes() for path in sorted(tree.rglob("*.py"))]
    one_by_one, one_pass = [], []
    for _ in range(5):
        begun = time.perf_counter()
        for pattern in SPEC:
            compiled = re.compile(pattern.encode())
            for text in texts:
                for _match in compiled.finditer(text):
                    pass
        one_by_one.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        together = RegexSet(SPEC)
        for text in texts:
            together.matching(text)
        one_pass.append(time.perf_counter() - begun)
    row(
        "`re` one by one : one RE2 set, same bytes (which can match)",
        statistics.median(one_by_one) / statistics.median(one_pass),
        -10,
    )
    settings = tree / "ospec-guard.yaml"
    settings.write_text('plugins:\n  enabled: ["@company/compliance-guardrails", "@company/quality-metrics"]\n')
    whole = medians({"check": Command([GUARD, "check", "--format", "json=/dev/null"], str(tree), environ)}, 3)["check"]
    settings.unlink()
    row("`re` one by one : the whole run, parsing and metrics included", statistics.median(one_by_one) / whole, -10)


def linear(work: Path, tree: Path, environ: dict[str, str]) -> None:
    """Four copies of the tree against one: time by bytes, memory by files."""
    four = work / "four"
    for number in range(4):
        shutil.copytree(tree, four / f"copy{number}")
    argv = [GUARD, "check", "--format", "json=/dev/null", "--jobs", "1"]
    commands = {"1": Command(argv, str(tree), environ), "4": Command(argv, str(four), environ)}
    times = medians(commands, 3)
    row("four times the bytes : four times the time (1 is linear)", times["4"] / times["1"] / 4, 1.1)
    row("peak memory of four times the files : of one", peak_memory(commands["4"]) / peak_memory(commands["1"]), 1.15)


def workers(tree: Path, environ: dict[str, str]) -> None:
    """One worker against two: time, and the same bytes."""
    outputs = {}
    commands = {}
    for jobs in ("1", "2"):
        report = tree.parent / f"jobs{jobs}.sarif"
        commands[jobs] = Command([GUARD, "check", "--format", f"sarif={report}", "--jobs", jobs], str(tree), environ)
    times = medians(commands, 3)
    for jobs in commands:
        outputs[jobs] = (tree.parent / f"jobs{jobs}.sarif").read_bytes()
    row("one worker : two, Django, built-in packs", times["1"] / times["2"], None)
    print(f"{'the same bytes for 1 and 2 workers':<62} {'yes' if outputs['1'] == outputs['2'] else 'NO':>8}")


def row(what: str, ratio: float, bar: float | None) -> None:
    """A line of the table; a negative bar is one to be above."""
    if bar is None:
        print(f"{what:<62} {ratio:>8.2f}")
        return
    met = ratio >= -bar if bar < 0 else ratio <= bar
    print(f"{what:<62} {ratio:>8.2f} {'≥' if bar < 0 else '≤'} {abs(bar):<6g} {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
