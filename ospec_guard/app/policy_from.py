"""`--policy-from REF`: the policy of another commit, so that a pull request cannot loosen its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping

from ospec_guard.app.codec import encode
from ospec_guard.app.request import Request
from ospec_guard.app.root import find_root
from ospec_guard.app.rulebook import make_rulebook
from ospec_guard.app.values import Rulebook
from ospec_guard.config.settings import BASELINE_FILE, IGNORE_FILE, SETTINGS_FILE
from ospec_guard.engine.disk import CommitFiles, DiskFiles
from ospec_guard.engine.git import require_repository
from ospec_guard.engine.history import find_commit
from ospec_guard.errors import GuardError
from ospec_guard.policy.baseline import Baseline, parse_baseline
from ospec_guard.policy.changes import loosened
from ospec_guard.policy.levels import Authority, environment_names
from ospec_guard.policy.summary import PolicySummary, summarise
from ospec_guard.protocols import Files, Rule
from ospec_guard.values import replace


def rulebook_of_commit(
    root_here: str, request: Request, environ: Mapping[str, str]
) -> tuple[str, str, Rulebook, tuple[str, ...]]:
    """The root and full name of the commit, its rulebook, and what the work tree's policy would loosen of it, for people.

    The root is the commit's: settings that have come or gone since in a folder below it change nothing.
    """
    commit = find_commit(root_here, request.policy_from or "", "--policy-from")
    top = require_repository(root_here, "--policy-from").top
    with CommitFiles(top, commit) as files:
        root = find_root(
            request.cwd, request.paths, lambda folder: folder == top or files.exists(os.path.join(folder, SETTINGS_FILE))
        )
    with CommitFiles(root, commit) as files:
        rulebook = make_rulebook(files, root, request, environ)
        summary = _summary(files, rulebook, request, root)
    disk = DiskFiles(root_here)
    try:
        here = make_rulebook(disk, root_here, request, environ)
        changes = loosened(summary, _summary(disk, here, request, root_here))
    except GuardError as error:
        # The work tree's policy does not decide here; that it is unusable is worth saying and no reason to stop.
        changes = tuple(f"the working tree's policy is not usable: {problem}".splitlines()[0] for problem in error.problems)
    return root, commit, rulebook, changes


def _summary(files: Files, rulebook: Rulebook, request: Request, root: str) -> PolicySummary:
    enforcement = {rule.id: rule.enforcement for rule in rulebook.rules}
    authority = Authority(rulebook.settings, rulebook.policies, enforcement)
    lines = files.read(IGNORE_FILE).decode(errors="surrogateescape").splitlines() if files.exists(IGNORE_FILE) else []
    return summarise(
        authority,
        [rule.info for rule in rulebook.rules],
        environment_names(rulebook.settings, rulebook.policies),
        baseline=_baseline(files, request, root),
        ignore_lines=[(IGNORE_FILE, line) for line in lines if line.strip() and not line.startswith("#")],
        digests={rule.id: _digest(rule) for rule in rulebook.rules},
    )


def _digest(rule: Rule) -> str:
    """Equal for rules that say the same, wherever they are written."""
    return hashlib.sha256(encode(replace(rule, info=replace(rule.info, place=None)))).hexdigest()


def _baseline(files: Files, request: Request, root: str) -> Baseline | None:
    path = os.path.relpath(os.path.join(request.cwd, request.baseline), root) if request.baseline else BASELINE_FILE
    return parse_baseline(files.read(path), path) if files.exists(path) else None
