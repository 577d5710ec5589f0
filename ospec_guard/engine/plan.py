"""What to run: compiled rules and limits, as plain frozen values that can be kept on disk and handed to workers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from types import ModuleType
from typing import Any, cast

from ospec_guard.config.settings import Limits
from ospec_guard.globs import matching
from ospec_guard.kinds import kind
from ospec_guard.languages import Language
from ospec_guard.metrics import metric
from ospec_guard.protocols import FileView, Kind, Metric, Rule
from ospec_guard.regular import RegexSet
from ospec_guard.values import field, value

ANY_TEXT = "generic"
"""The pseudo language of rules that look at every text file."""


@value
class Plan:
    """All rules that can run, by id, and the limits they run under."""

    rules: tuple[Rule, ...] = ()
    limits: Limits = field(default_factory=Limits)


def module_of(rule: Rule) -> Kind | Metric:
    """The module that implements a rule's kind or metric type."""
    return metric(rule.info.kind) if rule.metric else kind(rule.info.kind)


class Selector:
    """Decides which rules of a plan look at a file: by language and path first, then by one pass over its text.

    The required expressions of all rules that take a language are in one RE2 set, so that the cost of a file hardly depends on
    the number of rules, and rules for languages that no file is in cost nothing.
    """

    def __init__(self, plan: Plan, *, metrics: bool = True) -> None:
        self._rules = [rule for rule in plan.rules if metrics or not rule.metric]
        self._by_language: dict[str, _Sieve] = {}

    def for_file(self, path: str, language: Language) -> list[Rule]:
        """The rules that look at files of such a language and path, in order of the plan."""
        return [rule for rule in self._of(language).rules if _looks_at(rule, path, language)]

    def wants(self, path: str, language: Language) -> bool:
        """Whether there is any rule that looks at such a file."""
        return any(_looks_at(rule, path, language) for rule in self._of(language).rules)

    def candidates(self, path: str, language: Language, data: bytes) -> list[Rule]:
        """Those of `for_file` that can match in the text, in order of the plan."""
        # What the text rules out is not asked about its path: of thousands of rules a few are left.
        return [rule for rule in self._of(language).possible(data) if _looks_at(rule, path, language)]

    def _of(self, language: Language) -> _Sieve:
        found = self._by_language.get(language.name)
        if found is None:
            found = self._by_language[language.name] = _Sieve([rule for rule in self._rules if _takes(rule, language)])
        return found


class _Sieve:
    """The rules that take a language, and what texts must hold for them."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules

    @cached_property
    def _expressions(self) -> tuple[RegexSet, list[list[int]], frozenset[int]]:
        """Required expressions, the positions of the rules that each belongs to, and of the rules that require none."""
        owners: dict[str, list[int]] = {}
        unfiltered = set()
        for position, rule in enumerate(self.rules):
            required = module_of(rule).prefilter(rule.options)
            for expression in required:
                owners.setdefault(expression, []).append(position)
            if not required:
                unfiltered.add(position)
        return RegexSet(list(owners)), list(owners.values()), frozenset(unfiltered)

    def possible(self, data: bytes) -> list[Rule]:
        """The rules that can match in a text."""
        if not self.rules:
            return []
        expressions, owners, unfiltered = self._expressions
        able = set(unfiltered)
        if len(able) < len(self.rules):
            able.update([position for found in expressions.matching(data) for position in owners[found]])
        return [self.rules[position] for position in sorted(able)]


def _takes(rule: Rule, language: Language) -> bool:
    return not rule.languages or language.name in rule.languages or ANY_TEXT in rule.languages


def _looks_at(rule: Rule, path: str, language: Language) -> bool:
    # A rule file holds what its rules look for.
    if rule.info.place is not None and path == rule.info.place.path:
        return False
    if not rule.languages and not module_of(rule).applies(rule.options, path, language):
        return False
    if rule.include and matching(rule.include, path) is None:
        return False
    return not rule.exclude or matching(rule.exclude, path) is None


def prepare(module: Kind | Metric, options: Any, view: FileView) -> None:
    """What the kind makes once a file for all its rules, so that no single rule pays for it with its time."""
    made = getattr(module, "prepare", None)
    if made is not None:
        made(options, view)


def entries(rule: Rule) -> tuple[str, ...]:
    """The entries of a rule's allow-list that can excuse something, as written; empty for kinds without such lists."""
    listed = getattr(module_of(rule), "entries", None)
    return listed(rule.options) if listed is not None else ()


def used_entries(rule: Rule, view: FileView) -> tuple[str, ...]:
    """Those of `entries` that something in a file needs, sorted."""
    used = getattr(module_of(rule), "used_entries", None)
    return tuple(sorted(used(rule.options, view))) if used is not None else ()


def as_metric(rule: Rule) -> Metric:
    """The module of a rule that is a metric."""
    module = module_of(rule)
    if not rule.metric or not isinstance(module, ModuleType):
        raise TypeError(f"{rule.id} is no metric")
    return cast("Metric", module)
