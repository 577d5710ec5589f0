"""Explanations for people: what a rule does, which rules look at a file, and who decided their levels."""

from __future__ import annotations

from ospec_guard.app.scanning import listing_of
from ospec_guard.app.session import Session
from ospec_guard.engine.deadline import OverdueError, deadline
from ospec_guard.engine.plan import Selector, module_of
from ospec_guard.engine.select import Selected, select
from ospec_guard.engine.trees import WorkTree
from ospec_guard.engine.view import View
from ospec_guard.errors import Problem, UsageError, nearest
from ospec_guard.languages import Language
from ospec_guard.model import FileRecord, Gap, RuleInfo
from ospec_guard.policy.levels import rule_level, standing
from ospec_guard.policy.names import rule_names
from ospec_guard.protocols import Kind, Rule
from ospec_guard.regular import RegexTimeoutError
from ospec_guard.values import replace


def list_rules(session: Session) -> str:
    """A line for each rule: id, severity, level in each environment, description; rules that are off or cannot run say so."""
    authority, environments = session.authority, session.environments
    rows = [("RULE", "SEVERITY", *(name.upper() for name in environments), "DESCRIPTION")]
    for rule in session.rulebook.rules:
        said = standing(authority, rule.info)
        levels = tuple("off" if said.off else rule_level(authority, rule.info, name).level.label for name in environments)
        rows.append((rule.id, said.severity.label, *levels, rule.info.description))
    rows += [(gap.rule_id or "", "", *("cannot run" for _ in environments), gap.message) for gap in session.rulebook.gaps]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    return "".join(
        "  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip() + "\n" for row in rows
    )


def explain_rule(session: Session, name: str, wanted: str = "rule") -> str:
    """Everything about one rule, named by its full id or an unambiguous bare one. Raises UsageError when there is none.

    `wanted` is what people were asked for, where they could have named something else too.
    """
    rule = _named(session, name, wanted)
    if isinstance(rule, str):
        return rule
    sections = [_head(session, rule), _how(rule), _levels(session, rule.info), _texts(rule.info), _examples(rule)]
    return "\n".join(section for section in sections if section)


def explain_rule_in(session: Session, name: str, path: str) -> str:
    """What one rule finds in a file, and which of its parts find what: or why it does not look at the file.

    Raises UsageError when there is no such rule, and for a path outside of the root.
    """
    rule = _named(session, name, "rule")
    if isinstance(rule, str):
        return rule
    selected = _selected(session, path)
    if isinstance(selected, str):
        return selected
    source, language = selected.source, selected.language
    lines = [f"{rule.id}, written at {rule.info.place}, in {source.path} ({language.name}):"]
    alone = Session(session.root, session.request, replace(session.rulebook, rules=(rule,)), session.environment)
    if rule not in Selector(alone.plan).for_file(source.path, language):
        for_them = f"{', '.join(rule.languages)}" if rule.languages else "what its kind applies to"
        lines.append(f"  the rule does not look at this file: it is for {for_them}, within its paths")
        return "".join(f"{text}\n" for text in lines)
    result = alone.check_text(source.path, source.data, language)
    lines += [f"  reports {finding.place}: {finding.message}" for finding in result.findings]
    lines += [f"  {gap.id}: {gap.message}" for gap in result.gaps]
    if not result.findings:
        lines.append("  reports nothing")
    trace = getattr(module_of(rule), "trace", None)
    try:
        with deadline(session.rulebook.settings.limits.rule_seconds):
            told = trace(rule.options, View(source, language)) if trace is not None else _sentences(rule, language)
    except OverdueError:
        told = ["its parts cannot be told apart: that takes longer than a rule may"]
    except RegexTimeoutError as error:
        told = [f"its parts cannot be told apart: {error}"]
    return "".join(f"{text}\n" for text in (*lines, *(f"  {text}" for text in told)))


def _named(session: Session, name: str, wanted: str) -> Rule | str:
    """The rule of a name; or why it cannot run. Raises UsageError when there is none."""
    rules = {rule.id: rule for rule in session.rulebook.rules}
    names = rule_names([*rules, *(gap.rule_id for gap in session.rulebook.gaps if gap.rule_id)])
    found = names.resolve(name)
    if found is None:
        hint = (
            names.advice(name)
            or nearest(name, list(rules))
            or "'ospec-guard rules list' lists them; --rules FILE adds those of a file"
        )
        raise UsageError(Problem(f"there is no {wanted} '{name}'", None, hint))
    if found not in rules:
        return "".join(f"{gap.message}\n" for gap in session.rulebook.gaps if gap.rule_id == found)
    return rules[found]


def _selected(session: Session, path: str) -> Selected | str:
    """A file as it is checked; or why it is not. Raises UsageError for a path outside of the root."""
    listing = listing_of(session.root, replace(session.request, paths=(path,)), session.rulebook)
    if not listing.candidates:
        left_out = "".join(_not_checked(record) for record in listing.records)
        return left_out + "".join(_not_checked(gap) for gap in listing.gaps)
    [relative] = listing.candidates
    selected = select(WorkTree(session.root), relative, session.rulebook.settings.limits)
    return selected if isinstance(selected, Selected) else _not_checked(selected)


def explain_place(session: Session, path: str, line: int | None) -> str:
    """Which rules look at a file (and what they report on a line of it), with the context each really has there.

    Raises UsageError for a path outside of the root.
    """
    selected = _selected(session, path)
    if isinstance(selected, str):
        return selected
    relative, language = selected.source.path, selected.language
    lines = [f"{relative}: {language.name}, {selected.size} bytes, {_parsed(language)}"]
    lines += [f"  {note}" for note in selected.notes]
    looking = Selector(session.plan).for_file(relative, language)
    result = session.check_text(relative, selected.source.data, language)
    for rule in looking:
        findings = [f for f in result.findings if f.rule_id == rule.id and f.span and line in (None, f.span.line)]
        if line is not None and not findings:
            continue
        lines.append(f"{rule.id} ({rule.severity.label}; {_level_line(session, rule.info)})")
        lines += [f"  {sentence}" for sentence in _sentences(rule, language)]
        lines += [f"  reports {f.place}: {f.message}" for f in findings]
    if not looking:
        lines.append("no rule looks at this file")
    elif line is not None and len(lines) == 1:
        lines.append(f"no rule reports anything on line {line}; {len(looking)} rules look at this file")
    lines += [f"{gap.place}: {gap.id}: {gap.message}" for gap in result.gaps if line is None]
    return "".join(f"{text}\n" for text in lines)


def _not_checked(found: FileRecord | Gap) -> str:
    if isinstance(found, Gap):
        return f"{found.path}: {found.id}: {found.message}\n"
    return f"{found.path}: left out: {found.reason}" + "".join(f" ({note})" for note in found.notes) + "\n"


def is_rule(session: Session, name: str) -> bool:
    """Whether `name` names a rule rather than a file."""
    ids = [*(rule.id for rule in session.rulebook.rules), *(gap.rule_id for gap in session.rulebook.gaps if gap.rule_id)]
    return rule_names(ids).resolve(name) is not None


def _head(session: Session, rule: Rule) -> str:
    info = rule.info
    lines = [f"{info.id}: {info.description}"]
    if info.message != info.description:
        lines.append(f"message: {info.message}")
    where = f" in {info.plugin}" if info.plugin else ""
    severity = standing(session.authority, info).severity
    lines.append(f"{'metric' if rule.metric else 'rule'} of type {info.kind}, severity {severity.label}")
    lines.append(f"written at {info.place}{where}")
    return "".join(f"{line}\n" for line in lines)


def _how(rule: Rule) -> str:
    lines = list(_sentences(rule, None))
    lines.append(f"languages: {', '.join(rule.languages) if rule.languages else 'all the kind applies to'}")
    for name, globs in (("only in", rule.include), ("not in", rule.exclude)):
        if globs:
            lines.append(f"{name}: {', '.join(glob.pattern for glob in globs)}")
    required = module_of(rule).prefilter(rule.options)
    lines.append(
        f"looks only at files that match: {' or '.join(f'/{r}/' for r in required)}" if required else "looks at every such file"
    )
    if rule.metric:
        lines.append(f"target {_bound(rule.target)}, threshold {_bound(rule.threshold)}")
    if not rule.info.suppressible:
        lines.append("not suppressible: only a complete waiver excuses it")
    return "".join(f"  {line}\n" for line in lines)


def _bound(share: float | None) -> str:
    return "none" if share is None else f"{share:g}"


def _sentences(rule: Rule, language: Language | None) -> list[str]:
    module = module_of(rule)
    if rule.metric:
        return [f"measures {rule.info.kind}"]
    kind: Kind = module  # type: ignore[assignment] # rule.metric is False
    return list(kind.explain(rule.options, language))


def _levels(session: Session, info: RuleInfo) -> str:
    lines = []
    for name in session.environments:
        decision = rule_level(session.authority, info, name)
        lines.append(f"  {name}: {decision.level.label}, by {decision.decided_by}\n")
    said = standing(session.authority, info)
    return ("off by the settings\n" if said.off else "") + "levels:\n" + "".join(lines)


def _level_line(session: Session, info: RuleInfo) -> str:
    return ", ".join(f"{name} {rule_level(session.authority, info, name).level.label}" for name in session.environments)


def _texts(info: RuleInfo) -> str:
    parts = [("why", info.why), ("what to do", info.help), ("cwe", ", ".join(info.cwe)), ("owasp", ", ".join(info.owasp))]
    parts += [("tags", ", ".join(info.tags)), ("confidence", info.confidence), ("references", " ".join(info.references))]
    return "".join(f"{name}: {text}\n" for name, text in parts if text)


def _examples(rule: Rule) -> str:
    lines = []
    for wanted, heading in ((True, "reports:"), (False, "leaves alone:")):
        codes = [example.code for example in rule.examples if example.matches is wanted]
        if codes:
            lines.append(heading)
            lines += [f"  {line}" for code in codes for line in code.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def _parsed(language: Language) -> str:
    return (
        "parsed with its grammar" if language.grammar else "no grammar: contexts 'block' and 'assignment' fall back to the line"
    )
