"""What a run really looked at: from when on the absence of a finding means something.

Whoever wants to call an excuse dead asks here first. A gap, a rule that did not run, a file that was not checked: cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable

from ospec_guard.model import FileRecord, FileStatus, Gap, RuleInfo
from ospec_guard.values import value


@value
class Scope:
    """The rules that ran and the files that were wholly checked. Made by `scope_of`."""

    complete: bool
    """The full rule set ran on everything under the root."""
    ran: frozenset[str]
    """Ids of the rules that ran."""
    known: frozenset[str]
    """Ids of all rules that exist, those included that are off, were left out or cannot run."""
    checked: frozenset[str]
    gaps: frozenset[tuple[str, str | None]]
    """(path, rule) of every gap; no rule: all of them."""
    unsupported: frozenset[str]
    """Rules that cannot run at all."""

    def settled(self, rule_id: str, path: str) -> bool:
        """Whether the rule really and wholly looked at the file."""
        hidden = (path, None) in self.gaps or (path, rule_id) in self.gaps
        return rule_id in self.ran and rule_id not in self.unsupported and path in self.checked and not hidden

    def settled_everywhere(self, rule_id: str) -> bool:
        """Whether the rule really and wholly looked at everything there is."""
        hidden = any(rule in {None, rule_id} for _, rule in self.gaps)
        return self.complete and rule_id in self.ran and not hidden


def scope_of(
    rules: Iterable[RuleInfo],
    files: Iterable[FileRecord],
    gaps: Iterable[Gap],
    *,
    complete: bool,
    other_rules: Iterable[str] = (),
) -> Scope:
    """The scope of a run of `rules`; `other_rules` are the ids of rules that exist and did not run."""
    gaps = tuple(gaps)
    ran = frozenset(rule.id for rule in rules)
    return Scope(
        complete=complete,
        ran=ran,
        known=ran.union(other_rules, (gap.rule_id for gap in gaps if gap.rule_id)),
        checked=frozenset(f.path for f in files if f.status is FileStatus.CHECKED),
        gaps=frozenset((gap.path, gap.rule_id) for gap in gaps),
        unsupported=frozenset(gap.rule_id for gap in gaps if gap.id == "gap/rule-unsupported" and gap.rule_id),
    )
