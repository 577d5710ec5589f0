"""Rule documents to compiled rules: each entry of `rules:` and `metrics:` checked by the common shape and its kind's.

Collects every problem of a document before it gives up; what cannot run here though well formed becomes a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from ospec_guard.config.load import levels
from ospec_guard.document import Document, validate
from ospec_guard.errors import Problem, nearest
from ospec_guard.globs import compile_globs
from ospec_guard.kinds import ANNOUNCED, KINDS, ast_pattern, kind
from ospec_guard.languages import by_name
from ospec_guard.metrics import METRICS, metric
from ospec_guard.model import SEVERITY_NAMES, Place, RuleInfo
from ospec_guard.protocols import CompileError, Example, Kind, Metric, Rule
from ospec_guard.ruleset import semgrep
from ospec_guard.ruleset.compiled import Compiled, unsupported
from ospec_guard.ruleset.operators import Reader
from ospec_guard.ruleset.patterned import KEYS, engine_of, read_options
from ospec_guard.ruleset.shape import METRIC_KEYS, RULE_KEYS, RawExample, RawMetric, RawRule, RawShared
from ospec_guard.values import replace


def compile_document(document: Document, plugin: str) -> Compiled:
    """The rules and metrics of a document with a top-level `rules:` and/or `metrics:` list; other keys are not looked at.

    `plugin` names the plugin or pack that ids start with, empty for a loose file.
    """
    outcome = Compiled()
    for key, one in (("rules", compile_rule), ("metrics", compile_metric)):
        if not isinstance(document.value, dict) or key not in document.value:
            continue
        entries = document.value[key]
        if not isinstance(entries, list):
            expected = f"'{key}' must be a list, got {_kind_of(entries)}"
            outcome += Compiled(problems=(Problem(expected, document.place(key), "start each entry with '- '"),))
            continue
        for index in range(len(entries)):
            outcome += one(document.at(key, index), plugin)
    return outcome


def compile_rule(document: Document, plugin: str) -> Compiled:
    """One entry of `rules:`, in our form or in Semgrep's."""
    if semgrep.is_rule(document.value):
        return semgrep.compile_one(document, plugin)
    return _compile(document, plugin, RawRule, "id", KINDS, kind, RULE_KEYS)


def compile_metric(document: Document, plugin: str) -> Compiled:
    """One entry of `metrics:`."""
    return _compile(document, plugin, RawMetric, "name", METRICS, metric, METRIC_KEYS)


def _compile(
    document: Document, plugin: str, shape: type[Any], id_key: str, table: dict[str, str], load: Any, common: Collection[str]
) -> Compiled:
    if not isinstance(document.value, dict):
        return _wrong(document, f"expected a mapping with '{id_key}' and 'type', got {_kind_of(document.value)}")
    name = document.value.get("type")
    if not isinstance(name, str) or name not in table:
        announced = ANNOUNCED if table is KINDS else ()
        _, problems = validate(document, shape, also=list(document.value))
        if name in announced and not problems:
            return _not_here(document, plugin, f"rules of type '{name}' cannot run in this version")
        if isinstance(name, str) and name not in announced:
            hint = nearest(name, [*table, *announced])
            unknown = Problem(f"unknown type '{name}', expected one of {', '.join(table)}", document.place("type"), hint)
            problems = (*problems, unknown)
        return Compiled(problems=problems)
    module = load(name)
    if module.NAME == ast_pattern.NAME:
        return _patterned(document, plugin)
    own = {f.metadata.get("alias", f.name) for f in fields(module.Schema)}
    shared, problems = validate(document, shape, also=own)
    raw, more = validate(document, module.Schema, also=common)
    problems += tuple(p for p in more if p not in problems)
    if shared is None or raw is None or problems:
        return Compiled(problems=problems)
    try:
        return Compiled((_rule(document, plugin, shared, module, module.compile(raw), metric=shape is RawMetric),))
    except CompileError as error:
        return Compiled(problems=(Problem(str(error), document.place(*error.keys), error.hint),))


def _patterned(document: Document, plugin: str) -> Compiled:
    """A rule in Semgrep's language, whose operators are read where they stand."""
    reader = Reader()
    raw: RawRule | None = reader.validated(document, RawRule, also=KEYS)
    if raw is None:
        return Compiled(problems=tuple(reader.problems))
    languages = tuple(dict.fromkeys(_canonical(name) for name in raw.languages))
    if not languages:
        reader.wrong(document, "missing key 'languages'", "patterns mean something in a language only")
    message = _line(raw.message or raw.description or raw.id)
    options = read_options(reader, document, languages=languages, engine=engine_of(raw.languages), message=message, ours=True)
    if reader.problems:
        return Compiled(problems=tuple(reader.problems))
    rule_id = f"{plugin}/{raw.id}" if plugin else raw.id
    gaps = tuple(unsupported(rule_id, place, why) for why, place in dict.fromkeys(reader.unsupported))
    rules = (_rule(document, plugin, raw, kind(ast_pattern.NAME), options, metric=False),) if options else ()
    return Compiled(tuple(replace(rule, languages=rule.options.languages) for rule in rules), gaps)


def _rule(document: Document, plugin: str, raw: RawShared, module: Kind | Metric, options: Any, *, metric: bool) -> Rule:
    name = raw.name if isinstance(raw, RawMetric) else raw.id if isinstance(raw, RawRule) else ""
    info = RuleInfo(
        id=f"{plugin}/{name}" if plugin else name,
        kind=module.NAME,
        severity=SEVERITY_NAMES[raw.severity],
        description=_line(raw.description or raw.message or name),
        message=_line(raw.message or raw.description or name),
        help=raw.help.strip(),
        why=raw.why.strip(),
        plugin=plugin,
        place=document.place(),
        cwe=_texts(raw.metadata.cwe),
        owasp=_texts(raw.metadata.owasp),
        references=_texts(raw.metadata.references),
        tags=_texts(raw.metadata.tags),
        confidence=raw.metadata.confidence.lower(),
        suppressible=raw.suppressible,
    )
    languages = tuple(dict.fromkeys(_canonical(n) for n in raw.languages))
    return Rule(
        info=info,
        options=options,
        languages=languages,
        include=compile_globs(raw.paths.include),
        exclude=compile_globs(raw.paths.exclude),
        enforcement=levels(raw.enforcement),
        examples=_examples(raw, languages),
        metric=metric,
        target=raw.target if isinstance(raw, RawMetric) else None,
        threshold=raw.threshold if isinstance(raw, RawMetric) else None,
    )


def _examples(raw: RawShared, languages: tuple[str, ...]) -> tuple[Example, ...]:
    default = languages[0] if languages else "python"
    examples = []
    for matches, written in ((True, raw.examples.bad), (False, raw.examples.good)):
        for one in written:
            example = one if isinstance(one, RawExample) else RawExample(one)
            language = _canonical(example.language) if example.language else default
            examples.append(Example(example.code, matches, language, example.path))
    return tuple(examples)


def _canonical(name: str) -> str:
    language = by_name(name)
    return language.name if language else name


def _texts(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written


def _line(text: str) -> str:
    return " ".join(text.split())


def duplicates(rules: Sequence[Rule]) -> tuple[Problem, ...]:
    """Ids that more than one rule claims, each problem naming both places."""
    first: dict[str, Place | None] = {}
    problems = []
    for rule in rules:
        if rule.id in first:
            message = f"duplicate rule id '{rule.id}', first used at {first[rule.id]}"
            problems.append(Problem(message, rule.info.place, "give each rule an id of its own"))
        else:
            first[rule.id] = rule.info.place
    return tuple(problems)


def _not_here(document: Document, plugin: str, why: str) -> Compiled:
    name = document.value.get("id", document.value.get("name", ""))
    return Compiled(gaps=(unsupported(f"{plugin}/{name}" if plugin else str(name), document.place(), why),))


def _wrong(document: Document, message: str) -> Compiled:
    return Compiled(problems=(Problem(message, document.place()),))


def _kind_of(value: object) -> str:
    names: dict[type, str] = {
        dict: "a mapping",
        list: "a list",
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return "nothing" if value is None else names.get(type(value), type(value).__name__)
