"""Rules against their own examples: what must match and what must not, in the language and under the path the example says."""

from __future__ import annotations

from ospec_guard.app.session import Session
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
    failures: tuple[Failure, ...]
    untested: tuple[str, ...]
    """Rules without an example of each kind."""
    unsupported: tuple[Gap, ...]


def test_rules(session: Session) -> SelfTest:
    """Checks every example of every rule of the session, each rule alone."""
    rules = [rule for rule in session.rulebook.rules if not rule.metric]
    failures = []
    for rule in rules:
        checker = Checker(Plan((rule,), session.rulebook.settings.limits), metrics=False)
        for example in rule.examples:
            why = _why_not(checker, example)
            if why is not None:
                failures.append(Failure(rule.id, rule.info.place, example, why))
    return SelfTest(
        rules=len(rules),
        examples=sum(len(rule.examples) for rule in rules),
        failures=tuple(failures),
        untested=tuple(rule.id for rule in rules if not _is_tested(rule)),
        unsupported=session.rulebook.gaps,
    )


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
