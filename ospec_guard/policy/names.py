"""What people may call a rule: its full id, or its bare id where only one rule has it; and what they may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from ospec_guard.errors import nearest
from ospec_guard.values import value


@value
class RuleNames:
    """The full ids that exist, found again under the names people write. Made by `rule_names`."""

    ids: frozenset[str]
    by_bare: Mapping[str, tuple[str, ...]]
    """Bare id (what follows the last '/') to full ids, sorted."""

    def resolve(self, written: str) -> str | None:
        """The full id of the one rule called so. A full id beats an equal bare one; None: no rule, or several."""
        if written in self.ids:
            return written
        candidates = self.by_bare.get(written, ())
        return candidates[0] if len(candidates) == 1 else None

    def matches(self, pattern: str, rule_id: str) -> bool:
        """Whether `pattern` (a full id, an unambiguous bare id, or an fnmatch pattern over full ids) names `rule_id`."""
        return pattern == rule_id or self.resolve(pattern) == rule_id or (is_pattern(pattern) and fnmatchcase(rule_id, pattern))

    def advice(self, written: str) -> str:
        """What to write instead of a name that `resolve` does not know, as a sentence; may be empty."""
        same = self.by_bare.get(bare_id(written), ())
        if len(same) > 1:
            return f"it could be {' or '.join(same)}: write the full id"
        if same:
            return f"did you mean '{same[0]}'?"
        unambiguous = [bare for bare, ids in self.by_bare.items() if len(ids) == 1]
        return nearest(written, sorted({*self.ids, *unambiguous}))


def rule_names(ids: Iterable[str]) -> RuleNames:
    """The names of the rules with these full ids."""
    known = frozenset(ids)
    by_bare: dict[str, list[str]] = {}
    for rule_id in sorted(known):
        by_bare.setdefault(bare_id(rule_id), []).append(rule_id)
    return RuleNames(known, {bare: tuple(full) for bare, full in by_bare.items()})


def bare_id(rule_id: str) -> str:
    """The id without its plugin or pack."""
    return rule_id.rpartition("/")[2]


def is_pattern(written: str) -> bool:
    """Whether fnmatch would read `written` as more than a name."""
    return any(sign in written for sign in "*?[")
