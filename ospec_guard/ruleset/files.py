"""Rule files and folders of them: which are rule files, of which sort, and what they hold.

Sorts: native (`type:` in its entries), Semgrep (`mode`, or `languages` with `pattern…`). A YAML file that is neither is noted
when it was found in a folder, and an error when it was named.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ospec_guard.document import Document, read_yaml
from ospec_guard.errors import GuardError, Problem
from ospec_guard.model import Notice, Place
from ospec_guard.protocols import Files, Rule
from ospec_guard.ruleset.compiled import Compiled
from ospec_guard.ruleset.native import compile_document, compile_rule
from ospec_guard.ruleset.semgrep import TAG, compile_one, is_rule
from ospec_guard.values import replace as value_replace

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that came from rule files."""

    compiled: Compiled = field(default_factory=Compiled)
    notices: tuple[Notice, ...] = ()

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.compiled + other.compiled, self.notices + other.notices)


def load_rules(files: Files, path: str, plugin: str = "", *, shown: str | None = None) -> Loaded:
    """The rules of a file, or of all YAML files under a folder, in order of path. Problems are collected, never raised."""
    shown = path if shown is None else shown
    if not files.exists(path):
        return _wrong(Problem(f"no rule file or folder '{shown}'", None, "give the path of a YAML file or of a folder of them"))
    if not files.is_dir(path):
        return _load_file(files, path, plugin, shown, named=True)
    found, problems = _walk(files, path, shown)
    if not found and not problems:
        return _wrong(Problem(f"no rule file under '{shown}'", None, f"the names of rule files end in {' or '.join(ENDINGS)}"))
    loaded = _wrong(*problems)
    for child, child_shown in found:
        loaded += _load_file(files, child, plugin, child_shown, named=False)
    return replace(loaded, compiled=replace(loaded.compiled, rules=told_apart(loaded.compiled.rules, shown)))


def told_apart(rules: Sequence[Rule], folder: str) -> tuple[Rule, ...]:
    """The rules of a folder; Semgrep's that share an id with those of another file get the file's path before it, as in its
    registry: `go.crypto.weak.use-of-md5`.
    """
    homes: dict[str, set[str]] = {}
    for rule in rules:
        homes.setdefault(rule.id, set()).add(_home(rule))
    return tuple(_qualified(rule, folder) if len(homes[rule.id]) > 1 and TAG in rule.info.tags else rule for rule in rules)


def _home(rule: Rule) -> str:
    return rule.info.place.path if rule.info.place else ""


def _qualified(rule: Rule, folder: str) -> Rule:
    inside = _home(rule).removeprefix(f"{folder.rstrip('/')}/")
    plugin, slash, bare = rule.id.rpartition("/")
    dotted = os.path.splitext(inside)[0].replace("/", ".")
    return value_replace(rule, info=value_replace(rule.info, id=f"{plugin}{slash}{dotted}.{bare}"))


def _walk(files: Files, folder: str, shown: str) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The YAML files below a folder with their shown paths, sorted; and problems with folders that cannot be read.

    Links are followed, and a file counts once, whatever number of ways lead to it.
    """
    found: list[tuple[str, str]] = []
    problems = []
    seen = {files.real(folder)}
    pending = [(folder, shown)]
    while pending:
        path, name = pending.pop()
        try:
            entries = files.list(path)
        except OSError as error:
            problems.append(Problem(f"the folder cannot be read: {error.strerror}", Place(name)))
            continue
        tests = tests_among(entries)
        for entry in entries:
            child, child_name = os.path.join(path, entry), entry if name == "." else f"{name.rstrip('/')}/{entry}"
            is_folder = files.is_dir(child)
            wanted = not entry.startswith(".") if is_folder else entry.endswith(ENDINGS) and entry not in tests
            if wanted and (real := files.real(child)) not in seen:
                seen.add(real)
                (pending if is_folder else found).append((child, child_name))
    return sorted(found), problems


def is_test_name(name: str) -> bool:
    """Whether a YAML file is called as the tests of a rule file are: `x.test.yaml`, `x.fixed.yaml`."""
    return bool({"test", "fixed"} & set(name.split(".")[1:]))


def tests_among(names: Iterable[str]) -> frozenset[str]:
    """The YAML files in a folder that are no rule files but what the rule file beside them is tested on."""
    yaml = [name for name in names if name.endswith(ENDINGS)]
    tested = {name.split(".", 1)[0] for name in yaml if not is_test_name(name)}
    return frozenset(name for name in yaml if is_test_name(name) and name.split(".", 1)[0] in tested)


def _wrong(*problems: Problem) -> Loaded:
    return Loaded(Compiled(problems=problems))


def _load_file(files: Files, path: str, plugin: str, shown: str, *, named: bool) -> Loaded:
    try:
        document = read_yaml(files.read(path), shown)
    except GuardError as error:
        return _wrong(*error.problems)
    except OSError as error:
        return _wrong(Problem(f"cannot be read: {error.strerror}", Place(shown)))
    why_not = not_a_rule_file(document.value)
    if why_not and named:
        return _wrong(Problem(f"not a rule file: {why_not}", document.place()))
    if why_not:
        return Loaded(notices=(Notice("notice/not-a-rule-file", f"not a rule file, left alone: {why_not}", Place(shown)),))
    if is_semgrep(document.value):
        return Loaded(_semgrep(document, plugin))
    extra = {*document.value} - {"rules", "metrics"}
    compiled = compile_document(document, plugin)
    if "plugin_type" not in extra:
        unknown = [Problem(f"unknown key '{key}' beside 'rules' and 'metrics'", document.place(key)) for key in sorted(extra)]
        compiled += Compiled(problems=tuple(unknown))
    return Loaded(compiled)


def not_a_rule_file(value: Any) -> str:
    """Why a YAML value is no rule file, empty when it is one."""
    if not isinstance(value, dict) or not {"rules", "metrics"} & set(value):
        return "expected a top-level 'rules:' or 'metrics:' list"
    lists = [value[key] for key in ("rules", "metrics") if isinstance(value.get(key), list)]
    entries = [entry for one in lists for entry in one]
    mappings = [e for e in entries if isinstance(e, dict)]
    if entries and not mappings:
        return "its entries are no mappings"
    if mappings and not any({"id", "name", "type"} & set(e) for e in mappings):
        return "none of its entries has an 'id', 'name' or 'type'"
    return ""


def is_semgrep(value: Any) -> bool:
    """Whether the entries of `rules:` carry Semgrep's keys."""
    entries = value.get("rules")
    return isinstance(entries, list) and any(is_rule(entry) for entry in entries)


def _semgrep(document: Document, plugin: str) -> Compiled:
    """The rules of a Semgrep rule file: what has no `type` is in its form, or meant to be."""
    outcome = Compiled()
    for index, entry in enumerate(document.value["rules"]):
        ours = isinstance(entry, dict) and "type" in entry
        outcome += (compile_rule if ours else compile_one)(document.at("rules", index), plugin)
    return outcome
