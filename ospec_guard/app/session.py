"""The composition root: a request becomes a rulebook, a scan, a judgement and a result.

Every front end — command line, editor, self-test — comes through a `Session`; none of them decides anything itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from ospec_guard import __version__
from ospec_guard.app.kept import Shelf, Watched, engine_identity, shelf_folder
from ospec_guard.app.request import Request
from ospec_guard.app.root import find_root
from ospec_guard.app.scanning import Progress, Scanned, figures, scan, unused_entries
from ospec_guard.app.values import Rulebook
from ospec_guard.config.settings import BASELINE_FILE
from ospec_guard.engine.check import Checker, FileResult
from ospec_guard.engine.disk import CommitFiles, DiskFiles
from ospec_guard.engine.plan import Plan
from ospec_guard.errors import ConfigError, Problem, UsageError, nearest
from ospec_guard.languages import Language
from ospec_guard.model import FileRecord, FileStatus, Place, RunResult
from ospec_guard.policy.baseline import Baseline, parse_baseline
from ospec_guard.policy.judge import PolicyInput, PolicyOutcome, judge
from ospec_guard.policy.levels import Authority, environment_names, standing
from ospec_guard.protocols import Files, Rule
from ospec_guard.source import DecodeError, Source, decode
from ospec_guard.values import replace, value

DEFAULT_ENVIRONMENT = "development"


@value
class Session:
    """A rulebook for a root, ready to check. Made by `open_session`."""

    root: str
    """Absolute, links resolved."""
    request: Request
    rulebook: Rulebook
    environment: str
    """The chosen one."""
    commit: str = ""
    """Under `--policy-from`: the commit the policy is read from; else it is read from the disk."""
    changes: tuple[str, ...] = ()
    """What the work tree's policy would loosen, under `--policy-from`."""

    @property
    def environments(self) -> tuple[str, ...]:
        """All environments, in the order of the reports."""
        return environment_names(self.rulebook.settings, self.rulebook.policies)

    @property
    def authority(self) -> Authority:
        """Everybody who has a say about levels."""
        level = (self.environment, self.request.level) if self.request.level else None
        enforcement = {rule.id: rule.enforcement for rule in self.rulebook.rules}
        return Authority(self.rulebook.settings, self.rulebook.policies, enforcement, level)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run: all but those the settings turn off."""
        authority = self.authority
        return tuple(rule for rule in self.rulebook.rules if not standing(authority, rule.info).off)

    @property
    def plan(self) -> Plan:
        return Plan(self.rules, self.rulebook.settings.limits)

    def check(self, today: date, progress: Progress | None = None) -> RunResult:
        """The result of the whole request."""
        baseline = self.baseline()
        scanned = self.scan(progress)
        outcome = self.judge(scanned, baseline, today)
        return self._result(scanned, outcome)

    def check_text(self, path: str, data: bytes, language: Language) -> FileResult:
        """What the rules say of one text (UTF-8) under a path relative to the root, before any policy."""
        record = FileRecord(path, FileStatus.CHECKED, "", language.name, len(data))
        return Checker(self.plan).check(Source(path, data), language, record)

    def scan(self, progress: Progress | None = None) -> Scanned:
        """Selects and checks files, before any policy."""
        return scan(self.root, self.request, self.rulebook, self.plan, progress)

    def judge(self, scanned: Scanned, baseline: Baseline | None, today: date) -> PolicyOutcome:
        """The rulings and verdicts of every environment."""
        rules = self.rules
        given = PolicyInput(
            findings=scanned.findings,
            gaps=(*self.rulebook.gaps, *scanned.gaps),
            rules=tuple(rule.info for rule in rules),
            environments=self.environments,
            environment=self.environment,
            today=today,
            settings=self.rulebook.settings,
            ignore=self.rulebook.ignore,
            plugins=self.rulebook.policies,
            enforcement=self.authority.enforcement,
            level=self.request.level,
            comments=tuple(comment for result in scanned.results for comment in result.comments),
            texts=self._texts(baseline),
            baseline=baseline,
            existing_paths=self._existing(baseline),
            files=scanned.files,
            complete=scanned.complete,
            other_rules=frozenset(r.id for r in self.rulebook.rules) - frozenset(r.id for r in rules),
            ids_known=not self.request.isolated,
            existing=scanned.known,
        )
        if scanned.known_comments:
            # What was wrong with a suppression before is not new either.
            before = judge(replace(given, findings=(), gaps=(), comments=scanned.known_comments, baseline=None))
            paths = {comment.path for comment in scanned.known_comments}
            wrong = {judged.finding.fingerprint for judged in before.findings if judged.finding.path in paths}
            given = replace(given, existing=given.existing | wrong)
        return judge(given)

    def baseline(self) -> Baseline | None:
        """The recorded findings: the file that was named (it must exist), else the usual one if it exists."""
        named = self.request.baseline
        path = os.path.relpath(os.path.join(self.request.cwd, named), self.root) if named else BASELINE_FILE
        if self.request.isolated and not named:
            return None
        try:
            with self._policy() as files:
                return parse_baseline(files.read(path), path)
        except FileNotFoundError as error:
            if named:
                message = f"there is no baseline '{named}'"
                raise ConfigError(Problem(message, None, "make it with 'ospec-guard baseline --output FILE'")) from error
            return None
        except OSError as error:
            raise ConfigError(Problem(f"the baseline cannot be read: {error.strerror}", Place(path))) from error

    def _texts(self, baseline: Baseline | None) -> dict[str, bytes]:
        """The files that findings about the policy itself stand in."""
        texts = {}
        paths = [path for path in (self.rulebook.settings.path, baseline.path if baseline else "") if path]
        with self._policy() as files:
            for path in paths:
                try:
                    texts[path] = decode(files.read(path))[0]
                except (OSError, DecodeError):
                    continue  # it was there a moment ago; without its text the findings still have their lines
        return texts

    @contextmanager
    def _policy(self) -> Iterator[Files]:
        """Where the policy is read from."""
        if self.commit:
            with CommitFiles(self.root, self.commit) as files:
                yield files
        else:
            yield DiskFiles(self.root)

    def _existing(self, baseline: Baseline | None) -> frozenset[str]:
        entries = baseline.entries if baseline else ()
        return frozenset(entry.path for entry in entries if os.path.lexists(os.path.join(self.root, entry.path)))

    def _result(self, scanned: Scanned, outcome: PolicyOutcome) -> RunResult:
        notices = {
            *unused_entries(scanned, self.rules),
            *self.rulebook.notices,
            *scanned.listing.notices,
            *scanned.notices,
            *outcome.notices,
        }
        return RunResult(
            tool_version=__version__,
            environment=self.environment,
            environments=self.environments,
            rules=outcome.rules,
            plugins=self.rulebook.plugins,
            files=scanned.files,
            findings=outcome.findings,
            gaps=outcome.gaps,
            metrics=scanned.measured.scores,
            notices=tuple(sorted(notices, key=lambda n: (n.id, n.message, str(n.place or "")))),
            verdicts=outcome.verdicts,
            exit_code=outcome.exit_code,
            policy_changes=self.changes,
            diff_base=scanned.base,
            revision=self._revision(),
            stats=figures(scanned.results) if self.request.stats else (),
        )

    def _revision(self) -> str:
        if not self.request.revision:
            return ""
        from ospec_guard.engine.history import head_commit

        return head_commit(self.root)


def open_session(request: Request, environ: Mapping[str, str]) -> Session:
    """The session of a request. Raises GuardError when settings, plugins, rules or the environment are not usable."""
    root = find_root(request.cwd, request.paths)
    _check_usable(request)
    if request.policy_from:
        from ospec_guard.app.policy_from import rulebook_of_commit

        root, commit, rulebook, changes = rulebook_of_commit(root, request, environ)
        return Session(root, request, rulebook, _environment(request, rulebook), commit, changes)
    rulebook = read_rulebook(DiskFiles(root), root, request, environ)
    return Session(root, request, rulebook, _environment(request, rulebook))


def read_rulebook(files: Files, root: str, request: Request, environ: Mapping[str, str]) -> Rulebook:
    """The rulebook of the work tree, kept from an earlier run where nothing it was made from has changed."""
    folder = shelf_folder(environ)
    shelf = Shelf(folder, engine_identity()) if request.cache and folder else None
    key = "\0".join((root, request.cwd, request.config or "", str(request.isolated), environ.get("HOME", ""), *request.rules))
    kept = shelf.load(key) if shelf else None
    if isinstance(kept, Rulebook):
        return kept
    from ospec_guard.app.rulebook import make_rulebook

    watched = Watched(files, root)
    used = Remembering(environ)
    rulebook = make_rulebook(watched, root, request, used)
    if shelf and rulebook.settings.cache and not used.read - {"HOME"}:
        shelf.keep(key, rulebook, watched.seen)
    return rulebook


class Remembering(dict[str, str]):
    """The environment's variables, and which of them were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(environ)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.read.add(name)
        return super().get(name, default)


def _environment(request: Request, rulebook: Rulebook) -> str:
    """The environment that is asked for, else the settings' default, else development."""
    names = environment_names(rulebook.settings, rulebook.policies)
    if request.environment and request.environment not in names:
        hint = nearest(request.environment, names) or f"environments are {', '.join(names)}; settings can add one"
        raise UsageError(Problem(f"unknown environment '{request.environment}' (--env or OSPEC_ENV)", None, hint))
    return request.environment or rulebook.settings.default_environment or DEFAULT_ENVIRONMENT


def _check_usable(request: Request) -> None:
    problems = []
    # An unset variable in a script must not turn into another policy, environment or selection.
    given = {
        "--env": request.environment,
        "--config": request.config,
        "--baseline": request.baseline,
        "--diff": request.diff,
        "--policy-from": request.policy_from,
    }
    for option, text in given.items():
        if text == "":
            problems.append(Problem(f"{option} is empty", None, "leave it out, or set the variable that it is taken from"))
    if request.isolated and not request.rules:
        problems.append(Problem("--isolated runs only --rules, and there are none", None, "add --rules FILE"))
    if request.isolated and (request.config or request.policy_from):
        problems.append(Problem("--isolated leaves settings out", None, "leave out --config and --policy-from"))
    if request.policy_from and request.config and os.path.isabs(request.config):
        problems.append(Problem("--policy-from reads settings from a commit, and --config names a file outside of it"))
    if problems:
        raise UsageError(*problems)
