"""Patterns against semgrep and ast-grep, side by side in one run: `./dev bench patterns [--collection DIR]`.

The twenty rules are our own, said once for Semgrep and us and once for ast-grep (bench/patterns). The collection is a checkout
of public Semgrep rules; without one, the work that needs it is left out. Bars are the issue's; a missed one is printed as
missed.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from collection import copy_rules
from corpora import sdist
from peers import Answer, ast_grep, ast_grep_answer, guard, guard_answer, semgrep, semgrep_answer
from timing import Command, medians, peak_memory_together

RULES = Path(__file__).parent / "patterns"
SMALL = "import subprocess\n\n\ndef run(command, fast=[]):\n    if eval(command) == None:\n        return True\n"
PARTS = ("twenty", "collection", "small", "loading", "memory")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)} (default: everything)")
    parser.add_argument("--collection", type=Path, metavar="DIR", help="a checkout of Semgrep rules")
    parser.add_argument("--modes", default="search", help="modes of its rules, with commas (default: search)")
    parser.add_argument("--runs", type=int, default=5, help="repetitions (default: 5); semgrep on the collection runs once")
    parser.add_argument(
        "--package", action="store_true", help="only Django's package, without its tests: a quarter of the time"
    )
    parser.add_argument("--peers-only", action="store_true", help="leave ospec-guard out")
    arguments = parser.parse_args()
    parts = tuple(arguments.parts) or PARTS
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), arguments.runs, arguments.peers_only, arguments.package)
        rules = bench.work / "collection"
        ids = copy_rules(arguments.collection, rules, arguments.modes.split(","), "python") if arguments.collection else {}
        if "twenty" in parts:
            bench.twenty()
        if "memory" in parts:
            bench.memory()
        if "collection" in parts and ids:
            bench.collection(rules, ids)
        if "small" in parts:
            bench.small(rules if ids else RULES / "semgrep.yaml", len(ids) or 20)
        if "loading" in parts:
            bench.loading(arguments.collection, arguments.modes.split(","))


class Bench:
    """The tree, the caches and how often."""

    def __init__(self, work: Path, runs: int, peers_only: bool, package: bool) -> None:
        self.work, self.runs, self.peers_only = work, runs, peers_only
        self.tree = work / "django"
        source = sdist("Django", "5.1.4")
        shutil.copytree(source / "django" if package else source, self.tree)
        (self.tree / ".semgrepignore").write_text("")  # its own list leaves tests out
        python = sum(1 for _ in self.tree.rglob("*.py"))
        size = sum(path.stat().st_size for path in self.tree.rglob("*.py"))
        self.cache = work / "cache"
        self.environ = {"XDG_CACHE_HOME": str(self.cache), "HOME": str(work)}
        print(f"Django 5.1.4: {python:,} Python files, {size / 1e6:.1f} MB\n")

    def cold(self, command: Command) -> Command:
        """The command with nothing kept from before."""
        return Command(command.argv, command.cwd, command.environ, lambda: shutil.rmtree(self.cache, ignore_errors=True))

    def twenty(self) -> None:
        """The same twenty rules in three tools, cold."""
        ours, theirs = RULES / "semgrep.yaml", RULES / "ast-grep.yaml"
        commands = {
            "ast-grep": ast_grep(theirs, self.tree, self.environ),
            "semgrep": semgrep(ours, self.tree, self.environ, str(self.work / "twenty-semgrep.json")),
            "ospec-guard": self.cold(guard(ours, self.tree, self.environ, str(self.work / "twenty-guard.json"))),
        }
        times = medians(self._chosen(commands), self.runs)
        ids = dict.fromkeys(copy_rules(ours, self.work / "twenty"), "")
        answers = {
            "ast-grep": ast_grep_answer(commands["ast-grep"]),
            "semgrep": semgrep_answer(self.work / "twenty-semgrep.json", ids),
        }
        if not self.peers_only:
            answers["ospec-guard"] = guard_answer(self.work / "twenty-guard.json")
        found(answers, list(ids))
        compared("20 rules, Django, cold", times, {"ast-grep": 1.0, "semgrep": None})

    def memory(self) -> None:
        """All processes of a tool at once, over the same rules."""
        commands = {
            "ast-grep": ast_grep(RULES / "ast-grep.yaml", self.tree, self.environ),
            "semgrep": semgrep(RULES / "semgrep.yaml", self.tree, self.environ),
            "ospec-guard": self.cold(guard(RULES / "semgrep.yaml", self.tree, self.environ)),
        }
        peaks = {name: peak_memory_together(command) / 1024 for name, command in self._chosen(commands).items()}
        compared("peak memory, all processes, the same", peaks, {"semgrep": 1.0, "ast-grep": 3.0}, "MB")

    def collection(self, rules: Path, ids: dict[str, str]) -> None:
        """The collection's Python rules over the tree. Semgrep once: it takes a minute or more, and moves little."""
        reports = {name: self.work / f"collection-{name}.json" for name in ("semgrep", "ospec-guard")}
        theirs = semgrep(rules, self.tree, self.environ, str(reports["semgrep"]))
        times = {"semgrep": theirs.run()}
        answers = {"semgrep": semgrep_answer(reports["semgrep"], ids)}
        if not self.peers_only:
            command = self.cold(guard(rules, self.tree, self.environ, str(reports["ospec-guard"])))
            times["ospec-guard"] = medians({"ospec-guard": command}, min(self.runs, 3))["ospec-guard"]
            answers["ospec-guard"] = guard_answer(reports["ospec-guard"])
        found(answers, [])
        compared(f"{len(ids)} Python rules, Django, cold", times, {"semgrep": 1 / 10})

    def small(self, rules: Path, count: int) -> None:
        """One small file, with what the first run left behind."""
        project = self.work / "small"
        project.mkdir()
        (project / ".semgrepignore").write_text("")
        (project / "run.py").write_text(SMALL)
        commands = {
            "semgrep": semgrep(rules, project, self.environ),
            "ospec-guard": guard(rules, project, self.environ),
        }
        compared(f"{count} rules, one small file, warm", medians(self._chosen(commands), self.runs), {"semgrep": 1 / 20})

    def loading(self, collection: Path | None, modes: list[str]) -> None:
        """Two thousand rules, of which none looks at the file where they are our own, against a single such rule."""
        if self.peers_only:
            return
        project = self.work / "loading"
        project.mkdir()
        (project / "notes.txt").write_text("nothing to see\n")
        empty = self.work / "empty.yaml"
        empty.write_text("rules:\n" + _rule(0))
        many = self.work / "many"
        if collection:
            count = len(copy_rules(collection, many, modes))
        else:
            count = 2000
            many.mkdir()
            (many / "rules.yaml").write_text("rules:\n" + "".join(_rule(number) for number in range(count)))
        commands = {
            "empty": guard(empty, project, self.environ, form="vim"),
            "many": guard(many, project, self.environ, form="vim"),
        }
        times = medians(commands, max(self.runs, 11))
        more = times["many"] - times["empty"]
        print(f"{f'{count:,} rules, warm: seconds over an empty run':<52} {more:>8.3f} ≤ 0.15   {verdict(more <= 0.15)}")

    def _chosen(self, commands: dict[str, Command]) -> dict[str, Command]:
        return {name: command for name, command in commands.items() if name != "ospec-guard" or not self.peers_only}


def _rule(number: int) -> str:
    language = ("python", "javascript", "java", "go", "ruby")[number % 5]
    return (
        f"  - id: rule-{number}\n    languages: [{language}]\n    severity: WARNING\n    message: $X reaches {number}\n"
        f"    patterns:\n      - pattern: library_{number}.call($X, ...)\n"
        f"      - pattern-not: library_{number}.call(0, ...)\n"
    )


def found(answers: dict[str, Answer], rules: list[str]) -> None:
    """How many findings each tool has, by rule where rules are named, so that it is seen that they do the same work."""
    counts = {name: Counter(hit.rule for hit in answer.hits) for name, answer in answers.items()}
    print(f"{'findings':<26}" + "".join(f"{name:>14}" for name in answers))
    for rule in rules:
        numbers = [counts[name][rule] for name in answers]
        print(
            f"  {rule:<24}" + "".join(f"{number:>14,}" for number in numbers) + ("" if len(set(numbers)) == 1 else "  differ")
        )
    print(f"  {'together':<24}" + "".join(f"{len(answer.hits):>14,}" for answer in answers.values()))
    print(f"  {'files looked at':<24}" + "".join(f"{answer.files:>14,}" for answer in answers.values()))
    print(f"  {'rules or files with gaps':<24}" + "".join(f"{len(answer.gaps):>14,}" for answer in answers.values()) + "\n")


def compared(what: str, values: dict[str, float], bars: dict[str, float | None], unit: str = "s") -> None:
    """The values of every tool, then ours as a share of each, against its bar."""
    print(f"{what:<52} " + ", ".join(f"{name} {value:.2f} {unit}" for name, value in values.items()))
    for name, bar in bars.items():
        if "ospec-guard" in values:
            ratio = values["ospec-guard"] / values[name]
            limit = "" if bar is None else f"≤ {bar:<6.3g} {verdict(ratio <= bar)}"
            print(f"  {f'ospec-guard : {name}':<50} {ratio:>8.3f} {limit}")
    print()


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    main()
