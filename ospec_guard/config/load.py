"""Reading settings: `ospec-guard.yaml` or `[tool.ospec-guard]` in pyproject.toml, to `Settings`, with every error at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from ospec_guard.config.settings import (
    ANY_ENVIRONMENT,
    SETTINGS_FILE,
    EnvironmentSettings,
    Limits,
    PluginSettings,
    RuleSettings,
    Settings,
    Waiver,
)
from ospec_guard.config.words import EnvironmentName, GlobText, LevelName, SeverityName
from ospec_guard.document import Check, Document, read_toml, read_yaml, validate
from ospec_guard.errors import ConfigError, Problem, nearest
from ospec_guard.globs import Glob, compile_globs
from ospec_guard.metrics.sizes import parse_size
from ospec_guard.model import LEVEL_NAMES, SEVERITY_NAMES, Level, Place
from ospec_guard.protocols import Files

PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "ospec-guard")
_HOUR = 3600


def _size(value: str | int) -> None:
    if parse_size(value) <= 0:
        raise ValueError("must be more than nothing")


def _seconds(value: float) -> None:
    if not 0 < value <= _HOUR:
        raise ValueError(f"must be more than 0 and at most {_HOUR}")


def _off(text: str) -> None:
    if text != "off":
        raise ValueError


Off = Annotated[str, Check(_off, "'off' or a mapping with 'severity' and/or 'level'")]


@dataclass(frozen=True)
class RawPlugins:
    registry: str | None = None
    local_paths: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    config: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RawEnvironment:
    enforcement_level: LevelName | None = None
    fail_on: SeverityName | None = None


@dataclass(frozen=True)
class RawRuleSettings:
    off: bool = False
    severity: SeverityName | None = None
    level: LevelName | dict[str, LevelName] | None = None


@dataclass(frozen=True)
class RawWaiver:
    rule: str
    path: GlobText | None = None
    paths: tuple[GlobText, ...] = ()
    fingerprint: str = ""
    reason: str = ""
    approved_by: str = ""
    expires: str = ""
    environments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.path is not None and self.paths:
            raise ValueError("give 'path' or 'paths', not both")


@dataclass(frozen=True)
class RawLimits:
    file_size: Annotated[int | str, Check(_size, "a size such as 5MB")] = Limits().file_size
    rule_seconds: Annotated[float, Check(_seconds, "seconds")] = Limits().rule_seconds


@dataclass(frozen=True)
class RawSettings:
    """The settings file as written; `docs/settings.md` explains every key."""

    plugins: RawPlugins = field(default_factory=RawPlugins)
    environments: dict[EnvironmentName, LevelName | RawEnvironment] = field(default_factory=dict)
    default_environment: str | None = None
    include: tuple[GlobText, ...] = ()
    exclude: tuple[GlobText, ...] = ()
    rules: dict[str, Off | RawRuleSettings] = field(default_factory=dict)
    waivers: tuple[RawWaiver, ...] = ()
    limits: RawLimits = field(default_factory=RawLimits)
    cache: bool = True


def find_settings(files: Files) -> str | None:
    """The settings file of a root, or None. Raises ConfigError when both places hold settings, or one cannot be read."""
    in_pyproject = files.exists(PYPROJECT) and _has_table(_bytes(files, PYPROJECT))
    # A link that leads nowhere is there: whoever reads it will say so, and not take it for a wish to have no settings.
    linked = files.real(SETTINGS_FILE) != os.path.join(files.real(""), SETTINGS_FILE)
    if not files.exists(SETTINGS_FILE) and not linked:
        return PYPROJECT if in_pyproject else None
    if in_pyproject:
        message = f"settings stand both here and in [{'.'.join(_TABLE)}] of {PYPROJECT}"
        raise ConfigError(Problem(message, Place(SETTINGS_FILE), "keep one of the two"))
    return SETTINGS_FILE


def load_settings(files: Files, path: str) -> tuple[Settings, Document]:
    """The settings in a file, YAML or (by its name) TOML, and the document they were read from.

    Raises ConfigError with every problem.
    """
    document = _read(files, path)
    return parse_settings(document, path), document


def _bytes(files: Files, path: str) -> bytes:
    try:
        return files.read(path)
    except FileNotFoundError as error:
        raise ConfigError(
            Problem(f"there is no settings file '{path}'", None, "name one that exists, or mend the link")
        ) from error
    except OSError as error:
        raise ConfigError(Problem(f"settings cannot be read: {error.strerror}", Place(path))) from error


def _read(files: Files, path: str) -> Document:
    data = _bytes(files, path)
    if not path.endswith(".toml"):
        return read_yaml(data, path)
    document = read_toml(data, path)
    return document.at(*_TABLE) if path.rsplit("/", 1)[-1] == PYPROJECT else document


def parse_settings(document: Document, path: str) -> Settings:
    """Checked settings from a document; an empty one gives the defaults. Raises ConfigError with every problem."""
    if not document.exists or document.value is None:
        return Settings(path=path)
    raw, problems = validate(document, RawSettings)
    overrides, wrong = _overrides(document)
    if raw is None or wrong:
        raise ConfigError(*(_said_better(problem, document) for problem in (*problems, *wrong)))
    return Settings(
        path=path,
        plugins=_plugins(raw.plugins, document, overrides),
        environments=tuple(_environment(n, e, document.place("environments", n)) for n, e in sorted(raw.environments.items())),
        default_environment=raw.default_environment or "",
        include=_placed_globs(raw.include, document, "include"),
        exclude=_placed_globs(raw.exclude, document, "exclude"),
        rules=tuple(_rule(pattern, rule, document.place("rules", pattern)) for pattern, rule in raw.rules.items()),
        waivers=tuple(_waiver(w, document.place("waivers", i)) for i, w in enumerate(raw.waivers)),
        limits=Limits(parse_size(raw.limits.file_size), float(raw.limits.rule_seconds)),
        cache=raw.cache,
    )


def _has_table(data: bytes) -> bool:
    # The cheap question first: reading TOML costs more than a check of one file.
    return b"ospec-guard" in data and read_toml(data, PYPROJECT).at(*_TABLE).exists


def _said_better(problem: Problem, document: Document) -> Problem:
    """The problem, unless somebody took settings for a rule file."""
    if problem.place != document.place("rules") or not isinstance(document.at("rules").value, list):
        return problem
    hint = "rule files are given with --rules or put into a plugin; settings say 'rules: {<id>: off}'"
    return Problem("'rules' holds a list, as in a rule file; in settings it is a mapping", problem.place, hint)


def _says_levels(config: Any) -> bool:
    """Whether a plugin's configuration has an `environments` block that speaks of enforcement."""
    block = config.get("environments") if isinstance(config, dict) else None
    entries = [e for e in block.values() if isinstance(e, dict)] if isinstance(block, dict) else []
    return any(nearest(str(key), list(RawEnvironment.__dataclass_fields__)) for entry in entries for key in entry)


def _overrides(document: Document) -> tuple[tuple[tuple[str, tuple[EnvironmentSettings, ...]], ...], tuple[Problem, ...]]:
    """What configurations of plugins say of levels, by plugin; and what is wrong with that."""
    found = []
    problems: tuple[Problem, ...] = ()
    configs = document.at("plugins", "config").value
    for name, config in configs.items() if isinstance(configs, dict) else ():
        if _says_levels(config):
            part = document.at("plugins", "config", name)
            said, wrong = validate(part, _Levels, also=list(config))
            problems += wrong
            if said is not None:
                levels = tuple(_environment(n, e, part.place("environments", n)) for n, e in sorted(said.environments.items()))
                found.append((name, levels))
    return tuple(found), problems


@dataclass(frozen=True)
class _Levels:
    environments: dict[EnvironmentName, LevelName | RawEnvironment] = field(default_factory=dict)


def _own(config: Any) -> Any:
    """A plugin's configuration without what is said of levels."""
    return {k: v for k, v in config.items() if k != "environments"} if _says_levels(config) else config


def _plugins(
    raw: RawPlugins, document: Document, overrides: tuple[tuple[str, tuple[EnvironmentSettings, ...]], ...]
) -> PluginSettings:
    return PluginSettings(
        registry=raw.registry or "",
        local_paths=tuple((p, document.place("plugins", "local_paths", i)) for i, p in enumerate(raw.local_paths)),
        enabled=tuple((p, document.place("plugins", "enabled", i)) for i, p in enumerate(raw.enabled)),
        config=tuple((name, _own(value), document.place("plugins", "config", name)) for name, value in raw.config.items()),
        overrides=overrides,
    )


def _environment(name: str, raw: str | RawEnvironment, place: Place) -> EnvironmentSettings:
    if isinstance(raw, str):
        return EnvironmentSettings(name, place, LEVEL_NAMES[raw])
    level = LEVEL_NAMES[raw.enforcement_level] if raw.enforcement_level else None
    return EnvironmentSettings(name, place, level, SEVERITY_NAMES[raw.fail_on] if raw.fail_on else None)


def _rule(pattern: str, raw: str | RawRuleSettings, place: Place) -> RuleSettings:
    if isinstance(raw, str):
        return RuleSettings(pattern, place, off=True)
    severity = SEVERITY_NAMES[raw.severity] if raw.severity else None
    return RuleSettings(pattern, place, raw.off, severity, levels(raw.level))


def levels(raw: str | Mapping[str, str] | None) -> tuple[tuple[str, Level], ...]:
    """Levels by environment from either way of writing them, sorted by environment; a bare level is for all (`*`)."""
    if raw is None:
        return ()
    if isinstance(raw, str):
        return ((ANY_ENVIRONMENT, LEVEL_NAMES[raw]),)
    return tuple(sorted((environment, LEVEL_NAMES[level]) for environment, level in raw.items()))


def _waiver(raw: RawWaiver, place: Place) -> Waiver:
    return Waiver(
        rule=raw.rule,
        place=place,
        paths=compile_globs([raw.path] if raw.path is not None else raw.paths),
        fingerprint=raw.fingerprint,
        reason=raw.reason.strip(),
        approved_by=raw.approved_by.strip(),
        expires=raw.expires.strip(),
        environments=raw.environments,
    )


def _placed_globs(patterns: tuple[str, ...], document: Document, key: str) -> tuple[tuple[Glob, Place], ...]:
    placed = []
    for index, pattern in enumerate(patterns):
        placed += [(glob, document.place(key, index)) for glob in compile_globs([pattern])]
    return tuple(placed)
