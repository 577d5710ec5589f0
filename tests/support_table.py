"""docs/patterns-support.md, made by trying patterns out: `python tests/support_table.py` writes it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

from rule_world import PROJECT, check, file_in
from support_probes import CONSTRUCTS, LANGUAGES, WHOLE, Probe

from ospec_guard.document import read_yaml
from ospec_guard.languages import LANGUAGES as KNOWN
from ospec_guard.pattern.options import OPTIONS
from ospec_guard.pattern.support import MODES, NEWER, OPERATORS, Support, traits
from ospec_guard.protocols import Rule
from ospec_guard.ruleset.native import compile_document

DOCUMENT = os.path.join(PROJECT, "docs", "patterns-support.md")

HEAD = """\
# What of the pattern language is supported, by language

Made by `python tests/support_table.py`: every mark in the table of constructs comes from a pattern that was tried out on code it must match
and on code it must not ([the patterns](../tests/support_probes.py)). What the language is: [patterns](patterns.md).

**Supported** means what it means in Semgrep. **Approximated** says how it differs. **Refused** makes the rule a gap, named at its line when
it is read. **No** in the table of constructs: the pattern is taken and does not find what it should, a bug that is shown here until it is mended.
"""


def verdict(language: str, probe: Probe) -> str:
    """Why a probe fails; empty: it behaves."""
    pattern, good, bad = probe
    rule = {"id": "r", "message": "m", "severity": "INFO", "languages": [language], "pattern": pattern}
    compiled = compile_document(read_yaml(json.dumps({"rules": [rule]}).encode(), "rules.yaml"), "")
    if compiled.gaps or compiled.problems:
        return "the pattern is refused"
    if not _found(language, good, *compiled.rules):
        return "does not match what it should"
    return "matches what it should not" if _found(language, bad, *compiled.rules) else ""


def _found(language: str, code: str, *rules: Rule) -> bool:
    context = LANGUAGES[language][0]
    text = code.removeprefix(WHOLE) + "\n" if code.startswith(WHOLE) else context.replace("@@", code)
    name = "Dockerfile" if language == "dockerfile" else file_in(language)
    result = check(name, text, *rules)
    failed = [gap.message for gap in result.gaps if gap.id == "gap/rule-failed"]
    if failed:
        raise AssertionError(failed[0])
    return bool(result.findings)


def table() -> Iterable[str]:
    """The tables of constructs: languages down, constructs across; and what fails."""
    failures = []
    names = list(CONSTRUCTS)
    yield "| construct | " + " | ".join(LANGUAGES) + " |"
    yield "|---|" + ":-:|" * len(LANGUAGES)
    for name in names:
        cells = []
        for language, (_, probes) in LANGUAGES.items():
            why = verdict(language, probes[name]) if name in probes else None
            cells.append("" if why is None else "refused" if why == "the pattern is refused" else "**no**" if why else "yes")
            if why:
                shown = " ⏎ ".join(probes[name][0].splitlines())
                failures.append(f"| {language} | {name} | `{_cell(shown)}` | {why} |")
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""
    yield from (f"- **{name}**: {text}" for name, text in CONSTRUCTS.items())
    if failures:
        yield from ("", "## What fails", "", "| language | construct | pattern | |", "|---|---|---|---|", *failures)


def page() -> str:
    """The whole document."""
    lines = [HEAD, "## Operators", "", *_supports(OPERATORS), "", "Below `match`:", "", *_supports(NEWER)]
    lines += [
        "",
        "`mode`:",
        "",
        *_supports(MODES),
        "",
        "## Constructs",
        "",
        "Empty: the language has no such thing.",
        "",
        *table(),
    ]
    lines += ["", "## Facts by language", "", *_traits(), "", "## Options", ""]
    lines += ["| option | | default | |", "|---|---|---|---|"]
    for name, option in OPTIONS.items():
        default = "" if option.default is None else str(option.default).lower()
        fate = f"refused unless {default}" if option.fate == "refused" else option.fate
        lines.append(f"| `{name}` | {fate} | {default} | {_cell(option.why)} |")
    lines.append("\nAny other name makes the rule a gap that names it.")
    return "\n".join(lines) + "\n"


def _supports(given: Mapping[str, Support]) -> list[str]:
    return ["| | | |", "|---|---|---|", *(f"| `{name}` | {one.state} | {_cell(one.how)} |" for name, one in given.items())]


def _traits() -> Iterable[str]:
    """By language, the facts its quirks state; languages that share all of them in one line."""
    yield "| languages | |"
    yield "|---|---|"
    grouped: dict[str, list[str]] = {}
    for language in LANGUAGES:
        facts = traits(KNOWN[language].facts or language)
        text = "; ".join(name if given is True else f"{name}: {_listed(given)}" for name, given in facts.items() if given)
        grouped.setdefault(text or "nothing particular", []).append(language)
    yield from (f"| {', '.join(languages)} | {_cell(text)} |" for text, languages in grouped.items())


def _listed(given: object) -> str:
    return ", ".join(given) if isinstance(given, list) else f"`{given}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    text = page()
    with open(DOCUMENT, "w", encoding="utf-8") as stream:
        stream.write(text)
