"""`dependency_check`: which packages a project may depend on, told by an allow-list, a block-list, or both.

A block beats an allowance, except that an exact allowed name beats a blocked glob. An allow-list alone is strict; beside a
block-list only `category` makes it so, within the category. `docs/dependencies.md` explains it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from ospec_guard.document import Check
from ospec_guard.ecosystems import ECOSYSTEMS, SCOPES, Cover, Dependency, Unread, read, reader_for
from ospec_guard.ecosystems.categories import CATEGORIES, in_category
from ospec_guard.ecosystems.selectors import Selector, parse_selector
from ospec_guard.errors import nearest
from ospec_guard.languages import Language
from ospec_guard.model import Gap, Match
from ospec_guard.protocols import CompileError, FileView
from ospec_guard.values import value

NAME = "dependency_check"

_FROM = {"registry": "", "git": " from git", "path": " from a folder", "url": " from an archive"}
_SHOWN = 5
"""Allowed packages that a message names."""


def _one_of(known: Sequence[str], text: str) -> None:
    if text not in known:
        raise ValueError(nearest(text, tuple(known)) or "it is none of them")


def _ecosystem(text: str) -> None:
    _one_of(tuple(ECOSYSTEMS), text)


def _scope(text: str) -> None:
    _one_of(SCOPES, text)


def _category(text: str) -> None:
    _one_of(CATEGORIES, text)


def _package(text: str) -> None:
    parse_selector(text)


EcosystemName = Annotated[str, Check(_ecosystem, f"an ecosystem ({', '.join(ECOSYSTEMS)})")]
ScopeName = Annotated[str, Check(_scope, f"a scope ({', '.join(SCOPES)})")]
CategoryName = Annotated[str, Check(_category, f"a category ({', '.join(CATEGORIES)})")]
Package = Annotated[str, Check(_package, "a package")]


@value
class RawEntry:
    """An entry of a list that says more than which package; one of `name` and `purl` is needed."""

    name: Package | None = None
    purl: Package | None = None
    version: str | None = None
    reason: str = ""
    use_instead: str = ""
    ecosystem: EcosystemName | None = None


@value
class Schema:
    """The keys `dependency_check` adds to a rule, as written."""

    allowed_packages: tuple[Package | RawEntry, ...] | None = None
    blocked_packages: tuple[Package | RawEntry, ...] | None = None
    category: CategoryName | None = None
    ecosystems: EcosystemName | tuple[EcosystemName, ...] = ()
    scope: ScopeName | tuple[ScopeName, ...] = ()


@value
class Entry:
    """One entry of a list."""

    selector: Selector
    reason: str = ""
    use_instead: str = ""


@value
class Options:
    allowed: tuple[Entry, ...]
    blocked: tuple[Entry, ...]
    strict: bool
    """Whether what is not allowed is a violation."""
    category: str
    """Where `strict` holds; empty: everywhere."""
    ecosystems: tuple[str, ...]
    scopes: tuple[str, ...]
    """Empty: all."""


def compile(raw: Schema) -> Options:  # noqa: A001 - the protocol's word
    """The two lists with every entry understood. Raises CompileError for lists that cannot mean anything."""
    ecosystems = _texts(raw.ecosystems) or tuple(ECOSYSTEMS)
    allowed = _entries("allowed_packages", raw.allowed_packages or (), ecosystems)
    blocked = _entries("blocked_packages", raw.blocked_packages or (), ecosystems)
    if raw.allowed_packages is None and not blocked:
        keys = ("blocked_packages",) if raw.blocked_packages is not None else ()
        raise CompileError("expected packages in 'allowed_packages' or 'blocked_packages'", *keys, hint="name one to block")
    if raw.category and raw.allowed_packages is None:
        hint = "'allowed_packages: []' allows none of it"
        raise CompileError("'category' needs 'allowed_packages', which it makes strict", "category", hint=hint)
    for index, entry in enumerate(allowed):
        if entry.use_instead:
            raise CompileError("'use_instead' is for blocked packages", "allowed_packages", index, "use_instead")
        if any(_same(entry, other) for other in blocked):
            message = f"'{entry.selector.text}' is allowed and blocked"
            raise CompileError(message, "allowed_packages", index, hint="remove it from one of the lists")
    strict = raw.allowed_packages is not None and (raw.blocked_packages is None or raw.category is not None)
    return Options(allowed, blocked, strict, raw.category or "", ecosystems, _texts(raw.scope))


def prefilter(options: Options) -> tuple[str, ...]:  # noqa: ARG001
    """None: manifests are few, and what hides a package in one (an alias, another file) does not show its name."""
    return ()


def applies(options: Options, path: str, language: Language) -> bool:  # noqa: ARG001
    """Manifests and lock files of the rule's ecosystems, by their names."""
    reader = reader_for(path)
    return reader is not None and reader.ecosystem in options.ecosystems


def check(options: Options, view: FileView) -> Iterable[Match | Gap]:
    """A match at the name of every dependency the lists object to, a gap where such a one could hide."""
    manifest = read(view.path, view.source.data)
    for problem in manifest.problems:
        if _could_hide(options, problem, view.source.data):
            yield Gap("gap/manifest", view.path, problem.message, view.source.span(problem.start, problem.end))
    for dependency in _concerned(options, manifest.dependencies):
        found = _objection(options, dependency)
        if found is not None:
            detail, entry = found
            tokens = f"{dependency.ecosystem} {dependency.name} {dependency.version or dependency.requirement}".rstrip()
            properties = _properties(dependency, entry)
            yield Match(dependency.start, dependency.end, detail=detail, tokens=tokens, properties=properties)


def explain(options: Options, language: Language | None) -> Sequence[str]:  # noqa: ARG001
    """What the lists do, a sentence each."""
    formats = " and ".join(ECOSYSTEMS[name].TITLE for name in options.ecosystems)
    scopes = f", of scope {' or '.join(options.scopes)}" if options.scopes else ""
    lines = [f"looks at the dependencies in manifests and lock files of {formats}{scopes}"]
    if options.blocked:
        lines.append(f"reports {', '.join(entry.selector.text for entry in options.blocked)}")
    allowed = ", ".join(entry.selector.text for entry in options.allowed)
    if options.strict:
        which = f"{options.category} package" if options.category else "package"
        lines.append(f"reports every {which} but {allowed}" if allowed else f"reports every {which}")
    elif options.allowed:
        lines.append(f"lets {allowed} pass where a blocked glob fits, and whatever is on neither list")
    return lines


def entries(options: Options) -> tuple[str, ...]:
    """The entries of the allow-list that can excuse a dependency, as written, in order."""
    return tuple(entry.selector.text for entry in options.allowed if options.strict or _beats_a_glob(options, entry))


def used_entries(options: Options, view: FileView) -> frozenset[str]:
    """Those of `entries` that allow some dependency of one file."""
    indices = {allows(options, d) for d in _concerned(options, read(view.path, view.source.data).dependencies)}
    return frozenset(options.allowed[i].selector.text for i in indices if i is not None).intersection(entries(options))


def allows(options: Options, dependency: Dependency) -> int | None:
    """The index of the allow-list's entry that takes in all the dependency may resolve to; exact names before globs."""
    fitting = [i for i, e in enumerate(options.allowed) if e.selector.cover(dependency, prereleases=False) is Cover.ALL]
    return min(fitting, key=lambda i: (options.allowed[i].selector.is_glob, i), default=None)


def _objection(options: Options, dependency: Dependency) -> tuple[str, str] | None:
    """What is wrong with a dependency, for people, and the entry that says so (or ''); None: nothing."""
    allowing = allows(options, dependency)
    by_name = allowing is not None and not options.allowed[allowing].selector.is_glob
    worst: tuple[Cover, Entry] | None = None
    for entry in options.blocked:
        cover = entry.selector.cover(dependency, prereleases=True)
        if cover is Cover.NONE or (by_name and entry.selector.is_glob):
            continue
        if worst is None or (cover is Cover.ALL and worst[0] is Cover.SOME):
            worst = cover, entry
    if worst is not None:
        return _blocked(dependency, *worst) + _reached(dependency), worst[1].selector.text
    concerned = not options.category or in_category(options.category, dependency.ecosystem, dependency.name)
    if not options.strict or allowing is not None or not concerned or dependency.source == "path":
        return None
    return _not_allowed(options, dependency) + _reached(dependency), ""


def _blocked(dependency: Dependency, cover: Cover, entry: Entry) -> str:
    how = "is blocked" if cover is Cover.ALL else "may resolve to a version that is blocked"
    by = "" if entry.selector.text == dependency.written else f" by '{entry.selector.text}'"
    reason = f": {entry.reason}" if entry.reason else ""
    instead = f"; use {entry.use_instead} instead" if entry.use_instead else ""
    return f"{_label(dependency)} {how}{by}{reason}{instead}"


def _not_allowed(options: Options, dependency: Dependency) -> str:
    label = _label(dependency)
    same = [entry for entry in options.allowed if entry.selector.selects(dependency)]
    if same:
        ranges = ", ".join(f"'{entry.selector.text}'" for entry in same)
        partly = any(entry.selector.cover(dependency, prereleases=False) is Cover.SOME for entry in same)
        how = "may resolve to a version that is not allowed" if partly else "is not an allowed version"
        return f"{label} {how}: allowed is {ranges}"
    if not options.category:
        return f"{label} is not on the list of allowed packages"
    names = [entry.selector.text for entry in options.allowed]
    allowed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "") or "none"
    return f"{label} is a {options.category} package that is not allowed; allowed: {allowed}"


def _label(dependency: Dependency) -> str:
    version = dependency.version or dependency.requirement
    return f"{dependency.written} {version}".rstrip() + _FROM[dependency.source]


def _reached(dependency: Dependency) -> str:
    if dependency.direct:
        return ""
    return f" (pulled in by {dependency.via})" if dependency.via else " (not a direct dependency)"


def _properties(dependency: Dependency, entry: str) -> tuple[tuple[str, str], ...]:
    facts = {
        "direct": "true" if dependency.direct else "false",
        "ecosystem": dependency.ecosystem,
        "entry": entry,
        "package": dependency.name,
        "purl": dependency.purl,
        "requirement": dependency.requirement,
        "scope": dependency.scope,
        "version": dependency.version,
        "via": dependency.via,
    }
    return tuple((name, value) for name, value in sorted(facts.items()) if value)


def _concerned(options: Options, dependencies: Iterable[Dependency]) -> list[Dependency]:
    return [d for d in dependencies if d.ecosystem in options.ecosystems and (not options.scopes or d.scope in options.scopes)]


def _could_hide(options: Options, problem: Unread, data: bytes) -> bool:
    """Whether a piece that could not be read may name a package the rule objects to."""
    if problem.elsewhere or options.strict:
        return True
    text = data[problem.start : problem.end].decode(errors="replace")
    return any(entry.selector.could_be_in(text) for entry in options.blocked)


def _beats_a_glob(options: Options, entry: Entry) -> bool:
    """Whether an allowed name is one that a blocked glob fits."""
    if entry.selector.is_glob:
        return False
    samples = [Dependency(ecosystem, name, name, 0, 0) for ecosystem, name in entry.selector.names]
    return any(e.selector.is_glob and e.selector.selects(sample) for e in options.blocked for sample in samples)


def _entries(key: str, raw: Sequence[str | RawEntry], ecosystems: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(_entry(key, index, each, ecosystems) for index, each in enumerate(raw))


def _entry(key: str, index: int, raw: str | RawEntry, ecosystems: tuple[str, ...]) -> Entry:
    entry = RawEntry(name=raw) if isinstance(raw, str) else raw
    if (entry.name is None) == (entry.purl is None):
        raise CompileError("expected one of 'name' and 'purl'", key, index)
    if entry.purl is not None and not entry.purl.startswith("pkg:"):
        raise CompileError(f"'{entry.purl}' is not a package URL", key, index, "purl", hint="expected pkg:type/name")
    if entry.ecosystem is not None and entry.ecosystem not in ecosystems:
        message = f"the rule is for {' and '.join(ecosystems)} alone, not for {entry.ecosystem}"
        raise CompileError(message, key, index, "ecosystem")
    within = (entry.ecosystem,) if entry.ecosystem is not None else ecosystems
    try:
        return Entry(parse_selector(entry.name or entry.purl or "", entry.version, within), entry.reason, entry.use_instead)
    except ValueError as error:
        raise CompileError(str(error), key, index) from error


def _same(entry: Entry, other: Entry) -> bool:
    return entry.selector.versions == other.selector.versions and not set(entry.selector.names).isdisjoint(other.selector.names)


def _texts(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written
