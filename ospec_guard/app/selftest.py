"""Rules against their own tests: examples within them, and annotated files beside them.

An example is checked in the language and under the path that it says; files beside rules are for `trials`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from ospec_guard.app.session import Session
from ospec_guard.app.trials import Fault, RuleFile, Trials, try_rule_file
from ospec_guard.engine.check import Checker
from ospec_guard.engine.plan import Plan
from ospec_guard.languages import LANGUAGES, identify
from ospec_guard.model import FileRecord, FileStatus, Gap, Place
from ospec_guard.protocols import Example, Rule
from ospec_guard.source import Source
from ospec_guard.values import value


@value
class Failure:
    """An example that does not behave as it is filed."""

    rule_id: str
    place: Place | None
    example: Example
    why: str

    def __str__(self) -> str:
        wanted = "must match and does not" if self.example.matches else "must not match and does"
        code = "\n".join(f"    {line}" for line in self.example.code.splitlines())
        return f"{self.place}: {self.rule_id}: an example {wanted}{self.why}\n{code}"


@value
class SelfTest:
    """The outcome of testing all rules of a session."""

    rules: int
    examples: int
    failures: tuple[Failure | Fault, ...]
    untested: tuple[str, ...]
    """Rules with neither an example of each kind nor a line in a file that they must report."""
    unsupported: tuple[Gap, ...]
    """Rules that cannot run, at all or on a test."""
    trials: Trials = Trials()

    @property
    def passed(self) -> bool:
        return not self.failures and not self.unsupported


def test_rules(session: Session, tests: str = "") -> SelfTest:  # noqa: PT028 - no test itself
    """Checks every example of every rule of the session, each rule alone, and the files that rule files are tested on.

    `tests` is a folder that has those files where the rules' folder has the rule files; empty: they are beside the rule files.
    """
    rules = [rule for rule in session.rulebook.rules if not rule.metric]
    failures: list[Failure | Fault] = []
    for rule in rules:
        checker = Checker(Plan((rule,), session.rulebook.settings.limits), metrics=False)
        for example in rule.examples:
            why = _why_not(checker, example)
            if why is not None:
                failures.append(Failure(rule.id, rule.info.place, example, why))
    trials = Trials()
    for file in _rule_files(session, rules, tests):
        trials += try_rule_file(file, session.rulebook.settings.limits)
    return SelfTest(
        rules=len(rules),
        examples=sum(len(rule.examples) for rule in rules),
        failures=(*failures, *trials.failures),
        untested=tuple(rule.id for rule in rules if not _is_tested(rule) and rule.id not in trials.tried),
        unsupported=(*session.rulebook.gaps, *trials.unrun),
        trials=trials,
    )


def _rule_files(session: Session, rules: Sequence[Rule], tests: str) -> list[RuleFile]:
    """The files that the rules are written in, by path, each with the folder that its tests are in."""
    of_path: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.info.place:
            of_path.setdefault(rule.info.place.path, []).append(rule)
    cwd = session.request.cwd
    made = []
    for path, written in sorted(of_path.items()):
        # What is outside of the root is shown as it was given, the rest from the root.
        full = os.path.normpath(os.path.join(cwd if path.startswith("../") else session.root, path))
        if not os.path.isfile(full):
            continue
        folder, shown = os.path.dirname(full), os.path.dirname(path)
        if tests:
            inside = _inside(folder, [os.path.join(cwd, given) for given in session.request.rules])
            folder, shown = os.path.join(cwd, tests, inside), os.path.join(tests, inside)
        made.append(RuleFile(path, tuple(written), folder, shown))
    return made


def _inside(folder: str, given: Sequence[str]) -> str:
    """The way to a folder from the nearest of the given folders (or of the folders of given files) that it is in."""
    tops = [os.path.normpath(path if os.path.isdir(path) else os.path.dirname(path)) for path in given]
    ways = [os.path.relpath(folder, top) for top in tops if os.path.commonpath((folder, top)) == top]
    return min(ways, key=len, default=".")


def _why_not(checker: Checker, example: Example) -> str | None:
    """None when the example behaves; else more about why it does not, which may be nothing."""
    data = example.code.encode()
    language = identify(example.path, data[:256].split(b"\n", 1)[0]) if example.path else LANGUAGES[example.language]
    path = example.path or _path_for(example.language)
    if not checker.wants(path, language):
        return " (the rule does not look at such a file)" if example.matches else None
    result = checker.check(Source(path, data), language, FileRecord(path, FileStatus.CHECKED))
    if result.gaps:
        return f" ({result.gaps[0].message})"
    return None if bool(result.findings) == example.matches else ""


def _path_for(language: str) -> str:
    extensions = LANGUAGES[language].extensions
    return f"example{extensions[0]}" if extensions else "example"


def _is_tested(rule: Rule) -> bool:
    return {example.matches for example in rule.examples} == {True, False}
