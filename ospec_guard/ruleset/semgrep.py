"""Semgrep's rules, as in its rule files, compiled: each becomes a rule of the kind `ast_pattern`, a gap, or problems.

Keys of a rule that neither we nor Semgrep know are passed over as Semgrep does, unless they look like a slip of the pen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ospec_guard.config.words import Identifier
from ospec_guard.document import Document
from ospec_guard.errors import nearest
from ospec_guard.globs import Glob, compile_globs
from ospec_guard.kinds import ast_pattern
from ospec_guard.languages import LANGUAGES, by_name
from ospec_guard.model import SEVERITY_NAMES, RuleInfo, Severity
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.compiled import Compiled, unsupported
from ospec_guard.ruleset.operators import TOP, Reader
from ospec_guard.ruleset.patterned import ANY_TEXT, KEYS, engine_of, read_options
from ospec_guard.ruleset.reading import misspelt

LEVEL = (1, 182, 0)
"""The version of Semgrep whose rules we read, for `min-version` and `max-version`."""

TAG = "semgrep"
"""Of rules that `nosemgrep` comments speak of."""

SEVERITIES: dict[str, Severity] = {**SEVERITY_NAMES, "EXPERIMENT": Severity.INFO}

MODES = ("search", "taint", "join", "extract")

FOREIGN = ("fga", "openfga", "gosu")
"""Names of languages that Semgrep knows and we do not; others we know without being able to parse them."""

_OTHER_ENGINES = ("taint", "r2c-internal-project-depends-on")
"""Keys that stand for another way of looking than patterns."""

_TELLING = ("match", "taint")
"""Keys besides `pattern…` that tell a rule of Semgrep's."""

_KEYS = (
    *KEYS,
    *("id", "message", "severity", "languages", "mode", "paths", "metadata", "min-version", "max-version", "version"),
    *("validators", "product"),
    *("pattern-inside", "pattern-not", "pattern-not-inside", "pattern-not-regex", "metavariable-regex", "focus-metavariable"),
    *_OTHER_ENGINES,
)
"""Keys that are no slip of the pen, whether or not they mean something at the top of a rule."""

_SENTENCE = re.compile(r"(.+?[.!?])\s+\S")
_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


@dataclass(frozen=True)
class RawPaths:
    """Globs of Semgrep's: without a leading slash they match anywhere in a path."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawNamed:
    """What the rules of every mode have."""

    id: Identifier


@dataclass(frozen=True)
class RawSemgrep:
    """The keys of a rule that are no patterns; the others are for `patterned`."""

    id: Identifier
    message: str
    severity: str
    languages: tuple[str, ...]
    paths: RawPaths = field(default_factory=RawPaths)
    metadata: dict[str, Any] | None = None
    min_version: str = field(default="", metadata={"alias": "min-version"})
    max_version: str = field(default="", metadata={"alias": "max-version"})


def is_rule(entry: Any) -> bool:
    """Whether an entry of `rules:` is in Semgrep's form: without a `type`, and with its keys."""
    if not isinstance(entry, dict) or "type" in entry:
        return False
    return "mode" in entry or ("languages" in entry and any(key in _TELLING or key.startswith("pattern") for key in entry))


def compile_one(document: Document, plugin: str) -> Compiled:
    """One entry of `rules:`. `plugin` is what its id starts with, or empty."""
    reader = Reader()
    other = _other_mode(document) if isinstance(document.value, dict) else ""
    if not other:
        _check_keys(reader, document)
    raw = reader.validated(document, RawNamed if other else RawSemgrep, also=_keys(document))
    if raw is None:
        return Compiled(problems=tuple(reader.problems))
    rule_id = f"{plugin}/{raw.id}" if plugin else raw.id
    rule = None
    if other:
        _refuse(reader, document, other)
    else:
        rule = _rule(reader, document, raw, plugin)
    gaps = tuple(unsupported(rule_id, place, why) for why, place in dict.fromkeys(reader.unsupported))
    if reader.problems:
        return Compiled(problems=tuple(reader.problems))
    return Compiled((rule,) if rule else (), gaps, notices=tuple(reader.notices))


def _other_mode(document: Document) -> str:
    """The key that tells that a rule is not searched for with patterns; empty when it is."""
    if document.value.get("mode", "search") not in ("search", "taint"):
        return "mode"
    return next((key for key in _OTHER_ENGINES if key in document.value and not set(TOP) & set(document.value)), "")


def _refuse(reader: Reader, document: Document, key: str) -> None:
    mode = document.value["mode"] if key == "mode" else key
    if key == "mode" and mode not in MODES:
        reader.unknown(document.at(key), str(mode), MODES, "mode")
    else:
        reader.cannot(document.at(key), f"mode '{mode}' cannot run in this version")


def _keys(document: Document) -> list[str]:
    return list(document.value) if isinstance(document.value, dict) else []


def _check_keys(reader: Reader, document: Document) -> None:
    for key in _keys(document):
        meant = misspelt(str(key), _KEYS) if key not in _KEYS else ""
        if meant:
            reader.wrong(document.at(key), f"unknown key '{key}'", f"did you mean '{meant}'?")


def _rule(reader: Reader, document: Document, raw: RawSemgrep, plugin: str) -> Rule | None:
    severity = SEVERITIES.get(raw.severity)
    if severity is None:
        hint = nearest(raw.severity, tuple(SEVERITIES)) or "one of ERROR, WARNING, INFO, CRITICAL, HIGH, MEDIUM, LOW"
        reader.wrong(document.at("severity"), f"unknown severity '{raw.severity}'", hint)
    _check_versions(reader, document, raw)
    message = _line(raw.message)
    languages = _languages(reader, document, raw.languages)
    engine = engine_of(raw.languages)
    include, exclude = (_globs(reader, document, key, written) for key, written in _written(raw.paths))
    options = read_options(reader, document, languages=languages, engine=engine, message=message)
    if options is None or severity is None:
        return None
    info = _info(document, raw, severity, f"{plugin}/{raw.id}" if plugin else raw.id, plugin)
    return Rule(info, options, options.languages, include, exclude)


def _info(document: Document, raw: RawSemgrep, severity: Severity, rule_id: str, plugin: str) -> RuleInfo:
    metadata = raw.metadata or {}
    sorts = (_texts(metadata.get(key)) for key in ("category", "subcategory", "technology", "tags"))
    message = _line(raw.message)
    sentence = _SENTENCE.match(message)
    return RuleInfo(
        id=rule_id,
        kind=ast_pattern.NAME,
        severity=severity,
        description=(sentence[1] if sentence else message) or raw.id,
        message=message or raw.id,
        plugin=plugin,
        place=document.place(),
        cwe=_texts(metadata.get("cwe")),
        owasp=_texts(metadata.get("owasp")),
        references=_texts(metadata.get("references", metadata.get("reference"))),
        tags=tuple(dict.fromkeys((TAG, *(text for sort in sorts for text in sort)))),
        confidence=" ".join(_texts(metadata.get("confidence"))).lower(),
    )


def _languages(reader: Reader, document: Document, names: tuple[str, ...]) -> tuple[str, ...]:
    """Canonical names; those of languages that only Semgrep knows stay as they are."""
    part = document.at("languages")
    if not names:
        reader.wrong(part, "expected at least one language, got an empty list")
    if engine_of(names) != "code":
        if len({engine_of([name]) for name in names}) > 1:
            reader.wrong(part, "'generic' and 'regex' are for any text and stand alone", "make two rules of it")
        return (ANY_TEXT,)
    found = []
    for index, name in enumerate(names):
        language = by_name(name)
        if language is None and name.lower() not in FOREIGN:
            reader.wrong(part.at(index), f"unknown language '{name}'", nearest(name.lower(), (*LANGUAGES, *FOREIGN)))
        found.append(language.name if language else name.lower())
    return tuple(dict.fromkeys(found))


def _check_versions(reader: Reader, document: Document, raw: RawSemgrep) -> None:
    ours = ".".join(str(number) for number in LEVEL[:2])
    for key, written, wanted in (("min-version", raw.min_version, "later"), ("max-version", raw.max_version, "earlier")):
        if not written:
            continue
        found = _VERSION.match(written)
        if not found:
            reader.wrong(document.at(key), f"'{written}' is no version", "write it like 1.50.0")
            continue
        version = tuple(int(number or 0) for number in found.groups())
        if version > LEVEL if key == "min-version" else version < LEVEL:
            why = f"it is for Semgrep {written} and {wanted}, and this version reads the rules of Semgrep {ours}"
            reader.cannot(document.at(key), why)


def _written(paths: RawPaths) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("include", paths.include), ("exclude", paths.exclude)


def _globs(reader: Reader, document: Document, key: str, patterns: tuple[str, ...]) -> tuple[Glob, ...]:
    made: tuple[Glob, ...] = ()
    for index, pattern in enumerate(patterns):
        try:
            made += compile_globs([_gitignore(pattern)])
        except ValueError as error:
            reader.wrong(document.at("paths", key, index), str(error))
    return made


def _gitignore(pattern: str) -> str:
    """A glob of Semgrep's as gitignore has it: what does not start with a slash matches anywhere in a path."""
    bare = pattern.removeprefix("./")
    return bare if bare.startswith(("/", "**/")) else f"**/{bare}"


def _texts(written: Any) -> tuple[str, ...]:
    if written is None:
        return ()
    return tuple(str(one) for one in written) if isinstance(written, list) else (str(written),)


def _line(text: str) -> str:
    return " ".join(text.split())
